"""Searching: people first, then notes and promises; at once under the field on every page, all of it on /candidates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup, escape

from projections.folding import dialled, digits, hits
from webapp import paging
from webapp.htmx import go, wants_fragment
from webapp.ledger import views

pages = Blueprint("searching", __name__)

AT_ONCE = 5
FOUND = 20
EXCERPT = 240


@pages.get("/search/at-once")
def at_once() -> Response:
    """Under the field while somebody types; a browser that asks without htmx is led to all that is found."""
    asked = asked_for()
    if not wants_fragment():
        return go(url_for("candidates.index", q=asked or None))
    return make_response(render_template("searching/at_once.html", **_found(asked, AT_ONCE)) if asked else "")


def asked_for(argument: str = "q") -> str:
    """What was typed into a search field, on one line."""
    return " ".join(request.values.get(argument, "").replace("\0", "").split())[:200]


def found(asked: str) -> dict[str, Any]:
    """A page of people and a page of words, or only that of the two which goes on."""
    after, before = paging.position("after"), paging.position("before")
    return _found(asked, FOUND, after, before)


def _found(asked: str, limit: int, after: int | None = None, before: int | None = None) -> dict[str, Any]:
    people = views.search.people(asked, limit + 1, after) if before is None else []
    words = views.search.words(asked, limit + 1, before, reader=current_user.id) if after is None else []
    return {
        "q": asked,
        "people": people[:limit],
        "reached": reached([row.candidate for row in people[:limit]], asked),
        "people_after": people[limit - 1].position if len(people) > limit else None,
        "hits": words[:limit],
        "names": views.directory.names({hit.candidate for hit in words[:limit]}),
        "words_before": words[limit - 1].position if len(words) > limit else None,
    }


# Somebody looked for inside a form


@dataclass(frozen=True)
class Lookup:
    """Whom a form's search field may mean, and who was chosen in it before."""

    asked: str = ""
    people: list[Any] = field(default_factory=list)
    chosen: dict[UUID, str | None] = field(default_factory=dict)


def lookup(asked: str, chosen: Collection[UUID] = (), without: Collection[UUID] = ()) -> Lookup:
    """The people found, without those chosen before and those who cannot be meant."""
    apart = {*chosen, *without}
    people = views.search.people(asked, 8 + len(apart)) if asked else []
    known = {id: name for id, name in views.directory.names(list(chosen)).items() if name and id not in without}
    return Lookup(asked, [row for row in people if row.candidate not in apart][:8], known)


# What is marked


@pages.app_template_filter()
def marked(text: str | None, asked: str) -> Markup:
    """The text with all that was asked for marked in it, and nothing in it understood as markup."""
    text, pieces, at = text or "", [], 0
    for start, end in hits(text, asked):
        pieces += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])


@pages.app_template_filter()
def excerpt(words: str | None, asked: str) -> Markup:
    """The stretch of a note in which the first of what was asked for stands, marked."""
    plain = " ".join((words or "words removed").split())
    spots = hits(plain, asked)
    first = max(0, spots[0][0] - EXCERPT // 3) if spots else 0
    begin = plain.rfind(" ", 0, first) + 1 if first else 0
    last = begin + EXCERPT
    end = len(plain) if last >= len(plain) else max(plain.rfind(" ", begin, last), begin + EXCERPT // 2)
    before, after = "… " if begin else "", " …" if end < len(plain) else ""
    return Markup("{}{}{}").format(before, marked(plain[begin:end], asked), after)


def reached(candidates: Collection[UUID], asked: str) -> dict[UUID, str]:
    """The address or number by which each of these people was found, if it was by one."""
    return {row.id: way for row in views.directory.people(candidates) if (way := _way(row, asked))}


def _way(row: Any, asked: str) -> str | None:
    number = digits(dialled(asked)) if dialled(asked) != asked or asked.isdigit() else ""
    if number:
        return next((phone for phone in row.phones if number in digits(phone)), None)
    return next((email for email in row.emails if hits(email, asked) and not hits(row.name, asked)), None)
