"""What can be done to an entry of the timeline: on a phone the rarer acts stand behind More."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def act(entry: Page | Locator, name: str) -> None:
    """Click an act of an entry, wherever it stands."""
    entry.get_by_role("link", name="Correct", exact=True).first.wait_for()
    more = entry.locator(".acts summary").first
    if more.is_visible() and not entry.get_by_role("link", name=name).is_visible():
        more.click()
    entry.get_by_role("link", name=name).click()
