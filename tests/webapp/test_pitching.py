"""A job's pitch for one person: what it answers, what it does not, and what is to be asked."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.command import Command
from domain.job import JobDetails
from domain.remembered import PainPoint
from webapp.installation import Installation

POINTS = {"points": "Ten minutes from the station\r\n\r\nNo weekends", "seen": "1"}


@pytest.fixture
def ward(kept: Installation, dana: Browser) -> UUID:
    opened = kept.recruiting.open_job(Command(uuid4(), dana.id), JobDetails("Ward sister", "York"), None, "St Hilda")
    kept.views.catch_up()
    return opened.streams[0]


def shown(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", re.sub("<br>|</li>", " ", page))))


def test_points_are_written_for_a_pitch_and_set_against_what_was_said(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID
) -> None:
    today = kept.recruiting.log.now().date()
    for kind, words, quote in (
        ("pain", "The commute", "two hours of driving a day"),
        ("want", "A canteen <b>", ""),
    ):
        kept.recruiting.note_pain(Command(uuid4(), dana.id), ada, PainPoint(kind, words, today, quote))
    kept.views.catch_up()
    here = f"/jobs/{ward}/pitch/{ada}"
    assert "Nobody has written yet what speaks for this job." in dana.get(here).text

    answer = dana.post(f"/jobs/{ward}/selling-points", POINTS | {"candidate": str(ada)})
    page = shown(dana.get(here).text)

    assert answer.location == here
    assert re.search(
        r"Hurts: The commute, “two hours of driving a day” \w+ \d+ \w+ ↔ We can say: Ten minutes from the station", page
    )
    assert "Nothing in this job answers Wants: A canteen <b>" in page
    assert "Also speaks for it No weekends" in page
    assert "Notice: how soon could they start?" in page
    assert "Pay: what are they on now" in page
    assert "What hurts where they are now?" not in page
    assert "Place: where do they live" not in page


def test_what_was_said_need_not_be_asked(kept: Installation, dana: Browser, ward: UUID, ada: UUID) -> None:
    words = "On £21 an hour. Four weeks' notice. Has a visa until March."
    verb, now = kept.recruiting.record_touchpoint, kept.recruiting.log.now()
    verb(Command(uuid4(), dana.id), ada, "call", "out", "talked", now, words)
    kept.views.catch_up()

    page = shown(dana.get(f"/jobs/{ward}/pitch/{ada}").text)

    assert "Not known, ask What hurts where they are now? What would they move for?" in page


def test_the_brief_and_the_submission_lead_to_the_pitch(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID
) -> None:
    submission = kept.recruiting.shortlist(Command(uuid4(), dana.id), ward, ada).streams[0]
    kept.views.catch_up()
    link = f'href="/jobs/{ward}/pitch/{ada}"'

    assert link in dana.get(f"/candidates/{ada}/dial").text
    assert link in dana.get(f"/submissions/{submission}").text


def test_points_are_changed_by_one_at_a_time_and_what_was_typed_stays(dana: Browser, ward: UUID) -> None:
    assert dana.post(f"/jobs/{ward}/selling-points", POINTS).location == f"/jobs/{ward}"
    assert "Selling points (2)" in dana.get(f"/jobs/{ward}").text
    assert "No weekends</textarea>" in dana.get(f"/jobs/{ward}/selling-points").text

    late = dana.post(f"/jobs/{ward}/selling-points", POINTS | {"points": "A canteen"})
    long = dana.post(f"/jobs/{ward}/selling-points", {"points": "🚀" * 201, "seen": "2"})

    assert (late.status_code, long.status_code) == (409, 422)
    assert "changed this at" in late.text
    assert "A canteen</textarea>" in late.text
    assert "at most 200 fit here." in long.text
    assert dana.post(f"/jobs/{ward}/selling-points", POINTS | {"candidate": "x", "seen": "2"}).status_code == 404
    assert dana.get(f"/jobs/{ward}/pitch/{uuid4()}").status_code == 404
