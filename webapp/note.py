"""The quick note: between two meetings, with one thumb. Who, what was said, perhaps a promise, Save."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_login import current_user

from domain.command import Recorded
from domain.refusal import NotFound, Refused
from domain.touchpoint import Channel, Direction, Outcome
from webapp import candidates, forms, lately, noticed, sharing, touchpoints
from webapp.doors import changes_nothing
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency, colleagues, now, zone
from webapp.guard import advice
from webapp.htmx import page_or_fragment, saved
from webapp.ledger import recruiting, views
from webapp.naming import mentions_said
from webapp.promising import PROMISED, promise_said

pages = Blueprint("note", __name__)

FIELDS = ("candidate", "channel", "outcome", "direction", "happened_at", "note", *PROMISED)
NOBODY = "Choose whom this is about."
PEOPLE = 8
RECENT = 6
CHANNELS = (
    Channel.NOTE,
    Channel.CALL,
    Channel.WHATSAPP,
    Channel.EMAIL,
    Channel.SMS,
    Channel.MEETING,
    Channel.VIDEO,
    Channel.LINKEDIN,
    Channel.LETTER,
)
SAID = (
    "channel",
    "outcome",
    "direction",
    "happened_at",
    "note",
    "asks",
    "tip",
)  # what an address may fill in: a link "Log it"


@pages.get("/note")
def page() -> Response:
    """The empty box; `?saved=` says what was just written down, `?undone=` gives the words of one taken back."""
    undone = _written(request.args.get("undone"))
    filled = Filled(_again(undone)) if undone is not None else None
    return page_or_fragment("note/page.html", "quick_note", **_page(filled, done=request.args.get("saved")))


@pages.get("/note/people")
def people() -> Response:
    """Whom the letters typed so far may mean."""
    return page_or_fragment("note/page.html", "people", **_page(looked_for=request.args.get("q", "")))


@pages.get("/note/guard")
def guard() -> Response:
    """What one should know before getting in touch with whoever was just chosen."""
    candidate = _identity(request.args.get("candidate"))
    name = views.directory.names({candidate}).get(candidate) if candidate else None
    line = advice(candidate, name) if candidate and name else ""
    return make_response(render_template("note/_guard_line.html", advice=line))


@pages.post("/note")
def save() -> Response:
    if "find" in request.form:
        return _shown(Filled(Typed(request.form)))
    try:
        recorded = record()
    except Refused as refused:
        return _shown(refilled(request.form, refused, (*FIELDS, *noticed.fields())), forms.status(refused))
    views.catch_up()
    done = str(recorded.streams[0])
    return saved("note/page.html", "quick_note", url_for("note.page", saved=done), **_page(done=done))


@pages.post("/note/shared")
@changes_nothing
def shared() -> Response:
    """What another app hands over, as a quick note that is saved when somebody has looked at it."""
    title, text, url = (request.form.get(name, "") for name in ("title", "text", "url"))
    read = sharing.read(title, text, url, _reader())
    typed = Typed({**_usual(), **read, "candidate": read["candidate"] or str(lately.at_hand() or "")})
    return page_or_fragment("note/page.html", "quick_note", **_page(Filled(typed)))


def _reader() -> sharing.Reader:
    us = {name for row in colleagues() if row.name for name in (row.name, row.name.split()[0])}
    return sharing.Reader(_called, us, zone(), agency().country, now())


def _called(author: str) -> UUID | None:
    """The only candidate of this name, or with this number."""
    rows = [*views.directory.namesakes([author]), *views.directory.known_by(phones=[author])]
    found = {row.id for row in rows if not row.withdrawn_at}
    return found.pop() if len(found) == 1 else None


def record() -> Recorded:
    """Record what the form says. Raises Refused."""
    candidate = forms.identity("candidate")
    if candidate is None:
        raise Refused(NOBODY, "candidate")
    try:
        recorded = recruiting.record_touchpoint(
            forms.command(),
            candidate,
            promise=promise_said(candidate),
            caught=noticed.caught_said(),
            **touchpoints.touchpoint_said(usual=Channel.NOTE),
            **mentions_said(forms.text("note")),
            **({"asks": True} if "asks" in request.form else {}),
            **({"gives": gives} if (gives := forms.identity("tip")) else {}),
        )
    except NotFound:
        raise Refused(NOBODY, "candidate") from None
    noticed.answered_in_form(recorded.streams[0])
    return recorded


@pages.post("/touchpoints/<uuid:touchpoint_id>/undo")
def undo(touchpoint_id: UUID) -> Response:
    """Take back what one has written down a moment ago, and have its words in the box again."""
    entry = _written(str(touchpoint_id))
    if entry is None:
        raise NotFound(touchpoint_id)
    try:
        recruiting.undo_touchpoint(forms.command(), touchpoint_id)
    except Refused as refused:
        return _shown(Filled(Typed(), {"form": refused.sentence}), forms.status(refused))
    views.catch_up()
    here = url_for("note.page", undone=touchpoint_id)
    return saved("note/page.html", "quick_note", here, **_page(Filled(_again(entry))))


def _shown(filled: Filled, status: int = 200) -> Response:
    context = _page(filled, looked_for=request.form.get("q", ""))
    return page_or_fragment("note/page.html", "quick_note", status, **context)


def _page(filled: Filled | None = None, looked_for: str = "", done: str | None = None) -> dict[str, Any]:
    written = _written(done)
    filled = filled or Filled(_blank(preselect=written is None))
    chosen = _identity(filled.typed["candidate"])
    recent = [id for id in lately.lately() if id != chosen][:RECENT]
    known = views.directory.names({id for id in (chosen, written and written.candidate, *recent) if id})
    looked_for = " ".join(looked_for.split())[:200]
    found = views.search.people_like(looked_for, limit=PEOPLE) if looked_for else []
    return {
        "filled": filled,
        "q": looked_for,
        "found": [row for row in found if row.candidate != chosen],
        "chosen": chosen if known.get(chosen) else None,
        "recent": [id for id in recent if known.get(id)],
        "names": known,
        "advice": advice(chosen, known[chosen]) if chosen and known.get(chosen) and not filled.typed["note"] else "",
        "written": written,
        "giving": views.tips.tip(gives) if (gives := _identity(filled.typed["tip"])) else None,
        "made": [row for row in views.promises.of(written.candidate) if row.touchpoint == written.subject]
        if written
        else [],
        "asked": noticed.asked_about(written) if written else None,
        "shown_on": "note",
        "channels": CHANNELS,
        "outcomes": list(Outcome),
        "directions": (Direction.OUT, Direction.IN),
        "writable": candidates.may_write(),
    }


def _blank(preselect: bool) -> Typed:
    """An empty box, but for what the address says and whose page was open a moment ago."""
    asked = {name: request.args[name][:10_000] for name in SAID if request.method == "GET" and name in request.args}
    at_hand = lately.at_hand() if preselect else None
    candidate = request.args.get("candidate") or (str(at_hand) if at_hand else "")
    return Typed({**_usual(), **asked, "candidate": candidate if preselect else ""})


def _again(entry: Any) -> Typed:
    """What was written down, as it stood in the box."""
    said = {name: str(getattr(entry, name) or "") for name in ("candidate", "channel", "outcome", "direction")}
    marked = "\0".join(entry.sensitive or ())
    known = {name: value for name, value in said.items() if value}
    return Typed({**_usual(), **known, "note": entry.words or "", "marked": marked})


def _usual() -> dict[str, str]:
    return {"channel": Channel.NOTE, "outcome": Outcome.TALKED, "direction": Direction.OUT, "who": str(current_user.id)}


def _written(touchpoint: str | None) -> Any:
    """The entry that somebody wrote down themselves, None for everybody else's."""
    id = _identity(touchpoint)
    entry = views.timeline.entry(id) if id else None
    return entry if entry is not None and entry.by == current_user.id else None


def _identity(written: str | None) -> UUID | None:
    try:
        return UUID(written) if written else None
    except ValueError:
        return None
