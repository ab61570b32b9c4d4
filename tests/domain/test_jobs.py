"""Clients have a name and may be off limits; jobs are open until they are filled or closed."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.client import Client
from domain.job import Job, JobDetails, JobState
from domain.names import same_company
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused, Stale
from tests.agency import command
from tests.domain.conftest import Facts

WARD = JobDetails("Ward sister", "York", "£24 an hour")


@pytest.fixture
def acme(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.add_client(command(dana), " Acme  Care", "https://acme.example").streams[0]


@pytest.fixture
def ward(recruiting: Recruiting, dana: UUID, acme: UUID) -> UUID:
    return recruiting.open_job(command(dana), WARD, acme).streams[0]


# Clients


def test_a_client_has_a_name_and_a_page(acme: UUID, dana: UUID, facts: Facts) -> None:
    (fact,) = facts(Client.ClientAdded)
    assert (fact.originator_id, fact.by, fact.person) == (acme, dana, None)
    assert (fact.name, fact.website) == ("Acme Care", "https://acme.example")


@pytest.mark.parametrize(
    ("name", "website", "field", "sentence"),
    [
        (" ", "", "client", "Say what the client is called."),
        ("x" * 201, "", "client", "That is 201 characters; at most 200 fit here."),
        ("Acme", "acme", "website", "This does not look like a link. It begins with https://"),
    ],
)
def test_a_client_is_not_added_with_what_cannot_be(
    recruiting: Recruiting, dana: UUID, name: str, website: str, field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.add_client(command(dana), name, website)

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_what_is_the_same_about_a_client_is_not_recorded_again(
    recruiting: Recruiting, dana: UUID, acme: UUID, facts: Facts
) -> None:
    recruiting.change_client(command(dana), acme, "Acme Care", "https://acme.example")
    recruiting.change_client(command(dana), acme, "Acme Care Homes")

    assert [(fact.name, fact.website) for fact in facts(Client.ClientChanged)] == [("Acme Care Homes", "")]


def test_a_client_is_off_limits_for_a_reason_until_it_is_not(
    recruiting: Recruiting, dana: UUID, acme: UUID, facts: Facts
) -> None:
    with pytest.raises(Refused, match="Say why its people are off limits"):
        recruiting.choose_off_limits(command(dana), acme, True)

    recruiting.choose_off_limits(command(dana), acme, True, "in their contract")
    recruiting.choose_off_limits(command(dana), acme, True, "in their contract")
    recruiting.choose_off_limits(command(dana), acme, False)

    assert [(fact.off_limits, fact.why) for fact in facts(Client.OffLimitsChosen)] == [
        (True, "in their contract"),
        (False, ""),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("St. Hilda’s Ltd", "st hildas", True),
        ("Müller GmbH", "Muller", True),
        ("Cabot & Lyle", "Cabot and Lyle plc", True),
        ("The Limited", "the limited", True),
        ("Acme", "Acme Care", False),
        ("Ltd", "Limited", False),
        ("", "", False),
        ("!", "?", False),
    ],
)
def test_one_company_is_the_same_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert same_company(one, other) is same


# Jobs


def test_a_job_is_opened_at_a_client(ward: UUID, acme: UUID, facts: Facts) -> None:
    (fact,) = facts(Job.JobOpened)
    assert (fact.originator_id, fact.client, fact.person) == (ward, acme, None)
    assert (fact.title, fact.place, fact.pay) == ("Ward sister", "York", "£24 an hour")


def test_a_job_at_a_new_client_adds_them_in_the_same_breath(recruiting: Recruiting, dana: UUID, facts: Facts) -> None:
    job, client = recruiting.open_job(command(dana), WARD, new_client="Tidal Works").streams

    assert [(fact.originator_id, fact.name) for fact in facts(Client.ClientAdded)] == [(client, "Tidal Works")]
    assert [(fact.originator_id, fact.client) for fact in facts(Job.JobOpened)] == [(job, client)]


@pytest.mark.parametrize(
    ("details", "client", "field"),
    [
        (JobDetails(""), "Acme", "title"),
        (JobDetails("x" * 201), "Acme", "title"),
        (JobDetails("Buyer", "y" * 201), "Acme", "place"),
        (JobDetails("Buyer", "", "z" * 201), "Acme", "pay"),
        (JobDetails("Buyer"), "", "client"),
    ],
)
def test_a_job_that_cannot_be_is_refused_beside_its_field(
    recruiting: Recruiting, dana: UUID, facts: Facts, details: JobDetails, client: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.open_job(command(dana), details, new_client=client)

    assert refused.value.field == field
    assert facts() == []


def test_a_job_is_opened_at_a_client_that_is_there(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    for stranger in (ada, uuid4()):
        with pytest.raises(Refused, match=r"Choose a client\."):
            recruiting.open_job(command(dana), WARD, stranger)


def test_a_job_that_is_gone_can_be_opened_again(recruiting: Recruiting, dana: UUID, tom: UUID, ward: UUID) -> None:
    recruiting.fill_job(command(dana), ward)
    with pytest.raises(Refused, match=r"This job is filled\."):
        recruiting.close_job(command(tom), ward)

    recruiting.reopen_job(command(tom), ward)
    with pytest.raises(Refused, match=r"This job is open\."):
        recruiting.reopen_job(command(tom), ward)
    recruiting.close_job(command(tom), ward, "the budget went")

    assert recruiting.repository.get(ward).state is JobState.CLOSED


def test_what_is_the_same_about_a_job_is_not_recorded_again(
    recruiting: Recruiting, dana: UUID, ward: UUID, facts: Facts
) -> None:
    recruiting.change_job(command(dana), ward, WARD)
    recruiting.change_job(command(dana), ward, JobDetails("Ward manager"))

    assert [(fact.title, fact.place, fact.pay) for fact in facts(Job.JobChanged)] == [("Ward manager", "", "")]


def test_a_form_that_shows_an_older_state_changes_nothing(
    recruiting: Recruiting, dana: UUID, tom: UUID, acme: UUID, ward: UUID
) -> None:
    recruiting.change_job(command(tom), ward, JobDetails("Ward manager"), seen=1)
    recruiting.change_client(command(tom), acme, "Acme", seen=1)

    for verb in (
        lambda: recruiting.fill_job(command(dana), ward, seen=1),
        lambda: recruiting.choose_off_limits(command(dana), acme, True, "x", seen=1),
    ):
        with pytest.raises(Stale):
            verb()


def test_a_job_is_no_client(recruiting: Recruiting, dana: UUID, ward: UUID) -> None:
    for stranger in (ward, uuid4()):
        with pytest.raises(NotFound):
            recruiting.change_client(command(dana), stranger, "Acme")
