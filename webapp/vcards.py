"""A vCard of one person, version 3.0 (RFC 2426), which every phone reads; and the shorter one that fits a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

ESCAPED = re.compile(r"[\\,;]")
LONGEST_LINE = 75  # octets, as RFC 2426 asks
ROOM = 666  # bytes that a picture of 97 by 97 squares holds: finer ones are hard to read from a screen
NAME_CUT = 60


@dataclass(frozen=True)
class Holder:
    """Whose card it is; whatever is empty is left out. Numbers are as they are to be dialled."""

    name: str
    agency: str
    email: str
    title: str = ""
    mobile: str = ""
    phone: str = ""
    link: str = ""


def vcard(holder: Holder) -> str:
    """The card as a file: lines of at most 75 octets."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(holder))


def for_picture(holder: Holder) -> tuple[str, bool]:
    """The card as a picture holds it, and whether it is a shorter one: without a link, then less and less."""
    whole, *shorter = (("\r\n".join(_lines(each))) for each in _ever_shorter(holder))
    fitting = next((text for text in shorter if _fits(text)), shorter[-1])
    return (whole, False) if _fits(whole) else (fitting, True)


def _ever_shorter(holder: Holder) -> Iterator[Holder]:
    yield holder
    for left_out in ("link", "title", "phone", "agency"):
        holder = replace(holder, **{left_out: ""})
        yield holder
    yield replace(holder, name=holder.name[:NAME_CUT])


def _lines(holder: Holder) -> list[str]:
    given, _, family = holder.name.rpartition(" ") if " " in holder.name else (holder.name, "", "")
    return [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;",
        f"FN:{_escaped(holder.name)}",
        *(
            f"{name}:{_escaped(value)}"
            for name, value in (
                ("ORG", holder.agency),
                ("TITLE", holder.title),
                ("EMAIL;TYPE=INTERNET", holder.email),
                ("TEL;TYPE=CELL", holder.mobile),
                ("TEL;TYPE=WORK", holder.phone),
                ("URL", holder.link),
            )
            if value
        ),
        "END:VCARD",
    ]


def _escaped(text: str) -> str:
    return ESCAPED.sub(r"\\\g<0>", text).replace("\r\n", "\n").replace("\n", r"\n")


def _folded(line: str) -> str:
    """Broken where it is too long, never inside a character; each further line begins with a blank."""
    folded, length = [], 0
    for sign in line:
        octets = len(sign.encode())
        if length + octets > LONGEST_LINE:
            folded.append("\r\n ")
            length = 1
        folded.append(sign)
        length += octets
    return "".join(folded)


def _fits(text: str) -> bool:
    return len(text.encode()) <= ROOM
