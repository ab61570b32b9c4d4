"""What somebody wishes of us, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.wishes import Unwelcome, Wishes
from webapp.ledger import views


@dataclass(frozen=True)
class Wished:
    """How somebody wishes to be reached, what we may never send them; who referred them, who asked them when."""

    wishes: Wishes = field(default_factory=Wishes)
    unwelcome: Unwelcome | None = None
    unwelcome_at: datetime | None = None
    referrer: UUID | None = None
    asked_at: datetime | None = None
    asked_by: UUID | None = None

    @property
    def in_words(self) -> str:
        """Everything wished for on one line, "" where that is nothing."""
        words = ", ".join(self.wishes.all())
        return " · ".join(filter(None, [words[:1].upper() + words[1:], self.wishes.note]))


def wished_by(candidate: UUID) -> Wished:
    """What this candidate wishes; nothing, as long as nobody noted anything."""
    return wished(views.wishes.of(candidate))


def wished(row: Any) -> Wished:
    """As `wished_by`, of what was looked up before."""
    if row is None:
        return Wished()
    wishes = Wishes(tuple(row.unwanted), row.not_before, row.not_after, tuple(row.not_on), row.note or "")
    unwelcome = Unwelcome(row.unwelcome) if row.unwelcome else None
    return Wished(wishes, unwelcome, row.unwelcome_at, row.referrer, row.asked_at, row.asked_by)
