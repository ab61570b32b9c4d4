"""`kept import` from a shell."""

from __future__ import annotations

import json

import pytest

from tests.agency import Clock, command, open_agency, settings_for
from tests.importing import SAMPLES
from webapp.cli import main
from webapp.installation import Installation


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def agency(home):
    """It is closed already: each command opens the stores itself."""
    agency = open_agency(settings_for(home), Clock())
    invited = agency.kept.recruiting.invite_recruiter
    invited(command(agency.olive), "Aude", "aude@example.com", "auditor")
    agency.kept.views.catch_up()
    agency.kept.close()
    return agency


def names(home) -> set[str]:
    kept = Installation.open(settings_for(home))
    kept.views.catch_up()
    try:
        return {row.name for row in kept.views.directory.page()}
    finally:
        kept.close()


BY = ["--by", "dana@example.com"]


def test_a_dry_run_tells_and_does_nothing(home, capsys):
    assert main(["import", str(SAMPLES / "linkedin.csv"), "--dry-run"]) == 0

    said = capsys.readouterr().out
    assert "linkedin.csv: LinkedIn Connections, UTF-8, 8 rows" in said
    assert "7 new, 0 here already, 0 perhaps here already, 1 not read, 7 notes" in said
    assert "line 8: There is no name" in said
    assert names(home) == {"Ada Byron", "Bob Stone"}
    assert list((home / "uploads").iterdir()) == []


def test_an_import(home, capsys):
    assert main(["import", str(SAMPLES / "linkedin.csv"), *BY]) == 0

    said = capsys.readouterr().out
    assert "7 added, 0 changed, 7 notes, 0 matched, 1 refused" in said
    assert "refused.csv" in said
    assert "Otto Świech" in names(home)


def test_an_encoding_has_to_be_named(home, capsys):
    assert main(["import", str(SAMPLES / "german.csv"), *BY]) == 1
    assert "Jörg;Müller" in capsys.readouterr().err

    assert main(["import", str(SAMPLES / "german.csv"), "--encoding", "latin-1", *BY]) == 0
    assert "Jörg Müller" in names(home)


def test_columns_are_matched_by_words_or_by_a_file(home, tmp_path, capsys):
    (tmp_path / "a.csv").write_text("Wer,Womit\nMara Quill,mara@quill.example\n")
    (tmp_path / "b.json").write_text(json.dumps({"Wer": "name", "Womit": "leave"}))

    assert main(["import", str(tmp_path / "a.csv"), "--mapping", "Wer=name,Womit=email", "--dry-run"]) == 0
    assert "1 new" in capsys.readouterr().out
    assert main(["import", str(tmp_path / "a.csv"), "--mapping", str(tmp_path / "b.json"), *BY]) == 0
    assert "Mara Quill" in names(home)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([str(SAMPLES / "linkedin.csv")], "Say who imports this"),
        ([str(SAMPLES / "linkedin.csv"), "--by", "aude@example.com"], "Auditors may read everything"),
        ([str(SAMPLES / "linkedin.csv"), "--by", "nobody@example.com"], "Nobody on the team"),
        ([str(SAMPLES / "linkedin.csv"), "--mapping", "Shoe size=email", *BY], "There is no column “Shoe size”"),
        ([str(SAMPLES / "linkedin.csv"), "--mapping", "URL=shoes", *BY], "cannot become “shoes”"),
        ([str(SAMPLES / "linkedin.csv"), "--mapping", "nonsense", *BY], "--mapping is to look like"),
        ([str(SAMPLES / "linkedin.csv"), "--encoding", "zip", *BY], "does not know the encoding"),
        ([str(SAMPLES / "nowhere.csv"), *BY], "No such file"),
        ([str(SAMPLES), *BY], "Is a directory"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(home, capsys, words, sentence):
    assert main(["import", *words]) == 1

    assert sentence in capsys.readouterr().err
    uploads = home / "uploads"
    assert not uploads.exists() or not list(uploads.iterdir())


def test_perhaps_is_decided_in_the_shell(home, tmp_path, capsys):
    (tmp_path / "a.csv").write_text("Name,Place\nAda Byron,Leeds\n")

    assert main(["import", str(tmp_path / "a.csv"), "--possible", "same", *BY]) == 0

    assert "0 added, 1 changed, 0 notes, 1 matched, 0 refused" in capsys.readouterr().out
