"""The agency and its colleagues."""

from __future__ import annotations

from contextlib import closing
from datetime import time
from pathlib import Path
from uuid import UUID, uuid4

from domain.agency import AgencySettings
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, ZONE, Clock, command


def test_before_it_is_founded_there_is_no_agency(tmp_path: Path, nobody: Recruiting) -> None:
    with closing(Views(tmp_path, nobody.log)) as views:
        views.catch_up()

        assert views.team.agency() is None
        assert views.team.everyone() == []


def test_the_agency_has_a_name_and_a_zone(views: Views, olive: UUID) -> None:
    views.catch_up()

    agency = views.team.agency()

    assert agency is not None
    assert (agency.name, agency.zone, agency.founded_at) == ("Harbour Staffing", ZONE, MONDAY)


def test_reading_offline_is_allowed_until_the_owner_says_no(recruiting: Recruiting, views: Views, olive: UUID) -> None:
    views.catch_up()
    before = views.team.agency()

    recruiting.choose_offline_reading(command(olive), before.id, False)
    views.catch_up()

    assert (before.offline_reading, views.team.agency().offline_reading) == (True, False)
    assert views.team.agency().changed == before.changed + 1


def test_who_switched_on_figures_by_recruiter_and_why(
    recruiting: Recruiting, views: Views, clock: Clock, olive: UUID
) -> None:
    views.catch_up()
    before = views.team.agency()
    assert (before.individuals, before.individuals_at) == (False, None)

    recruiting.allow_individual_figures(command(olive), before.id, "we share a bonus")
    views.catch_up()
    on = views.team.agency()
    later = clock.on(days=1)
    recruiting.stop_individual_figures(command(olive), before.id)
    views.catch_up()
    off = views.team.agency()

    said = [(row.individuals, row.individuals_by, row.individuals_at, row.individuals_why) for row in (on, off)]
    assert said == [(True, olive, MONDAY, "we share a bonus"), (False, olive, later, None)]
    assert off.changed == before.changed
    assert views.check() == []


def test_a_colleague_is_invited_until_they_join(
    recruiting: Recruiting, views: Views, clock: Clock, olive: UUID
) -> None:
    cara, finn = (
        recruiting.invite_recruiter(command(olive), name, f"{name}@harbour.example", role).streams[0]
        for name, role in (("Cara", "recruiter"), ("Finn", "auditor"))
    )
    joined_at = clock.on(hours=3)
    recruiting.join(command(cara), cara)
    views.catch_up()

    found = {row.id: (row.name, row.role, row.state, row.joined_at) for row in views.team.everyone()}

    assert found[cara] == ("Cara", "recruiter", "joined", joined_at)
    assert found[finn] == ("Finn", "auditor", "invited", None)


def test_everyone_stands_in_the_order_they_were_invited(
    recruiting: Recruiting, views: Views, clock: Clock, olive: UUID
) -> None:
    for name in ("Zoe", "Bea", "Max"):
        clock.on(minutes=1)
        recruiting.invite_recruiter(command(olive), name, f"{name}@harbour.example", "recruiter")
    views.catch_up()

    everyone = [row.name for row in views.team.everyone()]

    assert set(everyone[:4]) == {"Olive", "Dana", "Tom", "Aude"}
    assert everyone[4:] == ["Zoe", "Bea", "Max"]


def test_a_colleague_is_found_by_id(views: Views, dana: UUID, tom: UUID) -> None:
    views.catch_up()

    found = views.team.recruiter(tom)

    assert found is not None
    assert (found.id, found.name, found.email) == (tom, "Tom", "tom@harbour.example")
    assert views.team.recruiter(uuid4()) is None


def test_a_colleague_is_found_by_e_mail_whatever_the_case(views: Views, dana: UUID, tom: UUID) -> None:
    views.catch_up()

    found = views.team.by_email(" TOM@Harbour.Example ")

    assert found is not None
    assert found.id == tom
    assert views.team.by_email("tom") is None


def test_an_agency_has_hours_before_anybody_says_so(views: Views) -> None:
    views.catch_up()

    agency = views.team.agency()

    assert agency is not None
    assert (agency.country, agency.working_days, agency.silent_after) == ("", [0, 1, 2, 3, 4], 7)
    assert (agency.day_begins, agency.day_ends, agency.changed) == (time(9), time(17, 30), 1)


def test_an_agency_is_as_it_was_settled_last(recruiting: Recruiting, views: Views, olive: UUID) -> None:
    settings = AgencySettings("Harbour", "Europe/Berlin", "DE-BY", (0, 2, 6), time(8), time(12), 3)
    recruiting.change_settings(command(olive), recruiting.log.entries(1, 1)[0].fact.originator_id, settings)
    views.catch_up()

    agency = views.team.agency()

    assert agency is not None
    assert (agency.name, agency.zone, agency.country) == ("Harbour", "Europe/Berlin", "DE-BY")
    assert (agency.working_days, agency.day_begins, agency.day_ends) == ([0, 2, 6], time(8), time(12))
    assert (agency.silent_after, agency.changed, agency.founded_at) == (3, 2, MONDAY)


def test_a_colleague_has_the_role_and_the_hours_chosen_last(
    recruiting: Recruiting, views: Views, olive: UUID, dana: UUID, tom: UUID
) -> None:
    recruiting.change_role(command(olive), dana, "owner")
    recruiting.choose_quiet_hours(command(dana), dana, time(18), time(7))
    recruiting.choose_digest_hour(command(tom), tom, None)
    views.catch_up()

    rows = [views.team.recruiter(id) for id in (dana, tom)]

    assert [(row.role, row.quiet_begins, row.quiet_ends, row.digest_at) for row in rows if row] == [
        ("owner", time(18), time(7), time(7, 30)),
        ("recruiter", None, None, None),
    ]
    assert [row.changed for row in rows if row] == [4, 3]


def test_who_left_is_still_in_the_team_and_frees_the_address(
    recruiting: Recruiting, views: Views, clock: Clock, olive: UUID, tom: UUID
) -> None:
    at = clock.on(hours=1)
    recruiting.recruiter_leaves(command(olive), tom)
    views.catch_up()

    row = views.team.by_email("tom@harbour.example")
    assert row is not None
    assert (row.id, row.state, row.left_at) == (tom, "left", at)
    assert tom in [row.id for row in views.team.everyone()]

    again = recruiting.invite_recruiter(command(olive), "Tom", "Tom@Harbour.example", "recruiter").streams[0]
    views.catch_up()

    row = views.team.by_email("tom@harbour.example")
    assert row is not None
    assert (row.id, row.state) == (again, "invited")
    assert views.check() == []


def test_the_team_made_anew_is_the_same(views: Views, dana: UUID, tom: UUID, aude: UUID) -> None:
    views.catch_up()

    assert views.check() == []
