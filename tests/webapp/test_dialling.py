"""Before you dial: everything one should know of somebody, on one screen; and how they are reached."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import note, promise

from domain.candidate import Details
from domain.command import Command
from webapp.installation import Installation


@pytest.fixture
def carla(kept: Installation, dana: Browser) -> UUID:
    """A candidate with a number whose country is known, and one whose is not."""
    details = Details("Carla Byrne", phones=("+44 7700 900123", "0113 496 0000"))
    added = kept.recruiting.add_candidate(Command(uuid4(), dana.id), details=details)
    kept.views.catch_up()
    return added.streams[0]


def brief(browser: Browser, candidate: UUID) -> str:
    return browser.get(f"/candidates/{candidate}/dial").text


def test_it_shows_what_is_open_what_was_said_last_what_hurts_and_what_pay(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    promise(kept, dana.id, ada, "Send the rate card")
    promise(kept, dana.id, bob, "Ring Bob")
    for words in ("She wants no more nights. Earns £17.50 now.", "Looking for 40k, perm.", "Good mood"):
        note(kept, dana.id, ada, words)
    dana.post(
        f"/candidates/{ada}/touchpoints",
        {"channel": "call", "outcome": "talked", "direction": "out", "note": "Spoke about wards"},
    )

    page = brief(dana, ada)

    assert "Send the rate card" in page
    assert "Ring Bob" not in page
    assert page.count("Spoke about wards") == 1
    assert "“She wants no more nights.”" in page
    assert page.index("“Looking for 40k, perm.”") < page.index("“Earns £17.50 now.”")
    assert "Good mood" not in page


def test_what_was_noted_stands_before_what_was_found(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    note(kept, dana.id, ada, "She wants no more nights.")
    for person, words in ((ada, "Rota changes at the last minute"), (bob, "Bob wants a van")):
        dana.post(f"/candidates/{person}/pains", {"kind": "want", "pain": words, "quote": "I never know"})

    page = brief(dana, ada)

    assert page.index("Rota changes at the last minute") < page.index("“She wants no more nights.”")
    assert "“I never know”" in page
    assert "Bob wants a van" not in page


def test_what_was_said_of_notice_and_place_is_told_over_time(dana: Browser, kept: Installation, ada: UUID) -> None:
    for words in ("On 4 weeks' notice. Lives in Otley.", "Would relocate to York."):
        note(kept, dana.id, ada, words)

    page = brief(dana, ada)

    assert "“On 4 weeks&#39; notice.”" in page
    assert page.index("“Would relocate to York.”") < page.index("“Lives in Otley.”")
    assert "Said twice" not in page


def test_two_statements_that_differ_stand_together_with_their_days(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    for person, words in (
        (ada, "Earns £17.50 now. Notice 4 weeks."),
        (bob, "Notice 12 weeks."),
        (ada, "Now on £19 an hour. 8 weeks notice."),
    ):
        note(kept, dana.id, person, words)

    twice = brief(dana, ada).partition('aria-label="Said twice"')[2].partition("</section>")[0]

    assert twice.index("Now on £19 an hour.") < twice.index("Earns £17.50 now.")
    assert twice.index("8 weeks notice.") < twice.index("Notice 4 weeks.")
    assert twice.count("<time") == 4
    assert "12 weeks" not in twice


def test_a_voicemail_is_no_talk(dana: Browser, ada: UUID) -> None:
    said = {"channel": "call", "outcome": "voicemail", "direction": "out", "note": "Left word"}
    dana.post(f"/candidates/{ada}/touchpoints", said)

    page = brief(dana, ada)

    assert "Nobody here has spoken with them yet." in page


def test_each_number_is_rung_and_written_to_with_the_first_words_filled_in(dana: Browser, carla: UUID) -> None:
    page = brief(dana, carla)

    greeting = "Hello%20Carla%2C%20Dana%20from%20Harbour%20Staffing%20here.%20"
    assert 'href="tel:+447700900123"' in page
    assert f'href="https://wa.me/447700900123?text={greeting}"' in page
    assert f'href="sms:+447700900123?body={greeting}"' in page
    assert f'data-log="/note?candidate={carla}&amp;channel=WhatsApp"' in page
    assert f'href="/note?candidate={carla}&amp;channel=call&amp;outcome=voicemail"' in page


def test_whatsapp_is_offered_where_the_country_of_a_number_is_known(dana: Browser, carla: UUID) -> None:
    page = brief(dana, carla)

    assert page.count("https://wa.me/") == 1  # the other number is a national one, and this agency has no country
    assert 'href="tel:01134960000"' in page


def test_an_auditor_reads_it_and_is_offered_nothing_to_write(aude: Browser, carla: UUID) -> None:
    page = brief(aude, carla)

    assert "tel:" in page
    assert "data-log" not in page
    assert "/note?" not in page


def test_somebody_without_a_number_is_said_to_have_none(dana: Browser, ada: UUID) -> None:
    assert "We know no telephone number." in brief(dana, ada)
    assert dana.get(f"/candidates/{uuid4()}/dial").status_code == 404


def test_what_was_taken_back_is_not_quoted(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, "Earns £99 an hour")
    kept.recruiting.retract_touchpoint(Command(uuid4(), dana.id), entry, "the other Ada")

    assert "£99" not in brief(dana, ada)


def test_it_counts_as_opened(dana: Browser, carla: UUID) -> None:
    brief(dana, carla)

    assert f'value="{carla}" checked' in dana.get("/note").text
