"""Who is known at clients: the people who may promise something about a candidate."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Row,
    String,
    Table,
    Uuid,
    and_,
    bindparam,
    delete,
    select,
    update,
)

from domain.contact import Contact
from domain.log import Entry
from projections.folding import fold
from projections.projection import Projection
from projections.sqlite import Instant

WORDS = ("name", "works_at", "email", "phone", "folded", "folded_works_at")
BEYOND = "\U0010ffff"


class Contacts(Projection):
    """One row a contact, and each word of their name and employer."""

    name = "contacts"

    def tables(self) -> None:
        table = self.contacts = Table(
            self.named("contacts"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("name", String),
            Column("works_at", String),
            Column("email", String),
            Column("phone", String),
            Column("folded", String),
            Column("folded_works_at", String),
            Column("added_by", Uuid),
            Column("added_at", Instant, nullable=False),
            Column("erased_at", Instant),
            Column("changed", BigInteger, nullable=False),
        )
        self.words = Table(
            self.named("words"),
            self.metadata,
            Column("word", String, primary_key=True),
            Column("contact", Uuid, primary_key=True),
        )
        Index(self.named("by_name"), table.c.folded, table.c.folded_works_at, table.c.id)
        Index(self.named("words_of"), self.words.c.contact, self.words.c.word)
        self.one_contact = select(table).where(table.c.id == bindparam("contact"))
        self.one_named = (
            select(table)
            .where(table.c.folded == bindparam("folded"), table.c.folded_works_at == bindparam("works_at"))
            .order_by(table.c.id)
            .limit(1)
        )
        self.of_this_name = (
            select(table)
            .where(table.c.folded == bindparam("folded"))
            .order_by(table.c.folded_works_at, table.c.id)
            .limit(bindparam("most"))
        )
        self.names_of = select(table.c.id, table.c.name).where(table.c.id.in_(bindparam("contacts", expanding=True)))
        self.these = select(table).where(table.c.id.in_(bindparam("contacts", expanding=True)))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Contact.ContactAdded() as fact:
                self._add(connection, fact)
            case Contact.ContactErased() as fact:
                id = fact.originator_id
                forgotten = {**dict.fromkeys(WORDS), "erased_at": fact.timestamp, "changed": fact.originator_version}
                connection.execute(update(self.contacts).where(self.contacts.c.id == id).values(forgotten))
                connection.execute(delete(self.words).where(self.words.c.contact == id))

    def _add(self, connection: Connection, fact: Contact.ContactAdded) -> None:
        folded, works_at = (text if text is None else fold(text) for text in (fact.name, fact.works_at))
        self.add(
            connection,
            self.contacts,
            {
                "id": fact.originator_id,
                "name": fact.name,
                "works_at": fact.works_at,
                "email": fact.email,
                "phone": fact.phone,
                "folded": folded,
                "folded_works_at": works_at,
                "added_by": fact.by,
                "added_at": fact.timestamp,
                "changed": fact.originator_version,
            },
        )
        for word in {*(folded or "").split(), *(works_at or "").split()}:
            self.add(connection, self.words, {"word": word, "contact": fact.originator_id})

    # Questions

    def contact(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_contact, contact=id)

    def names(self, ids: Collection[UUID]) -> dict[UUID, str | None]:
        """The names of these contacts, None for those erased."""
        return {row.id: row.name for row in self.all(self.names_of, contacts=list(ids))} if ids else {}

    def people(self, ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """All that is known of these contacts, by id."""
        return {row.id: row for row in self.all(self.these, contacts=list(ids))} if ids else {}

    def namesakes(self, name: str, limit: int = 20) -> Sequence[Row[Any]]:
        """Contacts of exactly this name, however it is written, wherever they work."""
        return self.all(self.of_this_name, folded=fold(name), most=limit)

    def called(self, name: str, works_at: str = "") -> Row[Any] | None:
        """The contact of exactly this name and employer, however they are written; the same one every time."""
        return self.one(self.one_named, folded=fold(name), works_at=fold(works_at))

    def by_words(self, asked: str, limit: int = 8) -> Sequence[Row[Any]]:
        """Contacts whose name or employer has words that begin like all of those asked for, by name."""
        words = sorted(fold(asked).split(), key=len, reverse=True)
        if not words:
            return []
        first, *others = words
        table = self.words.c
        question = select(table.contact).where(_begins(table.word, first)).order_by(table.word, table.contact)
        for number, other in enumerate(others):
            also = self.words.alias(f"also_{number}").c
            question = question.where(
                select(also.contact).where(also.contact == table.contact, _begins(also.word, other)).exists()
            )
        found = {row.contact for row in self.all(question.limit(4 * limit))}
        return sorted(self.people(found).values(), key=lambda row: (row.folded, row.folded_works_at, row.id))[:limit]


def _begins(column: Any, word: str) -> Any:
    return and_(column >= word, column < word + BEYOND)
