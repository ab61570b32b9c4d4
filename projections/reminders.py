"""Whom to remind of which promise, and what became of it: the part of the promises that the worker asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
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
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)

from domain.due import Due
from domain.log import Entry
from domain.promise import Promise
from projections.projection import Projection
from projections.sqlite import Instant, Position

FELL_DUE, DIGEST, OVERDUE, SNOOZED = "fell due", "digest", "overdue", "snoozed "
MAIL, PUSH = "mail", "push"
CHANNELS = (MAIL, PUSH)
# as the partial indexes say it:
OPEN: ColumnElement[str] = literal_column("'open'")
YES: ColumnElement[bool] = literal_column("1")
NO: ColumnElement[bool] = literal_column("0")


def snoozed_kind(until: datetime) -> str:
    """The kind of the reminder that comes when a snooze ends: each snooze has one of its own."""
    return SNOOZED + until.astimezone(UTC).isoformat(timespec="seconds")


def to_cover(kind: str, absence: UUID) -> str:
    """The kind of a digest that tells a colleague who covers: who is away is told of it anew when they are back."""
    return f"{kind} {absence}"


class Reminders(Projection):
    """One row for each reminder and channel: one of its own, or one in a digest that was sent or could not be."""

    promises: Table

    def reminder_tables(self) -> None:
        """`waiting`: of an open promise with that due still, neither sent nor `over`, overtaken by another."""
        table, promises = self.promises, self.promises.c
        self.reminders = Table(
            self.named("reminders"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("channel", String, primary_key=True),
            Column("promise", Uuid, nullable=False, index=True),
            Column("due_on", Date, nullable=False),
            Column("due_at", Time),
            Column("due_zone", String, nullable=False),
            Column("kind", String, nullable=False),
            Column("not_before", Instant),
            Column("waiting", Boolean, nullable=False),
            Column("over", Boolean, nullable=False),
            Column("sent_at", Instant),
            Column("reason", String),
            Column("failed_at", Instant),
        )
        reminders = self.reminders.c
        Index(
            self.named("waiting"),
            reminders.channel,
            reminders.failed_at,
            reminders.position,
            sqlite_where=text("waiting = 1"),
        )
        self.waiting = (
            select(self.reminders, promises.candidate, promises.keeper, promises.words, promises.party)
            .select_from(self.reminders.join(table, reminders.promise == promises.id))
            .where(reminders.waiting == YES, promises.until_position.is_(None), promises.words.is_not(None))
            .order_by(reminders.channel, reminders.failed_at, reminders.position)
        )
        self.reckon_reminders = text(
            f"""UPDATE {self.reminders} SET waiting = over = 0 AND EXISTS (SELECT 1 FROM {table} AS promised
                WHERE promised.id = :promise AND promised.until_position IS NULL AND promised.listed = 1
                AND promised.state = 'open' AND promised.due_on = {self.reminders}.due_on
                AND promised.due_at IS {self.reminders}.due_at AND promised.due_zone = {self.reminders}.due_zone)
                WHERE promise = :promise"""
        ).bindparams(bindparam("promise", type_=Uuid))

        self._reminder_questions()

    def _reminder_questions(self) -> None:
        reminders, promise, most = self.reminders.c, self.promises.c, bindparam("most", type_=Integer)
        now, today = bindparam("now", type_=Instant), bindparam("today", type_=Date)
        this_way = reminders.channel == bindparam("channel")
        alone = reminders.kind.not_in((DIGEST, OVERDUE))
        self.to_send = self.waiting.where(alone, reminders.not_before <= now, this_way).limit(most)
        since = bindparam("since", type_=Instant)
        self.whose = {"keeper": promise.keeper == bindparam("keeper"), "since": reminders.not_before >= since}
        self.not_sent = self.waiting.where(reminders.reason.is_not(None)).limit(most)
        self.of_promise = self.waiting.order_by(None).where(
            reminders.promise == bindparam("promise"), reminders.kind == bindparam("kind"), this_way
        )
        awake = and_(
            promise.until_position.is_(None),
            promise.listed == YES,
            promise.state == OPEN,
            promise.keeper == bindparam("keeper"),
            promise.words.is_not(None),
            or_(promise.snoozed_until.is_(None), promise.snoozed_until <= now),
        )
        this_due = select(reminders.kind).where(
            reminders.promise == promise.id, this_way, *same_due(reminders, promise)
        )
        sent = this_due.where(reminders.sent_at.is_not(None)).correlate(self.promises)
        told_due, told_late = (sent.where(reminders.kind == bindparam(kind)).exists() for kind in (DIGEST, OVERDUE))
        told = case((promise.due_on == today, told_due), (promise.due_on < today, told_late), else_=NO)
        snoozed = this_due.where(
            reminders.kind.startswith(SNOOZED), reminders.waiting == YES, reminders.not_before <= now
        )
        again = snoozed.correlate(self.promises).limit(1).scalar_subquery()
        self.news = (
            select(self.promises, again.label("again"), told.label("told_before"))
            .where(awake, or_(and_(promise.due_on <= today, told == NO), again.is_not(None)))
            .order_by(promise.due_on, promise.id)
            .limit(most)
        )
        self.how_many_told = (
            select(func.count()).select_from(self.promises).where(awake, promise.due_on < today, told_late)
        )

    # What happens

    def remind(self, connection: Connection, entry: Entry, snoozed_until: datetime | None) -> None:
        """Only a promise with a clock time has reminders of its own, and not while it is snoozed."""
        fact = entry.fact
        if isinstance(fact, Promise.PromiseFellDue) and fact.due_at is not None:
            over = snoozed_until is not None and snoozed_until > fact.timestamp
            for channel in CHANNELS:
                self._remind(connection, entry, FELL_DUE, channel, not_before=fact.timestamp, over=over)

    def sent(self, connection: Connection, entry: Entry, fact: Promise.ReminderSent) -> None:
        """One by each channel is enough: those in digests are over with any, all others with one that it is overdue."""
        self._note(connection, entry, fact, sent_at=fact.timestamp, over=True, waiting=False)
        promise, reminders = self.promises.c, self.reminders.c
        this_way = reminders.channel == fact.channel
        these = and_(reminders.promise == fact.originator_id, this_way, *same_due(reminders, fact))
        if fact.kind != OVERDUE:
            these = and_(these, or_(reminders.kind.startswith(DIGEST), reminders.kind.startswith(OVERDUE)))
        connection.execute(update(self.reminders).where(these).values(over=True, waiting=False))
        if fact.kind.startswith(SNOOZED):
            mine = and_(promise.id == fact.originator_id, promise.until_position.is_(None), *same_due(promise, fact))
            connection.execute(update(self.promises).where(mine).values(snoozed_until=None))

    def failed(self, connection: Connection, entry: Entry, fact: Promise.ReminderFailed) -> None:
        self._note(connection, entry, fact, reason=fact.reason, failed_at=fact.timestamp)
        connection.execute(self.reckon_reminders, {"promise": fact.originator_id})

    def snoozed(self, connection: Connection, entry: Entry, fact: Promise.ReminderSnoozed) -> None:
        """Everything that waits is over; instead comes one reminder by each channel when the snooze ends."""
        lasts, promise = fact.until > fact.timestamp, self.promises.c
        self.end_reminders(connection, fact.originator_id)
        connection.execute(
            update(self.promises)
            .where(promise.id == fact.originator_id, promise.until_position.is_(None))
            .values(snoozed_until=fact.until if lasts else None)
        )
        for channel in CHANNELS if lasts else ():
            self._remind(connection, entry, snoozed_kind(fact.until), channel, not_before=fact.until, over=False)

    def end_reminders(self, connection: Connection, promise: UUID, kind: str = "") -> None:
        """Those of a kind that begins so are over."""
        reminders = self.reminders.c
        these = and_(reminders.promise == promise, reminders.kind.startswith(kind))
        connection.execute(update(self.reminders).where(these).values(over=True, waiting=False))

    def _remind(self, connection: Connection, entry: Entry, kind: str, channel: str, **details: Any) -> None:
        row = {
            "position": entry.position,
            "promise": entry.fact.originator_id,
            "kind": kind,
            "channel": channel,
            "waiting": False,
            "over": False,
            **due_said(entry.fact),
            **details,
        }
        self.add(connection, self.reminders, row)
        connection.execute(self.reckon_reminders, {"promise": entry.fact.originator_id})

    def _note(self, connection: Connection, entry: Entry, fact: Any, **changes: Any) -> None:
        """What became of a reminder; one in a digest has no row until then."""
        reminders = self.reminders.c
        this = and_(
            reminders.promise == fact.originator_id,
            reminders.kind == fact.kind,
            reminders.channel == fact.channel,
            *same_due(reminders, fact),
        )
        if not connection.execute(update(self.reminders).where(this).values(changes)).rowcount:
            self._remind(connection, entry, fact.kind, fact.channel, **changes)

    # Questions

    def reminders_to_send(
        self,
        now: datetime,
        limit: int = 200,
        keeper: UUID | None = None,
        channel: str = MAIL,
        since: datetime | None = None,
    ) -> Sequence[Row[Any]]:
        """Reminders to send one by one, of promises still open with the same due, but of nobody erased.

        Those only whose time has come by `now`, and not before `since`.

        Those never tried first, then those that failed, the one that failed longest ago first.
        """
        asked = {"now": now, "keeper": keeper, "since": since}
        return self.all(self.those("to send", self.to_send, self.whose, asked), most=limit, channel=channel, **asked)

    def reminder_waiting(self, promise: UUID, due: Due, kind: str, channel: str) -> Row[Any] | None:
        """One reminder, if it is still to be sent."""
        rows = self.all(self.of_promise, promise=promise, kind=kind, channel=channel)
        return next((row for row in rows if due_of(row) == due), None)

    def reminders_failed(self, limit: int = 200) -> Sequence[Row[Any]]:
        """Those that could not be sent, on their own or in a digest, with `channel`, `reason` and `failed_at`."""
        return self.all(self.not_sent, most=limit)

    def digest(
        self,
        keeper: UUID,
        today: date,
        now: datetime,
        limit: int = 500,
        channel: str = MAIL,
        absence: UUID | None = None,
    ) -> Sequence[Row[Any]]:
        """What this keeper is to be told today by a channel and was not told yet, the earliest first.

        During an `absence` of theirs, what who covers is to be told and was not.

        Due today; overdue, once for each due; and what was snoozed until now. Nothing that is snoozed still. `again`
        is the kind of a snooze that ended, else None; `told_before` says that only for this it is here.
        """
        kinds = {kind: to_cover(kind, absence) if absence else kind for kind in (DIGEST, OVERDUE)}
        return self.all(self.news, keeper=keeper, today=today, now=now, most=limit, channel=channel, **kinds)

    def told_overdue(self, keeper: UUID, today: date, now: datetime, channel: str = MAIL) -> int:
        """How many of this keeper's promises are overdue and were told of as such by this channel before."""
        row = self.one(self.how_many_told, keeper=keeper, today=today, now=now, channel=channel, overdue=OVERDUE)
        return int(row[0]) if row else 0


def due_of(row: Row[Any]) -> Due:
    """The due that a row holds."""
    return Due(row.due_on, row.due_at, row.due_zone)


def due_said(fact: Any) -> dict[str, Any]:
    return {"due_on": fact.due_on, "due_at": fact.due_at, "due_zone": fact.due_zone}


def same_due(table: Any, fact: Any) -> tuple[Any, ...]:
    return (
        table.due_on == fact.due_on,
        table.due_at.is_not_distinct_from(fact.due_at),
        table.due_zone == fact.due_zone,
    )
