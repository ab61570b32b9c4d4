"""When something goes wrong: a calm page, or for htmx a message in place. Never a stack trace."""

from __future__ import annotations

import errno
import sqlite3
from math import ceil

import eventsourcing.persistence
import sqlalchemy.exc
from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from domain.refusal import NotFound, Refused
from domain.store.keyring import KeyMissing
from webapp import forms
from webapp.guesses import TooMany
from webapp.htmx import toast, wants_fragment
from webapp.ledger import recruiting

STORE_TROUBLE = (
    sqlite3.OperationalError,
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.TimeoutError,
    eventsourcing.persistence.OperationalError,
)

SENTENCES = {
    400: "Kept could not read this request. Load the page again and repeat it.",
    403: "You may not do this.",
    404: "There is nothing at this address. It may have been mistyped.",
    405: "This address cannot be used that way.",
    413: "This is too large to save. A note can have 10,000 characters.",
    500: "Something went wrong here, and it was noted in the log. What you saved before is safe.",
}
NO_KEY = "the key that seals this person's words is not in the vault. Restore events and vault from one backup."
BARE = "errors/bare.html"
STALE_PAGE = "Nothing was saved: this page is from before you signed in. Load it again, then save once more."


def init_errors(app: Flask) -> None:
    """Answer whatever escapes a view."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda _: answer(400, STALE_PAGE))
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotFound, lambda _: answer(404, SENTENCES[404]))
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(KeyMissing, _other_vault)
    for trouble in STORE_TROUBLE:
        app.register_error_handler(trouble, _store)


def answer(status: int, sentence: str) -> Response:
    """This sentence as a page, as a short message for htmx, or as it is for what waited on a phone."""
    if request.blueprint == "offline":
        return make_response({"sentence": sentence}, status)
    if wants_fragment():
        return toast(render_template("errors/_toast.html", sentence=sentence), status)
    return make_response(_page(status, sentence), status)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = answer(status, _sentence(error, status))
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow", "Location"):
            response.headers[name] = value
    return response


def _sentence(error: HTTPException, status: int) -> str:
    if status == 413 and (request.max_content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        return f"This is too large: {request.max_content_length // 1_000_000} MB fit. Send it in parts."
    said = error.description if status in (400, 403, 404) else None
    ours = said if said != type(error).description else None
    return ours or SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])


def _too_many(many: TooMany) -> Response:
    minutes = ceil(many.seconds / 60)
    wait = "a minute" if minutes <= 1 else f"{minutes} minutes, or use a device where you signed in before"
    response = answer(429, f"Too many tries. Wait {wait}, then try again.")
    response.headers["Retry-After"] = str(ceil(many.seconds))
    return response


def _refused(refused: Refused) -> Response:
    return answer(forms.status(refused), refused.sentence)


def _disk(error: OSError) -> Response:
    if error.errno not in (errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EACCES):
        raise error
    return _store(error)


def _other_vault(missing: KeyMissing) -> Response:
    current_app.logger.error("%s The vault and the events are not of one backup.", missing)
    return answer(503, f"{_how_far()}: {NO_KEY}")


def _store(error: Exception) -> Response:
    current_app.logger.error("A store does not answer: %s", type(error).__name__, exc_info=error)
    response = answer(503, f"{_how_far()}: {_cause(str(error).lower())}")
    response.headers["Retry-After"] = "10"
    return response


def _how_far() -> str:
    """What a person most wants to know: whether it was saved before the store fell silent."""
    if request.method in ("GET", "HEAD"):
        return "Not available"
    try:
        return "Saved, but it cannot be shown" if recruiting.log.trace(forms.command().id) else "Not saved"
    except (*STORE_TROUBLE, HTTPException):
        return "Not saved"


def _cause(message: str) -> str:
    if "full" in message or "no space" in message:
        return "the disk of this machine is full. Make room, then try again."
    if "readonly" in message or "read-only" in message or "permission" in message:
        return "Kept may not write in its folder. Whoever looks after this machine can mend that."
    if "locked" in message or "busy" in message or "timed out" in message:
        return "many were writing at once. Please try again."
    return "the store does not answer. Please try again in a minute."


def _page(status: int, sentence: str) -> str:
    """The layout asks the stores for names and counts, so when they are silent a bare page must do."""
    try:
        template = "errors/error.html" if status < 500 else BARE
        return render_template(template, status=status, sentence=sentence)
    except STORE_TROUBLE:
        return render_template(BARE, status=status, sentence=sentence)
