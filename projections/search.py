"""Finding people by name, and notes and promises by words: newest first, never ranked over the whole log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    Uuid,
    bindparam,
    select,
    text,
)

from domain.candidate import Candidate
from domain.log import Entry
from domain.promise import Promise
from domain.sensitive import masked, standing
from domain.touchpoint import Touchpoint
from projections.folding import dialled, endings, fold, misspelt, read
from projections.projection import Projection
from projections.sqlite import Instant, Position

MERGE_PAGES = 200
BEGINNINGS = "1 2 3 4 5 6 7 8 9 10"  # letters: without their own index, one beginning reads all that was ever said
NOT_FOR, ONLY = "\ue000", "\ue001"  # letters to SQLite that nobody can ask for: folding takes them for signs
DETAILS = ("name", "headline", "place", "works_at", "link", "told")


class Search(Projection):
    """Two indexes of folded words (SQLite FTS5, contentless) above the rows that hold the words themselves.

    A note with sensitive passages has two rows: one without them for everybody else, one with them that only its
    author (`reader`) finds. A row's position is twice that of its fact, one more for the author's own.
    """

    name = "search"
    version = 4

    def tables(self) -> None:
        self.people_rows = Table(
            self.named("people"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("name", String),
            Column("headline", String),
            Column("place", String),
            Column("works_at", String),
            Column("link", String),
            Column("told", String),
            Column("found_by", String),
        )
        self.passages = Table(
            self.named("passages"),
            self.metadata,
            Column("position", Position, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("subject", Uuid, nullable=False, index=True),
            Column("kind", String, nullable=False),
            Column("at", Instant, nullable=False),
            Column("words", String),
            Column("found_by", String),
            Column("author", Uuid),
            Column("sensitive", JSON(none_as_null=True)),
            Column("reader", Uuid),
        )
        reader = self.passages.c.reader
        Index(self.named("own"), reader, sqlite_where=reader.is_not(None))
        self.any_own = select(reader).where(reader == bindparam("reader")).limit(1)
        self.last_told = (
            select(self.passages)
            .where(self.passages.c.subject == bindparam("subject"))
            .order_by(self.passages.c.position.desc())
            .limit(1)
        )
        self.one_person = select(self.people_rows).where(self.people_rows.c.candidate == bindparam("candidate"))
        self.indexes = {
            table: f"{table.name.replace('search_', 'search_index_', 1)}" for table in (self.people_rows, self.passages)
        }

        self.questions = {
            table: (
                text(
                    f"SELECT rowid FROM {index} WHERE {index} MATCH :match AND rowid < :before"
                    " ORDER BY rowid DESC LIMIT :most"
                ),
                select(table).where(table.c.position.in_(bindparam("positions", expanding=True))),
            )
            for table, index in self.indexes.items()
        }

    def create(self, connection: Connection) -> None:
        super().create(connection)
        for index in self.indexes.values():
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {index} USING fts5 (words, content='', prefix='{BEGINNINGS}', detail=full)"
            )

    def record(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Candidate.CandidateAdded() as fact if fact.name is not None:
                self._person(connection, entry.position, fact.originator_id, link="", **_told(fact))
            case Candidate.ContactDetailsChanged() as fact if fact.name is not None:
                self._renew(connection, fact.originator_id, **_told(fact))
            case Candidate.SocialProfileLinked() as fact if fact.link is not None:
                self._renew(connection, fact.originator_id, link=fact.link)
            case Touchpoint.TouchpointRecorded() as fact:
                self._note(connection, _passage(entry, "touchpoint", fact.words, author=fact.by))
            case Touchpoint.TouchpointCorrected() as fact if fact.words:
                self._renote(connection, entry, **_passage(entry, "touchpoint", fact.words))
            case Touchpoint.BroughtHere() as fact:
                self._renote(connection, entry, author=fact.said_by)
            case Touchpoint.MarkedSensitive() | Touchpoint.UnmarkedSensitive() as fact if fact.passages:
                self._renote(connection, entry)
            case Promise.PromiseMade() as fact if fact.words:
                self._note(connection, _passage(entry, "promise", fact.words))
            case Promise.PromiseCorrected() as fact if fact.words:
                self._renote(connection, entry, **_passage(entry, "promise", fact.words))
            case Touchpoint.WordsRedacted() | Touchpoint.MovedAway() | Promise.WordsRedacted() as fact:
                self._forget(connection, self.passages, self.passages.c.subject == fact.originator_id)
            case Candidate.CandidateErased() | Candidate.CandidateWithdrawn() as fact:
                for table in self.indexes:
                    self._forget(connection, table, table.c.candidate == fact.originator_id)

    def _person(self, connection: Connection, position: int, id: UUID, **details: Any) -> None:
        found_by = f"{details['told']} {fold(details['link'])}".strip()
        self._index(connection, self.people_rows, position, found_by, candidate=id, **details)

    def _renew(self, connection: Connection, id: UUID, **changes: Any) -> None:
        """Found by what is known now, in the place of what was known before."""
        row = connection.execute(self.one_person, {"candidate": id}).first()
        if row is not None:
            self._forget(connection, self.people_rows, self.people_rows.c.candidate == id)
            details = {name: row._mapping[name] for name in DETAILS}
            self._person(connection, row.position, id, **{**details, **changes})

    def _note(self, connection: Connection, told: dict[str, Any]) -> None:
        """What is said, as others find it, and beside it as its author does where that is more.

        Of what has no words it is remembered who said it, since words may come with a correction.
        """
        words, author, marks = told["words"], told.get("author"), told.get("sensitive") or ()
        if not words:
            self.add(connection, self.passages, {**told, "found_by": None})
            return
        if not standing(words, marks):
            self._index(connection, self.passages, found_by=fold(words), **told)
            return
        public = {**told, "words": masked(words, marks)}
        found_by = f"{fold(masked(words, marks, ' '))} {_for(NOT_FOR, author)}"
        self._index(connection, self.passages, found_by=found_by, **public)
        own = {**told, "position": told["position"] + 1, "reader": author}
        self._index(connection, self.passages, found_by=f"{fold(words)} {ONLY} {_for(ONLY, author)}", **own)

    def _renote(self, connection: Connection, entry: Entry, **changes: Any) -> None:
        """Found by its words and marks of now, in the place of those before."""
        subject = entry.fact.originator_id
        row = connection.execute(self.last_told, {"subject": subject}).first()
        if row is None:
            return
        known = row._asdict()
        position = known["position"] - (known["reader"] is not None)
        told = {**known, "position": position, "reader": None, **changes}
        match entry.fact:
            case Touchpoint.MarkedSensitive() as fact:
                told["sensitive"] = [*(told["sensitive"] or ()), *(fact.passages or ())]
            case Touchpoint.UnmarkedSensitive() as fact:
                told["sensitive"] = [each for each in told["sensitive"] or () if each not in (fact.passages or ())]
        self._forget(connection, self.passages, self.passages.c.subject == subject)
        del told["found_by"]
        self._note(connection, told)

    def _index(self, connection: Connection, table: Table, position: int, found_by: str, **row: Any) -> None:
        self.add(connection, table, {"position": position, "found_by": found_by, **row})
        connection.exec_driver_sql(
            f"INSERT INTO {self.indexes[table]} (rowid, words) VALUES (?, ?)", (position, found_by)
        )

    def _forget(self, connection: Connection, table: Table, whose: Any) -> None:
        """Take rows out of the table and out of its index, which must be told the words it is to forget."""
        index = self.indexes[table]
        found_by = table.c.found_by
        for row in connection.execute(select(table.c.position, found_by).where(whose, found_by.is_not(None))).all():
            connection.exec_driver_sql(
                f"INSERT INTO {index} ({index}, rowid, words) VALUES ('delete', ?, ?)", tuple(row)
            )
        connection.execute(table.delete().where(whose))

    def tidy(self) -> None:
        """Merge each index into one segment, in small steps: deleted words stay in a segment until it is merged."""
        for index in self.indexes.values():
            more, step = True, -MERGE_PAGES
            while more:
                with self.store.writing() as connection:
                    before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
                    connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', {step})")
                    after = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
                more, step = after - before >= 2, MERGE_PAGES

    def contents(self, connection: Connection) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
        """The rows, and how often each word stands in how many rows of an index."""
        yield from super().contents(connection)
        for index in self.indexes.values():
            words = f"temp.{index}_words"
            connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {words} USING fts5vocab (main, {index}, row)")
            counted = connection.exec_driver_sql(f"SELECT term, doc, cnt FROM {words} ORDER BY term")
            yield index.rsplit("_v", 1)[0], counted
            counted.close()
            connection.exec_driver_sql(f"DROP TABLE {words}")

    # Questions

    def people(self, asked: str, limit: int = 8, after: int | None = None) -> Sequence[Row[Any]]:
        """People by words that their name, headline, place, employer, mail or page begins with, or by their number.

        Those added last come first, after the one with this position.
        """
        return self._find(self.people_rows, read(dialled(asked)).match(), limit, after)

    def people_like(self, asked: str, limit: int = 8) -> Sequence[Row[Any]]:
        """As `people`, and where there is nobody, those whom it finds with one letter mistyped in a word."""
        return self.people(asked, limit) or self._find(self.people_rows, read(asked).match(misspelt), limit, None)

    def words(
        self, asked: str, limit: int = 20, before: int | None = None, reader: UUID | None = None
    ) -> Sequence[Row[Any]]:
        """Notes and promises, newest first, before the one with this position.

        Sensitive passages are found, and shown, where the `reader` wrote them; all others find the note without them.
        """
        match = read(asked).match()
        return self._find(self.passages, match and self._seen_by(reader, match), limit, before)

    def _seen_by(self, reader: UUID | None, match: str) -> str:
        if reader is None or self.one(self.any_own, reader=reader) is None:
            return f'({match}) NOT "{ONLY}"'
        not_for_them, only_theirs = f'"{_for(NOT_FOR, reader)}" OR "{ONLY}"', f'"{_for(ONLY, reader)}"'
        return f"(({match}) NOT ({not_for_them})) OR (({match}) AND {only_theirs})"

    def _find(self, table: Table, match: str, limit: int, before: int | None) -> Sequence[Row[Any]]:
        if not match:
            return []
        newest, these = self.questions[table]
        with self.store.reading() as connection:
            found = connection.execute(newest, {"match": match, "before": before or 2**62, "most": limit})
            positions = found.scalars().all()
            rows = connection.execute(these, {"positions": positions}).all() if positions else []
        return sorted(rows, key=lambda row: -row.position)


def _passage(entry: Entry, kind: str, words: str | None, **more: Any) -> dict[str, Any]:
    fact = entry.fact
    return {
        "position": 2 * entry.position,
        "candidate": fact.person,
        "subject": fact.originator_id,
        "kind": kind,
        "at": fact.timestamp,
        "words": words,
        **more,
    }


def _for(sign: str, reader: UUID | None) -> str:
    """The word in the index that says who finds a row, or does not."""
    return f"{sign}{reader.hex if reader else ''}"


def _told(fact: Any) -> dict[str, Any]:
    """What is known of somebody, and the folded words and numbers that they are found by."""
    numbers = (ending for phone in fact.phones or () for ending in endings(phone))
    known = (fact.name, fact.headline, fact.place, fact.works_at, fact.reference, *(fact.emails or ()), *numbers)
    return {
        "name": fact.name,
        "headline": fact.headline,
        "place": fact.place,
        "works_at": fact.works_at,
        "told": fold(" ".join(part or "" for part in known)),
    }
