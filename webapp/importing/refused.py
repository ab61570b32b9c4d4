"""The rows that were not taken, as a CSV that can be mended and imported again. No cell of it is ever a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from webapp.importing.formats import WHY_HEADER
from webapp.importing.records import clean
from webapp.importing.sheet import Sheet
from webapp.importing.sources import Shape

BATCH = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'=", "'+", "'-", "'@", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Refusal:
    """One such row: whom it seems to be about, and why it was not taken."""

    cells: list[str]
    why: str


def write(file: Path, shape: Shape, sheet: Sheet) -> int:
    """Every row that was refused or left out; returns how many. No file if there are none."""
    fresh, count, after = file.with_suffix(".new"), 0, 0
    with fresh.open("w", encoding="utf-8-sig", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow([*map(harmless, shape.headers), WHY_HEADER])
        while batch := sheet.refused(after, BATCH):
            for row in batch:
                rows.writerow([*map(harmless, row.cells), row.refusal or row.why])
            count, after = count + len(batch), batch[-1].number
    fresh.replace(file)
    if not count:
        file.unlink()
    return count


def first(file: Path, limit: int) -> Iterator[Refusal]:
    """The first of them."""
    if not file.exists():
        return
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.reader(opened)
        next(rows, None)
        for number, row in enumerate(rows):
            if number == limit:
                return
            yield Refusal([clean(cell) for cell in row[:-1] if cell.strip()], row[-1])


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; Kept takes the ' away again when it reads it."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
