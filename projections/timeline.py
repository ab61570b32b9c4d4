"""What was said and promised, person by person, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
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
    Time,
    Uuid,
    bindparam,
    select,
    tuple_,
    update,
)

from domain.candidate import Candidate
from domain.log import Entry
from domain.promise import Promise
from domain.touchpoint import Touchpoint
from projections.projection import Projection
from projections.sqlite import Instant, Position

TOUCHPOINT, PROMISE = "touchpoint", "promise"
FORGOTTEN = {"words": None, "why": None}


class Timeline(Projection):
    """One line for each touchpoint and each move of a promise; every wording that a touchpoint ever had."""

    name = "timeline"

    def tables(self) -> None:
        table = self.lines = Table(
            self.named("lines"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("candidate", Uuid, nullable=False),
            Column("kind", String, nullable=False),
            Column("subject", Uuid, nullable=False, index=True),
            Column("what", String, nullable=False),
            Column("by", Uuid),
            Column("recorded_at", Instant, nullable=False),
            Column("happened_at", Instant, nullable=False),
            Column("channel", String),
            Column("direction", String),
            Column("outcome", String),
            Column("words", String),
            Column("why", String),
            Column("corrected", Integer, nullable=False),
            Column("retracted_at", Instant),
            Column("retracted_by", Uuid),
            Column("redacted_at", Instant),
            Column("promise_id", Uuid),
            Column("changed", BigInteger, nullable=False),
            Column("due_on", Date),
            Column("due_at", Time),
            Column("cause", String),
        )
        Index(self.named("newest"), table.c.candidate, table.c.happened_at.desc(), table.c.position.desc())
        self.words = Table(
            self.named("wordings"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("touchpoint", Uuid, nullable=False, index=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("words", String),
            Column("by", Uuid),
            Column("recorded_at", Instant, nullable=False),
            Column("why", String),
        )

        theirs = select(table).where(table.c.candidate == bindparam("candidate"))
        self.newest = theirs.order_by(table.c.happened_at.desc(), table.c.position.desc()).limit(bindparam("most"))
        self.older = self.newest.where(
            tuple_(table.c.happened_at, table.c.position)
            < tuple_(bindparam("happened_at", type_=Instant), bindparam("position"))
        )
        self.one_touchpoint = select(table).where(
            table.c.subject == bindparam("touchpoint"), table.c.kind == TOUCHPOINT
        )
        self.wordings_of = (
            select(self.words).where(self.words.c.touchpoint == bindparam("touchpoint")).order_by(self.words.c.position)
        )

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Touchpoint.TouchpointRecorded() as fact:
                self._line(
                    connection,
                    entry,
                    TOUCHPOINT,
                    "recorded",
                    happened_at=fact.happened_at,
                    channel=fact.channel,
                    direction=fact.direction,
                    outcome=fact.outcome,
                    words=fact.words,
                    promise_id=fact.promises[0] if fact.promises else None,
                )
                self._word(connection, entry, fact.words, None)
            case Touchpoint.TouchpointCorrected() as fact:
                corrected = self.lines.c.corrected + 1
                self._touch(connection, entry, words=fact.words, why=fact.why, corrected=corrected)
                self._word(connection, entry, fact.words, fact.why)
            case Touchpoint.TouchpointRetracted() as fact:
                self._touch(connection, entry, retracted_at=fact.timestamp, retracted_by=fact.by, why=fact.why)
            case Touchpoint.WordsRedacted() as fact:
                self._touch(connection, entry, redacted_at=fact.timestamp, **FORGOTTEN)
                self._forget(connection, self.words, self.words.c.touchpoint == fact.originator_id)
            case Promise.PromiseMade() as fact:
                self._line(connection, entry, PROMISE, "made", words=fact.words, **_due(fact))
            case Promise.PromiseRenegotiated() as fact:
                self._move(connection, entry, "renegotiated", why=fact.why, **_due(fact))
            case Promise.PromiseKept():
                self._move(connection, entry, "kept")
            case Promise.PromiseBroken() as fact:
                self._move(connection, entry, "broken", cause=fact.cause)
            case Promise.PromiseReleased() as fact:
                self._move(connection, entry, "released", why=fact.why)
            case Promise.PromiseWithdrawn() as fact:
                self._move(connection, entry, "withdrawn", why=fact.why)
            case Promise.PromiseReopened() as fact:
                self._move(connection, entry, "reopened", why=fact.why, **_due(fact))
            case Promise.PromiseFellDue() as fact:
                self._move(connection, entry, "fell due", **_due(fact))
            case Candidate.CandidateErased() as fact:
                for table in (self.lines, self.words):
                    self._forget(connection, table, table.c.candidate == fact.originator_id)

    def _line(self, connection: Connection, entry: Entry, kind: str, what: str, **details: Any) -> None:
        fact = entry.fact
        row = {
            "position": entry.position,
            "candidate": fact.person,
            "kind": kind,
            "subject": fact.originator_id,
            "what": what,
            "by": fact.by,
            "recorded_at": fact.timestamp,
            "happened_at": fact.timestamp,
            "corrected": 0,
            "changed": fact.originator_version,
        }
        self.add(connection, self.lines, row | details)

    def _move(self, connection: Connection, entry: Entry, what: str, **details: Any) -> None:
        """A line about a promise, in the words it was made with."""
        made = select(self.lines.c.words).where(
            self.lines.c.subject == entry.fact.originator_id, self.lines.c.what == "made"
        )
        words = connection.execute(made).scalar()
        self._line(connection, entry, PROMISE, what, words=words, **details)

    def _touch(self, connection: Connection, entry: Entry, **changes: Any) -> None:
        """Change a touchpoint's line; its version counts only what people did."""
        connection.execute(
            update(self.lines)
            .where(self.lines.c.subject == entry.fact.originator_id)
            .values(changed=entry.fact.originator_version, **changes)
        )

    def _word(self, connection: Connection, entry: Entry, words: str | None, why: str | None) -> None:
        fact = entry.fact
        row = {
            "position": entry.position,
            "touchpoint": fact.originator_id,
            "candidate": fact.person,
            "words": words,
            "by": fact.by,
            "recorded_at": fact.timestamp,
            "why": why,
        }
        self.add(connection, self.words, row)

    def _forget(self, connection: Connection, table: Table, whose: Any) -> None:
        connection.execute(update(table).where(whose).values(FORGOTTEN))

    # Questions

    def of(self, candidate: UUID, before: tuple[datetime, int] | None = None, limit: int = 20) -> Sequence[Row[Any]]:
        """A candidate's lines, newest first, before the line whose (happened_at, position) this is."""
        if before is None:
            return self.all(self.newest, candidate=candidate, most=limit)
        happened_at, position = before
        return self.all(self.older, candidate=candidate, most=limit, happened_at=happened_at, position=position)

    def entry(self, touchpoint: UUID) -> Row[Any] | None:
        """The line of one touchpoint."""
        return self.one(self.one_touchpoint, touchpoint=touchpoint)

    def wordings(self, touchpoint: UUID) -> Sequence[Row[Any]]:
        """All that ever stood there, oldest first."""
        return self.all(self.wordings_of, touchpoint=touchpoint)


def _due(fact: Any) -> dict[str, Any]:
    return {"due_on": fact.due_on, "due_at": fact.due_at}
