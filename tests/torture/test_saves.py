"""Four people save while the server is killed with SIGKILL again and again: what was answered is there, once."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from domain.promise import Promise
from domain.touchpoint import Touchpoint
from projections.sqlite import utc_now
from tests.agency import Clock, open_agency, settings_for
from tests.killing import ROOT, answers, environment, kill_all, process, wait_for
from tests.postbox import free_port
from webapp.installation import Installation

pytestmark = pytest.mark.torture

PASSWORD = "rather a long password"
CLIENTS, SAVES, KILLS = 4, 250, 12


@dataclass
class Person:
    """One browser: it signs in, saves notes, and half of the time repeats a save whose answer never came."""

    port: int
    candidate: UUID
    keeper: UUID
    number: int
    cookie: str = ""
    token: str = ""
    answered: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    def sign_in(self) -> None:
        self.token = self._token("/login")
        status = self._ask("POST", "/login", {"email": "dana@example.com", "password": PASSWORD})
        assert status == 303, status
        self.token = self._token(f"/candidates/{self.candidate}")

    def work(self) -> None:
        random = Random(self.number)
        for number in range(SAVES):
            words = f"save {self.number} {number}"
            form = {"command": str(uuid4()), "channel": "e-mail", "direction": "out", "note": words}
            if number % 4 == 0:
                due = utc_now().date().isoformat()
                form |= {"promise": f"promise of {words}", "due": due, "who": str(self.keeper)}
            patient = random.random() < 0.5
            saved = self._save(form)
            while not saved and patient:
                time.sleep(0.1)
                saved = self._save(form)
            (self.answered if saved else self.unanswered).append(words)

    def _save(self, form: dict[str, str]) -> bool:
        """Whether the server said that it is saved."""
        try:
            status = self._ask("POST", f"/candidates/{self.candidate}/touchpoints", form)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            return False
        self.answers[status] += 1
        return status == 303

    def _ask(self, method: str, path: str, form: dict[str, str]) -> int:
        return self._asked(method, path, urlencode({"csrf_token": self.token, **form}))[0]

    def _token(self, path: str) -> str:
        _, page = self._asked("GET", path, None)
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def _asked(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for given in response.headers.get_all("Set-Cookie") or ():
                if given.startswith("kept="):
                    self.cookie = given.split(";")[0]
            return response.status, response.read().decode()


def keep_killing(home: Path, env: dict[str, str], address: str, people: list[Person], over: Event) -> int:
    """Kill the web server at any moment, its workers with it, and start it again; returns how often."""
    random, kills = Random("kill"), 0
    while not over.is_set():
        with process("-m", "webapp.cli", "web", env=env):
            assert wait_for(lambda: answers(f"{address}/healthz"))
            seen = sum(len(person.answered) for person in people)
            enough = seen + random.randint(40, 90) if kills < KILLS else 10**9
            while not over.is_set() and sum(len(person.answered) for person in people) < enough:
                time.sleep(random.uniform(0, 0.02))
            if not over.is_set():
                kills += 1
            kill_all(home)
    return kills


def test_1000_saves_of_four_people_survive_a_server_that_is_killed_a_dozen_times(tmp_path):
    home, port = tmp_path / "home", free_port()
    agency = open_agency(settings_for(home), Clock(utc_now()))
    agency.kept.vault.set_password(agency.dana, PASSWORD)
    agency.kept.close()
    env, address = environment(home, PORT=str(port)), f"http://127.0.0.1:{port}"
    people = [Person(port, (agency.ada, agency.bob)[n % 2], agency.dana, n) for n in range(CLIENTS)]
    with process("-m", "webapp.cli", "web", env=env):
        assert wait_for(lambda: answers(f"{address}/healthz"))
        for person in people:
            person.sign_in()
        kill_all(home)

    over, kills = Event(), []
    killer = Thread(target=lambda: kills.append(keep_killing(home, env, address, people, over)))
    killer.start()
    working = [Thread(target=person.work) for person in people]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()
    over.set()
    killer.join()

    answered = [words for person in people for words in person.answered]
    unanswered = {words for person in people for words in person.unanswered}
    with closing(Installation.open(settings_for(home))) as kept:
        facts = [entry.fact for entry in kept.recruiting.log.entries(1, 1_000_000)]
    recorded = Counter(fact.words for fact in facts if type(fact) is Touchpoint.TouchpointRecorded)
    promised = Counter(fact.words for fact in facts if type(fact) is Promise.PromiseMade)
    print(f"{kills[0]} kills, {len(answered)} saves answered, {len(unanswered)} never, ", end="")
    print(f"{sum(words in recorded for words in unanswered)} of those recorded; answers {people[0].answers}")
    assert kills[0] >= KILLS
    assert len(answered) + len(unanswered) == CLIENTS * SAVES
    assert set(recorded.values()) == {1}
    assert set(answered) <= set(recorded) <= set(answered) | unanswered
    fourth = {words for words in recorded if int(words.split()[2]) % 4 == 0}
    assert promised == Counter(f"promise of {words}" for words in fourth)
    checked = subprocess.run([sys.executable, "-m", "webapp.cli", "check"], env=env, cwd=ROOT, capture_output=True)
    assert checked.returncode == 0, checked.stdout.decode()
