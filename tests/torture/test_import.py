"""10,000 rows are imported while people look at pages and the worker is killed; bombs go off in little memory."""

from __future__ import annotations

import faulthandler
import http.client
import os
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from projections.sqlite import utc_now
from tests.agency import Agency, open_agency, settings_for
from tests.killing import ROOT, answers, environment, kill_all, process, those_of, wait_for
from tests.postbox import free_port
from webapp.importing import undoing
from webapp.installation import Installation
from webapp.work import ENDED

pytestmark = pytest.mark.torture

PASSWORD = "rather a long password"
ROWS, KILLS = 10_000, 1
MOST_MEMORY = 300  # MB
SLOWEST = 1.0  # seconds, of the page that 95 of 100 are faster than


@dataclass
class Person:
    """Somebody at a browser, who signs in and looks at pages."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    took: dict[str, list[float]] = field(default_factory=dict)

    def sign_in(self) -> None:
        self.token = self._token("/login")
        form = {"email": "dana@example.com", "password": PASSWORD}
        assert self.post("/login", form)[0] == 303
        self.token = self._token("/import")

    def get(self, path: str) -> str:
        began = time.monotonic()
        status, _, page = self._ask("GET", path)
        self.took.setdefault(path, []).append(time.monotonic() - began)
        assert status == 200, (path, status)
        return page

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        began = time.monotonic()
        body = urlencode({"csrf_token": self.token, "command": str(uuid4()), **form})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, location, _ = self._ask("POST", path, body.encode(), headers)
        self.took.setdefault(f"POST {path}", []).append(time.monotonic() - began)
        return status, location

    def upload(self, content: bytes) -> tuple[int, str]:
        fields = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (("csrf_token", self.token), ("command", str(uuid4())))
        )
        file = '--x\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n'
        body = fields.encode() + file.encode() + content + b"\r\n--x--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        status, location, _ = self._ask("POST", "/import", body, headers)
        return status, location

    def _token(self, path: str) -> str:
        status, _, page = self._ask("GET", path)
        assert status == 200, (path, status, page)
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: dict | None = None):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {"Cookie": cookies, **(headers or {})})
            response = connection.getresponse()
            for given in response.headers.get_all("Set-Cookie") or ():
                name, _, value = given.partition(";")[0].partition("=")
                self.cookies[name] = value
            return response.status, response.getheader("Location", ""), response.read().decode()


def people_in(rows: int) -> bytes:
    """Made-up people, each with an address, a number, tags and a note at a time of its own."""
    random = Random("people")
    places = "Leeds York Hull Bath Ely Truro Wells Ripon".split()
    lines = ["Name,E-mail,Phone,Place,Works at,Tags,Note,Note: when"]
    for n in range(rows):
        day = f"{random.randint(2020, 2025)}-{random.randint(1, 12):02}-{random.randint(1, 28):02} 10:{n % 60:02}"
        note = f"Call number {n}: wants {random.choice(places)}, not before {random.randint(7, 10)}"
        number = f"07700 {900_000 + n}"
        lines.append(
            f'Person {n},p{n}@example.com,{number},{random.choice(places)},Firm {n % 300},nurse;bench,"{note}",{day}'
        )
    return "\n".join(lines).encode()


def watch_memory(home: Path, word: str, most: list[float], over: Event) -> None:
    """The largest proportional set size (MB) of this home's processes with this word, looked at all the time."""
    while not over.wait(0.25):
        for pid in those_of(home, word):
            try:
                rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except OSError:
                continue
            most[0] = max(most[0], int(re.search(r"^Pss:\s+(\d+)", rolled, re.MULTILINE)[1]) / 1024)


def look_at_pages(person: Person, agency: Agency, over: Event) -> None:
    """As a colleague does meanwhile: Today, lists, a person, a search, and a note now and then."""
    paths = ["/", "/candidates", f"/candidates/{agency.ada}", "/candidates?q=person", "/promises", "/import"]
    while not over.is_set():
        for path in paths:
            person.get(path)
            time.sleep(0.05)
        person.post(f"/candidates/{agency.ada}/touchpoints", {"channel": "note", "note": f"note {time.monotonic()}"})


def kill_worker(home: Path) -> None:
    for pid in those_of(home, "huey_consumer"):
        os.kill(pid, signal.SIGKILL)


def test_10000_rows_while_people_work_and_the_worker_is_killed(tmp_path):
    faulthandler.cancel_dump_traceback_later()  # it takes longer than a test may that hangs
    home, port = tmp_path / "home", free_port()
    agency = open_agency(settings_for(home), utc_now)
    agency.kept.vault.set_password(agency.dana, PASSWORD)
    agency.kept.close()
    env, over = environment(home, PORT=str(port)), Event()
    importer, colleague = Person(port), Person(port)
    worker_memory, web_memory = [0.0], [0.0]
    with process("-m", "webapp.cli", "serve", env=env):
        assert wait_for(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        importer.sign_in()
        colleague.sign_in()
        threads = [
            Thread(target=watch_memory, args=(home, "huey_consumer", worker_memory, over)),
            Thread(target=watch_memory, args=(home, "gunicorn", web_memory, over)),
            Thread(target=look_at_pages, args=(colleague, agency, over)),
        ]
        for thread in threads:
            thread.start()
        try:
            began = time.monotonic()
            status, address = importer.upload(people_in(ROWS))
            assert status == 303
            assert wait_for(lambda: "Import 10,000 people and 10,000 notes" in importer.get(address), 300)
            looked = time.monotonic() - began
            assert importer.post(f"{address}/commit", {"looked": "1"})[0] == 303
            import_id = UUID(address.rpartition("/")[2])
            with closing(Installation.open(settings_for(home))) as kept:
                for kill in range(KILLS):
                    until = ROWS * (kill + 1) // (KILLS + 1)
                    assert wait_for(lambda until=until: kept.work.job(import_id).done >= until, 900)
                    kill_worker(home)
                assert wait_for(lambda: kept.work.job(import_id).state in ENDED, 1800)
                took = time.monotonic() - began
                assert importer.post(f"{address}/undo", {})[0] == 303
                undo = undoing.undo_job(import_id)
                assert wait_for(lambda: kept.work.job(undo).state in ENDED, 1800)
                undone = time.monotonic() - began - took
        finally:
            over.set()
            for thread in threads:
                thread.join()
        kill_all(home)
    with closing(Installation.open(settings_for(home))) as kept:
        kept.views.catch_up()
        row = kept.views.imports.one_of(import_id)
        left = kept.views.directory.count()
    print(f"\n{ROWS:,} rows: looked at in {looked:.0f} s, imported with {KILLS} kills in {took:.0f} s, ", end="")
    print(f"undone in {undone:.0f} s; PSS worker {worker_memory[0]:.0f} MB, web {web_memory[0]:.0f} MB")
    for path, times in sorted(colleague.took.items()):
        slowest = sorted(times)[int(len(times) * 0.95)]
        print(f"  {len(times):5} × {path[:40]:40} p50 {median(times) * 1000:6.0f} ms   p95 {slowest * 1000:6.0f} ms")
        assert slowest < SLOWEST or len(times) < 20, path
    assert (row.added, row.notes, row.matched, row.refused) == (ROWS, ROWS, 0, 0)
    assert (row.removed, row.retracted, row.stayed, left) == (ROWS, ROWS, 0, 2)
    assert max(worker_memory[0], web_memory[0]) < MOST_MEMORY
    checked = subprocess.run([sys.executable, "-m", "webapp.cli", "check"], env=env, cwd=ROOT, capture_output=True)
    assert checked.returncode == 0, checked.stdout.decode()


BOMBS = {
    "a million columns": 'b"Name" + b",x" * 1_000_000 + b"\\nAda\\n"',
    "one line of 24 MB": 'b"Name\\n" + b"x" * 24_000_000',
    "a field of 24 MB": 'b"Name,Note\\nAda,\\"" + b"x\\n" * 12_000_000 + b"\\""',
    "a quotation mark that is never closed": 'b"Name,Note\\nAda,\\"so\\n" + b"Bob,more\\n" * 2_500_000',
    "24 million empty lines": 'b"Name,Note\\n" + b"\\n" * 24_000_000',
    "24 million commas and lines": 'b",\\n" * 12_000_000',
    "nothing but quotation marks": 'b"\\"" * 24_000_000',
    "200,001 rows": 'b"Name,E-mail\\n" + b"A,a@b.c\\n" * 200_001',
    "cards without an end": 'b"BEGIN:VCARD\\n" * 200_001',
    "one card of 24 MB": 'b"BEGIN:VCARD\\nNOTE:" + b"x\\n y" * 6_000_000',
    "NUL bytes": "bytes(24_000_000)",
    "random bytes": '__import__("random").Random(1).randbytes(24_000_000)',
    "more than 25 MB": 'b"x" * 100_000_000',
}

SET_OFF = """
import re, sys, time
from pathlib import Path
from domain.refusal import Refused
from webapp.importing import reading, sources
file = Path(sys.argv[1])
most = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
began, at_first = time.monotonic(), most()
try:
    encoding = reading.encoding_of(file) or next(iter(reading.choices(file)))
    for row in sources.rows(file, sources.shape_of(file, encoding)):
        pass
    sentence = "read"
except Refused as refused:
    sentence = refused.sentence
more = (most() - at_first) / 1024
print(f"{time.monotonic() - began:.1f} s|{more:.0f} MB|{sentence}")
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_sentence_in_little_memory_and_time(tmp_path, name):
    file = tmp_path / "bomb"
    file.write_bytes(eval(BOMBS[name]))

    ran = subprocess.run(
        [sys.executable, "-c", SET_OFF, str(file)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9)),
    )

    print(f"\n{name}: {ran.stdout.strip()}")
    assert ran.returncode == 0, ran.stderr[-2000:]
    took, more, sentence = ran.stdout.strip().split("|")
    assert float(took.split()[0]) < 60
    assert float(more.split()[0]) < 100
    assert sentence != "read"
