"""How long people waited for an answer: from the first thing they asked to the first real contact from us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest

from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, Clock, command

HOUR = timedelta(hours=1)
Say = Callable[..., UUID]


@pytest.fixture
def say(recruiting: Recruiting, dana: UUID, ada: UUID) -> Say:
    """`say("e-mail in", -3)`: three hours before Monday morning; to Ada, by Dana unless told otherwise."""

    def say(how: str, hours: float, to: UUID | None = None, by: UUID | None = None) -> UUID:
        channel, direction, *outcome = how.split(" ", 2)
        said = channel, direction, outcome[0] if outcome else None, MONDAY + hours * HOUR, "hello"
        return recruiting.record_touchpoint(command(by or dana), to or ada, *said).streams[0]

    return say


def waits(views: Views, **more: UUID) -> list[tuple[float, float]]:
    """The hours of each answer and of what it answered, the latest first."""
    views.catch_up()
    rows = views.relationships.answers_since(MONDAY - 500 * HOUR, **more)
    return [((row.asked_at - MONDAY) / HOUR, (row.answered_at - MONDAY) / HOUR) for row in rows]


SAID = (("e-mail in", -9), ("SMS in", -8), ("call out voicemail", -7), ("call out talked", -6), ("e-mail out", -5))


@pytest.mark.parametrize(
    "order", list(permutations(SAID))[::17], ids=lambda order: "".join(str(-at) for _, at in order)
)
def test_from_the_first_question_to_the_first_answer_in_whatever_order_they_are_written_down(
    order: tuple[tuple[str, float], ...], say: Say, views: Views
) -> None:
    for said in order:
        say(*said)
        views.catch_up()

    assert waits(views) == [(-9, -6)]
    assert views.check() == []


def test_what_was_taken_back_never_answered(recruiting: Recruiting, say: Say, views: Views, dana: UUID) -> None:
    say("WhatsApp in", -9)
    answer = say("e-mail out", -6)
    say("call out talked", -2)
    before = waits(views)

    recruiting.retract_touchpoint(command(dana), answer, "not sent")

    assert (before, waits(views)) == ([(-9, -6)], [(-9, -2)])
    assert views.check() == []


def test_who_needs_no_answer_waits_no_more_and_is_not_counted(
    recruiting: Recruiting, say: Say, views: Views, dana: UUID
) -> None:
    asked = say("e-mail in", -9)
    recruiting.answer_not_needed(command(dana), asked)
    say("e-mail out", -6)
    before = waits(views)

    recruiting.answer_needed(command(dana), asked)

    assert (before, waits(views)) == ([], [(-9, -6)])
    assert views.check() == []


def test_whose_and_by_whom_and_what_becomes_of_it(
    recruiting: Recruiting, say: Say, views: Views, clock: Clock, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    for person in (ada, bob):
        say("e-mail in", -9, person)
    say("e-mail out", -6, ada, tom)
    say("e-mail out", -5, bob)
    recruiting.assign_owner(command(dana), ada, tom)
    views.catch_up()

    rows = views.relationships.answers_since(MONDAY - 8 * HOUR)
    recruiting.erase_candidate(command(None), ada, "asked")
    recruiting.withdraw_candidate(command(dana), bob, "twice")

    assert [(row.candidate, row.owner, row.answered_by) for row in rows] == [(bob, dana, dana), (ada, dana, tom)]
    assert waits(views, owner=dana) == [(-9, -6)]
    assert waits(views, owner=tom) == []
    assert len(views.relationships.answers_since(MONDAY - 500 * HOUR, limit=0)) == 0
    assert views.check() == []
