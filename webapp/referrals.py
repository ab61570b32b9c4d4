"""Who sent somebody to us: looked for, noted with one tap, and thanked by default."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user
from markupsafe import Markup

from domain.due import Due
from domain.promise import NewPromise
from domain.refusal import Refused
from webapp import candidates, forms
from webapp.filled import Filled, refilled
from webapp.filters import agency, today, zone
from webapp.hours import next_working_day
from webapp.htmx import page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views
from webapp.promised import person
from webapp.searching import asked_for, lookup

pages = Blueprint("referrals", __name__)

THANKS = "Thank them for sending somebody to us"  # no name: it would outlive whoever was sent
WORKING_DAYS = 2


@pages.route("/candidates/<uuid:candidate_id>/referral", methods=["GET", "POST"])
def change(candidate_id: UUID) -> Response:
    candidates.writing()
    candidates.known(candidate_id)
    if request.method == "GET":
        return _form(candidate_id, Filled())
    try:
        referrer = forms.identity("referrer")
        if referrer is None and "nobody" not in request.form:
            raise Refused("Choose who referred them.", "referrer")
        thanks = _thanks() if referrer and "thanks" in request.form else None
        recorded = recruiting.refer_candidate(forms.command(), candidate_id, referrer, thanks)
    except Refused as refused:
        return _form(candidate_id, refilled(request.form, refused, ("referrer",)), forms.status(refused))
    views.catch_up()
    here = url_for("candidates.page", candidate_id=candidate_id)
    said: str | Markup = "Saved."
    if referrer and len(recorded.streams) > 1:
        there = url_for("candidates.page", candidate_id=referrer)
        said = Markup('Saved, with a promise to thank <a href="{}">{}</a>.').format(there, person(referrer))
    shown = {**candidates.person(candidates.known(candidate_id)), "said": said}
    return saved("candidates/page.html", "person", here, **shown)


def _form(candidate_id: UUID, filled: Filled, status: int = 200) -> Response:
    context: dict[str, Any] = {
        **candidates.person(candidates.known(candidate_id)),
        "filled": filled,
        "fragment": wants_fragment(),
        "found": lookup(asked_for(), without=[candidate_id]),
        "thanked_by": thanked_by(),
    }
    block = "right" if request.method == "GET" and "q" in request.args else "form"
    return page_or_fragment("details/referral.html", block, status, **context)


def _thanks() -> NewPromise:
    return NewPromise(THANKS, Due(thanked_by(), None, zone().key), UUID(str(current_user.id)))


def thanked_by() -> date:
    """The second working day from today."""
    day = today()
    for _ in range(WORKING_DAYS):
        day = next_working_day(day, agency())
    return day
