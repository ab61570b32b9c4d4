from __future__ import annotations

import re

from cast import Browser


def test_help_is_a_page_for_everybody_who_is_signed_in(olive: Browser, dana: Browser, aude: Browser) -> None:
    for browser in (olive, dana, aude):
        page = browser.get("/help").text

        assert "<h1>How Kept works</h1>" in page
        assert '<html lang="en-GB">' in page


def test_help_unfolds_without_the_frame_of_the_page(dana: Browser) -> None:
    fragment = dana.htmx.get("/help").text

    assert "<h1>How Kept works</h1>" in fragment
    assert "<html" not in fragment


def test_every_key_that_a_page_answers_to_is_explained(dana: Browser) -> None:
    keys = set(re.findall(r'aria-keyshortcuts="([^"]+)"', dana.get("/").text)) | {"j", "k"}

    assert keys >= {"/", "n", "?"}
    assert all(f"<kbd>{key}</kbd>" in dana.get("/help").text for key in keys)


def test_a_stranger_is_led_to_the_door(client: Browser) -> None:
    assert client.get("/help").status_code == 303
