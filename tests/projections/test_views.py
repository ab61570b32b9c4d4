"""All projections together: caught up, rebuilt beside themselves, following each other and the log."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any, ClassVar
from uuid import UUID

import pytest
from sqlalchemy import Connection

from domain.due import Due
from domain.log import Entry
from domain.promise import NewPromise, Promise
from domain.recruiting import Recruiting
from domain.store.ledger import Ledger
from projections import Views
from projections.directory import Directory
from projections.timeline import Timeline
from projections.views import KINDS, Overtaken
from tests.agency import MONDAY, ZONE, Clock, command
from tests.conftest import Cast
from webapp.vault import Vault

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
Opened = Callable[..., Views]
NAMES = {kind.name for kind in KINDS}


@pytest.fixture
def opened(home: Path, ledger: Ledger) -> Iterator[Opened]:
    """`opened()`: the views as one more process sees them; `opened(Kind)` with this kind in the place of its like."""
    with ExitStack() as stack:

        def opened(*instead: type[Any]) -> Views:
            kinds = tuple(next((other for other in instead if other.name == kind.name), kind) for kind in KINDS)
            return stack.enter_context(closing(Views(home, ledger, kinds)))

        yield opened


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of three."""
    monkeypatch.setattr("projections.views.BATCH", 3)


@pytest.fixture
def busy(recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, bob: UUID) -> UUID:
    """Some twenty events about two people; the id of a promise to Ada."""
    for person in (bob, ada):
        touchpoint, promise = recruiting.record_touchpoint(
            command(dana), person, "call", "out", "talked", MONDAY, "hello", NewPromise("Ring", FRIDAY, dana)
        ).streams
        recruiting.correct_touchpoint(command(tom), touchpoint, "good day", "")
        recruiting.fall_due(promise, FRIDAY)
    return promise


# Catching up


def test_what_was_just_saved_can_be_looked_up(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    views.catch_up()
    ada = recruiting.add_candidate(command(dana), "Ada Byron").streams[0]

    views.catch_up()

    assert views.directory.names([ada]) == {ada: "Ada Byron"}


def test_in_small_batches_it_comes_to_the_same(few: None, views: Views, busy: UUID) -> None:
    views.catch_up()

    assert [health.behind for health in views.health()] == [0] * len(KINDS)
    assert views.check() == []


def test_a_page_reads_only_so_much_and_leaves_the_rest(few: None, views: Views, busy: UUID) -> None:
    views.catch_up(at_most=3)

    assert all(0 < health.behind < views.log.end() for health in views.health())

    views.catch_up()

    assert [health.behind for health in views.health()] == [0] * len(KINDS)


def test_health_says_how_far_each_projection_has_read(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    views.catch_up()
    end = recruiting.log.end()
    recruiting.add_candidate(command(dana), "Ada Byron")

    assert {(health.position, health.behind, health.stuck) for health in views.health()} == {(end, 1, None)}
    assert {health.name for health in views.health()} == NAMES


def test_two_processes_catch_up_at_once_and_count_nothing_twice(
    few: None, views: Views, opened: Opened, busy: UUID
) -> None:
    other = opened()
    views.catch_up(at_most=3)
    other.catch_up(at_most=3)
    views.catch_up(at_most=3)

    other.catch_up()

    assert views.promises.tally() == other.promises.tally() == {"open": 2}
    assert views.check() == []


# A projection that raises


class Stumbling(Timeline):
    """It cannot read that a promise fell due."""

    tries: ClassVar[int] = 0

    def record(self, connection: Connection, entry: Entry) -> None:
        super().record(connection, entry)
        if isinstance(entry.fact, Promise.PromiseFellDue):
            type(self).tries += 1
            raise ZeroDivisionError("a very private word")


def test_a_projection_that_raises_stays_behind_alone(opened: Opened, busy: UUID) -> None:
    views = opened(Stumbling)

    views.catch_up()

    assert {health.name for health in views.health() if health.behind} == {"timeline"}


def test_a_projection_that_raises_is_named_without_its_words(opened: Opened, cast: Cast, busy: UUID) -> None:
    views = opened(Stumbling)

    views.catch_up()

    (stuck,) = (health.stuck for health in views.health() if health.name == "timeline")
    assert stuck == f"ZeroDivisionError among events {cast.end + 1} to {views.log.end()}"


def test_a_batch_that_raises_leaves_the_tables_as_they_were(
    recruiting: Recruiting, opened: Opened, dana: UUID, ada: UUID, bob: UUID
) -> None:
    views = opened(Stumbling)
    recruiting.record_touchpoint(command(dana), ada, "note", "internal", None, MONDAY, "before")
    views.catch_up()
    promise = recruiting.make_promise(command(dana), ada, NewPromise("Ring", FRIDAY, dana)).streams[0]
    recruiting.fall_due(promise, FRIDAY)

    views.catch_up()

    assert [row.words for row in views.timeline.of(ada)] == ["before"]
    assert views.promises.tally() == {"open": 1}


def test_a_page_does_not_try_again_what_raised_and_the_worker_does(opened: Opened, busy: UUID) -> None:
    views = opened(Stumbling)
    views.catch_up()
    tried = Stumbling.tries

    views.catch_up(at_most=5000)
    assert Stumbling.tries == tried

    views.catch_up()
    assert Stumbling.tries == tried + 1


def test_once_mended_it_reads_on_by_itself(opened: Opened, busy: UUID) -> None:
    opened(Stumbling).catch_up()
    mended = opened()

    mended.catch_up()

    assert [(health.behind, health.stuck) for health in mended.health()] == [(0, None)] * len(KINDS)
    assert mended.check() == []


def test_checking_names_a_projection_that_is_stuck(opened: Opened, busy: UUID) -> None:
    views = opened(Stumbling)
    views.catch_up()

    assert any("timeline is stuck" in difference for difference in views.check())


# Made anew


def test_made_anew_it_is_the_same_and_pages_are_served_meanwhile(
    few: None, recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, busy: UUID
) -> None:
    views.catch_up()
    served = []

    views.rebuild(progress=lambda *_: served.append(len(views.timeline.of(ada))))

    assert len(served) > 3
    assert set(served) == {len(views.timeline.of(ada))}
    assert views.check() == []


def test_what_is_saved_during_a_rebuild_is_in_it(
    few: None, recruiting: Recruiting, views: Views, dana: UUID, busy: UUID
) -> None:
    views.catch_up()
    names = iter("Cara Dora Elsa Fred".split())

    def save(*_: int) -> None:
        for name in names:
            recruiting.add_candidate(command(dana), name)
            views.catch_up()
            break

    views.rebuild(progress=save)
    views.catch_up()

    assert views.directory.count() == 6
    assert views.check() == []


def test_a_rebuild_tells_how_far_it_is_and_how_long_it_took(few: None, views: Views, busy: UUID) -> None:
    told: list[tuple[int, int]] = []

    took = views.rebuild(progress=lambda *reached: told.append(reached))

    end = views.log.end()
    assert told[-1] == (end, end)
    assert [reached for reached, _ in told] == sorted(reached for reached, _ in told)
    assert set(took) == {"reading", *NAMES}
    assert all(seconds > 0 for seconds in took.values())


def test_one_projection_can_be_made_anew_alone(views: Views, busy: UUID) -> None:
    views.catch_up()
    before = {name: projection.generation for name, projection in views.generations.items()}

    views.rebuild("promises")

    changed = {name for name, projection in views.generations.items() if projection.generation != before[name]}
    assert changed == {"promises"}
    assert views.check() == []


def test_a_rebuild_mends_what_was_wrong(home: Path, views: Views, busy: UUID) -> None:
    views.catch_up()
    with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as raw:
        raw.execute(f"UPDATE {views.promises.promises.name} SET state = 'kept'")
    assert views.check() == ["promises_promises differs from what the log says."]

    views.rebuild()

    assert views.check() == []


def test_a_rebuild_cut_short_harms_nothing_and_can_be_done_again(
    few: None, recruiting: Recruiting, views: Views, dana: UUID, busy: UUID
) -> None:
    views.catch_up()

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        views.rebuild(progress=stop)
    recruiting.add_candidate(command(dana), "Cara Lane")
    views.catch_up()
    assert views.directory.count() == 3

    views.rebuild()

    assert views.check() == []
    assert _generations(views) == {1, 2}


def test_old_tables_go_after_a_day(views: Views, clock: Clock, busy: UUID) -> None:
    views.catch_up()
    views.rebuild()
    assert _generations(views) == {1, 2}
    clock.on(days=1)

    views.rebuild()

    assert _generations(views) == {2, 3}


def test_a_new_version_gets_tables_of_its_own(recruiting: Recruiting, opened: Opened, ada: UUID, bob: UUID) -> None:
    class Newer(Directory):
        version = 2

    opened().catch_up()
    newer = opened(Newer)

    newer.catch_up()

    assert newer.directory.candidates.name == "directory_candidates_v2_1"
    assert newer.directory.count() == 2
    assert newer.check() == []


# Other processes


def test_a_rebuild_by_another_process_is_followed(
    recruiting: Recruiting, views: Views, opened: Opened, clock: Clock, dana: UUID, busy: UUID
) -> None:
    views.catch_up()
    elsewhere = opened()
    elsewhere.rebuild()
    recruiting.add_candidate(command(dana), "Cara Lane")

    views.catch_up()

    assert {projection.generation for projection in views.generations.values()} == {2}
    assert views.directory.count() == elsewhere.directory.count() == 3


def test_old_tables_taken_away_by_another_process_are_not_missed(views: Views, opened: Opened, busy: UUID) -> None:
    views.catch_up()
    elsewhere = opened()
    elsewhere.rebuild()
    elsewhere.tidy()

    views.catch_up()

    assert views.directory.count() == 2


# Another log


@pytest.fixture
def yesterday(home: Path, tmp_path: Path, ledger: Ledger, vault: Vault, ada: UUID, bob: UUID) -> Path:
    """A copy of events and keys, taken while there were only Ada and Bob."""
    ledger.tidy()
    return Path(copytree(home, tmp_path / "yesterday"))


def _restored(yesterday: Path, home: Path) -> None:
    """Put yesterday's log in the place of today's, under the views of today."""
    for file in home.glob("events.db*"):
        file.unlink()
    for file in yesterday.glob("events.db*"):
        (home / file.name).write_bytes(file.read_bytes())


@pytest.mark.parametrize("more", [0, 4, 9], ids=lambda more: f"{more} events later")
def test_a_restored_log_that_went_another_way_is_noticed(
    home: Path, yesterday: Path, vault: Vault, clock: Clock, recruiting: Recruiting, dana: UUID, more: int
) -> None:
    for name in ("Cara Lane", "Dora Hill", "Elsa Wood", "Fred Moor"):
        recruiting.add_candidate(command(dana), name)
    with closing(Views(home, recruiting.log)) as today:
        today.catch_up()
    recruiting.log.close()
    _restored(yesterday, home)

    with closing(Recruiting(Ledger(home, vault, clock))) as restored:
        for number in range(more):
            restored.add_candidate(command(dana), f"Gina {number}")
        with closing(Views(home, restored.log)) as views:
            views.catch_up()

            assert views.directory.count() == 2 + more
            assert views.check() == []


def test_views_that_are_open_notice_that_the_log_was_restored(
    home: Path, yesterday: Path, vault: Vault, clock: Clock, recruiting: Recruiting, dana: UUID
) -> None:
    for name in ("Cara Lane", "Dora Hill", "Elsa Wood"):
        recruiting.add_candidate(command(dana), name)
    with closing(Views(home, recruiting.log)) as views:
        views.catch_up()
        recruiting.log.close()
        _restored(yesterday, home)
        with closing(Recruiting(Ledger(home, vault, clock))) as restored:
            views.log = restored.log
            restored.add_candidate(command(dana), "Gina Park")

            views.catch_up()

            assert views.directory.count() == 3
            assert views.check() == []


def test_views_of_another_agency_are_made_anew(
    home: Path, tmp_path: Path, views: Views, clock: Clock, busy: UUID
) -> None:
    views.catch_up()
    views.close()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with (
        closing(Vault(elsewhere / "vault.db", clock)) as vault,
        closing(Recruiting(Ledger(elsewhere, vault, clock))) as another,
    ):
        another.found_agency(command(None), "Another", ZONE, "Zoe", "zoe@another.example")
        with closing(Views(home, another.log)) as strange:
            strange.catch_up()

            assert [row.name for row in strange.team.everyone()] == ["Zoe"]
            assert strange.directory.count() == 0


# Checking


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("DELETE FROM {directory.candidates}", "directory_candidates"),
        ("UPDATE {promises.counts} SET promises = promises + 1", "promises_counts"),
        ("UPDATE {search.passages} SET words = 'other'", "search_passages"),
    ],
)
def test_checking_names_the_table_that_differs(home: Path, views: Views, busy: UUID, change: str, named: str) -> None:
    views.catch_up()
    with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as raw:
        raw.execute(change.format(**views.generations))

    assert views.check() == [f"{named} differs from what the log says."]


def test_checking_leaves_nothing_behind(home: Path, views: Views, busy: UUID) -> None:
    before = {file.name for file in home.iterdir()}

    views.check()

    assert {file.name for file in home.iterdir()} == before


class Meanwhile(Directory):
    """Somebody else writes while it is checked: while it is made anew, or while it is compared."""

    at: ClassVar[str] = ""
    writing: ClassVar[list[Callable[[], object]]] = []

    def record(self, connection: Connection, entry: Entry) -> None:
        super().record(connection, entry)
        self._now("made anew")

    def contents(self, connection: Connection) -> Any:
        self._now("compared")
        return super().contents(connection)

    def _now(self, at: str) -> None:
        while self.at == at and self.writing:
            self.writing.pop()()


@pytest.mark.parametrize("at", ["made anew", "compared"])
def test_checking_while_others_write_finds_no_difference(
    recruiting: Recruiting, opened: Opened, dana: UUID, busy: UUID, at: str
) -> None:
    views, elsewhere = opened(Meanwhile), opened()
    views.catch_up()
    Meanwhile.at = at
    Meanwhile.writing[:] = [elsewhere.catch_up, lambda: recruiting.add_candidate(command(dana), "Cara Lane")]

    assert views.check() == []
    assert Meanwhile.writing == []
    assert elsewhere.directory.count() == 3


def test_a_difference_is_found_while_others_write_as_well(
    home: Path, recruiting: Recruiting, opened: Opened, dana: UUID, busy: UUID
) -> None:
    views = opened(Meanwhile)
    views.catch_up()
    with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as raw:
        raw.execute(f"UPDATE {views.directory.candidates.name} SET place = 'elsewhere'")
    Meanwhile.at = "made anew"
    Meanwhile.writing[:] = [lambda: recruiting.add_candidate(command(dana), "Cara Lane")]

    assert views.check() == ["directory_candidates differs from what the log says."]


@pytest.mark.parametrize("cleaning", [Views.check, Views.tidy])
def test_what_a_check_cut_short_left_behind_is_swept_away(
    home: Path, views: Views, busy: UUID, cleaning: Callable[[Views], object]
) -> None:
    views.catch_up()
    left = home / "check-cutshort"
    left.mkdir()
    (left / "views.db").write_bytes(b"everybody's words")

    cleaning(views)

    assert not left.exists()


def test_a_check_under_way_in_another_process_is_left_alone(home: Path, views: Views, busy: UUID) -> None:
    under_way = home / "check-underway"
    under_way.mkdir()
    held = os.open(under_way, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)

        views.tidy()

        assert under_way.exists()
    finally:
        os.close(held)


def _generations(views: Views) -> set[int]:
    """Of which generations of the directory there are tables."""
    with views.store.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name GLOB 'directory_candidates_v*'")
        return {int(name.rpartition("_")[2]) for (name,) in names}


@pytest.mark.parametrize("meanwhile", [Views.tidy, lambda views: views.rebuild("team")])
def test_a_rebuild_whose_tables_are_dropped_meanwhile_is_given_up(
    opened: Opened, busy: UUID, few: None, meanwhile: Callable[[Views], object]
) -> None:
    views, other = opened(), opened()
    views.catch_up()

    with pytest.raises(Overtaken):
        views.rebuild("team", lambda *_: meanwhile(other))

    views.catch_up()
    assert views.check() == other.check() == []
