"""The shelf, and who was given what, as they are looked up; and the same after everything is made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from domain.recruiting import Recruiting
from domain.shipped_tips import SHIPPED_TIPS
from domain.tip import Tip
from projections import Views
from tests.agency import MONDAY, command

WASH = Tip("tip", "Wash", "Hands")
COURSE = Tip("opening", "A day on wound care", "", "", "Leeds", date(2026, 12, 11))
FIRST, SECOND = list(SHIPPED_TIPS)[:2]


def test_the_shelf_holds_what_kept_came_with_and_the_agencys_own(
    recruiting: Recruiting, views: Views, dana: UUID
) -> None:
    own = recruiting.write_tip(command(dana), WASH).streams[0]
    recruiting.change_tip(command(dana), SECOND, WASH)
    recruiting.retire_tip(command(dana), own)
    views.catch_up()

    tips = views.tips.tips()

    assert [each.id for each in tips] == [*SHIPPED_TIPS, own]
    assert [each.id for each in tips if each.changed] == [SECOND, own]
    assert (tips[-1].retired_at, views.tips.tip(own).changed_by, views.tips.tip(dana)) == (MONDAY, dana, None)
    assert views.check() == []


def test_an_opening_leaves_the_shelf_after_its_day(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    days = [date(2026, 12, 11), date(2026, 12, 4), date(2026, 12, 18)]
    late, soon, later = (recruiting.write_tip(command(dana), replace(COURSE, until=day)).streams[0] for day in days)
    views.catch_up()

    assert [each.id for each in views.tips.openings(date(2026, 12, 4))] == [soon, late, later]
    assert [each.id for each in views.tips.openings(date(2026, 12, 5))] == [late, later]
    past = views.tips.past_openings(date(2026, 12, 12))
    assert [each.id for each in past] == [late, soon]
    assert [each.id for each in views.tips.past_openings(date(2026, 12, 12), (past[0].until, late))] == [soon]


def test_what_was_given_and_asked_the_newest_first_until_it_is_taken_back(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    def said(to: UUID, hours: int, **what: object) -> UUID:
        at = MONDAY - timedelta(hours=hours)
        return recruiting.record_touchpoint(command(dana), to, "SMS", "out", None, at, "Hello", **what).streams[0]

    first, asked, second = said(ada, 9, gives=FIRST), said(ada, 6, asks=True), said(ada, 3, gives=SECOND)
    said(ada, 1)
    said(bob, 2, gives=FIRST)
    views.catch_up()

    rows = views.timeline.exchanged(ada)
    assert [(row.subject, row.gave, row.asked) for row in rows] == [
        (second, SECOND, False),
        (asked, None, True),
        (first, FIRST, False),
    ]
    assert rows[0].gave_title == "A CV that is read to the end"
    assert views.timeline.given_to(FIRST, [ada, bob]) == {
        ada: MONDAY - timedelta(hours=9),
        bob: MONDAY - timedelta(hours=2),
    }

    recruiting.retract_touchpoint(command(dana), second, "the wrong one")
    recruiting.move_touchpoint(command(dana), first, bob)
    views.catch_up()

    assert [row.subject for row in views.timeline.exchanged(ada)] == [asked]
    assert len(views.timeline.exchanged(bob)) == 2
    assert views.check() == []


def test_of_somebody_erased_it_is_known_that_not_what(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID
) -> None:
    recruiting.record_touchpoint(command(dana), ada, "SMS", "out", None, MONDAY, "Hello", gives=FIRST)
    recruiting.erase_candidate(command(dana), ada, "asked")
    views.catch_up()

    (row,) = views.timeline.exchanged(ada)

    assert (row.gave, row.gave_title) == (FIRST, None)
    assert views.check() == []
