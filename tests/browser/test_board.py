"""A board in the hands of a recruiter: dropped with a mouse, moved by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect
from saying import on_a_board

from domain.command import Command

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


def test_people_are_found_for_a_job_and_one_press_puts_somebody_on_its_board(
    cast: Any, as_dana: Callable[..., Page], board: tuple[str, UUID]
) -> None:
    for name in ("Fay Sought", "Gil Sought"):
        whom = cast.candidate(name)
        cast.kept.recruiting.tag_candidate(Command(uuid4(), cast.dana), whom, ["sought"])
    cast.kept.views.catch_up()
    page = as_dana()
    page.goto(board[0])

    page.get_by_role("link", name="People for this job").click()
    page.get_by_label("Must have").fill("sought")
    page.get_by_label("At most km away").fill("40")
    page.get_by_role("button", name="Find people").click()
    page.get_by_role("button", name=re.compile("Put on the board.*Fay Sought")).click()

    expect(page.locator("#toast")).to_contain_text("1 on the board, to be asked.")
    expect(page.get_by_role("region", name="Who fits")).not_to_contain_text("Fay Sought")
    expect(page.get_by_role("region", name="Who fits")).to_contain_text("Gil Sought")
    page.goto(board[0])
    expect(column(page, "Shortlisted")).to_contain_text("Fay Sought")
