"""Promises: the ledger of all of them, each with its history, and the moves that may come next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from domain.due import Due
from domain.promise import Cause, State
from domain.refusal import NotFound, Refused
from webapp import candidates, forms, paging, today
from webapp.filled import Filled, Typed, refilled
from webapp.filters import colleagues, in_words, zone
from webapp.htmx import go, page_left, page_or_fragment, wants_fragment
from webapp.ledger import recruiting, views
from webapp.touchpoints import promise_said

pages = Blueprint("promises", __name__)

A_PAGE = 50
MOVES = ("dates", "not-kept", "release")
ASKED = {"dates": ("due", "due_at", "why"), "not-kept": ("cause",), "release": ("why",)}
PLACES = ("candidate", "today", "ledger", "promise")
SAID = {
    "kept": "Kept.",
    "dates": "New date set.",
    "not-kept": "Noted as not kept.",
    "release": "Closed.",
    "undo": "Undone.",
}


# The ledger


@pages.get("/promises")
def ledger() -> Response:
    return page_or_fragment("promises/ledger.html", "rows" if "after" in request.args else "ledger", **_ledger())


def _ledger() -> dict[str, Any]:
    status = request.args.get("status", "")
    status = status if status in list(State) else ""
    whose, asked = request.args.get("who", ""), request.args.get("candidate", "").strip()[:200]
    matches, candidate = _meant(asked)
    rows = []
    if not asked or candidate:
        rows = list(
            views.promises.ledger(status or None, _keeper(whose), candidate, paging.position("after"), A_PAGE + 1)
        )
    people = views.directory.names({row.candidate for row in rows} | ({candidate} if candidate else set()))
    return {
        **row_context("ledger"),
        "rows": rows[:A_PAGE],
        "more": rows[A_PAGE - 1].made_position if len(rows) > A_PAGE else None,
        "people": people,
        "states": list(State),
        "tally": views.promises.tally(_keeper(whose), candidate),
        "state": status,
        "whose": whose,
        "colleagues": colleagues(),
        "asked": people.get(candidate) or asked if candidate else asked,
        "candidate": candidate,
        "matches": matches,
    }


def _keeper(whose: str) -> UUID | None:
    """Whose promises: "me", a colleague's id, or everybody's."""
    if whose == "me":
        return UUID(str(current_user.id))
    return next((row.id for row in colleagues() if str(row.id) == whose), None)


def _meant(asked: str) -> tuple[list[Any], UUID | None]:
    """Whom the Candidate filter means: an id from a link, or a name that fits one person; else those it may mean."""
    try:
        return [], UUID(asked)
    except ValueError:
        found = list(views.search.people(asked)) if asked else []
    same = [row for row in found if (row.name or "").casefold() == asked.casefold()]
    certain = same if len(same) == 1 else found
    return ([], certain[0].candidate) if len(certain) == 1 else (found, None)


# One promise


@pages.get("/promises/<uuid:promise_id>")
def page(promise_id: UUID) -> Response:
    """The promise and its history; with `move`, the form of that move, which htmx shows in the row it came from."""
    row, move = _known(promise_id), request.args.get("move", "")
    asking = _blank(row, move) if move in MOVES and row.state == State.OPEN and candidates.may_write() else None
    if asking and wants_fragment():
        context = {
            **row_context(_place(request.args)),
            "promise": row,
            "asking": asking,
            "whose": today.whose(),
        }
        return Response(render_template("promises/_move_form.html", **context))
    return page_or_fragment("promises/page.html", "promise", **_page(row, asking=asking))


def _page(row: Any, **changed: Any) -> dict[str, Any]:
    history = views.promises.history(row.id)
    last = [step.what for step in history if step.by is not None][-1]
    return {
        **row_context("promise"),
        "promise": row,
        "people": views.directory.names({row.candidate}),
        "history": history,
        "moved": row.id,
        "undone": last == "reopened",
        **changed,
    }


def row_context(shown_on: str, **changed: Any) -> dict[str, Any]:
    """What every row of a promise needs, wherever it stands."""
    return {
        "shown_on": shown_on,
        "writable": candidates.may_write(),
        "asking": None,
        "moved": None,
        "undone": False,
        "said": None,
        "focus": None,
        **changed,
    }


# Making one without a touchpoint


@pages.post("/candidates/<uuid:candidate_id>/promises")
def make(candidate_id: UUID) -> Response:
    try:
        promised = promise_said()
        if promised is None:
            raise Refused("Say what you promised.", "promise")
        recorded = recruiting.make_promise(forms.command(), candidate_id, promised)
    except Refused as refused:
        promising = refilled(request.form, refused, ("promise", "due", "due_at", "who"))
        context = candidates.record(candidate_id, promising=promising)
        return page_or_fragment("candidates/page.html", "record", forms.status(refused), **context)
    views.catch_up()
    if not wants_fragment():
        return go(url_for("candidates.page", candidate_id=candidate_id, _anchor=f"promise-{recorded.streams[0]}"))
    done = f"Promised, due {in_words(promised.due)}."
    context = candidates.record(candidate_id, said=done, moved=recorded.streams[0])
    return page_or_fragment("candidates/page.html", "record", **context)


# Moves


@pages.post("/promises/<uuid:promise_id>/kept")
def keep(promise_id: UUID) -> Response:
    return _move(promise_id, "kept", lambda: recruiting.keep_promise(forms.command(), promise_id, forms.seen()))


@pages.post("/promises/<uuid:promise_id>/dates")
def move_date(promise_id: UUID) -> Response:
    def set_date() -> None:
        on, at = forms.day("due"), forms.clock("due_at")
        if on is None:
            raise Refused("Say by when.", "due")
        why, due = forms.line("why"), Due(on, at, zone().key)
        recruiting.renegotiate_promise(forms.command(), promise_id, due, why, forms.seen())

    return _move(promise_id, "dates", set_date)


@pages.post("/promises/<uuid:promise_id>/not-kept")
def not_kept(promise_id: UUID) -> Response:
    def break_() -> None:
        recruiting.break_promise(forms.command(), promise_id, forms.choice("cause", Cause), forms.seen())

    return _move(promise_id, "not-kept", break_)


@pages.post("/promises/<uuid:promise_id>/release")
def release(promise_id: UUID) -> Response:
    def let_go() -> None:
        recruiting.release_promise(forms.command(), promise_id, forms.line("why"), forms.seen())

    return _move(promise_id, "release", let_go)


@pages.post("/promises/<uuid:promise_id>/undo")
def undo(promise_id: UUID) -> Response:
    return _move(promise_id, "undo", lambda: recruiting.undo_promise(forms.command(), promise_id, forms.seen()))


def _move(promise_id: UUID, move: str, make_it: Callable[[], object]) -> Response:
    """Make a move and answer with the place it was made from; a refusal shows the form in that very place."""
    try:
        make_it()
    except Refused as refused:
        row = _known(promise_id)
        asking = refilled(request.form, refused, ASKED.get(move, ()), promise=promise_id, move=move)
        return _answer(row, forms.status(refused), asking=asking)
    views.catch_up()
    row = _known(promise_id)
    if not wants_fragment():
        return go(_back(row))
    return _answer(row, moved=promise_id, undone=move == "undo", said=SAID[move], focus="undo")


def _answer(row: Any, status: int = 200, **changed: Any) -> Response:
    """The row's surroundings, fresh: the person's record, the agenda, the promise's page, or in the ledger the row."""
    place = _place(request.form)
    if place == "candidate":
        context = candidates.record(row.candidate, **changed)
        return page_or_fragment("candidates/page.html", "record", status, **context)
    if place == "today":
        return page_or_fragment("today/page.html", "agenda", status, **today.agenda(just=row.id, **changed))
    if place == "ledger" and wants_fragment():
        context = {
            **row_context("ledger", **changed),
            "promise": row,
            "people": views.directory.names({row.candidate}),
        }
        return Response(render_template("promises/_promise.html", **context), status)
    return page_or_fragment("promises/page.html", "promise", status, **_page(row, **changed))


def _back(row: Any) -> str:
    """Where a browser goes after a move: the page the promise was shown on, at its row."""
    place, anchor = _place(request.form), f"promise-{row.id}"
    if place == "candidate":
        return url_for("candidates.page", candidate_id=row.candidate, _anchor=anchor)
    if place == "today":
        return url_for("today.page", whose=request.form.get("whose"), just=row.id, _anchor=anchor)
    came_from = page_left()
    if place == "ledger" and came_from.path == url_for("promises.ledger"):
        return f"{came_from.path}?{came_from.query}#{anchor}"
    return url_for("promises.page", promise_id=row.id)


def _place(said: Any) -> str:
    place = said.get("shown_on", "promise")
    return place if place in PLACES else "promise"


def _blank(row: Any, move: str) -> Filled:
    at = f"{row.due_at:%H:%M}" if row.due_at else ""
    return Filled(Typed(due=row.due_on.isoformat(), due_at=at), promise=row.id, move=move)


def _known(promise_id: UUID) -> Any:
    row = views.promises.promise(promise_id)
    if row is None:
        raise NotFound(promise_id)
    return row
