"""What may be typed into a field."""

from __future__ import annotations

import re

from domain.refusal import Refused

LONGEST_LINE = 200
LONGEST_NOTE = 10_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
SPACES = re.compile(r"\s+")
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


def line(text: str, field: str, when_empty: str | None = None) -> str:
    """One line, at most 200 characters, spaces folded. Empty only if `when_empty` is None, else that is the refusal."""
    text = SPACES.sub(" ", text).strip()
    if not text and when_empty is not None:
        raise Refused(when_empty, field)
    return _allowed(text, field, LONGEST_LINE)


def note(text: str, field: str, when_empty: str | None = None) -> str:
    """Several lines, at most 10,000 characters, line ends as \\n."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text and when_empty is not None:
        raise Refused(when_empty, field)
    return _allowed(text, field, LONGEST_NOTE)


def email(text: str, field: str, when_empty: str | None = None) -> str:
    """One e-mail address, as typed."""
    text = line(text, field, when_empty)
    if text and not EMAIL.fullmatch(text):
        raise Refused("This does not look like an e-mail address.", field)
    return text


def phone(text: str, field: str) -> str:
    """One telephone number, as typed: digits, spaces and + ( ) - . / x only."""
    text = line(text, field)
    if text and not (re.fullmatch(r"[\d+()\-./x ]+", text) and 3 <= sum(map(str.isdigit, text)) <= 20):
        raise Refused("This does not look like a telephone number.", field)
    return text


def _allowed(text: str, field: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(f"That is {len(text):,} characters; at most {longest:,} fit here.", field)
    if CONTROL.search(text):
        raise Refused("This holds characters that cannot be stored. Please type it again.", field)
    return text
