"""Lists: a name, and the criteria by which people are found again."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.recruiting import Recruiting
from domain.refusal import AlreadySaved, NotFound, Refused, Stale
from domain.saved_list import Criteria, SavedList
from tests.agency import command

LEEDS = Criteria(("nurse", "Nights"), " Leeds ", "me", "silent", True, date(2026, 5, 1), date(2026, 10, 1))


def test_a_list_is_saved_with_its_criteria(recruiting: Recruiting, dana: UUID, facts) -> None:
    saved = recruiting.save_list(command(dana), " Leeds  nights ", LEEDS)

    (fact,) = facts(SavedList.ListSaved)
    assert saved.streams == (fact.originator_id,)
    assert (fact.name, fact.shared, fact.by, fact.person) == ("Leeds nights", False, dana, None)
    assert (fact.tags, fact.place, fact.owner, fact.only) == (["nurse", "Nights"], "Leeds", "me", "silent")
    assert (fact.nothing_open, fact.contact_since, fact.contact_before) == (True, date(2026, 5, 1), date(2026, 10, 1))


@pytest.mark.parametrize(
    ("name", "criteria", "field", "sentence"),
    [
        ("", LEEDS, "name", "Give the list a name."),
        ("All", Criteria(), "tags", "Choose at least one thing by which people are found."),
        ("All", Criteria(place="  "), "tags", "Choose at least one thing by which people are found."),
        ("Many", Criteria(tuple("abcd")), "tags", "At most 3 tags fit into one list."),
        ("Long", Criteria(("x" * 51,)), "tags", "That is 51 characters; at most 50 fit here."),
        ("Whose", Criteria(owner="Tom"), "owner", "Choose somebody from the list."),
        ("Want", Criteria(wants="two days at home"), "wants", "Write one word of what they want, at most 3."),
        ("Want", Criteria(wants="!?"), "wants", "Write one word of what they want, at most 3."),
        ("Who", Criteria(only="rich"), "only", "Choose one of these."),
        (
            "When",
            Criteria(contact_since=date(2026, 5, 1), contact_before=date(2026, 5, 1)),
            "contact_before",
            "No day lies between these two.",
        ),
    ],
)
def test_a_list_that_finds_nobody_or_everybody_is_refused(
    name: str, criteria: Criteria, field: str, sentence: str, recruiting: Recruiting, dana: UUID
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.save_list(command(dana), name, criteria)

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_the_same_tag_counts_once(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.save_list(command(dana), "Nurses", Criteria(("nurse", "NURSE", "#Nurse", "keep")))

    assert facts(SavedList.ListSaved)[0].tags == ["Nurse", "keep"]


def test_it_is_changed_once_and_dropped(recruiting: Recruiting, dana: UUID, tom: UUID, facts) -> None:
    saved = recruiting.save_list(command(dana), "Leeds", LEEDS, True).streams[0]
    york = Criteria(place="York")

    recruiting.change_list(command(tom), saved, "York", york, True)
    assert recruiting.change_list(command(tom), saved, "York", york, True).repeated
    recruiting.drop_list(command(dana), saved)

    (changed,), (dropped,) = facts(SavedList.ListChanged), facts(SavedList.ListDropped)
    assert (changed.name, changed.place, changed.tags, changed.by) == ("York", "York", [], tom)
    assert dropped.by == dana
    with pytest.raises(NotFound):
        recruiting.drop_list(command(dana), saved)
    with pytest.raises(NotFound):
        recruiting.change_list(command(dana), saved, "Again", york, True)


def test_by_what_more_it_finds_people_is_a_fact_of_its_own(recruiting: Recruiting, dana: UUID, facts) -> None:
    saved = recruiting.save_list(command(dana), "Nights", Criteria(wants=" nights ", stage="offer")).streams[0]
    recruiting.change_list(command(dana), saved, "Night shifts", Criteria(wants="nights", stage="offer"), False)
    recruiting.change_list(command(dana), saved, "Night shifts", Criteria(place="Leeds"), False, 3)

    narrowed = facts(SavedList.ListNarrowed)
    assert [(fact.wants, fact.stage) for fact in narrowed] == [("nights", "offer"), ("", "")]
    assert len(facts(SavedList.ListChanged)) == 2


def test_a_private_list_is_its_makers_alone(recruiting: Recruiting, dana: UUID, tom: UUID) -> None:
    saved = recruiting.save_list(command(dana), "Leeds", LEEDS).streams[0]

    with pytest.raises(NotFound):
        recruiting.change_list(command(tom), saved, "Mine now", LEEDS, False)
    with pytest.raises(NotFound):
        recruiting.drop_list(command(tom), saved)


def test_a_form_shown_before_somebody_elses_change_is_stale(recruiting: Recruiting, dana: UUID, tom: UUID) -> None:
    saved = recruiting.save_list(command(dana), "Leeds", LEEDS, True).streams[0]
    recruiting.change_list(command(tom), saved, "Hull", LEEDS, True, 1)

    with pytest.raises(Stale):
        recruiting.change_list(command(dana), saved, "York", LEEDS, True, 1)


def test_saving_it_twice_by_one_form_saves_it_once(recruiting: Recruiting, dana: UUID, facts) -> None:
    asked = command(dana)

    recruiting.save_list(asked, "Leeds", LEEDS)
    assert recruiting.save_list(asked, "Leeds", LEEDS).repeated

    assert len(facts(SavedList.ListSaved)) == 1
    with pytest.raises(AlreadySaved):
        recruiting.save_list(asked, "York", LEEDS)
