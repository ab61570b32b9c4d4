"""The thin layer over htmx-flask: one template is page and fragment, and htmx gets the answers it needs."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import Flask, Response, redirect, render_template
from htmx_flask import Htmx, make_response, request
from jinja2_fragments.flask import render_block

VARY = ("HX-Request", "HX-Request-Type")


def init_htmx(app: Flask) -> None:
    """Let `request.htmx` exist, and no cache ever hand a fragment to a page load."""
    Htmx(app)

    @app.after_request
    def vary(response: Response) -> Response:
        if request.endpoint != "static":
            response.vary.update(VARY)
        return response


def wants_fragment() -> bool:
    """Whether htmx asks for a piece of a page; a boosted link or a restored page wants the whole."""
    return bool(request.htmx) and request.headers.get("HX-Request-Type") == "partial"


def page_left() -> SplitResult:
    """The address of the page that this request was sent from, as far as the browser told one."""
    told = request.headers.get("HX-Current-URL") or request.referrer or "/"
    try:
        return urlsplit(told if told.isascii() else "/")
    except ValueError:
        return urlsplit("/")


def page_or_fragment(template: str, block: str, status: int = 200, **context: Any) -> Response:
    """The named block of a template for htmx, the whole page for a browser."""
    if wants_fragment():
        return make_response(render_block(template, block, **context), status)
    return make_response(render_template(template, **context), status)


def saved(template: str, block: str, location: str, **context: Any) -> Response:
    """After something was recorded: htmx gets the block, a browser is sent on to `location`."""
    if wants_fragment():
        return make_response(render_block(template, block, **context))
    return make_response(redirect(location, 303))


def go(location: str, status: int = 200) -> Response:
    """Load another page as a whole, whoever asks."""
    if request.htmx:
        return make_response("", status, redirect=location)
    return make_response(redirect(location, 303))


def toast(html: str, status: int) -> Response:
    """A short message where messages appear, whatever htmx meant to replace."""
    return make_response(html, status, retarget="#toast", reswap="innerHTML")
