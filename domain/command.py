"""A command is one request of a recruiter: recorded once, however often it arrives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5


@dataclass(frozen=True)
class Command:
    """`id` comes with the form, `by` is who sent it (None: Kept itself).

    `content` is the digest of what was asked, by which a repeat is told from the same id with other words. Where
    words were asked for it is sealed with them: a digest of a name could be guessed for ever. `said_at` is when it was
    asked, where it could not be sent at once; it is no part of what was asked.
    """

    id: UUID
    by: UUID | None
    content: bytes = field(default=b"", compare=False)
    content_may_be_clear: bool = field(default=True, compare=False)
    said_at: datetime | None = field(default=None, compare=False)

    def stream(self, ordinal: int) -> UUID:
        """The id of the ordinal-th stream this command begins: the same on every repeat."""
        return uuid5(self.id, str(ordinal))

    @property
    def person(self) -> UUID:
        """Who sent it, where only a person may."""
        if self.by is None:
            raise TypeError("Only a person can do this.")
        return self.by


@dataclass(frozen=True)
class Recorded:
    """What a command left: the streams it wrote to, in order, and the position of its last event (0: nothing new).

    `repeated` when this call recorded nothing: it came before, or there was nothing to record.
    """

    streams: tuple[UUID, ...]
    position: int
    repeated: bool = False
