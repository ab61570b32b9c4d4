"""A board in the hands of a recruiter: dropped with a mouse, moved by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from saying import on_a_board

ON_TO_INTERVIEW = re.compile("Interview.*Eva Lindqvist")


@pytest.fixture
def board(cast: Any) -> tuple[str, UUID]:
    """The address of a job's board, and the submission of Eva, who was sent to the client."""
    job, _, submission = on_a_board(cast.kept, cast.dana, cast.candidate("Eva Lindqvist"))
    return f"/jobs/{job}", submission


def column(page: Page, stage: str) -> Any:
    return page.get_by_role("region", name=stage, exact=True)


def test_a_card_dropped_on_a_stage_is_moved_there(as_dana: Callable[..., Page], board: tuple[str, UUID]) -> None:
    page = as_dana()
    page.goto(board[0])
    card, there = page.locator(f"#submission-{board[1]} .facts").bounding_box(), column(page, "Offer").bounding_box()
    assert card
    assert there

    page.mouse.move(card["x"] + 4, card["y"] + 4)
    page.mouse.down()
    page.mouse.move(there["x"] + 20, there["y"] + 40, steps=8)
    page.mouse.up()

    expect(column(page, "Offer")).to_contain_text("Eva Lindqvist")
    expect(column(page, "Offer")).to_contain_text("not told yet")


def test_the_keyboard_moves_somebody_on_and_says_that_they_were_told(
    as_dana: Callable[..., Page], board: tuple[str, UUID]
) -> None:
    page = as_dana()
    page.goto(board[0])

    column(page, "Sent to client").get_by_role("button", name=ON_TO_INTERVIEW).press("Enter")
    expect(column(page, "Interview")).to_contain_text("Eva Lindqvist")
    page.get_by_role("button", name=re.compile("Told by phone.*Eva Lindqvist")).press("Enter")

    expect(column(page, "Interview")).to_contain_text("told by call")


def test_buttons_are_enough_without_javascript(as_dana: Callable[..., Page], board: tuple[str, UUID]) -> None:
    page = as_dana(scripts=False)
    page.goto(board[0])

    page.get_by_role("button", name=ON_TO_INTERVIEW).click()

    expect(column(page, "Interview")).to_contain_text("Eva Lindqvist")
