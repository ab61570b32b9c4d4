"""How each relationship stands: when we last spoke, who waits to hear from us, what we promised next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Computed,
    Connection,
    Date,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Time,
    Uuid,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from domain import places
from domain.candidate import Candidate
from domain.log import Entry
from domain.promise import Party, Promise
from domain.saved_list import UNINVITED
from domain.touchpoint import Channel, Direction, Outcome, Touchpoint
from projections.answered import Answered
from projections.directory import with_tags, without_tags
from projections.fits import Fits
from projections.folding import fold
from projections.inviting import Inviting
from projections.keeping import Keeping
from projections.sqlite import Instant, Position
from projections.traits import MOST as MOST_TRAITS
from projections.traits import Traits, traits

UNANSWERED, PROMISE, SILENT = "unanswered", "promise", "silent"
WARM = timedelta(days=90)  # a conversation that fell silent longer ago has ended
BEYOND = "\U0010ffff"
MISSED = (Outcome.VOICEMAIL, Outcome.NO_ANSWER)
FACE_TO_FACE = (Channel.CALL, Channel.MEETING, Channel.VIDEO)  # what is asked there is answered there
NO: ColumnElement[bool] = literal_column("0")
REASON = f"""CASE WHEN unanswered_since IS NOT NULL THEN '{UNANSWERED}' WHEN open_promises > 0 THEN '{PROMISE}'
    WHEN last_contact_at IS NOT NULL AND NOT settled THEN '{SILENT}' END"""
SINCE = """CASE WHEN unanswered_since IS NOT NULL THEN unanswered_since
    WHEN open_promises > 0 AND (last_contact_at IS NULL OR last_contact_at < promised_at) THEN promised_at
    ELSE last_contact_at END"""
UNANSWERED_TALKS = """{talks} AS asked WHERE candidate = :person AND asks = 1 AND NOT settled
        AND happened_at >= coalesce((SELECT max(happened_at) FROM {talks} WHERE candidate = :person AND answers = 1), 0)
        AND NOT EXISTS (SELECT 1 FROM {talks} AS answer WHERE answer.candidate = :person AND answer.answers = 1
            AND (answer.happened_at, answer.position) > (asked.happened_at, asked.position))"""
RECKON_TALKS = """UPDATE {people} SET
    first_contact_at = (SELECT happened_at FROM {talks} WHERE candidate = :person AND met = 1
        ORDER BY happened_at, position LIMIT 1),
    first_spoken_at = (SELECT happened_at FROM {talks} WHERE candidate = :person AND heard = 1 AND told = 1
        ORDER BY happened_at, position LIMIT 1),
    (last_contact_at, last_touchpoint) = (SELECT happened_at, touchpoint FROM {talks}
        WHERE candidate = :person AND met = 1 ORDER BY happened_at DESC, position DESC LIMIT 1),
    last_heard_at = (SELECT max(happened_at) FROM {talks} WHERE candidate = :person AND heard = 1),
    last_told_at = (SELECT max(happened_at) FROM {talks} WHERE candidate = :person AND answers = 1 AND told = 1),
    unanswered_since = (SELECT min(happened_at) FROM {unanswered}),
    unanswered_touchpoint = (SELECT touchpoint FROM {unanswered} ORDER BY happened_at DESC, position DESC LIMIT 1),
    settled = EXISTS (SELECT 1 FROM {talks} WHERE candidate = :person AND answers = 1 AND settled = 1
        AND happened_at >= (SELECT max(happened_at) FROM {talks} WHERE candidate = :person AND met = 1))
    WHERE candidate = :person"""
RECKON_PROMISES = """UPDATE {people} SET
    (next_due_on, next_due_at) = (SELECT due_on, due_at FROM {promised} WHERE candidate = :person AND open = 1
        ORDER BY due_on, due_at IS NULL, due_at LIMIT 1),
    (open_promises, promised_at) = (SELECT count(*), max(made_at) FROM {promised}
        WHERE candidate = :person AND open = 1)
    WHERE candidate = :person"""


@dataclass(frozen=True)
class Tag:
    """A tag as most people carry it, and how many do."""

    tag: str
    people: int


@dataclass(frozen=True)
class Waiting:
    """How many wait to hear from us, and since when the one who waits longest does."""

    people: int
    longest: datetime | None


class Relationships(Keeping, Fits, Inviting, Traits, Answered):
    """One row for each candidate who is neither erased nor withdrawn, with what was said and promised in dates."""

    name = "relationships"
    version = 4

    def tables(self) -> None:
        people = self.people = Table(
            self.named("people"),
            self.metadata,
            Column("candidate", Uuid, primary_key=True),
            Column("name", String),
            Column("folded", String),
            Column("headline", String),
            Column("place", String),
            Column("works_at", String),
            Column("owner", Uuid, nullable=False),
            Column("tags", JSON, nullable=False),
            Column("first_contact_at", Instant),
            Column("last_contact_at", Instant),
            Column("last_touchpoint", Uuid),
            Column("last_heard_at", Instant),
            Column("last_told_at", Instant),
            Column("unanswered_since", Instant),
            Column("unanswered_touchpoint", Uuid),
            Column("settled", Boolean, nullable=False),
            Column("open_promises", Integer, nullable=False),
            Column("promised_at", Instant),
            Column("next_due_on", Date),
            Column("next_due_at", Time),
            *self.keeping_columns(),
            *self.fitting_columns(),
            *self.inviting_columns(),
            Column("by_place", String),
            Column("reason", String, Computed(REASON)),
            Column("since", Instant, Computed(SINCE)),
        )
        talks = self.talks = Table(
            self.named("talks"),
            self.metadata,
            Column("touchpoint", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("happened_at", Instant, nullable=False),
            Column("position", Position, nullable=False),
            Column("met", Boolean, nullable=False),
            Column("heard", Boolean, nullable=False),
            Column("told", Boolean, nullable=False),
            Column("asks", Boolean, nullable=False),
            Column("settled", Boolean, nullable=False),
            Column("answers", Boolean, Computed("told OR settled")),
            Column("said_by", Uuid),
        )
        promised = self.promised = Table(
            self.named("promised"),
            self.metadata,
            Column("promise", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("made_at", Instant, nullable=False),
            Column("due_on", Date, nullable=False),
            Column("due_at", Time),
            Column("open", Boolean, nullable=False),
        )
        tags = self.tagged = Table(
            self.named("tagged"),
            self.metadata,
            Column("tag", String, primary_key=True),
            Column("candidate", Uuid, primary_key=True),
            Column("folded", String, nullable=False),
        )
        self.counts = Table(
            self.named("tags"),
            self.metadata,
            Column("folded", String, primary_key=True),
            Column("tag", String, primary_key=True),
            Column("people", Integer, nullable=False),
        )
        self.keeping_tables()
        self.fitting_tables()
        self.inviting_tables()
        self.trait_tables()
        self.answered_tables()
        for order in ("folded", "next_due_on", "last_contact_at", "by_place"):
            there = text(f"{order} IS NOT NULL")
            Index(self.named(f"by_{order}"), people.c[order], people.c.candidate, sqlite_where=there)
            Index(self.named(f"of_owner_by_{order}"), people.c.owner, people.c[order], people.c.candidate)
        waits = text("reason IS NOT NULL")
        Index(self.named("waiting"), people.c.reason, people.c.since, people.c.candidate, sqlite_where=waits)
        Index(self.named("waiting_for"), people.c.owner, people.c.reason, people.c.since, sqlite_where=waits)
        for what in ("met", "heard", "asks", "answers"):
            Index(
                self.named(what),
                talks.c.candidate,
                talks.c.happened_at,
                talks.c.position,
                sqlite_where=text(f"{what} = 1"),
            )
        Index(self.named("next"), promised.c.candidate, promised.c.due_on, sqlite_where=text("open = 1"))
        Index(self.named("tagged_by_name"), tags.c.tag, tags.c.folded, tags.c.candidate)
        Index(self.named("tags_of"), tags.c.candidate, tags.c.tag)
        whose = bindparam("person", type_=Uuid)
        self.reckon_talks = text(
            RECKON_TALKS.format(people=people, talks=talks, unanswered=UNANSWERED_TALKS.format(talks=talks))
        ).bindparams(whose)
        self.reckon_promises = text(RECKON_PROMISES.format(people=people, promised=promised)).bindparams(whose)
        counted = insert(self.counts)
        self.count_tag = counted.on_conflict_do_update(
            index_elements=["folded", "tag"], set_={"people": self.counts.c.people + counted.excluded.people}
        )
        self.one_talk = select(talks).where(talks.c.touchpoint == bindparam("touchpoint"))
        self.one_person = select(people).where(people.c.candidate == bindparam("person"))
        self.several = select(people).where(people.c.candidate.in_(bindparam("people", expanding=True)))
        self._questions()

    def _questions(self) -> None:
        """What is asked with filters: by name, by the next due, by the last contact, and who waits."""
        people, tagged, counts = self.people.c, self.tagged.c, self.counts.c
        most, last, by = bindparam("most", type_=Integer), bindparam("after_candidate", type_=Uuid), {}
        silent = people.last_contact_at.between(bindparam("silent_from"), bindparam("silent_to"))
        has_tag = tagged.tag == bindparam("tag")
        begins, ends = bindparam("place", type_=String), bindparam("place_ends", type_=String)
        other = self.tagged.alias("other")
        also = {
            f"tag{number}": select(other.c.tag)
            .where(other.c.candidate == people.candidate, other.c.tag == bindparam(f"tag{number}", type_=String))
            .exists()
            for number in (2, 3)
        }
        others = [self.traits.alias(f"other{number}") for number in range(MOST_TRAITS)]
        carried = {
            f"trait{number}": select(each.c.trait)
            .where(each.c.candidate == people.candidate, each.c.trait == bindparam(f"trait{number}", type_=String))
            .exists()
            for number, each in enumerate(others)
        }
        filters = {
            **also,
            **carried,
            "place": and_(people.by_place >= begins, people.by_place < ends),
            "nothing_open": people.open_promises == NO,
            "uninvited": people.invited == NO,
            "contact_from": people.last_contact_at.between(bindparam("contact_from"), bindparam("contact_to")),
            "owner": people.owner == bindparam("owner"),
            "tag": select(tagged.tag).where(tagged.candidate == people.candidate, has_tag).exists(),
            "overdue_on": people.next_due_on < bindparam("overdue_on"),
            "silent_from": and_(silent, people.settled == NO),
        }
        for name in ("folded", "next_due_on", "last_contact_at", "by_place"):
            by[name] = select(self.people), (people[name], people.candidate), filters
        in_order = select(self.people).join(self.tagged, tagged.candidate == people.candidate)
        by["tagged"] = in_order, (tagged.folded, tagged.candidate), filters | {"tag": has_tag}
        carry, has_trait = self.traits.c, self.traits.c.trait == bindparam("trait0", type_=String)
        in_order = select(self.people).join(self.traits, carry.candidate == people.candidate)
        by["carried"] = in_order, (carry.folded, carry.candidate), filters | {"trait0": has_trait}
        self.orders = {
            name: (
                question.where(order[0].is_not(None)).order_by(*order).limit(most),
                also | {"after": tuple_(*order) > tuple_(bindparam("after", type_=order[0].type), last)},
            )
            for name, (question, order, also) in by.items()
        }
        self.counted: dict[Select[Any], Select[Any]] = {}
        self.tags_between = (
            select(self.counts)
            .where(counts.folded >= bindparam("begins"), counts.folded < bindparam("ends"))
            .order_by(counts.folded, counts.tag)
            .limit(most)
        )
        about = func.coalesce(people.unanswered_touchpoint, people.last_touchpoint, type_=Uuid).label("touchpoint")
        lasts = people.since.between(bindparam("silent_from"), bindparam("silent_to"))
        self.waits, self.figures = {}, {}
        for of_one in (False, True):
            heaps = [
                select(self.people, about)
                .where(people.reason == reason, *([lasts] if reason == SILENT else []))
                .where(*([people.owner == bindparam("owner")] if of_one else []))
                .order_by(people.since)
                .limit(most)
                for reason in (UNANSWERED, PROMISE, SILENT)
            ]
            self.waits[of_one] = union_all(*(select(heap.subquery("capped")) for heap in heaps))
            capped = [heap.with_only_columns(people.since).subquery("capped") for heap in heaps]
            self.figures[of_one] = union_all(
                *(select(func.count().label("people"), func.min(heap.c.since).label("since")) for heap in capped)
            )

    def record(self, connection: Connection, entry: Entry) -> None:
        self.record_keeping(connection, entry)
        match entry.fact:
            case Touchpoint.TouchpointRecorded() as fact:
                self._talk(connection, entry, fact)
            case Touchpoint.TouchpointRetracted() | Touchpoint.MovedAway() as fact:
                if gone := connection.execute(self.one_talk, {"touchpoint": fact.originator_id}).first():
                    connection.execute(delete(self.talks).where(self.talks.c.touchpoint == fact.originator_id))
                    self._reckon_talks(connection, gone)
            case Touchpoint.AnswerNotNeeded() as fact:
                self._settle(connection, fact, True)
            case Touchpoint.AnswerNeeded() as fact:
                self._settle(connection, fact, False)
            case Promise.PromiseMade() as fact if fact.made_by == Party.US:
                self._promise(connection, fact)
            case Promise.PromiseRenegotiated() as fact:
                self._move(connection, fact, due_on=fact.due_on, due_at=fact.due_at)
            case Promise.PromiseReopened() as fact:
                self._move(connection, fact, due_on=fact.due_on, due_at=fact.due_at, open=True)
            case (
                Promise.PromiseKept()
                | Promise.PromiseBroken()
                | Promise.PromiseReleased()
                | Promise.PromiseOvertaken()
                | Promise.PromiseWithdrawn() as fact
            ):
                self._move(connection, fact, open=False)
            case Candidate.CandidateAdded() as fact:
                empty = {"tags": [], "settled": False, "open_promises": 0}
                empty |= {"invitations": {}, "invited": False, "invitable": True}
                row = {"candidate": fact.originator_id, "owner": fact.owner, "added_at": fact.timestamp, **empty}
                row |= _details(fact)
                self.add(connection, self.people, row)
            case Candidate.ContactDetailsChanged() as fact if fact.name is not None:
                details = _details(fact)
                self._change(connection, self.people, fact, **details)
                self._change(connection, self.tagged, fact, folded=details["folded"])
            case Candidate.Tagged() as fact if fact.tags is not None:
                before = self._tags(connection, fact)
                self._tag(connection, fact, before, with_tags(before, fact.tags))
            case Candidate.Untagged() as fact if fact.tags is not None:
                before = self._tags(connection, fact)
                self._tag(connection, fact, before, without_tags(before, fact.tags))
            case Candidate.OwnerAssigned() as fact:
                self._change(connection, self.people, fact, owner=fact.owner)
            case Candidate.CandidateWithdrawn() | Candidate.CandidateErased() as fact:
                self._tag(connection, fact, self._tags(connection, fact), [])
                if isinstance(fact, Candidate.CandidateWithdrawn):
                    self.forget_answers_to(connection, fact.originator_id)
                for table in (self.people, self.talks, self.promised):
                    connection.execute(delete(table).where(table.c.candidate == fact.originator_id))
        self.record_fits(connection, entry)
        self.record_inviting(connection, entry)
        self.record_traits(connection, entry)

    def _talk(self, connection: Connection, entry: Entry, fact: Touchpoint.TouchpointRecorded) -> None:
        if said := _said(fact):
            row = {
                "touchpoint": fact.originator_id,
                "candidate": fact.candidate,
                "happened_at": fact.happened_at,
                "position": entry.position,
                "settled": False,
                "said_by": fact.by,
                **said,
            }
            self.add(connection, self.talks, row)
            self._reckon_talks(connection, connection.execute(self.one_talk, {"touchpoint": fact.originator_id}).one())

    def _settle(self, connection: Connection, fact: Any, settled: bool) -> None:
        talk = self.talks.c.touchpoint == fact.originator_id
        if connection.execute(update(self.talks).where(talk).values(settled=settled)).rowcount:
            self._reckon_talks(connection, connection.execute(self.one_talk, {"touchpoint": fact.originator_id}).one())

    def _reckon_talks(self, connection: Connection, talk: Row[Any]) -> None:
        """What follows from a talk that came, was settled, or went."""
        connection.execute(self.reckon_talks, {"person": talk.candidate})
        self.reckon_answers_around(connection, talk)

    def _promise(self, connection: Connection, fact: Promise.PromiseMade) -> None:
        row = {
            "promise": fact.originator_id,
            "candidate": fact.candidate,
            "made_at": fact.timestamp,
            "due_on": fact.due_on,
            "due_at": fact.due_at,
            "open": True,
        }
        self.add(connection, self.promised, row)
        connection.execute(self.reckon_promises, {"person": fact.candidate})

    def _move(self, connection: Connection, fact: Any, **changes: Any) -> None:
        ours = self.promised.c.promise == fact.originator_id
        if connection.execute(update(self.promised).where(ours).values(changes)).rowcount:
            connection.execute(self.reckon_promises, {"person": fact.person})

    def _change(self, connection: Connection, table: Table, fact: Any, **changes: Any) -> None:
        connection.execute(update(table).where(table.c.candidate == fact.originator_id).values(changes))

    def _tags(self, connection: Connection, fact: Any) -> list[str]:
        row = connection.execute(self.one_person, {"person": fact.originator_id}).first()
        return row.tags if row else []

    def _tag(self, connection: Connection, fact: Any, before: list[str], after: list[str]) -> None:
        person = fact.originator_id
        gone, new = ([tag for tag in these if tag not in those] for these, those in ((before, after), (after, before)))
        if gone:
            keys = [tag.casefold() for tag in gone]
            of_theirs = (self.tagged.c.candidate == person, self.tagged.c.tag.in_(keys))
            connection.execute(delete(self.tagged).where(*of_theirs))
            self._count(connection, gone, -1)
            connection.execute(delete(self.counts).where(self.counts.c.folded.in_(keys), self.counts.c.people == 0))
        if new:
            folded = self.one_person.with_only_columns(self.people.c.folded)
            name = connection.execute(folded, {"person": person}).scalar() or ""
            rows = [{"tag": tag.casefold(), "candidate": person, "folded": name} for tag in new]
            connection.execute(self._inserts[self.tagged], rows)
            self._count(connection, new, 1)
        if gone or new:
            self._change(connection, self.people, fact, tags=after)
            connection.execute(self.reckon_one, {"person": person})

    def _count(self, connection: Connection, tags: list[str], more: int) -> None:
        rows = [{"folded": tag.casefold(), "tag": tag, "people": more} for tag in tags]
        connection.execute(self.count_tag, rows)

    # Questions

    def page(
        self,
        owner: UUID | None = None,
        tag: str | None = None,
        overdue_on: date | None = None,
        silent: tuple[datetime, datetime] | None = None,
        after: tuple[Any, UUID] | None = None,
        limit: int = 50,
        **more: Any,
    ) -> Sequence[Row[Any]]:
        """Candidates by name, those with something overdue by its due, those silent by their last contact.

        `more` narrows it further: `also_tagged` (at most two), `place` (how it begins; by place then), `nothing_open`
        (no open promise of ours), `contact`, from when to when the last one was (by it then), `wants` (at most three
        words of what they want), `stage` (at which they stand for some job) and `invitation` (how one stands, or none).

        `overdue_on` asks for those with a promise of ours due before that day; `silent` for those whose last contact
        was from the one instant to the other and needs no answer; `after` is the `key` of the last row shown.
        """
        asked = _asked(owner, tag, overdue_on, silent, **more)
        question, filters = self.orders[_order(asked)]
        if after is not None:
            asked |= {"after": after[0], "after_candidate": after[1]}
        return self.all(self.those(_order(asked), question, filters, asked), most=limit, **asked)

    def key(
        self, row: Row[Any], overdue_on: object = None, silent: object = None, contact: object = None, place: str = ""
    ) -> tuple[Any, UUID]:
        """What the next page is `after`."""
        name = "last_contact_at" if silent or contact else "by_place" if place else "folded"
        return getattr(row, "next_due_on" if overdue_on else name), row.candidate

    def count(
        self,
        owner: UUID | None = None,
        tag: str | None = None,
        overdue_on: date | None = None,
        silent: tuple[datetime, datetime] | None = None,
        at_most: int = 1000,
        **more: Any,
    ) -> int:
        """How many there are, counted no further than this."""
        asked = _asked(owner, tag, overdue_on, silent, **more)
        question, filters = self.orders[_order(asked)]
        those = self.those(_order(asked), question, filters, asked)
        if those not in self.counted:
            capped = those.with_only_columns(self.people.c.candidate).order_by(None).subquery("capped")
            self.counted[those] = select(func.count()).select_from(capped)
        row = self.one(self.counted[those], most=at_most, **asked)
        return int(row[0]) if row else 0

    def tags(self, prefix: str = "", limit: int = 200) -> list[Tag]:
        """The tags that begin so, in order, each as most people carry it."""
        begins = prefix.casefold()
        found: dict[str, list[Row[Any]]] = {}
        for row in self.all(self.tags_between, begins=begins, ends=begins + BEYOND, most=limit):
            found.setdefault(row.folded, []).append(row)
        return [
            Tag(max(rows, key=lambda row: row.people).tag, sum(row.people for row in rows)) for rows in found.values()
        ]

    def stands(self, candidate: UUID) -> Row[Any] | None:
        """How it stands with one candidate; None of whoever is erased or withdrawn."""
        return self.one(self.one_person, person=candidate)

    def waiting(self, now: datetime, silent_after: int, owner: UUID | None = None, limit: int = 10) -> list[Row[Any]]:
        """Who waits to hear from us, each once, most urgent first, with `reason`, `since` and `touchpoint`.

        First who asked and got no answer, who asked first first; then whom we promised something that is still open,
        or with whom the conversation fell silent `silent_after` days ago and more, by when they last heard from us.
        """
        rows = self.all(self.waits[owner is not None], **_moments(now, silent_after), owner=owner, most=limit)
        return sorted(rows, key=lambda row: (row.reason != UNANSWERED, row.since))[:limit]

    def of_these(self, ids: Collection[UUID]) -> dict[UUID, Row[Any]]:
        """How it stands with each of these candidates, without those erased or withdrawn."""
        return {row.candidate: row for row in self.all(self.several, people=list(ids))} if ids else {}

    def waiting_figures(
        self, now: datetime, silent_after: int, owner: UUID | None = None, at_most: int = 500
    ) -> Waiting:
        """How many wait to hear from us, counted no further than this, and since when who waits longest does."""
        question = self.figures[owner is not None]
        rows = self.all(question, **_moments(now, silent_after), owner=owner, most=at_most)
        people = min(at_most, sum(row.people for row in rows))
        return Waiting(people, min((row.since for row in rows if row.people), default=None))

    def waiting_count(self, now: datetime, silent_after: int, owner: UUID | None = None, at_most: int = 500) -> int:
        """How many wait to hear from us, counted no further than this."""
        return self.waiting_figures(now, silent_after, owner, at_most).people

    def longest_wait(self, now: datetime, silent_after: int, owner: UUID | None = None) -> datetime | None:
        """Since when who waits longest does."""
        return self.waiting_figures(now, silent_after, owner, at_most=1).longest


def _asked(
    owner: UUID | None,
    tag: str | None,
    overdue_on: date | None,
    silent: tuple[datetime, datetime] | None,
    also_tagged: Sequence[str] = (),
    place: str = "",
    nothing_open: bool = False,
    contact: tuple[datetime, datetime] | None = None,
    **carried: str,
) -> dict[str, Any]:
    asked: dict[str, Any] = {"owner": owner, "tag": None if tag is None else tag.casefold(), "overdue_on": overdue_on}
    asked |= {"silent_from": silent[0], "silent_to": silent[1]} if silent else {}
    asked |= {"contact_from": contact[0], "contact_to": contact[1]} if contact else {}
    asked |= {f"tag{number}": each.casefold() for number, each in enumerate(also_tagged[:2], start=2)}
    asked |= {"uninvited": True} if carried.get("invitation") == UNINVITED else {}
    asked |= {f"trait{number}": each for number, each in enumerate(traits(**carried)[:MOST_TRAITS])}
    asked |= {"place": fold(place), "place_ends": fold(place) + BEYOND} if place else {}
    return asked | ({"nothing_open": True} if nothing_open else {})


def _order(asked: dict[str, Any]) -> str:
    """By what those asked for stand in order."""
    if asked["overdue_on"] is not None:
        return "next_due_on"
    if "silent_from" in asked or "contact_from" in asked:
        return "last_contact_at"
    if "place" in asked:
        return "by_place"
    if asked["tag"] is not None:
        return "tagged"
    return "carried" if "trait0" in asked else "folded"


def _moments(now: datetime, silent_after: int) -> dict[str, datetime]:
    return {"silent_from": now - WARM, "silent_to": now - timedelta(days=silent_after)}


def _said(fact: Touchpoint.TouchpointRecorded) -> dict[str, bool] | None:
    """What a touchpoint means: whether we met, they were heard, we told them something, and they ask for an answer.

    None if it was no talk with them: a note, something among ourselves, or our attempt at a call.
    """
    if fact.channel == Channel.NOTE or fact.direction == Direction.INTERNAL or fact.outcome == Outcome.WRONG_NUMBER:
        return None
    came_in = fact.direction == Direction.IN
    fresh = fact.timestamp - fact.happened_at <= WARM  # who asked longer ago than that, and is noted only now, has gone
    if fact.outcome in MISSED:
        return {"met": False, "heard": True, "told": False, "asks": fresh} if came_in else None
    both = fact.channel in FACE_TO_FACE
    return {"met": True, "heard": came_in or both, "told": both or not came_in, "asks": came_in and not both and fresh}


def _details(fact: Any) -> dict[str, Any]:
    return {
        "name": fact.name,
        "folded": None if fact.name is None else fold(fact.name),
        "by_place": f"{fold(fact.place)}\t{fold(fact.name)}" if fact.place and fact.name else None,
        "headline": fact.headline,
        "place": fact.place,
        "works_at": fact.works_at,
        "town": places.town(fact.place or ""),
        "charted": places.charted(places.town(fact.place or "")),
    }
