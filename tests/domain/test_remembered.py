"""What is remembered of somebody: what hurts them, and what they want."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.candidate import MOST_PAINS, Candidate
from domain.recruiting import Recruiting
from domain.refusal import AlreadySaved, Forgotten, NotFound, Refused
from domain.remembered import PainPoint
from tests.agency import MONDAY, command

TODAY = MONDAY.date()
NIGHTS = PainPoint("pain", " No more  nights ", TODAY, "I can't do another winter")


def noted(recruiting: Recruiting, by: UUID, candidate: UUID, pain: PainPoint = NIGHTS) -> UUID:
    """A pain point; what it is called."""
    asked = command(by)
    recruiting.note_pain(asked, candidate, pain)
    return asked.stream(0)


def test_a_pain_is_noted_in_a_line_with_their_own_words(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    pain = noted(recruiting, dana, ada)

    (fact,) = facts(Candidate.PainPointNoted)
    assert (fact.originator_id, fact.person, fact.by, fact.pain) == (ada, ada, dana, pain)
    assert (fact.kind, fact.words, fact.quote) == ("pain", "No more nights", "I can't do another winter")
    assert (fact.touchpoint, fact.noted_on) == (None, TODAY)


@pytest.mark.parametrize(
    ("pain", "field", "sentence"),
    [
        (PainPoint("pain", " ", TODAY), "pain", "Say in a line what hurts, or what they want."),
        (PainPoint("pain", "x" * 201, TODAY), "pain", "That is 201 characters; at most 200 fit here."),
        (PainPoint("grudge", "Nights", TODAY), "kind", "Choose whether it hurts or is wanted."),
        (PainPoint("want", "Days", date(2026, 12, 24)), "noted_on", "That is in the future."),
        (PainPoint("want", "Days", TODAY, touchpoint=UUID(int=7)), "quote", "This was not said with them."),
    ],
)
def test_what_cannot_be_noted_is_refused_beside_its_field(
    pain: PainPoint, field: str, sentence: str, recruiting: Recruiting, dana: UUID, ada: UUID
) -> None:
    with pytest.raises(Refused) as refused:
        noted(recruiting, dana, ada, pain)

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_a_quote_comes_from_what_was_said_with_the_same_person(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    said = recruiting.record_touchpoint(command(dana), ada, "call", "out", "talked", MONDAY, "No nights").streams[0]

    noted(recruiting, dana, ada, PainPoint("pain", "Nights", TODAY, "No nights", said))

    assert facts(Candidate.PainPointNoted)[0].touchpoint == said
    with pytest.raises(Refused, match="not said with them"):
        noted(recruiting, dana, bob, PainPoint("pain", "Nights", TODAY, "No nights", said))
    recruiting.retract_touchpoint(command(dana), said, "the other Ada")
    with pytest.raises(Refused, match="not said with them"):
        noted(recruiting, dana, ada, PainPoint("pain", "Nights", TODAY, "No nights", said))


def test_it_is_resolved_and_may_be_so_after_all(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    pain = noted(recruiting, dana, ada)

    recruiting.resolve_pain(command(dana), ada, pain, "moved to days")
    assert recruiting.resolve_pain(command(dana), ada, pain).repeated
    recruiting.reopen_pain(command(dana), ada, pain)
    assert recruiting.reopen_pain(command(dana), ada, pain).repeated

    (resolved,), (reopened,) = facts(Candidate.PainPointResolved), facts(Candidate.PainPointReopened)
    assert (resolved.pain, resolved.why) == (pain, "moved to days")
    assert reopened.pain == pain


def test_what_was_never_noted_of_them_is_not_found(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> None:
    pain = noted(recruiting, dana, ada)

    for candidate, id in ((ada, uuid4()), (bob, pain)):
        with pytest.raises(NotFound):
            recruiting.resolve_pain(command(dana), candidate, id)


def test_noting_it_twice_by_one_form_notes_it_once(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    asked = command(dana)

    recruiting.note_pain(asked, ada, NIGHTS)
    assert recruiting.note_pain(asked, ada, NIGHTS).repeated

    assert len(facts(Candidate.PainPointNoted)) == 1
    with pytest.raises(AlreadySaved):
        recruiting.note_pain(asked, ada, PainPoint("want", "Days", TODAY))


def test_noting_makes_no_form_about_their_details_stale(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    seen = recruiting.load(Candidate, ada).changed
    noted(recruiting, dana, ada)

    assert recruiting.load(Candidate, ada).changed == seen


def test_there_is_room_for_so_many(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    candidate = recruiting.load(Candidate, ada)
    candidate.pains = dict.fromkeys((uuid4() for _ in range(MOST_PAINS)), True)

    with pytest.raises(Refused, match="At most 200"):
        candidate.note_pain(dana, uuid4(), NIGHTS, MONDAY)


def test_nothing_is_remembered_of_whom_we_forgot(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    pain = noted(recruiting, dana, ada)
    recruiting.erase_candidate(command(dana), ada, "asked")

    with pytest.raises(Forgotten):
        noted(recruiting, dana, ada)
    with pytest.raises(Forgotten):
        recruiting.resolve_pain(command(dana), ada, pain)
