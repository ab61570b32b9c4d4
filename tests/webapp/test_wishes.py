"""How somebody wishes to be reached, and who sent them to us: shown in their head, changed in place."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.command import Command
from domain.wishes import Unwelcome, Wishes
from webapp.installation import Installation

EVENINGS = {
    "unwanted": ["call", "WhatsApp"],
    "not_before": "18:00",
    "not_after": "20:30",
    "not_on": ["5", "6"],
    "wishes_note": "works <nights>",
    "unwelcome": "mails",
}


def seen(kept: Installation, candidate: UUID) -> str:
    kept.views.catch_up()
    return str(kept.views.directory.candidate(candidate).changed)


def test_wishes_stand_in_the_persons_head(
    dana: Browser, aude: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    for browser, status in ((dana, 303), (dana.htmx, 200)):
        answer = browser.post(f"/candidates/{ada}/wishes", {**EVENINGS, "seen": seen(kept, ada)})
        assert answer.status_code == status

    for page in (answer.text, dana.get(f"/candidates/{ada}").text, aude.get(f"/candidates/{ada}").text):
        assert (
            '<p class="soon">No calls, no WhatsApp, not before 18:00, not after 20:30, not on Saturdays, not on Sundays'
            " · works &lt;nights&gt;</p>"
        ) in page
        assert '<p class="late"><b>No mails at all</b>: they asked so ' in page
    assert 'class="soon"' not in dana.get(f"/candidates/{bob}").text


def test_the_form_holds_what_they_wish_now(dana: Browser, kept: Installation, ada: UUID) -> None:
    dana.post(f"/candidates/{ada}/wishes", {**EVENINGS, "seen": seen(kept, ada)})

    for browser in (dana, dana.htmx):
        form = browser.get(f"/candidates/{ada}/wishes").text

        for value in ('value="call" checked', 'value="WhatsApp" checked', 'value="5" checked', 'value="18:00"'):
            assert value in form
        assert 'value="SMS" checked' not in form
        assert '<option value="mails" selected>' in form


def test_what_is_welcome_again_is_shown_no_more(dana: Browser, kept: Installation, ada: UUID) -> None:
    dana.post(f"/candidates/{ada}/wishes", {**EVENINGS, "seen": seen(kept, ada)})

    dana.post(f"/candidates/{ada}/wishes", {"unwelcome": "", "seen": seen(kept, ada)})

    page = dana.get(f"/candidates/{ada}").text
    assert "No mails at all" not in page
    assert 'class="soon"' not in page


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"not_before": "21:00"}, "not_after", "This leaves no time of day."),
        ({"not_before": "soon"}, "not_before", "That is not a time."),
        ({"not_on": list("0123456")}, "not_on", "Leave at least one day on which they can be reached."),
        ({"unwanted": ["pigeon"]}, "unwanted", "Choose from this list."),
        ({"unwelcome": "all"}, "unwelcome", "Choose one of these."),
        ({"wishes_note": "x" * 201}, "wishes_note", "This is too long"),
    ],
)
def test_a_refused_wish_keeps_what_was_said(
    dana: Browser, kept: Installation, ada: UUID, change: dict, field: str, sentence: str
) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post(f"/candidates/{ada}/wishes", {**EVENINGS, **change, "seen": seen(kept, ada)})

        assert answer.status_code == 422
        assert f'<span class="error" id="{field}-error">{sentence}' in answer.text
        assert 'value="20:30"' in answer.text
    assert kept.views.wishes.of(ada) is None


def test_two_who_change_them_are_told_of_each_other(dana: Browser, tom: Browser, kept: Installation, ada: UUID) -> None:
    before = seen(kept, ada)
    tom.post(f"/candidates/{ada}/wishes", {"wishes_note": "Toms words", "seen": before})

    answer = dana.post(f"/candidates/{ada}/wishes", {**EVENINGS, "seen": before})

    assert answer.status_code == 409
    assert "Tom changed this at" in answer.text
    assert 'value="works &lt;nights&gt;"' in answer.text


def test_only_those_who_may_write_change_them(aude: Browser, client: Browser, dana: Browser, ada: UUID) -> None:
    for what in ("wishes", "referral"):
        assert aude.get(f"/candidates/{ada}/{what}").status_code == 403
        assert aude.post(f"/candidates/{ada}/{what}").status_code == 403
        assert client.get(f"/candidates/{ada}/{what}").status_code == 303
        assert dana.get(f"/candidates/{uuid4()}/{what}").status_code == 404
        assert f'href="/candidates/{ada}/{what}"' in dana.get(f"/candidates/{ada}").text
        assert f'href="/candidates/{ada}/{what}"' not in aude.get(f"/candidates/{ada}").text


def test_nothing_of_it_is_shown_of_somebody_erased(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    wishes = Wishes(("call",), note="works nights")
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), ada, wishes, Unwelcome.MAILS)
    kept.recruiting.refer_candidate(Command(uuid4(), dana.id), ada, bob)
    kept.recruiting.erase_candidate(Command(uuid4(), dana.id), ada, "asked")

    page = dana.get(f"/candidates/{ada}").text

    assert "No calls" not in page
    assert "No mails at all" not in page
    assert f'Sent us <a href="/candidates/{ada}">an erased person</a>' in dana.get(f"/candidates/{bob}").text


# Who sent them


def test_somebody_is_looked_for_and_noted_as_the_one_who_sent_them(dana: Browser, ada: UUID, bob: UUID) -> None:
    for browser in (dana, dana.htmx):
        found = browser.get(f"/candidates/{ada}/referral?q=bob").text
        assert f'name="referrer" value="{bob}"' in found
        assert f'name="referrer" value="{ada}"' not in browser.get(f"/candidates/{ada}/referral?q=ada").text

    answer = dana.htmx.post(f"/candidates/{ada}/referral", {"referrer": str(bob)})

    assert f'Referred by <a href="/candidates/{bob}">Bob Marsh</a>' in answer.text
    assert f'Referred by <a href="/candidates/{bob}">Bob Marsh</a>' in dana.get(f"/candidates/{ada}").text
    assert f'Sent us <a href="/candidates/{ada}">Ada Byron</a>' in dana.get(f"/candidates/{bob}").text


def test_thanking_is_promised_by_default_within_two_working_days(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    form = dana.get(f"/candidates/{ada}/referral?q=bob").text
    assert 'name="thanks" value="1" checked' in form

    dana.post(f"/candidates/{ada}/referral", {"referrer": str(bob), "thanks": "1"})
    dana.post(f"/candidates/{ada}/referral", {"referrer": str(bob), "thanks": "1"})

    (row,) = kept.views.promises.of(bob)
    assert (row.words, row.keeper) == ("Thank them for sending somebody to us", dana.id)
    assert row.due_on == _second_working_day(kept.recruiting.log.now().date())
    assert kept.views.promises.of(ada) == []


def _second_working_day(day: date) -> date:
    days = (day + timedelta(days=n) for n in range(1, 8))
    return [each for each in days if each.weekday() < 5][1]


def test_without_the_tick_nothing_is_promised(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    dana.post(f"/candidates/{ada}/referral", {"referrer": str(bob)})

    assert kept.views.promises.of(bob) == []


def test_a_wrong_referrer_is_taken_back(dana: Browser, ada: UUID, bob: UUID) -> None:
    dana.post(f"/candidates/{ada}/referral", {"referrer": str(bob)})
    assert "Not referred by Bob Marsh" in dana.get(f"/candidates/{ada}/referral").text

    dana.post(f"/candidates/{ada}/referral", {"nobody": "1"})

    assert "Referred by <a" not in dana.get(f"/candidates/{ada}").text
    assert "Sent us" not in dana.get(f"/candidates/{bob}").text


@pytest.mark.parametrize("referrer", ["", "nobody", str(UUID(int=4)), "herself"])
def test_a_referrer_that_cannot_be_is_refused(dana: Browser, ada: UUID, referrer: str) -> None:
    for browser in (dana, dana.htmx):
        form = {"referrer": str(ada) if referrer == "herself" else referrer, "q": "bob"}
        answer = browser.post(f"/candidates/{ada}/referral", form)

        assert answer.status_code == 422
        assert 'id="referrer-error"' in answer.text
        assert 'value="bob"' in answer.text
