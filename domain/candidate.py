"""A candidate: the person whom promises are made to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from eventsourcing.domain import event

from domain.invitation import Invitation, Invited, network, past
from domain.person import Person, why_erased
from domain.refusal import Forgotten, NotFound, Refused
from domain.remembered import ImportantDate, Interval, PainPoint
from domain.stream import Beginning, Fact, Forgets
from domain.touchpoint import Channel
from domain.wishes import Unwelcome, Wishes
from domain.words import email, line, link, phone, tag

MOST_WAYS = 10
MOST_TAGS = 50
MOST_PAINS = 200
MOST_DATES = 20
MOST_NEVER_TOLD = 100
MOST_DECLINED = 500


@dataclass(frozen=True)
class Details:
    """What is known of a candidate. `reference` and `link` are what another system calls them, and their page there."""

    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    headline: str = ""
    place: str = ""
    works_at: str = ""
    source: str = ""
    reference: str = ""
    link: str = ""

    def checked(self) -> Details:
        """These details as they are recorded. Raises Refused beside the field."""
        return Details(
            name=line(self.name, "name", "Say what the candidate is called."),
            emails=_each(self.emails, email, "email", f"At most {MOST_WAYS} e-mail addresses fit here."),
            phones=_each(self.phones, phone, "phone", f"At most {MOST_WAYS} telephone numbers fit here."),
            headline=line(self.headline, "headline"),
            place=line(self.place, "place"),
            works_at=line(self.works_at, "works_at"),
            source=line(self.source, "source"),
            reference=line(self.reference, "reference"),
            link=link(self.link, "link"),
        )


class Candidate(Person):
    """Who they are and how to reach them. Everything said is a touchpoint, everything promised a promise, elsewhere."""

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

    class ContactDetailsChanged(Fact):
        TOPIC = "candidate.details-changed"
        name: str | None
        emails: list[str] | None
        phones: list[str] | None
        headline: str | None
        place: str | None
        works_at: str | None
        source: str | None
        reference: str | None

    class SocialProfileLinked(Fact):
        TOPIC = "candidate.profile-linked"
        link: str | None

    class Tagged(Fact):
        TOPIC = "candidate.tagged"
        tags: list[str] | None

    class Untagged(Fact):
        TOPIC = "candidate.untagged"
        tags: list[str] | None

    class OwnerAssigned(Fact):
        TOPIC = "candidate.owner-assigned"
        clear = ("owner",)
        owner: UUID

    class ContactPreferenceSet(Fact):
        TOPIC = "candidate.contact-preference-set"
        clear = ("unwanted", "not_before", "not_after", "not_on")
        unwanted: list[str]
        not_before: time | None
        not_after: time | None
        not_on: list[int]
        note: str | None

    class ContactRefused(Fact):
        TOPIC = "candidate.contact-refused"
        clear = ("what",)
        what: str

    class ContactAllowed(Fact):
        TOPIC = "candidate.contact-allowed"

    class ReferredBy(Fact):
        TOPIC = "candidate.referred-by"
        clear = ("referrer",)
        referrer: UUID | None

    class NeverTellNoted(Fact):
        """A client that must never hear of them."""

        TOPIC = "candidate.never-tell-noted"
        client: UUID | None

    class NeverTellWithdrawn(Fact):
        TOPIC = "candidate.never-tell-withdrawn"
        client: UUID | None

    class CandidateWithdrawn(Fact):
        TOPIC = "candidate.withdrawn"
        why: str | None

    class CandidateErased(Fact):
        TOPIC = "candidate.erased"
        clear = ("why",)
        forgets = Forgets.PERSON
        why: str

    class PainPointNoted(Fact):
        """What hurts them or what they want; `pain` is what it is called from then on."""

        TOPIC = "candidate.pain-point-noted"
        clear = ("pain", "kind", "touchpoint", "noted_on")
        change = False
        pain: UUID
        kind: str
        words: str | None
        quote: str | None
        touchpoint: UUID | None
        noted_on: date

    class PainPointResolved(Fact):
        TOPIC = "candidate.pain-point-resolved"
        clear = ("pain",)
        change = False
        pain: UUID
        why: str | None

    class PainPointReopened(Fact):
        TOPIC = "candidate.pain-point-reopened"
        clear = ("pain",)
        change = False
        pain: UUID

    class KeepInTouchSet(Fact):
        """How often to be in touch with them; None, as their tags say."""

        TOPIC = "candidate.keep-in-touch-set"
        clear = ("ideal_days", "latest_days")
        change = False
        ideal_days: int | None
        latest_days: int | None

    class ImportantDateNoted(Fact):
        """A day that matters; `noted` is what it is called from then on. Why it matters is theirs, and sealed."""

        TOPIC = "candidate.important-date-noted"
        clear = ("noted",)
        change = False
        noted: UUID
        kind: str | None
        month: int | None
        day: int | None
        year: int | None
        label: str | None

    class ImportantDateRemoved(Fact):
        TOPIC = "candidate.important-date-removed"
        clear = ("noted",)
        change = False
        noted: UUID

    class ImportantDateSeenTo(Fact):
        """In that year nobody need be told of it any more."""

        TOPIC = "candidate.important-date-seen-to"
        clear = ("noted", "year")
        change = False
        noted: UUID
        year: int

    class JobNotForThem(Fact):
        """A job that was new in their field is nothing for them."""

        TOPIC = "candidate.job-not-for-them"
        clear = ("job",)
        change = False
        job: UUID

    class ProfileInvited(Fact):
        TOPIC = "candidate.profile-invited"
        clear = ("network", "on")
        change = False
        network: str
        on: date
        link: str | None

    class InvitationAccepted(Fact):
        TOPIC = "candidate.invitation-accepted"
        clear = ("network", "on")
        change = False
        network: str
        on: date

    class InvitationDeclined(Fact):
        TOPIC = "candidate.invitation-declined"
        clear = ("network", "on")
        change = False
        network: str
        on: date

    class InvitationTakenBack(Fact):
        """There was none: a wrong tap."""

        TOPIC = "candidate.invitation-taken-back"
        clear = ("network",)
        change = False
        network: str

    class InvitationLeftOut(Fact):
        """Nobody need be told to invite them."""

        TOPIC = "candidate.invitation-left-out"
        change = False

    @classmethod
    def add(cls, id: UUID, by: UUID, details: Details, tags: Iterable[str], owner: UUID) -> Candidate:
        details = details.checked()
        candidate = cls._create(cls.CandidateAdded, id=id, by=by, person=id, owner=owner, **_said(details))
        candidate.change_details(by, details)
        candidate.tag(by, tags)
        return candidate

    @event(CandidateAdded)
    def __init__(
        self,
        owner: UUID,
        name: str | None,
        emails: list[str] | None,
        phones: list[str] | None,
        headline: str | None,
        place: str | None,
        works_at: str | None,
        source: str | None,
        reference: str | None,
    ):
        self.owner = owner
        self.tags: dict[str, str] = {}
        self.pains: dict[UUID, bool] = {}  # whether each is still so
        self.dates: dict[UUID, int] = {}  # each with the last year in which it was seen to
        self.interval: Interval | None = None
        self.invitations: dict[str, Invitation] = {}
        self.left_out = False
        self.withdrawn = False
        self.wishes = Wishes()
        self.unwelcome: Unwelcome | None = None
        self.referrer: UUID | None = None
        self.never_tell: set[UUID] = set()
        self.not_for: set[UUID] = set()
        self.details = _details(name, emails, phones, headline, place, works_at, source, reference, "")

    def still_known(self) -> None:
        """Refuse to record anything more about somebody who was erased or taken back."""
        super().still_known()
        if self.withdrawn:
            raise Refused("This person was taken back as added by mistake. Nothing more can be recorded about them.")

    def change_details(self, by: UUID, details: Details) -> None:
        """What is the same is not recorded again."""
        self.still_known()
        details = details.checked()
        if replace(details, link=self.details.link) != self.details:
            self._details_changed(by=by, **_said(details))
        if details.link != self.details.link:
            self._profile_linked(by=by, link=details.link)

    def tag(self, by: UUID, tags: Iterable[str]) -> None:
        """Tags that they have already, in capitals or not, are not recorded again."""
        self.still_known()
        new = {known: said for known, said in _tags(tags).items() if known not in self.tags}
        if len(self.tags) + len(new) > MOST_TAGS:
            raise Refused(f"At most {MOST_TAGS} tags fit on one person.", "tags")
        if new:
            self._tagged(by=by, tags=list(new.values()))

    def untag(self, by: UUID, tags: Iterable[str]) -> None:
        self.still_known()
        if gone := [self.tags[known] for known in _tags(tags) if known in self.tags]:
            self._untagged(by=by, tags=gone)

    def assign(self, by: UUID, owner: UUID) -> None:
        self.still_known()
        if owner != self.owner:
            self._owner_assigned(by=by, owner=owner)

    def note_pain(self, by: UUID, id: UUID, pain: PainPoint, now: datetime) -> None:
        """What hurts them, or what they want, until it is resolved."""
        self.still_known()
        pain = pain.checked(now)
        if len(self.pains) >= MOST_PAINS:
            raise Refused(f"At most {MOST_PAINS} of these fit on one person.", "pain")
        self._pain_noted(by=by, pain=id, **asdict(pain))

    def resolve_pain(self, by: UUID, pain: UUID, why: str) -> None:
        """What is resolved already is not recorded again."""
        if self._is_open(pain):
            self._pain_resolved(by=by, pain=pain, why=line(why, "why"))

    def reopen_pain(self, by: UUID, pain: UUID) -> None:
        """It is so after all."""
        if not self._is_open(pain):
            self._pain_reopened(by=by, pain=pain)

    def _is_open(self, pain: UUID) -> bool:
        self.still_known()
        if pain not in self.pains:
            raise NotFound(pain)
        return self.pains[pain]

    def keep_in_touch(self, by: UUID, interval: Interval | None) -> None:
        """As often as this; None, as their tags say."""
        self.still_known()
        interval = interval and interval.checked()
        if interval != self.interval:
            days = asdict(interval) if interval else {"ideal_days": None, "latest_days": None}
            self._keep_in_touch_set(by=by, **days)

    def note_date(self, by: UUID, id: UUID, day: ImportantDate) -> None:
        """A day that matters."""
        self.still_known()
        day = day.checked()
        if len(self.dates) >= MOST_DATES:
            raise Refused(f"At most {MOST_DATES} days fit on one person.", "on")
        self._date_noted(by=by, noted=id, **asdict(day))

    def remove_date(self, by: UUID, noted: UUID) -> None:
        self._has_date(noted)
        self._date_removed(by=by, noted=noted)

    def see_to_date(self, by: UUID, noted: UUID, year: int) -> None:
        """What was seen to already is not recorded again."""
        self._has_date(noted)
        if year > self.dates[noted]:
            self._date_seen_to(by=by, noted=noted, year=year)

    def invite(self, by: UUID, into: str, on: date, profile: str, now: datetime) -> None:
        """Once for each network, and again once they declined."""
        self.still_known()
        chosen = network(into)
        if (known := self.invitations.get(chosen)) and known.state is not Invited.DECLINED:
            raise Refused(f"They were invited on {chosen} already.", "network")
        self._invited(by=by, network=str(chosen), on=past(on, now), link=link(profile, "link"))

    def answer_invitation(self, by: UUID, into: str, state: Invited, on: date, now: datetime) -> None:
        """They accepted or declined; what is known already is not recorded again."""
        self.still_known()
        known = self.invitations.get(network(into))
        if known is None:
            raise Refused(f"They were not invited on {into} yet.", "network")
        if known.answered(state, past(on, now)).state is not known.state:
            answer = self._accepted if state is Invited.ACCEPTED else self._declined
            answer(by=by, network=into, on=on)

    def take_invitation_back(self, by: UUID, into: str) -> None:
        self.still_known()
        if network(into) in self.invitations:
            self._taken_back(by=by, network=into)

    def leave_uninvited(self, by: UUID) -> None:
        """Who is invited already need not be left out."""
        self.still_known()
        if not self.left_out and not self.invitations:
            self._left_out(by=by)

    def _has_date(self, noted: UUID) -> None:
        self.still_known()
        if noted not in self.dates:
            raise NotFound(noted)

    def wish(self, by: UUID, wishes: Wishes, unwelcome: Unwelcome | None) -> None:
        """How they wish to be reached, and what they asked us never to send. What is the same is not recorded again."""
        self.still_known()
        wishes = wishes.checked()
        if wishes != self.wishes:
            lists = {"unwanted": list(wishes.unwanted), "not_on": list(wishes.not_on)}
            self._wished(by=by, **{**asdict(wishes), **lists})
        if unwelcome != self.unwelcome and unwelcome is not None:
            self._refused(by=by, what=str(unwelcome))
        elif unwelcome != self.unwelcome:
            self._allowed(by=by)

    def may_be_sent(self, channel: str) -> None:
        """Refuse to send what they asked us not to."""
        self.still_known()
        if self.unwelcome is Unwelcome.EVERYTHING:
            raise Refused(f"{self.details.name} asked us never to get in touch. Nothing was sent.")
        if self.unwelcome is Unwelcome.MAILS and channel == Channel.EMAIL:
            raise Refused(f"{self.details.name} asked us to send no mails. Nothing was sent.")

    def come_from(self, by: UUID, referrer: UUID | None) -> None:
        """Somebody we know sent them to us; None, nobody did."""
        self.still_known()
        if referrer == self.id:
            raise Refused("Nobody refers themselves. Choose somebody else.", "referrer")
        if referrer != self.referrer:
            self._referred(by=by, referrer=referrer)

    def note_never_tell(self, by: UUID, client: UUID) -> None:
        """This client must never hear of them."""
        self.still_known()
        if len(self.never_tell) >= MOST_NEVER_TOLD:
            raise Refused(f"At most {MOST_NEVER_TOLD} clients fit here.", "client")
        if client not in self.never_tell:
            self._never_tell_noted(by=by, client=client)

    def withdraw_never_tell(self, by: UUID, client: UUID) -> None:
        self.still_known()
        if client in self.never_tell:
            self._never_tell_withdrawn(by=by, client=client)

    def leave_out_job(self, by: UUID, job: UUID) -> None:
        """This job is nothing for them: nobody is told of it again."""
        self.still_known()
        if len(self.not_for) >= MOST_DECLINED:
            raise Refused(f"At most {MOST_DECLINED} jobs fit here.")
        if job not in self.not_for:
            self._job_left_out(by=by, job=job)

    def withdraw(self, by: UUID, why: str) -> None:
        """Added by mistake: counts nowhere, and nothing more is recorded about them."""
        self.still_known()
        self._withdrawn(by=by, why=line(why, "why"))

    def erase(self, by: UUID | None, why: str) -> None:
        if self.erased:
            raise Forgotten()
        self._erased(by=by, why=why_erased(why))

    @event(ContactDetailsChanged)
    def _details_changed(
        self,
        by: UUID,
        name: str | None,
        emails: list[str] | None,
        phones: list[str] | None,
        headline: str | None,
        place: str | None,
        works_at: str | None,
        source: str | None,
        reference: str | None,
    ) -> None:
        link = self.details.link
        self.details = _details(name, emails, phones, headline, place, works_at, source, reference, link)

    @event(SocialProfileLinked)
    def _profile_linked(self, by: UUID, link: str | None) -> None:
        self.details = replace(self.details, link=link or "")

    @event(Tagged)
    def _tagged(self, by: UUID, tags: list[str] | None) -> None:
        self.tags.update((said.casefold(), said) for said in tags or ())

    @event(Untagged)
    def _untagged(self, by: UUID, tags: list[str] | None) -> None:
        for said in tags or ():
            self.tags.pop(said.casefold(), None)

    @event(OwnerAssigned)
    def _owner_assigned(self, by: UUID, owner: UUID) -> None:
        self.owner = owner

    @event(PainPointNoted)
    def _pain_noted(
        self,
        by: UUID,
        pain: UUID,
        kind: str,
        words: str | None,
        quote: str | None,
        touchpoint: UUID | None,
        noted_on: date,
    ) -> None:
        self.pains[pain] = True

    @event(PainPointResolved)
    def _pain_resolved(self, by: UUID, pain: UUID, why: str | None) -> None:
        self.pains[pain] = False

    @event(PainPointReopened)
    def _pain_reopened(self, by: UUID, pain: UUID) -> None:
        self.pains[pain] = True

    @event(KeepInTouchSet)
    def _keep_in_touch_set(self, by: UUID, ideal_days: int | None, latest_days: int | None) -> None:
        self.interval = Interval(ideal_days, latest_days) if ideal_days and latest_days else None

    @event(ImportantDateNoted)
    def _date_noted(
        self,
        by: UUID,
        noted: UUID,
        kind: str | None,
        month: int | None,
        day: int | None,
        year: int | None,
        label: str | None,
    ) -> None:
        self.dates[noted] = 0

    @event(ImportantDateRemoved)
    def _date_removed(self, by: UUID, noted: UUID) -> None:
        self.dates.pop(noted, None)

    @event(ImportantDateSeenTo)
    def _date_seen_to(self, by: UUID, noted: UUID, year: int) -> None:
        self.dates[noted] = year

    @event(ContactPreferenceSet)
    def _wished(
        self,
        by: UUID,
        unwanted: list[str],
        not_before: time | None,
        not_after: time | None,
        not_on: list[int],
        note: str | None,
    ) -> None:
        self.wishes = Wishes(tuple(unwanted), not_before, not_after, tuple(not_on), note or "")

    @event(ContactRefused)
    def _refused(self, by: UUID, what: str) -> None:
        self.unwelcome = Unwelcome(what)

    @event(ContactAllowed)
    def _allowed(self, by: UUID) -> None:
        self.unwelcome = None

    @event(ReferredBy)
    def _referred(self, by: UUID, referrer: UUID | None) -> None:
        self.referrer = referrer

    @event(NeverTellNoted)
    def _never_tell_noted(self, by: UUID, client: UUID | None) -> None:
        if client is not None:
            self.never_tell.add(client)

    @event(NeverTellWithdrawn)
    def _never_tell_withdrawn(self, by: UUID, client: UUID | None) -> None:
        if client is not None:
            self.never_tell.discard(client)

    @event(JobNotForThem)
    def _job_left_out(self, by: UUID, job: UUID) -> None:
        self.not_for.add(job)

    @event(ProfileInvited)
    def _invited(self, by: UUID, network: str, on: date, link: str | None) -> None:
        self.invitations[network] = Invitation(on)

    @event(InvitationAccepted)
    def _accepted(self, by: UUID, network: str, on: date) -> None:
        self.invitations[network] = replace(self.invitations[network], state=Invited.ACCEPTED, answered_on=on)

    @event(InvitationDeclined)
    def _declined(self, by: UUID, network: str, on: date) -> None:
        self.invitations[network] = replace(self.invitations[network], state=Invited.DECLINED, answered_on=on)

    @event(InvitationTakenBack)
    def _taken_back(self, by: UUID, network: str) -> None:
        del self.invitations[network]

    @event(InvitationLeftOut)
    def _left_out(self, by: UUID) -> None:
        self.left_out = True

    @event(CandidateWithdrawn)
    def _withdrawn(self, by: UUID, why: str | None) -> None:
        self.withdrawn = True

    @event(CandidateErased)
    def _erased(self, by: UUID | None, why: str) -> None:
        self.erased = True


def _said(details: Details) -> dict[str, Any]:
    """The fields of a fact; the link has a fact of its own."""
    said = {**asdict(details), "emails": list(details.emails), "phones": list(details.phones)}
    del said["link"]
    return said


def _details(name: str | None, emails: list[str] | None, phones: list[str] | None, *more: str | None) -> Details:
    """The details in a fact; nothing where they were forgotten."""
    return Details(name or "", tuple(emails or ()), tuple(phones or ()), *(text or "" for text in more))


def _each(texts: Iterable[str], read: Callable[[str, str], str], field: str, too_many: str) -> tuple[str, ...]:
    """Each that is not empty, once."""
    found = _folded(text for text in (read(text, field) for text in texts) if text)
    if len(found) > MOST_WAYS:
        raise Refused(too_many, field)
    return tuple(found.values())


def _tags(tags: Iterable[str]) -> dict[str, str]:
    return _folded(tag(text, "tags") for text in tags)


def _folded(texts: Iterable[str]) -> dict[str, str]:
    """Each text by how it is compared. Of those that differ in capitals alone the first is kept."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(text.casefold(), text)
    return found
