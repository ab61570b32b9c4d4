"""What came in files: how many of what, when, and whether it was taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Index, Integer, Row, String, Table, Uuid, bindparam, select, update

from domain.importing import Import
from domain.log import Entry
from projections.projection import Projection
from projections.sqlite import Instant, Position


class Imports(Projection):
    """One row an import."""

    name = "imports"

    def tables(self) -> None:
        table = self.imports = Table(
            self.named("imports"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("position", Position, nullable=False),
            Column("kind", String, nullable=False),
            Column("rows", Integer, nullable=False),
            Column("by", Uuid),
            Column("begun_at", Instant, nullable=False),
            Column("finished_at", Instant),
            Column("added", Integer),
            Column("changed", Integer),
            Column("notes", Integer),
            Column("matched", Integer),
            Column("refused", Integer),
            Column("undone_at", Instant),
            Column("undone_by", Uuid),
            Column("removed", Integer),
            Column("restored", Integer),
            Column("retracted", Integer),
            Column("stayed", Integer),
        )
        Index(self.named("newest"), table.c.position)
        self.one_import = select(table).where(table.c.id == bindparam("import"))
        self.newest = (
            select(table)
            .where(table.c.position < bindparam("before"))
            .order_by(table.c.position.desc())
            .limit(bindparam("most"))
        )

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Import.ImportBegun() as fact:
                self.add(
                    connection,
                    self.imports,
                    {
                        "id": fact.originator_id,
                        "position": entry.position,
                        "kind": fact.kind,
                        "rows": fact.rows,
                        "by": fact.by,
                        "begun_at": fact.timestamp,
                    },
                )
            case Import.ImportFinished() as fact:
                self._end(
                    connection,
                    fact,
                    finished_at=fact.timestamp,
                    added=fact.added,
                    changed=fact.changed,
                    notes=fact.notes,
                    matched=fact.matched,
                    refused=fact.refused,
                )
            case Import.ImportUndone() as fact:
                self._end(
                    connection,
                    fact,
                    undone_at=fact.timestamp,
                    undone_by=fact.by,
                    removed=fact.removed,
                    restored=fact.restored,
                    retracted=fact.retracted,
                    stayed=fact.stayed,
                )

    def _end(self, connection: Connection, fact: Any, **counts: Any) -> None:
        connection.execute(update(self.imports).where(self.imports.c.id == fact.originator_id).values(counts))

    def one_of(self, id: UUID) -> Row[Any] | None:
        """One import."""
        return self.one(self.one_import, **{"import": id})

    def page(self, before: int | None = None, limit: int = 20) -> Sequence[Row[Any]]:
        """The newest first, before the one at this `position`."""
        return self.all(self.newest, before=before or 2**62, most=limit)
