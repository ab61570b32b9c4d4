"""Being away: whole days, and who looks after everything meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.due import Due
from domain.refusal import Refused

LONGEST = timedelta(days=366)
FURTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Absence:
    """From the `first` day to the `last`, both of them whole, where the agency is; `cover` None: nobody does."""

    first: date
    last: date
    zone: str
    cover: UUID | None = None

    def begins_at(self) -> datetime:
        """The instant (UTC) at which the first day begins."""
        return Due(self.first, time(0), self.zone).falls_due_at()

    def ends_at(self) -> datetime:
        """The instant (UTC) at which the last day is over."""
        return Due(self.last, None, self.zone).overdue_from()

    def overlaps(self, other: Absence) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def said(self) -> str:
        """As people say it: "Mon 30 Nov 2026 to Fri 4 Dec 2026"."""
        days = [Due(day, None, self.zone).said() for day in (self.first, self.last)]
        return days[0] if self.first == self.last else " to ".join(days)

    def checked(self, now: datetime) -> Absence:
        """This absence, if it can be planned `now`. Raises Refused beside the field `last`."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        if self.last < self.first:
            raise Refused("The last day comes before the first.", "last")
        if self.last < today:
            raise Refused("That day is over already.", "last")
        if self.last > today + FURTHEST:
            raise Refused("That date is more than two years away. Please check the year.", "last")
        if self.last - self.first >= LONGEST:
            raise Refused("At most twelve months at once.", "last")
        return self
