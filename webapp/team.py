"""The team: who is on it, in which role, and the one-time links by which colleagues join."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, session, url_for
from flask_login import current_user

from domain.recruiter import Role
from domain.refusal import NotFound, Refused
from webapp import forms
from webapp.doors import for_roles, let_in, new_password, public
from webapp.filled import Filled, refilled
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, vault, views
from webapp.qr import drawn
from webapp.vault import INVITATIONS_LIVE

pages = Blueprint("team", __name__)

INVITING = ("name", "email", "role")
ROLES = {
    Role.RECRUITER: "Recruiter: records and promises",
    Role.OWNER: "Owner: also looks after team and settings",
    Role.AUDITOR: "Auditor: only reads",
}
USED_UP = "This link was used before, or is older than a week. Ask the owner of your agency for a new one."
LAST_OWNER = "An agency needs an owner. Make somebody else one first."
STILL_KEEPS = "An auditor only reads. First hand over what {} keeps and looks after."


@pages.get("/team")
def page() -> Response:
    return _team(link=session.pop("link", None), said=session.pop("said", None))


@pages.post("/team/invitations")
@for_roles("owner")
def invite() -> Response:
    try:
        return _link(_invited())
    except Refused as refused:
        return _team(forms.status(refused), filled=refilled(request.form, refused, INVITING))


@pages.post("/team/<uuid:recruiter_id>/links")
@for_roles("owner")
def new_link(recruiter_id: UUID) -> Response:
    """For a link that expired or was lost, and for a forgotten password."""
    still_here(recruiter_id)
    return _link(recruiter_id)


@pages.post("/team/<uuid:recruiter_id>/role")
@for_roles("owner")
def role(recruiter_id: UUID) -> Response:
    person = still_here(recruiter_id)
    try:
        chosen, seen = forms.choice("role", Role), forms.seen()
        with installation.alone("team"):
            views.catch_up()
            if person.role == Role.OWNER and chosen != Role.OWNER:
                another_owner(recruiter_id)
            if chosen == Role.AUDITOR and (views.promises.open_count(person.id) or looked_after(person.id)):
                raise Refused(STILL_KEEPS.format(person.name), "role")
            recruiting.change_role(forms.command(), recruiter_id, chosen, seen)
            views.catch_up()
    except Refused as refused:
        return _team(forms.status(refused), about=recruiter_id, filled=refilled(request.form, refused, ("role",)))
    return _changed(f"{person.name} is {chosen} now.")


@pages.post("/team/<uuid:recruiter_id>/sign-outs")
@for_roles("owner")
def sign_out(recruiter_id: UUID) -> Response:
    """For a phone that was lost: a colleague is signed out everywhere."""
    person = still_here(recruiter_id)
    ended = vault.end_sessions(recruiter_id)
    return _changed(f"{person.name} is signed out everywhere." if ended else f"{person.name} was signed in nowhere.")


@pages.route("/join/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> Response:
    invitation = vault.invitation(token) or abort(404, USED_UP)
    if request.method == "GET":
        return _join(invitation.recruiter)
    try:
        recruiter = vault.accept(token, new_password()) or abort(404, USED_UP)
    except Refused as refused:
        return _join(invitation.recruiter, 422, refilled(request.form, refused, ("password",)))
    return let_in(recruiter, url_for("today.page"))


# What handing over needs as well


def colleague(recruiter_id: UUID) -> Any:
    """Somebody who is or was on the team. Raises NotFound."""
    person = views.team.recruiter(recruiter_id)
    if person is None:
        raise NotFound(recruiter_id)
    return person


def still_here(recruiter_id: UUID) -> Any:
    """Somebody who is on the team. Answers 404 for whoever has left."""
    person = colleague(recruiter_id)
    return person if person.state != "left" else abort(404, f"{person.name} has left.")


def another_owner(but: UUID) -> None:
    """Say it `with installation.alone("team")`. Raises Refused when nobody else could invite, or change this back."""
    others = [row for row in views.team.everyone() if row.role == Role.OWNER and row.state == "joined"]
    if not any(row.id != but for row in others):
        raise Refused(LAST_OWNER, "role")


def looked_after(recruiter_id: UUID) -> int:
    """How many candidates they look after; beyond 1,000 it is 1,000."""
    return views.relationships.count(owner=recruiter_id)


def _invited() -> UUID:
    """The colleague of this form. Raises Refused when the address is on the team already."""
    command, name, email = forms.command(), forms.line("name"), forms.line("email")
    role = forms.choice("role", Role)
    with installation.alone("team"):
        views.catch_up()
        known = views.team.by_email(email.casefold())
        if known is not None and known.state != "left" and known.id != command.stream(0):
            raise Refused(f"{known.name} has this address and is on the team already.", "email")
        recorded = recruiting.invite_recruiter(command, name, email, role)
    views.catch_up()
    return recorded.streams[0]


def _link(recruiter: UUID) -> Response:
    """The team with a link to hand on, shown this once."""
    token = vault.invite(recruiter, current_user.id, forms.command().id)
    link = {
        "name": views.team.recruiter(recruiter).name,
        "address": installation.settings.base_url + url_for("team.join", token=token),
        "days": INVITATIONS_LIVE.days,
    }
    if wants_fragment():
        return _team(link=link)
    session["link"] = link
    return go(url_for("team.page"))


def _changed(said: str) -> Response:
    if wants_fragment():
        return _team(said=said)
    session["said"] = said
    return go(url_for("team.page"))


def _team(status: int = 200, link: Any = None, filled: Filled | None = None, **shown: Any) -> Response:
    everyone = views.team.everyone()
    left = [row for row in everyone if row.state == "left"]
    return page_or_fragment(
        "team/team.html",
        "team",
        status,
        people=[row for row in everyone if row.state != "left"],
        left=left,
        keeping={row.id: views.promises.open_count(row.id) + looked_after(row.id) for row in left},
        roles=ROLES,
        link=link,
        picture=drawn(link["address"]) if link else "",
        private=installation.settings.private,
        filled=filled or Filled(),
        **{"about": None, "said": None, **shown},
    )


def _join(recruiter: UUID, status: int = 200, filled: Filled | None = None) -> Response:
    colleague = views.team.recruiter(recruiter)
    heading = f"Join {views.team.agency().name}" if colleague.state == "invited" else "Choose a new password"
    return page_or_fragment(
        "team/join.html", "join", status, colleague=colleague, heading=heading, filled=filled or Filled()
    )
