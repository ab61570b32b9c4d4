"""A recruiter: a colleague who may sign in."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.absence import Absence
from domain.card import Card
from domain.person import Person
from domain.refusal import NotFound, Refused
from domain.stream import Beginning, Fact
from domain.words import email as an_email
from domain.words import line, note

DIGEST_AT = time(7, 30)
LONGEST_SIGNATURE = 500


class Role(StrEnum):
    """What a colleague may do: owners everything, recruiters record, auditors read."""

    OWNER = "owner"
    RECRUITER = "recruiter"
    AUDITOR = "auditor"


class Recruiter(Person):
    """Invited by an owner, or the owner who founded the agency; joined once they chose a password, until they leave."""

    TOPIC = "recruiter"

    class RecruiterInvited(Beginning):
        TOPIC = "recruiter.invited"
        clear = ("role",)
        name: str | None
        email: str | None
        role: str

    class RecruiterJoined(Fact):
        TOPIC = "recruiter.joined"

    class RoleChanged(Fact):
        TOPIC = "recruiter.role-changed"
        clear = ("role",)
        role: str

    class QuietHoursChosen(Fact):
        TOPIC = "recruiter.quiet-hours-chosen"
        clear = ("begins", "ends")
        begins: time | None
        ends: time | None

    class DigestHourChosen(Fact):
        TOPIC = "recruiter.digest-hour-chosen"
        clear = ("at",)
        at: time | None

    class SignatureChosen(Fact):
        TOPIC = "recruiter.signature-chosen"
        signature: str | None

    class CardChanged(Fact):
        """What is on the card that they give away."""

        TOPIC = "recruiter.card-changed"
        title: str | None
        mobile: str | None
        phone: str | None
        link: str | None

    class AbsencePlanned(Fact):
        """Away on these days, where the agency is; nothing is handed over to the `cover`."""

        TOPIC = "recruiter.absence-planned"
        clear = ("absence", "first_day", "last_day", "zone", "cover")
        absence: UUID
        first_day: date
        last_day: date
        zone: str
        cover: UUID | None

    class AbsenceEnded(Fact):
        """Called off, or back before the last day."""

        TOPIC = "recruiter.absence-ended"
        clear = ("absence",)
        absence: UUID

    class RecruiterLeft(Fact):
        TOPIC = "recruiter.left"

    @classmethod
    def invite(cls, id: UUID, by: UUID, name: str, email: str, role: str) -> Recruiter:
        return cls._create(
            cls.RecruiterInvited,
            id=id,
            by=by,
            person=id,
            name=line(name, "name", "Say what your colleague is called."),
            email=an_email(email, "email", "An e-mail address is needed to sign in."),
            role=_known(role),
        )

    @event(RecruiterInvited)
    def __init__(self, role: str):
        self.role = Role(role)
        self.joined = False
        self.left = False
        self.quiet: tuple[time | None, time | None] = (None, None)
        self.digest_at: time | None = DIGEST_AT
        self.signature = ""
        self.card = Card()
        self.absences: dict[UUID, Absence] = {}
        self.ended: set[UUID] = set()

    @property
    def records(self) -> bool:
        """Whether promises and people can be theirs to look after."""
        return not self.left and self.role is not Role.AUDITOR

    def join(self) -> None:
        if self.left:
            raise Refused("This invitation was taken back. Ask for a new one.")
        if self.joined:
            raise Refused("This invitation was used before. Sign in instead.")
        self._joined(by=self.id)

    def change_role(self, by: UUID, role: str) -> None:
        self._still_here()
        if _known(role) != self.role:
            self._role_changed(by=by, role=_known(role))

    def choose_quiet_hours(self, by: UUID, begins: time | None, ends: time | None) -> None:
        """From one local time to another, perhaps over midnight; no times, no quiet hours."""
        self._still_here()
        if (begins is None) != (ends is None):
            raise Refused("Say both when it is quiet from, and until when.", "ends" if ends is None else "begins")
        if begins is not None and begins == ends:
            raise Refused("Quiet hours end at another time than they begin.", "ends")
        if (begins, ends) != self.quiet:
            self._quiet_hours_chosen(by=by, begins=begins, ends=ends)

    def choose_digest_hour(self, by: UUID, at: time | None) -> None:
        """The local time of the mail with what is due today; None, no such mail."""
        self._still_here()
        if at != self.digest_at:
            self._digest_hour_chosen(by=by, at=at)

    def choose_signature(self, by: UUID, signature: str) -> None:
        """What stands under their mails; nothing, their name and the agency's."""
        self._still_here()
        signature = note(signature, "signature")
        if len(signature) > LONGEST_SIGNATURE:
            raise Refused(f"At most {LONGEST_SIGNATURE} characters fit under a mail.", "signature")
        if signature != self.signature:
            self._signature_chosen(by=by, signature=signature)

    def change_card(self, by: UUID, card: Card) -> None:
        """What they give to candidates besides name, agency and e-mail."""
        self._still_here()
        card = card.checked()
        if card != self.card:
            self._card_changed(by=by, **asdict(card))

    def plan_absence(self, by: UUID, id: UUID, absence: Absence, now: datetime) -> None:
        """Be away on days on which they are not yet."""
        self._still_here()
        absence = absence.checked(now)
        if not self.records:
            raise Refused("An auditor keeps no promises, so nobody needs to cover.")
        if absence.cover == self.id:
            raise Refused("Nobody covers for themselves. Choose a colleague, or nobody.", "cover")
        if taken := self.away_during(absence):
            raise Refused(f"There is a plan for these days already: {taken.said()}.", "first")
        self._absence_planned(
            by=by, absence=id, first_day=absence.first, last_day=absence.last, zone=absence.zone, cover=absence.cover
        )

    def end_absence(self, by: UUID, id: UUID, now: datetime) -> None:
        """They stay after all, or are back."""
        absence = self.absences.get(id)
        if absence is None and id not in self.ended:
            raise NotFound(id)
        if absence is None or absence.ends_at() <= now:
            raise Refused("This absence is over already.")
        self._absence_ended(by=by, absence=id)

    def cover(self, absence: Absence) -> None:
        """Refuse if they cannot stand in for somebody who is away so."""
        if not (self.records and self.joined):
            raise Refused("Choose a colleague who is here and looks after promises.", "cover")
        if taken := self.away_during(absence):
            raise Refused(f"This colleague is away then, too: {taken.said()}. Choose somebody else.", "cover")

    def away_during(self, absence: Absence) -> Absence | None:
        """The first plan that has a day in common with this one."""
        return next((each for each in self.absences.values() if each.overlaps(absence)), None)

    def leave(self, by: UUID) -> None:
        self._still_here()
        self._left(by=by)

    def _still_here(self) -> None:
        if self.left:
            raise Refused("This colleague has left.")

    @event(RecruiterJoined)
    def _joined(self, by: UUID) -> None:
        self.joined = True

    @event(RoleChanged)
    def _role_changed(self, by: UUID, role: str) -> None:
        self.role = Role(role)

    @event(QuietHoursChosen)
    def _quiet_hours_chosen(self, by: UUID, begins: time | None, ends: time | None) -> None:
        self.quiet = begins, ends

    @event(DigestHourChosen)
    def _digest_hour_chosen(self, by: UUID, at: time | None) -> None:
        self.digest_at = at

    @event(SignatureChosen)
    def _signature_chosen(self, by: UUID, signature: str | None) -> None:
        self.signature = signature or ""

    @event(CardChanged)
    def _card_changed(
        self, by: UUID, title: str | None, mobile: str | None, phone: str | None, link: str | None
    ) -> None:
        self.card = Card(title or "", mobile or "", phone or "", link or "")

    @event(AbsencePlanned)
    def _absence_planned(
        self, by: UUID, absence: UUID, first_day: date, last_day: date, zone: str, cover: UUID | None
    ) -> None:
        self.absences[absence] = Absence(first_day, last_day, zone, cover)

    @event(AbsenceEnded)
    def _absence_ended(self, by: UUID, absence: UUID) -> None:
        self.absences.pop(absence, None)
        self.ended.add(absence)

    @event(RecruiterLeft)
    def _left(self, by: UUID) -> None:
        self.left = True


def _known(role: str) -> str:
    if role not in list(Role):
        raise Refused("Choose what this colleague may do.", "role")
    return str(role)
