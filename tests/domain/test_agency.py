"""The agency is founded once by its owner, who says when it works, and invites colleagues."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.agency import Agency, AgencySettings
from domain.recruiter import Recruiter, Role
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused, Stale
from tests.agency import ZONE, command


def test_founding_leaves_an_agency_and_its_owner(nobody: Recruiting) -> None:
    asked = command(None)

    founded = nobody.found_agency(asked, " Harbour  Staffing", "Europe/London", "Olive", "olive@harbour.example")

    agency, owner = (entry.fact for entry in nobody.log.entries(1, 100))
    assert founded.streams == (agency.originator_id, owner.originator_id)
    assert founded.streams == (asked.stream(0), asked.stream(1))
    assert (agency.name, agency.zone, agency.by) == ("Harbour Staffing", "Europe/London", owner.originator_id)
    assert (owner.name, owner.email, owner.role) == ("Olive", "olive@harbour.example", "owner")


@pytest.mark.parametrize(
    ("agency", "zone", "owner", "address", "field", "sentence"),
    [
        (" ", "Europe/London", "Olive", "o@harbour.example", "agency", "Give your agency a name."),
        ("Harbour", "Mars/Olympus", "Olive", "o@harbour.example", "zone", "Choose a time zone from the list."),
        ("Harbour", "", "Olive", "o@harbour.example", "zone", "Choose a time zone from the list."),
        ("Harbour", "Europe/London", "", "o@harbour.example", "name", "Say what your colleague is called."),
        ("Harbour", "Europe/London", "Olive", "", "email", "An e-mail address is needed to sign in."),
        ("Harbour", "Europe/London", "Olive", "olive", "email", "This does not look like an e-mail address."),
    ],
)
def test_an_agency_is_not_founded_in_half(
    nobody: Recruiting, agency: str, zone: str, owner: str, address: str, field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        nobody.found_agency(command(None), agency, zone, owner, address)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert nobody.log.end() == 0


def test_founded_in_a_country_it_keeps_that_countrys_days(nobody: Recruiting) -> None:
    nobody.found_agency(command(None), "Harbour", ZONE, "Olive", "olive@harbour.example", "GB-ENG")

    (fact,) = (e.fact for e in nobody.log.entries(1, 100) if isinstance(e.fact, Agency.SettingsChanged))
    assert (fact.name, fact.zone, fact.country, fact.working_days) == ("Harbour", ZONE, "GB-ENG", [0, 1, 2, 3, 4])
    assert (fact.day_begins, fact.day_ends, fact.silent_after) == (time(9), time(17, 30), 7)


def test_phones_may_read_offline_until_the_owner_says_no(recruiting: Recruiting, olive: UUID, facts) -> None:
    agency = recruiting.log.entries(1, 1)[0].fact.originator_id

    for allowed in (True, False, False, True):
        recruiting.choose_offline_reading(command(olive), agency, allowed)

    assert [(fact.by, fact.allowed) for fact in facts(Agency.OfflineReadingChosen)] == [(olive, False), (olive, True)]


def test_an_agency_is_founded_once(recruiting: Recruiting, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.found_agency(command(None), "Another", ZONE, "Zoe", "zoe@another.example")

    assert refused.value.sentence == "An agency was founded here before."
    assert facts() == []


@pytest.fixture
def agency(recruiting: Recruiting) -> UUID:
    return recruiting.log.entries(1, 1)[0].fact.originator_id


SETTINGS = AgencySettings("Harbour & Lane", "Europe/Paris", "FR", (3, 1, 2, 1), time(8), time(16), 10)


def test_settings_are_changed_by_somebody(recruiting: Recruiting, olive: UUID, agency: UUID, facts) -> None:
    recruiting.change_settings(command(olive), agency, SETTINGS, 1)

    (fact,) = facts(Agency.SettingsChanged)
    assert (fact.originator_id, fact.by, fact.person) == (agency, olive, None)
    assert (fact.name, fact.zone, fact.country, fact.working_days) == (
        "Harbour & Lane",
        "Europe/Paris",
        "FR",
        [1, 2, 3],
    )
    assert (fact.day_begins, fact.day_ends, fact.silent_after) == (time(8), time(16), 10)


def test_the_same_settings_are_not_recorded_again(recruiting: Recruiting, olive: UUID, agency: UUID, facts) -> None:
    recruiting.change_settings(command(olive), agency, SETTINGS)

    recruiting.change_settings(command(olive), agency, replace(SETTINGS, name=" Harbour  & Lane "))

    assert len(facts(Agency.SettingsChanged)) == 1


def test_settings_that_somebody_changed_meanwhile_are_stale(recruiting: Recruiting, olive: UUID, agency: UUID) -> None:
    recruiting.change_settings(command(olive), agency, SETTINGS, 1)

    with pytest.raises(Stale):
        recruiting.change_settings(command(olive), agency, replace(SETTINGS, country="DE"), 1)


@pytest.mark.parametrize(
    ("other", "field", "sentence"),
    [
        ({"name": " "}, "agency", "Give your agency a name."),
        ({"zone": "Mars/Olympus"}, "zone", "Choose a time zone from the list."),
        ({"country": "England"}, "country", "Choose a country from the list."),
        ({"country": "gb"}, "country", "Choose a country from the list."),
        ({"working_days": ()}, "working_days", "Choose on which days you work."),
        ({"working_days": (0, 7)}, "working_days", "Choose on which days you work."),
        ({"day_begins": time(16)}, "day_ends", "The working day ends after it begins."),
        ({"silent_after": 0}, "silent_after", "Choose from 1 to 60 days."),
        ({"silent_after": 61}, "silent_after", "Choose from 1 to 60 days."),
    ],
)
def test_settings_that_cannot_be_are_refused(
    recruiting: Recruiting, olive: UUID, agency: UUID, facts, other: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.change_settings(command(olive), agency, replace(SETTINGS, **other))

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Agency.SettingsChanged) == []


@pytest.mark.parametrize("role", list(Role))
def test_a_colleague_is_invited_in_a_role(recruiting: Recruiting, olive: UUID, facts, role: Role) -> None:
    invited = recruiting.invite_recruiter(command(olive), "Dana", "dana@harbour.example", role)

    fact = facts(Recruiter.RecruiterInvited)[-1]
    assert invited.streams == (fact.originator_id,)
    assert (fact.by, fact.name, fact.email, fact.role) == (olive, "Dana", "dana@harbour.example", role.value)


@pytest.mark.parametrize(
    ("name", "address", "role", "field", "sentence"),
    [
        ("", "dana@harbour.example", "recruiter", "name", "Say what your colleague is called."),
        ("Dana", "", "recruiter", "email", "An e-mail address is needed to sign in."),
        ("Dana", "dana", "recruiter", "email", "This does not look like an e-mail address."),
        ("Dana", "dana@harbour.example", "boss", "role", "Choose what this colleague may do."),
    ],
)
def test_an_invitation_says_who_where_and_what_for(
    recruiting: Recruiting, olive: UUID, facts, name: str, address: str, role: str, field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.invite_recruiter(command(olive), name, address, role)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Recruiter.RecruiterInvited) == []


def test_figures_by_recruiter_need_a_reason_and_are_switched_once(recruiting: Recruiting, olive: UUID, facts) -> None:
    agency = recruiting.log.entries(1, 1)[0].fact.originator_id
    with pytest.raises(Refused) as refused:
        recruiting.allow_individual_figures(command(olive), agency, "  ")
    assert (refused.value.sentence, refused.value.field) == ("Say why. Everybody on the team will read it.", "why")

    recruiting.stop_individual_figures(command(olive), agency)
    recruiting.allow_individual_figures(command(olive), agency, "we share a bonus")
    with pytest.raises(Refused, match="switched on already"):
        recruiting.allow_individual_figures(command(olive), agency, "again")
    recruiting.stop_individual_figures(command(olive), agency)

    assert [(fact.by, fact.why) for fact in facts(Agency.IndividualFiguresAllowed)] == [(olive, "we share a bonus")]
    assert [fact.by for fact in facts(Agency.IndividualFiguresStopped)] == [olive]


def test_a_colleague_joins_by_themselves(recruiting: Recruiting, olive: UUID, facts) -> None:
    cara = recruiting.invite_recruiter(command(olive), "Cara", "cara@harbour.example", "recruiter").streams[0]

    recruiting.join(command(cara), cara)

    assert [(fact.originator_id, fact.by) for fact in facts(Recruiter.RecruiterJoined)] == [(cara, cara)]


def test_a_colleague_does_not_join_twice(recruiting: Recruiting, dana: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.join(command(dana), dana)

    assert refused.value.sentence == "This invitation was used before. Sign in instead."
    assert facts(Recruiter.RecruiterJoined) == []


def test_nobody_joins_who_was_not_invited(recruiting: Recruiting, olive: UUID) -> None:
    stranger = uuid4()

    with pytest.raises(NotFound):
        recruiting.join(command(stranger), stranger)


def test_an_agency_cannot_join_itself(recruiting: Recruiting, olive: UUID) -> None:
    agency = recruiting.log.entries(1, 1)[0].fact.originator_id

    with pytest.raises(NotFound):
        recruiting.join(command(olive), agency)


def test_only_a_person_invites(recruiting: Recruiting, olive: UUID) -> None:
    with pytest.raises(TypeError, match="Only a person"):
        recruiting.invite_recruiter(command(None), "Dana", "dana@harbour.example", "recruiter")
