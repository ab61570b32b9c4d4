"""A promise may wait for one recorded before it; many dates move in one act, and each is told or not yet."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.due import Due
from domain.promise import NewPromise, Promise
from domain.recruiting import Recruiting
from domain.refusal import Refused, Stale
from domain.touchpoint import Touchpoint
from tests.agency import ZONE, command

THURSDAY, FRIDAY, NEXT_WEEK = (Due(date(2026, *day), None, ZONE) for day in ((11, 26), (11, 27), (12, 4)))


@pytest.fixture
def rate(recruiting: Recruiting, dana: UUID, bob: UUID) -> UUID:
    """Priya owes us the rate by Thursday; it was written down on Bob's page."""
    priya = recruiting.add_contact(command(dana), "Priya Shah", "St Hilda").streams[0]
    owed = NewPromise("Send the rate", THURSDAY, dana, "contact", priya, job=uuid4())
    return recruiting.make_promise(command(dana), bob, owed).streams[0]


def passed_on(recruiting: Recruiting, dana: UUID, ada: UUID, first: UUID) -> UUID:
    second = NewPromise("Ring with the rate", FRIDAY, dana, waits_for=first)
    return recruiting.make_promise(command(dana), ada, second).streams[0]


def test_a_promise_waits_for_what_a_client_owes_and_is_about_the_same_job(
    recruiting: Recruiting, dana: UUID, ada: UUID, rate: UUID, facts
) -> None:
    passed_on(recruiting, dana, ada, rate)

    first, second = facts(Promise.PromiseMade)
    assert (second.waits_for, second.job) == (rate, first.job)


@pytest.mark.parametrize("case", ["nothing there", "somebody else's", "withdrawn"])
def test_a_promise_waits_only_for_what_was_recorded_before_and_concerns_it(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts, case: str
) -> None:
    asked = command(dana)
    whom = {"nothing there": ada, "somebody else's": bob, "withdrawn": ada}[case]
    first = recruiting.make_promise(command(dana), whom, NewPromise("Ring", FRIDAY, dana)).streams[0]
    if case == "withdrawn":
        recruiting.undo_promise(command(dana), first)
    first = asked.stream(0) if case == "nothing there" else first  # itself, which is recorded only afterwards

    with pytest.raises(Refused) as refused:
        recruiting.make_promise(asked, ada, NewPromise("Ring again", FRIDAY, dana, waits_for=first))

    assert (refused.value.sentence, refused.value.field) == ("Choose what it waits for from the list.", "waits_for")
    assert len(facts(Promise.PromiseMade)) == 1


def test_what_was_closed_a_moment_ago_hinders_no_record(
    recruiting: Recruiting, dana: UUID, ada: UUID, rate: UUID
) -> None:
    recruiting.keep_promise(command(dana), rate)

    assert recruiting.load(Promise, passed_on(recruiting, dana, ada, rate)).waits_for == rate


def test_the_date_stands_once_for_each_slip(recruiting: Recruiting, dana: UUID, ada: UUID, rate: UUID, facts) -> None:
    second = passed_on(recruiting, dana, ada, rate)
    recruiting.renegotiate_promise(command(dana), rate, NEXT_WEEK)
    for slip in ("moved", "moved", "overdue"):
        recruiting.let_date_stand(command(dana), second, slip, seen=1)

    stood = facts(Promise.DateStood)

    assert [(fact.slip, fact.due_on) for fact in stood] == [("moved", NEXT_WEEK.on), ("overdue", NEXT_WEEK.on)]
    with pytest.raises(Refused):
        recruiting.let_date_stand(command(dana), second, "sideways")
    with pytest.raises(Refused):
        recruiting.let_date_stand(command(dana), rate, "moved")


def test_all_dates_move_at_once_or_none(
    recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, rate: UUID, facts
) -> None:
    seconds = [passed_on(recruiting, dana, ada, rate) for _ in range(3)]
    recruiting.renegotiate_promise(command(dana), seconds[0], NEXT_WEEK)
    asked, seen = command(dana), ((seconds[0], 2), (seconds[1], 1), (seconds[2], 1))

    moved = recruiting.move_all(asked, seen, NEXT_WEEK, "client slipped")
    again = recruiting.move_all(asked, seen, NEXT_WEEK, "client slipped")

    assert moved.streams == again.streams == tuple(seconds[1:])  # the first had that date already
    assert [fact.told for fact in facts(Promise.PromiseRenegotiated)] == [None, False, False]
    with pytest.raises(Stale):
        recruiting.move_all(command(tom), seen, FRIDAY)
    with pytest.raises(Refused):
        recruiting.move_all(command(tom), ((seconds[1], 2),), NEXT_WEEK)
    assert len(facts(Promise.PromiseRenegotiated)) == 3


def test_being_told_is_an_entry_of_theirs_and_happens_once(
    recruiting: Recruiting, dana: UUID, ada: UUID, rate: UUID, facts
) -> None:
    second = passed_on(recruiting, dana, ada, rate)
    with pytest.raises(Refused):
        recruiting.tell_new_date(command(dana), second, "call", "It is Friday.")
    recruiting.move_all(command(dana), ((second, 1),), NEXT_WEEK)
    recruiting.tell_new_date(command(dana), second, "call", "It is Friday week.", seen=2)

    (entry,), (told,) = facts(Touchpoint.TouchpointRecorded), facts(Promise.NewDateTold)

    assert (entry.candidate, entry.channel, entry.direction, entry.words) == (ada, "call", "out", "It is Friday week.")
    assert (told.touchpoint, told.how, told.due_on) == (entry.originator_id, "call", NEXT_WEEK.on)
    with pytest.raises(Refused, match="They know the date already"):
        recruiting.tell_new_date(command(dana), second, "call", "Once more.")
