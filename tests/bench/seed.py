"""A home of so many candidates, each with ten touchpoints and two promises: thirteen events a person, and a few more.

Every fortieth opens a job, for which eight of them are on the board. As in an agency that grew old only the newest are
live: the last boards are open, and every tenth of the last people is tagged, kept in touch with, has a birthday and
wants something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from domain.candidate import Candidate, Details
from domain.client import Client
from domain.command import Command
from domain.due import Due
from domain.job import Job, JobDetails
from domain.promise import NewPromise, Promise
from domain.remembered import ImportantDate, Interval, Occasion, Pain, PainPoint
from domain.saved_list import Criteria, SavedList
from domain.stages import Stage
from domain.stream import Stream
from domain.submission import Agreement, Ending, Submission
from domain.touchpoint import Touchpoint
from webapp.installation import Installation
from webapp.settings import Settings

EVENTS_A_PERSON = 13
TOUCHPOINTS, PROMISES = 10, 2
JOB_EVERY, ON_A_BOARD, LIVE_JOBS = 40, 8, 30
REMEMBERED_EVERY, LIVE_PEOPLE = 10, 1500
LIST = "tagged rota"
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


def home(folder: Path, candidates: int, fill: Callable[[Installation, int], None] | None = None) -> Path:
    """The home, made once and kept for the next run; the mark is written last. `fill` writes another story."""
    mark = folder / "seeded"
    if not mark.exists():
        installation = Installation.open(Settings(home=folder, backups=folder.with_name(f"{folder.name}-backups")))
        (fill or _fill)(installation, candidates)
        installation.close()
        mark.write_text(str(candidates))
    return folder


def person(number: int) -> UUID:
    """The id of the number-th candidate."""
    return uuid5(SEED, f"candidate {number}")


def saved_list() -> UUID:
    """The id of the list that everybody sees."""
    return uuid5(SEED, "list")


def job(number: int) -> UUID:
    """The id of the job for which the number-th candidate may be on the board."""
    return uuid5(SEED, f"job {number // JOB_EVERY}")


def client(number: int) -> UUID:
    """The id of the client of that job; each has five of them."""
    return uuid5(SEED, f"client {number // JOB_EVERY // 5}")


def founded(kept: Installation) -> UUID:
    """The agency, and Olive, who owns it and writes everything."""
    _, olive = kept.recruiting.found_agency(
        Command(uuid5(SEED, "agency"), None), "Harbour Staffing", "Europe/London", "Olive", EMAIL
    ).streams
    kept.recruiting.join(Command(uuid5(SEED, "olive"), olive), olive)
    kept.vault.set_password(olive, PASSWORD)
    return olive


def _fill(kept: Installation, candidates: int) -> None:
    olive = founded(kept)
    waiting: list[Stream] = [SavedList.save(saved_list(), olive, LIST, True, Criteria(tags=("rota",)))]
    live_jobs, live_people = candidates - LIVE_JOBS * JOB_EVERY, candidates - LIVE_PEOPLE
    for number in range(candidates):
        kept.vault.make_key(person(number))
        waiting += _life(number, olive, live=number >= live_people)
        if number % JOB_EVERY == JOB_EVERY - 1:
            waiting += _board(number, olive, live=number >= live_jobs)
        if len(waiting) >= A_COMMIT or number == candidates - 1:
            commit(kept, olive, number, waiting)
            waiting = []
    kept.views.catch_up()


def commit(kept: Installation, by: UUID, number: int, streams: list[Stream]) -> None:
    """All these streams in one transaction, the `number`-th."""
    command = Command(uuid5(SEED, f"commit {number}"), by)
    kept.recruiting.record(replace(command, content=b"bench"), *streams)


def _life(number: int, by: UUID, live: bool) -> Iterator[Stream]:
    chance, id = Random(number), person(number)
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}"
    details = Details(name, (f"p{number}@mail.example",), (f"07700 {number:06}",), "Staff nurse", "Leeds")
    candidate = Candidate.add(id, by, details, (), by)
    if live and number % REMEMBERED_EVERY == 0:
        _remember(candidate, by, chance)
    yield candidate
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


def _remember(candidate: Candidate, by: UUID, chance: Random) -> None:
    now, id = datetime.now(UTC), candidate.id
    candidate.tag(by, ["rota", chance.choice(("nights", "days", "bank"))])
    candidate.keep_in_touch(by, Interval(60, 90))
    birthday = ImportantDate(Occasion.BIRTHDAY, chance.randint(1, 12), chance.randint(1, 28))
    candidate.note_date(by, uuid5(id, "birthday"), birthday)
    want = PainPoint(Pain.WANT, " ".join(chance.choices(SAID, k=4)), now.date() - timedelta(days=200))
    candidate.note_pain(by, uuid5(id, "want"), want, now)


def _board(number: int, by: UUID, live: bool) -> Iterator[Stream]:
    chance, now = Random(number), datetime.now(UTC)
    if number // JOB_EVERY % 5 == 0:
        yield Client.add(client(number), by, f"Client {number}", "")
    opened = Job.open(job(number), by, client(number), JobDetails(f"Ward sister {number}", "Leeds"))
    if not live:
        opened.fill(by)
    yield opened
    for place in range(ON_A_BOARD):
        submission = Submission.shortlist(by, person(number - place), opened.id, client(number))
        submission.agree(by, Agreement(now - timedelta(days=3), "call"), now)
        stage = chance.choice(list(Stage))
        if stage is not Stage.SHORTLISTED:
            submission.move(by, stage, None, [])
            submission.inform(by, "call", None)
        if not live:
            submission.end(by, Ending.JOB_GONE, None)
        yield submission
