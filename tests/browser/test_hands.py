"""What hands do to a page: click twice, go back, keep two tabs open, stay away over lunch, use the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from saying import note, promise

from domain.command import Command

DESK, PHONE = (1280, 900), (390, 844)
AsDana = Callable[..., Page]


@pytest.fixture
def ada(cast: Any) -> UUID:
    return UUID(str(cast.candidate()))


def in_days(days: int) -> str:
    """A date as a date field takes it."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def region(page: Page, name: str) -> Any:
    return page.get_by_role("region", name=name, exact=True)


def write(page: Page, words: str) -> None:
    page.get_by_label("Note", exact=True).fill(words)


def save(page: Page) -> Any:
    return page.get_by_role("button", name="Save", exact=True)


def touchpoints(cast: Any, candidate: UUID) -> list[str]:
    cast.kept.views.catch_up()
    return [row.words for row in cast.kept.views.timeline.of(candidate) if row.kind == "touchpoint"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_double_click_records_once(cast: Any, as_dana: AsDana, ada: UUID, scripts: bool) -> None:
    page = as_dana(scripts=scripts)
    page.goto(f"/candidates/{ada}")
    write(page, "said once")
    page.locator("#promise").fill("Ring once")
    page.get_by_label("Due", exact=True).fill(in_days(2))

    save(page).dblclick()
    expect(region(page, "Timeline").get_by_text("said once")).to_be_visible()
    page.reload()
    region(page, "Promises").get_by_role("button", name="Kept", exact=True).dblclick()
    expect(region(page, "Promises").locator(".promise.kept")).to_be_visible()

    assert touchpoints(cast, ada) == ["said once"]
    (made,) = cast.kept.views.promises.of(ada)
    assert [step.what for step in cast.kept.views.promises.history(made.id)] == ["made", "kept"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_going_back_after_saving_and_saving_again_records_once(
    cast: Any, as_dana: AsDana, ada: UUID, scripts: bool
) -> None:
    page = as_dana(scripts=scripts)
    page.goto("/candidates")
    page.goto(f"/candidates/{ada}")
    write(page, "said once")
    save(page).click()
    expect(region(page, "Timeline").get_by_text("said once")).to_be_visible()

    page.go_back()
    page.go_forward()
    page.reload()

    expect(region(page, "Timeline").get_by_text("said once")).to_have_count(1)
    assert touchpoints(cast, ada) == ["said once"]


def test_back_from_a_candidate_shows_the_search_again(as_dana: AsDana, ada: UUID) -> None:
    page = as_dana()
    page.goto("/candidates")
    page.get_by_label("Search candidates and notes").press_sequentially("byron")
    region(page, "People found").get_by_role("link", name="Ada Byron").first.click()
    expect(region(page, "Timeline")).to_be_visible()

    page.go_back()

    expect(page.get_by_label("Search candidates and notes")).to_have_value("byron")
    expect(region(page, "People found")).to_contain_text("Ada Byron")
    expect(page.get_by_role("navigation", name="Main")).to_have_count(1)


def test_of_two_tabs_the_later_hears_that_the_other_was_faster(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    promise(cast.kept, cast.dana, ada, "Send the rate card")
    page = as_dana()
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"/candidates/{ada}")
    write(other, "half a thought")
    region(page, "Promises").get_by_role("button", name="Kept", exact=True).click()
    expect(region(page, "Promises").locator(".promise.kept")).to_be_visible()

    region(other, "Promises").get_by_role("button", name="Kept", exact=True).click()

    expect(region(other, "Promises").get_by_role("alert")).to_contain_text("Dana changed this at")
    expect(region(other, "Promises").locator(".promise.kept")).to_be_visible()
    expect(other.get_by_label("Note", exact=True)).to_have_value("half a thought")


def test_notes_from_two_tabs_are_both_kept(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana()
    other = page.context.new_page()
    for tab, words in ((page, "from one tab"), (other, "from the other")):
        tab.goto(f"/candidates/{ada}")
        write(tab, words)
    for tab in (page, other):
        save(tab).click()
        expect(tab.get_by_label("Note", exact=True)).to_have_value("")

    expect(region(other, "Timeline")).to_contain_text("from one tab")
    assert sorted(touchpoints(cast, ada)) == ["from one tab", "from the other"]


def test_a_correction_keeps_its_words_when_a_colleague_was_faster(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    entry = note(cast.kept, cast.dana, ada, "she earns 30")
    page = as_dana()
    page.goto(f"/candidates/{ada}")
    page.get_by_role("link", name="Correct", exact=True).click()
    page.get_by_label("Words").fill("she earns 36")
    cast.kept.recruiting.correct_touchpoint(Command(uuid4(), cast.tom), entry, "she earns 35", "", 1)

    page.get_by_role("button", name="Save correction").click()

    expect(page.get_by_role("alert")).to_contain_text("Tom changed this at")
    expect(page.get_by_label("Words")).to_have_value("she earns 36")
    page.get_by_role("button", name="Save correction").click()
    expect(region(page, "Timeline").get_by_text("she earns 36")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_count(0)


def test_a_lost_session_leads_to_the_sign_in_and_back_and_the_note_is_still_there(
    cast: Any, as_dana: AsDana, ada: UUID
) -> None:
    page = as_dana()
    page.goto(f"/candidates/{ada}")
    write(page, "written before lunch")
    page.context.clear_cookies()

    save(page).click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.get_by_label("E-mail").fill("dana@harbour.example")
    page.get_by_label("Password").fill("rather a long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("written before lunch")
    save(page).click()

    expect(region(page, "Timeline").get_by_text("written before lunch")).to_be_visible()
    assert touchpoints(cast, ada) == ["written before lunch"]


def test_what_is_typed_survives_a_move_beside_it(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    promise(cast.kept, cast.dana, ada, "Send the rate card")
    promise(cast.kept, cast.dana, ada, "Ring about parking")
    note(cast.kept, cast.dana, ada, "an entry")
    page = as_dana()
    page.goto(f"/candidates/{ada}")
    rows = region(page, "Promises").locator(".promise")
    write(page, "half a note")
    page.get_by_role("link", name="Correct", exact=True).click()
    page.get_by_label("Words").fill("half a correction")
    rows.nth(1).get_by_role("button", name="New date").click()
    page.get_by_label("Reason").fill("half a reason")

    rows.nth(0).get_by_role("button", name="Kept", exact=True).click()
    expect(region(page, "Promises").locator(".promise.kept")).to_be_visible()

    expect(page.get_by_label("Note", exact=True)).to_have_value("half a note")
    expect(page.get_by_label("Words")).to_have_value("half a correction")
    expect(page.get_by_label("Reason")).to_have_value("half a reason")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()


def test_a_refusal_in_place_and_its_mending(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(PHONE)
    page.goto(f"/candidates/{ada}")
    write(page, "She may move to York")
    page.locator("#promise").fill("Ask about York")
    save(page).click()

    expect(page.get_by_text("Say by when.")).to_be_visible()
    expect(page.get_by_label("Due", exact=True)).to_be_focused()
    expect(page.get_by_label("Note", exact=True)).to_have_value("She may move to York")
    page.get_by_label("Due", exact=True).fill(in_days(2))
    save(page).click()

    expect(region(page, "Promises")).to_contain_text("Ask about York")
    expect(page.get_by_text("Say by when.")).to_have_count(0)


def test_a_refused_new_date_can_be_mended_twice(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    promise(cast.kept, cast.dana, ada, "Send the rate card")
    page = as_dana()
    page.goto(f"/candidates/{ada}")
    region(page, "Promises").get_by_role("button", name="New date").click()

    for sentence, on in (("more than a year ago", "2001-01-01"), ("five years away", "2099-01-01")):
        page.get_by_label("Date", exact=True).fill(on)
        page.get_by_role("button", name="Set date").click()
        expect(page.get_by_text(sentence)).to_be_visible()
    page.get_by_label("Date", exact=True).fill(in_days(9))
    page.get_by_role("button", name="Set date").click()

    expect(page.get_by_text("date moved once")).to_be_visible()
    expect(page.get_by_role("button", name="Set date")).to_have_count(0)


def test_more_of_the_timeline_comes_in_place(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    for number in range(45):
        note(cast.kept, cast.dana, ada, f"number {number:02}")
    page = as_dana()
    page.goto(f"/candidates/{ada}")
    entries = region(page, "Timeline").locator(".entry")

    expect(entries).to_have_count(15)
    for so_many in (30, 45):
        page.mouse.wheel(0, 9_000)
        expect(entries).to_have_count(so_many)

    expect(page.get_by_role("link", name="More", exact=True)).to_have_count(0)
    expect(region(page, "Timeline").get_by_text("number 00")).to_have_count(1)


def test_keys_reach_the_search_and_the_note(as_dana: AsDana, ada: UUID) -> None:
    page = as_dana()
    page.goto(f"/candidates/{ada}")

    page.keyboard.press("n")
    expect(page.get_by_label("Note", exact=True)).to_be_focused()
    page.keyboard.type("n/?jk")
    expect(page.get_by_label("Note", exact=True)).to_have_value("n/?jk")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.goto("/promises")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Quick note")).to_be_visible()


def test_j_and_k_walk_through_the_lines_and_enter_opens_one(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    for number in range(3):
        promise(cast.kept, cast.dana, ada, f"Ring time {number}", number)
    note(cast.kept, cast.dana, ada, "an entry")
    page = as_dana()
    page.goto(f"/candidates/{ada}")
    rows = page.locator("main .rows > li:visible")

    for key, line in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        expect(rows.nth(line)).to_be_focused()
    assert rows.nth(1).evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(rows.nth(1).get_by_role("button", name="Kept", exact=True)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Ring time 0")).to_be_visible()
    page.go_back()
    page.get_by_text("an entry", exact=True).wait_for()
    for _ in range(9):
        page.keyboard.press("j")
    expect(rows.last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/touchpoints/|/promises/"))


def test_the_help_unfolds_over_the_page_and_leaves_the_note_alone(as_dana: AsDana, ada: UUID) -> None:
    page = as_dana()
    page.goto(f"/candidates/{ada}")
    write(page, "half a thought")
    page.locator("h1").click()

    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="How Kept works")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("heading", name="How Kept works")).to_have_count(0)
    expect(page.get_by_label("Note", exact=True)).to_have_value("half a thought")


def test_without_scripts_the_help_is_a_page(as_dana: AsDana) -> None:
    page = as_dana(scripts=False)
    page.goto("/")
    page.locator("details.menu summary").click()
    page.get_by_role("link", name="Help").click()

    expect(page.get_by_role("heading", name="How Kept works")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_people_and_notes_are_found_while_one_types(cast: Any, as_dana: AsDana, size: tuple[int, int]) -> None:
    name = "Zuzanna Łęcka" if size == DESK else "Kinga Łętowska"
    note(cast.kept, cast.dana, cast.candidate(name), "She collects barometers")
    page = as_dana(size)
    page.goto("/promises")
    found = region(page, "Found at once")

    page.keyboard.press("/")
    page.keyboard.type("lecka" if size == DESK else "letow")
    expect(found.get_by_role("link", name=name)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(found.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()

    page.get_by_role("searchbox", name="Search").fill("barometer")
    expect(found).to_contain_text("She collects barometers")
    page.mouse.click(3, size[1] - 100)
    expect(found).to_be_hidden()
    page.get_by_role("searchbox", name="Search").fill("collects")
    expect(found.locator("mark").first).to_have_text("collects")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_text("She collects barometers")).to_be_visible()
    expect(page).to_have_url(re.compile("/touchpoints/"))


def test_enter_in_the_search_leads_to_all_that_is_found(as_dana: AsDana, ada: UUID) -> None:
    for scripts in (True, False):
        page = as_dana(scripts=scripts)
        page.goto("/promises")
        page.get_by_role("searchbox", name="Search").fill("byron")
        page.keyboard.press("Enter")

        expect(region(page, "People found")).to_contain_text("Ada Byron")


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "👩🏽‍⚕️ " * 300,
        "<script>document.title = 'owned'</script><b>bold</b>",
        "שלום, היא רוצה ‏לעבוד בלידס",
    ],
    ids=["10,000 characters", "emoji", "script", "right to left"],
)
def test_whatever_is_written_stands_there_as_written(cast: Any, as_dana: AsDana, words: str) -> None:
    ada = cast.candidate(words[:150].strip())
    page = as_dana(PHONE)
    page.goto(f"/candidates/{ada}")
    write(page, words)
    page.locator("#promise").fill(words[:150])
    page.get_by_label("Due", exact=True).fill(in_days(2))
    save(page).click()

    expect(region(page, "Timeline").locator(".words")).to_have_text(words.strip())
    assert touchpoints(cast, ada) == [words.strip()]
    for address in (f"/candidates/{ada}", "/", "/candidates", "/promises"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address
        assert "owned" not in page.title().replace("'owned'", "")


def test_more_by_the_keyboard_goes_on_at_the_first_new_line(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    for number in range(20):
        note(cast.kept, cast.dana, ada, f"number {number:02}")
    page = as_dana(PHONE)
    page.goto(f"/candidates/{ada}")
    entries = region(page, "Timeline").locator(".entry")
    write(page, "half a")
    page.keyboard.type(" thought")
    region(page, "Timeline").get_by_role("link", name="More", exact=True).press("Enter")

    expect(entries).to_have_count(20)
    expect(entries.nth(15)).to_be_focused()
    expect(page.get_by_label("Note", exact=True)).to_have_value("half a thought")


def test_the_setup_proposes_the_time_zone_of_the_browser(
    empty: Any, open_browser: Callable[..., BrowserContext]
) -> None:
    page = open_browser(empty, timezone_id="Europe/Warsaw").new_page()
    page.goto("/setup")

    expect(page.get_by_label("Time zone")).to_have_value("Europe/Warsaw")


def test_the_menu_closes_when_one_looks_elsewhere(as_dana: AsDana) -> None:
    page = as_dana()
    page.goto("/")
    menu = page.locator("details.menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Team")).to_be_visible()

    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Team")).to_be_hidden()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu.get_by_role("link", name="Team")).to_be_hidden()


def test_an_overdue_promise_is_never_below_the_fold(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    for days in (-3, 1, 2, 3, 4):
        promise(cast.kept, cast.dana, ada, f"due in {days}", days)
    for size in (DESK, PHONE):
        page = as_dana(size)
        page.goto(f"/candidates/{ada}")

        expect(page.get_by_text("Overdue by 3 days")).to_be_in_viewport()
        expect(page.get_by_role("button", name="Kept", exact=True).first).to_be_in_viewport()
        if size == DESK:
            expect(page.get_by_label("Note", exact=True)).to_be_in_viewport()
