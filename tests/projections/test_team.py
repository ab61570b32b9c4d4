"""The agency and its colleagues."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

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


def test_the_team_made_anew_is_the_same(views: Views, dana: UUID, tom: UUID, aude: UUID) -> None:
    views.catch_up()

    assert views.check() == []
