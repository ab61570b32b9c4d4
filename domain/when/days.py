"""Finding a day in the calendar: weekdays, weeks, months and quarters seen from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

FRIDAY, SUNDAY = 4, 6


def later(day: date, days: int) -> date | None:
    """So many days after it; None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def day_of(year: int, month: int, day: int) -> date | None:
    """None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def strictly_after(day: date, weekday: int) -> date:
    """The first such weekday after the day itself."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def strictly_before(day: date, weekday: int) -> date:
    """The last such weekday before the day itself."""
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def in_week(day: date, weekday: int, weeks: int = 0) -> date:
    """That weekday of the day's own calendar week, which begins on Monday, or of one so many weeks later."""
    return day + timedelta(days=weekday - day.weekday() + 7 * weeks)


def months_later(day: date, months: int) -> date | None:
    """The same day of a later month, or the last one there is."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_ends(year: int, month: int) -> date | None:
    """Its last day; months past December belong to the years after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1]) if 1 <= year <= 9999 else None


def working_days_later(day: date, days: int) -> date | None:
    """So many days from Monday to Friday after it."""
    if days > 1000:
        return None
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
