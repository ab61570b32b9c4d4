"""Figures by recruiter: an owner switches them on with a reason, and everybody is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, Response, request, session, url_for
from flask_login import current_user

from domain.refusal import Refused
from webapp import forms, scorecard, today
from webapp.doors import EVERYBODY, for_roles
from webapp.filled import refilled
from webapp.filters import agency, now
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, views

pages = Blueprint("individuals", __name__)

NEWS = timedelta(days=7)


def init_individuals(app: Flask) -> None:
    """Let Today say `individuals_news()`."""
    app.jinja_env.globals.update(individuals_news=news)


def news() -> Any:
    """The agency, as long as somebody is still to be told that owners see figures by recruiter; else None."""
    row = agency()
    if not row.individuals or now() - row.individuals_at > NEWS or installation.work.get(_read(row)):
        return None
    return row


@pages.post("/scorecard/individuals")
@for_roles("owner")
def allow() -> Response:
    try:
        recruiting.allow_individual_figures(forms.command(), views.team.agency().id, forms.line("why"))
    except Refused as refused:
        return scorecard.shown(forms.status(refused), refilled(request.form, refused, ("why",)))
    return _switched("Figures by recruiter are on. Everybody will read it on Today.")


@pages.post("/scorecard/individuals/stopped")
@for_roles("owner")
def stop() -> Response:
    recruiting.stop_individual_figures(forms.command(), views.team.agency().id)
    return _switched("Figures by recruiter are off.")


@pages.post("/scorecard/individuals/read")
@for_roles(*EVERYBODY)
def read() -> Response:
    """Somebody has read that they are on."""
    installation.work.set(_read(agency()), "read")
    if wants_fragment():
        return page_or_fragment("today/page.html", "agenda", **today.agenda())
    return go(url_for("today.page"))


def _read(row: Any) -> str:
    """What is remembered once somebody has read who switched them on, and why."""
    return f"individuals:{row.individuals_at}:{current_user.id}"


def _switched(said: str) -> Response:
    views.catch_up()
    if wants_fragment():
        return scorecard.shown(said=said)
    session["said"] = said
    return go(url_for("scorecard.page"))
