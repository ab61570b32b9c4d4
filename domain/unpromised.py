"""Words that an agency does not promise, and what to say instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from domain.refusal import Refused

MOST_WORDS = 40
LONGEST = 80
LONGEST_HINT = 120
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Unpromised:
    """Words, and what to say `instead`, empty where what we will do is to be said."""

    words: str
    instead: str = ""


SHIPPED_UNPROMISED = (
    Unpromised("guarantee"),
    Unpromised("definitely get the job", "say when you will know more"),
    Unpromised("will get the job", "say when you will know more"),
    Unpromised("offer is certain", "wait until the client confirms it in writing"),
    Unpromised("offer is a formality", "wait until the client confirms it in writing"),
    Unpromised("the rate will be", "say by when the client confirms the figure"),
    Unpromised("the salary will be", "say by when the client confirms the figure"),
    Unpromised("you will be paid", "say by when the client confirms the figure"),
)


def checked_words(unpromised: Sequence[Unpromised]) -> tuple[Unpromised, ...]:
    """As they are recorded, each once. Raises Refused beside the field."""
    if len(unpromised) > MOST_WORDS:
        raise Refused(f"At most {MOST_WORDS} lines, please.", "unpromised")
    for each in unpromised:
        if not WORD.search(each.words):
            raise Refused("Every line begins with a word.", "unpromised")
        if len(each.words) > LONGEST or len(each.instead) > LONGEST_HINT:
            raise Refused(f"“{each.words[:LONGEST]}” is too long a line.", "unpromised")
    return tuple({" ".join(_folded(each.words)): each for each in reversed(unpromised)}.values())[::-1]


def found_in(text: str, unpromised: Sequence[Unpromised]) -> tuple[str, Unpromised] | None:
    """The first of these in a text, as it stands there; its last word may go on ("guarantee", "guaranteed")."""
    words = [(_fold(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]
    said = [folded for folded, _, _ in words]
    for at in range(len(words)):
        for each in unpromised:
            wanted = _folded(each.words)
            here = said[at : at + len(wanted)]
            if wanted and here[:-1] == wanted[:-1] and len(here) == len(wanted) and here[-1].startswith(wanted[-1]):
                return text[words[at][1] : words[at + len(wanted) - 1][2]], each
    return None


def _folded(text: str) -> list[str]:
    return [_fold(word) for word in WORD.findall(text)]


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
