"""Who is away and who covers, in words; and who did something for somebody who was away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask import Flask, g

from domain.due import Due
from webapp.covering import Covers
from webapp.filters import colleagues, in_words, now, who
from webapp.ledger import views


def init_absent(app: Flask) -> None:
    """Let templates say `colleague.id|away`, `colleague|called`, `absence|covered` and the like."""
    for wording in (away, called, until, days_away, covered, broken):
        app.add_template_filter(wording)
    app.jinja_env.globals.update(absences=absences)


def covers() -> Covers:
    """As it stands in this request."""
    if "covers" not in g:
        g.covers = Covers(colleagues(), absences(), now())
    return cast(Covers, g.covers)


def absences() -> list[Any]:
    """All that are not over."""
    if "absences" not in g:
        g.absences = list(views.team.absences(now()))
    return cast("list[Any]", g.absences)


def away(recruiter: UUID) -> str:
    """ "away until Fri 4 Dec, Tom covers" of whoever is away, else nothing."""
    absence = covers().absence(recruiter)
    return f"away until {until(absence)}, {covered(absence)}" if absence else ""


def called(colleague: Any) -> str:
    """A colleague's name where one is to be chosen, with a word if they are away."""
    gone = away(colleague.id)
    return f"{colleague.name} ({gone})" if gone else str(colleague.name)


def until(absence: Any) -> str:
    """The last day of an absence, as plain words."""
    return in_words(Due(absence.last_day, None, absence.zone))


def days_away(absence: Any) -> str:
    """ "Mon 30 Nov to Fri 4 Dec", or one day."""
    first = in_words(Due(absence.first_day, None, absence.zone))
    return first if absence.first_day == absence.last_day else f"{first} to {until(absence)}"


def covered(absence: Any) -> str:
    """ "Tom covers", "nobody covers", or that who was to cover does so no more."""
    if broken(absence):
        return f"{who(absence.cover)} cannot cover any more"
    return f"{who(absence.cover)} covers" if absence.cover else "nobody covers"


def broken(absence: Any) -> bool:
    """Whether somebody was to cover and does not any more."""
    return absence.cover is not None and covers().cover(absence) is None


def look_again() -> None:
    """Forget what was asked, since it was changed."""
    for known in ("absences", "covers"):
        g.pop(known, None)


# Who did it instead


def stood_in(keeper: UUID, by: UUID | None, at: datetime) -> bool:
    """Whether who did something then covered for the keeper."""
    if by is None or by == keeper:
        return False
    know_covered([keeper])
    return any(row.cover == by and row.begins_at <= at < row.ends_at for row in _covered()[keeper])


def know_covered(keepers: Iterable[UUID]) -> None:
    """Ask in one question when these colleagues were covered."""
    unknown = set(keepers) - set(_covered())
    for row in views.team.covered(unknown):
        _covered().setdefault(row.recruiter, []).append(row)
    for keeper in unknown:
        _covered().setdefault(keeper, [])


def _covered() -> dict[UUID, list[Any]]:
    return cast("dict[UUID, list[Any]]", g.setdefault("were_covered", {}))
