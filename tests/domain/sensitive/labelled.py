"""Notes written for these tests, with what is sensitive in them in brackets: how often are we right, what do we miss?

`python -m tests.domain.sensitive.labelled FILE…` prints both, and every mistake.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from domain.sensitive import Passage, sensitive_passages

FOLDER = Path(__file__).parent
LABEL = re.compile(r"\[([hfc]+): ([^\]]*)\]")


@dataclass(frozen=True)
class Label:
    """Words that must be hidden, and the kinds that they may be called."""

    start: int
    end: int
    kinds: str


@dataclass(frozen=True)
class Labelled:
    """A note and all that is sensitive in it."""

    note: str
    labels: tuple[Label, ...]

    @classmethod
    def read(cls, line: str) -> Labelled:
        note, labels, at = "", [], 0
        for found in LABEL.finditer(line):
            note += line[at : found.start()]
            labels.append(Label(len(note), len(note) + len(found[2]), found[1]))
            note, at = note + found[2], found.end()
        return cls(note + line[at:], tuple(labels))


@dataclass
class Score:
    """Passages found rightly and wrongly, labels found whole and missed; the mistakes in words."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    mistakes: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed)


def notes(file: str) -> list[Labelled]:
    lines = (FOLDER / file).read_text().splitlines()
    return [Labelled.read(line) for line in lines if line and not line.startswith("#")]


def score(labelled: list[Labelled]) -> Score:
    """A passage is right if it lies on a label of its kind; a label is found if passages of its kind cover it whole."""
    score, mistakes = Score(), []
    for each in labelled:
        passages = sensitive_passages(each.note)
        for passage in passages:
            if any(_lies_on(passage, label) for label in each.labels):
                score.right += 1
            else:
                score.wrong += 1
                mistakes.append(f"wrong  {passage.kind}: {each.note[passage.start : passage.end]!r} in {each.note!r}")
        for label in each.labels:
            covered = {at for p in passages if p.kind[0] in label.kinds for at in range(p.start, p.end)}
            missing = [at for at in range(label.start, label.end) if at not in covered and each.note[at].isalnum()]
            if missing:
                score.missed += 1
                mistakes.append(f"missed {label.kinds}: {each.note[label.start : label.end]!r} in {each.note!r}")
            else:
                score.found += 1
    score.mistakes = tuple(mistakes)
    return score


def _lies_on(passage: Passage, label: Label) -> bool:
    return passage.kind[0] in label.kinds and passage.start < label.end and label.start < passage.end


if __name__ == "__main__":
    for file in sys.argv[1:]:
        result = score(notes(file))
        print(f"{file}: precision {result.precision:.3f}, recall {result.recall:.3f}")
        print(*result.mistakes, sep="\n")
