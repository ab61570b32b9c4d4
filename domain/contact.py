"""A contact: a person at a client, who may have promised something about a candidate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from eventsourcing.domain import event

from domain.person import Person, why_erased
from domain.stream import Beginning, Fact, Forgets
from domain.words import email as an_email
from domain.words import line
from domain.words import phone as a_phone


@dataclass(frozen=True)
class ContactDetails:
    """What is known of somebody at a client, each as typed; "" where nothing is."""

    name: str
    works_at: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""

    def tidied(self) -> ContactDetails:
        """As it is kept. Raises Refused beside the field that cannot be."""
        return ContactDetails(
            line(self.name, "contact", "Say what the contact is called."),
            line(self.works_at, "contact_works_at"),
            line(self.role, "contact_role"),
            an_email(self.email, "contact_email"),
            a_phone(self.phone, "contact_phone"),
        )


class Contact(Person):
    """Name, employer, what they do there, and ways to reach them."""

    TOPIC = "contact"

    class ContactAdded(Beginning):
        TOPIC = "contact.added"
        name: str | None
        works_at: str | None
        email: str | None
        phone: str | None

    class ContactChanged(Fact):
        TOPIC = "contact.changed"
        name: str | None
        works_at: str | None
        role: str | None
        email: str | None
        phone: str | None

    class ContactErased(Fact):
        TOPIC = "contact.erased"
        clear = ("why",)
        forgets = Forgets.PERSON
        why: str

    @classmethod
    def add(cls, id: UUID, by: UUID, details: ContactDetails) -> Contact:
        said = details.tidied()
        contact = cls._create(
            cls.ContactAdded,
            id=id,
            by=by,
            person=id,
            name=said.name,
            works_at=said.works_at,
            email=said.email,
            phone=said.phone,
        )
        contact.change(by, said)
        return contact

    @event(ContactAdded)
    def __init__(self, name: str | None, works_at: str | None, email: str | None, phone: str | None) -> None:
        self.details = ContactDetails(name or "", works_at or "", "", email or "", phone or "")

    def change(self, by: UUID, details: ContactDetails) -> None:
        """What is the same is not recorded again."""
        self.still_known()
        said = details.tidied()
        if said != self.details:
            self._changed(by=by, **asdict(said))

    def erase(self, by: UUID | None, why: str) -> None:
        self.still_known()
        self._erased(by=by, why=why_erased(why))

    @event(ContactChanged)
    def _changed(
        self,
        by: UUID,
        name: str | None,
        works_at: str | None,
        role: str | None,
        email: str | None,
        phone: str | None,
    ) -> None:
        self.details = ContactDetails(name or "", works_at or "", role or "", email or "", phone or "")

    @event(ContactErased)
    def _erased(self, by: UUID | None, why: str) -> None:
        self.erased = True
