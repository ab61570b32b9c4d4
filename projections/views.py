"""All projections together: caught up with the log, rebuilt beside themselves, checked against the truth."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from domain.log import Entry, Log
from domain.store.turn import Turn
from projections import positions
from projections.directory import Directory
from projections.positions import Mark
from projections.projection import Projection
from projections.promises import Promises
from projections.search import Search
from projections.sqlite import Store
from projections.team import Team
from projections.timeline import Timeline

KINDS: tuple[type[Projection], ...] = (Team, Directory, Promises, Timeline, Search)
BATCH = 500
UNUSED = timedelta(days=1)
T = TypeVar("T", bound=Projection)
READING = "reading"
Progress = Callable[[int, int], None]
"""Told the position that a rebuild reached and the last position there is."""


@dataclass(frozen=True)
class Health:
    """How far a projection has read: its last position, how many positions lie beyond, and what it is stuck on."""

    name: str
    position: int
    behind: int
    stuck: str | None


class Views:
    """What can be looked up. Everything here can be thrown away: `catch_up` makes it again from the log."""

    def __init__(self, home: Path, log: Log, kinds: tuple[type[Projection], ...] = KINDS):
        self.file = home / "views.db"
        self.log = log
        self.kinds = {kind.name: kind for kind in kinds}
        self.turn = Turn(self.file.with_suffix(".lock"))
        self.stuck: list[str] = []  # as the last catch-up found them
        self._open()

    @property
    def team(self) -> Team:
        return self._current(Team)

    @property
    def directory(self) -> Directory:
        return self._current(Directory)

    @property
    def promises(self) -> Promises:
        return self._current(Promises)

    @property
    def timeline(self) -> Timeline:
        return self._current(Timeline)

    @property
    def search(self) -> Search:
        return self._current(Search)

    def catch_up(self, at_most: int | None = None) -> None:
        """Read what is new in the log, at most so many events. Two short statements when nothing is new.

        A projection that raises stays behind alone, its tables as they were; `health` names it. It is tried again
        when no limit is given, as the worker does each minute, so that it never slows a page down.
        """
        try:
            self._catch_up(at_most)
        except DatabaseError as error:
            if not _is_malformed(error):
                raise
            self._begin_again()
            self._catch_up(at_most)

    def health(self) -> list[Health]:
        """One line a projection."""
        end = self.log.end()
        with self.store.reading() as connection:
            marks = positions.live(connection)
        return [Health(name, mark.position, max(0, end - mark.position), mark.stuck) for name, mark in marks.items()]

    def rebuild(self, name: str | None = None, progress: Progress | None = None) -> dict[str, float]:
        """Make projections anew, beside the tables that pages are served from, and change over when done.

        Returns the seconds that each projection took, and under "reading" those of reading and opening the log.
        """
        kinds = [self.kinds[name]] if name else list(self.kinds.values())
        took = self._rebuild(kinds, progress or (lambda *_: None))
        before = self.log.now() - UNUSED
        self._drop(lambda mark: mark.retired_at is not None and mark.retired_at <= before)
        return took

    def check(self) -> list[str]:
        """Make everything anew in a scratch file; a sentence for each table that differs from the live one."""
        self.catch_up()
        with TemporaryDirectory(dir=self.file.parent, prefix="check-") as scratch:
            fresh = Views(Path(scratch), self.log, tuple(self.kinds.values()))
            try:
                return list(self._differences(fresh))
            finally:
                fresh.close()

    def tidy(self) -> None:
        """Leave no deleted word behind: in unused tables, in search indexes, in the write-ahead log."""
        self._drop(lambda mark: True)
        for projection in self.generations.values():
            projection.tidy()
        self.store.checkpoint()

    def close(self) -> None:
        self.store.close()

    # Opening

    def _open(self) -> None:
        with self.turn:
            if self.file.exists() and not _is_sound(self.file):
                _throw_away(self.file)
        self.store = Store(self.file, positions.positions.metadata, synchronous="NORMAL", turn=self.turn)
        self._inode = _inode(self.file)
        with self.store.writing() as connection:
            marks = positions.live(connection)
            self.generations = {
                name: self._generation(connection, kind, marks.get(name)) for name, kind in self.kinds.items()
            }

    def _generation(self, connection: Connection, kind: type[Projection], mark: Mark | None) -> Projection:
        """The live generation of a projection; a new one if there is none, or it read another log or version."""
        if mark is not None and mark.version == kind.version and self._read_by(mark, 1) is not None:
            return kind(self.store, mark.generation)
        if mark is not None:
            positions.retire(connection, mark, self.log.now())
        projection = self._begin(connection, kind)
        positions.serve(connection, projection)
        return projection

    def _begin(self, connection: Connection, kind: type[Projection]) -> Projection:
        projection = kind(self.store, positions.begin(connection, kind, self.log.id))
        projection.create(connection)
        return projection

    # Following the log

    def _current(self, kind: type[T]) -> T:
        return cast(T, self.generations[kind.name])

    def _follow_the_file(self) -> None:
        """If the file was moved away, read the one that takes its place."""
        if _inode(self.file) != self._inode:
            self.store.dispose()
            self._open()

    def _catch_up(self, at_most: int | None) -> None:
        self._follow_the_file()
        marks, read = self._marks(), 0
        left_alone = {name for name, mark in marks.items() if mark.stuck} if at_most is not None else set()
        more = self._behind(marks, left_alone)
        while more and (at_most is None or read < at_most):
            more = self._read_on(left_alone)
            read += BATCH
        self.stuck = sorted(left_alone)

    def _marks(self) -> dict[str, Mark]:
        """Where each projection stands. Also changes over to generations that another process made live."""
        with self.store.reading() as connection:
            marks = positions.live(connection)
        for name, projection in self.generations.items():
            if name in marks and _is_other(marks[name], projection):
                self.generations[name] = self.kinds[name](self.store, marks[name].generation)
        return marks

    def _behind(self, marks: dict[str, Mark], left_alone: set[str]) -> bool:
        """Whether anything is new for those projections that are not left alone."""
        end = self.log.end()
        return any(name not in marks or marks[name].position != end for name in self.kinds if name not in left_alone)

    def _read_on(self, left_alone: set[str]) -> bool:
        """One batch in one transaction, each projection in its own savepoint; one that raises is left alone.

        True while there may be more to read.
        """
        batches: dict[int, list[Entry]] = {}
        read: list[tuple[Projection, Entry]] = []
        begun = False
        with self.store.writing() as connection:
            marks = positions.live(connection)
            for name, kind in self.kinds.items():
                if name in left_alone:
                    continue
                mark = marks.get(name)
                batch = batches.get(mark.position) if mark else None
                if mark and batch is None:
                    batch = self._read_by(mark, BATCH + 1)
                if mark is None or batch is None:
                    self.generations[name] = self._generation(connection, kind, mark)
                    begun = True
                    continue
                batches[mark.position] = batch
                if _is_other(mark, self.generations[name]):
                    self.generations[name] = kind(self.store, mark.generation)
                if not self._apply(connection, self.generations[name], batch):
                    left_alone.add(name)
                elif batch:
                    read.append((self.generations[name], batch[-1]))
            positions.reach(connection, read)
        return begun or any(len(batch) >= BATCH for batch in batches.values())

    def _read_by(self, mark: Mark, limit: int) -> list[Entry] | None:
        """What a projection has to read next, or None if the event it read last is not in this log."""
        if mark.log != self.log.id or mark.position > self.log.end():
            return None
        if mark.position == 0:
            return self.log.entries(1, limit)
        entries = self.log.entries(mark.position, limit)
        if not entries or entries[0].position != mark.position or entries[0].leaf != mark.leaf:
            return None
        return entries[1:]

    def _apply(self, connection: Connection, projection: Projection, entries: list[Entry]) -> bool:
        """Record a batch; False if the projection raised, which leaves it as it was."""
        if not entries:
            return True
        connection.exec_driver_sql("SAVEPOINT batch")
        try:
            for entry in entries:
                projection.record(connection, entry)
        except Exception as error:
            if _is_malformed(error):
                raise
            connection.exec_driver_sql("ROLLBACK TO batch")
            why = f"{type(error).__name__} among events {entries[0].position} to {entries[-1].position}"
            positions.stuck(connection, projection, why)
            return False
        finally:
            connection.exec_driver_sql("RELEASE batch")
        return True

    # Rebuilding and retiring

    def _rebuild(self, kinds: list[type[Projection]], progress: Progress) -> dict[str, float]:
        names = {kind.name for kind in kinds}
        self._drop(lambda mark: mark.name in names and mark.retired_at is None)  # cut short before
        took = {READING: 0.0, **dict.fromkeys(names, 0.0)}
        with self.store.writing() as connection:
            generations = [self._begin(connection, kind) for kind in kinds]
        position, more = 0, True
        while more:
            with self.store.writing() as connection:
                with _timed(took, READING):
                    entries = self.log.entries(position + 1, BATCH)
                for projection in generations if entries else ():
                    with _timed(took, projection.name):
                        for entry in entries:
                            projection.record(connection, entry)
                if entries:
                    positions.reach(connection, [(projection, entries[-1]) for projection in generations])
                position = entries[-1].position if entries else position
                more = len(entries) == BATCH
                if not more:
                    for projection in generations:
                        self._change_over(connection, projection)
            progress(position, self.log.end())
        return took

    def _change_over(self, connection: Connection, projection: Projection) -> None:
        old = positions.live(connection).get(projection.name)
        if old is not None:
            positions.retire(connection, old, self.log.now())
        positions.serve(connection, projection)
        self.generations[projection.name] = projection

    def _drop(self, unused: Callable[[Mark], bool]) -> None:
        """Drop those generations that no page is served from."""
        with self.store.writing() as connection:
            for mark in filter(unused, positions.others(connection)):
                positions.forget(connection, mark)

    # Checking

    def _differences(self, fresh: Views) -> Iterator[str]:
        fresh.catch_up()
        for health in (*self.health(), *fresh.health()):
            if health.stuck:
                yield f"{health.name} is stuck: {health.stuck}."
        for name in self.kinds:
            with self.store.reading() as here, fresh.store.reading() as there:
                tables = zip(
                    self.generations[name].contents(here), fresh.generations[name].contents(there), strict=True
                )
                for (table, live), (_, anew) in tables:
                    if any(row != made for row, made in zip_longest(live, anew)):
                        yield f"{table} differs from what the log says."

    # A broken file

    def _begin_again(self) -> None:
        """Throw the malformed file away, unless another process did, and open the one that takes its place."""
        self.store.dispose()
        with self.turn:
            if _inode(self.file) == self._inode:
                _throw_away(self.file)
        self._open()


@contextmanager
def _timed(took: dict[str, float], what: str) -> Iterator[None]:
    began = perf_counter()
    yield
    took[what] += perf_counter() - began


def _is_other(mark: Mark, projection: Projection) -> bool:
    return bool(mark.version == projection.version and mark.generation != projection.generation)


def _inode(file: Path) -> int | None:
    try:
        return os.stat(file).st_ino
    except FileNotFoundError:
        return None


def _is_sound(file: Path) -> bool:
    """Whether SQLite finds every page of this file in order."""
    try:
        connection = sqlite3.connect(file)
        try:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return False


def _is_malformed(error: Exception) -> bool:
    cause = error.orig if isinstance(error, DatabaseError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _throw_away(file: Path) -> None:
    """Nothing in it is needed, all of it can be made again, and it may hold words that must be forgotten: delete it."""
    for tail in ("", "-wal", "-shm"):
        file.with_name(file.name + tail).unlink(missing_ok=True)
