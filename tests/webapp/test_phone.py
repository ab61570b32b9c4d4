"""What installs Kept on a phone, and what its worker is made of."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from cast import CHEAP, Browser

from domain.command import Command
from webapp import create_app
from webapp.settings import Settings

SIZES = {"/static/icon-192.png": 192, "/static/icon-512.png": 512, "/static/icon-maskable-512.png": 512}


def test_the_manifest_names_kept_and_pictures_that_are_there(client: Browser) -> None:
    answer = client.get("/manifest.webmanifest")
    manifest = json.loads(answer.text)

    assert answer.mimetype == "application/manifest+json"
    assert (manifest["name"], manifest["start_url"], manifest["display"]) == ("Kept", "/", "standalone")
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == ["/note", "/"]
    for icon in manifest["icons"]:
        picture = client.get(icon["src"], buffered=True)
        path = icon["src"].partition("?")[0]
        assert picture.data[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture.data[16:20], "big") == SIZES[path], "the width of a PNG"
        assert "immutable" in picture.headers["Cache-Control"]


def test_what_is_shared_arrives_at_an_address_that_takes_it(dana: Browser) -> None:
    target = json.loads(dana.get("/manifest.webmanifest").text)["share_target"]

    shared = {name: f"some {part}" for part, name in target["params"].items()}
    answer = dana.post(target["action"], shared, content_type=target["enctype"])

    assert (target["method"], answer.status_code) == ("POST", 200)
    for words in shared.values():
        assert words in answer.text


def test_the_worker_is_put_together_of_parts_that_are_there(client: Browser) -> None:
    answer = client.get("/sw.js")

    parts = re.findall(r'"(/static/[^"]+)"', answer.text)
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert any(part.startswith("/static/worker.js?v=") for part in parts)
    for part in parts:
        assert "immutable" in client.get(part, buffered=True).headers["Cache-Control"]


def test_what_is_shown_without_network_is_nobodys(dana: Browser, client: Browser) -> None:
    assert dana.get("/offline").text == client.get("/offline").text
    assert "csrf_token" not in client.get("/offline").text


@pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest", "/offline"])
def test_a_demo_inside_a_real_installation_leaves_the_phone_alone(tmp_path: Path, path: str) -> None:
    demo = create_app(
        Settings(home=tmp_path / "demo", backups=tmp_path / "none", demo=True, under="/demo"), passwords=CHEAP
    )
    kept = demo.extensions["kept"]
    demo.extensions["kept.founded"] = True

    answer = Browser(demo).get(path)
    kept.close()

    assert answer.status_code == 404
    assert "Kept-Reader" not in answer.headers


def test_pages_of_such_a_demo_know_nothing_of_phones(tmp_path: Path) -> None:
    demo = create_app(
        Settings(home=tmp_path / "demo", backups=tmp_path / "none", demo=True, under="/demo"), passwords=CHEAP
    )
    kept = demo.extensions["kept"]
    _, olive = kept.recruiting.found_agency(
        Command(uuid4(), None), "Harbour", "Europe/London", "Olive", "olive@harbour.example"
    ).streams
    kept.recruiting.join(Command(uuid4(), olive), olive)
    browser = Browser(demo, olive)

    answers = [browser.get(path, base_url="http://localhost/demo") for path in ("/", "/note")]
    kept.close()

    for answer in answers:
        assert answer.status_code == 200
        assert "Kept-Offline" not in answer.headers
        for sign in ("manifest", "outbox", "offline.js", "noting.js"):
            assert sign not in answer.text


def test_a_page_of_somebody_signed_in_says_whose_outbox_it_shows(dana: Browser) -> None:
    page = dana.get("/").text

    assert 'rel="manifest"' in page
    assert re.search(r'id="outbox"[^>]* data-recruiter="[0-9a-f-]{36}"', page)
