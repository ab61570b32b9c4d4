"""Work in hand: leases of sends, small marks, long jobs. Losing this file costs repeats, never facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Uuid,
    and_,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
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

jobs = Table(
    "jobs",
    tables,
    Column("id", Uuid, primary_key=True),
    Column("kind", String, nullable=False),
    Column("by", Uuid),
    Column("state", String, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
)
Index("jobs_by_kind", jobs.c.kind, jobs.c.made_at)

caught = Table(
    "caught",
    tables,
    Column("touchpoint", Uuid, primary_key=True),
    Column("import", Uuid, nullable=False, index=True),
    Column("candidate", Uuid, nullable=False),
    Column("promises", Integer, nullable=False),
    Column("soon", Integer, nullable=False),
    Column("noted_at", Instant, nullable=False),
)

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
ENDED = (DONE, FAILED, STOPPED)
JOBS_LIVE = timedelta(days=90)


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

    def rests(self, key: str) -> bool:
        """Whether this work failed and is left alone for now."""
        failed = select(leases.c.key).where(leases.c.key == key, leases.c.tries > 0)
        with self._store.reading() as connection:
            return connection.execute(failed.where(leases.c.until > self._store.clock())).first() is not None

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

    # Promises that an import found in what it brought

    def note_caught(self, import_id: UUID, touchpoint: UUID, candidate: UUID, promises: int, soon: bool) -> None:
        """An entry of this import holds so many promises, some of them due `soon`; noted once."""
        row = {"touchpoint": touchpoint, "import": import_id, "candidate": candidate, "promises": promises}
        new = insert(caught).values(**row, soon=int(soon), noted_at=self._store.clock()).on_conflict_do_nothing()
        with self._store.writing() as connection:
            connection.execute(new)

    def count_caught(self, import_id: UUID) -> tuple[int, int]:
        """With how many people how many promises were found."""
        counted = select(func.count(caught.c.candidate.distinct()), func.coalesce(func.sum(caught.c.promises), 0))
        with self._store.reading() as connection:
            people, promises = connection.execute(counted.where(caught.c["import"] == import_id)).one()
        return people, promises

    def caught_soon(self, import_id: UUID, limit: int) -> list[UUID]:
        """The entries of this import that hold something due soon."""
        which = (caught.c["import"] == import_id, caught.c.soon == 1)
        with self._store.reading() as connection:
            return list(connection.scalars(select(caught.c.touchpoint).where(*which).limit(limit)))

    # Jobs: long work that goes on where it was when its worker dies

    def add_job(self, id: UUID, kind: str, by: UUID | None, detail: dict[str, Any] | None = None) -> bool:
        """Let a worker do this, once; False if the job was added before."""
        now = self._store.clock()
        row = {"id": id, "kind": kind, "by": by, "detail": detail or {}, "made_at": now, "beat_at": now}
        new = insert(jobs).values(state=WAITING, done=0, total=0, tries=0, **row).on_conflict_do_nothing()
        with self._store.writing() as connection:
            return connection.execute(new).rowcount == 1

    def job(self, id: UUID) -> Row[Any] | None:
        """One job: kind, by, state, done of total, `detail` (a dict), when it was made and last moved."""
        with self._store.reading() as connection:
            return connection.execute(select(jobs).where(jobs.c.id == id)).one_or_none()

    def jobs(self, kind: str | None = None, limit: int = 50) -> list[Row[Any]]:
        """The jobs of a kind, or all, the newest first."""
        question = select(jobs).order_by(jobs.c.made_at.desc(), jobs.c.id).limit(limit)
        with self._store.reading() as connection:
            return list(connection.execute(question if kind is None else question.where(jobs.c.kind == kind)))

    def next_job(self, kind: str | tuple[str, ...], lease: float) -> Row[Any] | None:
        """Claim the oldest job of this kind (or these) that waits, or whose worker was silent for `lease` seconds."""
        kinds = (kind,) if isinstance(kind, str) else kind
        with self._store.writing() as connection:
            now = self._store.clock()
            abandoned = and_(jobs.c.state == RUNNING, jobs.c.beat_at <= now - timedelta(seconds=lease))
            free = select(jobs.c.id).where(jobs.c.kind.in_(kinds), or_(jobs.c.state == WAITING, abandoned))
            oldest = free.order_by(jobs.c.made_at, jobs.c.id).limit(1).scalar_subquery()
            claim = update(jobs).where(jobs.c.id == oldest)
            claimed = claim.values(state=RUNNING, beat_at=now, tries=jobs.c.tries + 1).returning(jobs)
            return connection.execute(claimed).one_or_none()

    def progress(self, id: UUID, done: int, total: int, **detail: Any) -> bool:
        """So much is done; `detail` is added to what is known of the job. False once it should go on no longer."""
        # whoever gets further was not begun in vain: only tries that achieve nothing are counted
        tries = case((jobs.c.done < done, 1), else_=jobs.c.tries)
        return self._on(id, detail, done=done, total=total, beat_at=self._store.clock(), tries=tries)

    def beat(self, id: UUID) -> bool:
        """Its worker is alive. False once the job should go on no longer."""
        return self._on(id, {}, beat_at=self._store.clock())

    def end_job(self, id: UUID, state: str, **detail: Any) -> bool:
        """It is done, failed or stopped; `detail` is added to what is known. False if it had ended before."""
        return self._on(id, detail, (WAITING, RUNNING), state=state, beat_at=self._store.clock())

    def _on(self, id: UUID, detail: dict[str, Any], states: tuple[str, ...] = (RUNNING,), **values: Any) -> bool:
        this = (jobs.c.id == id, jobs.c.state.in_(states))
        with self._store.writing() as connection:
            if detail:
                known = connection.execute(select(jobs.c.detail).where(*this)).scalar_one_or_none()
                values["detail"] = {**(known or {}), **detail}
            return connection.execute(update(jobs).where(*this).values(**values)).rowcount == 1

    def tidy(self) -> None:
        """Forget leases that ended a day ago and jobs that ended long ago; leave no deleted byte behind."""
        with self._store.writing() as connection:
            now = self._store.clock()
            connection.execute(delete(leases).where(leases.c.until < now - timedelta(days=1)))
            connection.execute(delete(caught).where(caught.c.noted_at < now - JOBS_LIVE))
            connection.execute(delete(jobs).where(jobs.c.state.in_(ENDED), jobs.c.beat_at < now - JOBS_LIVE))
        self._store.tidy()

    def close(self) -> None:
        self._store.close()
