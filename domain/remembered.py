"""What is remembered of somebody beside how to reach them: what hurts, what they want, which days matter, and how often
to be in touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.refusal import Refused
from domain.words import line, note

ZONES_DIFFER = timedelta(days=1)
LONGEST_INTERVAL = 3650
LEAP_YEAR = 2000


class Pain(StrEnum):
    """PAIN: what hurts them where they are. WANT: what they would move for."""

    PAIN = "pain"
    WANT = "want"


@dataclass(frozen=True)
class PainPoint:
    """One line on what hurts or is wanted, perhaps with their own words and the `touchpoint` in which they said so."""

    kind: str
    words: str
    noted_on: date
    quote: str = ""
    touchpoint: UUID | None = None

    def checked(self, now: datetime) -> PainPoint:
        """As it is recorded. Raises Refused beside the field."""
        if self.kind not in list(Pain):
            raise Refused("Choose whether it hurts or is wanted.", "kind")
        if self.noted_on > (now + ZONES_DIFFER).date():
            raise Refused("That is in the future.", "noted_on")
        words = line(self.words, "pain", "Say in a line what hurts, or what they want.")
        return PainPoint(str(self.kind), words, self.noted_on, note(self.quote, "quote"), self.touchpoint)


@dataclass(frozen=True)
class Interval:
    """After how many days without a real contact one should be in touch, and after how many at the latest."""

    ideal_days: int
    latest_days: int

    def checked(self) -> Interval:
        """As it is recorded. Raises Refused beside the field."""
        if self.ideal_days < 1:
            raise Refused("An interval has at least one day.", "ideal_days")
        if self.latest_days < self.ideal_days:
            raise Refused("The latest comes after the ideal, or on the same day.", "latest_days")
        if self.latest_days > LONGEST_INTERVAL:
            raise Refused("That is longer than ten years. Choose fewer days.", "latest_days")
        return self


BY_TAG = {"keep": Interval(60, 90), "placed": Interval(90, 180)}
"""The intervals that every agency begins with, by tag. They are for ever: logs begin with them."""


class Occasion(StrEnum):
    """Why a day matters."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    CONTRACT_END = "contract end"
    VISA = "visa expiry"
    CERTIFICATE = "certificate expiry"


YEARLY = (Occasion.BIRTHDAY, Occasion.ANNIVERSARY)


@dataclass(frozen=True)
class ImportantDate:
    """A day that matters. A birthday has no year, an anniversary may have one; everything else happens once."""

    kind: str
    month: int
    day: int
    year: int | None = None
    label: str = ""

    def checked(self) -> ImportantDate:
        """As it is recorded. Raises Refused beside the field."""
        if self.kind not in list(Occasion):
            raise Refused("Choose what happens on that day.", "occasion")
        year = None if self.kind == Occasion.BIRTHDAY else self.year
        if year is None and self.kind not in YEARLY:
            raise Refused("Say in which year.", "on")
        if year is not None and not 1900 <= year <= 2200:
            raise Refused("Please check the year.", "on")
        try:
            date(year or LEAP_YEAR, self.month, self.day)
        except ValueError:
            raise Refused("There is no such day.", "on") from None
        return ImportantDate(str(self.kind), self.month, self.day, year, line(self.label, "label"))
