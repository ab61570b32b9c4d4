"""Candidates: who they are, who among them waits, and the page on which everything about a person stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from flask import Blueprint, Response, abort, request
from flask_login import current_user

from domain.promise import State
from domain.recruiter import Role
from domain.refusal import NotFound
from webapp import lately, noticed, paging, searching
from webapp.filled import Filled, Typed
from webapp.filters import agency, colleagues, now, today
from webapp.htmx import page_left, page_or_fragment
from webapp.ledger import views
from webapp.naming import know_mentions
from webapp.promised import know, know_of
from webapp.shelf import shelve
from webapp.wished import wished

pages = Blueprint("candidates", __name__)

A_PAGE = 50
ENTRIES = 15
COUNTED = 1000
CONVERSATION = timedelta(days=90)
KINDS = ("calls", "mail", "messages", "meetings", "notes", "promises")


# Finding


@pages.get("/candidates")
def index() -> Response:
    asked = searching.asked_for()
    further = "people" if "after" in request.args else "hits" if "before" in request.args else "found"
    block = further if asked else "listed" if "after" in request.args else "found"
    return page_or_fragment("candidates/index.html", block, **found())


def found(adding: Filled | None = None, known: Sequence[Any] = ()) -> dict[str, Any]:
    """What was asked for, or everybody; `adding` is the form that adds somebody, `known` whom that may be."""
    asked = searching.asked_for() if request.method == "GET" else ""
    shown = searching.found(asked) if asked else _everybody(Sieve.chosen())
    return {
        "q": asked,
        "adding": adding or Filled(Typed(owner=str(current_user.id))),
        "known": known,
        "writable": may_write(),
        "nobody": False,
        **shown,
    }


@dataclass(frozen=True)
class Sieve:
    """Which candidates a list shows, as the address of the page says it."""

    owner: str = ""
    tag: str = ""
    only: str = ""

    @classmethod
    def chosen(cls) -> Sieve:
        only = request.args.get("only", "")
        tag = " ".join(request.args.get("tag", "").split()).removeprefix("#")[:50]
        return cls(request.args.get("owner", ""), tag, only if only in ("overdue", "silent") else "")

    @property
    def address(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}

    @property
    def question(self) -> dict[str, Any]:
        """As the relationships are asked. Somebody silent was spoken to lately, but not since so many days."""
        silent = (now() - CONVERSATION, now() - timedelta(days=agency().silent_after))
        return {
            "owner": _colleague(self.owner),
            "tag": self.tag or None,
            "overdue_on": today() if self.only == "overdue" else None,
            "silent": silent if self.only == "silent" else None,
        }


def _everybody(sieve: Sieve) -> dict[str, Any]:
    question = sieve.question
    listed = views.relationships.page(**question, after=paging.relationship("after", sieve.only), limit=A_PAGE + 1)
    count = views.relationships.count(**question, at_most=COUNTED) if sieve.address else views.directory.count()
    return {
        "listed": listed[:A_PAGE],
        "more": paging.after_relationship(listed[A_PAGE - 1], sieve.only) if len(listed) > A_PAGE else None,
        "count": f"{COUNTED:,}+" if sieve.address and count >= COUNTED else f"{count:,}",
        "nobody": views.directory.count() == 0,
        "sieve": sieve,
        "colleagues": colleagues(),
        "known_tags": views.relationships.tags(),
        "this_day": today(),
        "silent_after": agency().silent_after,
    }


def _colleague(chosen: str) -> UUID | None:
    """Whose candidates: "me", a colleague's id, or everybody's."""
    if chosen == "me":
        return UUID(str(current_user.id))
    return next((row.id for row in colleagues() if str(row.id) == chosen), None)


# The person


@pages.get("/candidates/<uuid:candidate_id>")
def page(candidate_id: UUID) -> Response:
    context = record(candidate_id, asked=noticed.just_said(candidate_id))
    lately.opened(candidate_id)
    return page_or_fragment("candidates/page.html", "record", **context)


@pages.get("/candidates/<uuid:candidate_id>/timeline")
def timeline(candidate_id: UUID) -> Response:
    block = "entries" if "before" in request.args else "timeline"
    candidate = known(candidate_id)
    return page_or_fragment("candidates/timeline.html", block, **person(candidate), **_entries(candidate, _group()))


def record(candidate_id: UUID, **changed: Any) -> dict[str, Any]:
    """Everything that the page about a person shows; `changed` says what a form on it has just done."""
    candidate = known(candidate_id)
    promises = views.promises.of(candidate_id)
    know_of(promises)
    return {
        **person(candidate),
        **_entries(candidate, changed.get("group", _group())),
        "promises": promises,
        "keepable": [row for row in promises if row.state == State.OPEN],
        "shelf": shelve(promises),
        "shown_on": "candidate",
        "composer": Filled(blank()),
        "also": searching.Lookup(),
        "promising": Filled(blank()),
        "asking": None,
        "asked": None,
        "moved": None,
        "undone": False,
        "said": None,
        "focus": None,
        **changed,
    }


def person(candidate: Any) -> dict[str, Any]:
    """What the head of the page shows."""
    gone = candidate.erased_at or candidate.withdrawn_at
    noted, referred = views.wishes.around(candidate.id)
    theirs = wished(noted)
    know({*referred, *filter(None, [theirs.referrer])})
    return {
        "candidate": candidate,
        "writable": may_write() and not gone,
        "editing": "",
        "said": None,
        "wished": theirs,
        "referred": referred,
    }


def known(candidate_id: UUID) -> Any:
    """The candidate's row. Raises NotFound."""
    candidate = views.directory.candidate(candidate_id)
    if candidate is None:
        raise NotFound(candidate_id)
    return candidate


def blank() -> Typed:
    """What stands in a composer that nobody has written in yet."""
    return Typed(channel="call", outcome="talked", direction="out", who=str(current_user.id))


def may_write() -> bool:
    return bool(current_user.role != Role.AUDITOR)


def writing() -> None:
    """Answer 403 to whoever may only read: they are shown no form that they could not send."""
    if not may_write():
        abort(403)


@pages.app_template_filter()
def site(link: str) -> str:
    """The host of an address, as people call it."""
    return (urlsplit(link).hostname or link).removeprefix("www.")


# What was said


def _group() -> str:
    """The kind of entries that the timeline shows: as asked for, or as the page shows it that htmx asks from."""
    asked = request.args.get("show")
    if asked is None and request.method == "POST":
        asked = parse_qs(page_left().query).get("show", [""])[0]
    return asked if asked in KINDS else ""


def _entries(candidate: Any, group: str) -> dict[str, Any]:
    rows = views.timeline.of(candidate.id, before=paging.moment("before"), limit=ENTRIES + 1, group=group or None)
    shown = rows[:ENTRIES]
    return {
        "entries": shown,
        "older": paging.before_moment(rows[ENTRIES - 1]) if len(rows) > ENTRIES else None,
        "group": group,
        "kinds": ("", *KINDS),
        **companions(shown),
    }


def entry(row: Any, said: str = "") -> dict[str, Any]:
    """What the line of one touchpoint shows."""
    return {"entries": [row], "older": None, "writable": may_write(), "said": said, **companions([row])}


def companions(entries: Sequence[Any]) -> dict[str, Any]:
    """Who else took part in the conversations among these entries, and to whom entries were moved; and have at hand
    which colleagues they mention."""
    know_mentions(entries)
    together = views.timeline.others({row.conversation for row in entries if row.conversation})
    whose = views.timeline.whose({row.moved_to for row in entries if row.moved_to})
    know({row.candidate for row in together} | set(whose.values()), {row.contact for row in entries})
    others = {entry.subject: [row for row in together if _beside(row, entry)] for entry in entries}
    return {"others": others, "whose": whose}


def _beside(row: Any, entry: Any) -> bool:
    return bool(row.conversation == entry.conversation and row.candidate != entry.candidate)
