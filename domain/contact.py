"""A contact: a person at a client, who may have promised something about a candidate."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import event

from domain.person import Person, why_erased
from domain.stream import Beginning, Fact, Forgets
from domain.words import email as an_email
from domain.words import line
from domain.words import phone as a_phone


class Contact(Person):
    """Name, employer and ways to reach them."""

    TOPIC = "contact"

    class ContactAdded(Beginning):
        TOPIC = "contact.added"
        name: str | None
        works_at: str | None
        email: str | None
        phone: str | None

    class ContactErased(Fact):
        TOPIC = "contact.erased"
        clear = ("why",)
        forgets = Forgets.PERSON
        why: str

    @classmethod
    def add(cls, id: UUID, by: UUID, name: str, works_at: str, email: str, phone: str) -> Contact:
        return cls._create(
            cls.ContactAdded,
            id=id,
            by=by,
            person=id,
            name=line(name, "contact", "Say what the contact is called."),
            works_at=line(works_at, "contact_works_at"),
            email=an_email(email, "contact_email"),
            phone=a_phone(phone, "contact_phone"),
        )

    @event(ContactAdded)
    def __init__(self) -> None:
        pass

    def erase(self, by: UUID | None, why: str) -> None:
        self.still_known()
        self._erased(by=by, why=why_erased(why))

    @event(ContactErased)
    def _erased(self, by: UUID | None, why: str) -> None:
        self.erased = True
