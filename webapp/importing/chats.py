"""The text that WhatsApp exports of a chat: who said what, and when, as rows of cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from domain.refusal import Refused
from webapp.importing.tables import LONGEST_FIELD, MOST_ROWS, Row

MESSAGE = re.compile(
    r"[\u200e\u200f\ufeff]*\[?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:[\s\u202f]?[ap]\.?[\s\u202f]?m\.?)?)(?:\]\s?|\s+[-–]\s+)(.*)",
    re.IGNORECASE | re.DOTALL,
)
SPOKEN = re.compile(r"[\u200e\u200f]*([^:\n]{1,80}):\s(.*)", re.DOTALL)
NUMBER = re.compile(r"\+?[\d\s().\u00a0\u202f\u2011-]{7,}")
THEM, US, NOBODY = "them", "us", ""
BEGINNING = 20


@dataclass(frozen=True)
class Message:
    """`author` is "" where WhatsApp itself speaks."""

    line: int
    when: str
    author: str
    words: str
    too_long: bool = False


def begins_like_a_chat(lines: Iterable[str]) -> bool:
    """Whether one of the first lines is a message, and the very first that is not empty too."""
    first = [line for line in islice(lines, BEGINNING) if line.strip()]
    return bool(first) and MESSAGE.match(first[0]) is not None and any(map(_spoken, first))


def messages(lines: Iterable[str]) -> Iterator[Message]:
    """Every message, those of several lines whole. Raises Refused."""
    begun: tuple[int, str] | None = None
    words, length, count = [], 0, 0
    for number, line in enumerate(lines, 1):
        said = MESSAGE.match(line)
        if said is None:
            if length <= LONGEST_FIELD:
                words.append(line)
                length += len(line)
            continue
        if begun is not None:
            yield _message(*begun, words)
        begun, words, length, count = (number, said[1]), [said[2]], len(said[2]), count + 1
        if count > MOST_ROWS:
            raise Refused(f"This chat has more than {MOST_ROWS:,} messages. Cut it into several files.", "file")
    if begun is not None:
        yield _message(*begun, words)


def speakers(lines: Iterable[str]) -> Counter[str]:
    """Who speaks in it, and how often."""
    return Counter(message.author for message in messages(lines) if message.author)


def rows(lines: Iterable[str], roles: Mapping[str, str], name: str) -> Iterator[Row]:
    """One row a message in the columns OWN_CHAT: `roles` says who is the candidate (THEM) and who is US.

    What WhatsApp says itself, and whom nobody is to be, is left out.
    """
    them = next((author for author, role in roles.items() if role == THEM), "")
    phone = them if NUMBER.fullmatch(them) else ""
    for message in messages(lines):
        role = roles.get(message.author, NOBODY)
        if role == NOBODY:
            continue
        direction, author = ("in", "") if role == THEM else ("out", message.author)
        cells = [name, phone, message.words, message.when, "WhatsApp", direction, author]
        yield Row(message.line, cells, "This message is too long." if message.too_long else "")


def _message(line: int, when: str, words: list[str]) -> Message:
    whole = "".join(words).strip()
    spoken = _split(whole)
    author, said = spoken if spoken else ("", whole)
    return Message(line, when, author, said[:LONGEST_FIELD], len(said) > LONGEST_FIELD)


def _spoken(line: str) -> bool:
    said = MESSAGE.match(line)
    return said is not None and _split(said[2]) is not None


def _split(whole: str) -> tuple[str, str] | None:
    """The author and the words of a message that somebody sent."""
    said = SPOKEN.match(whole)
    return (said[1].strip(), said[2].strip("\u200e\u200f \r\n")) if said else None
