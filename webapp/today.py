"""Today: what is overdue, what is due today, what is coming up; each line finished from the line itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask_login import current_user

from webapp import candidates
from webapp.filters import standing
from webapp.filters import today as this_day
from webapp.htmx import page_or_fragment
from webapp.ledger import views

pages = Blueprint("today", __name__)

SHOWN = 200


@pages.get("/")
def page() -> Response:
    return page_or_fragment("today/page.html", "agenda", **agenda(just=_asked_for()))


def agenda(just: UUID | None = None, **changed: Any) -> dict[str, Any]:
    """The day's promises, mine or everybody's, and on top the one that `just` moved out of them."""
    rows = views.promises.agenda(this_day(), None if whose() == "everybody" else current_user.id, SHOWN)
    lists: dict[str, list[Any]] = {"overdue": [], "today": [], "open": []}
    for row in rows:
        lists[standing(row).kind].append(row)
    done = views.promises.promise(just) if just and all(row.id != just for row in rows) else None
    shown = [*rows, done] if done else rows
    return {
        "day": this_day(),
        "whose": whose(),
        "overdue": lists["overdue"],
        "due_today": lists["today"],
        "coming_up": lists["open"],
        "cut": len(rows) == SHOWN,
        "done": done,
        "anybody": bool(rows) or views.directory.count() > 0,
        "people": views.directory.names({row.candidate for row in shown}),
        "shown_on": "today",
        "writable": candidates.may_write(),
        "asking": None,
        "moved": None,
        "undone": False,
        "said": None,
        "focus": None,
        **changed,
    }


def whose() -> str:
    """Whose promises the page shows."""
    return "everybody" if request.values.get("whose") == "everybody" else "mine"


def _asked_for() -> UUID | None:
    try:
        return UUID(request.args["just"]) if "just" in request.args else None
    except ValueError:
        return None
