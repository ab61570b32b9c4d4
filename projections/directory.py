"""Who the candidates are: one row for each version of a person's details, and by what they are recognised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain.agency import Agency
from domain.candidate import Candidate
from domain.log import Entry
from projections.folding import fold
from projections.numbers import same_number
from projections.projection import Projection
from projections.sqlite import Instant, Position

ALL = 1
WORDS = (
    "name",
    "folded",
    "email",
    "phone",
    "emails",
    "phones",
    "headline",
    "place",
    "works_at",
    "source",
    "reference",
    "link",
    "tags",
    "why_withdrawn",
)


class Directory(Projection):
    """Candidates as they are now (`until_position` NULL) and as they were; those withdrawn are not listed."""

    name = "directory"
    version = 2

    def tables(self) -> None:
        table = self.candidates = Table(
            self.named("candidates"),
            self.metadata,
            Column("id", Uuid, primary_key=True),
            Column("since_position", Position, primary_key=True),
            Column("until_position", Position),
            Column("name", String),
            Column("folded", String),
            Column("email", String),
            Column("phone", String),
            Column("emails", JSON(none_as_null=True)),
            Column("phones", JSON(none_as_null=True)),
            Column("headline", String),
            Column("place", String),
            Column("works_at", String),
            Column("source", String),
            Column("reference", String),
            Column("link", String),
            Column("tags", JSON(none_as_null=True)),
            Column("owner", Uuid, nullable=False),
            Column("added_by", Uuid),
            Column("added_at", Instant, nullable=False),
            Column("withdrawn_at", Instant),
            Column("why_withdrawn", String),
            Column("erased_at", Instant),
            Column("changed", BigInteger, nullable=False),
        )
        self.marks = Table(
            self.named("marks"),
            self.metadata,
            Column("mark", String, primary_key=True),
            Column("candidate", Uuid, primary_key=True),
        )
        self.counts = Table(
            self.named("counts"),
            self.metadata,
            Column("id", Position, primary_key=True),
            Column("people", Position, nullable=False),
        )
        self.countries = Table(
            self.named("countries"),
            self.metadata,
            Column("id", Position, primary_key=True),
            Column("country", String, nullable=False),
        )
        counted, settled = insert(self.counts), insert(self.countries)
        self.add_up = counted.on_conflict_do_update(
            index_elements=["id"], set_={"people": self.counts.c.people + counted.excluded.people}
        )
        self.move_to = settled.on_conflict_do_update(index_elements=["id"], set_={"country": settled.excluded.country})
        now = text("until_position IS NULL")
        Index(self.named("candidate_now"), table.c.id, sqlite_where=now)
        Index(
            self.named("by_name"),
            table.c.folded,
            table.c.id,
            sqlite_where=text("until_position IS NULL AND folded IS NOT NULL"),
        )
        Index(self.named("marks_of"), self.marks.c.candidate, self.marks.c.mark)
        self.now = select(table).where(table.c.until_position.is_(None))
        self.one_person = self.now.where(table.c.id == bindparam("candidate"))
        self.end_row = (
            update(table)
            .where(table.c.id == bindparam("_id"), table.c.since_position == bindparam("_since"))
            .values(until_position=bindparam("until"))
        )
        self.every_version = select(table).where(table.c.id == bindparam("candidate")).order_by(table.c.since_position)
        self.by_name = self.now.where(table.c.folded.is_not(None)).order_by(table.c.folded, table.c.id)
        self.several = self.now.where(table.c.id.in_(bindparam("candidates", expanding=True)))
        self.a_page = self.by_name.limit(bindparam("most", type_=Integer))
        last_shown = tuple_(bindparam("folded", type_=String), bindparam("id", type_=Uuid))
        self.filters = {"folded": tuple_(table.c.folded, table.c.id) > last_shown}
        self.names_of = select(table.c.id, table.c.name).where(
            table.c.until_position.is_(None), table.c.id.in_(bindparam("candidates", expanding=True))
        )
        self.with_marks = self.now.where(
            table.c.id.in_(
                select(self.marks.c.candidate).where(self.marks.c.mark.in_(bindparam("marks", expanding=True)))
            )
        )
        self.with_names = self.by_name.where(table.c.folded.in_(bindparam("folded", expanding=True)))
        self.forget_marks = delete(self.marks).where(self.marks.c.candidate == bindparam("candidate"))
        self.how_many = select(self.counts.c.people)
        self.the_country = select(self.countries.c.country).where(self.countries.c.id == ALL)

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Candidate.CandidateAdded() as fact:
                row = {
                    "id": fact.originator_id,
                    "since_position": entry.position,
                    "owner": fact.owner,
                    "added_by": fact.by,
                    "added_at": fact.timestamp,
                    "changed": fact.originator_version,
                    "link": None if fact.name is None else "",
                    "tags": None if fact.name is None else [],
                    **_details(fact),
                }
                self.add(connection, self.candidates, row)
                self._mark(connection, row)
                self._count(connection, 0 if fact.name is None else 1)
            case Candidate.ContactDetailsChanged() as fact:
                self._mark_anew(connection, self._renew(connection, entry, **_details(fact)))
            case Candidate.SocialProfileLinked() as fact:
                self._mark_anew(connection, self._renew(connection, entry, link=fact.link))
            case Candidate.Tagged() as fact:
                self._tag(connection, entry, with_tags, fact.tags)
            case Candidate.Untagged() as fact:
                self._tag(connection, entry, without_tags, fact.tags)
            case Candidate.OwnerAssigned() as fact:
                self._renew(connection, entry, owner=fact.owner)
            case (
                Candidate.ContactPreferenceSet()
                | Candidate.ContactRefused()
                | Candidate.ContactAllowed()
                | Candidate.ReferredBy()
            ):
                self._renew(connection, entry)
            case Candidate.CandidateWithdrawn() as fact:
                self._leave(connection, entry, withdrawn_at=fact.timestamp, why_withdrawn=fact.why)
            case Candidate.CandidateErased() as fact:
                self._leave(connection, entry, erased_at=fact.timestamp)
                connection.execute(
                    update(self.candidates)
                    .where(self.candidates.c.id == fact.originator_id)
                    .values(dict.fromkeys(WORDS))
                )
            case Agency.SettingsChanged() as fact:
                connection.execute(self.move_to, {"id": ALL, "country": fact.country})

    def _renew(self, connection: Connection, entry: Entry, **changes: Any) -> dict[str, Any]:
        """End the row that holds now, and begin another from this position on; answers the new one."""
        before = self._as_it_is(connection, entry)
        if entry.fact.by is not None:
            changes["changed"] = entry.fact.originator_version
        ended = {"_id": before["id"], "_since": before["since_position"], "until": entry.position}
        connection.execute(self.end_row, ended)
        after = before | {"since_position": entry.position} | changes
        self.add(connection, self.candidates, after)
        return after

    def _as_it_is(self, connection: Connection, entry: Entry) -> dict[str, Any]:
        row = connection.execute(self.one_person, {"candidate": entry.fact.originator_id}).one()
        return dict(row._mapping)

    def _tag(self, connection: Connection, entry: Entry, how: Callable[..., list[str]], tags: list[str] | None) -> None:
        before = self._as_it_is(connection, entry)["tags"]
        self._renew(connection, entry, tags=None if tags is None else how(before or [], tags))

    def _leave(self, connection: Connection, entry: Entry, **changes: Any) -> None:
        """Neither listed, counted nor recognised any more."""
        listed = self._as_it_is(connection, entry)["folded"] is not None
        self._renew(connection, entry, folded=None, **changes)
        connection.execute(self.forget_marks, {"candidate": entry.fact.originator_id})
        self._count(connection, -1 if listed else 0)

    def _mark(self, connection: Connection, row: dict[str, Any]) -> None:
        """Note by what this person is recognised from now on."""
        if row["name"] is None:
            return
        country = self._country(connection) if row["phones"] else ""
        found = set(marks(row["emails"], row["phones"], [row["reference"]], [row["link"]], country))
        if found:
            connection.execute(self._inserts[self.marks], [{"mark": mark, "candidate": row["id"]} for mark in found])

    def _mark_anew(self, connection: Connection, row: dict[str, Any]) -> None:
        if row["folded"] is None:
            return
        connection.execute(self.forget_marks, {"candidate": row["id"]})
        self._mark(connection, row)

    def _country(self, connection: Connection) -> str:
        """Where the agency is, as far as the log was read."""
        return connection.execute(self.the_country).scalar() or ""

    def _count(self, connection: Connection, more: int) -> None:
        connection.execute(self.add_up, {"id": ALL, "people": more})

    # Questions

    def candidate(self, id: UUID) -> Row[Any] | None:
        return self.one(self.one_person, candidate=id)

    def versions(self, id: UUID) -> Sequence[Row[Any]]:
        """All that was ever known of a candidate, the oldest first, each from one position to the next."""
        return self.all(self.every_version, candidate=id)

    def page(self, after: tuple[str, UUID] | None = None, limit: int = 50) -> Sequence[Row[Any]]:
        """Candidates by name, after the row whose (folded, id) this is; those erased or withdrawn are left out."""
        folded, id = after or (None, None)
        asked = {"folded": folded, "id": id}
        return self.all(self.those("page", self.a_page, self.filters, asked), most=limit, **asked)

    def count(self) -> int:
        """How many candidates there are, without those erased or withdrawn."""
        row = self.one(self.how_many)
        return int(row[0]) if row else 0

    def names(self, ids: Collection[UUID]) -> dict[UUID, str | None]:
        """The names of these candidates, None for those erased."""
        return {row.id: row.name for row in self.all(self.names_of, candidates=list(ids))} if ids else {}

    def people(self, ids: Collection[UUID]) -> Sequence[Row[Any]]:
        """All that is known of these candidates, in no order."""
        return self.all(self.several, candidates=list(ids)) if ids else []

    def known_by(
        self,
        emails: Collection[str] = (),
        phones: Collection[str] = (),
        references: Collection[str] = (),
        links: Collection[str] = (),
    ) -> Sequence[Row[Any]]:
        """Everybody with one of these e-mails, telephone numbers, ids or pages in another system, however written.

        Without those erased or withdrawn, in no order. A national number belongs to the agency's country.
        """
        with self.store.reading() as connection:
            country = self._country(connection) if phones else ""
            known = set(marks(emails, phones, references, links, country))
            return connection.execute(self.with_marks, {"marks": list(known)}).all() if known else []

    def namesakes(self, names: Collection[str]) -> Sequence[Row[Any]]:
        """Everybody whose folded name is one of these, by name."""
        return self.all(self.with_names, folded=sorted({fold(name) for name in names})) if names else []


def with_tags(tags: Iterable[str], more: Iterable[str]) -> list[str]:
    """These tags and more, in order; one that is there already stays as it is written."""
    found = {tag.casefold(): tag for tag in tags}
    for tag in more:
        found.setdefault(tag.casefold(), tag)
    return [found[key] for key in sorted(found)]


def without_tags(tags: Iterable[str], fewer: Iterable[str]) -> list[str]:
    """These tags without some, however they are written."""
    gone = {tag.casefold() for tag in fewer}
    return [tag for tag in tags if tag.casefold() not in gone]


def _details(fact: Any) -> dict[str, Any]:
    return {
        "name": fact.name,
        "folded": None if fact.name is None else fold(fact.name),
        "email": _first(fact.emails),
        "phone": _first(fact.phones),
        "emails": fact.emails,
        "phones": fact.phones,
        "headline": fact.headline,
        "place": fact.place,
        "works_at": fact.works_at,
        "source": fact.source,
        "reference": fact.reference,
    }


def marks(
    emails: Iterable[str], phones: Iterable[str], references: Iterable[str], links: Iterable[str], country: str
) -> Iterator[str]:
    """What is the same however it is typed; what tells nobody from anybody else is left out."""
    yield from (f"mail {email.strip().casefold()}" for email in emails if email.strip())
    yield from (f"tel {number}" for phone in phones if (number := same_number(phone, country)))
    yield from (f"id {reference.strip().casefold()}" for reference in references if reference.strip())
    yield from (f"at {page}" for link in links if (page := _page(link)))


def _page(link: str) -> str:
    """An address without scheme, www., query and last slash, in small letters."""
    plain = link.strip().casefold().partition("://")[2] or link.strip().casefold()
    return plain.removeprefix("www.").partition("?")[0].partition("#")[0].rstrip("/")


def _first(several: list[str] | None) -> str | None:
    """The first of several, "" if there are none, None if they were forgotten."""
    if several is None:
        return None
    return several[0] if several else ""
