"""Who the clients are, and what they look for people for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    select,
    text,
    update,
)

from domain.client import Client
from domain.job import Job, JobState
from domain.log import Entry
from domain.names import company
from projections.folding import fold
from projections.projection import Projection
from projections.sqlite import Instant, Position


class Jobs(Projection):
    """One row a client, one row a job."""

    name = "jobs"
    version = 2

    def tables(self) -> None:
        clients = self.clients_table = Table(
            self.named("clients"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("name", String, nullable=False),
            Column("folded", String, nullable=False),
            Column("company", String, nullable=False),
            Column("website", String, nullable=False),
            Column("off_limits", Boolean, nullable=False),
            Column("why", String, nullable=False),
            Column("added_by", Uuid),
            Column("added_at", Instant, nullable=False),
            Column("changed", BigInteger, nullable=False),
        )
        jobs = self.jobs_table = Table(
            self.named("jobs"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("position", Position, nullable=False),
            Column("client", Uuid, nullable=False),
            Column("title", String, nullable=False),
            Column("place", String, nullable=False),
            Column("pay", String, nullable=False),
            Column("state", String, nullable=False),
            Column("opened_by", Uuid),
            Column("opened_at", Instant, nullable=False),
            Column("closed_by", Uuid),
            Column("closed_at", Instant),
            Column("why", String),
            Column("criteria", JSON(none_as_null=True)),
            Column("criteria_at", Instant),
            Column("points", JSON, nullable=False),
            Column("changed", BigInteger, nullable=False),
        )
        Index(self.named("by_name"), clients.c.folded, clients.c.id)
        Index(self.named("by_company"), clients.c.company, clients.c.id)
        Index(self.named("open"), jobs.c.position, sqlite_where=text(f"state = '{JobState.OPEN}'"))
        Index(self.named("of_client"), jobs.c.client, jobs.c.position)
        most = bindparam("most", type_=Integer)
        self.one_client = select(clients).where(clients.c.id == bindparam("client"))
        self.these_clients = select(clients).where(clients.c.id.in_(bindparam("clients", expanding=True)))
        self.by_name = select(clients).order_by(clients.c.folded, clients.c.id).limit(most)
        self.begins = self.by_name.where(clients.c.folded >= bindparam("begins"), clients.c.folded < bindparam("ends"))
        self.of_company = (
            select(clients).where(clients.c.company == bindparam("company")).order_by(clients.c.id).limit(1)
        )
        self.not_to_be_touched = select(clients).where(
            clients.c.company.in_(bindparam("companies", expanding=True)), clients.c.off_limits == text("1")
        )
        self.one_job = select(jobs).where(jobs.c.id == bindparam("job"))
        self.these_jobs = select(jobs).where(jobs.c.id.in_(bindparam("jobs", expanding=True)))
        newest = jobs.c.position.desc()
        self.open_jobs = (
            select(jobs)
            .where(text(f"state = '{JobState.OPEN}'"), jobs.c.position < bindparam("before"))
            .order_by(newest)
            .limit(most)
        )
        self.jobs_of = select(jobs).where(jobs.c.client == bindparam("client")).order_by(newest).limit(most)

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Client.ClientAdded() as fact:
                row = {"off_limits": False, "why": "", "added_by": fact.by, "added_at": fact.timestamp, **_called(fact)}
                self.add(connection, self.clients_table, {"id": fact.originator_id, "changed": 1, **row})
            case Client.ClientChanged() as fact:
                self._change(connection, self.clients_table, fact, **_called(fact))
            case Client.OffLimitsChosen() as fact:
                self._change(connection, self.clients_table, fact, off_limits=fact.off_limits, why=fact.why)
            case Job.JobOpened() as fact:
                row = {"client": fact.client, "opened_by": fact.by, "opened_at": fact.timestamp, **_details(fact)}
                row |= {
                    "points": [],
                    "position": entry.position,
                    "state": JobState.OPEN.value,
                    "changed": fact.originator_version,
                }
                self.add(connection, self.jobs_table, {"id": fact.originator_id, **row})
            case Job.JobChanged() as fact:
                self._change(connection, self.jobs_table, fact, **_details(fact))
            case Job.JobCriteriaChosen() as fact:
                criteria = {name: getattr(fact, name) for name in fact.clear}
                self._change(connection, self.jobs_table, fact, criteria=criteria, criteria_at=fact.timestamp)
            case Job.SellingPointsChosen() as fact:
                self._change(connection, self.jobs_table, fact, points=fact.points)
            case Job.JobFilled() as fact:
                self._close(connection, fact, JobState.FILLED)
            case Job.JobClosed() as fact:
                self._close(connection, fact, JobState.CLOSED, fact.why)
            case Job.JobReopened() as fact:
                gone = dict.fromkeys(("closed_by", "closed_at", "why"))
                self._change(connection, self.jobs_table, fact, state=JobState.OPEN.value, **gone)

    def _close(self, connection: Connection, fact: Any, state: JobState, why: str | None = None) -> None:
        closed = {"closed_by": fact.by, "closed_at": fact.timestamp, "why": why}
        self._change(connection, self.jobs_table, fact, state=state.value, **closed)

    def _change(self, connection: Connection, table: Table, fact: Any, **changes: Any) -> None:
        changes["changed"] = fact.originator_version
        connection.execute(update(table).where(table.c.id == fact.originator_id).values(changes))

    # Questions

    def client(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_client, client=id)

    def clients(self, limit: int = 200) -> Sequence[Row[Any]]:
        """The clients by name."""
        return self.all(self.by_name, most=limit)

    def clients_called(self, begins: str, limit: int = 8) -> Sequence[Row[Any]]:
        """The clients whose name begins so, by name."""
        folded = fold(begins)
        return self.all(self.begins, begins=folded, ends=folded + "\U0010ffff", most=limit) if folded else []

    def these(self, clients: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """These clients, by id."""
        return {row.id: row for row in self.all(self.these_clients, clients=list(clients))} if clients else {}

    def called(self, name: str) -> Row[Any] | None:
        """The client of this name, with or without Ltd and the like; the same one every time."""
        return self.one(self.of_company, company=company(name)) if company(name) else None

    def off_limits(self, names: Collection[str]) -> dict[str, Row[Any]]:
        """Those of these companies that are clients whose people are off limits, by `company` of their name."""
        companies = sorted({company(name) for name in names} - {""})
        return {row.company: row for row in self.all(self.not_to_be_touched, companies=companies)} if companies else {}

    def job(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_job, job=id)

    def jobs(self, ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """These jobs, by id."""
        return {row.id: row for row in self.all(self.these_jobs, jobs=list(ids))} if ids else {}

    def open(self, before: int | None = None, limit: int = 50) -> Sequence[Row[Any]]:
        """The open jobs, opened last first, before the one at this `position`."""
        return self.all(self.open_jobs, before=before or 2**62, most=limit)

    def of(self, client: UUID, limit: int = 100) -> Sequence[Row[Any]]:
        """The jobs of a client, whether open or not, opened last first."""
        return self.all(self.jobs_of, client=client, most=limit)


def _called(fact: Any) -> dict[str, Any]:
    return {
        "name": fact.name,
        "folded": fold(fact.name),
        "company": company(fact.name),
        "website": fact.website,
    }


def _details(fact: Any) -> dict[str, Any]:
    return {"title": fact.title, "place": fact.place, "pay": fact.pay}
