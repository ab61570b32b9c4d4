"""What phones ask while no page is loading: whose session this is, and whether what waited there is recorded now.

Every answer is JSON. A sentence in it says why something was not recorded; `recorded` names the command that was, and
nothing else counts as proof: neither a page, nor where somebody is sent to.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf

from domain.refusal import NotFound, Refused
from webapp import candidates, forms, note, promises, touchpoints
from webapp.filters import agency, explain
from webapp.htmx import wants_fragment
from webapp.ledger import installation, views

pages = Blueprint("offline", __name__, url_prefix="/offline")

READ = ("today.page", "candidates.page", "card.page")  # what a phone may keep for reading
NOBODYS = ("static", "health.alive", "phone.shell")
MOST_PEOPLE = 50
NOT_THERE = "What this is about is not in Kept any more."
OTHER_SESSION = "Somebody else is signed in here now."


def init_offline(app: Flask) -> None:
    """Every page says whose it is, and whether a phone may keep it: by that it is known from what others answer."""

    @app.after_request
    def say(response: Response) -> Response:
        if response.mimetype == "text/html" and _may_say(response):
            signed_in = current_user.is_authenticated
            response.headers["Kept-Reader"] = str(current_user.id) if signed_in else "nobody"
            response.headers["Kept-Offline"] = _offline(response) if signed_in else "no"
        return response


def _may_say(response: Response) -> bool:
    return response.status_code < 500 and request.endpoint not in NOBODYS and not installation.settings.under


def _offline(response: Response) -> str:
    """Whether this page may be kept ("keep"), the others only ("read"), or none at all ("no")."""
    if not may_be_read():
        return "no"
    whole = request.method == "GET" and response.status_code == 200 and not wants_fragment() and not request.args
    return "keep" if whole and request.endpoint in READ and _of_somebody_there() else "read"


def _of_somebody_there() -> bool:
    person = (request.view_args or {}).get("candidate_id")
    return person is None or _still_there(person)


def may_be_read() -> bool:
    """Whether the phone of whoever is signed in keeps pages for reading: never an auditor's."""
    return candidates.may_write() and bool(agency().offline_reading)


@pages.get("/session")
def session() -> Response:
    """Who is signed in, with a token for what is sent now, and who of the `people` kept there is to be forgotten."""
    return jsonify(
        recruiter=str(current_user.id),
        csrf_token=generate_csrf(),
        reading=may_be_read(),
        gone=[str(person) for person in _people() if not _still_there(person)],
    )


@pages.post("/note")
def quick_note() -> ResponseReturnValue:
    return _recorded(note.record)


@pages.post("/candidates/<uuid:candidate_id>/touchpoints")
def touchpoint(candidate_id: UUID) -> ResponseReturnValue:
    candidates.known(candidate_id)
    return _recorded(touchpoints.write_down, candidate_id)


@pages.post("/promises/<uuid:promise_id>/kept")
def kept(promise_id: UUID) -> ResponseReturnValue:
    if views.promises.promise(promise_id) is None:
        raise NotFound(promise_id)
    return _recorded(promises.note_as_kept, promise_id)


def _recorded(say: Any, *about: UUID) -> ResponseReturnValue:
    """201 with the command once it is recorded, by whichever of its tries; a refusal with its sentence."""
    command, me = forms.command(), str(current_user.id)
    if request.headers.get("Kept-Reader", me) != me:
        abort(401)
    try:
        say(*about)
    except Refused as refused:
        return jsonify(sentence=explain(refused).sentence), forms.status(refused)
    return jsonify(recorded=str(command.id)), 201


@pages.errorhandler(NotFound)
def _not_there(missing: NotFound) -> ResponseReturnValue:
    return jsonify(sentence=NOT_THERE), 404


@pages.errorhandler(CSRFError)
def _old_token(error: CSRFError) -> ResponseReturnValue:
    return jsonify(sentence=OTHER_SESSION), 401


def _people() -> list[UUID]:
    try:
        return [UUID(person) for person in request.args.getlist("people")[:MOST_PEOPLE]]
    except ValueError:
        abort(400)


def _still_there(person: UUID) -> bool:
    row = views.directory.candidate(person)
    return row is not None and row.erased_at is None and row.withdrawn_at is None
