"""Whose page somebody opened lately: whom a quick note may be about."""

from __future__ import annotations

import time
from uuid import UUID

from flask import session

STILL_THE_SAME = 15 * 60  # seconds
REMEMBERED = 8


def opened(candidate: UUID) -> None:
    """Remember that this person's page is being looked at."""
    before = [[id, at] for id, at in _all() if id != candidate.hex]
    session["opened"] = [[candidate.hex, int(time.time())], *before][:REMEMBERED]


def at_hand() -> UUID | None:
    """The person opened last, if that was in the last fifteen minutes."""
    return next((UUID(id) for id, at in _all()[:1] if time.time() - at < STILL_THE_SAME), None)


def lately() -> list[UUID]:
    """Those opened in this session, the last one first, at most eight."""
    return [UUID(id) for id, _ in _all()]


def _all() -> list[tuple[str, int]]:
    """What the session remembers; one from before several were remembered holds something else."""
    return [(each[0], each[1]) for each in session.get("opened", ()) if isinstance(each, list)]
