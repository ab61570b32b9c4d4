from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from uuid import UUID, uuid4

from cast import Browser

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise
from webapp.installation import Installation
from webapp.reminders import BACKUP_TROUBLE, LAST_BACKUP


def test_healthz_answers_strangers_with_the_lag_of_each_view(client: Browser) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json["alive"] is answer.json["store"] is True
    assert {view["name"] for view in answer.json["projections"]} >= {"team", "directory", "promises", "timeline"}
    assert all(view["behind"] == 0 and view["stuck"] is None for view in answer.json["projections"])


def test_healthz_says_when_the_event_store_cannot_be_reached(client: Browser, kept: Installation, monkeypatch) -> None:
    def broken() -> int:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(kept.recruiting.log, "end", broken)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json == {"alive": True, "store": False}


def test_the_health_page_is_for_owners_and_recruiters(
    olive: Browser, dana: Browser, aude: Browser, client: Browser
) -> None:
    assert olive.get("/health").status_code == dana.get("/health").status_code == 200
    assert dana.htmx.get("/health").text.lstrip().startswith('<section id="health"')
    assert aude.get("/health").status_code == 403
    assert 'href="/health"' in dana.get("/").text
    assert 'href="/health"' not in aude.get("/").text
    assert client.get("/health").location == "/login?next=/health"


def test_the_health_page_says_what_is_well_and_what_is_not(dana: Browser, kept: Installation) -> None:
    page = dana.get("/health").text
    assert "There is none yet." in page
    assert "KEPT_SMTP_URL" in page
    assert "Up to date" in page

    kept.work.set(LAST_BACKUP, datetime(2026, 11, 22, 2, tzinfo=UTC).isoformat())
    kept.work.set(BACKUP_TROUBLE, "The folder is full.")

    page = dana.get("/health").text
    assert 'datetime="2026-11-22T02:00:00+00:00"' in page
    assert "The folder is full." in page


def test_the_health_page_names_reminders_that_could_not_be_sent(dana: Browser, kept: Installation, ada: UUID) -> None:
    due = Due(kept.recruiting.log.now().date(), None, "Europe/London")
    promise = NewPromise("Ring with the rate", due, dana.id)
    made = kept.recruiting.make_promise(Command(uuid4(), dana.id), ada, promise).streams[0]
    kept.recruiting.fall_due(made, due)
    kept.views.catch_up()
    (row,) = kept.views.promises.reminders_to_send(10)
    assert "could not be sent</dt>\n    <dd>None" in dana.get("/health").text

    kept.recruiting.reminder_failed(made, due, row.kind, row.channel, "The mail server did not answer.")

    page = dana.get("/health").text
    assert f"/promises/{made}" in page
    assert "Ada Byron" in page
    assert "The mail server did not answer." in page


def test_a_view_that_is_stuck_is_named_on_every_page_and_the_rest_goes_on(
    dana: Browser, client: Browser, kept: Installation, ada: UUID, monkeypatch
) -> None:
    assert "a little behind" not in dana.get("/team").text
    monkeypatch.setattr("projections.timeline.Timeline.record", lambda *_: 1 / 0)
    kept.recruiting.add_candidate(Command(uuid4(), dana.id), "Cleo")

    page = dana.get("/team").text

    assert "Some lists may be a little behind (timeline). What you save is safe." in page
    assert "Cleo" in dana.get("/candidates").text
    assert "Stuck: ZeroDivisionError" in dana.get("/health").text
    stuck = {view["name"]: view["stuck"] for view in client.get("/healthz").json["projections"]}
    assert stuck["timeline"].startswith("ZeroDivisionError")
    assert stuck["directory"] is None
