"""All projections together: caught up with the log, rebuilt beside themselves, checked against the truth."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from domain.log import Entry, Log
from domain.store.turn import Turn
from projections import positions
from projections.contacts import Contacts
from projections.directory import Directory
from projections.imports import Imports
from projections.jobs import Jobs
from projections.lists import Lists
from projections.mentions import Mentions
from projections.pains import Pains
from projections.positions import Mark
from projections.projection import Projection
from projections.promises import Promises
from projections.relationships import Relationships
from projections.scorecard import Scorecard
from projections.search import Search
from projections.sqlite import Store
from projections.submissions import Submissions
from projections.team import Team
from projections.templates import Templates
from projections.timeline import Timeline
from projections.tips import Tips
from projections.tries import Tries
from projections.wishes import Wishes

KINDS: tuple[type[Projection], ...] = (
    Team,
    Directory,
    Contacts,
    Relationships,
    Promises,
    Timeline,
    Scorecard,
    Search,
    Imports,
    Pains,
    Lists,
    Jobs,
    Submissions,
    Templates,
    Wishes,
    Mentions,
    Tries,
    Tips,
)
BATCH = 500
UNUSED = timedelta(days=1)
T = TypeVar("T", bound=Projection)
READING = "reading"
SCRATCH = "check-"
Progress = Callable[[int, int], None]
"""Told the position that a rebuild reached and the last position there is."""


class Overtaken(Exception):
    """A rebuild was given up: what it had half done was dropped by an erasure or by another rebuild."""

    def __init__(self) -> None:
        super().__init__(
            "An erasure or another rebuild came in between, so this one was given up. Please start it again."
        )


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
    def contacts(self) -> Contacts:
        return self._current(Contacts)

    @property
    def relationships(self) -> Relationships:
        return self._current(Relationships)

    @property
    def promises(self) -> Promises:
        return self._current(Promises)

    @property
    def timeline(self) -> Timeline:
        return self._current(Timeline)

    @property
    def scorecard(self) -> Scorecard:
        return self._current(Scorecard)

    @property
    def search(self) -> Search:
        return self._current(Search)

    @property
    def imports(self) -> Imports:
        return self._current(Imports)

    @property
    def lists(self) -> Lists:
        return self._current(Lists)

    @property
    def tries(self) -> Tries:
        return self._current(Tries)

    @property
    def pains(self) -> Pains:
        return self._current(Pains)

    @property
    def jobs(self) -> Jobs:
        return self._current(Jobs)

    @property
    def submissions(self) -> Submissions:
        return self._current(Submissions)

    @property
    def templates(self) -> Templates:
        return self._current(Templates)

    @property
    def mentions(self) -> Mentions:
        return self._current(Mentions)

    @property
    def wishes(self) -> Wishes:
        return self._current(Wishes)

    @property
    def tips(self) -> Tips:
        return self._current(Tips)

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
        self._sweep()
        log = _UpTo(self.log, self.log.end())
        with TemporaryDirectory(dir=self.file.parent, prefix=SCRATCH) as scratch, _in_use(Path(scratch)):
            fresh = Views(Path(scratch), cast(Log, log), tuple(self.kinds.values()))
            try:
                fresh.catch_up()
                return list(self._differences(fresh, log))
            finally:
                fresh.close()

    def tidy(self) -> None:
        """Leave no deleted word behind: in unused tables, in search indexes, in the write-ahead log.

        A projection that is stuck has not read what is to be forgotten: it begins again, without those words.
        """
        self._sweep()
        if self._begin_stuck_again():
            self.catch_up()
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
        say = cast(Any, connection.connection.driver_connection).execute  # plainly: it is said for every projection
        say("SAVEPOINT batch")
        try:
            for entry in entries:
                projection.record(connection, entry)
        except Exception as error:
            if _is_malformed(error):
                raise
            say("ROLLBACK TO batch")
            why = f"{type(error).__name__} among events {entries[0].position} to {entries[-1].position}"
            positions.stuck(connection, projection, why)
            return False
        finally:
            say("RELEASE batch")
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
                _still_there(connection, generations, position)
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

    def _begin_stuck_again(self) -> bool:
        """True if there were any. What they know meanwhile is nothing, then as much as before they got stuck."""
        with self.store.writing() as connection:
            stuck = [mark for mark in positions.live(connection).values() if mark.stuck and mark.name in self.kinds]
            for mark in stuck:
                positions.retire(connection, mark, self.log.now())
                self.generations[mark.name] = self._begin(connection, self.kinds[mark.name])
                positions.serve(connection, self.generations[mark.name])
        return bool(stuck)

    # Checking

    def _sweep(self) -> None:
        """Delete what a check that was cut short left behind: it holds everybody's words."""
        for folder in self.file.parent.glob(f"{SCRATCH}*"):
            with suppress(OSError), _in_use(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def _differences(self, fresh: Views, log: _UpTo) -> Iterator[str]:
        """Both as of the same position, whoever else writes meanwhile."""
        with self.store.reading() as here, fresh.store.reading() as there:
            here.exec_driver_sql("BEGIN")
            marks = positions.live(here)
            log.last = max(mark.position for mark in marks.values())
            fresh.catch_up()
            for name, kind in self.kinds.items():
                if why := marks[name].stuck or positions.live(there)[name].stuck:
                    yield f"{name} is stuck: {why}."
                live, anew = kind(self.store, marks[name].generation), fresh.generations[name]
                for (table, rows), (_, made) in zip(live.contents(here), anew.contents(there), strict=True):
                    if any(row != other for row, other in zip_longest(rows, made)):
                        yield f"{table} differs from what the log says."

    # A broken file

    def _begin_again(self) -> None:
        """Throw the malformed file away, unless another process did, and open the one that takes its place."""
        self.store.dispose()
        with self.turn:
            if _inode(self.file) == self._inode:
                _throw_away(self.file)
        self._open()


class _UpTo:
    """The log as it was when it ended with a certain position."""

    def __init__(self, log: Log, last: int):
        self.log, self.last = log, last

    def __getattr__(self, name: str) -> Any:
        return getattr(self.log, name)

    def end(self) -> int:
        return self.last

    def entries(self, start: int, limit: int) -> list[Entry]:
        return [entry for entry in self.log.entries(start, limit) if entry.position <= self.last]


@contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    """Nobody else is in this folder until the block ends, or the process. Raises OSError if somebody is."""
    held = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


@contextmanager
def _timed(took: dict[str, float], what: str) -> Iterator[None]:
    began = perf_counter()
    yield
    took[what] += perf_counter() - began


def _still_there(connection: Connection, generations: list[Projection], position: int) -> None:
    """Raise Overtaken unless each of these, not live yet, has read as far as this."""
    reached = {(mark.name, mark.version, mark.generation): mark.position for mark in positions.others(connection)}
    if any(reached.get((each.name, each.version, each.generation)) != position for each in generations):
        raise Overtaken()


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
