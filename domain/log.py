"""What the rest of Kept knows of the log: facts in the order they were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.command import Command
from domain.stream import Fact


@dataclass(frozen=True)
class Entry:
    """One event of the log: its position, its leaf hash, and the fact (whose `timestamp` is when it was recorded)."""

    position: int
    leaf: bytes
    fact: Fact


@dataclass(frozen=True)
class Trace:
    """What a command left behind: the streams it wrote to, its last position, and the digest of what was asked.

    The digest is None once the words it was sealed with are forgotten.
    """

    streams: tuple[UUID, ...]
    position: int
    content: bytes | None


class Log(Protocol):
    """The append-only log of facts, kept by `domain.store.ledger.Ledger`."""

    @property
    def id(self) -> UUID:
        """Which log this is; a restored copy is still the same log."""

    def end(self) -> int:
        """The position of the newest event, 0 when there is none."""

    def entries(self, start: int, limit: int) -> list[Entry]:
        """The events from position `start` on (included)."""

    def position_at(self, moment: datetime) -> int:
        """The last position recorded at or before an instant."""

    def trace(self, command: UUID) -> Trace | None:
        """What a command left behind, None if it was never recorded."""

    def digest(self, content: Any) -> bytes:
        """SHA-256 over the canonical encoding of what was asked."""

    def now(self) -> datetime:
        """The clock by which facts are stamped, UTC."""

    def admit(self, person: UUID) -> None:
        """Give a new person a key, on disk before this returns."""

    def put(self, domain_events: Sequence[Fact], *, command: Command) -> list[Any]:
        """Record facts, and destroy what they forget, in one turn. IntegrityError: another writer was faster."""

    def check(self) -> list[str]:
        """Every stored event looked at again; a sentence for each thing that is not as it was recorded."""

    def tidy(self) -> None:
        """Leave no deleted bytes behind."""

    def close(self) -> None:
        """Give files and locks back."""
