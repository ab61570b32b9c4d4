"""Whom to be in touch with again, and which days matter soon."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.recruiting import Recruiting
from domain.remembered import ImportantDate, Interval
from projections import Views
from tests.agency import MONDAY, Clock, command

DAY = timedelta(days=1)


def said(recruiting: Recruiting, by: UUID, to: UUID, days_ago: float, outcome: str = "talked") -> UUID:
    at = recruiting.log.now() - days_ago * DAY
    return recruiting.record_touchpoint(command(by), to, "call", "out", outcome, at, "hello").streams[0]


def due(views: Views, **asked) -> list[tuple[str, int, int]]:
    """Who should have heard from us, and how many days from now their ideal and their latest are."""
    views.catch_up()
    rows = views.relationships.to_keep(MONDAY + 1000 * DAY, **asked)
    return [(row.name.split()[0], (row.keep_due - MONDAY).days, (row.keep_latest - MONDAY).days) for row in rows]


def day(recruiting: Recruiting, by: UUID, whose: UUID, *what) -> UUID:
    asked = command(by)
    recruiting.note_date(asked, whose, ImportantDate(*what))
    return asked.stream(0)


def test_the_interval_runs_from_the_last_real_contact(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    recruiting.set_keep_in_touch(command(dana), ada, Interval(30, 40))
    assert due(views) == [("Ada", 30, 40)]  # from the day they were added

    last = said(recruiting, dana, ada, 10)
    said(recruiting, dana, ada, 5, "voicemail")
    said(recruiting, dana, ada, 4, "no answer")
    assert due(views) == [("Ada", 20, 30)]

    said(recruiting, dana, ada, 12)
    recruiting.retract_touchpoint(command(dana), last, "the other Ada")
    assert due(views) == [("Ada", 18, 28)]

    recruiting.set_keep_in_touch(command(dana), ada, None)
    assert due(views) == []


def test_only_those_whose_time_has_come_stand_there(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    for person, days in ((ada, 20), (bob, 10)):
        recruiting.set_keep_in_touch(command(dana), person, Interval(days, 60))
        said(recruiting, dana, person, 15)
    recruiting.assign_owner(command(dana), bob, tom)
    views.catch_up()
    questions = views.relationships

    assert [row.candidate for row in questions.to_keep(MONDAY)] == [bob]
    assert [row.candidate for row in questions.to_keep(MONDAY + 5 * DAY)] == [bob, ada]
    assert [row.candidate for row in questions.to_keep(MONDAY + 5 * DAY, owner=dana)] == [ada]
    assert [row.candidate for row in questions.to_keep(MONDAY + 5 * DAY, limit=1)] == [bob]


def test_tags_have_intervals_and_ones_own_goes_before(
    recruiting: Recruiting, views: Views, olive: UUID, dana: UUID, ada: UUID, bob: UUID
) -> None:
    agency = views.team.agency().id
    recruiting.tag_candidate(command(dana), ada, ["Keep", "theatre"])
    recruiting.tag_candidate(command(dana), bob, ["placed"])
    assert due(views) == [("Ada", 60, 90), ("Bob", 90, 180)]

    recruiting.keep_in_touch_by_tag(command(olive), agency, "#Theatre", Interval(20, 25))
    assert due(views)[0] == ("Ada", 20, 25)
    recruiting.set_keep_in_touch(command(dana), ada, Interval(100, 120))
    assert due(views) == [("Bob", 90, 180), ("Ada", 100, 120)]
    recruiting.set_keep_in_touch(command(dana), ada, None)
    recruiting.untag_candidate(command(dana), ada, ["THEATRE"])
    assert due(views)[0] == ("Ada", 60, 90)
    recruiting.keep_in_touch_by_tag(command(olive), agency, "keep", None)
    assert due(views) == [("Bob", 90, 180)]
    assert [(row.tag, row.ideal) for row in views.relationships.every_tag_kept()] == [("placed", 90), ("theatre", 20)]


def test_days_come_round_every_year_or_once(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    birthday = day(recruiting, dana, ada, "birthday", 11, 25)
    day(recruiting, dana, bob, "contract end", 11, 30, 2026, "ward 4")
    day(recruiting, dana, bob, "visa expiry", 11, 30, 2027)
    day(recruiting, dana, bob, "anniversary", 12, 20, 2019)
    recruiting.assign_owner(command(dana), bob, tom)
    views.catch_up()
    soon = views.relationships.days_between

    def told(first: date, last: date, **asked) -> list[tuple[date, str, str]]:
        return [(on, row.kind, row.name) for on, row in soon(first, last, **asked)]

    this, week = date(2026, 11, 23), date(2026, 11, 30)
    assert told(this, week) == [
        (date(2026, 11, 25), "birthday", "Ada Byron"),
        (date(2026, 11, 30), "contract end", "Bob Marsh"),
    ]
    assert told(this, week, owner=dana) == [(date(2026, 11, 25), "birthday", "Ada Byron")]
    assert told(date(2026, 12, 3), date(2026, 12, 10), since=date(2026, 11, 26)) == [
        (date(2026, 11, 30), "contract end", "Bob Marsh")
    ]
    assert told(date(2027, 11, 20), date(2027, 11, 26)) == [(date(2027, 11, 25), "birthday", "Ada Byron")]

    recruiting.see_to_date(command(dana), ada, birthday, 2026)
    views.catch_up()
    assert told(this, week) == [(date(2026, 11, 30), "contract end", "Bob Marsh")]
    assert told(date(2027, 11, 20), date(2027, 11, 26)) == [(date(2027, 11, 25), "birthday", "Ada Byron")]

    recruiting.remove_date(command(dana), ada, birthday)
    views.catch_up()
    assert told(date(2027, 11, 20), date(2027, 11, 26)) == []
    assert [row.kind for row in views.relationships.dates_of(bob)] == ["contract end", "visa expiry", "anniversary"]


@pytest.mark.parametrize(
    ("month_day", "first", "last", "on"),
    [
        ((1, 2), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 2)),
        ((12, 30), date(2026, 12, 28), date(2027, 1, 4), date(2026, 12, 30)),
        ((2, 29), date(2027, 2, 22), date(2027, 2, 28), date(2027, 2, 28)),
        ((2, 29), date(2028, 2, 25), date(2028, 3, 3), date(2028, 2, 29)),
    ],
)
def test_new_year_and_leap_years_are_no_trap(
    month_day, first: date, last: date, on: date, recruiting: Recruiting, views: Views, dana: UUID, ada: UUID
) -> None:
    noted = day(recruiting, dana, ada, "birthday", *month_day)
    views.catch_up()

    assert [each for each, _ in views.relationships.days_between(first, last)] == [on]

    recruiting.see_to_date(command(dana), ada, noted, on.year)
    views.catch_up()

    assert views.relationships.days_between(first, last) == []


@pytest.mark.parametrize("how", ["erased", "withdrawn"])
def test_nothing_is_left_of_whoever_is_gone(
    how: str, recruiting: Recruiting, views: Views, clock: Clock, dana: UUID, ada: UUID, bob: UUID
) -> None:
    for person in (ada, bob):
        recruiting.set_keep_in_touch(command(dana), person, Interval(1, 2))
        day(recruiting, dana, person, "birthday", 11, 25)
    if how == "erased":
        recruiting.erase_candidate(command(dana), ada, "asked")
    else:
        recruiting.withdraw_candidate(command(dana), ada, "twice")
    views.catch_up()

    assert due(views) == [("Bob", 1, 2)]
    assert views.relationships.dates_of(ada) == []
    assert [row.name for _, row in views.relationships.days_between(date(2026, 11, 23), date(2026, 11, 30))] == [
        "Bob Marsh"
    ]
    assert views.relationships.stands(ada) is None
    assert views.check() == []
