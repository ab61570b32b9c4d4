"""What hurts each candidate and what they want: as it was noted, with the quote, until it is resolved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
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

from domain.candidate import Candidate
from domain.log import Entry
from domain.remembered import Pain
from domain.touchpoint import Touchpoint
from projections.projection import Projection
from projections.sqlite import Instant, Position


class Pains(Projection):
    """One row for each; those of people who were erased or taken back are gone."""

    name = "pains"

    def tables(self) -> None:
        table = self.pains = Table(
            self.named("pains"),
            self.metadata,
            Column("pain", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False),
            Column("position", Position, nullable=False),
            Column("kind", String, nullable=False),
            Column("words", String),
            Column("quote", String),
            Column("touchpoint", Uuid, index=True),
            Column("noted_on", Date, nullable=False),
            Column("by", Uuid),
            Column("open", Boolean, nullable=False),
            Column("resolved_at", Instant),
            Column("resolved_by", Uuid),
            Column("why", String),
        )
        Index(self.named("newest"), table.c.candidate, table.c.open.desc(), table.c.position.desc())
        most: Any = bindparam("most")
        theirs = select(table).where(table.c.candidate == bindparam("candidate"))
        self.open_first = theirs.order_by(table.c.open.desc(), table.c.position.desc()).limit(most)
        those = theirs.where(table.c.open == bindparam("open", type_=Boolean))
        self.newest = those.order_by(table.c.position.desc()).limit(most)
        self.wants = select(table).where(
            table.c.candidate.in_(bindparam("candidates", expanding=True)),
            table.c.open == bindparam("open", type_=Boolean),
            table.c.kind == Pain.WANT.value,
        )

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Candidate.PainPointNoted() as fact if fact.words is not None:
                row = {
                    "pain": fact.pain,
                    "candidate": fact.originator_id,
                    "position": entry.position,
                    "kind": fact.kind,
                    "words": fact.words,
                    "quote": fact.quote,
                    "touchpoint": fact.touchpoint,
                    "noted_on": fact.noted_on,
                    "by": fact.by,
                    "open": True,
                }
                self.add(connection, self.pains, row)
            case Candidate.PainPointResolved() as fact:
                resolved = {"resolved_at": fact.timestamp, "resolved_by": fact.by, "why": fact.why}
                self._change(connection, self.pains.c.pain == fact.pain, open=False, **resolved)
            case Candidate.PainPointReopened() as fact:
                again = {"resolved_at": None, "resolved_by": None, "why": None}
                self._change(connection, self.pains.c.pain == fact.pain, open=True, **again)
            case Touchpoint.WordsRedacted() as fact:
                self._change(connection, self.pains.c.touchpoint == fact.originator_id, quote=None)
            case Candidate.CandidateWithdrawn() | Candidate.CandidateErased() as fact:
                connection.execute(delete(self.pains).where(self.pains.c.candidate == fact.originator_id))

    def _change(self, connection: Connection, which: Any, **changes: Any) -> None:
        connection.execute(update(self.pains).where(which).values(changes))

    # Questions

    def of(self, candidate: UUID, limit: int = 30) -> Sequence[Row[Any]]:
        """What hurts a candidate and what they want now, the newest first."""
        return self.all(self.newest, candidate=candidate, open=True, most=limit)

    def all_of(self, candidate: UUID, limit: int = 60) -> Sequence[Row[Any]]:
        """What hurts or hurt a candidate, wants and wanted; what is so now first, each the newest first."""
        return self.all(self.open_first, candidate=candidate, most=limit)

    def resolved(self, candidate: UUID, limit: int = 30) -> Sequence[Row[Any]]:
        """What hurt them, or what they wanted, the one noted last first."""
        return self.all(self.newest, candidate=candidate, open=False, most=limit)

    def wants_of(self, candidates: Collection[UUID]) -> dict[UUID, list[Row[Any]]]:
        """What each of these candidates wants now, the newest first."""
        found: dict[UUID, list[Row[Any]]] = {candidate: [] for candidate in candidates}
        rows = self.all(self.wants, candidates=list(candidates), open=True) if candidates else []
        for row in sorted(rows, key=lambda row: row.position, reverse=True):
            found[row.candidate].append(row)
        return found
