"""Contacts: people at clients, how to reach them, and what they promised."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain.contact import ContactDetails
from domain.refusal import NotFound, Refused
from webapp import candidates, forms
from webapp.filled import Filled, refilled
from webapp.htmx import page_or_fragment, saved
from webapp.ledger import recruiting, views
from webapp.promised import know_of

pages = Blueprint("contacts", __name__)

CONTACT = ("contact", "contact_works_at", "contact_role", "contact_email", "contact_phone")
PROMISES = 50


@pages.get("/contacts/<uuid:contact_id>")
def page(contact_id: UUID) -> Response:
    return page_or_fragment("contacts/page.html", "contact", **_contact(contact_id))


@pages.post("/contacts/<uuid:contact_id>/details")
def change(contact_id: UUID) -> Response:
    _known(contact_id)
    try:
        recruiting.change_contact(forms.command(), contact_id, details_said(), forms.seen())
    except Refused as refused:
        filled = refilled(request.form, refused, CONTACT)
        return page_or_fragment("contacts/page.html", "contact", forms.status(refused), **_contact(contact_id, filled))
    views.catch_up()
    there = url_for("contacts.page", contact_id=contact_id)
    return saved("contacts/page.html", "contact", there, **_contact(contact_id, said="Saved."))


def details_said() -> ContactDetails:
    """What a form says of somebody at a client. Raises Refused."""
    return ContactDetails(*(forms.line(field) for field in CONTACT))


def _contact(contact_id: UUID, filled: Filled | None = None, said: str | None = None) -> dict[str, Any]:
    row = _known(contact_id)
    made = views.contacts.promises_by(contact_id, PROMISES)
    found = views.promises.these(made)
    promises = [found[id] for id in made if id in found and found[id].listed]
    know_of(promises)
    return {
        "contact": row,
        "client": views.jobs.called(row.works_at) if row.works_at else None,
        "promises": promises,
        "most": PROMISES,
        "filled": filled or Filled(),
        "writable": candidates.may_write() and not row.erased_at,
        "said": said,
    }


def _known(contact_id: UUID) -> Any:
    row = views.contacts.contact(contact_id)
    if row is None:
        raise NotFound(contact_id)
    return row
