"""Touchpoints: writing down what was said, correcting it, taking it back. Nothing that was written is ever hidden."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain.due import Due
from domain.promise import NewPromise
from domain.refusal import NotFound, Refused
from domain.touchpoint import Channel, Direction, Outcome
from webapp import candidates, forms
from webapp.filled import Filled, Typed, refilled
from webapp.filters import in_words, keepers, zone
from webapp.htmx import page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views

pages = Blueprint("touchpoints", __name__)

COMPOSED = ("channel", "outcome", "direction", "happened_at", "note", "promise", "due", "due_at", "who")


# Writing one down


@pages.post("/candidates/<uuid:candidate_id>/touchpoints")
def record(candidate_id: UUID) -> Response:
    try:
        promised = promise_said()
        recorded = recruiting.record_touchpoint(forms.command(), candidate_id, promise=promised, **touchpoint_said())
    except Refused as refused:
        composer = refilled(request.form, refused, COMPOSED)
        context = candidates.record(candidate_id, composer=composer)
        return page_or_fragment("candidates/page.html", "record", forms.status(refused), **context)
    views.catch_up()
    promise = recorded.streams[1] if promised else None
    done = "Saved." if promised is None else f"Saved, with a promise due {in_words(promised.due)}."
    return saved(
        "candidates/page.html",
        "record",
        url_for("candidates.page", candidate_id=candidate_id),
        **candidates.record(candidate_id, said=done, focus="note", moved=promise),
    )


def touchpoint_said() -> dict[str, Any]:
    """What a composer says. A call alone has an outcome, a note is among ourselves, and no time means now."""
    channel = forms.choice("channel", Channel)
    return {
        "channel": channel,
        "direction": Direction.INTERNAL if channel == Channel.NOTE else forms.choice("direction", Direction),
        "outcome": forms.choice("outcome", Outcome) if channel == Channel.CALL else None,
        "happened_at": forms.moment("happened_at", zone().key),
        "words": forms.text("note"),
    }


def promise_said() -> NewPromise | None:
    """The promise of a form, None if its row was left empty. Raises Refused when only half of it was said."""
    words, on, at = forms.line("promise"), forms.day("due"), forms.clock("due_at")
    if not words and on is None and at is None:
        return None
    if not words:
        raise Refused("Say what you promised.", "promise")
    if on is None:
        raise Refused("Say by when.", "due")
    keeper = forms.identity("who")
    if all(row.id != keeper for row in keepers()):
        raise Refused("Choose who keeps this promise.", "who")
    assert keeper is not None
    return NewPromise(words, Due(on, at, zone().key), keeper)


# Mending one


@pages.get("/touchpoints/<uuid:touchpoint_id>")
def page(touchpoint_id: UUID) -> Response:
    entry = _known(touchpoint_id)
    return page_or_fragment(
        "touchpoints/page.html",
        "wordings",
        entry=entry,
        name=views.directory.names({entry.candidate}).get(entry.candidate),
        wordings=views.timeline.wordings(touchpoint_id),
        fragment=wants_fragment(),
    )


@pages.route("/touchpoints/<uuid:touchpoint_id>/corrections", methods=["GET", "POST"])
def correct(touchpoint_id: UUID) -> Response:
    entry = _known(touchpoint_id)
    if request.method == "GET":
        filled = Filled(Typed(note=entry.words or ""))
        return _form("correct", 200, entry, filled)
    try:
        words, why = forms.text("note"), forms.line("why")
        recruiting.correct_touchpoint(forms.command(), touchpoint_id, words, why, forms.seen())
    except Refused as refused:
        filled = refilled(request.form, refused, ("note", "why"))
        return _form("correct", forms.status(refused), entry, filled)
    views.catch_up()
    return saved(
        "touchpoints/entry.html",
        "entry",
        _back(entry),
        entry=_known(touchpoint_id),
        writable=True,
    )


@pages.route("/touchpoints/<uuid:touchpoint_id>/retraction", methods=["GET", "POST"])
def retract(touchpoint_id: UUID) -> Response:
    entry = _known(touchpoint_id)
    if request.method == "GET":
        return _form("retract", 200, entry, Filled())
    try:
        recruiting.retract_touchpoint(forms.command(), touchpoint_id, forms.line("why"), forms.seen())
    except Refused as refused:
        filled = refilled(request.form, refused, ("why",))
        return _form("retract", forms.status(refused), entry, filled)
    views.catch_up()
    return saved(
        "candidates/page.html",
        "record",
        _back(entry),
        **candidates.record(entry.candidate, said="Taken back."),
    )


def _form(name: str, status: int, entry: Any, filled: Filled) -> Response:
    """The form in the entry's own place for htmx, on a page of its own for a browser."""
    shown = {"entry": entry, "filled": filled, "fragment": wants_fragment()}
    return page_or_fragment(f"touchpoints/{name}.html", "mending", status, **shown)


def _known(touchpoint_id: UUID) -> Any:
    entry = views.timeline.entry(touchpoint_id)
    if entry is None:
        raise NotFound(touchpoint_id)
    return entry


def _back(entry: Any) -> str:
    return url_for("candidates.page", candidate_id=entry.candidate, _anchor=f"touchpoint-{entry.subject}")
