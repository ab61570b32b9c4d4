"""Who the candidates are: one row for each version of a person's details."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain.candidate import Candidate
from domain.log import Entry
from projections.folding import fold
from projections.projection import Projection
from projections.sqlite import Instant, Position

ALL = 1
WORDS = ("name", "folded", "email", "phone", "headline", "place")


class Directory(Projection):
    """Candidates as they are now (`until_position` NULL) and as they were."""

    name = "directory"

    def tables(self) -> None:
        table = self.candidates = Table(
            self.named("candidates"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("since_position", Position, primary_key=True),
            Column("until_position", Position),
            Column("name", String),
            Column("folded", String),
            Column("email", String),
            Column("phone", String),
            Column("headline", String),
            Column("place", String),
            Column("owner", Uuid, nullable=False),
            Column("added_by", Uuid),
            Column("added_at", Instant, nullable=False),
            Column("erased_at", Instant),
            Column("changed", BigInteger, nullable=False),
        )
        self.counts = Table(
            self.named("counts"),
            self.metadata,
            Column("id", Position, primary_key=True),
            Column("people", Position, nullable=False),
        )
        counted = insert(self.counts)
        self.add_up = counted.on_conflict_do_update(
            index_elements=["id"], set_={"people": self.counts.c.people + counted.excluded.people}
        )
        now = text("until_position IS NULL")
        Index(self.named("candidate_now"), table.c.id, sqlite_where=now)
        Index(self.named("by_name"), table.c.folded, table.c.id, sqlite_where=now)
        self.now = select(table).where(table.c.until_position.is_(None))
        self.one_person = self.now.where(table.c.id == bindparam("candidate"))
        self.names_of = select(table.c.id, table.c.name).where(
            table.c.until_position.is_(None), table.c.id.in_(bindparam("candidates", expanding=True))
        )
        self.how_many = select(self.counts.c.people)

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Candidate.CandidateAdded() as fact:
                self.add(
                    connection,
                    self.candidates,
                    {
                        "id": fact.originator_id,
                        "since_position": entry.position,
                        "name": fact.name,
                        "folded": fact.name and fold(fact.name),
                        "email": _first(fact.emails),
                        "phone": _first(fact.phones),
                        "headline": fact.headline,
                        "place": fact.place,
                        "owner": fact.owner,
                        "added_by": fact.by,
                        "added_at": fact.timestamp,
                        "changed": fact.originator_version,
                    },
                )
                self._count(connection, 0 if fact.name is None else 1)
            case Candidate.CandidateErased() as fact:
                before = self._renew(
                    connection,
                    fact.originator_id,
                    entry.position,
                    erased_at=fact.timestamp,
                    changed=fact.originator_version,
                )
                connection.execute(
                    update(self.candidates)
                    .where(self.candidates.c.id == fact.originator_id)
                    .values(dict.fromkeys(WORDS))
                )
                self._count(connection, 0 if before.name is None else -1)

    def _renew(self, connection: Connection, id: UUID, position: int, **changes: Any) -> Row[Any]:
        """End the row that holds now, and begin another from this position on; answers the one that ended."""
        row = connection.execute(self.now.where(self.candidates.c.id == id)).one()
        connection.execute(
            update(self.candidates)
            .where(self.candidates.c.id == id, self.candidates.c.since_position == row.since_position)
            .values(until_position=position)
        )
        self.add(connection, self.candidates, {**row._mapping, "since_position": position, **changes})
        return row

    def _count(self, connection: Connection, more: int) -> None:
        connection.execute(self.add_up, {"id": ALL, "people": more})

    def candidate(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_person, candidate=id)

    def page(self, after: tuple[str, UUID] | None = None, limit: int = 50) -> Sequence[Row[Any]]:
        """Candidates by name, after the row whose (folded, id) this is; those erased are left out."""
        table = self.candidates.c
        question = self.now.where(table.folded.is_not(None)).order_by(table.folded, table.id).limit(limit)
        if after is not None:
            question = question.where(tuple_(table.folded, table.id) > tuple_(*after))
        return self.all(question)

    def count(self) -> int:
        """How many candidates there are, without those erased."""
        row = self.one(self.how_many)
        return int(row[0]) if row else 0

    def names(self, ids: Collection[UUID]) -> dict[UUID, str | None]:
        """The names of these candidates, None for those erased."""
        return {row.id: row.name for row in self.all(self.names_of, candidates=list(ids))} if ids else {}


def _first(several: list[str] | None) -> str | None:
    """The first of several, "" if there are none, None if they were forgotten."""
    if several is None:
        return None
    return several[0] if several else ""
