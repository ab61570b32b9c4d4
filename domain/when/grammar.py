"""One grammar of days and hours as people say them, seen from a day.

A bare weekday is strictly after that day; "next Tuesday" is that of the next calendar week; a week, a month or a
quarter ends with its last day, a working week with Friday (the project's guidelines for dates in recruiters' notes).
What may also mean another day carries that day too: whoever asks decides whether to ask back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.when.days import (
    FRIDAY,
    SUNDAY,
    day_of,
    in_week,
    later,
    month_ends,
    months_later,
    strictly_after,
    strictly_before,
    working_days_later,
)
from domain.when.vocabulary import END, Token

NOON = time(12)
FIRST_THING = time(9)
LONG_PAST = 300  # a day without a year that comes again only so many days ahead has rather just passed
PAY = ("pay", "payroll", "run", "paper")
VAGUE = ("few", "couple", "several")
FEASTS = ("good", "easter", "black", "cyber", "boxing", "ash", "shrove", "pancake", "christmas", "xmas")


@dataclass(frozen=True)
class Day:
    """The day that was said, `also` what else it may mean, `kind` how it was said, `trouble` why it is none."""

    on: date | None
    also: tuple[date, ...] = ()
    kind: str = ""
    trouble: str = ""
    at: time | None = None


@dataclass(frozen=True)
class Clock:
    """The hour that was said; None where it is just the end of that day."""

    at: time | None
    also: tuple[time, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class When:
    """A day, an hour, or both, and the words that lead to them ("by", "from")."""

    day: Day | None
    clock: Clock | None
    leads: tuple[str, ...] = ()
    several: tuple[Day, ...] = ()


@dataclass
class Grammar:
    """Reads the tokens of a text, as said on `today`, or at `now` by the local clock.

    `month_first` is None where nobody knows; `either` reads a day without a year as the nearest, be it past.
    """

    tokens: Sequence[Token]
    today: date
    month_first: bool | None = False
    now: datetime | None = None
    either: bool = False
    text: str = field(default="", repr=False)

    def token(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else END

    def said(self, i: int) -> str:
        return self.tokens[i].said if 0 <= i < len(self.tokens) else ""

    def skip(self, i: int, *words: str) -> int:
        while self.said(i) in words:
            i += 1
        return i

    # A day and an hour

    def when(self, i: int) -> tuple[When, int] | None:
        """What is said from this token on, and the token after it."""
        leads, j = self._leads(i)
        if len(leads) > 1 and (leads[0] not in BEFORE_ANOTHER or leads[1] not in NEARLY):
            return None  # "send it over by Saturday": the first word belongs to what is done
        found = self._one(j, leads)
        if found is None or not _leads_to(leads[-1] if leads else "", found[0], self.said(j)):
            return None
        when, j = found
        when = replace(when, leads=leads)
        j = self._latest(j)
        joint = self.said(j)
        if joint == "(":
            return self._beside(when, j)
        if joint in JOINTS:
            others, k = self._others(j + 1, joint, leads)
            if others:
                return replace(when, several=others), self._latest(k)
        return when, j

    def _beside(self, when: When, i: int) -> tuple[When, int]:
        """ "tomorrow (Thurs)": a day said twice is none if the two do not agree."""
        again = self.day(i + 1) if when.day and when.day.on else None
        if again is None or self.said(again[1]) != ")" or when.day is None or when.day.on is None:
            return when, i
        weekday, other = self.token(i + 1), again[0].on
        if weekday.kind == "weekday" and again[1] == i + 2:
            same = when.day.on.weekday() == weekday.number
        else:
            same = other == when.day.on
        if same:
            return replace(when, day=replace(when.day, also=())), again[1] + 1
        choices = tuple(each for each in (when.day.on, other) if each)
        return replace(when, day=Day(None, choices, "date", "The two days are not the same.")), again[1] + 1

    def _others(self, i: int, joint: str, leads: tuple[str, ...]) -> tuple[tuple[Day, ...], int]:
        """The days that are said beside the first, "Tues or Weds", and where they end."""
        if joint in ("or", "/", "to") or "between" in leads:
            _, i = self._leads(i)
        elif self.token(i).kind not in ("weekday", "weekdays", "ordinal"):
            return (), i
        found = self._one(i, ("by",) if joint == "to" or self._hour_alone(i) else ())
        if found is None:
            return (), i
        day = found[0].day or Day(self.today, at=found[0].clock.at if found[0].clock else None)
        joint = self.said(found[1])
        if joint in JOINTS and joint != "to":
            more, k = self._others(found[1] + 1, joint, leads)
            if more:
                return (day, *more), k
        return (day,), found[1]

    def _hour_alone(self, i: int) -> bool:
        """Whether a bare number beside an hour is an hour as well: "at 11:30 or 12"."""
        return self.token(i - 2).kind == "clock" and self.token(i).kind == "number"

    def _latest(self, i: int) -> int:
        j = self.skip(i, ",") if self.said(i + 1) in ("latest", "at") else i
        if self.said(j) == "latest":
            return j + 1
        if self.said(j) == "at":
            j = self.skip(j + 1, "the", "very")
            if self.said(j) == "latest":
                return j + 1
        return i

    LEADS = frozenset(
        "by on from until for in within inside before after at around about since over during starting come between"
        " sometime approx circa due".split()
    )

    def _leads(self, i: int) -> tuple[tuple[str, ...], int]:
        """The words before a day that say how it is meant."""
        leads: list[str] = []
        while True:
            said = self.said(i)
            if (said == "no" and self.said(i + 1) == "later" and self.said(i + 2) == "than") or (
                said == "on" and self.said(i + 1) == "or" and self.said(i + 2) == "before"
            ):
                leads.append("by")
                i += 3
            elif said == "as" and self.said(i + 1) == "of":
                leads.append("from")
                i += 2
            elif said in self.LEADS and len(leads) < 2:
                leads.append(said)
                i += 1
            else:
                return tuple(leads), i

    def _one(self, i: int, leads: tuple[str, ...]) -> tuple[When, int] | None:
        span = self.span(i, leads)
        if span:
            return When(span[0], None), span[1]
        k = self.skip(i, "the")
        bare = k == i and bool(set(leads) & HOURLY)
        hour = None if self.date(i) or self.said(i) in ("am", "pm") else self.clock(k, bare)
        if hour:
            clock, j = hour
            k = self.skip(j, "on", "of", "the", ",", "in") if clock.kind != "part" else self.skip(j, "on", ",")
            day = self.day(k)
            if day and not self._separate(j, k) and (clock.kind != "part" or day[0].kind in PART_OF):
                return When(day[0], clock), self._part_after(day[1])
            return When(None, clock), j
        day = self.day(i)
        if day is None:
            return None
        said, j = day
        if said.on is None and not said.also and not said.trouble:
            return When(said, None), j
        k = self.skip(j, ",", "at", "by", "in", "the", "around", "about", "before", "for", "on", "until", "-")
        hour = self.clock(k, bare=(self.said(k - 1) in HOURLY and k > j) or len(self.said(k)) == 4)
        if hour and not self._separate_hour(j, k, hour[0]):
            return When(said, hour[0]), hour[1]
        return When(said, None), j

    def _separate(self, j: int, k: int) -> bool:
        """Whether a day after an hour belongs to another thought: "EOD, tomorrow he'll sign"."""
        return any(self.said(each) == "," for each in range(j, k))

    def _separate_hour(self, j: int, k: int, clock: Clock) -> bool:
        """Whether an hour after a day belongs to another thought: "on Friday by end of day"."""
        between = [self.said(each) for each in range(j, k)]
        if "," in between or "-" in between:
            return clock.kind not in ("exact", "hour")
        return clock.kind == "end" and "by" in between and self.token(j - 1).kind == "weekday"

    def _part_after(self, i: int) -> int:
        """Past "morning" in "first thing Monday morning"."""
        return i + 1 if self.said(i) in PARTS else i

    # Hours

    def clock(self, i: int, bare: bool = False) -> tuple[Clock, int] | None:
        token = self.token(i)
        said = token.said
        if token.kind == "clock":
            hour, minute = int(said.replace(".", ":").split(":")[0]), int(said[-2:])
            return self._hour(hour, minute, i + 1, exact=said[0] == "0")
        if token.kind == "number":
            return self._number(i, bare)
        if token.kind == "count" and bare and token.number > 1:
            return self._number(i, bare)
        if said == "half":
            j = i + 2 if self.said(i + 1) == "past" else i + 1
            hour = self.token(j).number
            if self.token(j).kind in ("number", "count") and 1 <= hour <= 12 and not self._counts(j):
                return self._hour(hour, 30, j + 1)
            return None
        if said == "quarter" and self.said(i + 1) in ("past", "to"):
            hour = self.token(i + 2).number
            if self.token(i + 2).kind in ("number", "count") and 1 <= hour <= 12:
                quarter = self._hour(hour, 15, i + 3)
                return quarter if self.said(i + 1) == "past" else self._hour((hour - 2) % 12 + 1, 45, i + 3)
            return None
        if said in PARTS:
            return Clock(PARTS[said], kind="part"), i + 1
        if said == "noon":
            return Clock(NOON, kind="exact"), i + 1
        if said in MEALS:
            return Clock(MEALS[said], kind="lunch"), i + 1
        if said == "eod":
            return Clock(None, kind="end"), i + 1
        if (said == "first" or said == "1st") and self.said(i + 1) == "thing":
            j = i + 2
            k = self.skip(j, "in", "the")
            return Clock(FIRST_THING, kind="thing"), k + 1 if self.said(k) in ("morning", "am") else j
        if said == "last" and self.said(i + 1) == "thing":
            return Clock(None, kind="thing"), i + 2
        return self._end_of_day(i)

    def _end_of_day(self, i: int) -> tuple[Clock, int] | None:
        """ "end of play", "close of business", "the end of the day", "close"."""
        i = self.skip(i, "the")
        if self.said(i) not in ("end", "close"):
            return None
        j = i + 1
        if self.said(j) == "of":
            j = self.skip(j + 1, "the", "working")
            if self.said(j) in ("day", "play", "business", "biz"):
                return Clock(None, kind="end"), j + 1
            if self.said(j - 1) == "working":  # "close of business": the same word as in "business days"
                return Clock(None, kind="end"), j
        return None

    def _number(self, i: int, bare: bool) -> tuple[Clock, int] | None:
        token, after = self.token(i), self.said(i + 1)
        if after in ("am", "pm") or after in ("o'clock", "oclock"):
            if not 1 <= token.number <= 12:
                return Clock(None, kind="impossible"), i + 2
            return self._hour(token.number, 0, i + 1)
        if after in ("-", "\u2013", "to") and self.said(i + 3) in ("am", "pm") and self.token(i + 2).kind == "number":
            return Clock(None, kind="range"), i + 4
        if token.kind == "number" and len(token.said) == 4 and token.said[2:] < "60" and token.said[:2] < "24":
            hour, minute = int(token.said[:2]), int(token.said[2:])
            if after in ("h", "hour") or (bare and token.said[:2] not in ("19", "20") and not self._counts(i)):
                return Clock(time(hour, minute), kind="exact"), i + (2 if after in ("h", "hour") else 1)
            return None
        if not bare or not 1 <= token.number <= 12 or len(token.said) > 5 or self._counts(i):
            return None
        return self._hour(token.number, 0, i + 1, exact=token.said[0] == "0")

    def _counts(self, i: int) -> bool:
        """Whether a number counts what is said after it: "by 2 candidates", "at 5%", "half 4 of them"."""
        here, after = self.token(i), self.token(i + 1)
        before = self.token(i - 1)
        if before.said in ("\u00a3", "$", "\u20ac", "#") and before.end == here.start:
            return True
        if after.kind in ("number", "clock", "month", "ordinal", "count", "iso", "slashed"):
            return True
        if after.kind == "mark":
            return (
                after.said in ("%", "$", "+", "/", "\u00a3", "\u20ac", "x", "*", "-", "'", '"')
                and after.start == here.end
            )
        return after.kind in ("word",) and after.said not in BEHIND_AN_HOUR

    def _hour(self, hour: int, minute: int, i: int, exact: bool = False) -> tuple[Clock, int]:
        half = self.said(i)
        if minute > 59 or hour > 23:
            return Clock(None, kind="impossible"), i + (half in ("am", "pm"))
        if half in ("o'clock", "oclock"):
            i += 1
            half = self.said(i)
        if half in ("am", "pm") and 1 <= hour <= 12:
            return Clock(time(hour % 12 + (12 if half == "pm" else 0), minute), kind="exact"), i + 1
        if half in ("am", "pm"):
            return Clock(None, kind="impossible"), i + 1
        if exact or hour == 0 or hour >= 13:
            return Clock(time(hour, minute), kind="exact"), i
        if hour in (6, 7, 8):
            return Clock(None, (time(hour, minute), time(hour + 12, minute)), "hour"), i
        return Clock(time(hour if hour >= 9 else hour + 12, minute), kind="hour"), i

    # Spans of time

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
        if self.said(end) == "or":
            if self.said(end + 1) in ("so", "two", "three", "2", "3"):
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
        if self.said(end) in ("of", "after", "from", "before", "notice", "prior"):
            return Day(None, kind="span-bare"), end
        return self._from_now(number, unit, kind), end

    def _how_many(self, i: int) -> tuple[int | None, int, bool]:
        """How many, the token after, and whether that is vague: "a few", "2-3"."""
        token = self.token(i)
        if token.said == "half" and self.said(i + 1) in ("a", "an") and self.said(i + 2) == "hour":
            return 0, i + 2, False
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

    # Days

    def day(self, i: int) -> tuple[Day, int] | None:
        """The day that is said from this token on."""
        i = self.skip(i, "the")
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
        if token.kind in ("iso", "slashed", "ordinal", "number", "month"):
            if token.kind == "month":
                return self.date(i) or self._month(i)
            dated = self.date(i) or (self._bare(i) if token.kind == "ordinal" else None)
            if dated and dated[0].on and token.kind == "slashed":
                return replace(dated[0], also=()), dated[1]  # the other order counts only beside a weekday
            return dated
        rule = RULES.get(token.said) if token.kind == "word" else None
        return getattr(self, rule)(i) if rule else None

    def weekday(self, i: int, alone: bool = False) -> tuple[Day, int]:
        weekday, j = self.token(i).number, i + 1
        ahead = strictly_after(self.today, weekday)
        today = (self.today,) if self.today.weekday() == weekday else ()
        if alone:
            return Day(ahead, today, "weekday"), j
        k = self.skip(j, ",", ".", "the")
        dated = self.date(k) or (self._bare(k) if self.token(k).kind == "ordinal" else None)
        if dated is None and self.token(k).kind == "number" and self.token(k).number > 12:
            dated = self._bare(k)
        if dated:
            return self._fits(weekday, dated[0]), dated[1]
        said, after = self.said(j), self.said(j + 1)
        if said == "week":
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
        return Day(ahead, today, "weekday"), j

    def _next_weekday(self, weekday: int) -> Day:
        that, nearer = in_week(self.today, weekday, 1), strictly_after(self.today, weekday)
        return Day(that, (nearer,) if nearer != that else (), "weekday")

    def _not_past(self, that: date, kind: str) -> Day:
        if that >= self.today or self.either:
            return Day(that, kind=kind)
        return Day(None, (strictly_after(self.today, that.weekday()),), kind, f"{_full(that)} has passed.")

    def _fits(self, weekday: int, day: Day) -> Day:
        """A date with a weekday before it: it is that date only if it falls on that weekday."""
        named = (*((day.on,) if day.on else ()), *day.also)
        fitting = tuple(each for each in named if each.weekday() == weekday)
        if not named:
            return day
        if not fitting:
            near = strictly_after(self.today, weekday)
            return Day(None, (named[0], near), "date", f"{_full(named[0])} is a {named[0]:%A}.")
        if len(fitting) == 2 and day.on:
            near = [each for each in fitting if 0 <= (each - self.today).days <= 14]
            far = [each for each in fitting if abs((each - self.today).days) > 60]
            if len(near) == 1 and len(far) == 1:
                return Day(near[0], tuple(far), "date")
        if day.on is None and day.trouble:
            return replace(day, also=fitting)
        return Day(fitting[0], fitting[1:], "date")

    def _whose(self, i: int) -> tuple[Day, int]:
        """ "in Friday's pay run" is that Friday; "on Fridays" is none."""
        weekday, j = self.token(i).number, i + 1
        k = self.skip(j, *PAY)
        if k > j:
            today = (self.today,) if self.today.weekday() == weekday else ()
            return Day(strictly_after(self.today, weekday), today, "pay"), k
        return Day(None, kind="plural"), j

    def date(self, i: int) -> tuple[Day, int] | None:
        """A day of a month, however it is written."""
        token = self.token(i)
        if token.kind == "iso":
            year, month, day = map(int, token.said.split("-"))
            return self.named(year, month, day), i + 1
        if token.kind == "slashed":
            return self._slashed(token.said), i + 1
        if token.kind in ("ordinal", "number"):
            j = self.skip(i + 1, "of", "-") if self.token(i + 1).kind != "month" else i + 1
            if self.token(j).kind == "month" and token.number <= 99:
                year, j2 = self._year(j + 1)
                return self.named(year, self.token(j).number, token.number), j2
            return None
        if token.kind == "month":
            j = self.skip(i + 1, "the", ".")
            day = self.token(j)
            follows = self.said(j + 1)
            if day.kind == "ordinal" or (
                day.kind == "number"
                and len(day.said) <= 2
                and day.number <= 31
                and follows not in ("am", "pm", "%", ":")
            ):
                if day.kind == "number" and self._counted(j):
                    return None
                year, k = self._year(self.skip(j + 1, ",") if self.token(j + 2).kind == "number" else j + 1)
                named = self.named(year, token.number, day.number)
                if day.kind == "number" and year is None and self._may_be_a_year(day.number):
                    ends = month_ends(2000 + day.number, token.number)
                    if ends is None or ends < self.today:
                        return replace(named, kind="date or year"), k
                    trouble = "Is that a day or a year?"
                    return Day(None, tuple(each for each in (named.on, ends) if each), "date", trouble), k
                return named, k
        return None

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
        if token.kind == "number" and len(token.said) == 2 and self.said(i + 1) not in ("am", "pm", ":", "%"):
            if -1 <= token.number - self.today.year % 100 <= 5 and not self._counted(i):
                return 2000 + token.number, i + 1
        return None, i

    def named(self, year: int | None, month: int, day: int) -> Day:
        """That day of that month: of that year, or the next there is."""
        if year is not None:
            on = day_of(year, month, day)
            return Day(on, kind="date", trouble="" if on else NO_SUCH)
        here = day_of(self.today.year, month, day)
        if self.either and here is not None:
            near = (day_of(self.today.year + years, month, day) for years in (0, -1, 1))
            return Day(min((each for each in near if each), key=lambda each: abs(each - self.today)), kind="date")
        if here is not None and here >= self.today:
            return Day(here, kind="date")
        ahead = day_of(self.today.year + 1, month, day)
        if ahead is None:
            return Day(None, (here,) if here else (), "date", f"{_full(here)} has passed." if here else NO_SUCH)
        if here is not None and (ahead - self.today).days > LONG_PAST:
            return Day(None, (here, ahead), "date", f"{_full(here)} has passed.")
        return Day(ahead, kind="date")

    def _month(self, i: int) -> tuple[Day, int]:
        """A month alone: it ends with its last day, but may be meant from its first."""
        year, j = self._year(i + 1)
        day = self._month_end(self.token(i).number, year)
        first = day.on.replace(day=1) if day.on else None
        return Day(day.on, (first,) if first and first >= self.today else (), "month"), j

    def _slashed(self, said: str) -> Day:
        parts = [int(part) for part in said.replace("-", "/").replace(".", "/").split("/")]
        sign = "slashed" if len(parts) == 2 else "slashed-year"
        if len(said.replace("-", "/").replace(".", "/").split("/")[0]) > 2:
            return replace(self.named(parts[0], parts[1], parts[2]), kind=sign) if len(parts) == 3 else Day(None)
        year = None if len(parts) == 2 else parts[2] if parts[2] > 99 else 2000 + parts[2]
        if year is not None and not 1900 <= year <= 2199:
            return Day(None, kind=sign, trouble=NO_SUCH)
        british = self.named(year, parts[1], parts[0]) if 1 <= parts[1] <= 12 else None
        american = self.named(year, parts[0], parts[1]) if 1 <= parts[0] <= 12 else None
        usual, other = (american, british) if self.month_first else (british, american)
        if usual is None or (usual.on is None and not usual.also):
            if other is None:
                return Day(None, kind=sign, trouble=NO_SUCH)
            if self.month_first is None and year is None:
                return replace(other, kind=sign)
            whole = (*((other.on,) if other.on else ()), *other.also)
            return Day(None, whole, sign, f"There is no month {parts[0] if self.month_first else parts[1]}.")
        if self.month_first is None and other is not None and other != usual:
            whole = tuple(each for each in (usual.on, *usual.also, other.on, *other.also) if each)
            return Day(None, whole, sign, "Which is the day, and which is the month?")
        either = (other.on,) if other is not None and other.on and other.on != usual.on else ()
        return replace(usual, kind=sign, also=usual.also or either)

    def _bare(self, i: int) -> tuple[Day, int] | None:
        """ "the 28th": the next day of a month with that number; "28th of next month"."""
        token = self.token(i)
        if token.kind not in ("ordinal", "number") or not 1 <= token.number <= 31:
            return None
        if token.kind == "ordinal" and self.said(i + 1) == "of":
            j = self.skip(i + 2, "the")
            if self.said(j) == "month":
                return self._monthly(token.number), j + 1
            if self.said(j) in ("this", "next") and self.said(j + 1) == "month":
                first = months_later(self.today.replace(day=1), int(self.said(j) == "next"))
                on = day_of(first.year, first.month, token.number) if first else None
                if on is None:
                    return Day(None, kind="date", trouble=NO_SUCH), j + 2
                return (Day(on, kind="date") if on >= self.today else self._not_past(on, "date")), j + 2
            return None
        if token.kind == "ordinal" and self.said(i + 1) in ("this", "next") and self.said(i + 2) == "month":
            first = months_later(self.today.replace(day=1), int(self.said(i + 1) == "next"))
            on = day_of(first.year, first.month, token.number) if first else None
            return (Day(on, kind="date") if on and on >= self.today else Day(None, kind="date", trouble=NO_SUCH)), i + 3
        if token.kind == "ordinal" and token.number <= 5 and self.token(i + 1).kind == "weekday":
            return self._undated(i + 2)  # "the 3rd Wednesday" of which month?
        return self._monthly(token.number), i + 1

    def _monthly(self, number: int) -> Day:
        here = day_of(self.today.year, self.today.month, number)
        if here is not None and here > self.today:
            return Day(here, kind="ordinal")
        first = months_later(self.today.replace(day=1), 1)
        ahead = day_of(first.year, first.month, number) if first else None
        if here == self.today:
            return Day(None, (here, *((ahead,) if ahead else ())), "ordinal", "Today, or in a month?")
        if here is not None:
            passed = (self.today - here).days
            if passed <= 3:
                return Day(None, (*((ahead,) if ahead else ()), here), "ordinal", f"{_full(here)} has passed.")
        if ahead is None:
            return Day(None, kind="ordinal", trouble=NO_SUCH)
        return Day(ahead, kind="ordinal")

    # Words for days

    def today_(self, i: int) -> tuple[Day, int]:
        if self.said(i + 1) in ("week", "fortnight") and self.said(i) != "tonight":
            return Day(self._from(self.today, 1, self.said(i + 1)), kind="today"), i + 2
        j = i + 1 if self.said(i) == "today" else i
        return Day(self.today, kind="today"), max(j, i + 1)

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

    def _possessive(self, i: int) -> bool:
        token = self.token(i)
        return "'" in self.text[token.start : token.end] or "\u2019" in self.text[token.start : token.end]

    def _stretch(self, i: int, away: int) -> tuple[Day, int] | None:
        """This, the next or the last week, month, quarter, year or weekend: its last day."""
        said, today = self.said(i), self.today
        if self._possessive(i):
            return None
        kind = "past" if away < 0 else "stretch"
        if said == "week":
            j = i + 1
            k = self.skip(j, "on", ",") if self.token(self.skip(j, "on", ",")).kind == "weekday" else j
            if (k == j and self.said(j) == ",") or self.said(j) == ",":
                k = j
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

    def _month_end(self, month: int, year: int | None) -> Day:
        if year is not None:
            return Day(month_ends(year, month), kind="stretch")
        ahead = month_ends(self.today.year + (month < self.today.month), month)
        return Day(ahead, kind="stretch")

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
            if self.said(j) in ("today", "this", "next"):
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

    def every(self, i: int) -> tuple[Day, int] | None:
        token = self.token(i + 1)
        if token.kind in ("weekday", "weekdays") or token.said in (
            "week",
            "day",
            "month",
            "fortnight",
            "morning",
            "evening",
        ):
            return self._undated(i + 2)
        return None

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

    @staticmethod
    def _undated(i: int) -> tuple[Day, int]:
        return Day(None, kind="undated"), i


BEFORE_ANOTHER = frozenset({"by", "on", "until", "before", "at", "from", "for", "starting"})
HOURLY = frozenset({"at", "by", "before", "until", "around", "about"})
JOINTS = frozenset({"or", "and", "/", "&", "-", "\u2013", "to", ",", "+"})
NEARLY = frozenset({"about", "around", "approx", "circa"})
NO_SUCH = "There is no such date."
UNITS = frozenset({"minute", "hour", "day", "week", "fortnight", "month", "year"})
PART_OF = frozenset({"weekday", "weekday-this", "week-day", "today", "date"})
PARTS: dict[str, time | None] = {"morning": NOON, "am": NOON, "afternoon": None, "pm": None, "evening": None}
MEALS: dict[str, time | None] = {"lunch": time(14), "dinnertime": None}
EODS = {"eow": "week", "eom": "month", "eoy": "year"}
BEHIND_AN_HOUR = frozenset(
    "on in at by and or to if so but then when with w for from after before once as today tomorrow tonight this next"
    " am pm o'clock oclock latest if re about abt until the fri mon sharp ish prompt he she they i we".split()
)
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
    **dict.fromkeys(("every", "each"), "every"),
    **dict.fromkeys(FEASTS, "feast"),
    **dict.fromkeys(("asap", "shortly", "straight", "right", "as", "due", "daily", "weekly", "monthly"), "soon"),
}


OCCASIONS = frozenset(
    "interview interviews start holiday holidays hols meeting shift induction offer xmas christmas easter".split()
)
WHOSE = frozenset("a an her his their my your our".split())


def _leads_to(lead: str, when: When, first: str) -> bool:
    """Whether this word leads to what is said after it, rather than belong to what stands before: "pop in next week"."""
    kind = when.day.kind if when.day else ""
    if lead in ("in", "within", "inside"):
        return kind in ("span", "counted", "undated", "pay", "month", "stretch" if first[:1] == "q" else "") or (
            when.day is None and when.clock is not None and when.clock.kind == "part" and lead == "in"
        )
    if lead in ("over", "during"):
        return first in ("the", "next", "this", "weekend") and kind in ("span", "undated", "weekend", "stretch")
    if kind == "occasion":
        return lead in ("before", "after", "until", "by")
    if lead == "come":
        return kind in ("weekday", "stretch")
    return True


def _full(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b} {day.year}"
