"""Who is known at clients: the people who may promise something about a candidate."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
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
    func,
    select,
    text,
    tuple_,
    update,
)

from domain.contact import Contact
from domain.log import Entry
from domain.names import company as same
from domain.promise import Promise
from projections.folding import fold
from projections.projection import Projection
from projections.sqlite import Instant, Position

WORDS = ("name", "works_at", "company", "role", "email", "phone", "folded", "folded_works_at")
BEYOND = "\U0010ffff"


class Contacts(Projection):
    """One row a contact, each word of their name and employer, and which of the promises they made are open."""

    name = "contacts"
    version = 2

    def tables(self) -> None:
        table = self.contacts = Table(
            self.named("contacts"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("name", String),
            Column("works_at", String),
            Column("company", String),
            Column("role", String),
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
        self.promised = Table(
            self.named("promised"),
            self.metadata,
            Column("promise", Uuid, primary_key=True),
            Column("contact", Uuid, nullable=False),
            Column("position", Position, nullable=False),
            Column("open", Boolean, nullable=False),
        )
        promised = self.promised.c
        Index(self.named("promised_by"), promised.contact, promised.open.desc(), promised.position.desc())
        Index(self.named("at_company"), table.c.company, table.c.folded, table.c.id)
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
        most: Any = bindparam("most")
        there = table.c.company == bindparam("company")
        self.at_company = select(table).where(there).order_by(table.c.folded, table.c.id).limit(most)
        last = tuple_(bindparam("folded"), bindparam("id", type_=Uuid))
        self.further = {"folded": tuple_(table.c.folded, table.c.id) > last}
        self.promised_by = (
            select(self.promised)
            .where(promised.contact == bindparam("contact"))
            .order_by(promised.open.desc(), promised.position.desc())
            .limit(most)
        )
        self.how_many_open = (
            select(promised.contact, func.count().label("promises"))
            .where(promised.contact.in_(bindparam("contacts", expanding=True)), promised.open == text("1"))
            .group_by(promised.contact)
        )
        self.these = select(table).where(table.c.id.in_(bindparam("contacts", expanding=True)))

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Contact.ContactAdded() as fact:
                self._add(connection, fact)
            case Contact.ContactChanged() as fact:
                known = {**_known(fact), "changed": fact.originator_version}
                connection.execute(update(self.contacts).where(self.contacts.c.id == fact.originator_id).values(known))
                connection.execute(delete(self.words).where(self.words.c.contact == fact.originator_id))
                self._index(connection, fact.originator_id, known)
            case Promise.PromiseMade() as fact if fact.contact is not None:
                promised = {"promise": fact.originator_id, "contact": fact.contact, "position": entry.position}
                self.add(connection, self.promised, {**promised, "open": True})
            case (
                Promise.PromiseKept()
                | Promise.PromiseBroken()
                | Promise.PromiseReleased()
                | Promise.PromiseOvertaken()
                | Promise.PromiseWithdrawn()
            ) as fact:
                self._open(connection, fact.originator_id, False)
            case Promise.PromiseReopened() as fact:
                self._open(connection, fact.originator_id, True)
            case Contact.ContactErased() as fact:
                id = fact.originator_id
                forgotten = {**dict.fromkeys(WORDS), "erased_at": fact.timestamp, "changed": fact.originator_version}
                connection.execute(update(self.contacts).where(self.contacts.c.id == id).values(forgotten))
                connection.execute(delete(self.words).where(self.words.c.contact == id))

    def _add(self, connection: Connection, fact: Contact.ContactAdded) -> None:
        row = {
            "id": fact.originator_id,
            "added_by": fact.by,
            "added_at": fact.timestamp,
            "changed": fact.originator_version,
            **_known(fact),
        }
        self.add(connection, self.contacts, row)
        self._index(connection, fact.originator_id, row)

    def _index(self, connection: Connection, contact: UUID, row: dict[str, Any]) -> None:
        for word in {*(row["folded"] or "").split(), *(row["folded_works_at"] or "").split()}:
            self.add(connection, self.words, {"word": word, "contact": contact})

    def _open(self, connection: Connection, promise: UUID, open: bool) -> None:
        this = self.promised.c.promise == promise
        connection.execute(update(self.promised).where(this).values(open=open))

    # Questions

    def contact(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_contact, contact=id)

    def at(self, company: str, after: tuple[str, UUID] | None = None, limit: int = 50) -> Sequence[Row[Any]]:
        """Who works at a company, however its name is written, by name; after a folded name and an id."""
        folded, id = after or (None, None)
        asked = {"company": same(company), "folded": folded, "id": id}
        return self.all(self.those("at", self.at_company, self.further, asked), most=limit, **asked)

    def promises_by(self, contact: UUID, limit: int = 50) -> list[UUID]:
        """The promises that a contact made: those open first, each the newest first."""
        return [row.promise for row in self.all(self.promised_by, contact=contact, most=limit)]

    def open_promises(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """How many open promises each of these contacts made, of those who made any."""
        rows = self.all(self.how_many_open, contacts=list(ids)) if ids else ()
        return {row.contact: row.promises for row in rows}

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


def _known(fact: Any) -> dict[str, Any]:
    """What a fact says of a contact, None in all of it once they are forgotten."""
    name, works_at = fact.name, fact.works_at
    return {
        "name": name,
        "works_at": works_at,
        "company": works_at and same(works_at),
        "role": getattr(fact, "role", None),
        "email": fact.email,
        "phone": fact.phone,
        "folded": name if name is None else fold(name),
        "folded_works_at": works_at if works_at is None else fold(works_at),
    }


def _begins(column: Any, word: str) -> Any:
    return and_(column >= word, column < word + BEYOND)
