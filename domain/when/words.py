"""What was said and what it means: the words of a text one after another, and the day and hour they come to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from domain.when.vocabulary import END, Token

NO_SUCH = "There is no such date."
GO_ON = frozenset(
    "on in at by and or to if so but then when with w for from after before once as latest re about abt until he she"
    " they i we it is was will that she'll he'll i'll we'll they'll am pm of please pls thanks unless"
    " morning afternoon evening lunch dinnertime noon eod next this today tomorrow through thru because just".split()
)


@dataclass(frozen=True)
class Day:
    """The day that was said, `also` what else it may mean, `kind` how it was said, `trouble` why it is none.

    `at` is the hour to which a span from now leads, `whole` a date that was said with its year.
    """

    on: date | None
    also: tuple[date, ...] = ()
    kind: str = ""
    trouble: str = ""
    at: time | None = None
    whole: bool = False

    @property
    def days(self) -> tuple[date, ...]:
        """All that it may mean, the likeliest first."""
        return (*((self.on,) if self.on else ()), *self.also)


@dataclass(frozen=True)
class Clock:
    """The hour that was said; None where it is just the end of that day."""

    at: time | None
    also: tuple[time, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class When:
    """A day, an hour, or both, the words that lead to them ("by", "from"), and `several` days said beside it."""

    day: Day | None
    clock: Clock | None
    leads: tuple[str, ...] = ()
    several: tuple[Day, ...] = ()


@dataclass
class Words(ABC):
    """The words of a text as said on `today`, or at `now` by the local clock.

    `month_first` is None where nobody knows; `either` reads a day without a year as the nearest, be it past.
    """

    tokens: Sequence[Token]
    today: date
    month_first: bool | None = False
    now: datetime | None = None
    either: bool = False
    text: str = field(default="", repr=False)
    depth: int = 0

    @abstractmethod
    def day(self, i: int) -> tuple[Day, int] | None:
        """The day that is said from this token on, and the token after it."""

    def token(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else END

    def said(self, i: int) -> str:
        return self.tokens[i].said if 0 <= i < len(self.tokens) else ""

    def skip(self, i: int, *words: str) -> int:
        """Past these words; nobody says more than a few of them one after another."""
        for _ in range(4):
            if self.said(i) not in words:
                break
            i += 1
        return i

    def names_a_thing(self, i: int) -> bool:
        """Whether a number goes on to count what is said here: "on the 1st floor"."""
        token = self.token(i)
        return token.kind == "word" and token.said not in GO_ON

    def _possessive(self, i: int) -> bool:
        token = self.token(i)
        return "'" in self.text[token.start : token.end] or "\u2019" in self.text[token.start : token.end]

    @staticmethod
    def _undated(i: int) -> tuple[Day, int]:
        return Day(None, kind="undated"), i


def full(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b} {day.year}"
