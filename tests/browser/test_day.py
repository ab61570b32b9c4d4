"""A recruiter's whole day, at the desk and on the phone, with JavaScript and without: the same words, the same end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

DESK, PHONE = (1280, 900), (390, 844)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_recruiters_whole_day(
    empty: Any, open_browser: Callable[..., BrowserContext], size: tuple[int, int], scripts: bool
) -> None:
    page = open_browser(empty, size, scripts=scripts).new_page()

    found_the_agency(page)
    add_a_candidate(page)
    write_down_a_call_and_a_promise(page, scripts)
    keep_the_promise_and_undo_it(page)
    agree_a_new_date(page)
    correct_the_note(page)
    leave_a_quick_note(page, scripts)
    finish_today(page)
    take_the_note_back(page)
    find_it_all_again(page)
    sign_out(page)


def in_days(days: int) -> str:
    """A date as a date field takes it."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def region(page: Page, name: str) -> Any:
    return page.get_by_role("region", name=name, exact=True)


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def place(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()


def open_ada(page: Page) -> None:
    place(page, "Candidates")
    page.get_by_role("link", name="Ada Byron").click()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()


def found_the_agency(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Agency name").fill("Harbour Staffing")
    page.get_by_label("Your name").fill("Olive Hart")
    page.get_by_label("E-mail").fill("olive@harbour.example")
    page.get_by_label("Password").fill("rather a long password")
    button(page, "Create agency").click()

    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    expect(page.get_by_text("Nothing is promised yet.")).to_be_visible()


def add_a_candidate(page: Page) -> None:
    place(page, "Candidates")
    page.get_by_label("Name", exact=True).fill("Ada Byron")
    page.get_by_label("E-mail").fill("ada@byron.example")
    page.get_by_label("Phone").fill("0113 496 0000")
    page.get_by_label("Headline").fill("Staff nurse")
    page.get_by_label("Place").fill("Leeds")
    button(page, "Add").click()

    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()
    expect(page.get_by_role("link", name="0113 496 0000")).to_have_attribute("href", "tel:01134960000")


def write_down_a_call_and_a_promise(page: Page, scripts: bool) -> None:
    here = page.url
    if scripts:
        page.evaluate("window.stillHere = true")
    page.get_by_label("Note", exact=True).fill("She wants **no nights**.\nHas four weeks' notice.")
    page.get_by_label("Promise", exact=False).and_(page.locator("input#promise")).fill("Send the rate card")
    page.get_by_label("Due", exact=True).fill(in_days(3))
    button(page, "Save").click()

    expect(region(page, "Timeline").get_by_text("no nights")).to_be_visible()
    expect(region(page, "Promises").get_by_text("Send the rate card")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("")
    expect(page).to_have_url(here)
    if scripts:
        assert page.evaluate("window.stillHere"), "saving loaded the page anew"
        expect(page.get_by_label("Note", exact=True)).to_be_focused()
        expect(page.get_by_role("status").filter(has_text="Saved, with a promise due")).to_be_visible()


def keep_the_promise_and_undo_it(page: Page) -> None:
    promises = region(page, "Promises")
    button(promises, "Kept").click()
    expect(promises.locator(".promise.kept")).to_contain_text("Kept")
    expect(button(promises, "Kept")).to_have_count(0)

    button(promises, "Undo").click()
    expect(button(promises, "Kept")).to_be_visible()
    expect(region(page, "Timeline")).to_contain_text("took back the last move")


def agree_a_new_date(page: Page) -> None:
    button(region(page, "Promises"), "New date").click()
    page.get_by_label("Date", exact=True).fill(in_days(1))
    page.get_by_label("Reason").fill("She is away until then")
    button(page, "Set date").click()

    expect(page.get_by_text("date moved once")).to_be_visible()
    expect(page.get_by_text("Due tomorrow")).to_be_visible()
    open_ada(page)


def correct_the_note(page: Page) -> None:
    region(page, "Timeline").get_by_role("link", name="Correct", exact=True).click()
    page.get_by_label("Words").fill("She wants **no weekends**.")
    page.get_by_label("Why", exact=False).fill("Misheard")
    button(page, "Save correction").click()

    expect(region(page, "Timeline").get_by_text("no weekends")).to_be_visible()
    expect(region(page, "Timeline").get_by_text("no nights")).to_have_count(0)
    page.get_by_role("link", name="corrected · show").click()
    expect(page.get_by_text("no nights")).to_be_visible()
    expect(page.get_by_text("Misheard")).to_be_visible()


def leave_a_quick_note(page: Page, scripts: bool) -> None:
    place(page, "Note")
    expect(page.get_by_role("radio", name="Ada Byron")).to_be_checked()  # her page was opened a moment ago
    page.get_by_label("Note", exact=True).fill("Met her in the car park.")
    page.get_by_label("Candidate", exact=True).press_sequentially("byr")
    if not scripts:
        button(page, "Find").click()
        expect(page.get_by_label("Note", exact=True)).to_have_value("Met her in the car park.")
    page.get_by_role("radio", name="Ada Byron").check()
    page.locator("#promise").fill("Ring about parking")
    page.get_by_label("Due", exact=True).fill(in_days(0))
    button(page, "Save").click()

    expect(page.get_by_text("Saved for Ada Byron.")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("")


def finish_today(page: Page) -> None:
    place(page, "Today")
    expect(region(page, "Due today")).to_contain_text("Ring about parking")
    expect(region(page, "Coming up")).to_contain_text("Send the rate card")
    button(region(page, "Due today"), "Kept").click()

    expect(region(page, "Just now")).to_contain_text("Ring about parking")
    expect(region(page, "Due today")).to_contain_text("Nothing more is due today.")


def take_the_note_back(page: Page) -> None:
    open_ada(page)
    entry = page.locator(".entry", has_text="no weekends")
    entry.get_by_role("link", name="Retract", exact=True).click()
    page.get_by_label("Why is this taken back?").fill("It was another Ada")
    button(page, "Retract").click()

    expect(region(page, "Timeline").get_by_text("taken back by Olive Hart")).to_be_visible()
    expect(page.get_by_text("no weekends")).to_have_count(0)
    expect(region(page, "Promises").locator(".promise.withdrawn")).to_contain_text("Send the rate card")


def find_it_all_again(page: Page) -> None:
    place(page, "Candidates")
    page.get_by_label("Search candidates and notes").fill("parking")
    page.keyboard.press("Enter")
    expect(region(page, "Words found")).to_contain_text("Ring about parking")
    place(page, "Promises")
    page.get_by_label("Status").select_option("Kept")
    button(page, "Show").click()
    expect(page.locator("#ledger")).to_contain_text("Ring about parking")
    expect(page.locator("#ledger")).not_to_contain_text("Send the rate card")
    page.get_by_role("link", name="Ring about parking").click()
    expect(region(page, "History")).to_contain_text("Olive Hart kept it")


def sign_out(page: Page) -> None:
    page.locator("details.menu summary").click()
    button(page, "Sign out").click()
    expect(button(page, "Sign in")).to_be_visible()
