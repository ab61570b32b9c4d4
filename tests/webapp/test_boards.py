"""Jobs, clients and boards: opened, shown, and closed again."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from cast import Browser
from sqlalchemy import Engine, event

from domain.command import Command
from domain.job import JobDetails
from webapp.installation import Installation

NOBODY = UUID(int=4)


@pytest.fixture
def ward(kept: Installation, dana: Browser) -> UUID:
    opened = kept.recruiting.open_job(Command(uuid4(), dana.id), JobDetails("Ward sister", "York"), None, "St Hilda")
    kept.views.catch_up()
    return opened.streams[0]


@pytest.fixture
def hilda(kept: Installation, ward: UUID) -> UUID:
    return kept.views.jobs.job(ward).client


def seen(kept: Installation, job: UUID) -> int:
    return kept.views.jobs.job(job).changed


def section(page: str, name: str) -> str:
    """One column of a board."""
    found = re.search(rf'<section data-stage="{name}".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


# All jobs


def test_jobs_stand_in_the_navigation_and_an_empty_page_says_what_it_is_for(dana: Browser) -> None:
    page = dana.get("/jobs").text

    assert re.search(r'href="/jobs" aria-current="page"', page)
    assert "No open jobs." in page
    assert "Open a job" in page


def test_a_job_is_opened_at_a_new_client_and_then_at_the_same(kept: Installation, dana: Browser) -> None:
    first = dana.post("/jobs", {"client": "St. Hilda Ltd", "title": "Ward sister", "place": "York", "pay": "£24"})
    again = dana.post("/jobs", {"client": "st hilda", "title": "Porter"})

    assert first.status_code == again.status_code == 303
    page = dana.get("/jobs").text
    assert [client.name for client in kept.views.jobs.clients()] == ["St. Hilda Ltd"]
    assert "St. Hilda Ltd · York · £24" in page
    assert page.index("Porter") < page.index("Ward sister")
    assert "Ward sister" in dana.get(first.location).text


def test_htmx_is_led_to_the_new_board(dana: Browser) -> None:
    answer = dana.htmx.post("/jobs", {"client": "St Hilda", "title": "Ward sister"})

    assert answer.headers["HX-Redirect"].startswith("/jobs/")


def test_a_job_without_a_title_is_refused_with_every_word_kept(kept: Installation, dana: Browser) -> None:
    answer = dana.post("/jobs", {"client": "St Hilda", "title": " ", "pay": "£24 an hour"})

    assert answer.status_code == 422
    assert "Say what the job is called." in answer.text
    assert 'value="£24 an hour"' in answer.text
    assert kept.views.jobs.clients() == []


def test_jobs_say_how_many_stand_at_each_stage(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID, bob: UUID
) -> None:
    for person in (ada, bob):
        dana.post(f"/jobs/{ward}/submissions", {"candidate": str(person)})

    assert "Shortlisted 2" in dana.get("/jobs").text


def test_many_jobs_come_page_after_page(kept: Installation, dana: Browser, ward: UUID, hilda: UUID) -> None:
    for number in range(51):
        kept.recruiting.open_job(Command(uuid4(), dana.id), JobDetails(f"Porter {number}"), hilda)
    kept.views.catch_up()

    page = dana.get("/jobs").text
    further = re.search(r'href="(/jobs\?before=\d+)"', page)

    assert further
    assert "Ward sister" not in page
    assert "Ward sister" in dana.get(further[1]).text
    assert dana.get("/jobs?before=x").status_code == 200


def test_a_client_is_added_once(kept: Installation, dana: Browser) -> None:
    dana.post("/clients", {"client": "Tidal Works", "website": "https://tidal.example"})
    again = dana.post("/clients", {"client": "TIDAL WORKS plc"})

    assert again.status_code == 422
    assert "Tidal Works is a client already." in again.text
    assert "tidal.example" in dana.get("/jobs").text


def test_clients_are_offered_while_their_name_is_typed(dana: Browser, ward: UUID) -> None:
    assert '<option value="St Hilda">' in dana.get("/clients/names?client=st").text
    assert "option" not in dana.get("/clients/names?client=x").text


# One job


def test_a_board_has_a_column_for_each_stage(dana: Browser, ward: UUID) -> None:
    page = dana.get(f"/jobs/{ward}").text

    assert re.findall(r'<section data-stage="([^"]+)"', page) == [
        *("shortlisted", "sent to client", "interview", "second interview", "offer", "placed"),
    ]
    assert "board.js" in page
    assert "board.js" not in dana.get("/jobs").text


def test_somebody_is_found_by_name_and_put_on_the_board(dana: Browser, ward: UUID, ada: UUID, bob: UUID) -> None:
    found = dana.get(f"/jobs/{ward}?q=byron").text
    assert "Put Ada <mark>Byron</mark> on the board" in found
    assert "Bob" not in found

    answer = dana.post(f"/jobs/{ward}/submissions", {"candidate": str(ada)})

    assert answer.location == f"/jobs/{ward}"
    board = dana.get(f"/jobs/{ward}?q=byron").text
    assert "Ada Byron" in section(board, "shortlisted")
    assert "Nobody else is called “byron”." in board


def test_htmx_gets_the_people_found_alone(dana: Browser, ward: UUID, ada: UUID) -> None:
    found = dana.htmx.get(f"/jobs/{ward}?q=byron").text

    assert found.lstrip().startswith('<form id="found"')


def test_who_is_on_the_board_already_is_refused_in_place(dana: Browser, ward: UUID, ada: UUID) -> None:
    dana.post(f"/jobs/{ward}/submissions", {"candidate": str(ada)})

    again = dana.htmx.post(f"/jobs/{ward}/submissions", {"candidate": str(ada)})

    assert again.status_code == 422
    assert "This person is on the board of this job already." in again.text
    assert again.text.lstrip().startswith('<div id="job"')


@pytest.mark.parametrize("whom", ["", "x", str(NOBODY)])
def test_nobody_is_put_on_a_board_by_a_form_that_names_nobody(dana: Browser, ward: UUID, whom: str) -> None:
    answer = dana.post(f"/jobs/{ward}/submissions", {"candidate": whom})

    assert answer.status_code == 422
    assert "Choose somebody from the list." in answer.text


def test_a_job_is_changed_and_one_who_was_slower_keeps_the_words(
    kept: Installation, dana: Browser, tom: Browser, ward: UUID
) -> None:
    before = seen(kept, ward)
    form = dana.get(f"/jobs/{ward}/details").text
    assert 'value="Ward sister"' in form

    dana.post(f"/jobs/{ward}/details", {"title": "Ward manager", "seen": before})
    slower = tom.post(f"/jobs/{ward}/details", {"title": "Ward boss", "seen": before})

    assert slower.status_code == 409
    assert "Dana changed this at" in slower.text
    assert 'value="Ward boss"' in slower.text
    assert kept.views.jobs.job(ward).title == "Ward manager"


def test_a_job_is_filled_and_opened_again(kept: Installation, dana: Browser, ward: UUID, ada: UUID) -> None:
    dana.post(f"/jobs/{ward}/submissions", {"candidate": str(ada)})
    dana.post(f"/jobs/{ward}/filled", {"seen": seen(kept, ward)})

    board = dana.get(f"/jobs/{ward}").text
    assert "<strong>filled</strong> by Dana" in board
    assert "Ada Byron" in board
    assert "Who could it be?" not in board
    assert "Ward sister" not in section_of_jobs(dana)

    twice = dana.post(f"/jobs/{ward}/closed", {"seen": seen(kept, ward)})
    assert twice.status_code == 422
    assert "This job is filled." in twice.text

    dana.post(f"/jobs/{ward}/reopened", {"seen": seen(kept, ward)})
    assert "Ward sister" in section_of_jobs(dana)


def section_of_jobs(browser: Browser) -> str:
    return browser.get("/jobs").text.partition('aria-label="Clients"')[0]


# One client


def test_a_client_shows_its_jobs_and_is_changed(kept: Installation, dana: Browser, ward: UUID, hilda: UUID) -> None:
    page = dana.get(f"/clients/{hilda}").text
    assert "Ward sister" in page

    changed = {"client": "St Hilda Trust", "website": "https://hilda.example", "seen": 1}
    answer = dana.htmx.post(f"/clients/{hilda}/details", changed)

    assert answer.status_code == 200
    assert "St Hilda Trust" in answer.text
    assert "hilda.example" in answer.text


def test_a_client_is_off_limits_for_a_reason(kept: Installation, dana: Browser, ward: UUID, hilda: UUID) -> None:
    form = {"off_limits": "1", "why": "", "seen": 1}
    refused = dana.post(f"/clients/{hilda}/off-limits", form)
    assert refused.status_code == 422
    assert "Say why its people are off limits." in refused.text
    assert 'name="off_limits" value="1" checked' in refused.text

    dana.post(f"/clients/{hilda}/off-limits", {**form, "why": "in their contract"})

    assert "off limits: in their contract" in dana.get("/jobs").text
    assert "Off limits: in their contract." in dana.get(f"/clients/{hilda}").text
    dana.post(f"/clients/{hilda}/off-limits", {"why": "in their contract", "seen": 2})
    assert "off limits: " not in dana.get("/jobs").text


# Who may


def test_an_auditor_reads_boards_and_changes_nothing(
    kept: Installation, aude: Browser, dana: Browser, ward: UUID, hilda: UUID, ada: UUID
) -> None:
    dana.post(f"/jobs/{ward}/submissions", {"candidate": str(ada)})
    for page in ("/jobs", f"/jobs/{ward}", f"/clients/{hilda}"):
        answer = aude.get(page)
        assert answer.status_code == 200
        assert 'method="post"' not in answer.text.replace('method="post" action="/logout"', "")
    for address in ("/jobs", "/clients", f"/jobs/{ward}/filled", f"/clients/{hilda}/off-limits"):
        assert aude.post(address).status_code == 403
    assert aude.get(f"/jobs/{ward}/details").status_code == 403


def test_a_stranger_is_turned_away_and_what_is_not_there_is_not_found(client: Browser, dana: Browser) -> None:
    assert client.get("/jobs").location.startswith("/login")
    for address in (f"/jobs/{NOBODY}", f"/jobs/{NOBODY}/details", f"/clients/{NOBODY}"):
        assert dana.get(address).status_code == 404
    for address in (f"/jobs/{NOBODY}/submissions", f"/jobs/{NOBODY}/filled", f"/clients/{NOBODY}/off-limits"):
        assert dana.post(address).status_code == 404


# What it costs


def test_a_full_board_asks_as_many_questions_as_an_empty_one(kept: Installation, dana: Browser, ward: UUID) -> None:
    def asked(address: str) -> int:
        statements: list[str] = []

        def count(connection, cursor, statement, *_) -> None:  # type: ignore[no-untyped-def]
            statements.append(statement)

        event.listen(Engine, "before_cursor_execute", count)
        try:
            assert dana.get(address).status_code == 200
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        return len(statements)

    def shortlisted(name: str) -> None:
        by = Command(uuid4(), dana.id)
        somebody = kept.recruiting.add_candidate(by, name).streams[0]
        kept.recruiting.shortlist(Command(uuid4(), dana.id), ward, somebody)
        kept.views.catch_up()

    shortlisted("Eva Quist")
    dana.get(f"/jobs/{ward}")
    few = [asked(address) for address in (f"/jobs/{ward}", "/jobs")]
    for number in range(20):
        shortlisted(f"Eva {number}")

    assert [asked(address) for address in (f"/jobs/{ward}", "/jobs")] == few
