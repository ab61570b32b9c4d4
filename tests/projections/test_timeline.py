"""What was said and promised, person by person."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, ZONE, Clock, command

FRIDAY, NEXT_WEEK = Due(date(2026, 11, 27), time(16, 30), ZONE), Due(date(2026, 12, 4), None, ZONE)


@pytest.fixture
def call(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> tuple[UUID, ...]:
    """A call with Ada and a promise in it; one with Bob as well. The streams of Ada's."""
    streams = []
    for person, words in ((ada, "four days"), (bob, "five nights")):
        promise = NewPromise(f"About {words}", FRIDAY, dana)
        streams.append(
            recruiting.record_touchpoint(
                command(dana), person, "call", "out", "talked", MONDAY - timedelta(hours=1), words, promise
            ).streams
        )
    return streams[0]


def test_a_touchpoint_is_a_line_with_all_that_was_recorded(
    views: Views, dana: UUID, ada: UUID, call: tuple[UUID, ...]
) -> None:
    views.catch_up()

    entry = views.timeline.entry(call[0])

    assert entry is not None
    assert (entry.candidate, entry.kind, entry.subject, entry.what, entry.by) == (
        ada,
        "touchpoint",
        call[0],
        "recorded",
        dana,
    )
    assert (entry.channel, entry.direction, entry.outcome, entry.words) == ("call", "out", "talked", "four days")
    assert (entry.happened_at, entry.recorded_at) == (MONDAY - timedelta(hours=1), MONDAY)
    assert (entry.corrected, entry.retracted_at, entry.redacted_at, entry.changed) == (0, None, None, 1)
    assert entry.promise_id == call[1]


def test_an_unknown_touchpoint_has_no_line(views: Views, call: tuple[UUID, ...]) -> None:
    views.catch_up()

    assert views.timeline.entry(uuid4()) is None
    assert views.timeline.entry(call[1]) is None
    assert views.timeline.entries([call[0], call[1], uuid4()]) == {call[0]: views.timeline.entry(call[0])}
    assert views.timeline.entries([]) == {}


def test_the_newest_to_have_happened_comes_first(
    recruiting: Recruiting, views: Views, clock: Clock, dana: UUID, ada: UUID, bob: UUID
) -> None:
    for minutes, words in ((30, "second"), (90, "first"), (5, "fourth"), (5, "fifth"), (20, "third")):
        at = MONDAY - timedelta(minutes=minutes)
        recruiting.record_touchpoint(command(dana), ada, "note", "internal", None, at, words)
        recruiting.record_touchpoint(command(dana), bob, "note", "internal", None, at, "of Bob")
    views.catch_up()

    assert [row.words for row in views.timeline.of(ada)] == ["fifth", "fourth", "third", "second", "first"]


def test_page_after_page_shows_every_line_once(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    for number in range(8):
        at = MONDAY - timedelta(minutes=number // 3)
        for person in (ada, bob):
            recruiting.record_touchpoint(command(dana), person, "note", "internal", None, at, f"note {number}")
    views.catch_up()

    shown, before = [], None
    while page := views.timeline.of(ada, before, limit=3):
        shown += page
        before = (page[-1].happened_at, page[-1].position)

    assert sorted(row.words for row in shown) == [f"note {number}" for number in range(8)]
    assert {row.candidate for row in shown} == {ada}


def test_every_move_of_a_promise_is_a_line_in_the_words_it_was_made_with(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, call: tuple[UUID, ...]
) -> None:
    promise = call[1]
    recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK, "client away")
    recruiting.fall_due(promise, NEXT_WEEK)
    recruiting.break_promise(command(dana), promise, "client slipped")
    recruiting.undo_promise(command(dana), promise)
    recruiting.release_promise(command(dana), promise, "found a job")
    recruiting.undo_promise(command(dana), promise)
    recruiting.keep_promise(command(dana), promise)
    views.catch_up()

    lines = [row for row in views.timeline.of(ada) if row.kind == "promise"]

    assert [(row.what, row.by, row.due_on, row.due_at, row.why, row.cause) for row in reversed(lines)] == [
        ("made", dana, FRIDAY.on, FRIDAY.at, None, None),
        ("renegotiated", dana, NEXT_WEEK.on, None, "client away", None),
        ("fell due", None, NEXT_WEEK.on, None, None, None),
        ("broken", dana, None, None, None, "client slipped"),
        ("reopened", dana, NEXT_WEEK.on, None, "", None),
        ("released", dana, None, None, "found a job", None),
        ("reopened", dana, NEXT_WEEK.on, None, "", None),
        ("kept", dana, None, None, None, None),
    ]
    assert {(row.subject, row.words) for row in lines} == {(promise, "About four days")}


def test_a_correction_shows_its_words_and_keeps_the_old_ones(
    recruiting: Recruiting, views: Views, clock: Clock, tom: UUID, dana: UUID, call: tuple[UUID, ...]
) -> None:
    clock.on(minutes=3)
    recruiting.correct_touchpoint(command(tom), call[0], "three days", "misheard", 1)
    views.catch_up()

    entry = views.timeline.entry(call[0])

    assert entry is not None
    assert (entry.words, entry.why, entry.corrected, entry.changed) == ("three days", "misheard", 1, 2)
    assert (entry.by, entry.happened_at) == (dana, MONDAY - timedelta(hours=1))
    assert [(row.words, row.by, row.why, row.recorded_at) for row in views.timeline.wordings(call[0])] == [
        ("four days", dana, None, MONDAY),
        ("three days", tom, "misheard", MONDAY + timedelta(minutes=3)),
    ]


def test_a_line_taken_back_says_who_when_and_why(
    recruiting: Recruiting, views: Views, clock: Clock, tom: UUID, ada: UUID, call: tuple[UUID, ...]
) -> None:
    at = clock.on(minutes=3)
    recruiting.retract_touchpoint(command(tom), call[0], "the other Ada")
    views.catch_up()

    entry = views.timeline.entry(call[0])

    assert entry is not None
    assert (entry.retracted_at, entry.retracted_by, entry.why) == (at, tom, "the other Ada")
    assert entry.words == "four days"
    assert [row.what for row in views.timeline.of(ada) if row.kind == "promise"] == ["withdrawn", "made"]


def test_a_change_to_one_touchpoint_changes_no_other_line(
    recruiting: Recruiting, views: Views, tom: UUID, bob: UUID, call: tuple[UUID, ...]
) -> None:
    views.catch_up()
    before = views.timeline.of(bob)

    recruiting.correct_touchpoint(command(tom), call[0], "three days", "")
    recruiting.retract_touchpoint(command(tom), call[0], "the other Ada")
    views.catch_up()

    assert views.timeline.of(bob) == before


KINDS = {
    "calls": [("call", "talked")],
    "mail": [("e-mail", None), ("letter", None)],
    "messages": [("SMS", None), ("WhatsApp", None), ("LinkedIn", None)],
    "meetings": [("meeting", None), ("video", None)],
    "notes": [("note", None)],
    "promises": [],
}


@pytest.mark.parametrize("group", KINDS)
def test_lines_of_one_kind_alone_page_after_page(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID, group: str
) -> None:
    for channel, outcome in (each for channels in KINDS.values() for each in channels):
        for person in (ada, bob):
            recruiting.record_touchpoint(command(dana), person, channel, "out", outcome, MONDAY, channel)
    recruiting.make_promise(command(dana), ada, NewPromise("promised", FRIDAY, dana))
    views.catch_up()

    shown, before = [], None
    while page := views.timeline.of(ada, before, limit=2, group=group):
        shown += page
        before = (page[-1].happened_at, page[-1].position)

    assert sorted(row.words for row in shown) == sorted(
        [channel for channel, _ in KINDS[group]] or ["promised"],
    )


def test_new_moves_of_a_promise_are_lines_in_the_words_of_then(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, ada: UUID, call: tuple[UUID, ...]
) -> None:
    promise = call[1]
    mail = recruiting.record_touchpoint(command(dana), ada, "e-mail", "in", None, MONDAY, "thank you").streams[0]
    recruiting.reassign_promise(command(dana), promise, tom)
    recruiting.correct_promise(command(tom), promise, "Ring on Friday", "a slip")
    recruiting.overtake_promise(command(tom), promise, "other", "holidays")
    recruiting.undo_promise(command(tom), promise)
    recruiting.keep_promise(command(tom), promise, evidence=mail)
    views.catch_up()

    lines = [row for row in views.timeline.of(ada, group="promises") if row.subject == promise]

    assert [(row.what, row.words, row.keeper, row.touchpoint, row.cause) for row in reversed(lines)] == [
        ("made", "About four days", dana, None, None),
        ("reassigned", "About four days", tom, None, None),
        ("corrected", "Ring on Friday", None, None, None),
        ("overtaken", "Ring on Friday", None, None, "other"),
        ("reopened", "Ring on Friday", None, None, None),
        ("kept", "Ring on Friday", None, mail, None),
        ("confirmed", "Ring on Friday", None, mail, None),
    ]
    assert {row.party for row in lines} == {"us"}


def test_a_conversation_with_several_is_a_line_with_each(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    said = command(dana), ada, "meeting", "out", None, MONDAY, "all three"
    (one, other) = recruiting.record_touchpoint(*said, also_with=(bob,)).streams
    recruiting.record_touchpoint(command(dana), bob, "meeting", "out", None, MONDAY, "alone")
    views.catch_up()

    entry = views.timeline.entry(other)
    assert entry is not None
    assert (entry.words, entry.candidate, entry.conversation) == ("all three", bob, one)
    assert {tuple(row) for row in views.timeline.others([one])} == {(one, ada, one), (one, bob, other)}
    assert views.timeline.others([]) == []

    recruiting.retract_touchpoint(command(dana), other, "he was not there")
    views.catch_up()

    assert [row.candidate for row in views.timeline.others([one])] == [ada]


def test_an_entry_moved_is_told_there_as_it_was_said_and_here_without_words(
    recruiting: Recruiting, views: Views, clock: Clock, dana: UUID, tom: UUID, ada: UUID, bob: UUID, call: tuple
) -> None:
    views.catch_up()
    at = clock.on(hours=2)
    there = recruiting.move_touchpoint(command(tom), call[0], bob, "the wrong window").streams[0]
    views.catch_up()

    here, brought = views.timeline.entry(call[0]), views.timeline.entry(there)

    assert here is not None
    assert brought is not None
    assert (here.words, here.why, here.moved_to, here.moved_at, here.moved_by) == (None, None, there, at, tom)
    assert (brought.words, brought.candidate, brought.moved_from) == ("four days", bob, call[0])
    assert (brought.by, brought.recorded_at, brought.happened_at) == (dana, MONDAY, MONDAY - timedelta(hours=1))
    assert (brought.brought_by, brought.brought_at, brought.changed) == (tom, at, 2)
    assert {row.words for row in views.timeline.of(ada)} == {None}
    assert {row.words for row in views.timeline.wordings(call[0])} == {None}
    assert views.timeline.whose([call[0], there]) == {call[0]: ada, there: bob}
    assert views.check() == []


def test_an_entry_that_needs_no_answer_says_so_until_it_does(
    recruiting: Recruiting, views: Views, dana: UUID, call: tuple[UUID, ...]
) -> None:
    recruiting.answer_not_needed(command(dana), call[0])
    views.catch_up()
    entry = views.timeline.entry(call[0])
    assert entry is not None
    assert (entry.settled_at, entry.settled_by, entry.changed) == (MONDAY, dana, 1)

    recruiting.answer_needed(command(dana), call[0])
    views.catch_up()
    entry = views.timeline.entry(call[0])
    assert entry is not None
    assert (entry.settled_at, entry.settled_by) == (None, None)


def test_the_very_same_note_is_found_by_its_moment_or_its_words(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID, call: tuple[UUID, ...]
) -> None:
    views.catch_up()
    at = MONDAY - timedelta(hours=1)

    assert [row.subject for row in views.timeline.at(ada, at)] == [call[0]]
    assert views.timeline.at(ada, MONDAY) == []
    assert [row.subject for row in views.timeline.said(ada, "four days")] == [call[0]]
    assert views.timeline.said(bob, "four days") == views.timeline.said(ada, "About four days") == []

    recruiting.retract_touchpoint(command(dana), call[0], "wrong")
    views.catch_up()

    assert views.timeline.said(ada, "four days") == []
    assert [row.retracted_at for row in views.timeline.at(ada, at)] == [MONDAY]


def test_passages_that_are_sensitive_stand_with_their_entry_and_with_every_wording(
    recruiting: Recruiting, views: Views, tom: UUID, dana: UUID, bob: UUID, call: tuple[UUID, ...]
) -> None:
    recruiting.mark_sensitive(command(tom), call[0], ["four", "days"])
    recruiting.correct_touchpoint(command(dana), call[0], "three days", "")
    recruiting.unmark_sensitive(command(dana), call[0], ["four"])
    views.catch_up()

    entry = views.timeline.entry(call[0])

    assert entry is not None
    assert (entry.words, entry.sensitive, entry.changed) == ("three days", ["days"], 4)
    assert [(row.words, row.sensitive) for row in views.timeline.wordings(call[0])] == [
        ("four days", ["days"]),
        ("three days", ["days"]),
    ]
    assert {row.sensitive for row in views.timeline.of(bob)} == {None}

    recruiting.unmark_sensitive(command(dana), call[0], ["days"])
    views.catch_up()

    assert [row.sensitive for row in views.timeline.of(entry.candidate) if row.kind == "touchpoint"] == [None]
    assert views.check() == []


def test_marks_go_with_an_entry_that_is_moved_and_with_words_that_are_removed(
    recruiting: Recruiting, views: Views, olive: UUID, dana: UUID, tom: UUID, bob: UUID, call: tuple[UUID, ...]
) -> None:
    recruiting.mark_sensitive(command(dana), call[0], ["days"])
    there = recruiting.move_touchpoint(command(tom), call[0], bob).streams[0]
    views.catch_up()

    assert [views.timeline.entry(id).sensitive for id in (call[0], there)] == [None, ["days"]]  # type: ignore[union-attr]

    recruiting.redact_touchpoint(command(olive), there, "he asked us to")
    views.catch_up()

    assert views.timeline.entry(there).sensitive is None  # type: ignore[union-attr]
    assert views.check() == []


def test_the_timeline_made_anew_is_the_same(
    recruiting: Recruiting, views: Views, olive: UUID, tom: UUID, call: tuple[UUID, ...]
) -> None:
    recruiting.correct_touchpoint(command(tom), call[0], "three days", "misheard", sensitive=["three"])
    recruiting.renegotiate_promise(command(tom), call[1], NEXT_WEEK)
    recruiting.retract_touchpoint(command(tom), call[0], "the other Ada")
    recruiting.redact_touchpoint(command(olive), call[0], "asked")
    views.catch_up()

    assert views.check() == []
