"""An import: people and notes that came in one file, and whether they were taken out again."""

from __future__ import annotations

import re
from uuid import UUID

from eventsourcing.domain import event

from domain.refusal import Refused
from domain.stream import Beginning, Fact, Stream

KIND = re.compile(r"[a-z][a-z0-9 -]{0,39}")


class Import(Stream):
    """Only how many of what: who and which words stand with the people, where they can be forgotten."""

    TOPIC = "import"

    class ImportBegun(Beginning):
        TOPIC = "import.begun"
        clear = ("kind", "rows")
        kind: str
        rows: int

    class ImportFinished(Fact):
        TOPIC = "import.finished"
        clear = ("added", "changed", "notes", "matched", "refused")
        added: int
        changed: int
        notes: int
        matched: int
        refused: int

    class ImportUndone(Fact):
        TOPIC = "import.undone"
        clear = ("removed", "restored", "retracted", "stayed")
        removed: int
        restored: int
        retracted: int
        stayed: int

    @classmethod
    def begin(cls, id: UUID, by: UUID, kind: str, rows: int) -> Import:
        """`kind` is Kept's own word for such files (linkedin, csv), never the name of the file."""
        if not KIND.fullmatch(kind):
            raise Refused("Choose what kind of file this is.", "kind")
        return cls._create(cls.ImportBegun, id=id, by=by, person=None, kind=kind, rows=rows)

    @event(ImportBegun)
    def __init__(self) -> None:
        self.finished = False
        self.undone = False

    def finish(self, by: UUID, **counts: int) -> None:
        if self.finished or self.undone:
            raise Refused("This import has ended already.")
        self._finished(by=by, **counts)

    def undo(self, by: UUID, **counts: int) -> None:
        if self.undone:
            raise Refused("This import was undone already.")
        self._undone(by=by, **counts)

    @event(ImportFinished)
    def _finished(self, by: UUID, added: int, changed: int, notes: int, matched: int, refused: int) -> None:
        self.finished = True

    @event(ImportUndone)
    def _undone(self, by: UUID, removed: int, restored: int, retracted: int, stayed: int) -> None:
        self.undone = True
