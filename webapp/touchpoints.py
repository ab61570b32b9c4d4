"""Touchpoints: writing down what was said, correcting it, taking it back. Nothing that was written is ever hidden."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from domain.command import Recorded
from domain.promise import NewPromise
from domain.refusal import NotFound, Refused
from domain.touchpoint import Channel, Direction, Outcome
from webapp import candidates, forms, noticed, sensitive
from webapp.filled import Filled, Typed, refilled
from webapp.filters import in_words, zone
from webapp.htmx import go, page_or_fragment, saved, wants_fragment
from webapp.ledger import installation, recruiting, views
from webapp.naming import mentions_said, nobody_told
from webapp.promising import PROMISED, promise_said
from webapp.quiet import sensitive_said
from webapp.reminders import wake
from webapp.searching import Lookup, asked_for, lookup

pages = Blueprint("touchpoints", __name__)

COMPOSED = ("channel", "outcome", "direction", "happened_at", "note", "also_with", "keeps", *PROMISED)
MOST_OTHERS = 20
WRONG_PERSON = "Written down for the wrong person."


# Writing one down


@pages.post("/candidates/<uuid:candidate_id>/touchpoints")
def record(candidate_id: UUID) -> Response:
    also = _also(candidate_id)
    if "find" in request.form:
        return _composer(candidate_id, 200, Filled(Typed(request.form)), also)
    try:
        recorded, promised, keeps = write_down(candidate_id)
    except Refused as refused:
        return _composer(
            candidate_id, forms.status(refused), refilled(request.form, refused, (*COMPOSED, *noticed.fields())), also
        )
    views.catch_up()
    here = recorded.streams[0]
    asked = noticed.asked_about(_known(here))
    context = candidates.record(
        candidate_id,
        group="",
        asked=asked,
        said=_done(promised, keeps, also),
        focus="note",
        moved=recorded.streams[1] if promised else keeps and keeps.id,
    )
    there = url_for("candidates.page", candidate_id=candidate_id)
    missed = asked["entry"].outcome in (Outcome.VOICEMAIL, Outcome.NO_ANSWER)
    location = asked_there(_known(here)) if asked["noticed"] or asked["nobody_told"] or missed else there
    response = saved("candidates/page.html", "record", location, **context)
    response.headers["HX-Replace-Url"] = there  # all kinds of entries are shown now, whichever were before
    return response


def write_down(candidate_id: UUID) -> tuple[Recorded, NewPromise | None, Any]:
    """Record what a composer says, with the promise made and the one kept in it, if any. Raises Refused, NotFound."""
    also = _also(candidate_id)
    if also.asked:
        raise Refused("Choose who else was there, or empty this field.", "also_with")
    promised, keeps = promise_said(candidate_id), _keeps(candidate_id)
    recorded = recruiting.record_touchpoint(
        forms.command(),
        candidate_id,
        promise=promised,
        also_with=tuple(also.chosen),
        keeps=keeps.id if keeps else None,
        caught=noticed.caught_said(),
        **touchpoint_said(),
        **mentions_said(forms.text("note")),
    )
    noticed.answered_in_form(recorded.streams[0])
    return recorded, promised, keeps


@pages.get("/candidates/<uuid:candidate_id>/others")
def others(candidate_id: UUID) -> Response:
    """Who else may have been there, while the composer's field for it is typed in."""
    candidates.writing()
    candidate = candidates.known(candidate_id)
    if not wants_fragment():
        return go(url_for("candidates.page", candidate_id=candidate_id))
    return make_response(render_template("candidates/_also.html", candidate=candidate, also=_also(candidate_id)))


def touchpoint_said(usual: Channel | None = None) -> dict[str, Any]:
    """What a composer says. A call alone has an outcome, a note is among ourselves, and no time means now.

    A form without these fields is about the `usual` channel, and about us talking to them.
    """
    channel = forms.choice("channel", Channel, otherwise=usual)
    out, talked = (Direction.OUT, Outcome.TALKED) if usual else (None, None)
    return {
        "channel": channel,
        "direction": Direction.INTERNAL
        if channel == Channel.NOTE
        else forms.choice("direction", Direction, otherwise=out),
        "outcome": forms.choice("outcome", Outcome, otherwise=talked) if channel == Channel.CALL else None,
        "happened_at": forms.moment("happened_at", zone().key),
        "words": forms.text("note"),
        "sensitive": sensitive_said(forms.text("note")),
    }


def _composer(candidate_id: UUID, status: int, composer: Filled, also: Lookup) -> Response:
    context = candidates.record(candidate_id, composer=composer, also=also)
    return page_or_fragment("candidates/page.html", "record", status, **context)


def asked_there(entry: Any) -> str:
    """Where a browser goes to be asked about the promises in an entry."""
    return url_for("candidates.page", candidate_id=entry.candidate, said=entry.subject)


def _refilled(refused: Refused) -> Filled:
    return refilled(request.form, refused, (*COMPOSED, *noticed.fields()))


def _also(candidate_id: UUID) -> Lookup:
    """Who else was there: those ticked, and those whom the letters in the field may mean."""
    ticked = (_identity(said) for said in request.values.getlist("also_with")[:MOST_OTHERS])
    return lookup(asked_for("also"), [id for id in ticked if id], without=[candidate_id])


def _keeps(candidate_id: UUID) -> Any:
    """The open promise that this touchpoint keeps, None if it keeps none."""
    chosen = forms.identity("keeps")
    row = views.promises.promise(chosen) if chosen else None
    if chosen and (row is None or row.candidate != candidate_id):
        raise Refused("Choose one of the promises here.", "keeps")
    return row


def _done(promised: NewPromise | None, keeps: Any, also: Lookup) -> str:
    done = "Saved" + "".join(f", with {name}" for name in also.chosen.values())
    done += f", with a promise due {in_words(promised.due)}" if promised else ""
    return f"{done}. “{keeps.words}” is kept." if keeps else f"{done}."


# Mending one


@pages.get("/touchpoints/<uuid:touchpoint_id>")
def page(touchpoint_id: UUID) -> Response:
    entry = _known(touchpoint_id)
    return page_or_fragment(
        "touchpoints/page.html",
        "wordings",
        **wordings(entry),
        asked=noticed.asked_about(entry) if candidates.may_write() and not wants_fragment() else None,
    )


def wordings(entry: Any) -> dict[str, Any]:
    """What the page of one entry shows: all that ever stood there."""
    return {
        "entry": entry,
        "wordings": views.timeline.wordings(entry.subject),
        "fragment": wants_fragment(),
        "shown_on": "entry",
        "writable": candidates.may_write(),
        **candidates.companions([entry]),
    }


@pages.route("/touchpoints/<uuid:touchpoint_id>/corrections", methods=["GET", "POST"])
def correct(touchpoint_id: UUID) -> Response:
    candidates.writing()
    entry = _known(touchpoint_id)
    if request.method == "GET":
        filled = Filled(Typed(note=sensitive.to_correct(entry), candidate=str(entry.candidate)))
        return _form("correct", 200, entry, filled)
    try:
        written, why = forms.text("note"), forms.line("why")
        words, marked = sensitive.as_corrected(written, entry), sensitive_said(written)
        named = mentions_said(words)
        recruiting.correct_touchpoint(forms.command(), touchpoint_id, words, why, forms.seen(), marked, **named)
    except Refused as refused:
        filled = refilled(request.form, refused, ("note", "why"))
        return _form("correct", forms.status(refused), entry, filled)
    views.catch_up()
    doubt = nobody_told(written)
    there = asked_there(entry) if doubt else _back(entry)
    return saved("touchpoints/entry.html", "entry", there, **candidates.entry(_known(touchpoint_id), doubt))


@pages.route("/touchpoints/<uuid:touchpoint_id>/retraction", methods=["GET", "POST"])
def retract(touchpoint_id: UUID) -> Response:
    candidates.writing()
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


@pages.route("/touchpoints/<uuid:touchpoint_id>/move", methods=["GET", "POST"])
def move(touchpoint_id: UUID) -> Response:
    """Written down for the wrong person: look for the right one, and one tap moves it there."""
    candidates.writing()
    entry = _known(touchpoint_id)
    found = lookup(asked_for(), without=[entry.candidate])
    if request.method == "GET":
        shown = {"entry": entry, "filled": Filled(), "fragment": wants_fragment(), "found": found}
        return page_or_fragment("touchpoints/move.html", "right" if "q" in request.args else "mending", **shown)
    try:
        right = forms.identity("candidate")
        if right is None:
            raise Refused("Choose the right person.", "candidate")
        installation.move(touchpoint_id, right, current_user.id, WRONG_PERSON)
        wake(installation)
    except Refused as refused:
        return _form("move", forms.status(refused), entry, refilled(request.form, refused, ("candidate",)), found=found)
    there = url_for("candidates.page", candidate_id=right)
    name = views.directory.names({right}).get(right)
    done = Markup('Moved to <a href="{}">{}</a>.').format(there, name or "an erased person")
    return saved("candidates/page.html", "record", there, **candidates.record(entry.candidate, said=done))


def _form(name: str, status: int, entry: Any, filled: Filled, **more: Any) -> Response:
    """The form in the entry's own place for htmx, on a page of its own for a browser."""
    shown = {"entry": entry, "filled": filled, "fragment": wants_fragment(), **more}
    return page_or_fragment(f"touchpoints/{name}.html", "mending", status, **shown)


def _known(touchpoint_id: UUID) -> Any:
    entry = views.timeline.entry(touchpoint_id)
    if entry is None:
        raise NotFound(touchpoint_id)
    return entry


def _identity(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _back(entry: Any) -> str:
    return url_for("candidates.page", candidate_id=entry.candidate, _anchor=f"touchpoint-{entry.subject}")
