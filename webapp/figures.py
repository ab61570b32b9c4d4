"""Figures of promises: how many ended how, and a share of them only where there are enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from domain.promise import Cause, State
from projections.scorecard import LATE, ON_TIME, OPEN, OVERDUE, OVERTAKEN, RELEASED, WITHDRAWN

NO_BREAK = "\N{NO-BREAK SPACE}"
ENOUGH = 10  # promises, below which a percentage says nothing
CAUSES = tuple(map(str, Cause))
STATES = {ON_TIME: State.KEPT, LATE: State.KEPT, OPEN: State.OPEN, OVERDUE: State.OPEN}
STATES |= {OVERTAKEN: State.OVERTAKEN, RELEASED: State.RELEASED, WITHDRAWN: State.WITHDRAWN}
STATES |= dict.fromkeys(CAUSES, State.BROKEN)
BEGAN = {
    Cause.CLIENT_SLIPPED: "began with a client who slipped",
    Cause.WE_FORGOT: "were forgotten",
    Cause.UNREACHABLE: "failed because somebody could not be reached",
    Cause.OTHER: "",
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "Recorded": tuple(how for how in STATES if how != WITHDRAWN),
    "On time": (ON_TIME,),
    "Late": (LATE,),
    "Not kept": CAUSES,
    "Overdue": (OVERDUE,),
    "Open": (OPEN,),
    "Overtaken": (OVERTAKEN,),
    "No longer needed": (RELEASED,),
}
BARS = (
    ("on-time", "kept on time", (ON_TIME,)),
    ("late", "kept late", (LATE,)),
    ("broken", "not kept", CAUSES),
    ("overdue", "overdue", (OVERDUE,)),
    ("gone", "overtaken or no longer needed", (OVERTAKEN, RELEASED)),
    ("open", "open", (OPEN,)),
)


@dataclass(frozen=True)
class Bar:
    """A piece of a bar: what it stands for, where it begins and how long it is, in percent of the longest bar."""

    kind: str
    x: float
    width: float


@dataclass
class Figures:
    """Of one week, client, kind or colleague: how many promises ended how, and how many were moved.

    `ledger` are the filters under which the ledger shows these very promises, None where it has no such filters.
    """

    name: str
    ledger: dict[str, Any] | None = None
    how: Counter[str] = field(default_factory=Counter)
    moved_before: int = 0
    moved_after: int = 0

    def add(self, row: Any) -> None:
        """Count what a row of the scorecard counts. What was entered by mistake counts nowhere."""
        self.how[row.how] += row.promises
        if row.how != WITHDRAWN:
            self.moved_before += row.moved_before
            self.moved_after += row.moved_after

    def count(self, column: str) -> int:
        return self._sum(COLUMNS[column])

    def address(self, column: str) -> dict[str, Any] | None:
        """The ledger's filters for exactly the promises that stand in a column, None if it has none for them."""
        if self.ledger is None or not self.count(column):
            return None
        states = {STATES[how] for how in COLUMNS[column]}
        of_these = sum(number for how, number in self.how.items() if column == "Recorded" or STATES[how] in states)
        if of_these != self.count(column):
            return None
        return {**self.ledger, "status": None if column == "Recorded" else states.pop()}

    @property
    def causes(self) -> str:
        """Why promises were not kept: "2 client slipped, 1 we forgot", broken between them alone."""
        said = (f"{self.how[cause]} {cause}" for cause in CAUSES if self.how[cause])
        return ", ".join(each.replace(" ", NO_BREAK) for each in said)

    @property
    def came_due(self) -> int:
        """How many were kept, not kept, or are overdue: the rest has still time, or no need of being kept any more."""
        return self._sum((ON_TIME, LATE, *CAUSES, OVERDUE))

    @property
    def share(self) -> str:
        """How many of those that came due were kept on time, and what part that is."""
        if not self.came_due:
            return "none came due"
        counts = f"{self.how[ON_TIME]} of {self.came_due}".replace(" ", NO_BREAK)
        return f"{counts}, {part(self.how[ON_TIME], self.came_due)}"

    @property
    def in_words(self) -> str:
        """The figures as a sentence."""
        said = (f"{self._sum(how)} {words}" for _, words, how in BARS if self._sum(how))
        return f"{self.count('Recorded')} recorded: {', '.join(said)}." if self.count("Recorded") else "None recorded."

    def bars(self, longest: int) -> list[Bar]:
        """The pieces of its bar, from left to right."""
        pieces, x = [], 0.0
        for kind, _, how in BARS:
            width = 100 * self._sum(how) / longest if longest else 0
            if width:
                pieces.append(Bar(kind, round(x, 2), round(width, 2)))
            x += width
        return pieces

    def _sum(self, how: Iterable[str]) -> int:
        return sum(self.how[each] for each in how)


def part(some: int, of: int) -> str:
    """A percentage, or that there are too few to speak of one."""
    return f"{100 * some / of:.0f}{NO_BREAK}%" if of >= ENOUGH else "too few for a share"


def grouped(rows: Iterable[Any], key: Callable[[Any], Any], name: Callable[[Any], Figures]) -> dict[Any, Figures]:
    """The figures of each group of rows; `name` begins one by its key."""
    groups: dict[Any, Figures] = {}
    for row in rows:
        group = key(row)
        if group not in groups:
            groups[group] = name(group)
        groups[group].add(row)
    return groups


def total(groups: Iterable[Figures], name: str, ledger: dict[str, Any] | None = None) -> Figures:
    """All of these together."""
    everything = Figures(name, ledger)
    for each in groups:
        everything.how += each.how
        everything.moved_before += each.moved_before
        everything.moved_after += each.moved_after
    return everything


def where_it_began(broken: Counter[tuple[str, str]], whose: str) -> str:
    """Where at least half of the promises that we did not keep began, if there are enough of them.

    `broken` counts them by cause and client, "" where no client is known; `whose` they are, "our" or "your".
    """
    everything, clients, causes = broken.total(), Counter[str](), Counter[str]()
    for (cause, client), count in broken.items():
        causes[cause] += count
        if cause == Cause.CLIENT_SLIPPED and client:
            clients[client] += count
    found = [(count, f"began with {client}") for client, count in clients.most_common(1)]
    found += [(count, BEGAN[Cause(cause)]) for cause, count in causes.most_common(1)]
    for count, began in found:
        if everything >= ENOUGH and 2 * count >= everything and began:
            return f"{part(count, everything)} of {whose} broken promises ({count} of {everything}) {began}."
    return ""
