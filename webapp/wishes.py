"""How somebody wishes to be reached, changed where it is shown."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain.refusal import Refused
from domain.wishes import REACHED_BY, Unwelcome, Wishes
from webapp import candidates, forms
from webapp.filled import Filled, Typed, refilled
from webapp.htmx import page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views
from webapp.wished import Wished, wished_by

pages = Blueprint("wishes", __name__)

FIELDS = ("unwanted", "not_before", "not_after", "not_on", "wishes_note", "unwelcome")
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SAID = {"": "May be written to", Unwelcome.MAILS: "No mails at all", Unwelcome.EVERYTHING: "Nothing at all"}


@pages.route("/candidates/<uuid:candidate_id>/wishes", methods=["GET", "POST"])
def change(candidate_id: UUID) -> Response:
    candidates.writing()
    candidates.known(candidate_id)
    if request.method == "GET":
        return _form(candidate_id, _typed(wished_by(candidate_id)))
    try:
        recruiting.note_wishes(forms.command(), candidate_id, _wishes_said(), _unwelcome_said(), forms.seen())
    except Refused as refused:
        kept = refilled(_several(), refused, FIELDS)
        return _form(candidate_id, kept, forms.status(refused))
    views.catch_up()
    here = url_for("candidates.page", candidate_id=candidate_id)
    return saved("candidates/page.html", "person", here, **_context(candidate_id, ""), said="Saved.")


def _form(candidate_id: UUID, filled: Filled, status: int = 200) -> Response:
    """In the header's own place for htmx, on a page of its own for a browser."""
    context = _context(candidate_id, "wishes")
    return page_or_fragment("details/wishes.html", "form", status, **context, filled=filled)


def _context(candidate_id: UUID, editing: str) -> dict[str, object]:
    shown = {**candidates.person(candidates.known(candidate_id)), "editing": editing, "fragment": wants_fragment()}
    if not editing:
        del shown["said"]
    return {**shown, "reached_by": REACHED_BY, "week": WEEK, "unwelcomes": SAID.items()}


def _typed(wished: Wished) -> Filled:
    wishes = wished.wishes
    return Filled(
        Typed(
            unwanted=",".join(wishes.unwanted),
            not_on=",".join(map(str, wishes.not_on)),
            not_before=_clock(wishes.not_before),
            not_after=_clock(wishes.not_after),
            wishes_note=wishes.note,
            unwelcome=wished.unwelcome or "",
        )
    )


def _several() -> Typed:
    """What the form held; of boxes that were ticked, all."""
    return Typed({**request.form, **{name: ",".join(request.form.getlist(name)) for name in ("unwanted", "not_on")}})


def _wishes_said() -> Wishes:
    days = [day for day in request.form.getlist("not_on") if day in tuple("0123456")]
    return Wishes(
        tuple(request.form.getlist("unwanted")),
        forms.clock("not_before"),
        forms.clock("not_after"),
        tuple(map(int, days)),
        forms.line("wishes_note"),
    )


def _unwelcome_said() -> Unwelcome | None:
    chosen = request.form.get("unwelcome", "")
    if chosen not in SAID:
        raise Refused("Choose one of these.", "unwelcome")
    return Unwelcome(chosen) if chosen else None


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""
