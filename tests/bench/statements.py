"""How many SQL statements a page asks, over all four stores."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.bench import seed
from tests.bench.habits import HABITS
from webapp import create_app
from webapp.settings import Settings

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE")


def count(home: Path) -> dict[str, int]:
    """Statements of the pages most used, each asked a second time."""
    with _listening() as heard:
        app = create_app(Settings(home=home, backups=home.with_name("backups")))
        browser = app.test_client()
        token = _token(browser.get("/login").text)
        browser.post("/login", data={"csrf_token": token, "email": seed.EMAIL, "password": seed.PASSWORD})
        person = f"/candidates/{seed.person(7)}"
        note = {"csrf_token": _token(browser.get(person).text), "channel": "note", "note": "Rang her."}
        fragment = {"HX-Request": "true", "HX-Request-Type": "partial"}
        asked = {
            "candidate page": lambda: browser.get(person),
            "saving a note": lambda: browser.post(
                f"{person}/touchpoints", data=note | {"command": str(uuid4())}, headers=fragment
            ),
            "promises": lambda: browser.get("/promises"),
            "Today": lambda: browser.get("/"),
            "search": lambda: browser.get("/candidates?q=parking+permit"),
            **{name: partial(browser.get, path(7)) for name, path in HABITS.items()},
        }
        counted = {}
        for name, ask in asked.items():
            ask()
            heard.clear()
            answer = ask()
            assert answer.status_code == 200, answer.text
            counted[name] = sum(heard[kind] for kind in COUNTED)
        app.extensions["kept"].close()
    return counted


@contextmanager
def _listening() -> Iterator[Counter[str]]:
    heard: Counter[str] = Counter()
    connect = sqlite3.connect

    def listen(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = connect(*args, **kwargs)
        connection.set_trace_callback(lambda said: heard.update([said.lstrip().partition(" ")[0].upper()]))
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = listen  # type: ignore[assignment]
    try:
        yield heard
    finally:
        sqlite3.connect = sqlite3.dbapi2.connect = connect  # type: ignore[assignment]


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "no form on the page"
    return found.group(1)
