"""When something happened, as a file says it: dates that cannot be misread, and those that can."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([a-z]{3,9})\.?[\s,-]+(\d{2,4})", re.IGNORECASE)
NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)
ZONED = re.compile(r"\s*(UTC|GMT|Z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
BETWEEN = re.compile(r"^(?:\s+at\s+|[\s,T]+)", re.IGNORECASE)
BLANKS = str.maketrans("\u00a0\u202f\u2009", "   ", "\u200e\u200f")


class Order(StrEnum):
    """How 03/04/2026 is read."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass
class Evidence:
    """What the dates of one column, all of them together, say about how they are written."""

    day_first: str = ""
    month_first: str = ""
    days: int = 0
    months: int = 0
    open: int = 0
    example: str = ""

    def look(self, written: str) -> None:
        """Take one cell into account."""
        numbers = NUMBERS.match(written.translate(BLANKS).strip())
        if numbers is None or len(numbers[1]) > 2 or numbers[2] == ".":
            return
        first, second = int(numbers[1]), int(numbers[3])
        if first > 12 >= second:
            self.days, self.day_first = self.days + 1, self.day_first or written.strip()
        elif second > 12 >= first:
            self.months, self.month_first = self.months + 1, self.month_first or written.strip()
        else:
            self.open, self.example = self.open + 1, self.example or written.strip()

    @property
    def proven(self) -> Order | None:
        """The order that this column proves, None where nothing in it shows which."""
        if self.days == self.months:
            return None
        return Order.DAY_FIRST if self.days > self.months else Order.MONTH_FIRST

    @property
    def telling(self) -> str:
        """A date that proves the order, or one that reads differently in the other."""
        if self.proven is None:
            return self.example or self.day_first
        return self.day_first if self.proven is Order.DAY_FIRST else self.month_first

    @property
    def matters(self) -> bool:
        """Whether any date of it reads differently in the other order."""
        return bool(self.open or self.days or self.months)


def evidence(cells: Iterable[str]) -> Evidence:
    """Of all the cells of a column."""
    seen = Evidence()
    for cell in cells:
        seen.look(cell)
    return seen


def usual(country: str) -> Order:
    """The order in which people of this country write dates."""
    return Order.MONTH_FIRST if country.startswith("US") else Order.DAY_FIRST


def instant(written: str, order: Order, zone: ZoneInfo) -> datetime | None:
    """The instant (UTC) that these words say, None if they say none. Without a zone it is local, a date is 00:00."""
    words = " ".join(written.translate(BLANKS).split()).strip(" []")
    zoned, words = _zone(words, zone)
    try:
        on, rest = _day(words, order)
        at = _clock(rest) if on else None
        if on is None or at is None or not 1900 <= on.year <= 2200:
            return None
        return datetime.combine(on, at, zoned).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(words: str, zone: ZoneInfo) -> tuple[tzinfo | None, str]:
    said = ZONED.search(words)
    if said is None or (said[1][0] in "+-" and ":" not in words[: said.start()]):
        return zone, words
    if said[1].upper() in ("UTC", "GMT", "Z"):
        return UTC, words[: said.start()]
    return datetime.strptime(said[1].replace(":", ""), "%z").tzinfo, words[: said.start()]


def _day(words: str, order: Order) -> tuple[date | None, str]:
    if numbers := NUMBERS.match(words):
        first, second, third = int(numbers[1]), int(numbers[3]), int(numbers[4])
        rest = words[numbers.end() :]
        if len(numbers[1]) == 4:
            return date(first, second, third), rest
        if len(numbers[4]) not in (2, 4) or len(numbers[1]) == 3:
            return None, rest
        day_first = order == Order.DAY_FIRST or numbers[2] == "."
        day, month = (first, second) if day_first else (second, first)
        return date(_year(third), month, day), rest
    if named := NAMED.match(words):
        return date(_year(int(named[3])), _month(named[2]), int(named[1])), words[named.end() :]
    if named := NAMED_FIRST.match(words):
        return date(int(named[3]), _month(named[1]), int(named[2])), words[named.end() :]
    return None, words


def _clock(rest: str) -> time | None:
    """The time that follows a date; midnight if none does, None if something else does."""
    said = BETWEEN.sub(" ", rest, count=1).strip() if rest else ""
    if not said:
        return time(0)
    clock = CLOCK.fullmatch(said)
    if clock is None:
        return None
    hour = int(clock[1])
    if half := (clock[4] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(clock[2]), int(clock[3] or 0))


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1  # raises ValueError for any other word


def _year(number: int) -> int:
    """Two digits are of the hundred years that end with 2069."""
    return number if number > 99 else number + (2000 if number < 70 else 1900)
