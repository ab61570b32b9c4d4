"""One way to fold text, for storing and for asking, so that every search engine agrees."""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
APART = re.compile(r"[\W_]+")
NUMBER = re.compile(r"\+?[\d ()./-]{3,}")
LOCAL = 7  # digits that are enough to tell a number by, whatever country and area codes stand before them


def fold(text: str) -> str:
    """Lower-case letters and digits without marks, words one space apart: "Łukasz O'Neill" is "lukasz o neill"."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    unmarked = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return APART.sub(" ", unmarked).strip()


def digits(text: str) -> str:
    """The digits of a telephone number."""
    return "".join(filter(str.isdigit, text))


def endings(number: str) -> list[str]:
    """The digits of a number from the first on, from the second on … so that it is found without its country code."""
    said = digits(number)
    return [said[start:] for start in range(max(1, len(said) - LOCAL + 1))]


def dialled(asked: str) -> str:
    """What was asked for as digits one of whose `endings` begin a stored number's, if it is a number, else as it is."""
    if not NUMBER.fullmatch(asked.strip()):
        return asked
    said = digits(asked).lstrip("0")
    return said[-LOCAL:] if len(said) > LOCAL + 2 else said
