"""A colleague is named by the keyboard alone, and hears of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from access import violations
from playwright.sync_api import Page, expect


def test_a_name_is_begun_chosen_and_seen(signed_in: Callable[..., Page], cast: Any) -> None:
    ada, page = cast.candidate("Ada Mentioned"), signed_in("dana", (1280, 900))
    page.goto(f"/candidates/{ada}")
    page.get_by_label("Channel").select_option("note")
    note = page.get_by_label("Note", exact=True)
    note.press_sequentially("Ask @to")
    expect(page.get_by_role("button", name="@Tom")).to_be_visible()
    assert violations(page) == []

    note.press("Tab")
    page.keyboard.press("Enter")
    expect(note).to_have_value("Ask @Tom ")
    expect(note).to_be_focused()
    page.keyboard.type("to ring")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("region", name="Timeline").locator("mark")).to_have_text("@Tom")

    tom = signed_in("tom", (390, 844))
    tom.goto("/")
    tom.get_by_role("link", name="mention of you").click()
    tom.get_by_role("listitem").filter(has_text="Ada Mentioned").get_by_role("button", name="Seen").click()
    expect(tom.get_by_role("link", name="mention of you")).to_have_count(0)
