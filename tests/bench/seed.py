"""A home of so many candidates, each with ten touchpoints and two promises: thirteen events a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from domain.candidate import Candidate
from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise, Promise
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


def home(folder: Path, candidates: int) -> Path:
    """The home, made once and kept for the next run; the mark is written last."""
    mark = folder / "seeded"
    if not mark.exists():
        installation = Installation.open(Settings(home=folder, backups=folder.with_name(f"{folder.name}-backups")))
        _fill(installation, candidates)
        installation.close()
        mark.write_text(str(candidates))
    return folder


def person(number: int) -> UUID:
    """The id of the number-th candidate."""
    return uuid5(SEED, f"candidate {number}")


def _fill(kept: Installation, candidates: int) -> None:
    _, olive = kept.recruiting.found_agency(
        Command(uuid5(SEED, "agency"), None), "Harbour Staffing", "Europe/London", "Olive", EMAIL
    ).streams
    kept.recruiting.join(Command(uuid5(SEED, "olive"), olive), olive)
    kept.vault.set_password(olive, PASSWORD)
    waiting: list[Stream] = []
    for number in range(candidates):
        kept.vault.make_key(person(number))
        waiting += _life(number, olive)
        if len(waiting) >= A_COMMIT or number == candidates - 1:
            command = Command(uuid5(SEED, f"commit {number}"), olive)
            kept.recruiting.record(replace(command, content=b"bench"), *waiting)
            waiting = []
    kept.views.catch_up()


def _life(number: int, by: UUID) -> Iterator[Stream]:
    chance, id = Random(number), person(number)
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}"
    yield Candidate.add(id, by, name, f"p{number}@mail.example", f"07700 {number:06}", "Staff nurse", "Leeds")
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
