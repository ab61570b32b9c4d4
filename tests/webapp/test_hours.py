"""Working days, mornings and quiet hours: plain functions of dates."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest

from webapp.hours import (
    at_work,
    holiday,
    is_working_day,
    local_day,
    next_working_day,
    next_working_morning,
    quiet_until,
)

LONDON, BERLIN, SYDNEY = "Europe/London", "Europe/Berlin", "Australia/Sydney"


def agency(zone: str = LONDON, country: str = "", days: tuple[int, ...] = (0, 1, 2, 3, 4), begins: time = time(9)):
    return SimpleNamespace(zone=zone, country=country, working_days=days, day_begins=begins, day_ends=time(17, 30))


def quiet(begins: time | None, ends: time | None):
    return SimpleNamespace(quiet_begins=begins, quiet_ends=ends)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        (date(2026, 11, 23), "", True),
        (date(2026, 11, 22), "", False),
        (date(2026, 12, 25), "", True),
        (date(2026, 12, 25), "GB", False),
        (date(2026, 12, 28), "GB-ENG", False),  # Boxing Day was a Saturday
        (date(2026, 11, 30), "GB-SCT", False),  # St Andrew
        (date(2026, 11, 30), "GB-ENG", True),
        (date(2026, 11, 30), "GB-XYZ", True),  # a part that is not known: the country's own
        (date(2026, 12, 25), "XX", True),
        (date(2026, 1, 6), "DE-BY", False),
        (date(2026, 1, 6), "DE", True),
    ],
)
def test_working_days(day, country, works):
    assert is_working_day(day, agency(country=country)) is works


def test_a_holiday_has_a_name():
    assert holiday(date(2026, 4, 3), agency(country="GB-ENG")) == "Good Friday"
    assert holiday(date(2026, 4, 2), agency(country="GB-ENG")) is None
    assert holiday(date(2026, 4, 3), agency()) is None


@pytest.mark.parametrize(
    ("day", "country", "days", "following"),
    [
        (date(2026, 11, 23), "", (0, 1, 2, 3, 4), date(2026, 11, 24)),
        (date(2026, 11, 27), "", (0, 1, 2, 3, 4), date(2026, 11, 30)),
        (date(2026, 4, 2), "GB-ENG", (0, 1, 2, 3, 4), date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 24), "GB-ENG", (0, 1, 2, 3, 4), date(2026, 12, 29)),
        (date(2026, 11, 23), "", (2,), date(2026, 11, 25)),
        (date(2026, 11, 27), "", (5, 6), date(2026, 11, 28)),
        (date(2026, 11, 23), "", (), date(2026, 11, 24)),
    ],
)
def test_the_next_working_day(day, country, days, following):
    assert next_working_day(day, agency(country=country, days=days)) == following


@pytest.mark.parametrize(
    ("zone", "begins", "after", "morning"),
    [
        (LONDON, time(9), utc(2026, 11, 23, 8, 59), utc(2026, 11, 23, 9)),
        (LONDON, time(9), utc(2026, 11, 23, 9), utc(2026, 11, 24, 9)),
        (LONDON, time(9), utc(2026, 11, 27, 12), utc(2026, 11, 30, 9)),
        (LONDON, time(9), utc(2026, 3, 27, 12), utc(2026, 3, 30, 8)),  # the clocks went forward on Sunday
        (LONDON, time(9), utc(2026, 10, 23, 12), utc(2026, 10, 26, 9)),  # and back
        (BERLIN, time(7, 30), utc(2026, 11, 23, 22, 59), utc(2026, 11, 24, 6, 30)),
        (BERLIN, time(7, 30), utc(2026, 11, 22, 23, 1), utc(2026, 11, 23, 6, 30)),  # Monday there already
        (SYDNEY, time(9), utc(2026, 11, 22, 21), utc(2026, 11, 22, 22)),  # Monday there, Sunday in London
    ],
)
def test_the_next_working_morning(zone, begins, after, morning):
    assert next_working_morning(after, agency(zone, begins=begins)) == morning


@pytest.mark.parametrize(
    ("now", "works"),
    [
        (utc(2026, 11, 23, 9), True),
        (utc(2026, 11, 23, 17, 29), True),
        (utc(2026, 11, 23, 17, 30), False),
        (utc(2026, 11, 23, 8, 59), False),
        (utc(2026, 11, 22, 12), False),
        (utc(2026, 7, 1, 8), True),  # summer
    ],
)
def test_working_hours(now, works):
    assert at_work(now, agency()) is works


@pytest.mark.parametrize(
    ("begins", "ends", "now", "until"),
    [
        (None, None, utc(2026, 11, 23, 3), utc(2026, 11, 23, 3)),
        (time(20), time(7), utc(2026, 11, 23, 3), utc(2026, 11, 23, 7)),
        (time(20), time(7), utc(2026, 11, 23, 20), utc(2026, 11, 24, 7)),
        (time(20), time(7), utc(2026, 11, 23, 7), utc(2026, 11, 23, 7)),
        (time(20), time(7), utc(2026, 11, 23, 19, 59), utc(2026, 11, 23, 19, 59)),
        (time(12), time(13), utc(2026, 11, 23, 12, 30), utc(2026, 11, 23, 13)),
        (time(12), time(13), utc(2026, 11, 23, 13), utc(2026, 11, 23, 13)),
        (time(22), time(6), utc(2026, 7, 1, 2), utc(2026, 7, 1, 5)),  # summer
        (time(22), time(6), utc(2026, 3, 28, 23), utc(2026, 3, 29, 5)),  # the night the clocks go forward
        (time(22), time(6), utc(2026, 10, 24, 23), utc(2026, 10, 25, 6)),  # and back
        (time(22), time(1, 30), utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1)),  # there is no 01:30 that night
    ],
)
def test_quiet_hours(begins, ends, now, until):
    assert quiet_until(quiet(begins, ends), now, LONDON) == until


def test_the_agencys_date_is_that_of_its_zone():
    assert local_day(utc(2026, 11, 22, 23, 30), agency(BERLIN)) == date(2026, 11, 23)


def test_holidays_are_read_only_when_a_country_is_asked_about():
    ask = "import sys, webapp.hours; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
