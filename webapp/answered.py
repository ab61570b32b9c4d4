"""How long people wait for our answer, in working hours: one's own figures, and the team's for who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median
from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from flask_login import current_user

from domain.recruiter import Role
from webapp.filters import agency, now
from webapp.hours import LONGEST_PAUSE, WorkingTime, local_day
from webapp.htmx import page_or_fragment
from webapp.ledger import views

pages = Blueprint("answered", __name__)

WEEKS = (4, 13)
MOST = 2000
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Figures:
    """Of so many answers in the last weeks: within what half were given, and within what nine in ten."""

    weeks: int
    answers: int
    half: timedelta | None
    nine_in_ten: timedelta | None
    by_colleagues: int


@dataclass(frozen=True)
class Whose:
    """The figures of one colleague or of the team; `cut` where there were more answers than are counted."""

    heading: str
    own: bool
    figures: list[Figures]
    cut: bool


@pages.get("/answers")
def page() -> Response:
    shown = []
    if current_user.role != Role.AUDITOR:
        shown.append(_of("Yours", current_user.id))
    if current_user.role != Role.RECRUITER:
        shown.append(_of("The whole team", None))
    return page_or_fragment("answered/page.html", "answered", shown=shown, most=MOST)


@pages.app_template_filter()
def lasting(time: timedelta | None) -> str:
    """ "35 min", "2 h 10 min", "17 h"; nothing where there is none."""
    if time is None:
        return "none yet"
    if time < timedelta(minutes=1):
        return "at once"
    hours, minutes = divmod(round(time / timedelta(minutes=1)), 60)
    if hours >= 10 or not minutes:
        return f"{round(time / AN_HOUR)} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _of(heading: str, owner: UUID | None) -> Whose:
    """`owner` looks after those who were answered; None, everybody's."""
    rows = views.relationships.answers_since(now() - timedelta(weeks=max(WEEKS)), owner, MOST)
    waits = _waits(rows)
    return Whose(heading, owner is not None, [_figures(weeks, waits) for weeks in WEEKS], len(rows) == MOST)


def _waits(rows: Sequence[Any]) -> list[tuple[Any, timedelta]]:
    """Each answer with how long it was waited for, in working hours; who waited for a year waited long enough."""
    if not rows:
        return []
    last = local_day(now(), agency())
    first = max(local_day(min(row.asked_at for row in rows), agency()), last - timedelta(days=LONGEST_PAUSE))
    working = WorkingTime(first, last, agency())
    return [(row, working.between(row.asked_at, row.answered_at)) for row in rows]


def _figures(weeks: int, waits: list[tuple[Any, timedelta]]) -> Figures:
    lately = [(row, wait) for row, wait in waits if row.answered_at >= now() - timedelta(weeks=weeks)]
    times = sorted(wait for _, wait in lately)
    others = sum(row.owner != row.answered_by for row, _ in lately)
    if not times:
        return Figures(weeks, 0, None, None, 0)
    return Figures(weeks, len(times), median(times), times[ceil(0.9 * len(times)) - 1], others)
