"""Imports: that a file came in, what came of it, and that it was taken out again."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.importing import Import
from domain.stream import Stream
from domain.verbs.once import Verbs, once


class ImportVerbs(Verbs):
    """The people and notes themselves come in by the verbs that recruiters use."""

    @once
    def begin_import(self, command: Command, kind: str, rows: int) -> tuple[Stream, ...]:
        """So many rows of a file are about to come in; streams (import,)."""
        return (Import.begin(command.stream(0), command.person, kind, rows),)

    @once
    def finish_import(
        self,
        command: Command,
        import_id: UUID,
        *,
        added: int = 0,
        changed: int = 0,
        notes: int = 0,
        matched: int = 0,
        refused: int = 0,
    ) -> tuple[Stream, ...]:
        """What came of them."""
        begun = self.load(Import, import_id)
        begun.finish(command.person, added=added, changed=changed, notes=notes, matched=matched, refused=refused)
        return (begun,)

    @once
    def note_import_undone(
        self,
        command: Command,
        import_id: UUID,
        *,
        removed: int = 0,
        restored: int = 0,
        retracted: int = 0,
        stayed: int = 0,
    ) -> tuple[Stream, ...]:
        """What was taken out again, and what stayed because somebody had gone on with it."""
        begun = self.load(Import, import_id)
        begun.undo(command.person, removed=removed, restored=restored, retracted=retracted, stayed=stayed)
        return (begun,)
