"""Invitations into networks: how each stands with one person, and whom to invite after the first talk, on Today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from domain.invitation import Invited, Network
from domain.refusal import Refused
from webapp import candidates, forms, today
from webapp.filled import Filled, Typed, refilled
from webapp.filters import now
from webapp.filters import today as this_day
from webapp.htmx import page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views

pages = Blueprint("inviting", __name__)

PATIENCE = timedelta(weeks=3)
LATELY = timedelta(days=14)
AT_ONCE = 3
FIELDS = ("network", "on", "link")


@dataclass(frozen=True)
class Standing:
    """How the invitation into one network stands."""

    network: str
    invited_on: date
    state: str
    answered_on: date | None
    link: str

    @property
    def open(self) -> bool:
        return self.state == Invited.OPEN

    @property
    def unanswered(self) -> bool:
        """Open for three weeks."""
        return self.open and self.invited_on + PATIENCE <= this_day()


@pages.app_template_global()
def invitations(row: Any) -> list[Standing]:
    """How they stand with one person, whose row of the relationships this is; None of whoever is erased."""
    return [_standing(network, each) for network, each in sorted(row.invitations.items())] if row else []


@pages.app_template_global()
def inviting(candidate: Any) -> Filled:
    """The form that invites somebody, with the network of the profile that is known of them."""
    return Filled(Typed(network=network_of(candidate.link), link=candidate.link or ""))


@pages.app_template_global()
def networks() -> list[Network]:
    return list(Network)


def network_of(link: str | None) -> Network:
    """The network of a profile's address, LinkedIn where it says none."""
    host = urlsplit(link or "").hostname or ""
    return next((each for each in Network if each.lower() in host.split(".")), Network.LINKEDIN)


def _standing(network: str, each: dict[str, Any]) -> Standing:
    answered = each["answered_on"] and date.fromisoformat(each["answered_on"])
    return Standing(
        network, date.fromisoformat(each["invited_on"]), each["state"], answered or None, each["link"] or ""
    )


# On the page about a person


@pages.route("/candidates/<uuid:candidate_id>/invitations", methods=["GET", "POST"])
def invite(candidate_id: UUID) -> Response:
    """They were invited, today or on the day that was said."""
    return _changed(
        candidate_id,
        lambda: recruiting.invite(forms.command(), candidate_id, forms.line("network"), _on(), forms.line("link", 500)),
        "Invited.",
        FIELDS,
    )


@pages.post("/candidates/<uuid:candidate_id>/invitations/answer")
def answer(candidate_id: UUID) -> Response:
    """They accepted or declined, today or on the day that was said."""
    return _changed(
        candidate_id,
        lambda: recruiting.answer_invitation(
            forms.command(), candidate_id, forms.line("network"), forms.line("answer"), _on()
        ),
        "Saved.",
    )


@pages.post("/candidates/<uuid:candidate_id>/invitations/undone")
def take_back(candidate_id: UUID) -> Response:
    return _changed(
        candidate_id,
        lambda: recruiting.take_invitation_back(forms.command(), candidate_id, forms.line("network")),
        "Taken back.",
    )


@pages.post("/candidates/<uuid:candidate_id>/invitations/left-out")
def leave_out(candidate_id: UUID) -> Response:
    """Nobody need be told to invite them."""
    return _changed(candidate_id, lambda: recruiting.leave_uninvited(forms.command(), candidate_id), "Left out.")


def _on() -> date:
    return forms.day("on") or this_day()


def _changed(candidate_id: UUID, verb: Callable[[], object], said: str, fields: tuple[str, ...] = ()) -> Response:
    """The section, or Today, with what was changed; or with the form as it was sent, and why not."""
    candidates.writing()
    candidate, refusal = candidates.known(candidate_id), None
    if request.method == "POST":
        try:
            verb()
            views.catch_up()
        except Refused as refused:
            refusal = refused
    if request.form.get("shown_on") == "today":
        return _today(said, refusal)
    done = request.method == "POST" and refusal is None
    context = {
        **candidates.person(candidate),
        "standing": invitations(views.relationships.stands(candidate_id)),
        "filled": refilled(request.form, refusal, fields) if refusal else inviting(candidate),
        "said": said if done else None,
    }
    if done:
        there = url_for("candidates.page", candidate_id=candidate_id, _anchor="networks")
        return saved("inviting/page.html", "networks", there, **context)
    return page_or_fragment("inviting/page.html", "networks", forms.status(refusal) if refusal else 200, **context)


# On Today


@pages.app_template_global()
def to_invite() -> list[tuple[Any, Network]]:
    """Who was first spoken with in the last two weeks and was not invited yet, each with the network to invite into."""
    owner = None if today.whose() == "everybody" else current_user.id
    rows = views.relationships.to_invite(now() - LATELY, owner, AT_ONCE)
    them = {row.candidate for row in rows}
    links = {row.id: row.link for row in views.directory.people(them - views.wishes.never_among(them))}
    return [(row, network_of(links[row.candidate])) for row in rows if row.candidate in links]


def _today(said: str, refused: Refused | None) -> Response:
    if refused is not None:
        context = today.agenda(refusal=refused.sentence)
        return page_or_fragment("today/page.html", "agenda", forms.status(refused), **context)
    there = url_for("today.page", whose="everybody" if today.whose() == "everybody" else None)
    return saved("today/page.html", "agenda", there, **today.agenda(said=said) if wants_fragment() else {})
