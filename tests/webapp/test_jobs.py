"""Long work beside the pages."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from threading import Event, Thread
from uuid import uuid4

import pytest

from domain.refusal import Refused
from domain.store.turn import StillRead
from tests.agency import Clock, open_agency, settings_for
from tests.killing import CONSUMER, environment, process, wait_for
from webapp import jobs
from webapp.jobs import BEGUN_AT_MOST, LEASE, forget_old_uploads, forget_uploads, handles, run_jobs, uploads
from webapp.reminders import huey_for, wake
from webapp.work import DONE, FAILED, RUNNING


@pytest.fixture
def agency(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home"), Clock())
    yield agency
    agency.kept.close()


@pytest.fixture(autouse=True)
def no_other_handlers(monkeypatch):
    monkeypatch.setattr(jobs, "handlers", {})


def added(agency, kind: str = "count") -> object:
    job = uuid4()
    agency.kept.work.add_job(job, kind, agency.dana, {"to": 3})
    return job


def test_every_job_that_waits_is_done_by_the_handler_of_its_kind(agency):
    done = []

    @handles("count")
    def count(kept, job):
        done.append((job.id, job.by, job.detail))
        assert kept.work.progress(job.id, 3, 3, counted=3)

    first, second, other = added(agency), added(agency), added(agency, "not ours")

    assert run_jobs(agency.kept) == 2

    assert {id for id, *_ in done} == {first, second}
    assert done[0][1:] == (agency.dana, {"to": 3})
    assert agency.kept.work.job(first).detail == {"to": 3, "counted": 3}
    assert [agency.kept.work.job(id).state for id in (first, second, other)] == [DONE, DONE, "waiting"]


def test_a_job_that_fails_says_why_and_the_next_is_done(agency):
    @handles("refused")
    def refused(kept, job):
        raise Refused("The file is empty.")

    @handles("broken")
    def broken(kept, job):
        raise ZeroDivisionError

    sentences = [added(agency, "refused"), added(agency, "broken")]

    assert run_jobs(agency.kept) == 2

    rows = [agency.kept.work.job(id) for id in sentences]
    assert [row.state for row in rows] == [FAILED, FAILED]
    assert [row.detail["why"] for row in rows] == ["The file is empty.", jobs.WENT_WRONG]


def test_a_job_that_always_kills_its_worker_is_given_up(agency):
    handles("count")(lambda *_: None)
    job = added(agency)
    for _ in range(BEGUN_AT_MOST):
        agency.kept.work.next_job("count", LEASE)
        agency.clock.on(seconds=LEASE)

    run_jobs(agency.kept)

    row = agency.kept.work.job(job)
    assert (row.state, row.detail["why"]) == (FAILED, jobs.NEVER_ENDED)


def test_one_thread_of_a_process_does_jobs_and_the_others_stay_free(agency):
    begun, go_on = Event(), Event()

    @handles("count")
    def count(kept, job):
        begun.set()
        go_on.wait(10)

    added(agency)
    busy = Thread(target=run_jobs, args=(agency.kept,))
    busy.start()
    begun.wait(10)
    added(agency)

    assert run_jobs(agency.kept) == 0

    go_on.set()
    busy.join()
    assert {row.state for row in agency.kept.work.jobs()} == {DONE}


def test_a_long_step_keeps_its_job(agency, monkeypatch):
    monkeypatch.setattr(jobs, "LEASE", 0.06)

    @handles("count")
    def count(kept, job):
        agency.clock.on(seconds=1)
        before = kept.work.job(job.id).beat_at
        assert wait_for(lambda: kept.work.job(job.id).beat_at > before, 5)

    job = added(agency)
    run_jobs(agency.kept)

    assert agency.kept.work.job(job).state == DONE


def test_clearing_up_is_tried_again_while_somebody_reads_an_old_state(agency, monkeypatch):
    reads = iter([StillRead(), StillRead(), None])

    def tidy(_):
        if (reading := next(reads)) is not None:
            raise reading

    monkeypatch.setattr(jobs, "handlers", {"tidy": jobs._tidy})
    monkeypatch.setattr(type(agency.kept), "tidy", tidy)
    job = added(agency, "tidy")

    run_jobs(agency.kept)

    assert agency.kept.work.job(job).state == DONE


def test_uploads_are_private_and_go_when_they_are_old(agency):
    under_way, over, forgotten = added(agency), uuid4(), uuid4()
    for job in (under_way, over, forgotten):
        (uploads(agency.kept, job) / "people.csv").write_text("Ada")
    agency.kept.work.next_job("count", LEASE)

    forget_uploads(agency.kept, forgotten)
    now = agency.clock.now
    for folder in (agency.kept.settings.home / "uploads").glob("*"):
        os.utime(folder, (now.timestamp(), now.timestamp()))
    assert forget_old_uploads(agency.kept, now + timedelta(days=7)) == 0
    assert forget_old_uploads(agency.kept, now + timedelta(days=7, seconds=1)) == 1

    left = list((agency.kept.settings.home / "uploads").glob("*"))
    assert [folder.name for folder in left] == [str(under_way)]
    assert left[0].stat().st_mode & 0o077 == 0


def test_any_process_wakes_the_worker(agency):
    huey = huey_for(agency.kept)
    assert not huey.pending()

    wake(agency.kept)

    (task,) = huey.pending()
    assert task.name == "jobs"
    huey.storage.close()


@pytest.mark.torture
def test_a_worker_that_is_killed_goes_on_where_it_was(tmp_path):
    agency = open_agency(settings_for(tmp_path / "killed"), Clock())
    job = uuid4()
    agency.kept.work.add_job(job, "count slowly", agency.dana, {"to": 30})
    wake(agency.kept)

    begun_at, env = [], environment(tmp_path / "killed")
    for _ in range(2):
        with process(*CONSUMER, env=env):
            done = agency.kept.work.job(job).done
            assert wait_for(lambda done=done: agency.kept.work.job(job).done > done + 4, 20)
        begun_at.append(agency.kept.work.job(job).done)
        assert agency.kept.work.job(job).state == RUNNING
        wake(agency.kept)
        time.sleep(1.6)  # the lease of tests/worker.py
    with process(*CONSUMER, env=env):
        assert wait_for(lambda: agency.kept.work.job(job).state == DONE, 20)

    counted = (tmp_path / "killed" / "counted.txt").read_text().split()
    assert {int(number) for number in counted} == set(range(30))
    assert len(counted) <= 30 + len(begun_at), "only the step in hand is done again"
    agency.kept.close()
