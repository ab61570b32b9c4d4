"""Tips and outside openings: the shelf from which everybody here gives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain.merging import FIELDS, written
from domain.refusal import NotFound, Refused
from domain.tip import Kind, Tip
from webapp import candidates, forms, paging
from webapp.filled import Filled, Typed, refilled
from webapp.filters import today
from webapp.htmx import go, page_or_fragment
from webapp.ledger import recruiting, views
from webapp.searching import asked_for, lookup

pages = Blueprint("tips", __name__)

OPENINGS = 50
PAST = 20
TEXT = ("title", "words", "link", "place")
TYPED = (*TEXT, "until")


@pages.get("/tips")
def index() -> Response:
    tips, openings = views.tips.tips(), views.tips.openings(today(), OPENINGS)
    return page_or_fragment(
        "tips/index.html",
        "list",
        openings=[each for each in openings if not each.retired_at],
        more=len(openings) == OPENINGS,
        tips=[each for each in tips if not each.retired_at],
        retired=[each for each in (*openings, *tips) if each.retired_at],
        writable=candidates.may_write(),
    )


@pages.get("/tips/past")
def past() -> Response:
    """The openings that closed, the last one first."""
    rows = views.tips.past_openings(today(), paging.due("before"), PAST + 1)
    last = rows[PAST - 1] if len(rows) > PAST else None
    more = f"{last.until.isoformat()}~{last.id}" if last and last.until else None
    return page_or_fragment("tips/past.html", "list", past=rows[:PAST], more=more)


@pages.get("/tips/new")
def new() -> Response:
    candidates.writing()
    kind = Kind.OPENING if request.args.get("kind") == Kind.OPENING else Kind.TIP
    return _form(None, Filled(Typed(kind=kind)))


@pages.post("/tips")
def write() -> Response:
    try:
        recruiting.write_tip(forms.command(), _said())
    except Refused as refused:
        return _form(None, refilled(request.form, refused, TYPED), forms.status(refused))
    return _saved()


@pages.route("/tips/<uuid:tip_id>", methods=["GET", "POST"])
def change(tip_id: UUID) -> Response:
    candidates.writing()
    tip = known(tip_id)
    if request.method == "GET":
        return _form(tip, _stands(tip))
    try:
        recruiting.change_tip(forms.command(), tip_id, _said(), forms.seen())
    except Refused as refused:
        return _form(known(tip_id), refilled(request.form, refused, TYPED), forms.status(refused))
    return _saved()


@pages.post("/tips/<uuid:tip_id>/retirement")
def retire(tip_id: UUID) -> Response:
    recruiting.retire_tip(forms.command(), tip_id)
    return _saved()


@pages.post("/tips/<uuid:tip_id>/return")
def restore(tip_id: UUID) -> Response:
    recruiting.restore_tip(forms.command(), tip_id)
    return _saved()


@pages.get("/tips/<uuid:tip_id>/people")
def people(tip_id: UUID) -> Response:
    """To whom it is given: looked for by name, each marked who was given it before."""
    candidates.writing()
    tip, found = known(tip_id), lookup(asked_for())
    given = views.timeline.given_to(tip_id, [person.candidate for person in found.people])
    return page_or_fragment("tips/people.html", "found", tip=tip, found=found, given=given)


def known(tip_id: UUID) -> Any:
    """What it is now, retired or past as it may be. Raises NotFound."""
    tip = views.tips.tip(tip_id)
    if tip is None:
        raise NotFound(tip_id)
    return tip


def _said() -> Tip:
    kind = forms.choice("kind", Kind)
    title, words, link, place = forms.line("title"), forms.text("words"), forms.line("link", 500), forms.line("place")
    return Tip(kind, title, words, link, place, forms.day("until") if kind == Kind.OPENING else None)


def _stands(tip: Any) -> Filled:
    until = f"{tip.until.day} {tip.until:%b} {tip.until.year}" if tip.until else ""
    return Filled(Typed({**{name: getattr(tip, name) for name in TEXT}, "kind": tip.kind, "until": until}))


def _saved() -> Response:
    views.catch_up()
    return go(url_for("tips.index"))


def _form(tip: Any, filled: Filled, status: int = 200) -> Response:
    return page_or_fragment(
        "tips/form.html",
        "form",
        status,
        known=tip,
        opening=(tip.kind if tip else filled.typed["kind"]) == Kind.OPENING,
        filled=filled,
        current=_stands(tip).typed if tip and status == 409 else None,
        fields=[(written(name), meaning) for name, meaning in FIELDS.items()],
    )
