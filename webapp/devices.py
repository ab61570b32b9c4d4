"""Which accounts signed in on this device before: a cookie that opens nothing.

It tells a colleague's own computer from a stranger's, so that whoever guesses a password elsewhere locks nobody out.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

LIVES = 366 * 24 * 60 * 60  # seconds
PEOPLE = 20


def known(recruiter: UUID) -> str | None:
    """The name of this device, if the account signed in here before."""
    device, people = _told()
    return device if recruiter.hex in people else None


def remember(response: Response, recruiter: UUID) -> Response:
    """The account has signed in here; the answer carries the cookie that says so."""
    device, people = _told()
    others = [person for person in people if person != recruiter.hex]
    response.set_cookie(
        _cookie(),
        _signed().dumps([device or uuid4().hex, [recruiter.hex, *others][:PEOPLE]]),
        max_age=LIVES,
        path=current_app.config["SESSION_COOKIE_PATH"] or "/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _told() -> tuple[str, list[str]]:
    try:
        device, people = _signed().loads(request.cookies.get(_cookie(), ""))
        return device, people
    except (BadData, ValueError, TypeError):
        return "", []


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-device"


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known device")
