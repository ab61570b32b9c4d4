"""The promises made: as they stand, as they stood, what happened to each, and whom to remind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Time,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain.candidate import Candidate
from domain.due import Due
from domain.log import Entry
from domain.promise import Promise, State
from projections.projection import Projection
from projections.sqlite import Instant, Position

COMING_UP = timedelta(days=7)
FELL_DUE = "fell due"
MAIL = "mail"
# as the partial indexes say it:
OPEN: ColumnElement[str] = literal_column("'open'")
YES: ColumnElement[bool] = literal_column("1")
NO: ColumnElement[bool] = literal_column("0")


class Promises(Projection):
    """One row for each version of a promise (`until_position` NULL = now), its history, and reminders to send."""

    name = "promises"

    def tables(self) -> None:
        table = self.promises = Table(
            self.named("promises"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("since_position", Position, primary_key=True),
            Column("until_position", Position),
            Column("candidate", Uuid, nullable=False),
            Column("touchpoint", Uuid),
            Column("words", String),
            Column("keeper", Uuid, nullable=False),
            Column("made_by", Uuid),
            Column("made_at", Instant, nullable=False),
            Column("made_position", Position, nullable=False),
            Column("due_on", Date, nullable=False),
            Column("due_at", Time),
            Column("due_zone", String, nullable=False),
            Column("state", String, nullable=False),
            Column("changed", BigInteger, nullable=False),
            Column("moved", Integer, nullable=False),
            Column("closed_at", Instant),
            Column("closed_by", Uuid),
            Column("cause", String),
            Column("why", String),
            Column("fell_due", Boolean, nullable=False),
        )
        self.history_of = Table(
            self.named("history"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("promise", Uuid, nullable=False, index=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("what", String, nullable=False),
            Column("by", Uuid),
            Column("at", Instant, nullable=False),
            Column("due_on", Date),
            Column("due_at", Time),
            Column("due_zone", String),
            Column("words", String),
            Column("cause", String),
            Column("why", String),
            Column("channel", String),
        )
        self.reminders = Table(
            self.named("reminders"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("promise", Uuid, nullable=False, index=True),
            Column("due_on", Date, nullable=False),
            Column("due_at", Time),
            Column("due_zone", String, nullable=False),
            Column("kind", String, nullable=False),
            Column("channel", String, nullable=False),
            Column("waiting", Boolean, nullable=False),
            Column("sent_at", Instant),
            Column("reason", String),
            Column("failed_at", Instant),
        )
        self.counts = Table(
            self.named("counts"),
            self.metadata,
            Column("keeper", Uuid, primary_key=True),
            Column("state", String, primary_key=True),
            Column("promises", Integer, nullable=False),
        )
        counted = insert(self.counts)
        self.add_up = counted.on_conflict_do_update(
            index_elements=["keeper", "state"],
            set_={"promises": self.counts.c.promises + counted.excluded.promises},
        )
        now = text("until_position IS NULL")
        open_now = text("until_position IS NULL AND state = 'open'")
        Index(self.named("of_candidate"), table.c.candidate, table.c.made_position)
        Index(
            self.named("of_candidate_by_due"),
            table.c.candidate,
            table.c.state,
            table.c.due_on,
            table.c.id,
            sqlite_where=open_now,
        )
        Index(self.named("promise_now"), table.c.id, sqlite_where=now)
        Index(self.named("newest"), table.c.made_position, sqlite_where=now)
        Index(self.named("newest_by_state"), table.c.state, table.c.made_position, sqlite_where=now)
        Index(self.named("newest_of_keeper"), table.c.keeper, table.c.made_position, sqlite_where=now)
        Index(self.named("by_keeper"), table.c.keeper, table.c.state, table.c.made_position, sqlite_where=now)
        Index(self.named("by_due"), table.c.state, table.c.due_on, table.c.id, sqlite_where=open_now)
        Index(
            self.named("by_keeper_and_due"),
            table.c.keeper,
            table.c.state,
            table.c.due_on,
            table.c.id,
            sqlite_where=open_now,
        )
        Index(self.named("fell_due"), table.c.state, table.c.fell_due, table.c.due_on, sqlite_where=open_now)
        Index(
            self.named("bell"),
            table.c.keeper,
            table.c.state,
            table.c.fell_due,
            sqlite_where=text(f"{open_now.text} AND fell_due = 1"),
        )
        Index(self.named("waiting"), self.reminders.c.position, sqlite_where=text("waiting = 1"))
        self.now = select(table).where(table.c.until_position.is_(None))
        self.waiting = (
            select(self.reminders, table.c.candidate, table.c.keeper, table.c.words)
            .select_from(self.reminders.join(table, self.reminders.c.promise == table.c.id))
            .where(self.reminders.c.waiting == YES, table.c.until_position.is_(None))
            .order_by(self.reminders.c.position)
        )
        theirs = self.now.where(table.c.candidate == bindparam("candidate"))
        self.one_promise = self.now.where(table.c.id == bindparam("promise"))
        self.theirs_open = theirs.where(table.c.state == OPEN).order_by(table.c.due_on, table.c.id)
        self.theirs_closed = (
            theirs.where(table.c.state != OPEN).order_by(table.c.made_position.desc()).limit(bindparam("most"))
        )
        self.all_that_happened = (
            select(self.history_of)
            .where(self.history_of.c.promise == bindparam("promise"))
            .order_by(self.history_of.c.position)
        )
        self.bell = (
            select(func.count())
            .select_from(table)
            .where(table.c.until_position.is_(None), table.c.state == OPEN, table.c.fell_due == YES)
            .where(table.c.words.is_not(None), table.c.keeper == bindparam("keeper"))
        )
        self.open_now = self.now.where(table.c.state == OPEN, table.c.words.is_not(None))  # of nobody erased

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Promise.PromiseMade() as fact:
                self._begin(connection, entry, fact)
                self._tell(connection, entry, "made", words=fact.words, **_due(fact))
            case Promise.PromiseRenegotiated() as fact:
                self._change(connection, entry, why=fact.why, moved=1, **_due(fact))
                self._tell(connection, entry, "renegotiated", why=fact.why, **_due(fact))
            case Promise.PromiseKept():
                self._close(connection, entry, State.KEPT)
            case Promise.PromiseBroken() as fact:
                self._close(connection, entry, State.BROKEN, cause=fact.cause)
            case Promise.PromiseReleased() as fact:
                self._close(connection, entry, State.RELEASED, why=fact.why)
            case Promise.PromiseWithdrawn() as fact:
                self._close(connection, entry, State.WITHDRAWN, why=fact.why)
            case Promise.PromiseReopened() as fact:
                self._change(connection, entry, State.OPEN, closed_at=None, closed_by=None, why=fact.why, **_due(fact))
                self._tell(connection, entry, "reopened", why=fact.why, **_due(fact))
            case Promise.PromiseFellDue() as fact:
                self._change(connection, entry, fell_due=True)
                self._tell(connection, entry, FELL_DUE, **_due(fact))
                self._remind(connection, entry, fact)
            case Promise.ReminderSent() as fact:
                self._tell(connection, entry, "reminder sent", channel=fact.channel)
                self._reminded(connection, fact, waiting=False, sent_at=fact.timestamp)
            case Promise.ReminderFailed() as fact:
                self._tell(connection, entry, "reminder failed", channel=fact.channel)
                self._reminded(connection, fact, reason=fact.reason, failed_at=fact.timestamp)
            case Candidate.CandidateErased() as fact:
                self._forget(connection, fact.originator_id)

    def _begin(self, connection: Connection, entry: Entry, fact: Promise.PromiseMade) -> None:
        row = {
            "id": fact.originator_id,
            "since_position": entry.position,
            "candidate": fact.candidate,
            "touchpoint": fact.touchpoint,
            "words": fact.words,
            "keeper": fact.keeper,
            "made_by": fact.by,
            "made_at": fact.timestamp,
            "made_position": entry.position,
            "state": State.OPEN.value,
            "changed": fact.originator_version,
            "moved": 0,
            "fell_due": False,
            **_due(fact),
        }
        self.add(connection, self.promises, row)
        self._count(connection, fact.keeper, State.OPEN.value, 1)

    def _close(self, connection: Connection, entry: Entry, state: State, **details: Any) -> None:
        fact = entry.fact
        self._change(connection, entry, state, closed_at=fact.timestamp, closed_by=fact.by, **details)
        self._tell(connection, entry, state.value, **details)

    def _change(
        self, connection: Connection, entry: Entry, state: State | None = None, moved: int = 0, **changes: Any
    ) -> None:
        """End the row that holds now, and begin another from this position on."""
        fact, table = entry.fact, self.promises.c
        row = connection.execute(self.now.where(table.id == fact.originator_id)).one()
        connection.execute(
            update(self.promises)
            .where(table.id == row.id, table.since_position == row.since_position)
            .values(until_position=entry.position)
        )
        if fact.by is not None:
            changes = {"cause": None, "why": None, "changed": fact.originator_version, **changes}
        if "due_on" in changes:
            changes["fell_due"] = self._fell_due(connection, fact)
        if state is not None:
            changes["state"] = state.value
            self._count(connection, row.keeper, row.state, -1)
            self._count(connection, row.keeper, state.value, 1)
        if state is not None or "due_on" in changes:
            self._pause_reminders(connection, {**row._mapping, **changes})
        renewed = {**row._mapping, "since_position": entry.position, "moved": row.moved + moved, **changes}
        self.add(connection, self.promises, renewed)

    def _fell_due(self, connection: Connection, fact: Any) -> bool:
        """Whether the promise fell due before for this very due."""
        table = self.history_of.c
        question = select(table.position).where(table.promise == fact.originator_id, table.what == FELL_DUE)
        return connection.execute(question.where(*_same_due(table, fact)).limit(1)).first() is not None

    def _count(self, connection: Connection, keeper: UUID, state: str, more: int) -> None:
        connection.execute(self.add_up, {"keeper": keeper, "state": state, "promises": more})

    def _tell(self, connection: Connection, entry: Entry, what: str, **details: Any) -> None:
        fact = entry.fact
        row = {
            "position": entry.position,
            "promise": fact.originator_id,
            "candidate": fact.person,
            "what": what,
            "by": fact.by,
            "at": fact.timestamp,
        }
        self.add(connection, self.history_of, row | details)

    def _remind(self, connection: Connection, entry: Entry, fact: Promise.PromiseFellDue) -> None:
        row = {
            "position": entry.position,
            "promise": fact.originator_id,
            "kind": FELL_DUE,
            "channel": MAIL,
            "waiting": True,
        }
        self.add(connection, self.reminders, row | _due(fact))

    def _reminded(self, connection: Connection, fact: Any, **changes: Any) -> None:
        table = self.reminders.c
        connection.execute(
            update(self.reminders)
            .where(table.promise == fact.originator_id, table.kind == fact.kind, table.channel == fact.channel)
            .where(*_same_due(table, fact))
            .values(**changes)
        )

    def _pause_reminders(self, connection: Connection, promise: dict[str, Any]) -> None:
        """Only an open promise is reminded of, and only of the due it has."""
        table = self.reminders.c
        wanted = and_(
            literal(promise["state"]) == State.OPEN.value,
            table.sent_at.is_(None),
            table.due_on == promise["due_on"],
            table.due_at.is_not_distinct_from(promise["due_at"]),
            table.due_zone == promise["due_zone"],
        )
        connection.execute(update(self.reminders).where(table.promise == promise["id"]).values(waiting=wanted))

    def _forget(self, connection: Connection, person: UUID) -> None:
        for table in (self.promises, self.history_of):
            words = {name: None for name in ("words", "why") if name in table.c}
            connection.execute(update(table).where(table.c.candidate == person).values(words))

    # Questions

    def promise(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_promise, promise=id)

    def of(self, candidate: UUID, closed: int = 50) -> Sequence[Row[Any]]:
        """A candidate's promises: those open by due, then the newest of those closed."""
        return [
            *self.all(self.theirs_open, candidate=candidate),
            *self.all(self.theirs_closed, candidate=candidate, most=closed),
        ]

    def history(self, id: UUID) -> Sequence[Row[Any]]:
        """All that happened to a promise, oldest first."""
        return self.all(self.all_that_happened, promise=id)

    def ledger(
        self,
        status: str | None = None,
        keeper: UUID | None = None,
        candidate: UUID | None = None,
        after: int | None = None,
        limit: int = 50,
    ) -> Sequence[Row[Any]]:
        """The promises made, newest first, after the row with this `made_position`."""
        table = self.promises.c
        question = self.now.order_by(table.made_position.desc()).limit(limit)
        for column, wanted in ((table.state, status), (table.keeper, keeper), (table.candidate, candidate)):
            if wanted is not None:
                question = question.where(column == wanted)
        if after is not None:
            question = question.where(table.made_position < after)
        return self.all(question)

    def tally(self, keeper: UUID | None = None, candidate: UUID | None = None) -> dict[str, int]:
        """How many promises are in which state, of a keeper, of a candidate, or of all."""
        if candidate is not None:
            table = self.promises.c
            question = select(table.state, func.count().label("promises")).group_by(table.state)
            question = question.where(table.until_position.is_(None), table.candidate == candidate)
            if keeper is not None:
                question = question.where(table.keeper == keeper)
        else:
            counts = self.counts.c
            question = select(counts.state, func.sum(counts.promises).label("promises")).group_by(counts.state)
            if keeper is not None:
                question = question.where(counts.keeper == keeper)
        return {row.state: row.promises for row in self.all(question)}

    def agenda(self, today: date, keeper: UUID | None = None, limit: int = 200) -> Sequence[Row[Any]]:
        """Open promises due before a week from today, the earliest first."""
        table = self.promises.c
        question = self.open_now.where(table.due_on <= today + COMING_UP)
        if keeper is not None:
            question = question.where(table.keeper == keeper)
        return self.all(question.order_by(table.due_on, table.id).limit(limit))

    def fallen_due(self, keeper: UUID) -> int:
        """How many promises of this keeper fell due and are still open: the bell."""
        row = self.one(self.bell, keeper=keeper)
        return int(row[0]) if row else 0

    def falling_due(self, now: datetime, limit: int = 500) -> list[Row[Any]]:
        """Open promises whose due has come and has not been noted yet, the earliest first."""
        table, latest = self.promises.c, (now + timedelta(days=1)).date()
        question = self.open_now.where(table.fell_due == NO, table.due_on <= latest).order_by(table.due_on)
        with self.store.reading() as connection:
            rows = connection.execute(question.limit(4 * limit)).all()
        return [row for row in rows if due_of(row).falls_due_at() <= now][:limit]

    def reminders_to_send(self, limit: int = 200) -> Sequence[Row[Any]]:
        """Reminders not sent yet, of promises still open with the same due, but of nobody erased; oldest first."""
        return self.all(self.waiting.where(self.promises.c.words.is_not(None)).limit(limit))

    def reminder_waiting(self, promise: UUID, due: Due, kind: str, channel: str) -> Row[Any] | None:
        """One reminder, if it is still to be sent."""
        reminder = self.reminders.c
        this = self.waiting.where(reminder.promise == promise, reminder.kind == kind, reminder.channel == channel)
        return next((row for row in self.all(this) if due_of(row) == due), None)

    def reminders_failed(self, limit: int = 200) -> Sequence[Row[Any]]:
        """Those of them that could not be sent, with `reason` and `failed_at`."""
        return self.all(self.waiting.where(self.reminders.c.reason.is_not(None)).limit(limit))


def due_of(row: Row[Any]) -> Due:
    """The due that a row holds."""
    return Due(row.due_on, row.due_at, row.due_zone)


def _due(fact: Any) -> dict[str, Any]:
    return {"due_on": fact.due_on, "due_at": fact.due_at, "due_zone": fact.due_zone}


def _same_due(table: Any, fact: Any) -> tuple[Any, ...]:
    return (
        table.due_on == fact.due_on,
        table.due_at.is_not_distinct_from(fact.due_at),
        table.due_zone == fact.due_zone,
    )
