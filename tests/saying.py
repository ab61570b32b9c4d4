"""What the cast says to candidates, without a page: for tests of pages that need something to show."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID, uuid4

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise
from domain.touchpoint import Channel, Direction
from webapp.installation import Installation

ZONE = "Europe/London"


def today(kept: Installation) -> date:
    """The agency's date by the installation's own clock."""
    return kept.recruiting.log.now().date()


def in_days(kept: Installation, days: int) -> str:
    """A date as a date field sends it."""
    return (today(kept) + timedelta(days=days)).isoformat()


def note(kept: Installation, by: UUID | None, candidate: UUID, words: str) -> UUID:
    """Somebody notes something about a candidate; the touchpoint's id."""
    now = kept.recruiting.log.now()
    recorded = kept.recruiting.record_touchpoint(
        Command(uuid4(), by), candidate, Channel.NOTE, Direction.INTERNAL, None, now, words
    )
    kept.views.catch_up()
    return recorded.streams[0]


def promise(kept: Installation, by: UUID | None, to: UUID, words: str, days: int = 3, at: time | None = None) -> UUID:
    """Somebody promises something due in so many days, and keeps it themselves; the promise's id."""
    assert by is not None
    said = NewPromise(words, Due(today(kept) + timedelta(days=days), at, ZONE), by)
    recorded = kept.recruiting.make_promise(Command(uuid4(), by), to, said)
    kept.views.catch_up()
    return recorded.streams[0]


def keep(kept: Installation, by: UUID | None, promise: UUID) -> None:
    """Somebody keeps a promise behind everybody's back."""
    kept.recruiting.keep_promise(Command(uuid4(), by), promise)
    kept.views.catch_up()
