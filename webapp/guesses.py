"""How often a password or a code may be guessed: counted for all processes together, kept over a restart."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from projections.sqlite import Instant, Store, utc_now

MINUTE, HOUR = 60.0, 3600.0

tables = MetaData()

guesses = Table(
    "guesses",
    tables,
    Column("key", String, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("until", Instant, nullable=False, index=True),
)


@dataclass(frozen=True)
class Limit:
    """At most so many wrong guesses within so many seconds; `about` says whose, in parts."""

    tries: int
    seconds: float
    about: tuple[str, ...]


class TooMany(Exception):
    """These have to wait for so many `seconds`."""

    def __init__(self, seconds: float):
        super().__init__(f"wait {seconds:.0f} s")
        self.seconds = seconds


class Guesses:
    """In `work.db`: losing it gives a few guesses more. Names are kept as a keyed digest only."""

    def __init__(self, file: Path, secret: Callable[[], str], clock: Callable[[], datetime] = utc_now):
        self._store = Store(file, tables, synchronous="NORMAL", clock=clock)
        self._secret = secret

    @contextmanager
    def one(self, *limits: Limit) -> Iterator[Callable[[], None]]:
        """`with guesses.one(limit) as right:` one more guess; say `right()` if it was no wrong one.

        Counted before it is looked at, so that many at once are not more. Raises TooMany, and then counts nothing.
        """
        kept = [(self._key(limit), limit) for limit in limits]
        with self._store.writing() as connection:
            now = self._store.clock()
            connection.execute(delete(guesses).where(guesses.c.until <= now))
            for key, limit in kept:
                _refuse_too_many(connection, key, limit, now)
            for key, limit in kept:
                new = insert(guesses).values(key=key, count=1, until=now + timedelta(seconds=limit.seconds))
                more = new.on_conflict_do_update(index_elements=["key"], set_={"count": guesses.c.count + 1})
                connection.execute(more)
        yield lambda: self._take_back([key for key, _ in kept])

    def close(self) -> None:
        self._store.close()

    def _take_back(self, keys: list[str]) -> None:
        with self._store.writing() as connection:
            counted = update(guesses).where(guesses.c.key.in_(keys))
            connection.execute(counted.values(count=guesses.c.count - 1))

    def _key(self, limit: Limit) -> str:
        said = "\n".join((*limit.about, str(limit.seconds)))
        return hmac.new(self._secret().encode(), said.encode("utf-8", "replace"), sha256).hexdigest()


def network(address: str | None) -> str:
    """Who is behind an address, as far as it tells: one IPv4 address, or the /64 of an IPv6 one."""
    try:
        here = ip_address(address or "")
    except ValueError:
        return address or ""
    return str(here if here.version == 4 else ip_network((here, 64), strict=False))


def _refuse_too_many(connection: Connection, key: str, limit: Limit, now: datetime) -> None:
    row = connection.execute(select(guesses).where(guesses.c.key == key)).one_or_none()
    if row is not None and row.count >= limit.tries:
        raise TooMany((row.until - now).total_seconds())
