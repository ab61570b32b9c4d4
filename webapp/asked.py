"""Which promises somebody asks for: the filters of an address, their rows, and the same rows as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request
from flask_login import current_user

from domain.promise import State
from domain.refusal import Refused
from webapp import forms
from webapp.filters import colleagues, day, state_name, who, zone
from webapp.ledger import installation, views
from webapp.promised import closed_for, forget_names, grade, know_of, person, promiser, theirs

A_BATCH = 500
SORTS = {"newest": "Newest first", "due": "Earliest due first"}
BY = {
    "us": "We promised",
    "them": "They promised us",
    "candidate": "Candidates promised us",
    "contact": "Clients promised us",
}
COLUMNS = (
    "Promise",
    "Status",
    "Grade",
    "Promised by",
    "Promised to",
    "Candidate",
    "Kept or followed up by",
    "Made on",
    "Due on",
    "Due at",
    "Time zone",
    "Date moved",
    "Closed at",
    "Closed by",
    "Cause",
    "Reason",
    "Evidence",
    "Link",
)


@dataclass(frozen=True)
class Asked:
    """What the filters say; `candidate` is an id or a name as typed, `meant` the one person whom that means."""

    status: str = ""
    whose: str = ""
    by: str = ""
    candidate: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "newest"
    meant: UUID | None = None

    @property
    def keeper(self) -> UUID | None:
        """Whose promises: "me", a colleague's id, or everybody's."""
        if self.whose == "me":
            return UUID(str(current_user.id))
        return next((row.id for row in colleagues() if str(row.id) == self.whose), None)

    @property
    def address(self) -> dict[str, Any]:
        """The filters as they stand in an address, those left empty left out."""
        return {
            "status": self.status or None,
            "who": self.whose or None,
            "by": self.by or None,
            "candidate": self.meant or self.candidate or None,
            "from": self.since,
            "to": self.until,
            "sort": self.sort if self.sort != "newest" else None,
        }

    @property
    def narrowed(self) -> bool:
        """Whether any filter leaves something out."""
        return any((self.status, self.whose, self.by, self.candidate, self.since, self.until))

    @property
    def in_short(self) -> list[str]:
        """The filters in words: what a printed page is about."""
        words = (
            state_name(self.status) if self.status else "",
            BY.get(self.by, ""),
            who(self.keeper) if self.keeper else "",
            f"about {person(self.meant)}" if self.meant else "",
            f"made from {day(self.since).striptags()}" if self.since else "",
            f"made until {day(self.until).striptags()}" if self.until else "",
        )
        return [each for each in words if each]

    def page(self, after: Any, limit: int) -> list[Any]:
        """The promises that all filters let through, after the one with this key."""
        if self.candidate and self.meant is None:
            return []
        status = self.status or None
        return list(views.promises.ledger(status, sort=self.sort, after=after, limit=limit, **self._which))

    def key(self, row: Any) -> Any:
        """Where the next page begins."""
        return (row.due_on, row.id) if self.sort == "due" else row.made_position

    def tally(self) -> dict[State, int]:
        """How many of them are in which state."""
        if self.candidate and self.meant is None:
            return {}
        counted = views.promises.tally(**self._which)
        return {state: counted[state] for state in State if counted.get(state) and self.status in ("", state)}

    def cells(self) -> Iterator[tuple[object, ...]]:
        """A line for each, read in batches: a long ledger takes no more memory than a short one."""
        after = None
        while rows := self.page(after, A_BATCH):
            know_of(rows)
            yield from map(_cells, rows)
            after = self.key(rows[-1])
            forget_names()

    @property
    def _which(self) -> dict[str, Any]:
        return {
            "keeper": self.keeper,
            "candidate": self.meant,
            "party": self.by or None,
            "since": self.since,
            "until": self.until,
        }


def asked() -> tuple[Asked, list[Any]]:
    """The filters of this address, and whom the Candidate filter may mean. Raises Refused beside `from` or `to`."""
    said = request.args
    since, until = forms.day("from", said=said), forms.day("to", said=said)
    if since and until and until < since:
        raise Refused("This is before “From”.", "to")
    candidate = said.get("candidate", "").strip()[:200]
    matches, meant = _meant(candidate)
    chosen = {"status": list(State), "by": BY, "sort": SORTS}
    known = {name: said[name] for name, all_of_them in chosen.items() if said.get(name) in all_of_them}
    whose = said.get("who", "")
    return Asked(whose=whose, candidate=candidate, since=since, until=until, meant=meant, **known), matches


def _meant(candidate: str) -> tuple[list[Any], UUID | None]:
    """An id from a link, or a name that fits one person; else those it may mean."""
    try:
        return [], UUID(candidate)
    except ValueError:
        found = list(views.search.people(candidate)) if candidate else []
    same = [row for row in found if (row.name or "").casefold() == candidate.casefold()]
    certain = same if len(same) == 1 else found
    return ([], certain[0].candidate) if len(certain) == 1 else (found, None)


def _cells(row: Any) -> tuple[object, ...]:
    base = installation.settings.base_url
    return (
        "words removed" if row.words is None else row.words,
        state_name(row.state),
        grade(row) if row.state == State.KEPT else "",
        promiser(row),
        "us" if theirs(row) else person(row.candidate),
        person(row.candidate),
        who(row.keeper),
        row.made_on,
        row.due_on,
        f"{row.due_at:%H:%M}" if row.due_at else "",
        row.due_zone,
        row.moved,
        row.closed_at.astimezone(zone()) if row.closed_at else "",
        closed_for(row) or who(row.closed_by) if row.closed_at else "",
        row.cause,
        row.why,
        f"{base}/touchpoints/{row.evidence}" if row.evidence else "",
        f"{base}/promises/{row.id}",
    )
