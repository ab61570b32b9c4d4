"""Which promises wait for others, which of those slipped, and how much somebody holds open."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import ZONE, Clock, command

DAYS = {day: Due(date(2026, 11, day), None, ZONE) for day in range(20, 31)}
MONDAY, THURSDAY, FRIDAY, NEXT_MONDAY = (DAYS[day] for day in (23, 26, 27, 30))
JOB = uuid4()


@pytest.fixture
def first(recruiting: Recruiting, dana: UUID, ada: UUID) -> UUID:
    """Priya owes us the rate for Ada by Thursday."""
    priya = recruiting.add_contact(command(dana), "Priya Shah", "St Hilda").streams[0]
    owed = NewPromise("Send the rate", THURSDAY, dana, "contact", priya, job=JOB)
    return recruiting.make_promise(command(dana), ada, owed).streams[0]


@pytest.fixture
def second(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, first: UUID) -> UUID:
    """We owe Ada the rate by Friday; what we owe Bob waits for nothing."""
    recruiting.make_promise(command(dana), bob, NewPromise("Ring", FRIDAY, dana))
    return recruiting.make_promise(command(dana), ada, NewPromise("Pass it on", FRIDAY, dana, waits_for=first)).streams[
        0
    ]


def slips(views: Views, today: Due = MONDAY, **asked: UUID) -> list[tuple[UUID, str]]:
    views.catch_up()
    return [(row.id, row.slip) for row in views.promises.slipped(today.on, **asked)]


def test_a_chain_slips_when_the_first_is_moved_to_the_second_or_beyond(
    views: Views, recruiting: Recruiting, dana: UUID, tom: UUID, first: UUID, second: UUID
) -> None:
    assert slips(views) == []

    recruiting.renegotiate_promise(command(dana), first, NEXT_MONDAY)

    assert slips(views) == slips(views, keeper=dana) == slips(views, promise=second) == [(second, "moved")]
    assert slips(views, keeper=tom) == slips(views, promise=first) == []
    recruiting.let_date_stand(command(dana), second, "moved")
    assert slips(views) == []
    assert slips(views, Due(date(2026, 12, 1), None, ZONE)) == [(second, "overdue")]


def test_a_chain_slips_when_the_first_falls_overdue_until_the_second_gets_a_date(
    views: Views, recruiting: Recruiting, clock: Clock, dana: UUID, first: UUID, second: UUID
) -> None:
    assert slips(views, THURSDAY) == []
    assert slips(views, FRIDAY) == [(second, "overdue")]

    clock.now += timedelta(days=4)
    recruiting.renegotiate_promise(command(dana), second, NEXT_MONDAY)
    assert slips(views, FRIDAY) == []
    recruiting.undo_promise(command(dana), second)
    assert slips(views, FRIDAY) == [(second, "overdue")]


def test_a_chain_slips_when_the_first_is_broken_and_not_when_it_is_kept(
    views: Views, recruiting: Recruiting, dana: UUID, first: UUID, second: UUID
) -> None:
    recruiting.break_promise(command(dana), first, "client slipped")
    assert slips(views) == [(second, "broken")]
    recruiting.let_date_stand(command(dana), second, "broken")
    assert slips(views) == []
    recruiting.undo_promise(command(dana), first)
    recruiting.keep_promise(command(dana), first)
    assert slips(views, NEXT_MONDAY) == []


def test_a_chain_of_three_slips_step_by_step(
    views: Views, recruiting: Recruiting, dana: UUID, ada: UUID, first: UUID, second: UUID
) -> None:
    answer = NewPromise("Say yes or no", NEXT_MONDAY, dana, "candidate", waits_for=second)
    third = recruiting.make_promise(command(dana), ada, answer).streams[0]
    recruiting.renegotiate_promise(command(dana), first, NEXT_MONDAY)
    assert slips(views) == [(second, "moved")]

    recruiting.renegotiate_promise(command(dana), second, Due(date(2026, 12, 1), None, ZONE))

    assert slips(views) == [(third, "moved")]


def test_a_job_knows_its_promises_and_a_promise_what_waits_for_it(
    views: Views, first: UUID, second: UUID, ada: UUID
) -> None:
    views.catch_up()

    assert [row.id for row in views.promises.about([JOB])] == [first, second]
    assert [row.id for row in views.promises.owed_by_contacts([ada])] == [first]
    assert {id: [row.id for row in rows] for id, rows in views.promises.followers([first, second]).items()} == {
        first: [second]
    }


def test_what_somebody_holds_open_is_counted_up_to_a_cap(
    views: Views, recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, first: UUID, second: UUID
) -> None:
    recruiting.make_promise(command(dana), ada, NewPromise("Late", DAYS[20], dana))
    views.catch_up()

    assert tuple(views.promises.held_by(dana, FRIDAY.on, MONDAY.on)) == (3, 2, 1)  # what others owe her is not hers
    assert tuple(views.promises.held_by(dana, FRIDAY.on, MONDAY.on, at_most=2)) == (2, 2, 1)
    assert tuple(views.promises.held_by(tom, FRIDAY.on, MONDAY.on)) == (0, 0, 0)


def test_a_rebuild_finds_the_same_chains(
    views: Views, recruiting: Recruiting, dana: UUID, first: UUID, second: UUID
) -> None:
    recruiting.renegotiate_promise(command(dana), first, NEXT_MONDAY)
    recruiting.let_date_stand(command(dana), second, "moved")
    recruiting.move_all(command(dana), ((second, 1),), NEXT_MONDAY)
    recruiting.tell_new_date(command(dana), second, "call", "Monday.")
    views.catch_up()
    before = views.promises.promise(second)

    views.rebuild("promises")

    assert views.promises.promise(second) == before
    assert before is not None
    assert (before.told, before.expected_on, before.stood) == (True, NEXT_MONDAY.on, None)
