"""Kept on a phone: what installs it there, and the worker that stands in while there is no network."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, url_for

from domain.touchpoint import Channel, Direction, Outcome
from webapp.doors import public
from webapp.filled import Filled, Typed
from webapp.ledger import installation
from webapp.note import CHANNELS

pages = Blueprint("phone", __name__)

PAPER = {"light": "#fbf8f1", "dark": "#191714"}  # as in kept.css
PICTURES = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable"))
SHELL = ("kept.css", "htmx.min.js", "kept.js", "outbox.js", "offline.js", "noting.js", "icons.svg")


@pages.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """How Kept looks among the apps of a phone, and that things can be shared with it."""
    _not_in_a_demo()
    note, today = url_for("note.page"), url_for("today.page")
    described = {
        "name": "Kept",
        "short_name": "Kept",
        "description": "What we said, what we promised, and whether we kept it.",
        "id": "/",
        "start_url": today,
        "scope": "/",
        "display": "standalone",
        "lang": "en-GB",
        "background_color": PAPER["light"],
        "theme_color": PAPER["light"],
        "icons": [
            {"src": _asset(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in PICTURES
        ],
        "shortcuts": [{"name": "New note", "url": note}, {"name": "Today", "url": today}],
        "share_target": {
            "action": "/note/shared",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return Response(json.dumps(described), mimetype="application/manifest+json")


@pages.get("/sw.js")
@public
def worker() -> Response:
    """The worker: what it keeps of Kept itself, and its parts, which are the static files called worker….

    Its bytes change whenever one of these does, and so browsers know that it is another.
    """
    _not_in_a_demo()
    known = {"shell": url_for("phone.shell"), "print": _print(), "assets": [_asset(name) for name in SHELL]}
    parts = [_asset(name) for name in ("outbox.js", *_parts())]
    script = f"self.KEPT = {json.dumps(known)};\nimportScripts({', '.join(map(json.dumps, parts))});\n"
    return Response(script, mimetype="text/javascript")


@pages.get("/offline")
@public
def shell() -> str:
    """What is shown where nothing was kept for reading: the same for everybody, filled in on the phone itself."""
    _not_in_a_demo()
    return _shell()


def _shell() -> str:
    blank = Typed(channel=Channel.NOTE, outcome=Outcome.TALKED, direction=Direction.OUT)
    return render_template(
        "phone/shell.html",
        filled=Filled(blank),
        channels=CHANNELS,
        outcomes=list(Outcome),
        directions=(Direction.OUT, Direction.IN),
    )


def _print() -> str:
    return sha256(_shell().encode()).hexdigest()[:12]


def _parts() -> list[str]:
    return sorted(file.name for file in Path(str(current_app.static_folder)).glob("worker*.js"))


def _asset(name: str) -> Any:
    return current_app.jinja_env.globals["asset"](name)  # type: ignore[operator]


def _not_in_a_demo() -> None:
    """A demo inside a real installation has the same origin, and leaves the phone to that one."""
    if installation.settings.under:
        abort(404)
