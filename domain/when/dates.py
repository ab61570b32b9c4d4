"""Days of a month, however they are written: "27 Nov", "3/12", "the 28th", "2026-12-05"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from domain.when.days import day_of, month_ends, months_later, strictly_after
from domain.when.words import NO_SUCH, Day, Words, full

NEAR = 92  # "Nov 27", said so many days before at most, is a day and no year
LONG_PAST = 300  # a day without a year that comes again only so many days ahead has rather just passed
UNITS = frozenset({"minute", "hour", "day", "week", "fortnight", "month", "year"})


class Dates(Words):
    """Where dates stand among the words. Without a year it is the next there is."""

    def dated(self, i: int) -> tuple[Day, int] | None:
        """A day of a month, if one is said from this token on."""
        token = self.token(i)
        if token.kind == "iso":
            return self.named(*map(int, token.said.split("-"))), i + 1
        if token.kind == "slashed":
            return self._slashed(token.said), i + 1
        if token.kind in ("ordinal", "number"):
            j = i + 1 if self.token(i + 1).kind == "month" else self.skip(i + 1, "of", "-")
            if self.token(j).kind != "month" or token.number > 99:
                return None
            year, k = self._year(j + 1)
            return self.named(year, self.token(j).number, token.number), k
        return self._after_month(i) if token.kind == "month" else None

    def _after_month(self, i: int) -> tuple[Day, int] | None:
        """ "Dec 3", "December the 3rd, 2026"; "May 26" may be a year as well."""
        j = self.skip(i + 1, "the", ".")
        month, day = self.token(i), self.token(j)
        plain = day.kind == "number" and len(day.said) <= 2 and day.number <= 31
        if not (plain or day.kind == "ordinal"):
            return None
        if plain and (self._counted(j) or self.said(j + 1) in ("am", "pm", "%", ":")):
            return None
        year, k = self._year(self.skip(j + 1, ",") if self.token(j + 2).kind == "number" else j + 1)
        named = self.named(year, month.number, day.number)
        if plain and year is None and self._may_be_a_year(day.number):
            return self._day_or_year(named, month.number, day.number), k
        return named, k

    def _day_or_year(self, day: Day, month: int, number: int) -> Day:
        ends = month_ends(2000 + number, month)
        if ends is None or ends < self.today:
            return replace(day, kind="date or year")
        if day.on and (day.on - self.today).days <= NEAR:
            return day
        return Day(None, (*day.days, ends), "date", "Is that a day or a year?")

    def _counted(self, i: int) -> bool:
        return self.said(i + 1) in UNITS and self.said(i + 1) not in ("hour", "minute")

    def _may_be_a_year(self, number: int) -> bool:
        return self.month_first is not True and 0 <= number - self.today.year % 100 <= 3

    def _year(self, i: int) -> tuple[int | None, int]:
        token = self.token(i)
        if token.said == "'" and self.token(i + 1).kind == "number" and len(self.said(i + 1)) == 2:
            return 2000 + self.token(i + 1).number, i + 2
        if token.kind == "number" and len(token.said) == 4 and 1900 <= token.number <= 2199:
            return token.number, i + 1
        short = token.kind == "number" and len(token.said) == 2 and self.said(i + 1) not in ("am", "pm", ":", "%")
        if short and -1 <= token.number - self.today.year % 100 <= 5 and not self._counted(i):
            return 2000 + token.number, i + 1
        return None, i

    def named(self, year: int | None, month: int, day: int) -> Day:
        """That day of that month: of that year, or the next there is."""
        if year is not None:
            on = day_of(year, month, day)
            return Day(on, kind="date", trouble="" if on else NO_SUCH, whole=True)
        here = day_of(self.today.year, month, day)
        if self.either and here is not None:
            near = (day_of(self.today.year + years, month, day) for years in (0, -1, 1))
            return Day(min((each for each in near if each), key=lambda each: abs(each - self.today)), kind="date")
        if here is not None and here >= self.today:
            return Day(here, kind="date")
        ahead = day_of(self.today.year + 1, month, day)
        if ahead is None:
            return Day(None, (here,) if here else (), "date", f"{full(here)} has passed." if here else NO_SUCH)
        if here is not None and (ahead - self.today).days > LONG_PAST:
            return Day(None, (here, ahead), "date", f"{full(here)} has passed.")
        return Day(ahead, kind="date")

    def _slashed(self, said: str) -> Day:
        written = re.split(r"[/.-]", said)
        parts, sign = [int(part) for part in written], "slashed" if len(written) == 2 else "slashed-year"
        if len(written[0]) > 2:
            return replace(self.named(*parts), kind=sign) if len(parts) == 3 else Day(None)
        year = None if len(parts) == 2 else parts[2] if parts[2] > 99 else 2000 + parts[2]
        british = self.named(year, parts[1], parts[0]) if 1 <= parts[1] <= 12 else None
        american = self.named(year, parts[0], parts[1]) if 1 <= parts[0] <= 12 else None
        usual, other = (american, british) if self.month_first else (british, american)
        if usual is None or not usual.days:
            return self._other_way(other, sign, year, parts)
        if self.month_first is None and other is not None and other != usual:
            return Day(None, (*usual.days, *other.days), sign, "Which is the day, and which is the month?")
        either = (other.on,) if other is not None and other.on and other.on != usual.on else ()
        return replace(usual, kind=sign, also=usual.also or either)

    def _other_way(self, other: Day | None, sign: str, year: int | None, parts: list[int]) -> Day:
        """What can be read only in the order that is not the usual one: taken where none is usual, else asked about."""
        if other is None or not other.days:
            return Day(None, kind=sign, trouble=NO_SUCH)
        if self.month_first is None and year is None:
            return replace(other, kind=sign)
        return Day(None, other.days, sign, f"There is no month {parts[0] if self.month_first else parts[1]}.")

    def _bare(self, i: int) -> tuple[Day, int] | None:
        """ "the 28th": the next day of a month with that number; "28th of next month"."""
        token = self.token(i)
        if token.kind not in ("ordinal", "number") or not 1 <= token.number <= 31:
            return None
        if token.kind == "ordinal":
            of = self.said(i + 1) == "of"
            j = self.skip(i + 1, "of", "the")
            if self.said(j) in ("this", "next") and self.said(j + 1) == "month":
                return self._in_month(token.number, int(self.said(j) == "next")), j + 2
            if of:
                return (self._monthly(token.number), j + 1) if self.said(j) == "month" else None
            if token.number <= 5 and self.token(i + 1).kind == "weekday":
                return self._undated(i + 2)  # "the 3rd Wednesday" of which month?
        return self._monthly(token.number), i + 1

    def _in_month(self, number: int, months: int) -> Day:
        """That day of this month, or of so many months later."""
        first = months_later(self.today.replace(day=1), months)
        on = day_of(first.year, first.month, number) if first else None
        return self._not_past(on, "date") if on else Day(None, kind="date", trouble=NO_SUCH)

    def _monthly(self, number: int) -> Day:
        here = day_of(self.today.year, self.today.month, number)
        if here is not None and here > self.today:
            return Day(here, kind="ordinal")
        first = months_later(self.today.replace(day=1), 1)
        ahead = day_of(first.year, first.month, number) if first else None
        if here == self.today:
            return Day(None, (here, *((ahead,) if ahead else ())), "ordinal", "Today, or in a month?")
        if here is not None and (self.today - here).days <= 3:
            return Day(None, (*((ahead,) if ahead else ()), here), "ordinal", f"{full(here)} has passed.")
        return Day(ahead, kind="ordinal", trouble="" if ahead else NO_SUCH)

    def _month(self, i: int) -> tuple[Day, int]:
        """A month alone: it ends with its last day, but may be meant from its first."""
        year, j = self._year(i + 1)
        day = self._month_end(self.token(i).number, year)
        first = day.on.replace(day=1) if day.on else None
        return Day(day.on, (first,) if first and first >= self.today else (), "month"), j

    def _month_end(self, month: int, year: int | None) -> Day:
        if year is not None:
            return Day(month_ends(year, month), kind="stretch")
        ahead = month_ends(self.today.year + (month < self.today.month), month)
        return Day(ahead, kind="stretch")

    def _not_past(self, that: date, kind: str) -> Day:
        if that >= self.today or self.either:
            return Day(that, kind=kind)
        return Day(None, (strictly_after(self.today, that.weekday()),), kind, f"{full(that)} has passed.")
