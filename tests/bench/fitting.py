"""How fast the people are found who fit a job, among a hundred thousand candidates."""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4, uuid5

from domain.candidate import Candidate, Details
from domain.remembered import Pain, PainPoint
from domain.stream import Stream
from domain.touchpoint import Touchpoint
from tests.bench import seed
from tests.bench.browser import Browser, served
from webapp.installation import Installation

PEOPLE, ASKED = 100_000, 50
TRADES = "nurse porter buyer driver welder fitter cook clerk carer teacher".split()
SKILLS = "icu nights manager german forklift first-aid theatre sap excel paediatrics".split()
TOWNS = "Leeds York Bradford Wakefield Harrogate Hull Bristol Cardiff Exeter London Reading Luton Derby Nowhere".split()
WANTS = ("March days only", "Work from home", "Shorter commute", "£26 an hour", "No more nights", "A van")
SAID = "Could do days from March. Would not go below £23 an hour. Notice is four weeks."
NEAR = {"place": "Leeds", "km": "30"}
TOLD = {"pay": "£24 an hour", "interest": "days", "permits": "right to work"}
WANTED = {"interest": "days", "interested_only": "1"}
JOBS = {
    "a common skill": {"must": "nurse"},
    "a common skill, near, all that is told": {"must": "nurse", "nice": "icu, nights, manager", **NEAR, **TOLD},
    "three skills": {"must": "nurse, icu, nights"},
    "skills that nobody has together": {"must": "nurse, porter"},
    "any of four skills, near": {"nice": "icu, nights, manager, theatre", **NEAR},
    "a skill and a want, far away": {"must": "nurse", "place": "Truro", "km": "5", **WANTED},
    "a place alone": NEAR,
}


def fitting(homes: Path, _: int) -> None:
    """p50 of the page with the people who fit a job."""
    folder = homes / f"people-{PEOPLE}"
    if not (folder / "seeded").exists():
        print(f"Making a home of {PEOPLE:,} candidates …", file=sys.stderr)
    with served(seed.home(folder, PEOPLE, _fill)) as browser:
        print(f"\nPeople for a job, {PEOPLE:,} candidates; p50 of {ASKED} requests (wanted at most 300 ms)")
        for name, criteria in JOBS.items():
            job = _job(browser, name, criteria)
            times = [_milliseconds(browser, job) for _ in range(ASKED + 3)][3:]
            print(f"  {name:40} {statistics.median(times):6.1f} ms   slowest {max(times):6.1f} ms")


def _job(browser: Browser, title: str, criteria: dict[str, str]) -> str:
    """The address of a new job that looks for people by these criteria."""
    browser.ask("POST", "/jobs", {"client": "St Hilda", "title": title, "command": str(uuid4())})
    (job, *_) = re.findall(r'href="(/jobs/[0-9a-f-]{36})"', browser.ask("GET", "/jobs"))
    browser.ask("POST", f"{job}/criteria", {**criteria, "seen": "1", "command": str(uuid4())})
    return job


def _milliseconds(browser: Browser, job: str) -> float:
    began = time.perf_counter()
    browser.ask("GET", f"{job}/people")
    return (time.perf_counter() - began) * 1000


def _fill(kept: Installation, candidates: int) -> None:
    olive = seed.founded(kept)
    waiting: list[Stream] = []
    for number in range(candidates):
        kept.vault.make_key(seed.person(number))
        waiting += _life(number, olive)
        if len(waiting) >= seed.A_COMMIT or number == candidates - 1:
            seed.commit(kept, olive, number, waiting)
            waiting = []
    kept.views.catch_up()


def _life(number: int, by: UUID) -> Iterator[Stream]:
    """Somebody with a trade, up to three skills and a place; most were spoken to once, and some want something."""
    chance, id, now = Random(number), seed.person(number), datetime.now(UTC)
    trade = chance.choice(TRADES[: chance.randint(1, len(TRADES))])
    name = f"{chance.choice(seed.FIRST)} {chance.choice(seed.LAST)} {number}"
    details = Details(name, (f"p{number}@mail.example",), headline=trade, place=chance.choice([*TOWNS, ""]))
    candidate = Candidate.add(id, by, details, [trade, *chance.sample(SKILLS, chance.randint(0, 3))], by)
    if chance.random() < 0.3:
        candidate.note_pain(by, uuid5(id, "want"), PainPoint(Pain.WANT, chance.choice(WANTS), now.date()), now)
    yield candidate
    if chance.random() < 0.7:
        when = now - timedelta(days=chance.randint(1, 1500))
        yield Touchpoint.record(uuid5(id, "call"), by, id, "call", "out", "talked", when, SAID, [], now)
