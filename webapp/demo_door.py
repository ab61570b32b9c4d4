"""The demo inside a real installation: told in the background, then served under /demo to whoever is signed in here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from threading import Lock
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, abort, current_app, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

from domain.refusal import Refused
from webapp import demo
from webapp.doors import REAL, let_in, public
from webapp.htmx import go
from webapp.installation import Installation
from webapp.jobs import handles
from webapp.ledger import views
from webapp.settings import SettingsError

pages = Blueprint("demo_door", __name__)

UNDER = "/demo"
KIND = "demo"
WAY_IN_LIVES = 60  # seconds
Start = Callable[..., Any]


def mount(app: Flask, opening: dict[str, Any]) -> None:
    """Let the demo of this installation be served under /demo, once it has been told."""
    if not app.extensions["kept"].settings.demo:
        app.wsgi_app = DemoDoor(app, opening)  # type: ignore[method-assign]


class DemoDoor:
    """Answers what is asked under /demo with an application of its own: other stores, another cookie."""

    def __init__(self, app: Flask, opening: dict[str, Any]):
        self._real = app
        self._answer = app.wsgi_app
        self._opening = opening
        self._demo: Flask | None = None
        self._told: Any = None
        self._one_at_a_time = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path != UNDER and not path.startswith(f"{UNDER}/"):
            return self._answer(environ, start_response)
        there = self.open()
        if there is None:
            return self._answer(environ, start_response)
        root = environ.get("SCRIPT_NAME", "") + UNDER
        return there.wsgi_app({**environ, "SCRIPT_NAME": root, "PATH_INFO": path[len(UNDER) :] or "/"}, start_response)

    def open(self) -> Flask | None:
        """The demo's application, made when it is first asked for, and anew when the demo was told anew."""
        real = self._real.extensions["kept"].settings
        with self._one_at_a_time:
            told = demo.telling(real)
            if told != self._told:
                self.close()
                self._demo = self._opened() if told else None
                self._told = told
            return self._demo

    def close(self) -> None:
        if self._demo is not None:
            self._demo.extensions["kept"].close()
            self._demo = None

    def _opened(self) -> Flask:
        from webapp import create_app

        settings = demo.settings(self._real.extensions["kept"].settings)
        there = create_app(replace(settings, under=UNDER, secret_key=None), **self._opening)
        there.extensions["kept.way_in"] = _ways_in(self._real)
        return there


@handles(KIND)
def tell(installation: Installation, job: Any) -> None:
    """The job: half a year, told into a home beside the real one."""

    def so_far(done: int, total: int) -> None:
        if not installation.work.progress(job.id, done, total):
            raise Refused("Telling the demo was stopped.")

    try:
        settings = demo.settings(installation.settings)
        if job.detail.get("again"):
            demo.forget(settings)
        demo.build(settings, say=lambda _: None, progress=so_far)
    except SettingsError as error:
        raise Refused(str(error)) from None


def way_in(visitor: UUID, role: str) -> str:
    """The address by which this colleague may enter the demo, within the next minute."""
    token = _ways_in(current_app).dumps([visitor.hex, role])  # type: ignore[arg-type]
    return f"{UNDER}/enter?way={token}"


@pages.get("/enter")
@public
def enter() -> Response:
    """Sign somebody who comes from the real installation in as one of the demo's people."""
    ways_in = current_app.extensions.get("kept.way_in") or abort(404)
    with suppress(BadData):
        _, role = ways_in.loads(request.args.get("way", ""), max_age=WAY_IN_LIVES)
        person = views.team.by_email(demo.VISITED[role])
        return let_in(person.id, url_for("today.page"))
    return go(REAL)


@pages.get(UNDER)
@pages.get(f"{UNDER}/")
@pages.get(f"{UNDER}/<path:anything>")
def not_yet(anything: str = "") -> Response:
    """Where the demo will be."""
    return go(url_for("welcome.page"))


def _ways_in(real: Flask) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(real.config["SECRET_KEY"], salt="the demo's door")
