"""`views.db` is lost or spoilt, with Kept stopped or running: it comes back by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from domain.store.ledger import Ledger
from projections import Views
from tests.agency import MONDAY, ZONE, command

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
PAGE = 4096
SPOILT: dict[str, Callable[[bytes, Random], bytes]] = {
    "emptied": lambda held, _: b"",
    "cut to its first page": lambda held, _: held[:PAGE],
    "cut in half": lambda held, _: held[: len(held) // 2],
    "cut in the middle of a page": lambda held, _: held[: -PAGE - 100],
    "noise from end to end": lambda held, chance: chance.randbytes(len(held)),
    "noise in the header": lambda held, chance: chance.randbytes(100) + held[100:],
    "noise in every third page": lambda held, chance: _noise(held, chance, 3),
    "zeroes in every fourth page": lambda held, _: _noise(held, None, 4),
    "a text": lambda held, _: b"These are not the views you are looking for.",
}


def _noise(held: bytes, chance: Random | None, every: int) -> bytes:
    pages = [held[at : at + PAGE] for at in range(0, len(held), PAGE)]
    noise = [chance.randbytes(PAGE) if chance else bytes(PAGE) for _ in pages]
    return b"".join(noise[n] if n % every == every - 1 else page for n, page in enumerate(pages))


@pytest.fixture
def agency(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> None:
    """Two candidates, each with a long note and a promise."""
    for person in (ada, bob):
        recruiting.record_touchpoint(
            command(dana), person, "call", "out", "talked", MONDAY, "hello " * 900, NewPromise("Ring", FRIDAY, dana)
        )


@pytest.fixture
def reopened(home: Path, ledger: Ledger) -> Iterator[Callable[[], Views]]:
    """`reopened()`: the views as the next start sees them, caught up."""
    opened: list[Views] = []

    def reopened() -> Views:
        opened.append(Views(home, ledger))
        opened[-1].catch_up()
        return opened[-1]

    yield reopened
    for views in opened:
        views.close()


@pytest.fixture
def stopped(home: Path, ledger: Ledger, agency: None) -> Path:
    """The file `views.db` of an installation that was caught up and is stopped."""
    with closing(Views(home, ledger)) as views:
        views.catch_up()
    return home / "views.db"


def _is_whole(views: Views) -> bool:
    return (
        views.check() == []
        and views.directory.count() == 2
        and views.promises.tally() == {"open": 2}
        and len(views.search.words("hello")) == 2
    )


@pytest.mark.parametrize("how", SPOILT)
def test_spoilt_while_stopped_it_comes_back(stopped: Path, reopened: Callable[[], Views], how: str) -> None:
    stopped.write_bytes(SPOILT[how](stopped.read_bytes(), Random(how)))

    assert _is_whole(reopened())


def test_deleted_while_stopped_it_comes_back(stopped: Path, reopened: Callable[[], Views]) -> None:
    stopped.unlink()

    assert _is_whole(reopened())


@pytest.mark.parametrize("how", ["deleted", "noise from end to end"])
def test_spoilt_after_a_power_cut_it_comes_back(
    home: Path, agency: None, ledger: Ledger, reopened: Callable[[], Views], how: str
) -> None:
    """The write-ahead log is still there, as a process that was killed leaves it."""
    with closing(Views(home, ledger)) as views:
        views.catch_up()
        left = {name: (home / name).read_bytes() for name in ("views.db", "views.db-wal")}
    assert left["views.db-wal"]
    for name, held in left.items():
        (home / name).write_bytes(held)
    if how == "deleted":
        (home / "views.db").unlink()
    else:
        (home / "views.db").write_bytes(SPOILT[how](left["views.db"], Random(how)))

    assert _is_whole(reopened())


def test_a_spoilt_write_ahead_log_takes_nothing_with_it(
    home: Path, agency: None, ledger: Ledger, reopened: Callable[[], Views]
) -> None:
    with closing(Views(home, ledger)) as views:
        views.catch_up()
        log = (home / "views.db-wal").read_bytes()
    (home / "views.db-wal").write_bytes(_noise(log, Random(4), 2))

    assert _is_whole(reopened())


def test_deleted_while_open_it_comes_back(home: Path, agency: None, views: Views) -> None:
    views.catch_up()
    for file in home.glob("views.db*"):
        file.unlink()

    views.catch_up()

    assert _is_whole(views)
    assert (home / "views.db").exists()


def test_deleted_while_open_it_comes_back_in_every_process(
    home: Path, agency: None, views: Views, recruiting: Recruiting, dana: UUID, reopened: Callable[[], Views]
) -> None:
    views.catch_up()
    other = reopened()
    for file in home.glob("views.db*"):
        file.unlink()
    views.catch_up()
    recruiting.add_candidate(command(dana), "Cara Lane")

    other.catch_up()
    views.catch_up()

    assert views.directory.count() == other.directory.count() == 3
    assert views.check() == []


def test_found_spoilt_while_open_it_comes_back(
    home: Path, agency: None, views: Views, recruiting: Recruiting, dana: UUID
) -> None:
    views.catch_up()
    views.tidy()
    spoilt = home / "views.db"
    views.store.dispose()
    with spoilt.open("r+b") as file:
        file.write(SPOILT["noise in every third page"](spoilt.read_bytes(), Random(1)))
    recruiting.add_candidate(command(dana), "Cara Lane")

    views.catch_up(at_most=500)

    assert views.directory.count() == 3
    assert views.check() == []


def test_the_log_is_never_touched_by_what_happens_to_the_views(
    stopped: Path, ledger: Ledger, reopened: Callable[[], Views]
) -> None:
    before = ledger.entries(1, 100)
    stopped.write_bytes(b"noise")

    reopened()

    assert ledger.entries(1, 100) == before
    assert ledger.check() == []
