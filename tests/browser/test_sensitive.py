"""What a note says of somebody's health is marked while it is typed, and read by whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from access import violations
from acts import act
from playwright.sync_api import Page, expect

DESK, PHONE = (1280, 900), (390, 844)
WORDS = "She is off sick until May. Wants days. His wife is expecting in June."


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_passage_is_marked_while_it_is_typed(
    signed_in: Callable[..., Page], cast: Any, size: tuple[int, int]
) -> None:
    ada = cast.candidate("Ada Byron")
    page = signed_in("dana", size)
    page.goto(f"/candidates/{ada}")
    note = page.get_by_label("Note", exact=True)

    note.press_sequentially("She is off sick", delay=5)
    box = page.get_by_role("checkbox", name="Mark as sensitive: “She is off sick”")
    box.check()
    note.fill(WORDS)

    expect(page.get_by_text("Sounds like health, family or a conviction.")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Mark as sensitive: “She is off sick until May”")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Mark as sensitive: “His wife is expecting")).not_to_be_checked()
    assert violations(page) == []
    row = page.locator(".quietly .pick").first.bounding_box()
    assert row is not None
    assert row["height"] >= 44

    page.get_by_role("button", name="Save", exact=True).click()

    timeline = page.get_by_role("region", name="Timeline")
    expect(timeline.locator("mark.sensitive")).to_have_text("She is off sick until May")
    assert violations(page) == []

    act(page, "Mark sensitive")
    expect(page.get_by_role("group", name="Marked now")).to_be_visible()
    assert violations(page) == []

    other = signed_in("tom", size)
    other.goto(f"/candidates/{ada}")
    expect(other.get_by_text("[sensitive: ask Dana]")).to_be_visible()
    expect(other.get_by_text("off sick")).to_have_count(0)


def test_an_old_entry_is_marked_and_unmarked_without_javascript(signed_in: Callable[..., Page], cast: Any) -> None:
    ada = cast.candidate("Bob Marsh")
    page = signed_in("dana", PHONE, scripts=False)
    page.goto(f"/candidates/{ada}")
    page.get_by_label("Note", exact=True).fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).click()

    act(page, "Mark sensitive")
    page.get_by_role("checkbox", name="She is off sick until May").check()
    page.get_by_role("button", name="Mark sensitive").click()
    expect(page.locator("mark.sensitive")).to_have_count(1)

    act(page, "Mark sensitive")
    page.get_by_role("button", name="Unmark").click()
    expect(page.locator("mark.sensitive")).to_have_count(0)
