"""Handing a letter over to the mail server, and noting of each promise in it what became of that."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from projections.reminders import MAIL, due_of
from webapp import mail
from webapp.installation import Installation
from webapp.letters import Letter
from webapp.mail import At, NotSent

REST = [60.0 * minutes for minutes in (1, 5, 15, 60, 240)]
SERVER_REST = REST[:3]
MAIL_SERVER = "mail server"
MAIL_TROUBLE = "mail_trouble"


def deliver(installation: Installation, colleague: Any, letter: Letter, key: str, now: datetime) -> bool:
    """Send a letter, then note of each promise in it that its keeper was reminded, or once for each reason why not.

    What it came to a stop at rests for 1, 5, 15, 60, then every 240 minutes; the server for 15 at most.
    """
    settings, recruiting, work = installation.settings, installation.recruiting, installation.work
    assert settings.smtp_url is not None
    try:
        to = (colleague.name or "", colleague.email or "")
        about = {"smtp_url": settings.smtp_url, "base_url": settings.base_url, "key": key, "now": now}
        mail.send(settings.smtp_url, mail.letter(to, letter.subject, letter.text, letter.html, **about))
    except NotSent as reason:
        for row, kind in letter.reminds:
            recruiting.reminder_failed(row.id, due_of(row), kind, MAIL, str(reason))
        _rest(installation, colleague, key, reason)
        return False
    for row, kind in letter.reminds:
        recruiting.reminder_sent(row.id, due_of(row), kind, MAIL)
    for rested in (address_of(colleague.id), MAIL_SERVER):
        work.release(rested)
    work.set(MAIL_TROUBLE, "")
    return True


def _rest(installation: Installation, colleague: Any, key: str, reason: NotSent) -> None:
    """Let rest what the mail came to a stop at, and nothing else: all else is tried meanwhile."""
    work = installation.work
    resting = {At.MAIL: key, At.ADDRESS: address_of(colleague.id), At.SERVER: MAIL_SERVER}[reason.at]
    rests = SERVER_REST if reason.at is At.SERVER else REST
    work.back_off(resting, rests[min(work.tries(resting), len(rests) - 1)])
    if resting != key:
        work.release(key)
    if reason.at is At.SERVER:
        work.set(MAIL_TROUBLE, str(reason))


def may_send(installation: Installation) -> bool:
    """Whether there is a mail server that may be asked now. Nobody in a demo is real."""
    settings = installation.settings
    return settings.smtp_url is not None and not settings.demo and not installation.work.rests(MAIL_SERVER)


def address_of(recruiter: UUID) -> str:
    """What `work` calls a colleague's address while it rests."""
    return f"address of {recruiter}"
