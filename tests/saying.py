"""What the cast says to candidates, without a page: for tests of pages that need something to show."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.command import Command
from domain.due import Due
from domain.job import JobDetails
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


def mail(
    kept: Installation, by: UUID | None, candidate: UUID, words: str, days_ago: float = 0, way: str = "in"
) -> UUID:
    """A candidate wrote us an e-mail (or `way` "out": we to them) so many days ago; the touchpoint's id."""
    happened_at = kept.recruiting.log.now() - timedelta(days=days_ago)
    recorded = kept.recruiting.record_touchpoint(
        Command(uuid4(), by), candidate, Channel.EMAIL, way, None, happened_at, words
    )
    kept.views.catch_up()
    return recorded.streams[0]


def promise(
    kept: Installation,
    by: UUID | None,
    to: UUID,
    words: str,
    days: int = 3,
    at: time | None = None,
    **more: Any,
) -> UUID:
    """Somebody promises something due in so many days, and keeps it themselves; the promise's id.

    With `made_by` the candidate or a `contact` promised it, and they follow it up.
    """
    assert by is not None
    said = NewPromise(words, Due(today(kept) + timedelta(days=days), at, ZONE), by, **more)
    recorded = kept.recruiting.make_promise(Command(uuid4(), by), to, said)
    kept.views.catch_up()
    return recorded.streams[0]


def keep(kept: Installation, by: UUID | None, promise: UUID) -> None:
    """Somebody keeps a promise behind everybody's back."""
    kept.recruiting.keep_promise(Command(uuid4(), by), promise)
    kept.views.catch_up()


def on_a_board(kept: Installation, by: UUID, candidate: UUID) -> tuple[UUID, UUID, UUID]:
    """A job, its client, and the submission of somebody who was sent there and not told yet."""
    verbs = kept.recruiting
    job, client = verbs.open_job(Command(uuid4(), by), JobDetails("Ward sister", "York"), None, "St Hilda").streams
    submission = verbs.shortlist(Command(uuid4(), by), job, candidate).streams[0]
    verbs.move_submission(Command(uuid4(), by), submission, "sent to client")
    kept.views.catch_up()
    return job, client, submission
