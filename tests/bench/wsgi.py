"""The app with two floors to measure against: a view that does nothing, and one that commits one small insert."""

from __future__ import annotations

import sqlite3
import threading

from domain.store.turn import Turn
from webapp import create_app

app = create_app()
home = app.extensions["kept"].settings.home
turn = Turn(home / "floor.lock")
local = threading.local()


def _floor() -> sqlite3.Connection:
    if not hasattr(local, "floor"):
        local.floor = sqlite3.connect(home / "floor.db", timeout=10, isolation_level=None)
        local.floor.execute("PRAGMA journal_mode = WAL")
        local.floor.execute("PRAGMA synchronous = FULL")
        local.floor.execute("CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, words TEXT)")
    connection: sqlite3.Connection = local.floor
    return connection


@app.get("/floor")
def bare() -> str:
    return "bare"


@app.post("/floor")
def bare_insert() -> str:
    with turn:
        _floor().execute("INSERT INTO floor (words) VALUES ('one committed insert')")
    return "saved"
