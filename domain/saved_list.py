"""A list: people found by the same criteria again and again, for one recruiter or for all."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from eventsourcing.domain import event

from domain.invitation import Invited
from domain.refusal import NotFound, Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import line, tag

MOST_TAGS = 3
MOST_WORDS = 3
WORD = re.compile(r"[^\W_]+")
ME = "me"
OF_A_LIST = (
    "name",
    "shared",
    "tags",
    "place",
    "owner",
    "only",
    "nothing_open",
    "contact_since",
    "contact_before",
)
NARROWING = ("wants", "stage", "invitation")
UNINVITED = "none"


class Only(StrEnum):
    """OVERDUE: a promise of ours to them is late. SILENT: the conversation has fallen silent."""

    OVERDUE = "overdue"
    SILENT = "silent"


@dataclass(frozen=True)
class Criteria:
    """Whom a list finds: those to whom all of it applies.

    `owner` is a colleague's id, or "me", whoever looks. `place` is how their place begins. The last contact was
    `contact_since` a day or later, and earlier than `contact_before`. They said that they want something in which the
    words of `wants` stand, stand at `stage` for some job, and their `invitation` stands so, or there is "none".
    """

    tags: tuple[str, ...] = ()
    place: str = ""
    owner: str = ""
    only: str = ""
    nothing_open: bool = False
    contact_since: date | None = None
    contact_before: date | None = None
    wants: str = ""
    stage: str = ""
    invitation: str = ""

    def checked(self) -> Criteria:
        """As they are recorded. Raises Refused beside the field."""
        tags = tuple({said.casefold(): said for said in (tag(each, "tags") for each in self.tags)}.values())
        if len(tags) > MOST_TAGS:
            raise Refused(f"At most {MOST_TAGS} tags fit into one list.", "tags")
        if self.owner not in ("", ME):
            _an_id(self.owner)
        if self.only and self.only not in list(Only):
            raise Refused("Choose one of these.", "only")
        if self.contact_since and self.contact_before and self.contact_since >= self.contact_before:
            raise Refused("No day lies between these two.", "contact_before")
        wants = line(self.wants, "wants")
        if wants and not 1 <= len(WORD.findall(wants)) <= MOST_WORDS:
            raise Refused(f"Write one word of what they want, at most {MOST_WORDS}.", "wants")
        if self.invitation and self.invitation not in (UNINVITED, *Invited):
            raise Refused("Choose one of these.", "invitation")
        place, stage = line(self.place, "place"), line(self.stage, "stage")
        checked = replace(self, tags=tags, place=place, only=str(self.only), wants=wants, stage=stage)
        if checked == Criteria():
            raise Refused("Choose at least one thing by which people are found.", "tags")
        return checked


class SavedList(Stream):
    """A name and its criteria. One that is not shared is its maker's alone."""

    TOPIC = "list"

    class ListSaved(Beginning):
        TOPIC = "list.saved"
        clear = OF_A_LIST
        name: str
        shared: bool
        tags: list[str]
        place: str
        owner: str
        only: str
        nothing_open: bool
        contact_since: date | None
        contact_before: date | None

    class ListChanged(Fact):
        TOPIC = "list.changed"
        clear = OF_A_LIST
        name: str
        shared: bool
        tags: list[str]
        place: str
        owner: str
        only: str
        nothing_open: bool
        contact_since: date | None
        contact_before: date | None

    class ListNarrowed(Fact):
        """By what more it finds people; "" where by nothing."""

        TOPIC = "list.narrowed"
        clear = NARROWING
        wants: str
        stage: str
        invitation: str

    class ListDropped(Fact):
        TOPIC = "list.dropped"

    @classmethod
    def save(cls, id: UUID, by: UUID, name: str, shared: bool, criteria: Criteria) -> SavedList:
        said, narrowed = _said(name, shared, criteria)
        saved = cls._create(cls.ListSaved, id=id, by=by, person=None, **said)
        saved._narrow(by, narrowed)
        return saved

    @event(ListSaved)
    def __init__(
        self,
        by: UUID,
        name: str,
        shared: bool,
        tags: list[str],
        place: str,
        owner: str,
        only: str,
        nothing_open: bool,
        contact_since: date | None,
        contact_before: date | None,
    ):
        self.maker = by
        self.dropped = False
        self._hold(name, shared, Criteria(tuple(tags), place, owner, only, nothing_open, contact_since, contact_before))

    def change(self, by: UUID, name: str, shared: bool, criteria: Criteria) -> None:
        self.still_there_for(by)
        said, narrowed = _said(name, shared, criteria)
        if said != _said(self.name, self.shared, self.criteria)[0]:
            self._changed(by=by, **said)
        self._narrow(by, narrowed)

    def _narrow(self, by: UUID, narrowed: dict[str, str]) -> None:
        if narrowed != {name: getattr(self.criteria, name) for name in NARROWING}:
            self._narrowed(by=by, **narrowed)

    def drop(self, by: UUID) -> None:
        """Nobody finds it any more; whom it found stays as they are."""
        self.still_there_for(by)
        self._dropped(by=by)

    def still_there_for(self, by: UUID) -> None:
        """Raises NotFound for whoever may not see it."""
        if self.dropped or not (self.shared or by == self.maker):
            raise NotFound(self.id)

    def _hold(self, name: str, shared: bool, criteria: Criteria) -> None:
        self.name, self.shared, self.criteria = name, shared, criteria

    @event(ListNarrowed)
    def _narrowed(self, by: UUID, wants: str, stage: str, invitation: str) -> None:
        self.criteria = replace(self.criteria, wants=wants, stage=stage, invitation=invitation)

    @event(ListChanged)
    def _changed(
        self,
        by: UUID,
        name: str,
        shared: bool,
        tags: list[str],
        place: str,
        owner: str,
        only: str,
        nothing_open: bool,
        contact_since: date | None,
        contact_before: date | None,
    ) -> None:
        more = {name: getattr(self.criteria, name) for name in NARROWING}
        said = (tuple(tags), place, owner, only, nothing_open, contact_since, contact_before)
        self._hold(name, shared, Criteria(*said, **more))

    @event(ListDropped)
    def _dropped(self, by: UUID) -> None:
        self.dropped = True


def _said(name: str, shared: bool, criteria: Criteria) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields of the fact by which a list is saved or changed, and of the one by which it is narrowed further."""
    said = asdict(criteria.checked())
    narrowed = {each: said.pop(each) for each in NARROWING}
    name = line(name, "name", "Give the list a name.")
    return {"name": name, "shared": shared, **said, "tags": list(said["tags"])}, narrowed


def _an_id(written: str) -> None:
    try:
        UUID(written)
    except ValueError:
        raise Refused("Choose somebody from the list.", "owner") from None
