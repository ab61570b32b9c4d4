"""A quick note on a phone, with one thumb: who, what was said, the promise in it, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from access import violations
from playwright.sync_api import Page, expect
from saying import note, promise

from domain.command import Command
from domain.wishes import Wishes

AsDana = Callable[..., Page]
PHONE = (390, 844)
PROMISING = "Told her I'll send the rate card tomorrow 3pm"


@pytest.fixture
def ada(cast: Any) -> UUID:
    return cast.candidate("Ada Wentworth")


def box(page: Page) -> Any:
    return page.get_by_label("Note", exact=True)


def choose(page: Page, typed: str = "wentwroth") -> None:
    """With a mistyped name, which still finds her."""
    page.get_by_label("Candidate", exact=True).press_sequentially(typed)
    page.get_by_role("radio", name="Ada Wentworth").first.check()


def caught(page: Page) -> Any:
    return page.get_by_role("group", name="Looks like a promise")


def words_about(cast: Any, ada: UUID) -> list[str]:
    cast.kept.views.catch_up()
    return [row.words for row in cast.kept.views.timeline.of(ada) if row.kind == "touchpoint" and not row.retracted_at]


def test_the_box_is_ready_and_a_promise_is_caught_while_it_is_typed(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(PHONE)
    page.goto("/note")
    expect(box(page)).to_be_focused()
    choose(page)

    box(page).press_sequentially(PROMISING)
    expect(caught(page)).to_contain_text("“send the rate card”")
    caught(page).get_by_text("Add", exact=True).tap()
    box(page).press_sequentially(". Nice call")
    page.wait_for_timeout(1000)  # the box was asked about once more

    expect(caught(page).get_by_role("radio", name="Add")).to_be_checked()
    assert violations(page) == []
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_text("Saved for Ada Wentworth.")).to_be_visible()
    cast.kept.views.catch_up()
    assert [row.words for row in cast.kept.views.promises.of(ada)] == ["send the rate card"]


def test_what_was_saved_is_undone_with_one_tap_and_its_words_are_in_the_box(
    cast: Any, as_dana: AsDana, ada: UUID
) -> None:
    page = as_dana(PHONE)
    page.goto(f"/note?candidate={ada}")
    box(page).fill("the wrong words")
    page.get_by_role("button", name="Save", exact=True).tap()

    page.get_by_role("button", name="Undo").tap()

    expect(box(page)).to_have_value("the wrong words")
    expect(page.get_by_role("radio", name="Ada Wentworth")).to_be_checked()
    assert words_about(cast, ada) == []


def test_undo_goes_by_itself_after_ten_seconds(as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(PHONE)
    page.clock.install()
    page.goto(f"/note?candidate={ada}")
    box(page).fill("good words")
    page.get_by_role("button", name="Save", exact=True).tap()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()

    page.clock.run_for(11_000)

    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(page.get_by_text("Saved for Ada Wentworth.")).to_be_visible()


def test_a_promise_that_was_not_answered_is_asked_about_once_saved(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(PHONE)
    page.goto(f"/candidates/{ada}")
    box(page).fill("Promised to ring her with the rate")
    page.get_by_role("button", name="Save", exact=True).tap()
    asked = page.get_by_role("region", name="Promises in it")
    expect(asked).to_contain_text("ring her with the rate")
    assert violations(page) == []

    asked.get_by_label("By when").fill("tomorrow")
    asked.get_by_role("button", name="Add").tap()

    expect(page.get_by_role("region", name="Promises", exact=True)).to_contain_text("ring her with the rate")
    expect(asked.locator("form")).to_have_count(0)


def test_without_javascript_the_promises_are_asked_about_after_saving(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(PHONE, scripts=False)
    page.goto(f"/note?candidate={ada}")
    box(page).fill(PROMISING)
    page.get_by_role("button", name="Save", exact=True).click()

    asked = page.get_by_role("region", name="Promises in it")
    asked.get_by_role("button", name="Add").click()

    expect(asked.locator("form")).to_have_count(0)
    cast.kept.views.catch_up()
    assert [row.words for row in cast.kept.views.promises.of(ada)] == ["send the rate card"]


def test_before_one_dials_all_is_on_one_screen_and_the_call_is_logged_afterwards(
    cast: Any, as_dana: AsDana, ada: UUID
) -> None:
    promise(cast.kept, cast.dana, ada, "Send the rate card")
    note(cast.kept, cast.dana, ada, "She is fed up with nights. Earns £17.50.")
    page = as_dana(PHONE)
    page.goto(f"/candidates/{ada}")
    page.get_by_role("link", name="Before you dial").tap()
    for words in ("Send the rate card", "She is fed up with nights.", "Earns £17.50."):
        expect(page.get_by_text(words)).to_be_in_viewport()
    assert violations(page) == []

    page.evaluate("addEventListener('click', (event) => event.preventDefault())")  # no telephone here
    page.get_by_role("link", name="0113 496 0000").tap()
    page.goto("/")  # somewhere else meanwhile
    page.get_by_role("link", name="Log it").tap()

    expect(page.get_by_role("radio", name="Ada Wentworth")).to_be_checked()
    expect(page.get_by_role("radio", name="Call")).to_be_checked()
    page.reload()
    expect(page.get_by_role("link", name="Log it")).to_have_count(0)


def test_the_guard_makes_way_for_the_line_about_what_is_written(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    wishes = Wishes(("call",))
    cast.kept.recruiting.note_wishes(Command(uuid4(), cast.dana), ada, wishes)
    cast.kept.views.catch_up()
    page = as_dana(PHONE)
    page.goto(f"/note?candidate={ada}")
    guard = page.get_by_text("No calls, they asked.")
    expect(guard).to_be_visible()

    box(page).press_sequentially("I'll ring Friday, guaranteed")

    expect(page.get_by_text("does not promise ‘guaranteed’: say what you will do instead.")).to_be_visible()
    expect(guard).to_be_hidden()
