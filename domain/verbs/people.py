"""Candidates, and contacts at clients."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.candidate import Candidate, Details
from domain.command import Command
from domain.contact import Contact, ContactDetails
from domain.stream import Stream
from domain.verbs.once import forgetting, once
from domain.verbs.team import TeamVerbs


class PeopleVerbs(TeamVerbs):
    """Add people, change what is known of them, and forget them."""

    @once
    def add_contact(
        self, command: Command, name: str, works_at: str = "", email: str = "", phone: str = "", role: str = ""
    ) -> tuple[Stream, ...]:
        """A person at a client, who may promise something; streams (contact,)."""
        person = command.stream(0)
        contact = Contact.add(person, command.person, ContactDetails(name, works_at, role, email, phone))
        self.log.admit(person)
        return (contact,)

    @once
    def change_contact(
        self, command: Command, contact_id: UUID, details: ContactDetails, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """What they are called, where they work and as what, and how to reach them."""
        contact = self.load(Contact, contact_id, seen)
        contact.change(command.person, details)
        return (contact,)

    @forgetting
    def erase_contact(self, command: Command, contact_id: UUID, why: str) -> tuple[Stream, ...]:
        """Forget a contact, as a candidate is forgotten."""
        contact = self.load(Contact, contact_id)
        if not contact.erased:
            contact.erase(command.by, why)
        return (contact,)

    @once
    def add_candidate(
        self,
        command: Command,
        name: str = "",
        email: str = "",
        phone: str = "",
        headline: str = "",
        place: str = "",
        *,
        details: Details | None = None,
        tags: Sequence[str] = (),
        owner: UUID | None = None,
    ) -> tuple[Stream, ...]:
        """A person to keep promises to, looked after by `owner` or whoever adds them; streams (candidate,)."""
        person = command.stream(0)
        details = details or Details(name, (email,), (phone,), headline, place)
        candidate = Candidate.add(person, command.person, details, tags, owner or command.person)
        if owner:
            self._can_be_theirs(owner, "Choose who looks after this person.", "owner")
        self.log.admit(person)
        return (candidate,)

    @once
    def change_details(
        self, command: Command, candidate_id: UUID, details: Details, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Other ways to reach a candidate, or another name."""
        candidate = self.load(Candidate, candidate_id, seen)
        candidate.change_details(command.person, details)
        return (candidate,)

    @once
    def tag_candidate(self, command: Command, candidate_id: UUID, tags: Sequence[str]) -> tuple[Stream, ...]:
        """Words by which a candidate is found among many."""
        candidate = self.load(Candidate, candidate_id)
        candidate.tag(command.person, tags)
        return (candidate,)

    @once
    def untag_candidate(self, command: Command, candidate_id: UUID, tags: Sequence[str]) -> tuple[Stream, ...]:
        """They are not found by these any more."""
        candidate = self.load(Candidate, candidate_id)
        candidate.untag(command.person, tags)
        return (candidate,)

    @once
    def assign_owner(
        self, command: Command, candidate_id: UUID, owner: UUID, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """A colleague looks after a candidate from now on."""
        candidate = self.load(Candidate, candidate_id, seen)
        self._can_be_theirs(owner, "Choose who looks after this person.", "owner")
        candidate.assign(command.person, owner)
        return (candidate,)

    @once
    def withdraw_candidate(self, command: Command, candidate_id: UUID, why: str = "") -> tuple[Stream, ...]:
        """Added by mistake: counts nowhere."""
        candidate = self.load(Candidate, candidate_id)
        candidate.withdraw(command.person, why)
        return (candidate,)

    @forgetting
    def erase_candidate(self, command: Command, candidate_id: UUID, why: str) -> tuple[Stream, ...]:
        """Forget a person: their key is destroyed in the same turn. Facts, places and counts stay."""
        candidate = self.load(Candidate, candidate_id)
        if not candidate.erased:
            candidate.erase(command.by, why)
        return (candidate,)
