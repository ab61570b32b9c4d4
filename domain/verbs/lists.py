"""Lists: people found by the same criteria again and again."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.saved_list import Criteria, SavedList
from domain.stream import Stream
from domain.verbs.once import Verbs, once


class ListVerbs(Verbs):
    """Save a list, change it, drop it."""

    @once
    def save_list(self, command: Command, name: str, criteria: Criteria, shared: bool = False) -> tuple[Stream, ...]:
        """Streams (list,)."""
        return (SavedList.save(command.stream(0), command.person, name, shared, criteria),)

    @once
    def change_list(
        self, command: Command, list_id: UUID, name: str, criteria: Criteria, shared: bool, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Another name, other criteria, for oneself or for all."""
        saved = self.load(SavedList, list_id)
        saved.still_there_for(command.person)
        saved.unchanged_since(seen)
        saved.change(command.person, name, shared, criteria)
        return (saved,)

    @once
    def drop_list(self, command: Command, list_id: UUID) -> tuple[Stream, ...]:
        """It is needed no more; the people stay as they are."""
        saved = self.load(SavedList, list_id)
        saved.drop(command.person)
        return (saved,)
