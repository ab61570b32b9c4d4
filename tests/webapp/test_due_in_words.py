"""Wherever a date is asked it may be said in words: read in full, asked about where it is not clear, never guessed.

It is Wednesday the 25th of November 2026, ten in the morning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import CHEAP, Browser
from flask import Flask
from saying import promise

from domain.agency import AgencySettings
from domain.command import Command
from tests.agency import Clock
from webapp import create_app
from webapp.installation import Installation
from webapp.settings import Settings

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
FRIDAY, NEXT_FRIDAY = date(2026, 11, 27), date(2026, 12, 4)
FORMS = ("/candidates/{ada}/touchpoints", "/candidates/{ada}/promises", "/note")


@pytest.fixture
def clock() -> Clock:
    return Clock(WEDNESDAY)


@pytest.fixture
def empty_app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    app = create_app(settings, passwords=CHEAP, clock=clock)
    yield app
    app.extensions["kept"].close()


def in_country(kept: Installation, olive: Browser, country: str) -> None:
    agency = kept.views.team.agency()
    settings = AgencySettings(name=agency.name, zone=agency.zone, country=country)
    kept.recruiting.change_settings(Command(uuid4(), olive.id), agency.id, settings)
    kept.views.catch_up()


def form(dana: Browser, ada: UUID, **said: str) -> dict[str, str]:
    return {
        "candidate": str(ada),
        "channel": "note",
        "note": "She asked twice.",
        "promise": "Ring with the rate",
        "who": str(dana.id),
        **said,
    }


def promised(kept: Installation, ada: UUID) -> list[tuple[date, time | None, str | None]]:
    """The dues of the promises to Ada, and the words in which they were said first."""
    kept.views.catch_up()
    history = kept.views.promises.history
    return [(row.due_on, row.due_at, history(row.id)[0].due_phrase) for row in kept.views.promises.of(ada)]


def choices(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<input type="radio" name="due_choice" value="([^"]+)"( checked)?>', page)


def words(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


@pytest.mark.parametrize("by_htmx", [False, True])
@pytest.mark.parametrize("address", FORMS)
def test_a_due_in_words_is_saved_with_the_words(
    dana: Browser, kept: Installation, ada: UUID, address: str, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana

    answer = browser.post(address.format(ada=ada), form(dana, ada, due=" fri  3pm "))

    assert answer.status_code == (200 if by_htmx else 303)
    assert promised(kept, ada) == [(FRIDAY, time(15), "fri 3pm")]


def test_a_date_as_browsers_send_it_has_no_words(dana: Browser, kept: Installation, ada: UUID) -> None:
    dana.post(f"/candidates/{ada}/promises", form(dana, ada, due="2026-11-27", due_at="09:00"))
    dana.post(f"/candidates/{ada}/promises", form(dana, ada, due="2026-12-04 09:00"))

    assert promised(kept, ada) == [(FRIDAY, time(9), None), (NEXT_FRIDAY, time(9), None)]


def test_the_date_is_said_back_when_it_is_saved(dana: Browser, ada: UUID) -> None:
    composed = dana.htmx.post(f"/candidates/{ada}/touchpoints", form(dana, ada, due="in a fortnight"))
    noted = dana.post("/note", form(dana, ada, due="tomorow pm"))

    assert "Saved, with a promise due Wed 9 Dec." in composed.text
    assert "Saved for Ada Byron . “Ring with the rate” is due Thu 26 Nov ." in words(dana.get(noted.location).text)


@pytest.mark.parametrize("by_htmx", [False, True])
@pytest.mark.parametrize("address", FORMS)
def test_what_may_mean_two_days_is_asked_about_and_everything_typed_is_kept(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, address: str, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana
    sent = form(dana, ada, due="next friday", due_at="09:30")

    asked = browser.post(address.format(ada=ada), sent)

    assert asked.status_code == 422
    assert "Do you mean Fri 27 Nov 2026" in asked.text
    assert choices(asked.text) == [("2026-11-27 09:30", ""), ("2026-12-04 09:30", "")]
    for kept_word in ('value="next friday"', 'value="09:30"', 'value="Ring with the rate"'):
        assert kept_word in asked.text
    assert "She asked twice." in asked.text or address.endswith("promises")
    assert promised(kept, ada) == []

    answer = browser.post(address.format(ada=ada), sent | {"due_choice": "2026-12-04 09:30"})

    assert answer.status_code == (200 if by_htmx else 303)
    assert promised(kept, ada) == [(NEXT_FRIDAY, time(9, 30), "next friday")]
    assert promised(kept, bob) == []


def test_the_choice_stays_made_where_something_else_is_wrong(dana: Browser, kept: Installation, ada: UUID) -> None:
    sent = form(dana, ada, due="next friday", due_choice="2026-12-04", promise="")

    refused = dana.post(f"/candidates/{ada}/promises", sent)

    assert refused.status_code == 422
    assert "Say what you promised." in refused.text
    assert choices(refused.text) == [("2026-11-27", ""), ("2026-12-04", " checked")]


@pytest.mark.parametrize("choice", ["2026-12-11", "2026-11-27 09:00", "tomorrow", ""])
def test_a_choice_that_was_not_offered_counts_for_nothing(
    dana: Browser, kept: Installation, ada: UUID, choice: str
) -> None:
    sent = form(dana, ada, due="next friday", due_choice=choice)

    assert dana.post(f"/candidates/{ada}/promises", sent).status_code == 422
    assert promised(kept, ada) == []


def test_other_words_make_an_earlier_choice_idle(dana: Browser, kept: Installation, ada: UUID) -> None:
    dana.post(f"/candidates/{ada}/promises", form(dana, ada, due="tomorrow", due_choice="2026-12-04"))

    assert promised(kept, ada) == [(date(2026, 11, 26), None, "tomorrow")]


@pytest.mark.parametrize(
    "due", ["soon", "yesterday", "30 feb", "once he knows", "Thu 27 Nov", "12/13/26", "2026-02-30"]
)
def test_what_is_no_clear_day_is_not_saved(dana: Browser, kept: Installation, ada: UUID, due: str) -> None:
    for address in FORMS:
        answer = dana.post(address.format(ada=ada), form(dana, ada, due=due))

        assert answer.status_code == 422
        assert re.search(r'<span class="error" id="due-error[^"]*">[A-Z]', answer.text)
        assert f'value="{due}"' in answer.text
    assert promised(kept, ada) == []


@pytest.mark.parametrize(
    ("country", "due"),
    [("GB", date(2026, 12, 3)), ("IE", date(2026, 12, 3)), ("US", date(2027, 3, 12)), ("US-CA", date(2027, 3, 12))],
)
def test_the_country_of_the_agency_says_which_number_is_the_day(
    dana: Browser, olive: Browser, kept: Installation, ada: UUID, country: str, due: date
) -> None:
    in_country(kept, olive, country)

    answer = dana.post(f"/candidates/{ada}/promises", form(dana, ada, due="3/12"))

    assert answer.status_code == 303
    assert promised(kept, ada) == [(due, None, "3/12")]


def test_as_long_as_nobody_said_where_the_agency_is_it_is_asked(
    dana: Browser, kept: Installation, olive: Browser, ada: UUID
) -> None:
    in_country(kept, olive, "")

    asked = dana.post(f"/candidates/{ada}/promises", form(dana, ada, due="3/12"))
    clear = dana.post(f"/candidates/{ada}/promises", form(dana, ada, due="27/11"))

    assert "Which is the day, and which is the month?" in asked.text
    assert choices(asked.text) == [("2026-12-03", ""), ("2027-03-12", "")]
    assert clear.status_code == 303


def test_two_hours_that_differ_are_asked_about(dana: Browser, kept: Installation, ada: UUID) -> None:
    sent = form(dana, ada, due="fri 3pm", due_at="09:00")

    asked = dana.post(f"/candidates/{ada}/promises", sent)
    same = dana.post(f"/candidates/{ada}/promises", sent | {"due_at": "15:00"})
    chosen = dana.post(f"/candidates/{ada}/promises", sent | {"due_choice": "2026-11-27 09:00"})

    assert asked.status_code == 422
    assert choices(asked.text) == [("2026-11-27 15:00", ""), ("2026-11-27 09:00", "")]
    assert (same.status_code, chosen.status_code) == (303, 303)
    assert sorted(promised(kept, ada)) == [(FRIDAY, time(9), "fri 3pm"), (FRIDAY, time(15), "fri 3pm")]


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        ("fri", "Fri 27 Nov 2026"),
        ("tomorrow 3pm", "Thu 26 Nov 2026, 15:00"),
        ("2026-12-04", "Fri 4 Dec 2026"),
        ("next friday", "Do you mean Fri 27 Nov 2026 or Fri 4 Dec 2026? Fri 27 Nov 2026 Fri 4 Dec 2026"),
        ("soon", "That is not a date. By when at the latest?"),
        ("2001-01-01", "That date is more than a year ago. Please check the year."),
        ("", ""),
        ("  ", ""),
    ],
)
def test_the_day_is_shown_back_while_it_is_typed(dana: Browser, due: str, shown: str) -> None:
    answer = dana.htmx.get("/due", query_string={"due": due})

    assert answer.status_code == 200
    assert words(answer.text) == shown


def test_the_hour_beside_it_is_shown_back_too(dana: Browser) -> None:
    assert words(dana.get("/due?due=fri&due_at=16:30").text) == "Fri 27 Nov 2026, 16:30"
    assert words(dana.get("/due?due=fri&due_at=16:3").text) == "Fri 27 Nov 2026"
    assert choices(dana.get("/due?due=fri+3pm&due_at=16:30").text) == [
        ("2026-11-27 15:00", ""),
        ("2026-11-27 16:30", ""),
    ]


def test_the_hour_beside_it_may_be_the_answer(dana: Browser) -> None:
    assert words(dana.get("/due?due=fri+at+6&due_at=18:00").text) == "Fri 27 Nov 2026, 18:00"
    assert [value for value, _ in choices(dana.get("/due?due=wed+at+7&due_at=07:00").text)] == ["2026-12-02 07:00"]


def seen(page: str) -> str:
    found = re.search(r'name="due_seen" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def test_what_was_shown_is_what_is_saved_though_midnight_has_come(
    dana: Browser, kept: Installation, ada: UUID, clock: Clock
) -> None:
    shown = seen(dana.get("/due", query_string={"due": "tomorrow", "due_at": "09:00"}).text)
    clock.on(hours=20)
    sent = form(dana, ada, due="tomorrow", due_at="09:00")

    dana.post(f"/candidates/{ada}/promises", sent | {"due_seen": shown})
    dana.post(f"/candidates/{ada}/promises", sent | {"due_seen": shown, "due": "today"})
    dana.post(f"/candidates/{ada}/promises", sent | {"due_seen": shown, "due_at": "10:00"})

    assert sorted(promised(kept, ada)) == [
        (date(2026, 11, 26), time(9), "today"),
        (date(2026, 11, 26), time(9), "tomorrow"),
        (date(2026, 11, 27), time(10), "tomorrow"),
    ]


@pytest.mark.parametrize(
    "shown", ["next friday||next friday", "soon||next friday", "||next friday", "||", "2026-99-99||next friday"]
)
def test_what_was_never_shown_settles_nothing(dana: Browser, kept: Installation, ada: UUID, shown: str) -> None:
    sent = form(dana, ada, due="next friday", due_seen=shown)

    assert dana.post(f"/candidates/{ada}/promises", sent).status_code == 422
    assert promised(kept, ada) == []


def test_what_is_typed_is_shown_as_text_and_never_as_markup(dana: Browser, ada: UUID) -> None:
    nasty = '"><script>alert(1)</script>'

    assert nasty not in dana.get("/due", query_string={"due": nasty}).text
    assert nasty not in dana.post("/note", form(dana, ada, due=nasty)).text


def test_the_agencys_day_counts_and_not_that_of_the_machine(
    dana: Browser, olive: Browser, kept: Installation, clock: Clock
) -> None:
    agency = kept.views.team.agency()
    auckland = AgencySettings(name=agency.name, zone="Pacific/Auckland")
    kept.recruiting.change_settings(Command(uuid4(), olive.id), agency.id, auckland)
    kept.views.catch_up()
    clock.now = datetime(2026, 11, 25, 12, tzinfo=UTC)  # one in the morning of Thursday, there

    assert words(dana.get("/due?due=today").text) == "Thu 26 Nov 2026"


# A new date


@pytest.fixture
def card(kept: Installation, dana: Browser, ada: UUID) -> UUID:
    return promise(kept, dana.id, ada, "Send rate card", 1, time(9))


def move(browser: Browser, card: UUID, **said: str) -> Any:
    return browser.post(f"/promises/{card}/dates", {"seen": "1", "shown_on": "promise", "why": "away", **said})


def test_a_new_date_is_said_in_words_and_stands_so_in_the_history(
    dana: Browser, kept: Installation, card: UUID
) -> None:
    answer = move(dana.htmx, card, due="fri week")
    page = words(dana.get(f"/promises/{card}").text)

    assert "New date set: Fri 4 Dec." in answer.text
    assert "Dana moved it to Fri 4 Dec , said as “fri week”: “away”" in page
    assert kept.views.promises.promise(card).due_on == NEXT_FRIDAY


@pytest.mark.parametrize("place", ["promise", "candidate", "today", "ledger"])
def test_a_new_date_that_is_not_clear_is_asked_about_in_its_place(dana: Browser, card: UUID, place: str) -> None:
    for browser in (dana, dana.htmx):
        asked = move(browser, card, due="next friday", shown_on=place)

        assert asked.status_code == 422
        assert [value for value, _ in choices(asked.text)] == ["2026-11-27", "2026-12-04"]
        assert 'value="away"' in asked.text

    assert move(dana, card, due="next friday", due_choice="2026-11-27", shown_on=place).status_code == 303


def test_the_hour_that_stood_there_gives_way_to_one_in_words(dana: Browser, kept: Installation, card: UUID) -> None:
    shown = dana.get(f"/promises/{card}?move=dates").text
    assert 'name="due_stood" value="09:00"' in shown
    assert "Thu 26 Nov 2026, 09:00" in shown

    answer = move(dana, card, due="fri 3pm", due_at="09:00", due_stood="09:00")

    assert answer.status_code == 303
    row = kept.views.promises.promise(card)
    assert (row.due_on, row.due_at) == (FRIDAY, time(15))


def test_a_stale_form_keeps_the_words_and_the_choice(dana: Browser, tom: Browser, card: UUID) -> None:
    move(tom, card, due="mon")

    stale = move(dana, card, due="next friday", due_choice="2026-12-04")

    assert stale.status_code == 409
    assert "Tom changed this at" in stale.text
    assert 'value="next friday"' in stale.text
    assert choices(stale.text) == [("2026-11-27", ""), ("2026-12-04", " checked")]


def test_where_the_words_were_removed_those_of_the_due_are_gone_too(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    dana.post(f"/candidates/{ada}/promises", form(dana, ada, due="fri"))
    (row,) = kept.views.promises.of(ada)
    assert "said as “fri”" in words(dana.get(f"/promises/{row.id}").text)

    kept.recruiting.redact_promise(Command(uuid4(), dana.id), row.id, "asked")
    kept.views.catch_up()

    assert "said as" not in words(dana.get(f"/promises/{row.id}").text)


# A reminder later


def snooze(browser: Browser, card: UUID, words: str) -> Any:
    said = {"seen": "1", "shown_on": "promise", "until": "said", "until_words": words}
    return browser.post(f"/promises/{card}/snooze", said)


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("in 2 hours", datetime(2026, 11, 25, 12, 0, tzinfo=UTC)),
        ("tomorrow 3pm", datetime(2026, 11, 26, 15, 0, tzinfo=UTC)),
        ("fri", datetime(2026, 11, 27, 9, 0, tzinfo=UTC)),
    ],
)
def test_one_may_ask_in_words_to_be_reminded_later(
    dana: Browser, kept: Installation, card: UUID, said: str, until: datetime
) -> None:
    answer = snooze(dana.htmx, card, said)

    assert "Kept reminds you again" in answer.text
    assert kept.views.promises.promise(card).snoozed_until == until


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("next friday", "Do you mean Fri 27 Nov 2026 or Fri 4 Dec 2026?"),
        ("soon", "That is not a date."),
        ("", "Choose when to be reminded again."),
        ("2 dec 2031", "Choose a moment within the next year."),
    ],
)
def test_a_reminder_is_not_put_off_until_who_knows_when(
    dana: Browser, kept: Installation, card: UUID, said: str, sentence: str
) -> None:
    answer = snooze(dana, card, said)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'name="until_words" value="{said}"' in answer.text
    assert kept.views.promises.promise(card).snoozed_until is None


# The ledger


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("from=1+nov", "made from Sun 1 Nov"),
        ("from=yesterday", "made from Tue 24 Nov"),
        ("from=last+friday", "made from Fri 20 Nov"),
        ("to=today", "made until Wed 25 Nov"),
        ("from=2+weeks+ago&to=2026-11-24", "made from Wed 11 Nov · made until Tue 24 Nov"),
        ("from=2026-11-20", "made from Fri 20 Nov"),
        ("from=1+jan", "made from Fri 1 Jan 2027"),
    ],
)
@pytest.mark.usefixtures("card")
def test_the_ledger_is_asked_in_words_backwards_and_forwards(dana: Browser, asked: str, told: str) -> None:
    page = dana.get(f"/promises?{asked}")

    assert page.status_code == 200
    assert told in words(page.text)


@pytest.mark.usefixtures("card")
def test_the_addresses_of_the_ledger_hold_dates_and_no_words(dana: Browser) -> None:
    page = dana.get("/promises?from=yesterday").text

    assert "/promises.csv?from=2026-11-24" in page
    assert 'value="yesterday"' in page


def test_the_ledger_asks_back_where_it_is_not_clear(dana: Browser) -> None:
    answer = dana.get("/promises?from=last+monday")

    assert answer.status_code == 422
    assert "Do you mean Mon 16 Nov 2026 or Mon 23 Nov 2026?" in answer.text
    assert 'value="last monday"' in answer.text


def test_without_a_sign_in_nothing_is_read(client: Browser) -> None:
    assert client.get("/due?due=fri").status_code == 303
