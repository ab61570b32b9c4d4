"""Text as people keep it: one person a line, or one note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from domain.refusal import Refused
from webapp.importing.formats import NOTE, OWN, PEOPLE, Format
from webapp.importing.tables import LONGEST_FIELD, MOST_ROWS, Row

BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,3}[.)])\s+")
MAIL = re.compile(r"<?(?:mailto:)?([^@\s,;<>():]+@[^@\s,;<>()]+\.[^@\s,;<>().]+)>?")
LINK = re.compile(r"https?://\S+")
PHONE = re.compile(r"(?<![\w/])\+?\(?\d[\d ()./-]{5,18}\d(?!\w)")
NAME_ENDS = re.compile(r"[,;:|\t(]|\s[-–—]\s|$")
EMPTY_PLACES = re.compile(r"\s*[,;|]\s*(?=[,;|)]|$)|^\s*[,;:|–—-]+\s*")
PARTICLES = set("da de del della den der di do dos du el la le of ten ter van von zu al bin ibn y e".split())
LONGEST_NAME = 60
LONGEST_ABOUT = 2000
MOST_WORDS = 5
WHO = "Kept cannot tell whom this line is about. Begin it with the name, then a comma."


def guessed(lines: Iterable[str]) -> Format:
    """One person a line, if half of the lines begin like a name, each word of it with a capital; else one note."""
    said = [_bare(line) for line in islice(lines, 200) if line.strip()]
    people = sum(len(line) <= LONGEST_ABOUT and _is_surely_a_name(_name(line)) for line in said)
    return PEOPLE if said and people >= len(said) / 2 else NOTE


def rows_of_people(lines: Iterable[str]) -> Iterator[Row]:
    """One row a line that is not empty, in the columns OWN. Raises Refused."""
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused(f"These are more than {MOST_ROWS:,} lines.", "file")
        yield _row(number, line)


def row_of_note(lines: Iterable[str], name: str) -> Iterator[Row]:
    """All of it as one note about somebody."""
    words, length = [], 0
    for line in lines:
        words.append(line)
        length += len(line)
        if length > LONGEST_FIELD:
            break
    cells = dict.fromkeys(OWN, "") | {"Name": name, "Note": "".join(words)[:LONGEST_FIELD].strip()}
    yield Row(1, list(cells.values()), "" if name else "Say whom this note is about.")


def _row(number: int, line: str) -> Row:
    bare = _bare(line)
    if len(bare) > LONGEST_ABOUT:
        return _unread(number, bare[:LONGEST_ABOUT], "This line is too long to be about a person.")
    name = _name(bare)
    if not name:
        return _unread(number, bare, WHO)
    rest = bare[len(name) :]
    links, rest = _taken(LINK, rest)
    mails, rest = _taken(MAIL, rest)
    phones, rest = _taken(PHONE, rest)
    found = {"Name": name, "E-mail": mails, "Phone": phones, "Link": links, "Note": _tidied(rest)}
    return Row(number, list((dict.fromkeys(OWN, "") | found).values()))


def _unread(number: int, bare: str, why: str) -> Row:
    return Row(number, list((dict.fromkeys(OWN, "") | {"Note": bare}).values()), why)


def _taken(kind: re.Pattern[str], text: str) -> tuple[str, str]:
    """All of a kind that stand in the text, and the text without them."""
    found = [said[1] if kind.groups else said[0] for said in kind.finditer(text)]
    return " ::: ".join(found), kind.sub(",", text)


def _bare(line: str) -> str:
    return BULLET.sub("", line).strip().strip("\ufeff")


def _name(bare: str) -> str:
    """What stands before the first sign, address or number; "" if that is no name."""
    ends = [NAME_ENDS.search(bare), MAIL.search(bare), PHONE.search(bare), LINK.search(bare)]
    name = bare[: min(found.start() for found in ends if found)].strip()
    is_name = 1 < len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS and not name.endswith((".", "!", "?"))
    return name if is_name and any(map(str.isalpha, name)) else ""


def _is_surely_a_name(name: str) -> bool:
    words = [word for word in name.split() if word.lower() not in PARTICLES]
    return 0 < len(words) and all(word[:1].upper() == word[:1] and not word[:1].isdigit() for word in words)


def _tidied(rest: str) -> str:
    """What is left to be a note, without the signs between what was taken out."""
    before = None
    while rest != before:
        before, rest = rest, EMPTY_PLACES.sub("", rest.strip())
    return rest.strip("() ") if rest.startswith("(") or rest.count("(") != rest.count(")") else rest
