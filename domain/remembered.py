"""What is remembered of somebody beside how to reach them: what hurts, and what they want."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.refusal import Refused
from domain.words import line, note

ZONES_DIFFER = timedelta(days=1)


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
