"""Mentions: the notes in which colleagues named who is signed in, until they are seen."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from flask_login import current_user

from domain.naming import Known
from webapp import mentioned, paging
from webapp.candidates import may_write
from webapp.forms import INCOMPLETE
from webapp.htmx import page_or_fragment, saved
from webapp.ledger import installation, views
from webapp.promised import know

pages = Blueprint("mentions", __name__)

SHOWN = 30


@pages.get("/mentions")
def page() -> Response:
    return page_or_fragment("mentions/page.html", "further" if "before" in request.args else "mentions", **_mentions())


@pages.post("/mentions/seen")
def seen() -> Response:
    """One of them is seen, or all up to the latest that the page shows."""
    everything = "until" in request.form
    mentioned.see(installation, current_user.id, _position("until" if everything else "position"), everything)
    return saved("mentions/page.html", "mentions", url_for("mentions.page"), **_mentions(said="Seen."))


def _mentions(said: str | None = None) -> dict[str, Any]:
    before = paging.position("before") if request.method == "GET" else None
    rows = views.mentions.of(current_user.id, before, limit=SHOWN + 1)
    shown = rows[:SHOWN]
    know({row.candidate for row in shown})
    entries, me = views.timeline.entries({row.touchpoint for row in shown}), Known(current_user.id, current_user.name)
    return {
        "mentions": shown,
        "words": {row.position: mentioned.excerpt(entries.get(row.touchpoint), me) for row in shown},
        "writable": may_write(),
        "seen": mentioned.seen_by(installation, current_user.id),
        "older": shown[-1].position if len(rows) > SHOWN else None,
        "said": said,
    }


def _position(name: str) -> int:
    """The position that a button carries. Answers 400 if it has none."""
    number = request.form.get(name, "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 18 else abort(400, INCOMPLETE)
