"""Inviting candidates into networks, and what they answer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.candidate import Candidate
from domain.recruiting import Recruiting
from domain.refusal import Refused
from tests.agency import command

TUESDAY, FRIDAY, MONDAY = date(2026, 11, 17), date(2026, 11, 20), date(2026, 11, 23)


def test_an_invitation_is_open_until_it_is_answered(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.invite(command(dana), ada, "LinkedIn", TUESDAY, "https://linkedin.com/in/ada")
    recruiting.answer_invitation(command(dana), ada, "LinkedIn", "accepted", FRIDAY)
    recruiting.answer_invitation(command(dana), ada, "LinkedIn", "accepted", MONDAY)

    (invited,), (accepted,) = facts(Candidate.ProfileInvited), facts(Candidate.InvitationAccepted)
    assert (invited.network, invited.on, invited.link) == ("LinkedIn", TUESDAY, "https://linkedin.com/in/ada")
    assert (accepted.network, accepted.on) == ("LinkedIn", FRIDAY)


def test_who_declined_may_be_invited_again(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.invite(command(dana), ada, "XING", TUESDAY)
    with pytest.raises(Refused, match="They were invited on XING already"):
        recruiting.invite(command(dana), ada, "XING", FRIDAY)

    recruiting.answer_invitation(command(dana), ada, "XING", "declined", FRIDAY)
    recruiting.invite(command(dana), ada, "XING", MONDAY)

    assert len(facts(Candidate.ProfileInvited)) == 2


def test_a_wrong_tap_is_taken_back(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    recruiting.invite(command(dana), ada, "XING", TUESDAY)
    recruiting.take_invitation_back(command(dana), ada, "XING")

    with pytest.raises(Refused, match="They were not invited on XING yet"):
        recruiting.answer_invitation(command(dana), ada, "XING", "accepted", FRIDAY)


def test_who_is_invited_is_not_left_out_and_nobody_is_twice(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    recruiting.invite(command(dana), ada, "XING", TUESDAY)
    for whom in (ada, bob, bob):
        recruiting.leave_uninvited(command(dana), whom)

    assert [fact.originator_id for fact in facts(Candidate.InvitationLeftOut)] == [bob]


@pytest.mark.parametrize(
    ("network", "on", "link", "field", "sentence"),
    [
        ("Friendster", MONDAY, "", "network", "Choose a network from the list."),
        ("LinkedIn", date(2026, 11, 26), "", "on", "That is in the future."),
        *(
            ("LinkedIn", MONDAY, link, "link", "This does not look like a link. It begins with https://")
            for link in ("javascript:alert(1)", "ftp://x.example", "mailto:ada@x.example", "ada")
        ),
    ],
)
def test_what_no_invitation_is(
    network: str, on: date, link: str, field: str, sentence: str, recruiting: Recruiting, dana: UUID, ada: UUID
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.invite(command(dana), ada, network, on, link)

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_nobody_answers_before_they_are_asked(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    recruiting.invite(command(dana), ada, "XING", FRIDAY)

    with pytest.raises(Refused, match="That is before they were invited"):
        recruiting.answer_invitation(command(dana), ada, "XING", "declined", TUESDAY)
