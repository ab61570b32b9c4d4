"""From bytes to lines: any file is text in a known encoding, or one sentence; in bounded memory and time."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.refusal import Refused
from webapp.importing import cards, chats, reading, sources, tables
from webapp.importing.formats import FORMATS, NOTE, PEOPLE
from webapp.importing.sources import shape_of

SAMPLES = Path(__file__).parents[1] / "samples"


def written(folder: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    file = folder / "source"
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return file


def rows(file: Path, encoding: str = "utf-8", **how: object) -> list[list[str]]:
    return [row.cells for row in sources.rows(file, shape_of(file, encoding, **how))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_that_says_what_it_is_written_in_is_read_at_once(tmp_path, encoding):
    file = written(tmp_path, "Name,Place\nŁukasz,Łódź\n", encoding)

    proven = reading.encoding_of(file)

    assert proven == encoding
    assert rows(file, proven) == [["Łukasz", "Łódź"]]


def test_nothing_else_is_guessed_but_shown_in_every_way_it_could_be_meant():
    file = SAMPLES / "german.csv"

    assert reading.encoding_of(file) is None

    choices = reading.choices(file)
    assert "Jörg;Müller;joerg@mueller.example" in choices["cp1252"][0]
    assert next(iter(choices)) == "cp1252"
    assert len({tuple(lines) for lines in choices.values()}) == len(choices), "no two choices look the same"


def test_utf_16_without_its_mark_is_asked_for(tmp_path):
    file = written(tmp_path, "Name,Place\nŁukasz,Łódź\n", "utf-16-be")

    assert reading.encoding_of(file) is None

    assert reading.choices(file) == {"utf-16-be": ["Name,Place", "Łukasz,Łódź"]}


@pytest.mark.parametrize(
    ("name", "known"), [("latin-1", "iso8859-1"), ("CP1252", "cp1252"), ("windows-1250", "cp1250"), ("utf8", "utf-8")]
)
def test_an_encoding_has_many_names(name, known):
    assert reading.chosen(name) == known


@pytest.mark.parametrize("name", ["zip", "rot13", "idna", "no such thing", "", "unicode_escape"])
def test_what_is_no_encoding_of_a_file_is_refused(name):
    with pytest.raises(Refused, match="does not know the encoding"):
        reading.chosen(name)


def test_a_wrong_choice_is_one_sentence(tmp_path):
    file = written(tmp_path, "Name\nŁukasz\n", "cp1250")

    with pytest.raises(Refused, match="Not all of this file can be read as UTF-8"):
        list(reading.lines(file, "utf-8"))


def packed(name: str = "people.csv") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "0" * 10_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in this file."),
        (packed(), "zip archive"),
        (packed("[Content_Types].xml"), "Excel workbook"),
        (gzip.compress(b"Name\n" * 10**6), "compressed file"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"SQLite format 3\0" + bytes(100), "database"),
        (b"Name,Place\nAda\0,Leeds\n", "not a text file"),
        (bytes(range(256)) * 100, "not a text file"),
        (bytes(10_000), "not a text file"),
    ],
)
def test_what_is_no_list_is_one_sentence(tmp_path, content, sentence):
    with pytest.raises(Refused, match=sentence):
        reading.encoding_of(written(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Name," + b"," * 10**6 + b"\nAda\n", "longer than 1,000,000 characters"),
        (b"Name" + b"," * 600 + b"\nAda\n", "601 columns, and at most 500"),
        (b'Name,Note\nAda,"' + b"x" * 2_000_000 + b'"\n', "longer than 1,000,000 characters"),
        (b"Name,Note\nAda," + b"x" * 200_000 + b"\n", "more than 100,000 characters"),
        (b'Name,Note\nAda,"said so\n' + b"Bob,more\n" * 20_000, "line 2 .* never closed"),
        (b'Name,Note\nAda,"said so\nBob,more\n', "line 2, and never closed"),
        (b"Name,Note\n" + b"\n" * 30_000, "more than 20,000 lines"),
        (b"Name,E-mail\n" + b"A,a@b.c\n" * 2_001, "more than 2,000 rows"),
        (b'"' * 2_000_000, "longer than 1,000,000 characters"),
        (b",\n" * 30_000, "more than 2,000 rows"),
        (b"\n" * 30, "no rows"),
        (b"BEGIN:VCARD\nNOTE:" + b"x" * 2_000_000, "longer than 1,000,000 characters"),
        (b"BEGIN:VCARD\n" * 2_001, "more than 2,000 cards"),
        (b"[1/7/26 12:34] Ada: hi\n" * 2_001, "more than 2,000 messages"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bomb_is_one_sentence(tmp_path, monkeypatch, content, sentence):
    """With smaller limits than are true; tests/torture/test_import.py tries the true ones, and measures them."""
    monkeypatch.setattr(reading, "MOST_LINES", 20_000)
    for module in (tables, cards, chats):
        monkeypatch.setattr(module, "MOST_ROWS", 2_000)
    file = written(tmp_path, content)

    with pytest.raises(Refused, match=sentence):
        for _ in sources.rows(file, shape_of(file, "utf-8"), roles={"Ada": "them"}):
            pass


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    with pytest.raises(Refused, match="at most 25 MB"):
        reading.encoding_of(written(tmp_path, bytes(25_000_001)))


NAMES = ["Name", "E-mail", "Note", "Vorname", "First Name", "Connected On", "=1+1", "", '"', "x" * 50]
CELLS = st.one_of(st.sampled_from(NAMES), st.text(max_size=8))
TABLES = st.builds(
    lambda separator, rows, end: end.join(separator.join(row) for row in rows),
    st.sampled_from([",", ";", "\t", "|"]),
    st.lists(st.lists(CELLS, max_size=6), max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
CARDS = st.lists(
    st.sampled_from(
        ["BEGIN:VCARD", "END:VCARD", "FN:Ada", "N:;;;", " folded", "NOTE;ENCODING=QUOTED-PRINTABLE:=C3=", "x"]
    )
    | st.text(max_size=8)
).map("\n".join)
CHATS = st.lists(
    st.sampled_from(["[2026/07/01 12:34:56] Ada: hi", "13/7/26, 12:34 - Ada: x", "[1/1/1 1:1] : ", "more"])
    | st.text(max_size=8)
).map("\n".join)
TEXTS = TABLES | CARDS | CHATS | st.text(max_size=200)
FILES = st.binary(max_size=400) | st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    TEXTS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le"]),
)


@settings(max_examples=200)
@given(FILES, st.booleans(), st.sampled_from([None, *FORMATS]), st.sampled_from([None, True, False]))
def test_any_bytes_are_rows_or_a_sentence(tmp_path_factory, content, is_pasted, like, headed):
    file = written(tmp_path_factory.getbasetemp(), content)

    why, found = "", []
    try:
        encoding = reading.encoding_of(file) or next(iter(reading.choices(file)), None)
        if encoding is None:
            return
        shape = shape_of(file, encoding, is_pasted=is_pasted, like=like, headed=headed)
        found = list(sources.rows(file, shape, about="Ada", roles={"Ada": "them"}))
    except Refused as refused:
        why = refused.sentence

    assert not why or re.match(r"[A-Z“].*[.!?:]", why)
    assert all(len(row.cells) == len(shape.headers) for row in found)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_columns(tmp_path, separator):
    text = f"Name{separator}E-mail{separator}Note\nAda{separator}ada@byron.example{separator}a, b; c\n"
    if separator in ",;":
        text = text.replace("a, b; c", '"a, b; c"')

    assert rows(written(tmp_path, text)) == [["Ada", "ada@byron.example", "a, b; c"]]


def test_excel_may_say_which_separator_it_took(tmp_path):
    assert rows(written(tmp_path, "sep=;\nName;Place\nAda;Leeds\n")) == [["Ada", "Leeds"]]


def test_a_header_is_found_below_a_preamble(tmp_path):
    file = written(tmp_path, 'Notes:\n"a long one, with commas"\n\nFirst Name,Last Name,Connected On\nAda,Byron,\n')

    assert rows(file) == [["Ada", "Byron", ""]]


def test_without_a_header_the_columns_are_counted(tmp_path):
    file = written(tmp_path, "Ada Byron,ada@byron.example\nBob,bob@marsh.example,York\n")

    shape = shape_of(file, "utf-8")

    assert (shape.headed, shape.headers) == (False, ("Column 1", "Column 2", "Column 3"))
    assert rows(file)[0] == ["Ada Byron", "ada@byron.example", ""]


def test_a_row_with_too_many_cells_is_refused_and_one_with_too_few_is_filled(tmp_path):
    file = written(tmp_path, "Name,Place\nAda,Leeds,West,Yorkshire\nBob\nCleo,Leeds,,\n")

    ada, bob, cleo = sources.rows(file, shape_of(file, "utf-8"))

    assert ada.fault == "It has 4 cells, and there are 2 columns."
    assert (bob.cells, bob.fault, cleo.fault) == (["Bob", ""], "", "")


def test_rows_know_the_line_they_begin_on(tmp_path):
    file = written(tmp_path, 'Name,Note\nAda,"one\ntwo"\n\nBob,three\n')

    assert [row.line for row in sources.rows(file, shape_of(file, "utf-8"))] == [2, 5]


def test_pasted_text_is_one_person_a_line_or_one_note():
    people = SAMPLES / "people.txt"

    assert shape_of(people, "utf-8", is_pasted=True).kind is PEOPLE

    mara, otto, zoe, unknown = sources.rows(people, shape_of(people, "utf-8", is_pasted=True))
    assert mara.cells[:3] == ["Mara Quill", "mara@quill.example", "07700 900115"]
    assert mara.cells[-1] == "wants no more nights"
    assert otto.cells[0] == "Otto van der Berg"
    assert (otto.cells[1], otto.cells[6], otto.cells[-1]) == (
        "otto@berg.example",
        "https://otto.example",
        "welder (Leeds)",
    )
    assert (zoe.cells[0], zoe.cells[-1]) == ("Zoë Quinn", "back in March")
    assert "whom this line is about" in unknown.fault


def test_prose_is_one_note(tmp_path):
    file = written(tmp_path, "Rang this morning, she sounded tired.\nwants to hear about the rate\n\nmaybe Leeds?")

    shape = shape_of(file, "utf-8", is_pasted=True)

    assert shape.kind is NOTE
    (row,) = sources.rows(file, shape, about="Ada")
    assert (row.cells[0], row.cells[-1].count("\n"), row.fault) == ("Ada", 3, "")
