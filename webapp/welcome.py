"""The first five minutes: the ways to get people in, and the demo to look at."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from flask import Blueprint, Response, abort, request, url_for
from flask_login import current_user

from domain.refusal import Refused
from webapp import demo, demo_door, forms, reminders
from webapp.doors import for_roles
from webapp.filled import Filled, refilled
from webapp.htmx import go, page_or_fragment
from webapp.ledger import installation
from webapp.work import FAILED, RUNNING, WAITING

pages = Blueprint("welcome", __name__)

VISITORS = {"recruiter": "Dana, a recruiter", "owner": "Olive, the owner"}


@pages.get("/welcome")
@for_roles("owner", "recruiter")
def page() -> Response:
    return page_or_fragment("welcome/page.html", "welcome", filled=Filled(), **_demo())


@pages.get("/welcome/demo")
@for_roles("owner", "recruiter")
def the_demo(status: int = 200, filled: Filled | None = None) -> Response:
    """How far the telling is, and the way in once it is done."""
    _only_in_a_real_one()
    return page_or_fragment("welcome/demo.html", "demo", status, filled=filled or Filled(), **_demo())


@pages.post("/welcome/demo")
def tell() -> Response:
    """Have the demo told in the background, once; `again` has an earlier one deleted first."""
    _only_in_a_real_one()
    again = bool(request.form.get("again"))
    if _telling() is None and (again or not demo.told_until(installation.settings)):
        job = uuid5(forms.command().id, demo_door.KIND)
        installation.work.add_job(job, demo_door.KIND, current_user.id, {"again": again})
        reminders.wake(installation)
    return go(url_for("welcome.the_demo"))


@pages.post("/welcome/demo/visits")
def visit() -> Response:
    """Through the door of the demo, as one of its people."""
    _only_in_a_real_one()
    try:
        if request.form.get("as") not in VISITORS:
            raise Refused("Choose as whom you look.", "as")
    except Refused as refused:
        return the_demo(422, refilled(request.form, refused, ("as",)))
    if not demo.told_until(installation.settings):
        return go(url_for("welcome.the_demo"))
    return go(demo_door.way_in(current_user.id, request.form["as"]))


def _only_in_a_real_one() -> None:
    if installation.settings.demo:
        abort(404, "This is the demo already.")


def _demo() -> dict[str, Any]:
    if installation.settings.demo:
        return {"told_until": None, "telling": None, "failed": None, "visitors": VISITORS}
    last = next(iter(installation.work.jobs(demo_door.KIND, 1)), None)
    return {
        "told_until": demo.told_until(installation.settings),
        "telling": _telling(),
        "failed": last.detail.get("why") if last is not None and last.state == FAILED else None,
        "visitors": VISITORS,
    }


def _telling() -> Any:
    """The job that tells the demo just now."""
    return next((job for job in installation.work.jobs(demo_door.KIND, 1) if job.state in (WAITING, RUNNING)), None)
