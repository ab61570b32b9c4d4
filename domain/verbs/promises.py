"""Promises: made, kept, moved, handed over, and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domain.candidate import Candidate
from domain.command import Command
from domain.contact import Contact
from domain.due import Due
from domain.promise import NewPromise, Promise
from domain.refusal import Refused
from domain.stream import Stream
from domain.touchpoint import Channel, Direction, Outcome, Touchpoint
from domain.verbs.once import forgetting, once
from domain.verbs.team import TeamVerbs

NO_KEEPER = "Choose who keeps this promise."
NO_FIRST = "Choose what it waits for from the list."
NOBODY_TICKED = "Tick at least one promise."


class PromiseVerbs(TeamVerbs):
    """Make, keep, move, hand over, correct and end promises, and take the last move back."""

    @once
    def make_promise(self, command: Command, candidate_id: UUID, promise: NewPromise) -> tuple[Stream, ...]:
        """A promise without a touchpoint; streams (promise,)."""
        self.load(Candidate, candidate_id).still_known()
        return (self._made(command.stream(0), command.person, candidate_id, promise),)

    @once
    def keep_promise(
        self, command: Command, promise_id: UUID, seen: int | None = None, evidence: UUID | None = None
    ) -> tuple[Stream, ...]:
        """It was done, perhaps shown by a touchpoint with the same person; one from them confirms it."""
        promise = self.load(Promise, promise_id, seen)
        promise.keep(command.person, self._evidence(evidence) if evidence else None)
        return (promise,)

    @once
    def give_evidence(self, command: Command, promise_id: UUID, touchpoint_id: UUID) -> tuple[Stream, ...]:
        """What shows, afterwards, that a promise was kept."""
        promise = self.load(Promise, promise_id)
        promise.give_evidence(command.person, self._evidence(touchpoint_id))
        return (promise,)

    @once
    def renegotiate_promise(
        self,
        command: Command,
        promise_id: UUID,
        due: Due,
        why: str = "",
        seen: int | None = None,
        due_phrase: str | None = None,
        told: bool | None = None,
    ) -> tuple[Stream, ...]:
        """Another date, agreed or announced; `due_phrase` as it was typed; `told` whether the one who waits knows."""
        promise = self.load(Promise, promise_id, seen)
        promise.renegotiate(command.person, due, why, self.log.now(), due_phrase, told)
        return (promise,)

    @once
    def move_all(
        self,
        command: Command,
        promises: Sequence[tuple[UUID, int]],
        due: Due,
        why: str = "",
        due_phrase: str | None = None,
    ) -> tuple[Stream, ...]:
        """The same new date for all of them or for none; those who wait were not told yet.

        `promises` are ids, each with the version it was seen in; one that has this date already stays as it is.
        """
        loaded = [self.load(Promise, id, seen) for id, seen in promises]
        others = [promise for promise in loaded if promise.due != due]
        if not others:
            raise Refused("Tick at least one that has another date." if loaded else NOBODY_TICKED, "promise")
        for promise in others:
            promise.renegotiate(command.person, due, why, self.log.now(), due_phrase, told=False)
        return tuple(others)

    @once
    def tell_new_date(
        self, command: Command, promise_id: UUID, how: str, words: str, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """They were told that the date moved: an entry of theirs says so. Streams (promise, touchpoint)."""
        promise, here, now = self.load(Promise, promise_id, seen), command.stream(0), self.log.now()
        self.load(Candidate, promise.candidate).still_known()
        promise.tell_new_date(command.person, how, here)
        talked = Outcome.TALKED if how == Channel.CALL else None
        whom, out = promise.candidate, Direction.OUT
        entry = Touchpoint.record(here, command.person, whom, how, out, talked, now, words, [], now, job=promise.job)
        return promise, entry

    @once
    def let_date_stand(
        self, command: Command, promise_id: UUID, slip: str, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Keep the date, although the promise that it waits for slipped so."""
        promise = self.load(Promise, promise_id, seen)
        if promise.waits_for is None:
            raise Refused("This promise waits for no other.")
        promise.let_date_stand(command.person, self.load(Promise, promise.waits_for), slip)
        return (promise,)

    @once
    def reassign_promise(
        self, command: Command, promise_id: UUID, keeper: UUID, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """A colleague keeps it from now on."""
        promise = self.load(Promise, promise_id, seen)
        promise.reassign(command.person, keeper)
        self._can_be_theirs(keeper, NO_KEEPER, "who")
        return (promise,)

    @once
    def correct_promise(
        self, command: Command, promise_id: UUID, words: str, why: str = "", seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Other words beside the old ones."""
        promise = self.load(Promise, promise_id, seen)
        promise.correct(command.person, words, why)
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
    def overtake_promise(
        self, command: Command, promise_id: UUID, cause: str, why: str = "", seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Something came in between, so that keeping it is of no use any more."""
        promise = self.load(Promise, promise_id, seen)
        promise.overtake(command.person, cause, why)
        return (promise,)

    @once
    def undo_promise(self, command: Command, promise_id: UUID, seen: int | None = None) -> tuple[Stream, ...]:
        """Take the last move back."""
        promise = self.load(Promise, promise_id, seen)
        keeper = promise.keeper
        promise.undo(command.person)
        if promise.keeper != keeper:
            self._can_be_theirs(promise.keeper, NO_KEEPER, "who")
        return (promise,)

    @forgetting
    def redact_promise(self, command: Command, promise_id: UUID, why: str) -> tuple[Stream, ...]:
        """Remove the words of one promise for good; that something was promised stays."""
        promise = self.load(Promise, promise_id)
        if not promise.redacted:
            promise.redact(command.by, why)
        return (promise,)

    def _made(
        self, id: UUID, by: UUID, candidate: UUID, promise: NewPromise, touchpoint: UUID | None = None
    ) -> Promise:
        first = self.chosen(Promise, promise.waits_for, NO_FIRST, "waits_for") if promise.waits_for else None
        if first is not None and promise.job is None:
            promise = replace(promise, job=first.job)
        made = Promise.make(id, by, candidate, promise, touchpoint, self.log.now())
        if first is not None:
            made.may_wait_for(first)
        self._can_be_theirs(promise.keeper, NO_KEEPER, "who")
        if promise.contact is not None:
            self.chosen(Contact, promise.contact, "Choose who promised it.", "who").still_known()
        return made

    def _evidence(self, touchpoint: UUID) -> Touchpoint:
        return self.chosen(Touchpoint, touchpoint, "Choose an entry that shows that it was kept.", "evidence")
