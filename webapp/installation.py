"""One agency's four stores, opened together: where pages, reminders and the command line all start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from argon2 import PasswordHasher
from eventsourcing.persistence import IntegrityError

from domain.candidate import Candidate
from domain.command import Command, Recorded
from domain.contact import Contact
from domain.recruiting import Recruiting
from domain.refusal import AlreadySaved, NotFound, Refused
from domain.store.ledger import Ledger
from domain.store.turn import Turn
from domain.touchpoint import Touchpoint
from projections import Views
from projections.sqlite import utc_now
from webapp.guesses import Guesses
from webapp.settings import Settings
from webapp.vault import Vault
from webapp.work import Work

ERASURES = "erasures.txt"
REDACTED_AGAIN = "Removed before, and again when Kept was started."
TIDY = "tidy"
LISTED = {"candidate": 1, "contact": 1, "touchpoint": 1, "moved": 3}  # what a line is about, and how many ids it names


@dataclass(frozen=True)
class Installation:
    """The truth (`recruiting`), what can be looked up (`views`), forgotten (`vault`), `work` in hand."""

    settings: Settings
    vault: Vault
    work: Work
    guesses: Guesses
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
        guesses = Guesses(settings.home / "work.db", lambda: vault.secret("guesses"), clock)
        recruiting = Recruiting(Ledger(settings.home, vault, clock))
        views = Views(settings.home, recruiting.log)
        installation = cls(settings, vault, work, guesses, recruiting, views)
        installation._finish_erasures()
        return installation

    def erase(self, candidate: UUID, by: UUID | None, why: str) -> Recorded:
        """Forget a person for good: listed, then recorded, no byte left behind. Raises NotFound, Refused."""
        self.recruiting.load(Candidate, candidate).erase(by, why)
        self._list(f"candidate {candidate} {why}")
        return self._forgotten(self.recruiting.erase_candidate, candidate, by, why)

    def erase_contact(self, contact: UUID, by: UUID | None, why: str) -> Recorded:
        """Forget a person at a client, as a candidate is forgotten. Raises NotFound, Refused."""
        self.recruiting.load(Contact, contact).erase(by, why)
        self._list(f"contact {contact} {why}")
        return self._forgotten(self.recruiting.erase_contact, contact, by, why)

    def redact(self, touchpoint: UUID, by: UUID | None, why: str) -> Recorded:
        """Forget the words of one note, and nothing else of it. Raises NotFound, Refused."""
        self.recruiting.load(Touchpoint, touchpoint).redact(by, why)
        self._list(f"touchpoint {touchpoint}")
        return self._forgotten(self.recruiting.redact_touchpoint, touchpoint, by, why)

    def move(self, touchpoint: UUID, to: UUID, by: UUID, why: str = "") -> Recorded:
        """An entry was about somebody else: told there, its words removed here for good; streams (there, …).

        A repeat is answered alike. The files are rid of the words within a minute, by the worker, so that nobody
        waits for it. Raises NotFound, Refused.
        """
        if self.recruiting.log.trace(_moving(touchpoint)) is None:
            self.recruiting.load(Candidate, to).still_known()
            self.recruiting.load(Touchpoint, touchpoint).move_to(to, uuid4(), by, [], why)
            self._list(f"moved {touchpoint} {to} {by}")
        try:
            recorded = self.recruiting.move_touchpoint(Command(_moving(touchpoint), by), touchpoint, to, why)
        except AlreadySaved:
            raise Refused("This entry was moved to somebody else.") from None
        self.views.catch_up()
        self.work.add_job(uuid5(_moving(touchpoint), TIDY), TIDY, by)
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
        for store in (self.views, self.recruiting, self.guesses, self.work, self.vault):
            store.close()

    def _forgotten(self, verb: Callable[..., Recorded], what: UUID, by: UUID | None, why: str) -> Recorded:
        from webapp.importing.drafts import forget_all  # it needs an Installation itself

        recorded = verb(Command(_erasing(what), by), what, why)
        self.views.catch_up()
        forget_all(self)
        self.tidy()
        return recorded

    def _finish_erasures(self) -> None:
        listed = self._listed()
        forgotten = self.vault.forgotten() if listed else set()
        finished = [self._finish(*line.split()) for line in listed if not self._done(line, forgotten)]
        if any(finished):
            self.views.catch_up()
            self.tidy()

    def _done(self, line: str, forgotten: set[UUID]) -> bool:
        kind, name, *_ = line.split()
        what = UUID(name)
        commands = (_moving(what), _erasing(what)) if kind == "moved" else (_erasing(what),)
        recorded = any(self.recruiting.log.trace(command) is not None for command in commands)
        return recorded and (kind in ("touchpoint", "moved") or what in forgotten)

    def _finish(self, kind: str, name: str, *said: str) -> bool:
        """What is unknown to this log, was forgotten with its person, or is just done by a neighbour, is left."""
        what, why = UUID(name), said[0] if said else "asked"
        if kind in ("candidate", "contact"):
            self.vault.forget(what)
        with suppress(NotFound, Refused, IntegrityError):
            match kind:
                case "candidate":
                    return not self.recruiting.erase_candidate(Command(_erasing(what), None), what, why).repeated
                case "contact":
                    return not self.recruiting.erase_contact(Command(_erasing(what), None), what, why).repeated
                case "touchpoint":
                    return self._redact_again(what)
                case "moved":
                    return self._move_again(what, UUID(said[0]), UUID(said[1]))
        return False

    def _redact_again(self, touchpoint: UUID) -> bool:
        command = Command(_erasing(touchpoint), None)
        return not self.recruiting.redact_touchpoint(command, touchpoint, REDACTED_AGAIN).repeated

    def _move_again(self, touchpoint: UUID, to: UUID, by: UUID) -> bool:
        """Where nobody is there to move it to, the words go all the same: they were never this person's."""
        with suppress(NotFound, Refused):
            return not self.recruiting.move_touchpoint(Command(_moving(touchpoint), by), touchpoint, to, "").repeated
        for promise in self.recruiting.load(Touchpoint, touchpoint).promises:
            with suppress(NotFound, Refused):
                self.recruiting.redact_promise(Command(_erasing(promise), None), promise, REDACTED_AGAIN)
        return self._redact_again(touchpoint)

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


def _moving(touchpoint: UUID) -> UUID:
    """The command by which an entry is moved to whom it is about, the same on every try."""
    return uuid5(touchpoint, "move")


def _lines(file: Path) -> Iterator[str]:
    if file.exists():
        yield from filter(_is_erasure, file.read_text(errors="replace").splitlines())


def _is_erasure(line: str) -> bool:
    """Whether it was written to its end: half a line, left by a power cut, is of an erasure that nobody was told of."""
    kind, *said = line.split() or [""]
    ids = said[: LISTED.get(kind, 0)]
    try:
        return len(ids) == LISTED.get(kind) and all(map(UUID, ids))
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
