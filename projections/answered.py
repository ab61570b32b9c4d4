"""How long people waited for an answer: who asked when, and who answered when; a part of the relationships."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Index, Integer, Row, Table, Uuid, bindparam, delete, select, text

from projections.projection import Projection
from projections.sqlite import Instant

# the talk that changed, if it answers, and the next that does: of no other can the wait before it be another now
TOUCHED = """SELECT touchpoint FROM {talks} WHERE candidate = :person AND answers = 1
    AND (happened_at, position) >= (:at, :position) ORDER BY happened_at, position LIMIT 2"""
FORGET = "DELETE FROM {answered} WHERE answer = :touchpoint OR answer IN ({touched})"
RECKON = """INSERT INTO {answered} (answer, candidate, owner, answered_by, asked_at, answered_at)
    SELECT answer.touchpoint, :person, (SELECT owner FROM {people} WHERE candidate = :person), answer.said_by,
        min(asked.happened_at), answer.happened_at
    FROM {talks} AS answer JOIN {talks} AS asked ON asked.candidate = :person AND asked.asks = 1 AND NOT asked.settled
        AND asked.happened_at >= coalesce((SELECT max(happened_at) FROM {talks} AS before
            WHERE before.candidate = :person AND before.answers = 1
            AND (before.happened_at, before.position) < (answer.happened_at, answer.position)), 0)
        AND (asked.happened_at, asked.position) < (answer.happened_at, answer.position)
        AND NOT EXISTS (SELECT 1 FROM {talks} AS before WHERE before.candidate = :person AND before.answers = 1
            AND (before.happened_at, before.position) > (asked.happened_at, asked.position)
            AND (before.happened_at, before.position) < (answer.happened_at, answer.position))
    WHERE answer.touchpoint IN ({touched}) AND answer.told = 1 GROUP BY answer.touchpoint"""


class Answered(Projection):
    """One row for each real contact from us that ended a wait; "no answer needed" ends a wait without one."""

    people: Table
    talks: Table

    def answered_tables(self) -> None:
        """`owner` looked after the candidate then; `asked_at` is the first unanswered talk before the answer."""
        table = self.answered = Table(
            self.named("answered"),
            self.metadata,
            Column("answer", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("owner", Uuid),
            Column("answered_by", Uuid),
            Column("asked_at", Instant, nullable=False),
            Column("answered_at", Instant, nullable=False),
        )
        Index(self.named("answered_when"), table.c.answered_at)
        Index(self.named("answered_of"), table.c.owner, table.c.answered_at)
        names = {"answered": table.name, "talks": self.talks.name, "people": self.people.name}
        names["touched"] = TOUCHED.format(**names)
        about = [bindparam("person", type_=Uuid), bindparam("at", type_=Instant), bindparam("position", type_=Integer)]
        self.forget_answers = text(FORGET.format(**names)).bindparams(*about, bindparam("touchpoint", type_=Uuid))
        self.reckon_answers = text(RECKON.format(**names)).bindparams(*about)
        since, most = bindparam("since", type_=Instant), bindparam("most", type_=Integer)
        lately = select(table).where(table.c.answered_at >= since).order_by(table.c.answered_at.desc()).limit(most)
        self.answered_lately = lately
        self.answered_lately_of = lately.where(table.c.owner == bindparam("owner"))

    def reckon_answers_around(self, connection: Connection, talk: Any) -> None:
        """After a talk came, went, or was settled: `talk` is its row, or says the same."""
        about = {"person": talk.candidate, "at": talk.happened_at, "position": talk.position}
        connection.execute(self.forget_answers, {**about, "touchpoint": talk.touchpoint})
        connection.execute(self.reckon_answers, about)

    def forget_answers_to(self, connection: Connection, candidate: UUID) -> None:
        """Of somebody entered by mistake; waits of those erased stay counted."""
        connection.execute(delete(self.answered).where(self.answered.c.candidate == candidate))

    # Questions

    def answers_since(self, since: datetime, owner: UUID | None = None, limit: int = 2000) -> Sequence[Row[Any]]:
        """What was answered since then, to the people of one colleague or of all, the latest first."""
        question = self.answered_lately if owner is None else self.answered_lately_of
        return self.all(question, since=since, owner=owner, most=limit)
