"""Sentences and notes with what is promised in them, written for these tests, and how well the finder does on such.

`sentences.tsv`: label (P ours, C another's, N none), the words for the due or "-", the sentence. `notes.jsonl`: one
note a line with its promises. Others of the same make lie in ../shared/promises where this was built.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from domain.wording import FoundPromise, find_promises

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[3] / "shared" / "promises"
SENT_ON = date(2026, 3, 11)


@dataclass
class Score:
    """Counts of right, wrong and missed; dues right, wrong and missed; the errors in words."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    dues_right: int = 0
    dues_wrong: int = 0
    dues_missed: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def dues(self) -> float:
        """How many of the dates found are right."""
        return self.dues_right / max(1, self.dues_right + self.dues_wrong)


def sentences(file: Path) -> list[tuple[str, str, str]]:
    """Label, due and sentence of each line that was decided."""
    lines = [line.split("\t")[-3:] for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [(label, due, text) for label, due, text in lines if label in ("P", "C", "N")]


def notes(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def of_sentences(labelled: list[tuple[str, str, str]]) -> Score:
    """Whether a sentence holds a promise of ours."""
    score = Score()
    for label, _, text in labelled:
        ours = [found.words for found in find_promises(text, SENT_ON) if found.by == "us"]
        if label == "P" and ours:
            score.right += 1
        elif label == "P":
            score.missed += 1
            score.errors.append(f"missed    {text}")
        elif ours:
            score.wrong += 1
            score.errors.append(f"wrong     {text}   [{'; '.join(ours)}]")
    return score


def of_notes(labelled: list[dict[str, Any]]) -> Score:
    """Which promises a note holds, by whom (the words overlap), and by when."""
    score = Score()
    for note in labelled:
        found = find_promises(note["note"], date.fromisoformat(note["written_on"]))
        for promise in note["promises"]:
            match = next(
                (one for one in found if one.by == promise["by"] and _overlaps(note["note"], promise, one)), None
            )
            if match is None:
                score.missed += 1
                score.errors.append(f"missed    {note['note']}   [{promise['by']}: {promise['what']}]")
                continue
            found.remove(match)
            score.right += 1
            _compare_dues(score, note["note"], promise, match)
        score.wrong += len(found)
        score.errors.extend(f"wrong     {note['note']}   [{one.by}: {one.words}]" for one in found)
    return score


def _overlaps(note: str, promise: dict[str, Any], found: FoundPromise) -> bool:
    start = note.index(promise["what"])
    return found.start < start + len(promise["what"]) and start < found.end


def _compare_dues(score: Score, note: str, promise: dict[str, Any], found: FoundPromise) -> None:
    said = found.due_on.isoformat() if found.due_on else None
    if said and said == promise["due_date"]:
        score.dues_right += 1
    elif said:
        score.dues_wrong += 1
        score.errors.append(f"due       {note}   [{found.words}: {said}, not {promise['due_date']}]")
    elif promise["due_date"]:
        score.dues_missed += 1
        score.errors.append(f"no due    {note}   [{found.words}: {promise['due_date']}]")


def folds(labelled: list[Any], number: int = 5) -> Iterator[list[Any]]:
    """The set in so many parts, each a fair sample: every fifth line."""
    for first in range(number):
        yield labelled[first::number]
