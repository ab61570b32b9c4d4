"""On the lock screen: which of one's phones are told that a promise is due, and what may be read there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, abort, jsonify, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from domain.refusal import Refused
from webapp import forms, notices
from webapp.filters import now
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, vault
from webapp.pushing import NotTaken, can_be_pushed_to, is_set_up, key_for_browsers
from webapp.sending import TAKEN, push_to

pages = Blueprint("push", __name__)

BETWEEN_TESTS = 10.0  # seconds
UNUSABLE = (
    "This browser told Kept nothing that it can push to. Turn notifications off in the browser, and on again here."
)
NOT_SET_UP = "Notifications are not set up here."
NOT_IN_A_DEMO = "A demo sends nothing to anybody."
TEST_OF = "test push of {}"


def init_push(app: Flask) -> None:
    """The key of this installation is made before anybody looks at it: looking saves nothing."""
    if is_set_up():
        key_for_browsers(app.extensions["kept"].vault)


@pages.get("/push/key")
def key() -> Response:
    """What a browser's worker needs when its subscription was changed by the browser itself."""
    return jsonify(key=key_for_browsers(vault), token=generate_csrf())


@pages.post("/push/subscriptions")
def subscribe() -> Response:
    """This browser is told from now on; `renewed` by its worker it goes on as it was chosen before."""
    here, renewed = current_user.session_name, bool(request.form.get("renewed"))
    if renewed and not any(row.session == here for row in vault.subscriptions(current_user.id)):
        abort(404)
    try:
        _set_up()
        told = {name: forms.text(name, 2000) for name in ("endpoint", "p256dh", "auth")}
        if not can_be_pushed_to(installation.settings, **told):
            raise Refused(UNUSABLE)
    except Refused as refused:
        return _phones(422, refusal=refused.sentence)
    vault.subscribe(current_user.id, here, **told, shows_names=None if renewed else _shows_names())
    return _changed("Notifications are on, on this phone.")


@pages.post("/push/subscriptions/<uuid:id>/names")
def names(id: UUID) -> Response:
    shows = _shows_names()
    if not vault.change_subscription(current_user.id, id, shows_names=shows):
        abort(404)
    return _changed("Names and words are shown there." if shows else "Nobody is named there.")


@pages.post("/push/subscriptions/<uuid:id>/end")
def end(id: UUID) -> Response:
    if not vault.end_subscription(current_user.id, id):
        abort(404)
    return _changed("Notifications are off there.")


@pages.post("/push/tests")
def test() -> Response:
    """Tell this very phone something, at once."""
    here = current_user.session_name
    phone = next((row for row in vault.subscriptions(current_user.id) if row.session == here), None)
    try:
        _set_up()
        if phone is None:
            raise Refused("Turn notifications on first.")
        if not installation.work.claim(TEST_OF.format(phone.id), BETWEEN_TESTS):
            raise Refused("A test was sent a moment ago. Look at the phone.")
        became = push_to(installation, phone, notices.test(installation), TEST_OF.format(phone.id), now())
    except Refused as refused:
        return _phones(422, refusal=refused.sentence)
    if isinstance(became, NotTaken):
        return _phones(422, refusal=str(became))
    if became != TAKEN:
        return _phones(422, refusal="This browser takes no notifications any more. Turn them on again.")
    return _changed("A test is on its way to this phone.")


def shown() -> dict[str, Any]:
    """What the region "On this phone" shows of oneself."""
    rows = vault.subscriptions(current_user.id)
    return {
        "set_up": is_set_up(),
        "demo": installation.settings.demo,
        "phones": rows,
        "here": next((row for row in rows if row.session == current_user.session_name), None),
        "key": key_for_browsers(vault) if is_set_up() else "",
    }


def _set_up() -> None:
    if installation.settings.demo:
        raise Refused(NOT_IN_A_DEMO)
    if not is_set_up():
        raise Refused(NOT_SET_UP)


def _shows_names() -> bool:
    return bool(request.form.get("shows_names"))


def _changed(said: str) -> Response:
    if wants_fragment():
        return _phones(said=said)
    session["said about settings"] = {"phones": said}
    return go(url_for("preferences.page"))


def _phones(status: int = 200, refusal: str = "", said: str = "") -> Response:
    return page_or_fragment("push/page.html", "phones", status, push={**shown(), "refusal": refusal, "said": said})
