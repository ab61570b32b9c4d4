from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.agency import Clock
from webapp.work import DONE, RUNNING, STOPPED, Work


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


LEASE = 30


def test_a_job_is_added_once_and_claimed_by_one_of_many(work: Work) -> None:
    job, dana = uuid4(), uuid4()

    assert work.add_job(job, "import", dana, {"file": "people.csv"})
    assert not work.add_job(job, "import", dana, {"file": "another.csv"})
    with ThreadPoolExecutor(8) as many:
        claimed = [row for row in many.map(lambda _: work.next_job("import", LEASE), range(20)) if row]

    (row,) = claimed
    assert (row.id, row.kind, row.by, row.state, row.detail) == (job, "import", dana, RUNNING, {"file": "people.csv"})


def test_jobs_are_done_in_the_order_they_were_made_and_by_kind(work: Work, clock: Clock) -> None:
    first, second, other = (uuid4() for _ in range(3))
    for job, kind in ((first, "import"), (second, "import"), (other, "demo")):
        work.add_job(job, kind, None)
        clock.on(seconds=1)

    assert [row.id for row in work.jobs("import")] == [second, first]
    assert [row.id for row in work.jobs()] == [other, second, first]
    assert work.next_job("demo", LEASE).id == other
    assert work.next_job(("import", "demo"), LEASE).id == first
    assert work.next_job("import", LEASE).id == second
    assert work.next_job("import", LEASE) is None
    assert work.next_job((), LEASE) is None


def test_a_job_whose_worker_died_is_taken_up_where_it_was(work: Work, clock: Clock) -> None:
    job = uuid4()
    work.add_job(job, "import", None, {"file": "people.csv"})
    work.next_job("import", LEASE)
    clock.on(seconds=20)
    assert work.progress(job, 40, 100, added=39)
    clock.on(seconds=29)
    assert work.next_job("import", LEASE) is None

    clock.on(seconds=1)
    row = work.next_job("import", LEASE)

    assert (row.done, row.total, row.detail) == (40, 100, {"file": "people.csv", "added": 39})


def test_only_tries_that_achieve_nothing_are_counted(work: Work, clock: Clock) -> None:
    job = uuid4()
    work.add_job(job, "import", None)

    tries = []
    for done in (10, 20, 20, 20):
        tries.append(work.next_job("import", LEASE).tries)
        work.progress(job, done, 100)
        clock.on(seconds=LEASE)

    assert tries == [1, 2, 2, 3]


def test_a_beat_keeps_a_job_in_its_hands(work: Work, clock: Clock) -> None:
    job = uuid4()
    work.add_job(job, "import", None)
    assert not work.beat(job)
    work.next_job("import", LEASE)

    clock.on(seconds=LEASE)
    assert work.beat(job)

    assert work.next_job("import", LEASE) is None


def test_a_job_that_was_stopped_learns_so_with_its_next_step_and_ends_once(work: Work) -> None:
    job = uuid4()
    work.add_job(job, "import", None)
    work.next_job("import", LEASE)

    assert work.end_job(job, STOPPED, why="Dana stopped it.")

    assert not work.progress(job, 50, 100)
    assert not work.end_job(job, DONE)
    assert (work.job(job).state, work.job(job).detail) == (STOPPED, {"why": "Dana stopped it."})
    assert work.job(uuid4()) is None


def test_jobs_that_ended_long_ago_are_forgotten(work: Work, clock: Clock) -> None:
    ended, waiting = uuid4(), uuid4()
    for job in (ended, waiting):
        work.add_job(job, "import", None)
    work.end_job(ended, DONE)

    clock.on(days=89)
    work.tidy()
    assert work.job(ended)
    clock.on(days=2)
    work.tidy()

    assert work.job(ended) is None
    assert work.job(waiting)
