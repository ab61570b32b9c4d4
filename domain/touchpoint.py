"""A touchpoint: one call, mail, meeting, message or note with one candidate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.refusal import Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import line, note

CLOCKS_DIFFER = timedelta(minutes=5)
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


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
        why: str | None

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
    ) -> Touchpoint:
        """Only a call has an outcome. Without a note stands only a promise, or a call in which nobody talked."""
        words = note(words, "note")
        _known(channel, direction, outcome)
        if channel != Channel.CALL:
            outcome = None
        if not words and not promises and outcome in (None, Outcome.TALKED):
            raise Refused("Write what was said.", "note")
        if happened_at > now + CLOCKS_DIFFER:
            raise Refused("That is in the future. Touchpoints are about what has happened.", "happened_at")
        if happened_at < LONG_AGO:
            raise Refused("That is too long ago. Please check the year.", "happened_at")
        return cls._create(
            cls.TouchpointRecorded,
            id=id,
            by=by,
            person=candidate,
            candidate=candidate,
            channel=str(channel),
            direction=str(direction),
            outcome=str(outcome) if outcome else None,
            happened_at=happened_at.astimezone(UTC),
            words=words,
            job=None,
            conversation=None,
            promises=promises,
        )

    @event(TouchpointRecorded)
    def __init__(self, candidate: UUID, words: str | None, promises: list[UUID]):
        self.candidate = candidate
        self.words = words
        self.promises = promises
        self.retracted = False
        self.redacted = False

    @property
    def person(self) -> UUID:
        return self.candidate

    def correct(self, by: UUID, words: str, why: str) -> None:
        words = note(words, "note", "Write what should stand there instead.")
        self._still_stands()
        if words == self.words:
            raise Refused("These are the words that stand there already.", "note")
        self._corrected(by=by, words=words, why=line(why, "why"))

    def retract(self, by: UUID, why: str) -> None:
        self._still_stands()
        self._retracted(by=by, why=line(why, "why", "Say why this is taken back."))

    def redact(self, by: UUID | None, why: str) -> None:
        if self.redacted:
            raise Refused("The words of this entry were removed before.")
        self._redacted(by=by, why=line(why, "why", "Say why these words are removed."))

    def _still_stands(self) -> None:
        if self.retracted:
            raise Refused("This entry was taken back.")
        if self.redacted:
            raise Refused("The words of this entry were removed.")

    @event(TouchpointCorrected)
    def _corrected(self, by: UUID, words: str | None, why: str | None) -> None:
        self.words = words

    @event(TouchpointRetracted)
    def _retracted(self, by: UUID, why: str | None) -> None:
        self.retracted = True

    @event(WordsRedacted)
    def _redacted(self, by: UUID | None, why: str | None) -> None:
        self.redacted = True


def _known(channel: str, direction: str, outcome: str | None) -> None:
    if channel not in list(Channel):
        raise Refused("Choose how you were in touch.", "channel")
    if direction not in list(Direction):
        raise Refused("Choose who got in touch with whom.", "direction")
    if outcome is not None and outcome not in list(Outcome):
        raise Refused("Choose how the call went.", "outcome")
