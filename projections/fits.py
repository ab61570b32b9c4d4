"""By what people are found for a job, whoever waits longest for a word first: a part of the relationships."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Computed,
    Connection,
    Index,
    Integer,
    Select,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    union_all,
    update,
)

from domain import places
from domain.candidate import Candidate
from domain.fitting import MOST_TAGS, MOST_WORDS, JobCriteria, words_of
from domain.log import Entry
from domain.remembered import Pain
from domain.touchpoint import Touchpoint
from projections.projection import Projection
from projections.sqlite import Position

EVERYBODY, TAG, WANT, WANTED = "everybody", "tag", "want", "wanted"
UNKNOWN = 2**62  # stands after every instant: they never wrote or spoke to us
WAITS_SINCE = f"""CASE WHEN last_heard_at IS NOT NULL AND last_contact_at IS NOT NULL THEN last_contact_at
    ELSE {UNKNOWN} END"""
ADD = """INSERT OR IGNORE INTO {found_by} (kind, word, waits_since, candidate, source, town, charted)
    SELECT :kind, :word, waits_since, candidate, :source, town, charted FROM {people} WHERE candidate = :person"""
RENEW = """UPDATE {found_by} SET (waits_since, town, charted) = {as_it_is}
    WHERE candidate = :person AND (waits_since, town, charted) IS NOT {as_it_is}"""
AS_IT_IS = "(SELECT waits_since, town, charted FROM {people} WHERE candidate = :person)"


class Found(NamedTuple):
    """Somebody who may fit, and since when they wait for a contact; that is the `key` of the next page."""

    waits_since: int
    candidate: UUID


class Fits(Projection):
    """One row for everybody, one for each tag that they carry, and one for each word of what they want.

    All rows of a person hold where they are and since when they wait, so that the rows of one tag stand in the order
    in which people are shown.
    """

    people: Table
    counts: Table

    def fitting_columns(self) -> list[Column[Any]]:
        """What the row of a person holds for it."""
        return [
            Column("town", String, nullable=False),
            Column("charted", Boolean, nullable=False),
            Column("waits_since", Position, Computed(WAITS_SINCE)),
        ]

    def fitting_tables(self) -> None:
        table = self.found_by = Table(
            self.named("found_by"),
            self.metadata,
            Column("kind", String, primary_key=True),
            Column("word", String, primary_key=True),
            Column("waits_since", Position, primary_key=True),
            Column("candidate", Uuid, primary_key=True),
            Column("source", Uuid, primary_key=True),
            Column("town", String, nullable=False),
            Column("charted", Boolean, nullable=False),
            sqlite_with_rowid=False,
        )
        Index(self.named("found"), table.c.candidate)
        left_out = self.left_out = Table(
            self.named("left_out"),
            self.metadata,
            Column("candidate", Uuid, primary_key=True),
            Column("job", Uuid, primary_key=True),
        )
        self.left_out_of = select(left_out).where(left_out.c.candidate.in_(bindparam("candidates", expanding=True)))
        names = {"found_by": table.name, "people": self.people.name}
        names["as_it_is"] = AS_IT_IS.format(**names)
        ids = bindparam("person", type_=Uuid), bindparam("source", type_=Uuid)
        self.add_words = text(ADD.format(**names)).bindparams(*ids)
        self.renew_one = text(RENEW.format(**names)).bindparams(ids[0])
        self.how_many_carry = (
            select(self.counts.c.folded, func.sum(self.counts.c.people).label("people"))
            .where(self.counts.c.folded.in_(bindparam("tags", expanding=True)))
            .group_by(self.counts.c.folded)
        )
        row, kind = table.c, bindparam("kind", type_=String)
        words: Any = bindparam("wanted", expanding=True)
        nowhere: Any = row.town == literal_column("''")
        uncharted: Any = row.charted == literal_column("0")
        self.fit_filters: dict[str, Any] = {
            "towns": or_(row.town.in_(bindparam("towns", expanding=True)), nowhere),
            "near": or_(row.town.in_(bindparam("near", expanding=True)), nowhere, uncharted),
            "wanted": self._also("wants", WANT, lambda other: other.word.in_(words)),
            "after": tuple_(row.waits_since, row.candidate)
            > tuple_(bindparam("after", type_=Position), bindparam("after_candidate", type_=Uuid)),
        }
        for number in range(1, MOST_TAGS):
            self.fit_filters[f"also{number}"] = self._carries(number)
        self.heaps = {
            number: select(row.waits_since, row.candidate)
            .where(row.kind == kind, row.word == bindparam(f"word{number}", type_=String))
            .distinct()
            .order_by(row.waits_since, row.candidate)
            .limit(bindparam("most", type_=Integer))
            for number in range(max(MOST_TAGS, MOST_WORDS))
        }
        self.unions: dict[tuple[str, ...], Any] = {}

    def _carries(self, number: int) -> Any:
        tag = bindparam(f"also{number}", type_=String)
        return self._also(f"other{number}", TAG, lambda other: other.word == tag)

    def _also(self, name: str, kind: str, which: Any) -> Any:
        """That another row of the same person is of this kind."""
        other, row = self.found_by.alias(name).c, self.found_by.c
        same = (other.waits_since == row.waits_since, other.candidate == row.candidate)
        return select(other.word).where(other.kind == kind, which(other), *same).exists()

    def record_fits(self, connection: Connection, entry: Entry) -> None:
        """After the row of the person is as it is now."""
        match entry.fact:
            case Candidate.CandidateAdded() as fact:
                self._find_by(connection, fact.originator_id, EVERYBODY, [""])
            case (
                Candidate.ContactDetailsChanged()
                | Touchpoint.TouchpointRecorded()
                | Touchpoint.TouchpointRetracted()
                | Touchpoint.MovedAway() as fact
            ):
                connection.execute(self.renew_one, {"person": fact.person})
            case Candidate.Tagged() as fact if fact.tags:
                self._find_by(connection, fact.originator_id, TAG, [tag.casefold() for tag in fact.tags])
            case Candidate.Untagged() as fact if fact.tags:
                gone = self.found_by.c.word.in_([tag.casefold() for tag in fact.tags])
                self._leave(connection, fact.originator_id, self.found_by.c.kind == TAG, gone)
            case Candidate.PainPointNoted() as fact if fact.kind == Pain.WANT and fact.words is not None:
                self._find_by(connection, fact.originator_id, WANT, sorted(words_of(fact.words)), fact.pain)
            case Candidate.PainPointResolved() as fact:
                self._turn(connection, fact, WANTED)
            case Candidate.PainPointReopened() as fact:
                self._turn(connection, fact, WANT)
            case Candidate.JobNotForThem() as fact:
                self.add(connection, self.left_out, {"candidate": fact.originator_id, "job": fact.job})
            case Candidate.CandidateWithdrawn() | Candidate.CandidateErased() as fact:
                self._leave(connection, fact.originator_id)
                theirs = self.left_out.c.candidate == fact.originator_id
                connection.execute(delete(self.left_out).where(theirs))

    def _find_by(
        self, connection: Connection, person: UUID, kind: str, words: list[str], source: UUID | None = None
    ) -> None:
        rows = [{"person": person, "kind": kind, "word": word, "source": source or person} for word in words]
        if rows:
            connection.execute(self.add_words, rows)

    def _turn(self, connection: Connection, fact: Any, kind: str) -> None:
        """What was wanted is so no more, or again."""
        row = self.found_by.c
        theirs = (row.candidate == fact.originator_id, row.source == fact.pain)
        connection.execute(update(self.found_by).where(*theirs).values(kind=kind))

    def _leave(self, connection: Connection, person: UUID, *which: Any) -> None:
        connection.execute(delete(self.found_by).where(self.found_by.c.candidate == person, *which))

    # Questions

    def carried(self, tags: Collection[str]) -> dict[str, int]:
        """How many people carry each of these tags, by the tag in small letters; 0 where nobody does."""
        asked = {tag.casefold(): 0 for tag in tags}
        rows = self.all(self.how_many_carry, tags=list(asked)) if asked else ()
        return asked | {row.folded: row.people for row in rows}

    def not_for(self, candidates: Collection[UUID]) -> set[tuple[UUID, UUID]]:
        """Which jobs are nothing for which of these candidates: (candidate, job)."""
        rows = self.all(self.left_out_of, candidates=list(candidates)) if candidates else ()
        return {(row.candidate, row.job) for row in rows}

    def fitting(self, criteria: JobCriteria, after: Found | None = None, limit: int = 25) -> Sequence[Found]:
        """Those whom nothing speaks against as far as tags, towns and wants go, whoever waits longest first.

        Those who never wrote or spoke to us stand last.
        """
        kind, words, asked = self._found_by(criteria)
        if criteria.town and criteria.km is not None and places.charted(criteria.town):
            asked["near"] = sorted(places.around(criteria.town, criteria.km))
        elif criteria.town:
            asked["towns"] = [criteria.town]
        if criteria.must_want and kind != WANT:
            asked["wanted"] = sorted(criteria.wanted)
        if after is not None:
            asked |= {"after": after.waits_since, "after_candidate": after.candidate}
        given = {f"word{number}": word for number, word in enumerate(words)}
        rows = self.all(self._heaped(len(words), asked), kind=kind, most=limit, **given, **asked)
        return sorted({Found(row.waits_since, row.candidate) for row in rows})[:limit]

    def _found_by(self, criteria: JobCriteria) -> tuple[str, list[str], dict[str, Any]]:
        """The rows that the search goes through: of the rarest skill that must be, of each that is nice to have, of
        each word that must be wanted, or everybody's; and what is asked besides."""
        if criteria.must:
            carried = self.carried(criteria.must)
            first, *others = sorted(carried, key=lambda tag: (carried[tag], tag))
            return TAG, [first], {f"also{number}": tag for number, tag in enumerate(others, start=1)}
        if criteria.nice:
            return TAG, [tag.casefold() for tag in criteria.nice], {}
        if criteria.must_want and not criteria.town:
            return WANT, sorted(criteria.wanted), {}
        return EVERYBODY, [""], {}

    def _heaped(self, number: int, asked: dict[str, Any]) -> Any:
        """The first of each heap, with those filters for which something is asked."""
        heaps: list[Select[Any]] = [
            self.those(f"heap{place}", self.heaps[place], self.fit_filters, asked) for place in range(number)
        ]
        if number == 1:
            return heaps[0]
        way = (str(number), *(name for name in self.fit_filters if asked.get(name) is not None))
        if way not in self.unions:
            self.unions[way] = union_all(*(select(heap.subquery("capped")) for heap in heaps))
        return self.unions[way]
