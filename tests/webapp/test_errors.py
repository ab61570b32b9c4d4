from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import eventsourcing.persistence
import pytest
from cast import PASSWORD, Browser

from webapp.installation import Installation

EVE = {"name": "Eve", "email": "eve@harbour.example", "role": "recruiter"}


def test_an_unknown_address_is_a_calm_page(dana: Browser, client: Browser) -> None:
    for browser in (dana, client):
        page = browser.get("/nowhere")

        assert page.status_code == 404
        assert "There is nothing at this address." in page.text
        assert "<html" in page.text


def test_htmx_gets_a_message_in_place_of_a_page(dana: Browser) -> None:
    answer = dana.htmx.get("/nowhere")

    assert answer.status_code == 404
    assert answer.headers["HX-Retarget"] == "#toast"
    assert answer.headers["HX-Reswap"] == "innerHTML"
    assert answer.text.startswith('<p role="alert">')


def test_a_boosted_link_gets_a_page(dana: Browser) -> None:
    headers = {"HX-Request": "true", "HX-Request-Type": "full", "HX-Boosted": "true"}

    assert "<html" in dana.get("/nowhere", headers=headers).text


def test_an_address_used_the_wrong_way_says_so(dana: Browser) -> None:
    answer = dana.get("/logout")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_form_without_a_command_is_refused(olive: Browser) -> None:
    for command in ("", "not an id"):
        answer = olive.post("/team/invitations", EVE | {"command": command})

        assert answer.status_code == 400
        assert "This form arrived incomplete." in answer.text


def test_too_much_is_too_much(olive: Browser) -> None:
    answer = olive.htmx.post("/team/invitations", EVE | {"name": "x" * 1_100_000})

    assert answer.status_code == 413
    assert "too large to save" in answer.text


def test_the_same_form_with_other_words_is_409(olive: Browser) -> None:
    form = EVE | {"command": str(uuid4())}
    olive.post("/team/invitations", form)

    answer = olive.htmx.post("/team/invitations", form | {"name": "Eva"})

    assert answer.status_code == 409
    assert "saved before with other words" in answer.text
    assert 'value="Eva"' in answer.text


def test_a_fault_of_ours_shows_no_trace(dana: Browser, kept: Installation, monkeypatch) -> None:
    monkeypatch.setattr(kept.vault, "sessions_of", lambda _: 1 / 0)

    for browser in (dana, dana.htmx):
        answer = browser.get("/sessions")

        assert answer.status_code == 500
        assert "Something went wrong here" in answer.text
        assert "ZeroDivisionError" not in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (sqlite3.OperationalError("database or disk is full"), "the disk of this machine is full"),
        (
            eventsourcing.persistence.OperationalError("attempt to write a readonly database"),
            "Kept may not write in its folder",
        ),
        (OSError(28, "No space left on device"), "the disk of this machine is full"),
        (sqlite3.OperationalError("database is locked"), "many were writing at once"),
        (sqlite3.OperationalError("disk I/O error"), "the store does not answer"),
    ],
)
def test_what_could_not_be_saved_is_said_so(
    olive: Browser, kept: Installation, monkeypatch, trouble: Exception, sentence: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr(kept.recruiting.log, "put", broken)

    page = olive.post("/team/invitations", EVE)
    fragment = olive.htmx.post("/team/invitations", EVE)

    assert page.status_code == fragment.status_code == 503
    assert f"Not saved: {sentence}" in page.text
    assert f"Not saved: {sentence}" in fragment.text
    assert fragment.headers["HX-Retarget"] == "#toast"
    assert page.headers["Retry-After"] == "10"


def test_no_door_pretends_to_have_saved(olive: Browser, tom: Browser, kept: Installation, monkeypatch) -> None:
    seen = {person.id: str(kept.views.team.recruiter(person.id).changed) for person in (olive, tom)}
    agency = {"agency": "H", "zone": "Europe/London", "day_begins": "09:00", "day_ends": "17:00", "silent_after": "9"}
    forms = {
        f"/team/{tom.id}/role": {"role": "owner", "seen": seen[tom.id]},
        f"/team/{tom.id}/leaving": {},
        f"/team/{tom.id}/links": {},
        f"/team/{tom.id}/sign-outs": {},
        "/settings/agency": {**agency, "working_days": "1", "seen": str(kept.views.team.agency().changed)},
        "/settings/mine": {"digest": "", "begins": "19:00", "ends": "07:00"},
        "/password": {"current": PASSWORD, "password": "quite another one"},
        "/welcome/demo": {},
        "/sessions/" + str(kept.vault.sessions_of(olive.id)[0].name) + "/end": {},
        "/login": {"email": "dana@harbour.example", "password": PASSWORD},
    }

    def broken(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(kept.recruiting.log, "put", broken)
    for store in (kept.vault, kept.work, kept.guesses):
        monkeypatch.setattr(store._store, "writing", broken)

    for path, form in forms.items():
        for answer in (olive.post(path, form), olive.htmx.post(path, form)):
            assert answer.status_code == 503, path
            assert "Not saved: the disk of this machine is full" in answer.text, path
    assert olive.get("/settings").status_code == 200


def test_what_was_saved_is_never_called_lost(olive: Browser, kept: Installation, monkeypatch) -> None:
    catch_up = kept.views.catch_up

    def broken(*_: object) -> None:
        if kept.recruiting.log.end() > before:
            raise sqlite3.OperationalError("database or disk is full")
        catch_up()

    before = kept.recruiting.log.end()
    monkeypatch.setattr(kept.views, "catch_up", broken)

    answer = olive.htmx.post("/team/invitations", EVE)

    assert answer.status_code == 503
    assert "Saved, but it cannot be shown: the disk of this machine is full" in answer.text


def test_a_full_disk_under_the_views_does_not_keep_anybody_from_reading(
    dana: Browser, kept: Installation, monkeypatch
) -> None:
    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(kept.views, "catch_up", broken)

    assert dana.get("/team").status_code == 200


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_became_read_only_is_answered_calmly(olive: Browser, kept: Installation) -> None:
    home: Path = kept.settings.home
    for file in home.iterdir():
        file.chmod(0o400)
    home.chmod(0o500)
    try:
        assert olive.post("/team/invitations", EVE).status_code == 503
    finally:
        home.chmod(0o700)


# Headers


def test_every_answer_lets_nothing_in_from_elsewhere(dana: Browser, client: Browser) -> None:
    for answer in (
        dana.get("/team"),
        dana.htmx.get("/team"),
        dana.get("/nowhere"),
        client.get("/login"),
        client.get("/team"),
        dana.post("/logout", {"csrf_token": ""}),
        client.get("/healthz"),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert {"HX-Request", "HX-Request-Type"} <= set(answer.vary)


def test_static_files_are_kept_for_good_while_their_print_is_right(client: Browser) -> None:
    page = client.get("/login").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    right, wrong = client.get(address), client.get("/static/kept.css?v=0")

    assert "immutable" in right.headers["Cache-Control"]
    assert "immutable" not in wrong.headers["Cache-Control"]
    assert right.headers.get("Set-Cookie") is None
    right.close()
    wrong.close()


def test_a_vault_that_does_not_belong_to_these_events_stops_the_save(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    with closing(sqlite3.connect(kept.settings.home / "vault.db")) as vault:
        vault.execute("DELETE FROM person_keys WHERE person = ?", (ada.hex,))
        vault.commit()
    note = {"channel": "note", "note": "She wants no more nights."}

    refused, saved = (dana.post(f"/candidates/{person}/touchpoints", note) for person in (ada, bob))

    assert refused.status_code == 503
    assert "Not saved: the key that seals this person" in refused.text
    assert saved.status_code == 303
