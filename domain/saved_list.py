"""A list: people found by the same criteria again and again, for one recruiter or for all."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from eventsourcing.domain import event

from domain.refusal import NotFound, Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import line, tag

MOST_TAGS = 3
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


class Only(StrEnum):
    """OVERDUE: a promise of ours to them is late. SILENT: the conversation has fallen silent."""

    OVERDUE = "overdue"
    SILENT = "silent"


@dataclass(frozen=True)
class Criteria:
    """Whom a list finds: those to whom all of it applies.

    `owner` is a colleague's id, or "me", whoever looks. `place` is how their place begins. The last contact was
    `contact_since` a day or later, and earlier than `contact_before`.
    """

    tags: tuple[str, ...] = ()
    place: str = ""
    owner: str = ""
    only: str = ""
    nothing_open: bool = False
    contact_since: date | None = None
    contact_before: date | None = None

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
        checked = replace(self, tags=tags, place=line(self.place, "place"), only=str(self.only))
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

    class ListDropped(Fact):
        TOPIC = "list.dropped"

    @classmethod
    def save(cls, id: UUID, by: UUID, name: str, shared: bool, criteria: Criteria) -> SavedList:
        return cls._create(cls.ListSaved, id=id, by=by, person=None, **_said(name, shared, criteria))

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
        said = _said(name, shared, criteria)
        if said != _said(self.name, self.shared, self.criteria):
            self._changed(by=by, **said)

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
        self._hold(name, shared, Criteria(tuple(tags), place, owner, only, nothing_open, contact_since, contact_before))

    @event(ListDropped)
    def _dropped(self, by: UUID) -> None:
        self.dropped = True


def _said(name: str, shared: bool, criteria: Criteria) -> dict[str, Any]:
    said = asdict(criteria.checked())
    name = line(name, "name", "Give the list a name.")
    return {"name": name, "shared": shared, **said, "tags": list(said["tags"])}


def _an_id(written: str) -> None:
    try:
        UUID(written)
    except ValueError:
        raise Refused("Choose somebody from the list.", "owner") from None
