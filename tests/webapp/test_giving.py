"""The shelf of tips and openings, and giving from it: by mail, in another app, in a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from cast import Browser
from sqlalchemy import Engine, event

from domain.candidate import Details
from domain.command import Command
from domain.shipped_tips import SHIPPED_TIPS
from domain.tip import Tip
from domain.wishes import Unwelcome, Wishes
from tests.postbox import Postbox, open_postbox
from webapp.installation import Installation
from webapp.settings import Settings

IDS = {tip.title: id for id, tip in SHIPPED_TIPS.items()}
OFFERS = IDS["Counter-offers"]


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as postbox:
        yield postbox


@pytest.fixture
def settings(tmp_path: Path, postbox: Postbox) -> Settings:
    return Settings(tmp_path / "instance", tmp_path / "backups", "https://kept.example.com", smtp_url=postbox.url)


@pytest.fixture
def carla(kept: Installation, dana: Browser) -> UUID:
    details = Details("Carla Byrne", ("carla@byrne.example",), ("+44 7700 900123",))
    added = kept.recruiting.add_candidate(Command(uuid4(), dana.id), details=details)
    kept.views.catch_up()
    return added.streams[0]


def statements(browser: Browser, page: str) -> int:
    """How many statements a page asks."""
    asked: list[str] = []

    def count(connection, cursor, statement, *_) -> None:  # type: ignore[no-untyped-def]
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        browser.get(page)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return len(asked)


def head(browser: Browser, candidate: UUID) -> str:
    page = browser.get(f"/candidates/{candidate}").text.partition('id="person"')[2].partition("</header>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_a_tip_is_mailed_once_and_stands_as_given(
    dana: Browser, kept: Installation, carla: UUID, postbox: Postbox
) -> None:
    shelf = dana.get(f"/candidates/{carla}/gifts").text
    assert f'href="/candidates/{carla}/messages?tip={OFFERS}"' in shelf
    page = dana.get(f"/candidates/{carla}/messages?tip={OFFERS}").text
    assert 'value="Counter-offers"' in page
    assert "Hello Carla,\n\nMany who resign" in page
    form = {"channel": "e-mail", "tip": str(OFFERS), "subject": "Counter-offers", "text": "Hello Carla,\n\nthink."}
    form |= {"command": str(uuid4())}

    for _ in range(2):
        assert dana.post(f"/candidates/{carla}/messages", form).status_code == 303

    assert len(postbox.mails) == 1
    today = kept.recruiting.log.now()
    day = f"{today.day} {today:%b}"
    assert f"Gave 1 (last {day}: Counter-offers)" in head(dana, carla)
    assert " · <b>gave</b> Counter-offers · Dana" in dana.get(f"/candidates/{carla}").text
    assert f"given {day}" in dana.get(f"/candidates/{carla}/gifts").text
    assert f"given {day}" in dana.get(f"/tips/{OFFERS}/people?q=carla").text
    assert "given" not in dana.get(f"/tips/{IDS['Handing in your notice']}/people?q=carla").text


def test_what_was_said_in_a_call_is_given_too_and_asking_is_counted_beside_it(
    dana: Browser, kept: Installation, carla: UUID
) -> None:
    shelf = dana.get(f"/candidates/{carla}/gifts").text
    log = next(link for link in map(unescape, re.findall(r'href="(/note\?[^"]+)"', shelf)) if str(OFFERS) in link)
    said = {name: values[0] for name, values in parse_qs(urlsplit(log).query).items()}
    assert (said["channel"], said["note"]) == ("call", "Passed on: Counter-offers")
    box = dana.get(log).text
    assert f'<input type="hidden" name="tip" value="{OFFERS}">' in box

    dana.post("/note", {**said, "direction": "out", "outcome": "talked"})
    for _ in range(2):
        dana.post(
            "/note", {"candidate": carla, "channel": "SMS", "direction": "out", "note": "Know a nurse?", "asks": 1}
        )

    assert "Gave 1 (last" in head(dana, carla)
    assert re.search(r"· asked 2 \( ?a referral, \d+ \w+\) · asked more than given Give", head(dana, carla))


def test_whoever_refused_is_sent_no_tip(dana: Browser, kept: Installation, carla: UUID, postbox: Postbox) -> None:
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), carla, Wishes(), Unwelcome.EVERYTHING)
    form = {"channel": "e-mail", "tip": str(OFFERS), "subject": "Counter-offers", "text": "Hello"}

    answer = dana.post(f"/candidates/{carla}/messages", form)

    assert (answer.status_code, postbox.mails) == (422, [])


def test_a_tip_that_is_not_there_is_sent_to_nobody(dana: Browser, carla: UUID, postbox: Postbox) -> None:
    form = {"channel": "e-mail", "tip": str(uuid4()), "subject": "Counter-offers", "text": "Hello"}

    answer = dana.post(f"/candidates/{carla}/messages", form)

    assert (answer.status_code, postbox.mails) == (422, [])
    assert "Choose what to give from the list." in answer.text
    assert dana.get(f"/candidates/{carla}/messages?tip={uuid4()}").status_code == 404


def test_an_opening_is_shelved_until_its_day_and_known_afterwards(dana: Browser, kept: Installation) -> None:
    form = {"kind": "opening", "title": "A <b>day</b> on wounds 🩹", "place": "Leeds", "until": "tomorrow"}
    wrong = dana.htmx.post("/tips", {**form, "until": "last friday", "link": "ftp://x"})
    assert wrong.status_code == 422
    assert "A &lt;b&gt;day&lt;/b&gt; on wounds 🩹" in wrong.text

    dana.post("/tips", form)

    assert "A &lt;b&gt;day&lt;/b&gt; on wounds 🩹" in dana.get("/tips").text
    later = kept.recruiting.log.now().date() + timedelta(days=3)
    assert [each.place for each in kept.views.tips.past_openings(later)] == ["Leeds"]
    assert kept.views.tips.openings(later) == []


def test_two_who_change_one_tip_and_one_that_is_retired(dana: Browser, tom: Browser, kept: Installation) -> None:
    form = {"kind": "tip", "title": "Counter-offers", "words": "Sleep on it.", "seen": "0"}
    assert tom.post(f"/tips/{OFFERS}", form).status_code == 303

    late = dana.htmx.post(f"/tips/{OFFERS}", {**form, "words": "Refuse."})

    assert late.status_code == 409
    assert "Tom changed this at" in late.text
    assert "It now says: Sleep on it." in late.text
    assert "Refuse." in late.text
    dana.post(f"/tips/{OFFERS}/retirement")
    assert "Use again" in dana.get("/tips").text
    dana.post(f"/tips/{OFFERS}/return")
    assert "Use again" not in dana.get("/tips").text


def test_the_shelf_asks_as_much_however_much_is_on_it(dana: Browser, kept: Installation, carla: UUID) -> None:
    kept.recruiting.write_tip(Command(uuid4(), dana.id), Tip("tip", "First", "Words"))
    dana.get(f"/candidates/{carla}/gifts")
    few = statements(dana, f"/candidates/{carla}/gifts")
    for number in range(12):
        kept.recruiting.write_tip(Command(uuid4(), dana.id), Tip("tip", f"Tip {number}", "Words"))
        kept.recruiting.record_touchpoint(
            Command(uuid4(), dana.id), carla, "SMS", "out", None, None, "Hello", gives=OFFERS
        )
    kept.views.catch_up()

    assert statements(dana, f"/candidates/{carla}/gifts") == few
