"""Passages of an entry are marked sensitive, and unmarked: every one stands in the words, and goes where they go."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.recruiting import Recruiting
from domain.refusal import Refused, Stale
from domain.store.ledger import Ledger
from domain.touchpoint import MOST_PASSAGES, Touchpoint
from tests.agency import MONDAY, command

WORDS = "Wants days only.\nShe is off sick until May. Her wife just had twins."
SICK, TWINS = "She is off sick until May", "Her wife just had twins"


@pytest.fixture
def said(recruiting: Recruiting, dana: UUID, ada: UUID) -> UUID:
    """Dana's note about Ada; nothing in it is marked."""
    return recruiting.record_touchpoint(command(dana), ada, "note", "internal", None, MONDAY, WORDS).streams[0]


def marks(recruiting: Recruiting, touchpoint: UUID) -> list[str]:
    return recruiting.load(Touchpoint, touchpoint).sensitive


def test_passages_are_marked_in_the_breath_in_which_they_are_said(
    recruiting: Recruiting, ledger: Ledger, dana: UUID, ada: UUID, facts
) -> None:
    asked = command(dana)

    recorded = recruiting.record_touchpoint(
        asked, ada, "note", "internal", None, MONDAY, WORDS, sensitive=(SICK, TWINS)
    )

    (fact,) = facts(Touchpoint.MarkedSensitive)
    assert (fact.originator_id, fact.by, fact.person) == (recorded.streams[0], dana, ada)
    assert fact.passages == [SICK, TWINS]
    trace = ledger.trace(asked.id)
    assert trace is not None
    assert (trace.position, trace.streams) == (recorded.position, recorded.streams)


def test_what_is_said_with_several_is_marked_with_each(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    said = command(dana), ada, "meeting", "out", None, MONDAY, WORDS

    one, other = recruiting.record_touchpoint(*said, also_with=(bob,), sensitive=(SICK,)).streams

    assert [(fact.originator_id, fact.person, fact.passages) for fact in facts(Touchpoint.MarkedSensitive)] == [
        (one, ada, [SICK]),
        (other, bob, [SICK]),
    ]


@pytest.mark.parametrize("passage", ["She is off work", "ick until Ma", "she is off sick"])
def test_a_passage_that_does_not_stand_in_the_words_is_refused_and_nothing_recorded(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts, passage: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.record_touchpoint(
            command(dana), ada, "note", "internal", None, MONDAY, WORDS, sensitive=(SICK, passage)
        )

    assert refused.value.field == "note"
    assert refused.value.sentence == f"“{passage}” does not stand in the note."
    assert facts() == []


def test_anybody_who_writes_may_mark_an_entry_afterwards(recruiting: Recruiting, tom: UUID, said: UUID, facts) -> None:
    recruiting.mark_sensitive(command(tom), said, [f"  {SICK}\r\n", TWINS, TWINS])

    (fact,) = facts(Touchpoint.MarkedSensitive)
    assert (fact.by, fact.passages) == (tom, [SICK, TWINS])


def test_marking_over_several_lines_stands_as_browsers_send_lines(
    recruiting: Recruiting, dana: UUID, said: UUID
) -> None:
    recruiting.mark_sensitive(command(dana), said, ["Wants days only.\r\nShe is off sick"])

    assert marks(recruiting, said) == ["Wants days only.\nShe is off sick"]


def test_marking_again_records_nothing_and_marking_nothing_is_refused(
    recruiting: Recruiting, dana: UUID, said: UUID, facts
) -> None:
    recruiting.mark_sensitive(command(dana), said, [SICK])

    assert recruiting.mark_sensitive(command(dana), said, [SICK]).repeated
    for nothing in ([], [" "]):
        with pytest.raises(Refused) as refused:
            recruiting.mark_sensitive(command(dana), said, nothing)
        assert refused.value.field == "sensitive"
    assert len(facts(Touchpoint.MarkedSensitive)) == 1


def test_there_is_an_end_to_marks(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    numbers = [f"n{number}" for number in range(MOST_PASSAGES + 1)]
    note = recruiting.record_touchpoint(
        command(dana), ada, "note", "internal", None, MONDAY, " ".join(numbers), sensitive=numbers[1:]
    ).streams[0]

    with pytest.raises(Refused, match="At most 50 passages"):
        recruiting.mark_sensitive(command(dana), note, numbers[:1])


def test_a_form_that_shows_an_older_state_is_stale(recruiting: Recruiting, dana: UUID, tom: UUID, said: UUID) -> None:
    recruiting.mark_sensitive(command(tom), said, [SICK], 1)

    with pytest.raises(Stale):
        recruiting.mark_sensitive(command(dana), said, [TWINS], 1)
    with pytest.raises(Stale):
        recruiting.correct_touchpoint(command(dana), said, "Wants days.", "", 1)


def test_whoever_said_it_and_owners_may_unmark_it_and_nobody_else(
    recruiting: Recruiting, olive: UUID, dana: UUID, tom: UUID, said: UUID, facts
) -> None:
    recruiting.mark_sensitive(command(tom), said, [SICK, TWINS])

    with pytest.raises(Refused, match="Only the colleague who wrote this, or an owner, can unmark it"):
        recruiting.unmark_sensitive(command(tom), said, [SICK])
    recruiting.unmark_sensitive(command(dana), said, [SICK])
    recruiting.unmark_sensitive(command(olive), said, [TWINS])

    assert [(fact.by, fact.passages) for fact in facts(Touchpoint.UnmarkedSensitive)] == [
        (dana, [SICK]),
        (olive, [TWINS]),
    ]
    assert marks(recruiting, said) == []
    with pytest.raises(Refused, match="Choose what is to be unmarked"):
        recruiting.unmark_sensitive(command(dana), said, [SICK])


# Wherever the words go


def test_a_correction_keeps_the_marks_and_may_bring_more(recruiting: Recruiting, dana: UUID, said: UUID) -> None:
    recruiting.mark_sensitive(command(dana), said, [SICK])
    better = f"{SICK}. Her husband is ill."

    recruiting.correct_touchpoint(command(dana), said, better, "", sensitive=["Her husband is ill"])

    assert marks(recruiting, said) == [SICK, "Her husband is ill"]


def test_marking_in_the_form_that_corrects_leaves_the_same_words_alone(
    recruiting: Recruiting, dana: UUID, said: UUID, facts
) -> None:
    recruiting.correct_touchpoint(command(dana), said, WORDS, "", sensitive=[SICK])

    assert marks(recruiting, said) == [SICK]
    assert facts(Touchpoint.TouchpointCorrected) == []


def test_what_stood_there_before_a_correction_can_still_be_marked(
    recruiting: Recruiting, dana: UUID, said: UUID
) -> None:
    recruiting.correct_touchpoint(command(dana), said, "Wants days only.", "too much said")

    recruiting.mark_sensitive(command(dana), said, [SICK])

    assert marks(recruiting, said) == [SICK]


def test_a_correction_that_marks_what_it_does_not_say_is_refused_as_a_whole(
    recruiting: Recruiting, dana: UUID, said: UUID, facts
) -> None:
    with pytest.raises(Refused):
        recruiting.correct_touchpoint(command(dana), said, "Wants days.", "", sensitive=["nights"])

    assert facts(Touchpoint.TouchpointCorrected) == []


def test_an_entry_taken_back_can_be_marked_since_its_words_are_still_read(
    recruiting: Recruiting, dana: UUID, said: UUID
) -> None:
    recruiting.retract_touchpoint(command(dana), said, "twice")

    recruiting.mark_sensitive(command(dana), said, [SICK])

    assert marks(recruiting, said) == [SICK]


def test_an_entry_moved_takes_its_marks_along_and_whoever_said_it_may_unmark_them(
    recruiting: Recruiting, dana: UUID, tom: UUID, bob: UUID, said: UUID
) -> None:
    recruiting.mark_sensitive(command(dana), said, [SICK, TWINS])
    recruiting.correct_touchpoint(command(dana), said, f"{SICK}.", "")

    there = recruiting.move_touchpoint(command(tom), said, bob).streams[0]

    assert marks(recruiting, there) == [SICK]
    with pytest.raises(Refused):
        recruiting.unmark_sensitive(command(tom), there, [SICK])
    recruiting.unmark_sensitive(command(dana), there, [SICK])
    assert marks(recruiting, there) == []


def test_marks_are_forgotten_with_the_words(
    recruiting: Recruiting, ledger: Ledger, olive: UUID, dana: UUID, said: UUID, facts
) -> None:
    recruiting.mark_sensitive(command(dana), said, [SICK, TWINS])
    recruiting.unmark_sensitive(command(dana), said, [TWINS])

    recruiting.redact_touchpoint(command(olive), said, "she asked us to")

    assert [fact.passages for fact in facts(Touchpoint.MarkedSensitive)] == [None]
    assert [fact.passages for fact in facts(Touchpoint.UnmarkedSensitive)] == [None]
    assert marks(recruiting, said) == []
    for verb in (recruiting.mark_sensitive, recruiting.unmark_sensitive):
        with pytest.raises(Refused, match="The words of this entry were removed"):
            verb(command(dana), said, [SICK])
    assert ledger.check() == []
