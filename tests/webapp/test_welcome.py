"""The first five minutes, and the demo from the web."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from cast import CHEAP, Browser
from flask import Flask

from webapp import create_app, demo, demo_door, demo_plot, jobs
from webapp.installation import Installation
from webapp.settings import Settings
from webapp.work import FAILED


@pytest.fixture(scope="module", autouse=True)
def tiny() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo_plot, "CANDIDATES", 3)
        patched.setattr("webapp.vault.PasswordHasher", lambda: CHEAP)
        yield


@pytest.fixture(scope="module")
def story(tiny: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demo, told once: copying it is faster than telling it for every test."""
    folder = tmp_path_factory.mktemp("story")
    settings = demo.settings(Settings(home=folder / "instance", backups=folder / "instance-backups"))
    demo.build(settings, say=lambda _: None)
    return settings.home


@pytest.fixture
def told(app: Flask, kept: Installation, story: Path) -> Iterator[Flask]:
    """An agency beside which the demo has been told."""
    copytree(story, demo.settings(kept.settings).home)
    yield app
    app.wsgi_app.close()  # type: ignore[attr-defined]


def entered(browser: Browser, role: str = "recruiter") -> str:
    """Through the door; where one is afterwards."""
    way = browser.post("/welcome/demo/visits", {"as": role}).location
    return browser.get(way).location


def test_the_welcome_names_the_three_ways_in(olive: Browser, dana: Browser, aude: Browser, client: Browser) -> None:
    page = olive.get("/welcome").text

    assert "Harbour Staffing is ready" in page
    for words in ("Paste or drop a CSV or your notes", "Add one person", "Look at the demo", "Invite your colleagues"):
        assert words in page
    assert 'action="/import" enctype="multipart/form-data"' in page
    assert 'name="file"' in page
    assert 'name="text"' in page
    assert "Invite your colleagues" not in dana.get("/welcome").text
    assert aude.get("/welcome").status_code == 403
    assert client.get("/welcome").location.startswith("/login")
    assert dana.htmx.get("/welcome").text.lstrip().startswith('<section id="welcome"')


def test_until_it_is_told_the_demo_leads_to_the_welcome(dana: Browser, client: Browser) -> None:
    for path in ("/demo", "/demo/", "/demo/candidates"):
        assert dana.get(path).location == "/welcome"
        assert client.get(path).location.startswith("/login")


def test_the_demo_is_told_in_the_background_once(kept: Installation, dana: Browser, olive: Browser) -> None:
    form = {"command": str(uuid4())}
    for browser in (dana, dana.htmx, olive):
        browser.post("/welcome/demo", form if browser is not olive else None)

    assert len(kept.work.jobs(demo_door.KIND, 10)) == 1
    page = dana.get("/welcome/demo").text
    assert "<progress" in page
    assert "goes on if you leave this page" in page
    assert 'hx-trigger="load delay:1s"' in dana.htmx.get("/welcome/demo").text
    assert "See how far the demo is" in dana.get("/welcome").text
    jobs.run_jobs(kept)
    assert (kept.settings.home.with_name("instance-demo") / "events.db").exists()
    assert kept.views.directory.count() == 0
    page = dana.get("/welcome/demo").text
    assert "<progress" not in page
    assert "Look as Dana, a recruiter" in page
    assert "Look as Dana, a recruiter" in dana.get("/welcome").text
    dana.post("/welcome/demo")
    assert len(kept.work.jobs(demo_door.KIND, 10)) == 1


def test_what_is_added_there_is_added_nowhere_else(told: Flask, kept: Installation, dana: Browser) -> None:
    assert entered(dana) == "/demo/"
    dana.post("/demo/candidates", {"name": "Zebedee", "csrf_token": _token_of_the_demo(dana)})
    assert "Zebedee" in dana.get("/demo/candidates").text
    assert kept.views.directory.count() == 0


def test_whoever_is_signed_in_enters_as_one_of_its_people(told: Flask, dana: Browser, tom: Browser) -> None:
    assert entered(dana) == "/demo/"
    page = dana.get("/demo/").text

    assert "Demo: nothing here is real" in page
    assert '<a href="/welcome">Start for real</a>' in page
    assert "Dana Whitlock" in page
    assert 'href="/demo/candidates"' in page
    assert 'href="/demo/static/kept.css' in page
    assert entered(tom, "owner") == "/demo/"
    assert "Olive Marsh" in tom.get("/demo/").text
    assert "Demo: nothing here is real" not in dana.get("/").text
    assert dana.get("/demo").status_code == 200
    assert dana.get("/demonstration").status_code == 404


def test_the_two_have_a_cookie_each(told: Flask, dana: Browser) -> None:
    entered(dana)
    real, demos = (dana.client.get_cookie(name, path=path) for name, path in (("kept", "/"), ("kept-demo", "/demo")))

    assert real is not None
    assert demos is not None
    assert demos.http_only
    dana.post("/demo/logout", {"csrf_token": _token_of_the_demo(dana)})
    assert dana.get("/demo/").location == "/welcome"
    assert dana.get("/").status_code == 200


def test_strangers_do_not_get_in(told: Flask, client: Browser, dana: Browser) -> None:
    for path in ("/demo/", "/demo/login", "/demo/candidates", "/demo/setup", "/demo/join/abc"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, "/welcome"), path
    signing_in = {"email": "dana@harbourlane.example", "password": demo_plot.PASSWORD}
    for path in ("/demo/login", "/demo/setup"):
        assert client.post(path, signing_in).location == "/welcome"
    assert client.post("/login", signing_in).status_code == 422
    assert client.htmx.get("/demo/").headers["HX-Redirect"] == "/welcome"
    assert client.get("/welcome").location.startswith("/login")
    entered(dana)
    assert client.get("/demo/").status_code == 303


@pytest.mark.parametrize("way", ["", "forged", "WyJhIiwgIm93bmVyIl0.aaaa.bbbb"])
def test_the_way_in_is_signed(told: Flask, client: Browser, way: str) -> None:
    answer = client.get(f"/demo/enter?way={way}")

    assert answer.location == "/welcome"
    assert client.get("/demo/").location == "/welcome"


def test_the_way_in_lives_a_minute(told: Flask, dana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    way = dana.post("/welcome/demo/visits", {"as": "owner"}).location
    monkeypatch.setattr(demo_door, "WAY_IN_LIVES", -1)

    assert dana.get(way).location == "/welcome"


def test_a_session_of_the_demo_opens_nothing_real(told: Flask, dana: Browser) -> None:
    entered(dana)
    value = dana.client.get_cookie("kept-demo", path="/demo").value

    other = told.test_client()
    other.set_cookie("kept", value)

    assert other.get("/candidates").status_code == 303


def test_the_real_one_has_no_way_in_of_its_own(told: Flask, dana: Browser) -> None:
    assert dana.get("/enter?way=x").status_code == 404


def test_only_those_who_write_look_at_it_and_only_as_somebody_of_it(
    told: Flask, dana: Browser, aude: Browser, client: Browser
) -> None:
    assert aude.post("/welcome/demo/visits", {"as": "owner"}).status_code == 403
    assert aude.post("/welcome/demo").status_code == 403
    assert client.post("/welcome/demo/visits", {"as": "owner"}).location.startswith("/login")
    for role in ("auditor", "king", ""):
        for answer in (
            dana.post("/welcome/demo/visits", {"as": role}),
            dana.htmx.post("/welcome/demo/visits", {"as": role}),
        ):
            assert answer.status_code == 422
            assert "Choose as whom you look." in answer.text


def test_it_is_told_anew_and_served_anew(told: Flask, kept: Installation, dana: Browser) -> None:
    entered(dana)
    dana.post("/demo/candidates", {"name": "Zebedee", "csrf_token": _token_of_the_demo(dana)})
    assert "Zebedee" in dana.get("/demo/candidates").text

    dana.post("/welcome/demo", {"again": "1"})
    jobs.run_jobs(kept)

    assert dana.get("/demo/candidates").location == "/welcome"
    entered(dana)
    assert "Zebedee" not in dana.get("/demo/candidates").text


def test_what_went_wrong_is_said_and_it_can_be_tried_again(kept: Installation, dana: Browser) -> None:
    home = demo.settings(kept.settings).home
    home.mkdir()
    (home / "events.db").write_text("somebody's own")

    dana.post("/welcome/demo")
    jobs.run_jobs(kept)

    (job,) = kept.work.jobs(demo_door.KIND, 1)
    assert job.state == FAILED
    page = dana.get("/welcome/demo").text
    assert "the demo needs a home of its own" in page
    assert "Look at the demo" in page
    assert (home / "events.db").read_text() == "somebody's own"


def test_a_demo_of_its_own_offers_no_demo_and_nothing_to_go_back_to(
    kept: Installation, story: Path, tmp_path: Path
) -> None:
    settings = demo.settings(replace(kept.settings, home=tmp_path / "own", backups=tmp_path / "own-backups"))
    copytree(story, settings.home)
    app = create_app(settings, passwords=CHEAP)
    olive = Browser(app, app.extensions["kept"].views.team.by_email("olive@harbourlane.example").id)

    page = olive.get("/welcome").text

    assert "Demo: nothing here is real" in page
    assert "Start for real" not in page
    assert "Look at the demo" not in page
    assert olive.get("/welcome/demo").status_code == 404
    assert olive.post("/welcome/demo").status_code == 404
    assert olive.get("/enter?way=x").status_code == 404
    assert Browser(app).get("/login").status_code == 200
    app.extensions["kept"].close()


def _token_of_the_demo(browser: Browser) -> str:
    return browser.get("/demo/").text.split('name="csrf_token" value="')[1].split('"')[0]
