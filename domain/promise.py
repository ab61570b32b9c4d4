"""A promise: what somebody undertook to do, by when, and whether it was kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.due import Due
from domain.refusal import Refused
from domain.stream import Beginning, Fact, Forgets, Stream
from domain.touchpoint import Channel, Direction, Touchpoint
from domain.words import line, note

DUE = ("due_on", "due_at", "due_zone")
A_MOMENT = timedelta(minutes=1)
LONGEST_SNOOZE = timedelta(days=366)


class State(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RELEASED = "released"
    OVERTAKEN = "overtaken"
    WITHDRAWN = "withdrawn"


class Cause(StrEnum):
    """Why a promise was not kept."""

    CLIENT_SLIPPED = "client slipped"
    WE_FORGOT = "we forgot"
    UNREACHABLE = "unreachable"
    OTHER = "other"


class Overtaken(StrEnum):
    """What came in between, so that keeping it was of no use any more."""

    JOB_GONE = "job gone"
    PLACED_ELSEWHERE = "placed elsewhere"
    OTHER = "other"


class Slip(StrEnum):
    """How the promise that another one waits for slipped."""

    MOVED = "moved"
    OVERDUE = "overdue"
    BROKEN = "broken"


class Party(StrEnum):
    """Who promises, and who waits."""

    US = "us"
    CANDIDATE = "candidate"
    CONTACT = "contact"


@dataclass(frozen=True)
class NewPromise:
    """What is about to be promised: the words, until when, and which recruiter keeps it or follows it up.

    Ours are made to the candidate; theirs, and those of a client's `contact`, are made to us. `due_phrase` is the due
    as it was typed ("fri 3pm"), None for a plain date; `quote` the exact words of the note that the promise stands in;
    `job` the job that it is about; `waits_for` a promise that must be kept before this one can be.
    """

    words: str
    due: Due
    keeper: UUID
    made_by: Party = Party.US
    contact: UUID | None = None
    due_phrase: str | None = None
    quote: str | None = None
    job: UUID | None = None
    waits_for: UUID | None = None


class AboutDue(Fact):
    """A fact that names a due, the new one or the one that it is about."""

    due_on: date
    due_at: time | None
    due_zone: str


class Promise(Stream):
    """Open until it is kept, broken, released by the one who waits, overtaken, or withdrawn as entered by mistake."""

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

    class PromiseRenegotiated(AboutDue):
        TOPIC = "promise.renegotiated"
        clear = (*DUE, "told")
        due_phrase: str | None
        why: str | None
        told: bool | None

    class NewDateTold(AboutDue):
        """The one who waits knows of the due that this names."""

        TOPIC = "promise.new-date-told"
        clear = (*DUE, "how", "touchpoint")
        change = False
        how: str
        touchpoint: UUID

    class DateStood(AboutDue):
        """It keeps its date although the promise that it waits for slipped; the due is that of the other one."""

        TOPIC = "promise.date-stood"
        clear = (*DUE, "slip")
        change = False
        slip: str

    class PromiseReassigned(Fact):
        TOPIC = "promise.reassigned"
        clear = ("keeper",)
        keeper: UUID

    class PromiseCorrected(Fact):
        TOPIC = "promise.corrected"
        words: str | None
        why: str | None

    class PromiseKept(Fact):
        TOPIC = "promise.kept"
        clear = ("evidence",)
        evidence: UUID | None

    class EvidenceGiven(Fact):
        TOPIC = "promise.evidence-given"
        clear = ("touchpoint",)
        touchpoint: UUID

    class PromiseConfirmed(Fact):
        TOPIC = "promise.confirmed"
        clear = ("touchpoint",)
        touchpoint: UUID | None

    class PromiseBroken(Fact):
        TOPIC = "promise.broken"
        clear = ("cause",)
        cause: str

    class PromiseReleased(Fact):
        TOPIC = "promise.released"
        why: str | None

    class PromiseOvertaken(Fact):
        TOPIC = "promise.overtaken"
        clear = ("cause",)
        cause: str
        why: str | None

    class PromiseReopened(AboutDue):
        TOPIC = "promise.reopened"
        clear = DUE
        why: str | None

    class PromiseWithdrawn(Fact):
        TOPIC = "promise.withdrawn"
        why: str | None

    class WordsRedacted(Fact):
        TOPIC = "promise.words-redacted"
        forgets = Forgets.WORDS
        why: str | None

    class PromiseFellDue(AboutDue):
        TOPIC = "promise.fell-due"
        clear = DUE

    class ReminderSent(AboutDue):
        TOPIC = "promise.reminder-sent"
        clear = (*DUE, "kind", "channel")
        kind: str
        channel: str

    class ReminderFailed(AboutDue):
        TOPIC = "promise.reminder-failed"
        clear = (*DUE, "kind", "channel", "reason")
        kind: str
        channel: str
        reason: str

    class ReminderSnoozed(AboutDue):
        TOPIC = "promise.reminder-snoozed"
        clear = (*DUE, "until")
        change = False
        until: datetime

    @classmethod
    def make(
        cls, id: UUID, by: UUID, candidate: UUID, promise: NewPromise, touchpoint: UUID | None, now: datetime
    ) -> Promise:
        """A promise of ours to a candidate, or of theirs or of a client's contact to us."""
        if promise.made_by not in list(Party) or (promise.made_by == Party.CONTACT) != (promise.contact is not None):
            raise Refused("Choose who promised it.", "who")
        empty = "Say what you promised." if promise.made_by == Party.US else "Say what was promised."
        said = replace(
            promise,
            words=line(promise.words, "promise", empty),
            due=promise.due.check(now),
            due_phrase=line(promise.due_phrase or "", "due") or None,
            quote=note(promise.quote or "", "note") or None,
        )
        return cls._made(id, by, candidate, said, touchpoint)

    @classmethod
    def _made(cls, id: UUID, by: UUID, candidate: UUID, promise: NewPromise, touchpoint: UUID | None) -> Promise:
        return cls._create(
            cls.PromiseMade,
            id=id,
            by=by,
            person=candidate,
            candidate=candidate,
            made_by=str(promise.made_by),
            made_to=str(Party.CANDIDATE if promise.made_by == Party.US else Party.US),
            contact=promise.contact,
            words=promise.words,
            quote=promise.quote,
            **promise.due.fields(),
            due_phrase=promise.due_phrase,
            keeper=promise.keeper,
            touchpoint=touchpoint,
            waits_for=promise.waits_for,
            job=promise.job,
        )

    @event(PromiseMade)
    def __init__(
        self,
        candidate: UUID,
        made_by: str,
        contact: UUID | None,
        words: str | None,
        quote: str | None,
        due_on: date,
        due_at: time | None,
        due_zone: str,
        due_phrase: str | None,
        keeper: UUID,
        touchpoint: UUID | None,
        waits_for: UUID | None,
        job: UUID | None,
    ):
        self.candidate = candidate
        self.job = job
        self.waits_for = waits_for
        self.told: bool | None = None
        self.stood: set[tuple[str, Due]] = set()
        self.made_by = Party(made_by)
        self.contact = contact
        self.touchpoint = touchpoint
        self.words = words
        self.quote = quote
        self.due = Due(due_on, due_at, due_zone)
        self.due_phrase = due_phrase
        self.keeper = keeper
        self.before: NewPromise | None = None
        self.state = State.OPEN
        self.evidence: UUID | None = None
        self.redacted = False
        self.just_made = True
        self.just_undone = False
        self.fell_due: Due | None = None
        self.reminded: set[tuple[Due, str, str]] = set()
        self.failed: set[tuple[Due, str, str, str]] = set()

    @property
    def person(self) -> UUID:
        return self.candidate

    @property
    def open(self) -> bool:
        return self.state is State.OPEN

    @property
    def said(self) -> NewPromise:
        """What is promised now."""
        return NewPromise(
            self.words or "",
            self.due,
            self.keeper,
            self.made_by,
            self.contact,
            self.due_phrase,
            self.quote,
            self.job,
            self.waits_for,
        )

    def keep(self, by: UUID, evidence: Touchpoint | None = None) -> None:
        self._still_open()
        if evidence is None:
            self._kept(by=by, evidence=None)
        else:
            self._may_show(evidence)
            self._kept(by=by, evidence=evidence.id)
            self._confirm(by, evidence)

    def give_evidence(self, by: UUID, evidence: Touchpoint) -> None:
        """Afterwards, what shows that it was kept. The last that was given counts."""
        if self.state is not State.KEPT:
            raise Refused("Only what was kept can be shown to be.", "evidence")
        self._may_show(evidence)
        if evidence.id != self.evidence:
            self._evidence_given(by=by, touchpoint=evidence.id)
            self._confirm(by, evidence)

    def _may_show(self, evidence: Touchpoint) -> None:
        if evidence.candidate != self.candidate or not evidence.counts or evidence.id == self.touchpoint:
            raise Refused("Choose an entry about the same person that shows that it was kept.", "evidence")

    def _confirm(self, by: UUID, evidence: Touchpoint) -> None:
        """A word from the one who waits is more than evidence."""
        if evidence.direction == Direction.IN and self.made_by is Party.US:
            self._confirmed(by=by, touchpoint=evidence.id)

    def renegotiate(
        self, by: UUID, due: Due, why: str, now: datetime, due_phrase: str | None = None, told: bool | None = None
    ) -> None:
        """Another due. `told` says whether the one who waits knows it, None where nobody was asked."""
        self._still_open()
        due = due.check(now)
        if due == self.due:
            raise Refused("That is the date it has already.", "due")
        phrase = line(due_phrase or "", "due") or None
        self._renegotiated(by=by, **due.fields(), due_phrase=phrase, why=line(why, "why"), told=told)

    def tell_new_date(self, by: UUID, how: str, touchpoint: UUID) -> None:
        """The one who waits was told of the date that it has now."""
        self._still_open()
        if how not in list(Channel) or how == Channel.NOTE:
            raise Refused("Choose how they were told.", "how")
        if self.told is not False:
            raise Refused("They know the date already.")
        self._new_date_told(by=by, **self.due.fields(), how=str(how), touchpoint=touchpoint)

    def let_date_stand(self, by: UUID, first: Promise, slip: str) -> None:
        """Keep the date although `first`, which it waits for, slipped so; once for each slip."""
        self._still_open()
        if first.id != self.waits_for or slip not in list(Slip):
            raise Refused("This promise does not wait for that one.")
        if (slip, first.due) not in self.stood:
            self._date_stood(by=by, **first.due.fields(), slip=str(slip))

    def may_wait_for(self, first: Promise) -> None:
        """Refuse a chain to what has nothing to do with it. What is recorded already never waits for what comes
        later, so no chain leads back to where it began."""
        about = first.candidate == self.candidate or (first.job is not None and first.job == self.job)
        if not (about or first.made_by is Party.CONTACT) or first.state is State.WITHDRAWN:
            raise Refused("Choose what it waits for from the list.", "waits_for")

    def reassign(self, by: UUID, keeper: UUID) -> None:
        self._still_open()
        if keeper == self.keeper:
            raise Refused("That is who keeps it already.", "who")
        self._reassigned(by=by, keeper=keeper)

    def correct(self, by: UUID, words: str, why: str) -> None:
        self._still_open()
        words = line(words, "promise", "Write what should stand there instead.")
        if words == self.words:
            raise Refused("These are the words that stand there already.", "promise")
        self._corrected(by=by, words=words, why=line(why, "why"))

    def break_(self, by: UUID, cause: str) -> None:
        self._still_open()
        if cause not in list(Cause):
            raise Refused("Choose why it was not kept.", "cause")
        self._broken(by=by, cause=str(cause))

    def release(self, by: UUID, why: str) -> None:
        self._still_open()
        self._released(by=by, why=line(why, "why"))

    def overtake(self, by: UUID, cause: str, why: str) -> None:
        self._still_open()
        if cause not in list(Overtaken):
            raise Refused("Choose what came in between.", "cause")
        self._overtaken(by=by, cause=str(cause), why=line(why, "why"))

    def withdraw(self, by: UUID, why: str) -> None:
        self._still_open()
        self._withdrawn(by=by, why=line(why, "why"))

    def redact(self, by: UUID | None, why: str) -> None:
        if self.redacted:
            raise Refused("The words of this promise were removed before.")
        self._redacted(by=by, why=line(why, "why"))

    def move_to(self, candidate: UUID, id: UUID, by: UUID, touchpoint: UUID) -> Promise:
        """It was made to somebody else: made anew there, withdrawn here and the words removed."""
        there = self._made(id, by, candidate, replace(self.said, waits_for=None), touchpoint)
        self.withdraw(by, "")  # the reason stands with the entry that it was made in
        self.redact(by, "")
        return there

    def undo(self, by: UUID) -> None:
        """Take the last move back, by a move of its own: a new promise is withdrawn, what was changed is changed back,
        everything else is opened again."""
        if self.just_undone:
            raise Refused("There is nothing left to undo here.")
        before = self.before or self.said
        if self.open and self.just_made:
            self._withdrawn(by=by, why="")
        elif before.keeper != self.keeper:
            self._reassigned(by=by, keeper=before.keeper)
        elif before.words != self.words:
            self._corrected(by=by, words=before.words, why="")
        else:
            self._reopened(by=by, **before.due.fields(), why="")

    def fall_due(self, due: Due) -> None:
        """Note, once for each due, that the moment came while the promise was open."""
        if self.open and self.due == due and self.fell_due != due:
            self._fell_due(by=None, **due.fields())

    def note_reminder(self, due: Due, kind: str, channel: str) -> None:
        """Note, once, that a reminder of this kind went out for this due."""
        if (due, kind, channel) not in self.reminded:
            self._reminder_sent(by=None, **due.fields(), kind=kind, channel=channel)

    def note_failed_reminder(self, due: Due, kind: str, channel: str, reason: str) -> None:
        """Note, once for each reason, that a reminder could not be sent."""
        tried = (due, kind, channel)
        if tried not in self.reminded and (*tried, reason) not in self.failed:
            self._reminder_failed(by=None, **due.fields(), kind=kind, channel=channel, reason=reason)

    def snooze(self, by: UUID | None, until: datetime, now: datetime) -> None:
        """Not to be reminded of this due before then; until now, to be reminded as usual."""
        self._still_open()
        if not now - A_MOMENT <= until <= now + LONGEST_SNOOZE:
            raise Refused("Choose a moment within the next year.", "until")
        self._snoozed(by=by, **self.due.fields(), until=until.astimezone(UTC))

    def _still_open(self) -> None:
        if not self.open:
            raise Refused(f"This promise is already {self.state}.")

    def _moved(self, state: State, *, undone: bool = False) -> None:
        self.state = state
        self.before = None
        self.just_made = False
        self.just_undone = undone

    @event(PromiseKept)
    def _kept(self, by: UUID, evidence: UUID | None) -> None:
        self._moved(State.KEPT)
        self.evidence = evidence

    @event(EvidenceGiven)
    def _evidence_given(self, by: UUID, touchpoint: UUID) -> None:
        self.evidence = touchpoint

    @event(PromiseConfirmed)
    def _confirmed(self, by: UUID, touchpoint: UUID | None) -> None:
        pass

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
        before = self.said
        self._moved(State.OPEN)
        self.before, self.due, self.due_phrase, self.told = before, Due(due_on, due_at, due_zone), due_phrase, told

    @event(NewDateTold)
    def _new_date_told(
        self, by: UUID, due_on: date, due_at: time | None, due_zone: str, how: str, touchpoint: UUID
    ) -> None:
        self.told = True

    @event(DateStood)
    def _date_stood(self, by: UUID, due_on: date, due_at: time | None, due_zone: str, slip: str) -> None:
        self.stood.add((slip, Due(due_on, due_at, due_zone)))

    @event(PromiseReassigned)
    def _reassigned(self, by: UUID, keeper: UUID) -> None:
        before = self.said
        self._moved(State.OPEN, undone=self.before is not None and self.before.keeper == keeper)
        self.before, self.keeper = before, keeper

    @event(PromiseCorrected)
    def _corrected(self, by: UUID, words: str | None, why: str | None) -> None:
        before = self.said
        self._moved(State.OPEN, undone=self.before is not None and self.before.words == words)
        self.before, self.words = before, words

    @event(PromiseBroken)
    def _broken(self, by: UUID, cause: str) -> None:
        self._moved(State.BROKEN)

    @event(PromiseReleased)
    def _released(self, by: UUID, why: str | None) -> None:
        self._moved(State.RELEASED)

    @event(PromiseOvertaken)
    def _overtaken(self, by: UUID, cause: str, why: str | None) -> None:
        self._moved(State.OVERTAKEN)

    @event(PromiseReopened)
    def _reopened(self, by: UUID, due_on: date, due_at: time | None, due_zone: str, why: str | None) -> None:
        before = self.before or self.said
        self._moved(State.OPEN, undone=True)
        if self.due != Due(due_on, due_at, due_zone):
            self.told = None
        self.due, self.due_phrase = Due(due_on, due_at, due_zone), before.due_phrase
        self.evidence = None

    @event(PromiseWithdrawn)
    def _withdrawn(self, by: UUID, why: str | None) -> None:
        self._moved(State.WITHDRAWN)

    @event(WordsRedacted)
    def _redacted(self, by: UUID | None, why: str | None) -> None:
        self._moved(self.state, undone=True)
        self.words = self.quote = self.due_phrase = None
        self.redacted = True

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

    @event(ReminderSnoozed)
    def _snoozed(self, by: UUID | None, due_on: date, due_at: time | None, due_zone: str, until: datetime) -> None:
        pass
