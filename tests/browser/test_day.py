"""A recruiter's Monday, at the desk and on the phone, with JavaScript and without: the same words, the same end."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from access import violations
from acts import act
from playwright.sync_api import BrowserContext, Page, expect

DESK, PHONE = (1280, 900), (390, 844)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_recruiters_monday(
    empty: Any, worker: Any, open_browser: Callable[..., BrowserContext], size: tuple[int, int], scripts: bool
) -> None:
    page = open_browser(empty, size, scripts=scripts).new_page()

    found_the_agency(page)
    invite_tom(page, scripts)
    paste_the_notes_of_last_week(page, scripts)
    add_a_candidate(page)
    write_down_a_call_and_a_promise(page, scripts)
    keep_the_promise_and_undo_it(page)
    agree_a_new_date(page)
    correct_the_note(page)
    leave_a_quick_note(page, scripts)
    keep_it_with_evidence(page)
    hand_a_promise_to_tom(page)
    move_an_entry_to_the_right_person(page, scripts)
    finish_today(page)
    choose_when_the_mail_comes(page)
    let_tom_leave(page, scripts)
    take_the_note_back(page)
    find_it_all_again(page, scripts)
    sign_out(page)


def in_days(days: int) -> str:
    """A date as a date field takes it."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def region(page: Page, name: str) -> Any:
    return page.get_by_role("region", name=name, exact=True)


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def place(page: Page, name: str) -> None:
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True)
    address = link.get_attribute("href")
    link.click()
    expect(page).to_have_url(address)


def menu(page: Page, name: str) -> None:
    page.locator("details.menu summary").click()
    page.locator("details.menu").get_by_role("link", name=name, exact=True).click()


def open_ada(page: Page) -> None:
    place(page, "Candidates")
    page.get_by_role("link", name="Ada Byron").click()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()


def open_promise(page: Page, words: str) -> None:
    open_ada(page)
    region(page, "Promises").get_by_role("link", name=words).click()
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def found_the_agency(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Agency name").fill("Harbour Staffing")
    page.get_by_label("Your name").fill("Olive Hart")
    page.get_by_label("E-mail").fill("olive@harbour.example")
    page.get_by_label("Password").fill("rather a long password")
    button(page, "Create agency").click()

    expect(page.get_by_role("heading", name="Harbour Staffing is ready")).to_be_visible()


def invite_tom(page: Page, scripts: bool) -> None:
    menu(page, "Team")
    page.get_by_label("Name", exact=True).fill("Tom Reed")
    page.get_by_label("E-mail").fill("tom@harbour.example")
    button(page, "Invite").click()

    expect(page.get_by_label("Send this link to Tom Reed")).to_have_value(re.compile("/join/"))
    expect(page.get_by_role("img", name="The link as a QR code")).to_be_visible()
    look(page, scripts)


def paste_the_notes_of_last_week(page: Page, scripts: bool) -> None:
    menu(page, "Import")
    page.get_by_label("Or paste").fill(
        "Bob Marsh, bob@marsh.example, drives a van\nCleo Day, cleo@day.example, wants York"
    )
    button(page, "Look at it").click()
    if not scripts:
        look_again_until(page, button(page, "Import 2 people and 2 notes"))
    expect(button(page, "Import 2 people and 2 notes")).to_be_visible()
    look(page, scripts)
    button(page, "Import 2 people and 2 notes").click()
    if not scripts:
        look_again_until(page, page.get_by_text("2 people added"))
    expect(page.get_by_text("2 people added")).to_be_visible()
    look(page, scripts)
    page.get_by_role("link", name="See all candidates").click()
    page.get_by_role("link", name="Bob Marsh").click()

    expect(region(page, "Timeline")).to_contain_text("drives a van")


def look(page: Page, scripts: bool) -> None:
    """Whether what has just come up is accessible; axe itself needs JavaScript."""
    if scripts:
        page.wait_for_load_state()
        assert violations(page) == []


def look_again_until(page: Page, there: Any) -> None:
    """Without JavaScript the page of a long work is asked for again by hand."""
    for _ in range(30):
        if there.count():
            return
        page.wait_for_timeout(300)
        page.reload()


def add_a_candidate(page: Page) -> None:
    place(page, "Candidates")
    page.get_by_text("Add candidate", exact=True).click()
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
    expect(page.get_by_role("radio", name="Bob Marsh")).to_have_count(0)
    page.get_by_role("radio", name="Ada Byron").check()
    page.locator("#promise").fill("Ring about parking")
    page.get_by_label("Due", exact=True).fill(in_days(0))
    button(page, "Save").click()

    expect(page.get_by_text("Saved for Ada Byron.")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("")


def keep_it_with_evidence(page: Page) -> None:
    open_ada(page)
    page.get_by_label("Channel").select_option("E-mail")
    page.get_by_label("Note", exact=True).fill("Sent her the plan of the wards.")
    page.locator("#promise").fill("Ask what she thinks of the wards")
    page.get_by_label("Due", exact=True).fill(in_days(4))
    button(page, "Save").click()
    expect(region(page, "Promises")).to_contain_text("Ask what she thinks of the wards")
    expect(page.get_by_label("Note", exact=True)).to_have_value("")
    page.get_by_label("Channel").select_option("E-mail")
    page.get_by_label("Direction").select_option("in")
    page.get_by_label("Note", exact=True).fill("Likes the wards.")
    page.get_by_label("Keeps a promise").select_option(index=3)
    button(page, "Save").click()

    expect(region(page, "Timeline")).to_contain_text(
        "Ada Byron confirmed that Ask what she thinks of the wards was kept"
    )


def hand_a_promise_to_tom(page: Page) -> None:
    open_promise(page, "Send the rate card")
    button(page, "Hand to…").click()
    page.get_by_label("Who keeps it from now on").select_option("Tom Reed")
    button(page, "Hand over").click()

    expect(page.locator("#promise .facts")).to_contain_text("Tom Reed")
    expect(region(page, "History")).to_contain_text("Olive Hart handed it to Tom Reed")


def move_an_entry_to_the_right_person(page: Page, scripts: bool) -> None:
    open_ada(page)
    page.get_by_label("Note", exact=True).fill("His van broke down.")
    button(page, "Save").click()
    entry = page.locator(".entry", has_text="His van broke down.")
    act(entry, "Wrong person?")
    page.get_by_label("Who is the right person?").fill("marsh")
    if not scripts:
        button(page, "Find").click()
    page.get_by_role("button", name="Move to Bob Marsh").click()

    expect(region(page, "Timeline")).to_contain_text(re.compile("moved (to Bob Marsh|here) by Olive Hart"))
    open_ada(page)
    expect(region(page, "Timeline")).to_contain_text("Bob Marsh")
    expect(page.get_by_text("His van broke down.")).to_have_count(0)
    place(page, "Candidates")
    page.get_by_role("link", name="Bob Marsh").click()
    expect(region(page, "Timeline").get_by_text("His van broke down.")).to_be_visible()


def finish_today(page: Page) -> None:
    place(page, "Today")
    expect(region(page, "Due today")).to_contain_text("Ring about parking")
    expect(page.get_by_text("People waiting on us: ")).to_be_visible()
    button(region(page, "Due today"), "Kept").click()

    expect(region(page, "Just now")).to_contain_text("Ring about parking")
    expect(region(page, "Due today")).to_contain_text("Nothing more is due today.")


def take_the_note_back(page: Page) -> None:
    open_ada(page)
    region(page, "Timeline").get_by_role("link", name="calls", exact=True).click()
    entry = page.locator(".entry", has_text="no weekends")
    entry.get_by_role("link", name="Retract", exact=True).click()
    page.get_by_label("Why is this taken back?").fill("It was another Ada")
    button(page, "Retract").click()

    expect(region(page, "Promises").locator(".promise.withdrawn")).to_contain_text("Send the rate card")
    open_ada(page)
    region(page, "Timeline").get_by_role("link", name="calls", exact=True).click()
    expect(region(page, "Timeline").get_by_text("taken back by Olive Hart")).to_be_visible()
    expect(page.get_by_text("no weekends")).to_have_count(0)


def find_it_all_again(page: Page, scripts: bool) -> None:
    place(page, "Today")
    page.get_by_role("searchbox", name="Search").press_sequentially("byro")
    if scripts:
        region(page, "Found at once").get_by_role("link", name="Ada Byron").click()
    else:
        page.keyboard.press("Enter")
        region(page, "People found").get_by_role("link", name="Ada Byron").click()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()
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


def choose_when_the_mail_comes(page: Page) -> None:
    menu(page, "Settings")
    page.get_by_label("The day’s mail").select_option("08:00")
    button(page, "Save").click()
    expect(page.get_by_text("Your settings are saved.")).to_be_visible()
    expect(page.get_by_label("The day’s mail")).to_have_value("08:00")
    page.get_by_label("Saturday").check()
    page.get_by_label("Silent after").fill("10")
    button(page, "Save for everybody").click()

    expect(page.get_by_text("The agency’s settings are saved.")).to_be_visible()
    expect(page.get_by_label("Silent after")).to_have_value("10")
    expect(page.get_by_label("Saturday")).to_be_checked()


def let_tom_leave(page: Page, scripts: bool) -> None:
    menu(page, "Team")
    page.locator("summary", has_text="Tom Reed").click()
    page.get_by_role("link", name=re.compile("Leaves.*Tom Reed")).click()
    expect(page.get_by_text("1 open promise")).to_be_visible()
    look(page, scripts)
    page.get_by_label("All of it to").select_option("Olive Hart")
    button(page, "Hand over").click()
    button(page, "Tom Reed leaves").click()

    expect(page.get_by_text("cannot sign in any more")).to_be_visible()
    open_promise(page, "Send the rate card")
    expect(page.locator("#promise .facts")).to_contain_text("Olive Hart")


def sign_out(page: Page) -> None:
    page.locator("details.menu summary").click()
    button(page, "Sign out").click()
    expect(button(page, "Sign in")).to_be_visible()
