"""Whom to ring again, until it is done."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from domain.recruiting import Recruiting
from domain.refusal import Refused
from projections import Views
from tests.agency import MONDAY, command

LATER = MONDAY + timedelta(hours=2)


@pytest.fixture
def call(recruiting: Recruiting, dana: UUID, ada: UUID) -> UUID:
    """Ada's voicemail, which Dana tries again in two hours."""
    call = rung(recruiting, dana, ada, "voicemail")
    recruiting.try_again(command(dana), call, LATER)
    return call


def rung(recruiting: Recruiting, by: UUID, whom: UUID, outcome: str, at: datetime = MONDAY) -> UUID:
    verb = recruiting.record_touchpoint
    return verb(command(by), whom, "call", "out", outcome, at, "Hello." if outcome == "talked" else "").streams[0]


def waiting(views: Views, by: UUID | None = None, until: datetime = LATER + timedelta(hours=1)) -> list[UUID]:
    views.catch_up()
    return [row.touchpoint for row in views.tries.until(until, by)]


def test_whoever_rang_tries_again_at_that_time(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, bob: UUID, call: UUID
) -> None:
    other = rung(recruiting, tom, bob, "no answer")
    recruiting.try_again(command(tom), other, MONDAY + timedelta(hours=1))

    assert waiting(views) == [other, call]
    assert waiting(views, dana) == [call]
    assert waiting(views, until=LATER) == [other]
    assert views.tries.of(call).at == LATER

    views.rebuild("tries")
    assert waiting(views) == [other, call]


def test_another_time_takes_the_place_of_the_first(
    recruiting: Recruiting, views: Views, dana: UUID, call: UUID
) -> None:
    recruiting.try_again(command(dana), call, LATER + timedelta(days=1))

    assert waiting(views) == []
    assert waiting(views, until=LATER + timedelta(days=2)) == [call]


@pytest.mark.parametrize("what", ["done", "retracted", "talked", "no answer", "they wrote", "erased", "withdrawn"])
def test_it_is_gone_once_it_was_tried_or_they_got_in_touch(
    recruiting: Recruiting, views: Views, clock, dana: UUID, tom: UUID, ada: UUID, call: UUID, what: str
) -> None:
    clock.on(minutes=20)
    match what:
        case "done":
            recruiting.tried_again(command(tom), call)
        case "retracted":
            recruiting.retract_touchpoint(command(dana), call, "wrong day")
        case "talked" | "no answer":
            rung(recruiting, tom, ada, what, clock.now)
        case "they wrote":
            recruiting.record_touchpoint(command(dana), ada, "e-mail", "in", None, clock.now, "Sorry!")
        case "erased":
            recruiting.erase_candidate(command(dana), ada, "asked")
        case _:
            recruiting.withdraw_candidate(command(dana), ada, "twice here")

    assert waiting(views) == []


@pytest.mark.parametrize("what", ["a mail of ours", "somebody else", "told of before"])
def test_what_is_no_try_leaves_it(
    recruiting: Recruiting, views: Views, clock, dana: UUID, ada: UUID, bob: UUID, call: UUID, what: str
) -> None:
    clock.on(minutes=20)
    match what:
        case "a mail of ours":
            recruiting.record_touchpoint(command(dana), ada, "e-mail", "out", None, clock.now, "I tried to ring you.")
        case "somebody else":
            rung(recruiting, dana, bob, "talked", clock.now)
        case _:
            rung(recruiting, dana, ada, "talked", MONDAY - timedelta(days=1))

    assert waiting(views) == [call]


def test_only_a_call_that_nobody_answered_is_tried_again_and_only_later(
    recruiting: Recruiting, dana: UUID, ada: UUID, call: UUID
) -> None:
    talked = rung(recruiting, dana, ada, "talked")
    for which, at in ((talked, LATER), (call, MONDAY), (call, MONDAY + timedelta(days=61))):
        with pytest.raises(Refused):
            recruiting.try_again(command(dana), which, at)
