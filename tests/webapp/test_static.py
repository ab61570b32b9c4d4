from __future__ import annotations

import gzip
import re
from hashlib import sha256
from pathlib import Path

from cast import Browser

import webapp

STATIC = Path(webapp.__file__).parent / "static"
TEMPLATES = Path(webapp.__file__).parent.parent / "templates"
EVERY_TEMPLATE = {file: file.read_text() for file in sorted(TEMPLATES.rglob("*.html")) if file.parent.name != "mail"}


def test_htmx_is_the_file_that_was_vendored() -> None:
    listed = re.search(r"`htmx\.min\.js` \|.*`([0-9a-f]{64})`", (STATIC / "VENDORED.md").read_text())

    assert listed
    assert sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() == listed[1]


def test_static_files_are_packed_for_whoever_unpacks_them(client: Browser) -> None:
    for name in ("kept.css", "kept.js", "htmx.min.js", "icons.svg"):
        plain = (STATIC / name).read_bytes()
        packed = client.get(f"/static/{name}", headers={"Accept-Encoding": "br, gzip"}, buffered=True)
        as_it_is = client.get(f"/static/{name}", headers={"Accept-Encoding": "identity"}, buffered=True)

        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == as_it_is.data == plain
        assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain) / 2
        assert "Content-Encoding" not in as_it_is.headers
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Accept-Encoding" in as_it_is.headers["Vary"]
        same = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
        assert client.get(f"/static/{name}", headers=same, buffered=True).status_code == 304


def test_pages_are_packed_to_a_length_that_tells_nothing(client: Browser) -> None:
    lengths = set()
    for _ in range(20):
        answer = client.get("/login", headers={"Accept-Encoding": "gzip"})
        lengths.add(len(answer.data))

        assert answer.headers["Content-Encoding"] == "gzip"
        assert b"Harbour Staffing" in gzip.decompress(answer.data)
        assert "Accept-Encoding" in answer.headers["Vary"]

    assert len(lengths) > 5
    assert b"Harbour Staffing" in client.get("/login").data


def test_the_stylesheet_stays_small() -> None:
    assert len((STATIC / "kept.css").read_bytes()) <= 20 * 1024


def test_nothing_moves_by_itself() -> None:
    """So `prefers-reduced-motion` has nothing to ask for."""
    assert not re.search(r"animation|transition|scroll-behavior", (STATIC / "kept.css").read_text())


def test_every_icon_in_use_is_in_the_sprite_and_none_more() -> None:
    there = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    used = set(re.findall(r"asset\('icons\.svg'\) }}#([a-z0-9-]+)", "".join(EVERY_TEMPLATE.values())))

    assert used == there


def test_no_template_breaks_the_content_security_policy_or_the_rules_of_htmx() -> None:
    for file, text in EVERY_TEMPLATE.items():
        for wrong in (
            r"<style",
            r"\sstyle=",
            r"<script(?! src)",
            r"\son\w+=",
            r"hx-on",
            r"from:body",
            r"target:this",
            r"js:",
        ):
            assert not re.search(wrong, text), f"{wrong} in {file.relative_to(TEMPLATES)}"
        assert not re.search(r'(?:href|action|hx-get|hx-post)="/', text), f"an address by hand in {file.name}"


def test_nothing_comes_from_another_host() -> None:
    for file in STATIC.iterdir():
        if file.suffix in (".css", ".js") and "min" not in file.name:
            assert not re.search(r"https?://|@import", file.read_text()), file.name
