"""CSV of any kind: which separator, where the header is, rows of cells. A row in bounded memory, or refused."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from domain.refusal import Refused
from webapp.importing.formats import familiar, recognised
from webapp.importing.reading import LONGEST_LINE

MOST_COLUMNS = 500
MOST_ROWS = 200_000
LONGEST_FIELD = 100_000
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
HEAD = 60
HEADER_WITHIN = 15

csv.field_size_limit(LONGEST_FIELD)


@dataclass(frozen=True)
class Row:
    """One row of a file: the line it begins on, its cells, and why it cannot be used, if so."""

    line: int
    cells: list[str]
    fault: str = ""


@dataclass(frozen=True)
class Layout:
    """How a table is laid out. `first`: the line on which its rows begin; `headed`: whether they have a header."""

    separator: str
    headers: list[str]
    first: int
    headed: bool


class _Lines:
    """Lines for the csv reader; knows how much one record took, and whether they came to an end within it."""

    def __init__(self, lines: Iterable[str]):
        self.lines = iter(lines)
        self.number = 0
        self.taken = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = next(self.lines)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        self.taken += len(line)
        if self.taken > LONGEST_LINE:
            raise Refused(f"One row, up to line {self.number:,}, has more than {LONGEST_LINE:,} characters.", "file")
        return line


def records(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; empty lines are left out. Raises Refused."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=separator, skipinitialspace=separator != "\t")
    while True:
        begins, source.taken = source.number + 1, 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused(
                f"The row that begins on line {begins:,} has a field of more than {LONGEST_FIELD:,} characters. "
                "Perhaps a quotation mark is opened there and never closed.",
                "file",
            ) from None
        if source.ended:
            raise Refused(
                f"A quotation mark is opened in the row that begins on line {begins:,}, and never closed, so all "
                "that follows would be one field. Close it or take it out, then import the file again.",
                "file",
            )
        if len(cells) > MOST_COLUMNS:
            raise Refused(f"Line {begins:,} has {len(cells):,} columns, and at most {MOST_COLUMNS} are read.", "file")
        if any(map(str.strip, cells)):
            yield begins, cells


def layout_of(lines: Iterable[str], headed: bool | None = None) -> Layout:
    """The separator under which most columns are known and alike, and where the header stands. Raises Refused."""
    head = list(islice(lines, HEAD))
    said = _said_separator(head)
    found, faults = [], []
    for separator in [said] if said else SEPARATORS:
        try:
            found.append(_layout(head, separator, headed))
        except Refused as fault:
            faults.append(fault)
    _fits, best = max(filter(None, found), key=lambda each: each[0], default=(None, None))
    if best is None or (faults and len(best.headers) == 1):
        raise faults[0] if faults else Refused("There are no rows in this file.", "file")
    return best


def rows(lines: Iterable[str], layout: Layout) -> Iterator[Row]:
    """The rows below the header, as wide as it. Raises Refused."""
    wide, count = len(layout.headers), 0
    for line, cells in records(lines, layout.separator):
        if line < layout.first:
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused(f"This file has more than {MOST_ROWS:,} rows. Cut it into several files.", "file")
        too_many = [cell for cell in cells[wide:] if cell.strip()]
        fault = f"It has {len(cells)} cells, and there are {wide} columns." if too_many else ""
        yield Row(line, [*cells[:wide], *[""] * (wide - len(cells))], fault)


def _said_separator(head: list[str]) -> str | None:
    """What Excel writes on top: sep=;"""
    first = head[0].strip().strip("\ufeff") if head else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") and first[4] in SEPARATORS else None


def _layout(head: list[str], separator: str, headed: bool | None) -> tuple[tuple[int, ...], Layout] | None:
    """How well this separator fits, and the layout it gives."""
    if head and _said_separator(head):
        head = ["\n", *head[1:]]
    seen = _seen(head, separator)
    if not seen:
        return None
    place = _header_among([cells for _, cells in seen[:HEADER_WITHIN]])
    line, cells = seen[place]
    below = [len(cells) for _, cells in seen[place:]]
    alike = sum(wide == len(cells) for wide in below)
    if headed is None:
        headed = _headerly(cells) > 0 or not any(_is_datum(cell) for cell in cells)
    if headed:
        first = seen[place + 1][0] if len(seen) > place + 1 else line + 1
        headers = [cell.strip().strip("\ufeff") or f"Column {n}" for n, cell in enumerate(cells, 1)]
    else:
        line, cells = seen[0]
        first, headers = line, [f"Column {n}" for n in range(1, max(len(cells) for _, cells in seen) + 1)]
    fits = (_headerly(cells) if headed else 0, alike * (len(cells) > 1), len(cells))
    return fits, Layout(separator, headers, first, headed)


def _seen(head: list[str], separator: str) -> list[tuple[int, list[str]]]:
    """As many records of the beginning as can be read; one that is cut off in the middle does not count."""
    seen: list[tuple[int, list[str]]] = []
    try:
        for record in records(head, separator):
            seen.append(record)
    except Refused:
        if not seen:
            raise
    return seen


def _header_among(first: list[list[str]]) -> int:
    """Which of the first rows is the header: that of a known program, or one below a preamble of narrower lines."""
    wider = [at for at, cells in enumerate(first) if all(len(cells) > len(above) for above in first[:at])]
    place = max(wider, key=lambda at: (_headerly(first[at]), -at))
    return place if _headerly(first[place]) else 0


def _headerly(cells: list[str]) -> int:
    """How much these cells look like a header: those of a known program most."""
    known = familiar(cells)
    if recognised(cells):
        return 1000 + known
    return known if known > 1 or (known and len(cells) == 1) else 0


def _is_datum(cell: str) -> bool:
    """Whether a cell is surely not the name of a column."""
    return "@" in cell or sum(map(str.isdigit, cell)) > 5
