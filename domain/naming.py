"""Colleagues named in a note with an @, as in "@Tom Reed please ring her": who is meant, and where it says so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

WORD = r"[^\W_]+(?:[-'’][^\W_]+)*"
MOST_WORDS = 4  # of one name
NAMING = re.compile(rf"(?<![\w.@/+-])@(?P<words>{WORD}(?:[ ]{WORD}){{0,{MOST_WORDS - 1}}})")
GOES_ON = re.compile(r"[@_]|\.\w")  # an address, or another word than the name
OWNER = re.compile(r"['’]s$", re.IGNORECASE)
BEGUN = re.compile(rf"(?<![\w.@/+-])@(?:(?P<words>{WORD})\b(?![@_]|\.\w)|$)", re.MULTILINE)


@dataclass(frozen=True)
class Known:
    """A colleague who may be named, by their whole name."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Naming:
    """Where a note names somebody, from `start` (the @) to before `end`, and whom of those known that may be."""

    start: int
    end: int
    words: str
    among: tuple[Known, ...]

    @property
    def meant(self) -> Known | None:
        """Who is meant; None where it may be several."""
        return self.among[0] if len(self.among) == 1 else None


def namings(note: str, known: Sequence[Known]) -> list[Naming]:
    """Every place at which somebody known is named, by the whole name or by what it begins with.

    As many words as fit are the name: "@Tom Reed" is not the other Tom. A whole name goes before the beginning of a
    longer one. How it is written in capitals, and accents, do not matter.
    """
    return [found for match in NAMING.finditer(note) if (found := _naming(note, match, known))]


def unsettled(note: str, known: Sequence[Known]) -> list[Naming]:
    """Where a name is begun, as in "@to", or may be that of several, and whom it may become."""
    settled = {naming.start: naming for naming in namings(note, known)}
    found = [settled.get(match.start()) or _begun(match, known) for match in BEGUN.finditer(note)]
    return [each for each in found if each.among and not (each.start in settled and each.meant)]


def _naming(note: str, match: re.Match[str], known: Sequence[Known]) -> Naming | None:
    ends = [word.end() + match.start("words") for word in re.finditer(r"[^ ]+", match["words"])]
    for end in reversed(ends):
        said = note[match.start("words") : end]
        without = OWNER.sub("", said)
        if GOES_ON.match(note, end):
            continue
        for name in dict.fromkeys((said, without)):
            if among := _called(name, known):
                return Naming(match.start(), match.start("words") + len(name), name, among)
    return None


def _called(name: str, known: Sequence[Known]) -> tuple[Known, ...]:
    words = _folded(name)
    wholly = tuple(each for each in known if _folded(each.name) == words)
    return wholly or tuple(each for each in known if _folded(each.name)[: len(words)] == words)


def _begun(match: re.Match[str], known: Sequence[Known]) -> Naming:
    typed = " ".join(_folded(match["words"] or ""))
    among = tuple(each for each in known if any(name.startswith(typed) for name in _endings(each.name)))
    return Naming(match.start(), match.end(), match["words"] or "", among)


def _endings(name: str) -> Iterator[str]:
    """A name from each of its words on: surnames are typed as well."""
    words = _folded(name)
    return (" ".join(words[first:]) for first in range(len(words)))


def _folded(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).split()
