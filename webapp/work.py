"""Work in hand: leases of sends, small marks. Losing this file costs repeats, never facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from projections.sqlite import Instant, Store, utc_now

tables = MetaData()

leases = Table(
    "leases",
    tables,
    Column("key", String, primary_key=True),
    Column("until", Instant, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
)

marks = Table(
    "marks",
    tables,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)


class Work:
    """`work.db`. A key names one piece of work; all times are seconds from now."""

    def __init__(self, file: Path, clock: Callable[[], datetime] = utc_now):
        self._store = Store(file, tables, synchronous="NORMAL", clock=clock)

    def claim(self, key: str, seconds: float) -> bool:
        """True for the one who may do this work until then; False while another has it or it rests."""
        now = self._store.clock()
        new = insert(leases).values(key=key, until=now + timedelta(seconds=seconds))
        lapsed = new.on_conflict_do_update(
            index_elements=["key"], set_={"until": new.excluded.until}, where=leases.c.until <= now
        )
        with self._store.writing() as connection:
            return connection.execute(lapsed.returning(leases.c.key)).first() is not None

    def renew(self, key: str, seconds: float) -> bool:
        """Keep claimed work for so long from now; False if it was finished or given up meanwhile."""
        longer = update(leases).where(leases.c.key == key)
        with self._store.writing() as connection:
            until = self._store.clock() + timedelta(seconds=seconds)
            return connection.execute(longer.values(until=until)).rowcount == 1

    def back_off(self, key: str, seconds: float) -> int:
        """Count a failed try and let nobody claim this work for so long. Returns the tries so far."""
        new = insert(leases).values(key=key, until=self._store.clock() + timedelta(seconds=seconds), tries=1)
        again = new.on_conflict_do_update(
            index_elements=["key"], set_={"until": new.excluded.until, "tries": leases.c.tries + 1}
        )
        with self._store.writing() as connection:
            return connection.execute(again.returning(leases.c.tries)).scalar_one()

    def tries(self, key: str) -> int:
        """How often this work failed since it was last released."""
        with self._store.reading() as connection:
            return connection.scalar(select(leases.c.tries).where(leases.c.key == key)) or 0

    def release(self, key: str) -> None:
        """The work is done, or may be taken up by anybody at once."""
        with self._store.writing() as connection:
            connection.execute(delete(leases).where(leases.c.key == key))

    def get(self, key: str) -> str | None:
        """What was last written down under this key."""
        with self._store.reading() as connection:
            return connection.scalar(select(marks.c.value).where(marks.c.key == key))

    def set(self, key: str, value: str) -> None:
        """Write this down under the key, in place of what was there."""
        new = insert(marks).values(key=key, value=value)
        new = new.on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value})
        with self._store.writing() as connection:
            connection.execute(new)

    def tidy(self) -> None:
        """Forget leases that ended a day ago, and leave no deleted byte behind."""
        with self._store.writing() as connection:
            connection.execute(delete(leases).where(leases.c.until < self._store.clock() - timedelta(days=1)))
        self._store.tidy()

    def close(self) -> None:
        self._store.close()
