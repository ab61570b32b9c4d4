"""How candidates wish to be reached, what we may never send them, and referrals: who sent whom, whom we asked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Index,
    Row,
    String,
    Table,
    Time,
    Uuid,
    bindparam,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain.candidate import Candidate
from domain.log import Entry
from domain.touchpoint import Touchpoint
from projections.projection import Projection
from projections.sqlite import Instant, Position

NOTHING: dict[str, Any] = {"unwanted": [], "not_before": None, "not_after": None, "not_on": [], "note": ""}
FORGOTTEN = {**NOTHING, "note": None, "unwelcome": "", "unwelcome_at": None}


class Wishes(Projection):
    """One row for each candidate who wished for something, or whom somebody referred."""

    name = "wishes"

    def tables(self) -> None:
        table = self.wishes = Table(
            self.named("wishes"),
            self.metadata,
            Column("candidate", Uuid, primary_key=True),
            Column("unwanted", JSON, nullable=False),
            Column("not_before", Time),
            Column("not_after", Time),
            Column("not_on", JSON, nullable=False),
            Column("note", String),
            Column("unwelcome", String, nullable=False),
            Column("unwelcome_at", Instant),
            Column("referrer", Uuid),
            Column("referred", Position),
            Column("asked_at", Instant),
            Column("asked_by", Uuid),
            Column("asked_in", Uuid),
        )
        Index(self.named("sent_by"), table.c.referrer, table.c.referred.desc())
        self.theirs = select(table).where(table.c.candidate == bindparam("candidate"))
        sent = select(table).where(table.c.referrer == bindparam("candidate"))
        capped = sent.order_by(table.c.referred.desc()).limit(bindparam("most")).subquery("capped")
        self.theirs_and_sent_by = union_all(self.theirs, select(capped))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Candidate.ContactPreferenceSet() as fact:
                self._note(connection, fact, **{name: getattr(fact, name) for name in NOTHING})
            case Candidate.ContactRefused() as fact:
                self._note(connection, fact, unwelcome=fact.what, unwelcome_at=fact.timestamp)
            case Candidate.ContactAllowed() as fact:
                self._note(connection, fact, unwelcome="", unwelcome_at=None)
            case Candidate.ReferredBy() as fact:
                self._note(connection, fact, referrer=fact.referrer, referred=entry.position)
            case Touchpoint.ReferralAsked() as fact:
                self._note(connection, fact, asked_at=fact.timestamp, asked_by=fact.by, asked_in=fact.originator_id)
            case Touchpoint.TouchpointRetracted() | Touchpoint.MovedAway() as fact:
                table = self.wishes
                in_it = (table.c.candidate == fact.person, table.c.asked_in == fact.originator_id)
                connection.execute(update(table).where(*in_it).values(asked_at=None, asked_by=None, asked_in=None))
            case Candidate.CandidateErased() as fact:
                table = self.wishes
                connection.execute(update(table).where(table.c.candidate == fact.originator_id).values(**FORGOTTEN))

    def _note(self, connection: Connection, fact: Any, **changes: Any) -> None:
        new = insert(self.wishes).values(candidate=fact.person, **{**NOTHING, "unwelcome": "", **changes})
        connection.execute(new.on_conflict_do_update(index_elements=["candidate"], set_=changes))

    # Questions

    def never_among(self, candidates: Collection[UUID]) -> set[UUID]:
        """Those among these candidates who asked never to be sent anything, or never to be reached."""
        return set(self.unwelcome(candidates))

    def unwelcome(self, candidates: Collection[UUID]) -> dict[UUID, str]:
        """What those among these candidates who asked us never to send something asked for."""
        theirs = select(self.wishes.c.candidate, self.wishes.c.unwelcome).where(
            self.wishes.c.candidate.in_(list(candidates)), self.wishes.c.unwelcome != ""
        )
        return {row.candidate: row.unwelcome for row in self.all(theirs)} if candidates else {}

    def of(self, candidate: UUID) -> Row[Any] | None:
        """What a candidate wishes, who referred them, when they were asked; None if nothing was ever noted."""
        return self.one(self.theirs, candidate=candidate)

    def around(self, candidate: UUID, limit: int = 20) -> tuple[Row[Any] | None, list[UUID]]:
        """As `of`, and whom they sent to us, the last one first, in one question."""
        rows = self.all(self.theirs_and_sent_by, candidate=candidate, most=limit)
        own = next((row for row in rows if row.candidate == candidate), None)
        return own, [row.candidate for row in rows if row.candidate != candidate]
