"""The promises made: as they stand, as they stood, what happened to each, and whom to remind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from domain.due import Due
from domain.promise import NewPromise, Party
from domain.recruiting import Recruiting
from projections import Views
from projections.promises import due_of
from tests.agency import MONDAY, ZONE, Clock, command
from tests.conftest import Cast

TODAY, FRIDAY, NEXT_WEEK = (
    Due(date(2026, 11, 23), None, ZONE),
    Due(date(2026, 11, 27), time(16, 30), ZONE),
    Due(date(2026, 12, 4), None, ZONE),
)
Make = Callable[..., UUID]


@pytest.fixture
def make(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> Make:
    """`make(words, due, to=…, keeper=…)`: Dana promises something to Ada, and keeps it, unless told otherwise."""

    def make(words: str = "Ring", due: Due = FRIDAY, to: UUID | None = None, keeper: UUID | None = None) -> UUID:
        promise = NewPromise(words, due, keeper or dana)
        return recruiting.make_promise(command(dana), to or ada, promise).streams[0]

    return make


def words(rows: Any) -> list[str]:
    return [row.words for row in rows]


# One promise


def test_a_promise_is_a_row_with_all_that_was_said(
    views: Views, make: Make, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    promise = make("Ring with the rate", keeper=tom)
    make("Send the contract", to=bob)
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.id, row.candidate, row.touchpoint, row.words) == (promise, ada, None, "Ring with the rate")
    assert (row.keeper, row.made_by, row.made_at) == (tom, dana, MONDAY)
    assert (row.state, row.changed, row.moved, row.fell_due) == ("open", 1, 0, False)
    assert (row.closed_at, row.closed_by, row.cause, row.why) == (None, None, None, None)
    assert due_of(row) == FRIDAY


def test_an_unknown_promise_is_not_found(views: Views, make: Make) -> None:
    make()
    views.catch_up()

    assert views.promises.promise(uuid4()) is None


def test_a_promise_knows_the_touchpoint_it_was_made_in(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID
) -> None:
    touchpoint, promise = recruiting.record_touchpoint(
        command(dana), ada, "call", "out", "talked", MONDAY, "", NewPromise("Ring", FRIDAY, dana)
    ).streams
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert row.touchpoint == touchpoint


CLOSINGS: dict[str, Callable[[Recruiting, UUID, UUID], object]] = {
    "kept": lambda verbs, by, id: verbs.keep_promise(command(by), id),
    "broken": lambda verbs, by, id: verbs.break_promise(command(by), id, "we forgot"),
    "released": lambda verbs, by, id: verbs.release_promise(command(by), id, "found a job"),
    "withdrawn": lambda verbs, by, id: verbs.undo_promise(command(by), id),
}
DETAILS = {
    "kept": (None, None),
    "broken": ("we forgot", None),
    "released": (None, "found a job"),
    "withdrawn": (None, ""),
}


@pytest.mark.parametrize("state", CLOSINGS)
def test_a_closed_promise_says_how_by_whom_and_when(
    recruiting: Recruiting, views: Views, clock: Clock, make: Make, tom: UUID, state: str
) -> None:
    promise, other = make(), make("another")
    at = clock.on(hours=1)
    CLOSINGS[state](recruiting, tom, promise)
    views.catch_up()

    row, untouched = views.promises.promise(promise), views.promises.promise(other)

    assert row is not None
    assert untouched is not None
    assert (row.state, row.closed_at, row.closed_by, row.changed) == (state, at, tom, 2)
    assert (row.cause, row.why) == DETAILS[state]
    assert (untouched.state, untouched.closed_at) == ("open", None)


def test_a_reopened_promise_is_open_as_before(recruiting: Recruiting, views: Views, make: Make, dana: UUID) -> None:
    promise = make()
    recruiting.break_promise(command(dana), promise, "we forgot")
    recruiting.undo_promise(command(dana), promise)
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.state, row.closed_at, row.closed_by, row.cause, row.changed) == ("open", None, None, None, 3)


def test_a_promise_moved_has_its_new_due_and_says_how_often(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make()
    recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK, "client away")
    recruiting.renegotiate_promise(command(dana), promise, FRIDAY, "client back")
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (due_of(row), row.moved, row.why, row.changed) == (FRIDAY, 2, "client back", 3)


def test_what_kept_notes_by_itself_does_not_count_as_a_change(recruiting: Recruiting, views: Views, make: Make) -> None:
    promise = make(due=TODAY)
    recruiting.fall_due(promise, TODAY)
    recruiting.reminder_sent(promise, TODAY, "fell due", "mail")
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.fell_due, row.changed) == (True, 1)


def test_the_history_tells_everything_in_order(
    recruiting: Recruiting, views: Views, clock: Clock, make: Make, dana: UUID, tom: UUID
) -> None:
    promise, _ = make("Ring with the rate", due=TODAY), make("another")
    recruiting.fall_due(promise, TODAY)
    recruiting.reminder_failed(promise, TODAY, "fell due", "mail", "No mail server is set up.")
    recruiting.reminder_sent(promise, TODAY, "fell due", "mail")
    at = clock.on(hours=1)
    recruiting.renegotiate_promise(command(tom), promise, NEXT_WEEK, "client away")
    recruiting.keep_promise(command(dana), promise)
    views.catch_up()

    history = views.promises.history(promise)

    assert [(row.what, row.by, row.at, row.due_on, row.words, row.why, row.channel) for row in history] == [
        ("made", dana, MONDAY, TODAY.on, "Ring with the rate", None, None),
        ("fell due", None, MONDAY, TODAY.on, None, None, None),
        ("reminder failed", None, MONDAY, None, None, None, "mail"),
        ("reminder sent", None, MONDAY, None, None, None, "mail"),
        ("renegotiated", tom, at, NEXT_WEEK.on, None, "client away", None),
        ("kept", dana, at, None, None, None, None),
    ]


def test_the_history_tells_in_which_words_a_due_was_typed(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID
) -> None:
    said = NewPromise("Ring", FRIDAY, dana, due_phrase="fri")
    promise = recruiting.make_promise(command(dana), ada, said).streams[0]
    recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK, due_phrase="fri week")
    recruiting.renegotiate_promise(command(dana), promise, TODAY)
    views.catch_up()

    history = views.promises.history(promise)

    assert [(row.due_on, row.due_phrase) for row in history] == [
        (FRIDAY.on, "fri"),
        (NEXT_WEEK.on, "fri week"),
        (TODAY.on, None),
    ]


# As it was


def test_rows_say_from_which_position_to_which_they_held(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make()
    made = recruiting.log.end()
    make("another")
    moved = recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK).position
    kept = recruiting.keep_promise(command(dana), promise).position
    views.catch_up()

    table = views.promises.promises
    rows = views.promises.all(select(table).where(table.c.id == promise).order_by(table.c.since_position))

    assert [(row.since_position, row.until_position, row.state, row.due_on) for row in rows] == [
        (made, moved, "open", FRIDAY.on),
        (moved, kept, "open", NEXT_WEEK.on),
        (kept, None, "kept", NEXT_WEEK.on),
    ]


def test_yesterdays_state_is_a_question_not_a_replay(
    recruiting: Recruiting, views: Views, clock: Clock, make: Make, dana: UUID
) -> None:
    first, second = make("first"), make("second")
    clock.on(days=1)
    recruiting.keep_promise(command(dana), first)
    views.catch_up()

    then = recruiting.log.position_at(MONDAY)
    table = views.promises.promises.c
    held = (table.since_position <= then) & (table.until_position.is_(None) | (table.until_position > then))
    rows = views.promises.all(select(table.id, table.state).where(held))

    assert {row.id: row.state for row in rows} == {first: "open", second: "open"}


# Of a candidate


def test_of_a_candidate_the_open_come_by_due_then_the_closed_newest_first(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, ada: UUID, bob: UUID
) -> None:
    for text, due in (("late", NEXT_WEEK), ("done first", FRIDAY), ("soon", TODAY), ("done last", TODAY)):
        promise = make(text, due)
        make(f"{text}, to Bob", due, to=bob)
        if text.startswith("done"):
            recruiting.keep_promise(command(dana), promise)
    views.catch_up()

    assert words(views.promises.of(ada)) == ["soon", "late", "done last", "done first"]


# The ledger


@pytest.fixture(scope="module")
def several(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Views]:
    """Six promises of two keepers to two people, two of them kept and one broken; only looked at."""
    with cast.copied(tmp_path_factory.mktemp("several")) as (verbs, views):

        def make(words: str, to: UUID = cast.ada, keeper: UUID = cast.dana) -> UUID:
            return verbs.make_promise(command(cast.dana), to, NewPromise(words, FRIDAY, keeper)).streams[0]

        verbs.keep_promise(command(cast.dana), make("one"))
        make("two", to=cast.bob)
        verbs.keep_promise(command(cast.dana), make("three", keeper=cast.tom))
        verbs.break_promise(command(cast.dana), make("four", to=cast.bob, keeper=cast.tom), "other")
        make("five", keeper=cast.tom)
        make("six")
        views.catch_up()
        yield views


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "six five four three two one"),
        ({"status": "open"}, "six five two"),
        ({"status": "kept"}, "three one"),
        ({"status": "withdrawn"}, ""),
        ({"keeper": "tom"}, "five four three"),
        ({"candidate": "bob"}, "four two"),
        ({"status": "open", "keeper": "tom"}, "five"),
        ({"status": "broken", "keeper": "tom", "candidate": "bob"}, "four"),
        ({"status": "kept", "candidate": "bob"}, ""),
        ({"limit": 2}, "six five"),
    ],
)
def test_the_ledger_is_filtered_by_status_keeper_and_candidate(
    several: Views, tom: UUID, bob: UUID, asked: dict[str, Any], found: str
) -> None:
    people = {"tom": tom, "bob": bob}

    rows = several.promises.ledger(**{name: people.get(value, value) for name, value in asked.items()})

    assert words(rows) == found.split()


def test_page_after_page_the_ledger_shows_every_promise_once(several: Views) -> None:
    shown, after = [], None
    while page := several.promises.ledger(after=after, limit=4):
        shown += words(page)
        after = page[-1].made_position

    assert shown == ["six", "five", "four", "three", "two", "one"]


def test_promises_are_counted_by_state(several: Views, dana: UUID, tom: UUID, ada: UUID, bob: UUID) -> None:
    def tally(**asked: UUID) -> dict[str, int]:
        return {state: count for state, count in several.promises.tally(**asked).items() if count}

    assert tally() == {"open": 3, "kept": 2, "broken": 1}
    assert tally(keeper=tom) == {"open": 1, "kept": 1, "broken": 1}
    assert tally(candidate=bob) == {"open": 1, "broken": 1}
    assert tally(keeper=dana, candidate=ada) == {"open": 1, "kept": 1}
    assert tally(keeper=uuid4()) == {}


# What is due


def test_the_agenda_holds_what_is_open_and_due_within_a_week(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, tom: UUID
) -> None:
    today = MONDAY.date()
    for text, days in (("in a week", 7), ("overdue", -3), ("today", 0), ("too far", 8)):
        make(text, Due(today + timedelta(days=days), None, ZONE))
    recruiting.keep_promise(command(dana), make("kept", TODAY))
    make("of Tom", TODAY, keeper=tom)
    views.catch_up()

    assert words(views.promises.agenda(today, dana)) == ["overdue", "today", "in a week"]
    assert set(words(views.promises.agenda(today))) == {"overdue", "today", "in a week", "of Tom"}


def test_what_falls_due_now_is_known_to_the_minute_in_its_zone(views: Views, make: Make) -> None:
    make("by nine", Due(TODAY.on, time(9, 0), ZONE))
    make("by nine one", Due(TODAY.on, time(9, 1), ZONE))
    make("today", TODAY)
    make("yesterday", Due(date(2026, 11, 22), None, ZONE))
    make("in Auckland", Due(TODAY.on, time(21, 0), "Pacific/Auckland"))
    make("in New York", Due(TODAY.on, time(5, 0), "America/New_York"))
    views.catch_up()

    assert set(words(views.promises.falling_due(MONDAY))) == {"by nine", "yesterday", "in Auckland"}
    assert set(words(views.promises.falling_due(MONDAY + timedelta(hours=8, minutes=30)))) >= {"today", "in New York"}


def test_what_fell_due_is_not_asked_for_again(recruiting: Recruiting, views: Views, make: Make, dana: UUID) -> None:
    fallen, kept, _ = make("fallen", TODAY), make("kept", TODAY), make("waiting", TODAY)
    recruiting.fall_due(fallen, TODAY)
    recruiting.keep_promise(command(dana), kept)
    views.catch_up()

    assert words(views.promises.falling_due(MONDAY + timedelta(hours=9))) == ["waiting"]


def test_moved_it_falls_due_anew_and_moved_back_it_does_not(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make(due=TODAY)
    recruiting.fall_due(promise, TODAY)
    recruiting.renegotiate_promise(command(dana), promise, FRIDAY)
    views.catch_up()
    a_week_later = MONDAY + timedelta(days=7)

    assert [row.id for row in views.promises.falling_due(a_week_later)] == [promise]

    recruiting.undo_promise(command(dana), promise)
    views.catch_up()

    assert views.promises.falling_due(a_week_later) == []


def test_the_bell_counts_what_fell_due_and_is_still_open(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, tom: UUID
) -> None:
    for keeper, text in ((dana, "one"), (dana, "two"), (dana, "three, kept"), (tom, "of Tom")):
        promise = make(text, TODAY, keeper=keeper)
        recruiting.fall_due(promise, TODAY)
        if "kept" in text:
            recruiting.keep_promise(command(dana), promise)
    make("not due")
    views.catch_up()

    assert (views.promises.fallen_due(dana), views.promises.fallen_due(tom)) == (2, 1)
    assert views.promises.fallen_due(uuid4()) == 0


def test_the_bell_leaves_out_what_is_snoozed(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, bob: UUID
) -> None:
    snoozed, _ = make("one", TODAY), make("two", TODAY, to=bob)
    for promise in (snoozed, _):
        recruiting.fall_due(promise, TODAY)
    recruiting.snooze_reminder(command(dana), snoozed, MONDAY + timedelta(hours=3))
    views.catch_up()

    bell = views.promises.fallen_due

    assert [bell(dana), bell(dana, MONDAY), bell(dana, MONDAY + timedelta(hours=3))] == [2, 1, 2]


# Theirs


def test_a_promise_of_theirs_says_who_made_it_and_who_waits(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, ada: UUID
) -> None:
    priya = recruiting.add_contact(command(dana), "Priya Shah", "Acme").streams[0]
    said = [NewPromise("Ring", FRIDAY, dana), NewPromise("Send the CV", FRIDAY, dana, Party.CANDIDATE)]
    said.append(NewPromise("Decide", FRIDAY, dana, Party.CONTACT, priya))
    ids = [recruiting.make_promise(command(dana), ada, promise).streams[0] for promise in said]
    views.catch_up()

    rows = [views.promises.promise(id) for id in ids]

    assert [(row.party, row.waits, row.contact, row.keeper) for row in rows if row] == [
        ("us", "candidate", None, dana),
        ("candidate", "us", None, dana),
        ("contact", "us", priya, dana),
    ]


@pytest.mark.parametrize(
    ("party", "found"),
    [("us", ["Ring"]), ("candidate", ["Send"]), ("contact", ["Decide"]), ("them", ["Decide", "Send"])],
)
@pytest.mark.parametrize("sort", ["newest", "due"])
def test_the_ledger_and_its_tally_tell_ours_from_theirs(
    parties: Views, dana: UUID, tom: UUID, party: str, found: list[str], sort: str
) -> None:
    rows = parties.promises.ledger(party=party, sort=sort)

    assert sorted(words(rows)) == found
    assert parties.promises.tally(party=party) == parties.promises.tally(dana, party=party) == {"open": len(found)}
    assert parties.promises.tally(tom, party=party) == {}


@pytest.fixture
def parties(recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID) -> Views:
    """We promised Ada, she promised us, and a contact promised about Bob."""
    priya = recruiting.add_contact(command(dana), "Priya Shah", "Acme").streams[0]
    for to, promise in (
        (ada, NewPromise("Ring", FRIDAY, dana)),
        (ada, NewPromise("Send", TODAY, dana, Party.CANDIDATE)),
        (bob, NewPromise("Decide", NEXT_WEEK, dana, Party.CONTACT, priya)),
    ):
        recruiting.make_promise(command(dana), to, promise)
    views.catch_up()
    return views


def test_what_we_promised_each_next(parties: Views, make: Make, ada: UUID, bob: UUID) -> None:
    make("Ring earlier", TODAY)
    parties.catch_up()

    found = parties.promises.next_of([ada, bob])

    assert {id: row.words for id, row in found.items()} == {ada: "Ring earlier"}
    assert parties.promises.next_of([]) == {}


# New moves


def test_a_promise_handed_over_counts_for_the_new_keeper(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, tom: UUID
) -> None:
    promise, _ = make(), make("another")
    views.catch_up()
    recruiting.reassign_promise(command(dana), promise, tom)
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.keeper, row.changed, row.state) == (tom, 2, "open")
    assert (views.promises.tally(dana), views.promises.tally(tom)) == ({"open": 1}, {"open": 1})
    assert [(step.what, step.keeper) for step in views.promises.history(promise)] == [
        ("made", dana),
        ("reassigned", tom),
    ]

    recruiting.undo_promise(command(tom), promise)
    views.catch_up()

    assert views.promises.tally() == views.promises.tally(dana) == {"open": 2}


def test_a_promise_overtaken_says_by_what(recruiting: Recruiting, views: Views, make: Make, dana: UUID) -> None:
    promise = make()
    recruiting.overtake_promise(command(dana), promise, "job gone", "the client froze it")
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.state, row.cause, row.why, row.closed_by) == ("overtaken", "job gone", "the client froze it", dana)
    assert views.promises.tally() == {"overtaken": 1}

    recruiting.undo_promise(command(dana), promise)
    views.catch_up()

    assert views.promises.tally() == {"open": 1}


def test_a_corrected_promise_shows_its_words_and_keeps_the_old_ones(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make("Ring with the rote")
    recruiting.correct_promise(command(dana), promise, "Ring with the rate", "a slip")
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.words, row.why, row.corrected, row.changed) == ("Ring with the rate", "a slip", 1, 2)
    assert [(step.what, step.words) for step in views.promises.history(promise)] == [
        ("made", "Ring with the rote"),
        ("corrected", "Ring with the rate"),
    ]


def test_a_new_date_taken_back_was_no_move(recruiting: Recruiting, views: Views, make: Make, dana: UUID) -> None:
    promise = make()
    recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK)
    recruiting.undo_promise(command(dana), promise)
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.moved, due_of(row)) == (0, FRIDAY)


@pytest.mark.parametrize(
    ("direction", "grade"), [(None, "word"), ("out", "evidence"), ("in", "confirmed"), ("later", "evidence")]
)
def test_a_kept_promise_says_how_sure_that_is(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, ada: UUID, direction: str | None, grade: str
) -> None:
    promise = make()
    wrote = command(dana), ada, "e-mail", "in" if direction == "in" else "out", None, MONDAY, "the rate"
    shown = recruiting.record_touchpoint(*wrote).streams[0]
    recruiting.keep_promise(command(dana), promise, evidence=shown if direction in ("in", "out") else None)
    if direction == "later":
        recruiting.give_evidence(command(dana), promise, shown)
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.grade, row.evidence) == (grade, shown if direction else None)

    recruiting.undo_promise(command(dana), promise)
    views.catch_up()
    row = views.promises.promise(promise)

    assert row is not None
    assert (row.state, row.grade, row.evidence) == ("open", None, None)


def test_evidence_that_was_taken_back_shows_nothing(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, ada: UUID
) -> None:
    promise = make()
    shown = recruiting.record_touchpoint(command(dana), ada, "e-mail", "in", None, MONDAY, "thank you").streams[0]
    recruiting.keep_promise(command(dana), promise, evidence=shown)
    recruiting.retract_touchpoint(command(dana), shown, "of somebody else")
    views.catch_up()

    row = views.promises.promise(promise)

    assert row is not None
    assert (row.state, row.grade, row.evidence) == ("kept", "word", None)
    assert views.check() == []


# A period, and by due


@pytest.fixture
def made_over_days(recruiting: Recruiting, views: Views, clock: Clock, make: Make, dana: UUID, tom: UUID) -> Views:
    """One a day for a week from Monday on, the first for Tom, the third kept; each due earlier than the one before."""
    for number in range(7):
        due = Due(date(2026, 12, 24) - timedelta(days=number), None, ZONE)
        promise = make(f"day {number}", due, keeper=tom if number == 0 else dana)
        if number == 2:
            recruiting.keep_promise(command(dana), promise)
        clock.on(days=1)
    views.catch_up()
    return views


SPANS = {
    "from": (date(2026, 11, 28), None, [6, 5]),
    "to": (None, date(2026, 11, 24), [1, 0]),
    "between": (date(2026, 11, 24), date(2026, 11, 26), [3, 2, 1]),
    "one day": (date(2026, 11, 25), date(2026, 11, 25), [2]),
    "before all": (None, date(2026, 11, 22), []),
    "after all": (date(2026, 11, 30), None, []),
    "from the first day to the last": (date.min, date.max, [6, 5, 4, 3, 2, 1, 0]),
    "from the last day to the first": (date.max, date.min, []),
}


@pytest.mark.parametrize("span", SPANS)
def test_the_ledger_tells_of_a_period(made_over_days: Views, span: str) -> None:
    since, until, days = SPANS[span]
    ledger, tally = made_over_days.promises.ledger, made_over_days.promises.tally

    assert words(ledger(since=since, until=until)) == [f"day {day}" for day in days]
    assert words(ledger(since=since, until=until, sort="due")) == [f"day {day}" for day in days]
    assert sum(tally(since=since, until=until).values()) == len(days)


def test_a_tally_of_a_period_knows_keeper_and_state(
    made_over_days: Views, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    tally, days = made_over_days.promises.tally, {"since": date(2026, 11, 23), "until": date(2026, 11, 25)}

    assert (tally(dana, **days), tally(tom, **days)) == ({"open": 1, "kept": 1}, {"open": 1})
    assert (tally(candidate=ada, **days), tally(candidate=bob, **days)) == ({"open": 2, "kept": 1}, {})


def test_by_due_page_after_page_shows_every_promise_once(views: Views, make: Make, dana: UUID, tom: UUID) -> None:
    for number in range(8):
        make(f"promise {number}", Due(date(2026, 11, 30) - timedelta(days=number // 3), None, ZONE))
    make("of Tom", keeper=tom)
    views.catch_up()

    shown, after = [], None
    while page := views.promises.ledger(keeper=dana, sort="due", after=after, limit=3):
        shown += page
        after = (page[-1].due_on, page[-1].id)

    assert sorted(words(shown)) == [f"promise {number}" for number in range(8)]
    assert [row.due_on for row in shown] == sorted(row.due_on for row in shown)


# Handing over


def test_what_a_keeper_has_to_see_to(parties: Views, make: Make, dana: UUID, tom: UUID) -> None:
    make("of Tom", keeper=tom)
    parties.catch_up()

    first = parties.promises.open_of(dana, limit=2)
    rest = parties.promises.open_of(dana, after=(first[-1].due_on, first[-1].id))

    assert words([*first, *rest]) == ["Send", "Ring", "Decide"]
    assert (parties.promises.open_count(dana), parties.promises.open_count(tom)) == (3, 1)
    assert words(parties.promises.overdue_of(dana, FRIDAY.on)) == ["Send"]


# Somebody entered by mistake


def test_promises_to_somebody_withdrawn_count_nowhere(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, ada: UUID, bob: UUID
) -> None:
    promise, _ = make("Ring", TODAY), make("of Bob", TODAY, to=bob)
    recruiting.fall_due(promise, TODAY)
    recruiting.withdraw_candidate(command(dana), ada)
    views.catch_up()

    questions = views.promises
    assert (
        words(questions.ledger()) == words(questions.agenda(TODAY.on)) == words(questions.open_of(dana)) == ["of Bob"]
    )
    assert (questions.tally(), questions.tally(candidate=ada), questions.fallen_due(dana)) == ({"open": 1}, {}, 0)
    assert words(questions.of(ada)) == ["Ring"]

    recruiting.keep_promise(command(dana), promise)
    views.catch_up()

    assert questions.tally() == {"open": 1}
    assert views.check() == []


# Somewhere else


def test_a_promise_moved_with_its_entry_is_made_anew_and_withdrawn_without_words(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    said = command(dana), ada, "call", "out", "talked", MONDAY, "four days", NewPromise("Ring", FRIDAY, dana)
    entry, promise = recruiting.record_touchpoint(*said).streams
    views.catch_up()
    there = recruiting.move_touchpoint(command(dana), entry, bob, "the wrong window").streams
    views.catch_up()

    here, anew = views.promises.promise(promise), views.promises.promise(there[1])

    assert here is not None
    assert anew is not None
    assert (here.state, here.words, here.why) == ("withdrawn", None, None)
    assert (anew.state, anew.words, anew.candidate, anew.touchpoint) == ("open", "Ring", bob, there[0])
    assert {step.words for step in views.promises.history(promise)} == {None}
    assert views.check() == []


def test_the_promises_made_anew_are_the_same(
    recruiting: Recruiting, views: Views, make: Make, olive: UUID, dana: UUID, tom: UUID, bob: UUID
) -> None:
    fallen, handed, _ = make("Ring", TODAY), make("another"), make("of Bob", to=bob)
    recruiting.fall_due(fallen, TODAY)
    recruiting.snooze_reminder(command(dana), fallen, MONDAY + timedelta(hours=1))
    recruiting.reassign_promise(command(dana), handed, tom)
    recruiting.correct_promise(command(tom), handed, "Ring on Friday")
    recruiting.overtake_promise(command(tom), handed, "other", "found a job")
    recruiting.reminder_failed(fallen, TODAY, "fell due", "mail", "No mail server is set up.")
    recruiting.reminder_sent(fallen, TODAY, "fell due", "mail")
    recruiting.renegotiate_promise(command(dana), fallen, NEXT_WEEK, "client away")
    recruiting.undo_promise(command(dana), fallen)
    recruiting.keep_promise(command(dana), fallen)
    recruiting.erase_candidate(command(olive), bob, "asked")
    views.catch_up()

    assert views.check() == []
