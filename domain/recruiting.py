"""What a recruiter can do: one short verb each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, is_dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID, uuid5

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import EventStore, IntegrityError

from domain.agency import Agency
from domain.candidate import Candidate
from domain.command import Command, Recorded
from domain.due import Due
from domain.log import Log
from domain.promise import NewPromise, Promise
from domain.recruiter import Recruiter, Role
from domain.refusal import AlreadySaved, Busy, NotFound, Refused
from domain.stream import Stream
from domain.touchpoint import Touchpoint

ATTEMPTS = 3
S = TypeVar("S", bound=Stream)
P = ParamSpec("P")
Verb = Callable[Concatenate["Recruiting", Command, P], tuple[Stream, ...]]
Once = Callable[Concatenate["Recruiting", Command, P], Recorded]


def once(verb: Verb[P]) -> Once[P]:
    """Decide and record, once for each command id.

    The same id with the same content answers as the first time, with other content it raises AlreadySaved. When
    another writer was faster the streams are loaded and decided again, at most three times.
    """

    @wraps(verb)
    def record(self: Recruiting, command: Command, *args: P.args, **kwargs: P.kwargs) -> Recorded:
        command = replace(command, content=self.log.digest(_asked(verb, command, args, kwargs)))
        for _ in range(ATTEMPTS):
            if recorded := self.recorded(command):
                return recorded
            try:
                return self.record(command, *verb(self, command, *args, **kwargs))
            except IntegrityError:
                continue
            except Refused:
                if recorded := self.recorded(command):  # this very command was faster, and is what stands in the way
                    return recorded
                raise
        if recorded := self.recorded(command):
            return recorded
        raise Busy()

    return cast("Once[P]", record)


def _asked(verb: Any, command: Command, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
    """What a command asks for, in plain values."""
    return [
        verb.__name__,
        command.by,
        list(map(_plain, args)),
        {name: _plain(kwargs[name]) for name in kwargs},
    ]


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


class Recruiting(Application[UUID]):
    """The agency's ledger: verbs in, facts out. Each verb takes a Command and returns what it Recorded."""

    def __init__(self, log: Log):
        self._log = log
        super().__init__(env={"PERSISTENCE_MODULE": "eventsourcing.popo"})

    @property
    def log(self) -> Log:  # type: ignore[override]
        """The log that all verbs write to and all projections follow."""
        return self._log

    def construct_event_store(self) -> EventStore[UUID]:
        return cast(EventStore[UUID], self.log)

    def close(self) -> None:
        super().close()
        self.log.close()

    # The agency and its people

    @once
    def found_agency(
        self, command: Command, name: str, zone: str, owner_name: str, owner_email: str
    ) -> tuple[Stream, ...]:
        """The agency and its first owner; streams (agency, recruiter)."""
        owner = command.stream(1)
        self.log.admit(owner)
        return (
            Agency.found(command.stream(0), owner, name, zone),
            Recruiter.invite(owner, owner, owner_name, owner_email, Role.OWNER),
        )

    @once
    def invite_recruiter(self, command: Command, name: str, email: str, role: str) -> tuple[Stream, ...]:
        """A colleague who may join; streams (recruiter,)."""
        colleague = command.stream(0)
        invited = Recruiter.invite(colleague, command.person, name, email, role)
        self.log.admit(colleague)
        return (invited,)

    @once
    def join(self, command: Command, recruiter_id: UUID) -> tuple[Stream, ...]:
        """The invited colleague chose a password."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.join()
        return (recruiter,)

    # Candidates

    @once
    def add_candidate(
        self,
        command: Command,
        name: str,
        email: str = "",
        phone: str = "",
        headline: str = "",
        place: str = "",
    ) -> tuple[Stream, ...]:
        """A person to keep promises to; streams (candidate,)."""
        person = command.stream(0)
        candidate = Candidate.add(person, command.person, name, email, phone, headline, place)
        self.log.admit(person)
        return (candidate,)

    def erase_candidate(self, command: Command, candidate_id: UUID, why: str) -> Recorded:
        """Forget a person: their key is destroyed in the same turn. Facts, places and counts stay."""
        candidate = self.load(Candidate, candidate_id)
        if candidate.erased:
            return Recorded((candidate_id,), 0, repeated=True)
        candidate.erase(command.by, why)
        return self.record(command, candidate, forget_person=candidate_id)

    # Touchpoints

    @once
    def record_touchpoint(
        self,
        command: Command,
        candidate_id: UUID,
        channel: str,
        direction: str,
        outcome: str | None,
        happened_at: datetime | None,
        words: str,
        promise: NewPromise | None = None,
    ) -> tuple[Stream, ...]:
        """What was said, and what was promised with it; streams (touchpoint[, promise]).

        `happened_at` None is now, whenever it arrives: so a repeat of the command asks for the same.
        """
        self.load(Candidate, candidate_id).still_known()
        by, now, here = command.person, self.log.now(), command.stream(0)
        promised = [command.stream(1)] if promise else []
        touchpoint = Touchpoint.record(
            here, by, candidate_id, channel, direction, outcome, happened_at or now, words, promised, now
        )
        return touchpoint, *(Promise.make(id, by, candidate_id, promise, here, now) for id in promised if promise)

    @once
    def correct_touchpoint(
        self, command: Command, touchpoint_id: UUID, words: str, why: str, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Other words beside the old ones."""
        touchpoint = self.load(Touchpoint, touchpoint_id, seen)
        touchpoint.correct(command.person, words, why)
        return (touchpoint,)

    @once
    def retract_touchpoint(
        self, command: Command, touchpoint_id: UUID, why: str, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Taken back, and with it the promises made in it that are still open."""
        touchpoint = self.load(Touchpoint, touchpoint_id, seen)
        touchpoint.retract(command.person, why)
        promises = [self.load(Promise, id) for id in touchpoint.promises]
        for promise in promises:
            if promise.open:
                promise.withdraw(command.person, "")  # the reason stands with the entry, and goes if it is redacted
        return touchpoint, *promises

    def redact_touchpoint(self, command: Command, touchpoint_id: UUID, why: str) -> Recorded:
        """Remove the words of one entry, corrections included, for good; that it happened stays."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        if touchpoint.redacted:
            return Recorded((touchpoint_id,), 0, repeated=True)
        touchpoint.redact(command.by, why)
        return self.record(command, touchpoint, forget_words_of=touchpoint_id)

    # Promises

    @once
    def make_promise(self, command: Command, candidate_id: UUID, promise: NewPromise) -> tuple[Stream, ...]:
        """A promise without a touchpoint; streams (promise,)."""
        self.load(Candidate, candidate_id).still_known()
        return (Promise.make(command.stream(0), command.person, candidate_id, promise, None, self.log.now()),)

    @once
    def keep_promise(self, command: Command, promise_id: UUID, seen: int | None = None) -> tuple[Stream, ...]:
        """It was done."""
        promise = self.load(Promise, promise_id, seen)
        promise.keep(command.person)
        return (promise,)

    @once
    def renegotiate_promise(
        self, command: Command, promise_id: UUID, due: Due, why: str = "", seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Another date, agreed or announced."""
        promise = self.load(Promise, promise_id, seen)
        promise.renegotiate(command.person, due, why, self.log.now())
        return (promise,)

    @once
    def break_promise(
        self, command: Command, promise_id: UUID, cause: str, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """It was not done, and why."""
        promise = self.load(Promise, promise_id, seen)
        promise.break_(command.person, cause)
        return (promise,)

    @once
    def release_promise(
        self, command: Command, promise_id: UUID, why: str = "", seen: int | None = None
    ) -> tuple[Stream, ...]:
        """The one who waits needs it no longer."""
        promise = self.load(Promise, promise_id, seen)
        promise.release(command.person, why)
        return (promise,)

    @once
    def undo_promise(self, command: Command, promise_id: UUID, seen: int | None = None) -> tuple[Stream, ...]:
        """Take the last move back."""
        promise = self.load(Promise, promise_id, seen)
        promise.undo(command.person)
        return (promise,)

    # What Kept notes by itself: the command's id comes from the fact, so a repeat records nothing

    def fall_due(self, promise_id: UUID, due: Due) -> Recorded:
        """The moment came and the promise was still open."""
        return self._note(promise_id, "fell due", due)

    def reminder_sent(self, promise_id: UUID, due: Due, kind: str, channel: str) -> Recorded:
        """A reminder of this kind went out for this due."""
        return self._note(promise_id, "reminder sent", due, kind, channel)

    def reminder_failed(self, promise_id: UUID, due: Due, kind: str, channel: str, reason: str) -> Recorded:
        """A reminder could not be sent. `reason` is a sentence of Kept's own, without names or addresses."""
        return self._note(promise_id, "reminder failed", due, kind, channel, reason)

    def _note(self, promise_id: UUID, what: str, due: Due, *details: str) -> Recorded:
        said = "|".join((what, due.on.isoformat(), str(due.at), due.zone, *details))
        return self._note_once(Command(uuid5(promise_id, said), None), promise_id, what, due, *details)

    @once
    def _note_once(self, command: Command, promise_id: UUID, what: str, due: Due, *details: str) -> tuple[Stream, ...]:
        promise = self.load(Promise, promise_id)
        match what:
            case "fell due":
                promise.fall_due(due)
            case "reminder sent":
                promise.note_reminder(due, *details)
            case "reminder failed":
                promise.note_failed_reminder(due, *details)
        return (promise,)

    # How verbs load and record

    def load(self, kind: type[S], id: UUID, seen: int | None = None) -> S:
        """A stream as it is now. Raises NotFound, and Stale if a person changed it since `seen`."""
        try:
            stream: Any = self.repository.get(id)
        except AggregateNotFoundError:
            raise NotFound(id) from None
        if not isinstance(stream, kind):
            raise NotFound(id)
        stream.unchanged_since(seen)
        return stream

    def recorded(self, command: Command) -> Recorded | None:
        """What this command left when it came before. Raises AlreadySaved if it asked for something else then."""
        trace = self.log.trace(command.id)
        if trace is None:
            return None
        if trace.content not in (None, command.content):
            raise AlreadySaved()
        return Recorded(trace.streams, trace.position, repeated=True)

    def record(self, command: Command, *streams: Stream, **forget: UUID) -> Recorded:
        """Save all streams in one transaction."""
        touched = tuple(stream.id for stream in streams if stream.pending_events)
        recordings = self.save(*streams, command=command, **forget)
        return Recorded(touched, recordings[-1].notification.id if recordings else 0)
