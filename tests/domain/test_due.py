"""A due is a local date, perhaps a local time, and a zone; what it means as an instant is computed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.due import Due
from domain.refusal import Refused

LONDON, NEW_YORK = "Europe/London", "America/New_York"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "on", "instant"),
    [
        (LONDON, date(2026, 11, 27), "2026-11-27 17:30"),
        (LONDON, date(2026, 7, 3), "2026-07-03 16:30"),
        (NEW_YORK, date(2026, 11, 27), "2026-11-27 22:30"),
        (NEW_YORK, date(2026, 7, 3), "2026-07-03 21:30"),
    ],
)
def test_a_date_alone_falls_due_at_the_end_of_that_working_day(zone: str, on: date, instant: str) -> None:
    assert Due(on, None, zone).falls_due_at() == utc(instant)


@pytest.mark.parametrize(
    ("zone", "on", "instant"),
    [
        (LONDON, date(2026, 11, 27), "2026-11-28 00:00"),
        (LONDON, date(2026, 3, 28), "2026-03-29 00:00"),
        (LONDON, date(2026, 3, 29), "2026-03-29 23:00"),
        (NEW_YORK, date(2026, 11, 27), "2026-11-28 05:00"),
        (NEW_YORK, date(2026, 12, 31), "2027-01-01 05:00"),
    ],
)
def test_a_date_alone_is_overdue_from_the_next_local_midnight(zone: str, on: date, instant: str) -> None:
    assert Due(on, None, zone).overdue_from() == utc(instant)


def test_with_a_time_it_is_overdue_the_moment_it_falls_due() -> None:
    due = Due(date(2026, 11, 27), time(9, 0), LONDON)

    assert due.overdue_from() == due.falls_due_at() == utc("2026-11-27 09:00")


def test_midnight_is_a_time_that_can_be_said() -> None:
    assert Due(date(2026, 11, 27), time(0, 0), LONDON).falls_due_at() == utc("2026-11-27 00:00")


@pytest.mark.parametrize(
    ("zone", "on", "at", "instant"),
    [
        (LONDON, date(2026, 3, 29), time(1, 0), "2026-03-29 01:00"),
        (LONDON, date(2026, 3, 29), time(1, 30), "2026-03-29 01:00"),
        (LONDON, date(2026, 3, 29), time(1, 59), "2026-03-29 01:00"),
        (NEW_YORK, date(2026, 3, 8), time(2, 0), "2026-03-08 07:00"),
        (NEW_YORK, date(2026, 3, 8), time(2, 30), "2026-03-08 07:00"),
        ("Australia/Sydney", date(2026, 10, 4), time(2, 30), "2026-10-03 16:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03 15:30"),
        ("Pacific/Apia", date(2011, 12, 30), time(12, 0), "2011-12-30 10:00"),
    ],
)
def test_a_time_that_the_clocks_skip_means_the_next_valid_minute(zone: str, on: date, at: time, instant: str) -> None:
    assert Due(on, at, zone).falls_due_at() == utc(instant)


@pytest.mark.parametrize(
    ("zone", "on", "at", "instant"),
    [
        (LONDON, date(2026, 3, 29), time(0, 59), "2026-03-29 00:59"),
        (LONDON, date(2026, 3, 29), time(2, 0), "2026-03-29 01:00"),
        (NEW_YORK, date(2026, 3, 8), time(1, 59), "2026-03-08 06:59"),
        (NEW_YORK, date(2026, 3, 8), time(3, 0), "2026-03-08 07:00"),
    ],
)
def test_the_minutes_around_a_gap_are_themselves(zone: str, on: date, at: time, instant: str) -> None:
    assert Due(on, at, zone).falls_due_at() == utc(instant)


@pytest.mark.parametrize(
    ("zone", "on", "instant"),
    [(LONDON, date(2026, 10, 25), "2026-10-25 00:30"), (NEW_YORK, date(2026, 11, 1), "2026-11-01 05:30")],
)
def test_a_time_that_comes_twice_means_the_first(zone: str, on: date, instant: str) -> None:
    assert Due(on, time(1, 30), zone).falls_due_at() == utc(instant)


def test_where_midnight_itself_is_skipped_the_day_is_over_all_the_same() -> None:
    assert Due(date(2026, 4, 23), None, "Africa/Cairo").overdue_from() == utc("2026-04-23 22:00")


@given(
    on=st.dates(date(2000, 1, 1), date(2036, 12, 31)),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from([LONDON, NEW_YORK, "Australia/Sydney", "America/Sao_Paulo", "Asia/Kathmandu"]),
)
def test_the_instant_is_the_local_time_said_or_the_first_after_it(on: date, at: time, zone: str) -> None:
    said = datetime.combine(on, at)

    meant = Due(on, at, zone).falls_due_at().astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert said <= meant <= said + timedelta(hours=1)


def test_it_is_said_as_people_say_it() -> None:
    assert Due(date(2026, 11, 27), None, LONDON).said() == "Fri 27 Nov 2026"
    assert Due(date(2026, 12, 4), time(9, 5), LONDON).said() == "Fri 4 Dec 2026, 09:05"


@pytest.mark.parametrize("on", [date(2025, 11, 22), date(2026, 11, 23), date(2031, 11, 27)])
def test_a_due_within_a_year_back_and_five_ahead_is_believed(on: date) -> None:
    due = Due(on, None, LONDON)

    assert due.check(NOW) is due


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (date(2025, 11, 21), "That date is more than a year ago. Please check the year."),
        (date(26, 11, 27), "That date is more than a year ago. Please check the year."),
        (date(2031, 11, 28), "That date is more than five years away. Please check the year."),
        (date.max, "That date is more than five years away. Please check the year."),
    ],
)
def test_a_due_in_the_wrong_year_is_asked_about(on: date, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        Due(on, None, LONDON).check(NOW)

    assert (refused.value.sentence, refused.value.field) == (sentence, "due")


def test_today_is_the_day_it_is_in_the_zone_of_the_due() -> None:
    just_after_midnight_in_auckland = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
    a_year_and_a_day_ago = Due(date(2025, 11, 22), None, "Pacific/Auckland")

    assert a_year_and_a_day_ago.check(just_after_midnight_in_auckland)
    with pytest.raises(Refused):
        a_year_and_a_day_ago.check(just_after_midnight_in_auckland + timedelta(days=1))
