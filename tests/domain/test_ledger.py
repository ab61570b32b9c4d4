"""The log only grows, in order, and notices when its file was meddled with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from domain.candidate import Candidate
from domain.recruiting import Recruiting
from domain.refusal import AlreadySaved
from domain.store.envelope import DoesNotOpen, parse
from domain.store.keyring import KeyMissing
from domain.store.ledger import Ledger
from domain.store.turn import StillRead
from domain.touchpoint import Touchpoint
from tests.agency import MONDAY, Clock, command
from tests.conftest import Cast
from webapp.vault import Vault

COLUMNS = "originator_id, originator_version, topic, state, recorded_at, command_id, leaf_index, leaf"
SAME_PLACE, OF_THE_SECOND = "originator_id, originator_version", "FROM stored_events WHERE rowid = 2"
UPSERT = "ON CONFLICT DO UPDATE SET topic = 'x'"


@pytest.fixture
def raw(home: Path, bob: UUID) -> Iterator[sqlite3.Connection]:
    """A connection as any other program opens one: without recursive triggers, without foreign keys."""
    with closing(sqlite3.connect(home / "events.db", isolation_level=None)) as raw:
        yield raw


@pytest.fixture
def meddle(raw: sqlite3.Connection) -> Callable[..., None]:
    """Change the file as somebody does who takes the triggers away first."""

    def meddle(statement: str, *values: Any) -> None:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        assert raw.execute(statement, values).rowcount > 0

    return meddle


def everything(raw: sqlite3.Connection) -> list[tuple[Any, ...]]:
    events = raw.execute(f"SELECT rowid, {COLUMNS} FROM stored_events ORDER BY rowid").fetchall()
    return [*events, *raw.execute("SELECT * FROM key_wraps ORDER BY position").fetchall()]


# Append-only


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_events SET topic = 'note' WHERE rowid = 2",
        "UPDATE stored_events SET state = state",
        "UPDATE OR REPLACE stored_events SET leaf_index = 0 WHERE rowid = 2",
        "UPDATE OR IGNORE stored_events SET rowid = 99 WHERE rowid = 2",
        "DELETE FROM stored_events WHERE rowid = 2",
        "DELETE FROM stored_events",
        f"INSERT OR REPLACE INTO stored_events (rowid, {COLUMNS}) SELECT 2, 'aa', 1, 'x', x'', 0, 'bb', 99, x''",
        f"REPLACE INTO stored_events (rowid, {COLUMNS}) SELECT 2, 'aa', 1, 'x', x'', 0, 'bb', 99, x''",
        f"REPLACE INTO stored_events ({COLUMNS}) SELECT {SAME_PLACE}, 'x', x'', 0, 'b', 99, x'' {OF_THE_SECOND}",
        f"INSERT OR REPLACE INTO stored_events ({COLUMNS}) SELECT 'aa', 1, 'x', x'', 0, 'bb', 1, x''",
        f"INSERT INTO stored_events (rowid, {COLUMNS}) VALUES (2, 'aa', 1, 'x', x'', 0, 'bb', 99, x'') {UPSERT}",
        "UPDATE key_wraps SET wrap = x'00' WHERE position = 2",
        "REPLACE INTO key_wraps (position, wrap) VALUES (2, x'00')",
        "INSERT INTO key_wraps (position, wrap) VALUES (2, x'00') ON CONFLICT DO UPDATE SET wrap = x'00'",
    ],
)
def test_what_is_recorded_cannot_be_overwritten(raw: sqlite3.Connection, statement: str) -> None:
    before = everything(raw)

    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)

    assert everything(raw) == before


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replacing_is_refused_whatever_the_connection_thinks_of_triggers(
    raw: sqlite3.Connection, recursive: str
) -> None:
    raw.execute(f"PRAGMA recursive_triggers = {recursive}")

    with pytest.raises(sqlite3.IntegrityError, match="already recorded"):
        raw.execute(f"REPLACE INTO stored_events (rowid, {COLUMNS}) SELECT 2, 'a', 1, 'x', x'', 0, 'b', 99, x''")


def test_the_second_of_two_writers_is_told_so(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    first, second = (recruiting.load(Candidate, ada) for _ in range(2))
    first.erase(dana, "asked")
    second.erase(dana, "mistake")
    recruiting.record(command(dana), first)

    with pytest.raises(IntegrityError):
        recruiting.record(command(dana), second)


def test_of_several_facts_all_are_recorded_or_none(
    recruiting: Recruiting, ledger: Ledger, dana: UUID, ada: UUID, bob: UUID
) -> None:
    stale, other = recruiting.load(Candidate, ada), recruiting.load(Candidate, bob)
    recruiting.erase_candidate(command(dana), ada, "asked")
    stale.erase(dana, "mistake")
    other.erase(dana, "mistake")
    before = ledger.end()

    with pytest.raises(IntegrityError):
        recruiting.record(command(dana), other, stale)

    assert ledger.end() == before


# Order


def test_positions_count_from_one(ledger: Ledger, cast: Cast) -> None:
    assert [entry.position for entry in ledger.entries(1, 100)] == list(range(1, cast.end + 1))
    assert ledger.end() == cast.end


def test_an_empty_log_ends_at_zero(nobody: Recruiting) -> None:
    assert nobody.log.end() == 0
    assert nobody.log.entries(1, 100) == []


def test_entries_start_where_asked_and_are_no_more_than_asked(ledger: Ledger, dana: UUID) -> None:
    assert [entry.position for entry in ledger.entries(2, 2)] == [2, 3]


def test_a_gap_in_positions_leaves_none_between_leaves(
    recruiting: Recruiting, raw: sqlite3.Connection, dana: UUID
) -> None:
    raw.execute("UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'stored_events'")

    recruiting.add_candidate(command(dana), "Cara Lane")

    found = raw.execute("SELECT rowid, leaf_index FROM stored_events ORDER BY rowid").fetchall()
    assert found[-1][0] == 1001
    assert [leaf for _, leaf in found] == list(range(len(found)))


def test_cleaning_the_file_renumbers_nothing(
    recruiting: Recruiting, ledger: Ledger, raw: sqlite3.Connection, dana: UUID
) -> None:
    raw.execute("UPDATE sqlite_sequence SET seq = 1000 WHERE name = 'stored_events'")
    recruiting.add_candidate(command(dana), "Cara Lane")
    before = everything(raw)

    raw.execute("VACUUM")

    assert everything(raw) == before
    assert ledger.check() == []


def test_recorded_time_never_runs_backwards(recruiting: Recruiting, ledger: Ledger, clock: Clock, dana: UUID) -> None:
    recruiting.add_candidate(command(dana), "Cara Lane")
    clock.on(hours=-3)

    recruiting.add_candidate(command(dana), "Dora Hill")

    times = [entry.fact.timestamp for entry in ledger.entries(1, 100)]
    assert times == sorted(times)
    assert times[-1] == MONDAY


def test_recorded_time_does_not_run_backwards_after_a_restart_either(
    home: Path, vault: Vault, ledger: Ledger, bob: UUID, dana: UUID
) -> None:
    with closing(Recruiting(Ledger(home, vault, Clock(MONDAY - timedelta(days=2))))) as restarted:
        restarted.add_candidate(command(dana), "Cara Lane")

    assert ledger.entries(ledger.end(), 1)[0].fact.timestamp == MONDAY


def test_as_of_an_instant_is_the_last_position_recorded_by_then(
    recruiting: Recruiting, ledger: Ledger, clock: Clock, dana: UUID
) -> None:
    before = ledger.end()
    clock.on(hours=1)
    recruiting.add_candidate(command(dana), "Cara Lane")
    recruiting.add_candidate(command(dana), "Dora Hill")

    assert ledger.position_at(MONDAY - timedelta(seconds=1)) == 0
    assert ledger.position_at(MONDAY) == before
    assert ledger.position_at(MONDAY + timedelta(minutes=59)) == before
    assert ledger.position_at(MONDAY + timedelta(hours=1)) == before + 2


def test_all_facts_of_one_command_were_recorded_in_the_same_moment(
    recruiting: Recruiting, ledger: Ledger, olive: UUID
) -> None:
    first, second = ledger.entries(1, 2)

    assert first.fact.timestamp == second.fact.timestamp


# On disk, and the same log after a restart


def test_a_commit_is_on_disk_before_it_returns(ledger: Ledger, dana: UUID) -> None:
    with ledger.recorder.datastore.transaction(commit=False) as cursor:
        settings = [
            cursor.execute(f"PRAGMA {name}") or cursor.fetchone()[0] for name in ("journal_mode", "synchronous")
        ]

    assert settings == ["wal", 2]


def test_after_a_restart_it_is_the_same_log_with_the_same_facts(
    home: Path, vault: Vault, ledger: Ledger, clock: Clock, ada: UUID, bob: UUID
) -> None:
    with closing(Ledger(home, vault, clock)) as restarted:
        assert restarted.id == ledger.id
        assert restarted.entries(1, 100) == ledger.entries(1, 100)


def test_what_a_command_left_can_be_found_again(recruiting: Recruiting, ledger: Ledger, dana: UUID, bob: UUID) -> None:
    asked = command(dana)
    added = recruiting.add_candidate(asked, "Cara Lane")

    trace = ledger.trace(asked.id)

    assert trace is not None
    assert (trace.streams, trace.position) == (added.streams, added.position)
    assert ledger.trace(uuid4()) is None


# Left clean


def test_a_log_that_is_tidied_leaves_nothing_in_the_write_ahead_log(
    home: Path, recruiting: Recruiting, ledger: Ledger, dana: UUID
) -> None:
    recruiting.add_candidate(command(dana), "Cara Lane")

    ledger.tidy()

    assert (home / "events.db-wal").stat().st_size == 0


def test_it_is_said_when_somebody_reads_for_so_long_that_it_cannot_be_tidied(
    recruiting: Recruiting, ledger: Ledger, raw: sqlite3.Connection, dana: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("domain.store.turn.PATIENCE", 0.0)
    with ledger.recorder.datastore.get_connection(commit=False) as connection:
        connection.cursor().execute("PRAGMA busy_timeout = 0")
    raw.execute("BEGIN")
    raw.execute("SELECT COUNT(*) FROM stored_events").fetchone()
    recruiting.add_candidate(command(dana), "Cara Lane")

    with pytest.raises(StillRead):
        ledger.tidy()

    raw.execute("COMMIT")
    ledger.tidy()


# Keys


def test_about_somebody_without_a_key_nothing_is_recorded(
    home: Path, tmp_path: Path, ledger: Ledger, clock: Clock, dana: UUID, ada: UUID
) -> None:
    before = ledger.end()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with closing(Vault(elsewhere / "vault.db", clock)) as strange:
        with closing(Recruiting(Ledger(home, strange, clock))) as mixed_up, pytest.raises(KeyMissing):
            mixed_up.record_touchpoint(command(dana), ada, "note", "internal", None, MONDAY, "hello")

        with pytest.raises(KeyMissing):
            strange.key(ada)

    assert ledger.end() == before


def test_a_key_is_made_for_a_new_person_only(
    recruiting: Recruiting, vault: Vault, dana: UUID, ada: UUID, bob: UUID
) -> None:
    before = vault.key(ada, fresh=True)

    recruiting.record_touchpoint(command(dana), ada, "note", "internal", None, MONDAY, "hello")

    assert vault.key(ada, fresh=True) == before != vault.key(bob, fresh=True)


# Checked


def test_a_log_that_nobody_meddled_with_checks_clean(ledger: Ledger, ada: UUID, bob: UUID) -> None:
    assert ledger.check() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stored_events SET state = CAST(substr(state, 1, 99) || x'00' AS BLOB) WHERE rowid = {bob}",
        "UPDATE stored_events SET state = (SELECT state FROM stored_events WHERE rowid = 3) WHERE rowid = {bob}",
        "UPDATE stored_events SET topic = 'candidate.erased' WHERE rowid = {bob}",
        "UPDATE stored_events SET topic = 'os:system' WHERE rowid = {bob}",
        "UPDATE stored_events SET originator_id = hex(randomblob(16)) WHERE rowid = {bob}",
        "UPDATE stored_events SET originator_version = 2 WHERE rowid = {bob}",
        "UPDATE stored_events SET recorded_at = recorded_at + 1 WHERE rowid = {bob}",
        "UPDATE stored_events SET command_id = hex(randomblob(16)) WHERE rowid = {bob}",
        "UPDATE stored_events SET leaf = zeroblob(32) WHERE rowid = {bob}",
        "UPDATE stored_events SET leaf_index = 99 WHERE rowid = {bob}",
        "UPDATE key_wraps SET wrap = zeroblob(60) WHERE position = {bob}",
        "UPDATE key_wraps SET wrap = (SELECT wrap FROM key_wraps WHERE position = 2) WHERE position = {bob}",
        "DELETE FROM stored_events WHERE rowid = 3",
        "DELETE FROM stored_events WHERE rowid = {bob}",
    ],
)
def test_a_row_that_was_meddled_with_is_found(
    ledger: Ledger, bob: UUID, meddle: Callable[..., None], statement: str
) -> None:
    meddle(statement.format(bob=ledger.end()))

    assert ledger.check() != []


def test_a_fault_is_named_by_its_position(ledger: Ledger, bob: UUID, meddle: Callable[..., None]) -> None:
    meddle("UPDATE stored_events SET leaf = zeroblob(32) WHERE rowid = 3")

    assert ledger.check() == ["Event 3 does not open: Event 3 is not the one that was recorded."]


def test_a_row_that_was_meddled_with_is_not_read(
    recruiting: Recruiting, ledger: Ledger, bob: UUID, meddle: Callable[..., None]
) -> None:
    meddle("UPDATE stored_events SET topic = 'touchpoint.recorded' WHERE rowid = ?", ledger.end())

    with pytest.raises(DoesNotOpen):
        recruiting.load(Touchpoint, bob)


def test_keys_of_another_agency_open_nothing(home: Path, tmp_path: Path, clock: Clock, ada: UUID, bob: UUID) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with closing(Vault(elsewhere / "vault.db", clock)) as strange, closing(Ledger(home, strange, clock)) as mixed_up:
        strange.make_key(ada)

        faults = mixed_up.check()

    assert any("was changed, or is not for this key" in fault for fault in faults)
    assert any("There is no key for" in fault for fault in faults)


def test_a_clear_fact_holds_no_digest_of_words_that_came_with_it(nobody: Recruiting) -> None:
    founding = command(None)
    asked = (founding, "Harbour Staffing", "Europe/London", "Olive", "olive@harbour.example")
    first = nobody.found_agency(*asked)

    again = nobody.found_agency(*asked)

    founded, invited = nobody.log.recorder.of_command(founding.id)
    assert [parse(row.state).header.facts.get("command") for row in (founded, invited)] == [None, None]
    assert again.repeated
    assert again.streams == first.streams
    with pytest.raises(AlreadySaved):
        nobody.found_agency(*asked[:4], "tom@harbour.example")
