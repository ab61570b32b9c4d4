"""Offering to record the promises in a note: under the box while it is typed, and once it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for

from domain.refusal import NotFound, Refused
from webapp import candidates, forms, touchpoints
from webapp.advice import about_promise
from webapp.filled import Filled, Typed
from webapp.filters import explain, in_words
from webapp.htmx import page_left, page_or_fragment, saved
from webapp.ledger import recruiting, views
from webapp.noticed import ADD, asked_about, remember, unanswered

pages = Blueprint("noticing", __name__)


@pages.post("/noticed")
def while_typing() -> Response:
    """The promises in the note as it stands in the box, and what was answered to them so far."""
    return make_response(render_template("noticing/_noticed.html", filled=Filled(Typed(request.form))))


@pages.post("/noticed/promise")
def promising() -> Response:
    """The one line about a promise as it is typed where there is no note."""
    quiet = about_promise(request.form.get("promise", ""), request.form.get("who", ""))
    return make_response(render_template("noticing/_quiet.html", quiet=quiet))


@pages.post("/touchpoints/<uuid:touchpoint_id>/caught")
def answer(touchpoint_id: UUID) -> Response:
    """Record one of the promises in an entry, or ask about it no more."""
    entry = views.timeline.entry(touchpoint_id)
    if entry is None:
        raise NotFound(touchpoint_id)
    one = next((each for each in unanswered(entry) if each.key == request.form.get("key")), None)
    if one is None:
        return asked_again(entry, said="That was answered before.")
    said = "Left out."
    if request.form.get("answer") == ADD:
        try:
            promise = replace(one, by_when=forms.line("by_when")).promise("by_when")
            recruiting.catch_promise(forms.command(), touchpoint_id, promise)
        except Refused as refused:
            wrong = {f"by_when-{one.key}": explain(refused).sentence}
            return asked_again(entry, forms.status(refused), errors=wrong, typed=Typed(request.form))
        said = f"Added: {one.what}, due {in_words(promise.due)}."
    remember(touchpoint_id, [one.at])
    views.catch_up()
    return asked_again(entry, said=said)


def asked_again(entry: Any, status: int = 200, **changed: Any) -> Response:
    """The entry's questions again; on a person's page with all of it, since a promise has come onto its shelf."""
    shown_on = request.form.get("shown_on", "entry")
    asked = asked_about(entry, soon=shown_on == "import", **changed)
    if shown_on == "candidate":
        page, block, here = "candidates/page.html", "record", touchpoints.asked_there(entry)
        context = {**candidates.record(entry.candidate), "asked": asked, "said": asked["said"]}
    else:
        page, block, here = "touchpoints/page.html", "asked", url_for("touchpoints.page", touchpoint_id=entry.subject)
        context = {**touchpoints.wordings(entry), "asked": asked, "shown_on": shown_on}
        if shown_on == "import" and page_left().path.startswith(url_for("imports.index")):
            here = page_left().path
    return saved(page, block, here, **context) if status == 200 else page_or_fragment(page, block, status, **context)
