"""`kept …` from a shell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from uuid import uuid4

import pytest

from tests.agency import Clock, command, open_agency, settings_for
from webapp.cli import main
from webapp.installation import Installation


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def agency(home):
    """It is closed already: each command opens the stores itself."""
    agency = open_agency(settings_for(home), Clock())
    agency.note("a word about Ada")
    agency.kept.views.catch_up()
    agency.kept.close()
    return agency


def test_a_wrong_setting_is_one_sentence(home, monkeypatch, capsys):
    monkeypatch.setenv("PORT", "eighty")

    assert main(["check"]) == 1

    assert capsys.readouterr().err == "PORT is “eighty”, but it must be a whole number from 1 to 65535.\n"


@pytest.mark.parametrize("words", [[], ["dance"], ["erase"], ["erase", "Ada"], ["redact", str(uuid4())]])
def test_what_is_not_understood_is_said_and_does_nothing(home, words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(words)

    assert stopped.value.code == 2
    assert "usage: kept" in capsys.readouterr().err


def test_check_says_that_all_is_well(agency, capsys):
    assert main(["check"]) == 0

    assert capsys.readouterr().out.endswith("events checked: all is well.\n")


def test_check_finds_a_row_that_the_log_does_not_know(agency, home, capsys):
    with closing(sqlite3.connect(home / "views.db")) as views, views:
        (table,) = views.execute(
            "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'words'"
            " WHERE m.type = 'table' AND m.name LIKE 'timeline%' ORDER BY m.name LIMIT 1"
        ).fetchone()
        views.execute(f"UPDATE {table} SET words = 'never said'")

    assert main(["check"]) == 1

    assert "differences." in capsys.readouterr().out


def test_rebuild_says_how_fast_it_was(agency, capsys):
    assert main(["rebuild"]) == 0
    assert main(["rebuild", "timeline"]) == 0

    assert "events/s" in capsys.readouterr().out
    assert main(["check"]) == 0


def test_rebuild_names_what_there_is(agency, capsys):
    assert main(["rebuild", "weather"]) == 1

    assert "There is no weather to rebuild, only" in capsys.readouterr().err


def test_backup_and_restore(agency, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "safe")]) == 0
    assert main(["restore", str(tmp_path / "safe")]) == 0
    assert main(["check"]) == 0

    assert "everybody has to sign in again" in capsys.readouterr().out


def test_backup_goes_where_the_settings_say(agency, tmp_path):
    assert main(["backup"]) == 0

    assert list((tmp_path / "home-backups").glob("*Z/manifest.json"))


def test_restoring_nothing_is_one_sentence(agency, tmp_path, capsys):
    assert main(["restore", str(tmp_path / "nowhere")]) == 1

    assert capsys.readouterr().err == f"There is no backup in {tmp_path / 'nowhere'}.\n"


def test_erasing_asks_first(agency, monkeypatch, capsys):
    assert main(["erase", str(agency.ada)]) == 1

    assert "say --yes" in capsys.readouterr().err


def test_erase(agency, home, capsys):
    assert main(["erase", str(agency.ada), "--by", "olive@example.com", "--yes"]) == 0
    assert main(["check"]) == 0

    found = [file.name for file in home.iterdir() if b"a word about Ada" in file.read_bytes()]
    assert not found


def test_erase_somebody_at_a_client(agency, home):
    with closing(Installation.open(agency.kept.settings)) as kept:
        (carl,) = kept.recruiting.add_contact(command(agency.dana), "Carl Quillington").streams
        kept.views.catch_up()

    assert main(["erase", str(carl), "--yes"]) == 0
    assert main(["check"]) == 0

    assert not [file.name for file in home.iterdir() if b"Carl Quillington" in file.read_bytes()]


def test_redact(agency, home):
    with closing(sqlite3.connect(home / "events.db")) as events:
        (touchpoint,) = events.execute(
            "SELECT originator_id FROM stored_events WHERE topic = 'touchpoint.recorded'"
        ).fetchone()

    assert main(["redact", touchpoint, "--why", "said in anger", "--yes"]) == 0

    assert not [file.name for file in home.iterdir() if b"a word about Ada" in file.read_bytes()]


def test_erasing_needs_somebody_there_is(agency, capsys):
    assert main(["erase", str(uuid4()), "--yes"]) == 1
    assert main(["erase", str(agency.ada), "--by", "nobody@example.com", "--yes"]) == 1

    missing, unknown = capsys.readouterr().err.splitlines()
    assert missing.startswith("There is no candidate")
    assert unknown == "Nobody on the team has the e-mail address nobody@example.com."


def test_the_setup_code_is_told_until_the_agency_is_founded(home, capsys):
    assert main(["setup-code"]) == 0
    assert main(["setup-code"]) == 0
    first, second = capsys.readouterr().out.split()

    open_agency(settings_for(home), Clock()).kept.close()
    assert main(["setup-code"]) == 0

    assert first == second
    assert capsys.readouterr().out == ""


def test_a_forgotten_password_is_replaced_by_a_link(agency, home, capsys):
    assert main(["link", "olive@example.com"]) == 0
    assert main(["link", "nobody@example.com"]) == 1
    said = capsys.readouterr()

    with closing(Installation.open(settings_for(home))) as kept:
        assert kept.vault.accept(said.out.strip().rsplit("/", 1)[1], "quite another one") == agency.olive
        kept.recruiting.recruiter_leaves(command(agency.olive), agency.tom)
    assert said.err == "Nobody on the team has the e-mail address nobody@example.com.\n"
    assert main(["link", "tom@example.com"]) == 1
    assert "has left" in capsys.readouterr().err
