"""Tips and outside openings, and passing them on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.recruiting import Recruiting
from domain.refusal import Refused
from domain.shipped_tips import SHIPPED_TIPS
from domain.tip import SharedTip, Tip
from domain.touchpoint import Touchpoint
from tests.agency import MONDAY, command

WASH = Tip("tip", "Wash", "Hands")
COURSE = Tip("opening", "A day on wound care", "", "https://example.org/day", "Leeds", date(2026, 12, 11))
FIRST = next(iter(SHIPPED_TIPS))


def test_ten_tips_stand_as_they_would_be_written() -> None:
    assert len(SHIPPED_TIPS) == 10
    assert [tip.checked(MONDAY) for tip in SHIPPED_TIPS.values()] == list(SHIPPED_TIPS.values())


@pytest.mark.parametrize(
    ("tip", "field", "sentence"),
    [
        (replace(WASH, title=" "), "title", "Give it a title."),
        (replace(WASH, words=""), "words", "Write the tip."),
        (replace(WASH, words="x" * 2_001), "words", "That is 2,001 characters; at most 2,000 fit here."),
        (replace(WASH, words="Dear {{nmae}}"), "words", "Kept does not know {{nmae}}."),
        (replace(WASH, link="javascript:alert(1)"), "link", "This does not look like a link. It begins with https://"),
        (replace(WASH, kind="bribe"), "kind", "Choose whether it is a tip or an opening."),
        (replace(COURSE, place=""), "place", "Say where it is."),
        (replace(COURSE, until=None), "until", "Say until when it is open."),
        (replace(COURSE, until=date(2026, 11, 20)), "until", "That day has passed."),
    ],
)
def test_what_no_tip_is(tip: Tip, field: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        tip.checked(MONDAY)

    assert (refused.value.field, refused.value.sentence[: len(sentence)]) == (field, sentence)


def test_an_opening_says_where_and_until_when_in_its_message() -> None:
    message = COURSE.message

    assert message.words == "Hello {{first_name}},\n\nLeeds, open until 11 December\n\nhttps://example.org/day"


def test_a_shipped_tip_becomes_the_agencys_own(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.change_tip(command(dana), FIRST, WASH)
    recruiting.change_tip(command(dana), FIRST, WASH)

    assert [type(fact) for fact in facts()] == [SharedTip.TipWritten, SharedTip.TipChanged]
    assert recruiting.titled(FIRST) == "Wash"


def test_one_that_was_retired_is_used_again_before_it_is_changed(recruiting: Recruiting, dana: UUID) -> None:
    tip = recruiting.write_tip(command(dana), WASH).streams[0]
    recruiting.retire_tip(command(dana), tip)

    with pytest.raises(Refused, match="This was retired"):
        recruiting.change_tip(command(dana), tip, replace(WASH, words="Feet"))
    with pytest.raises(Refused, match="cannot become an opening"):
        recruiting.restore_tip(command(dana), tip)
        recruiting.change_tip(command(dana), tip, COURSE)


def given(recruiting: Recruiting, dana: UUID, ada: UUID, *how: str | None, tip: UUID = FIRST) -> None:
    recruiting.record_touchpoint(command(dana), ada, *how, MONDAY, "Told her", gives=tip)  # type: ignore[arg-type]


def test_giving_stands_beside_the_touchpoint_by_its_title_then(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    given(recruiting, dana, ada, "call", "out", "voicemail")
    given(recruiting, dana, ada, "call", "out", "no answer")

    (fact,) = facts(Touchpoint.TipGiven)
    assert (fact.tip, fact.title, fact.person) == (FIRST, "The night before an interview", ada)
    with pytest.raises(Refused, match="Only what we say"):
        given(recruiting, dana, ada, "e-mail", "in", None)
    with pytest.raises(Refused, match="Choose what to give from the list"):
        given(recruiting, dana, ada, "e-mail", "out", None, tip=dana)


def test_what_is_moved_to_somebody_else_was_given_to_them(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    given(recruiting, dana, ada, "e-mail", "out", None)
    recruiting.move_touchpoint(command(dana), facts(Touchpoint.TipGiven)[0].originator_id, bob)

    assert [fact.person for fact in facts(Touchpoint.TipGiven)] == [ada, bob]
