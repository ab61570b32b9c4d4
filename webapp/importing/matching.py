"""Who a row is about: somebody new, somebody who is here, or perhaps somebody who is here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.candidate import MOST_WAYS, Details
from projections.directory import marks as marks_of
from projections.directory import with_tags
from projections.folding import fold
from projections.numbers import same_number
from webapp.importing.records import Record, Said
from webapp.importing.sheet import State

ONES = ("headline", "place", "works_at", "source", "reference", "link")
CALLED = {
    "name": "name",
    "headline": "headline",
    "place": "place",
    "works_at": "works at",
    "source": "source",
    "reference": "id in another system",
    "link": "link",
    "emails": "e-mail",
    "phones": "phone",
}
TELLING = ("works_at", "headline", "place")


@dataclass(frozen=True)
class Known:
    """Somebody a row may be about: a candidate (`id`), or the person of an earlier row of the same file."""

    details: Details
    tags: tuple[str, ...]
    id: UUID | None = None
    row: int | None = None

    @property
    def whom(self) -> UUID | int | None:
        return self.id or self.row


@dataclass(frozen=True)
class Decision:
    """What a row is. `whom` is the person it matches or may match."""

    state: State
    whom: Known | None = None
    why: str = ""


@dataclass(frozen=True)
class Filling:
    """What a match would change: only what is empty is filled, only what is missing is added.

    `adds` and `keeps` say so in words: (what, value) and (what, ours, theirs).
    """

    details: Details
    tags: tuple[str, ...]
    adds: tuple[tuple[str, str], ...]
    keeps: tuple[tuple[str, str, str], ...]


def known(row: Any) -> Known:
    """A candidate as the directory has them."""
    details = Details(
        row.name or "",
        tuple(row.emails or ()),
        tuple(row.phones or ()),
        *(getattr(row, name) or "" for name in ("headline", "place", "works_at", "source", "reference", "link")),
    )
    return Known(details, tuple(row.tags or ()), id=row.id)


@lru_cache(4096)
def marks(details: Details, country: str) -> frozenset[str]:
    """By what a person is recognised, however it is written."""
    return frozenset(marks_of(details.emails, details.phones, [details.reference], [details.link], country))


def decide(record: Record, near: Sequence[Known], country: str) -> Decision:
    """Which of those `near` (by a mark or by name) this row is about.

    An id, a page or an e-mail tells who it is. A telephone number does if the name agrees, since people share them.
    A name alone may mean the same person, if nothing differs.
    """
    if record.fault:
        return Decision(State.REFUSED, why=record.fault)
    details = record.details
    ours = marks(details, country)
    numbers = {mark for mark in ours if mark.startswith("tel ")}
    sure = [each for each in near if marks(each.details, country) & (ours - numbers)]
    if not sure:
        sure = [
            each for each in near if marks(each.details, country) & numbers and _called_alike(details, each.details)
        ]
    if len(sure) > 1:
        sure = [each for each in sure if fold(each.details.name) == fold(details.name)] or sure
    if len({each.whom for each in sure}) > 1:
        names = " and ".join(sorted({each.details.name for each in sure}))
        return Decision(State.REFUSED, why=f"It fits more than one person: {names}.")
    if sure:
        return Decision(State.MATCH, sure[0])
    if not details.name:
        return Decision(State.REFUSED, why=_nobody(details))
    return _perhaps(details, near, numbers, country)


def fill(whom: Known, record: Record, country: str) -> Filling:
    """What this row knows more of somebody, and where it knows something else."""
    ours, theirs = whom.details, record.details
    adds: list[tuple[str, str]] = []
    keeps: list[tuple[str, str, str]] = []
    changes: dict[str, Any] = {}
    for name in ONES:
        here, there = getattr(ours, name), getattr(theirs, name)
        if there and not here:
            changes[name] = there
            adds.append((CALLED[name], there))
        elif there and fold(there) != fold(here):
            keeps.append((CALLED[name], here, there))
    if theirs.name and fold(theirs.name) != fold(ours.name):
        keeps.insert(0, (CALLED["name"], ours.name, theirs.name))
    for name in ("emails", "phones"):
        more = _missing(getattr(ours, name), getattr(theirs, name), country)
        if more:
            changes[name] = (*getattr(ours, name), *more)
            adds.extend((CALLED[name], way) for way in more)
    missing = {tag.casefold() for tag in whom.tags}
    tags = tuple(tag for tag in record.tags if tag.casefold() not in missing)[: max(0, 50 - len(whom.tags))]
    adds.extend(("tag", tag) for tag in tags)
    return Filling(replace(ours, **changes), tags, tuple(adds), tuple(keeps))


def merged(whom: Known, record: Record, country: str) -> Known:
    """The person after this row was taken in."""
    filling = fill(whom, record, country)
    return replace(whom, details=filling.details, tags=tuple(with_tags(whom.tags, filling.tags)))


def is_there(timeline: Any, candidate: UUID, said: Said) -> bool:
    """Whether the very same was noted of them before, at that time, or at any if it has no time of its own."""
    if said.happened_at is None:
        return bool(timeline.said(candidate, said.words))
    lines = timeline.at(candidate, said.happened_at)
    return any(line.retracted_at is None and _says(timeline, line, said.words) for line in lines)


def _says(timeline: Any, line: Any, words: str) -> bool:
    """Whether an entry says so, or said so before it was corrected; what was removed must not come back."""
    if line.redacted_at is not None or line.moved_at is not None or line.words == words:
        return True
    return line.corrected > 0 and any(wording.words == words for wording in timeline.wordings(line.subject))


def _perhaps(details: Details, near: Sequence[Known], numbers: Set[str], country: str) -> Decision:
    """Perhaps the same: the same name and nothing that differs, or the same number and no other address."""
    namesakes = [each for each in near if fold(each.details.name) == fold(details.name)]
    alike = [each for each in namesakes if not differences(details, each.details, country)]
    if len(alike) == 1:
        return Decision(State.POSSIBLE, alike[0], "The same name, and nothing that differs.")
    if alike:
        return Decision(State.POSSIBLE, None, f"{len(alike)} people here are called so, and nothing differs.")
    sharing = [each for each in near if marks(each.details, country) & numbers and each not in namesakes]
    for each in sharing:
        if not (set(differences(details, each.details, country)) & {"e-mail", "link", "id in another system"}):
            return Decision(State.POSSIBLE, each, f"The same telephone number as {each.details.name}, another name.")
    if sharing:
        return Decision(State.NEW, why=f"Shares a telephone number with {sharing[0].details.name}.")
    if namesakes:
        other = ", ".join(differences(details, namesakes[0].details, country))
        return Decision(State.NEW, why=f"Somebody else of this name is here: another {other}.")
    return Decision(State.NEW)


def differences(one: Details, other: Details, country: str) -> list[str]:
    """Where both say something, and not the same."""
    found = []
    for name in ("emails", "phones"):
        here, there = getattr(one, name), getattr(other, name)
        if here and there and not _alike(here, country) & _alike(there, country):
            found.append(CALLED[name])
    for name in ("reference", "link", *TELLING):
        here, there = getattr(one, name), getattr(other, name)
        if here and there and fold(here) != fold(there):
            found.append(CALLED[name])
    return found


def _missing(here: Sequence[str], there: Sequence[str], country: str) -> list[str]:
    have, more = _alike(here, country), []
    for way in there:
        if not _alike([way], country) & have and len(here) + len(more) < MOST_WAYS:
            more.append(way)
            have |= _alike([way], country)
    return more


def _alike(ways: Iterable[str], country: str) -> set[str]:
    """Addresses and numbers, the same however they are written."""
    return {way.casefold() if "@" in way else _number(way, country) for way in ways}


@lru_cache(4096)
def _number(way: str, country: str) -> str:
    return same_number(way, country) or way


def _called_alike(one: Details, other: Details) -> bool:
    """Whether two names have a word in common, or there is only one name."""
    return not one.name or bool(set(fold(one.name).split()) & set(fold(other.name).split()))


def _nobody(details: Details) -> str:
    told_by = [*details.emails, *details.phones, details.reference, details.link]
    way = next(filter(None, told_by), "")
    if not way:
        return "There is no name."
    return f"There is no name, and nobody here has {way}."
