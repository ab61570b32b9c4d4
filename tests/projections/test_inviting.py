"""Invitations looked up, and whom to invite after the first real talk."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, command

LATELY = MONDAY - timedelta(days=14)


def said(recruiting: Recruiting, by: UUID, to: UUID, days: int, channel: str = "call", outcome: str = "talked") -> UUID:
    how = (channel, "out", outcome, MONDAY - timedelta(days=days), "Hello")
    return recruiting.record_touchpoint(command(by), to, *how).streams[0]


def test_whoever_was_first_spoken_with_lately_is_to_be_invited(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    def uninvited(owner: UUID | None = None) -> list[UUID]:
        views.catch_up()
        return [row.candidate for row in views.relationships.to_invite(LATELY, owner)]

    said(recruiting, dana, ada, 3, "e-mail")
    said(recruiting, dana, ada, 2, outcome="voicemail")
    assert uninvited() == []

    call = said(recruiting, tom, ada, 1)
    said(recruiting, dana, bob, 4, "meeting")
    assert (uninvited(), uninvited(dana), uninvited(tom)) == ([ada, bob], [ada, bob], [])

    recruiting.retract_touchpoint(command(tom), call, "somebody else")
    assert uninvited() == [bob]
    said(recruiting, dana, ada, 1)
    said(recruiting, dana, bob, 40)
    assert uninvited() == [ada]

    recruiting.leave_uninvited(command(dana), ada)
    assert uninvited() == []
    assert views.check() == []


def test_how_an_invitation_stands_is_known_and_found_by(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    def found(invitation: str) -> list[UUID]:
        views.catch_up()
        return [row.candidate for row in views.relationships.page(invitation=invitation)]

    said(recruiting, dana, ada, 1)
    recruiting.invite(command(dana), ada, "XING", MONDAY.date(), "https://xing.com/ada")
    assert (found("open"), found("none")) == ([ada], [bob])
    assert views.relationships.to_invite(LATELY) == []

    recruiting.answer_invitation(command(dana), ada, "XING", "accepted", MONDAY.date())
    assert (found("open"), found("accepted")) == ([], [ada])
    row = views.relationships.stands(ada)
    assert row is not None
    assert row.invitations == {
        "XING": {
            "state": "accepted",
            "invited_on": "2026-11-23",
            "answered_on": "2026-11-23",
            "link": "https://xing.com/ada",
        }
    }
    assert views.check() == []

    recruiting.take_invitation_back(command(dana), ada, "XING")
    assert (found("accepted"), found("none")) == ([], [ada, bob])
    recruiting.invite(command(dana), ada, "XING", MONDAY.date(), "https://xing.com/ada")
    recruiting.erase_candidate(command(dana), ada, "asked")
    views.catch_up()
    assert views.check() == []
