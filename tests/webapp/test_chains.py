"""Chains on the web: what waits for what, the date proposed when the first slips, and telling all who wait."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.candidate import Details
from domain.command import Command
from domain.due import Due
from domain.job import JobDetails
from domain.promise import NewPromise
from domain.submission import Submission
from webapp.hours import next_working_day, working_days_after, working_days_since
from webapp.installation import Installation

ZONE = "Europe/London"


def by(browser: Browser) -> Command:
    return Command(uuid4(), browser.id)


def day(kept: Installation, number: int) -> date:
    """The so-many-th working day from today."""
    return working_days_after(kept.recruiting.log.now().date(), number, kept.views.team.agency())


def said(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


def promise(kept: Installation, who: Browser, to: UUID, words: str, on: date, **more: Any) -> UUID:
    made = NewPromise(words, Due(on, None, ZONE), who.id, **more)
    return kept.recruiting.make_promise(by(who), to, made).streams[0]


@pytest.fixture
def ward(kept: Installation, dana: Browser, ada: UUID, bob: UUID) -> UUID:
    """St Hilda looks for a ward sister; Ada was sent there, Bob is shortlisted."""
    job = kept.recruiting.open_job(by(dana), JobDetails("Ward sister"), None, "St Hilda").streams[0]
    kept.recruiting.shortlist(by(dana), job, bob)
    kept.recruiting.shortlist(by(dana), job, ada)
    kept.recruiting.move_submission(by(dana), Submission.of(ada, job), "sent to client", told="call", words="Sent.")
    kept.recruiting.change_details(by(dana), bob, Details("Bob Marsh", emails=("bob@marsh.example",)))
    kept.views.catch_up()
    return job


@pytest.fixture
def chain(kept: Installation, dana: Browser, ada: UUID, ward: UUID) -> tuple[UUID, UUID]:
    """Priya at St Hilda owes us the rate in two days, we owe it to Ada in three."""
    priya = kept.recruiting.add_contact(by(dana), "Priya", "St Hilda").streams[0]
    first = promise(kept, dana, ada, "Send the rate", day(kept, 2), made_by="contact", contact=priya, job=ward)
    second = promise(kept, dana, ada, "Ring with the rate", day(kept, 3), waits_for=first)
    kept.views.catch_up()
    return first, second


def slip(kept: Installation, dana: Browser, first: UUID, on: date) -> None:
    kept.recruiting.renegotiate_promise(by(dana), first, Due(on, None, ZONE))
    kept.views.catch_up()


def row(kept: Installation, id: UUID) -> Any:
    return kept.views.promises.promise(id)


def hidden(html: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', html)[1]  # type: ignore[index]


# How much somebody holds open


def test_beside_the_promise_stands_how_many_its_keeper_holds_open(
    kept: Installation, dana: Browser, tom: Browser, ada: UUID
) -> None:
    assert "keeps 1 open" not in dana.get(f"/candidates/{ada}").text
    promise(kept, dana, ada, "Ring", day(kept, 1))
    promise(kept, dana, ada, "Write", kept.recruiting.log.now().date() - timedelta(days=3))
    kept.views.catch_up()

    held = dana.htmx.get(f"/promises/held?who={dana.id}&due={day(kept, 1)}").text

    assert "Dana keeps 2 open, 1 of them due that day, 1 overdue." in held
    for page in (f"/candidates/{ada}", f"/note?candidate={ada}"):
        assert "Dana keeps 2 open, 1 overdue." in dana.get(page).text
    for nothing in (f"who={tom.id}", "who=candidate", "who=%F0%9F%98%80", f"due={'x' * 10_000}"):
        assert dana.get(f"/promises/held?{nothing}").text.strip() == ""


# One waits for another


def test_a_promise_is_made_to_wait_for_what_a_client_owes(
    kept: Installation, dana: Browser, ada: UUID, chain: tuple[UUID, UUID]
) -> None:
    first, _ = chain
    assert "Priya at St Hilda: Send the rate" in dana.get(f"/candidates/{ada}").text
    form = {"promise": "Say when", "due": day(kept, 4).isoformat(), "who": str(dana.id), "waits_for": str(first)}

    answer = dana.post(f"/candidates/{ada}/promises", form)

    assert answer.status_code == 303
    made = next(row for row in kept.views.promises.of(ada) if row.words == "Say when")
    assert made.waits_for == first
    page = dana.get(f"/promises/{made.id}").text
    assert "waits for Priya at St Hilda" in page
    assert "waits for it, and 1 more" in dana.get(f"/promises/{first}").text
    wrong = dana.post(f"/candidates/{ada}/promises", {**form, "waits_for": str(uuid4())})
    assert wrong.status_code == 422
    assert "Choose what it waits for from the list." in wrong.text


def test_what_a_client_promises_is_about_the_job_that_somebody_stands_for_there(
    kept: Installation, dana: Browser, ada: UUID, ward: UUID
) -> None:
    form = {"promise": "Send the rate", "due": day(kept, 2).isoformat(), "who": "contact"}
    dana.post(f"/candidates/{ada}/promises", {**form, "contact": "Priya", "contact_works_at": "St Hilda Ltd"})

    (made,) = kept.views.promises.about([ward])
    assert (made.words, made.party) == ("Send the rate", "contact")


# The first slips


@pytest.mark.parametrize("htmx", [False, True])
def test_one_tap_moves_the_second_by_the_same_gap_when_the_first_slips(
    kept: Installation, dana: Browser, tom: Browser, chain: tuple[UUID, UUID], htmx: bool
) -> None:
    first, second = chain
    assert "Dates to move" not in dana.get("/").text
    slip(kept, dana, first, day(kept, 5))
    line = f"Priya at St Hilda moved “Send the rate” to {said(day(kept, 5))}."
    today = dana.get("/").text
    assert line in today
    assert "Dates to move" not in tom.get("/").text
    assert line in tom.get(f"/promises/{second}").text

    chained = today[today.index('id="chain-') :]
    form = {name: hidden(chained, name) for name in ("command", "seen", "due", "due_at", "why", "shown_on")}
    browser = dana.htmx if htmx else dana
    answers = [browser.post(f"/promises/{second}/dates", {**form, "told": "no"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200 if htmx else 303] * 2
    moved = row(kept, second)
    assert (moved.due_on, moved.why, moved.moved, moved.told) == (day(kept, 6), "client slipped", 1, False)
    assert "Dates to move" not in dana.get("/").text
    assert "not told yet" in dana.get(f"/promises/{second}").text
    told = dana.post(f"/promises/{second}/told", {"how": "call", "seen": str(moved.changed)})
    assert told.status_code == 303
    assert row(kept, second).told is True
    assert "told them of the new date" in dana.get(f"/promises/{second}").text


def test_the_date_may_stand_and_is_not_asked_about_again(
    kept: Installation, dana: Browser, chain: tuple[UUID, UUID]
) -> None:
    first, second = chain
    slip(kept, dana, first, day(kept, 5))
    form = {"seen": str(row(kept, second).changed), "slip": "moved", "shown_on": "today"}

    assert dana.htmx.post(f"/promises/{second}/date-kept", form).status_code == 200

    assert "Dates to move" not in dana.get("/").text
    assert "kept the date of it, although what it waits for moved" in dana.get(f"/promises/{second}").text
    slip(kept, dana, first, day(kept, 6))
    assert f"to {said(day(kept, 7))}" in re.sub("<[^>]*>", "", dana.get("/").text)


def test_a_broken_first_lets_the_second_move_too(kept: Installation, dana: Browser, chain: tuple[UUID, UUID]) -> None:
    first, second = chain
    kept.recruiting.renegotiate_promise(by(dana), second, Due(day(kept, 1), None, ZONE))
    kept.recruiting.break_promise(by(dana), first, "client slipped")
    kept.views.catch_up()

    page = dana.get(f"/promises/{second}").text

    assert "Priya at St Hilda did not keep “Send the rate”." in page
    assert f"Move to {said(day(kept, 3))}" in page  # it was due two days from now, and begins again


def test_gaps_are_counted_in_working_days(kept: Installation, dana: Browser) -> None:
    agency = kept.views.team.agency()
    thursday, friday, monday = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)

    assert working_days_since(thursday, friday, agency) == working_days_since(friday, monday, agency) == 1
    assert working_days_after(friday, 2, agency) == date(2026, 12, 1)
    assert working_days_after(date(2026, 11, 28), 0, agency) == next_working_day(friday, agency) == monday


# Tell all


def waits_on(html: str) -> list[str]:
    return re.findall(r'name="promise" value="([^"]*)"', html)


@pytest.mark.parametrize("htmx", [False, True])
def test_one_press_moves_everybody_who_waits_and_says_whom_to_call_and_whom_to_write(
    kept: Installation, dana: Browser, tom: Browser, aude: Browser, ada: UUID, bob: UUID, ward: UUID, chain, htmx: bool
) -> None:
    _, second = chain
    cara = kept.recruiting.add_candidate(by(dana), "Cara Lane").streams[0]
    others = [promise(kept, dana, whom, "Say where it stands", day(kept, 1), job=ward) for whom in (bob, cara)]
    kept.recruiting.change_details(by(dana), ada, Details("Ada Byron", phones=("0113 496 0011",)))
    kept.views.catch_up()
    here, browser = f"/jobs/{ward}/waiting", dana.htmx if htmx else dana
    page = dana.get(here).text
    assert {one.split()[0] for one in waits_on(page)} == {str(second), *map(str, others)}
    assert "St Hilda owes us" in page
    form = {
        "command": str(uuid4()),
        "promise": waits_on(page),
        "due": day(kept, 6).isoformat(),
        "why": "client slipped",
    }

    answers = [browser.post(f"{here}/dates", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200 if htmx else 303] * 2
    assert [(row(kept, id).due_on, row(kept, id).moved) for id in (second, *others)] == [(day(kept, 6), 1)] * 3
    page = tom.get(here).text
    call, write, neither = (
        page[page.index(f'aria-label="{name}"') :].split("</section>")[0]
        for name in ("To call", "To write to", "Cannot be told")
    )
    assert "Ada Byron" in call
    assert "stands at “sent to client”" in call
    assert "Bob Marsh" in write
    assert "Say where it stands" in write
    assert f"The new date is {said(day(kept, 6))}" in write
    assert "Cara Lane" in neither
    assert "We know no way to reach them." in neither
    assert "Told by phone" not in aude.get(here).text
    toms = tom.post(f"{here}/dates", {**form, "command": str(uuid4()), "due": day(kept, 8).isoformat()})
    assert toms.status_code == 409
    assert "Dana changed this at" in toms.text
    tapped = {"told": str(second), "seen": str(row(kept, second).changed), "how": "call"}
    assert browser.post(f"{here}/told", tapped).status_code == (200 if htmx else 303)
    page = dana.get(here).text
    assert 'aria-label="To call"' not in page
    assert 'aria-label="To write to"' in page


def test_what_is_wrong_with_the_form_stands_beside_it_and_the_words_stay(
    kept: Installation, dana: Browser, ward: UUID, chain: tuple[UUID, UUID]
) -> None:
    _, second = chain
    here, ticked = f"/jobs/{ward}/waiting/dates", f"{second} 1"

    for form, sentence in (
        ({"promise": ticked, "why": "<script>"}, "Say by when."),
        ({"promise": ticked, "due": "31 Feb", "why": "<script>"}, "31 Feb"),
        ({"due": day(kept, 6).isoformat(), "why": "<script>"}, "Tick at least one promise."),
        ({"promise": "😀", "due": "fri", "why": "<script>"}, "Tick at least one promise."),
        ({"promise": ticked, "due": day(kept, 6).isoformat(), "why": "<script>" * 1_250}, "This is too long"),
    ):
        answer = dana.post(here, form)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "&lt;script&gt;" in answer.text
    assert row(kept, second).moved == 0
