"""A due typed in words, with a thumb on a phone: shown back in full at once, asked about where it may mean two days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from domain.due import Due

PHONE = (390, 844)
TOUCH = 44  # CSS pixels
AsDana = Callable[..., Page]


@pytest.fixture
def ada(cast: Any) -> UUID:
    return UUID(str(cast.candidate()))


def due(page: Page) -> Any:
    return page.get_by_label("Due", exact=True)


def in_full(days: int) -> str:
    return Due(datetime.now(UTC).date() + timedelta(days=days), None, "").said()


def write(page: Page, ada: UUID, words: str) -> None:
    page.goto(f"/candidates/{ada}")
    page.get_by_label("Note", exact=True).fill("She asked twice.")
    page.locator("#promise").fill("Ring with the rate")
    due(page).fill(words)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def promised(cast: Any, ada: UUID) -> tuple[date, str | None]:
    cast.kept.views.catch_up()
    (row,) = cast.kept.views.promises.of(ada)
    return row.due_on, cast.kept.views.promises.history(row.id)[0].due_phrase


def test_the_date_is_shown_back_while_it_is_typed(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(size=PHONE)
    write(page, ada, "in a fortnight")

    shown = page.locator("#due-shown")
    expect(shown).to_have_text(in_full(14))
    expect(shown).to_have_attribute("aria-live", "polite")
    due(page).fill("tomorow")
    expect(shown).to_have_text(in_full(1))
    page.get_by_role("button", name="Today", exact=True).click()
    expect(shown).to_have_text(in_full(0))
    due(page).fill("once he knows")
    expect(shown).to_contain_text("That is not a date.")
    due(page).fill("")
    expect(shown).to_have_text("")
    assert fits(page)


def test_a_day_is_picked_from_the_calendar_of_the_browser(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(size=PHONE)
    write(page, ada, "")
    day = datetime.now(UTC).date() + timedelta(days=20)

    due(page).focus()
    page.locator("#composer").get_by_label("Calendar").fill(day.isoformat())

    expect(page.locator("#due-shown")).to_have_text(in_full(20))
    expect(due(page)).to_have_value(day.isoformat())


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_what_may_mean_two_days_is_asked_with_a_thumb_in_mind(
    cast: Any, as_dana: AsDana, ada: UUID, scripts: bool
) -> None:
    page = as_dana(size=PHONE, scripts=scripts)
    write(page, ada, "3/12")
    if not scripts:
        save(page)
        expect(page.locator("#due-error")).to_contain_text("Which is the day, and which is the month?")
        expect(page.get_by_label("Note", exact=True)).to_have_value("She asked twice.")
        expect(due(page)).to_have_value("3/12")

    choices = page.locator("#due-shown label")
    expect(choices.first).to_be_visible()
    assert all(choice.bounding_box()["height"] >= TOUCH for choice in choices.all())
    assert fits(page)
    choices.filter(has_text="3 Dec").last.click()
    save(page)

    expect(page.get_by_role("region", name="Promises", exact=True)).to_contain_text("3 Dec")
    on, phrase = promised(cast, ada)
    assert (on.month, on.day, phrase) == (12, 3, "3/12")
