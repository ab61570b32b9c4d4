"""Weeks, months, quarters and years: each ends with its last day, a working week with Friday."""

from __future__ import annotations

from datetime import date

from domain.when.days import (
    FRIDAY,
    SUNDAY,
    day_of,
    in_week,
    later,
    month_ends,
    strictly_after,
    strictly_before,
)
from domain.when.hours import PARTS
from domain.when.weekdays import Weekdays
from domain.when.words import Day

EODS = {"eow": "week", "eom": "month", "eoy": "year"}


class Stretches(Weekdays):
    """Where stretches of time stand among the words."""

    def _stretch(self, i: int, away: int) -> tuple[Day, int] | None:
        """This, the next or the last week, month, quarter, year or weekend: its last day."""
        said, today = self.said(i), self.today
        if self._possessive(i):
            return None
        kind = "past" if away < 0 else "stretch"
        if said == "week":
            j = i + 1
            k = self.skip(j, "on")
            if self.token(k).kind == "weekday":
                return self._not_past(in_week(today, self.token(k).number, away), "week-day"), k + 1
            if away == 0 and today.weekday() > FRIDAY:
                return Day(None, (in_week(today, FRIDAY, 1),), kind, "This week's Friday has passed."), j
            return Day(in_week(today, FRIDAY, away), kind=kind), j
        if said == "weekend":
            sunday = in_week(today, SUNDAY, away)
            if away == 0:
                return Day(sunday, kind=kind), i + 1
            return Day(None, (in_week(today, SUNDAY), sunday), kind, "Which weekend?"), i + 1
        if said == "month":
            return Day(month_ends(today.year, today.month + away), kind=kind), i + 1
        if said == "quarter":
            return Day(month_ends(today.year, 3 * ((today.month - 1) // 3 + 1 + away)), kind=kind), i + 1
        if said == "year":
            ends = day_of(today.year + away, 12, 31)
            return (
                Day(ends, kind=kind) if away == 0 else Day(None, (ends,) if ends else (), kind, "When in that year?")
            ), i + 1
        if away == 0 and said in PARTS:
            return Day(today, kind="part"), i + (0 if said in ("morning", "am") else 1)
        return None

    def week(self, i: int) -> tuple[Day, int] | None:
        if self.said(i + 1) == "on" and self.token(i + 2).kind == "weekday":  # "wk on Sat"
            ahead, j = self.weekday(i + 2, alone=True)
            return Day(later(ahead.on, 7) if ahead.on else None, kind="counted"), j
        if self.said(i + 1) == "after" and self.said(i + 2) == "next":
            if self.token(i + 3).kind == "weekday":
                return Day(in_week(self.today, self.token(i + 3).number, 2), kind="week-day"), i + 4
            return Day(in_week(self.today, FRIDAY, 2), kind="stretch"), i + 3
        if self.said(i + 1) == "after":
            return Day(None, kind="undated"), i + 2
        if self.said(i + 1) in ("commencing", "beginning", "starting", "ending", "of"):
            return self.week_of(i + 1)
        return None

    def week_of(self, i: int) -> tuple[Day, int] | None:
        found = self.day(self.skip(i + 1, "the"))
        if not found or found[0].on is None:
            return None
        day = found[0].on
        if self.said(i) in ("w/e", "ending"):
            return Day(None, (day,), "undated", "By the day itself?"), found[1]
        return Day(None, (day, in_week(day, FRIDAY)), "undated", "When in that week?"), found[1]

    def weekend(self, i: int) -> tuple[Day, int] | None:
        if self._possessive(i):
            return None
        sunday = in_week(self.today, SUNDAY)
        also = (later(sunday, 7) or sunday,) if self.today == sunday else ()
        return Day(sunday, also, kind="weekend"), i + 1

    def month_end(self, i: int) -> tuple[Day, int] | None:
        if self.said(i + 1) == "end":
            found = self._stretch(i, 0)
            return (found[0], i + 2) if found else None
        return None

    def end(self, i: int) -> tuple[Day, int] | None:
        """ "end of next week", "end of June", "the end of the month"."""
        j = self.skip(i + 1, "of", "the") if self.said(i) == "end" else i + 1
        if self.said(i) != "end":
            found = self._stretch_named(EODS[self.said(i)], 0)
            return found, i + 1
        token = self.token(j)
        if token.kind == "month":
            year, k = self._year(j + 1)
            return self._month_end(token.number, year), k
        if token.kind == "weekday":
            return self.weekday(j)
        if token.said in ("today", "tomorrow"):
            return self.day(j)
        if token.said in ("this", "next"):
            if self.token(j + 1).kind == "weekday":
                return self.day(j)
            return self._stretch(j + 1, int(token.said == "next"))
        if token.said in ("q1", "q2", "q3", "q4"):
            return self.quarter(j)
        if token.said in ("week", "month", "quarter", "year", "weekend"):
            if token.said == "week" and self.said(j + 1) == "after":
                return self.week(j)
            return self._stretch(j, 0)
        return None

    def _stretch_named(self, stretch: str, away: int) -> Day:
        today = self.today
        if stretch == "week":
            if today.weekday() > FRIDAY:
                return Day(None, (in_week(today, FRIDAY, 1),), "stretch", "This week's Friday has passed.")
            return Day(in_week(today, FRIDAY), kind="stretch")
        if stretch == "month":
            return Day(month_ends(today.year, today.month), kind="stretch")
        return Day(day_of(today.year, 12, 31), kind="stretch")

    def quarter(self, i: int) -> tuple[Day, int]:
        number = int(self.said(i)[1])
        year, j = self._year(i + 1)
        ends = month_ends(year or self.today.year, 3 * number)
        if year is None and ends is not None and ends < self.today:
            ends = month_ends(self.today.year + 1, 3 * number)
        return Day(ends, kind="stretch"), j

    def in_part(self, i: int) -> tuple[Day, int] | None:
        """ "later this week" is its end, "early next week" is no day."""
        j = self.skip(i + 1, "-", "in", "on", "of", "the")
        if self.said(i) in ("start", "beginning", "middle") and self.said(i + 1) != "of":
            return None
        if self.said(i) in ("late", "later"):
            if self.said(j) in ("today", "tonight", "this", "next"):
                return self.day(j)
            if self.token(j).kind == "month" and self.said(i) == "late":
                return self._undated(j + 1)
            if self.said(i) == "later" and self.said(i + 1) not in ("than",):
                return self._undated(i + 1)
            return None
        found = self.day(j) if j > i else None
        if found is None and self.token(j).kind == "month":
            return self._undated(j + 1)
        if found is None:
            return None
        first = self._first_of(j)
        return Day(None, first, "undated", "Which day?" if first else ""), found[1]

    def _first_of(self, i: int) -> tuple[date, ...]:
        if self.said(i) == "next" and self.said(i + 1) == "week":
            return tuple(in_week(self.today, weekday, 1) for weekday in (0, 1, 2))
        return ()

    def this(self, i: int) -> tuple[Day, int] | None:
        j = self.skip(i + 1, "coming")
        if self.token(j).kind == "weekday":
            dated, k = self.weekday(j)
            if dated.kind == "date" or k > j + 1:
                return dated, k
            weekday = self.token(j).number
            if j > i + 1 or self.said(i) == "coming":
                return Day(strictly_after(self.today, weekday), kind="weekday"), j + 1
            return self._not_past(in_week(self.today, weekday), "weekday-this"), j + 1
        return self._stretch(j, 0)

    def next(self, i: int) -> tuple[Day, int] | None:
        j = i + 1
        if self.token(j).kind == "weekday":
            dated, k = self.weekday(j)
            if dated.kind == "date" or k > j + 1:
                return (dated if dated.kind == "date" else Day(None, kind="undated")), k
            return self._next_weekday(self.token(j).number), j + 1
        return self._stretch(j, 1)

    def last(self, i: int) -> tuple[Day, int] | None:
        if self.token(i + 1).kind == "weekday":
            weekday = self.token(i + 1).number
            before = strictly_before(self.today, weekday)
            week_before = in_week(self.today, weekday, -1)
            return Day(before, (week_before,) if week_before != before else (), "past"), i + 2
        if self.said(i + 1) in ("week", "month", "year", "quarter", "night", "weekend", "evening"):
            return self._stretch(i + 1, -1) or (Day(None, kind="past"), i + 2)
        return None
