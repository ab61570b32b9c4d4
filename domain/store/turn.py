"""Writers take turns: SQLite's own busy handler sleeps and starves, a queue does not."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
PATIENCE = 10.0


class StillRead(Exception):
    """Somebody reads an old state of a file for so long that its write-ahead log cannot be emptied."""


def checkpointed(ask: Callable[[str], int]) -> None:
    """Empty a write-ahead log: `ask` says the statement and returns its first column, 1 while readers hinder it.

    Raises StillRead after ten seconds.
    """
    until = monotonic() + PATIENCE
    while ask(CHECKPOINT):
        if monotonic() > until:
            raise StillRead("Somebody else reads these files. Deleted words may still be in them: please repeat.")
        sleep(0.05)


class Turn:
    """`with turn:` waits until no other thread and no other process writes. Not re-entrant.

    A process that dies gives its turn back at once, since the lock belongs to its open file.
    """

    def __init__(self, path: Path):
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._threads = Lock()

    def __enter__(self) -> None:
        self._threads.acquire()
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
