"""What there is to pass on: the agency's own tips and openings, beside the tips that Kept came with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    select,
    tuple_,
    update,
)

from domain.log import Entry
from domain.shipped_tips import SHIPPED_TIPS
from domain.tip import OF_A_TIP, Kind, SharedTip, Tip
from projections.projection import Projection
from projections.sqlite import Instant, Position

MOST_TIPS = 500


@dataclass(frozen=True, kw_only=True)
class OnShelf(Tip):
    """A tip or an opening as it is now; `changed` 0 and nobody as its writer where it is as Kept came with it."""

    id: UUID
    changed: int = 0
    changed_by: UUID | None = None
    changed_at: datetime | None = None
    retired_at: datetime | None = None


class Tips(Projection):
    """One row for each that somebody here has written, changed or retired."""

    name = "tips"

    def tables(self) -> None:
        table = self.shared = Table(
            self.named("shared"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("written", Position, nullable=False),
            Column("kind", String, nullable=False),
            Column("title", String, nullable=False),
            Column("words", String, nullable=False),
            Column("link", String, nullable=False),
            Column("place", String, nullable=False),
            Column("until", Date),
            Column("changed", BigInteger, nullable=False),
            Column("changed_by", Uuid),
            Column("changed_at", Instant, nullable=False),
            Column("retired_at", Instant),
        )
        Index(self.named("in_order"), table.c.kind, table.c.written)
        Index(self.named("until"), table.c.kind, table.c.until, table.c.id)
        of_kind, most = select(table).where(table.c.kind == bindparam("kind")), bindparam("most", type_=Integer)
        soonest = (table.c.until, table.c.id)
        self.in_order = of_kind.order_by(table.c.written).limit(most)
        self.open = of_kind.where(table.c.until >= bindparam("today")).order_by(*soonest).limit(most)
        latest = [column.desc() for column in soonest]
        self.past = of_kind.where(table.c.until < bindparam("today")).order_by(*latest).limit(most)
        last_shown = tuple_(bindparam("until", type_=Date), bindparam("id", type_=Uuid))
        self.further = {"until": tuple_(*soonest) < last_shown}
        self.one_tip = select(table).where(table.c.id == bindparam("tip"))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case SharedTip.TipWritten() as fact:
                row = {"id": fact.originator_id, "written": entry.position, **_said(fact), **_change(fact)}
                self.add(connection, self.shared, row)
            case SharedTip.TipChanged() as fact:
                self._touch(connection, fact, **_said(fact))
            case SharedTip.TipRetired() as fact:
                self._touch(connection, fact, retired_at=fact.timestamp)
            case SharedTip.TipRestored() as fact:
                self._touch(connection, fact, retired_at=None)

    def _touch(self, connection: Connection, fact: Any, **changes: Any) -> None:
        table = self.shared
        connection.execute(update(table).where(table.c.id == fact.originator_id).values(**changes, **_change(fact)))

    # Questions

    def tips(self) -> list[OnShelf]:
        """All tips, those that Kept came with first, retired ones among them."""
        own = {row.id: _on_shelf(row) for row in self.all(self.in_order, kind=Kind.TIP, most=MOST_TIPS)}
        return list({**{id: _shipped(id) for id in SHIPPED_TIPS}, **own}.values())

    def openings(self, today: date, limit: int = 50) -> list[OnShelf]:
        """The openings that can still be given, what closes first before the others, retired ones among them."""
        return [_on_shelf(row) for row in self.all(self.open, kind=Kind.OPENING, today=today, most=limit)]

    def past_openings(self, today: date, before: tuple[date, UUID] | None = None, limit: int = 20) -> Sequence[OnShelf]:
        """Those whose day has passed, the last one first, from before the (until, id) of the last one shown."""
        until, id = before or (None, None)
        asked = {"kind": Kind.OPENING, "today": today, "until": until, "id": id}
        return [
            _on_shelf(row) for row in self.all(self.those("past", self.past, self.further, asked), most=limit, **asked)
        ]

    def tip(self, id: UUID) -> OnShelf | None:
        """One of them as it is now."""
        row = self.one(self.one_tip, tip=id)
        if row is not None:
            return _on_shelf(row)
        return _shipped(id) if id in SHIPPED_TIPS else None


def _said(fact: Any) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in OF_A_TIP}


def _change(fact: Any) -> dict[str, Any]:
    return {"changed": fact.originator_version, "changed_by": fact.by, "changed_at": fact.timestamp}


def _on_shelf(row: Row[Any]) -> OnShelf:
    return OnShelf(**{name: getattr(row, name) for name in OnShelf.__dataclass_fields__})


def _shipped(id: UUID) -> OnShelf:
    return OnShelf(id=id, **asdict(SHIPPED_TIPS[id]))
