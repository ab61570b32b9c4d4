"""A candidate's year as a strip: what was said to them and by them, and what became of promises, week by week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask import Flask

from domain.promise import State
from domain.touchpoint import Direction
from webapp.figures import STATES
from webapp.filters import day, today, zone
from webapp.hours import moment
from webapp.ledger import views

WEEKS = 52
A_WEEK = timedelta(days=7)
WORDS = {
    State.KEPT: "kept",
    State.BROKEN: "not kept",
    State.OPEN: "open",
    State.OVERTAKEN: "overtaken",
    State.RELEASED: "no longer needed",
}
MARKS = (State.BROKEN, State.OPEN, State.KEPT)  # the first of these that a week has is drawn
TALLEST = 4  # touchpoints of one way in a week; more are drawn as these


@dataclass(frozen=True)
class Year:
    """`to_them` and `from_them` count touchpoints by week (0 … 51), `promises` by week and state.

    `known_since` is the week from which on we know them.
    """

    since: date
    to_them: Counter[int]
    from_them: Counter[int]
    promises: Counter[tuple[int, State]]
    known_since: int

    def __bool__(self) -> bool:
        return bool(self.to_them or self.from_them or self.promises)

    @property
    def in_words(self) -> str:
        """The totals, and when it was quiet for longest."""
        out, back = self.to_them.total(), self.from_them.total()
        said = [f"{_many(out + back, 'touchpoint')}, {out} to them and {back} from them"] if out + back else []
        if self.promises:
            by_state = Counter[State]()
            for (_, state), count in self.promises.items():
                by_state[state] += count
            became = ", ".join(f"{by_state[state]} {words}" for state, words in WORDS.items() if by_state[state])
            said.append(f"{_many(self.promises.total(), 'promise')}: {became}")
        return f"{'; '.join(said)}.{self._quiet()}"

    def _quiet(self) -> str:
        length, begins = self.longest_quiet
        return f" Quiet longest: {length} weeks from {day(self._first_day(begins)).striptags()}." if length > 1 else ""

    @property
    def longest_quiet(self) -> tuple[int, int]:
        """How many weeks nobody said a word for longest, and the week in which that began."""
        longest, begins, length = 0, 0, 0
        for week in range(self.known_since, WEEKS):
            length = 0 if self.to_them[week] or self.from_them[week] else length + 1
            if length > longest:
                longest, begins = length, week - length + 1
        return longest, begins

    @property
    def months(self) -> list[tuple[int, str]]:
        """The weeks in which a month begins, and its name."""
        weeks = [self._first_day(week) for week in range(WEEKS)]
        return [(n, f"{on:%b}") for n, on in enumerate(weeks[:-2]) if n and on.month != weeks[n - 1].month]

    def drawn(self, way: str) -> str:
        """An SVG path: a bar upwards for what was said to them, downwards for what they said; 52 wide, 0 the middle."""
        sign, counts = ("-", self.to_them) if way == Direction.OUT else ("", self.from_them)
        return "".join(f"M{week} 0v{sign}{2 * min(counts[week], TALLEST)}h.7V0z" for week in sorted(counts))

    def marked(self, state: State, height: int) -> str:
        """An SVG path: a mark for each week whose promises are drawn as this state, so high, upwards from 0."""
        return "".join(f"M{week} 0v-{height}h.7V0z" for week in range(WEEKS) if self._mark(week) == state)

    def _mark(self, week: int) -> State | None:
        return next((state for state in MARKS if self.promises[week, state]), None)

    def _first_day(self, week: int) -> date:
        return self.since + week * A_WEEK


def init_year(app: Flask) -> None:
    """Let the page of a candidate say `year_of(candidate)`."""
    app.jinja_env.globals.update(year_of=year_of)


def year_of(candidate: Any) -> Year:
    """The 52 weeks until today."""
    since = today() - WEEKS * A_WEEK + timedelta(days=1)
    to_them, from_them = Counter[int](), Counter[int]()
    for row in views.timeline.weeks(candidate.id, moment(since, time(0), zone().key)):
        if row.direction != Direction.INTERNAL:
            counts = to_them if row.direction == Direction.OUT else from_them
            counts[min(row.week, WEEKS - 1)] += row.touchpoints
    promises = Counter[tuple[int, State]]()
    for row in views.scorecard.of(candidate.id, since):
        promises[_week(row.made_on, since), STATES[row.ended]] += 1
    added = _week(candidate.added_at.astimezone(zone()).date(), since)
    return Year(since, to_them, from_them, promises, min([added, *to_them, *from_them]))


def _week(on: date, since: date) -> int:
    return min(max((on - since).days // 7, 0), WEEKS - 1)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
