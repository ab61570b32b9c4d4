"""Weekdays: a bare one is strictly after the day it is said on, "next" is that of the next calendar week."""

from __future__ import annotations

from dataclasses import replace

from domain.when.dates import Dates
from domain.when.days import in_week, later, strictly_after, strictly_before
from domain.when.words import Day, full

PAY = ("pay", "payroll", "run", "paper")


class Weekdays(Dates):
    """Where weekdays stand among the words, perhaps with a date or a week beside them."""

    def weekday(self, i: int, alone: bool = False) -> tuple[Day, int]:
        weekday, j = self.token(i).number, i + 1
        ahead = strictly_after(self.today, weekday)
        today = (self.today,) if self.today.weekday() == weekday else ()
        if alone:
            return Day(ahead, today, "weekday"), j
        k = self.skip(j, ",", "the", *(["."] if len(self.said(i)) < 6 else []))
        dated = self.dated(k)
        if dated is None and (self.token(k).kind == "ordinal" or self.token(k).number > 12):
            dated = None if self.names_a_thing(k + 1) else self._bare(k)
        if dated:
            return self._fits(weekday, dated[0]), dated[1]
        said, after = self.said(j), self.said(j + 1)
        if said == "week" and after != "after":
            return Day(later(ahead, 7), tuple(later(each, 7) or each for each in today), "weekday"), j + 1
        if said == "fortnight":
            return Day(later(ahead, 14), tuple(later(each, 14) or each for each in today), "weekday"), j + 1
        k = self.skip(j, "of", "in", "the")
        for weeks, words in ((0, ("this", "week")), (1, ("next", "week")), (2, ("week", "after", "next"))):
            if tuple(self.said(k + n) for n in range(len(words))) == words and not self._possessive(k + len(words) - 1):
                that = in_week(self.today, weekday, weeks)
                return self._not_past(that, "week-day"), k + len(words)
        if (said == "next" and self.token(j + 1).kind == "end") or (said == "next" and after in (",", ".", "")):
            return self._next_weekday(weekday), j + 1
        if said == "coming":
            return Day(ahead, kind="weekday"), j + 1
        if said in ("last", "gone", "past", "just"):
            if said == "last" and after == "thing":
                return Day(ahead, today, "weekday"), j
            return Day(strictly_before(self.today, weekday), kind="past"), j + 1
        if said == "after" and after in ("next", "that"):
            return Day(None, kind="undated"), j + 2
        if (said, after, self.said(j + 2)) == ("the", "week", "after"):
            return Day(None, kind="undated"), j + 3
        return Day(ahead, today, "weekday"), j

    def _next_weekday(self, weekday: int) -> Day:
        that, nearer = in_week(self.today, weekday, 1), strictly_after(self.today, weekday)
        return Day(that, (nearer,) if nearer != that else (), "weekday")

    def _fits(self, weekday: int, day: Day) -> Day:
        """A date with a weekday before it: it is that date only if it falls on that weekday."""
        fitting = tuple(each for each in day.days if each.weekday() == weekday)
        if not day.days:
            return day
        if not fitting:
            first, ahead = day.days[0], strictly_after(self.today, weekday)
            return Day(None, (first, ahead), "date", f"{full(first)} is a {first:%A}.")
        if len(fitting) == 2 and day.on:
            near = [each for each in fitting if 0 <= (each - self.today).days <= 14]
            far = [each for each in fitting if abs((each - self.today).days) > 60]
            if len(near) == len(far) == 1:  # nobody names the weekday of a day months away
                return Day(near[0], tuple(far), "date")
        if day.on is None and day.trouble:
            return replace(day, also=fitting)
        return replace(day, on=fitting[0], also=fitting[1:], kind="date")

    def _whose(self, i: int) -> tuple[Day, int]:
        """ "in Friday's pay run" is that Friday; "on Fridays" is none."""
        weekday, j = self.token(i).number, i + 1
        k = self.skip(j, *PAY)
        if k > j:
            today = (self.today,) if self.today.weekday() == weekday else ()
            return Day(strictly_after(self.today, weekday), today, "pay"), k
        return Day(None, kind="plural"), j
