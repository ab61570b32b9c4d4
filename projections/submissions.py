"""Who is put forward for which job: the boards, and what happened to each submission."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)

from domain.candidate import Candidate
from domain.log import Entry
from domain.promise import Promise
from domain.stages import Stage
from domain.submission import Kind, Submission, knows
from projections.projection import Projection
from projections.sqlite import Instant, Position

WORDS = ("agreed_words",)
OPEN = "ended_at IS NULL AND listed = 1"
NOT_ENDED = dict.fromkeys(("ended_at", "ended_by", "cause", "no_call"))


class Submissions(Projection):
    """One row a submission, one row for each step of it, and which client must never hear of whom.

    Those of somebody who was erased or taken back are not `listed`.
    """

    name = "submissions"
    version = 2

    def tables(self) -> None:
        table = self.submissions = Table(
            self.named("submissions"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("position", Position, nullable=False),
            Column("listed", Boolean, nullable=False),
            Column("candidate", Uuid, nullable=False),
            Column("job", Uuid, nullable=False),
            Column("client", Uuid, nullable=False),
            Column("stage", String, nullable=False),
            Column("meets_on", Date),
            Column("begun_by", Uuid),
            Column("begun_at", Instant, nullable=False),
            Column("agreed_at", Instant),
            Column("agreed_channel", String),
            Column("agreed_until", Date),
            Column("agreed_words", String),
            Column("agreed_by", Uuid),
            Column("submitted_at", Instant),
            Column("submitted_by", Uuid),
            Column("moved_at", Instant, nullable=False),
            Column("moved_by", Uuid),
            Column("told", Boolean, nullable=False),
            Column("told_at", Instant),
            Column("told_how", String),
            Column("answer", Uuid),
            Column("call", Uuid),
            Column("ended_at", Instant),
            Column("ended_by", Uuid),
            Column("cause", String),
            Column("no_call", String),
            Column("changed", BigInteger, nullable=False),
        )
        steps = self.steps_table = Table(
            self.named("steps"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("submission", Uuid, nullable=False, index=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("what", String, nullable=False),
            Column("by", Uuid),
            Column("at", Instant, nullable=False),
            Column("stage", String),
            Column("meets_on", Date),
            Column("channel", String),
            Column("until", Date),
            Column("words", String),
            Column("cause", String),
            Column("kind", String),
            Column("subject", Uuid),
        )
        never = self.never_told = Table(
            self.named("never_told"),
            self.metadata,
            Column("candidate", Uuid, primary_key=True),
            Column("client", Uuid, primary_key=True),
        )
        open_now = text(OPEN)
        Index(self.named("on_board"), table.c.job, table.c.listed, table.c.position)
        Index(self.named("at_stage"), table.c.job, table.c.stage, sqlite_where=open_now)
        Index(self.named("of_candidate"), table.c.candidate, table.c.position)
        Index(self.named("known_to"), table.c.client, table.c.candidate, table.c.submitted_at)
        for promise in ("answer", "call"):
            Index(self.named(promise), table.c[promise], sqlite_where=text(f"{promise} IS NOT NULL"))
        Index(self.named("stands_at"), table.c.stage, sqlite_where=open_now)
        Index(self.named("live_of"), table.c.candidate, table.c.stage, sqlite_where=open_now)
        self.one_submission = select(table).where(table.c.id == bindparam("submission"))
        self.several = select(table).where(table.c.id.in_(bindparam("submissions", expanding=True)))
        self.board_of = (
            select(table)
            .where(table.c.job == bindparam("job"), table.c.listed == text("1"))
            .order_by(table.c.position)
            .limit(bindparam("most", type_=Integer))
        )
        jobs: Any = bindparam("jobs", expanding=True)
        people: Any = bindparam("candidates", expanding=True)
        self.how_many = (
            select(table.c.job, table.c.stage, func.count().label("people"))
            .where(open_now, table.c.job.in_(jobs))
            .group_by(table.c.job, table.c.stage)
        )
        self.theirs = (
            select(table)
            .where(table.c.candidate == bindparam("candidate"))
            .order_by(table.c.position.desc())
            .limit(bindparam("most", type_=Integer))
        )
        self.stands_at = select(table.c.id).where(open_now, table.c.stage == bindparam("stage")).limit(1)
        self.live_of = select(table).where(open_now, table.c.candidate.in_(people))
        introduction = (table.c.candidate, table.c.id, table.c.submitted_at, table.c.submitted_by)
        self.introductions = select(*introduction).where(
            table.c.client == bindparam("client"), table.c.candidate.in_(people), table.c.submitted_at.is_not(None)
        )
        self.all_that_happened = (
            select(steps).where(steps.c.submission == bindparam("submission")).order_by(steps.c.position)
        )
        self.never = select(never).where(never.c.candidate.in_(people))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Submission.CandidateShortlisted() as fact:
                self._begin(connection, entry, fact)
                self._step(connection, entry, "shortlisted")
            case Submission.AgreedToBeSubmitted() as fact:
                said = {"agreed_channel": fact.channel, "agreed_until": fact.until, "agreed_words": fact.words}
                self._change(connection, fact, agreed_at=fact.agreed_at, agreed_by=fact.by, **said)
                self._step(connection, entry, "agreed", channel=fact.channel, until=fact.until, words=fact.words)
            case Submission.CandidateSubmitted() as fact:
                self._move(connection, fact, Stage.SENT, submitted_at=fact.timestamp, submitted_by=fact.by)
                self._step(connection, entry, "submitted", words=", ".join(fact.overrode or ()) or None)
            case Submission.StageReached() as fact:
                self._move(connection, fact, fact.stage, meets_on=fact.meets_on)
                self._step(connection, entry, "reached", stage=fact.stage, meets_on=fact.meets_on)
            case Submission.PromiseStood() as fact:
                if fact.kind in (Kind.ANSWER, Kind.CALL):
                    self._change(connection, fact, **{fact.kind: fact.promise})
                self._step(connection, entry, "promised", kind=fact.kind, subject=fact.promise)
            case Submission.CandidateInformed() as fact:
                how = {"told_at": fact.timestamp, "told_how": fact.how, "answer": None, "call": None}
                self._change(connection, fact, told=True, **how)
                self._step(connection, entry, "informed", channel=fact.how, subject=fact.touchpoint)
            case Submission.SubmissionEnded() as fact:
                self._end(connection, fact)
                self._step(connection, entry, "ended", stage=fact.stage, cause=fact.cause, kind=fact.no_call)
            case Submission.SubmissionReopened() as fact:
                self._change(connection, fact, told=True, **NOT_ENDED)
                self._step(connection, entry, "reopened", stage=fact.stage)
            case Promise.PromiseKept() as fact:
                self._promised(connection, fact, told=True, told_at=fact.timestamp, told_how=None)
            case Promise.PromiseReopened() as fact:
                self._promised(connection, fact, told=False, told_at=None, told_how=None)
            case Candidate.NeverTellNoted() as fact if fact.client is not None:
                self.add(connection, self.never_told, {"candidate": fact.originator_id, "client": fact.client})
            case Candidate.NeverTellWithdrawn() as fact if fact.client is not None:
                never = self.never_told.c
                whom = (never.candidate == fact.originator_id, never.client == fact.client)
                connection.execute(delete(self.never_told).where(*whom))
            case Candidate.CandidateErased() | Candidate.CandidateWithdrawn() as fact:
                self._leave(connection, fact.originator_id, forget=isinstance(fact, Candidate.CandidateErased))

    def _begin(self, connection: Connection, entry: Entry, fact: Submission.CandidateShortlisted) -> None:
        row = {
            "id": fact.originator_id,
            "position": entry.position,
            "listed": True,
            "candidate": fact.candidate,
            "job": fact.job,
            "client": fact.client,
            "stage": Stage.SHORTLISTED.value,
            "begun_by": fact.by,
            "begun_at": fact.timestamp,
            "moved_by": fact.by,
            "moved_at": fact.timestamp,
            "told": True,
            "changed": fact.originator_version,
        }
        self.add(connection, self.submissions, row)

    def _move(self, connection: Connection, fact: Any, stage: str, **changes: Any) -> None:
        moved = {"stage": str(stage), "moved_at": fact.timestamp, "moved_by": fact.by, "told": False}
        self._change(connection, fact, **moved, **changes)

    def _end(self, connection: Connection, fact: Submission.SubmissionEnded) -> None:
        told = knows(fact.cause, fact.no_call)
        ended = {"ended_at": fact.timestamp, "ended_by": fact.by, "cause": fact.cause, "no_call": fact.no_call}
        self._change(connection, fact, told=told, **ended, **(dict.fromkeys(("answer", "call")) if told else {}))

    def _promised(self, connection: Connection, fact: Any, **changes: Any) -> None:
        """They were told, or not after all, by what became of a promise to tell them."""
        for promise in (self.submissions.c.answer, self.submissions.c.call):
            connection.execute(update(self.submissions).where(promise == fact.originator_id).values(changes))

    def _change(self, connection: Connection, fact: Any, **changes: Any) -> None:
        if fact.change:
            changes["changed"] = fact.originator_version
        ours = self.submissions.c.id == fact.originator_id
        connection.execute(update(self.submissions).where(ours).values(changes))

    def _step(self, connection: Connection, entry: Entry, what: str, **details: Any) -> None:
        fact: Any = entry.fact
        row = {"submission": fact.originator_id, "candidate": fact.person, "by": fact.by, "at": fact.timestamp}
        self.add(connection, self.steps_table, {"position": entry.position, "what": what, **row, **details})

    def _leave(self, connection: Connection, candidate: UUID, forget: bool) -> None:
        """Off every board; of somebody erased no word stays."""
        theirs, words = self.submissions.c.candidate == candidate, dict.fromkeys(WORDS) if forget else {}
        connection.execute(update(self.submissions).where(theirs).values(listed=False, **words))
        connection.execute(delete(self.never_told).where(self.never_told.c.candidate == candidate))
        if forget:
            steps = self.steps_table
            connection.execute(update(steps).where(steps.c.candidate == candidate).values(words=None))

    # Questions

    def submission(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_submission, submission=id)

    def these(self, ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """Those of these submissions that there are, by id."""
        return {row.id: row for row in self.all(self.several, submissions=list(ids))} if ids else {}

    def steps(self, submission: UUID) -> Sequence[Row[Any]]:
        """All that happened to it, in order."""
        return self.all(self.all_that_happened, submission=submission)

    def board(self, job: UUID, limit: int = 500) -> Sequence[Row[Any]]:
        """Everybody on the board of a job, ended or not, in the order they came."""
        return self.all(self.board_of, job=job, most=limit)

    def counts(self, jobs: Collection[UUID]) -> dict[UUID, dict[str, int]]:
        """How many stand at each stage of each of these jobs, without those that have ended."""
        found: dict[UUID, dict[str, int]] = {job: {} for job in jobs}
        for row in self.all(self.how_many, jobs=list(jobs)) if jobs else ():
            found[row.job][row.stage] = row.people
        return found

    def anybody_at(self, stage: str) -> bool:
        """Whether somebody stands at this stage of some job."""
        return self.one(self.stands_at, stage=stage) is not None

    def of(self, candidate: UUID, limit: int = 100) -> Sequence[Row[Any]]:
        """A candidate's submissions, the newest first."""
        return self.all(self.theirs, candidate=candidate, most=limit)

    def live(self, candidates: Collection[UUID]) -> Sequence[Row[Any]]:
        """The submissions of these candidates that have not ended, in no order."""
        return self.all(self.live_of, candidates=list(candidates)) if candidates else []

    def introduced(self, client: UUID, candidates: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """The submission by which a client first heard of each of these candidates, as far as it has."""
        rows = self.all(self.introductions, client=client, candidates=list(candidates)) if candidates else []
        return {row.candidate: row for row in sorted(rows, key=lambda row: row.submitted_at, reverse=True)}

    def never_tell(self, candidates: Collection[UUID]) -> dict[UUID, set[UUID]]:
        """Which clients must never hear of each of these candidates."""
        found: dict[UUID, set[UUID]] = {candidate: set() for candidate in candidates}
        for row in self.all(self.never, candidates=list(candidates)) if candidates else ():
            found[row.candidate].add(row.client)
        return found
