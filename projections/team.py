"""The agency and who works there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Row, String, Table, Uuid, bindparam, select, update

from domain.agency import Agency
from domain.log import Entry
from domain.recruiter import Recruiter
from projections.projection import Projection
from projections.sqlite import Instant


class Team(Projection):
    """Recruiters (invited, joined) with name, e-mail and role; the agency's name and zone."""

    name = "team"

    def tables(self) -> None:
        self.agencies = Table(
            self.named("agencies"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("name", String, nullable=False),
            Column("zone", String, nullable=False),
            Column("founded_at", Instant, nullable=False),
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
        )

        recruiters = self.recruiters.c
        self.the_agency = select(self.agencies).limit(1)
        self.one_recruiter = select(self.recruiters).where(recruiters.id == bindparam("recruiter"))
        self.one_with_email = select(self.recruiters).where(recruiters.email_folded == bindparam("folded"))
        self.in_order = select(self.recruiters).order_by(recruiters.invited_at, recruiters.id)

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Agency.AgencyFounded() as fact:
                self.add(
                    connection,
                    self.agencies,
                    {
                        "id": fact.originator_id,
                        "name": fact.name,
                        "zone": fact.zone,
                        "founded_at": fact.timestamp,
                    },
                )
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
                        "state": "invited",
                        "invited_by": fact.by,
                        "invited_at": fact.timestamp,
                    },
                )
            case Recruiter.RecruiterJoined() as fact:
                connection.execute(
                    update(self.recruiters)
                    .where(self.recruiters.c.id == fact.originator_id)
                    .values(state="joined", joined_at=fact.timestamp)
                )

    def agency(self) -> Row[Any] | None:
        """The agency, None before it is founded."""
        return self.one(self.the_agency)

    def recruiter(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_recruiter, recruiter=id)

    def by_email(self, email: str) -> Row[Any] | None:
        """The colleague with this e-mail, upper and lower case alike."""
        return self.one(self.one_with_email, folded=email.strip().casefold())

    def everyone(self) -> Sequence[Row[Any]]:
        """All colleagues in the order they were invited."""
        return self.all(self.in_order)
