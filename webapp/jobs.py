"""Long work beside the pages: imports and the like. A job whose worker was killed goes on where it was.

A module says once what is to be done for a kind of job: `@handles("import")`. The handler may be begun again at
any moment, so it records with command ids that come from the job and its row, and asks what is there already.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from uuid import UUID

from domain.refusal import Refused
from domain.store.turn import StillRead
from webapp.installation import Installation
from webapp.work import DONE, ENDED, FAILED

log = logging.getLogger("huey.kept")

LEASE = 30.0
BEGUN_AT_MOST = 5
UPLOADS_LIVE = timedelta(days=7)
WENT_WRONG = "Something went wrong here, and it was noted in the log. What is done so far is saved."
NEVER_ENDED = f"It was begun {BEGUN_AT_MOST} times and did not get further. What is done so far is saved."

Handler = Callable[[Installation, Any], None]
handlers: dict[str, Handler] = {}
_one_at_a_time = Lock()


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Jobs of this kind are done by the decorated function; it gets the installation and the job's row.

    It says how far it is with `work.progress`, and stops when that answers False. When it returns, the job is done,
    unless it ended the job itself. Raised Refused ends the job with its sentence as `why`.
    """

    def mark(handler: Handler) -> Handler:
        handlers[kind] = handler
        return handler

    return mark


def run_jobs(installation: Installation) -> int:
    """Do every job that waits or was left behind, one after the other; returns how many were ended.

    In one process at most one thread is busy with jobs, so that reminders always find another.
    """
    if not _one_at_a_time.acquire(blocking=False):
        return 0
    try:
        ended = 0
        while (job := installation.work.next_job(tuple(handlers), LEASE)) is not None:
            ended += _run(installation, job)
        return ended
    finally:
        _one_at_a_time.release()


def uploads(installation: Installation, job: UUID) -> Path:
    """The folder for the files of a job: made when asked for, open to Kept's own account only."""
    folder = installation.settings.home / "uploads" / str(job)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def forget_uploads(installation: Installation, job: UUID) -> None:
    """The files of a job are needed no longer."""
    shutil.rmtree(installation.settings.home / "uploads" / str(job), ignore_errors=True)


def forget_old_uploads(installation: Installation, now: datetime) -> int:
    """Files that nobody touched for seven days go, unless their job is still under way; returns how many jobs'."""
    folders = (installation.settings.home / "uploads").glob("*")
    old = [folder for folder in folders if folder.stat().st_mtime < (now - UPLOADS_LIVE).timestamp()]
    gone = [folder for folder in old if not _under_way(installation, folder.name)]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return len(gone)


def _run(installation: Installation, job: Any) -> bool:
    work = installation.work
    if job.tries > BEGUN_AT_MOST:
        return work.end_job(job.id, FAILED, why=NEVER_ENDED)
    try:
        with _heart(installation, job.id):
            handlers[job.kind](installation, job)
    except Refused as refused:
        return work.end_job(job.id, FAILED, why=refused.sentence)
    except Exception:  # whatever it was, the person who waits must be told
        log.exception("The job %s (%s) failed.", job.id, job.kind)
        return work.end_job(job.id, FAILED, why=WENT_WRONG)
    work.end_job(job.id, DONE)
    return True


@contextmanager
def _heart(installation: Installation, job: UUID) -> Iterator[None]:
    """It beats while the handler runs, however long one step takes; with the process it stops."""
    stop = Event()

    def beat() -> None:
        while not stop.wait(LEASE / 3):
            installation.work.beat(job)

    heart = Thread(target=beat, name=f"job {job}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _under_way(installation: Installation, name: str) -> bool:
    try:
        job = installation.work.job(UUID(name))
    except ValueError:
        return False
    return job is not None and job.state not in ENDED


@handles("tidy")
def _tidy(installation: Installation, job: Any) -> None:
    """Words were forgotten: no byte of them stays behind in any file, however long somebody reads an old state."""
    for _ in range(BEGUN_AT_MOST - 1):
        with suppress(StillRead):
            return installation.tidy()
    installation.tidy()
