"""Which clients there are, and which of their jobs are open."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.job import JobDetails
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, command


@pytest.fixture
def acme(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.add_client(command(dana), "Acme Care Ltd", "https://acme.example").streams[0]


@pytest.fixture
def jobs(recruiting: Recruiting, dana: UUID, acme: UUID) -> list[UUID]:
    titles = ("Ward sister", "Porter", "Buyer")
    other = recruiting.add_client(command(dana), "Zeta").streams[0]
    return [
        recruiting.open_job(command(dana), JobDetails(title, "York", "£20"), client).streams[0]
        for title, client in zip(titles, (acme, other, acme), strict=True)
    ]


def test_a_client_is_shown_as_it_is_now(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, acme: UUID
) -> None:
    recruiting.change_client(command(tom), acme, "Acme Homes")
    recruiting.choose_off_limits(command(tom), acme, True, "in their contract")
    views.catch_up()

    row = views.jobs.client(acme)

    assert row is not None
    assert (row.name, row.website, row.off_limits, row.why) == ("Acme Homes", "", True, "in their contract")
    assert (row.added_by, row.added_at, row.changed) == (dana, MONDAY, 3)
    assert views.jobs.client(uuid4()) is None


def test_clients_are_found_by_name_however_it_is_written(
    recruiting: Recruiting, views: Views, dana: UUID, acme: UUID
) -> None:
    zeta = recruiting.add_client(command(dana), "Zéta").streams[0]
    views.catch_up()

    assert [row.id for row in views.jobs.clients()] == [acme, zeta]
    assert [row.id for row in views.jobs.clients_called("zet")] == [zeta]
    assert views.jobs.clients_called(" ") == []
    assert views.jobs.called("acme care").id == acme  # type: ignore[union-attr]
    assert views.jobs.called("acme") is None
    assert views.jobs.called("") is None
    assert {id: row.name for id, row in views.jobs.these([zeta]).items()} == {zeta: "Zéta"}


def test_which_of_some_companies_are_off_limits(
    recruiting: Recruiting, views: Views, dana: UUID, acme: UUID, jobs: list[UUID]
) -> None:
    recruiting.choose_off_limits(command(dana), acme, True, "in their contract")
    views.catch_up()

    found = views.jobs.off_limits(["ACME Care", "Zeta", "", "Nobody"])

    assert {name: row.id for name, row in found.items()} == {"acme care": acme}


def test_open_jobs_come_newest_first_page_after_page(
    recruiting: Recruiting, views: Views, dana: UUID, acme: UUID, jobs: list[UUID]
) -> None:
    ward, porter, buyer = jobs
    recruiting.close_job(command(dana), porter, "the budget went")
    views.catch_up()

    (first,) = views.jobs.open(limit=1)
    rest = views.jobs.open(before=first.position)

    assert [row.id for row in (first, *rest)] == [buyer, ward]
    assert [row.id for row in views.jobs.of(acme)] == [buyer, ward]
    assert set(views.jobs.jobs([ward, porter])) == {ward, porter}


def test_a_job_says_who_closed_it_and_opens_again(
    recruiting: Recruiting, views: Views, tom: UUID, jobs: list[UUID]
) -> None:
    recruiting.close_job(command(tom), jobs[0], "the budget went")
    views.catch_up()
    closed = views.jobs.job(jobs[0])
    recruiting.reopen_job(command(tom), jobs[0])
    recruiting.change_job(command(tom), jobs[0], JobDetails("Ward manager"))
    views.catch_up()
    again = views.jobs.job(jobs[0])

    assert closed is not None
    assert again is not None
    assert (closed.state, closed.closed_by, closed.closed_at, closed.why) == ("closed", tom, MONDAY, "the budget went")
    assert (again.state, again.closed_by, again.why, again.title, again.place) == (
        "open",
        None,
        None,
        "Ward manager",
        "",
    )


def test_jobs_and_clients_rebuilt_are_the_same(
    recruiting: Recruiting, views: Views, tom: UUID, acme: UUID, jobs: list[UUID]
) -> None:
    recruiting.fill_job(command(tom), jobs[0])
    recruiting.choose_off_limits(command(tom), acme, True, "in their contract")
    views.catch_up()

    assert views.check() == []
