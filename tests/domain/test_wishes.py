"""How candidates wish to be reached, what they refuse, and who sent them to us."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from domain.candidate import Candidate
from domain.due import Due
from domain.promise import NewPromise, Promise
from domain.recruiting import Recruiting
from domain.refusal import Refused
from domain.touchpoint import Touchpoint
from domain.wishes import Unwelcome, Wishes
from tests.agency import MONDAY, ZONE, command

EVENINGS = Wishes(("WhatsApp", "call"), time(18), time(20), (6, 5), " works  nights ")
LONDON = ZoneInfo(ZONE)
FRIDAY = Due(date(2026, 11, 27), None, ZONE)


def test_wishes_are_recorded_in_order_once(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.note_wishes(command(dana), ada, EVENINGS)
    recruiting.note_wishes(command(dana), ada, EVENINGS)

    (fact,) = facts()
    assert (fact.unwanted, fact.not_before, fact.not_after) == (["call", "WhatsApp"], time(18), time(20))
    assert (fact.not_on, fact.note) == ([5, 6], "works nights")


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        (Wishes(("pigeon",)), "unwanted"),
        (Wishes(("meeting",)), "unwanted"),
        (Wishes(not_before=time(20), not_after=time(18)), "not_after"),
        (Wishes(not_before=time(18), not_after=time(18)), "not_after"),
        (Wishes(not_on=tuple(range(7))), "not_on"),
        (Wishes(not_on=(7,)), "not_on"),
        (Wishes(note="x" * 201), "wishes_note"),
    ],
)
def test_wishes_that_nobody_can_grant_are_refused_beside_the_field(
    recruiting: Recruiting, dana: UUID, ada: UUID, wishes: Wishes, field: str, facts
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.note_wishes(command(dana), ada, wishes)

    assert refused.value.field == field
    assert facts() == []


@pytest.mark.parametrize(
    ("channel", "local", "against"),
    [
        ("call", datetime(2026, 11, 27, 19, tzinfo=LONDON), "no calls"),
        ("WhatsApp", datetime(2026, 11, 27, 19, tzinfo=LONDON), "no WhatsApp"),
        ("e-mail", datetime(2026, 11, 27, 19, tzinfo=LONDON), ""),
        (None, datetime(2026, 11, 27, 17, 59, tzinfo=LONDON), "not before 18:00"),
        (None, datetime(2026, 11, 27, 18, tzinfo=LONDON), ""),
        ("SMS", datetime(2026, 11, 27, 20, tzinfo=LONDON), "not after 20:00"),
        ("SMS", datetime(2026, 11, 28, 19, tzinfo=LONDON), "not on Saturdays"),
    ],
)
def test_what_speaks_against_it_now(channel: str | None, local: datetime, against: str) -> None:
    assert EVENINGS.against(channel, local) == against


@pytest.mark.parametrize(
    ("unwelcome", "mail", "text"), [(Unwelcome.MAILS, False, True), (Unwelcome.EVERYTHING, False, False)]
)
def test_what_they_refused_may_not_be_sent(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, unwelcome: Unwelcome, mail: bool, text: bool
) -> None:
    recruiting.note_wishes(command(dana), ada, Wishes(), unwelcome)

    for channel, allowed in (("e-mail", mail), ("SMS", text)):
        if allowed:
            recruiting.may_be_sent(ada, channel)
        else:
            with pytest.raises(Refused, match=r"Nothing was sent\."):
                recruiting.may_be_sent(ada, channel)
        recruiting.may_be_sent(bob, channel)


def test_a_note_about_somebody_who_refused_everything_is_still_saved(
    recruiting: Recruiting, dana: UUID, ada: UUID
) -> None:
    recruiting.note_wishes(command(dana), ada, Wishes(), Unwelcome.EVERYTHING)

    assert recruiting.record_touchpoint(command(dana), ada, "e-mail", "out", None, MONDAY, "I wrote all the same")


def test_they_may_change_their_mind(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.note_wishes(command(dana), ada, Wishes(), Unwelcome.MAILS)
    recruiting.note_wishes(command(dana), ada, Wishes(), Unwelcome.EVERYTHING)
    recruiting.note_wishes(command(dana), ada, Wishes())
    recruiting.note_wishes(command(dana), ada, Wishes())

    assert [type(fact) for fact in facts()] == [Candidate.ContactRefused] * 2 + [Candidate.ContactAllowed]


def test_who_sent_them_is_noted_with_the_promise_to_thank(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    recorded = recruiting.refer_candidate(command(dana), ada, bob, NewPromise("Thank Bob for Ada", FRIDAY, dana))

    assert recorded.streams[0] == ada
    assert recruiting.load(Candidate, ada).referrer == bob
    (made,) = facts(Promise.PromiseMade)
    assert (made.candidate, made.keeper, made.words) == (bob, dana, "Thank Bob for Ada")


def test_the_referrer_may_be_taken_back(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> None:
    recruiting.refer_candidate(command(dana), ada, bob)

    recruiting.refer_candidate(command(dana), ada, None)

    assert recruiting.load(Candidate, ada).referrer is None


def test_nobody_refers_themselves_and_nobody_unknown_refers(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    for referrer in (ada, uuid4()):
        with pytest.raises(Refused) as refused:
            recruiting.refer_candidate(command(dana), ada, referrer)

        assert refused.value.field == "referrer"


def test_what_we_write_may_ask_for_a_referral_and_what_they_write_may_not(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    recruiting.record_touchpoint(command(dana), ada, "e-mail", "out", None, MONDAY, "Do you know a nurse?", asks=True)
    with pytest.raises(Refused):
        recruiting.record_touchpoint(command(dana), ada, "e-mail", "in", None, MONDAY, "Do you?", asks=True)

    (said,) = facts(Touchpoint.TouchpointRecorded)
    (asked,) = facts(Touchpoint.ReferralAsked)
    assert (asked.originator_id, asked.by, asked.person) == (said.originator_id, dana, ada)


def test_a_signature_is_noted_once_and_short(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.choose_signature(command(dana), dana, "Dana\nHarbour, Leeds")
    recruiting.choose_signature(command(dana), dana, "Dana\nHarbour, Leeds")

    (fact,) = facts()
    assert (fact.signature, fact.person) == ("Dana\nHarbour, Leeds", dana)
    with pytest.raises(Refused, match="At most 500"):
        recruiting.choose_signature(command(dana), dana, "x" * 501)
