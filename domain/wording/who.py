"""The sides of a promise, and the others of whom a note speaks."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Who(StrEnum):
    """Who the subject of a clause is."""

    US = "us"
    CANDIDATE = "candidate"
    YOU = "you"
    OTHER = "other"
    NAME = "a name"
    THING = "a thing"
    NOBODY = "not said"


class Subject(NamedTuple):
    """Who, and the place in the sentence where the words for it begin; the word itself."""

    who: Who
    start: int
    low: str = ""


class Talk(NamedTuple):
    """What the whole note tells about who is who: its words, and whom the sentence before was about."""

    words: frozenset[str]
    before: Who
