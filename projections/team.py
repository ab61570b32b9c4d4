"""The agency and who works there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Row, String, Table, Uuid, select, update

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
        return self.one(select(self.agencies).limit(1))

    def recruiter(self, id: UUID) -> Row[Any] | None:
        return self.one(select(self.recruiters).where(self.recruiters.c.id == id))

    def by_email(self, email: str) -> Row[Any] | None:
        """The colleague with this e-mail, upper and lower case alike."""
        folded = email.strip().casefold()
        return self.one(select(self.recruiters).where(self.recruiters.c.email_folded == folded))

    def everyone(self) -> Sequence[Row[Any]]:
        """All colleagues in the order they were invited."""
        return self.all(select(self.recruiters).order_by(self.recruiters.c.invited_at, self.recruiters.c.id))
