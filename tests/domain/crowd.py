"""One of several processes that all send the same commands at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import Barrier as ThreadsBarrier
from uuid import UUID

from domain.command import Command, Recorded
from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from domain.store.ledger import Ledger
from tests.agency import MONDAY, ZONE, Clock
from webapp.vault import Vault

TIMES, THREADS, PROCESSES = 20, 4, 2
WAITED = 30  # seconds at most until everybody is there


@dataclass(frozen=True)
class Asked:
    """What everybody sends: each command has one id, however often it is sent."""

    by: UUID
    candidate: UUID
    promise: UUID
    ids: tuple[UUID, UUID, UUID]

    def send(self, verbs: Recruiting) -> list[Recorded]:
        """A new person, a note with a promise in it, and a promise kept."""
        added, noted, kept = (Command(id, self.by) for id in self.ids)
        promise = NewPromise("Ring with the rate", Due(date(2026, 11, 27), None, ZONE), self.by)
        return [
            verbs.add_candidate(added, "Cara Lane", "cara@lane.example"),
            verbs.record_touchpoint(noted, self.candidate, "call", "out", "talked", MONDAY, "hello", promise),
            verbs.keep_promise(kept, self.promise, 1),
        ]


def send_at_once(home: Path, asked: Asked, gate: Barrier, answers: Queue[list[Recorded] | Exception]) -> None:
    """Send it from all threads of this process, as often as falls to it."""
    inside = ThreadsBarrier(THREADS)

    def send(verbs: Recruiting, times: int) -> None:
        inside.wait(WAITED)
        for _ in range(times):
            try:
                answers.put(asked.send(verbs))
            except Exception as error:
                answers.put(RuntimeError(repr(error)))

    with (
        closing(Vault(home / "vault.db", Clock())) as vault,
        closing(Recruiting(Ledger(home, vault, Clock()))) as verbs,
    ):
        each = TIMES // PROCESSES
        shares = [each // THREADS + (thread < each % THREADS) for thread in range(THREADS)]
        gate.wait(WAITED)
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(send, [verbs] * THREADS, shares))
