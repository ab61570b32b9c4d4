"""One way to fold text, for storing and for asking, so that every search engine agrees."""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
APART = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower-case letters and digits without marks, words one space apart: "Łukasz O'Neill" is "lukasz o neill"."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    unmarked = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return APART.sub(" ", unmarked).strip()


def digits(text: str) -> str:
    """The digits of a telephone number."""
    return "".join(filter(str.isdigit, text))
