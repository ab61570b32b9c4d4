"""Backups: consistent, checked, and unable to bring back what was forgotten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from threading import Event, Thread
from uuid import uuid4

import pytest

from tests.agency import Clock, command, open_agency, settings_for
from webapp.backup import BackupError, backup, find, restore, verify
from webapp.installation import ERASURES, Installation
from webapp.running import RESTORING, hold
from webapp.settings import SettingsError
from webapp.vault import Vault

SECRET = "Xylophone lessons on Thursdays"


@pytest.fixture
def agency(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home"), Clock())
    yield agency
    agency.kept.close()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "elsewhere"


def words_in(agency, home=None) -> list:
    """Every note about Ada and Bob, newest first, as a page would show it."""
    with closing(Installation.open(home or agency.kept.settings)) as kept:
        kept.views.catch_up()
        return [entry.words for person in (agency.ada, agency.bob) for entry in kept.views.timeline.of(person)]


def bytes_in(home, needle: bytes) -> list[str]:
    return [file.name for file in home.rglob("*") if file.is_file() and needle in file.read_bytes()]


def test_a_backup_is_two_checked_files_apart(agency, folder):
    agency.note(SECRET)

    made = backup(agency.kept, folder)

    assert sorted(str(file.relative_to(made)) for file in made.rglob("*") if file.is_file()) == [
        "events/events.db",
        "manifest.json",
        "vault/vault.db",
    ]
    manifest = verify(made)
    assert manifest["leaves"] == manifest["last_position"] == agency.kept.recruiting.log.end()
    assert manifest["keys"] == 5
    assert not bytes_in(made, SECRET.encode())


def test_what_was_saved_before_a_backup_is_there_after_restoring_it(agency, folder):
    agency.note(SECRET)
    backup(agency.kept, folder)
    agency.note("said later")
    agency.kept.close()

    restore(agency.kept.settings, folder)

    assert words_in(agency) == [SECRET]
    (aside,) = agency.kept.settings.home.parent.glob("home-before-*")
    assert {file.name for file in aside.iterdir()} >= {"events.db", "vault.db"}


def test_a_backup_made_while_people_write_is_consistent(agency, folder):
    enough = Event()

    def write() -> None:
        while not enough.is_set():
            verbs = agency.kept.recruiting
            person = verbs.add_candidate(command(agency.tom), "Somebody New").streams[0]
            agency.note("a word", to=person)

    writer = Thread(target=write)
    writer.start()
    try:
        made = [backup(agency.kept, folder / str(n)) for n in range(3)]
    finally:
        enough.set()
        writer.join()

    leaves = [verify(one)["leaves"] for one in made]
    assert leaves == sorted(leaves)
    assert leaves[-1] <= agency.kept.recruiting.log.end()


def test_yesterdays_backup_does_not_bring_an_erased_person_back(agency, folder):
    agency.note(SECRET)
    agency.note("Bob stays", to=agency.bob)
    backup(agency.kept, folder)
    key = agency.kept.vault.key(agency.ada)
    agency.kept.erase(agency.ada, agency.olive, "asked")
    agency.kept.close()

    restore(agency.kept.settings, folder)

    home = agency.kept.settings.home
    assert words_in(agency) == [None, "Bob stays"]
    assert not bytes_in(home, SECRET.encode()) + bytes_in(home, b"Ada Byron") + bytes_in(home, key)


def test_yesterdays_backup_does_not_bring_a_redacted_note_back(agency, folder):
    touchpoint = agency.note(SECRET)
    agency.note("this one stays")
    backup(agency.kept, folder)
    agency.kept.redact(touchpoint, agency.olive, "said in anger")
    agency.kept.close()

    restore(agency.kept.settings, folder)

    assert set(words_in(agency)) == {None, "this one stays"}


def test_erasures_listed_only_beside_the_backup_are_applied_on_a_new_machine(agency, folder, tmp_path):
    agency.note(SECRET)
    backup(agency.kept, folder)
    agency.kept.erase(agency.ada, agency.olive, "asked")
    agency.clock.on(days=1)
    backup(agency.kept, folder, now=agency.clock.now + timedelta(days=1))
    agency.kept.close()
    first, _ = sorted(folder.glob("*Z"))
    other = settings_for(tmp_path / "new-machine")

    restore(other, first)

    assert words_in(agency, other) == [None]
    assert str(agency.ada) in (other.home / ERASURES).read_text()


def test_restoring_never_shortens_the_list_of_erasures(agency, folder):
    backup(agency.kept, folder)
    agency.kept.erase(agency.ada, agency.olive, "asked")
    agency.kept.close()

    restore(agency.kept.settings, folder)
    restore(agency.kept.settings, folder)

    lines = (agency.kept.settings.home / ERASURES).read_text().splitlines()
    assert lines == [f"candidate {agency.ada} asked"]


def test_after_restoring_everybody_signs_in_again(agency, folder):
    session = agency.kept.vault.begin_session(agency.dana)
    agency.kept.vault.subscribe(agency.dana, agency.kept.vault.session(session).name, "https://push.example", "p", "a")
    backup(agency.kept, folder)
    agency.kept.close()

    restore(agency.kept.settings, folder)

    with closing(Installation.open(agency.kept.settings, clock=agency.clock)) as kept:
        assert kept.vault.session(session) is None
        assert kept.vault.subscriptions() == []


def test_an_invitation_that_may_have_been_used_since_lets_nobody_in(agency, folder):
    token = agency.kept.vault.invite(agency.tom, agency.olive, uuid4())
    backup(agency.kept, folder)
    agency.kept.close()

    restore(agency.kept.settings, folder)

    with closing(Installation.open(agency.kept.settings, clock=agency.clock)) as kept:
        assert kept.vault.invitation(token) is None


def test_nothing_is_restored_while_kept_runs(agency, folder):
    backup(agency.kept, folder)
    running = hold(agency.kept.settings.home)

    with open(running, "rb", closefd=True), pytest.raises(SettingsError, match="Please stop it first"):
        restore(agency.kept.settings, folder)


def test_kept_does_not_start_on_half_a_restore(agency):
    (agency.kept.settings.home / RESTORING).touch()

    with pytest.raises(SettingsError, match="cut short"):
        hold(agency.kept.settings.home)


def test_a_damaged_backup_is_refused_and_nothing_is_touched(agency, folder):
    made = backup(agency.kept, folder)
    file = made / "vault" / "vault.db"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    agency.note("still here")
    agency.kept.close()

    with pytest.raises(BackupError, match="damaged"):
        restore(agency.kept.settings, folder)

    assert words_in(agency) == ["still here"]


def test_a_backup_without_somebodys_key_is_thrown_away(agency, folder):
    agency.kept.vault.close()
    with closing(sqlite3.connect(agency.kept.settings.home / "vault.db")) as vault, vault:
        vault.execute("DELETE FROM person_keys WHERE number = 5")

    with pytest.raises(BackupError, match="does not check"):
        backup(agency.kept, folder)

    assert not list(folder.iterdir())


def test_a_backup_cut_short_is_never_mistaken_for_one(agency, folder):
    made = backup(agency.kept, folder)
    (folder / "20991231T000000Z.unfinished" / "events").mkdir(parents=True)
    (folder / "20991231T000000Z").mkdir()

    assert find(folder) == made


def test_fourteen_nights_stay_and_backups_made_by_hand_too(agency, folder):
    now = agency.clock.now
    backup(agency.kept, folder, now=now)
    for night in range(1, 18):
        backup(agency.kept, folder, now=now + timedelta(days=night), nightly=True)

    kept = sorted(path.name for path in folder.glob("*Z"))

    assert len(kept) == 15
    assert kept[0] == "20261123T090000Z"
    assert kept[1] == "20261127T090000Z"


def test_what_was_cut_short_goes_with_the_next_night(agency, folder):
    for name in ("20261122T020000Z.unfinished", "20261123T080000Z.unfinished"):
        (folder / name / "vault").mkdir(parents=True)

    backup(agency.kept, folder, now=agency.clock.now, nightly=True)

    assert [path.name for path in folder.glob("*.unfinished")] == ["20261123T080000Z.unfinished"]


def test_until_everybody_is_signed_out_a_restore_is_not_done(agency, folder, monkeypatch):
    backup(agency.kept, folder)
    agency.kept.close()
    monkeypatch.setattr(Vault, "end_sessions", lambda *_: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        restore(agency.kept.settings, folder)

    with pytest.raises(SettingsError, match="cut short"):
        hold(agency.kept.settings.home)


def test_there_is_nothing_to_restore_in_an_empty_folder(agency, folder):
    with pytest.raises(BackupError, match="no backup"):
        restore(agency.kept.settings, folder)
