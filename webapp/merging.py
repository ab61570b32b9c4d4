"""What merge fields stand for when somebody here writes to a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_login import current_user

from domain.merging import written
from domain.promise import Party, State
from webapp.filters import agency, due_said
from webapp.ledger import views

NO_PROMISE = "nothing is promised to them that is still open"
WHY = {"promise": NO_PROMISE, "due": NO_PROMISE}


def promised_to(candidate: UUID) -> list[Any]:
    """What we promised them and have not kept yet, what is due first before the others."""
    promises = views.promises.of(candidate, closed=0)
    return [row for row in promises if row.state == State.OPEN and row.party == Party.US and row.words]


def values_for(candidate: Any, chosen: UUID | None = None) -> tuple[dict[str, str], list[Any]]:
    """A value for each merge field, "" where there is none; and the promises that one may choose from."""
    promises = promised_to(candidate.id)
    promise = next((row for row in promises if row.id == chosen), promises[0] if promises else None)
    return values(candidate, promise), promises


def values(candidate: Any, promise: Any) -> dict[str, str]:
    """A value for each merge field when it is about this promise, or about none."""
    name = candidate.name or ""
    return {
        "first_name": name.partition(" ")[0],
        "name": name,
        "recruiter": current_user.name,
        "agency": agency().name,
        "promise": promise.words if promise else "",
        "due": due_said(promise) if promise else "",
    }


def signature() -> str:
    """What stands under the mails of whoever is signed in."""
    own = views.team.recruiter(current_user.id)
    return (own.signature if own else "") or f"{current_user.name}, {agency().name}"


def nothing_for(missing: Sequence[str]) -> str:
    """Why a message cannot go out as it is, and what helps."""
    name = missing[0]
    return (
        f"Nothing can be filled in for {written(name)}: {WHY.get(name, 'it is empty')}. Write it out or take it away."
    )
