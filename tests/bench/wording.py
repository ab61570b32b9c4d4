"""How well promises are found in notes and sentences, and how fast. Alone: `python -m tests.bench.wording`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from domain.wording import find_promises
from tests.wording import HERE, SENT_ON, SHARED, Score, folds, notes, of_notes, of_sentences, sentences

WORST, LONG, ASKED = 10, 300, 500
ORDER = ("due", "wrong", "missed", "no due")


def wording(_: Path | None = None, __: int = 0) -> None:
    """Precision, recall and F1 a set, and over its folds; dues; the worst errors; milliseconds a note."""
    print("\nPromises found (wanted: sentences precision 0.90, recall 0.85; notes F1 0.85; dues 0.97; at most 2 ms)")
    errors: list[str] = []
    for name, folder in (("written for the tests", HERE), ("shared", SHARED)):
        for kind, file, read, measure in KINDS:
            if (folder / file).exists():
                labelled = read(folder / file)
                score = measure(labelled)
                _print(f"{kind}, {name}", len(labelled), score, [measure(part) for part in folds(labelled)])
                errors += score.errors
    print(f"  p50 of a note of {LONG} characters: {_milliseconds():.2f} ms")
    print(f"  {len(errors)} errors; the worst, promises that nobody made before promises that were missed:")
    for error in sorted(errors, key=lambda error: ORDER.index(error[:9].strip()))[:WORST]:
        print(f"    {error}")


KINDS: list[tuple[str, str, Callable[[Path], list[Any]], Callable[[list[Any]], Score]]] = [
    ("sentences", "sentences.tsv", sentences, of_sentences),
    ("notes", "notes.jsonl", notes, of_notes),
    ("sentences", "sentences-dev.tsv", sentences, of_sentences),
    ("notes", "notes-dev.jsonl", notes, of_notes),
]


def _print(name: str, lines: int, score: Score, parts: list[Score]) -> None:
    spread = [part.f1 for part in parts]
    print(
        f"  {name:36} {lines:5}   P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
        f"   five folds F1 {statistics.mean(spread):.3f}, lowest {min(spread):.3f}"
    )
    if score.dues_right:
        print(
            f"  {'  dues':36} {score.dues_right:5} right, {score.dues_wrong} wrong, {score.dues_missed} missed"
            f"   {score.dues:.3f} of those found"
        )


def _milliseconds() -> float:
    chance, said = Random(1), [note["note"] for note in notes(HERE / "notes.jsonl")]
    took = []
    for _ in range(ASKED):
        note = ". ".join(chance.sample(said, 8))[:LONG]
        began = time.perf_counter()
        find_promises(note, SENT_ON)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


if __name__ == "__main__":
    wording()
