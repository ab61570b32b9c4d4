"""A small agency in a home of its own, with a clock that stands still: for tests that need no web pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise
from webapp.installation import Installation
from webapp.settings import Settings

ZONE = "Europe/London"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """It stands still until a test moves it."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> datetime:
        self.now += timedelta(**more)
        return self.now


@dataclass
class Agency:
    """The cast, and the verbs that tests of machines need most."""

    kept: Installation
    clock: Clock
    olive: UUID
    dana: UUID
    tom: UUID
    ada: UUID
    bob: UUID

    def promise(
        self,
        words: str = "Ring with the rate",
        to: UUID | None = None,
        on: date | None = None,
        at: time | None = None,
    ) -> UUID:
        """Dana promises something to Ada (or `to`), due today (or `on`) at 17:30."""
        due = Due(on or self.clock.now.date(), at, ZONE)
        promise = NewPromise(words, due, self.dana)
        return self.kept.recruiting.make_promise(command(self.dana), to or self.ada, promise).streams[0]

    def note(self, words: str, to: UUID | None = None) -> UUID:
        """Dana notes something about Ada (or `to`)."""
        verb = self.kept.recruiting.record_touchpoint
        return verb(command(self.dana), to or self.ada, "note", "internal", None, self.clock.now, words).streams[0]

    def facts(self, kind: type) -> list:
        """Every fact of this kind in the log."""
        return [entry.fact for entry in self.kept.recruiting.log.entries(1, 1_000_000) if type(entry.fact) is kind]


def command(by: UUID | None) -> Command:
    return Command(uuid4(), by)


def open_agency(settings: Settings, clock: Clock) -> Agency:
    """Found the agency in an empty home: Olive owns it, Dana and Tom recruit, Ada and Bob are candidates."""
    kept = Installation.open(settings, clock=clock)
    verbs = kept.recruiting
    olive = verbs.found_agency(command(None), "Harbour & Lane", ZONE, "Olive", "olive@example.com").streams[1]
    dana, tom = (
        verbs.invite_recruiter(command(olive), name, f"{name.lower()}@example.com", "recruiter").streams[0]
        for name in ("Dana", "Tom")
    )
    ada, bob = (verbs.add_candidate(command(dana), name).streams[0] for name in ("Ada Byron", "Bob Stone"))
    kept.views.catch_up()
    return Agency(kept, clock, olive, dana, tom, ada, bob)


def settings_for(home: Path, **more: object) -> Settings:
    return Settings(home=home, backups=home.with_name(home.name + "-backups"), **more)  # type: ignore[arg-type]
