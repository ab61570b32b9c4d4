"""Who is to be rung again, and when: somebody called, and nobody answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Index, Integer, Row, Table, Uuid, bindparam, delete, select

from domain.candidate import Candidate
from domain.log import Entry
from domain.touchpoint import Channel, Direction, Touchpoint
from projections.projection import Projection
from projections.sqlite import Instant

SPOKEN = (Channel.CALL, Channel.MEETING, Channel.VIDEO)


class Tries(Projection):
    """One row a try to come, until it is done: by a tap, by another call, or because they got in touch."""

    name = "tries"

    def tables(self) -> None:
        table = self.tries = Table(
            self.named("tries"),
            self.metadata,
            Column("touchpoint", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("by", Uuid, nullable=False),
            Column("at", Instant, nullable=False),
            Column("chosen_at", Instant, nullable=False),
        )
        Index(self.named("in_time"), table.c.at, table.c.touchpoint)
        Index(self.named("ones_own"), table.c.by, table.c.at, table.c.touchpoint)
        self.of_one = select(table).where(table.c.touchpoint == bindparam("touchpoint"))
        until = table.c.at < bindparam("until", type_=Instant)
        self.everybodys = (
            select(table).where(until).order_by(table.c.at, table.c.touchpoint).limit(bindparam("most", type_=Integer))
        )
        self.ones = self.everybodys.where(table.c.by == bindparam("by"))

    def record(self, connection: Connection, entry: Entry) -> None:
        table = self.tries.c
        match entry.fact:
            case Touchpoint.TryAgainChosen() as fact:
                self._forget(connection, table.touchpoint == fact.originator_id)
                row = {"touchpoint": fact.originator_id, "candidate": fact.person, "by": fact.by}
                self.add(connection, self.tries, {**row, "at": fact.at, "chosen_at": fact.timestamp})
            case Touchpoint.TryAgainDone() | Touchpoint.TouchpointRetracted() | Touchpoint.MovedAway() as fact:
                self._forget(connection, table.touchpoint == fact.originator_id)
            case Touchpoint.TouchpointRecorded() as fact if fact.channel in SPOKEN or fact.direction == Direction.IN:
                self._forget(connection, table.candidate == fact.candidate, table.chosen_at < fact.happened_at)
            case Candidate.CandidateWithdrawn() | Candidate.CandidateErased() as fact:
                self._forget(connection, table.candidate == fact.originator_id)

    def _forget(self, connection: Connection, *which: Any) -> None:
        connection.execute(delete(self.tries).where(*which))

    # Questions

    def of(self, touchpoint: UUID) -> Row[Any] | None:
        """The try to come after this call."""
        return self.one(self.of_one, touchpoint=touchpoint)

    def until(self, moment: datetime, by: UUID | None = None, limit: int = 20) -> Sequence[Row[Any]]:
        """Whom to ring again before an instant: everybody's or one colleague's, the earliest first."""
        if by is None:
            return self.all(self.everybodys, until=moment, most=limit)
        return self.all(self.ones, until=moment, by=by, most=limit)
