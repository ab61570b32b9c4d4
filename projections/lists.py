"""The lists: what they are called, whom they are for, and by what they find people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    select,
    update,
)

from domain.log import Entry
from domain.saved_list import NARROWING, OF_A_LIST, SavedList
from projections.folding import fold
from projections.projection import Projection


class Lists(Projection):
    """One row a list, until it is dropped."""

    name = "lists"
    version = 2

    def tables(self) -> None:
        table = self.lists = Table(
            self.named("lists"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("maker", Uuid),
            Column("name", String, nullable=False),
            Column("folded", String, nullable=False),
            Column("shared", Boolean, nullable=False),
            Column("tags", JSON, nullable=False),
            Column("place", String, nullable=False),
            Column("owner", String, nullable=False),
            Column("only", String, nullable=False),
            Column("nothing_open", Boolean, nullable=False),
            Column("contact_since", Date),
            Column("contact_before", Date),
            Column("wants", String, nullable=False),
            Column("stage", String, nullable=False),
            Column("invitation", String, nullable=False),
            Column("changed", BigInteger, nullable=False),
        )
        Index(self.named("for_all"), table.c.shared, table.c.folded, table.c.id)
        Index(self.named("of_maker"), table.c.maker, table.c.shared, table.c.folded, table.c.id)
        is_shared = table.c.shared == bindparam("shared", type_=Boolean)
        in_order = select(table).order_by(table.c.folded, table.c.id).limit(bindparam("most"))
        self.for_all = in_order.where(is_shared)
        self.own = in_order.where(is_shared, table.c.maker == bindparam("maker"))
        self.one_list = select(table).where(table.c.id == bindparam("list"))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case SavedList.ListSaved() as fact:
                row = {"id": fact.originator_id, "maker": fact.by, **dict.fromkeys(NARROWING, ""), **_said(fact)}
                self.add(connection, self.lists, row)
            case SavedList.ListChanged() as fact:
                self._change(connection, fact, **_said(fact))
            case SavedList.ListNarrowed() as fact:
                narrowed = {name: getattr(fact, name) for name in NARROWING}
                self._change(connection, fact, changed=fact.originator_version, **narrowed)
            case SavedList.ListDropped() as fact:
                connection.execute(delete(self.lists).where(self.lists.c.id == fact.originator_id))

    def _change(self, connection: Connection, fact: Any, **changes: Any) -> None:
        here = self.lists.c.id == fact.originator_id
        connection.execute(update(self.lists).where(here).values(changes))

    # Questions

    def seen_by(self, recruiter: UUID, limit: int = 100) -> Sequence[Row[Any]]:
        """The lists that are for all, and their own, by name; of either at most so many."""
        shared = self.all(self.for_all, shared=True, most=limit)
        own = self.all(self.own, shared=False, maker=recruiter, most=limit)
        return sorted((*shared, *own), key=lambda row: (row.folded, row.id))

    def one_of(self, id: UUID, recruiter: UUID) -> Row[Any] | None:
        """One list, if it is for them."""
        row = self.one(self.one_list, list=id)
        return row if row is not None and (row.shared or row.maker == recruiter) else None


def _said(fact: Any) -> dict[str, Any]:
    said = {name: getattr(fact, name) for name in OF_A_LIST}
    return {**said, "folded": fold(fact.name), "changed": fact.originator_version}
