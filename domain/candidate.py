"""A candidate: the person whom promises are made to."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.refusal import Forgotten, Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import email as an_email
from domain.words import line
from domain.words import phone as a_phone


class WhyErased(StrEnum):
    """Why a person was forgotten; never in free words, since those would outlive them."""

    ASKED = "asked"
    RETENTION = "retention"
    MISTAKE = "mistake"


class Candidate(Stream):
    """Name and ways to reach them. Everything said is a touchpoint, everything promised a promise, elsewhere."""

    TOPIC = "candidate"

    class CandidateAdded(Beginning):
        TOPIC = "candidate.added"
        clear = ("owner",)
        name: str | None
        emails: list[str] | None
        phones: list[str] | None
        headline: str | None
        place: str | None
        works_at: str | None
        source: str | None
        reference: str | None
        owner: UUID

    class CandidateErased(Fact):
        TOPIC = "candidate.erased"
        clear = ("why",)
        why: str

    @classmethod
    def add(cls, id: UUID, by: UUID, name: str, email: str, phone: str, headline: str, place: str) -> Candidate:
        email, phone = an_email(email, "email"), a_phone(phone, "phone")
        return cls._create(
            cls.CandidateAdded,
            id=id,
            by=by,
            person=id,
            name=line(name, "name", "Say what the candidate is called."),
            emails=[email] if email else [],
            phones=[phone] if phone else [],
            headline=line(headline, "headline"),
            place=line(place, "place"),
            works_at="",
            source="",
            reference="",
            owner=by,
        )

    @event(CandidateAdded)
    def __init__(self, owner: UUID):
        self.owner = owner
        self.erased = False

    @property
    def person(self) -> UUID:
        return self.id

    def still_known(self) -> None:
        """Refuse to record anything more about somebody who was erased."""
        if self.erased:
            raise Forgotten()

    def erase(self, by: UUID | None, why: str) -> None:
        self.still_known()
        if why not in list(WhyErased):
            raise Refused("Choose why this person is erased.", "why")
        self._erased(by=by, why=str(why))

    @event(CandidateErased)
    def _erased(self, by: UUID | None, why: str) -> None:
        self.erased = True
