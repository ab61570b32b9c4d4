"""How far each generation of each projection has read, in which log, and which event it read last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    Uuid,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from domain.log import Entry
from projections.projection import Projection
from projections.sqlite import Instant

Mark = Row[Any]

positions = Table(
    "positions",
    MetaData(),
    Column("name", String, primary_key=True),
    Column("version", BigInteger, primary_key=True),
    Column("generation", BigInteger, primary_key=True),
    Column("live", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("log", Uuid, nullable=False),
    Column("leaf", LargeBinary),
    Column("stuck", String),
    Column("retired_at", Instant),
)
LIVE = select(positions).where(positions.c.live)
THIS = and_(
    positions.c.name == bindparam("_name"),
    positions.c.version == bindparam("_version"),
    positions.c.generation == bindparam("_generation"),
)
REACH = (
    update(positions)
    .where(THIS)
    .values(position=bindparam("position"), leaf=bindparam("leaf"), stuck=bindparam("stuck"))
)
STUCK = update(positions).where(THIS).values(stuck=bindparam("stuck"))
SERVE = update(positions).where(THIS).values(live=bindparam("live"), retired_at=bindparam("retired_at"))
OTHERS = select(positions).where(~positions.c.live)


def live(connection: Connection) -> dict[str, Mark]:
    """The generation of each projection that pages are served from, by name."""
    return {mark.name: mark for mark in connection.execute(LIVE)}


def others(connection: Connection) -> Sequence[Mark]:
    """Retired generations, and rebuilds under way or cut short."""
    return connection.execute(OTHERS).all()


def begin(connection: Connection, kind: type[Projection], log: UUID) -> int:
    """The number of a new generation, standing at 0."""
    same = and_(positions.c.name == kind.name, positions.c.version == kind.version)
    newest = select(positions.c.generation).where(same).order_by(positions.c.generation.desc())
    generation = (connection.execute(newest).scalar() or 0) + 1
    connection.execute(
        insert(positions),
        {
            "name": kind.name,
            "version": kind.version,
            "generation": generation,
            "live": False,
            "position": 0,
            "log": log,
        },
    )
    return int(generation)


def reach(connection: Connection, read: Iterable[tuple[Projection, Entry]]) -> None:
    """Each of these generations has read as far as this entry."""
    rows = [{**_named(at), "position": last.position, "leaf": last.leaf, "stuck": None} for at, last in read]
    if rows:
        connection.execute(REACH, rows)


def stuck(connection: Connection, at: Mark | Projection, why: str) -> None:
    """A generation cannot read on."""
    connection.execute(STUCK, {**_named(at), "stuck": why})


def serve(connection: Connection, at: Projection) -> None:
    """Pages are served from this generation."""
    connection.execute(SERVE, {**_named(at), "live": True, "retired_at": None})


def retire(connection: Connection, mark: Mark, now: datetime) -> None:
    """No page is served from this generation any more."""
    connection.execute(SERVE, {**_named(mark), "live": False, "retired_at": now})


def forget(connection: Connection, mark: Mark) -> None:
    """Drop a generation's tables, of whatever version, and its position."""
    tables = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ?",
        (f"{mark.name}_*_v{mark.version}_{mark.generation}",),
    )
    for name in tables.scalars().all():
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
    connection.execute(delete(positions).where(THIS), _named(mark))


def _named(at: Mark | Projection) -> dict[str, Any]:
    return {"_name": at.name, "_version": at.version, "_generation": at.generation}
