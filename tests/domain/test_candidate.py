"""Candidates are added with a name and ways to reach them, and can be forgotten."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.candidate import Candidate
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused
from tests.agency import command


def test_a_candidate_is_added_with_name_and_details(recruiting: Recruiting, dana: UUID, facts) -> None:
    added = recruiting.add_candidate(
        command(dana), " Ada  Byron ", "ada@byron.example", "+44 20 7946 0011", "Staff nurse", "Leeds"
    )

    (fact,) = facts(Candidate.CandidateAdded)
    assert added.streams == (fact.originator_id,)
    assert (fact.name, fact.emails, fact.phones) == ("Ada Byron", ["ada@byron.example"], ["+44 20 7946 0011"])
    assert (fact.headline, fact.place) == ("Staff nurse", "Leeds")
    assert (fact.by, fact.owner, fact.person) == (dana, dana, fact.originator_id)


def test_a_name_alone_is_enough(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.add_candidate(command(dana), "Ada Byron")

    (fact,) = facts(Candidate.CandidateAdded)
    assert (fact.emails, fact.phones, fact.headline, fact.place) == ([], [], "", "")


@pytest.mark.parametrize(
    ("details", "field", "sentence"),
    [
        ({"name": " \t"}, "name", "Say what the candidate is called."),
        ({"name": "x" * 201}, "name", "That is 201 characters; at most 200 fit here."),
        ({"name": "Ada\x00"}, "name", "This holds characters that cannot be stored. Please type it again."),
        ({"email": "ada"}, "email", "This does not look like an e-mail address."),
        ({"phone": "call me"}, "phone", "This does not look like a telephone number."),
        ({"headline": "x" * 201}, "headline", "That is 201 characters; at most 200 fit here."),
        ({"place": "x" * 201}, "place", "That is 201 characters; at most 200 fit here."),
    ],
)
def test_a_candidate_is_not_added_with_details_that_cannot_be(
    recruiting: Recruiting, dana: UUID, facts, details: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.add_candidate(command(dana), **{"name": "Ada Byron", **details})

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Candidate.CandidateAdded) == []


@pytest.mark.parametrize("why", ["asked", "retention", "mistake"])
def test_a_candidate_is_erased_for_a_reason_from_a_list(
    recruiting: Recruiting, olive: UUID, ada: UUID, bob: UUID, facts, why: str
) -> None:
    recruiting.erase_candidate(command(olive), ada, why)

    assert [(fact.person, fact.by, fact.why) for fact in facts(Candidate.CandidateErased)] == [(ada, olive, why)]


def test_no_free_words_say_why_since_they_would_outlive_the_person(
    recruiting: Recruiting, olive: UUID, ada: UUID, facts
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.erase_candidate(command(olive), ada, "Ada Byron asked us to")

    assert (refused.value.sentence, refused.value.field) == ("Choose why this person is erased.", "why")
    assert facts(Candidate.CandidateErased) == []


def test_erasing_twice_is_erasing_once(recruiting: Recruiting, olive: UUID, ada: UUID, facts) -> None:
    recruiting.erase_candidate(command(olive), ada, "asked")

    again = recruiting.erase_candidate(command(olive), ada, "retention")

    assert again.repeated
    assert [fact.why for fact in facts(Candidate.CandidateErased)] == ["asked"]


def test_nobody_is_erased_who_was_never_here(recruiting: Recruiting, olive: UUID) -> None:
    with pytest.raises(NotFound):
        recruiting.erase_candidate(command(olive), uuid4(), "asked")


def test_a_colleague_is_no_candidate(recruiting: Recruiting, olive: UUID, dana: UUID) -> None:
    with pytest.raises(NotFound):
        recruiting.erase_candidate(command(olive), dana, "asked")
