"""Clients: what they look for, and whether their own people are off limits to us."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain.refusal import NotFound, Refused
from webapp import candidates, forms, paging
from webapp.contacts import CONTACT, details_said
from webapp.filled import Filled, refilled
from webapp.htmx import page_or_fragment, saved
from webapp.ledger import recruiting, views

pages = Blueprint("clients", __name__)

PEOPLE = 50


@pages.get("/clients/<uuid:client_id>")
def page(client_id: UUID) -> Response:
    return page_or_fragment("clients/page.html", "client", **_client(client_id))


@pages.post("/clients/<uuid:client_id>/details")
def change(client_id: UUID) -> Response:
    def changed() -> None:
        name, website = forms.line("client"), forms.line("website", 500)
        recruiting.change_client(forms.command(), client_id, name, website, forms.seen())

    return _changed(client_id, changed, "details")


@pages.post("/clients/<uuid:client_id>/off-limits")
def off_limits(client_id: UUID) -> Response:
    """Ticked, those who work there are sent nowhere; without the tick they may be again."""

    def chosen() -> None:
        off, why = bool(request.form.get("off_limits")), forms.line("why")
        recruiting.choose_off_limits(forms.command(), client_id, off, why if off else "", forms.seen())

    return _changed(client_id, chosen, "off-limits")


@pages.get("/clients/<uuid:client_id>/people")
def people(client_id: UUID) -> Response:
    """Those who work there, further on."""
    return page_or_fragment("clients/people.html", "further", **_client(client_id))


@pages.post("/clients/<uuid:client_id>/contacts")
def add_contact(client_id: UUID) -> Response:
    """Somebody who works there."""
    client = _client(client_id)["client"]

    def added() -> None:
        said = details_said()
        role = {"role": said.role} if said.role else {}
        recruiting.add_contact(forms.command(), said.name, client.name, said.email, said.phone, **role)

    return _changed(client_id, added, "contact")


def _changed(client_id: UUID, change: Callable[[], None], form: str) -> Response:
    candidates.writing()
    _client(client_id)
    try:
        change()
    except Refused as refused:
        filled = refilled(request.form, refused, ("client", "website", "why", *CONTACT), move=form)
        return page_or_fragment("clients/page.html", "client", forms.status(refused), **_client(client_id, filled))
    views.catch_up()
    there = url_for("clients.page", client_id=client_id)
    return saved("clients/page.html", "client", there, **_client(client_id, said="Saved."))


def _client(client_id: UUID, filled: Filled | None = None, said: str | None = None) -> dict[str, Any]:
    client = views.jobs.client(client_id)
    if client is None:
        raise NotFound(client_id)
    jobs = views.jobs.of(client_id)
    after = paging.relationship("after", "") if request.method == "GET" else None
    known = views.contacts.at(client.name, after, PEOPLE + 1)  # type: ignore[arg-type]
    last = known[PEOPLE - 1] if len(known) > PEOPLE else None
    return {
        "contacts": known[:PEOPLE],
        "owed": views.contacts.open_promises({row.id for row in known}),
        "more": paging.after_key((last.folded, last.id)) if last else None,
        "client": client,
        "jobs": jobs,
        "counts": views.submissions.counts([job.id for job in jobs]),
        "filled": filled or Filled(),
        "writable": candidates.may_write(),
        "said": said,
    }
