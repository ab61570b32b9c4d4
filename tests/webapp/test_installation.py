from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from agency import MONDAY, ZONE, Agency, Clock, command, open_agency

from domain.due import Due
from domain.promise import NewPromise
from domain.refusal import NotFound, Refused
from projections.timeline import Timeline
from webapp import jobs
from webapp.installation import Installation
from webapp.settings import Settings

SECRET = "Zanzibar-Quicksilver"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "instance", backups=tmp_path / "backups")


@pytest.fixture
def agency(settings: Settings) -> Iterator[Agency]:
    with closing_agency(settings) as agency:
        yield agency


@contextmanager
def closing_agency(settings: Settings) -> Iterator[Agency]:
    agency = open_agency(settings, Clock())
    try:
        yield agency
    finally:
        agency.kept.close()


def reopened(settings: Settings) -> closing[Installation]:
    return closing(Installation.open(settings, clock=lambda: MONDAY))


def erasures(folder: Path) -> list[str]:
    return (folder / "erasures.txt").read_text().splitlines()


def files_with(words: bytes, folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and words in file.read_bytes()]


def words_of(kept: Installation, touchpoint: UUID) -> str | None:
    kept.views.catch_up()
    words: str | None = kept.views.timeline.entry(touchpoint).words
    return words


def test_an_erased_person_leaves_no_word_in_any_file(agency: Agency) -> None:
    kept = agency.kept
    agency.note(f"She said {SECRET}.")
    key = kept.vault.key(agency.ada)
    kept.views.catch_up()
    assert files_with(SECRET.encode(), kept.settings.home)

    kept.erase(agency.ada, agency.olive, "asked")

    assert kept.views.directory.candidate(agency.ada).name is None
    assert kept.views.directory.candidate(agency.bob).name
    for words in (SECRET.encode(), SECRET.casefold().encode(), key):
        assert files_with(words, kept.settings.home) == []
    assert erasures(kept.settings.home) == [f"candidate {agency.ada} asked"]


def test_an_erased_person_leaves_no_word_in_what_was_cut_short(agency: Agency) -> None:
    kept = agency.kept
    home = kept.settings.home
    agency.note(f"She said {SECRET}.")
    kept.views.catch_up()
    (home / "check-abc").mkdir()
    for source, copy in (("views.db-wal", "check-abc/views.db"), ("views.db-wal", "events.db.new")):
        shutil.copyfile(home / source, home / copy)
    assert files_with(SECRET.encode(), home / "check-abc")

    kept.erase(agency.ada, agency.olive, "asked")

    assert files_with(SECRET.encode(), home) == []


def test_an_erased_person_leaves_no_word_in_a_view_that_is_stuck(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = agency.kept
    agency.note(f"She said {SECRET}.")
    kept.views.catch_up()
    with monkeypatch.context() as broken:
        broken.setattr(Timeline, "_line", lambda *_, **__: 1 // 0)
        touchpoint = agency.note("This breaks it.", agency.bob)
        kept.views.catch_up()
        assert kept.views.stuck == ["timeline"]

        kept.erase(agency.ada, agency.olive, "asked")

    assert files_with(SECRET.encode(), kept.settings.home) == []
    kept.views.catch_up()
    assert kept.views.timeline.entry(touchpoint)
    assert kept.views.check() == []


def test_erasing_twice_is_refused_and_listed_once(agency: Agency) -> None:
    agency.kept.erase(agency.ada, agency.olive, "asked")

    with pytest.raises(Refused):
        agency.kept.erase(agency.ada, agency.olive, "mistake")

    assert len(erasures(agency.kept.settings.home)) == 1


def test_what_is_refused_is_never_listed(agency: Agency) -> None:
    kept, note = agency.kept, agency.note("Hello")
    for refused in (
        lambda: kept.erase(agency.ada, agency.olive, "because"),
        lambda: kept.redact(note, agency.olive, " "),
        lambda: kept.erase(uuid4(), agency.olive, "asked"),
        lambda: kept.redact(agency.ada, agency.olive, "wrong person"),
    ):
        with pytest.raises((Refused, NotFound)):
            refused()

    assert not (kept.settings.home / "erasures.txt").exists()


def test_one_redacted_note_is_gone_alone(agency: Agency) -> None:
    kept = agency.kept
    gone, stays = agency.note(f"She said {SECRET}."), agency.note("She said hello.")

    kept.redact(gone, agency.olive, "Not ours to keep")

    assert words_of(kept, gone) is None
    assert words_of(kept, stays) == "She said hello."
    assert files_with(SECRET.encode(), kept.settings.home) == []
    assert erasures(kept.settings.home) == [f"touchpoint {gone}"]


def test_an_erased_person_leaves_no_word_in_a_file_that_was_only_looked_at(agency: Agency) -> None:
    upload = agency.kept.settings.home / "uploads" / str(uuid4())
    upload.mkdir(parents=True)
    (upload / "source").write_text(f"Ada,{SECRET}")

    agency.kept.erase(agency.ada, agency.olive, "asked")

    assert files_with(SECRET.encode(), agency.kept.settings.home) == []


def test_a_contact_is_erased_as_a_candidate_is(settings: Settings, tmp_path: Path) -> None:
    settings.backups.mkdir()
    with closing_agency(settings) as agency:
        kept = agency.kept
        contact = kept.recruiting.add_contact(command(agency.dana), SECRET, "Cabot & Lyle").streams[0]
        kept.views.catch_up()
        kept.tidy()
        yesterday = shutil.copytree(settings.home, tmp_path / "yesterday")

        kept.erase_contact(contact, agency.olive, "asked")

        assert files_with(SECRET.encode(), settings.home) == []
        assert erasures(settings.home) == [f"contact {contact} asked"]
        with pytest.raises(Refused):
            kept.erase_contact(contact, agency.olive, "asked")
    shutil.rmtree(settings.home)
    shutil.copytree(yesterday, settings.home)
    with reopened(settings) as kept:
        assert kept.views.contacts.contact(contact).name is None
    assert files_with(SECRET.encode(), settings.home) == []


# Moved to the right person


def test_what_was_about_somebody_else_is_told_there_and_gone_here(agency: Agency) -> None:
    kept, note = agency.kept, agency.note(f"She said {SECRET}.")

    there = kept.move(note, agency.bob, agency.dana, "Wrong person").streams[0]
    jobs.run_jobs(kept)

    assert words_of(kept, note) is None
    assert words_of(kept, there) == f"She said {SECRET}."
    assert kept.views.timeline.entry(there).candidate == agency.bob
    assert erasures(kept.settings.home) == [f"moved {note} {agency.bob} {agency.dana}"]
    kept.erase(agency.bob, agency.olive, "asked")
    assert files_with(SECRET.encode(), kept.settings.home) == []


def test_moving_twice_moves_once(agency: Agency) -> None:
    kept, note = agency.kept, agency.note("Hello")
    first = kept.move(note, agency.bob, agency.dana, "Wrong person")

    again = kept.move(note, agency.bob, agency.dana, "Wrong person")

    assert again.streams == first.streams
    assert again.repeated
    eve = kept.recruiting.add_candidate(command(agency.dana), "Eve").streams[0]
    with pytest.raises(Refused, match="was moved to somebody else"):
        kept.move(note, eve, agency.dana, "Wrong person")
    assert len(erasures(kept.settings.home)) == 1


def test_a_move_that_is_refused_is_never_listed(agency: Agency) -> None:
    kept, note = agency.kept, agency.note("Hello")
    kept.erase(agency.bob, None, "asked")
    listed = erasures(kept.settings.home)

    for to, what in ((agency.ada, note), (agency.bob, note), (uuid4(), note), (agency.ada, uuid4())):
        with pytest.raises((Refused, NotFound)):
            kept.move(what, to, agency.dana, "")

    assert erasures(kept.settings.home) == listed


def test_a_move_cut_short_is_finished_at_the_next_start(settings: Settings) -> None:
    with closing_agency(settings) as agency:
        note = agency.note("Hello")
        agency.kept._list(f"moved {note} {agency.bob} {agency.dana}")

    for _ in range(2):
        with reopened(settings) as kept:
            assert words_of(kept, note) is None
            (there,) = (line for line in kept.views.timeline.of(agency.bob) if line.what == "recorded")
            assert there.words == "Hello"
            end = kept.recruiting.log.end()
    with reopened(settings) as kept:
        assert kept.recruiting.log.end() == end


@pytest.mark.parametrize("known", [True, False], ids=["to somebody known then", "to somebody of later"])
def test_what_was_moved_stays_away_after_yesterdays_files_come_back(
    settings: Settings, tmp_path: Path, known: bool
) -> None:
    settings.backups.mkdir()
    with closing_agency(settings) as agency:
        kept = agency.kept
        words = NewPromise(f"Send {SECRET}", Due(MONDAY.date(), None, ZONE), agency.dana)
        record = kept.recruiting.record_touchpoint
        recorded = record(command(agency.dana), agency.ada, "note", "internal", None, None, f"{SECRET}.", words)
        note, promise = recorded.streams
        kept.views.catch_up()
        kept.tidy()
        yesterday = shutil.copytree(settings.home, tmp_path / "yesterday")
        eve = kept.recruiting.add_candidate(command(agency.dana), "Eve").streams[0]
        kept.move(note, agency.bob if known else eve, agency.dana, "Wrong person")
    shutil.rmtree(settings.home)
    shutil.copytree(yesterday, settings.home)

    with reopened(settings) as kept:
        assert words_of(kept, note) is None
        assert kept.views.promises.promise(promise).words is None
        moved = [line.words for line in kept.views.timeline.of(agency.bob) if line.what == "recorded"]
        assert moved == ([f"{SECRET}."] if known else [])
    if not known:
        assert files_with(SECRET.encode(), settings.home) == []


def test_erasures_are_also_listed_beside_the_backups(agency: Agency) -> None:
    agency.kept.settings.backups.mkdir()

    agency.kept.erase(agency.ada, agency.olive, "asked")

    assert erasures(agency.kept.settings.backups) == erasures(agency.kept.settings.home)


@pytest.mark.parametrize("step", ["listed", "key destroyed"])
def test_an_erasure_cut_short_is_finished_at_the_next_start(settings: Settings, step: str) -> None:
    with closing_agency(settings) as agency:
        agency.note(SECRET)
        agency.kept._list(f"candidate {agency.ada} retention")
        if step == "key destroyed":
            agency.kept.vault.forget(agency.ada)

    with reopened(settings) as kept:
        assert kept.views.directory.candidate(agency.ada).erased_at == MONDAY
        assert kept.vault.key(agency.ada) is None
        end = kept.recruiting.log.end()
    assert files_with(SECRET.encode(), settings.home) == []
    with reopened(settings) as kept:
        assert kept.recruiting.log.end() == end


def test_what_was_forgotten_stays_forgotten_after_yesterdays_files_come_back(
    settings: Settings, tmp_path: Path
) -> None:
    settings.backups.mkdir()
    with closing_agency(settings) as agency:
        redacted, kept_note = agency.note("Private"), agency.note("Hello", to=agency.bob)
        other = agency.note("Also private", to=agency.bob)
        agency.kept.tidy()
        yesterday = shutil.copytree(settings.home, tmp_path / "yesterday")
        agency.kept.erase(agency.ada, agency.olive, "asked")
        agency.kept.redact(other, agency.olive, "Not ours to keep")
    shutil.rmtree(settings.home)
    shutil.copytree(yesterday, settings.home)

    with reopened(settings) as kept:
        assert kept.vault.key(agency.ada) is None
        assert kept.views.directory.candidate(agency.ada).name is None
        assert words_of(kept, redacted) is None
        assert words_of(kept, other) is None
        assert words_of(kept, kept_note) == "Hello"
        assert erasures(settings.home) == erasures(settings.backups)


def test_half_a_line_in_the_list_stops_nobody_and_spoils_no_other(settings: Settings) -> None:
    with closing_agency(settings) as agency:
        (settings.home / "erasures.txt").write_text("\0\0\n" + f"candidate {uuid4()}"[:20])
    with reopened(settings) as kept:
        kept.erase(agency.ada, None, "asked")
    with reopened(settings) as kept:
        assert kept.views.directory.candidate(agency.ada).name is None
    assert erasures(settings.home)[-1] == f"candidate {agency.ada} asked"


def test_a_list_from_another_time_stops_nobody(settings: Settings) -> None:
    with closing_agency(settings):
        pass
    (settings.home / "erasures.txt").write_text(f"candidate {uuid4()} asked\ntouchpoint {uuid4()}\n\n")

    with reopened(settings) as kept:
        assert kept.views.team.agency()


def test_alone_means_alone(agency: Agency) -> None:
    from threading import Thread

    told: list[str] = []

    def other() -> None:
        with agency.kept.alone("setup"):
            told.append("other")

    with agency.kept.alone("setup"):
        thread = Thread(target=other)
        thread.start()
        thread.join(0.1)
        told.append("first")
    thread.join()

    assert told == ["first", "other"]
