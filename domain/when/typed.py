"""What somebody typed where a date is asked: read in full, or answered with a question, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.due import Due
from domain.when.days import FRIDAY, day_of, in_week, later
from domain.when.grammar import Grammar
from domain.when.running import phrases
from domain.when.vocabulary import Token, tokens
from domain.when.words import NO_SUCH, Clock, Day, When

LONGEST = 200
ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2})(?::[0-9]{2})?)?")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{2})")
EMPTY = "Say by when."
LIKE = "Write it like \u201cfri\u201d, \u201ctomorrow 3pm\u201d or \u201c27 Nov\u201d."
NO_TIME = "There is no such time. Write it like \u201c3pm\u201d or \u201c16:30\u201d."
HOUR_ASKED = {"range": "By when of these hours?", "elsewhere": "Which hour is that here?"}
LATEST = "By when at the latest?"
MOST = 4
NEARLY = {"after", "around", "about", "approx", "circa", "since", "between"}


@dataclass(frozen=True)
class Said:
    """A day, and an hour if one was said, by the clock of whoever said it."""

    on: date
    at: time | None = None

    def said(self) -> str:
        """In full: "Fri 27 Nov 2026, 15:00"."""
        return Due(self.on, self.at, "").said()

    def iso(self) -> str:
        """As a machine writes it: "2026-11-27 15:00"."""
        return f"{self.on}" if self.at is None else f"{self.on} {self.at:%H:%M}"


@dataclass(frozen=True)
class Question:
    """What is asked back, and what there is to choose from, if anything."""

    sentence: str
    choices: tuple[Said, ...] = ()


def read(words: str, now: datetime, month_first: bool | None = None, either: bool = False) -> Said | Question:
    """What these words mean to somebody whose clock shows `now`.

    "3/12" is asked about where `month_first` is None. With `either` a day may be past: "1 Nov" is the nearest one.
    """
    words = " ".join(words.split())[:LONGEST]
    if not words:
        return Question(EMPTY)
    iso = ISO.fullmatch(words)
    try:
        if iso:
            return _exactly(*iso.groups())
        return _Reading(words, now.replace(tzinfo=None), month_first, either).answer()
    except (OverflowError, ValueError):  # beyond the calendar
        return Question(f"{NO_SUCH} {LIKE}")


def _exactly(day: str, clock: str | None) -> Said | Question:
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return Question(f"{NO_SUCH} {LIKE}")
    try:
        return Said(on, time.fromisoformat(clock) if clock else None)
    except ValueError:
        return Question(NO_TIME, (Said(on),))


class _Reading:
    """One reading of what was typed."""

    def __init__(self, words: str, now: datetime, month_first: bool | None, either: bool):
        self.words, self.now, self.today = words, now, now.date()
        self.month_first, self.either = month_first, either
        self.tokens = [self._dotted(token) for token in tokens(words)]
        while self.tokens and self.tokens[-1].said in (".", ",", "!", "?", ";"):
            self.tokens.pop()
        self.grammar = Grammar(self.tokens, self.today, month_first, now, either, words)

    @staticmethod
    def _dotted(token: Token) -> Token:
        """ "27.11" is a date, "10.30" an hour; what may be both stays an hour, and is asked about."""
        match = DOTTED.fullmatch(token.said) if token.kind == "clock" else None
        if match and 1 <= int(match[2]) <= 12 and (int(match[1]) > 23 or int(match[2]) % 5):
            return token._replace(kind="slashed", said=f"{match[1]}/{match[2]}")
        return token

    def answer(self) -> Said | Question:
        if not self.tokens:
            return self._not_read()
        if len(self.tokens) == 1 and self.tokens[0].kind in ("number", "count"):
            return self._number(self.tokens[0].number)
        if len(self.tokens) == 1 and self.tokens[0].kind == "clock" and DOTTED.fullmatch(self.tokens[0].said):
            return self._dotted_alone(self.tokens[0].said)
        found = self.grammar.when(0)
        if found is None:
            return self._partly()
        when, end = found
        if end == len(self.tokens) - 1 and self.tokens[end].kind == "number" and when.clock is None:
            return self._day_and_number(when, self.tokens[end].number)
        if end < len(self.tokens):
            return self._partly()
        return self._settled(when)

    def _settled(self, when: When) -> Said | Question:
        if when.several:
            days = [each for each in (when.day, *when.several) if each]
            return self._which(sorted({Said(each.on, each.at) for each in days if each.on}, key=Said.iso), "")
        if when.clock and when.clock.kind == "impossible":
            return Question(NO_TIME)
        if when.day is None and NEARLY & set(when.leads):
            return Question(LATEST, (Said(self.today, when.clock.at if when.clock else None),))
        if when.day is None:
            return self._today_at(when.clock) if when.clock else self._not_read()
        asked = self._asked(when)
        if asked:
            return asked
        on = when.day.on
        if on is None:
            return self._not_read()
        if when.clock and when.clock.kind in HOUR_ASKED:
            return Question(HOUR_ASKED[when.clock.kind], (Said(on),))
        if when.clock and when.clock.also:
            return self._which([Said(on, at) for at in when.clock.also], "Morning or evening?")
        said = Said(on, when.clock.at if when.clock else when.day.at)
        exact = when.day.whole or when.day.at is not None or self.either
        if not exact and self._is_over(said):
            return self._passed(said)
        return said

    def _asked(self, when: When) -> Question | None:
        """What has to be asked about the day, if anything."""
        day, clock = when.day, when.clock
        assert day is not None
        hours = (clock.also or (clock.at,)) if clock else (day.at,)
        if day.kind in ("undated", "occasion", "plural"):
            about = "" if day.also else f" {LATEST}"
            return self._which(_each(day.also, hours), (day.trouble or "That is not a date.") + about)
        if day.kind == "past" and not self.either and day.on:
            return Question(f"{Said(day.on).said()} has passed. Is that meant?", _each([day.on], hours))
        before, weekend = "before" in when.leads, day.kind == "weekend" and {"by", "for"} & set(when.leads)
        if day.on and (before or weekend):
            first = later(day.on, -1) if before else in_week(day.on, FRIDAY)
            return self._which(_each([each for each in (first, day.on) if each and each >= self.today], hours), "")
        if day.on and NEARLY & set(when.leads):
            return Question(LATEST, _each([day.on], hours))
        if day.on is None and not day.also and not day.trouble:
            return Question(f"That is not a date. {LATEST}")
        if day.also or day.on is None:
            ahead = [each for each in _each(sorted(set(day.days)), hours) if not self._is_over(each)]
            return self._which(ahead or _each(day.days, hours), day.trouble)
        return None

    def _which(self, choices: Sequence[Said], trouble: str) -> Question:
        choices = tuple(dict.fromkeys(choices))[:MOST]
        if not choices:
            return Question(f"{trouble or NO_SUCH} {LIKE}" if not trouble.endswith("?") else trouble)
        names = [each.said() for each in choices]
        meant = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
        return Question(f"{trouble} Do you mean {meant}?".strip(), choices)

    def _today_at(self, clock: Clock) -> Said | Question:
        """An hour without a day."""
        hours = clock.also or ((clock.at,) if clock.at else ())
        if clock.kind in HOUR_ASKED:
            return Question(HOUR_ASKED[clock.kind], (Said(self.today),))
        tomorrow = self.today + timedelta(days=1)
        if clock.kind in ("part", "thing") and (clock.at or "morning" in self.words.lower()):
            days = (self.today, tomorrow)
            return self._which([Said(d, clock.at) for d in days if d > self.today or not self._has_come(hours[0])], "")
        if not hours:
            return Said(self.today)
        ahead = [Said(self.today, at) for at in hours if not self._has_come(at)]
        if len(hours) > 1:
            gone = [Said(tomorrow, at) for at in hours if self._has_come(at)]
            return self._which([*ahead, *gone], "Morning or evening?")
        return ahead[0] if ahead else self._passed(Said(self.today, hours[0]))

    def _is_over(self, said: Said) -> bool:
        return said.on == self.today and said.at is not None and self._has_come(said.at)

    def _has_come(self, at: time) -> bool:
        return at <= self.now.time()

    def _passed(self, said: Said) -> Question:
        weekday = any(token.kind == "weekday" for token in self.tokens)
        again = later(said.on, 7 if weekday else 1)
        choices = (Said(again, said.at),) if again else ()
        return self._which(choices, f"{said.said()} has passed.")

    def _number(self, number: int) -> Question:
        """A number alone: a day of the month, or an hour?"""
        days = [Said(each) for each in self._days_called(number)]
        hours = [Said(self.today, at) for at in self._hours_called(number) if not self._has_come(at)]
        if not days and not hours:
            return self._not_read()
        return self._which([*days[:1], *hours], "A day or an hour?" if hours else "")

    def _dotted_alone(self, said: str) -> Said | Question:
        """ "10.10": an hour, or the 10th of October?"""
        days, month = map(int, said.split("."))
        found = self.grammar.clock(0)
        hours = (found[0].at, *found[0].also) if found else ()
        dated = self.grammar.named(None, month, days) if 1 <= month <= 12 else Day(None)
        both = [*((dated.on,) if dated.on else ()), *dated.also]
        if found and not both:
            return self._today_at(found[0]) if found[0].kind != "impossible" else Question(NO_TIME)
        return self._which([*map(Said, both), *(Said(self.today, at) for at in hours if at)], "A day or an hour?")

    def _day_and_number(self, when: When, number: int) -> Said | Question:
        """ "Fri 4": the Friday that is a 4th, or four o'clock?"""
        weekday = self.tokens[-2].number if self.tokens[-2].kind == "weekday" else None
        days = [Said(each) for each in self._days_called(number) if each.weekday() == weekday]
        on = when.day.on if when.day else None
        hours = [Said(on, at) for at in self._hours_called(number) if on]
        if not days and not hours:
            return self._partly()
        return self._which([*days[:1], *hours], "A day or an hour?" if days else "")

    def _days_called(self, number: int) -> Iterable[date]:
        for month in range(self.today.month, self.today.month + 3):
            on = day_of(self.today.year + (month - 1) // 12, (month - 1) % 12 + 1, number)
            if on and on >= self.today:
                yield on

    def _hours_called(self, number: int) -> list[time]:
        return [time(each) for each in (number, number + 12) if number > 0 and each < 24 and 7 <= each <= 20]

    def _partly(self) -> Question:
        """Something of it is a day, but not all of it."""
        found = phrases(self.words, self.today, bool(self.month_first))
        days = [Said(each.on, each.at) for each in found if each.on and not (self._unsure(each.start, each.end))]
        if len(days) != len(found) or not days:
            return self._not_read()
        return self._which(days, "Not all of that is a date.")

    def _unsure(self, start: int, end: int) -> bool:
        part = read(self.words[start:end], self.now, self.month_first)
        return isinstance(part, Question)

    def _not_read(self) -> Question:
        return Question(f"That is not a date. {LIKE}")


def _each(days: Iterable[date], hours: Sequence[time | None]) -> tuple[Said, ...]:
    """Each of these days at each of these hours."""
    return tuple(Said(on, at) for on in days for at in hours)
