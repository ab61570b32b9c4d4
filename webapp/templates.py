"""Message templates: those that Kept came with, and the agency's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain.merging import FIELDS, filled, written
from domain.refusal import NotFound, Refused
from domain.template import TEXT, Template
from webapp import candidates, forms, lately
from webapp.filled import Filled, Typed, refilled
from webapp.htmx import go, page_or_fragment
from webapp.ledger import recruiting, views
from webapp.merging import values_for

pages = Blueprint("templates", __name__)


@pages.get("/templates")
def index() -> Response:
    everything = views.templates.everything()
    return page_or_fragment(
        "templates/index.html",
        "list",
        offered=[each for each in everything if not each.retired_at],
        retired=[each for each in everything if each.retired_at],
        writable=candidates.may_write(),
    )


@pages.get("/templates/new")
def new() -> Response:
    candidates.writing()
    return _form(None, Filled())


@pages.post("/templates")
def write() -> Response:
    try:
        recruiting.write_template(forms.command(), _said())
    except Refused as refused:
        return _form(None, refilled(request.form, refused, TEXT), forms.status(refused))
    return _saved()


@pages.route("/templates/<uuid:template_id>", methods=["GET", "POST"])
def change(template_id: UUID) -> Response:
    candidates.writing()
    template = _known(template_id)
    if request.method == "GET":
        return _form(template, _stands(template))
    try:
        recruiting.change_template(forms.command(), template_id, _said(), forms.seen())
    except Refused as refused:
        return _form(_known(template_id), refilled(request.form, refused, TEXT), forms.status(refused))
    return _saved()


@pages.post("/templates/<uuid:template_id>/retirement")
def retire(template_id: UUID) -> Response:
    recruiting.retire_template(forms.command(), template_id)
    return _saved()


@pages.post("/templates/<uuid:template_id>/return")
def restore(template_id: UUID) -> Response:
    recruiting.restore_template(forms.command(), template_id)
    return _saved()


def _said() -> Template:
    return Template(forms.line("name"), forms.line("subject"), forms.text("words"), forms.text("short"))


def _stands(template: Any) -> Filled:
    return Filled(Typed({name: getattr(template, name) for name in TEXT}))


def _saved() -> Response:
    views.catch_up()
    return go(url_for("templates.index"))


def _form(template: Any, filled_in: Filled, status: int = 200) -> Response:
    return page_or_fragment(
        "templates/form.html",
        "form",
        status,
        known=template,
        filled=filled_in,
        current=_stands(template).typed if template and status == 409 else None,
        fields=[(written(name), meaning) for name, meaning in FIELDS.items()],
        **_preview(filled_in.typed),
    )


def _preview(typed: Typed) -> dict[str, Any]:
    """How whoever was opened last would read it; nobody, if nobody was."""
    reader = next((row for id in lately.lately()[:1] if (row := views.directory.candidate(id)) and row.name), None)
    if reader is None or not typed["words"]:
        return {"reader": None, "preview": ""}
    return {"reader": reader, "preview": filled(typed["words"], values_for(reader)[0])[0]}


def _known(template_id: UUID) -> Any:
    template = views.templates.template(template_id)
    if template is None:
        raise NotFound(template_id)
    return template
