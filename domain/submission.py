"""A submission: one candidate put forward for one job, from the shortlist to the placement or the no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from eventsourcing.domain import event

from domain.process import SHIPPED_PROCESS, Process
from domain.refusal import Refused
from domain.stages import Stage
from domain.stream import Beginning, Fact, Stream
from domain.touchpoint import Channel
from domain.words import note

ON_THE_BOARD = "This person is on the board of this job already."


class Ending(StrEnum):
    """Why a submission ended."""

    CLIENT_SAID_NO = "client said no"
    CANDIDATE_SAID_NO = "candidate said no"
    JOB_GONE = "job gone"
    PLACED_ELSEWHERE = "placed elsewhere"
    OTHER = "other"


class NoCall(StrEnum):
    """Why nobody needs to be rung before a no is written."""

    KNOWS = "knows already"
    RATHER_WRITTEN = "rather written to"
    UNREACHABLE = "cannot be reached"


class Kind(StrEnum):
    """What a promise that a move makes by itself is about."""

    ANSWER = "answer"
    FEEDBACK = "feedback"
    CALL = "call"
    OTHER = "other"


def knows(cause: str, no_call: str | None) -> bool:
    """Whether somebody whose submission ended so knows it already."""
    return no_call == NoCall.KNOWS or cause == Ending.CANDIDATE_SAID_NO


@dataclass(frozen=True)
class Agreement:
    """That a candidate agreed to be sent: when, how, until when it holds, and in which words."""

    agreed_at: datetime
    channel: str
    until: date | None = None
    words: str = ""


class Submission(Stream):
    """One for each candidate and job: ended it can be taken up again, never begun twice."""

    TOPIC = "submission"

    class CandidateShortlisted(Beginning):
        TOPIC = "submission.shortlisted"
        clear = ("candidate", "job", "client")
        candidate: UUID
        job: UUID
        client: UUID

    class AgreedToBeSubmitted(Fact):
        TOPIC = "submission.agreed"
        clear = ("agreed_at", "channel", "until")
        agreed_at: datetime
        channel: str
        until: date | None
        words: str | None

    class CandidateSubmitted(Fact):
        """The client knows of them from now on; `overrode` says what an owner let pass."""

        TOPIC = "submission.submitted"
        overrode: list[str] | None

    class StageReached(Fact):
        TOPIC = "submission.stage-reached"
        clear = ("stage", "meets_on")
        stage: str
        meets_on: date | None

    class PromiseStood(Fact):
        """A promise that the agency makes at every such move was made."""

        TOPIC = "submission.promise-stood"
        clear = ("promise", "kind", "stage")
        change = False
        promise: UUID
        kind: str
        stage: str

    class CandidateInformed(Fact):
        TOPIC = "submission.informed"
        clear = ("stage", "how", "touchpoint")
        stage: str
        how: str
        touchpoint: UUID | None

    class SubmissionEnded(Fact):
        TOPIC = "submission.ended"
        clear = ("cause", "stage", "no_call")
        cause: str
        stage: str
        no_call: str | None

    class SubmissionReopened(Fact):
        TOPIC = "submission.reopened"
        clear = ("stage",)
        stage: str

    @staticmethod
    def of(candidate: UUID, job: UUID) -> UUID:
        """The id of the one submission of this candidate for this job."""
        return uuid5(job, str(candidate))

    @classmethod
    def shortlist(cls, by: UUID, candidate: UUID, job: UUID, client: UUID) -> Submission:
        return cls._create(
            cls.CandidateShortlisted,
            id=cls.of(candidate, job),
            by=by,
            person=candidate,
            candidate=candidate,
            job=job,
            client=client,
        )

    @event(CandidateShortlisted)
    def __init__(self, candidate: UUID, job: UUID, client: UUID):
        self.candidate = candidate
        self.job = job
        self.client = client
        self.stage: str = Stage.SHORTLISTED
        self.agreement: Agreement | None = None
        self.submitted = False
        self.told = True
        self.ended = False
        self.standing: dict[UUID, tuple[Kind, str]] = {}

    @property
    def person(self) -> UUID:
        return self.candidate

    def still_open(self) -> None:
        if self.ended:
            raise Refused("This submission has ended. Take it up again first.")

    def agree(self, by: UUID, agreement: Agreement, now: datetime) -> None:
        """Note that they agreed to be sent. The last that was noted counts."""
        self.still_open()
        if agreement.channel not in list(Channel) or agreement.channel == Channel.NOTE:
            raise Refused("Choose how they agreed.", "channel")
        if agreement.agreed_at > now:
            raise Refused("That has not happened yet. Please check the date.", "agreed_at")
        if agreement.until is not None and agreement.until < agreement.agreed_at.date():
            raise Refused("It holds until a day after they agreed. Please check the date.", "until")
        self._agreed(
            by=by,
            agreed_at=agreement.agreed_at.astimezone(UTC),
            channel=str(agreement.channel),
            until=agreement.until,
            words=note(agreement.words, "words"),
        )

    def move(
        self, by: UUID, stage: str, meets_on: date | None, overrode: list[str], process: Process = SHIPPED_PROCESS
    ) -> None:
        """To another stage; from the one on at which they are sent, the client knows of them."""
        self.still_open()
        if not process.offers(stage):
            raise Refused("Choose a stage from the list.", "stage")
        if stage == self.stage and meets_on is None:
            raise Refused("They stand there already.", "stage")
        if meets_on is not None and not process.stage(stage).interview:
            raise Refused("Only an interview has a day.", "meets_on")
        if process.known_to_client(stage) and not self.submitted:
            self._submitted(by=by, overrode=overrode)
        if stage != self.stage or meets_on is not None:
            self._stage_reached(by=by, stage=str(stage), meets_on=meets_on)

    def stand(self, by: UUID, promise: UUID, kind: Kind) -> None:
        """Remember a promise that was made because of this move."""
        self._promise_stood(by=by, promise=promise, kind=str(kind), stage=str(self.stage))

    def waits_for(self, kind: Kind) -> list[UUID]:
        """The promises of this kind that moves have made."""
        return [promise for promise, (its, _) in self.standing.items() if its is kind]

    def awaited(self) -> list[UUID]:
        """The promises of moves that are about where they stand."""
        return [promise for promise, (kind, _) in self.standing.items() if kind is not Kind.OTHER]

    def inform(self, by: UUID, how: str, touchpoint: UUID | None) -> list[UUID]:
        """They know where they stand. Answers the promises that are kept by that.

        Feedback on an interview is still owed while they stand at that interview.
        """
        if how not in list(Channel) or how == Channel.NOTE:
            raise Refused("Choose how they were told.", "how")
        if self.told:
            raise Refused("They know already.")
        kept = [
            promise
            for promise, (kind, stage) in self.standing.items()
            if kind is not Kind.OTHER and (kind is not Kind.FEEDBACK or self.ended or stage != self.stage)
        ]
        self._informed(by=by, stage=str(self.stage), how=str(how), touchpoint=touchpoint)
        return kept

    def end(self, by: UUID, cause: str, no_call: str | None) -> None:
        self.still_open()
        if cause not in list(Ending):
            raise Refused("Choose why it ended.", "cause")
        if no_call is not None and no_call not in list(NoCall):
            raise Refused("Choose why nobody needs to be called.", "no_call")
        self._ended(by=by, cause=str(cause), stage=str(self.stage), no_call=no_call and str(no_call))

    def reopen(self, by: UUID) -> None:
        """Take it up again where it stood."""
        if not self.ended:
            raise Refused(ON_THE_BOARD)
        self._reopened(by=by, stage=str(self.stage))

    @event(AgreedToBeSubmitted)
    def _agreed(self, by: UUID, agreed_at: datetime, channel: str, until: date | None, words: str | None) -> None:
        self.agreement = Agreement(agreed_at, channel, until, words or "")

    @event(CandidateSubmitted)
    def _submitted(self, by: UUID, overrode: list[str] | None) -> None:
        self.submitted = True
        self.stage = Stage.SENT
        self.told = False

    @event(StageReached)
    def _stage_reached(self, by: UUID, stage: str, meets_on: date | None) -> None:
        self.stage = stage
        self.told = False

    @event(PromiseStood)
    def _promise_stood(self, by: UUID, promise: UUID, kind: str, stage: str) -> None:
        self.standing[promise] = (Kind(kind), stage)

    @event(CandidateInformed)
    def _informed(self, by: UUID, stage: str, how: str, touchpoint: UUID | None) -> None:
        self.told = True
        self.standing = {
            promise: (kind, at)
            for promise, (kind, at) in self.standing.items()
            if kind is Kind.FEEDBACK and not self.ended and at == self.stage
        }

    @event(SubmissionEnded)
    def _ended(self, by: UUID, cause: str, stage: str, no_call: str | None) -> None:
        self.ended = True
        self.told = knows(cause, no_call)
        if self.told:
            self.standing = {}

    @event(SubmissionReopened)
    def _reopened(self, by: UUID, stage: str) -> None:
        self.ended = False
        self.told = True
