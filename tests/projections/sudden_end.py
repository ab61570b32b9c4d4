"""Saves that end in the middle: each in a process of its own, killed with SIGKILL at one step.

`python -m tests.projections.sudden_end FOLDER`: for each step a home in that folder, left as the dead left it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from eventsourcing.persistence import EventStore

from domain.command import Command, Recorded
from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from domain.store.ledger import Envelopes, Ledger, Recorder
from projections import Views
from projections.timeline import Timeline
from projections.views import KINDS
from tests.agency import MONDAY, ZONE, Clock
from webapp.vault import Vault

CAST = UUID("6b0d3f8a-5c1e-4b6f-9a51-0f6f5d2c7e10")
DUE = Due(date(2026, 11, 27), None, ZONE)
BEFORE_APPEND = "before append"
IN_APPEND = "in append"
AFTER_APPEND = "after append"
IN_CATCH_UP = "in catch up"
BEFORE_ANSWER = "before the answer"
AFTER_KEY = "after the key is made"
KEY_DESTROYED = "after the key is destroyed"
SAVES = (BEFORE_APPEND, IN_APPEND, AFTER_APPEND, IN_CATCH_UP, BEFORE_ANSWER)
STEPS = (*SAVES, AFTER_KEY, KEY_DESTROYED)


def asked(what: str, by: UUID | None = None) -> Command:
    """The one command of this name."""
    return Command(uuid5(CAST, what), by)


OLIVE = asked("found").stream(1)
ADA = asked("ada").stream(0)


def begin(verbs: Recruiting) -> None:
    """Olive's agency, and Ada with a promise."""
    verbs.found_agency(asked("found"), "Harbour", ZONE, "Olive", "olive@harbour.example")
    verbs.add_candidate(asked("ada", OLIVE), "Ada Byron")
    verbs.make_promise(asked("before", OLIVE), ADA, NewPromise("Send the contract", DUE, OLIVE))


def save(verbs: Recruiting) -> Recorded:
    """A note and a promise in it."""
    promise = NewPromise("Ring with the rate", DUE, OLIVE)
    return verbs.record_touchpoint(asked("save", OLIVE), ADA, "call", "out", "talked", MONDAY, "four days", promise)


def add(verbs: Recruiting) -> Recorded:
    """A person."""
    return verbs.add_candidate(asked("add", OLIVE), "Bob Marsh")


def erase(verbs: Recruiting) -> Recorded:
    """Forget Ada."""
    return verbs.erase_candidate(asked("erase", OLIVE), ADA, "asked")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """At which step this process dies; not before it is armed."""

    at = ""


class DyingRecorder(Recorder):
    def _append(self, *row: Any) -> int:
        position = super()._append(*row)
        if Dying.at == IN_APPEND:
            die()
        return position

    def append(self, *rows: Any) -> list[int]:
        if Dying.at in (BEFORE_APPEND, KEY_DESTROYED):
            die()
        return super().append(*rows)


class DyingLedger(Ledger):
    def __init__(self, home: Path, vault: Vault):
        EventStore.__init__(self, Envelopes(vault), DyingRecorder(home / "events.db"))
        self.clock = Clock()

    def admit(self, person: UUID) -> None:
        super().admit(person)
        if Dying.at == AFTER_KEY:
            die()

    def put(self, *facts: Any, **more: Any) -> Any:
        recorded = super().put(*facts, **more)
        if Dying.at == AFTER_APPEND:
            die()
        return recorded


class DyingTimeline(Timeline):
    def record(self, *entry: Any) -> None:
        super().record(*entry)
        if Dying.at == IN_CATCH_UP:
            die()


def save_and_die(home: Path, at: str) -> None:
    """Everything as in a request that saves, until the step at which this process dies."""
    vault = Vault(home / "vault.db", Clock())
    verbs = Recruiting(DyingLedger(home, vault))
    views = Views(home, verbs.log, tuple(DyingTimeline if kind is Timeline else kind for kind in KINDS))
    begin(verbs)
    views.catch_up()
    Dying.at = at
    doing: dict[str, Callable[[Recruiting], Recorded]] = {AFTER_KEY: add, KEY_DESTROYED: erase}
    doing.get(at, save)(verbs)
    views.catch_up()
    die()


def main(folder: Path) -> None:
    for step in STEPS:
        home = folder / step
        home.mkdir()
        child = os.fork()
        if child == 0:
            try:
                save_and_die(home, step)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"Still alive: {step}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
