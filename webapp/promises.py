"""Promises: the ledger of all of them, each with its history, and the moves that may come next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for

from domain.promise import Cause, Overtaken, State
from domain.refusal import NotFound, Refused
from webapp import candidates, forms, paging, today
from webapp.asked import BY, COLUMNS, SORTS, Asked, asked
from webapp.chains import proposals, told_of
from webapp.dues import due_said, later_said
from webapp.filled import Filled, Typed, refilled
from webapp.filters import at, colleagues, in_words
from webapp.filters import today as this_day
from webapp.htmx import go, page_left, page_or_fragment, wants_fragment
from webapp.ledger import recruiting, views
from webapp.promised import just_undone, know_of, later, may_move
from webapp.promising import PROMISED, keeper_said, promise_said
from webapp.spreadsheet import sent

pages = Blueprint("promises", __name__)

A_PAGE = 50
CHOICES = 8
ASKED = {
    "kept": ("evidence",),
    "evidence": ("evidence",),
    "dates": ("due", "due_at", "why", "until", "until_words"),
    "not-kept": ("cause",),
    "release": ("because", "why"),
    "keeper": ("who",),
    "corrections": ("promise", "why"),
}
ADDRESSES = {
    "kept": "promises.keep",
    "evidence": "promises.give_evidence",
    "dates": "promises.move_date",
    "not-kept": "promises.not_kept",
    "release": "promises.release",
    "keeper": "promises.hand_over",
    "corrections": "promises.correct",
}
PLACES = ("candidate", "today", "ledger", "promise")
SAID = {
    "kept": "Kept.",
    "evidence": "Shown.",
    "not-kept": "Noted as not kept.",
    "release": "Closed.",
    "keeper": "Handed over.",
    "corrections": "Corrected.",
    "undo": "Undone.",
    "date-kept": "The date stays.",
    "told": "Told.",
}


# The ledger


@pages.get("/promises")
def ledger() -> Response:
    try:
        wanted, matches = asked()
    except Refused as refused:
        filled = refilled(request.args, refused, ("from", "to"))
        return page_or_fragment("promises/ledger.html", "ledger", 422, **_ledger(Asked(), [], [], filled))
    after = paging.due("after") if wanted.sort == "due" else paging.position("after")
    rows = wanted.page(after, A_PAGE + 1)
    return page_or_fragment("promises/ledger.html", "rows" if after else "ledger", **_ledger(wanted, matches, rows))


@pages.get("/promises.csv")
def table() -> Response:
    """Every promise that the filters let through, as a file for a spreadsheet."""
    return sent(f"promises-{this_day()}.csv", COLUMNS, asked()[0].cells())


def _ledger(wanted: Asked, matches: list[Any], rows: list[Any], filled: Filled | None = None) -> dict[str, Any]:
    shown, more = rows[:A_PAGE], len(rows) > A_PAGE
    know_of(shown)
    return {
        **row_context("ledger"),
        "rows": shown,
        "more": _after(wanted, shown[-1]) if more else None,
        "tally": wanted.tally() if shown else {},
        "asked": wanted,
        "filled": filled or Filled(Typed(request.args)),
        "name": _name(wanted),
        "matches": matches,
        "states": list(State),
        "sorts": SORTS,
        "parties": BY,
        "colleagues": colleagues(),
    }


def _after(wanted: Asked, row: Any) -> str:
    return paging.after_due(row) if wanted.sort == "due" else str(row.made_position)


def _name(wanted: Asked) -> str:
    """What stands in the Candidate filter: the name of the one person meant, or what was typed."""
    known = views.directory.names([wanted.meant]) if wanted.meant else {}
    return known.get(wanted.meant) or wanted.candidate


# One promise


@pages.get("/promises/<uuid:promise_id>")
def page(promise_id: UUID) -> Response:
    """The promise and its history; with `move`, the form of that move, which htmx shows in the row it came from."""
    row, move = _known(promise_id), request.args.get("move", "")
    asking = _blank(row, move) if move in dict(may_move(row)) and candidates.may_write() else None
    if asking and wants_fragment():
        context = {
            **row_context(_place(request.args)),
            **_choices(row, asking),
            "promise": row,
            "asking": asking,
            "whose": today.whose(),
        }
        return Response(render_template("promises/_move_form.html", **context))
    choices = _choices(row, asking) if asking else {}
    return page_or_fragment("promises/page.html", "promise", **_page(row, asking=asking, **choices))


def _page(row: Any, **changed: Any) -> dict[str, Any]:
    history = views.promises.history(row.id)
    return {
        **row_context("promise"),
        "promise": row,
        "history": history,
        "moved": row.id,
        "undone": just_undone(history),
        "chain": next(iter(proposals(promise=row.id)), None),
        **changed,
    }


def row_context(shown_on: str, **changed: Any) -> dict[str, Any]:
    """What every row of a promise needs, wherever it stands. `moved` is the promise whose move was just made, and
    `undone` says that this move was an Undo, or "snooze" where Undo means to be reminded as planned."""
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


@pages.get("/promises/contacts")
def contacts() -> str:
    """People at clients whom the letters typed so far may mean."""
    return render_template("promises/_contacts.html", known=views.contacts.by_words(request.args.get("contact", "")))


@pages.post("/candidates/<uuid:candidate_id>/promises")
def make(candidate_id: UUID) -> Response:
    try:
        promised = promise_said(candidate_id)
        if promised is None:
            raise Refused("Say what you promised.", "promise")
        recorded = recruiting.make_promise(forms.command(), candidate_id, promised)
    except Refused as refused:
        promising = refilled(request.form, refused, PROMISED)
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
    return _move(promise_id, "kept", lambda: note_as_kept(promise_id))


def note_as_kept(promise_id: UUID) -> None:
    """As the form says: with what shows it, if anything does. Raises Refused, NotFound."""
    recruiting.keep_promise(forms.command(), promise_id, forms.seen(), evidence=_evidence_said())


@pages.post("/promises/<uuid:promise_id>/evidence")
def give_evidence(promise_id: UUID) -> Response:
    def show() -> None:
        evidence = _evidence_said()
        if evidence is None:
            raise Refused("Choose what shows that it was kept.", "evidence")
        recruiting.give_evidence(forms.command(), promise_id, evidence)

    return _move(promise_id, "evidence", show)


@pages.post("/promises/<uuid:promise_id>/dates")
def move_date(promise_id: UUID) -> Response:
    def set_date() -> str:
        by_when, why = due_said(), forms.line("why")
        if by_when is None:
            raise Refused("Say by when.", "due")
        due, phrase = by_when
        told = {"told": "yes" in asked} if (asked := request.form.getlist("told")) else {}
        recruiting.renegotiate_promise(forms.command(), promise_id, due, why, forms.seen(), phrase, **told)
        return f"New date set: {in_words(due)}."

    return _move(promise_id, "dates", set_date)


@pages.post("/promises/<uuid:promise_id>/date-kept")
def keep_date(promise_id: UUID) -> Response:
    """The date stays, although what it waits for slipped."""

    def stand() -> None:
        recruiting.let_date_stand(forms.command(), promise_id, request.form.get("slip", ""), forms.seen())

    return _move(promise_id, "date-kept", stand)


@pages.post("/promises/<uuid:promise_id>/told")
def tell(promise_id: UUID) -> Response:
    """They know of the new date."""

    def told() -> None:
        words = told_of(_known(promise_id))
        recruiting.tell_new_date(forms.command(), promise_id, request.form.get("how", ""), words, forms.seen())

    return _move(promise_id, "told", told)


@pages.post("/promises/<uuid:promise_id>/snooze")
def snooze(promise_id: UUID) -> Response:
    """Be reminded later; the date stays."""
    chosen = request.form.get("until", "")

    def wait() -> str:
        until = later_said("until_words") if chosen == "said" else later(chosen)
        if until is None:
            raise Refused("Choose when to be reminded again.", "until")
        command = forms.command()
        if recruiting.log.trace(command.id) is None:  # a repeat stays with the moment reckoned the first time
            recruiting.snooze_reminder(command, promise_id, until)
        return "Undone." if chosen == "now" else f"Kept reminds you again {at(until)}."

    return _move(promise_id, "dates", wait, undone=True if chosen == "now" else "snooze")


@pages.post("/promises/<uuid:promise_id>/not-kept")
def not_kept(promise_id: UUID) -> Response:
    def break_() -> None:
        recruiting.break_promise(forms.command(), promise_id, forms.choice("cause", Cause), forms.seen())

    return _move(promise_id, "not-kept", break_)


@pages.post("/promises/<uuid:promise_id>/release")
def release(promise_id: UUID) -> Response:
    """No longer needed: by the one who waits, or because something came in between."""

    def let_go() -> None:
        why = forms.line("why")
        if request.form.get("because"):
            because = forms.choice("because", Overtaken)
            recruiting.overtake_promise(forms.command(), promise_id, because, why, forms.seen())
        else:
            recruiting.release_promise(forms.command(), promise_id, why, forms.seen())

    return _move(promise_id, "release", let_go)


@pages.post("/promises/<uuid:promise_id>/keeper")
def hand_over(promise_id: UUID) -> Response:
    def hand() -> None:
        recruiting.reassign_promise(forms.command(), promise_id, keeper_said(), forms.seen())

    return _move(promise_id, "keeper", hand)


@pages.post("/promises/<uuid:promise_id>/corrections")
def correct(promise_id: UUID) -> Response:
    def write() -> None:
        words, why = forms.line("promise"), forms.line("why")
        recruiting.correct_promise(forms.command(), promise_id, words, why, forms.seen())

    return _move(promise_id, "corrections", write)


@pages.post("/promises/<uuid:promise_id>/undo")
def undo(promise_id: UUID) -> Response:
    def take_back() -> None:
        recruiting.undo_promise(forms.command(), promise_id, forms.seen())

    return _move(promise_id, "undo", take_back, undone=True)


def _move(promise_id: UUID, move: str, make_it: Callable[[], str | None], **done: Any) -> Response:
    """Make a move, which may say what it did, and answer with the place it was made from; a refusal shows the form in
    that very place."""
    try:
        said = make_it()
    except Refused as refused:
        row, move = _known(promise_id), "" if move == "kept" and not request.form.get("evidence") else move
        asking = refilled(request.form, refused, ASKED.get(move, ()), promise=promise_id, move=move)
        return _answer(row, forms.status(refused), **_choices(row, asking), asking=asking)
    views.catch_up()
    row = _known(promise_id)
    if not wants_fragment():
        return go(_back(row))
    return _answer(
        row, **{"moved": promise_id, "undone": False, "said": said or SAID.get(move), "focus": "undo", **done}
    )


def _answer(row: Any, status: int = 200, **changed: Any) -> Response:
    """The row's surroundings, fresh: the person's record, the agenda, the promise's page, or in the ledger the row."""
    place = _place(request.form)
    if place == "candidate":
        context = candidates.record(row.candidate, **changed)
        return page_or_fragment("candidates/page.html", "record", status, **context)
    if place == "today":
        return page_or_fragment("today/page.html", "agenda", status, **today.agenda(just=row.id, **changed))
    if place == "ledger" and wants_fragment():
        context = {**row_context("ledger", **changed), "rows": [row], "more": None}
        return page_or_fragment("promises/ledger.html", "rows", status, **context)
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
    typed = Typed(due=row.due_on.isoformat(), due_at=at, due_stood=at, promise=row.words or "")
    return Filled(typed, promise=row.id, move=move)


def _choices(row: Any, asking: Filled) -> dict[str, Any]:
    """What the form of a move offers to choose from."""
    entries = views.timeline.of(row.candidate, limit=4 * CHOICES) if asking.move in ("kept", "evidence") else []
    said = [entry for entry in entries if entry.kind == "touchpoint" and _may_show(entry, row)]
    return {"addresses": ADDRESSES, "shown_by": said[:CHOICES]}


def _may_show(entry: Any, row: Any) -> bool:
    """Whether an entry can show that a promise was kept: it stands, and it is not the one that it was made in."""
    return entry.retracted_at is None and entry.redacted_at is None and entry.subject != row.touchpoint


def _evidence_said() -> UUID | None:
    try:
        return forms.identity("evidence")
    except Refused:
        raise Refused("Choose what shows that it was kept.", "evidence") from None


def _known(promise_id: UUID) -> Any:
    row = views.promises.promise(promise_id)
    if row is None:
        raise NotFound(promise_id)
    return row
