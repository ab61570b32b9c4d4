"""A touchpoint: one call, mail, meeting, message or note with one candidate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from eventsourcing.domain import event

from domain.refusal import Refused
from domain.sensitive import standing
from domain.stream import Beginning, Fact, Forgets, Stream
from domain.words import line, note

CLOCKS_DIFFER = timedelta(minutes=5)
UNDONE_WITHIN = timedelta(minutes=10)
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
MOST_PASSAGES = 50
LATEST_TRY = timedelta(days=60)


class Channel(StrEnum):
    CALL = "call"
    EMAIL = "e-mail"
    MEETING = "meeting"
    VIDEO = "video"
    SMS = "SMS"
    WHATSAPP = "WhatsApp"
    LINKEDIN = "LinkedIn"
    LETTER = "letter"
    NOTE = "note"


class Direction(StrEnum):
    """OUT: we to them. IN: they to us. INTERNAL: among ourselves."""

    OUT = "out"
    IN = "in"
    INTERNAL = "internal"


class Outcome(StrEnum):
    """How a call went."""

    TALKED = "talked"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no answer"
    WRONG_NUMBER = "wrong number"


MISSED = (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)


class Touchpoint(Stream):
    """What was said stays; a correction stands beside it, a retraction and a redaction say who and why."""

    TOPIC = "touchpoint"

    class TouchpointRecorded(Beginning):
        TOPIC = "touchpoint.recorded"
        clear = (
            "candidate",
            "channel",
            "direction",
            "outcome",
            "happened_at",
            "job",
            "conversation",
            "promises",
        )
        candidate: UUID
        channel: str
        direction: str
        outcome: str | None
        happened_at: datetime
        words: str | None
        job: UUID | None
        conversation: UUID | None
        promises: list[UUID]

    class TouchpointCorrected(Fact):
        TOPIC = "touchpoint.corrected"
        words: str | None
        why: str | None

    class TouchpointRetracted(Fact):
        TOPIC = "touchpoint.retracted"
        why: str | None

    class WordsRedacted(Fact):
        TOPIC = "touchpoint.words-redacted"
        forgets = Forgets.WORDS
        why: str | None

    class MovedAway(Fact):
        TOPIC = "touchpoint.moved-away"
        clear = ("to_touchpoint",)
        to_touchpoint: UUID

    class BroughtHere(Fact):
        TOPIC = "touchpoint.brought-here"
        clear = ("from_touchpoint", "said_by", "said_at")
        from_touchpoint: UUID
        said_by: UUID
        said_at: datetime

    class PromiseCaught(Fact):
        """A promise that stands in its words, recorded after it was."""

        TOPIC = "touchpoint.promise-caught"
        clear = ("promise",)
        change = False
        promise: UUID

    class ReferralAsked(Fact):
        """We asked in it whether they know somebody."""

        TOPIC = "touchpoint.referral-asked"
        change = False

    class ColleagueMentioned(Fact):
        """A colleague is named in its words, and is to know of it."""

        TOPIC = "touchpoint.colleague-mentioned"
        clear = ("who",)
        change = False
        who: UUID

    class TipGiven(Fact):
        """We passed something on in it, under the title that it had then."""

        TOPIC = "touchpoint.tip-given"
        clear = ("tip",)
        change = False
        tip: UUID
        title: str | None

    class AnswerNotNeeded(Fact):
        TOPIC = "touchpoint.answer-not-needed"
        change = False

    class AnswerNeeded(Fact):
        TOPIC = "touchpoint.answer-needed"
        change = False

    class TryAgainChosen(Fact):
        """Nobody answered: whoever says so tries again at this instant."""

        TOPIC = "touchpoint.try-again-chosen"
        clear = ("at",)
        change = False
        at: datetime

    class TryAgainDone(Fact):
        """It was tried again, or is not to be any more."""

        TOPIC = "touchpoint.try-again-done"
        change = False

    class MarkedSensitive(Fact):
        TOPIC = "touchpoint.marked-sensitive"
        passages: list[str] | None

    class UnmarkedSensitive(Fact):
        TOPIC = "touchpoint.unmarked-sensitive"
        passages: list[str] | None

    @classmethod
    def record(
        cls,
        id: UUID,
        by: UUID,
        candidate: UUID,
        channel: str,
        direction: str,
        outcome: str | None,
        happened_at: datetime,
        words: str,
        promises: list[UUID],
        now: datetime,
        *,
        conversation: UUID | None = None,
        says_enough: bool = False,
        job: UUID | None = None,
    ) -> Touchpoint:
        """Only a call has an outcome. Without a note stands only a call in which nobody talked, or what `says_enough`
        by itself: that something was promised, or kept."""
        words = note(words, "note")
        _known(channel, direction, outcome)
        if channel != Channel.CALL:
            outcome = None
        if not words and not says_enough and outcome in (None, Outcome.TALKED):
            raise Refused("Write what was said.", "note")
        if happened_at > now + CLOCKS_DIFFER:
            raise Refused("That is in the future. Touchpoints are about what has happened.", "happened_at")
        if happened_at < LONG_AGO:
            raise Refused("That is too long ago. Please check the year.", "happened_at")
        return cls._told(
            id,
            by,
            candidate,
            promises,
            channel=str(channel),
            direction=str(direction),
            outcome=str(outcome) if outcome else None,
            happened_at=happened_at.astimezone(UTC),
            words=words,
            conversation=conversation,
            job=job,
        )

    @classmethod
    def _told(cls, id: UUID, by: UUID, candidate: UUID, promises: list[UUID], **said: Any) -> Touchpoint:
        return cls._create(
            cls.TouchpointRecorded,
            id=id,
            by=by,
            person=candidate,
            candidate=candidate,
            promises=promises,
            **{"job": None, **said},
        )

    @event(TouchpointRecorded)
    def __init__(
        self,
        by: UUID,
        candidate: UUID,
        channel: str,
        direction: str,
        outcome: str | None,
        happened_at: datetime,
        words: str | None,
        conversation: UUID | None,
        promises: list[UUID],
    ):
        self.candidate = candidate
        self.channel = channel
        self.direction = direction
        self.outcome = outcome
        self.happened_at = happened_at
        self.words = words
        self.conversation = conversation
        self.promises = promises
        self.said_by = by
        self.said_at = self.created_on
        self.retracted = False
        self.redacted = False
        self.moved = False
        self.answer_needed = True
        self.asked = False
        self.mentioned: list[UUID] = []
        self.try_again_at: datetime | None = None
        self.given: tuple[UUID, str] | None = None
        self.wordings = [words] if words else []
        self.sensitive: list[str] = []

    @property
    def person(self) -> UUID:
        return self.candidate

    @property
    def counts(self) -> bool:
        """Whether it is still said to have happened, with this person."""
        return not (self.retracted or self.moved)

    @property
    def tells(self) -> bool:
        """Whether it still stands that we said or wrote something to them in it, and that it reached them."""
        return self.counts and self.direction == Direction.OUT and self.outcome in (None, Outcome.TALKED)

    def says(self, words: str) -> bool:
        """Whether these are the words that stand there."""
        return note(words, "note") == self.words

    def correct(self, by: UUID, words: str, why: str) -> None:
        words = note(words, "note", "Write what should stand there instead.")
        self._still_stands()
        if words == self.words:
            raise Refused("These are the words that stand there already.", "note")
        self._corrected(by=by, words=words, why=line(why, "why"))

    def retract(self, by: UUID, why: str) -> None:
        self._still_stands()
        self._retracted(by=by, why=line(why, "why", "Say why this is taken back."))

    def undo(self, by: UUID, now: datetime) -> None:
        """Taken back at once by whoever wrote it, and nobody asks why."""
        self._still_stands()
        if by != self.said_by or now - self.said_at > UNDONE_WITHIN:
            raise Refused("Only you can undo what you wrote, for ten minutes. Retract it, and say why.")
        self._retracted(by=by, why="")

    def redact(self, by: UUID | None, why: str) -> None:
        if self.redacted:
            raise Refused("The words of this entry were removed before.")
        self._redacted(by=by, why=line(why, "why", "Say why these words are removed."))

    def catch(self, by: UUID, promise: UUID) -> None:
        """Note that a promise was made in it."""
        self._still_stands()
        self._caught(by=by, promise=promise)

    def mark_sensitive(self, by: UUID, passages: Sequence[str]) -> None:
        """Keep these passages from others. Each must stand in the words, or in what stood there before a correction."""
        if self.redacted:
            raise Refused("The words of this entry were removed.")
        marked = [note(passage, "sensitive", "Say which words are sensitive.") for passage in passages]
        for passage in marked:
            if not any(standing(words, [passage]) for words in self.wordings):
                raise Refused(f"“{_shortened(passage)}” does not stand in the note.", "note")
        new = [passage for passage in dict.fromkeys(marked) if passage not in self.sensitive]
        if len(self.sensitive) + len(new) > MOST_PASSAGES:
            raise Refused(f"At most {MOST_PASSAGES} passages of one entry can be marked.", "note")
        if new:
            self._marked_sensitive(by=by, passages=new)

    def unmark_sensitive(self, by: UUID, passages: Sequence[str], by_owner: bool = False) -> None:
        """Let everybody read these passages again: for whoever said it, or an owner."""
        if by != self.said_by and not by_owner:
            raise Refused("Only the colleague who wrote this, or an owner, can unmark it.")
        if self.redacted:
            raise Refused("The words of this entry were removed.")
        known = [passage for passage in self.sensitive if passage in passages]
        if not known:
            raise Refused("Choose what is to be unmarked.", "sensitive")
        self._unmarked_sensitive(by=by, passages=known)

    def ask_for_referral(self, by: UUID) -> None:
        """We asked in it whether they know somebody."""
        if self.direction != Direction.OUT:
            raise Refused("Only what we say or write to them can ask for a referral.", "direction")
        self._asked(by=by)

    def mention(self, by: UUID, colleagues: Sequence[UUID]) -> None:
        """These colleagues are named in it: each is told once, and nobody of what they wrote themselves."""
        for who in dict.fromkeys(colleagues):
            if who != by and who not in self.mentioned:
                self._mentioned(by=by, who=who)

    def try_again(self, by: UUID, at: datetime, now: datetime) -> None:
        """A call that nobody answered is tried again at an instant, within 60 days; the last that was chosen counts."""
        self._still_counts()
        if self.outcome not in (Outcome.VOICEMAIL, Outcome.NO_ANSWER):
            raise Refused("Only a call that nobody answered is tried again.")
        if not now < at <= now + LATEST_TRY:
            raise Refused("Choose a time to come, within 60 days.", "at")
        if at != self.try_again_at:
            self._try_again_chosen(by=by, at=at.astimezone(UTC))

    def tried(self, by: UUID) -> None:
        """It need not be tried again."""
        if self.try_again_at is not None:
            self._try_again_done(by=by)

    def give(self, by: UUID, tip: UUID, title: str) -> None:
        """We passed this on in it; nothing where nobody was reached."""
        if self.direction != Direction.OUT:
            raise Refused("Only what we say or write to them can pass something on.", "direction")
        if self.outcome not in MISSED:
            self._tip_given(by=by, tip=tip, title=title)

    def copy_to(self, candidate: UUID, id: UUID, by: UUID, promises: list[UUID]) -> Touchpoint:
        """The same, said to somebody else."""
        return self._told(
            id,
            by,
            candidate,
            promises,
            channel=self.channel,
            direction=self.direction,
            outcome=self.outcome,
            happened_at=self.happened_at,
            words=self.words,
            conversation=self.conversation,
        )

    def move_to(self, candidate: UUID, id: UUID, by: UUID, promises: list[UUID], why: str) -> Touchpoint:
        """It was about somebody else: said there by whoever said it here, and the words removed here."""
        self._still_stands()
        if candidate == self.candidate:
            raise Refused("This entry is about this person already. Choose somebody else.", "candidate")
        there = self.copy_to(candidate, id, by, promises)
        there._brought_here(by=by, from_touchpoint=self.id, said_by=self.said_by, said_at=self.said_at)
        still_there = [passage for passage in self.sensitive if standing(self.words or "", [passage])]
        if still_there:
            there.mark_sensitive(by, still_there)
        if self.asked:
            there._asked(by=by)
        if self.given:
            there._tip_given(by=by, tip=self.given[0], title=self.given[1])
        self._moved_away(by=by, to_touchpoint=there.id)
        self._redacted(by=by, why=line(why, "why"))
        return there

    def expect_no_answer(self, by: UUID) -> None:
        self._still_counts()
        if self.answer_needed:
            self._answer_not_needed(by=by)

    def expect_an_answer(self, by: UUID) -> None:
        self._still_counts()
        if not self.answer_needed:
            self._answer_needed(by=by)

    def _still_stands(self) -> None:
        self._still_counts()
        if self.redacted:
            raise Refused("The words of this entry were removed.")

    def _still_counts(self) -> None:
        if self.moved:
            raise Refused("This entry was moved to somebody else.")
        if self.retracted:
            raise Refused("This entry was taken back.")

    @event(TouchpointCorrected)
    def _corrected(self, by: UUID, words: str | None, why: str | None) -> None:
        self.words = words
        self.wordings.append(words or "")

    @event(TouchpointRetracted)
    def _retracted(self, by: UUID, why: str | None) -> None:
        self.retracted = True

    @event(WordsRedacted)
    def _redacted(self, by: UUID | None, why: str | None) -> None:
        self.redacted = True

    @event(MovedAway)
    def _moved_away(self, by: UUID, to_touchpoint: UUID) -> None:
        self.moved = True

    @event(BroughtHere)
    def _brought_here(self, by: UUID, from_touchpoint: UUID, said_by: UUID, said_at: datetime) -> None:
        self.said_by, self.said_at = said_by, said_at

    @event(PromiseCaught)
    def _caught(self, by: UUID, promise: UUID) -> None:
        self.promises = [*self.promises, promise]

    @event(ReferralAsked)
    def _asked(self, by: UUID) -> None:
        self.asked = True

    @event(ColleagueMentioned)
    def _mentioned(self, by: UUID, who: UUID) -> None:
        self.mentioned = [*self.mentioned, who]

    @event(TipGiven)
    def _tip_given(self, by: UUID, tip: UUID, title: str | None) -> None:
        self.given = tip, title or ""

    @event(AnswerNotNeeded)
    def _answer_not_needed(self, by: UUID) -> None:
        self.answer_needed = False

    @event(AnswerNeeded)
    def _answer_needed(self, by: UUID) -> None:
        self.answer_needed = True

    @event(TryAgainChosen)
    def _try_again_chosen(self, by: UUID, at: datetime) -> None:
        self.try_again_at = at

    @event(TryAgainDone)
    def _try_again_done(self, by: UUID) -> None:
        self.try_again_at = None

    @event(MarkedSensitive)
    def _marked_sensitive(self, by: UUID, passages: list[str] | None) -> None:
        self.sensitive = [*self.sensitive, *(passages or ())]

    @event(UnmarkedSensitive)
    def _unmarked_sensitive(self, by: UUID, passages: list[str] | None) -> None:
        self.sensitive = [passage for passage in self.sensitive if passage not in (passages or ())]


def _shortened(passage: str) -> str:
    return passage if len(passage) <= 60 else f"{passage[:59]}…"


def _known(channel: str, direction: str, outcome: str | None) -> None:
    if channel not in list(Channel):
        raise Refused("Choose how you were in touch.", "channel")
    if direction not in list(Direction):
        raise Refused("Choose who got in touch with whom.", "direction")
    if outcome is not None and outcome not in list(Outcome):
        raise Refused("Choose how the call went.", "outcome")
