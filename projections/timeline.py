"""What was said and promised, person by person, the newest first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
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
    and_,
    bindparam,
    func,
    select,
    text,
    tuple_,
    type_coerce,
    update,
)

from domain.candidate import Candidate
from domain.log import Entry
from domain.promise import Promise
from domain.touchpoint import Channel, Touchpoint
from projections.projection import Projection
from projections.sqlite import Instant, Position

TOUCHPOINT, PROMISE = "touchpoint", "promise"
A_WEEK = 7 * 24 * 60 * 60 * 1_000_000  # microseconds
FORGOTTEN = {"words": None, "why": None, "sensitive": None, "gave_title": None}
EXCHANGED = "(gave IS NOT NULL OR asked = 1)"
PROMISES = "promises"
GROUPS = {
    Channel.CALL: "calls",
    Channel.EMAIL: "mail",
    Channel.LETTER: "mail",
    Channel.SMS: "messages",
    Channel.WHATSAPP: "messages",
    Channel.LINKEDIN: "messages",
    Channel.MEETING: "meetings",
    Channel.VIDEO: "meetings",
    Channel.NOTE: "notes",
}


class Timeline(Projection):
    """One line for each touchpoint and each move of a promise; every wording that a touchpoint ever had.

    `sensitive` are the passages marked in a touchpoint, whole as its words are: pages hide them from others.
    """

    name = "timeline"
    version = 4

    def tables(self) -> None:
        table = self.lines = Table(
            self.named("lines"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("candidate", Uuid, nullable=False),
            Column("kind", String, nullable=False),
            Column("heap", String, nullable=False),
            Column("subject", Uuid, nullable=False, index=True),
            Column("what", String, nullable=False),
            Column("by", Uuid),
            Column("recorded_at", Instant, nullable=False),
            Column("happened_at", Instant, nullable=False),
            Column("channel", String),
            Column("direction", String),
            Column("outcome", String),
            Column("words", String),
            Column("why", String),
            Column("conversation", Uuid),
            Column("corrected", Integer, nullable=False),
            Column("retracted_at", Instant),
            Column("retracted_by", Uuid),
            Column("redacted_at", Instant),
            Column("settled_at", Instant),
            Column("settled_by", Uuid),
            Column("moved_to", Uuid),
            Column("moved_at", Instant),
            Column("moved_by", Uuid),
            Column("moved_from", Uuid),
            Column("brought_at", Instant),
            Column("brought_by", Uuid),
            Column("promise_id", Uuid),
            Column("party", String),
            Column("contact", Uuid),
            Column("keeper", Uuid),
            Column("touchpoint", Uuid),
            Column("changed", BigInteger, nullable=False),
            Column("due_on", Date),
            Column("due_at", Time),
            Column("cause", String),
            Column("sensitive", JSON(none_as_null=True)),
            Column("gave", Uuid),
            Column("gave_title", String),
            Column("asked", Boolean, nullable=False),
        )
        newest = (table.c.happened_at.desc(), table.c.position.desc())
        Index(self.named("newest"), table.c.candidate, *newest)
        Index(self.named("newest_of"), table.c.candidate, table.c.heap, *newest)
        Index(self.named("conversation"), table.c.conversation, sqlite_where=text("conversation IS NOT NULL"))
        Index(self.named("exchanged"), table.c.candidate, *newest, sqlite_where=text(EXCHANGED))
        self.words = Table(
            self.named("wordings"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("touchpoint", Uuid, nullable=False, index=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("words", String),
            Column("by", Uuid),
            Column("recorded_at", Instant, nullable=False),
            Column("why", String),
        )

        theirs = select(table).where(table.c.candidate == bindparam("candidate"))
        standing = (table.c.retracted_at.is_(None), table.c.moved_at.is_(None))
        self.newest = theirs.order_by(*newest).limit(bindparam("most"))
        exchanged = select(table.c.subject, table.c.happened_at, table.c.gave, table.c.gave_title, table.c.asked)
        exchanged = exchanged.where(text(EXCHANGED), *standing)
        self.exchanges = (
            exchanged.where(table.c.candidate == bindparam("candidate")).order_by(*newest).limit(bindparam("most"))
        )
        self.givings = exchanged.add_columns(table.c.candidate).where(
            table.c.candidate.in_(bindparam("candidates", expanding=True)), table.c.gave == bindparam("tip")
        )
        last_shown = tuple_(bindparam("happened_at", type_=Instant), bindparam("position"))
        self.filters = {
            "group": table.c.heap == bindparam("group"),
            "happened_at": tuple_(table.c.happened_at, table.c.position) < last_shown,
        }
        their = func.json_each(bindparam("candidates", type_=String)).table_valued("value")
        last = table.alias("last")
        those = (
            select(last.c.position)
            .where(last.c.candidate == their.c.value, last.c.kind == TOUCHPOINT)
            .order_by(last.c.happened_at.desc(), last.c.position.desc())
            .limit(bindparam("most"))
            .correlate(their)
        )
        self.newest_of_each = select(table).select_from(their.join(table, table.c.position.in_(those))).where(*standing)
        self.one_touchpoint = select(table).where(
            table.c.subject == bindparam("touchpoint"), table.c.kind == TOUCHPOINT
        )
        self.several = select(table).where(
            table.c.subject.in_(bindparam("touchpoints", expanding=True)), table.c.kind == TOUCHPOINT
        )
        their_line = and_(table.c.subject == self.words.c.touchpoint, table.c.kind == TOUCHPOINT)
        self.wordings_of = (
            select(self.words, table.c.sensitive)
            .join(table, their_line)
            .where(self.words.c.touchpoint == bindparam("touchpoint"))
            .order_by(self.words.c.position)
        )
        self.marks_of = select(table.c.sensitive).where(
            table.c.subject == bindparam("touchpoint"), table.c.kind == TOUCHPOINT
        )
        self.together = select(table.c.conversation, table.c.candidate, table.c.subject).where(
            table.c.conversation.in_(bindparam("conversations", expanding=True)), *standing
        )
        self.whom_about = select(table.c.subject, table.c.candidate).where(
            table.c.subject.in_(bindparam("touchpoints", expanding=True)), table.c.kind == TOUCHPOINT
        )
        self.then = theirs.where(table.c.happened_at == bindparam("happened_at"), table.c.kind == TOUCHPOINT)
        self.in_these_words = theirs.where(table.c.words == bindparam("words"), table.c.kind == TOUCHPOINT, *standing)
        begins = bindparam("begins", type_=Instant)
        week = (type_coerce(table.c.happened_at, BigInteger) - begins) // A_WEEK
        self.weekly = (
            select(week.label("week"), table.c.direction, func.count().label("touchpoints"))
            .where(table.c.candidate == bindparam("candidate"), table.c.happened_at >= begins)
            .where(table.c.kind == TOUCHPOINT, *standing)
            .group_by(week, table.c.direction)
        )
        self.promised = (
            select(table.c.words, table.c.party, table.c.contact)
            .where(table.c.subject == bindparam("promise"), table.c.what.in_(("made", "corrected")))
            .order_by(table.c.position.desc())
            .limit(1)
        )

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Touchpoint.TouchpointRecorded() as fact:
                self._line(
                    connection,
                    entry,
                    TOUCHPOINT,
                    GROUPS[Channel(fact.channel)],
                    "recorded",
                    happened_at=fact.happened_at,
                    channel=fact.channel,
                    direction=fact.direction,
                    outcome=fact.outcome,
                    words=fact.words,
                    conversation=fact.conversation,
                    promise_id=fact.promises[0] if fact.promises else None,
                )
                self._word(connection, entry, fact.words, None)
            case Touchpoint.TouchpointCorrected() as fact:
                corrected = self.lines.c.corrected + 1
                self._touch(connection, entry, words=fact.words, why=fact.why, corrected=corrected)
                self._word(connection, entry, fact.words, fact.why)
            case Touchpoint.TouchpointRetracted() as fact:
                self._touch(connection, entry, retracted_at=fact.timestamp, retracted_by=fact.by, why=fact.why)
            case Touchpoint.TipGiven() as fact:
                self._touch(connection, entry, gave=fact.tip, gave_title=fact.title)
            case Touchpoint.ReferralAsked():
                self._touch(connection, entry, asked=True)
            case Touchpoint.AnswerNotNeeded() as fact:
                self._touch(connection, entry, settled_at=fact.timestamp, settled_by=fact.by)
            case Touchpoint.AnswerNeeded():
                self._touch(connection, entry, settled_at=None, settled_by=None)
            case Touchpoint.MovedAway() as fact:
                moved = {"moved_to": fact.to_touchpoint, "moved_at": fact.timestamp, "moved_by": fact.by}
                self._touch(connection, entry, **moved)
            case Touchpoint.BroughtHere() as fact:
                brought = {"moved_from": fact.from_touchpoint, "brought_at": fact.timestamp, "brought_by": fact.by}
                self._touch(connection, entry, by=fact.said_by, recorded_at=fact.said_at, **brought)
            case Touchpoint.MarkedSensitive() as fact:
                self._mark(connection, entry, [*self._marks(connection, entry), *(fact.passages or ())])
            case Touchpoint.UnmarkedSensitive() as fact:
                off = fact.passages or ()
                self._mark(connection, entry, [each for each in self._marks(connection, entry) if each not in off])
            case Touchpoint.WordsRedacted() as fact:
                self._touch(connection, entry, redacted_at=fact.timestamp, **FORGOTTEN)
                self._forget(connection, self.words, self.words.c.touchpoint == fact.originator_id)
            case Promise.PromiseMade() as fact:
                who = {"party": fact.made_by, "contact": fact.contact, "keeper": fact.keeper}
                self._line(connection, entry, PROMISE, PROMISES, "made", words=fact.words, **who, **_due(fact))
            case Promise.PromiseRenegotiated() as fact:
                self._move(connection, entry, "renegotiated", why=fact.why, **_due(fact))
            case Promise.PromiseReassigned() as fact:
                self._move(connection, entry, "reassigned", keeper=fact.keeper)
            case Promise.PromiseCorrected() as fact:
                self._move(connection, entry, "corrected", words=fact.words, why=fact.why)
            case Promise.PromiseKept() as fact:
                self._move(connection, entry, "kept", touchpoint=fact.evidence)
            case Promise.EvidenceGiven() as fact:
                self._move(connection, entry, "evidence", touchpoint=fact.touchpoint)
            case Promise.PromiseConfirmed() as fact:
                self._move(connection, entry, "confirmed", touchpoint=fact.touchpoint)
            case Promise.PromiseBroken() as fact:
                self._move(connection, entry, "broken", cause=fact.cause)
            case Promise.PromiseReleased() as fact:
                self._move(connection, entry, "released", why=fact.why)
            case Promise.PromiseOvertaken() as fact:
                self._move(connection, entry, "overtaken", cause=fact.cause, why=fact.why)
            case Promise.PromiseWithdrawn() as fact:
                self._move(connection, entry, "withdrawn", why=fact.why)
            case Promise.PromiseReopened() as fact:
                self._move(connection, entry, "reopened", why=fact.why, **_due(fact))
            case Promise.PromiseFellDue() as fact:
                self._move(connection, entry, "fell due", **_due(fact))
            case Promise.WordsRedacted() as fact:
                self._forget(connection, self.lines, self.lines.c.subject == fact.originator_id)
            case Candidate.CandidateErased() as fact:
                for table in (self.lines, self.words):
                    self._forget(connection, table, table.c.candidate == fact.originator_id)

    def _line(self, connection: Connection, entry: Entry, kind: str, heap: str, what: str, **details: Any) -> None:
        fact = entry.fact
        row = {
            "position": entry.position,
            "candidate": fact.person,
            "kind": kind,
            "heap": heap,
            "subject": fact.originator_id,
            "what": what,
            "by": fact.by,
            "recorded_at": fact.timestamp,
            "happened_at": fact.timestamp,
            "corrected": 0,
            "asked": False,
            "changed": fact.originator_version,
        }
        self.add(connection, self.lines, row | details)

    def _move(self, connection: Connection, entry: Entry, what: str, **details: Any) -> None:
        """A line about a promise, in the words it had then."""
        made = connection.execute(self.promised, {"promise": entry.fact.originator_id}).first()
        said = dict(made._mapping) if made else {}
        self._line(connection, entry, PROMISE, PROMISES, what, **{**said, **details})

    def _touch(self, connection: Connection, entry: Entry, **changes: Any) -> None:
        """Change a touchpoint's line; its version counts only what people did."""
        fact = entry.fact
        if fact.by is not None and fact.change:
            changes["changed"] = fact.originator_version
        connection.execute(update(self.lines).where(self.lines.c.subject == fact.originator_id).values(changes))

    def _marks(self, connection: Connection, entry: Entry) -> Iterable[str]:
        return connection.execute(self.marks_of, {"touchpoint": entry.fact.originator_id}).scalar() or ()

    def _mark(self, connection: Connection, entry: Entry, passages: list[str]) -> None:
        self._touch(connection, entry, sensitive=passages or None)

    def _word(self, connection: Connection, entry: Entry, words: str | None, why: str | None) -> None:
        fact = entry.fact
        row = {
            "position": entry.position,
            "touchpoint": fact.originator_id,
            "candidate": fact.person,
            "words": words,
            "by": fact.by,
            "recorded_at": fact.timestamp,
            "why": why,
        }
        self.add(connection, self.words, row)

    def _forget(self, connection: Connection, table: Table, whose: Any) -> None:
        forgotten = {name: value for name, value in FORGOTTEN.items() if name in table.c}
        connection.execute(update(table).where(whose).values(forgotten))

    # Questions

    def of(
        self,
        candidate: UUID,
        before: tuple[datetime, int] | None = None,
        limit: int = 20,
        group: str | None = None,
    ) -> Sequence[Row[Any]]:
        """A candidate's lines, newest first, before the line whose (happened_at, position) this is.

        `group` asks only for calls, mail, messages, meetings, notes or promises.
        """
        happened_at, position = before or (None, None)
        asked = {"candidate": candidate, "group": group, "happened_at": happened_at, "position": position}
        return self.all(self.those("of", self.newest, self.filters, asked), most=limit, **asked)

    def weeks(self, candidate: UUID, begins: datetime) -> Sequence[Row[Any]]:
        """How many touchpoints with a candidate stand in each `week` (0, 1 …, of seven days) since that instant, by
        direction."""
        return self.all(self.weekly, candidate=candidate, begins=begins)

    def latest(self, candidates: Collection[UUID], each: int = 20) -> dict[UUID, list[Row[Any]]]:
        """What still stands of the last entries of each of these candidates, the newest first; so many of each."""
        found: dict[UUID, list[Row[Any]]] = {candidate: [] for candidate in candidates}
        asked = json.dumps([candidate.hex for candidate in found])
        rows = self.all(self.newest_of_each, candidates=asked, most=each) if found else ()
        for row in sorted(rows, key=lambda row: (row.happened_at, row.position), reverse=True):
            found[row.candidate].append(row)
        return found

    def entry(self, touchpoint: UUID) -> Row[Any] | None:
        """The line of one touchpoint."""
        return self.one(self.one_touchpoint, touchpoint=touchpoint)

    def entries(self, touchpoints: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """The lines of several touchpoints, by their ids."""
        rows = self.all(self.several, touchpoints=list(touchpoints)) if touchpoints else ()
        return {row.subject: row for row in rows}

    def wordings(self, touchpoint: UUID) -> Sequence[Row[Any]]:
        """All that ever stood there, oldest first, each with the passages that are sensitive in the entry now."""
        return self.all(self.wordings_of, touchpoint=touchpoint)

    def others(self, conversations: Collection[UUID]) -> Sequence[Row[Any]]:
        """Who took part in these conversations: (conversation, candidate, subject), as far as it still stands."""
        return self.all(self.together, conversations=list(conversations)) if conversations else []

    def whose(self, touchpoints: Collection[UUID]) -> dict[UUID, UUID]:
        """The candidate of each of these touchpoints."""
        rows = self.all(self.whom_about, touchpoints=list(touchpoints)) if touchpoints else []
        return {row.subject: row.candidate for row in rows}

    def exchanged(self, candidate: UUID, limit: int = 100) -> Sequence[Row[Any]]:
        """What we gave a candidate (`gave`, a tip's id, and `gave_title`) and `asked` of them, the newest first."""
        return self.all(self.exchanges, candidate=candidate, most=limit)

    def given_to(self, tip: UUID, candidates: Collection[UUID]) -> dict[UUID, datetime]:
        """When each of these candidates was last given this tip, as far as they were."""
        rows = self.all(self.givings, tip=tip, candidates=list(candidates)) if candidates else []
        return {row.candidate: row.happened_at for row in sorted(rows, key=lambda row: row.happened_at)}

    def at(self, candidate: UUID, happened_at: datetime) -> Sequence[Row[Any]]:
        """What was said with a candidate at exactly this instant, taken back or not."""
        return self.all(self.then, candidate=candidate, happened_at=happened_at)

    def said(self, candidate: UUID, words: str) -> Sequence[Row[Any]]:
        """Where exactly this stands with a candidate."""
        return self.all(self.in_these_words, candidate=candidate, words=words)


def _due(fact: Any) -> dict[str, Any]:
    return {"due_on": fact.due_on, "due_at": fact.due_at}
