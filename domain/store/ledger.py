"""The truth: events in SQLite, in the order they were recorded, with the wraps of their data keys beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import EventStore, JSONTranscoder, Mapper, Notification, Recording, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)
from eventsourcing.utils import TopicError, get_topic, resolve_topic

from domain.command import Command
from domain.log import Entry, Trace
from domain.refusal import Forgotten
from domain.store.encoding import encode, instant, microseconds
from domain.store.envelope import FORMAT, DoesNotOpen, Envelope, Header, Place, leaf, parse, seal
from domain.store.keyring import KeyMissing, Keyring
from domain.store.turn import Turn, checkpointed
from domain.stream import Fact, Forgets

ENVELOPE_FIELDS = ("originator_id", "originator_version", "timestamp", "by", "person")
ALWAYS_CLEAR = ("originator_topic",)

TABLES = """
CREATE TABLE IF NOT EXISTS log (id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stored_events (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    recorded_at INTEGER NOT NULL,
    command_id TEXT NOT NULL,
    leaf_index INTEGER NOT NULL UNIQUE,
    leaf BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
);
CREATE INDEX IF NOT EXISTS events_by_command ON stored_events (command_id);
CREATE INDEX IF NOT EXISTS events_by_time ON stored_events (recorded_at);
CREATE TABLE IF NOT EXISTS key_wraps (
    position INTEGER PRIMARY KEY REFERENCES stored_events (rowid),
    wrap BLOB NOT NULL
);
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE UPDATE ON stored_events
    BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER IF NOT EXISTS events_remain BEFORE DELETE ON stored_events
    BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS events_are_new BEFORE INSERT ON stored_events
    WHEN EXISTS (SELECT 1 FROM stored_events WHERE rowid = NEW.rowid OR leaf_index = NEW.leaf_index)
      OR EXISTS (SELECT 1 FROM stored_events
                 WHERE originator_id = NEW.originator_id AND originator_version = NEW.originator_version)
    BEGIN SELECT RAISE(ABORT, 'this event is already recorded'); END;
CREATE TRIGGER IF NOT EXISTS wraps_stay BEFORE UPDATE ON key_wraps
    BEGIN SELECT RAISE(ABORT, 'wraps are never changed'); END;
CREATE TRIGGER IF NOT EXISTS wraps_are_new BEFORE INSERT ON key_wraps
    WHEN EXISTS (SELECT 1 FROM key_wraps WHERE position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'this wrap is already recorded'); END;
"""
COLUMNS = "rowid, originator_id, originator_version, topic, state, recorded_at, command_id, leaf_index, leaf, wrap"
ROWS = f"SELECT {COLUMNS} FROM stored_events LEFT JOIN key_wraps ON position = rowid"


@dataclass(frozen=True)
class Row(Notification):
    """A stored event as it lies in the table, with its position (`id`), wrap and leaf."""

    recorded_at: int
    command_id: UUID
    leaf_index: int
    leaf: bytes
    wrap: bytes | None

    @property
    def place(self) -> Place:
        return Place(self.originator_id, self.originator_version, self.topic)  # type: ignore[arg-type]


class Pool(SQLiteConnectionPool):
    """Connections that sync every commit to disk and overwrite what they delete."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        cursor = connection.cursor()
        for pragma in (
            "synchronous = FULL",
            "secure_delete = ON",
            "recursive_triggers = ON",
            "foreign_keys = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        return connection


class Datastore(SQLiteDatastore):
    """The file `events.db`."""

    def __init__(self, file: Path):
        super().__init__(str(file))
        self.pool.close()
        self.pool = Pool(db_name=str(file), lock_timeout=10, pool_size=8, max_overflow=32, pool_timeout=30)


class Recorder(SQLiteApplicationRecorder):
    """The append-only table. Positions are an AUTOINCREMENT key, so no clean-up ever renumbers them."""

    datastore: Datastore

    def __init__(self, file: Path):
        super().__init__(Datastore(file))
        self.turn = Turn(file.with_suffix(".lock"))
        with self.turn:
            self.create_table()
        self.id = UUID(self._one("SELECT id FROM log"))

    def create_table(self) -> None:
        with self.datastore.get_connection(commit=True) as connection:
            connection.cursor().sqlite_cursor.executescript(TABLES)
            connection.cursor().execute(
                "INSERT INTO log (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM log)", (str(uuid4()),)
            )

    def append(self, rows: Sequence[Row], forget_wraps_of: Sequence[UUID] = ()) -> list[int]:
        """Store these rows in one transaction; the caller holds the turn. Returns their positions.

        The wraps that these streams had before are destroyed with it.
        """
        with self.datastore.transaction(commit=True) as cursor:
            for stream in forget_wraps_of:
                cursor.execute(
                    "DELETE FROM key_wraps WHERE position IN (SELECT rowid FROM stored_events WHERE originator_id = ?)",
                    (stream.hex,),
                )
            return [self._append(cursor, row) for row in rows]

    def _append(self, cursor: SQLiteCursor, row: Row) -> int:
        cursor.execute(
            "INSERT INTO stored_events (originator_id, originator_version, topic, state, recorded_at, command_id,"
            " leaf_index, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.place.stream.hex,
                row.originator_version,
                row.topic,
                row.state,
                row.recorded_at,
                row.command_id.hex,
                row.leaf_index,
                row.leaf,
            ),
        )
        position: int = cursor.lastrowid
        if row.wrap is not None:
            cursor.execute("INSERT INTO key_wraps (position, wrap) VALUES (?, ?)", (position, row.wrap))
        return position

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        assert isinstance(originator_id, UUID)
        return self._rows(
            f"{ROWS} WHERE originator_id = ? AND originator_version > ? AND originator_version <= ?"
            f" ORDER BY originator_version {'DESC' if desc else 'ASC'} LIMIT ?",
            (originator_id.hex, gt or 0, 2**62 if lte is None else lte, -1 if limit is None else limit),
        )

    def select_from(self, position: int, limit: int) -> list[Row]:
        """The events from this position on, this one included."""
        return self._rows(f"{ROWS} WHERE rowid >= ? ORDER BY rowid LIMIT ?", (position, limit))

    def of_command(self, command: UUID) -> list[Row]:
        """The events that a command caused, in order."""
        return self._rows(f"{ROWS} WHERE command_id = ? ORDER BY rowid", (command.hex,))

    def last(self) -> Row | None:
        """The newest event."""
        rows = self._rows(f"{ROWS} ORDER BY rowid DESC LIMIT 1", ())
        return rows[0] if rows else None

    def position_at(self, moment: datetime) -> int:
        """The last position recorded at or before this instant."""
        return int(
            self._one(
                "SELECT rowid FROM stored_events WHERE recorded_at <= ? ORDER BY recorded_at DESC, rowid DESC LIMIT 1",
                (microseconds(moment),),
            )
            or 0
        )

    def max_notification_id(self) -> int:
        return int(self._one("SELECT MAX(rowid) FROM stored_events") or 0)

    def newest_ever(self) -> int:
        """The last position that was ever given to an event."""
        return int(self._one("SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'") or 0)

    def tidy(self) -> None:
        """Leave no deleted bytes behind in the write-ahead log."""
        with self.turn:
            checkpointed(self._one)

    def close(self) -> None:
        self.datastore.close()
        self.turn.close()

    @contextmanager
    def _cursor(self) -> Iterator[sqlite3.Cursor]:
        with self.datastore.get_connection(commit=False) as connection, connection.cursor() as cursor:
            yield cursor

    def _one(self, statement: str, parameters: tuple[Any, ...] = ()) -> Any:
        with self._cursor() as cursor:
            row = cursor.execute(statement, parameters).fetchone()
            return row[0] if row else None

    def _rows(self, statement: str, parameters: tuple[Any, ...]) -> list[Row]:
        with self._cursor() as cursor:
            return [_row(*found) for found in cursor.execute(statement, parameters).fetchall()]


def _row(
    position: int,
    stream: str,
    version: int,
    topic: str,
    state: bytes,
    recorded_at: int,
    command: str,
    leaf_index: int,
    stored_leaf: bytes,
    wrap: bytes | None,
) -> Row:
    return Row(
        originator_id=UUID(hex=stream),
        originator_version=version,
        topic=topic,
        state=state,
        id=position,
        recorded_at=recorded_at,
        command_id=UUID(hex=command),
        leaf_index=leaf_index,
        leaf=stored_leaf,
        wrap=wrap,
    )


class Envelopes(Mapper[UUID]):
    """Facts to envelopes and back."""

    def __init__(self, keyring: Keyring):
        super().__init__(JSONTranscoder())
        self.keyring = keyring

    def seal(self, fact: Fact, recorded_at: datetime, command: Command, ordinal: int, leaf_index: int) -> Row:
        """The row of a new fact. Raises Forgotten if the person's key was destroyed, KeyMissing if there is none."""
        place = Place(fact.originator_id, fact.originator_version, get_topic(type(fact)))
        clear, words = _parted(fact)
        person_key = None
        if words:
            assert fact.person is not None, f"{place.topic} has words but nobody whose key could seal them"
            words["command"] = command.content
            person_key = self.keyring.key(fact.person, fresh=True)
            if person_key is None:
                raise Forgotten()
        elif command.content_may_be_clear:
            clear["command"] = command.content
        header = Header(FORMAT, recorded_at, fact.by, fact.person, command.id, ordinal, clear)
        sealed = seal(place, header, words, person_key)
        return Row(
            originator_id=place.stream,
            originator_version=place.version,
            topic=place.topic,
            state=sealed.state,
            id=0,
            recorded_at=microseconds(recorded_at),
            command_id=command.id,
            leaf_index=leaf_index,
            leaf=leaf(place, sealed.state),
            wrap=sealed.wrap,
        )

    def content(self, row: Row) -> bytes | None:
        """The digest of the command that caused this event, or None if it was forgotten with the words."""
        envelope = parse(row.state)
        words = self._words(row, envelope) or {}
        digest: bytes | None = envelope.header.facts.get("command") or words.get("command")
        return digest

    def to_domain_event(self, stored_event: StoredEvent) -> Fact:
        assert isinstance(stored_event, Row)
        return self.open(stored_event)

    def open(self, row: Row) -> Fact:
        """The fact of a row; its words are None if they were forgotten. Raises DoesNotOpen if anything was changed."""
        if leaf(row.place, row.state) != row.leaf:
            raise DoesNotOpen(f"Event {row.id} is not the one that was recorded.")
        envelope = parse(row.state)
        header, words = envelope.header, self._words(row, envelope)
        kind: type[Fact] = resolve_topic(row.topic)
        sealed = dict.fromkeys(_sealed_fields(kind)) if words is None else words
        fact = object.__new__(kind)
        fact.__dict__.update(header.facts)
        fact.__dict__.update(sealed)
        fact.__dict__.pop("command", None)
        fact.__dict__.update(
            originator_id=row.originator_id,
            originator_version=row.originator_version,
            timestamp=header.recorded_at,
            by=header.by,
            person=header.person,
        )
        return fact

    def _words(self, row: Row, envelope: Envelope) -> dict[str, Any] | None:
        person = envelope.header.person
        key = self.keyring.key(person) if person is not None and row.wrap is not None else None
        return envelope.open(row.place, row.wrap, key)


def _parted(fact: Fact) -> tuple[dict[str, Any], dict[str, Any]]:
    """The clear and the sealed fields of a fact."""
    clear = (*type(fact).clear, *ALWAYS_CLEAR)
    said = {name: value for name, value in vars(fact).items() if name not in ENVELOPE_FIELDS}
    return (
        {name: value for name, value in said.items() if name in clear},
        {name: value for name, value in said.items() if name not in clear},
    )


def _sealed_fields(kind: type[Fact]) -> list[str]:
    clear = (*kind.clear, *ALWAYS_CLEAR, *ENVELOPE_FIELDS)
    return [field.name for field in fields(kind) if field.name not in clear]


class Ledger(EventStore[UUID]):
    """Appends facts in turn, and reads them back."""

    mapper: Envelopes
    recorder: Recorder

    def __init__(self, home: Path, keyring: Keyring, clock: Callable[[], datetime]):
        super().__init__(Envelopes(keyring), Recorder(home / "events.db"))
        self.clock = clock

    @property
    def id(self) -> UUID:
        """Which log this is; a restored copy is still the same log."""
        return self.recorder.id

    def end(self) -> int:
        """The position of the newest event, 0 when there is none."""
        return self.recorder.max_notification_id()

    def entries(self, start: int, limit: int) -> list[Entry]:
        """The events from position `start` on (included), opened."""
        return [Entry(row.id, row.leaf, self.mapper.open(row)) for row in self.recorder.select_from(start, limit)]

    def position_at(self, moment: datetime) -> int:
        """The last position recorded at or before an instant."""
        return self.recorder.position_at(moment)

    def trace(self, command: UUID) -> Trace | None:
        """What a command left behind, None if it was never recorded."""
        rows = self.recorder.of_command(command)
        if not rows:
            return None
        streams = tuple(dict.fromkeys(row.place.stream for row in rows))
        contents = filter(None, map(self.mapper.content, rows))
        return Trace(streams, rows[-1].id, next(contents, None))

    def digest(self, content: Any) -> bytes:
        """SHA-256 over the canonical encoding of what was asked."""
        return sha256(encode(content)).digest()

    def now(self) -> datetime:
        """The clock by which facts are stamped, UTC."""
        return self.clock()

    def admit(self, person: UUID) -> None:
        """Give a new person a key, on disk before this returns."""
        self.mapper.keyring.make_key(person)

    def tidy(self) -> None:
        """Leave no deleted bytes behind."""
        self.recorder.tidy()

    def close(self) -> None:
        """Give files and locks back."""
        self.recorder.close()

    def put(  # type: ignore[override]
        self,
        domain_events: Sequence[Fact],
        *,
        command: Command,
        **_: Any,
    ) -> list[Recording[UUID]]:
        """Record these facts in one transaction, on disk when this returns.

        `recorded_at` is stamped inside the writers' turn and never runs backwards. What a fact forgets, the key of
        its person or the wraps that its stream had before, is destroyed in the same turn.
        Raises IntegrityError when another writer was faster.
        """
        with self.recorder.turn:
            last = self.recorder.last()
            recorded_at = max(self.clock(), instant(last.recorded_at)) if last else self.clock()
            leaf_index = last.leaf_index + 1 if last else 0
            if any(_parted(fact)[1] for fact in domain_events):
                command = replace(command, content_may_be_clear=False)
            rows = [
                self.mapper.seal(fact, recorded_at, command, ordinal, leaf_index + ordinal)
                for ordinal, fact in enumerate(domain_events)
            ]
            for fact in domain_events:
                if fact.forgets is Forgets.PERSON and fact.person is not None:
                    self.mapper.keyring.forget(fact.person)
            wordless = [fact.originator_id for fact in domain_events if fact.forgets is Forgets.WORDS]
            positions = self.recorder.append(rows, wordless)
        return [
            Recording(fact, Notification(fact.originator_id, row.originator_version, row.topic, row.state, position))
            for fact, row, position in zip(domain_events, rows, positions, strict=True)
        ]

    def check(self) -> list[str]:
        """Every stored event looked at again; a sentence for each thing that is not as it was recorded."""
        return list(self._faults())

    def _faults(self) -> Iterator[str]:
        versions: dict[UUID, int] = {}
        position, leaves, clock, newest = 0, 0, 0, self.recorder.newest_ever()
        while rows := self.recorder.select_from(position + 1, 1000):
            for row in rows:
                position = row.id
                yield from self._faults_of(row)
                if row.leaf_index != leaves:
                    yield f"Event {row.id} should be leaf {leaves}, it says {row.leaf_index}."
                if row.originator_version != versions.get(row.place.stream, 0) + 1:
                    yield f"Event {row.id} does not follow the one before it in its stream."
                if row.recorded_at < clock:
                    yield f"Event {row.id} says it was recorded before the one before it."
                leaves, clock, versions[row.place.stream] = (
                    leaves + 1,
                    row.recorded_at,
                    row.originator_version,
                )
        if position < newest:
            yield f"The log ends with event {position}, but event {newest} was recorded."

    def _faults_of(self, row: Row) -> Iterator[str]:
        try:
            fact = self.mapper.open(row)
            header = parse(row.state).header
        except (DoesNotOpen, KeyMissing, TopicError) as fault:
            yield f"Event {row.id} does not open: {fault}"
            return
        if microseconds(fact.timestamp) != row.recorded_at or header.command != row.command_id:
            yield f"Event {row.id} stands in the table with another time or command than in its envelope."
