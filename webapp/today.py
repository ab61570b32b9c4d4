"""Today: what is overdue, due today and coming up, and who waits to hear from us; each line finished from the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from domain.recruiter import Role
from domain.refusal import NotFound, Refused
from webapp import candidates, forms
from webapp.absent import covers
from webapp.filters import agency, explain, now, standing, zone
from webapp.filters import today as this_day
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, views
from webapp.nightly import backup_trouble, last_backup
from webapp.promised import know, know_of, theirs

pages = Blueprint("today", __name__)

SHOWN = 200
WAITING = 10
OF_ONE = 50
COUNTED = 500


@pages.get("/")
def page() -> Response:
    return page_or_fragment("today/page.html", "agenda", **agenda(_id("just"), _id("settled")))


def agenda(just: UUID | None = None, settled: UUID | None = None, **changed: Any) -> dict[str, Any]:
    """The day, mine or everybody's; on top what a move just took out of it: the promise `just`, or the touchpoint
    `settled` that needs no answer."""
    keeper = None if whose() == "everybody" else current_user.id
    rows = views.promises.agenda(this_day(), keeper, SHOWN)
    waiting, above = _waiting(keeper, {row.candidate for row in rows if not theirs(row)})
    figures = _figures(keeper)
    lists: dict[str, list[Any]] = {"overdue": [], "today": [], "open": []}
    for row in rows:
        lists[standing(row).kind].append(row)
    shown = {row.id for row in rows} | {each.promise.id for each in waiting if each.promise}
    covered = [_covered(absence, shown) for absence in covers().covered_by(keeper)] if keeper else []
    done = views.promises.promise(just) if just and just not in shown else None
    know_of([*rows, *([done] if done else [])])
    return {
        "day": this_day(),
        "whose": whose(),
        "overdue": lists["overdue"],
        "due_today": lists["today"],
        "coming_up": lists["open"],
        "cut": len(rows) == SHOWN,
        "waiting": waiting,
        "above": above,
        "waiting_count": figures.people,
        "covered": covered,
        "away": covers().absence(current_user.id),
        "counted": COUNTED,
        "done": done,
        "settled": _settled(settled),
        "figure": _figure(_figures(None) if keeper else figures) if current_user.role == Role.OWNER else None,
        "anybody": bool(rows) or bool(waiting) or bool(covered) or views.directory.count() > 0,
        "shown_on": "today",
        "writable": candidates.may_write(),
        "asking": None,
        "moved": None,
        "undone": False,
        "said": None,
        "focus": None,
        "refusal": None,
        **changed,
    }


def whose() -> str:
    """Whose promises the page shows."""
    return "everybody" if request.values.get("whose") == "everybody" else "mine"


# Who waits to hear from us


@dataclass(frozen=True)
class Waits:
    """One person who waits, since when, and what for: an answer to `asked`, a `promise`, or a word from us at all."""

    person: Any
    asked: Any
    promise: Any

    @property
    def days(self) -> int:
        return (this_day() - _day(self.person.since)).days


def _waiting(owner: UUID | None, promised_above: set[UUID]) -> tuple[list[Waits], int]:
    """The most urgent, and how many of them wait for a promise that stands in the day's lists already."""
    rows = views.relationships.waiting(now(), agency().silent_after, owner, WAITING)
    shown = [row for row in rows if row.reason != "promise" or row.candidate not in promised_above]
    promised = views.promises.next_of({row.candidate for row in shown if row.reason == "promise"})
    said = views.timeline.entries({row.touchpoint for row in shown if row.touchpoint and row.candidate not in promised})
    know_of(promised.values())
    waits = [Waits(row, said.get(row.touchpoint), promised.get(row.candidate)) for row in shown]
    return waits, len(rows) - len(shown)


@dataclass(frozen=True)
class Covered:
    """What is due at somebody who is away, and who waits to hear from them: for who covers to look after."""

    absence: Any
    promises: list[Any]
    waiting: list[Waits]


def _covered(absence: Any, shown: set[UUID]) -> Covered:
    """Without the promises that are `shown` above; those here are then among them."""
    rows = [row for row in views.promises.agenda(this_day(), absence.recruiter, OF_ONE) if row.id not in shown]
    shown.update(row.id for row in rows)
    waiting, _ = _waiting(absence.recruiter, {row.candidate for row in rows if not theirs(row)})
    waiting = [each for each in waiting if each.promise is None or each.promise.id not in shown]
    shown.update(each.promise.id for each in waiting if each.promise)
    know_of(rows)
    return Covered(absence, rows, waiting)


def _figures(owner: UUID | None) -> Any:
    return views.relationships.waiting_figures(now(), agency().silent_after, owner, COUNTED)


@pages.post("/touchpoints/<uuid:touchpoint_id>/no-answer-needed")
def no_answer_needed(touchpoint_id: UUID) -> Response:
    """They need not hear from us after this."""
    return _answer_is(touchpoint_id, recruiting.answer_not_needed, "No answer needed.", settled=touchpoint_id)


@pages.post("/touchpoints/<uuid:touchpoint_id>/answer-needed")
def answer_needed(touchpoint_id: UUID) -> Response:
    """They wait after all."""
    return _answer_is(touchpoint_id, recruiting.answer_needed, "Undone.")


def _answer_is(touchpoint_id: UUID, verb: Any, said: str, settled: UUID | None = None) -> Response:
    entry = views.timeline.entry(touchpoint_id)
    if entry is None:
        raise NotFound(touchpoint_id)
    try:
        verb(forms.command(), touchpoint_id)
    except Refused as refused:
        return _shown(entry, forms.status(refused), refusal=explain(refused).sentence)
    views.catch_up()
    if wants_fragment():
        return _shown(entry, settled=settled, said=said)
    if request.form.get("shown_on") == "candidate":
        return go(url_for("candidates.page", candidate_id=entry.candidate, _anchor=f"touchpoint-{touchpoint_id}"))
    return go(url_for("today.page", whose=whose() if whose() == "everybody" else None, settled=settled))


def _shown(entry: Any, status: int = 200, said: str | None = None, **changed: Any) -> Response:
    if request.form.get("shown_on") == "candidate" and wants_fragment():
        context = candidates.record(entry.candidate, said=said or changed.get("refusal"))
        return page_or_fragment("candidates/page.html", "record", status, **context)
    return page_or_fragment("today/page.html", "agenda", status, **agenda(said=said, **changed))


def _settled(touchpoint: UUID | None) -> Any:
    entry = views.timeline.entry(touchpoint) if touchpoint else None
    if entry is not None:
        know([entry.candidate])
    return entry


# What the owner wants to know first


@dataclass(frozen=True)
class Figure:
    """How many wait to hear from anybody here, how long the longest, and whether a night's backup exists."""

    people: int
    days: int | None
    backup: datetime | None
    tonight: bool
    trouble: str


def _figure(waiting: Any) -> Figure:
    backup = last_backup(installation)
    tonight = backup is not None and _day(backup) == this_day()
    return Figure(
        people=waiting.people,
        days=(this_day() - _day(waiting.longest)).days if waiting.longest else None,
        backup=backup,
        tonight=tonight,
        trouble="" if tonight else backup_trouble(installation),
    )


def _day(instant: datetime) -> date:
    return instant.astimezone(zone()).date()


def _id(argument: str) -> UUID | None:
    try:
        return UUID(request.args[argument]) if argument in request.args else None
    except ValueError:
        return None
