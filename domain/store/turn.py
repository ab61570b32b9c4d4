"""Writers take turns: SQLite's own busy handler sleeps and starves, a queue does not."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from threading import Lock


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
