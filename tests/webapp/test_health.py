from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from cast import Browser

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise
from webapp.installation import Installation
from webapp.nightly import BACKUP_TROUBLE, LAST_BACKUP
from webapp.reminders import LAST_DIGEST, LAST_LOOK
from webapp.sending import MAIL_TROUBLE


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
    assert "could not be sent</dt>\n    <dd>None" in dana.get("/health").text

    kept.recruiting.reminder_failed(made, due, "digest", "mail", "The mail server did not answer.")

    page = dana.get("/health").text
    assert f"/promises/{made}" in page
    assert "Ada Byron</a>, to Dana, <time" in page
    assert "The mail server did not answer." in page

    kept.recruiting.reminder_sent(made, due, "digest", "mail")
    assert "could not be sent</dt>\n    <dd>None" in dana.get("/health").text


def test_the_health_page_says_whether_anybody_looks_after_reminders(dana: Browser, kept: Installation) -> None:
    now = kept.recruiting.log.now()
    assert "Nothing has looked after them yet." in dana.get("/health").text

    kept.work.set(LAST_LOOK, (now - timedelta(minutes=6)).isoformat())
    assert "Nothing has looked after them since" in dana.get("/health").text

    kept.work.set(LAST_LOOK, (now - timedelta(minutes=1)).isoformat())
    assert "Looked after every minute, last <time" in dana.get("/health").text


def test_the_health_page_says_when_the_last_digest_went_and_what_the_mail_server_says(
    olive: Browser, kept: Installation, app
) -> None:
    app.extensions["kept"] = replace(kept, settings=replace(kept.settings, smtp_url="smtp://mail.example.com"))
    assert "No digest has gone out yet" in olive.get("/health").text

    kept.work.set(LAST_DIGEST, datetime(2026, 11, 23, 7, 30, tzinfo=UTC).isoformat())
    kept.work.set(MAIL_TROUBLE, "The mail server did not answer.")

    page = olive.get("/health").text
    assert 'The last digest went out <time datetime="2026-11-23T07:30:00+00:00"' in page
    assert "The mail server did not answer. Kept tries again" in page


def test_the_health_page_lists_jobs_and_how_far_they_are(dana: Browser, kept: Installation) -> None:
    assert "<h2>Jobs</h2>" not in dana.get("/health").text
    done, broken = uuid4(), uuid4()
    for job in (done, broken):
        kept.work.add_job(job, "import", dana.id)
    kept.work.next_job("import", 30)
    kept.work.progress(done, 40, 100)
    kept.work.progress(broken, 40, 100)
    kept.work.end_job(broken, "failed", why="The file is empty.")

    page = dana.get("/health").text

    assert "<h2>Jobs</h2>" in page
    assert "The file is empty." in page
    assert "<td>Import</td><td>Dana</td>" in page


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
