from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from webapp.spreadsheet import safe, sent


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_calculate_is_words(sign: str) -> None:
    assert safe(f"{sign}1+1") == f"'{sign}1+1"
    assert safe(f"a{sign}1") == f"a{sign}1"


def test_cells_are_as_people_and_programs_write_them() -> None:
    assert safe(None) == ""
    assert safe(3) == "3"
    assert safe(date(2026, 11, 27)) == "2026-11-27"
    assert safe(datetime(2026, 11, 27, 9, 30, tzinfo=UTC)) == "2026-11-27T09:30:00+00:00"


def test_a_file_comes_back_as_it_was_written(app: Flask) -> None:
    rows = [('a "b", c', "Łukasz\nNowak"), ("=x", "مرحبا; 👩‍🚀")]
    with app.test_request_context():
        answer = sent("people.csv", ("First", "Second"), rows)
        text = answer.get_data().decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["First", "Second"],
        ['a "b", c', "Łukasz\nNowak"],
        ["'=x", "مرحبا; 👩‍🚀"],
    ]
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert answer.mimetype == "text/csv"
