"""Planning to be away: from when until when, and who covers; by oneself, or by an owner for a colleague."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, session, url_for
from flask_login import current_user

from domain.absence import Absence
from domain.recruiter import Role
from domain.refusal import Refused
from webapp import forms
from webapp.absent import absences, look_again
from webapp.dues import day_said
from webapp.filled import Filled, refilled
from webapp.filters import keepers, now, who, zone
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, views
from webapp.team import still_here

pages = Blueprint("away", __name__)

COVERS = "{} covers for {} then, {}. Somebody else must cover first."
FIELDS = ("first", "last", "cover")


@pages.get("/settings/away")
def mine() -> Response:
    return _shown(_recording(current_user.id))


@pages.post("/settings/away")
def plan_mine() -> Response:
    return _planned(_recording(current_user.id))


@pages.post("/settings/away/<uuid:absence_id>/ended")
def end_mine(absence_id: UUID) -> Response:
    return _ended(_recording(current_user.id), absence_id)


@pages.get("/team/<uuid:recruiter_id>/away")
def page(recruiter_id: UUID) -> Response:
    return _shown(_by_owner(recruiter_id))


@pages.post("/team/<uuid:recruiter_id>/away")
def plan(recruiter_id: UUID) -> Response:
    return _planned(_by_owner(recruiter_id))


@pages.post("/team/<uuid:recruiter_id>/away/<uuid:absence_id>/ended")
def end(recruiter_id: UUID, absence_id: UUID) -> Response:
    return _ended(_by_owner(recruiter_id), absence_id)


def _by_owner(recruiter_id: UUID) -> Any:
    if current_user.role != Role.OWNER:
        abort(403)
    return _recording(recruiter_id)


def _recording(recruiter_id: UUID) -> Any:
    """The colleague, if there is anything of theirs to cover."""
    person = still_here(recruiter_id)
    if person.role == Role.AUDITOR:
        abort(403 if person.id == current_user.id else 404, "An auditor keeps no promises, so nobody needs to cover.")
    return person


def _planned(person: Any) -> Response:
    try:
        command, absence = forms.command(), _absence()
        with installation.alone("team"):
            views.catch_up()
            _covers_nobody(person, absence)
            recruiting.plan_absence(command, person.id, absence)
    except Refused as refused:
        return _shown(person, forms.status(refused), refilled(request.form, refused, FIELDS))
    return _changed(person, f"Planned: away {absence.said()}.")


def _ended(person: Any, absence_id: UUID) -> Response:
    planned = next((row for row in absences() if row.id == absence_id), None)
    try:
        recruiting.end_absence(forms.command(), person.id, absence_id)
    except Refused as refused:
        return _shown(person, forms.status(refused), Filled(errors={"form": refused.sentence}))
    return _changed(person, "Back." if planned and planned.begins_at <= now() else "Called off.")


def _absence() -> Absence:
    """As the form says. Raises Refused beside its field."""
    first, last, cover = day_said("first"), day_said("last"), forms.identity("cover")
    if first is None:
        raise Refused("Say from which day on.", "first")
    return Absence(first, last or first, zone().key, cover)


def _covers_nobody(person: Any, absence: Absence) -> None:
    """Refuse if they stand in for somebody in that time: nobody would be there for either."""
    for row in absences():
        taken = Absence(row.first_day, row.last_day, row.zone)
        if row.cover == person.id and taken.overlaps(absence):
            raise Refused(COVERS.format(person.name, who(row.recruiter), taken.said()), "first")


def _changed(person: Any, said: str) -> Response:
    views.catch_up()
    look_again()
    if wants_fragment():
        return _shown(person, said=said)
    session["said"] = said
    return go(_address(person))


def _address(person: Any) -> str:
    if person.id == current_user.id:
        return url_for("away.mine")
    return url_for("away.page", recruiter_id=person.id)


def _shown(person: Any, status: int = 200, filled: Filled | None = None, said: str | None = None) -> Response:
    return page_or_fragment(
        "away/page.html",
        "away",
        status,
        person=person,
        own=person.id == current_user.id,
        here=_address(person),
        plans=[row for row in absences() if row.recruiter == person.id],
        this_moment=now(),
        others=[row for row in keepers() if row.id != person.id and row.state == "joined"],
        filled=filled or Filled(),
        said=said or session.pop("said", None),
    )
