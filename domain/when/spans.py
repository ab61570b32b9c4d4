"""Spans of time from now, or from a day said after them: "in a fortnight", "within 48 hrs", "a week on Thursday"."""

from __future__ import annotations

from datetime import date, timedelta

from domain.when.dates import UNITS
from domain.when.days import later, months_later, working_days_later
from domain.when.stretches import Stretches
from domain.when.words import Day

AWAY = frozenset("of after from before notice prior drive commute travel walk radius away experience".split())
VAGUE = ("few", "couple", "several")


class Spans(Stretches):
    """Where spans stand among the words."""

    def span(self, i: int, leads: tuple[str, ...]) -> tuple[Day, int] | None:
        """ "2 weeks", "the next 48 hrs", "a fortnight", "half an hour": how long from now, or from a day said after."""
        j = self.skip(i, "the", "another", "next", "coming", "about", "around", "approx", "say") if leads else i
        kind = "span" if set(leads) & {"in", "within", "inside", "over", "during"} else "span-bare"
        number, k, vague = self._how_many(j)
        if number is None:
            if j > i and self.said(j) == "hour":  # "within the hour", "in next hr"
                return self._from_now(1, "hour", kind), j + 1
            if j > i + 1 and self.said(i) == "the" and self.said(j - 1) == "next" and self.said(j) in ("week", "month"):
                if self.said(j + 1) == "or":
                    return Day(None, kind="undated"), j + 3
                return (self._from_now(1, self.said(j), kind), j + 1) if kind == "span" else None
            if j > i and self.said(j - 1) == "next" and self.said(j) == "day" and self.said(j + 1) == "or":
                return Day(None, kind="undated"), j + 3
            return None
        working = self.said(k) == "working"
        unit = self.said(k + 1) if working else self.said(k)
        if unit not in UNITS:
            return None
        end = k + (2 if working else 1)
        if self.said(end) == "or" and self.said(end + 1) in ("so", "two", "three", "2", "3"):
            return Day(None, kind="undated"), end + 2
        if vague and unit in ("hour", "minute") and self.said(k - 1) != "few" and self.now is None:
            return Day(self.today, kind=kind), end
        if vague:
            return Day(None, kind="undated" if leads else "span-bare"), end
        if working and unit == "day":
            return Day(working_days_later(self.today, number), kind=kind), self.skip(end, "time")
        if self.said(end) == "ago":
            back = self._from(self.today, -number, unit)
            return Day(back, kind="past"), end + 1
        start = self._start(end, unit)
        if start is not None:
            day, end = start
            moved = self._from(day.on, number, unit) if day.on else None
            also = tuple(each for other in day.also if (each := self._from(other, number, unit)))
            return Day(moved, also, "counted"), end
        if self.said(end) == "from" and self.said(end + 1) == "now":
            return self._from_now(number, unit, "counted"), end + 2
        if self.said(end) == "time":
            return self._from_now(number, unit, "span"), end + 1
        if self.said(end) in AWAY:
            return Day(None, kind="span-bare"), end
        return self._from_now(number, unit, kind), end

    def _how_many(self, i: int) -> tuple[int | None, int, bool]:
        """How many, the token after, and whether that is vague: "a few", "2-3"."""
        token = self.token(i)
        if token.said == "half":
            k = self.skip(i + 1, "a", "an")
            return (0, k, False) if self.said(k) == "hour" else (None, i, False)
        if token.said in VAGUE:
            return 0, self.skip(i + 1, "of"), True
        if token.kind == "count" and token.number == 1 and self.said(i + 1) in VAGUE:
            return 0, self.skip(i + 2, "of"), True
        if token.said == "fortnight":
            return 1, i, False
        if token.kind not in ("number", "count") or not 0 < token.number <= 1000:
            return None, i, False
        if self.said(i + 1) in ("-", "\u2013", "to", "or") and self.token(i + 2).kind in ("number", "count"):
            return token.number, i + 3, True
        return token.number, i + 1, False

    def _start(self, i: int, unit: str) -> tuple[Day, int] | None:
        """The day that a span is counted from: "a week on Thursday", "2 weeks today", "3 weeks from Monday"."""
        if unit not in ("week", "fortnight", "day", "month"):
            return None
        if self.said(i) in ("today", "tomorrow"):
            return self.day(i) if self.said(i + 1) not in ("week", "fortnight") else None
        j = i + 1 if self.said(i) in ("on", "from", "after") else i
        if self.token(j).kind == "weekday" and (j > i or unit in ("week", "fortnight")):
            found = self.weekday(j, alone=True)
            return found
        if j > i and self.said(i) == "from" and self.said(j) in ("today", "tomorrow"):
            return self.day(j)
        return None

    def _from(self, day: date, number: int, unit: str) -> date | None:
        if unit == "month":
            return months_later(day, number)
        if unit == "year":
            return months_later(day, 12 * number)
        return later(day, number * {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0))

    def _from_now(self, number: int, unit: str, kind: str) -> Day:
        if unit not in ("hour", "minute"):
            return Day(self._from(self.today, number, unit), kind=kind)
        minutes = (number * 60 if unit == "hour" else number) or 30
        if unit == "hour" and number and number % 24 == 0:
            return Day(later(self.today, number // 24), kind=kind)
        if self.now is not None:
            then = self.now + timedelta(minutes=minutes)
            return Day(then.date(), kind=kind, at=then.time().replace(second=0, microsecond=0, tzinfo=None))
        return Day(self.today if minutes <= 240 else None, kind=kind)
