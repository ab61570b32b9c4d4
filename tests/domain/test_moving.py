"""An entry written down with the wrong person is moved in one step: said there, and no word of it left here."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.command import Command, Recorded
from domain.due import Due
from domain.promise import NewPromise, Party, Promise, State
from domain.recruiting import Recruiting
from domain.refusal import Forgotten, NotFound, Refused
from domain.store.ledger import Ledger
from domain.touchpoint import Touchpoint
from tests.agency import MONDAY, ZONE, Clock, command
from webapp.vault import Vault

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
NEXT_WEEK = Due(date(2026, 12, 4), None, ZONE)
LONG_AGO = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture
def call(recruiting: Recruiting, dana: UUID, ada: UUID) -> Recorded:
    """Dana wrote a call with Bob down with Ada, with a promise in it."""
    return recruiting.record_touchpoint(
        command(dana), ada, "call", "in", "talked", LONG_AGO, "He wants nights.", NewPromise("Ring", FRIDAY, dana)
    )


@pytest.fixture
def here(call: Recorded) -> UUID:
    return call.streams[0]


@pytest.fixture
def promise(call: Recorded) -> UUID:
    return call.streams[1]


def test_a_promise_made_anew_keeps_the_words_of_its_due(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    said = NewPromise("Ring", FRIDAY, dana, due_phrase="fri", quote="I'll ring fri")
    call = recruiting.record_touchpoint(command(dana), ada, "call", "in", "talked", LONG_AGO, "I'll ring fri", said)
    here, promise = call.streams
    recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK, due_phrase="fri week")
    recruiting.undo_promise(command(dana), promise)

    recruiting.move_touchpoint(command(dana), here, bob)

    anew = facts(Promise.PromiseMade)[-1]
    assert (anew.candidate, anew.due_phrase, anew.quote) == (bob, "fri", "I'll ring fri")


def test_it_was_said_to_the_right_person_by_whoever_wrote_it_down(
    recruiting: Recruiting, clock: Clock, dana: UUID, tom: UUID, bob: UUID, here: UUID, facts
) -> None:
    clock.on(days=1)

    there = recruiting.move_touchpoint(command(tom), here, bob).streams[0]

    told = facts(Touchpoint.TouchpointRecorded)[-1]
    assert (told.originator_id, told.candidate, told.person, told.by) == (there, bob, bob, tom)
    assert (told.channel, told.direction, told.outcome, told.happened_at) == ("call", "in", "talked", LONG_AGO)
    assert told.words == "He wants nights."
    (brought,) = facts(Touchpoint.BroughtHere)
    assert (brought.originator_id, brought.from_touchpoint) == (there, here)
    assert (brought.said_by, brought.said_at) == (dana, MONDAY)


def test_no_word_of_it_is_left_with_the_wrong_person(
    recruiting: Recruiting, tom: UUID, ada: UUID, bob: UUID, here: UUID, facts
) -> None:
    recruiting.correct_touchpoint(command(tom), here, "He wants days.", "misheard")

    there = recruiting.move_touchpoint(command(tom), here, bob, "it was Bob").streams[0]

    assert [(fact.candidate, fact.words) for fact in facts(Touchpoint.TouchpointRecorded)] == [
        (ada, None),
        (bob, "He wants days."),
    ]
    assert [(fact.words, fact.why) for fact in facts(Touchpoint.TouchpointCorrected)] == [(None, None)]
    (away,), (redacted,) = facts(Touchpoint.MovedAway), facts(Touchpoint.WordsRedacted)
    assert (away.originator_id, away.to_touchpoint, away.by) == (here, there, tom)
    assert (redacted.originator_id, redacted.by, redacted.why) == (here, tom, "it was Bob")


def test_its_open_promises_go_with_it(
    recruiting: Recruiting, dana: UUID, tom: UUID, bob: UUID, here: UUID, promise: UUID, facts
) -> None:
    recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK, "he is away")
    recruiting.correct_promise(command(dana), promise, "Ring at noon", "he works nights")
    recruiting.reassign_promise(command(dana), promise, tom)

    moved = recruiting.move_touchpoint(command(tom), here, bob)

    wrong, right = facts(Promise.PromiseMade)
    assert moved.streams == (moved.streams[0], right.originator_id, here, promise)
    assert (wrong.words, right.words) == (None, "Ring at noon")
    assert (right.candidate, right.person, right.keeper, right.touchpoint) == (bob, bob, tom, moved.streams[0])
    assert (right.due_on, right.due_at, right.due_zone) == (NEXT_WEEK.on, None, ZONE)
    assert facts(Touchpoint.TouchpointRecorded)[-1].promises == [right.originator_id]
    assert [fact.words for fact in facts(Promise.PromiseCorrected)] == [None]
    assert [fact.why for fact in facts(Promise.PromiseRenegotiated)] == [None]
    assert recruiting.load(Promise, promise).state is State.WITHDRAWN
    assert [fact.originator_id for fact in facts(Promise.WordsRedacted)] == [promise]


def test_what_the_other_side_promised_goes_with_it(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    carl = recruiting.add_contact(command(dana), "Carl Quill").streams[0]
    said = NewPromise("Say yes or no", FRIDAY, dana, Party.CONTACT, carl)
    here = recruiting.record_touchpoint(command(dana), ada, "call", "in", "talked", MONDAY, "Carl rang", said).streams[
        0
    ]

    recruiting.move_touchpoint(command(dana), here, bob)

    assert [(fact.candidate, fact.made_by, fact.contact) for fact in facts(Promise.PromiseMade)] == [
        (ada, "contact", carl),
        (bob, "contact", carl),
    ]


def test_a_promise_that_is_long_overdue_goes_with_it(
    recruiting: Recruiting, clock: Clock, tom: UUID, bob: UUID, here: UUID, facts
) -> None:
    clock.on(days=800)

    recruiting.move_touchpoint(command(tom), here, bob)

    assert [fact.due_on for fact in facts(Promise.PromiseMade)] == [FRIDAY.on, FRIDAY.on]


def test_a_promise_kept_before_stays_where_it_was_kept(
    recruiting: Recruiting, dana: UUID, bob: UUID, here: UUID, promise: UUID, facts
) -> None:
    recruiting.keep_promise(command(dana), promise)

    moved = recruiting.move_touchpoint(command(dana), here, bob)

    assert promise not in moved.streams
    assert [fact.words for fact in facts(Promise.PromiseMade)] == ["Ring"]
    assert facts(Touchpoint.TouchpointRecorded)[-1].promises == []


def test_moved_twice_it_is_still_by_whoever_wrote_it_down(
    recruiting: Recruiting, clock: Clock, dana: UUID, tom: UUID, ada: UUID, bob: UUID, here: UUID, facts
) -> None:
    clock.on(days=1)
    there = recruiting.move_touchpoint(command(tom), here, bob).streams[0]
    clock.on(days=1)

    recruiting.move_touchpoint(command(tom), there, ada)

    assert [(fact.said_by, fact.said_at) for fact in facts(Touchpoint.BroughtHere)] == [(dana, MONDAY)] * 2
    assert [fact.words for fact in facts(Touchpoint.TouchpointRecorded)] == [None, None, "He wants nights."]


def test_one_of_a_conversation_moved_belongs_to_it_still(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    cara = recruiting.add_candidate(command(dana), "Cara Lane").streams[0]
    here = recruiting.record_touchpoint(
        command(dana), ada, "meeting", "out", None, MONDAY, "hello", also_with=(cara,)
    ).streams[0]

    recruiting.move_touchpoint(command(dana), here, bob)

    assert [(fact.candidate, fact.conversation, fact.words) for fact in facts(Touchpoint.TouchpointRecorded)] == [
        (ada, here, None),
        (cara, here, "hello"),
        (bob, here, "hello"),
    ]


def test_an_entry_does_not_move_where_it_stands_already(
    recruiting: Recruiting, dana: UUID, ada: UUID, here: UUID, facts
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.move_touchpoint(command(dana), here, ada)

    assert (refused.value.sentence, refused.value.field) == (
        "This entry is about this person already. Choose somebody else.",
        "candidate",
    )
    assert facts(Touchpoint.MovedAway) == []


def test_an_entry_moves_to_somebody_who_is_known(
    recruiting: Recruiting, olive: UUID, dana: UUID, bob: UUID, here: UUID, facts
) -> None:
    for nobody in (dana, uuid4()):
        with pytest.raises(Refused) as refused:
            recruiting.move_touchpoint(command(dana), here, nobody)
        assert (refused.value.sentence, refused.value.field) == ("Choose who it was about.", "candidate")
    recruiting.erase_candidate(command(olive), bob, "asked")
    with pytest.raises(Forgotten):
        recruiting.move_touchpoint(command(dana), here, bob)

    assert facts(Touchpoint.MovedAway) == []


def test_what_was_said_to_somebody_erased_does_not_move(
    recruiting: Recruiting, olive: UUID, dana: UUID, ada: UUID, bob: UUID, here: UUID, facts
) -> None:
    recruiting.erase_candidate(command(olive), ada, "asked")

    with pytest.raises(Forgotten):
        recruiting.move_touchpoint(command(dana), here, bob)

    assert len(facts(Touchpoint.TouchpointRecorded)) == 1


def test_what_was_said_to_somebody_taken_back_moves(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, here: UUID, facts
) -> None:
    recruiting.withdraw_candidate(command(dana), ada, "there is no Ada")

    recruiting.move_touchpoint(command(dana), here, bob)

    assert facts(Touchpoint.TouchpointRecorded)[-1].words == "He wants nights."


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("retract", "This entry was taken back."),
        ("redact", "The words of this entry were removed."),
        ("move", "This entry was moved to somebody else."),
    ],
)
def test_what_stands_no_more_does_not_move(
    recruiting: Recruiting, dana: UUID, bob: UUID, here: UUID, facts, before: str, sentence: str
) -> None:
    match before:
        case "retract":
            recruiting.retract_touchpoint(command(dana), here, "twice")
        case "redact":
            recruiting.redact_touchpoint(command(dana), here, "she asked us to")
        case "move":
            recruiting.move_touchpoint(command(dana), here, bob)
    left = facts()

    with pytest.raises(Refused) as refused:
        recruiting.move_touchpoint(command(dana), here, bob)

    assert refused.value.sentence == sentence
    assert facts() == left


def test_a_move_of_what_is_no_entry_is_none(recruiting: Recruiting, dana: UUID, bob: UUID, promise: UUID) -> None:
    with pytest.raises(NotFound):
        recruiting.move_touchpoint(command(dana), promise, bob)


def test_the_same_move_sent_again_is_answered_alike(
    recruiting: Recruiting, dana: UUID, bob: UUID, here: UUID, facts
) -> None:
    asked = command(dana)
    first = recruiting.move_touchpoint(asked, here, bob)
    left = facts()

    again = recruiting.move_touchpoint(asked, here, bob)

    assert (again.streams, again.position, again.repeated) == (first.streams, first.position, True)
    assert facts() == left


def test_the_note_sent_again_after_it_was_moved_is_answered_as_at_first(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    asked = command(dana)
    first = recruiting.record_touchpoint(asked, ada, "note", "internal", None, MONDAY, "hello")
    recruiting.move_touchpoint(command(dana), first.streams[0], bob)

    again = recruiting.record_touchpoint(asked, ada, "note", "internal", None, MONDAY, "hello")

    assert (again.streams, again.repeated) == (first.streams, True)
    assert len(facts(Touchpoint.TouchpointRecorded)) == 2


def test_a_move_leaves_a_log_that_checks_clean(
    recruiting: Recruiting, ledger: Ledger, dana: UUID, bob: UUID, here: UUID
) -> None:
    recruiting.move_touchpoint(command(dana), here, bob)

    assert ledger.check() == []


# Whole or not at all

ROWS = 7  # of the move: told, brought here, promised there; moved away, redacted; withdrawn, redacted


def state(ledger: Ledger) -> tuple[list[Any], list[bytes | None]]:
    """Every fact, and every wrap that opens its words."""
    return ledger.entries(1, 1000), [row.wrap for row in ledger.recorder.select_from(1, 1000)]


@pytest.mark.parametrize("row", range(1, ROWS + 1))
def test_a_move_that_fails_at_any_row_leaves_nothing(
    recruiting: Recruiting,
    ledger: Ledger,
    dana: UUID,
    bob: UUID,
    here: UUID,
    monkeypatch: pytest.MonkeyPatch,
    row: int,
) -> None:
    before, appended, append = state(ledger), [], ledger.recorder._append

    def fail(*stored: Any) -> int:
        appended.append(stored)
        if len(appended) == row:
            raise OSError("No space left on device")
        return append(*stored)

    monkeypatch.setattr(ledger.recorder, "_append", fail)
    with pytest.raises(OSError, match="No space left"):
        recruiting.move_touchpoint(command(dana), here, bob)

    assert state(ledger) == before


def move_and_die(home: Path, asked: Command, here: UUID, bob: UUID) -> None:
    """With the last row written and not committed, this process is killed."""
    with (
        closing(Vault(home / "vault.db", Clock())) as vault,
        closing(Recruiting(Ledger(home, vault, Clock()))) as verbs,
    ):
        recorder: Any = verbs.log.recorder  # type: ignore[attr-defined]
        append, left = recorder._append, [None] * ROWS

        def die(*stored: Any) -> int:
            position: int = append(*stored)
            left.pop()
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return position

        recorder._append = die
        verbs.move_touchpoint(asked, here, bob)


def test_a_move_killed_in_the_middle_leaves_nothing_and_can_be_made_again(
    home: Path, recruiting: Recruiting, ledger: Ledger, dana: UUID, bob: UUID, here: UUID, facts
) -> None:
    before, asked = state(ledger), command(dana)

    mover = get_context("spawn").Process(target=move_and_die, args=(home, asked, here, bob))
    mover.start()
    mover.join(30)
    assert mover.exitcode == -signal.SIGKILL
    assert state(ledger) == before

    recruiting.move_touchpoint(asked, here, bob)
    assert [fact.words for fact in facts(Touchpoint.TouchpointRecorded)] == [None, "He wants nights."]


def test_a_promise_moved_at_that_moment_by_somebody_else_is_moved_as_it_is_then(
    home: Path, vault: Vault, recruiting: Recruiting, dana: UUID, tom: UUID, bob: UUID, here: UUID, promise: UUID, facts
) -> None:
    class Overtaken(Ledger):
        rivals = [lambda: recruiting.renegotiate_promise(command(tom), promise, NEXT_WEEK)]

        def put(self, *put: Any, **more: Any) -> Any:
            if self.rivals:
                self.rivals.pop()()
            return super().put(*put, **more)

    with closing(Recruiting(Overtaken(home, vault, Clock()))) as verbs:
        verbs.move_touchpoint(command(dana), here, bob)

    assert [fact.due_on for fact in facts(Promise.PromiseMade)] == [FRIDAY.on, NEXT_WEEK.on]


def test_a_move_is_recorded_in_one_moment(
    recruiting: Recruiting, clock: Clock, dana: UUID, bob: UUID, here: UUID, facts
) -> None:
    clock.on(hours=1)

    recruiting.move_touchpoint(command(dana), here, bob)

    assert {fact.timestamp for fact in facts()} == {MONDAY, MONDAY + timedelta(hours=1)}
