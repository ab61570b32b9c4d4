"""Whoever keeps the keys: one per person, so that one person can be forgotten."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class KeyMissing(Exception):
    """There never was a key for this person: these keys do not belong to this log."""


class Keyring(Protocol):
    """One 32-byte key per person; a forgotten person's key leaves a tombstone."""

    def make_key(self, person: UUID) -> None:
        """A new key, on disk before this returns. One that is there already stays; a tombstone raises Forgotten."""

    def key(self, person: UUID, *, fresh: bool = False) -> bytes | None:
        """The key, or None if it was destroyed. Unless `fresh`, an answer may be 60 seconds old. Raises KeyMissing."""

    def forget(self, person: UUID) -> None:
        """Destroy the key for good; on disk before this returns."""
