"""The promise of a form: what is promised, until when, and by whom; the same fields wherever one is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Flask, g, render_template, request
from flask_login import current_user

from domain.command import Command
from domain.names import same_company
from domain.promise import NewPromise, Party
from domain.refusal import NotFound, Refused
from domain.when import Said
from domain.words import LONGEST_LINE
from webapp import forms
from webapp.dues import due_said
from webapp.filled import Typed
from webapp.filters import keepers, today
from webapp.ledger import recruiting, views
from webapp.spoken import heard

pages = Blueprint("promising", __name__)

PROMISED = ("promise", "due", "due_at", "who", "contact", "contact_works_at", "waits_for")
COUNTED = 100


def promise_said(candidate_id: UUID) -> NewPromise | None:
    """The promise of a form, None if its row was left empty. Raises Refused when only half of it was said.

    One that the candidate or somebody at a client makes is followed up by whoever writes it down.
    """
    words, by_when, at = forms.line("promise"), due_said(), forms.clock("due_at")
    if not words and by_when is None and at is None:
        return None
    if not words:
        raise Refused("Say what you promised.", "promise")
    if by_when is None:
        raise Refused("Say by when.", "due")
    (due, phrase), who, first = by_when, request.form.get("who", ""), forms.identity("waits_for")
    if who == Party.CANDIDATE:
        return NewPromise(words, due, current_user.id, Party.CANDIDATE, due_phrase=phrase, waits_for=first)
    if who == Party.CONTACT:
        whom, job = _contact(candidate_id), _job(candidate_id)
        return NewPromise(words, due, current_user.id, Party.CONTACT, whom, phrase, job=job, waits_for=first)
    return NewPromise(words, due, keeper_said(), due_phrase=phrase, waits_for=first)


def keeper_said(field: str = "who") -> UUID:
    """The colleague chosen as the one who keeps a promise."""
    keeper = forms.identity(field)
    if keeper is None or all(row.id != keeper for row in keepers()):
        raise Refused("Choose who keeps this promise.", field)
    return keeper


def _contact(candidate_id: UUID) -> UUID:
    """Who at a client promises: somebody known by that name, else added with the form's own command."""
    name, works_at = forms.line("contact"), forms.line("contact_works_at")
    if not name:
        raise Refused("Say who at the client promised it.", "contact")
    known = views.contacts.called(name, works_at) or (None if works_at else _of_that_name(name))
    if known is not None:
        return UUID(str(known.id))
    if views.directory.candidate(candidate_id) is None:
        raise NotFound(candidate_id)
    form = forms.command()
    added = recruiting.add_contact(Command(uuid5(form.id, "contact"), form.by), name, works_at)
    return added.streams[0]


def _job(candidate_id: UUID) -> UUID | None:
    """The job that somebody at a client promises about: the one for which the candidate stands with that client."""
    rows = views.submissions.live([candidate_id])
    clients = views.jobs.these({row.client for row in rows})
    works_at = forms.line("contact_works_at")
    jobs = [row.job for row in rows if works_at and same_company(works_at, clients[row.client].name)]
    return jobs[0] if len(jobs) == 1 else None


def _of_that_name(name: str) -> Any:
    """The one person so called, wherever they work."""
    known = views.contacts.namesakes(name)
    if len(known) > 1:
        raise Refused(f"We know several people called {name}. Say where this one works.", "contact_works_at")
    return known[0] if known else None


# How much somebody holds open


def init_promising(app: Flask) -> None:
    """Let forms say how many promises whoever is chosen holds open."""
    app.jinja_env.globals.update(held=held)


@pages.get("/promises/held")
def held_now() -> str:
    """How many promises the chosen colleague holds open, beside the day that is being promised."""
    return render_template("promises/_held.html", typed=Typed(request.args))


def held(typed: Mapping[str, str]) -> str:
    """ "Dana keeps 14 open, 3 of them due that day, 2 overdue.", "" where that is not known or nothing."""
    keeper = next((row for row in keepers() if str(row.id) == typed.get("who", "")), None)
    if keeper is None:
        return ""
    said = heard(words) if (words := typed.get("due", "").strip()[:LONGEST_LINE]) else None
    day = said.on if isinstance(said, Said) else None
    row = _held_by(keeper.id, day or date.min)
    if row is None or not row.open:
        return ""
    parts = [f"{keeper.name} keeps {_so_many(row.open)} open"]
    if row.that_day:
        parts.append(f"{_so_many(row.that_day)} of them due that day")
    if row.overdue:
        parts.append(f"{_so_many(row.overdue)} overdue")
    return ", ".join(parts) + "."


def _held_by(keeper: UUID, day: date) -> Any:
    """Asked once for all the forms of a page."""
    asked = g.setdefault("held", {})
    if (keeper, day) not in asked:
        asked[keeper, day] = views.promises.held_by(keeper, day, today(), COUNTED)
    return asked[keeper, day]


def _so_many(count: int) -> str:
    return f"more than {COUNTED - 1}" if count >= COUNTED else str(count)
