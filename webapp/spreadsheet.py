"""Rows as a CSV file that every spreadsheet opens and none takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from flask import Response, stream_with_context

BOM = "\ufeff"
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def sent(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Response:
    """A download that begins at once, however many rows will follow; UTF-8 with a mark that Excel knows it by."""
    response = Response(stream_with_context(_written(columns, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe(cell: object) -> str:
    """A cell as text; what a spreadsheet would calculate stands behind an apostrophe, as words."""
    text = "" if cell is None else cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else str(cell)
    return f"'{text}" if text.startswith(FORMULAS) else text


def _written(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    yield BOM + _line(columns)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(map(safe, cells))
    return line.getvalue()
