"""Writing to somebody with a thumb: what is changed is what opens, and what is logged when one comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from access import violations
from playwright.sync_api import Page, expect

from domain.candidate import Details
from domain.command import Command
from domain.shipped import THANKS
from domain.wishes import Unwelcome, Wishes

AsDana = Callable[..., Page]
PHONE, DESK = (390, 844), (1280, 900)
WORDS = "Thank you, it's noted: “kind words” & more"


@pytest.fixture
def ada(cast: Any) -> UUID:
    details = Details("Ada Northcote", ("ada@northcote.example",), ("+44 7700 900123",))
    return _added(cast, details)


@pytest.fixture
def bob(cast: Any) -> UUID:
    bob = _added(cast, Details("Bob Northcote"))
    cast.kept.recruiting.note_wishes(Command(uuid4(), cast.dana), bob, Wishes(), Unwelcome.EVERYTHING)
    cast.kept.views.catch_up()
    return bob


def _added(cast: Any, details: Details) -> UUID:
    added = cast.kept.recruiting.add_candidate(Command(uuid4(), cast.dana), details=details)
    cast.kept.views.catch_up()
    return added.streams[0]


def test_what_was_typed_opens_in_whatsapp_and_is_offered_to_be_logged(cast: Any, as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(PHONE)
    page.context.route("https://wa.me/**", lambda route: route.abort())
    page.goto(f"/candidates/{ada}/messages?channel=WhatsApp&template={THANKS}")
    page.get_by_label("Message", exact=True).fill(WORDS)
    opener = page.get_by_role("link", name="Open WhatsApp")
    expect(opener).to_have_attribute("href", f"https://wa.me/447700900123?text={quote(WORDS)}")
    assert violations(page) == []

    with page.context.expect_page():
        opener.click()
    page.locator("#toast").get_by_role("link", name="Log it").click()

    expect(page.get_by_label("Note", exact=True)).to_have_value(WORDS)
    expect(page.locator("#toast")).to_be_empty()  # what was offered is being done
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved for Ada Northcote.")).to_be_visible()
    cast.kept.views.catch_up()
    (row,) = cast.kept.views.timeline.of(ada)
    assert (row.channel, row.direction, row.words) == ("WhatsApp", "out", WORDS)


def test_without_javascript_the_changed_words_open_too(as_dana: AsDana, ada: UUID) -> None:
    page = as_dana(DESK, scripts=False)
    page.goto(f"/candidates/{ada}/messages?channel=SMS")
    page.get_by_label("Message", exact=True).fill("On my way")

    page.get_by_role("button", name="Use these words").click()

    expect(page.get_by_role("link", name="Open SMS")).to_have_attribute("href", "sms:+447700900123?body=On%20my%20way")


def test_choosing_somebody_for_a_note_shows_what_to_know_first(as_dana: AsDana, ada: UUID, bob: UUID) -> None:
    page = as_dana(PHONE)
    page.goto(f"/note?candidate={ada}")
    page.get_by_label("Candidate", exact=True).press_sequentially("bob northcote")

    page.get_by_role("radio", name="Bob Northcote").first.check()

    expect(page.locator("#guard")).to_have_text("Asked us never to get in touch.")


def test_wishes_are_changed_in_the_persons_head(as_dana: AsDana, ada: UUID) -> None:
    for size in (PHONE, DESK):
        page = as_dana(size)
        page.goto(f"/candidates/{ada}")
        page.get_by_role("link", name="How to reach them").click()
        page.get_by_label("Not before").fill("18:00")
        assert violations(page) == []

        page.locator("#wishes").get_by_role("button", name="Save").click()

        expect(page.locator("#person")).to_contain_text("Not before 18:00")
