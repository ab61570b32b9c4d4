"""A due is what was said: a local date, perhaps a local time, and the zone it was said in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.refusal import Refused

WORKING_DAY_ENDS = time(17, 30)
FURTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Due:
    """`on` a local date, `at` a local time or None, `zone` an IANA name such as Europe/London."""

    on: date
    at: time | None
    zone: str

    def falls_due_at(self) -> datetime:
        """The instant (UTC): the time if one was said, else the end of that working day, 17:30."""
        return _instant(self.on, self.at or WORKING_DAY_ENDS, self.zone)

    def overdue_from(self) -> datetime:
        """The instant (UTC) from which it is late: the time if one was said, else the next local midnight."""
        if self.at is not None:
            return self.falls_due_at()
        return _instant(self.on + timedelta(days=1), time(0), self.zone)

    def said(self) -> str:
        """As people say it: "Fri 27 Nov 2026", or "Fri 27 Nov 2026, 09:00"."""
        day = f"{self.on:%a} {self.on.day} {self.on:%b} {self.on.year}"
        return f"{day}, {self.at:%H:%M}" if self.at else day

    def fields(self) -> dict[str, Any]:
        """As facts name it."""
        return {"due_on": self.on, "due_at": self.at, "due_zone": self.zone}

    def check(self, now: datetime) -> Due:
        """This due, if a promise made `now` can have it. Raises Refused beside the field `due`."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        if self.on < today - timedelta(days=366):
            raise Refused("That date is more than a year ago. Please check the year.", "due")
        if self.on > today + FURTHEST:
            raise Refused("That date is more than five years away. Please check the year.", "due")
        return self


def _instant(day: date, clock: time, zone: str) -> datetime:
    """A local time as an instant; one that a change of clocks skips means the next valid minute."""
    local = datetime.combine(day, clock, ZoneInfo(zone))
    there_and_back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    if there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None):
        return local.astimezone(UTC)
    near = local.astimezone(UTC)
    return _change_of_clocks(near - timedelta(days=1), near + timedelta(days=1), ZoneInfo(zone))


def _change_of_clocks(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The instant between two instants at which the zone's offset changes, to the second."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
