"""Days that have a word of their own, "tomorrow", and words that sound like a due but are none, "asap"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.when.days import later
from domain.when.spans import Spans
from domain.when.stretches import EODS
from domain.when.words import Day

FEASTS = ("good", "easter", "black", "cyber", "boxing", "ash", "shrove", "pancake", "christmas", "xmas")
OCCASIONS = frozenset(
    "interview interviews start holiday holidays hols meeting shift induction offer xmas christmas easter".split()
)
OFTEN = frozenset({"week", "day", "month", "fortnight", "morning", "evening"})
DEEPEST = 3  # "later the end of next week" is a day within a day, and few people go deeper
WHOSE = frozenset("a an her his their my your our".split())


class NamedDays(Spans):
    """Which day is said from a word on."""

    def day(self, i: int) -> tuple[Day, int] | None:
        """The day that is said from this token on."""
        if self.depth > DEEPEST:
            return None
        self.depth += 1
        try:
            return self._day(self.skip(i, "the"))
        finally:
            self.depth -= 1

    def _day(self, i: int) -> tuple[Day, int] | None:
        token = self.token(i)
        if token.number == 1 and self.said(i + 1) == "later" and self.said(i + 2) in ("day", "date", "time", "stage"):
            return self._undated(i + 3)
        if token.said in OCCASIONS:
            return Day(None, kind="occasion"), i + 1
        if token.said in WHOSE and self.said(i + 1) in OCCASIONS:
            return Day(None, kind="occasion"), i + 2
        if token.kind == "weekday":
            return self.weekday(i)
        if token.kind == "weekdays":
            return self._whose(i)
        if token.kind == "month":
            return self.dated(i) or self._month(i)
        if token.kind in ("iso", "slashed", "ordinal", "number"):
            dated = self.dated(i) or (self._bare(i) if token.kind == "ordinal" else None)
            if dated and dated[0].on and token.kind == "slashed":
                return replace(dated[0], also=()), dated[1]  # the other order counts only beside a weekday
            return dated
        rule = RULES.get(token.said) if token.kind == "word" else None
        return getattr(self, rule)(i) if rule else None

    def today_(self, i: int) -> tuple[Day, int]:
        if self.said(i + 1) in ("week", "fortnight") and self.said(i) != "tonight":
            return Day(self._from(self.today, 1, self.said(i + 1)), kind="today"), i + 2
        return Day(self.today, kind="today"), i + 1

    def tomorrow(self, i: int) -> tuple[Day, int]:
        if self.said(i + 1) in ("week", "fortnight"):
            first = later(self.today, 1)
            return Day(self._from(first, 1, self.said(i + 1)) if first else None, kind="today"), i + 2
        return Day(later(self.today, 1), kind="today"), i + 1

    def yesterday(self, i: int) -> tuple[Day, int]:
        return Day(later(self.today, -1), kind="past"), i + 1

    def day_after(self, i: int) -> tuple[Day, int] | None:
        if self.said(i + 1) == "after" and self.said(i + 2) == "tomorrow":
            return Day(later(self.today, 2), kind="today"), i + 3
        return None

    def every(self, i: int) -> tuple[Day, int] | None:
        j = i + 2 if self.said(i + 1) in ("other", "second", "single") else i + 1
        often = self.token(j).kind in ("weekday", "weekdays") or self.said(j) in OFTEN
        return self._undated(j + 1) if often else None

    def feast(self, i: int) -> tuple[Day, int] | None:
        """ "Good Friday", "Easter Monday", "Christmas": days that only a calendar of feasts knows."""
        j = i + 1
        if self.token(j).kind == "weekday" or self.said(j) in ("day", "eve", "weekend"):
            return self._undated(j + 1)
        return self._undated(j) if self.said(i) in ("easter", "christmas", "xmas") else None

    def soon(self, i: int) -> tuple[Day, int] | None:
        if self.said(i) in ("straight", "right"):
            return self._undated(i + 2) if self.said(i + 1) == "away" else None
        if self.said(i) == "as":
            words = (self.said(i + 1), self.said(i + 2), self.said(i + 3))
            return self._undated(i + 4) if words == ("shortly", "as", "possible") else None
        if self.said(i) == "due":
            return self._undated(i + 2) if self.said(i + 1) == "course" else None
        return self._undated(i + 1)


RULES: dict[str, Any] = {
    **dict.fromkeys(("today", "tonight"), "today_"),
    "tomorrow": "tomorrow",
    "yesterday": "yesterday",
    "day": "day_after",
    "this": "this",
    "coming": "this",
    "next": "next",
    "last": "last",
    "week": "week",
    "weekend": "weekend",
    "month": "month_end",
    "w/c": "week_of",
    "w/e": "week_of",
    "end": "end",
    **dict.fromkeys(EODS, "end"),
    **dict.fromkeys(("q1", "q2", "q3", "q4"), "quarter"),
    **dict.fromkeys(("early", "mid", "late", "later", "start", "beginning", "middle"), "in_part"),
    **dict.fromkeys(("every", "each", "alternate", "most"), "every"),
    **dict.fromkeys(FEASTS, "feast"),
    **dict.fromkeys(("asap", "shortly", "straight", "right", "as", "due", "daily", "weekly", "monthly"), "soon"),
}
