"""The quick note: between two meetings, with one thumb. Who, what was said, perhaps a promise, Save."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, session, url_for
from flask_login import current_user

from domain.refusal import NotFound, Refused
from domain.touchpoint import Channel, Direction
from webapp import candidates, forms, sharing
from webapp.doors import changes_nothing
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency, colleagues, now, zone
from webapp.htmx import page_or_fragment, saved
from webapp.ledger import recruiting, views
from webapp.promising import PROMISED, promise_said

pages = Blueprint("note", __name__)

FIELDS = ("candidate", "note", *PROMISED)
NOBODY = "Choose whom this is about."
STILL_THE_SAME = 15 * 60
PEOPLE = 8


@pages.get("/note")
def page() -> Response:
    return page_or_fragment("note/page.html", "quick_note", **_page(saved_for=_identity(request.args.get("saved"))))


@pages.get("/note/people")
def people() -> Response:
    """Whom the letters typed so far may mean."""
    return page_or_fragment("note/page.html", "people", **_page(looked_for=request.args.get("q", "")))


@pages.post("/note")
def save() -> Response:
    if "find" in request.form:
        filled = Filled(Typed(request.form))
        return page_or_fragment("note/page.html", "quick_note", **_page(filled, looked_for=request.form.get("q", "")))
    try:
        candidate = record()
    except Refused as refused:
        filled = refilled(request.form, refused, FIELDS)
        context = _page(filled, looked_for=request.form.get("q", ""))
        return page_or_fragment("note/page.html", "quick_note", forms.status(refused), **context)
    views.catch_up()
    location = url_for("note.page", saved=candidate)
    return saved("note/page.html", "quick_note", location, **_page(saved_for=candidate))


@pages.post("/note/shared")
@changes_nothing
def shared() -> Response:
    """What another app hands over, as a quick note that is saved when somebody has looked at it."""
    title, text, url = (request.form.get(name, "") for name in ("title", "text", "url"))
    typed = sharing.read(title, text, url, _reader())
    typed["candidate"] = typed["candidate"] or _opened_lately()
    typed["who"] = str(current_user.id)
    return page_or_fragment("note/page.html", "quick_note", **_page(Filled(typed)))


def _reader() -> sharing.Reader:
    us = {name for row in colleagues() if row.name for name in (row.name, row.name.split()[0])}
    return sharing.Reader(_called, us, zone(), agency().country, now())


def _called(author: str) -> UUID | None:
    """The only candidate of this name, or with this number."""
    rows = [*views.directory.namesakes([author]), *views.directory.known_by(phones=[author])]
    found = {row.id for row in rows if not row.withdrawn_at}
    return found.pop() if len(found) == 1 else None


def record() -> UUID:
    """Record what the form says; whom it is about. Raises Refused."""
    candidate = forms.identity("candidate")
    if candidate is None:
        raise Refused(NOBODY, "candidate")
    try:
        recruiting.record_touchpoint(
            forms.command(),
            candidate,
            channel=Channel.NOTE,
            direction=Direction.INTERNAL,
            outcome=None,
            happened_at=None,
            words=forms.text("note"),
            promise=promise_said(candidate),
        )
    except NotFound:
        raise Refused(NOBODY, "candidate") from None
    return candidate


def _page(filled: Filled | None = None, looked_for: str = "", saved_for: UUID | None = None) -> dict[str, Any]:
    filled = filled or Filled(Typed(candidate=_opened_lately() if saved_for is None else "", who=str(current_user.id)))
    chosen = _identity(filled.typed["candidate"])
    known = views.directory.names({id for id in (chosen, saved_for) if id})
    looked_for = " ".join(looked_for.split())[:200]
    found = views.search.people(looked_for, limit=PEOPLE) if looked_for else []
    return {
        "filled": filled,
        "q": looked_for,
        "found": [row for row in found if row.candidate != chosen],
        "chosen": chosen if known.get(chosen) else None,
        "names": known,
        "saved_for": saved_for if saved_for in known else None,
        "writable": candidates.may_write(),
    }


def _opened_lately() -> str:
    """The person whose page was opened last, if that was in the last fifteen minutes."""
    opened, at = session.get("opened", ("", 0))
    return opened if time.time() - at < STILL_THE_SAME else ""


def _identity(written: str | None) -> UUID | None:
    try:
        return UUID(written) if written else None
    except ValueError:
        return None
