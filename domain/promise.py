"""A promise: what somebody undertook to do, by when, and whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.due import Due
from domain.refusal import Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import line


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Cause(StrEnum):
    """Why a promise was not kept."""

    CLIENT_SLIPPED = "client slipped"
    WE_FORGOT = "we forgot"
    UNREACHABLE = "unreachable"
    OTHER = "other"


class Party(StrEnum):
    """Who promises, and who waits."""

    US = "us"
    CANDIDATE = "candidate"
    CONTACT = "contact"


@dataclass(frozen=True)
class NewPromise:
    """What is about to be promised: the words, until when, and which recruiter keeps it."""

    words: str
    due: Due
    keeper: UUID


class Promise(Stream):
    """Open until it is kept, broken, released by the one who waits, or withdrawn as entered by mistake."""

    TOPIC = "promise"

    class PromiseMade(Beginning):
        TOPIC = "promise.made"
        clear = (
            "candidate",
            "made_by",
            "made_to",
            "contact",
            "due_on",
            "due_at",
            "due_zone",
            "keeper",
            "touchpoint",
            "waits_for",
            "job",
        )
        candidate: UUID
        made_by: str
        made_to: str
        contact: UUID | None
        words: str | None
        quote: str | None
        due_on: date
        due_at: time | None
        due_zone: str
        due_phrase: str | None
        keeper: UUID
        touchpoint: UUID | None
        waits_for: UUID | None
        job: UUID | None

    class PromiseRenegotiated(Fact):
        TOPIC = "promise.renegotiated"
        clear = ("due_on", "due_at", "due_zone", "told")
        due_on: date
        due_at: time | None
        due_zone: str
        due_phrase: str | None
        why: str | None
        told: bool | None

    class PromiseKept(Fact):
        TOPIC = "promise.kept"
        clear = ("evidence",)
        evidence: UUID | None

    class PromiseBroken(Fact):
        TOPIC = "promise.broken"
        clear = ("cause",)
        cause: str

    class PromiseReleased(Fact):
        TOPIC = "promise.released"
        why: str | None

    class PromiseReopened(Fact):
        TOPIC = "promise.reopened"
        clear = ("due_on", "due_at", "due_zone")
        due_on: date
        due_at: time | None
        due_zone: str
        why: str | None

    class PromiseWithdrawn(Fact):
        TOPIC = "promise.withdrawn"
        why: str | None

    class PromiseFellDue(Fact):
        TOPIC = "promise.fell-due"
        clear = ("due_on", "due_at", "due_zone")
        due_on: date
        due_at: time | None
        due_zone: str

    class ReminderSent(Fact):
        TOPIC = "promise.reminder-sent"
        clear = ("due_on", "due_at", "due_zone", "kind", "channel")
        due_on: date
        due_at: time | None
        due_zone: str
        kind: str
        channel: str

    class ReminderFailed(Fact):
        TOPIC = "promise.reminder-failed"
        clear = ("due_on", "due_at", "due_zone", "kind", "channel", "reason")
        due_on: date
        due_at: time | None
        due_zone: str
        kind: str
        channel: str
        reason: str

    @classmethod
    def make(
        cls, id: UUID, by: UUID, candidate: UUID, promise: NewPromise, touchpoint: UUID | None, now: datetime
    ) -> Promise:
        """A promise of ours to a candidate."""
        due = promise.due.check(now)
        return cls._create(
            cls.PromiseMade,
            id=id,
            by=by,
            person=candidate,
            candidate=candidate,
            made_by=str(Party.US),
            made_to=str(Party.CANDIDATE),
            contact=None,
            words=line(promise.words, "promise", "Say what you promised."),
            quote=None,
            due_on=due.on,
            due_at=due.at,
            due_zone=due.zone,
            due_phrase=None,
            keeper=promise.keeper,
            touchpoint=touchpoint,
            waits_for=None,
            job=None,
        )

    @event(PromiseMade)
    def __init__(self, candidate: UUID, due_on: date, due_at: time | None, due_zone: str):
        self.candidate = candidate
        self.state = State.OPEN
        self.due = Due(due_on, due_at, due_zone)
        self.due_before: Due | None = None
        self.just_made = True
        self.just_reopened = False
        self.fell_due: Due | None = None
        self.reminded: set[tuple[Due, str, str]] = set()
        self.failed: set[tuple[Due, str, str, str]] = set()

    @property
    def person(self) -> UUID:
        return self.candidate

    @property
    def open(self) -> bool:
        return self.state is State.OPEN

    def keep(self, by: UUID, evidence: UUID | None = None) -> None:
        self._still_open()
        self._kept(by=by, evidence=evidence)

    def renegotiate(self, by: UUID, due: Due, why: str, now: datetime) -> None:
        self._still_open()
        due = due.check(now)
        if due == self.due:
            raise Refused("That is the date it has already.", "due")
        self._renegotiated(
            by=by,
            due_on=due.on,
            due_at=due.at,
            due_zone=due.zone,
            due_phrase=None,
            why=line(why, "why"),
            told=None,
        )

    def break_(self, by: UUID, cause: str) -> None:
        self._still_open()
        if cause not in list(Cause):
            raise Refused("Choose why it was not kept.", "cause")
        self._broken(by=by, cause=str(cause))

    def release(self, by: UUID, why: str) -> None:
        self._still_open()
        self._released(by=by, why=line(why, "why"))

    def withdraw(self, by: UUID, why: str) -> None:
        self._still_open()
        self._withdrawn(by=by, why=line(why, "why"))

    def undo(self, by: UUID) -> None:
        """Take the last move back, by a move of its own: a new promise is withdrawn, everything else reopened."""
        if self.just_reopened:
            raise Refused("There is nothing left to undo here.")
        if self.open and self.just_made:
            self._withdrawn(by=by, why="")
            return
        due = self.due_before if self.open and self.due_before else self.due
        self._reopened(by=by, due_on=due.on, due_at=due.at, due_zone=due.zone, why="")

    def fall_due(self, due: Due) -> None:
        """Note, once for each due, that the moment came while the promise was open."""
        if self.open and self.due == due and self.fell_due != due:
            self._fell_due(by=None, due_on=due.on, due_at=due.at, due_zone=due.zone)

    def note_reminder(self, due: Due, kind: str, channel: str) -> None:
        """Note, once, that a reminder of this kind went out for this due."""
        if (due, kind, channel) not in self.reminded:
            self._reminder_sent(by=None, due_on=due.on, due_at=due.at, due_zone=due.zone, kind=kind, channel=channel)

    def note_failed_reminder(self, due: Due, kind: str, channel: str, reason: str) -> None:
        """Note, once for each reason, that a reminder could not be sent."""
        tried = (due, kind, channel)
        if tried not in self.reminded and (*tried, reason) not in self.failed:
            self._reminder_failed(
                by=None,
                due_on=due.on,
                due_at=due.at,
                due_zone=due.zone,
                kind=kind,
                channel=channel,
                reason=reason,
            )

    def _still_open(self) -> None:
        if not self.open:
            raise Refused(f"This promise is already {self.state}.")

    def _moved(self, state: State, *, reopened: bool = False) -> None:
        self.state = state
        self.just_made = False
        self.just_reopened = reopened

    @event(PromiseKept)
    def _kept(self, by: UUID, evidence: UUID | None) -> None:
        self._moved(State.KEPT)

    @event(PromiseRenegotiated)
    def _renegotiated(
        self,
        by: UUID,
        due_on: date,
        due_at: time | None,
        due_zone: str,
        due_phrase: str | None,
        why: str | None,
        told: bool | None,
    ) -> None:
        self._moved(State.OPEN)
        self.due_before, self.due = self.due, Due(due_on, due_at, due_zone)

    @event(PromiseBroken)
    def _broken(self, by: UUID, cause: str) -> None:
        self._moved(State.BROKEN)

    @event(PromiseReleased)
    def _released(self, by: UUID, why: str | None) -> None:
        self._moved(State.RELEASED)

    @event(PromiseReopened)
    def _reopened(self, by: UUID, due_on: date, due_at: time | None, due_zone: str, why: str | None) -> None:
        self._moved(State.OPEN, reopened=True)
        self.due, self.due_before = Due(due_on, due_at, due_zone), None

    @event(PromiseWithdrawn)
    def _withdrawn(self, by: UUID, why: str | None) -> None:
        self._moved(State.WITHDRAWN)

    @event(PromiseFellDue)
    def _fell_due(self, by: UUID | None, due_on: date, due_at: time | None, due_zone: str) -> None:
        self.fell_due = Due(due_on, due_at, due_zone)

    @event(ReminderSent)
    def _reminder_sent(
        self, by: UUID | None, due_on: date, due_at: time | None, due_zone: str, kind: str, channel: str
    ) -> None:
        self.reminded.add((Due(due_on, due_at, due_zone), kind, channel))

    @event(ReminderFailed)
    def _reminder_failed(
        self,
        by: UUID | None,
        due_on: date,
        due_at: time | None,
        due_zone: str,
        kind: str,
        channel: str,
        reason: str,
    ) -> None:
        self.failed.add((Due(due_on, due_at, due_zone), kind, channel, reason))
