"""What the worker does each minute, without its queue."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from domain.due import Due
from domain.promise import NewPromise
from tests.agency import ZONE, Agency, command
from webapp.reminders import fall_due, remind_keeper, send_digest, send_digests, send_reminders

MONDAY = date(2026, 11, 23)


def minute(agency: Agency, now: datetime) -> int:
    """How many reminders went out at this minute, by whatever channel."""
    agency.clock.now = now
    fall_due(agency.kept, now)
    digests, reminders = [], []
    send_digests(agency.kept, now, lambda *digest: digests.append(digest))
    sent = sum(send_digest(agency.kept, now, UUID(whose), date.fromisoformat(day), way) for whose, day, way in digests)
    send_reminders(agency.kept, now, lambda *reminder: reminders.append(reminder))
    sent += sum(carry_out(agency, reminder) for reminder in reminders)
    agency.kept.views.catch_up()
    return sent


def carry_out(agency: Agency, reminder: tuple[str, ...]) -> bool:
    promise, on, at, zone, kind, channel = reminder
    due = Due(date.fromisoformat(on), time.fromisoformat(at) if at else None, zone)
    return remind_keeper(agency.kept, agency.clock.now, UUID(promise), due, kind, channel)


def promised(agency: Agency, by: UUID, words: str, on: date = MONDAY, at: time | None = None) -> UUID:
    """A colleague promises Bob something."""
    said = NewPromise(words, Due(on, at, ZONE), by)
    return agency.kept.recruiting.make_promise(command(by), agency.bob, said).streams[0]
