"""Colleagues named in a note with an @: offered while it is typed, told once it is saved, marked where it is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any, cast
from uuid import UUID

from flask import Flask, g
from flask_login import current_user
from markupsafe import Markup

from domain.naming import Known, Naming, namings, unsettled
from webapp.filters import colleagues, keepers
from webapp.forms import unbroken
from webapp.ledger import views

OFFERED = 6
TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Offer:
    """What was typed of a name, whether it is one that several have, and what may stand there instead."""

    typed: str
    several: bool
    names: list[str]
    goes_on: bool


def init_naming(app: Flask) -> None:
    """Let a form say `offers_for(note)`: the colleagues whom the last name begun in it may mean."""
    app.jinja_env.globals["offers_for"] = offers_for


# While a note is typed, and when it is saved


def offers_for(note: str) -> Offer | None:
    """The colleagues whom the last @name that is begun, or that several have, may mean; None where all is clear."""
    note = unbroken(note)
    begun = unsettled(note, [each for each in _to_be_told() if each.id != current_user.id]) if "@" in note else []
    if not begun:
        return None
    last = begun[-1]
    several = bool(last.words) and any(last.start == each.start for each in namings(note, last.among))
    names = [each.name for each in last.among[:OFFERED]]
    return Offer(note[last.start : last.end], several, names, bool(note[last.end : last.end + 1]))


def mentions_said(note: str) -> dict[str, tuple[UUID, ...]]:
    """What the verb that records a note is told of those named in it: nothing where nobody is."""
    found = [each.meant.id for each in _named(note) if each.meant] if "@" in note else []
    return {"mentions": tuple(dict.fromkeys(found))} if found else {}


def nobody_told(note: str | None, told: Collection[UUID] = ()) -> str:
    """The one line about a name in a saved note of which none of those meant was told; "" where there is none."""
    if not note or "@" not in note:
        return ""
    named = _named(note)
    for naming in named:
        if not naming.meant and not any(each.id in told for each in naming.among):
            names = [each.name for each in naming.among[:OFFERED]]
            either = f"{', '.join(names[:-1])} or {names[-1]}"
            return f"“@{naming.words}” may be {either}: nobody was told. Correct the note with the whole name."
    for naming in namings(note, _readers()):
        if not any(naming.start == each.start for each in named):
            return f"{naming.among[0].name} only reads in Kept, and was not told."
    return ""


def _named(note: str) -> list[Naming]:
    return namings(note, _to_be_told())


def _to_be_told() -> list[Known]:
    return [Known(row.id, row.name) for row in keepers() if row.name]


def _readers() -> list[Known]:
    told = {row.id for row in keepers()}
    return [Known(row.id, row.name) for row in colleagues() if row.id not in told and row.state != "left" and row.name]


# Where it is read


def know_mentions(entries: Iterable[Any]) -> None:
    """Ask at once who is mentioned in the words of these entries: nothing, where none of them holds an @."""
    asked = {entry.subject for entry in entries if "@" in (entry.words or "")} - set(_mentioned())
    _mentioned().update(views.mentions.whom(asked))


def told_of(entry: Any) -> set[UUID]:
    """The colleagues who were told that they are named in this entry."""
    know_mentions([entry])
    return _mentioned().get(entry.subject, set())


def with_names(html: Markup, entry: Any) -> Markup:
    """A note's HTML with each @name that a colleague was told of marked as one."""
    if "@" not in html:
        return html
    told = told_of(entry)
    known = [Known(row.id, row.name) for row in colleagues() if row.id in told and row.name]
    pieces = TAG.split(html) if known else [html]
    return Markup("".join(piece if piece.startswith("<") else _marked(piece, known) for piece in pieces))


def _marked(text: str, known: list[Known]) -> str:
    words, at, pieces = unescape(text), 0, []
    for naming in namings(words, known):
        pieces += [
            escape(words[at : naming.start], quote=False),
            f"<mark>{escape(words[naming.start : naming.end])}</mark>",
        ]
        at = naming.end
    return "".join([*pieces, escape(words[at:], quote=False)]) if pieces else text


def _mentioned() -> dict[UUID, set[UUID]]:
    if "mentioned" not in g:
        g.mentioned = {}
    return cast(dict[UUID, set[UUID]], g.mentioned)
