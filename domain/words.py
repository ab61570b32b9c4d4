"""What may be typed into a field."""

from __future__ import annotations

import re
from unicodedata import category
from urllib.parse import urlsplit

from domain.refusal import Refused

LONGEST_LINE = 200
LONGEST_NOTE = 10_000
LONGEST_LINK = 500
LONGEST_TAG = 50
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
SPACES = re.compile(r"\s+")
UNSEEN = ("Cf", "Mn", "Me", "Zs", "Zl", "Zp")  # Unicode's categories of what has no shape of its own
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that are drawn as nothing
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


def line(text: str, field: str, when_empty: str | None = None) -> str:
    """One line, at most 200 characters, spaces folded. Empty only if `when_empty` is None, else that is the refusal."""
    text = _seen(SPACES.sub(" ", text).strip())
    if not text and when_empty is not None:
        raise Refused(when_empty, field)
    return _allowed(text, field, LONGEST_LINE)


def note(text: str, field: str, when_empty: str | None = None) -> str:
    """Several lines, at most 10,000 characters, line ends as \\n."""
    text = _seen(text.replace("\r\n", "\n").replace("\r", "\n").strip())
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


def link(text: str, field: str) -> str:
    """The address of a page on the web, at most 500 characters."""
    text = _allowed(text.strip(), field, LONGEST_LINK)
    if text and not _is_link(text):
        raise Refused("This does not look like a link. It begins with https://", field)
    return text


def tag(text: str, field: str) -> str:
    """One tag, at most 50 characters, with or without # before it."""
    text = line(text.strip().lstrip("#"), field, "Write a tag.")
    return _allowed(text, field, LONGEST_TAG)


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"]", text)


def _seen(text: str) -> str:
    """The text, or nothing if there is nothing to be seen in it."""
    return text if any(char not in BLANK and category(char) not in UNSEEN for char in text) else ""


def _allowed(text: str, field: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(f"That is {len(text):,} characters; at most {longest:,} fit here.", field)
    if CONTROL.search(text):
        raise Refused("This holds characters that cannot be stored. Please type it again.", field)
    return text
