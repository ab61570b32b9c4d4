"""The rows of one import as they were understood: what the preview shows, what is committed, how far that is.

It lies beside the uploaded file and is deleted with it: losing it costs a second look, never a fact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    func,
    insert,
    select,
    update,
)

from projections.sqlite import Store
from webapp.importing.records import Record

tables = MetaData()

rows = Table(
    "rows",
    tables,
    Column("number", Integer, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("name", String, nullable=False),
    Column("record", JSON, nullable=False),
    Column("cells", JSON, nullable=False),
    Column("why", String, nullable=False),
    Column("candidate", Uuid),
    Column("same_row", Integer),
    Column("shown", JSON, nullable=False),
    Column("outcome", String),
    Column("became", Uuid),
    Column("refusal", String),
)
Index("rows_by_state", rows.c.state, rows.c.number)
Index("rows_by_outcome", rows.c.outcome, rows.c.number)

keys = Table(
    "keys",
    tables,
    Column("key", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)


class State(StrEnum):
    """What a row is, as far as can be said before it is committed."""

    NEW = "new"
    MATCH = "match"
    POSSIBLE = "possible"
    REFUSED = "refused"


class Outcome(StrEnum):
    """What became of a row. LEFT: perhaps somebody who is here, left out as was chosen."""

    ADDED = "added"
    MATCHED = "matched"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(frozen=True)
class Line:
    """One row before it is stored; `shown` is what the preview says of it beside its state."""

    number: int
    line: int
    state: State
    name: str
    record: Record
    cells: Sequence[str]
    why: str = ""
    candidate: UUID | None = None
    same_row: int | None = None
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def does_anything(self) -> bool:
        """Whether anything would be recorded because of it, if whoever it may be is the same person."""
        return self.state == State.NEW or bool(self.shown.get("adds") or self.shown.get("notes"))


class Sheet:
    """`rows.db` of an upload."""

    def __init__(self, file: Path):
        self.store = Store(file, tables, synchronous="NORMAL")

    def add(self, lines: Iterable[Line], marks: Iterable[tuple[str, int]]) -> None:
        """More rows, and by what they are known again among those that follow."""
        new = [
            {
                **{name: getattr(line, name) for name in ("number", "line", "name", "why", "candidate", "same_row")},
                "state": str(line.state),
                "record": line.record.plain(),
                "cells": list(line.cells),
                "shown": line.shown,
            }
            for line in lines
        ]
        known = [{"key": key, "number": number} for key, number in marks]
        with self.store.writing() as connection:
            if new:
                connection.execute(insert(rows), new)
            if known:
                connection.execute(insert(keys).prefix_with("OR IGNORE"), known)

    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return dict.fromkeys(map(str, State), 0) | self._tally(rows.c.state)

    def page(self, state: str | None, after: int, limit: int) -> Sequence[Row[Any]]:
        """Rows of a state, or all, in the order of the file."""
        question = select(rows).where(rows.c.number > after).order_by(rows.c.number).limit(limit)
        return self._all(question if state is None else question.where(rows.c.state == state))

    def row(self, number: int) -> Row[Any] | None:
        found = self._all(select(rows).where(rows.c.number == number))
        return found[0] if found else None

    def earlier(self, wanted: Collection[str]) -> dict[str, list[int]]:
        """Which rows are known by these marks, the first of each mark first."""
        question = select(keys).where(keys.c.key.in_(wanted)).order_by(keys.c.key, keys.c.number)
        found: dict[str, list[int]] = {}
        for key, number in self._all(question) if wanted else ():
            found.setdefault(key, []).append(number)
        return found

    def rows_of(self, numbers: Collection[int]) -> dict[int, Row[Any]]:
        """Several rows at once."""
        return {row.number: row for row in self._all(select(rows).where(rows.c.number.in_(numbers)))} if numbers else {}

    def became(self, done: Sequence[dict[str, Any]]) -> None:
        """Note what became of rows: number, outcome, became, refusal."""
        if not done:
            return
        each = update(rows).where(rows.c.number == bindparam("_number"))
        values = {name: bindparam(f"_{name}") for name in ("outcome", "became", "refusal")}
        with self.store.writing() as connection:
            connection.execute(each.values(values), [{f"_{name}": row[name] for name in row} for row in done])

    def refused(self, after: int, limit: int) -> Sequence[Row[Any]]:
        """Rows that were not taken, in the order of the file."""
        gone = rows.c.outcome.in_([Outcome.REFUSED, Outcome.LEFT])
        return self._all(select(rows).where(rows.c.number > after, gone).order_by(rows.c.number).limit(limit))

    def close(self) -> None:
        self.store.close()

    def _tally(self, column: Any) -> dict[str, int]:
        counted = self._all(select(column, func.count()).where(column.is_not(None)).group_by(column))
        return {str(name): int(number) for name, number in counted}

    def _all(self, question: Any) -> Sequence[Row[Any]]:
        with self.store.reading() as connection:
            return connection.execute(question).all()
