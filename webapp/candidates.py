"""Candidates: finding them, adding one, and the page on which everything about a person stands."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, session, url_for
from flask_login import current_user

from domain.promise import State
from domain.recruiter import Role
from domain.refusal import NotFound, Refused
from webapp import forms, paging
from webapp.filled import Filled, Typed, refilled
from webapp.filters import just_now, standing
from webapp.htmx import go, page_or_fragment
from webapp.ledger import recruiting, views

pages = Blueprint("candidates", __name__)

FOUND = 20
A_PAGE = 50
ENTRIES = 15
ADDED = ("name", "email", "phone", "headline", "place")
ALWAYS_SHOWN = 2


# Finding and adding


@pages.get("/candidates")
def index() -> Response:
    block = "listed" if "after" in request.args else "hits" if "before" in request.args else "found"
    return page_or_fragment("candidates/index.html", block, **_found(Filled()))


@pages.post("/candidates")
def add() -> Response:
    try:
        details = {name: forms.line(name) for name in ADDED}
        recorded = recruiting.add_candidate(forms.command(), **details)
    except Refused as refused:
        adding = refilled(request.form, refused, ADDED)
        return page_or_fragment("candidates/index.html", "adding", forms.status(refused), **_found(adding))
    return go(url_for("candidates.page", candidate_id=recorded.streams[0]))


def _found(adding: Filled) -> dict[str, Any]:
    """People first, then notes and promises by their words; without a question, everybody by name."""
    asked = " ".join(request.args.get("q", "").split())[:200]
    shown = _looked_up(asked) if asked else _everybody()
    return {"q": asked, "adding": adding, "writable": may_write(), **shown}


def _looked_up(asked: str) -> dict[str, Any]:
    before = paging.position("before")
    hits = views.search.words(asked, limit=FOUND + 1, before=before)
    return {
        "people": views.search.people(asked, limit=FOUND) if before is None else [],
        "hits": hits[:FOUND],
        "names": views.directory.names({hit.candidate for hit in hits}),
        "more": hits[FOUND - 1].position if len(hits) > FOUND else None,
        "listed": [],
        "count": None,
    }


def _everybody() -> dict[str, Any]:
    listed = views.directory.page(paging.name("after"), limit=A_PAGE + 1)
    return {
        "people": [],
        "hits": [],
        "listed": listed[:A_PAGE],
        "more": paging.after_name(listed[A_PAGE - 1]) if len(listed) > A_PAGE else None,
        "count": views.directory.count(),
    }


# The person


@pages.get("/candidates/<uuid:candidate_id>")
def page(candidate_id: UUID) -> Response:
    context = record(candidate_id)
    session["opened"] = [str(candidate_id), int(time.time())]
    return page_or_fragment("candidates/page.html", "record", **context)


@pages.get("/candidates/<uuid:candidate_id>/timeline")
def timeline(candidate_id: UUID) -> Response:
    return page_or_fragment("candidates/timeline.html", "entries", **_entries(known(candidate_id)))


def record(candidate_id: UUID, **changed: Any) -> dict[str, Any]:
    """Everything that the page about a person shows; `changed` says what a form on it has just done."""
    candidate = known(candidate_id)
    promises = views.promises.of(candidate_id)
    return {
        **_entries(candidate),
        "promises": promises,
        "shelf": shelve(promises),
        "shown_on": "candidate",
        "composer": Filled(blank()),
        "promising": Filled(blank()),
        "asking": None,
        "moved": None,
        "undone": False,
        "said": None,
        "focus": None,
        **changed,
    }


def known(candidate_id: UUID) -> Any:
    """The candidate's row. Raises NotFound."""
    candidate = views.directory.candidate(candidate_id)
    if candidate is None:
        raise NotFound(candidate_id)
    return candidate


def blank() -> Typed:
    """What stands in a composer that nobody has written in yet."""
    return Typed(channel="call", outcome="talked", direction="out", who=str(current_user.id))


def may_write() -> bool:
    return bool(current_user.role != Role.AUDITOR)


def _entries(candidate: Any) -> dict[str, Any]:
    rows = views.timeline.of(candidate.id, before=paging.moment("before"), limit=ENTRIES + 1)
    return {
        "candidate": candidate,
        "writable": may_write() and candidate.erased_at is None,
        "entries": rows[:ENTRIES],
        "older": paging.before_moment(rows[ENTRIES - 1]) if len(rows) > ENTRIES else None,
    }


# The shelf of promises


@dataclass(frozen=True)
class Shelf:
    """A person's promises as they are laid out: what presses is never folded away."""

    near: list[Any]
    later: list[Any]
    closed: list[Any]
    open: int
    overdue: int
    kept: int
    judged: int


def shelve(promises: Sequence[Any]) -> Shelf:
    """Overdue and due today always in sight, with what was just closed; a few more; the rest under one line."""
    still_open = [row for row in promises if row.state == State.OPEN]
    closed = [row for row in promises if row.state != State.OPEN]
    kinds = [standing(row).kind for row in still_open]
    pressing = sum(kind != "open" for kind in kinds)
    near = still_open[: max(pressing, ALWAYS_SHOWN)]
    fresh = [row for row in closed if just_now(row.closed_at)]
    kept = sum(row.state == State.KEPT for row in closed)
    return Shelf(
        near=near + fresh,
        later=still_open[len(near) :],
        closed=[row for row in closed if row not in fresh],
        open=len(still_open),
        overdue=kinds.count("overdue"),
        kept=kept,
        judged=kept + sum(row.state == State.BROKEN for row in closed),
    )
