"""What Kept does by itself each minute: promises fall due, keepers are reminded, the night's backup is made.

Huey only wakes these functions up. What is to be done stands in the projections, so a queue or a worker may
be lost at any moment: what was not recorded as done is done again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from huey import SqliteHuey, crontab

from domain.due import Due
from projections.promises import due_of
from projections.sqlite import utc_now
from webapp import backup
from webapp.installation import Installation
from webapp.mail import NotSent, letter, send

log = logging.getLogger("huey.kept")

LEASE = 120.0
BATCH = 500
REST = [60.0 * minutes for minutes in (1, 5, 15, 60, 240)]
BACKUP_AT = time(2)
BACKUP_REST = 15 * 60.0
LAST_BACKUP, BACKUP_TROUBLE = "last_backup", "backup_trouble"

Remind = Callable[[str, str, str, str, str, str], Any]


def huey_for(installation: Installation) -> SqliteHuey:
    """The queue of this installation, in `huey.db`, and the tasks that its worker runs."""
    huey = SqliteHuey("kept", filename=str(installation.settings.home / "huey.db"), results=False)

    @huey.task()
    def remind(promise: str, on: str, at: str, zone: str, kind: str, channel: str) -> None:
        remind_keeper(installation, utc_now(), UUID(promise), _due(on, at, zone), kind, channel)

    @huey.periodic_task(crontab())
    def sweep() -> None:
        fall_due(installation, utc_now())
        if not any(task.name == remind.task_class.__name__ for task in huey.pending()):
            send_reminders(installation, remind)

    @huey.periodic_task(crontab())
    def night() -> None:
        back_up_nightly(installation, utc_now())

    return huey


def fall_due(installation: Installation, now: datetime) -> int:
    """Note every promise whose moment has come by `now`; returns how many."""
    views, recruiting = installation.views, installation.recruiting
    views.catch_up()
    noted = 0
    for row in views.promises.falling_due(now, BATCH):
        try:
            recruiting.fall_due(row.id, due_of(row))
            noted += 1
        except Exception:  # one that cannot be noted must not keep the others from falling due
            log.exception("Promise %s could not be noted as due.", row.id)
    views.catch_up()
    return noted


def send_reminders(installation: Installation, remind: Remind) -> int:
    """Hand every reminder that waits to `remind`, each to one worker at a time; returns how many.

    Without KEPT_SMTP_URL nothing is sent, and nothing has failed.
    """
    if installation.settings.smtp_url is None:
        return 0
    installation.views.catch_up()
    waiting = installation.views.promises.reminders_to_send(BATCH)
    claimed = [row for row in waiting if installation.work.claim(_key(row), LEASE)]
    for row in claimed:
        remind(*_said(row))
    return len(claimed)


def remind_keeper(installation: Installation, now: datetime, promise: UUID, due: Due, kind: str, channel: str) -> bool:
    """Send one claimed reminder and note that it went out; False if it was not needed or not possible.

    A failure is noted once for each reason, and tried again after 1, 5, 15, 60, then every 240 minutes.
    """
    views, work = installation.views, installation.work
    views.catch_up()
    key = reminder_key(promise, due, kind, channel)
    row = views.promises.reminder_waiting(promise, due, kind, channel)
    if row is None or not work.renew(key, LEASE):
        return False
    if row.words is None:  # forgotten: there is nobody left to keep it to
        work.back_off(key, REST[-1])
        return False
    try:
        _send(installation, row, due, now)
    except NotSent as reason:
        installation.recruiting.reminder_failed(promise, due, kind, channel, str(reason))
        work.back_off(key, REST[min(work.tries(key), len(REST) - 1)])
        return False
    installation.recruiting.reminder_sent(promise, due, kind, channel)
    work.release(key)
    return True


def back_up_nightly(installation: Installation, now: datetime) -> bool:
    """Make the backup that was due at 02:00 of the agency's day, at the first chance; True if one was made.

    What went wrong stays under "backup_trouble" until a backup succeeds; it is tried again every 15 minutes.
    """
    installation.views.catch_up()
    agency = installation.views.team.agency()
    if agency is None or installation.settings.demo:
        return False
    work = installation.work
    last = work.get(LAST_BACKUP)
    if last is not None and datetime.fromisoformat(last) >= last_night(now, agency.zone):
        return False
    if not work.claim("nightly backup", BACKUP_REST):
        return False
    try:
        backup.backup(installation, installation.settings.backups, now=now, nightly=True)
    except (OSError, backup.BackupError) as error:
        work.set(BACKUP_TROUBLE, str(error))
        log.error("The nightly backup failed: %s", error)
        return False
    work.set(LAST_BACKUP, now.isoformat())
    work.set(BACKUP_TROUBLE, "")
    work.release("nightly backup")
    return True


def last_night(now: datetime, zone: str) -> datetime:
    """The latest 02:00 in this zone that is not after `now`, as an instant (UTC)."""
    here = now.astimezone(ZoneInfo(zone))
    tonight = datetime.combine(here.date(), BACKUP_AT, ZoneInfo(zone)).astimezone(UTC)
    if tonight <= now:
        return tonight
    return datetime.combine(here.date() - timedelta(days=1), BACKUP_AT, ZoneInfo(zone)).astimezone(UTC)


def reminder_key(promise: UUID, due: Due, kind: str, channel: str) -> str:
    """The name of one reminder, in `work` and in its Message-ID."""
    return "|".join(("remind", str(promise), due.on.isoformat(), str(due.at), due.zone, kind, channel))


def _send(installation: Installation, row: Any, due: Due, now: datetime) -> None:
    settings, views = installation.settings, installation.views
    assert settings.smtp_url is not None
    keeper = views.team.recruiter(row.keeper)
    if keeper is None or not keeper.email:
        raise NotSent("Whoever keeps this promise has no e-mail address.")
    candidate = views.directory.candidate(row.candidate)
    about = candidate.name if candidate is not None else ""
    text = (
        f"You promised {about}:\n\n    {row.words}\n\nDue {due.said()}.\n\n{settings.base_url}/promises/{row.promise}\n"
    )
    send(
        settings.smtp_url,
        letter(
            (keeper.name or "", keeper.email),
            f"Due: {row.words} ({about})",
            text,
            smtp_url=settings.smtp_url,
            base_url=settings.base_url,
            key=_key(row),
            now=now,
        ),
    )


def _key(row: Any) -> str:
    return reminder_key(row.promise, due_of(row), row.kind, row.channel)


def _said(row: Any) -> tuple[str, str, str, str, str, str]:
    """A reminder in words that fit into Huey's queue: ids and dates only."""
    at = row.due_at.isoformat() if row.due_at else ""
    return str(row.promise), row.due_on.isoformat(), at, row.due_zone, row.kind, row.channel


def _due(on: str, at: str, zone: str) -> Due:
    return Due(date.fromisoformat(on), time.fromisoformat(at) if at else None, zone)
