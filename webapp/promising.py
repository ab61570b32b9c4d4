"""The promise of a form: what is promised, until when, and by whom; the same fields wherever one is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from flask import request
from flask_login import current_user

from domain.command import Command
from domain.promise import NewPromise, Party
from domain.refusal import NotFound, Refused
from webapp import forms
from webapp.dues import due_said
from webapp.filters import keepers
from webapp.ledger import recruiting, views

PROMISED = ("promise", "due", "due_at", "who", "contact", "contact_works_at")


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
    (due, phrase), who = by_when, request.form.get("who", "")
    if who == Party.CANDIDATE:
        return NewPromise(words, due, current_user.id, Party.CANDIDATE, due_phrase=phrase)
    if who == Party.CONTACT:
        return NewPromise(words, due, current_user.id, Party.CONTACT, _contact(candidate_id), phrase)
    return NewPromise(words, due, keeper_said(), due_phrase=phrase)


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


def _of_that_name(name: str) -> Any:
    """The one person so called, wherever they work."""
    known = views.contacts.namesakes(name)
    if len(known) > 1:
        raise Refused(f"We know several people called {name}. Say where this one works.", "contact_works_at")
    return known[0] if known else None
