"""Writers take turns, across threads and across processes; the dead give theirs back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from domain.store.turn import StillRead, Turn, checkpointed

HOLDING = """
import sys, time
from pathlib import Path
from domain.store.turn import Turn

with Turn(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def turn(tmp_path: Path) -> Iterator[Turn]:
    with closing(Turn(tmp_path / "events.lock")) as turn:
        yield turn


@pytest.fixture
def neighbour(tmp_path: Path, turn: Turn) -> Iterator[subprocess.Popen[str]]:
    """Another process, whose turn it is."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path / "events.lock")],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as neighbour:
        assert neighbour.stdout is not None
        neighbour.stdout.readline()
        yield neighbour
        neighbour.kill()


def test_threads_take_turns(turn: Turn) -> None:
    inside, seen = 0, []

    def take_a_turn(_: int) -> None:
        nonlocal inside
        with turn:
            inside += 1
            seen.append(inside)
            inside -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(take_a_turn, range(200)))

    assert seen == [1] * 200


def test_two_openings_of_one_file_take_turns(tmp_path: Path, turn: Turn) -> None:
    with closing(Turn(tmp_path / "events.lock")) as other:
        entered = Event()
        waiting = Thread(target=lambda: _enter(other, entered))
        with turn:
            waiting.start()

            assert not entered.wait(0.05)

        assert entered.wait(5)
        waiting.join()


def test_another_process_is_waited_for(turn: Turn, neighbour: subprocess.Popen[str]) -> None:
    entered = Event()
    waiting = Thread(target=lambda: _enter(turn, entered))
    waiting.start()

    assert not entered.wait(0.05)

    neighbour.kill()
    waiting.join()


def test_a_process_that_is_killed_gives_its_turn_back(turn: Turn, neighbour: subprocess.Popen[str]) -> None:
    neighbour.kill()
    entered = Event()

    _enter(turn, entered)

    assert entered.is_set()


def test_a_turn_is_given_back_when_its_work_fails(turn: Turn) -> None:
    with pytest.raises(OSError, match="disk full"), turn:
        raise OSError("disk full")

    with turn:
        pass


def _enter(turn: Turn, entered: Event) -> None:
    with turn:
        entered.set()


def test_a_log_that_somebody_reads_is_emptied_once_they_are_done() -> None:
    answers = [1, 1, 0]

    checkpointed(lambda statement: answers.pop(0))

    assert answers == []


def test_a_log_that_somebody_goes_on_reading_is_not_called_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.store.turn.PATIENCE", 0.1)
    file = tmp_path / "some.db"
    with (
        closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as writer,
        closing(sqlite3.connect(file)) as reader,
    ):
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE words (word TEXT)")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM words").fetchall()
        writer.execute("INSERT INTO words VALUES ('secret')")

        with pytest.raises(StillRead):
            checkpointed(lambda statement: writer.execute(statement).fetchone()[0])
