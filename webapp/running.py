"""Whether Kept runs in a home: all who use it share a lock, a restore needs the home for itself."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from webapp.settings import SettingsError

LOCK = "running.lock"
RESTORING = "restoring"


def hold(home: Path) -> int:
    """Say that Kept runs here, for as long as the returned file is open; it may be handed to child processes.

    Raises SettingsError while a backup is being restored here, or where Kept may not write.
    """
    file = _lock(home, fcntl.LOCK_SH, f"A backup is being restored in {home}. Please wait for that.")
    if (home / RESTORING).exists():
        os.close(file)
        raise SettingsError(f"Restoring a backup in {home} was cut short. Please run kept restore again.")
    return file


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have this home to oneself. Raises SettingsError when Kept is running here."""
    file = _lock(home, fcntl.LOCK_EX, f"Kept is running in {home}. Please stop it first.")
    try:
        yield
    finally:
        os.close(file)


def _lock(home: Path, how: int, sentence: str) -> int:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(home / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SettingsError(f"Kept cannot write in {home}: {error.strerror}.") from None
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise SettingsError(sentence) from None
    return file
