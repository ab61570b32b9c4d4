"""How each relationship stands, and who waits to hear from us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest

from domain.candidate import Details
from domain.due import Due
from domain.promise import NewPromise, Party
from domain.recruiting import Recruiting
from projections import Views
from projections.relationships import Tag, Waiting
from tests.agency import MONDAY, ZONE, Clock, command

FRIDAY, NEXT_WEEK = Due(date(2026, 11, 27), None, ZONE), Due(date(2026, 12, 4), None, ZONE)
DAY = timedelta(days=1)
Say = Callable[..., UUID]


@pytest.fixture
def say(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> Say:
    """`say("e-mail in", days_ago=3, to=…)`: the touchpoint; to Ada unless told otherwise."""

    def say(how: str, days_ago: float = 0, to: UUID | None = None) -> UUID:
        channel, direction, *outcome = how.split(" ", 2)
        at = recruiting.log.now() - days_ago * DAY
        said = command(dana), to or ada, channel, direction, outcome[0] if outcome else None, at, "hello"
        return recruiting.record_touchpoint(*said).streams[0]

    return say


def stands(views: Views, candidate: UUID) -> Any:
    views.catch_up()
    (row,) = (row for row in views.relationships.page() if row.candidate == candidate)
    return row


def waiting(
    views: Views, now: datetime = MONDAY, silent_after: int = 7, **more: Any
) -> list[tuple[str, str, datetime]]:
    views.catch_up()
    rows = views.relationships.waiting(now, silent_after, **more)
    return [(row.name.split()[0], row.reason, row.since) for row in rows]


# How it stands


def test_somebody_never_spoken_to_stands_there_quietly(views: Views, ada: UUID, bob: UUID, dana: UUID) -> None:
    row = stands(views, ada)

    assert (row.name, row.folded, row.headline, row.place, row.owner) == (
        "Ada Byron",
        "ada byron",
        "Staff nurse",
        "Leeds",
        dana,
    )
    assert (row.first_contact_at, row.last_contact_at, row.last_heard_at, row.last_told_at) == (None,) * 4
    assert (row.open_promises, row.next_due_on, row.reason, row.since, row.tags) == (0, None, None, None, [])
    assert waiting(views) == []


SAID: dict[str, tuple[bool, bool, bool, bool]] = {  # a contact, they were heard, we told them, they wait
    "e-mail out": (True, False, True, False),
    "e-mail in": (True, True, False, True),
    "letter in": (True, True, False, True),
    "SMS in": (True, True, False, True),
    "WhatsApp in": (True, True, False, True),
    "LinkedIn in": (True, True, False, True),
    "meeting in": (True, True, True, False),
    "video out": (True, True, True, False),
    "call out talked": (True, True, True, False),
    "call in talked": (True, True, True, False),
    "call out voicemail": (False, False, False, False),
    "call out no answer": (False, False, False, False),
    "call out wrong number": (False, False, False, False),
    "call in voicemail": (False, True, False, True),
    "call in no answer": (False, True, False, True),
    "call in wrong number": (False, False, False, False),
    "note internal": (False, False, False, False),
    "note out": (False, False, False, False),
    "note in": (False, False, False, False),
    "meeting internal": (False, False, False, False),
}


@pytest.mark.parametrize("how", SAID)
def test_what_each_touchpoint_means(views: Views, say: Say, ada: UUID, bob: UUID, how: str) -> None:
    said = say(how, days_ago=2)
    row, at = stands(views, ada), MONDAY - 2 * DAY

    contact, heard, told, waits = ((at if holds else None) for holds in SAID[how])
    assert (row.first_contact_at, row.last_contact_at, row.last_touchpoint) == (contact, contact, contact and said)
    assert (row.last_heard_at, row.last_told_at) == (heard, told)
    assert (row.unanswered_since, row.unanswered_touchpoint) == (waits, waits and said)
    assert stands(views, bob).last_contact_at is None


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_it_stands_the_same_in_whatever_order_it_was_recorded(
    views: Views, say: Say, ada: UUID, order: tuple[int, ...]
) -> None:
    said = [("call out talked", 9), ("e-mail in", 6), ("SMS in", 4), ("call out voicemail", 1)]
    ids = {number: say(*said[number]) for number in order}

    row = stands(views, ada)

    assert (row.first_contact_at, row.last_contact_at) == (MONDAY - 9 * DAY, MONDAY - 4 * DAY)
    assert (row.last_told_at, row.last_heard_at, row.last_touchpoint) == (MONDAY - 9 * DAY, MONDAY - 4 * DAY, ids[2])
    assert (row.unanswered_since, row.unanswered_touchpoint) == (MONDAY - 6 * DAY, ids[2])


@pytest.mark.parametrize(("last", "waits"), [("e-mail in", True), ("e-mail out", False)])
def test_at_the_same_instant_what_was_recorded_last_counts(views: Views, say: Say, last: str, waits: bool) -> None:
    for how in ("e-mail in", "e-mail out", last):
        say(how)

    assert bool(waiting(views)) is waits


def test_what_was_taken_back_or_moved_away_was_never_said(
    recruiting: Recruiting, views: Views, say: Say, dana: UUID, ada: UUID, bob: UUID
) -> None:
    first, wrong, moved = say("call out talked", 5), say("e-mail in", 3), say("SMS in", 1)
    views.catch_up()
    recruiting.retract_touchpoint(command(dana), wrong, "another Ada")
    recruiting.move_touchpoint(command(dana), moved, bob)

    row = stands(views, ada)

    assert (row.last_contact_at, row.last_touchpoint, row.unanswered_since) == (MONDAY - 5 * DAY, first, None)
    assert waiting(views) == [("Bob", "unanswered", MONDAY - DAY)]
    assert views.check() == []


# Who waits


def test_who_asked_waits_until_we_answer(views: Views, say: Say, dana: UUID) -> None:
    say("call out talked", 9)
    say("e-mail in", 6)
    say("SMS in", 4)
    assert waiting(views) == [("Ada", "unanswered", MONDAY - 6 * DAY)]

    say("call out no answer", 3)
    say("note internal", 3)
    assert waiting(views) == [("Ada", "unanswered", MONDAY - 6 * DAY)]

    say("WhatsApp out", 2)
    assert waiting(views) == []


@pytest.mark.parametrize(("days", "waits"), [(6.9, False), (7, True), (90, True), (90.1, False)])
def test_who_was_not_spoken_to_for_days_waits_while_it_is_warm(
    views: Views, say: Say, days: float, waits: bool
) -> None:
    say("e-mail out", days)

    assert waiting(views) == ([("Ada", "silent", MONDAY - days * DAY)] if waits else [])


def test_to_whom_we_promised_something_waits_until_that_is_done(
    recruiting: Recruiting, views: Views, say: Say, clock: Clock, dana: UUID, ada: UUID, bob: UUID
) -> None:
    say("e-mail out", 2)
    later, sooner = (
        recruiting.make_promise(command(dana), ada, NewPromise("Ring", due, dana)).streams[0]
        for due in (NEXT_WEEK, FRIDAY)
    )
    theirs = NewPromise("Send the CV", FRIDAY, dana, Party.CANDIDATE)
    recruiting.make_promise(command(dana), bob, theirs)
    row = stands(views, ada)
    assert (row.open_promises, row.next_due_on, row.next_due_at) == (2, FRIDAY.on, None)
    assert waiting(views) == [("Ada", "promise", MONDAY)]

    recruiting.keep_promise(command(dana), sooner)
    assert (stands(views, ada).open_promises, stands(views, ada).next_due_on) == (1, NEXT_WEEK.on)
    recruiting.renegotiate_promise(command(dana), later, FRIDAY)
    assert stands(views, ada).next_due_on == FRIDAY.on

    recruiting.overtake_promise(command(dana), later, "other")
    assert (stands(views, ada).open_promises, stands(views, ada).next_due_on, waiting(views)) == (0, None, [])

    recruiting.undo_promise(command(dana), later)
    assert (stands(views, ada).open_promises, stands(views, ada).next_due_on) == (1, FRIDAY.on)
    assert stands(views, bob).open_promises == 0
    assert views.check() == []


def test_an_imported_past_waits_for_nothing(views: Views, say: Say, bob: UUID) -> None:
    say("e-mail in", 200)
    say("call out talked", 300, to=bob)

    assert waiting(views) == []


def test_the_most_urgent_come_first_and_each_once(
    recruiting: Recruiting, views: Views, say: Say, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    cara, dora = (recruiting.add_candidate(command(dana), name, owner=tom).streams[0] for name in ("Cara", "Dora"))
    say("e-mail in", 2, to=bob)
    say("SMS in", 3, to=cara)
    say("e-mail out", 20, to=ada)
    say("e-mail out", 10, to=dora)
    for person in (dora, cara):
        recruiting.make_promise(command(dana), person, NewPromise("Ring", FRIDAY, dana))
    expected = [
        ("Cara", "unanswered", MONDAY - 3 * DAY),
        ("Bob", "unanswered", MONDAY - 2 * DAY),
        ("Ada", "silent", MONDAY - 20 * DAY),
        ("Dora", "promise", MONDAY),
    ]

    assert waiting(views) == expected
    assert waiting(views, limit=3) == expected[:3]
    assert waiting(views, owner=tom) == [expected[0], expected[3]]
    questions = views.relationships
    assert (questions.waiting_count(MONDAY, 7), questions.waiting_count(MONDAY, 7, tom)) == (4, 2)
    assert questions.waiting_count(MONDAY, 7, at_most=3) == 3
    assert questions.waiting_figures(MONDAY, 7) == Waiting(4, MONDAY - 20 * DAY)
    assert questions.waiting_figures(MONDAY, 7, dana, at_most=1) == Waiting(1, MONDAY - 20 * DAY)
    assert questions.waiting_figures(MONDAY, 7, ada) == Waiting(0, None)
    assert questions.longest_wait(MONDAY, 7) == MONDAY - 20 * DAY
    assert questions.longest_wait(MONDAY, 7, tom) == MONDAY - 3 * DAY
    assert questions.longest_wait(MONDAY, 30) == MONDAY - 3 * DAY


def test_who_needs_no_answer_waits_no_longer_until_they_ask_again(
    recruiting: Recruiting, views: Views, say: Say, dana: UUID
) -> None:
    say("e-mail in", 12)
    last = say("SMS in", 10)
    views.catch_up()
    (row,) = views.relationships.waiting(MONDAY, 7)
    assert row.touchpoint == last

    recruiting.answer_not_needed(command(dana), last)
    assert waiting(views) == []

    recruiting.answer_needed(command(dana), last)
    assert waiting(views) == [("Ada", "unanswered", MONDAY - 12 * DAY)]

    recruiting.answer_not_needed(command(dana), last)
    say("e-mail in", 8)
    assert waiting(views) == [("Ada", "unanswered", MONDAY - 8 * DAY)]
    assert views.check() == []


def test_a_silence_that_is_meant_is_none(recruiting: Recruiting, views: Views, say: Say, dana: UUID) -> None:
    last = say("call out talked", 10)
    assert waiting(views) == [("Ada", "silent", MONDAY - 10 * DAY)]

    recruiting.answer_not_needed(command(dana), last)
    assert waiting(views) == []

    say("e-mail out", 8)
    assert waiting(views) == [("Ada", "silent", MONDAY - 8 * DAY)]


# Many of them


@pytest.fixture
def many(recruiting: Recruiting, views: Views, say: Say, dana: UUID, tom: UUID) -> Views:
    """Twelve more: every second Tom's, every third tagged, every fourth with an overdue promise, each silent longer."""
    for number in range(12):
        added = recruiting.add_candidate(
            command(dana),
            details=Details(f"Sam {number:02}"),
            tags=("Night",) if number % 3 == 0 else (),
            owner=tom if number % 2 else dana,
        )
        person = added.streams[0]
        say("e-mail out", 8 + number, to=person)
        if number % 4 == 0:
            due = Due(date(2026, 11, 22) - number * DAY, None, ZONE)
            recruiting.make_promise(command(dana), person, NewPromise("Ring", due, dana))
    views.catch_up()
    return views


SILENT = (MONDAY - 90 * DAY, MONDAY - 12 * DAY)
FILTERS: dict[str, tuple[dict[str, Any], list[int]]] = {
    "tag": ({"tag": "night"}, [0, 3, 6, 9]),
    "tag in capitals": ({"tag": "NIGHT"}, [0, 3, 6, 9]),
    "another tag": ({"tag": "nigh"}, []),
    "overdue": ({"overdue_on": MONDAY.date()}, [8, 4, 0]),
    "overdue then": ({"overdue_on": date(2026, 11, 22)}, [8, 4]),
    "silent": ({"silent": SILENT}, [11, 10, 9, 8, 7, 6, 5, 4]),
    "tagged and overdue": ({"tag": "night", "overdue_on": MONDAY.date()}, [0]),
    "tagged and silent": ({"tag": "night", "silent": SILENT}, [9, 6]),
    "overdue and silent": ({"overdue_on": MONDAY.date(), "silent": SILENT}, [8, 4]),
}


@pytest.mark.parametrize("what", FILTERS)
def test_those_asked_for_page_after_page(many: Views, dana: UUID, what: str) -> None:
    asked, numbers = FILTERS[what]
    questions = many.relationships

    for owner, expected in ((None, numbers), (dana, [number for number in numbers if number % 2 == 0])):
        shown, after = [], None
        while page := questions.page(owner=owner, after=after, limit=2, **asked):
            shown += page
            after = questions.key(page[-1], asked.get("overdue_on"), asked.get("silent"))
        assert [row.name for row in shown] == [f"Sam {number:02}" for number in expected]
        assert questions.count(owner=owner, **asked) == len(expected)


def test_by_name_page_after_page(many: Views, tom: UUID) -> None:
    shown, after = [], None
    while page := many.relationships.page(after=after, limit=4):
        shown += page
        after = many.relationships.key(page[-1])

    assert [row.name for row in shown] == ["Ada Byron", "Bob Marsh", *(f"Sam {number:02}" for number in range(12))]
    assert [row.name for row in many.relationships.page(owner=tom, limit=2)] == ["Sam 01", "Sam 03"]
    assert (many.relationships.count(), many.relationships.count(at_most=5)) == (14, 5)


def test_who_looks_after_somebody_and_what_they_are_called_change(
    recruiting: Recruiting, many: Views, dana: UUID, tom: UUID, ada: UUID
) -> None:
    recruiting.tag_candidate(command(dana), ada, ["night"])
    recruiting.assign_owner(command(dana), ada, tom)
    recruiting.change_details(command(dana), ada, Details("Zoë Byron", works_at="Acme"))
    many.catch_up()

    rows = many.relationships.page(owner=tom, tag="night")

    assert [row.name for row in rows] == ["Sam 03", "Sam 09", "Zoë Byron"]
    assert (rows[-1].works_at, rows[-1].headline, rows[-1].tags) == ("Acme", "", ["night"])
    assert many.check() == []


# Tags


def test_tags_are_counted_however_they_are_written(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    cara = recruiting.add_candidate(command(dana), "Cara Lane", tags=("python", "C++")).streams[0]
    recruiting.tag_candidate(command(dana), ada, ["Python", "C#"])
    recruiting.tag_candidate(command(dana), bob, ["Python"])
    views.catch_up()

    assert views.relationships.tags() == [Tag("C#", 1), Tag("C++", 1), Tag("Python", 3)]
    assert views.relationships.tags("c") == [Tag("C#", 1), Tag("C++", 1)]
    assert views.relationships.tags("PY") == [Tag("Python", 3)]

    recruiting.untag_candidate(command(dana), bob, ["PYTHON"])
    recruiting.untag_candidate(command(dana), ada, ["python", "c#"])
    views.catch_up()

    assert views.relationships.tags() == [Tag("C++", 1), Tag("python", 1)]
    assert [row.candidate for row in views.relationships.page(tag="python")] == [cara]


# Gone


@pytest.mark.parametrize("how", ["withdrawn", "erased"])
def test_somebody_gone_is_not_there_any_more(
    recruiting: Recruiting, views: Views, say: Say, dana: UUID, ada: UUID, bob: UUID, how: str
) -> None:
    entry = say("e-mail in", 3)
    recruiting.make_promise(command(dana), ada, NewPromise("Ring", FRIDAY, dana))
    recruiting.tag_candidate(command(dana), ada, ["python"])
    views.catch_up()
    if how == "withdrawn":
        recruiting.withdraw_candidate(command(dana), ada)
        recruiting.retract_touchpoint(command(dana), entry, "an import undone")
    else:
        recruiting.erase_candidate(command(dana), ada, "asked")
    views.catch_up()

    assert [row.candidate for row in views.relationships.page()] == [bob]
    assert (waiting(views), views.relationships.tags(), views.relationships.count()) == ([], [], 1)
    assert views.check() == []


def test_relationships_made_anew_are_the_same(
    recruiting: Recruiting, many: Views, say: Say, dana: UUID, ada: UUID
) -> None:
    last = say("e-mail in", 3)
    recruiting.answer_not_needed(command(dana), last)
    many.catch_up()

    assert many.check() == []
