"""What Kept does by itself each night: the backup, and old uploads go."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp import backup
from webapp.hours import moment
from webapp.installation import Installation
from webapp.jobs import forget_old_uploads

log = logging.getLogger("huey.kept")

BACKUP_AT = time(2)
BACKUP_REST = 15 * 60.0
LAST_BACKUP, BACKUP_TROUBLE = "last_backup", "backup_trouble"


def back_up_nightly(installation: Installation, now: datetime) -> bool:
    """Make the backup that was due at 02:00 of the agency's day, at the first chance; True if one was made.

    What went wrong stays under "backup_trouble" until a backup succeeds; it is tried again every 15 minutes.
    """
    installation.views.catch_up()
    agency = installation.views.team.agency()
    if agency is None or installation.settings.demo:
        return False
    work, last = installation.work, last_backup(installation)
    if last is not None and last >= last_night(now, agency.zone):
        return False
    if not work.claim("nightly backup", BACKUP_REST):
        return False
    forget_old_uploads(installation, now)
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


def last_backup(installation: Installation) -> datetime | None:
    """When the last nightly backup was made; None while there is none."""
    last = installation.work.get(LAST_BACKUP)
    return datetime.fromisoformat(last) if last else None


def backup_trouble(installation: Installation) -> str:
    """Why the last try at a backup failed; nothing when it succeeded."""
    return installation.work.get(BACKUP_TROUBLE) or ""


def last_night(now: datetime, zone: str) -> datetime:
    """The latest 02:00 in this zone that is not after `now`, as an instant (UTC)."""
    today = now.astimezone(ZoneInfo(zone)).date()
    tonight = moment(today, BACKUP_AT, zone)
    return tonight if tonight <= now else moment(today - timedelta(days=1), BACKUP_AT, zone)
