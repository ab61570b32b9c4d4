"""What Kept does by itself each minute: promises fall due, reminders of the morning and of the hour go out, jobs run.

Huey only wakes these functions up. What is to be done stands in the projections, so a queue or a worker may
be lost at any moment: what was not recorded as done is done again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from huey import SqliteHuey, crontab

from domain.due import Due
from projections.reminders import FELL_DUE, MAIL, due_of
from projections.sqlite import utc_now
from webapp import jobs
from webapp.covering import covers_at, follows_up
from webapp.hours import at_work, is_working_day, local_day, moment, quiet_until
from webapp.installation import Installation
from webapp.nightly import back_up_nightly
from webapp.sending import CHANNELS, Channel, deliver

log = logging.getLogger("huey.kept")

LEASE = 120.0
BATCH = 500
A_TURN = 200  # reminders, each of one promise, that one colleague gets in one minute and by one channel
TIMELY = timedelta(hours=1)
LAST_LOOK, LAST_DIGEST = "last_look", "last_digest"

Remind = Callable[[str, str, str, str, str, str], Any]
Write = Callable[[str, str, str], Any]


def huey_for(installation: Installation) -> SqliteHuey:
    """The queue of this installation, in `huey.db`, and the tasks that its worker runs."""
    huey = _queue(installation)

    @huey.task()
    def remind(promise: str, on: str, at: str, zone: str, kind: str, channel: str) -> None:
        remind_keeper(installation, utc_now(), UUID(promise), _due(on, at, zone), kind, channel)

    @huey.task()
    def write_digest(recruiter: str, day: str, channel: str = MAIL) -> None:
        send_digest(installation, utc_now(), UUID(recruiter), date.fromisoformat(day), channel)

    @huey.periodic_task(crontab())
    def sweep() -> None:
        installation.work.set(LAST_LOOK, utc_now().isoformat())
        fall_due(installation, utc_now())
        if not any(task.name in ("remind", "write_digest") for task in huey.pending()):
            send_digests(installation, utc_now(), write_digest)
            send_reminders(installation, utc_now(), remind)

    @huey.periodic_task(crontab())
    def night() -> None:
        back_up_nightly(installation, utc_now())

    _jobs_task(huey, installation)

    @huey.periodic_task(crontab())
    def left_behind() -> None:
        jobs.run_jobs(installation)

    return huey


def wake(installation: Installation) -> None:
    """Let the worker look for jobs at once, not at the next full minute; any process may say so."""
    huey = _queue(installation)
    try:
        _jobs_task(huey, installation)()
    finally:
        huey.storage.close()


# Falling due


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


# The digest of a working morning


def send_digests(installation: Installation, now: datetime, write: Write) -> int:
    """Hand every colleague whose digest is due to `write`, each to one worker at a time; returns how many.

    One by each channel that is set up. Where none is, nothing is sent, and nothing has failed. For whoever is away,
    who covers is told.
    """
    installation.views.catch_up()
    agency, work = installation.views.team.agency(), installation.work
    if agency is None:
        return 0
    today, covers = local_day(now, agency), covers_at(installation, now)
    claimed = [
        (colleague.id, channel.name)
        for channel in _open(installation)
        for colleague in filter(follows_up, installation.views.team.everyone())
        if covers.in_charge(colleague.id) == colleague.id
        and digest_is_due(colleague, now, agency)
        and work.get(_digest_of(colleague.id, channel.name)) != today.isoformat()
        and channel.reached_since(installation, colleague.id) is not None
        and work.claim(digest_key(colleague.id, today, channel.name), LEASE)
    ]
    for id, name in claimed:
        write(str(id), today.isoformat(), name)
    return len(claimed)


def send_digest(installation: Installation, now: datetime, recruiter: UUID, day: date, channel: str = MAIL) -> bool:
    """Send one claimed digest and note what it reminded of; False if there was nothing to say or it did not go out.

    A day without anything to say is done as well: what is promised later for today comes up tomorrow, if it is late.
    """
    views, work, way = installation.views, installation.work, CHANNELS[channel]
    views.catch_up()
    agency, colleague, key = views.team.agency(), views.team.recruiter(recruiter), digest_key(recruiter, day, channel)
    if agency is None or colleague is None or not follows_up(colleague) or local_day(now, agency) != day:
        return False
    if not _may_go(installation, way, recruiter, key):
        return False
    said = way.digest(installation, colleague, now)
    if said is not None:
        if not deliver(installation, way, colleague, said, key, now):
            return False
        if channel == MAIL:
            work.set(LAST_DIGEST, now.isoformat())
    work.set(_digest_of(recruiter, channel), day.isoformat())
    work.release(key)
    return said is not None


def digest_begins(colleague: Any, day: date, agency: Any) -> datetime | None:
    """The instant from which the digest of this day may go: its hour, or the end of quiet hours; None without one."""
    if colleague.digest_at is None or not is_working_day(day, agency):
        return None
    return quiet_until(colleague, moment(day, colleague.digest_at, agency.zone), agency.zone)


def digest_is_due(colleague: Any, now: datetime, agency: Any) -> bool:
    """Whether the digest of today may go now: from its hour to the end of the working day, but not in quiet hours.

    One that was missed all day says tomorrow what is late.
    """
    today = local_day(now, agency)
    begins = digest_begins(colleague, today, agency)
    if begins is None or quiet_until(colleague, now, agency.zone) > now:
        return False
    return begins <= now < max(moment(today, agency.day_ends, agency.zone), begins + TIMELY)


def digest_key(recruiter: UUID, day: date, channel: str = MAIL) -> str:
    """The name of one digest, in `work` and in its Message-ID."""
    return "|".join(("digest", str(recruiter), day.isoformat(), channel))


# A reminder of one promise


def send_reminders(installation: Installation, now: datetime, remind: Remind) -> int:
    """Hand every reminder whose time has come to `remind`, each to one worker at a time; returns how many.

    Every colleague has a turn of their own, so an address or a phone that takes nothing holds up nobody else's.
    """
    installation.views.catch_up()
    agency, views, work = installation.views.team.agency(), installation.views, installation.work
    covers = covers_at(installation, now)
    claimed = [
        row
        for channel in _open(installation)
        for colleague in filter(follows_up, views.team.everyone())
        if (since := channel.reached_since(installation, colleague.id)) is not None
        for keeper in covers.keepers_of(colleague.id)
        for row in views.promises.reminders_to_send(now, A_TURN, keeper, channel.name, since)
        if is_time(_moment_of(row), colleague, now, agency) and work.claim(_key(row), LEASE)
    ]
    for row in claimed:
        remind(*_said(row))
    return len(claimed)


def is_time(said_for: datetime, colleague: Any, now: datetime, agency: Any) -> bool:
    """Whether a reminder of its own goes now for what was to be said at `said_for`.

    On a working day, outside quiet hours; when it comes late, in working hours only. What was to be said before the
    digest of the day is in the digest.
    """
    today, from_then = local_day(now, agency), quiet_until(colleague, said_for, agency.zone)
    if not is_working_day(today, agency) or quiet_until(colleague, now, agency.zone) > now:
        return False
    digest = digest_begins(colleague, today, agency)
    if digest is not None and said_for < digest:
        return False
    return from_then <= now < from_then + TIMELY or at_work(now, agency)


def remind_keeper(installation: Installation, now: datetime, promise: UUID, due: Due, kind: str, channel: str) -> bool:
    """Send one claimed reminder, to its keeper or to who covers, and note that it went out.

    False if it was not needed or not possible.
    """
    views, work, way = installation.views, installation.work, CHANNELS[channel]
    views.catch_up()
    key = reminder_key(promise, due, kind, channel)
    waiting, row = views.promises.reminder_waiting(promise, due, kind, channel), views.promises.promise(promise)
    colleague = views.team.recruiter(covers_at(installation, now).in_charge(row.keeper)) if row is not None else None
    if waiting is None or row is None or row.words is None or colleague is None or not follows_up(colleague):
        return False
    if not _may_go(installation, way, colleague.id, key):
        return False
    if not deliver(installation, way, colleague, way.about(installation, colleague, now, row, kind), key, now):
        return False
    work.release(key)
    return True


def reminder_key(promise: UUID, due: Due, kind: str, channel: str) -> str:
    """The name of one reminder, in `work` and in its Message-ID."""
    return "|".join(("remind", str(promise), due.on.isoformat(), str(due.at), due.zone, kind, channel))


def _open(installation: Installation) -> list[Channel]:
    return [channel for channel in CHANNELS.values() if channel.is_open(installation)]


def _may_go(installation: Installation, way: Channel, recruiter: UUID, key: str) -> bool:
    """Whether what was claimed may be sent still; if so, it is claimed for a while from now."""
    reached = way.is_open(installation) and way.reached_since(installation, recruiter) is not None
    return reached and installation.work.renew(key, LEASE)


def _digest_of(recruiter: UUID, channel: str) -> str:
    return f"{channel} digest of {recruiter}"


def _moment_of(row: Any) -> datetime:
    """When a reminder was to be sent: when its promise fell due, or when it was snoozed until."""
    if row.kind == FELL_DUE:
        return due_of(row).falls_due_at()
    assert isinstance(row.not_before, datetime)
    return row.not_before


def _key(row: Any) -> str:
    return reminder_key(row.promise, due_of(row), row.kind, row.channel)


def _said(row: Any) -> tuple[str, str, str, str, str, str]:
    """A reminder in words that fit into Huey's queue: ids and dates only."""
    at = row.due_at.isoformat() if row.due_at else ""
    return str(row.promise), row.due_on.isoformat(), at, row.due_zone, row.kind, row.channel


def _due(on: str, at: str, zone: str) -> Due:
    return Due(date.fromisoformat(on), time.fromisoformat(at) if at else None, zone)


# The queue


def _queue(installation: Installation) -> SqliteHuey:
    return SqliteHuey("kept", filename=str(installation.settings.home / "huey.db"), results=False)


def _jobs_task(huey: SqliteHuey, installation: Installation) -> Any:
    @huey.task(name="jobs")
    def do_jobs() -> None:
        jobs.run_jobs(installation)

    return do_jobs
