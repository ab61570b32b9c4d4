"""A recruiter: a colleague who may sign in."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.refusal import Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import email as an_email
from domain.words import line


class Role(StrEnum):
    """What a colleague may do: owners everything, recruiters record, auditors read."""

    OWNER = "owner"
    RECRUITER = "recruiter"
    AUDITOR = "auditor"


class Recruiter(Stream):
    """Invited by an owner, or the owner who founded the agency; joined once they chose a password."""

    TOPIC = "recruiter"

    class RecruiterInvited(Beginning):
        TOPIC = "recruiter.invited"
        clear = ("role",)
        name: str | None
        email: str | None
        role: str

    class RecruiterJoined(Fact):
        TOPIC = "recruiter.joined"

    @classmethod
    def invite(cls, id: UUID, by: UUID, name: str, email: str, role: str) -> Recruiter:
        if role not in list(Role):
            raise Refused("Choose what this colleague may do.", "role")
        return cls._create(
            cls.RecruiterInvited,
            id=id,
            by=by,
            person=id,
            name=line(name, "name", "Say what your colleague is called."),
            email=an_email(email, "email", "An e-mail address is needed to sign in."),
            role=str(role),
        )

    @event(RecruiterInvited)
    def __init__(self, role: str):
        self.role = Role(role)
        self.joined = False

    @property
    def person(self) -> UUID:
        return self.id

    def join(self) -> None:
        if self.joined:
            raise Refused("This invitation was used before. Sign in instead.")
        self._joined(by=self.id)

    @event(RecruiterJoined)
    def _joined(self, by: UUID) -> None:
        self.joined = True
