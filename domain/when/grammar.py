"""One grammar of days and hours as people say them, seen from a day.

A bare weekday is strictly after that day; "next Tuesday" is that of the next calendar week; a week, a month or a
quarter ends with its last day, a working week with Friday (the project's guidelines for dates in recruiters' notes).
What may also mean another day carries that day too: whoever asks decides whether to ask back.
"""

from __future__ import annotations

from dataclasses import replace

from domain.when.hours import MEALS, PARTS, Hours
from domain.when.named import OCCASIONS, RULES, WHOSE, NamedDays
from domain.when.spans import VAGUE
from domain.when.words import Clock, Day, When

CLOCKS_ELSEWHERE = frozenset("est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst cet cest utc uk".split())
BEFORE_ANOTHER = frozenset({"by", "on", "until", "before", "at", "from", "for", "starting"})
HOURLY = frozenset({"at", "by", "before", "until", "around", "about"})
JOINTS = frozenset({"or", "and", "/", "&", "-", "\u2013", "to", "through", "thru", ",", "+"})
NEARLY = frozenset({"about", "around", "approx", "circa"})
PART_OF = frozenset({"weekday", "weekday-this", "week-day", "today", "date"})
LEADS = frozenset(
    "by on from until for in within inside before after at around about since over during starting come between"
    " sometime approx circa due".split()
)

BEGINNINGS = LEADS | RULES.keys() | PARTS.keys() | MEALS.keys() | OCCASIONS | set(VAGUE)
BEGINNINGS |= {"the", "no", "half", "quarter", "noon", "eod", "first", "close", "fortnight"} | WHOSE


class Grammar(Hours, NamedDays):
    """A day, an hour or both, with the words that lead to them."""

    def may_begin(self, i: int) -> bool:
        """Whether anything can begin with this token: most words of a text need no second look."""
        token = self.tokens[i]
        return token.said in BEGINNINGS if token.kind == "word" else token.kind != "mark"

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

    def _others(self, i: int, joint: str, leads: tuple[str, ...], most: int = 6) -> tuple[tuple[Day, ...], int]:
        """The days that are said beside the first, "Tues or Weds", and where they end."""
        if joint in ("or", "/", "to", "through", "thru") or "between" in leads:
            _, i = self._leads(i)
        elif self.token(i).kind not in ("weekday", "weekdays", "ordinal"):
            return (), i
        found = self._one(i, ("by",) if joint == "to" or self._hour_alone(i) else ())
        if found is None:
            return (), i
        day = found[0].day or Day(self.today, at=found[0].clock.at if found[0].clock else None)
        joint = self.said(found[1])
        if joint in JOINTS and joint != "to" and most:
            more, k = self._others(found[1] + 1, joint, leads, most - 1)
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
            elif said in LEADS and len(leads) < 2:
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
        hour = None if self.dated(i) or self.said(i) in ("am", "pm") else self.clock(k, bare)
        if hour:
            clock, j = self._by_whose_clock(*hour)
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
        short = self.token(j - 1).kind in ("weekday", "month") and len(self.said(j - 1)) < 6
        k = j + 1 if short and self.said(j) == "." else j  # "Weds. COB"
        k = self.skip(k, ",", "at", "by", "in", "the", "around", "about", "before", "for", "on", "until", "-")
        hour = self.clock(k, bare=(self.said(k - 1) in HOURLY and k > j) or len(self.said(k)) == 4)
        if hour and not self._separate_hour(j, k, hour[0]):
            clock, j = self._by_whose_clock(*hour)
            return When(said, clock), j
        return When(said, None), j

    def _by_whose_clock(self, clock: Clock, i: int) -> tuple[Clock, int]:
        """An hour by the clock of another place, "4:30 EST", is no hour here."""
        return (Clock(None, kind="elsewhere"), i + 1) if self.said(i) in CLOCKS_ELSEWHERE else (clock, i)

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


def _leads_to(lead: str, when: When, first: str) -> bool:
    """Whether this word leads to what is said after it, and not from what stands before: "pop in next week"."""
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
