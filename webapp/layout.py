"""What every page shows around its own words: the agency, the bell, the banner; asked for only when shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g
from flask_login import current_user
from werkzeug.local import LocalProxy

from webapp.forms import fresh_command
from webapp.ledger import installation, views
from webapp.mentioned import unseen


def init_layout(app: Flask) -> None:
    """`agency`, `bell`, `unseen_mentions` and `behind` in every template, looked up at most once a request."""
    app.jinja_env.globals.update(
        agency=_once("agency", lambda: views.team.agency()),
        bell=_once("bell", lambda: views.promises.fallen_due(current_user.id)),
        unseen_mentions=_once(
            "unseen_mentions", lambda: unseen(installation, current_user.id) if current_user.role != "auditor" else 0
        ),
        behind=LocalProxy(lambda: views.stuck),
        installation=installation,
        fresh_command=fresh_command,
    )


def _once(name: str, ask: Callable[[], Any]) -> Any:
    def answer() -> Any:
        if name not in g:
            setattr(g, name, ask())
        return g.get(name)

    return LocalProxy(answer)
