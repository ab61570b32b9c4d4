"""A SQLite file as Kept opens its own: writers in turn, deleted bytes overwritten, instants in UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, BigInteger, Connection, Integer, MetaData, TypeDecorator, create_engine, event

from domain.store.turn import Turn, checkpointed

Position = BigInteger().with_variant(Integer(), "sqlite")
"""A position in the log; as a primary key SQLite stores the table in its order."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as microseconds since 1970 UTC: SQLite would drop the zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        return None if value is None else EPOCH + value * MICROSECOND


class Store:
    """One file and its tables. `synchronous` is FULL where losing the last second would lose a fact."""

    def __init__(
        self,
        file: Path,
        tables: MetaData,
        *,
        synchronous: str = "FULL",
        clock: Callable[[], datetime] = utc_now,
        turn: Turn | None = None,
    ):
        self.clock = clock
        self._synchronous = synchronous
        self._turn = turn or Turn(file.with_suffix(".lock"))
        self._engine = create_engine(URL.create("sqlite", database=str(file)), hide_parameters=True, max_overflow=-1)
        event.listen(self._engine, "connect", self._prepare)
        with self.writing() as connection:
            tables.create_all(connection)

    def reading(self) -> Connection:
        """`with store.reading() as connection:` each statement reads what was last committed."""
        return self._engine.connect()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """`with store.writing() as connection:` one transaction, committed when the block has ended."""
        with self._turn, self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    def tidy(self) -> None:
        """Leave no deleted byte behind: rewrite the file and empty the write-ahead log."""
        with self._turn, self._engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            checkpointed(lambda statement: connection.exec_driver_sql(statement).scalar_one())

    def checkpoint(self) -> None:
        """Empty the write-ahead log."""
        with self._turn, self._engine.connect() as connection:
            checkpointed(lambda statement: connection.exec_driver_sql(statement).scalar_one())

    def dispose(self) -> None:
        """Give the connections back, keep the turn."""
        self._engine.dispose()

    def close(self) -> None:
        self.dispose()
        self._turn.close()

    def _prepare(self, connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "busy_timeout = 10000",
            "journal_mode = WAL",
            f"synchronous = {self._synchronous}",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").close()
