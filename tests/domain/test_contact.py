"""People at clients have a name, an employer and a key of their own."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from domain.contact import Contact, ContactDetails
from domain.recruiting import Recruiting
from domain.refusal import Forgotten, NotFound, Refused
from tests.agency import command
from webapp.vault import Vault


@pytest.fixture
def carl(recruiting: Recruiting, dana: UUID) -> UUID:
    added = recruiting.add_contact(command(dana), " Carl  Quill", "St Hilda", "carl@hilda.example", "0113 496 0033")
    return added.streams[0]


def test_a_contact_is_added_with_an_employer(carl: UUID, dana: UUID, facts) -> None:
    (fact,) = facts(Contact.ContactAdded)
    assert (fact.originator_id, fact.person, fact.by) == (carl, carl, dana)
    assert (fact.name, fact.works_at, fact.email, fact.phone) == (
        "Carl Quill",
        "St Hilda",
        "carl@hilda.example",
        "0113 496 0033",
    )


def test_a_name_alone_is_enough(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.add_contact(command(dana), "Carl Quill")

    (fact,) = facts(Contact.ContactAdded)
    assert (fact.works_at, fact.email, fact.phone) == ("", "", "")


@pytest.mark.parametrize(
    ("details", "field", "sentence"),
    [
        ({"name": " "}, "contact", "Say what the contact is called."),
        ({"name": "\u200b\u2060"}, "contact", "Say what the contact is called."),
        ({"works_at": "x" * 201}, "contact_works_at", "That is 201 characters; at most 200 fit here."),
        ({"email": "carl"}, "contact_email", "This does not look like an e-mail address."),
        ({"phone": "ring him"}, "contact_phone", "This does not look like a telephone number."),
    ],
)
def test_a_contact_is_not_added_with_details_that_cannot_be(
    recruiting: Recruiting, dana: UUID, facts, details: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.add_contact(command(dana), **{"name": "Carl Quill", **details})

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Contact.ContactAdded) == []


def test_what_is_known_of_a_contact_changes_once(recruiting: Recruiting, dana: UUID, carl: UUID, facts) -> None:
    details = ContactDetails(" Carl  Quill", "Acme", "Ward manager", "carl@acme.example", "0113 496 0034")
    for _ in range(2):
        recruiting.change_contact(command(dana), carl, details)

    (fact,) = facts(Contact.ContactChanged)
    assert (fact.person, fact.name, fact.works_at, fact.role) == (carl, "Carl Quill", "Acme", "Ward manager")
    with pytest.raises(Refused, match="e-mail address"):
        recruiting.change_contact(command(dana), carl, replace(details, email="carl"))
    recruiting.erase_contact(command(dana), carl, "asked")
    with pytest.raises(Forgotten):
        recruiting.change_contact(command(dana), carl, details)


def test_a_role_comes_with_a_contact_in_one_transaction(recruiting: Recruiting, dana: UUID, facts) -> None:
    added = recruiting.add_contact(command(dana), "Priya Shah", "Acme", role="Matron")

    assert [(fact.originator_id, fact.role) for fact in facts(Contact.ContactChanged)] == [(added.streams[0], "Matron")]


def test_an_erased_contact_is_forgotten_and_candidates_are_not(
    recruiting: Recruiting, vault: Vault, olive: UUID, carl: UUID, ada: UUID, facts
) -> None:
    recruiting.erase_contact(command(olive), carl, "asked")

    (fact,) = facts(Contact.ContactAdded)
    assert [fact.name, fact.works_at, fact.email, fact.phone] == [None] * 4
    assert [(fact.person, fact.by, fact.why) for fact in facts(Contact.ContactErased)] == [(carl, olive, "asked")]
    assert vault.key(carl, fresh=True) is None
    assert vault.key(ada, fresh=True) is not None


def test_a_contact_is_erased_for_a_reason_from_a_list(recruiting: Recruiting, olive: UUID, carl: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.erase_contact(command(olive), carl, "Carl asked us to")

    assert (refused.value.sentence, refused.value.field) == ("Choose why this person is erased.", "why")
    assert facts(Contact.ContactErased) == []


def test_erasing_a_contact_twice_is_erasing_once(recruiting: Recruiting, olive: UUID, carl: UUID, facts) -> None:
    recruiting.erase_contact(command(olive), carl, "asked")

    again = recruiting.erase_contact(command(olive), carl, "retention")

    assert again.repeated
    assert [fact.why for fact in facts(Contact.ContactErased)] == ["asked"]


def test_a_candidate_is_no_contact(recruiting: Recruiting, olive: UUID, ada: UUID) -> None:
    for stranger in (ada, uuid4()):
        with pytest.raises(NotFound):
            recruiting.erase_contact(command(olive), stranger, "asked")
