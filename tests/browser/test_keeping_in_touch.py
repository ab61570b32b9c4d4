"""What hurts is noted where one is, Today says whom to be in touch with, and a list is written down at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from acts import act
from playwright.sync_api import Page, expect

from domain.command import Command
from domain.remembered import ImportantDate, Interval
from domain.saved_list import Criteria

DESK, PHONE = (1280, 900), (390, 844)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def cara(cast: Any) -> UUID:
    """Somebody who hates nights, should have heard from us and has her birthday soon; and a list that finds her."""
    cara, verbs, now = cast.candidate("Cara Lane"), cast.kept.recruiting, cast.kept.recruiting.log.now()
    soon = now.date() + timedelta(days=2)
    for verb, *said in (
        (
            verbs.record_touchpoint,
            cara,
            "e-mail",
            "out",
            None,
            now - timedelta(days=99),
            "Fed up with nights. Notice 4 weeks.",
        ),
        (verbs.record_touchpoint, cara, "note", "internal", None, now, "Notice is 8 weeks. Lives in Otley."),
        (verbs.set_keep_in_touch, cara, Interval(30, 60)),
        (verbs.note_date, cara, ImportantDate("birthday", soon.month, soon.day)),
        (verbs.tag_candidate, cara, [f"cara-{cara.hex[:6]}"]),
        (verbs.save_list, f"Cara {cara.hex[:6]}", Criteria((f"cara-{cara.hex[:6]}",)), True),
    ):
        verb(Command(uuid4(), cast.dana), *said)
    cast.kept.views.catch_up()
    return cara


def fits(page: Page) -> None:
    """Nothing makes the page wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@SIZES
def test_a_pain_is_noted_on_the_page_and_from_an_entry(size, as_dana: Callable[..., Page], cara: UUID) -> None:
    page = as_dana(size)
    page.goto(f"/candidates/{cara}")
    section = page.get_by_role("region", name="What hurts, what they want")
    page.get_by_label("Note", exact=True).fill("half a note")

    section.get_by_text("Note what hurts").click()
    section.get_by_text("Wants", exact=True).click()
    section.get_by_label("In a line").fill("Four days")
    section.get_by_role("button", name="Note it").click()

    expect(page.locator("#toast")).to_contain_text("Noted.")
    expect(section).to_contain_text("Four days")
    expect(page.get_by_label("Note", exact=True)).to_have_value("half a note")

    entry = page.get_by_role("listitem").filter(has_text="Fed up with nights")
    entry.hover()
    act(entry, "Pain or want")
    expect(entry.get_by_label("Quote")).to_have_value("Fed up with nights.")
    entry.get_by_role("button", name="Note it").click()
    expect(entry).to_contain_text("Say in a line what hurts")
    entry.get_by_label("In a line").fill("Nights")
    entry.get_by_role("button", name="Note it").click()

    expect(section).to_contain_text("Fed up with nights.")
    expect(entry.get_by_label("In a line")).to_have_count(0)
    fits(page)

    page.goto(f"/candidates/{cara}/dial")
    expect(page.get_by_role("region", name="Said twice")).to_contain_text("Notice is 8 weeks.")
    fits(page)


@SIZES
def test_one_press_on_today_writes_it_down(size, as_dana: Callable[..., Page], cast: Any, cara: UUID) -> None:
    page = as_dana(size)
    page.goto("/")
    week = page.get_by_role("region", name="This week")
    row = week.locator("li").filter(has=page.locator(f'a[href="/candidates/{cara}"]'))
    row.get_by_text("Message", exact=True).click()
    expect(row.get_by_role("textbox")).to_have_value(
        "Happy birthday, Cara! I hope you have a lovely day. Dana, Harbour Staffing"
    )
    fits(page)
    row.get_by_role("textbox").fill("Happy birthday!")
    row.get_by_role("button", name="Sent by e-mail").click()

    expect(page.locator("#toast")).to_contain_text("Written down")
    expect(row).to_have_count(0)
    expect(page.locator(f'#keep-in-touch a[href="/candidates/{cara}"]')).to_have_count(0)
    assert cast.kept.views.timeline.of(cara, limit=1)[0].words == "Happy birthday!"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_written_down_at_once(scripts: bool, as_dana: Callable[..., Page], cara: UUID, cast: Any) -> None:
    page = as_dana(PHONE, scripts=scripts)
    page.goto("/lists")
    page.get_by_role("link", name=f"Cara {cara.hex[:6]}").click()
    fits(page)
    page.get_by_text("Write down for these").click()
    page.get_by_label("Note").fill("Mailed the autumn roles")
    page.get_by_role("button", name="Write it down").click()

    expect(page.get_by_text("1 written down.")).to_be_visible()
    page.get_by_text("Tag these").click()
    page.get_by_label("Tags").fill("autumn")
    page.get_by_role("button", name="Tag", exact=True).click()
    expect(page.get_by_text("1 tagged.")).to_be_visible()
    fits(page)
    assert cast.kept.views.timeline.of(cara, limit=1)[0].words == "Mailed the autumn roles"
