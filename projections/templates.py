"""What messages are written from: the agency's own templates, beside those that Kept came with."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Row, String, Table, Uuid, bindparam, select, update

from domain.log import Entry
from domain.shipped import SHIPPED
from domain.template import TEXT, MessageTemplate
from projections.projection import Projection
from projections.sqlite import Instant, Position


@dataclass(frozen=True)
class Written:
    """A template as it is now; `changed` 0 and nobody as its writer where it is as Kept came with it."""

    id: UUID
    name: str
    subject: str
    words: str
    short: str
    changed: int = 0
    changed_by: UUID | None = None
    changed_at: datetime | None = None
    retired_at: datetime | None = None


class Templates(Projection):
    """One row for each template that somebody here has written, changed or retired."""

    name = "templates"

    def tables(self) -> None:
        table = self.templates = Table(
            self.named("templates"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("written", Position, nullable=False, index=True),
            Column("name", String, nullable=False),
            Column("subject", String, nullable=False),
            Column("words", String, nullable=False),
            Column("short", String, nullable=False),
            Column("changed", BigInteger, nullable=False),
            Column("changed_by", Uuid),
            Column("changed_at", Instant, nullable=False),
            Column("retired_at", Instant),
        )
        self.in_order = select(table).order_by(table.c.written)
        self.one_template = select(table).where(table.c.id == bindparam("template"))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case MessageTemplate.TemplateWritten() as fact:
                row = {"id": fact.originator_id, "written": entry.position, **_text(fact), **_change(fact)}
                self.add(connection, self.templates, row)
            case MessageTemplate.TemplateChanged() as fact:
                self._touch(connection, fact, **_text(fact))
            case MessageTemplate.TemplateRetired() as fact:
                self._touch(connection, fact, retired_at=fact.timestamp)
            case MessageTemplate.TemplateRestored() as fact:
                self._touch(connection, fact, retired_at=None)

    def _touch(self, connection: Connection, fact: Any, **changes: Any) -> None:
        table = self.templates
        connection.execute(update(table).where(table.c.id == fact.originator_id).values(**changes, **_change(fact)))

    # Questions

    def everything(self) -> list[Written]:
        """All templates, those that Kept came with first, retired ones among them."""
        own = {row.id: _written(row) for row in self.all(self.in_order)}
        shipped = {id: Written(id, **asdict(each)) for id, each in SHIPPED.items()}
        return list({**shipped, **own}.values())

    def template(self, id: UUID) -> Written | None:
        """One template as it is now."""
        row = self.one(self.one_template, template=id)
        if row is not None:
            return _written(row)
        return Written(id, **asdict(SHIPPED[id])) if id in SHIPPED else None


def _text(fact: Any) -> dict[str, str]:
    return {name: getattr(fact, name) for name in TEXT}


def _change(fact: Any) -> dict[str, Any]:
    return {"changed": fact.originator_version, "changed_by": fact.by, "changed_at": fact.timestamp}


def _written(row: Row[Any]) -> Written:
    return Written(**{name: getattr(row, name) for name in Written.__dataclass_fields__})
