"""Whom we invited into which network, what they answered, and whom to invite after the first real talk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Column, Connection, Index, Integer, Row, Table, bindparam, select, text, update

from domain.candidate import Candidate
from domain.invitation import Invited
from domain.log import Entry
from projections.projection import Projection
from projections.sqlite import Instant

UNINVITED = "invitable = 1 AND first_spoken_at IS NOT NULL"


class Inviting(Projection):
    """What the row of a person holds for it."""

    people: Table

    def inviting_columns(self) -> list[Column[Any]]:
        """`invitations` by network, each with `state`, `invited_on`, `answered_on` and `link`."""
        return [
            Column("first_spoken_at", Instant),
            Column("invitations", JSON, nullable=False),
            Column("invited", Boolean, nullable=False),
            Column("invitable", Boolean, nullable=False),
        ]

    def inviting_tables(self) -> None:
        people, waits = self.people.c, text(UNINVITED)
        Index(self.named("to_invite"), people.first_spoken_at.desc(), people.candidate, sqlite_where=waits)
        Index(self.named("to_invite_of"), people.owner, people.first_spoken_at.desc(), sqlite_where=waits)
        self.invitations_of = select(people.invitations, people.invitable).where(
            people.candidate == bindparam("person")
        )
        lately = (
            select(self.people)
            .where(waits, people.first_spoken_at >= bindparam("since"))
            .order_by(people.first_spoken_at.desc())
            .limit(bindparam("most", type_=Integer))
        )
        self.uninvited = {False: lately, True: lately.where(people.owner == bindparam("owner"))}

    def record_inviting(self, connection: Connection, entry: Entry) -> None:
        """Its part of a fact."""
        match entry.fact:
            case Candidate.ProfileInvited() as fact:
                invitation = {"state": Invited.OPEN, "invited_on": _day(fact.on), "answered_on": None}
                self._invite(connection, fact, {**invitation, "link": fact.link})
            case Candidate.InvitationAccepted() as fact:
                self._invite(connection, fact, {"state": Invited.ACCEPTED, "answered_on": _day(fact.on)})
            case Candidate.InvitationDeclined() as fact:
                self._invite(connection, fact, {"state": Invited.DECLINED, "answered_on": _day(fact.on)})
            case Candidate.InvitationTakenBack() as fact:
                self._invite(connection, fact, None)
            case Candidate.InvitationLeftOut() as fact:
                self._about(connection, fact, invitable=False)

    def _invite(self, connection: Connection, fact: Any, changes: dict[str, Any] | None) -> None:
        row = connection.execute(self.invitations_of, {"person": fact.originator_id}).first()
        if row is None:
            return
        invitations = dict(row.invitations)
        if changes is None:
            invitations.pop(fact.network, None)
        else:
            invitations[fact.network] = {**invitations.get(fact.network, {}), **changes}
        self._about(connection, fact, invitations=invitations, invited=bool(invitations), invitable=False)

    def _about(self, connection: Connection, fact: Any, **changes: Any) -> None:
        theirs = self.people.c.candidate == fact.originator_id
        connection.execute(update(self.people).where(theirs).values(changes))

    # Questions

    def to_invite(self, since: datetime, owner: UUID | None = None, limit: int = 3) -> Sequence[Row[Any]]:
        """Who was first spoken with since then, and neither invited nor left out: who was spoken with last first."""
        return self.all(self.uninvited[owner is not None], since=since, owner=owner, most=limit)


def _day(on: date) -> str:
    return on.isoformat()
