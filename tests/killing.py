"""Starting Kept's own processes, and killing them with SIGKILL at any moment."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import time as clock
from datetime import timedelta
from pathlib import Path
from random import Random
from urllib.error import URLError
from urllib.request import urlopen
from uuid import UUID

from domain.agency import AgencySettings
from domain.due import Due
from domain.promise import NewPromise, Promise
from projections.sqlite import utc_now
from tests.agency import ZONE, Agency, Clock, command, open_agency, settings_for
from tests.postbox import open_postbox
from tests.pushbox import open_pushbox

ROOT = Path(__file__).parent.parent
PROMISE = re.compile(r"/promises/([0-9a-f-]{36})")
CONSUMER = ["-m", "huey.bin.huey_consumer", "tests.worker.huey", "-w", "2", "-m", "1", "-g", "TERM", "-f", "--quiet"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """What a process of this home is told, and nothing of what the test was told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEPT_")}
    return {**kept, "PYTHONPATH": str(ROOT), "TZ": "UTC", "KEPT_HOME": str(home), **more}


@contextmanager
def process(*words: str, env: dict[str, str], **more: object) -> Iterator[subprocess.Popen]:
    """A Python process that is surely gone afterwards."""
    started = subprocess.Popen([sys.executable, *words], env=env, cwd=ROOT, **more)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def those_of(home: Path, word: str = "") -> list[int]:
    """The processes of this home whose command line has this word (Linux)."""
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if _is_of(folder, home, word)]


def kill_all(home: Path) -> None:
    """SIGKILL for every process of this home; they are gone when this returns."""
    while left := those_of(home):
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)


def wait_for(what: Callable[[], object], seconds: float = 20.0) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.02)
    return False


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as response:
            return response.status == 200
    except (URLError, OSError):
        return False


def remind_while_killing(home: Path, promises: int, kills: int) -> tuple[int, int, Counter[UUID]]:
    """Let so many promises fall due and kill the worker at least so often, until every keeper was reminded by mail.

    Half of them have a clock time and a mail of their own, the others stand in digests of five. Returns how often it
    was killed, how many mails came more than once, and the reminders recorded, counted by promise.
    """
    with open_postbox(slow=0.02) as postbox, _falling_due(home, promises) as (agency, made):
        killed = _kill(agency, promises, kills, lambda: len(postbox.mails), KEPT_SMTP_URL=postbox.url)
        recorded = Counter(fact.originator_id for fact in _sent(agency))
    texts = [mail.get_body(("plain",)).get_content() for mail in postbox.mails]
    arrived = {UUID(id) for text in texts for id in PROMISE.findall(text)}
    assert arrived == set(recorded) == set(made)
    return killed, len(postbox.mails) - len({mail["Message-ID"] for mail in postbox.mails}), recorded


def push_while_killing(home: Path, promises: int, kills: int) -> tuple[int, int, Counter[UUID]]:
    """The same with notices on phones, one for each colleague: again are those that replaced one of the same tag."""
    with open_pushbox(slow=0.02) as pushbox, _falling_due(home, promises) as (agency, made):
        for colleague in agency.kept.views.team.everyone():
            pushbox.subscribed(agency.kept, colleague.id)
        pushbox.clock = utc_now
        killed = _kill(agency, promises, kills, lambda: len(pushbox.pushes))
        recorded = Counter(fact.originator_id for fact in _sent(agency))
    arrived = {UUID(push.said["tag"].removeprefix("promise-")) for push in pushbox.pushes if push.topic != "today"}
    assert arrived <= set(recorded) == set(made)
    assert len(arrived) == promises // 2
    return killed, len(pushbox.pushes) - len({(push.phone, push.said["tag"]) for push in pushbox.pushes}), recorded


@contextmanager
def _falling_due(home: Path, promises: int) -> Iterator[tuple[Agency, list[UUID]]]:
    agency = open_agency(settings_for(home), Clock(utc_now() - timedelta(days=3)))
    made = _promised_by_a_team_that_never_rests(agency, promises)
    agency.kept.views.catch_up()
    yield agency, made
    agency.kept.close()


def _kill(agency: Agency, promises: int, kills: int, arrived: Callable[[], int], **more: str) -> int:
    """Start the worker and kill it, soon after something arrived, until all is recorded; returns how often."""
    random, home = Random(f"{promises} {kills}"), agency.kept.settings.home
    killed = 0
    while killed < kills or len(_sent(agency)) < promises:
        assert killed < kills + 40, "the reminders do not come to an end"
        before = arrived()
        with process(*CONSUMER, env=environment(home, **more)):
            wait_for(lambda seen=before: arrived() > seen, seconds=5)
            time.sleep(random.uniform(0, 2.0 * promises / kills * 0.03) * (1 if killed < kills else 10))
        killed += 1
    return killed


def _promised_by_a_team_that_never_rests(agency: Agency, promises: int) -> list[UUID]:
    """At work on every day and at any hour, so that the test may run at any. Dana has no digest, all others have."""
    verbs, row = agency.kept.recruiting, agency.kept.views.team.agency()
    always = AgencySettings(row.name, ZONE, "", tuple(range(7)), clock(0), clock(23, 59))
    verbs.change_settings(command(agency.olive), row.id, always)
    others = [
        verbs.invite_recruiter(command(agency.olive), f"Number {n}", f"{n}@example.com", "recruiter").streams[0]
        for n in range(-(-promises // 10))
    ]
    for colleague in (agency.dana, *others):
        verbs.join(command(colleague), colleague)
        verbs.choose_digest_hour(command(colleague), colleague, None if colleague == agency.dana else clock(0))
    made = []
    for n in range(promises):
        keeper = agency.dana if n % 2 else others[n // 10]
        due = Due(agency.clock.now.date(), clock(12) if n % 2 else None, ZONE)
        promise = NewPromise(f"Promise {n}", due, keeper)
        made += verbs.make_promise(command(keeper), (agency.ada, agency.bob)[n % 3 // 2], promise).streams
    return made


def _is_of(folder: Path, home: Path, word: str) -> bool:
    try:
        mine = f"KEPT_HOME={home}\0".encode() in (folder / "environ").read_bytes()
        return mine and word.encode() in (folder / "cmdline").read_bytes()
    except OSError:
        return False


def _sent(agency: Agency) -> list:
    return agency.facts(Promise.ReminderSent)
