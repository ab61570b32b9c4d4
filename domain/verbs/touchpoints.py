"""Touchpoints: what was said, corrected, taken back, moved to the right person, or removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.candidate import Candidate
from domain.command import Command
from domain.promise import NewPromise, Promise
from domain.recruiter import Recruiter, Role
from domain.refusal import Refused
from domain.stream import Stream
from domain.touchpoint import Touchpoint
from domain.verbs.once import forgetting, once
from domain.verbs.promises import PromiseVerbs
from domain.verbs.tips import TipVerbs

MOST_OTHERS = 20
FIRST_CAUGHT = 100  # the ordinals of streams: above those of everybody else who was there


class TouchpointVerbs(PromiseVerbs, TipVerbs):
    """Record what was said, with what was promised and kept in it."""

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
        also_with: Sequence[UUID] = (),
        keeps: UUID | None = None,
        caught: Sequence[NewPromise] = (),
        sensitive: Sequence[str] = (),
        asks: bool = False,
        mentions: Sequence[UUID] = (),
        gives: UUID | None = None,
    ) -> tuple[Stream, ...]:
        """What was said, what was promised with it or in its very words (`caught`), and which promise was kept by it.

        `happened_at` None is when it was said, or now, whenever it arrives: so a repeat of the command asks for the
        same. With several people it is told of each, tied by one conversation; streams (touchpoint[, promise]
        [, others…][, kept][, caught…]). The `sensitive` passages of the words are marked with each in the same breath.
        `asks` tells that it asks them for a referral, `gives` which tip or opening it passes on, and `mentions` which
        colleagues are named in it.
        """
        others = [id for id in dict.fromkeys(also_with) if id != candidate_id]
        if len(others) > MOST_OTHERS:
            raise Refused(f"At most {MOST_OTHERS} others fit into one conversation.", "also_with")
        self.load(Candidate, candidate_id).still_known()
        for other in others:
            self.chosen(Candidate, other, "Choose who else was there.", "also_with").still_known()
        by, now, here = command.person, self.log.now(), command.stream(0)
        made_in = {command.stream(1): promise} if promise else {}
        made_in |= {command.stream(FIRST_CAUGHT + n): each for n, each in enumerate(caught)}
        touchpoint = Touchpoint.record(
            here,
            by,
            candidate_id,
            channel,
            direction,
            outcome,
            happened_at or min(command.said_at or now, now),
            words,
            list(made_in),
            now,
            conversation=here if others else None,
            says_enough=bool(promise or keeps) and not others,
        )
        made = [self._made(id, by, candidate_id, each, here) for id, each in made_in.items()]
        copies = [touchpoint.copy_to(id, command.stream(n), by, []) for n, id in enumerate(others, start=2)]
        for told in (touchpoint, *copies) if sensitive else ():
            told.mark_sensitive(by, sensitive)
        if asks:
            touchpoint.ask_for_referral(by)
        touchpoint.mention(by, self._there_to_be_told(mentions))
        if gives:
            touchpoint.give(by, gives, self.titled(gives))
        kept = [self.chosen(Promise, keeps, "Choose which promise was kept.", "keeps")] if keeps else []
        for one in kept:
            one.keep(by, touchpoint)
        first = 1 if promise else 0
        return touchpoint, *made[:first], *copies, *kept, *made[first:]

    @once
    def catch_promise(self, command: Command, touchpoint_id: UUID, promise: NewPromise) -> tuple[Stream, ...]:
        """A promise that stands in the words of an entry; streams (promise, touchpoint)."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        self.load(Candidate, touchpoint.candidate).still_known()
        made = self._made(command.stream(0), command.person, touchpoint.candidate, promise, touchpoint_id)
        touchpoint.catch(command.person, made.id)
        return made, touchpoint

    @once
    def correct_touchpoint(
        self,
        command: Command,
        touchpoint_id: UUID,
        words: str,
        why: str,
        seen: int | None = None,
        sensitive: Sequence[str] = (),
        mentions: Sequence[UUID] = (),
    ) -> tuple[Stream, ...]:
        """Other words beside the old ones, and what is `sensitive` in them; or that alone, in the same words.

        Of the colleagues that it `mentions`, those are told who were not before.
        """
        touchpoint = self.load(Touchpoint, touchpoint_id, seen)
        if not (sensitive and touchpoint.says(words)):
            touchpoint.correct(command.person, words, why)
        touchpoint.mark_sensitive(command.person, sensitive)
        touchpoint.mention(command.person, self._there_to_be_told(mentions))
        return (touchpoint,)

    @once
    def mark_sensitive(
        self, command: Command, touchpoint_id: UUID, passages: Sequence[str], seen: int | None = None
    ) -> tuple[Stream, ...]:
        """These passages of an entry are kept from others.

        Others are all but the colleague who said it; on the timeline owners read them as well. A passage is hidden
        wherever it stands in any wording of the entry, so a correction keeps the mark; an entry that is moved takes
        its marks along; and with its words the marks are forgotten, sealed as they are.
        """
        if not passages:
            raise Refused("Choose or write the words that are sensitive.", "sensitive")
        touchpoint = self.load(Touchpoint, touchpoint_id, seen)
        touchpoint.mark_sensitive(command.person, passages)
        return (touchpoint,)

    @once
    def unmark_sensitive(
        self, command: Command, touchpoint_id: UUID, passages: Sequence[str], seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Everybody may read these passages again: said by whoever wrote them, or by an owner."""
        touchpoint = self.load(Touchpoint, touchpoint_id, seen)
        owns = self.load(Recruiter, command.person).role is Role.OWNER
        touchpoint.unmark_sensitive(command.person, passages, by_owner=owns)
        return (touchpoint,)

    @once
    def retract_touchpoint(
        self, command: Command, touchpoint_id: UUID, why: str, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Taken back, and with it the promises made in it that are still open."""
        touchpoint = self.load(Touchpoint, touchpoint_id, seen)
        touchpoint.retract(command.person, why)
        return touchpoint, *self._withdrawn_with(touchpoint, command.person)

    @once
    def undo_touchpoint(self, command: Command, touchpoint_id: UUID) -> tuple[Stream, ...]:
        """As `retract_touchpoint`, a moment after it was written, by whoever wrote it, without a reason."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        touchpoint.undo(command.person, self.log.now())
        return touchpoint, *self._withdrawn_with(touchpoint, command.person)

    @forgetting
    def redact_touchpoint(self, command: Command, touchpoint_id: UUID, why: str) -> tuple[Stream, ...]:
        """Remove the words of one entry, corrections included, for good; that it happened stays."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        if not touchpoint.redacted:
            touchpoint.redact(command.by, why)
        return (touchpoint,)

    @once
    def move_touchpoint(
        self, command: Command, touchpoint_id: UUID, to_candidate: UUID, why: str = ""
    ) -> tuple[Stream, ...]:
        """It was about somebody else: told there, with the promises made in it that are still open, and its words
        removed here for good; streams (touchpoint there[, promises there…], touchpoint here[, promises here…])."""
        wrong, by, there = self.load(Touchpoint, touchpoint_id), command.person, command.stream(0)
        self.chosen(Candidate, to_candidate, "Choose who it was about.", "candidate").still_known()
        promises = self._open_promises(wrong)
        ids = [command.stream(n) for n, _ in enumerate(promises, start=1)]
        right = wrong.move_to(to_candidate, there, by, ids, why)
        anew = [promise.move_to(to_candidate, id, by, there) for id, promise in zip(ids, promises, strict=True)]
        return right, *anew, wrong, *promises

    @once
    def answer_not_needed(self, command: Command, touchpoint_id: UUID) -> tuple[Stream, ...]:
        """Nobody waits for a word after this one."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        touchpoint.expect_no_answer(command.person)
        return (touchpoint,)

    @once
    def try_again(self, command: Command, touchpoint_id: UUID, at: datetime) -> tuple[Stream, ...]:
        """Nobody answered: it is tried again at this instant."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        self.load(Candidate, touchpoint.candidate).still_known()
        touchpoint.try_again(command.person, at, self.log.now())
        return (touchpoint,)

    @once
    def tried_again(self, command: Command, touchpoint_id: UUID) -> tuple[Stream, ...]:
        """It need not be tried again."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        touchpoint.tried(command.person)
        return (touchpoint,)

    @once
    def answer_needed(self, command: Command, touchpoint_id: UUID) -> tuple[Stream, ...]:
        """They wait after all."""
        touchpoint = self.load(Touchpoint, touchpoint_id)
        touchpoint.expect_an_answer(command.person)
        return (touchpoint,)

    def _there_to_be_told(self, colleagues: Sequence[UUID]) -> list[UUID]:
        """Those of them who may act on it: who has left meanwhile keeps no note from being saved."""
        return [id for id in colleagues if self.load(Recruiter, id).records]

    def _withdrawn_with(self, touchpoint: Touchpoint, by: UUID) -> list[Promise]:
        """The promises made in it that are still open; the reason stands with the entry, and goes if it is redacted."""
        promises = self._open_promises(touchpoint)
        for promise in promises:
            promise.withdraw(by, "")
        return promises

    def _open_promises(self, touchpoint: Touchpoint) -> list[Promise]:
        return [promise for id in touchpoint.promises if (promise := self.load(Promise, id)).open]
