"""The team: who is on it, and the one-time links by which colleagues join."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, request, session, url_for
from flask_login import current_user

from domain.recruiter import Role
from domain.refusal import NotFound, Refused
from webapp import forms
from webapp.doors import for_roles, let_in, limiter, new_password, public
from webapp.filled import Filled, refilled
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, vault, views
from webapp.vault import INVITATIONS_LIVE

pages = Blueprint("team", __name__)

INVITING = ("name", "email", "role")
ROLES = {
    Role.RECRUITER: "Recruiter: records and promises",
    Role.OWNER: "Owner: also invites colleagues",
    Role.AUDITOR: "Auditor: only reads",
}
USED_UP = "This link was used before, or is older than a week. Ask the owner of your agency for a new one."


@pages.get("/team")
def page() -> Response:
    return _team(link=session.pop("link", None))


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
    if views.team.recruiter(recruiter_id) is None:
        raise NotFound(recruiter_id)
    return _link(recruiter_id)


@pages.route("/join/<token>", methods=["GET", "POST"])
@public
@limiter.limit("20 per minute", methods=["POST"])
def join(token: str) -> Response:
    invitation = vault.invitation(token) or abort(404, USED_UP)
    if request.method == "GET":
        return _join(invitation.recruiter)
    try:
        recruiter = vault.accept(token, new_password()) or abort(404, USED_UP)
    except Refused as refused:
        return _join(invitation.recruiter, 422, refilled(request.form, refused, ("password",)))
    return let_in(recruiter, url_for("today.page"))


def _invited() -> UUID:
    """The colleague of this form. Raises Refused when the address is on the team already."""
    command, name, email = forms.command(), forms.line("name"), forms.line("email")
    role = forms.choice("role", Role)
    with installation.alone("team"):
        views.catch_up()
        known = views.team.by_email(email.casefold())
        if known is not None and known.id != command.stream(0):
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


def _team(status: int = 200, link: Any = None, filled: Filled | None = None) -> Response:
    return page_or_fragment(
        "team/team.html",
        "team",
        status,
        people=views.team.everyone(),
        roles=ROLES,
        link=link,
        filled=filled or Filled(),
    )


def _join(recruiter: UUID, status: int = 200, filled: Filled | None = None) -> Response:
    colleague = views.team.recruiter(recruiter)
    heading = f"Join {views.team.agency().name}" if colleague.state == "invited" else "Choose a new password"
    return page_or_fragment(
        "team/join.html", "join", status, colleague=colleague, heading=heading, filled=filled or Filled()
    )
