"""The contact guard: the one thing to know before getting in touch with somebody. It advises and stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_login import current_user

from domain.touchpoint import Channel, Direction, Outcome
from domain.wishes import Unwelcome
from webapp.filters import now, who, zone
from webapp.ledger import views
from webapp.wished import Wished, wished_by

LOOKED_AT = 40  # lines of a timeline, the newest
A_WHILE = timedelta(days=1)
A_WEEK = timedelta(days=7)
A_SEASON = timedelta(days=90)
MANY = 3
SPOKEN = (Channel.CALL, Channel.MEETING, Channel.VIDEO)
NEVER = {Unwelcome.EVERYTHING: "Asked us never to get in touch.", Unwelcome.MAILS: "Asked us to send no mails."}


def advice(candidate: UUID, name: str | None, channel: str | None = None, *, asks: bool = False) -> str:
    """What speaks against getting in touch now, perhaps by this channel, or to ask for a referral; "" if nothing."""
    said = [row for row in views.timeline.of(candidate, limit=LOOKED_AT) if _stands(row)]
    first = (name or "them").split()[0]
    local = now().astimezone(zone())
    wished = wished_by(candidate)
    found = most_important(first, wished, said, channel, local, UUID(str(current_user.id)), who)
    return found or (_asked_before(wished, local) if asks else "")


def most_important(
    name: str,
    wished: Wished,
    said: Iterable[Any],
    channel: str | None,
    local: datetime,
    me: UUID,
    called: Callable[[UUID | None], str],
) -> str:
    """The one sentence, the most important first: what they refuse, what they wish, who was faster, how often we tried.

    `said` are the lines of touchpoints, the newest first; `local` is now where the agency is.
    """
    if wished.unwelcome is Unwelcome.EVERYTHING or (wished.unwelcome and channel in (None, Channel.EMAIL)):
        return NEVER[wished.unwelcome]
    if against := wished.wishes.against(channel, local):
        return _sentence(against, wished.wishes.note)
    lines = list(said)
    lately = [row for row in lines if local - row.happened_at < A_WHILE and row.direction != Direction.INTERNAL]
    if faster := next((row for row in lately if row.by != me), None):
        return f"{called(faster.by)} {_did(faster, name)} {_ago(local - faster.happened_at)}."
    if (tries := _unanswered(lines, local)) >= MANY:
        return f"{tries} attempts this week, and no answer yet."
    if channel is None and wished.wishes.all():
        return _sentence(", ".join(wished.wishes.all()), wished.wishes.note)
    return ""


def _unanswered(lines: list[Any], local: datetime) -> int:
    """How often we tried within a week since they last spoke with us or wrote."""
    tries = 0
    for row in lines:
        if local - row.happened_at >= A_WEEK or row.direction == Direction.IN or _talked(row):
            break
        tries += row.direction == Direction.OUT and row.channel != Channel.NOTE
    return tries


def _asked_before(wished: Wished, local: datetime) -> str:
    """Whoever is asked again and again stops answering."""
    if wished.asked_at is None or local - wished.asked_at >= A_SEASON:
        return ""
    days = (local - wished.asked_at).days
    when = "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
    return f"Asked for a referral by {who(wished.asked_by)} {when}."


def _did(row: Any, name: str) -> str:
    if _talked(row):
        return f"spoke with {name}"
    if row.direction == Direction.IN:
        return f"heard from {name}"
    return f"tried {name}" if row.channel in SPOKEN else f"wrote to {name}"


def _talked(row: Any) -> bool:
    return row.channel in SPOKEN and row.outcome in (None, Outcome.TALKED)


def _ago(passed: timedelta) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    return f"{minutes} min ago" if minutes < 60 else f"{minutes // 60} h ago"


def _sentence(wish: str, note: str) -> str:
    said = f"{wish[:1].upper()}{wish[1:]}, they asked"
    return f"{said} ({note})." if note else f"{said}."


def _stands(row: Any) -> bool:
    return row.kind == "touchpoint" and not (row.retracted_at or row.moved_at)
