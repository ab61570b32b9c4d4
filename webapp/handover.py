"""When a colleague leaves: first others take over what they keep and whom they look after, then they are shut out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Response, request, session, url_for
from flask_login import current_user, logout_user

from domain.command import Command
from domain.refusal import Refused
from webapp import forms
from webapp.doors import for_roles
from webapp.filled import Filled, Typed, refilled
from webapp.filters import keepers
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, vault, views
from webapp.team import another_owner, colleague, looked_after, still_here

pages = Blueprint("handover", __name__)

SHOWN = 50
AT_ONCE = 200  # that many are handed over by one request; the rest by the next
TO_WHOM = "Choose who takes this over."


@pages.get("/team/<uuid:recruiter_id>/handover")
@for_roles("owner")
def page(recruiter_id: UUID) -> Response:
    return _sheet(recruiter_id, said=session.pop("said", None))


@pages.post("/team/<uuid:recruiter_id>/handover")
@for_roles("owner")
def hand_over(recruiter_id: UUID) -> Response:
    """The promises listed go where they were sent, all others and the candidates to the one chosen for all."""
    colleague(recruiter_id)
    try:
        done = _handed_over(recruiter_id)
    except Refused as refused:
        return _sheet(recruiter_id, forms.status(refused), refilled(request.form, refused, tuple(request.form)))
    so_far = done + _so_far()
    going_on = done > 0 and bool(request.form.get("all")) and _left_with(recruiter_id) > 0
    said = f"{so_far:,} handed over." if so_far else "Nothing was handed over."
    if wants_fragment() or going_on:
        return _sheet(recruiter_id, filled=Filled(Typed(request.form)), said=said, so_far=so_far, going_on=going_on)
    session["said"] = said
    return go(url_for("handover.page", recruiter_id=recruiter_id))


@pages.post("/team/<uuid:recruiter_id>/leaving")
@for_roles("owner")
def leave(recruiter_id: UUID) -> Response:
    """Sign-in ends at once: sessions, links and the password are gone."""
    person = still_here(recruiter_id)
    try:
        with installation.alone("team"):
            views.catch_up()
            if person.role == "owner":
                another_owner(recruiter_id)
            if _left_with(recruiter_id):
                raise Refused(f"First hand over what {person.name} keeps and looks after.")
            recruiting.recruiter_leaves(forms.command(), recruiter_id)
            vault.shut_out(recruiter_id)
            views.catch_up()
    except Refused as refused:
        return _sheet(recruiter_id, forms.status(refused), refilled(request.form, refused, ()))
    if recruiter_id == current_user.id:
        logout_user()
        session.clear()
        return go(url_for("doors.sign_in"))
    session["said"] = f"{person.name} has left and cannot sign in any more."
    return go(url_for("team.page"))


def _handed_over(recruiter_id: UUID) -> int:
    """As many as one request may; returns how many. Raises Refused beside the choice that is to blame."""
    command, to_all = forms.command(), _taker("all", recruiter_id)
    to_each = {name: _taker(name, recruiter_id) for name in request.form if name.startswith("promise-")}
    candidates_to = _taker("candidates", recruiter_id) or to_all
    if not (to_all or candidates_to or any(to_each.values())):
        raise Refused(TO_WHOM, "all")
    done = 0
    for row in _open_promises(recruiter_id):
        if done == AT_ONCE:
            break
        if to := to_each.get(f"promise-{row.id}") or to_all:
            done += _given(recruiting.reassign_promise, command, row.id, to)
    while candidates_to and done < AT_ONCE:
        rows = views.relationships.page(owner=recruiter_id, limit=AT_ONCE - done)
        given = sum(_given(recruiting.assign_owner, command, row.candidate, candidates_to) for row in rows)
        views.catch_up()
        done += given
        if not given:
            break
    views.catch_up()
    return done


def _open_promises(recruiter_id: UUID) -> Iterator[Any]:
    after = None
    while rows := views.promises.open_of(recruiter_id, after=after, limit=AT_ONCE):
        yield from rows
        after = (rows[-1].due_on, rows[-1].id)


def _given(verb: Any, command: Command, what: UUID, to: UUID) -> bool:
    """Whether it went over; what was closed or forgotten a moment ago needs nobody any more."""
    try:
        return not verb(Command(uuid5(command.id, str(what)), command.by), what, to).repeated
    except Refused:
        return False


def _taker(field: str, giver: UUID) -> UUID | None:
    """The colleague chosen in this field, None if nobody was. Raises Refused when it is nobody who may."""
    to = forms.identity(field)
    if to is not None and to not in {row.id for row in _takers(giver)}:
        raise Refused("Choose somebody from the list.", field)
    return to


def _takers(giver: UUID) -> list[Any]:
    return [row for row in keepers() if row.id != giver]


def _so_far() -> int:
    """How many went over in the requests before this one, as the form tells: shown, and nothing else."""
    told = request.form.get("so_far", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 8 else 0


def _left_with(recruiter_id: UUID) -> int:
    return views.promises.open_count(recruiter_id) + looked_after(recruiter_id)


def _sheet(recruiter_id: UUID, status: int = 200, filled: Filled | None = None, **shown: Any) -> Response:
    promises = views.promises.open_of(recruiter_id, after=_after(), limit=SHOWN + 1)
    return page_or_fragment(
        "team/handover.html",
        "handover",
        status,
        person=colleague(recruiter_id),
        promises=promises[:SHOWN],
        more=promises[SHOWN - 1].id if len(promises) > SHOWN else None,
        names=views.directory.names({row.candidate for row in promises}),
        open_count=views.promises.open_count(recruiter_id),
        looked_after=looked_after(recruiter_id),
        takers=_takers(recruiter_id),
        filled=filled or Filled(),
        **{"said": None, "so_far": 0, "going_on": False, **shown},
    )


def _after() -> Any:
    """The promise after which this page of the sheet begins."""
    try:
        id = UUID(request.values.get("after", ""))
    except ValueError:
        return None
    row = views.promises.promise(id)
    return row and (row.due_on, row.id)
