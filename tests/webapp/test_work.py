from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.agency import Clock
from webapp.work import Work


@pytest.fixture
def work(tmp_path: Path, clock: Clock) -> Iterator[Work]:
    with closing(Work(tmp_path / "work.db", clock)) as work:
        yield work


def test_work_is_claimed_by_one_of_many(work: Work) -> None:
    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(lambda _: work.claim("send", 60), range(20))) == 1
    assert work.claim("another", 60)


def test_a_lease_lapses_unless_it_is_renewed(work: Work, clock: Clock) -> None:
    work.claim("send", 60)
    clock.now += timedelta(seconds=50)
    assert work.renew("send", 60)

    clock.now += timedelta(seconds=50)
    assert not work.claim("send", 60)
    clock.now += timedelta(seconds=10)
    assert work.claim("send", 60)


def test_released_work_is_free_and_cannot_be_renewed(work: Work) -> None:
    work.claim("send", 60)

    work.release("send")

    assert not work.renew("send", 60)
    assert work.claim("send", 60)


def test_failed_work_rests_and_its_tries_are_counted(work: Work, clock: Clock) -> None:
    work.claim("send", 60)
    assert work.tries("send") == 0

    assert work.back_off("send", 300) == 1
    assert not work.claim("send", 60)
    clock.now += timedelta(seconds=300)
    assert work.claim("send", 60)
    assert work.back_off("send", 300) == 2
    assert work.tries("send") == 2

    work.release("send")
    assert work.tries("send") == 0


def test_marks_are_written_over(work: Work) -> None:
    assert work.get("last backup") is None

    work.set("last backup", "yesterday")
    work.set("last backup", "today")
    work.tidy()

    assert work.get("last backup") == "today"
