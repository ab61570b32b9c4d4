"""The quick note: between two meetings, with one thumb. Who, what was said, perhaps a promise, Save."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, session, url_for
from flask_login import current_user

from domain.refusal import NotFound, Refused
from domain.touchpoint import Channel, Direction
from webapp import candidates, forms
from webapp.filled import Filled, Typed, refilled
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
    return page_or_fragment(
        "note/page.html",
        "quick_note",
        **_page(saved_for=_identity(request.args.get("saved")), promised=_identity(request.args.get("promised"))),
    )


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
        candidate = forms.identity("candidate")
        if candidate is None:
            raise Refused(NOBODY, "candidate")
        recorded = recruiting.record_touchpoint(
            forms.command(),
            candidate,
            channel=Channel.NOTE,
            direction=Direction.INTERNAL,
            outcome=None,
            happened_at=None,
            words=forms.text("note"),
            promise=promise_said(candidate),
        )
    except (Refused, NotFound) as trouble:
        refused = trouble if isinstance(trouble, Refused) else Refused(NOBODY, "candidate")
        filled = refilled(request.form, refused, FIELDS)
        context = _page(filled, looked_for=request.form.get("q", ""))
        return page_or_fragment("note/page.html", "quick_note", forms.status(refused), **context)
    views.catch_up()
    promised = recorded.streams[1] if len(recorded.streams) > 1 else None
    location = url_for("note.page", saved=candidate, promised=promised)
    return saved("note/page.html", "quick_note", location, **_page(saved_for=candidate, promised=promised))


def _page(
    filled: Filled | None = None,
    looked_for: str = "",
    saved_for: UUID | None = None,
    promised: UUID | None = None,
) -> dict[str, Any]:
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
        "saved_promise": views.promises.promise(promised) if promised and saved_for in known else None,
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
