"""How far each generation of each projection has read, in which log, and which event it read last."""

from __future__ import annotations

from collections.abc import Sequence
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
    delete,
    insert,
    select,
    update,
)

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


def stand(connection: Connection, at: Mark | Projection, **values: Any) -> None:
    """Change what is known of a generation."""
    connection.execute(update(positions).where(_is(at)).values(**values))


def retire(connection: Connection, mark: Mark, now: datetime) -> None:
    """No page is served from this generation any more."""
    stand(connection, mark, live=False, retired_at=now)


def forget(connection: Connection, mark: Mark) -> None:
    """Drop a generation's tables, of whatever version, and its position."""
    tables = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ?",
        (f"{mark.name}_*_v{mark.version}_{mark.generation}",),
    )
    for name in tables.scalars().all():
        connection.exec_driver_sql(f'DROP TABLE "{name}"')
    connection.execute(delete(positions).where(_is(mark)))


def _is(at: Mark | Projection) -> Any:
    return and_(
        positions.c.name == at.name,
        positions.c.version == at.version,
        positions.c.generation == at.generation,
    )
