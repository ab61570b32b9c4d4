"""A home of so many candidates, each with ten touchpoints and two promises: thirteen events a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from domain.candidate import Candidate, Details
from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise, Promise
from domain.remembered import PainPoint
from domain.stream import Stream
from domain.touchpoint import Touchpoint
from webapp.installation import Installation
from webapp.settings import Settings

EVENTS_A_PERSON = 13
TOUCHPOINTS, PROMISES = 10, 2
A_COMMIT = 500
LAST_SAID = 12  # days ago at most: by then some wait for an answer and some conversations have fallen silent
SEED = UUID("6b657074-0000-4000-8000-62656e636800")
EMAIL, PASSWORD = "olive@harbour.example", "a bench in the harbour"
FIRST = "Ada Bob Cleo Dan Eve Finn Gus Hana Ivo Jan Kim Lou Mia Ned Olga Pia Quin Rob Sue Tia Uma Vic Wes Xia".split()
LAST = "Byron Marsh Osei Novak Khan Lindqvist Müller Silva Okafor Wójcik Brennan Castellanos Dubois Evans".split()
SAID = (
    "talked about the night shifts she wants no more notice is four weeks rate at least twenty two pounds "
    "client likes her second interview on the ward will send the contract asked for the parking permit"
).split()
Life = Callable[[int, UUID], Iterator[Stream]]
TRADES = "nurse porter buyer driver welder fitter cook clerk carer teacher".split()
SKILLS = "icu nights manager german forklift first-aid theatre sap excel paediatrics".split()
TOWNS = "Leeds York Bradford Wakefield Harrogate Hull Bristol Cardiff Exeter London Reading Luton Derby Nowhere".split()
WANTS = ("March days only", "Work from home", "Shorter commute", "£26 an hour", "No more nights", "A van")


def home(folder: Path, candidates: int, life: Life | None = None) -> Path:
    """The home, made once and kept for the next run; the mark is written last. `life` is what each candidate's is."""
    mark = folder / "seeded"
    if not mark.exists():
        installation = Installation.open(Settings(home=folder, backups=folder.with_name(f"{folder.name}-backups")))
        _fill(installation, candidates, life or _life)
        installation.close()
        mark.write_text(str(candidates))
    return folder


def person(number: int) -> UUID:
    """The id of the number-th candidate."""
    return uuid5(SEED, f"candidate {number}")


def _fill(kept: Installation, candidates: int, life: Life) -> None:
    _, olive = kept.recruiting.found_agency(
        Command(uuid5(SEED, "agency"), None), "Harbour Staffing", "Europe/London", "Olive", EMAIL
    ).streams
    kept.recruiting.join(Command(uuid5(SEED, "olive"), olive), olive)
    kept.vault.set_password(olive, PASSWORD)
    waiting: list[Stream] = []
    for number in range(candidates):
        kept.vault.make_key(person(number))
        waiting += life(number, olive)
        if len(waiting) >= A_COMMIT or number == candidates - 1:
            command = Command(uuid5(SEED, f"commit {number}"), olive)
            kept.recruiting.record(replace(command, content=b"bench"), *waiting)
            waiting = []
    kept.views.catch_up()


def _life(number: int, by: UUID) -> Iterator[Stream]:
    chance, id = Random(number), person(number)
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}"
    details = Details(name, (f"p{number}@mail.example",), (f"07700 {number:06}",), "Staff nurse", "Leeds")
    yield Candidate.add(id, by, details, [], by)
    for ago in reversed(range(TOUCHPOINTS)):
        when = datetime.now(UTC) - timedelta(days=ago * 11 + chance.random() * LAST_SAID, minutes=1)
        how = chance.choice((("call", "out", "talked"), ("e-mail", "out", None), ("e-mail", "in", None)))
        words = " ".join(chance.choices(SAID, k=20))
        here = uuid5(id, f"touchpoint {ago}")
        yield Touchpoint.record(here, by, id, *how, when, words, [], datetime.now(UTC))
    for at in range(PROMISES):
        due = Due(datetime.now(UTC).date() + timedelta(days=chance.randint(30, 300)), None, "Europe/London")
        promise = NewPromise(" ".join(chance.choices(SAID, k=5)), due, by)
        yield Promise.make(uuid5(id, f"promise {at}"), by, id, promise, None, datetime.now(UTC))


def short_life(number: int, by: UUID) -> Iterator[Stream]:
    """Somebody with a trade, up to three skills and a place; most were spoken to once, and some want something."""
    chance, id, now = Random(number), person(number), datetime.now(UTC)
    name, trade = (
        f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}",
        chance.choice(TRADES[: chance.randint(1, 10)]),
    )
    details = Details(name, (f"p{number}@mail.example",), headline=trade, place=chance.choice([*TOWNS, ""]))
    candidate = Candidate.add(id, by, details, [trade, *chance.sample(SKILLS, chance.randint(0, 3))], by)
    if chance.random() < 0.3:
        wanted = PainPoint("want", chance.choice(WANTS), now.date())
        candidate.note_pain(by, uuid5(id, "want"), wanted, now)
    yield candidate
    if chance.random() < 0.7:
        when = now - timedelta(days=chance.randint(1, 1500))
        words = "Could do days from March. Would not go below £23 an hour. Notice is four weeks."
        yield Touchpoint.record(uuid5(id, "call"), by, id, "call", "out", "talked", when, words, [], now)
