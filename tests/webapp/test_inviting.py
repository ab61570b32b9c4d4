"""Networks: invited, accepted, declined, in place; and whom to invite, on Today."""

from __future__ import annotations

from uuid import UUID, uuid4

from cast import Browser

from domain.command import Command
from domain.wishes import Unwelcome, Wishes
from webapp.installation import Installation


def talk(browser: Browser, candidate: UUID) -> None:
    form = {"channel": "call", "outcome": "talked", "direction": "out", "note": "Spoke"}
    assert browser.post(f"/candidates/{candidate}/touchpoints", form).status_code == 303


def test_an_invitation_is_noted_answered_and_taken_back_in_place(dana: Browser, ada: UUID) -> None:
    there = f"/candidates/{ada}/invitations"
    invited = dana.htmx.post(there, {"network": "XING", "on": "four weeks ago", "link": "https://xing.com/ada"})
    assert '<b class="soon">not answered</b>' in invited.text
    assert '<a href="https://xing.com/ada"' in invited.text
    assert dana.post(there, {"network": "LinkedIn", "on": ""}).location == f"/candidates/{ada}#networks"

    answered = dana.htmx.post(f"{there}/answer", {"network": "XING", "answer": "accepted", "on": "yesterday"})
    assert ", accepted <time" in answered.text
    page = dana.get(f"/candidates/{ada}").text
    assert page.count('name="answer" value="accepted"') == 1
    assert "not answered" not in page

    dana.post(f"{there}/undone", {"network": "LinkedIn"})
    assert 'name="answer" value="accepted"' not in dana.get(f"/candidates/{ada}").text


def test_what_is_no_invitation_is_refused_with_what_was_typed(dana: Browser, ada: UUID) -> None:
    there = f"/candidates/{ada}/invitations"
    for form, sentence in (
        ({"network": "LinkedIn", "link": "javascript:alert(1)"}, "This does not look like a link."),
        ({"network": "LinkedIn", "on": "in a fortnight"}, "That is in the future."),
        ({"network": "<script>"}, "Choose a network from the list."),
        ({"network": "LinkedIn", "link": "https://" + "x" * 10_000}, "This is too long"),
    ):
        answer = dana.htmx.post(there, form)
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence
        assert "<script>" not in answer.text
    answer = dana.htmx.post(f"{there}/answer", {"network": "LinkedIn", "answer": "accepted"})
    assert "They were not invited on LinkedIn yet." in answer.text


def test_after_the_first_talk_today_suggests_inviting_them_once(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    talk(dana, ada)
    talk(tom, bob)
    page = dana.get("/").text
    assert page.count("invite them on LinkedIn?") == 2
    assert 'aria-label="Invite them"' not in tom.get("/").text
    today = {"shown_on": "today", "network": "LinkedIn"}

    invited = dana.htmx.post(f"/candidates/{ada}/invitations", today)
    dana.post(f"/candidates/{bob}/invitations/left-out", today)

    assert "Invited." in invited.text
    assert 'aria-label="Invite them"' not in dana.get("/").text
    again = dana.htmx.post(f"/candidates/{ada}/invitations", today)
    assert (again.status_code, "They were invited on LinkedIn already." in again.text) == (422, True)
    assert "Networks" in dana.get(f"/candidates/{ada}").text


def test_whoever_refused_all_contact_is_not_to_be_invited(dana: Browser, kept: Installation, ada: UUID) -> None:
    talk(dana, ada)
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), ada, Wishes(), Unwelcome.EVERYTHING)

    assert 'aria-label="Invite them"' not in dana.get("/").text
