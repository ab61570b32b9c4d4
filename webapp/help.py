"""What Kept is and how it is used, on one page; also unfolded by `?` wherever one is."""

from __future__ import annotations

from flask import Blueprint, Response

from webapp.htmx import page_or_fragment

pages = Blueprint("help", __name__)


@pages.get("/help")
def page() -> Response:
    return page_or_fragment("help/page.html", "help")
