"""The promises made: as they stand, as they stood, and what happened to each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
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
    not_,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain.candidate import Candidate
from domain.due import FURTHEST
from domain.log import Entry
from domain.promise import Party, Promise, Slip, State
from domain.touchpoint import Touchpoint
from projections.reminders import (
    FELL_DUE,
    NO,
    OPEN,
    SNOOZED,
    YES,
    Reminders,
    due_of,
    due_said,
    same_due,
    snoozed_kind,
)
from projections.sqlite import Instant, Position

__all__ = ["Promises", "due_of", "snoozed_kind"]

COMING_UP = timedelta(days=7)
EVER = date.min  # the day under which all days are counted
THEM = "them"  # a candidate or a client's contact
EARLIEST, LATEST = timedelta(days=2 * 366), FURTHEST + timedelta(days=1)  # a due, before and after it was promised
NEWEST, BY_DUE = "newest", "due"
GRADE = """CASE WHEN state <> 'kept' THEN NULL WHEN confirmed_at IS NOT NULL THEN 'confirmed'
    WHEN evidence IS NOT NULL THEN 'evidence' ELSE 'word' END"""


class Promises(Reminders):
    """One row for each version of a promise (`until_position` NULL = now), its history, and reminders to send.

    `party` made it and the other, `waits`, waits for it. Those to somebody who was withdrawn are not `listed`.
    One that `waits_for` another was dated (at `dated_position`) when that one was expected on `expected_on`; `stood`
    is the slip in spite of which it kept that date, for the other's due on `stood_on`. `told` is whether the one who
    waits knows the date, None where nobody was asked.
    """

    name = "promises"
    version = 4

    def tables(self) -> None:
        table = self.promises = Table(
            self.named("promises"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("since_position", Position, primary_key=True),
            Column("until_position", Position),
            Column("listed", Boolean, nullable=False),
            Column("candidate", Uuid, nullable=False),
            Column("touchpoint", Uuid),
            Column("words", String),
            Column("corrected", Integer, nullable=False),
            Column("keeper", Uuid, nullable=False),
            Column("party", String, nullable=False),
            Column("ours", Boolean, Computed(f"party = '{Party.US}'")),
            Column("waits", String, nullable=False),
            Column("contact", Uuid),
            Column("made_by", Uuid),
            Column("made_at", Instant, nullable=False),
            Column("made_on", Date, nullable=False),
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
            Column("evidence", Uuid),
            Column("confirmed_at", Instant),
            Column("grade", String, Computed(GRADE)),
            Column("fell_due", Boolean, nullable=False),
            Column("snoozed_until", Instant),
            Column("job", Uuid),
            Column("told", Boolean),
            Column("waits_for", Uuid),
            Column("chained", Boolean, Computed("waits_for IS NOT NULL")),
            Column("expected_on", Date),
            Column("dated_position", Position, nullable=False),
            Column("stood", String),
            Column("stood_on", Date),
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
            Column("due_phrase", String),
            Column("words", String),
            Column("cause", String),
            Column("why", String),
            Column("keeper", Uuid),
            Column("touchpoint", Uuid),
            Column("until", Instant),
            Column("kind", String),
            Column("channel", String),
        )
        self.counts = Table(
            self.named("counts"),
            self.metadata,
            Column("day", Date, primary_key=True),
            Column("keeper", Uuid, primary_key=True),
            Column("party", String, primary_key=True),
            Column("state", String, primary_key=True),
            Column("promises", Integer, nullable=False),
        )
        self.reminder_tables()
        self._indexes(table)
        counted = insert(self.counts)
        self.add_up = counted.on_conflict_do_update(
            index_elements=["day", "keeper", "party", "state"],
            set_={"promises": self.counts.c.promises + counted.excluded.promises},
        )
        self.now = select(table).where(table.c.until_position.is_(None))
        self.listed = self.now.where(table.c.listed == YES)
        self.open_now = self.listed.where(table.c.state == OPEN, table.c.words.is_not(None))  # of nobody erased
        self.one_promise = self.now.where(table.c.id == bindparam("promise"))
        self.several = self.now.where(table.c.id.in_(bindparam("promises", expanding=True)))
        self.end_row = (
            update(table)
            .where(table.c.id == bindparam("_id"), table.c.since_position == bindparam("_since"))
            .values(until_position=bindparam("until"))
        )
        theirs = self.now.where(table.c.candidate == bindparam("candidate"))
        self.theirs_open = theirs.where(table.c.state == OPEN).order_by(table.c.due_on, table.c.id)
        self.theirs_closed = (
            theirs.where(table.c.state != OPEN).order_by(table.c.made_position.desc()).limit(bindparam("most"))
        )
        self.our_next = self.open_now.where(
            table.c.candidate.in_(bindparam("candidates", expanding=True)), table.c.party == Party.US.value
        ).order_by(table.c.candidate, table.c.due_on, table.c.id)
        self.all_that_happened = (
            select(self.history_of)
            .where(self.history_of.c.promise == bindparam("promise"))
            .order_by(self.history_of.c.position)
        )
        ids: Any = bindparam("ids", expanding=True)
        self.their_followers = self.open_now.where(table.c.waits_for.in_(ids))
        self.said_before = (
            select(table.c.expected_on, table.c.dated_position, table.c.stood, table.c.stood_on)
            .where(table.c.id == bindparam("promise"), table.c.due_on == bindparam("due_on"))
            .order_by(table.c.since_position.desc())
            .limit(1)
        )
        self._questions(table)
        self._chains(table)

    def _chains(self, table: Table) -> None:
        """What is asked about promises that wait for others, and about those of a job."""
        second, first, most = table.c, table.alias("first").c, bindparam("most", type_=Integer)
        today = bindparam("today", type_=Date)
        moved = and_(first.state == OPEN, first.due_on > second.expected_on, first.due_on >= second.due_on)
        overdue = and_(first.state == OPEN, first.due_on < today, first.due_on >= second.expected_on)
        broken = and_(first.state == State.BROKEN.value, first.since_position > second.dated_position)
        how = case((overdue, Slip.OVERDUE.value), (moved, Slip.MOVED.value), (broken, Slip.BROKEN.value))
        stands = and_(second.stood.is_not(None), second.stood == how, second.stood_on == first.due_on)
        self.chains = (
            self.open_now.add_columns(how.label("slip"), first.due_on.label("first_due_on"))
            .where(
                second.chained == YES,
                second.waits_for.is_not(None),
                first.id == second.waits_for,
                first.until_position.is_(None),
                first.listed == YES,
                first.words.is_not(None),
                how.is_not(None),
                not_(stands),
            )
            .order_by(second.due_on, second.id)
            .limit(most)
        )
        self.chain_filters = {"keeper": self.filters["keeper"], "promise": second.id == bindparam("promise")}
        self.about_jobs = self.open_now.where(second.job.in_(bindparam("jobs", expanding=True))).limit(most)
        self.owed_about = self.open_now.where(
            second.candidate.in_(bindparam("candidates", expanding=True)), second.party == Party.CONTACT.value
        ).limit(most)
        ours = self.open_now.with_only_columns(text("1")).where(self.filters["keeper"], second.ours == YES)
        that_day = ours.where(second.due_on == bindparam("day", type_=Date))
        capped = (ours, that_day, ours.where(second.due_on < today))
        held, *parts = (each.limit(most).subquery(f"capped_{n}") for n, each in enumerate(capped))
        counts = (select(func.count()).select_from(part).scalar_subquery() for part in parts)
        labelled = (count.label(name) for count, name in zip(counts, ("that_day", "overdue"), strict=True))
        self.held = select(func.count().label("open"), *labelled).select_from(held)

    def _questions(self, table: Table) -> None:
        """What is asked with filters, in the words of the partial indexes."""
        promise, counts, most = table.c, self.counts.c, bindparam("most", type_=Integer)
        last_shown = tuple_(bindparam("after_due", type_=Date), bindparam("after_id", type_=Uuid))
        self.filters = {
            "status": promise.state == bindparam("status"),
            "keeper": promise.keeper == bindparam("keeper"),
            "candidate": promise.candidate == bindparam("candidate"),
            "ours": promise.ours == YES,
            "theirs": promise.ours == NO,
            "party": promise.party == bindparam("party"),
            "since": promise.made_on >= bindparam("since"),
            "until": promise.made_on <= bindparam("until"),
            "first": promise.made_position >= bindparam("first"),
            "last": promise.made_position <= bindparam("last"),
            "before": promise.made_position < bindparam("before"),
            "due_from": promise.due_on >= bindparam("due_from"),
            "due_to": promise.due_on <= bindparam("due_to"),
            "after_due": tuple_(promise.due_on, promise.id) > last_shown,
            "awake": or_(promise.snoozed_until.is_(None), promise.snoozed_until <= bindparam("awake")),
        }
        self.count_filters = {
            "ever": counts.day == EVER,
            "since": counts.day >= bindparam("since"),
            "until": and_(counts.day > EVER, counts.day <= bindparam("until")),
            "keeper": counts.keeper == bindparam("keeper"),
            "theirs": counts.party != Party.US.value,
            "ours": counts.party == Party.US.value,
            "party": counts.party == bindparam("party"),
        }
        self.newest = self.listed.order_by(promise.made_position.desc()).limit(most)
        self.by_due = self.listed.order_by(promise.due_on, promise.id).limit(most)
        self.open_by_due = self.open_now.order_by(promise.due_on, promise.id).limit(most)
        self.how_many_open = self.open_now.with_only_columns(func.count()).where(self.filters["keeper"])
        self.bell = self.open_now.with_only_columns(func.count()).where(promise.fell_due == YES)
        self.falling = (
            self.open_now.where(promise.fell_due == NO, promise.due_on <= bindparam("latest"))
            .order_by(promise.due_on)
            .limit(most)
        )
        made, moment = self.listed.with_only_columns(promise.made_position).limit(1), bindparam("moment", type_=Instant)
        self.made_since = made.where(promise.made_at >= moment).order_by(promise.made_at)
        self.made_before = made.where(promise.made_at < moment).order_by(promise.made_at.desc())
        how_many = func.count().label("promises")
        self.states_of_one = self.listed.with_only_columns(promise.state, how_many).group_by(promise.state)
        in_all = func.sum(counts.promises).label("promises")
        self.states = select(counts.state, in_all).group_by(counts.state)

    def _indexes(self, table: Table) -> None:
        promise = table.c
        now, listed = text("until_position IS NULL"), "until_position IS NULL AND listed = 1"
        open_now = f"{listed} AND state = 'open'"
        newest = (promise.made_position, promise.ours)
        by_due = (promise.due_on, promise.id, promise.ours, promise.made_on)
        for name, of in (("", ()), ("_of", (promise.keeper,))):
            for state, also in (("", ()), ("_by_state", (promise.state,))):
                Index(self.named(f"newest{name}{state}"), *of, *also, *newest, sqlite_where=text(listed))
                Index(self.named(f"due{name}{state}"), *of, *also, *by_due, sqlite_where=text(listed))
        theirs, whose = text(f"{listed} AND ours = 0"), (promise.party, promise.keeper, promise.state)
        Index(self.named("theirs"), promise.ours, promise.made_position, *whose, sqlite_where=theirs)
        Index(self.named("theirs_by_due"), promise.ours, *by_due[:2], *whose, promise.made_on, sqlite_where=theirs)
        Index(self.named("made"), promise.made_at, promise.made_position, sqlite_where=text(listed))
        Index(self.named("promise_now"), promise.id, sqlite_where=now)
        Index(self.named("of_candidate"), promise.candidate, promise.made_position)
        Index(self.named("of_candidate_by_due"), promise.candidate, *by_due[:2], sqlite_where=now)
        Index(
            self.named("of_candidate_open"),
            promise.candidate,
            promise.state,
            *by_due[:2],
            sqlite_where=text("until_position IS NULL AND state = 'open'"),
        )
        Index(self.named("fell_due"), promise.state, promise.fell_due, promise.due_on, sqlite_where=text(open_now))
        Index(
            self.named("bell"),
            promise.keeper,
            promise.state,
            promise.fell_due,
            sqlite_where=text(f"{open_now} AND fell_due = 1"),
        )
        Index(
            self.named("shown_by"),
            promise.evidence,
            sqlite_where=text("until_position IS NULL AND evidence IS NOT NULL"),
        )
        chained = text(f"{open_now} AND waits_for IS NOT NULL")
        Index(self.named("chained"), promise.chained, promise.state, *by_due[:2], sqlite_where=chained)
        Index(
            self.named("chained_of"), promise.chained, promise.keeper, promise.state, *by_due[:2], sqlite_where=chained
        )
        Index(self.named("follows"), promise.state, promise.waits_for, sqlite_where=chained)
        Index(self.named("of_job"), promise.state, promise.job, sqlite_where=text(f"{open_now} AND job IS NOT NULL"))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Promise.PromiseMade() as fact:
                self._begin(connection, entry, fact)
                said = {"words": fact.words, "due_phrase": fact.due_phrase}
                self._tell(connection, entry, "made", keeper=fact.keeper, **said, **due_said(fact))
            case Promise.PromiseRenegotiated() as fact:
                self._change(connection, entry, why=fact.why, moved=1, told=fact.told, **due_said(fact))
                said = {"why": fact.why, "due_phrase": fact.due_phrase}
                self._tell(connection, entry, "renegotiated", **said, **due_said(fact))
            case Promise.NewDateTold() as fact:
                self._change(connection, entry, told=True)
                self._tell(connection, entry, "new date told", channel=fact.how, touchpoint=fact.touchpoint)
            case Promise.DateStood() as fact:
                stood: dict[str, Any] = {"stood": fact.slip, "stood_on": fact.due_on, "dated_position": entry.position}
                self._change(connection, entry, **stood)
                self._tell(connection, entry, "date stood", kind=fact.slip)
            case Promise.PromiseReassigned() as fact:
                self._change(connection, entry, keeper=fact.keeper)
                self._tell(connection, entry, "reassigned", keeper=fact.keeper)
            case Promise.PromiseCorrected() as fact:
                self._change(connection, entry, corrected=1, words=fact.words, why=fact.why)
                self._tell(connection, entry, "corrected", words=fact.words, why=fact.why)
            case Promise.PromiseKept() as fact:
                self._close(connection, entry, State.KEPT, evidence=fact.evidence)
                self._tell(connection, entry, State.KEPT.value, touchpoint=fact.evidence)
            case Promise.EvidenceGiven() as fact:
                self._change(connection, entry, evidence=fact.touchpoint)
                self._tell(connection, entry, "evidence", touchpoint=fact.touchpoint)
            case Promise.PromiseConfirmed() as fact:
                self._change(connection, entry, confirmed_at=fact.timestamp)
                self._tell(connection, entry, "confirmed", touchpoint=fact.touchpoint)
            case Promise.PromiseBroken() as fact:
                self._close(connection, entry, State.BROKEN, cause=fact.cause)
                self._tell(connection, entry, State.BROKEN.value, cause=fact.cause)
            case Promise.PromiseReleased() as fact:
                self._close(connection, entry, State.RELEASED, why=fact.why)
                self._tell(connection, entry, State.RELEASED.value, why=fact.why)
            case Promise.PromiseOvertaken() as fact:
                self._close(connection, entry, State.OVERTAKEN, cause=fact.cause, why=fact.why)
                self._tell(connection, entry, State.OVERTAKEN.value, cause=fact.cause, why=fact.why)
            case Promise.PromiseWithdrawn() as fact:
                self._close(connection, entry, State.WITHDRAWN, why=fact.why)
                self._tell(connection, entry, State.WITHDRAWN.value, why=fact.why)
            case Promise.PromiseReopened() as fact:
                self._change(connection, entry, State.OPEN, moved=-1, why=fact.why, **NOT_CLOSED, **due_said(fact))
                self._tell(connection, entry, "reopened", why=fact.why, **due_said(fact))
            case Promise.WordsRedacted() as fact:
                self._change(connection, entry)
                self._tell(connection, entry, "redacted")
                self._forget(connection, self.promises.c.id, self.history_of.c.promise, fact.originator_id)
            case Promise.PromiseFellDue() as fact:
                before = self._change(connection, entry, fell_due=True)
                self._tell(connection, entry, FELL_DUE, **due_said(fact))
                self.remind(connection, entry, before.snoozed_until)
            case Promise.ReminderSent() as fact:
                self._tell(connection, entry, "reminder sent", channel=fact.channel, kind=fact.kind)
                self.sent(connection, entry, fact)
            case Promise.ReminderFailed() as fact:
                self._tell(connection, entry, "reminder failed", channel=fact.channel, kind=fact.kind)
                self.failed(connection, entry, fact)
            case Promise.ReminderSnoozed() as fact:
                self._tell(connection, entry, "snoozed", until=fact.until)
                self.snoozed(connection, entry, fact)
            case Touchpoint.TouchpointRetracted() | Touchpoint.MovedAway() as fact:
                self._no_longer_shown(connection, fact.originator_id)
            case Candidate.CandidateWithdrawn() as fact:
                self._unlist(connection, fact.originator_id)
            case Candidate.CandidateErased() as fact:
                self._forget(connection, self.promises.c.candidate, self.history_of.c.candidate, fact.originator_id)

    def _begin(self, connection: Connection, entry: Entry, fact: Promise.PromiseMade) -> None:
        row = {
            "id": fact.originator_id,
            "since_position": entry.position,
            "listed": True,
            "candidate": fact.candidate,
            "touchpoint": fact.touchpoint,
            "words": fact.words,
            "corrected": 0,
            "keeper": fact.keeper,
            "party": fact.made_by,
            "waits": fact.made_to,
            "contact": fact.contact,
            "made_by": fact.by,
            "made_at": fact.timestamp,
            "made_on": fact.timestamp.astimezone(ZoneInfo(fact.due_zone)).date(),
            "made_position": entry.position,
            "state": State.OPEN.value,
            "changed": fact.originator_version,
            "moved": 0,
            "fell_due": False,
            "job": fact.job,
            "waits_for": fact.waits_for,
            "expected_on": self._expected(connection, fact.waits_for, fact),
            "dated_position": entry.position,
            **due_said(fact),
        }
        self.add(connection, self.promises, row)
        connection.execute(self.add_up, _counts(row, 1))

    def _close(self, connection: Connection, entry: Entry, state: State, **details: Any) -> None:
        fact = entry.fact
        self._change(connection, entry, state, closed_at=fact.timestamp, closed_by=fact.by, **details)

    def _change(
        self,
        connection: Connection,
        entry: Entry,
        state: State | None = None,
        moved: int = 0,
        corrected: int = 0,
        **changes: Any,
    ) -> Row[Any]:
        """End the row that holds now, and begin another from this position on; answers the one that ended."""
        fact = entry.fact
        row = connection.execute(self.one_promise, {"promise": fact.originator_id}).one()
        ended = {"_id": row.id, "_since": row.since_position, "until": entry.position}
        connection.execute(self.end_row, ended)
        if fact.by is not None and fact.change:
            changes = {"cause": None, "why": None, "changed": fact.originator_version, **changes}
        if state is not None:
            changes["state"] = state.value
        if "due_on" in changes:
            changes |= {"fell_due": self._fell_due(connection, fact), "snoozed_until": None}
            changes |= self._dated(connection, entry, row)
        renewed = {
            **row._mapping,
            "since_position": entry.position,
            "moved": row.moved + (moved if row.state == State.OPEN else 0),  # a new date, or one taken back
            "corrected": row.corrected + corrected,
            **changes,
        }
        del renewed["grade"], renewed["ours"], renewed["chained"]
        self.add(connection, self.promises, renewed)
        if row.listed and (renewed["keeper"], renewed["state"]) != (row.keeper, row.state):
            connection.execute(self.add_up, [*_counts(row._mapping, -1), *_counts(renewed, 1)])
        if "due_on" in changes:
            self.end_reminders(connection, row.id, SNOOZED)
        if state is not None or "due_on" in changes:
            connection.execute(self.reckon_reminders, {"promise": row.id})
        return row

    def _fell_due(self, connection: Connection, fact: Any) -> bool:
        """Whether the promise fell due before for this very due."""
        table = self.history_of.c
        question = select(table.position).where(table.promise == fact.originator_id, table.what == FELL_DUE)
        return connection.execute(question.where(*same_due(table, fact)).limit(1)).first() is not None

    def _dated(self, connection: Connection, entry: Entry, row: Row[Any]) -> dict[str, Any]:
        """What a due that was just said means for a chain; one that was taken back, as it was before."""
        fact: Any = entry.fact
        if isinstance(fact, Promise.PromiseReopened):
            if (fact.due_on, fact.due_at) == (row.due_on, row.due_at):
                return {}
            before = connection.execute(self.said_before, {"promise": row.id, "due_on": fact.due_on}).first()
            return {"told": None, **(before._mapping if before else {})}
        if row.waits_for is None:
            return {}
        return {
            "expected_on": self._expected(connection, row.waits_for, fact),
            "dated_position": entry.position,
            "stood": None,
            "stood_on": None,
        }

    def _expected(self, connection: Connection, first: UUID | None, fact: Any) -> date | None:
        """The day on which the other promise was expected when this was said: its due, or that day where it was late.
        None where there is none, or it was closed."""
        row = connection.execute(self.one_promise, {"promise": first}).first() if first else None
        if row is None or row.state != State.OPEN:
            return None
        due: date = row.due_on
        said_on: date = fact.timestamp.astimezone(ZoneInfo(fact.due_zone)).date()
        return max(due, said_on)

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

    def _no_longer_shown(self, connection: Connection, touchpoint: UUID) -> None:
        """What was taken back shows nothing."""
        table = self.promises.c
        shown = and_(table.until_position.is_(None), table.evidence == touchpoint)
        connection.execute(update(self.promises).where(shown).values(evidence=None, confirmed_at=None))

    def _unlist(self, connection: Connection, candidate: UUID) -> None:
        """Promises to somebody entered by mistake count nowhere."""
        table = self.promises.c
        rows = connection.execute(self.listed.where(table.candidate == candidate)).all()
        connection.execute(update(self.promises).where(table.candidate == candidate).values(listed=False))
        for row in rows:
            connection.execute(self.add_up, _counts(row._mapping, -1))
            connection.execute(self.reckon_reminders, {"promise": row.id})

    def _forget(self, connection: Connection, promise: Any, step: Any, id: UUID) -> None:
        connection.execute(update(self.promises).where(promise == id).values(words=None, why=None))
        nothing = {"words": None, "why": None, "due_phrase": None}
        connection.execute(update(self.history_of).where(step == id).values(**nothing))

    # Questions

    def promise(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_promise, promise=id)

    def these(self, ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """Several promises as they stand, by their ids."""
        return {row.id: row for row in self.all(self.several, promises=list(ids))} if ids else {}

    def of(self, candidate: UUID, closed: int = 50) -> Sequence[Row[Any]]:
        """A candidate's promises: those open by due, then the newest of those closed."""
        open_now = self.all(self.theirs_open, candidate=candidate)
        return [*open_now, *(self.all(self.theirs_closed, candidate=candidate, most=closed) if closed else ())]

    def next_of(self, candidates: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """What we promised each of these candidates next, of those to whom we promised anything."""
        found: dict[UUID, Row[Any]] = {}
        for row in self.all(self.our_next, candidates=list(candidates)) if candidates else ():
            found.setdefault(row.candidate, row)
        return found

    def history(self, id: UUID) -> Sequence[Row[Any]]:
        """All that happened to a promise, oldest first."""
        return self.all(self.all_that_happened, promise=id)

    def ledger(
        self,
        status: str | None = None,
        keeper: UUID | None = None,
        candidate: UUID | None = None,
        after: int | tuple[date, UUID] | None = None,
        limit: int = 50,
        party: str | None = None,
        since: date | None = None,
        until: date | None = None,
        sort: str = NEWEST,
    ) -> Sequence[Row[Any]]:
        """The promises made, from one day to another (both included), the newest first or the earliest due first.

        `party` made them: us, candidate, contact, or them, which is not us.
        `after` is the `made_position` of the last row shown, or its (due_on, id) where they stand by due.
        """
        asked = {
            "status": status,
            "keeper": keeper,
            "candidate": candidate,
            "since": since,
            "until": until,
            **_by(party),
        }
        if sort == BY_DUE:
            asked |= {"due_to": until and _shifted(until, LATEST)}
            if isinstance(after, tuple):
                asked |= {"after_due": after[0], "after_id": after[1]}
            elif since:
                asked |= {"due_from": _shifted(since, -EARLIEST)}
        else:
            asked |= {"first": since and self._first_made(since), "last": until and self._last_made(until)}
            asked |= {"before": after}
        question = self.those(sort, self.newest if sort == NEWEST else self.by_due, self.filters, asked)
        return self.all(question, most=limit, **asked)

    def _first_made(self, day: date) -> int:
        """A position, which every index of the newest knows; a day earlier, since days begin by zones."""
        row = self.one(self.made_since, moment=_midnight(_shifted(day, -timedelta(days=1))))
        return row[0] if row else 2**62

    def _last_made(self, day: date) -> int:
        row = self.one(self.made_before, moment=_midnight(_shifted(day, timedelta(days=2))))
        return row[0] if row else 0

    def tally(
        self,
        keeper: UUID | None = None,
        candidate: UUID | None = None,
        party: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> dict[str, int]:
        """How many promises are in which state: of a keeper, of a candidate, of a period, or of all."""
        asked = {"keeper": keeper, "candidate": candidate, "since": since, "until": until, **_by(party)}
        if candidate is not None:
            question = self.those("tally of one", self.states_of_one, self.filters, asked)
        else:
            asked["ever"] = True if since is None and until is None else None
            question = self.those("tally", self.states, self.count_filters, asked)
        return {row.state: row.promises for row in self.all(question, **asked) if row.promises}

    def agenda(self, today: date, keeper: UUID | None = None, limit: int = 200) -> Sequence[Row[Any]]:
        """Open promises due before a week from today, ours and theirs, the earliest first."""
        return self._open(keeper=keeper, due_to=today + COMING_UP, most=limit)

    def overdue_of(self, keeper: UUID, today: date, limit: int = 200) -> Sequence[Row[Any]]:
        """This keeper's open promises that were due before today, the earliest first."""
        return self._open(keeper=keeper, due_to=today - timedelta(days=1), most=limit)

    def open_of(self, keeper: UUID, after: tuple[date, UUID] | None = None, limit: int = 50) -> Sequence[Row[Any]]:
        """Everything that this keeper has to see to, by due, after the row whose (due_on, id) this is."""
        due, id = after or (None, None)
        return self._open(keeper=keeper, after_due=due, after_id=id, most=limit)

    def followers(self, ids: Collection[UUID]) -> dict[UUID, list[Row[Any]]]:
        """The open promises that wait for each of these, of those for which any waits, the earliest due first."""
        found: dict[UUID, list[Row[Any]]] = {}
        rows = self.all(self.their_followers, ids=list(ids)) if ids else ()
        for row in sorted(rows, key=_by_due):
            found.setdefault(row.waits_for, []).append(row)
        return found

    def slipped(
        self, today: date, keeper: UUID | None = None, promise: UUID | None = None, limit: int = 50
    ) -> Sequence[Row[Any]]:
        """Open promises whose date stands although the one they wait for slipped since, the earliest due first.

        `slip` says how: it was moved to their due or beyond, fell overdue, or was broken; `first_due_on` is its due.
        """
        asked = {"keeper": keeper, "promise": promise}
        return self.all(self.those("chains", self.chains, self.chain_filters, asked), today=today, most=limit, **asked)

    def about(self, jobs: Collection[UUID], limit: int = 500) -> Sequence[Row[Any]]:
        """The open promises about these jobs, ours and theirs, the earliest due first."""
        rows = self.all(self.about_jobs, jobs=list(jobs), most=limit) if jobs else ()
        return sorted(rows, key=_by_due)

    def owed_by_contacts(self, candidates: Collection[UUID], limit: int = 500) -> Sequence[Row[Any]]:
        """What people at clients owe us about these candidates, the earliest due first."""
        rows = self.all(self.owed_about, candidates=list(candidates), most=limit) if candidates else ()
        return sorted(rows, key=_by_due)

    def held_by(self, keeper: UUID, day: date, today: date, at_most: int = 100) -> Row[Any] | None:
        """How many of our promises a colleague holds open, how many are due on that day, and how many are overdue;
        none of them counted beyond `at_most`."""
        return self.one(self.held, keeper=keeper, day=day, today=today, most=at_most)

    def _open(self, **asked: Any) -> Sequence[Row[Any]]:
        return self.all(self.those("open", self.open_by_due, self.filters, asked), **asked)

    def open_count(self, keeper: UUID) -> int:
        """How many that is."""
        row = self.one(self.how_many_open, keeper=keeper)
        return int(row[0]) if row else 0

    def fallen_due(self, keeper: UUID, now: datetime | None = None) -> int:
        """How many promises of this keeper fell due, are still open and not snoozed `now`: the bell."""
        asked = {"keeper": keeper, "awake": now}
        row = self.one(self.those("bell", self.bell, self.filters, asked), **asked)
        return int(row[0]) if row else 0

    def falling_due(self, now: datetime, limit: int = 500) -> list[Row[Any]]:
        """Open promises whose due has come and has not been noted yet, the earliest first."""
        rows = self.all(self.falling, latest=(now + timedelta(days=1)).date(), most=4 * limit)
        return [row for row in rows if due_of(row).falls_due_at() <= now][:limit]


NOT_CLOSED: dict[str, Any] = {"closed_at": None, "closed_by": None, "evidence": None, "confirmed_at": None}


def _by_due(row: Any) -> tuple[date, UUID]:
    """The order of few rows: asked for in it, an index of dues would lead through every open promise."""
    return row.due_on, row.id


def _counts(row: Any, more: int) -> list[dict[str, Any]]:
    """What a promise adds to all days and to the day it was made on."""
    count = {name: row[name] for name in ("keeper", "party", "state")}
    return [{**count, "day": day, "promises": more} for day in (EVER, row["made_on"])]


def _by(party: str | None) -> dict[str, Any]:
    """Who promised, as the filters name it."""
    if party is None:
        return {}
    if party == Party.US:
        return {"ours": True}
    return {"theirs": True, "party": None if party == THEM else party}


def _shifted(day: date, by: timedelta) -> date:
    """So many days earlier or later, as far as there are days."""
    return date.fromordinal(min(max(day.toordinal() + by.days, date.min.toordinal()), date.max.toordinal()))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
