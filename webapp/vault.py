"""What must be changeable or forgettable: keys, passwords, sessions, invitations, secrets."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import OperationalError

from domain.refusal import Forgotten
from domain.store.keyring import KeyMissing
from projections.sqlite import Instant, Store, utc_now

KEYS_LIVE = 60.0
KEYS_AT_HAND = 20_000
SEEN_EVERY = timedelta(minutes=5)
SESSIONS_LIVE = timedelta(days=30)
INVITATIONS_LIVE = timedelta(days=7)
MOST_PHONES = 8  # of one colleague; one more, and the oldest is turned off

tables = MetaData()

# Numbered rows stay in the order they were made, so SQLite never moves key bytes to another page.
person_keys = Table(
    "person_keys",
    tables,
    Column("number", Integer, primary_key=True),
    Column("person", Uuid, nullable=False, unique=True),
    Column("key", LargeBinary),
    Column("made_at", Instant, nullable=False),
    Column("forgotten_at", Instant),
    sqlite_autoincrement=True,
)

passwords = Table(
    "passwords",
    tables,
    Column("recruiter", Uuid, primary_key=True),
    Column("hash", String, nullable=False),
    Column("chosen_at", Instant, nullable=False),
)

sessions = Table(
    "sessions",
    tables,
    Column("id", String, primary_key=True),
    Column("name", Uuid, nullable=False, unique=True),
    Column("recruiter", Uuid, nullable=False, index=True),
    Column("device", String, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

invitations = Table(
    "invitations",
    tables,
    Column("token", String, primary_key=True),
    Column("recruiter", Uuid, nullable=False),
    Column("by", Uuid, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

# A phone (or any browser) that is to be told of what falls due, as long as its session lives.
push_subscriptions = Table(
    "push_subscriptions",
    tables,
    Column("id", Uuid, primary_key=True),
    Column("recruiter", Uuid, nullable=False, index=True),
    Column("session", Uuid, nullable=False, unique=True),
    Column("endpoint", String, nullable=False, unique=True),
    Column("p256dh", String, nullable=False),
    Column("auth", String, nullable=False),
    Column("shows_names", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("outcome", String, nullable=False, server_default=""),
    Column("tried_at", Instant),
)

named_secrets = Table(
    "secrets",
    tables,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

matched_columns = Table(
    "matched_columns",
    tables,
    Column("headers", String, primary_key=True),
    Column("targets", JSON, nullable=False),
    Column("by", Uuid),
    Column("saved_at", Instant, nullable=False),
)

KEY_OF = select(person_keys.c.key).where(person_keys.c.person == bindparam("person"))
THIS_SESSION = select(sessions).where(sessions.c.id == bindparam("id"))


class Vault:
    """`vault.db`. Tokens and session ids are kept as their SHA-256 only, passwords as argon2 hashes."""

    def __init__(
        self, file: Path, clock: Callable[[], datetime] = utc_now, passwords: PasswordHasher | None = None
    ) -> None:
        self._store = Store(file, tables, clock=clock)
        self._hasher = passwords or PasswordHasher()
        self._one_at_a_time = Lock()
        self._keys: dict[UUID, tuple[float, bytes | None]] = {}

    # Keys of persons (domain.store.keyring.Keyring)

    def make_key(self, person: UUID) -> None:
        """A new key, on disk before this returns; none if there is one. A tombstone raises Forgotten."""
        key, now = secrets.token_bytes(32), self._store.clock()
        new = insert(person_keys).values(person=person, key=key, made_at=now)
        with self._store.writing() as connection:
            connection.execute(new.on_conflict_do_nothing(index_elements=["person"]))
        self._keys.pop(person, None)
        if self.key(person, fresh=True) is None:
            raise Forgotten()

    def key(self, person: UUID, *, fresh: bool = False) -> bytes | None:
        """The key, or None if it was destroyed; at most a minute old unless `fresh`. Raises KeyMissing."""
        read_at, key = self._keys.get(person, (float("-inf"), None))
        if fresh or read_at < monotonic() - KEYS_LIVE:
            key = self._read_key(person)
        return key

    def forget(self, person: UUID) -> None:
        """Destroy the key for good: its bytes are overwritten, a tombstone stays. On disk after this."""
        alive = update(person_keys).where(person_keys.c.person == person, person_keys.c.key.is_not(None))
        with self._store.writing() as connection:
            connection.execute(alive.values(key=bytes(32)))
            connection.execute(alive.values(key=None, forgotten_at=self._store.clock()))
        self._keys.pop(person, None)

    def forgotten(self) -> set[UUID]:
        """Everybody whose key was destroyed."""
        with self._store.reading() as connection:
            return set(connection.scalars(select(person_keys.c.person).where(person_keys.c.key.is_(None))))

    # Passwords

    def set_password(self, recruiter: UUID, password: str) -> None:
        """From now on this recruiter signs in with this password."""
        with self._one_at_a_time:
            hashed = self._hasher.hash(password)
        with self._store.writing() as connection:
            connection.execute(_password(recruiter, hashed, self._store.clock()))

    def check_password(self, recruiter: UUID | None, password: str) -> bool:
        """Whether the password is right. It costs the same for somebody nobody knows (None)."""
        hashed = self._password_hash(recruiter) if recruiter else None
        with self._one_at_a_time:
            if hashed is None:
                self._hasher.hash(password)
                return False
            try:
                return self._hasher.verify(hashed, password)
            except (VerificationError, InvalidHashError):
                return False

    def change_password(self, recruiter: UUID, password: str, here: UUID | None) -> None:
        """Another password: every link and every session of theirs ends, but the one called `here`."""
        with self._one_at_a_time:
            hashed = self._hasher.hash(password)
        elsewhere = (sessions.c.recruiter == recruiter, sessions.c.name != here)
        with self._store.writing() as connection:
            connection.execute(_password(recruiter, hashed, self._store.clock()))
            connection.execute(delete(invitations).where(invitations.c.recruiter == recruiter))
            _end(connection, *elsewhere)

    def shut_out(self, recruiter: UUID) -> None:
        """This recruiter has left: password, sessions and links are gone."""
        with self._store.writing() as connection:
            for table in (passwords, invitations):
                connection.execute(delete(table).where(table.c.recruiter == recruiter))
            _end(connection, sessions.c.recruiter == recruiter)

    # Sessions

    def begin_session(self, recruiter: UUID, device: str = "") -> str:
        """The id of a new session, known to the browser alone. Sessions unseen for 30 days are dropped."""
        session, now = secrets.token_urlsafe(32), self._store.clock()
        new = insert(sessions).values(id=_digest(session), name=uuid4(), recruiter=recruiter, device=device)
        with self._store.writing() as connection:
            _end(connection, sessions.c.seen_at < now - SESSIONS_LIVE)
            connection.execute(new.values(began_at=now, seen_at=now))
        return session

    def session(self, session: str) -> Row[Any] | None:
        """The session of this id (name, recruiter, device, began_at, seen_at), or None if it has ended."""
        now = self._store.clock()
        with self._store.reading() as connection:
            row = connection.execute(THIS_SESSION, {"id": _digest(session)}).first()
        if row is None or row.seen_at < now - SESSIONS_LIVE:
            return None
        if row.seen_at < now - SEEN_EVERY:
            self._seen(row.id, now)
        return row

    def sessions_of(self, recruiter: UUID) -> list[Row[Any]]:
        """Where this recruiter is signed in, newest first."""
        alive = sessions.c.seen_at >= self._store.clock() - SESSIONS_LIVE
        query = select(sessions).where(sessions.c.recruiter == recruiter, alive)
        query = query.order_by(sessions.c.began_at.desc())
        with self._store.reading() as connection:
            return list(connection.execute(query))

    def end_session(self, recruiter: UUID, name: UUID) -> bool:
        """End one session of this recruiter; False if there is none of that name."""
        with self._store.writing() as connection:
            return _end(connection, sessions.c.recruiter == recruiter, sessions.c.name == name) > 0

    def end_sessions(self, recruiter: UUID) -> int:
        """Sign this recruiter out everywhere; returns of how many places."""
        with self._store.writing() as connection:
            return _end(connection, sessions.c.recruiter == recruiter)

    # Phones, and other browsers, that are told of what falls due

    def subscribe(
        self, recruiter: UUID, session: UUID, endpoint: str, p256dh: str, auth: str, shows_names: bool | None = None
    ) -> UUID:
        """From now on this session's browser is told; the id of its subscription. One that was there is renewed.

        `shows_names` None leaves what was chosen before.
        """
        keys = {"endpoint": endpoint, "p256dh": p256dh, "auth": auth}
        chosen = {} if shows_names is None else {"shows_names": shows_names}
        new = insert(push_subscriptions).values(
            id=uuid4(),
            recruiter=recruiter,
            session=session,
            created_at=self._store.clock(),
            **{"shows_names": False, **chosen},
            **keys,
        )
        renewed = {**keys, **chosen, "outcome": "", "tried_at": None}
        new = new.on_conflict_do_update(index_elements=["session"], set_=renewed).returning(push_subscriptions.c.id)
        mine = push_subscriptions.c.recruiter == recruiter
        latest = select(push_subscriptions.c.id).where(mine).order_by(push_subscriptions.c.created_at.desc())
        others = (push_subscriptions.c.endpoint == endpoint, push_subscriptions.c.session != session)
        with self._store.writing() as connection:
            connection.execute(delete(push_subscriptions).where(*others))  # this browser, in a session before
            id: UUID = connection.execute(new).scalar_one()
            too_many = push_subscriptions.c.id.not_in(latest.limit(MOST_PHONES))
            connection.execute(delete(push_subscriptions).where(mine, too_many))
        return id

    def subscriptions(self, recruiter: UUID | None = None) -> list[Row[Any]]:
        """Every browser that is told, or those of one recruiter, with the `device` of its session; oldest first."""
        question = (
            select(push_subscriptions, sessions.c.device)
            .join(sessions, sessions.c.name == push_subscriptions.c.session)
            .where(sessions.c.seen_at >= self._store.clock() - SESSIONS_LIVE)
            .order_by(push_subscriptions.c.created_at, push_subscriptions.c.id)
        )
        if recruiter is not None:
            question = question.where(push_subscriptions.c.recruiter == recruiter)
        with self._store.reading() as connection:
            return list(connection.execute(question))

    def change_subscription(self, recruiter: UUID, id: UUID, **changes: Any) -> bool:
        """`shows_names`, or the `outcome` of a try and when it was; False if there is none of this id."""
        this = (push_subscriptions.c.recruiter == recruiter, push_subscriptions.c.id == id)
        with self._store.writing() as connection:
            return connection.execute(update(push_subscriptions).where(*this).values(changes)).rowcount > 0

    def end_subscription(self, recruiter: UUID, id: UUID) -> bool:
        """This browser is told no longer; False if there is none of this id."""
        this = (push_subscriptions.c.recruiter == recruiter, push_subscriptions.c.id == id)
        with self._store.writing() as connection:
            return connection.execute(delete(push_subscriptions).where(*this)).rowcount > 0

    # Invitations

    def invite(self, recruiter: UUID, by: UUID, command: UUID) -> str:
        """The token of a one-time link to choose a password with; the same whenever the same command asks."""
        key = self.secret("invitations").encode()
        token = hmac.new(key, command.bytes + recruiter.bytes, hashlib.sha256).hexdigest()
        now = self._store.clock()
        new = insert(invitations).values(
            token=_digest(token), recruiter=recruiter, by=by, made_at=now, expires_at=now + INVITATIONS_LIVE
        )
        with self._store.writing() as connection:
            connection.execute(new.on_conflict_do_nothing(index_elements=["token"]))
        return token

    def end_invitations(self) -> None:
        """No link that is out there lets anybody in any more."""
        with self._store.writing() as connection:
            connection.execute(delete(invitations))

    def invitation(self, token: str) -> Row[Any] | None:
        """The invitation of this token, or None if it is unknown, used or older than 7 days."""
        with self._store.reading() as connection:
            return connection.execute(_usable(token, self._store.clock(), invitations)).first()

    def accept(self, token: str, password: str) -> UUID | None:
        """Use an invitation up and set the password, together; all other links and sessions of theirs end.

        Returns the recruiter, or None if the invitation cannot be used (any more).
        """
        with self._one_at_a_time:
            hashed = self._hasher.hash(password)
        now = self._store.clock()
        with self._store.writing() as connection:
            recruiter: UUID | None = connection.scalar(_usable(token, now, invitations.c.recruiter))
            if recruiter is None:
                return None
            open_links = (invitations.c.recruiter == recruiter, invitations.c.used_at.is_(None))
            connection.execute(update(invitations).where(*open_links).values(used_at=now))
            _end(connection, sessions.c.recruiter == recruiter)
            connection.execute(_password(recruiter, hashed, now))
        return recruiter

    # Secrets of the installation

    def secret(self, name: str, make: Callable[[], str] = secrets.token_hex) -> str:
        """The secret of this name, made the first time it is asked for."""
        query = select(named_secrets.c.value).where(named_secrets.c.name == name)
        with self._store.reading() as connection:
            found = connection.scalar(query)
        if found is not None:
            return found
        with self._store.writing() as connection:
            connection.execute(insert(named_secrets).values(name=name, value=make()).on_conflict_do_nothing())
            return str(connection.scalar(query))

    # How the columns of files were matched; names of columns only, nothing about anybody

    def save_columns(self, headers: str, targets: dict[str, str], by: UUID | None) -> None:
        """What each column of files with these headers (their digest) becomes, from now on."""
        new = insert(matched_columns).values(headers=headers, targets=targets, by=by, saved_at=self._store.clock())
        with self._store.writing() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["headers"], set_=dict(new.excluded)))

    def columns(self, headers: str) -> dict[str, str] | None:
        """As they were matched last, None if such a file was never imported."""
        with self._store.reading() as connection:
            found = connection.scalar(select(matched_columns.c.targets).where(matched_columns.c.headers == headers))
        return dict(found) if found is not None else None

    def tidy(self) -> None:
        """Leave no byte of a destroyed key behind in the file or its write-ahead log."""
        self._keys.clear()
        self._store.tidy()

    def close(self) -> None:
        self._store.close()

    def _read_key(self, person: UUID) -> bytes | None:
        with self._store.reading() as connection:
            row = connection.execute(KEY_OF, {"person": person}).first()
        if row is None:
            raise KeyMissing(f"There is no key for {person}.")
        if len(self._keys) >= KEYS_AT_HAND:
            self._keys.clear()
        self._keys[person] = (monotonic(), row.key)
        return row.key  # type: ignore[no-any-return]

    def _password_hash(self, recruiter: UUID) -> str | None:
        with self._store.reading() as connection:
            return connection.scalar(select(passwords.c.hash).where(passwords.c.recruiter == recruiter))

    def _seen(self, session: str, now: datetime) -> None:
        try:
            with self._store.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.id == session).values(seen_at=now))
        except OperationalError:
            pass  # a full disk must not keep anybody from reading


def setup_code(vault: Vault) -> str:
    """The one-time code that /setup asks for when Kept is bound to another address than loopback."""
    return vault.secret("setup code", make=lambda: f"{secrets.randbelow(10**8):08d}")


def _end(connection: Connection, *which: ColumnElement[bool]) -> int:
    """End these sessions, and what their browsers are told; returns how many there were."""
    ended = connection.execute(delete(sessions).where(*which)).rowcount
    alive = select(sessions.c.name)
    connection.execute(delete(push_subscriptions).where(push_subscriptions.c.session.not_in(alive)))
    return ended


def _usable(token: str, now: datetime, what: Any) -> Select[Any]:
    this = select(what).where(invitations.c.token == _digest(token))
    return this.where(invitations.c.used_at.is_(None), invitations.c.expires_at > now)


def _password(recruiter: UUID, hashed: str, now: datetime) -> Insert:
    new = insert(passwords).values(recruiter=recruiter, hash=hashed, chosen_at=now)
    return new.on_conflict_do_update(index_elements=["recruiter"], set_=dict(new.excluded))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
