"""One agency's four stores, opened together: where pages, reminders and the command line all start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from argon2 import PasswordHasher
from eventsourcing.persistence import IntegrityError

from domain.candidate import Candidate
from domain.command import Command, Recorded
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused
from domain.store.ledger import Ledger
from domain.store.turn import Turn
from domain.touchpoint import Touchpoint
from projections import Views
from projections.sqlite import utc_now
from webapp.settings import Settings
from webapp.vault import Vault
from webapp.work import Work

ERASURES = "erasures.txt"
REDACTED_AGAIN = "Removed before, and again when Kept was started."


@dataclass(frozen=True)
class Installation:
    """The truth (`recruiting`), what can be looked up (`views`), forgotten (`vault`), `work` in hand."""

    settings: Settings
    vault: Vault
    work: Work
    recruiting: Recruiting
    views: Views

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = utc_now,
        passwords: PasswordHasher | None = None,
    ) -> Installation:
        """Open or begin the stores under `settings.home`; finish what erasure was cut short or undone."""
        os.umask(0o077)  # whatever this process writes is for its own account only
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        vault = Vault(settings.home / "vault.db", clock, passwords)
        work = Work(settings.home / "work.db", clock)
        recruiting = Recruiting(Ledger(settings.home, vault, clock))
        installation = cls(settings, vault, work, recruiting, Views(settings.home, recruiting.log))
        installation._finish_erasures()
        return installation

    def erase(self, candidate: UUID, by: UUID | None, why: str) -> Recorded:
        """Forget a person for good: listed, then recorded, no byte left behind. Raises NotFound, Refused."""
        self.recruiting.load(Candidate, candidate).erase(by, why)
        self._list(f"candidate {candidate} {why}")
        recorded = self.recruiting.erase_candidate(Command(_erasing(candidate), by), candidate, why)
        self.views.catch_up()
        self.tidy()
        return recorded

    def redact(self, touchpoint: UUID, by: UUID | None, why: str) -> Recorded:
        """Forget the words of one note, and nothing else of it. Raises NotFound, Refused."""
        self.recruiting.load(Touchpoint, touchpoint).redact(by, why)
        self._list(f"touchpoint {touchpoint}")
        recorded = self.recruiting.redact_touchpoint(Command(_erasing(touchpoint), by), touchpoint, why)
        self.views.catch_up()
        self.tidy()
        return recorded

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        """`with installation.alone("setup"):` nobody else does this at the same time, in any process."""
        turn = Turn(self.settings.home / f"{name}.lock")
        with closing(turn), turn:
            yield

    def tidy(self) -> None:
        """Leave no deleted byte behind in any store, nor copies that a restore which was cut short left here."""
        for copy in self.settings.home.glob("*.db.new"):
            copy.unlink(missing_ok=True)
        for store in (self.recruiting.log, self.views, self.vault, self.work):
            store.tidy()

    def close(self) -> None:
        for store in (self.views, self.recruiting, self.work, self.vault):
            store.close()

    def _finish_erasures(self) -> None:
        listed = self._listed()
        forgotten = self.vault.forgotten() if listed else set()
        finished = [self._finish(*line.split()) for line in listed if not self._done(line, forgotten)]
        if any(finished):
            self.views.catch_up()
            self.tidy()

    def _done(self, line: str, forgotten: set[UUID]) -> bool:
        kind, name, *_ = line.split()
        recorded = self.recruiting.log.trace(_erasing(UUID(name))) is not None
        return recorded and (kind == "touchpoint" or UUID(name) in forgotten)

    def _finish(self, kind: str, name: str, why: str = "asked") -> bool:
        stream = UUID(name)
        command = Command(_erasing(stream), None)
        if kind == "candidate":
            self.vault.forget(stream)
        try:
            if kind == "candidate":
                return not self.recruiting.erase_candidate(command, stream, why).repeated
            return not self.recruiting.redact_touchpoint(command, stream, REDACTED_AGAIN).repeated
        except (NotFound, Refused, IntegrityError):
            return False  # unknown to this log, forgotten with its person, or just done by a neighbour

    def _listed(self) -> list[str]:
        """Every erasure on record here or beside the backups; what only the backups know is added here."""
        here = list(_lines(self.settings.home / ERASURES))
        elsewhere = [line for line in _lines(self.settings.backups / ERASURES) if line not in here]
        for line in elsewhere:
            _append(self.settings.home / ERASURES, line)
        return here + elsewhere

    def _list(self, line: str) -> None:
        for folder in (self.settings.home, self.settings.backups):
            if folder.is_dir() and line not in _lines(folder / ERASURES):
                _append(folder / ERASURES, line)


def _erasing(stream: UUID) -> UUID:
    """The command by which a stream is forgotten, the same on every try."""
    return uuid5(stream, "erase")


def _lines(file: Path) -> Iterator[str]:
    if file.exists():
        yield from filter(_is_erasure, file.read_text(errors="replace").splitlines())


def _is_erasure(line: str) -> bool:
    """Whether it was written to its end: half a line, left by a power cut, is of an erasure that nobody was told of."""
    kind, name, *_ = *line.split(), "", ""
    try:
        return kind in ("candidate", "touchpoint") and bool(UUID(name))
    except ValueError:
        return False


def _append(file: Path, line: str) -> None:
    """On disk when this returns, the folder's entry of a new file included."""
    whole = not file.exists() or file.read_bytes()[-1:] in (b"", b"\n")
    with file.open("a") as erasures:
        erasures.write(("" if whole else "\n") + line + "\n")
        erasures.flush()
        os.fsync(erasures.fileno())
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
