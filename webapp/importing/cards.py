"""vCards, 2.1 to 4.0, as rows of cells."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from domain.refusal import Refused
from webapp.importing.formats import OWN
from webapp.importing.tables import LONGEST_FIELD, MOST_ROWS, Row

HEAD = re.compile(r'((?:[^:"]|"[^"]*")*):')
ESCAPED = re.compile(r"\\([\\,;:nN])")
NOT_ESCAPED_SEMICOLON = re.compile(r"(?<!\\);")
NOT_ESCAPED_COMMA = re.compile(r"(?<!\\),")
WANTED = ("FN", "N", "EMAIL", "TEL", "TITLE", "ROLE", "ORG", "ADR", "URL", "CATEGORIES", "BDAY", "NOTE")
MOST_VALUES = 60
SEPARATOR = " ::: "


def begins_like_cards(lines: Iterable[str]) -> bool:
    """Whether the first line that is not empty begins a card."""
    first = next((line for line in lines if line.strip()), "")
    return first.strip("\ufeff \r\n\t").upper() == "BEGIN:VCARD"


def rows(lines: Iterable[str]) -> Iterator[Row]:
    """One row a card, in the columns OWN. Raises Refused."""
    begun, said, count = 0, {}, 0
    for number, name, value in _properties(lines):
        if name == "BEGIN":
            if begun:
                yield Row(begun, _cells(said), "This card has no end.")
            begun, said, count = number, {}, count + 1
            if count > MOST_ROWS:
                raise Refused(f"This file has more than {MOST_ROWS:,} cards. Cut it into several files.", "file")
        elif name == "END":
            if begun:
                yield Row(begun, _cells(said), said.get("fault", [""])[0])
            begun = 0
        elif begun and name in WANTED:
            if value is None:
                said["fault"] = [f"{name} has more than {LONGEST_FIELD:,} characters."]
            elif len(said.setdefault(name, [])) < MOST_VALUES:
                said[name].append(value)
    if begun:
        yield Row(begun, _cells(said), "This card has no end.")


def _properties(lines: Iterable[str]) -> Iterator[tuple[int, str, str | None]]:
    """Each property unfolded: the line it begins on, its name, its value; None instead of one that is too long."""
    begun, unfolded, length, quoted = 0, [], 0, False
    for number, line in enumerate(lines, 1):
        bare = line.rstrip("\r\n")
        continues = bool(unfolded) and (bare[:1] in (" ", "\t") or quoted)
        if not continues:
            if unfolded:
                yield begun, *_property(unfolded, length)
            begun, unfolded, length = number, [], 0
            quoted = "QUOTED-PRINTABLE" in bare.partition(":")[0].upper()
            unfolded.append(bare.strip("\ufeff"))
        elif length <= LONGEST_FIELD:
            unfolded.append(bare if quoted else bare[1:])
        length += len(bare)
        if quoted:
            quoted = bare.endswith("=")
            unfolded[-1] = unfolded[-1] + ("\n" if quoted else "")
    if unfolded:
        yield begun, *_property(unfolded, length)


def _property(unfolded: list[str], length: int) -> tuple[str, str | None]:
    """The name, without its group and parameters, and the value."""
    whole = "".join(unfolded)[:LONGEST_FIELD]
    head = HEAD.match(whole)
    if head is None:
        return "", ""
    name, _, parameters = head[1].upper().partition(";")
    name, value = name.rpartition(".")[2].strip(), whole[head.end() :]
    if length > LONGEST_FIELD:
        return name, None
    if "QUOTED-PRINTABLE" in parameters:
        with suppress(ValueError):
            value = quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")
    return name, value.strip()


def _cells(said: dict[str, list[str]]) -> list[str]:
    """A card laid out in the columns OWN."""
    structured = list(_parts(said.get("N", [""])[0])) + [""] * 5
    names = [_plain(said["FN"][0])] if said.get("FN") else []
    name = next(filter(None, names), "") or " ".join(filter(None, (structured[1], structured[2], structured[0])))
    cells = {
        "Name": name,
        "E-mail": _several(said, "EMAIL", "mailto:"),
        "Phone": _several(said, "TEL", "tel:"),
        "Headline": next(filter(None, map(_plain, said.get("TITLE", []) + said.get("ROLE", []))), ""),
        "Works at": ", ".join(filter(None, _parts(said.get("ORG", [""])[0]))),
        "Place": next(filter(None, ((_parts(adr) + [""] * 7)[3] for adr in said.get("ADR", []))), ""),
        "Link": _several(said, "URL"),
        "Tags": SEPARATOR.join(
            _plain(tag) for tags in said.get("CATEGORIES", []) for tag in NOT_ESCAPED_COMMA.split(tags) if tag.strip()
        ),
        "Birthday": said.get("BDAY", [""])[0],
        "Note": "\n\n".join(filter(None, map(_plain, said.get("NOTE", [])))),
    }
    return [cells[column] for column in OWN]


def _several(said: dict[str, list[str]], name: str, scheme: str = "") -> str:
    values = (_plain(value) for value in said.get(name, []))
    return SEPARATOR.join(value.removeprefix(scheme) for value in values if value.removeprefix(scheme))


def _parts(value: str) -> list[str]:
    return [_plain(part) for part in NOT_ESCAPED_SEMICOLON.split(value)]


def _plain(value: str) -> str:
    return ESCAPED.sub(lambda said: "\n" if said[1] in "nN" else said[1], value).strip()
