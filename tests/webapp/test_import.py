"""An import from its first look to being taken back: nothing twice, nothing overwritten, nothing lost."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from domain.agency import AgencySettings
from domain.candidate import Details
from tests.agency import Clock, command, open_agency, settings_for
from tests.importing import (
    SAMPLES,
    commit,
    imported,
    looked_at,
    notes_of,
    people,
    rows_of,
    states,
    undone,
)
from webapp import jobs
from webapp.importing import committing, drafts, looking, refused, undoing
from webapp.importing.drafts import ADD, SAME, SKIP
from webapp.work import STOPPED

HEAD = "Name,E-mail,Phone,Place,Works at,Tags,Note,Note: when\n"


@pytest.fixture
def agency(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home"), Clock())
    verbs, by = agency.kept.recruiting, agency.dana
    settings = AgencySettings("Harbour & Lane", "Europe/London", "GB")
    verbs.change_settings(command(agency.olive), agency.kept.views.team.agency().id, settings)
    ada = Details("Ada Byron", ("ada@byron.example",), ("0161 496 0022",), headline="Staff nurse")
    verbs.change_details(command(by), agency.ada, ada)
    verbs.change_details(command(by), agency.bob, Details("Bob Stone", ("bob@marsh.example",)))
    agency.kept.views.catch_up()
    yield agency
    agency.kept.close()


# Who a row is about


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("Ada Byron,ADA@byron.example", "match"),
        ("A. Lovelace,ada@byron.example", "match"),
        ("Ada King,,+44 161 496 0022", "match"),
        (",,0161 496 0022", "match"),
        ("Zoë Quinn,,0161 496 0022", "possible"),
        ("Zoë Quinn,zoe@quinn.example,0161 496 0022", "new"),
        ("ada byron", "possible"),
        ("Ada Byron,,,Leeds,Acme", "possible"),
        ("Ada Byron,other@byron.example", "new"),
        ("Ada Byron,,07700 900115", "new"),
        ("Zoë Quinn", "new"),
        (",zoe@quinn.example", "refused"),
        ("Ada Byron,ada@byron.example;bob@marsh.example", "match"),
        ("Somebody,ada@byron.example;bob@marsh.example", "refused"),
    ],
)
def test_people_are_known_by_address_number_and_name(agency, row, state):
    assert states(agency.kept, looked_at(agency.kept, agency.dana, HEAD + row)) == [state]


def test_a_page_and_an_id_of_another_system_tell_who_it_is(agency):
    head = "Name,Link,Id\n"
    imported(agency.kept, agency.dana, head + "Mara Quill,https://www.linkedin.com/in/mara,7")

    draft = looked_at(agency.kept, agency.dana, head + "M. Q.,http://linkedin.com/in/mara/,\nX,,7\nMara Quill,,8")

    assert states(agency.kept, draft) == ["match", "match", "new"]


def test_the_same_person_twice_in_one_file(agency):
    draft = looked_at(
        agency.kept,
        agency.dana,
        HEAD
        + "Mara Quill,mara@quill.example\nMara,MARA@quill.example,0161 496 0099\nM Q,,+44 161 496 0099\nMara Quill",
    )

    rows = rows_of(agency.kept, draft)
    assert [(row.state, row.same_row) for row in rows] == [
        ("new", None),
        ("match", 1),
        ("possible", 1),
        ("possible", 1),
    ]

    assert commit(agency.kept, draft) == {"added": 1, "changed": 1, "notes": 0, "matched": 1, "refused": 2}
    assert people(agency.kept)["Mara Quill"].phones == ["0161 496 0099"]


@pytest.mark.parametrize(
    ("choice", "figures", "adas"),
    [
        (SKIP, {"refused": 1}, 1),
        (SAME, {"matched": 1, "changed": 1, "notes": 1}, 1),
        (ADD, {"added": 1, "notes": 1}, 2),
    ],
)
def test_perhaps_the_same_is_decided_for_the_import(agency, choice, figures, adas):
    row = "Ada Byron,,,Leeds,,,wants no nights,2026-11-02"

    _, came = imported(agency.kept, agency.dana, HEAD + row, possible=choice)

    assert came == figures
    assert len([row for row in agency.kept.views.directory.page() if row.name == "Ada Byron"]) == adas


def test_two_who_may_both_be_meant_are_left_out_even_then(agency):
    agency.kept.recruiting.add_candidate(command(agency.dana), "Ada Byron")
    agency.kept.views.catch_up()

    _, came = imported(agency.kept, agency.dana, HEAD + "Ada Byron,,,Leeds", possible=SAME)

    assert came == {"refused": 1}


def test_somebody_erased_or_taken_back_is_not_known_any_more(agency):
    agency.kept.erase(agency.ada, None, "asked")
    agency.kept.recruiting.withdraw_candidate(command(agency.dana), agency.bob, "twice")
    agency.kept.views.catch_up()

    draft = looked_at(agency.kept, agency.dana, HEAD + "Ada,ada@byron.example\nBob,bob@marsh.example")

    assert states(agency.kept, draft) == ["new", "new"]


# What a match does


def test_a_match_fills_what_is_empty_and_ours_stays(agency):
    draft = looked_at(
        agency.kept,
        agency.dana,
        "Name,E-mail,Phone,Headline,Place,Tags\n"
        "Ada Lovelace,ada@byron.example;ada@work.example,0161-496-0022;07700 900115,Matron,Leeds,nurse;bench",
    )

    (row,) = rows_of(agency.kept, draft)
    assert [tuple(each) for each in row.shown["adds"]] == [
        ("place", "Leeds"),
        ("e-mail", "ada@work.example"),
        ("phone", "07700 900115"),
        ("tag", "nurse"),
        ("tag", "bench"),
    ]
    assert [tuple(each) for each in row.shown["keeps"]] == [
        ("name", "Ada Byron", "Ada Lovelace"),
        ("headline", "Staff nurse", "Matron"),
    ]

    assert commit(agency.kept, draft)["changed"] == 1
    ada = agency.kept.views.directory.candidate(agency.ada)
    assert (ada.name, ada.headline, ada.place) == ("Ada Byron", "Staff nurse", "Leeds")
    assert ada.emails == ["ada@byron.example", "ada@work.example"]
    assert ada.phones == ["0161 496 0022", "07700 900115"]
    assert ada.tags == ["bench", "nurse"]


def test_notes_are_told_at_their_own_time(agency):
    _, came = imported(agency.kept, agency.dana, SAMPLES / "notes.csv")

    assert came == {"notes": 4, "matched": 4, "refused": 2}
    call, note = notes_of(agency.kept, agency.ada)
    assert (call.happened_at, call.channel, call.direction, call.outcome, call.by) == (
        datetime(2025, 10, 30, 23, 49, tzinfo=UTC),
        "call",
        "out",
        None,
        agency.dana,
    )
    assert (note.happened_at, note.words.splitlines()[-1]) == (
        datetime(2024, 7, 1, 17, 40, tzinfo=UTC),
        "(noted by Marika Ćmiel)",
    )
    assert agency.kept.views.promises.of(agency.ada) == [], "a promise is never made silently"


def test_nobody_merely_imported_waits_to_hear_from_us(agency):
    for name in ("linkedin.csv", "google.csv", "opencats.csv", "contacts.vcf"):
        imported(agency.kept, agency.dana, SAMPLES / name)

    assert agency.kept.views.relationships.waiting_count(agency.clock.now, 7) == 0


def test_whoever_looks_after_them_is_found_on_the_team(agency):
    imported(agency.kept, agency.dana, SAMPLES / "opencats.csv")

    mara, patricia = (people(agency.kept)[name] for name in ("Mara Quill", "Patricia Georges"))
    assert (mara.owner, patricia.owner) == (agency.tom, agency.dana)


def test_a_chat_is_about_one_person(agency):
    draft, came = imported(agency.kept, agency.dana, SAMPLES / "chat.txt")

    assert draft.roles == {"Dana": "us", "Ada Byron": "them"}
    assert came == {"notes": 4, "matched": 4}
    assert [line.direction for line in notes_of(agency.kept, agency.ada)] == ["out", "out", "in", "out"]


def test_a_chat_with_somebody_new_adds_them_once(agency):
    text = (SAMPLES / "chat.txt").read_text().replace("Ada Byron", "Mara Quill")

    _, came = imported(agency.kept, agency.dana, text, name="chat.txt")

    assert came == {"added": 1, "notes": 4, "matched": 3}
    mara = people(agency.kept)["Mara Quill"]
    assert (mara.source, len(notes_of(agency.kept, mara.id))) == ("WhatsApp", 4)


def test_a_note_about_somebody(agency):
    text = "rang this morning\nshe sounded tired"

    _, came = imported(agency.kept, agency.dana, text, name=drafts.PASTED, about="Ada Byron")

    assert came == {"notes": 1, "matched": 1}
    assert notes_of(agency.kept, agency.ada)[0].words == text


# Twice


SAMPLE_FILES = [
    *("linkedin.csv", "google.csv", "google-old.csv", "opencats.csv", "opencats-short.csv", "notes.csv"),
    *("chat.txt", "contacts.vcf", "german.csv", "utf16.tsv", "people.txt"),
]


@pytest.mark.parametrize("name", SAMPLE_FILES)
def test_the_same_file_twice_adds_nothing(agency, name):
    how = {"encoding": "cp1252"} if name == "german.csv" else {}
    how |= {"like": "people"} if name == "people.txt" else {}
    imported(agency.kept, agency.dana, SAMPLES / name, **how)
    before = agency.kept.recruiting.log.end()

    draft, came = imported(agency.kept, agency.dana, SAMPLES / name, **how)

    assert set(came) <= {"matched", "refused"}
    assert (draft.people, draft.notes) == (0, 0), "and the preview says so"
    begun_and_finished = 2
    assert agency.kept.recruiting.log.end() == before + begun_and_finished


def test_a_note_that_was_mended_removed_or_moved_does_not_come_back(agency):
    head = "E-mail,Note,Note created at\n"
    rows = [f"ada@byron.example,word {n},2026-11-0{n} 10:00\n" for n in (1, 2, 3, 4)]
    imported(agency.kept, agency.dana, head + "".join(rows))
    four, three, two, one = notes_of(agency.kept, agency.ada)
    agency.kept.recruiting.correct_touchpoint(command(agency.tom), one.subject, "another word", "")
    agency.kept.redact(two.subject, None, "private")
    agency.kept.move(three.subject, agency.bob, agency.tom)
    agency.kept.recruiting.retract_touchpoint(command(agency.tom), four.subject, "never said")
    agency.kept.views.catch_up()

    _, came = imported(agency.kept, agency.dana, head + "".join(rows))

    assert came == {"matched": 4, "notes": 1}, "only what was taken back may be said anew"


# Refused rows


def test_rows_that_were_not_taken_come_back_as_a_file_that_can_be_mended(agency, tmp_path):
    draft, came = imported(
        agency.kept, agency.dana, HEAD + ',,+44 7700 900115,=1+1,,,"a, b",\nMax Power,max@power.example'
    )

    assert came == {"added": 1, "refused": 1}
    file = drafts.refused_file(agency.kept, draft.id)
    text = file.read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == (
        ',,\'+44 7700 900115,\'=1+1,,,"a, b",,"There is no name, and nobody here has +44 7700 900115."'
    )

    mended = text.replace("\n,,'", "\nMara Quill,,'", 1)
    _, came = imported(agency.kept, agency.dana, mended)

    assert came == {"added": 1, "notes": 1}
    mara = people(agency.kept)["Mara Quill"]
    assert (mara.phone, mara.place) == ("+44 7700 900115", "=1+1")


def test_without_such_rows_there_is_no_file(agency):
    draft, _ = imported(agency.kept, agency.dana, HEAD + "Max Power,max@power.example")

    assert not drafts.refused_file(agency.kept, draft.id).exists()
    assert list(refused.first(drafts.refused_file(agency.kept, draft.id), 5)) == []


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "'=1", "＝1"])
def test_no_cell_is_a_formula(cell):
    assert refused.harmless(cell).startswith("'")


# The matching of columns


def test_columns_are_matched_once(agency):
    content = "Wer,Womit,Gedanke\nMara Quill,mara@quill.example,will wechseln\n"
    draft = looked_at(agency.kept, agency.dana, content, targets=["name", "email", "note"])
    looking.save_columns(agency.kept, draft)

    again = looked_at(agency.kept, agency.tom, "Gedanke;WER;Womit\nhm;Otto;otto@berg.example\n")

    assert (again.targets, again.is_saved) == (["note", "name", "email"], True)
    assert states(agency.kept, again) == ["new"]


# Worn paths and broken ones


def test_an_import_is_a_fact_without_anybody_s_words(agency):
    draft, _ = imported(agency.kept, agency.dana, SAMPLES / "linkedin.csv")

    row = agency.kept.views.imports.one_of(draft.id)
    assert (row.kind, row.rows, row.by, row.added, row.notes, row.refused) == ("linkedin", 8, agency.dana, 7, 7, 1)
    assert agency.kept.work.job(draft.id).detail.keys() == set(committing.FIGURES)


def test_the_uploaded_file_is_gone_afterwards(agency):
    draft, _ = imported(agency.kept, agency.dana, HEAD + "Max Power,max@power.example")

    home = agency.kept.settings.home
    agency.kept.tidy()
    holding = [file for file in home.rglob("*") if file.is_file() and b"max@power.example" in file.read_bytes()]
    assert [file.name for file in holding] == ["views.db"]
    assert draft.id


def test_an_erasure_takes_uploads_with_it(agency):
    draft = looked_at(agency.kept, agency.dana, HEAD + "Max Power,max@power.example")
    _, came = imported(agency.kept, agency.dana, HEAD + ",no@name.example")
    assert came == {"refused": 1}

    drafts.forget_all(agency.kept)

    assert drafts.load(agency.kept, draft.id) is None
    assert list((agency.kept.settings.home / "uploads").iterdir()) == []


def test_the_same_upload_sent_twice_is_one(agency):
    sent = [HEAD.encode() + b"Max Power"]

    first = drafts.begin(agency.kept, agency.bob, agency.dana, "a.csv", sent)
    second = drafts.begin(agency.kept, agency.bob, agency.dana, "a.csv", sent)

    assert first.id == second.id


def test_a_stopped_import_ends_with_what_is_done(agency, monkeypatch):
    monkeypatch.setattr(committing, "BATCH", 2)
    draft = looked_at(agency.kept, agency.dana, HEAD + "".join(f"Person {n}\n" for n in range(8)))
    progress = agency.kept.work.progress

    def stopped_by_a_person(id, done, total, **detail):
        told = progress(id, done, total, **detail)
        if done == 4:
            agency.kept.work.end_job(id, STOPPED)
        return told

    monkeypatch.setattr(agency.kept.work, "progress", stopped_by_a_person)
    committing.begin(agency.kept, draft)
    jobs.run_jobs(agency.kept)

    row = agency.kept.views.imports.one_of(draft.id)
    assert (row.added, agency.kept.work.job(draft.id).state) == (6, STOPPED)
    assert undone(agency.kept, draft) == {"removed": 6}


class Killed(BaseException):
    """As if by SIGKILL: nothing after it is done."""


@pytest.mark.parametrize("after", [1, 2, 3, 5, 8, 13])
def test_a_worker_that_is_killed_in_the_middle_of_a_row_records_nothing_twice(agency, monkeypatch, after):
    monkeypatch.setattr(committing, "BATCH", 3)
    rows = [f"Person {n},p{n}@example.com,,Leeds,,nurse,word {n},2026-11-02 10:0{n}\n" for n in range(5)]
    rows += ["Person 0 again,P0@example.com,0161 496 0031,,Acme,bench,word 0,2026-11-02 10:00\n"]
    draft = looked_at(agency.kept, agency.dana, HEAD + "".join(rows))
    committing.begin(agency.kept, draft)
    record, left = agency.kept.recruiting.record, [after]

    def killed_after(command, *streams):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return record(command, *streams)

    monkeypatch.setattr(agency.kept.recruiting, "record", killed_after)
    job = agency.kept.work.next_job("import", 30)
    with pytest.raises(Killed):
        committing.commit(agency.kept, job)
    monkeypatch.undo()
    agency.clock.on(minutes=1)
    jobs.run_jobs(agency.kept)

    row = agency.kept.views.imports.one_of(draft.id)
    assert (row.added, row.changed, row.matched, row.notes, row.refused) == (5, 1, 1, 5, 0)
    here = people(agency.kept)
    assert len(here) == 2 + 5
    assert (here["Person 0"].works_at, here["Person 0"].tags) == ("Acme", ["bench", "nurse"])
    assert [len(notes_of(agency.kept, here[f"Person {n}"].id)) for n in range(5)] == [1] * 5


# Undo


def test_undo_leaves_everything_as_it_was(agency):
    before = [
        (row.name, row.emails, row.phones, row.headline, row.place, row.works_at, row.link, row.tags)
        for row in agency.kept.views.directory.page()
    ]
    done = [
        imported(agency.kept, agency.dana, SAMPLES / name, encoding="cp1252" if name == "german.csv" else "utf-8-sig")[
            0
        ]
        for name in (
            "linkedin.csv",
            "google.csv",
            "opencats.csv",
            "notes.csv",
            "german.csv",
            "contacts.vcf",
            "chat.txt",
        )
    ]
    assert len(people(agency.kept)) > 10

    figures = [undone(agency.kept, draft) for draft in reversed(done)]

    assert all("stayed" not in each for each in figures)
    agency.kept.views.catch_up()
    after = agency.kept.views.directory.page()
    assert before == [
        (row.name, row.emails, row.phones, row.headline, row.place, row.works_at, row.link, row.tags) for row in after
    ]
    assert notes_of(agency.kept, agency.ada) == []


def test_whoever_somebody_has_written_about_stays(agency):
    names = ("Noted", "Promised", "Changed", "Tagged", "Handed", "Untouched")
    draft, _ = imported(agency.kept, agency.dana, HEAD + "".join(f"{name},{name}@example.com\n" for name in names))
    here, verbs, by = people(agency.kept), agency.kept.recruiting, agency.tom
    agency.note("rang", here["Noted"].id)
    agency.promise("Send the rate", here["Promised"].id)
    verbs.change_details(command(by), here["Changed"].id, Details("Changed", ("other@example.com",)))
    verbs.tag_candidate(command(by), here["Tagged"].id, ["nurse"])
    verbs.assign_owner(command(by), here["Handed"].id, agency.tom)
    agency.kept.views.catch_up()

    assert undone(agency.kept, draft) == {"removed": 1, "stayed": 5}

    assert set(people(agency.kept)) == {"Ada Byron", "Bob Stone", *names} - {"Untouched"}
    stayed = agency.kept.work.job(undoing.undo_job(draft.id)).detail["stayed"]
    assert set(stayed) == {str(here[name].id) for name in names[:-1]}


def test_what_was_changed_since_is_not_restored(agency):
    row = "Ada Byron,ada@byron.example;ada@work.example,,Leeds,Acme,nurse;bench"
    draft, _ = imported(agency.kept, agency.dana, HEAD + row)
    ada = Details(
        "Ada Byron", ("ada@work.example", "ada@new.example"), ("0161 496 0022",), "Staff nurse", "York", "Acme"
    )
    agency.kept.recruiting.change_details(command(agency.tom), agency.ada, ada)
    agency.kept.recruiting.untag_candidate(command(agency.tom), agency.ada, ["bench"])
    agency.kept.recruiting.tag_candidate(command(agency.tom), agency.ada, ["leeds"])

    assert undone(agency.kept, draft) == {"restored": 1}

    here = agency.kept.views.directory.candidate(agency.ada)
    assert (here.place, here.works_at, here.emails, here.tags) == ("York", "", ["ada@new.example"], ["leeds"])


def test_a_note_that_somebody_mended_stays(agency):
    draft, _ = imported(agency.kept, agency.dana, SAMPLES / "notes.csv")
    mended, _ = notes_of(agency.kept, agency.ada)
    agency.kept.recruiting.correct_touchpoint(command(agency.tom), mended.subject, "better words", "")
    agency.kept.views.catch_up()

    assert undone(agency.kept, draft) == {"retracted": 3}

    assert [line.words for line in notes_of(agency.kept, agency.ada)] == ["better words"]


def test_the_file_can_be_imported_again_afterwards(agency):
    first, came = imported(agency.kept, agency.dana, SAMPLES / "linkedin.csv")
    undone(agency.kept, first)

    _, again = imported(agency.kept, agency.dana, SAMPLES / "linkedin.csv")

    assert again == came == {"added": 7, "notes": 7, "refused": 1}


@pytest.mark.parametrize("after", [1, 2, 4, 7])
def test_an_undo_that_is_killed_goes_on(agency, monkeypatch, after):
    rows = "Mara Quill,mara@quill.example,,Leeds,,,word,2026-11-02\n"
    rows += "Ada,ada@byron.example,,Leeds,Acme,nurse,word,2026-11-03\n"
    draft, _ = imported(agency.kept, agency.dana, HEAD + rows)
    undoing.begin(agency.kept, draft.id, agency.olive)
    record, left = agency.kept.recruiting.record, [after - 1]

    def killed_after(command, *streams):
        if not left[0]:
            raise Killed
        left[0] -= 1
        return record(command, *streams)

    monkeypatch.setattr(agency.kept.recruiting, "record", killed_after)
    job = agency.kept.work.next_job("import undo", 30)
    if after < 6:
        with pytest.raises(Killed):
            undoing.undo(agency.kept, job)
    monkeypatch.undo()
    agency.clock.on(minutes=1)
    jobs.run_jobs(agency.kept)

    row = agency.kept.views.imports.one_of(draft.id)
    assert (row.removed, row.restored, row.retracted, row.stayed, row.undone_by) == (1, 1, 2, 0, agency.olive)
    ada = agency.kept.views.directory.candidate(agency.ada)
    assert (ada.place, ada.works_at, ada.tags) == ("", "", [])


def test_an_import_whose_people_were_erased_can_be_undone(agency):
    draft, _ = imported(agency.kept, agency.dana, SAMPLES / "linkedin.csv")
    agency.kept.erase(people(agency.kept)["Otto Świech"].id, None, "asked")

    assert undone(agency.kept, draft)["removed"] == 6
    assert agency.kept.views.check() == []


def test_a_look_by_the_worker(agency, monkeypatch):
    monkeypatch.setattr(looking, "AT_ONCE", 10)
    draft = drafts.begin(agency.kept, agency.bob, agency.dana, "a.csv", [(HEAD + "Max Power\n").encode()])
    assert not looking.is_quick(draft)

    looking.look_later(agency.kept, draft)
    jobs.run_jobs(agency.kept)

    looked = drafts.load(agency.kept, draft.id)
    assert (looked.is_ready, looked.rows, looked.people) == (True, 1, 1)


def test_a_look_that_fails_says_why(agency):
    draft = drafts.begin(agency.kept, agency.bob, agency.dana, "a.csv", [b'Name,Note\nMax,"never closed\n'])

    looking.look_later(agency.kept, draft)
    jobs.run_jobs(agency.kept)

    looked = drafts.load(agency.kept, draft.id)
    assert (looked.is_ready, "never closed" in looked.trouble) == (False, True)


def test_a_thousand_people_of_one_name_are_looked_at_quickly(agency):
    rows = "".join(f"John Smith,j{n}@example.com\n" for n in range(1500))

    draft = looked_at(agency.kept, agency.dana, HEAD + rows)

    with closing(drafts.sheet(agency.kept, draft)) as sheet:
        assert sheet.counts() == {"new": 1500, "match": 0, "possible": 0, "refused": 0}
