"""The agency, when it works, and who works there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    String,
    Table,
    Time,
    Uuid,
    bindparam,
    select,
    update,
)

from domain.absence import Absence
from domain.agency import Agency, AgencySettings
from domain.log import Entry
from domain.process import SHIPPED_PROCESS, plain
from domain.recruiter import DIGEST_AT, Recruiter
from projections.projection import Projection
from projections.sqlite import Instant

EVER = 500  # absences of a few colleagues that are looked through
INVITED, JOINED, LEFT = "invited", "joined", "left"
CARD = ("title", "mobile", "phone", "link")
SETTINGS = ("name", "zone", "country", "working_days", "day_begins", "day_ends", "silent_after")


class Team(Projection):
    """Recruiters (invited, joined, left) with name, e-mail, role and hours; the agency and its settings.

    `individuals`: whether owners see figures by recruiter; who said so last, when, and why.
    And who is away from when until when, and who covers; an absence that was called off ends before it begins.
    """

    name = "team"
    version = 7

    def tables(self) -> None:
        self.agencies = Table(
            self.named("agencies"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("name", String, nullable=False),
            Column("zone", String, nullable=False),
            Column("country", String, nullable=False),
            Column("working_days", JSON, nullable=False),
            Column("day_begins", Time, nullable=False),
            Column("day_ends", Time, nullable=False),
            Column("silent_after", Integer, nullable=False),
            Column("offline_reading", Boolean, nullable=False),
            Column("individuals", Boolean, nullable=False),
            Column("individuals_why", String),
            Column("individuals_by", Uuid),
            Column("individuals_at", Instant),
            Column("process_changed", BigInteger, nullable=False),
            Column("stages", JSON, nullable=False),
            Column("call_first_from", String, nullable=False),
            Column("promises", JSON, nullable=False),
            Column("unpromised", JSON, nullable=False),
            Column("founded_at", Instant, nullable=False),
            Column("changed", BigInteger, nullable=False),
        )
        self.recruiters = Table(
            self.named("recruiters"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("name", String),
            Column("email", String),
            Column("email_folded", String, index=True),
            Column("role", String, nullable=False),
            Column("state", String, nullable=False),
            Column("invited_by", Uuid),
            Column("invited_at", Instant, nullable=False),
            Column("joined_at", Instant),
            Column("left_at", Instant),
            Column("quiet_begins", Time),
            Column("quiet_ends", Time),
            Column("digest_at", Time),
            Column("signature", String),
            *(Column(name, String) for name in CARD),
            Column("changed", BigInteger, nullable=False),
        )
        absences = self.away = Table(
            self.named("absences"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("recruiter", Uuid, nullable=False),
            Column("cover", Uuid),
            Column("first_day", Date, nullable=False),
            Column("last_day", Date, nullable=False),
            Column("zone", String, nullable=False),
            Column("begins_at", Instant, nullable=False),
            Column("ends_at", Instant, nullable=False),
        )
        Index(self.named("not_over"), absences.c.ends_at)
        Index(self.named("away"), absences.c.recruiter, absences.c.begins_at)

        recruiters = self.recruiters.c
        self.the_agency = select(self.agencies).limit(1)
        self.one_recruiter = select(self.recruiters).where(recruiters.id == bindparam("recruiter"))
        self.with_email = select(self.recruiters).where(recruiters.email_folded == bindparam("folded"))
        self.in_order = select(self.recruiters).order_by(recruiters.invited_at, recruiters.id)
        self.not_over = (
            select(absences)
            .where(absences.c.ends_at > bindparam("now", type_=Instant))
            .order_by(absences.c.ends_at, absences.c.id)
        )
        self.were_covered = (
            select(absences)
            .where(absences.c.recruiter.in_(bindparam("recruiters", expanding=True)), absences.c.cover.is_not(None))
            .order_by(absences.c.recruiter.desc(), absences.c.begins_at.desc())
            .limit(EVER)
        )

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Agency.AgencyFounded() as fact:
                settings = AgencySettings(fact.name, fact.zone)
                self.add(
                    connection,
                    self.agencies,
                    {
                        "id": fact.originator_id,
                        "offline_reading": True,
                        "individuals": False,
                        "founded_at": fact.timestamp,
                        "changed": fact.originator_version,
                        "process_changed": 0,
                        "stages": plain(SHIPPED_PROCESS.every_stage),
                        "call_first_from": SHIPPED_PROCESS.call_first_from,
                        "promises": plain(SHIPPED_PROCESS.promises),
                        "unpromised": plain(SHIPPED_PROCESS.unpromised),
                        **_said(settings),
                    },
                )
            case Agency.SettingsChanged() as fact:
                self._change(connection, self.agencies, fact, **_said(fact))
            case Agency.OfflineReadingChosen() as fact:
                self._change(connection, self.agencies, fact, offline_reading=fact.allowed)
            case Agency.IndividualFiguresAllowed() as fact:
                self._individuals(connection, fact, True, fact.why)
            case Agency.IndividualFiguresStopped() as fact:
                self._individuals(connection, fact, False, None)
            case Agency.StagesChanged() as fact:
                self._process(connection, fact, stages=fact.stages)
            case Agency.CallFirstChosen() as fact:
                self._process(connection, fact, call_first_from=fact.stage)
            case Agency.StandingPromisesChanged() as fact:
                self._process(connection, fact, promises=fact.promises)
            case Agency.UnpromisedChanged() as fact:
                self._process(connection, fact, unpromised=fact.words)
            case Recruiter.RecruiterInvited() as fact:
                self.add(
                    connection,
                    self.recruiters,
                    {
                        "id": fact.originator_id,
                        "name": fact.name,
                        "email": fact.email,
                        "email_folded": fact.email and fact.email.casefold(),
                        "role": fact.role,
                        "state": INVITED,
                        "invited_by": fact.by,
                        "invited_at": fact.timestamp,
                        "digest_at": DIGEST_AT,
                        "changed": fact.originator_version,
                    },
                )
            case Recruiter.RecruiterJoined() as fact:
                self._change(connection, self.recruiters, fact, state=JOINED, joined_at=fact.timestamp)
            case Recruiter.RoleChanged() as fact:
                self._change(connection, self.recruiters, fact, role=fact.role)
            case Recruiter.QuietHoursChosen() as fact:
                self._change(connection, self.recruiters, fact, quiet_begins=fact.begins, quiet_ends=fact.ends)
            case Recruiter.DigestHourChosen() as fact:
                self._change(connection, self.recruiters, fact, digest_at=fact.at)
            case Recruiter.SignatureChosen() as fact:
                self._change(connection, self.recruiters, fact, signature=fact.signature)
            case Recruiter.CardChanged() as fact:
                self._change(connection, self.recruiters, fact, **{name: getattr(fact, name) for name in CARD})
            case Recruiter.AbsencePlanned() as fact:
                planned = Absence(fact.first_day, fact.last_day, fact.zone)
                row = {
                    "id": fact.absence,
                    "recruiter": fact.originator_id,
                    "cover": fact.cover,
                    "first_day": fact.first_day,
                    "last_day": fact.last_day,
                    "zone": fact.zone,
                    "begins_at": max(planned.begins_at(), fact.timestamp),
                    "ends_at": planned.ends_at(),
                }
                self.add(connection, self.away, row)
                self._change(connection, self.recruiters, fact)
            case Recruiter.AbsenceEnded() as fact:
                this = self.away.c.id == fact.absence
                connection.execute(update(self.away).where(this).values(ends_at=fact.timestamp))
                self._change(connection, self.recruiters, fact)
            case Recruiter.RecruiterLeft() as fact:
                self._change(connection, self.recruiters, fact, state=LEFT, left_at=fact.timestamp)

    def _individuals(self, connection: Connection, fact: Any, allowed: bool, why: str | None) -> None:
        """Who last said whether owners see figures by recruiter; no form about the agency's settings is stale by it."""
        said = {"individuals_by": fact.by, "individuals_at": fact.timestamp, "individuals_why": why}
        table = self.agencies
        connection.execute(update(table).where(table.c.id == fact.originator_id).values(individuals=allowed, **said))

    def _process(self, connection: Connection, fact: Any, **changes: Any) -> None:
        ours = self.agencies.c.id == fact.originator_id
        connection.execute(update(self.agencies).where(ours).values(process_changed=fact.originator_version, **changes))

    def _change(self, connection: Connection, table: Table, fact: Any, **changes: Any) -> None:
        connection.execute(
            update(table).where(table.c.id == fact.originator_id).values(changed=fact.originator_version, **changes)
        )

    def agency(self) -> Row[Any] | None:
        """The agency with its settings, None before it is founded."""
        return self.one(self.the_agency)

    def recruiter(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_recruiter, recruiter=id)

    def by_email(self, email: str) -> Row[Any] | None:
        """The colleague with this e-mail, upper and lower case alike; one who left only if nobody else has it."""
        found = self.all(self.with_email, folded=email.strip().casefold())
        return max(found, key=lambda row: (row.state != LEFT, row.invited_at), default=None)

    def everyone(self) -> Sequence[Row[Any]]:
        """All colleagues in the order they were invited, those who left among them."""
        return self.all(self.in_order)

    def absences(self, now: datetime) -> Sequence[Row[Any]]:
        """Those that are not over, begun or to come, the first to end first."""
        return self.all(self.not_over, now=now)

    def covered(self, recruiters: Collection[UUID]) -> Sequence[Row[Any]]:
        """When these colleagues were ever away and somebody covered, the latest first."""
        return self.all(self.were_covered, recruiters=list(recruiters)) if recruiters else []


def _said(settings: Any) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(settings, name) for name in SETTINGS}
    return said | {"working_days": list(said["working_days"])}
