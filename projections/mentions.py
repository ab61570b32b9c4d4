"""Who was named in which note, so that they hear of it: ids alone, the words stand in the timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Index, Row, Table, Uuid, bindparam, delete, func, select, update

from domain.candidate import Candidate
from domain.log import Entry
from domain.touchpoint import Touchpoint
from projections.projection import Projection
from projections.sqlite import Instant, Position


class Mentions(Projection):
    """One row for each; gone with an entry that is taken back, and with whom it is about."""

    name = "mentions"

    def tables(self) -> None:
        table = self.mentions = Table(
            self.named("mentions"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("who", Uuid, nullable=False),
            Column("touchpoint", Uuid, nullable=False, index=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("by", Uuid, nullable=False),
            Column("at", Instant, nullable=False),
        )
        Index(self.named("newest"), table.c.who, table.c.position.desc())
        theirs = select(table).where(table.c.who == bindparam("who"))
        self.newest = theirs.order_by(table.c.position.desc()).limit(bindparam("most"))
        self.filters = {"before": table.c.position < bindparam("before")}
        self.unseen_by = (
            theirs.where(
                table.c.position > bindparam("until"),
                table.c.position.not_in(bindparam("apart_from", expanding=True)),
            )
            .order_by(table.c.position)
            .limit(bindparam("most"))
        )
        self.how_many_unseen = select(func.count()).select_from(self.unseen_by.subquery("capped"))
        self.named_in = select(table.c.touchpoint, table.c.who).where(
            table.c.touchpoint.in_(bindparam("touchpoints", expanding=True))
        )

    def record(self, connection: Connection, entry: Entry) -> None:
        rows = self.mentions
        match entry.fact:
            case Touchpoint.ColleagueMentioned() as fact:
                row = {
                    "position": entry.position,
                    "who": fact.who,
                    "touchpoint": fact.originator_id,
                    "candidate": fact.person,
                    "by": fact.by,
                    "at": fact.timestamp,
                }
                self.add(connection, rows, row)
            case Touchpoint.BroughtHere() as fact:
                there = {"touchpoint": fact.originator_id, "candidate": fact.person}
                connection.execute(update(rows).where(rows.c.touchpoint == fact.from_touchpoint).values(there))
            case Touchpoint.TouchpointRetracted() as fact:
                connection.execute(delete(rows).where(rows.c.touchpoint == fact.originator_id))
            case Candidate.CandidateErased() as fact:
                connection.execute(delete(rows).where(rows.c.candidate == fact.originator_id))

    # Questions

    def of(self, who: UUID, before: int | None = None, limit: int = 30) -> Sequence[Row[Any]]:
        """Where a colleague was mentioned, the latest first, before the position of a row."""
        asked = {"who": who, "before": before}
        return self.all(self.those("of", self.newest, self.filters, asked), most=limit, **asked)

    def unseen(self, who: UUID, until: int, apart_from: Collection[int], limit: int = 30) -> Sequence[Row[Any]]:
        """Those after a position, apart from some, the earliest first."""
        return self.all(self.unseen_by, who=who, until=until, apart_from=list(apart_from), most=limit)

    def count_unseen(self, who: UUID, until: int, apart_from: Collection[int], at_most: int = 100) -> int:
        """How many those are; counted no further than `at_most`."""
        row = self.one(self.how_many_unseen, who=who, until=until, apart_from=list(apart_from), most=at_most)
        return int(row[0]) if row else 0

    def whom(self, touchpoints: Collection[UUID]) -> dict[UUID, set[UUID]]:
        """The colleagues mentioned in each of these entries."""
        found: dict[UUID, set[UUID]] = {id: set() for id in touchpoints}
        for row in self.all(self.named_in, touchpoints=list(touchpoints)) if touchpoints else ():
            found[row.touchpoint].add(row.who)
        return found
