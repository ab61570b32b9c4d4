"""New jobs in the field of those with whom it is time to be in touch, on Today."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import mail

from domain.command import Command
from domain.fitting import JobCriteria
from domain.job import JobDetails
from domain.remembered import Interval, PainPoint
from webapp.installation import Installation

NEWS = "New job in their field:"


@pytest.fixture
def silent(kept: Installation, dana: Browser, ada: UUID, bob: UUID) -> None:
    """It is time to be in touch with Ada, a nurse, and with Bob, who carries no tag."""
    kept.recruiting.tag_candidate(command(dana), ada, ["nurse"])
    for person in (ada, bob):
        mail(kept, dana.id, person, "Hello", 100, "out")
        kept.recruiting.set_keep_in_touch(command(dana), person, Interval(30, 60))


def command(browser: Browser) -> Command:
    return Command(uuid4(), browser.id)


def opened(kept: Installation, by: Browser, title: str = "Staff nurse", tag: str = "nurse") -> UUID:
    job = kept.recruiting.open_job(command(by), JobDetails(title, "Leeds"), None, f"Client of {title}").streams[0]
    if tag:
        kept.recruiting.choose_job_criteria(command(by), job, JobCriteria((tag,)))
    kept.views.catch_up()
    return job


def test_a_job_that_fits_stands_beside_who_has_not_heard_of_it(
    kept: Installation, dana: Browser, ada: UUID, silent: None
) -> None:
    opened(kept, dana, "Buyer", "procurement")
    job = opened(kept, dana)
    opened(kept, dana, "Porter", "")

    page = dana.get("/").text

    assert page.count(NEWS) == 1
    assert f'{NEWS} <a href="/jobs/{job}/pitch/{ada}">Staff nurse, Client of Staff nurse</a>' in page


def test_a_job_that_is_nothing_for_them_is_left_out_and_the_next_one_told(
    kept: Installation, dana: Browser, ada: UUID, silent: None
) -> None:
    opened(kept, dana, "Night nurse")
    job = opened(kept, dana)

    answer = dana.htmx.post(f"/candidates/{ada}/jobs/{job}/not-for-them", {})

    assert "Left out." in answer.text
    assert "Client of Staff nurse" not in answer.text
    assert "Night nurse, Client of Night nurse" in answer.text
    assert (
        dana.post(f"/candidates/{ada}/jobs/{job}/not-for-them", {"whose": "everybody"}).location == "/?whose=everybody"
    )
    assert dana.post(f"/candidates/{ada}/jobs/{uuid4()}/not-for-them", {}).status_code == 404


def test_a_real_contact_since_or_a_place_on_its_board_ends_it(
    kept: Installation, dana: Browser, ada: UUID, bob: UUID, silent: None
) -> None:
    kept.recruiting.tag_candidate(command(dana), bob, ["nurse"])
    job = opened(kept, dana)
    assert dana.get("/").text.count(NEWS) == 2

    kept.recruiting.shortlist(command(dana), job, ada)
    kept.recruiting.note_never_tell(command(dana), bob, kept.views.jobs.job(job).client)
    kept.views.catch_up()
    assert NEWS not in dana.get("/").text

    later = opened(kept, dana, "Night nurse")
    assert dana.get("/").text.count(NEWS) == 2
    kept.recruiting.close_job(command(dana), later)
    kept.views.catch_up()
    assert NEWS not in dana.get("/").text


def test_what_they_want_may_name_it(kept: Installation, dana: Browser, bob: UUID, silent: None) -> None:
    wanted = PainPoint("want", "A job as theatre porter by the sea", kept.recruiting.log.now().date())
    kept.recruiting.note_pain(command(dana), bob, wanted)
    opened(kept, dana, "Porter (theatre)", "")

    assert "Porter (theatre), Client of Porter (theatre)</a>" in dana.get("/").text
