"""What other apps hand over: a WhatsApp conversation becomes one dated touchpoint, anything else a note."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from cast import Browser

from domain.command import Command
from webapp import sharing
from webapp.filled import Typed
from webapp.installation import Installation

ADA, BOB = uuid4(), uuid4()
KNOWN = {"Ada Byron": ADA, "Bob Marsh": BOB}
LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def read(text: str = "", title: str = "", url: str = "", country: str = "GB") -> Typed:
    return sharing.read(title, text, url, sharing.Reader(KNOWN.get, {"Dana", "Dana Hill"}, LONDON, country, NOW))


IPHONE = """\
[25/11/2026, 09:58:03] Dana Hill: Are you free on Friday?
[25/11/2026, 10:02:41] Ada Byron: Yes, after two.
Could you ring me?
"""
IPHONE_12_HOURS = """\
[25/11/2026, 9:58:03\u202fam] Dana Hill: Are you free on Friday?
\u200e[25/11/2026, 1:02:41\u202fpm] Ada Byron: Yes, after two.
Could you ring me?
"""
ANDROID = """\
25/11/2026, 09:58 - Dana Hill: Are you free on Friday?
25/11/2026, 10:02 - Ada Byron: Yes, after two.
Could you ring me?
"""
ANDROID_COPIED = """\
[25/11, 09:58] Dana: Are you free on Friday?
[25/11, 10:02] Ada Byron: Yes, after two.
Could you ring me?
"""
AMERICAN_COPIED = """\
[11/24, 9:58 AM] Dana: Are you free on Friday?
[11/24, 2:02 PM] Ada Byron: Yes, after two.
Could you ring me?
"""


@pytest.mark.parametrize(
    ("text", "country", "at", "us"),
    [
        (IPHONE, "GB", "2026-11-25T10:02", "Dana Hill"),
        (IPHONE_12_HOURS, "GB", "2026-11-25T13:02", "Dana Hill"),
        (ANDROID, "GB", "2026-11-25T10:02", "Dana Hill"),
        (ANDROID_COPIED, "GB", "2026-11-25T10:02", "Dana"),
        (AMERICAN_COPIED, "US", "2026-11-24T14:02", "Dana"),
    ],
    ids=["iPhone", "iPhone, 12 hours", "Android", "copied on Android", "copied in America"],
)
def test_messages_become_one_dated_conversation(text: str, country: str, at: str, us: str) -> None:
    assert read(text, country=country) == {
        "candidate": str(ADA),
        "channel": "WhatsApp",
        "direction": "in",
        "happened_at": at,
        "note": f"{us}: Are you free on Friday?\nAda Byron: Yes, after two.\nCould you ring me?",
    }


def test_who_wrote_last_says_which_way_it_went() -> None:
    asked, answered = ANDROID.splitlines(keepends=True)[:2]

    assert read(answered)["direction"] == "in"
    assert read(asked)["direction"] == "out"
    assert read(answered + asked)["direction"] == "in", "the last by its time, in whatever order they were copied"
    assert read("25/11/2026, 10:02 - Somebody New: Hello")["direction"] == "in"


def test_a_person_is_chosen_only_if_no_other_can_be_meant() -> None:
    group = ANDROID + "25/11/2026, 10:05 - Bob Marsh: Me too"

    assert read(group)["candidate"] == ""
    assert read(ANDROID.replace("Ada Byron", "Ada"))["candidate"] == ""


def test_a_date_without_its_year_is_of_the_last_twelve_months() -> None:
    assert read("[24/12, 10:02] Ada Byron: Merry Christmas")["happened_at"] == "2025-12-24T10:02"
    assert read("[29/02, 10:02] Ada Byron: No such day")["happened_at"] == ""


def test_what_whatsapp_itself_says_is_left_out() -> None:
    encrypted = "25/11/2026, 09:00 - Messages and calls are end-to-end encrypted.\n"

    assert read(encrypted + ANDROID) == read(ANDROID)


@pytest.mark.parametrize(
    ("shared", "note"),
    [
        ({"text": " She wants no more nights. "}, "She wants no more nights."),
        ({"text": "Ada’s profile", "url": "https://www.example/in/ada"}, "Ada’s profile\nhttps://www.example/in/ada"),
        (
            {"title": "Staff nurse", "text": "Look: https://www.example/1", "url": "https://www.example/1"},
            "Staff nurse\nLook: https://www.example/1",
        ),
        ({"title": "Re: Friday", "text": "Re: Friday\nAfter two."}, "Re: Friday\nAfter two."),
        ({"url": "https://www.example/1"}, "https://www.example/1"),
        ({}, ""),
    ],
)
def test_anything_else_is_a_note(shared: dict[str, str], note: str) -> None:
    assert read(**shared) == {"channel": "note", "direction": "internal", "note": note}


# The page


@pytest.mark.parametrize("by_htmx", [False, True])
def test_what_is_shared_is_shown_and_nothing_recorded(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool
) -> None:
    end = kept.recruiting.log.end()
    browser = dana.htmx if by_htmx else dana

    page = browser.post("/note/shared", {"text": "25/11/2026, 10:02 - Ada Byron: No <more> nights", "csrf_token": ""})

    assert page.status_code == 200
    assert f'value="{ada}" checked' in page.text
    assert 'name="channel" value="WhatsApp" checked' in page.text
    assert 'name="direction" value="in" checked' in page.text
    assert 'name="happened_at" type="datetime-local" value="2026-11-25T10:02"' in page.text
    assert "Ada Byron: No &lt;more&gt; nights</textarea>" in page.text
    assert page.text.lstrip().startswith('<div id="quick-note">' if by_htmx else "<!doctype")
    assert kept.recruiting.log.end() == end


def test_a_number_tells_who_it_is_too(dana: Browser, kept: Installation, bob: UUID) -> None:
    cleo = kept.recruiting.add_candidate(Command(uuid4(), dana.id), "Cleo Day", phone="+44 7700 900123").streams[0]
    kept.views.catch_up()

    page = dana.post("/note/shared", {"text": "25/11/2026, 10:02 - +44 7700 900123: Hello"}).text

    assert f'value="{cleo}" checked' in page


def test_two_of_the_same_name_are_not_guessed_between(dana: Browser, kept: Installation, ada: UUID) -> None:
    kept.recruiting.add_candidate(Command(uuid4(), dana.id), "Ada Byron")
    kept.views.catch_up()

    page = dana.post("/note/shared", {"text": "25/11/2026, 10:02 - Ada Byron: Hello"}).text

    assert not re.search(r'name="candidate"[^>]* checked', page)


def test_a_stranger_and_an_auditor_cannot_share(client: Browser, aude: Browser) -> None:
    assert "/login" in client.post("/note/shared", {"text": "x"}).location
    assert aude.post("/note/shared", {"text": "x"}).status_code == 403
