"""`kept demo`: half a year of a made-up agency, told through the domain's verbs, the same every time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from unicodedata import normalize
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.command import Command
from domain.due import WORKING_DAY_ENDS, Due
from domain.promise import Cause, NewPromise
from webapp.demo_story import (
    AGENCY,
    BEGIN,
    CITIES,
    CLIENTS,
    ENDINGS,
    FIRST,
    HOST,
    HOURS,
    INTERVIEW,
    JOBS,
    KEEPING_TOUCH,
    LAST,
    NOTICES,
    PANELS,
    QUIET,
    SENT,
    STRAYS,
    TEAM,
    ZONE,
    Say,
)
from webapp.installation import Installation
from webapp.settings import Settings, SettingsError

SEED = UUID("6b657074-0000-4000-8000-64656d6f0000")
PASSWORD = "harbour-and-lane"
CANDIDATES = 400
DAYS = 128
HERE = ZoneInfo(ZONE)
MARKER = "demo.json"
CAUSES = (Cause.CLIENT_SLIPPED, Cause.CLIENT_SLIPPED, Cause.WE_FORGOT, Cause.UNREACHABLE, Cause.OTHER)
Act = Callable[[], None]


def settings(real: Settings) -> Settings:
    """The settings of the demo beside a real installation: a home of its own, nothing sent."""
    home = real.home.with_name(f"{real.home.name}-demo")
    backups = home.with_name(f"{home.name}-backups")
    return replace(real, home=home, backups=backups, smtp_url=None, demo=True)


def sign_in() -> str:
    """What whoever looks at the demo needs to know."""
    people = ", ".join(f"{_address(name)} ({role})" for name, role in TEAM[:2] + TEAM[-1:])
    return f"Demo: nothing in it is real. Sign in as {people}; the password is {PASSWORD}"


def build(settings: Settings, say: Callable[[str], Any] = print, today: date | None = None, **opening: Any) -> bool:
    """Tell the story into an empty home, up to yesterday; False if an earlier demo is there already.

    Under a minute. `opening` goes to Installation.open. Raises SettingsError where anything but a demo lives.
    """
    today = today or datetime.now(HERE).date()
    marker = settings.home / MARKER
    if marker.exists() and (until := json.loads(marker.read_text()).get("until")):
        say(f"The demo in {settings.home} was told up to {until}. Delete that folder to have it told anew.")
        return False
    if (settings.home / "events.db").exists() and not marker.exists():
        raise SettingsError(f"There is an agency in {settings.home} already: the demo needs a home of its own.")
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in settings.home.iterdir():
        file.unlink()
    marker.write_text("{}")
    say(f"Telling half a year of {AGENCY} into {settings.home}; this takes half a minute.")
    clock = Clock()
    with closing(Installation.open(settings, clock=clock, **opening)) as kept:
        Story(kept, Calendar(today), clock).tell()
        kept.views.catch_up()
        say(f"{kept.recruiting.log.end():,} events, {CANDIDATES} candidates, {len(TEAM)} people on the team.")
    marker.write_text(json.dumps({"until": f"{today - timedelta(days=1)}"}))
    return True


@dataclass
class Clock:
    """It stands still until it is told to move."""

    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Calendar:
    """Working days by number: 0 is the last before today, 1 is today, 2 the next; weekends are skipped."""

    def __init__(self, today: date):
        self.today = today
        self._days: dict[int, date] = {1: today}
        for number, day in zip(range(0, -DAYS - 1, -1), _working_days(today, -1), strict=False):
            self._days[number] = day
        for number, day in zip(range(2, DAYS), _working_days(today, 1), strict=False):
            self._days[number] = day

    def day(self, number: int) -> date:
        return self._days[number]

    def at(self, number: int, minute: float) -> datetime:
        """So many minutes into that day, there."""
        midnight = datetime.combine(self.day(number), time(), HERE)
        return (midnight + timedelta(minutes=minute)).astimezone(UTC)


@dataclass
class Person:
    """A candidate in the story, and what is true of them all along."""

    id: UUID
    keeper: UUID
    random: Random
    facts: dict[str, str]


@dataclass
class Story:
    """Everything that happens, in order; `at` a working day and a minute, tied by a running number."""

    kept: Installation
    calendar: Calendar
    clock: Clock
    waiting: list[tuple[int, float, int, Act]] = field(default_factory=list)
    running: Iterator[int] = field(default_factory=count)
    team: list[UUID] = field(default_factory=list)

    def tell(self) -> None:
        self.clock.now = self.calendar.at(1 - DAYS, 8 * 60)
        self._gather()
        first, settled = 1 - DAYS, CANDIDATES * 3 // 10
        for number in range(CANDIDATES):
            random = Random(f"kept {number}")
            new = number - settled
            begun = first + (number * 5 // settled if new < 0 else new * (DAYS - 2) // (CANDIDATES - settled))
            self._then(begun, random.uniform(9 * 60, 16 * 60), lambda n=number, r=random: self._meet(n, r))
        while self.waiting:
            day, minute, _, act = heappop(self.waiting)
            if day > 0:
                break
            self.clock.now = self.calendar.at(day, minute)
            act()

    def _gather(self) -> None:
        verbs, vault = self.kept.recruiting, self.kept.vault
        owner = verbs.found_agency(self._command(None), AGENCY, ZONE, TEAM[0][0], _address(TEAM[0][0])).streams[1]
        self.team.append(owner)
        for name, role in TEAM[1:]:
            invited = verbs.invite_recruiter(self._command(owner), name, _address(name), role).streams[0]
            verbs.join(self._command(invited), invited)
            self.team.append(invited)
        for recruiter in self.team:
            vault.set_password(recruiter, PASSWORD)

    def _meet(self, number: int, random: Random) -> None:
        first, last = FIRST[number * 37 % len(FIRST)], LAST[number * 53 % len(LAST)]
        job, skill, pay, (low, high) = random.choice(JOBS)
        facts = {
            "first": first,
            "job": job,
            "skill": skill,
            "pay": pay.format(random.randint(low, high)),
            "city": random.choice(CITIES),
            "client": random.choice(CLIENTS),
            "notice": random.choice(NOTICES),
            "hour": random.choice(HOURS),
            "panel": random.choice(PANELS),
        }
        by = random.choice((*self.team[:-1], *self.team[1:2] * 3))  # Dana, as whom one signs in, has most to do
        candidate = self.kept.recruiting.add_candidate(
            self._command(by),
            f"{first} {last}",
            email=f"{_plain(first)}.{_plain(last)}{number}@mail.example",
            phone=f"07700 900{number:03d}" if random.random() < 0.8 else "",
            headline=job,
            place=facts["city"],
        ).streams[0]
        person = Person(candidate, by, random, facts)
        self._go_on(person, _plot(random), self._day_of_now(), self._minute_of_now() + 4)

    def _go_on(self, person: Person, plot: list[Say], day: int, minute: float) -> None:
        """Say the next thing of the plot at its time, then go on from there."""
        if plot:
            beat, rest = plot[0], plot[1:]
            wait = person.random.randint(*beat.after)
            minute = person.random.uniform(9 * 60, 17 * 60) if wait else min(minute, 17 * 60)

            def act() -> None:
                self._say(person, beat)
                self._go_on(person, rest, day + wait, minute + 25)

            self._then(day + wait, minute, act)

    def _say(self, person: Person, beat: Say) -> None:
        random, facts = person.random, person.facts
        words = random.choice(beat.words).format(**facts)
        if random.random() < 0.06 and beat.channel == "call" and words:
            words += "\n\n" + random.choice(STRAYS).format(**facts)
        by = person.keeper if random.random() < 0.85 else random.choice(self.team[:-1])
        promise, due_day = self._promise(person, beat) if beat.promise else (None, 0)
        recorded = self.kept.recruiting.record_touchpoint(
            self._command(by),
            person.id,
            beat.channel,
            beat.direction,
            beat.outcome,
            self.clock.now - timedelta(minutes=random.randint(1, 20)),
            words,
            promise,
        )
        if promise is not None:
            self._fate(person, recorded.streams[1], promise.due, due_day)
        if words and random.random() < 0.015:
            better = words + "\n\nCorrected: the start date is the first, not the fifteenth."
            self._later(20, self.kept.recruiting.correct_touchpoint, by, recorded.streams[0], better, "Misheard")

    def _promise(self, person: Person, beat: Say) -> tuple[NewPromise, int]:
        assert beat.promise is not None
        due_day = self._day_of_now() + person.random.randint(*beat.within)
        at = time.fromisoformat(beat.at) if beat.at else None
        due = Due(self.calendar.day(due_day), at, ZONE)
        return NewPromise(beat.promise.format(**person.facts), due, person.keeper), due_day

    def _fate(self, person: Person, promise: UUID, due: Due, day: int) -> None:
        """How a promise ends: most are kept in time, some late, some get a new date, some are not kept."""
        random, verbs, by = person.random, self.kept.recruiting, person.keeper
        end = due.at or WORKING_DAY_ENDS
        falls_due = end.hour * 60 + end.minute
        luck = random.random()
        if luck < 0.72:
            today = self._day_of_now()
            kept_on = random.randint(today, day) if day > today else day
            before = falls_due - 5 if kept_on == day else 17 * 60
            after = self._minute_of_now() + 10 if kept_on == today else 9 * 60
            self._then(
                kept_on,
                random.uniform(min(after, before), before),
                self._doing(verbs.keep_promise, by, promise),
            )
            return
        if luck < 0.80:
            moved = day + random.randint(2, 5)
            later = replace(due, on=self.calendar.day(moved))
            why = random.choice(("Client needs longer", "Agreed on the phone", ""))
            self._then(day, 9 * 60 + 20, self._doing(verbs.renegotiate_promise, by, promise, later, why))
            self._then(moved, 10 * 60 + random.randint(0, 90), self._doing(verbs.keep_promise, by, promise))
            return
        if luck < 0.84:
            self._then(day, 9 * 60 + 40, self._doing(verbs.release_promise, by, promise, "Not needed any more"))
            return
        self._then(day, falls_due, lambda: verbs.fall_due(promise, due) and None)
        late = day + random.randint(1, 7)
        if luck < 0.93:
            self._then(late, 9 * 60 + random.randint(0, 120), self._doing(verbs.keep_promise, by, promise))
        else:
            cause = str(random.choice(CAUSES))
            self._then(late, 11 * 60 + random.randint(0, 60), self._doing(verbs.break_promise, by, promise, cause))

    def _doing(self, verb: Callable[..., Any], by: UUID, *what: Any) -> Act:
        return lambda: verb(self._command(by), *what) and None

    def _later(self, minutes: float, verb: Callable[..., Any], by: UUID, *what: Any) -> None:
        self._then(self._day_of_now(), self._minute_of_now() + minutes, self._doing(verb, by, *what))

    def _then(self, day: int, minute: float, act: Act) -> None:
        heappush(self.waiting, (day, minute, next(self.running), act))

    def _command(self, by: UUID | None) -> Command:
        return Command(uuid5(SEED, str(next(self.running))), by)

    def _day_of_now(self) -> int:
        here = self.clock.now.astimezone(HERE).date()
        return next(number for number, day in self.calendar._days.items() if day == here)

    def _minute_of_now(self) -> float:
        here = self.clock.now.astimezone(HERE)
        return here.hour * 60 + here.minute + here.second / 60


def _plot(random: Random) -> list[Say]:
    """One of the ways things go, from the first word on."""
    plot = [random.choice(BEGIN)]
    if random.random() < 0.35:
        plot += QUIET[random.randint(0, 3) :]
    if random.random() < 0.75:
        plot += SENT
        if random.random() < 0.65:
            plot += INTERVIEW
        plot += random.choice(ENDINGS)
    return plot + list(KEEPING_TOUCH)


def _working_days(start: date, step: int) -> Iterator[date]:
    for days in count(1):
        day = start + timedelta(days=step * days)
        if day.weekday() < 5:
            yield day


def _address(name: str) -> str:
    return f"{_plain(name.split()[0])}@{HOST}"


def _plain(name: str) -> str:
    """A name as it stands in an e-mail address."""
    folded = normalize("NFKD", name.lower().translate(str.maketrans("łøß", "los")))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())
