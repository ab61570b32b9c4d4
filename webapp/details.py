"""Who a candidate is: adding one, and changing the details, the owner and the tags where they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from domain.candidate import Details
from domain.command import Command
from domain.refusal import Refused
from webapp import candidates, forms
from webapp.filled import Filled, Typed, refilled
from webapp.filters import keepers
from webapp.htmx import go, page_or_fragment, saved, wants_fragment
from webapp.ledger import installation, recruiting, views

pages = Blueprint("details", __name__)

LINES = ("name", "headline", "place", "works_at", "source", "reference")
DETAILS = (*LINES, "email", "phone", "link")
ADDED = (*DETAILS, "tags", "owner")
LONGEST_LIST = 3000
LONGEST_LINK = 500
APART = re.compile(r"[\n,;]+")
HASHES = re.compile(r"[\n,;#]+")
A_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(/.*)?", re.ASCII)


# Adding one


class KnownAlready(Refused):
    """Somebody we know has this address, number or id."""

    def __init__(self, people: list[Any]):
        super().__init__("Somebody with this address or number is here already.")
        self.people = people


@pages.post("/candidates")
def add() -> Response:
    try:
        with installation.alone("candidates"):
            recorded = _add(forms.command())
    except Refused as refused:
        adding = refilled(request.form, refused, ADDED)
        known = [_how_known(row, adding.typed) for row in refused.people] if isinstance(refused, KnownAlready) else []
        context = candidates.found(adding=adding, known=known)
        return page_or_fragment("candidates/index.html", "adding", forms.status(refused), **context)
    return go(url_for("candidates.page", candidate_id=recorded.streams[0]))


def _add(command: Command) -> Any:
    details, tags, owner = details_said(), tags_said(), owner_said()
    if "anyway" not in request.form and recruiting.log.trace(command.id) is None:
        views.catch_up()
        if known := list(views.directory.known_by(details.emails, details.phones, *_elsewhere(details))):
            raise KnownAlready(known)
    recorded = recruiting.add_candidate(command, details=details, tags=tags, owner=owner)
    views.catch_up()
    return recorded


def _elsewhere(details: Details) -> tuple[list[str], list[str]]:
    return [details.reference] if details.reference else [], [details.link] if details.link else []


def _how_known(row: Any, typed: Typed) -> tuple[Any, str]:
    """The person, and what it is that we know them by."""
    emails = {email.casefold() for email in _parts(typed["email"], APART)}
    if emails & {email.casefold() for email in row.emails}:
        return row, "this e-mail"
    if typed["reference"] and typed["reference"] == row.reference:
        return row, "this id"
    return row, "this number" if typed["phone"] and row.phones else "this link"


# Changing what is known


@pages.route("/candidates/<uuid:candidate_id>/details", methods=["GET", "POST"])
def change(candidate_id: UUID) -> Response:
    def make_it() -> None:
        recruiting.change_details(forms.command(), candidate_id, details_said(), forms.seen())

    return _changed(candidate_id, "details", DETAILS, make_it)


@pages.route("/candidates/<uuid:candidate_id>/owner", methods=["GET", "POST"])
def owner(candidate_id: UUID) -> Response:
    def make_it() -> None:
        recruiting.assign_owner(forms.command(), candidate_id, owner_said(), forms.seen())

    return _changed(candidate_id, "owner", ("owner",), make_it)


@pages.route("/candidates/<uuid:candidate_id>/tags", methods=["GET", "POST"])
def tags(candidate_id: UUID) -> Response:
    """The form stays open after each change: tags seldom come alone."""

    def make_it() -> None:
        off = request.form.getlist("remove")
        if off:
            recruiting.untag_candidate(forms.command(), candidate_id, tuple(off))
        elif chosen := tags_said():
            recruiting.tag_candidate(forms.command(), candidate_id, chosen)
        else:
            raise Refused("Write a tag.", "tags")

    return _changed(candidate_id, "tags", ("tags",), make_it, then_open="tags")


@pages.route("/candidates/<uuid:candidate_id>/withdrawal", methods=["GET", "POST"])
def withdraw(candidate_id: UUID) -> Response:
    def make_it() -> None:
        why = forms.line("why")
        if not why:
            raise Refused("Say why they are taken back.", "why")
        recruiting.withdraw_candidate(forms.command(), candidate_id, why)

    return _changed(candidate_id, "withdrawal", ("why",), make_it)


def _changed(
    candidate_id: UUID, form: str, fields: tuple[str, ...], make_it: Callable[[], None], then_open: str = ""
) -> Response:
    """Show the form, or make the change and show the person; a refusal shows the form with every word kept."""
    candidates.writing()
    row = candidates.known(candidate_id)
    if request.method == "GET":
        return _form(row, form, 200, _typed(row))
    try:
        make_it()
    except Refused as refused:
        filled = refilled(request.form, refused, fields)
        return _form(candidates.known(candidate_id), form, forms.status(refused), filled)
    views.catch_up()
    row = candidates.known(candidate_id)
    here = url_for("candidates.page", candidate_id=candidate_id)
    if form == "withdrawal":
        return go(here)
    context = {**_context(row, then_open, _typed(row)), "said": "Saved."}
    return saved("candidates/page.html", "person", here, **context)


def _form(row: Any, form: str, status: int, filled: Filled) -> Response:
    """In the header's own place for htmx, on a page of its own for a browser."""
    current = _typed(row).typed if status == 409 else None
    return page_or_fragment(f"details/{form}.html", "form", status, **_context(row, form, filled), current=current)


def _context(row: Any, form: str, filled: Filled) -> dict[str, Any]:
    return {
        **candidates.person(row),
        "editing": form,
        "filled": filled,
        "known_tags": views.relationships.tags() if form == "tags" else [],
        "fragment": wants_fragment(),
    }


def _typed(row: Any) -> Filled:
    """The form as it stands when nobody has typed in it yet."""
    lines = {name: getattr(row, name) or "" for name in (*LINES, "link")}
    ways = {"email": "\n".join(row.emails or ()), "phone": "\n".join(row.phones or ())}
    return Filled(Typed({**lines, **ways, "owner": str(row.owner)}))


# What a form says


def details_said() -> Details:
    """A person's details as the form has them. A link may be written without its scheme."""
    lines = {name: forms.line(name) for name in LINES}
    emails, phones = (_parts(forms.text(name, LONGEST_LIST), APART) for name in ("email", "phone"))
    link = forms.line("link", LONGEST_LINK)
    return Details(emails=emails, phones=phones, link=f"https://{link}" if A_HOST.fullmatch(link) else link, **lines)


def tags_said(field: str = "tags") -> tuple[str, ...]:
    """Tags between commas, blanks around them and # before them left out."""
    return _parts(forms.text(field, LONGEST_LIST), HASHES)


def owner_said() -> UUID:
    """The colleague who looks after somebody; whoever writes, if the form does not say."""
    if "owner" not in request.form:
        return UUID(str(current_user.id))
    chosen = forms.identity("owner")
    if chosen is None or all(row.id != chosen for row in keepers()):
        raise Refused("Choose who looks after them.", "owner")
    return chosen


def _parts(written: str, between: re.Pattern[str]) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in between.split(written))
    return tuple(dict.fromkeys(part for part in parts if part))
