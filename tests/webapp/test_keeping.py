"""Keeping in touch: set on a person's page and by tag, told on Today with a message, logged with one press."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import mail, today

from domain.candidate import Details
from domain.command import Command
from domain.remembered import ImportantDate, Interval
from domain.wishes import Unwelcome, Wishes
from webapp.installation import Installation


@pytest.fixture
def carla(kept: Installation, dana: Browser, bob: UUID) -> UUID:
    """Somebody who can be written to, whom Dana looks after."""
    details = Details("Carla Byrne", ("carla@byrne.example",), ("+44 7700 900123",), "Midwife")
    added = kept.recruiting.add_candidate(Command(uuid4(), dana.id), details=details)
    kept.views.catch_up()
    return added.streams[0]


def silent(kept: Installation, by: Browser, whom: UUID, days_ago: int, every: int = 30, latest: int = 60) -> None:
    """We wrote to them so long ago, and want to be in touch every so many days."""
    mail(kept, by.id, whom, "Hello", days_ago, "out")
    kept.recruiting.set_keep_in_touch(Command(uuid4(), by.id), whom, Interval(every, latest))
    kept.views.catch_up()


def day(kept: Installation, by: Browser, whose: UUID, kind: str, days: int, label: str = "") -> UUID:
    """A day that matters comes in so many days; what it is called."""
    on, asked = today(kept) + timedelta(days=days), Command(uuid4(), by.id)
    year = None if kind == "birthday" else on.year
    kept.recruiting.note_date(asked, whose, ImportantDate(kind, on.month, on.day, year, label))
    kept.views.catch_up()
    return asked.stream(0)


def part(page: str, id: str) -> str:
    return page.partition(f'id="{id}"')[2].partition("</section>")[0]


# On the page about a person


def test_how_often_is_set_and_told(dana: Browser, kept: Installation, ada: UUID) -> None:
    answer = dana.post(f"/candidates/{ada}/keeping", {"ideal_days": "45", "latest_days": "60"})

    assert (answer.status_code, answer.location) == (303, f"/candidates/{ada}#keeping")
    page = part(dana.get(f"/candidates/{ada}").text, "keeping")
    assert "Every 45 days, 60 at the latest ·" in page
    assert "never in touch yet" in page


def test_without_a_latest_it_is_half_as_long_again(dana: Browser, ada: UUID) -> None:
    answer = dana.htmx.post(f"/candidates/{ada}/keeping", {"ideal_days": "40", "latest_days": ""})

    assert "Every 40 days, 60 at the latest" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    ("ideal", "latest", "sentence"),
    [
        ("0", "", "An interval has at least one day."),
        ("30", "20", "The latest comes after the ideal, or on the same day."),
        ("soon", "", "Say it in days, as a number."),
        ("", "20", "Say after how many days."),
    ],
)
def test_an_interval_that_is_none_is_refused_in_place(
    ideal: str, latest: str, sentence: str, dana: Browser, ada: UUID
) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post(f"/candidates/{ada}/keeping", {"ideal_days": ideal, "latest_days": latest})

        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'value="{ideal}"' in answer.text


def test_a_tag_says_how_often_until_the_person_has_an_interval_of_their_own(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    kept.recruiting.tag_candidate(Command(uuid4(), dana.id), ada, ["keep"])
    kept.views.catch_up()

    assert "Every 60 days, 90 at the latest, as a tag says" in dana.get(f"/candidates/{ada}").text

    dana.post(f"/candidates/{ada}/keeping", {"ideal_days": "10", "latest_days": "20"})
    assert "Every 10 days, 20 at the latest ·" in dana.get(f"/candidates/{ada}").text
    dana.post(f"/candidates/{ada}/keeping", {"ideal_days": "", "latest_days": ""})
    assert "as a tag says" in dana.get(f"/candidates/{ada}").text


def test_a_day_is_noted_and_of_a_birthday_no_year_is_kept(dana: Browser, kept: Installation, ada: UUID) -> None:
    dana.post(f"/candidates/{ada}/dates", {"occasion": "birthday", "on": "29 Nov 1990"})
    answer = dana.htmx.post(
        f"/candidates/{ada}/dates", {"occasion": "certificate expiry", "on": "31 Mar 2030", "label": "NMC"}
    )

    assert "<b>Birthday</b> 29 Nov<" in answer.text
    assert "1990" not in answer.text
    assert "<b>Certificate expiry</b> 31 Mar 2030 · NMC" in answer.text


def test_a_day_that_is_none_is_refused_with_what_was_typed(dana: Browser, ada: UUID) -> None:
    answer = dana.post(f"/candidates/{ada}/dates", {"occasion": "visa expiry", "on": "31 Feb", "label": "Tier 2"})

    assert answer.status_code == 422
    assert 'value="31 Feb"' in answer.text
    assert 'value="Tier 2"' in answer.text
    assert 'value="visa expiry" selected' in answer.text


def test_a_day_is_removed(dana: Browser, kept: Installation, ada: UUID) -> None:
    noted = day(kept, dana, ada, "birthday", 3)

    answer = dana.htmx.post(f"/candidates/{ada}/dates/{noted}/removed")

    assert "Birthday</b>" not in answer.text
    assert dana.post(f"/candidates/{ada}/dates/{noted}/removed").status_code == 404


def test_an_auditor_reads_it(aude: Browser, dana: Browser, kept: Installation, ada: UUID) -> None:
    day(kept, dana, ada, "birthday", 3)

    page = part(aude.get(f"/candidates/{ada}").text, "keeping")

    assert "Birthday" in page
    assert "<form" not in page


# On Today


def test_whose_interval_has_passed_stands_there_and_past_the_latest_it_is_loud(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, bob: UUID, carla: UUID
) -> None:
    for whom, days in ((ada, 100), (bob, 5), (carla, 95)):
        silent(kept, dana, whom, days, 30, 99)

    page = part(dana.get("/").text, "keep-in-touch")

    assert page.index("Ada Byron") < page.index("Carla Byrne")
    assert page.count("High time") == 1
    assert page.count("Time to be in touch") == 1
    assert "Bob Marsh" not in page
    assert "No e-mail and no number is known." in page  # Ada's
    assert "Hello Carla, it is a while since we spoke." in page
    assert "Keep in touch" not in tom.get("/").text
    assert "Carla Byrne" in part(tom.get("/?whose=everybody").text, "keep-in-touch")


def test_who_asked_never_to_be_reached_is_left_in_peace(dana: Browser, kept: Installation, carla: UUID) -> None:
    silent(kept, dana, carla, 100)
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), carla, Wishes(), Unwelcome.EVERYTHING)
    kept.views.catch_up()

    assert "Carla" not in part(dana.get("/").text, "keep-in-touch")


def test_a_voicemail_is_no_contact(dana: Browser, kept: Installation, carla: UUID) -> None:
    silent(kept, dana, carla, 100)
    dana.post(f"/candidates/{carla}/touchpoints", {"channel": "call", "outcome": "voicemail", "direction": "out"})
    assert "Carla" in part(dana.get("/").text, "keep-in-touch")

    said = {"channel": "call", "outcome": "talked", "direction": "out", "note": "Spoke"}
    dana.post(f"/candidates/{carla}/touchpoints", said)

    assert "Carla" not in part(dana.get("/").text, "keep-in-touch")


def test_one_press_writes_it_down(dana: Browser, kept: Installation, carla: UUID) -> None:
    silent(kept, dana, carla, 100)

    answer = dana.htmx.post(f"/candidates/{carla}/touches", {"channel": "e-mail", "note": "Hello Carla!"})

    assert answer.status_code == 200
    assert "Written down, with" in answer.text
    assert 'id="keep-in-touch"' not in answer.text
    entry = kept.views.timeline.of(carla, limit=1)[0]
    assert (entry.channel, entry.direction, entry.words) == ("e-mail", "out", "Hello Carla!")
    again = dana.post(f"/candidates/{carla}/touches", {"channel": "SMS", "note": "Hi", "whose": "everybody"})
    assert (again.status_code, again.location) == (303, "/?whose=everybody")


def test_a_day_of_this_week_has_its_message_and_is_seen_to(
    dana: Browser, kept: Installation, ada: UUID, carla: UUID
) -> None:
    birthday = day(kept, dana, carla, "birthday", 3)
    day(kept, dana, carla, "contract end", 12, "ward 4")
    day(kept, dana, ada, "birthday", 9)
    day(kept, dana, ada, "visa expiry", 20)

    page = part(dana.get("/").text, "this-week")

    assert page.index("Happy birthday, Carla!") < page.index("your contract ends on")
    assert "ward 4" in page
    assert "Ada" not in page

    year = str((today(kept) + timedelta(days=3)).year)
    said = {"channel": "WhatsApp", "note": "Happy birthday!", "noted": str(birthday), "year": year}
    answer = part(dana.htmx.post(f"/candidates/{carla}/touches", said).text, "this-week")

    assert "Happy birthday" not in answer
    assert "your contract ends on" in answer


def test_a_day_may_be_left_out(dana: Browser, kept: Installation, carla: UUID) -> None:
    noted = day(kept, dana, carla, "contract end", -2)
    assert "Carla" in part(dana.get("/").text, "this-week")

    year = str((today(kept) - timedelta(days=2)).year)
    answer = dana.htmx.post(f"/candidates/{carla}/dates/{noted}/seen-to", {"year": year})

    assert "Left out." in answer.text
    assert 'id="this-week"' not in answer.text


def test_a_message_without_words_is_refused_on_the_page(dana: Browser, kept: Installation, carla: UUID) -> None:
    silent(kept, dana, carla, 100)

    for form, sentence in (
        ({"channel": "e-mail"}, "Write what was said."),
        ({"channel": "note"}, "Choose how you wrote"),
    ):
        answer = dana.htmx.post(f"/candidates/{carla}/touches", form)

        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'id="keep-in-touch"' in answer.text


def test_an_auditor_is_offered_nothing_to_send(aude: Browser, dana: Browser, kept: Installation, carla: UUID) -> None:
    silent(kept, dana, carla, 100)

    page = part(aude.get("/?whose=everybody").text, "keep-in-touch")

    assert "Carla Byrne" in page
    assert "<form" not in page


def test_today_asks_as_much_however_many_there_are(dana: Browser, kept: Installation, ada: UUID, carla: UUID) -> None:
    from sqlalchemy import Engine, event

    asked: list[str] = []

    def count(connection, cursor, statement, *_) -> None:  # type: ignore[no-untyped-def]
        asked.append(statement)

    def statements() -> int:
        asked.clear()
        dana.get("/")
        return len(asked)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        silent(kept, dana, carla, 100)
        dana.get("/")
        few = statements()
        silent(kept, dana, ada, 100)
        for whom in (ada, carla):
            day(kept, dana, whom, "birthday", 2)
        many = statements()
    finally:
        event.remove(Engine, "before_cursor_execute", count)

    assert many == few


# By tag


def test_an_owner_sets_intervals_by_tag(olive: Browser, dana: Browser, kept: Installation, ada: UUID) -> None:
    assert "#keep</b> every 60 days, 90 at the latest" in olive.get("/settings/keeping").text

    olive.post("/settings/keeping", {"tag": "#Nurse", "ideal_days": "21", "latest_days": "28"})
    answer = olive.htmx.post("/settings/keeping", {"tag": "keep"})

    assert "#nurse</b> every 21 days, 28 at the latest" in answer.text
    assert "#keep" not in answer.text
    assert "Saved." in answer.text
    page = dana.get("/settings/keeping").text
    assert "#nurse" in page
    assert "An owner can change these." in page
    assert 'name="ideal_days"' not in page


def test_an_interval_of_no_days_by_tag_is_refused(olive: Browser) -> None:
    answer = olive.htmx.post("/settings/keeping", {"tag": "nurse", "ideal_days": "0"})

    assert answer.status_code == 422
    assert "An interval has at least one day." in answer.text
    assert 'value="nurse"' in answer.text
