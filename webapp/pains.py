"""What hurts somebody and what they want: noted on their page or from an entry, shown before a call, resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain import mentions
from domain.refusal import NotFound, Refused
from domain.remembered import Pain, PainPoint
from webapp import candidates, forms
from webapp.filled import Filled, Typed, refilled
from webapp.filters import today, zone
from webapp.htmx import page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views
from webapp.sensitive import in_passing

pages = Blueprint("pains", __name__)

FIELDS = ("pain", "kind", "quote")
KINDS = {Pain.PAIN: "Hurts", Pain.WANT: "Wants"}
LONGEST_QUOTE = 1000


@dataclass(frozen=True)
class Noted:
    """What the section about one person shows."""

    open: Any
    resolved: Any
    filled: Filled


@pages.app_template_global()
def pains_of(candidate_id: UUID, filled: Filled | None = None) -> Noted:
    """What hurts them and what they want; `filled` is the form by which more is noted."""
    rows = views.pains.all_of(candidate_id)
    return Noted([row for row in rows if row.open], [row for row in rows if not row.open], filled or blank())


@pages.app_template_filter()
def pain_kind(kind: str) -> str:
    """Whether it hurts or is wanted, in a word."""
    return KINDS[Pain(kind)]


def blank(**typed: str) -> Filled:
    """The form before anybody has typed in it."""
    return Filled(Typed(kind=Pain.PAIN, **typed))


@pages.route("/candidates/<uuid:candidate_id>/pains", methods=["GET", "POST"])
def note(candidate_id: UUID) -> Response:
    """The form, filled in with what an entry says where it comes from one (`touchpoint`); or one more is noted."""
    candidates.writing()
    candidate = candidates.known(candidate_id)
    if request.method == "GET":
        entry = _entry(candidate_id, request.args.get("touchpoint", ""))
        return _form(candidate, 200, _found_in(entry) if entry else blank())
    try:
        recruiting.note_pain(forms.command(), candidate_id, _said(candidate_id))
    except Refused as refused:
        return _form(candidate, forms.status(refused), refilled(request.form, refused, FIELDS))
    return _changed(candidate_id, "Noted.")


@pages.post("/candidates/<uuid:candidate_id>/pains/<uuid:pain_id>/resolved")
def resolve(candidate_id: UUID, pain_id: UUID) -> Response:
    return _moved(candidate_id, "Resolved.", lambda: recruiting.resolve_pain(forms.command(), candidate_id, pain_id))


@pages.post("/candidates/<uuid:candidate_id>/pains/<uuid:pain_id>/reopened")
def reopen(candidate_id: UUID, pain_id: UUID) -> Response:
    return _moved(candidate_id, "Undone.", lambda: recruiting.reopen_pain(forms.command(), candidate_id, pain_id))


def _moved(candidate_id: UUID, said: str, verb: Callable[[], object]) -> Response:
    candidates.known(candidate_id)
    try:
        verb()
    except Refused as refused:
        filled = Filled(blank().typed, {"form": refused.sentence})
        return _form(candidates.known(candidate_id), forms.status(refused), filled)
    return _changed(candidate_id, said)


def _said(candidate_id: UUID) -> PainPoint:
    """What the form says; noted on the day of the entry that it comes from, else today."""
    entry = _entry(candidate_id, request.form.get("touchpoint", ""))
    on = entry.happened_at.astimezone(zone()).date() if entry else today()
    kind, words, quote = forms.choice("kind", Pain), forms.line("pain"), forms.text("quote", LONGEST_QUOTE)
    return PainPoint(kind, words, on, quote, entry.subject if entry else None)


def _entry(candidate_id: UUID, written: str) -> Any:
    """The entry that a form is about, None if it is about none. Raises NotFound for somebody else's."""
    if not written:
        return None
    try:
        entry = views.timeline.entry(UUID(written))
    except ValueError:
        entry = None
    if entry is None or entry.candidate != candidate_id:
        raise NotFound(written)
    return entry


def _found_in(entry: Any) -> Filled:
    """The form with the first sentence of an entry that says what hurts, as the quote; nothing that is sensitive."""
    words = in_passing(entry.words, entry) or ""
    found = mentions.about_pain(words)
    quote = found[0] if found else words.strip()
    return blank(quote=quote[:LONGEST_QUOTE], touchpoint=str(entry.subject))


def _form(candidate: Any, status: int, filled: Filled) -> Response:
    """The section with its form open on the person's page for htmx, on a page of its own for a browser; from an entry
    the form alone, under it."""
    block = "noting" if filled.typed.get("touchpoint") else "pains"
    return page_or_fragment("pains/page.html", block, status, **_context(candidate, filled))


def _changed(candidate_id: UUID, said: str) -> Response:
    views.catch_up()
    there = url_for("candidates.page", candidate_id=candidate_id, _anchor="pains")
    closes = request.form.get("touchpoint", "")
    context = {**_context(candidates.known(candidate_id), blank()), "said": said, "closes": closes}
    return saved("pains/page.html", "pains", there, **context)


def _context(candidate: Any, filled: Filled) -> dict[str, Any]:
    return {
        **candidates.person(candidate),
        "noted": pains_of(candidate.id, filled),
        "filled": filled,
        "place": filled.typed["touchpoint"],
        "fragment": wants_fragment(),
        "closes": "",
    }
