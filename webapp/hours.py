"""When an agency works: its working days and holidays, its mornings, and the hours in which a colleague wants quiet.

`agency` and `recruiter` are rows of `views.team`. Days are local dates in the agency's zone, instants are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from domain.due import Due

A_DAY = timedelta(days=1)
LONGEST_PAUSE = 366  # days without a working day; longer than that, the settings make no sense and every day counts


def is_working_day(day: date, agency: Any) -> bool:
    """Whether the agency works on this day: one of its working days, and no public holiday where it is."""
    return day.weekday() in agency.working_days and holiday(day, agency) is None


def holiday(day: date, agency: Any) -> str | None:
    """The name of the public holiday on this day, where the agency is."""
    return _holidays(agency.country, day.year).get(day) if agency.country else None


def next_working_day(day: date, agency: Any) -> date:
    """The first working day after this one."""
    later = (day + A_DAY * n for n in range(1, LONGEST_PAUSE))
    return next((each for each in later if is_working_day(each, agency)), day + A_DAY)


def working_days_after(day: date, days: int, agency: Any) -> date:
    """So many working days after this one; for none this very day, or the next working day where it is none."""
    if not days and not is_working_day(day, agency):
        days = 1
    for _ in range(days):
        day = next_working_day(day, agency)
    return day


def working_days_since(day: date, today: date, agency: Any) -> int:
    """How many working days have come since this day, today among them."""
    works = tuple(agency.working_days), agency.country
    years = sum(_worked(year, *works)[-1] for year in range(day.year, today.year))
    return years + _worked(today.year, *works)[_of_year(today)] - _worked(day.year, *works)[_of_year(day)]


def next_working_morning(after: datetime, agency: Any) -> datetime:
    """The first instant after this one at which a working day of the agency begins."""
    here = after.astimezone(ZoneInfo(agency.zone)).date()
    today = moment(here, agency.day_begins, agency.zone)
    if today > after and is_working_day(here, agency):
        return today
    return moment(next_working_day(here, agency), agency.day_begins, agency.zone)


def at_work(now: datetime, agency: Any) -> bool:
    """Whether the agency is at work at this instant."""
    here = now.astimezone(ZoneInfo(agency.zone))
    begins, ends = (moment(here.date(), clock, agency.zone) for clock in (agency.day_begins, agency.day_ends))
    return is_working_day(here.date(), agency) and begins <= now < ends


class WorkingTime:
    """How long the agency was at work between two instants, from the `first` day to the `last`."""

    def __init__(self, first: date, last: date, agency: Any):
        self._first, self._zone = first, ZoneInfo(agency.zone)
        self._begins: list[datetime] = []
        self._before = [timedelta()]
        for number in range((last - first).days + 1):
            day = first + A_DAY * number
            begins = moment(day, agency.day_begins, agency.zone)
            worked = moment(day, agency.day_ends, agency.zone) - begins if is_working_day(day, agency) else timedelta()
            self._begins.append(begins)
            self._before.append(self._before[-1] + worked)

    def between(self, earlier: datetime, later: datetime) -> timedelta:
        """So many hours of work; none before the first day or after the last."""
        return self._until(later) - self._until(earlier)

    def _until(self, instant: datetime) -> timedelta:
        number = (instant.astimezone(self._zone).date() - self._first).days
        if not 0 <= number < len(self._begins):
            return self._before[0 if number < 0 else -1]
        worked = self._before[number + 1] - self._before[number]
        return self._before[number] + min(max(instant - self._begins[number], timedelta()), worked)


def quiet_until(recruiter: Any, now: datetime, zone: str) -> datetime:
    """The instant from which this colleague may be written to: `now`, or the end of the quiet hours it lies in."""
    begins, ends = recruiter.quiet_begins, recruiter.quiet_ends
    if begins is None or ends is None:
        return now
    today = now.astimezone(ZoneInfo(zone)).date()
    for day in (today - A_DAY, today):
        until = moment(day if begins < ends else day + A_DAY, ends, zone)
        if moment(day, begins, zone) <= now < until:
            return until
    return now


def moment(day: date, clock: time, zone: str) -> datetime:
    """A local time as an instant (UTC); one that a change of clocks skips means the next valid minute."""
    return Due(day, clock, zone).falls_due_at()


def local_day(now: datetime, agency: Any) -> date:
    """The agency's date at this instant."""
    return now.astimezone(ZoneInfo(agency.zone)).date()


@cache
def _worked(year: int, working_days: tuple[int, ...], country: str) -> list[int]:
    """How many working days each day of a year has had by its end; the last, how many the year has."""
    free, days = _holidays(country, year) if country else {}, (date(year, 1, 1) + A_DAY * n for n in range(366))
    in_year = [day for day in days if day.year == year]
    return list(accumulate(day.weekday() in working_days and day not in free for day in in_year))


def _of_year(day: date) -> int:
    return day.timetuple().tm_yday - 1


@cache
def _holidays(country: str, year: int) -> Mapping[date, str]:
    """Public holidays of a country (GB) or a part of it (GB-ENG); of one that is not known, none."""
    import holidays  # here, because it takes a tenth of a second that a page without dates should not wait for

    land, _, part = country.partition("-")
    known = holidays.list_supported_countries()
    if land not in known:
        return {}
    return {**holidays.country_holidays(land, subdiv=part if part in known[land] else None, years=year)}
