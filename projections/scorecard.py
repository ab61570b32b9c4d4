"""How promises ended, by the week in which they were made, by client and by who keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    select,
    text,
    update,
)

from domain.candidate import Candidate
from domain.due import Due
from domain.job import Job
from domain.log import Entry
from domain.promise import Promise
from domain.submission import Submission
from domain.touchpoint import Touchpoint
from projections.projection import Projection
from projections.sqlite import Instant

OPEN, OVERDUE, ON_TIME, LATE = "open", "overdue", "kept on time", "kept late"
RELEASED, OVERTAKEN, WITHDRAWN = "released", "overtaken", "withdrawn"
BEFORE, AFTER = "before", "after"  # its due, when a date was moved
WRITTEN_LATER = timedelta(minutes=1)
MOST_ENDINGS = 2_000  # of one person's year


class Scorecard(Projection):
    """One row a promise: who keeps it, whose client it is about, and how it ended against its due as it stood then.

    `ended` is open, kept on time, kept late, the cause why it was not kept, released, overtaken or withdrawn. What an
    entry shows was kept when that happened, not when somebody said so. `client` is that of its job, else of the one
    job for which its candidate was in process when it was made; a `contact` made it. `moved_before` and `moved_after`
    say how often its date was moved before and after it had passed. Those of somebody taken back are not `listed`.
    """

    name = "scorecard"

    def tables(self) -> None:
        table = self.promises = Table(
            self.named("promises"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False),
            Column("keeper", Uuid, nullable=False),
            Column("party", String, nullable=False),
            Column("client", Uuid),
            Column("contact", Uuid),
            Column("made_on", Date, nullable=False),
            Column("week", Date, nullable=False),
            Column("listed", Boolean, nullable=False),
            Column("ended", String, nullable=False),
            Column("late_from", Instant, nullable=False),
            Column("closed_at", Instant),
            Column("evidence", Uuid),
            Column("moved_before", Integer, nullable=False),
            Column("moved_after", Integer, nullable=False),
            Column("last_moved", String),
        )
        self.jobs = Table(
            self.named("jobs"),
            self.metadata,
            Column("job", Uuid, primary_key=True),
            Column("client", Uuid, nullable=False),
        )
        self.processes = Table(
            self.named("processes"),
            self.metadata,
            Column("submission", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False),
            Column("client", Uuid, nullable=False),
            Column("live", Boolean, nullable=False),
        )
        self.written_later = Table(
            self.named("written_later"),
            self.metadata,
            Column("touchpoint", Uuid, primary_key=True),
            Column("happened_at", Instant, nullable=False),
        )
        promise = table.c
        counted = (promise.made_on, promise.week, promise.keeper, promise.party, promise.client, promise.contact)
        ended = (promise.ended, promise.late_from, promise.moved_before, promise.moved_after)
        Index(self.named("made"), *counted, *ended, sqlite_where=text("listed = 1"))
        Index(self.named("of_candidate"), promise.candidate, promise.made_on, promise.ended, promise.listed)
        Index(self.named("shown_by"), promise.evidence, sqlite_where=text("evidence IS NOT NULL"))
        Index(self.named("in_process"), self.processes.c.candidate, sqlite_where=text("live = 1"))
        self._questions(table)

    def _questions(self, table: Table) -> None:
        promise, period = (
            table.c,
            and_(table.c.made_on >= bindparam("since"), table.c.made_on <= bindparam("until"), text("listed = 1")),
        )
        overdue = and_(promise.ended == OPEN, promise.late_from <= bindparam("now", type_=Instant))
        ended = case((overdue, OVERDUE), else_=promise.ended).label("how")
        figures = (
            func.count().label("promises"),
            func.sum(case((promise.moved_before > 0, 1), else_=0)).label("moved_before"),
            func.sum(case((promise.moved_after > 0, 1), else_=0)).label("moved_after"),
        )

        def tallied(*by: Any) -> Select[Any]:
            return select(*by, ended, *figures).where(period).group_by(*by, ended)

        self.weekly = tallied(promise.week)
        self.by_client_and_kind = tallied(promise.client, promise.contact, promise.party)
        self.by_keeper = tallied(promise.keeper)
        self.filters = {"keeper": promise.keeper == bindparam("keeper")}
        self.one_promise = select(table).where(promise.id == bindparam("promise"))
        self.shown_by = select(table).where(promise.evidence == bindparam("touchpoint"))
        self.client_of = select(self.jobs.c.client).where(self.jobs.c.job == bindparam("job"))
        self.in_process = select(self.processes.c.client).where(
            self.processes.c.candidate == bindparam("candidate"), text("live = 1")
        )
        later = self.written_later.c
        self.when = select(later.happened_at).where(later.touchpoint == bindparam("touchpoint"))
        self.endings = (
            select(promise.made_on, promise.ended)
            .where(promise.candidate == bindparam("candidate"), promise.made_on >= bindparam("since"))
            .where(promise.ended != WITHDRAWN, text("listed = 1"))
            .order_by(promise.made_on.desc())
            .limit(bindparam("most", type_=Integer))
        )

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Promise.PromiseMade() as fact:
                self._begin(connection, fact)
            case Promise.PromiseRenegotiated() as fact:
                self._move(connection, fact)
            case Promise.PromiseReassigned() as fact:
                self._change(connection, fact.originator_id, keeper=fact.keeper)
            case Promise.PromiseKept() as fact:
                self._kept(connection, fact.originator_id, fact.timestamp, fact.evidence)
            case Promise.EvidenceGiven() as fact:
                closed_at = self._row(connection, fact.originator_id).closed_at
                self._kept(connection, fact.originator_id, closed_at, fact.touchpoint)
            case Promise.PromiseBroken() as fact:
                self._end(connection, fact, fact.cause)
            case Promise.PromiseReleased() as fact:
                self._end(connection, fact, RELEASED)
            case Promise.PromiseOvertaken() as fact:
                self._end(connection, fact, OVERTAKEN)
            case Promise.PromiseWithdrawn() as fact:
                self._end(connection, fact, WITHDRAWN)
            case Promise.PromiseReopened() as fact:
                self._reopen(connection, fact)
            case Touchpoint.TouchpointRecorded() as fact:
                if fact.timestamp - fact.happened_at >= WRITTEN_LATER:
                    row = {"touchpoint": fact.originator_id, "happened_at": fact.happened_at}
                    self.add(connection, self.written_later, row)
            case Touchpoint.TouchpointRetracted() | Touchpoint.MovedAway() as fact:
                for kept in connection.execute(self.shown_by, {"touchpoint": fact.originator_id}).all():
                    self._kept(connection, kept.id, kept.closed_at, None)
            case Candidate.CandidateWithdrawn() as fact:
                table = self.promises
                theirs = table.c.candidate == fact.originator_id
                connection.execute(update(table).where(theirs).values(listed=False))
            case Job.JobOpened() as fact:
                self.add(connection, self.jobs, {"job": fact.originator_id, "client": fact.client})
            case Submission.CandidateShortlisted() as fact:
                row = {"submission": fact.originator_id, "candidate": fact.candidate, "client": fact.client}
                self.add(connection, self.processes, {**row, "live": True})
            case Submission.SubmissionEnded() as fact:
                self._goes_on(connection, fact.originator_id, False)
            case Submission.SubmissionReopened() as fact:
                self._goes_on(connection, fact.originator_id, True)

    def _begin(self, connection: Connection, fact: Promise.PromiseMade) -> None:
        made_on = fact.timestamp.astimezone(ZoneInfo(fact.due_zone)).date()
        row = {
            "id": fact.originator_id,
            "candidate": fact.candidate,
            "keeper": fact.keeper,
            "party": fact.made_by,
            "client": self._client(connection, fact),
            "contact": fact.contact,
            "made_on": made_on,
            "week": made_on - timedelta(days=made_on.weekday()),
            "listed": True,
            "ended": OPEN,
            "late_from": _late_from(fact),
            "moved_before": 0,
            "moved_after": 0,
        }
        self.add(connection, self.promises, row)

    def _client(self, connection: Connection, fact: Promise.PromiseMade) -> UUID | None:
        """Whom it is about, as far as clear facts say so: words and names may be forgotten, and no count with them."""
        if fact.job is not None:
            return connection.execute(self.client_of, {"job": fact.job}).scalar()
        if fact.contact is not None:
            return None
        clients = {row.client for row in connection.execute(self.in_process, {"candidate": fact.candidate})}
        return clients.pop() if len(clients) == 1 else None

    def _move(self, connection: Connection, fact: Promise.PromiseRenegotiated) -> None:
        """To another date: before the old one had passed, or after."""
        row, due = self._row(connection, fact.originator_id), _late_from(fact)
        when = BEFORE if fact.timestamp < row.late_from else AFTER
        more = {f"moved_{when}": row._mapping[f"moved_{when}"] + 1}
        self._change(connection, row.id, late_from=due, last_moved=when, **more)

    def _reopen(self, connection: Connection, fact: Promise.PromiseReopened) -> None:
        """Open again; of an open one the new date is taken back, and that it was moved."""
        row = self._row(connection, fact.originator_id)
        changes: dict[str, Any] = {"ended": OPEN, "closed_at": None, "evidence": None}
        if row.ended == OPEN and row.last_moved:
            moved = f"moved_{row.last_moved}"
            changes |= {moved: row._mapping[moved] - 1, "last_moved": None}
        self._change(connection, row.id, late_from=_late_from(fact), **changes)

    def _kept(self, connection: Connection, promise: UUID, closed_at: datetime, evidence: UUID | None) -> None:
        """In time if what shows it happened in time, else if somebody said so in time."""
        happened = connection.execute(self.when, {"touchpoint": evidence}).scalar() if evidence else None
        kept_at = min(happened or closed_at, closed_at)
        ended = ON_TIME if kept_at < self._row(connection, promise).late_from else LATE
        self._change(connection, promise, ended=ended, closed_at=closed_at, evidence=evidence)

    def _end(self, connection: Connection, fact: Any, how: str) -> None:
        self._change(connection, fact.originator_id, ended=how, closed_at=fact.timestamp)

    def _goes_on(self, connection: Connection, submission: UUID, live: bool) -> None:
        table = self.processes
        connection.execute(update(table).where(table.c.submission == submission).values(live=live))

    def _row(self, connection: Connection, promise: UUID) -> Row[Any]:
        return connection.execute(self.one_promise, {"promise": promise}).one()

    def _change(self, connection: Connection, promise: UUID, **changes: Any) -> None:
        connection.execute(update(self.promises).where(self.promises.c.id == promise).values(changes))

    # Questions

    def weeks(self, since: date, until: date, now: datetime, keeper: UUID | None = None) -> Sequence[Row[Any]]:
        """How promises made from one day to another (both included) stand `now`: by the Monday of their week and by
        `how` they ended (an open one may be overdue), how many `promises`, and how many were moved before and after
        their due; of one `keeper`, or of all."""
        return self._tallied("weeks", self.weekly, since, until, now, keeper)

    def clients(self, since: date, until: date, now: datetime, keeper: UUID | None = None) -> Sequence[Row[Any]]:
        """As `weeks`, by client, by the contact who promised, and by party."""
        return self._tallied("clients", self.by_client_and_kind, since, until, now, keeper)

    def keepers(self, since: date, until: date, now: datetime) -> Sequence[Row[Any]]:
        """As `weeks`, by who keeps them."""
        return self._tallied("keepers", self.by_keeper, since, until, now, None)

    def _tallied(
        self, what: str, question: Select[Any], since: date, until: date, now: datetime, keeper: UUID | None
    ) -> Sequence[Row[Any]]:
        asked = self.those(what, question, self.filters, {"keeper": keeper})
        return self.all(asked, since=since, until=until, now=now, keeper=keeper)

    def of(self, candidate: UUID, since: date) -> Sequence[Row[Any]]:
        """What was promised to and by a candidate since that day: `made_on`, and how it `ended`; the newest first."""
        return self.all(self.endings, candidate=candidate, since=since, most=MOST_ENDINGS)


def _late_from(fact: Any) -> datetime:
    """The instant from which what is due then is late."""
    return Due(fact.due_on, fact.due_at, fact.due_zone).overdue_from()
