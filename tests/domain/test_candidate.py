"""Candidates are added with a name and ways to reach them, change, are taken back, and can be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.candidate import Candidate, Details
from domain.due import Due
from domain.promise import NewPromise, Promise
from domain.recruiting import Recruiting
from domain.refusal import AlreadySaved, Forgotten, NotFound, Refused, Stale
from domain.touchpoint import Touchpoint
from tests.agency import MONDAY, ZONE, command

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
CARA = Details(
    name="Cara Lane",
    emails=("cara@lane.example", "c.lane@work.example"),
    phones=("+44 113 496 0044",),
    headline="Midwife",
    place="Hull",
    works_at="St Hilda",
    source="LinkedIn",
    reference="C-17",
    link="https://profiles.example/cara-lane",
)
ADA = Details("Ada Byron", ("ada@byron.example",), ("+44 20 7946 0011",), "Staff nurse", "Leeds")
NO_MORE = "This person was taken back as added by mistake. Nothing more can be recorded about them."


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


def test_a_candidate_is_added_at_once_with_all_that_is_known(
    recruiting: Recruiting, dana: UUID, tom: UUID, facts
) -> None:
    added = recruiting.add_candidate(command(dana), details=CARA, tags=("#nights", "Leeds North"), owner=tom)

    fact, linked, tagged = facts()
    assert added.streams == (fact.originator_id,)
    assert [type(fact), type(linked), type(tagged)] == [
        Candidate.CandidateAdded,
        Candidate.SocialProfileLinked,
        Candidate.Tagged,
    ]
    assert (fact.name, fact.emails, fact.phones) == (CARA.name, list(CARA.emails), list(CARA.phones))
    assert (fact.headline, fact.place, fact.works_at) == (CARA.headline, CARA.place, CARA.works_at)
    assert (fact.source, fact.reference, fact.owner, fact.by) == (CARA.source, CARA.reference, tom, dana)
    assert (linked.link, tagged.tags) == (CARA.link, ["nights", "Leeds North"])


def test_an_address_given_twice_is_kept_once(recruiting: Recruiting, dana: UUID, facts) -> None:
    twice = Details("Cara", ("Cara@lane.example", " ", "cara@LANE.example"), ("0113 496", "", "0113 496"))

    recruiting.add_candidate(command(dana), details=twice)

    (fact,) = facts()
    assert (fact.emails, fact.phones) == (["Cara@lane.example"], ["0113 496"])


CANNOT_BE: list[tuple[dict[str, Any], str, str]] = [
    ({"name": "\u200b \u2060"}, "name", "Say what the candidate is called."),
    ({"emails": ("cara@lane.example", "cara")}, "email", "This does not look like an e-mail address."),
    (
        {"emails": tuple(f"cara{n}@lane.example" for n in range(11))},
        "email",
        "At most 10 e-mail addresses fit here.",
    ),
    ({"phones": ("0113 496", "ring me")}, "phone", "This does not look like a telephone number."),
    ({"phones": tuple(f"0113 4960 {n}" for n in range(11))}, "phone", "At most 10 telephone numbers fit here."),
    ({"works_at": "x" * 201}, "works_at", "That is 201 characters; at most 200 fit here."),
    ({"source": "x" * 201}, "source", "That is 201 characters; at most 200 fit here."),
    (
        {"reference": "\x00"},
        "reference",
        "This holds characters that cannot be stored. Please type it again.",
    ),
    ({"link": "javascript:alert(1)"}, "link", "This does not look like a link. It begins with https://"),
]


@pytest.mark.parametrize(("other", "field", "sentence"), CANNOT_BE)
def test_details_that_cannot_be_are_neither_added_nor_changed(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts, other: dict[str, Any], field: str, sentence: str
) -> None:
    details = replace(CARA, **other)

    for saving in (
        lambda: recruiting.add_candidate(command(dana), details=details),
        lambda: recruiting.change_details(command(dana), ada, details),
    ):
        with pytest.raises(Refused) as refused:
            saving()
        assert (refused.value.sentence, refused.value.field) == (sentence, field)

    assert facts() == []


def test_ten_ways_to_reach_somebody_fit(recruiting: Recruiting, dana: UUID, facts) -> None:
    many = Details("Cara", tuple(f"c{n}@lane.example" for n in range(10)), tuple(f"0113 4960 {n}" for n in range(10)))

    recruiting.add_candidate(command(dana), details=many)

    (fact,) = facts()
    assert (len(fact.emails), len(fact.phones)) == (10, 10)


# What changes


def test_changed_details_stand_beside_the_old_ones(
    recruiting: Recruiting, tom: UUID, ada: UUID, bob: UUID, facts
) -> None:
    recruiting.change_details(command(tom), ada, replace(ADA, name="Ada Lovelace", works_at="St Hilda"), 1)

    (fact,) = facts()
    assert type(fact) is Candidate.ContactDetailsChanged
    assert (fact.originator_id, fact.person, fact.by) == (ada, ada, tom)
    assert (fact.name, fact.works_at, fact.emails) == ("Ada Lovelace", "St Hilda", ["ada@byron.example"])
    assert recruiting.load(Candidate, bob).details.name == "Bob Marsh"


def test_details_that_stay_the_same_are_not_recorded(recruiting: Recruiting, tom: UUID, ada: UUID, facts) -> None:
    nothing = recruiting.change_details(command(tom), ada, replace(ADA, name=" Ada  Byron "))

    assert (nothing.streams, nothing.repeated) == ((), True)
    assert facts() == []


def test_a_profile_is_linked_and_unlinked(recruiting: Recruiting, tom: UUID, ada: UUID, facts) -> None:
    recruiting.change_details(command(tom), ada, replace(ADA, link=CARA.link))
    recruiting.change_details(command(tom), ada, ADA)

    assert [(type(fact), fact.link) for fact in facts()] == [
        (Candidate.SocialProfileLinked, CARA.link),
        (Candidate.SocialProfileLinked, ""),
    ]


def test_details_that_somebody_changed_meanwhile_are_stale(recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID):
    recruiting.change_details(command(tom), ada, replace(ADA, place="York"), 1)

    with pytest.raises(Stale) as refused:
        recruiting.change_details(command(dana), ada, replace(ADA, place="Hull"), 1)

    assert refused.value.by == tom


def test_tags_are_put_on_once_in_capitals_or_not(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.tag_candidate(command(dana), ada, ["Nights", "#icu", "NIGHTS"])
    recruiting.tag_candidate(command(dana), ada, ["nights", "Leeds"])

    assert [fact.tags for fact in facts(Candidate.Tagged)] == [["Nights", "icu"], ["Leeds"]]


def test_tags_that_are_there_already_are_not_recorded(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.tag_candidate(command(dana), ada, ["nights"])

    nothing = recruiting.tag_candidate(command(dana), ada, ["NIGHTS"])

    assert nothing.repeated
    assert len(facts(Candidate.Tagged)) == 1


def test_tags_are_taken_off_as_they_were_put_on(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    for somebody in (ada, bob):
        recruiting.tag_candidate(command(dana), somebody, ["Nights", "icu"])

    recruiting.untag_candidate(command(dana), ada, ["nights", "never there"])

    assert [(fact.originator_id, fact.tags) for fact in facts(Candidate.Untagged)] == [(ada, ["Nights"])]
    assert list(recruiting.load(Candidate, ada).tags.values()) == ["icu"]
    assert list(recruiting.load(Candidate, bob).tags.values()) == ["Nights", "icu"]


def test_a_tag_taken_off_can_be_put_on_again(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.tag_candidate(command(dana), ada, ["nights"])
    recruiting.untag_candidate(command(dana), ada, ["nights"])

    recruiting.tag_candidate(command(dana), ada, ["NIGHTS"])

    assert [fact.tags for fact in facts(Candidate.Tagged)] == [["nights"], ["NIGHTS"]]


def test_fifty_tags_fit_on_one_person(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.tag_candidate(command(dana), ada, [f"tag {n}" for n in range(50)])

    with pytest.raises(Refused) as refused:
        recruiting.tag_candidate(command(dana), ada, ["one more"])

    assert (refused.value.sentence, refused.value.field) == ("At most 50 tags fit on one person.", "tags")
    assert len(facts(Candidate.Tagged)) == 1


def test_somebody_else_looks_after_a_candidate(recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, facts) -> None:
    recruiting.assign_owner(command(dana), ada, tom, 1)
    recruiting.assign_owner(command(dana), ada, tom)

    assert [(fact.originator_id, fact.by, fact.owner) for fact in facts(Candidate.OwnerAssigned)] == [(ada, dana, tom)]


def test_only_a_colleague_who_records_looks_after_somebody(
    recruiting: Recruiting, olive: UUID, dana: UUID, tom: UUID, aude: UUID, ada: UUID, bob: UUID, facts
) -> None:
    recruiting.recruiter_leaves(command(olive), tom)
    before = facts()

    for nobody in (tom, aude, bob, uuid4()):
        for saving in (
            lambda nobody=nobody: recruiting.assign_owner(command(dana), ada, nobody),
            lambda nobody=nobody: recruiting.add_candidate(command(dana), "Cara Lane", owner=nobody),
        ):
            with pytest.raises(Refused) as refused:
                saving()
            assert (refused.value.sentence, refused.value.field) == ("Choose who looks after this person.", "owner")

    assert facts() == before


# Taken back


def test_a_candidate_added_by_mistake_is_taken_back(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.withdraw_candidate(command(dana), ada, " the wrong  file ")

    (fact,) = facts()
    assert type(fact) is Candidate.CandidateWithdrawn
    assert (fact.originator_id, fact.by, fact.why) == (ada, dana, "the wrong file")


ABOUT: dict[str, Callable[[Recruiting, UUID, UUID], object]] = {
    "details": lambda verbs, by, id: verbs.change_details(command(by), id, CARA),
    "tags": lambda verbs, by, id: verbs.tag_candidate(command(by), id, ["nights"]),
    "no tags": lambda verbs, by, id: verbs.untag_candidate(command(by), id, ["nights"]),
    "owner": lambda verbs, by, id: verbs.assign_owner(command(by), id, by),
    "withdrawal": lambda verbs, by, id: verbs.withdraw_candidate(command(by), id, "again"),
    "touchpoint": lambda verbs, by, id: verbs.record_touchpoint(
        command(by), id, "note", "internal", None, MONDAY, "hello"
    ),
    "promise": lambda verbs, by, id: verbs.make_promise(command(by), id, NewPromise("Ring", FRIDAY, by)),
}
everything_about = pytest.mark.parametrize("about", ABOUT)


@everything_about
def test_about_somebody_taken_back_nothing_more_is_recorded(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts, about: str
) -> None:
    recruiting.withdraw_candidate(command(dana), ada)
    before = facts()

    with pytest.raises(Refused) as refused:
        ABOUT[about](recruiting, dana, ada)

    assert refused.value.sentence == NO_MORE
    assert facts() == before


@everything_about
def test_about_somebody_erased_nothing_more_is_recorded(
    recruiting: Recruiting, olive: UUID, dana: UUID, ada: UUID, facts, about: str
) -> None:
    recruiting.erase_candidate(command(olive), ada, "asked")
    before = facts()

    with pytest.raises(Forgotten):
        ABOUT[about](recruiting, dana, ada)

    assert facts() == before


@everything_about
def test_about_somebody_who_was_never_here_nothing_is_recorded(recruiting: Recruiting, dana: UUID, about: str) -> None:
    for nobody in (dana, uuid4()):
        with pytest.raises(NotFound):
            ABOUT[about](recruiting, dana, nobody)


def test_what_was_said_to_somebody_taken_back_can_still_be_taken_back(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    noted = recruiting.record_touchpoint(
        command(dana), ada, "note", "internal", None, MONDAY, "hello", NewPromise("Ring", FRIDAY, dana)
    )
    recruiting.withdraw_candidate(command(dana), ada)

    recruiting.retract_touchpoint(command(dana), noted.streams[0], "the import was undone")

    assert len(facts(Touchpoint.TouchpointRetracted)) == len(facts(Promise.PromiseWithdrawn)) == 1


def test_somebody_taken_back_can_be_erased(recruiting: Recruiting, olive: UUID, ada: UUID, facts) -> None:
    recruiting.withdraw_candidate(command(olive), ada, "the wrong file")

    recruiting.erase_candidate(command(olive), ada, "mistake")

    assert [fact.why for fact in facts(Candidate.CandidateWithdrawn)] == [None]


# Forgotten


def test_the_same_erasure_sent_again_is_answered_alike_whatever_the_reason(
    recruiting: Recruiting, olive: UUID, ada: UUID, facts
) -> None:
    asked = command(olive)
    first = recruiting.erase_candidate(asked, ada, "asked")

    again = recruiting.erase_candidate(asked, ada, "retention")

    assert (again.streams, again.position, again.repeated) == (first.streams, first.position, True)
    assert [fact.why for fact in facts(Candidate.CandidateErased)] == ["asked"]


def test_the_command_of_something_else_erases_nobody(recruiting: Recruiting, olive: UUID, ada: UUID, facts) -> None:
    asked = command(olive)
    recruiting.tag_candidate(asked, ada, ["nights"])

    with pytest.raises(AlreadySaved):
        recruiting.erase_candidate(asked, ada, "asked")

    assert facts(Candidate.CandidateErased) == []


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
