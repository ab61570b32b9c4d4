"""The telling of the demo: half a year of a made-up agency, through the domain's verbs, the same every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from unicodedata import normalize
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.absence import Absence
from domain.agency import AgencySettings
from domain.candidate import Details
from domain.command import Command
from domain.due import WORKING_DAY_ENDS, Due
from domain.promise import Cause, NewPromise, Overtaken, Party
from webapp import demo_giving, demo_remembered, demo_team
from webapp.demo_jobs import Hiring
from webapp.demo_story import (
    AGENCY,
    BEGIN,
    CITIES,
    CLIENTS,
    CONTACTS,
    COUNTRY,
    EMPLOYERS,
    ENDINGS,
    FIELDS,
    FIRST,
    HOST,
    HOURS,
    INTERVIEW,
    JOBS,
    KEEPING_TOUCH,
    LAST,
    MENTIONS,
    NOTICES,
    PANELS,
    QUIET,
    ROLES,
    SENT,
    SHOWN,
    SOURCES,
    STRAYS,
    TEAM,
    THANKS,
    TOGETHER,
    UNANSWERED,
    WISHES,
    ZONE,
    Say,
)
from webapp.installation import Installation

SEED = UUID("6b657074-0000-4000-8000-64656d6f0000")
PASSWORD = "harbour-and-lane"
CANDIDATES = 400
DAYS = 128
HERE = ZoneInfo(ZONE)
TOGETHER_EVERY = 8
WISHES_EVERY = 6
REFERRED_EVERY = 11
LATE = 3
TRIED_AGAIN_AT = (10, 15)  # o’clock, the next day
SILENT_AFTER = 10
LATELY = 9  # working days
QUIET_FOR = 8  # working days; who is left in peace for longer is not kept waiting
CAUSES = (*(Cause.CLIENT_SLIPPED,) * 4, Cause.WE_FORGOT, Cause.UNREACHABLE, Cause.OTHER)
Act = Callable[[], None]


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
    """A candidate in the story, what is true of them all along, and what they owe us now."""

    id: UUID
    keeper: UUID
    random: Random
    facts: dict[str, str]
    owes: UUID | None = None


@dataclass
class Story:
    """Everything that happens, in order; `at` a working day and a minute, tied by a running number."""

    kept: Installation
    calendar: Calendar
    clock: Clock
    progress: Callable[[int, int], Any]
    waiting: list[tuple[int, float, int, Act]] = field(default_factory=list)
    running: Iterator[int] = field(default_factory=count)
    team: list[UUID] = field(default_factory=list)
    contacts: dict[str, UUID] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    closed: set[UUID] = field(default_factory=set)

    def tell(self) -> None:
        self.clock.now = self.calendar.at(1 - DAYS, 8 * 60)
        self._gather()
        first, settled = 1 - DAYS, CANDIDATES * 3 // 10
        for number in range(DAYS // TOGETHER_EVERY):
            together = partial(self._together, Random(f"kept together {number}"))
            self._then(first + (number + 1) * TOGETHER_EVERY, 16 * 60, together)
        for number in range(LATE):
            self._then(0, 16 * 60 + 40 + number, partial(self._write_late, Random(f"kept late {number}")))
        self._keep_lists()
        for number in range(len(MENTIONS)):
            self._then(-number, 14 * 60 + 7 * number, partial(self._mention, number))
        self._shelve()
        self._give_cards_and_go_away()
        for number in range(CANDIDATES):
            random = Random(f"kept {number}")
            new = number - settled
            begun = first + (number * 5 // settled if new < 0 else new * (DAYS - 2) // (CANDIDATES - settled))
            self._then(begun, random.uniform(9 * 60, 16 * 60), partial(self._meet, number, random))
        Hiring(self).plan()
        for number, hour in enumerate(TRIED_AGAIN_AT):
            self._then(0, 17 * 60 + number, partial(self._ring_in_vain, number, hour))
        told = None
        while self.waiting:
            day, minute, _, act = heappop(self.waiting)
            if day > 0:
                break
            if day != told:
                told = day
                self.progress(day - first, DAYS)
            self.clock.now = self.calendar.at(day, minute)
            act()

    def _gather(self) -> None:
        verbs, vault = self.kept.recruiting, self.kept.vault
        founding = self._command(None)
        agency, owner = verbs.found_agency(founding, AGENCY, ZONE, TEAM[0][0], address(TEAM[0][0]), COUNTRY).streams
        verbs.join(self._command(owner), owner)
        self.team.append(owner)
        settings = AgencySettings(AGENCY, ZONE, COUNTRY, silent_after=SILENT_AFTER)
        verbs.change_settings(self._command(owner), agency, settings)
        for name, role in TEAM[1:]:
            invited = verbs.invite_recruiter(self._command(owner), name, address(name), role).streams[0]
            self.clock.now += timedelta(minutes=4)
            verbs.join(self._command(invited), invited)
            self.team.append(invited)
        for recruiter in self.team:
            vault.set_password(recruiter, PASSWORD)
        for number, (client, name) in enumerate(zip(CLIENTS, CONTACTS, strict=True)):
            email = f"{_plain(name.split()[0])}@{_plain(client)}.example"
            role = ROLES[number % len(ROLES)]
            added = verbs.add_contact(self._command(owner), name, client, email, role=role)
            self.contacts[client] = added.streams[0]

    def _meet(self, number: int, random: Random) -> None:
        first, last = FIRST[number * 37 % len(FIRST)], LAST[number * 53 % len(LAST)]
        job, skill, pay, (low, high) = random.choice(JOBS)
        facts = {
            "first": first,
            "last": last,
            "job": job,
            "skill": skill,
            "pay": pay.format(random.randint(low, high)),
            "city": random.choice(CITIES),
            "client": random.choice(CLIENTS),
            "notice": random.choice(NOTICES),
            "hour": random.choice(HOURS),
            "panel": random.choice(PANELS),
        }
        facts["contact"] = CONTACTS[CLIENTS.index(facts["client"])]
        by = random.choice((*self.team[:-1], *self.team[1:2] * 3))  # Dana, as whom one signs in, has most to do
        candidate = self.kept.recruiting.add_candidate(
            self._command(by), details=_details(number, facts, random), tags=_tags(facts, random)
        ).streams[0]
        person = Person(candidate, by, random, facts)
        self.people.append(person)
        self._remember(person, Random(f"kept remembered {number}"))
        self._wish(number, person)
        self._go_on(person, _plot(random), self._day_of_now(), self._minute_of_now() + 4)

    def _wish(self, number: int, person: Person) -> None:
        """Some say how they wish to be reached, and some were sent by somebody we knew already."""
        verbs, command = self.kept.recruiting, partial(self._command, person.keeper)
        if number % WISHES_EVERY == 3:
            verbs.note_wishes(command(), person.id, WISHES[number // WISHES_EVERY % len(WISHES)])
        if number % REFERRED_EVERY == 7 and len(self.people) > 1:
            verbs.refer_candidate(command(), person.id, self.people[len(self.people) * 3 // 4 - 1].id)

    def _remember(self, person: Person, random: Random) -> None:
        """What is noted of somebody some days after the first word."""
        verbs, today = self.kept.recruiting, self._day_of_now()
        later = min(today + random.randint(2, 12), 0)
        minute = 11 * 60 if later > today else self._minute_of_now() + 6
        if tags := demo_remembered.tags(random):
            self._then(later, minute, self._doing(verbs.tag_candidate, person.keeper, person.id, tags))
        if pain := demo_remembered.pain(random, self.calendar.day(later)):
            self._then(later, minute + 2, self._doing(verbs.note_pain, person.keeper, person.id, pain))
        for day in demo_remembered.days(random, self.calendar.today):
            self._then(later, minute + 4, self._doing(verbs.note_date, person.keeper, person.id, day))

        if gift := demo_giving.gift(random, person.facts["first"]):
            self._then(later, minute + 6, partial(self._give, person, *gift))
        if invitation := demo_giving.invitation(random):
            self._invite(person, later, *invitation)

    def _invite(self, person: Person, day: int, network: str, answer: str) -> None:
        """Into a network; who answers does so four days later."""
        verbs, on = self.kept.recruiting, self.calendar.day(day)
        self._then(day, 16 * 60, self._doing(verbs.invite, person.keeper, person.id, network, on))
        if answer and day + 4 <= 0:
            what = (person.id, network, answer, self.calendar.day(day + 4))
            self._then(day + 4, 10 * 60, self._doing(verbs.answer_invitation, person.keeper, *what))

    def _give(self, person: Person, tip: UUID, words: str) -> None:
        how = ("e-mail", "out", None, None, words)
        self.kept.recruiting.record_touchpoint(self._command(person.keeper), person.id, *how, gives=tip)

    def _shelve(self) -> None:
        """What somebody heard of elsewhere stands on the shelf; some weeks ago it did not hold the same."""
        for number, opening in enumerate(demo_giving.openings(self.calendar.today)):
            write = self._doing(self.kept.recruiting.write_tip, self.team[1 + number % 3], opening)
            self._then(-12, 9 * 60 + number, write)

    def _keep_lists(self) -> None:
        """On the last day somebody keeps the searches that are wanted again and again."""
        for number, (name, criteria, shared) in enumerate(demo_remembered.LISTS):
            save = self._doing(self.kept.recruiting.save_list, self.team[1], name, criteria, shared)
            self._then(0, 15 * 60 + number, save)

    def _give_cards_and_go_away(self) -> None:
        verbs = self.kept.recruiting
        for number, (recruiter, card) in enumerate(zip(self.team, demo_team.CARDS, strict=False)):
            self._then(2 - DAYS, 9 * 60 + number, self._doing(verbs.change_card, recruiter, recruiter, card))
        for place, first, last, cover in demo_team.AWAY:
            days = self.calendar.day(first), self.calendar.day(last)
            absence = Absence(*days, ZONE, self.team[cover])
            planning = self._doing(verbs.plan_absence, self.team[place], self.team[place], absence)
            self._then(min(first - demo_team.PLANNED, 0), 14 * 60, planning)

    def _in_charge(self, recruiter: UUID) -> UUID:
        """Who keeps today what this colleague promised."""
        return self.team[demo_team.in_charge(self.team.index(recruiter), self._day_of_now())]

    def _go_on(self, person: Person, plot: list[Say], day: int, minute: float) -> None:
        """Say the next thing of the plot at its time, then go on from there."""
        if plot:
            beat, rest = plot[0], plot[1:]
            wait = person.random.randint(*beat.after)
            minute = person.random.uniform(9 * 60, 17 * 60) if wait else min(minute, 17 * 60)

            def act() -> None:
                said = self._say(person, beat)
                if beat.settled or not rest or rest[0].after[1] >= QUIET_FOR:
                    self._settle(person, said)
                self._go_on(person, rest, day + wait, minute + 25)

            self._then(day + wait, minute, act)

    def _say(self, person: Person, beat: Say, keeps: UUID | None = None) -> UUID:
        random = person.random
        words = random.choice(beat.words).format(**person.facts)
        if random.random() < 0.06 and beat.channel == "call" and words:
            words += "\n\n" + random.choice(STRAYS).format(**person.facts)
        by = person.keeper if random.random() < 0.85 else random.choice(self.team[:-1])
        promise, due_day = self._promise(person, beat) if beat.promise else (None, 0)
        if beat.keeps and person.owes not in self.closed:
            keeps, person.owes = person.owes, None
        ago = timedelta(minutes=random.randint(1, 20))
        recorded = self._record(person, beat, by, words, ago, promise=promise, keeps=keeps)
        if promise is not None:
            self._fate(person, recorded[1], promise, due_day)
        if words and random.random() < 0.015:
            better = words + "\n\nCorrected: the start date is the first, not the fifteenth."
            self._later(20, self.kept.recruiting.correct_touchpoint, by, recorded[0], better, "Misheard")
        return recorded[0]

    def _record(
        self, person: Person, beat: Say, by: UUID, words: str, ago: timedelta, *, keeps: UUID | None = None, **more: Any
    ) -> tuple[UUID, ...]:
        if keeps:
            self.closed.add(keeps)
        happened = self.clock.now - ago
        verb, how = self.kept.recruiting.record_touchpoint, (beat.channel, beat.direction, beat.outcome)
        return verb(self._command(by), person.id, *how, happened, words, keeps=keeps, **more).streams

    def _settle(self, person: Person, said: UUID) -> None:
        """Nothing more is to be said for weeks: somebody notes that nobody waits for a word; lately not always."""
        if person.random.random() < (0.85 if self._day_of_now() > -LATELY else 1):
            self._later(30, self.kept.recruiting.answer_not_needed, person.keeper, said)

    def _together(self, random: Random) -> None:
        """Several people of one client, in one conversation."""
        if not self.people:
            return
        host = random.choice(self.people[-60:])
        others = [other for other in self.people if other.facts["client"] == host.facts["client"] and other is not host]
        if others:
            beat = random.choice(TOGETHER)
            words = random.choice(beat.words).format(**host.facts)
            with_whom = [other.id for other in others[-random.randint(1, 3) :]]
            said = self._record(host, beat, host.keeper, words, timedelta(hours=1), also_with=with_whom)
            for touchpoint in said:
                self._later(15, self.kept.recruiting.answer_not_needed, host.keeper, touchpoint)

    def _write_late(self, random: Random) -> None:
        """Somebody writes when everybody is about to go home, and waits for an answer in the morning."""
        person, beat = random.choice(self.people[-100:]), random.choice(UNANSWERED)
        words = random.choice(beat.words).format(**person.facts)
        self._record(person, beat, person.keeper, words, timedelta(minutes=2))

    def _mention(self, number: int) -> None:
        """A colleague notes something that another should know: Dana, and once Olive."""
        author, named, words = MENTIONS[number]
        person = self.people[len(self.people) * (number + 1) // (len(MENTIONS) + 1)]
        how = ("note", "internal", None)
        record, by, who = self.kept.recruiting.record_touchpoint, self.team[author], self.team[named]
        note = words.format(name=TEAM[named][0], **person.facts)
        record(self._command(by), person.id, *how, self.clock.now, note, mentions=(who,))

    def _ring_in_vain(self, number: int, hour: int) -> None:
        """A last call of the day that nobody answers: tried again the next morning, and in the afternoon."""
        verbs, dana, person = self.kept.recruiting, self.team[1], self.people[7 * number % len(self.people)]
        said = (person.id, "call", "out", "voicemail", self.clock.now, "Left a message.")
        call = verbs.record_touchpoint(self._command(dana), *said).streams[0]
        verbs.try_again(self._command(dana), call, self.calendar.at(self._day_of_now() + 1, hour * 60))

    def _promise(self, person: Person, beat: Say) -> tuple[NewPromise, int]:
        assert beat.promise is not None
        due_day = self._day_of_now() + person.random.randint(*beat.within)
        at = time.fromisoformat(beat.at) if beat.at else None
        due = Due(self.calendar.day(due_day), at, ZONE)
        party = Party(beat.by_whom)
        contact = self.contacts[person.facts["client"]] if party is Party.CONTACT else None
        return NewPromise(beat.promise.format(**person.facts), due, person.keeper, party, contact), due_day

    def _fate(self, person: Person, promise: UUID, made: NewPromise, day: int) -> None:
        """How a promise ends: most are kept in time, some late, some get a new date, some are not kept."""
        if made.made_by is Party.CANDIDATE:
            person.owes = promise
        random, verbs, by, due = person.random, self.kept.recruiting, person.keeper, made.due
        end = due.at or WORKING_DAY_ENDS
        falls_due = end.hour * 60 + end.minute
        luck = random.random() if made.made_by is Party.US else random.uniform(0.55, 1)
        if luck < 0.72:
            today = self._day_of_now()
            kept_on = random.randint(today, day) if day > today else day
            before = falls_due - 5 if kept_on == day else 17 * 60
            after = self._minute_of_now() + 10 if kept_on == today else 9 * 60
            self._then(kept_on, random.uniform(min(after, before), before), self._keeping(person, promise, made))
            return
        if luck < 0.80:
            moved = day + random.randint(2, 5)
            later = replace(due, on=self.calendar.day(moved))
            why = random.choice(("Client needs longer", "Agreed on the phone", ""))
            told = day if luck < 0.78 else day + 1  # a few only once the day has passed
            self._closing(told, 9 * 60 + 20, promise, verbs.renegotiate_promise, by, later, why, closes=False)
            self._closing(moved, 10 * 60 + random.randint(0, 90), promise, verbs.keep_promise, by)
            return
        if luck < 0.83:
            cause, why = random.choice(((Overtaken.JOB_GONE, "Frozen until spring"), (Overtaken.PLACED_ELSEWHERE, "")))
            self._closing(day, 9 * 60 + 40, promise, verbs.overtake_promise, by, str(cause), why)
            return
        if luck < 0.85:
            self._closing(day, 9 * 60 + 40, promise, verbs.release_promise, by, "Not needed any more")
            return
        if luck < 0.87:
            self._closing(
                day, 9 * 60 + 5, promise, verbs.reassign_promise, by, random.choice(self._but(by)), closes=False
            )
        self._then(day, falls_due, lambda: verbs.fall_due(promise, due) and None)
        late = day + random.randint(1, 7)
        if luck < 0.93:
            self._closing(late, 9 * 60 + random.randint(0, 120), promise, verbs.keep_promise, by)
        else:
            cause = str(random.choice(CAUSES))
            self._closing(late, 11 * 60 + random.randint(0, 60), promise, verbs.break_promise, by, cause)

    def _keeping(self, person: Person, promise: UUID, made: NewPromise) -> Act:
        """Kept: on somebody's word, or shown by what was said, or confirmed by the one who waited."""
        luck = person.random.random()

        def keep() -> None:
            if promise in self.closed:
                return
            self.closed.add(promise)
            if luck < 0.6 or made.made_by is not Party.US:
                self.kept.recruiting.keep_promise(self._command(self._in_charge(person.keeper)), promise)
            else:
                said = self._say(person, person.random.choice(SHOWN if luck < 0.85 else THANKS), promise)
                self._later(25, self.kept.recruiting.answer_not_needed, person.keeper, said)

        return keep

    def _closing(
        self,
        day: int,
        minute: float,
        promise: UUID,
        verb: Callable[..., Any],
        by: UUID,
        *what: Any,
        closes: bool = True,
    ) -> None:
        """Do this then, if the promise is still open."""

        def act() -> None:
            if promise not in self.closed:
                verb(self._command(self._in_charge(by)), promise, *what)
                if closes:
                    self.closed.add(promise)

        self._then(day, minute, act)

    def _but(self, recruiter: UUID) -> list[UUID]:
        return [other for other in self.team[1:-1] if other != recruiter]

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


def _details(number: int, facts: dict[str, str], random: Random) -> Details:
    name = _plain(facts["first"]), _plain(facts["last"])
    emails = [f"{name[0]}.{name[1]}{number}@mail.example"]
    works_at = random.choice(EMPLOYERS) if random.random() < 0.7 else ""
    if works_at and random.random() < 0.2:
        emails.append(f"{name[0]}.{name[1]}@{_plain(works_at)}.example")
    phones = [f"07700 900{number:03d}"] if random.random() < 0.8 else []
    if random.random() < 0.1:
        phones.append(f"0117 496 0{number:03d}")
    source = random.choice(SOURCES)
    return Details(
        f"{facts['first']} {facts['last']}",
        tuple(emails),
        tuple(phones),
        facts["job"],
        facts["city"],
        works_at,
        source,
        f"HL-{2000 + number}" if source == "Old spreadsheet" else "",
        f"https://www.linkedin.example/in/{name[0]}-{name[1]}-{number}" if source == "LinkedIn" else "",
    )


def _tags(facts: dict[str, str], random: Random) -> tuple[str, ...]:
    more = [tag for tag, chance in (("remote", 0.15), ("driver", 0.12), ("Welsh", 0.05)) if random.random() < chance]
    return (*FIELDS[facts["job"]], *more)


def _working_days(start: date, step: int) -> Iterator[date]:
    for days in count(1):
        day = start + timedelta(days=step * days)
        if day.weekday() < 5:
            yield day


def address(name: str) -> str:
    return f"{_plain(name.split()[0])}@{HOST}"


def _plain(name: str) -> str:
    """A name as it stands in an e-mail address."""
    folded = normalize("NFKD", name.lower().translate(str.maketrans("łøß", "los")))
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())
