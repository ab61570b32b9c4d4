"""Whom to be in touch with again, and which days matter soon: a part of the relationships."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    Computed,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain.agency import Agency
from domain.candidate import Candidate
from domain.log import Entry
from domain.remembered import BY_TAG, YEARLY, Occasion
from projections.projection import Projection
from projections.sqlite import Instant

A_DAY = 86_400_000_000  # microseconds, as instants are kept
LAST_TOUCH = "coalesce(last_contact_at, added_at)"
KEEP_DUE = f"{LAST_TOUCH} + coalesce(own_ideal, tag_ideal) * {A_DAY}"
KEEP_LATEST = f"{LAST_TOUCH} + CASE WHEN own_ideal IS NOT NULL THEN own_latest ELSE tag_latest END * {A_DAY}"
BY_TAGS = """UPDATE {people} SET (tag_ideal, tag_latest) = (SELECT ideal, latest FROM {intervals} AS theirs
    JOIN {tagged} AS tags ON tags.tag = theirs.tag WHERE tags.candidate = {people}.candidate
    ORDER BY ideal, latest LIMIT 1) WHERE candidate """
LEAP_DAY = 229


class Keeping(Projection):
    """How often to be in touch with each candidate, and the days that matter to them."""

    people: Table
    tagged: Table

    def keeping_columns(self) -> list[Column[Any]]:
        """What the row of a person holds for it. The shortest interval of their tags counts where they have no own."""
        return [
            Column("added_at", Instant, nullable=False),
            *(Column(name, Integer) for name in ("own_ideal", "own_latest", "tag_ideal", "tag_latest")),
            Column("keep_due", Instant, Computed(KEEP_DUE)),
            Column("keep_latest", Instant, Computed(KEEP_LATEST)),
        ]

    def keeping_tables(self) -> None:
        people, tagged = self.people, self.tagged
        self.intervals = Table(
            self.named("intervals"),
            self.metadata,
            Column("tag", String, primary_key=True),
            Column("ideal", Integer, nullable=False),
            Column("latest", Integer, nullable=False),
        )
        dates = self.dates = Table(
            self.named("dates"),
            self.metadata,
            Column("noted", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("kind", String, nullable=False),
            Column("month", Integer, nullable=False),
            Column("day", Integer, nullable=False),
            Column("year", Integer),
            Column("label", String),
            Column("yearly", Integer),
            Column("once", Date),
            Column("seen_to", Integer, nullable=False),
        )
        due = text("keep_due IS NOT NULL")
        Index(self.named("keep"), people.c.keep_due, people.c.candidate, sqlite_where=due)
        Index(self.named("keep_of"), people.c.owner, people.c.keep_due, sqlite_where=due)
        for when in ("yearly", "once"):
            Index(self.named(when), dates.c[when], dates.c.noted, sqlite_where=text(f"{when} IS NOT NULL"))
        names = {"people": people.name, "intervals": self.intervals.name, "tagged": tagged.name}
        self.reckon_one = text(f"{BY_TAGS}= :person".format(**names)).bindparams(bindparam("person", type_=Uuid))
        self.reckon_all = text(f"{BY_TAGS}IN (SELECT candidate FROM {{tagged}} WHERE tag = :tag)".format(**names))
        self.dates_theirs = select(dates).where(dates.c.candidate == bindparam("candidate"))
        self.visas = (
            select(dates.c.candidate, func.max(dates.c.once, type_=Date).label("until"))
            .where(dates.c.candidate.in_(bindparam("candidates", expanding=True)), dates.c.kind == Occasion.VISA.value)
            .group_by(dates.c.candidate)
        )
        self.every_interval = select(self.intervals).order_by(self.intervals.c.tag)
        by_the_day: Any = literal_column(f"+{people.name}.owner", Uuid)  # the plus: by the index of days, not of owners
        self.kept: dict[bool, Select[Any]] = {}
        self.days_soon: dict[bool, Any] = {}
        for of_one in (False, True):
            theirs = [people.c.owner == bindparam("owner")] if of_one else []
            self.kept[of_one] = (
                select(people)
                .where(people.c.keep_due <= bindparam("now", type_=Instant), *theirs)
                .order_by(people.c.keep_due)
                .limit(bindparam("most", type_=Integer))
            )
            of_them = [by_the_day == bindparam("owner")] if of_one else []
            heaps = [self._heap(*bounds, of_them) for bounds in self._bounds()]
            self.days_soon[of_one] = union_all(*(select(heap.subquery("capped")) for heap in heaps))

    def _bounds(self) -> list[tuple[Column[Any], str, str, Any]]:
        """The days from the first to the last: those of this year, those after a New Year between, those that happen
        once; and when they are seen to."""
        dates = self.dates.c
        return [
            (dates.yearly, "first", "last", dates.seen_to < bindparam("first_year", type_=Integer)),
            (dates.yearly, "new_first", "new_last", dates.seen_to < bindparam("last_year", type_=Integer)),
            (dates.once, "since", "until", dates.seen_to < dates.year),
        ]

    def _heap(self, when: Column[Any], first: str, last: str, open: Any, theirs: list[Any]) -> Select[Any]:
        between = when.between(bindparam(first, type_=when.type), bindparam(last, type_=when.type))
        return (
            select(self.dates, self.people.c.name, self.people.c.owner)
            .join(self.people, self.people.c.candidate == self.dates.c.candidate)
            .where(between, open, *theirs)
            .order_by(when)
            .limit(bindparam("most", type_=Integer))
        )

    def record_keeping(self, connection: Connection, entry: Entry) -> None:
        match entry.fact:
            case Agency.AgencyFounded():
                rows = [{"tag": tag, "ideal": by.ideal_days, "latest": by.latest_days} for tag, by in BY_TAG.items()]
                connection.execute(self._inserts[self.intervals], rows)
            case Agency.KeepInTouchByTag() as fact:
                connection.execute(delete(self.intervals).where(self.intervals.c.tag == fact.tag))
                if fact.ideal_days is not None:
                    row = {"tag": fact.tag, "ideal": fact.ideal_days, "latest": fact.latest_days}
                    connection.execute(insert(self.intervals), row)
                connection.execute(self.reckon_all, {"tag": fact.tag})
            case Candidate.KeepInTouchSet() as fact:
                own = {"own_ideal": fact.ideal_days, "own_latest": fact.latest_days}
                connection.execute(update(self.people).where(self.people.c.candidate == fact.originator_id).values(own))
            case Candidate.ImportantDateNoted() as fact if fact.kind and fact.month and fact.day:
                yearly = fact.kind in YEARLY
                row = {
                    "noted": fact.noted,
                    "candidate": fact.originator_id,
                    "kind": fact.kind,
                    "month": fact.month,
                    "day": fact.day,
                    "year": fact.year,
                    "label": fact.label,
                    "yearly": fact.month * 100 + fact.day if yearly else None,
                    "once": None if yearly or fact.year is None else date(fact.year, fact.month, fact.day),
                    "seen_to": 0,
                }
                self.add(connection, self.dates, row)
            case Candidate.ImportantDateSeenTo() as fact:
                seen = update(self.dates).where(self.dates.c.noted == fact.noted).values(seen_to=fact.year)
                connection.execute(seen)
            case Candidate.ImportantDateRemoved() as fact:
                connection.execute(delete(self.dates).where(self.dates.c.noted == fact.noted))
            case Candidate.CandidateWithdrawn() | Candidate.CandidateErased() as fact:
                connection.execute(delete(self.dates).where(self.dates.c.candidate == fact.originator_id))

    # Questions

    def to_keep(self, now: datetime, owner: UUID | None = None, limit: int = 20) -> Sequence[Row[Any]]:
        """Those whose ideal interval has passed since the last real contact, who should have heard first first.

        `keep_due` and `keep_latest` say when. Whoever was never spoken to is reckoned from the day they were added.
        """
        return self.all(self.kept[owner is not None], now=now, owner=owner, most=limit)

    def days_between(
        self, first: date, last: date, owner: UUID | None = None, since: date | None = None, limit: int = 50
    ) -> list[tuple[date, Row[Any]]]:
        """The days that matter from the first to the last, at most half a year, that were not seen to: each with when.

        What happens once is told from `since` on. A 29 February is kept on the 28th where there is none.
        """
        asked = {
            **_bound(first, last),
            "since": since or first,
            "until": last,
            "first_year": first.year,
            "last_year": last.year,
            "owner": owner,
            "most": limit,
        }
        rows = self.all(self.days_soon[owner is not None], **asked)
        return sorted(((occurs(row, first), row) for row in rows), key=lambda each: (each[0], each[1].name or ""))[
            :limit
        ]

    def dates_of(self, candidate: UUID) -> Sequence[Row[Any]]:
        """The days that matter to a candidate, in the order of the year."""
        return sorted(self.all(self.dates_theirs, candidate=candidate), key=lambda row: (row.month, row.day))

    def visas_of(self, candidates: Collection[UUID]) -> dict[UUID, date]:
        """When the last visa of those among these candidates expires who have one noted."""
        rows = self.all(self.visas, candidates=list(candidates)) if candidates else ()
        return {row.candidate: row.until for row in rows}

    def every_tag_kept(self) -> Sequence[Row[Any]]:
        """The tags with an interval, by name."""
        return self.all(self.every_interval)


def occurs(row: Row[Any], first: date) -> date:
    """When a day that matters comes next, from the first on; what happens once, when it does."""
    if row.once is not None:
        return cast(date, row.once)
    here = _in(first.year, row)
    return here if here >= first else _in(first.year + 1, row)


def _in(year: int, row: Row[Any]) -> date:
    try:
        return date(year, row.month, row.day)
    except ValueError:
        return date(year, 2, 28)


def _bound(first: date, last: date) -> dict[str, int]:
    """From which day of the year to which, and the same after a New Year between (1 to 0: no day)."""
    begin, end = first.month * 100 + first.day, last.month * 100 + last.day
    if end == LEAP_DAY - 1 and (last + timedelta(days=1)).month == 3:
        end = LEAP_DAY
    if first.year == last.year:
        return {"first": begin, "last": end, "new_first": 1, "new_last": 0}
    return {"first": begin, "last": 1231, "new_first": 101, "new_last": end}
