"""Passages of an entry that are kept from others: marked, unmarked, and shown to those who may read them.

Whoever said it reads it, and so do owners, where the entry itself is read: on the timeline and among its wordings.
Everybody else, auditors too (they ask what was promised), reads in its place whom to ask. Wherever a note is shown
in passing, in lists, before a call, under Today, nobody reads it, whoever looks: somebody may be looking on.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup

from domain.recruiter import Role
from domain.refusal import NotFound, Refused
from domain.sensitive import HIDDEN, masked, standing
from webapp import candidates, forms
from webapp.filled import Filled, Typed, refilled
from webapp.filters import colleagues
from webapp.htmx import page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views
from webapp.markdown import markdown
from webapp.naming import with_names
from webapp.quiet import FIELD, quiet

pages = Blueprint("sensitive", __name__)

BEGINS, ENDS = "\ue000", "\ue001"  # private letters, to tell where a passage is once a note has become HTML
PIECE = re.compile(rf"(<[^>]*>|{BEGINS}|{ENDS})")
LINE_BEGINS = re.compile(r"(?:^|(?<=\n))[ \t]*(?:[-+*>#]+|\d+[.)])?[ \t]*")
NOT_THERE = "“{}” does not stand in the note."
LEAVE_IT = "Leave “{}” where it stands: what it stands for can be changed by its author and by owners alone."
MOST_SHOWN = 20


# Reading


def may_read(entry: Any) -> bool:
    """Whether who is signed in reads the sensitive passages of an entry, where it is shown itself."""
    return bool(current_user.id == entry.by or current_user.role == Role.OWNER)


def instead(entry: Any) -> str:
    """What others read in place of a passage: whom to ask for it."""
    return f"[sensitive: ask {_whom(entry)}]"


@pages.app_template_filter()
def for_reader(words: str | None, entry: Any) -> str | None:
    """Words of an entry as who is signed in may read them."""
    return words if words is None or may_read(entry) else masked(words, entry.sensitive or (), instead(entry))


@pages.app_template_filter()
def in_passing(words: str | None, entry: Any) -> str | None:
    """Words of an entry where they are shown beside something else: without what is sensitive, whoever reads."""
    return None if words is None else masked(words, entry.sensitive or (), HIDDEN)


@pages.app_template_filter()
def in_place(words: str, entry: Any) -> Markup:
    """Words of an entry as HTML, colleagues named in them marked, and what is sensitive for those who may read it."""
    passages = standing(words, entry.sensitive or ())
    if passages and may_read(entry):
        return with_names(_highlighted(markdown(_bracketed(words, passages))), entry)
    shown = masked(words, entry.sensitive, instead(entry)) if passages else words
    return with_names(markdown(shown), entry)


def _whom(entry: Any) -> str:
    author = next((row for row in colleagues() if row.id == entry.by), None)
    return author.name.split()[0] if author is not None and author.name and author.state != "left" else "an owner"


def _bracketed(words: str, passages: list[tuple[int, int]]) -> str:
    """The words with a sign before and after each passage, behind what makes its line a list or a heading."""
    pieces, at = [], 0
    for start, end in passages:
        lead = LINE_BEGINS.match(words, start, end)
        begin = lead.end() if lead else start
        pieces += [_bare(words[at:begin]), BEGINS, _bare(words[begin:end]), ENDS]
        at = end
    return "".join([*pieces, _bare(words[at:])])


def _bare(words: str) -> str:
    return words.replace(BEGINS, "").replace(ENDS, "")


def _highlighted(html: Markup) -> Markup:
    """Each stretch of text between the signs in an element of its own, so that no other is torn apart."""
    pieces, inside = [], False
    for piece in PIECE.split(html):
        if piece == ENDS and inside:
            pieces.append(' <small class="sensitive soft">sensitive</small>')
        if piece in (BEGINS, ENDS):
            inside = piece == BEGINS
        elif inside and piece.strip() and not piece.startswith("<"):
            pieces.append(f'<mark class="sensitive">{piece}</mark>')
        else:
            pieces.append(piece)
    return Markup("".join(pieces))


# Correcting what one may not read


def to_correct(entry: Any) -> str:
    """The words of an entry as they stand in the box that corrects them."""
    return for_reader(entry.words or "", entry) or ""


def as_corrected(text: str, entry: Any) -> str:
    """What was written into that box, the passages back in their places. Raises Refused if a place is missing."""
    words, passages = entry.words or "", standing(entry.words or "", entry.sensitive or ())
    if may_read(entry) or not passages:
        return text
    pieces = text.split(instead(entry))
    if len(pieces) != len(passages) + 1:
        raise Refused(LEAVE_IT.format(instead(entry)), "note")
    hidden = [words[start:end] for start, end in passages]
    return "".join(piece + secret for piece, secret in zip(pieces, [*hidden, ""], strict=True))


# Marking


@pages.post("/touchpoints/<uuid:touchpoint_id>/quiet")
def while_correcting(touchpoint_id: UUID) -> Response:
    """The names offered and the quiet line, for an entry's words as they stand in the box that corrects them."""
    entry = _known(touchpoint_id)
    filled = Filled(Typed(request.form, candidate=str(entry.candidate)))
    return make_response(render_template("touchpoints/_under_words.html", entry=entry, filled=filled))


@pages.route("/touchpoints/<uuid:touchpoint_id>/sensitive", methods=["GET", "POST"])
def mark(touchpoint_id: UUID) -> Response:
    """Choose among what sounds sensitive in an entry, or write its words: they are kept from others."""
    candidates.writing()
    entry = _known(touchpoint_id)
    if request.method == "GET":
        return _form(entry, Filled())
    try:
        chosen = [*_chosen(), *([forms.text("passage")] if forms.text("passage") else [])]
        for passage in chosen:
            if not any(standing(shown, [passage]) for shown in _readable(entry)):
                raise Refused(NOT_THERE.format(passage[:60]), "passage")
        recruiting.mark_sensitive(forms.command(), touchpoint_id, tuple(chosen), forms.seen() if chosen else None)
    except Refused as refused:
        return _form(entry, _refilled(refused), forms.status(refused))
    return _done(entry)


@pages.post("/touchpoints/<uuid:touchpoint_id>/not-sensitive")
def unmark(touchpoint_id: UUID) -> Response:
    """Let everybody read passages of an entry again: for whoever said it, and owners."""
    entry = _known(touchpoint_id)
    try:
        recruiting.unmark_sensitive(forms.command(), touchpoint_id, tuple(_chosen()))
    except Refused as refused:
        return _form(entry, _refilled(refused), forms.status(refused))
    return _done(entry)


def _chosen() -> list[str]:
    return [forms.unbroken(each) for each in request.form.getlist(FIELD)[:MOST_SHOWN]]


def _readable(entry: Any) -> list[str]:
    """All wordings, as who is signed in may read them: what is hidden from them cannot be guessed at."""
    rows = views.timeline.wordings(entry.subject)
    return [shown for row in rows if (shown := for_reader(row.words, entry)) is not None]


def _refilled(refused: Refused) -> Filled:
    field = {FIELD: "passage", "note": "passage"}.get(refused.field or "", refused.field)
    return refilled(request.form, Refused(refused.sentence, field) if field != refused.field else refused, ("passage",))


def _form(entry: Any, filled: Filled, status: int = 200) -> Response:
    ticked = request.form.getlist(FIELD) if request.method == "POST" else []
    found = {
        one.words: one
        for shown in reversed(_readable(entry))
        for line in [quiet(shown, None, ticked, entry.sensitive or ())]
        for one in (line.passages if line else ())
    }
    return page_or_fragment(
        "touchpoints/sensitive.html",
        "mending",
        status,
        entry=entry,
        filled=filled,
        fragment=wants_fragment(),
        found=list(found.values())[:MOST_SHOWN],
        marked=(entry.sensitive or []) if may_read(entry) else [],
    )


def _done(entry: Any) -> Response:
    views.catch_up()
    here = url_for("candidates.page", candidate_id=entry.candidate, _anchor=f"touchpoint-{entry.subject}")
    return saved("touchpoints/entry.html", "entry", here, **candidates.entry(_known(entry.subject)))


def _known(touchpoint_id: UUID) -> Any:
    entry = views.timeline.entry(touchpoint_id)
    if entry is None:
        raise NotFound(touchpoint_id)
    return entry
