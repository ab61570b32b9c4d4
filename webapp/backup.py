"""Backups: one-step copies of the truth and of the vault, checked after writing, and how they are put back.

A backup is a folder named after its instant in UTC: `events/events.db`, `vault/vault.db`, `manifest.json`.
The two files lie apart, since whoever has both can read everything. What can be computed again is not in it.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from domain.store.ledger import Ledger
from projections.sqlite import utc_now
from webapp.installation import ERASURES, Installation
from webapp.running import RESTORING, alone
from webapp.settings import Settings
from webapp.vault import Vault

MANIFEST = "manifest.json"
FORMAT = 1
NIGHTS = 14
PARTS = {"events": "events.db", "vault": "vault.db"}
REBUILT = ("views", "work", "huey")
SUFFIXES = ("", "-wal", "-shm", "-journal")
STAMP = "%Y%m%dT%H%M%SZ"


class BackupError(Exception):
    """A backup could not be made, or is not one; the text is the sentence that says why."""


def backup(installation: Installation, folder: Path, *, now: datetime | None = None, nightly: bool = False) -> Path:
    """A new backup in `folder`, consistent while people work; returns where it is.

    Events are copied first, then the vault, so every person in the events has a key. Of nightly backups the
    latest 14 stay. Raises BackupError if what was written does not check, OSError if it cannot be written.
    """
    name = f"{now or utc_now():{STAMP}}"
    unfinished, finished = folder / f"{name}.unfinished", folder / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if finished.exists():
        raise BackupError(f"There is a backup of this second already: {finished}.")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        for part, file in PARTS.items():
            (unfinished / part).mkdir(mode=0o700, parents=True)
            _copy_database(installation.settings.home / file, unfinished / part / file)
        _write_manifest(unfinished, nightly)
        os.replace(unfinished, finished)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    _sync(folder)
    merge_erasures(installation.settings.home, folder)
    if nightly:
        _keep_latest(folder, unfinished.name)
    return finished


def restore(settings: Settings, folder: Path, *, now: datetime | None = None) -> Path:
    """Put a backup back, or the latest in `folder`, while Kept is stopped; returns the backup.

    What was there is kept in a folder beside the home. Erasures known here or beside the backup are applied
    before anybody can read a page, and everybody has to sign in again. Raises BackupError, or SettingsError
    while Kept runs.
    """
    chosen = find(folder)
    verify(chosen)
    home = settings.home
    with alone(home):
        for known in (folder, chosen.parent, settings.backups):
            merge_erasures(known, home)
        for part, file in PARTS.items():
            _copy_file(chosen / part / file, home / f"{file}.new")
        (home / RESTORING).touch()
        _sync(home)
        _put_aside(home, home.with_name(f"{home.name}-before-{now or utc_now():{STAMP}}"))
        for file in PARTS.values():
            os.replace(home / f"{file}.new", home / file)
        _sync(home)
        with closing(Installation.open(settings)) as installation:
            installation.views.catch_up()
            for recruiter in installation.views.team.everyone():
                installation.vault.end_sessions(recruiter.id)
            installation.vault.end_invitations()  # some may have been used since this backup
        (home / RESTORING).unlink()
    return chosen


def find(folder: Path) -> Path:
    """The backup that `folder` is, or the latest of those in it. Raises BackupError."""
    if (folder / MANIFEST).is_file():
        return folder
    if found := _all(folder):
        return found[-1]
    raise BackupError(f"There is no backup in {folder}.")


def verify(backup: Path) -> dict[str, Any]:
    """The manifest of a backup whose files are the ones that were written. Raises BackupError."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_text())
        written = manifest["sha256"]
        if manifest["format"] != FORMAT:
            raise BackupError(f"{backup} was made by another version of Kept.")
        for part, file in PARTS.items():
            if _digest(backup / part / file) != written[file]:
                raise BackupError(f"{backup / part / file} is not what was written: the backup is damaged.")
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(f"{backup} is not a complete backup: {error}.") from None
    return manifest


def merge_erasures(source: Path, target: Path) -> None:
    """Add the erasures listed in one folder to those listed in another; nothing is ever taken from a list."""
    known = _lines(target / ERASURES)
    new = [line for line in _lines(source / ERASURES) if line not in known]
    if new:
        with (target / ERASURES).open("a") as file:
            file.writelines(f"{line}\n" for line in new)
            file.flush()
            os.fsync(file.fileno())
        _sync(target)


def _copy_database(source: Path, target: Path) -> None:
    """SQLite's own copy, in one step: what was committed when it began, and nothing else."""
    with _opened(source) as live, _opened(target) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        answer = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if answer != "ok":
        raise BackupError(f"The copy of {source.name} is damaged: {answer}.")
    os.chmod(target, 0o600)
    _sync(target)


def _write_manifest(backup: Path, nightly: bool) -> None:
    counts = _check(backup)
    for part in PARTS:
        _sync(backup / part)
    manifest = {
        "format": FORMAT,
        "made_at": utc_now().isoformat(timespec="seconds"),
        "nightly": nightly,
        **counts,
        "sha256": {file: _digest(backup / part / file) for part, file in PARTS.items()},
    }
    (backup / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n")
    _sync(backup / MANIFEST)
    _sync(backup)


def _check(backup: Path) -> dict[str, Any]:
    """Open the copies as Kept would: every event, its leaf and its person's key. Raises BackupError."""
    vault = Vault(backup / "vault" / "vault.db")
    ledger = Ledger(backup / "events", vault, utc_now)
    try:
        faults, log, events = ledger.check(), str(ledger.id), ledger.end()
    finally:
        ledger.close()
        vault.close()
    for part, file in PARTS.items():
        with _opened(backup / part / file) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
        (backup / part / file).with_suffix(".lock").unlink(missing_ok=True)
    with _opened(backup / "events" / "events.db") as copy:
        leaves = copy.execute("SELECT COUNT(*) FROM stored_events").fetchone()[0]
    with _opened(backup / "vault" / "vault.db") as copy:
        keys, forgotten = copy.execute("SELECT COUNT(key), COUNT(*) - COUNT(key) FROM person_keys").fetchone()
    if faults:
        raise BackupError(f"The copy does not check, so it was thrown away: {faults[0]}")
    return {"log": log, "last_position": events, "leaves": leaves, "keys": keys, "forgotten": forgotten}


def _put_aside(home: Path, aside: Path) -> None:
    """The truth and the vault that were here; views, work and queue are computed again, so they just go."""
    for name in REBUILT:
        for suffix in SUFFIXES:
            (home / f"{name}.db{suffix}").unlink(missing_ok=True)
    for file in PARTS.values():
        for suffix in SUFFIXES:
            if (home / f"{file}{suffix}").exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                os.replace(home / f"{file}{suffix}", aside / f"{file}{suffix}")
    if aside.exists():
        _sync(aside)
        _sync(aside.parent)


def _keep_latest(folder: Path, now: str) -> None:
    """Also what was cut short goes, once a later night is done: it holds the keys of those erased since."""
    nightly = [backup for backup in _all(folder) if _is_nightly(backup)]
    cut_short = [left for left in folder.glob("*Z.unfinished") if left.name[:8] < now[:8]]
    for old in (*nightly[:-NIGHTS], *cut_short):
        shutil.rmtree(old)


def _all(folder: Path) -> list[Path]:
    """Every finished backup, oldest first."""
    return sorted(file.parent for file in folder.glob(f"*Z/{MANIFEST}"))


def _is_nightly(backup: Path) -> bool:
    try:
        return bool(json.loads((backup / MANIFEST).read_text())["nightly"])
    except (OSError, ValueError, KeyError):
        return False


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.is_file() else []


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        yield connection


def _copy_file(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    os.chmod(target, 0o600)
    _sync(target)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """This file, or this folder's list of files, is on disk when this returns."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
