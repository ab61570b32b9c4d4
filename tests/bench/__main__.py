"""`make bench`: how fast, against floors and against itself with a longer history. All figures of one run, one machine.

Load generator: wrk 4.1 (Debian package `wrk`), two threads, eight connections; for p50 one Python connection that
asks the small and the large home in turn. Homes are made once and kept under `.bench/`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench import seed
from tests.bench.browser import Browser, free_port, served, wait_for
from tests.bench.fitting import fitting
from tests.bench.habits import HABITS
from tests.bench.wording import wording

HERE = Path(__file__).parent
SMALL, MIDDLE, LARGE = 20_000, 130_000, 1_000_000
SECONDS, ROUNDS, ASKED = 6, 3, 300
QUERIES = (
    *("Ada Byron", "wojc", "07700 000123", "p77@mail.example", "parking permit", "night shifts"),
    *('"second interview"', "contract -parking", "nobody of this name"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--homes", type=Path, default=Path(".bench"), help="where the homes are kept")
    parser.add_argument("--large", type=int, default=LARGE, help="events of the large home")
    parser.add_argument("--only", choices=[name for name, _ in PARTS], help="one part alone")
    asked = parser.parse_args()
    if not shutil.which("wrk"):
        print("The load generator wrk is not installed: apt-get install wrk", file=sys.stderr)
        return 1
    for name, part in PARTS:
        if asked.only in (None, name):
            part(asked.homes.resolve(), asked.large)
    return 0


def floors(homes: Path, _: int) -> None:
    """Requests a second beside a bare view, and beside a bare view with one committed insert."""
    home = _home(homes, MIDDLE)
    people = homes / "people.txt"
    people.write_text("\n".join(str(seed.person(number)) for number in range(MIDDLE // seed.EVENTS_A_PERSON)))
    figures: dict[str, list[float]] = {"bare": [], "page": [], "insert": [], "save": []}
    with served(home) as browser:
        for _round in range(ROUNDS):
            for kind, rates in figures.items():
                rates.append(_wrk(browser, kind, people))
    bare, page, insert, save = (statistics.median(rates) for rates in figures.values())
    print(f"\n10,000 candidates, 100,000 touchpoints, 20,000 promises; median of {ROUNDS} rounds of {SECONDS} s")
    print(f"  bare view                    {bare:8.0f} requests/s")
    print(f"  candidate page               {page:8.0f} requests/s   {page / bare:.2f} x the bare view (wanted 0.20)")
    print(f"  bare view, one insert        {insert:8.0f} requests/s")
    print(f"  saving a note                {save:8.0f} requests/s   {save / insert:.2f} x the insert (wanted 0.25)")


def history(homes: Path, large: int) -> None:
    """p50 over HTTP with a short and a long history, asked in turn."""
    few, many = _home(homes, SMALL), _home(homes, large)
    with served(few) as small, served(many) as big:
        print(f"\np50 of {ASKED} requests each, one connection, {SMALL:,} and {large:,} events in turn")
        bare = _in_turn(small, big, _bare, large)
        print(f"  {'bare view':16} {bare[0]:6.2f} ms   {bare[1]:6.2f} ms")
        for name, ask in ASKED_IN_TURN.items():
            before, after = _in_turn(small, big, ask, large)
            print(f"  {name:16} {before:6.2f} ms   {after:6.2f} ms   {after / before:.2f} x (wanted at most 1.20)")
            if ask is _search:
                beside = before / bare[0], after / bare[1]
                print(f"  {'  of bare views':16} {beside[0]:6.2f}      {beside[1]:6.2f}      (wanted at most 6)")


def today(homes: Path, large: int) -> None:
    """Requests a second of Today, the page that is opened first, beside a bare view."""
    print("\nToday beside the bare view")
    for events in (SMALL, large):
        with served(_home(homes, events)) as browser:
            bare, page = _wrk(browser, "bare", None), _wrk(browser, "today", None)
        print(f"  {events:9,} events: {page:6.0f} : {bare:6.0f} requests/s   {page / bare:.2f} x (wanted 0.20)")


def statements(homes: Path, large: int) -> None:
    """SQL statements of a page: the same number at both sizes."""
    from tests.bench.statements import count

    print("\nSQL statements")
    for events in (SMALL, large):
        print(f"  {events:9,} events: {count(_home(homes, events))}")


def rebuilding(homes: Path, _: int) -> None:
    """Events a second of a rebuild, beside only reading and opening the same events."""
    from webapp.installation import Installation
    from webapp.settings import Settings

    home = _home(homes, MIDDLE)
    kept = Installation.open(Settings(home=home, backups=home.with_name("backups")))
    took, events = kept.views.rebuild(), kept.recruiting.log.end()
    kept.close()
    print(f"\nRebuild of {events:,} events")
    for name, seconds in took.items():
        print(f"  {name:12} {events / seconds:10,.0f} events/s")
    print(f"  {'in total':12} {events / sum(took.values()):10,.0f} events/s")


def memory(homes: Path, _: int) -> None:
    """Proportional set size of `kept serve` after some pages: supervisor, web server and worker together."""
    port = free_port()
    env = os.environ | {"KEPT_HOME": str(_home(homes, MIDDLE)), "PORT": str(port)}
    kept = subprocess.Popen([sys.executable, "-m", "webapp.cli", "serve"], env=env, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        browser = Browser(port).sign_in()
        for number in range(200):
            _page(browser, number)
        time.sleep(2)
        each = {pid: _pss(pid) for pid in _family(kept.pid)}
        print(f"\nPSS of web and worker: {sum(each.values()) / 1024:.0f} MB in {len(each)} processes")
    finally:
        kept.send_signal(signal.SIGTERM)
        kept.wait(40)


def _home(homes: Path, events: int) -> Path:
    folder = homes / f"{events}"
    if not (folder / "seeded").exists():
        print(f"Making a home of {events:,} events …", file=sys.stderr)
    return seed.home(folder, events // seed.EVENTS_A_PERSON)


def _wrk(browser: Browser, kind: str, people: Path | None) -> float:
    env = os.environ | {
        "KEPT_LOAD": kind,
        "KEPT_COOKIE": browser.cookie,
        "KEPT_TOKEN": browser.token,
        "KEPT_PEOPLE": str(people or ""),
    }
    said = subprocess.run(
        ["wrk", "-t2", "-c8", f"-d{SECONDS}s", "-s", str(HERE / "load.lua"), f"http://127.0.0.1:{browser.port}"],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"wrk had errors with {kind}:\n{said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found.group(1))


def _in_turn(small: Browser, big: Browser, ask: Callable[[Browser, int], str], large: int) -> tuple[float, float]:
    chance, times = Random(1), ([], [])
    sizes = [SMALL // seed.EVENTS_A_PERSON, large // seed.EVENTS_A_PERSON]
    for asked in range(ASKED + 30):
        for browser, size, spent in zip((small, big), sizes, times, strict=True):
            began = time.perf_counter()
            ask(browser, chance.randrange(size))
            if asked >= 30:
                spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def _page(browser: Browser, number: int) -> str:
    return browser.ask("GET", f"/candidates/{seed.person(number)}")


def _habit(path: Callable[[int], str]) -> Callable[[Browser, int], str]:
    return lambda browser, number: browser.ask("GET", path(number))


def _bare(browser: Browser, number: int) -> str:
    return browser.ask("GET", "/floor")


def _today(browser: Browser, number: int) -> str:
    return browser.ask("GET", "/" if number % 2 else "/?whose=everybody")


def _search(browser: Browser, number: int) -> str:
    """A name, the beginning of one, a number, a mail, words, a phrase, words without another, nothing to be found."""
    return browser.ask("GET", f"/candidates?{urlencode({'q': QUERIES[number % len(QUERIES)]})}")


def _ledger(browser: Browser, number: int) -> str:
    return browser.ask("GET", "/promises" if number % 2 else "/promises?status=open")


def _save(browser: Browser, number: int) -> str:
    form = {"command": str(uuid4()), "channel": "call", "outcome": "talked", "direction": "out", "note": "Rang her."}
    return browser.ask(
        "POST",
        f"/candidates/{seed.person(number)}/touchpoints",
        form,
        **{"HX-Request": "true", "HX-Request-Type": "partial"},
    )


ASKED_IN_TURN = {
    "candidate page": _page,
    "saving a note": _save,
    "promises": _ledger,
    "Today": _today,
    "search": _search,
    **{name: _habit(path) for name, path in HABITS.items()},
}


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _pss(pid: int) -> int:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found.group(1)) if found else 0


PARTS = [(part.__name__, part) for part in (wording, floors, today, history, fitting, statements, rebuilding, memory)]

if __name__ == "__main__":
    sys.exit(main())
