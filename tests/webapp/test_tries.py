"""Nobody answered: when to ring again is one tap, and Today says when it is time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from cast import CHEAP, Browser
from flask import Flask, g

from domain.candidate import Details
from domain.command import Command
from domain.wishes import Wishes
from tests.agency import Clock
from webapp import create_app
from webapp.installation import Installation
from webapp.settings import Settings
from webapp.tries import _in_words, _times

CALL = {"channel": "call", "direction": "out", "outcome": "voicemail", "note": ""}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def empty_app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """It is Monday morning, and stays so until a test moves the clock."""
    app = create_app(settings, passwords=CHEAP, clock=clock)
    yield app
    app.extensions["kept"].close()


@pytest.fixture
def carla(kept: Installation, dana: Browser) -> UUID:
    details = Details("Carla Byrne", phones=("+44 7700 900123",))
    carla = kept.recruiting.add_candidate(Command(uuid4(), dana.id), details=details).streams[0]
    kept.views.catch_up()
    return carla


def offered(page: str) -> list[str]:
    """The times on the buttons."""
    return re.findall(r'<button name="at" value="([^"]+)"', page)


def last(kept: Installation, candidate: UUID) -> Any:
    return kept.views.timeline.of(candidate)[0]


def test_on_a_page_a_call_that_nobody_answered_offers_when_to_ring_again(
    kept: Installation, dana: Browser, carla: UUID
) -> None:
    saved = dana.htmx.post(f"/candidates/{carla}/touchpoints", CALL).text
    times = offered(saved)
    assert times
    assert times == sorted(set(times))
    here = kept.recruiting.log.now().astimezone(ZoneInfo(kept.views.team.agency().zone)).replace(tzinfo=None)
    assert all(here < datetime.fromisoformat(at) for at in times)
    call = last(kept, carla).subject

    answer = dana.htmx.post(f"/touchpoints/{call}/tries", {"at": times[-1], "shown_on": "candidate"}).text

    assert "To be rung again" in answer
    assert offered(answer) == []
    assert kept.views.tries.of(call).by == dana.id
    for outcome in ("talked", "wrong number"):
        other = dana.htmx.post(f"/candidates/{carla}/touchpoints", {**CALL, "outcome": outcome, "note": "Hm."}).text
        assert offered(other) == []


def test_the_quick_note_offers_it_as_well_and_without_javascript(
    kept: Installation, dana: Browser, carla: UUID
) -> None:
    saved = dana.post("/note", {**CALL, "outcome": "no answer", "candidate": str(carla)})
    assert offered(dana.get(saved.location).text)

    there = dana.post(f"/candidates/{carla}/touchpoints", CALL).location
    page = dana.get(there).text
    call = last(kept, carla).subject
    assert offered(page)
    answer = dana.post(f"/touchpoints/{call}/tries", {"at": offered(page)[0], "shown_on": "candidate"})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("", "Choose when to ring again."),
        ("soon", "That is not a date and time."),
        ("2020-01-01T09:00", "Choose a time to come"),
        ("2199-01-01T09:00", "Choose a time to come"),
    ],
)
def test_a_time_that_cannot_be_is_refused(
    kept: Installation, dana: Browser, carla: UUID, at: str, sentence: str
) -> None:
    dana.post(f"/candidates/{carla}/touchpoints", CALL)
    call = last(kept, carla).subject

    answer = dana.htmx.post(f"/touchpoints/{call}/tries", {"at": at, "shown_on": "note"})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept.views.tries.of(call) is None


def test_today_shows_it_with_the_number_until_it_is_done(
    kept: Installation, clock: Clock, dana: Browser, tom: Browser, aude: Browser, carla: UUID
) -> None:
    dana.post(f"/candidates/{carla}/touchpoints", CALL)
    call = last(kept, carla).subject
    dana.post(f"/touchpoints/{call}/tries", {"at": "2026-11-23T11:00", "shown_on": "candidate"})

    assert "Ring again at 11:00" in dana.get("/").text
    clock.on(hours=3)
    page = dana.get("/").text
    assert "Ring again now" in page
    assert 'href="tel:+447700900123"' in page
    assert "Ring again" not in tom.get("/").text
    assert "Ring again now" in tom.get("/?whose=everybody").text
    assert f"/touchpoints/{call}/tries/done" not in aude.get("/?whose=everybody").text

    assert "Ring again" not in dana.htmx.post(f"/touchpoints/{call}/tries/done").text
    assert tom.post(f"/touchpoints/{uuid4()}/tries/done").status_code == 404


def test_of_tomorrows_today_says_nothing_yet(kept: Installation, dana: Browser, carla: UUID) -> None:
    saved = dana.htmx.post(f"/candidates/{carla}/touchpoints", CALL).text
    assert offered(saved) == ["2026-11-23T11:00", "2026-11-24T09:00", "2026-11-27T09:00"]

    call = last(kept, carla).subject
    dana.post(f"/touchpoints/{call}/tries", {"at": offered(saved)[1], "shown_on": "candidate"})

    assert "Ring again" not in dana.get("/").text


@pytest.mark.parametrize(
    ("hour", "wishes", "words"),
    [
        ((25, 10), Wishes(), ["in 2 h", "tomorrow 09:00", "Fri 27 Nov, 09:00"]),
        ((25, 16), Wishes(), ["tomorrow 09:00", "Fri 27 Nov, 09:00"]),
        ((25, 10), Wishes(not_before=time(18)), ["today 18:00", "tomorrow 18:00", "Fri 27 Nov, 18:00"]),
        ((25, 10), Wishes(not_after=time(11)), ["tomorrow 09:00", "Fri 27 Nov, 09:00"]),
        ((26, 10), Wishes(not_on=(4,)), ["in 2 h", "Mon 30 Nov, 09:00"]),
        ((27, 17), Wishes(), ["Mon 30 Nov, 09:00", "Fri 4 Dec, 09:00"]),
    ],
)
def test_it_is_tried_when_we_work_and_they_may_be_rung(
    app: Flask, hour: tuple[int, int], wishes: Wishes, words: list[str]
) -> None:
    with app.test_request_context():
        g.now = datetime(2026, 11, *hour, tzinfo=UTC)

        found = [_in_words(each) for each in dict.fromkeys(_times(wishes))]

    assert found == words
