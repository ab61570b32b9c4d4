"""Handing a reminder over to a channel, and noting of each promise in it what became of that.

A channel is a mail server, or the push services of a colleague's phones. What it came to a stop at rests, and nothing
else: all else is tried meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from domain.recruiter import Role
from projections.reminders import MAIL, PUSH, due_of
from projections.sqlite import EPOCH
from webapp import letters, mail, mentioned, notices, pushing
from webapp.hours import local_day
from webapp.installation import Installation
from webapp.letters import Letter
from webapp.mail import At, NotSent
from webapp.notices import Notice
from webapp.pushing import Gone, NotTaken

REST = [60.0 * minutes for minutes in (1, 5, 15, 60, 240)]
SERVER_REST = REST[:3]
MAIL_SERVER = "mail server"
MAIL_TROUBLE, LAST_PUSH = "mail_trouble", "last_push"
TAKEN = "taken"


class Said(Protocol):
    """What is sent, and which promises it reminds of, each with the kind of the reminder."""

    @property
    def reminds(self) -> Sequence[tuple[Any, str]]: ...


class Channel(Protocol):
    """One way by which colleagues are reminded."""

    name: str

    def is_open(self, installation: Installation) -> bool:
        """Whether anything may go this way now. Nobody in a demo is real."""

    def reached_since(self, installation: Installation, recruiter: UUID) -> datetime | None:
        """Since when this colleague can be reached this way; None while they cannot."""

    def digest(self, installation: Installation, colleague: Any, now: datetime) -> Any:
        """What is said in the morning; None when there is nothing to say."""

    def about(self, installation: Installation, colleague: Any, now: datetime, promise: Any, kind: str) -> Any:
        """What is said of one promise."""

    def send(self, installation: Installation, colleague: Any, said: Any, key: str, now: datetime) -> bool:
        """Hand it over; False if there is nobody to hand it to. Raises NotSent, once what it stopped at rests."""


def deliver(installation: Installation, channel: Channel, colleague: Any, said: Said, key: str, now: datetime) -> bool:
    """Send it, then note of each promise in it that its keeper was reminded, or once for each reason why not."""
    recruiting = installation.recruiting
    try:
        if not channel.send(installation, colleague, said, key, now):
            installation.work.release(key)
            return False
    except NotSent as reason:
        for row, kind in said.reminds:
            recruiting.reminder_failed(row.id, due_of(row), kind, channel.name, str(reason))
        return False
    for row, kind in said.reminds:
        recruiting.reminder_sent(row.id, due_of(row), kind, channel.name)
    return True


def rest(installation: Installation, what: str, rests: Sequence[float] = REST, at_least: float = 0.0) -> None:
    """Leave it alone for 1, 5, 15, 60, then every 240 minutes, or for as long as somebody asked."""
    work = installation.work
    work.back_off(what, max(rests[min(work.tries(what), len(rests) - 1)], min(at_least, REST[-1])))


class ByMail:
    """Through the server of KEPT_SMTP_URL, to the address of each colleague. The server rests 15 minutes at most."""

    name = MAIL

    def is_open(self, installation: Installation) -> bool:
        settings = installation.settings
        return settings.smtp_url is not None and not settings.demo and not installation.work.rests(MAIL_SERVER)

    def reached_since(self, installation: Installation, recruiter: UUID) -> datetime | None:
        return None if installation.work.rests(address_of(recruiter)) else EPOCH

    def digest(self, installation: Installation, colleague: Any, now: datetime) -> Letter | None:
        nobodys = _unfollowed(installation, now) if colleague.role == Role.OWNER else []
        return letters.digest(installation, colleague, now, nobodys)

    def about(self, installation: Installation, colleague: Any, now: datetime, promise: Any, kind: str) -> Letter:
        return letters.about(installation, colleague, now, promise, kind)

    def send(self, installation: Installation, colleague: Any, said: Letter, key: str, now: datetime) -> bool:
        settings, work = installation.settings, installation.work
        assert settings.smtp_url is not None
        try:
            to = (colleague.name or "", colleague.email or "")
            about = {"smtp_url": settings.smtp_url, "base_url": settings.base_url, "key": key, "now": now}
            mail.send(settings.smtp_url, mail.letter(to, said.subject, said.text, said.html, **about))
        except NotSent as reason:
            self._rest(installation, colleague, key, reason)
            raise
        for rested in (address_of(colleague.id), MAIL_SERVER):
            work.release(rested)
        work.set(MAIL_TROUBLE, "")
        if said.mentioned_until:
            mentioned.told(installation, colleague.id, said.mentioned_until)
        return True

    def _rest(self, installation: Installation, colleague: Any, key: str, reason: NotSent) -> None:
        resting = {At.MAIL: key, At.ADDRESS: address_of(colleague.id), At.SERVER: MAIL_SERVER}[reason.at]
        rest(installation, resting, SERVER_REST if reason.at is At.SERVER else REST)
        if resting != key:
            installation.work.release(key)
        if reason.at is At.SERVER:
            installation.work.set(MAIL_TROUBLE, str(reason))


class ByPush:
    """To every phone of a colleague that takes it. One is enough to be reminded; each that does not rests alone."""

    name = PUSH

    def is_open(self, installation: Installation) -> bool:
        return pushing.is_set_up() and not installation.settings.demo

    def reached_since(self, installation: Installation, recruiter: UUID) -> datetime | None:
        """What fell due before the first phone was there has been told, or is told, in other ways."""
        since = [phone.created_at for phone in installation.vault.subscriptions(recruiter)]
        return min(since) if self._awake(installation, recruiter) else None

    def digest(self, installation: Installation, colleague: Any, now: datetime) -> Notice | None:
        return notices.digest(installation, colleague, now)

    def about(self, installation: Installation, colleague: Any, now: datetime, promise: Any, kind: str) -> Notice:
        return notices.about(installation, colleague, now, promise, kind)

    def send(self, installation: Installation, colleague: Any, said: Notice, key: str, now: datetime) -> bool:
        tried = [push_to(installation, phone, said, key, now) for phone in self._awake(installation, colleague.id)]
        failed = [reason for reason in tried if isinstance(reason, NotTaken)]
        if TAKEN in tried:
            return True
        if failed:
            raise failed[0]
        return False

    def _awake(self, installation: Installation, recruiter: UUID) -> list[Any]:
        phones = installation.vault.subscriptions(recruiter)
        return [phone for phone in phones if not installation.work.rests(phone_of(phone.id))]


CHANNELS: dict[str, Channel] = {channel.name: channel for channel in (ByMail(), ByPush())}


def push_to(installation: Installation, phone: Any, notice: Notice, key: str, now: datetime) -> str | NotTaken | None:
    """Tell one phone, and note what became of that: TAKEN, the reason why not, or None if the phone is gone."""
    vault, work = installation.vault, installation.work
    try:
        pushing.push(installation, phone, notice.message(phone.shows_names), now)
    except Gone:
        vault.end_subscription(phone.recruiter, phone.id)
        return None
    except NotTaken as reason:
        vault.change_subscription(phone.recruiter, phone.id, outcome=str(reason), tried_at=now)
        alone = reason.at is At.MAIL
        rest(installation, key if alone else phone_of(phone.id), at_least=reason.after)
        if not alone:
            work.release(key)
        return reason
    vault.change_subscription(phone.recruiter, phone.id, outcome="", tried_at=now)
    work.release(phone_of(phone.id))
    work.set(LAST_PUSH, now.isoformat())
    return TAKEN


def address_of(recruiter: UUID) -> str:
    """What `work` calls a colleague's address while it rests."""
    return f"address of {recruiter}"


def phone_of(subscription: UUID) -> str:
    """What `work` calls a phone while it rests."""
    return f"phone {subscription}"


def _unfollowed(installation: Installation, now: datetime) -> list[UUID]:
    """What nobody follows up, as the first owner's digest of the day found it: the others' say the same."""
    day: date = local_day(now, installation.views.team.agency())
    known = json.loads(installation.work.get("unfollowed") or "{}")
    if day.isoformat() not in known:
        known = {day.isoformat(): [str(id) for id in letters.unfollowed(installation, now)]}
        installation.work.set("unfollowed", json.dumps(known))
    return [UUID(id) for id in known[day.isoformat()]]
