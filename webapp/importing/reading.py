"""From bytes to text: which encoding, and lines of bounded length; or one sentence that says why not."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

from domain.refusal import Refused

LARGEST = 25_000_000
LONGEST_LINE = 1_000_000
MOST_LINES = 2_000_000
CHUNK = 2**20
LOOKED_AT = 4096
SHOWN_LINES = 3
SHOWN = 64
ASCII = set(range(128))

ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Western European (Windows, Excel)",
    "cp1250": "Central European (Windows, Excel)",
    "iso8859-1": "Western European (ISO 8859-1, Latin-1)",
    "iso8859-15": "Western European (ISO 8859-15)",
    "iso8859-2": "Central European (ISO 8859-2)",
    "mac-roman": "Western European (Mac)",
    "mac-latin2": "Central European (Mac)",
    "cp850": "Western European (DOS)",
    "cp1251": "Cyrillic (Windows)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "cp1253": "Greek (Windows)",
    "cp1254": "Turkish (Windows)",
    "cp1255": "Hebrew (Windows)",
    "cp1256": "Arabic (Windows)",
    "cp1257": "Baltic (Windows)",
    "cp1258": "Vietnamese (Windows)",
    "gb18030": "Chinese, simplified (GB 18030)",
    "big5hkscs": "Chinese, traditional (Big5)",
    "cp932": "Japanese (Shift JIS)",
    "cp949": "Korean",
    "utf-16-le": "UTF-16, little-endian",
    "utf-16-be": "UTF-16, big-endian",
}
"""What may be chosen for a file that is not UTF-8, and what it is called. None of these is ever guessed."""

MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", **ENCODINGS}

UNPACK = "This is a zip archive. Unpack it, and import the file that is inside."
OTHERS = {
    b"\xd0\xcf\x11\xe0": "This is an old Excel or Word file. Save it as “CSV UTF-8”, and import that.",
    b"%PDF": "This is a PDF. Import the list it was made from, as CSV or text.",
    b"\x1f\x8b": "This is a compressed file. Unpack it, and import the file that is inside.",
    b"7z\xbc\xaf": UNPACK,
    b"Rar!": UNPACK,
    b"BZh": UNPACK,
    b"\xfd7zXZ": UNPACK,
    b"\x89PNG": "This is a picture.",
    b"\xff\xd8\xff": "This is a picture.",
    b"GIF8": "This is a picture.",
    b"SQLite format 3": "This is a database, not a list.",
    b"\x7fELF": "This is a program, not a list.",
    b"MZ\x90": "This is a program, not a list.",
}
WORKBOOK = "This is an Excel workbook. In Excel choose “Save as”, then “CSV UTF-8”, and import that file."
NOT_TEXT = "This is not a text file, so there is nothing in it that could be imported."
EMPTY = "There is nothing in this file."


def check_size(size: int) -> None:
    """Refuse what is too large to be read, and what is empty."""
    if size > LARGEST:
        raise Refused(too_large(size), "file")
    if size == 0:
        raise Refused(EMPTY, "file")


def too_large(size: int) -> str:
    much = f"{size / 1e6:,.0f} MB" if size > LARGEST + 1e6 else f"more than {LARGEST / 1e6:.0f} MB"
    return f"This file is {much}, and at most {LARGEST / 1e6:.0f} MB can be imported. Cut it into several files."


def encoding_of(file: Path) -> str | None:
    """The encoding this file proves by itself: UTF-8, or one that it is marked with. None: somebody has to choose.

    Raises Refused for what is too large, empty, or no text at all.
    """
    check_size(file.stat().st_size)
    with file.open("rb") as opened:
        head = opened.read(LOOKED_AT)
    for mark, encoding in MARKED.items():
        if head.startswith(mark):
            return encoding
    _refuse_other_files(head, file)
    if _nuls_every_second(head) is not None:
        return None
    return "utf-8" if _reads_as(file, "utf-8") else None


def choices(file: Path) -> dict[str, list[str]]:
    """Every encoding in which the whole file can be read, with a few of its lines as they would look.

    Of several in which it reads the same, the first.
    """
    with file.open("rb") as opened:
        wide = _nuls_every_second(opened.read(LOOKED_AT))
    if wide:
        return {wide: [_around(line.strip()) for line in islice(lines(file, wide), SHOWN_LINES)]}
    shown, unusual = _telling(file)
    possible = [name for name in ENCODINGS if not name.startswith("utf-") and _reads_as(file, name)]
    alike = {unusual.decode(name, errors="replace"): name for name in reversed(possible)}
    return {
        name: [_around(line.decode(name, errors="replace").strip()) for line in shown]
        for name in possible
        if name in alike.values()
    }


def chosen(name: str) -> str:
    """The encoding that somebody named, by whichever of its names. Raises Refused."""
    with suppress(LookupError):
        proper = codecs.lookup(name).name
        for known in NAMES:
            if codecs.lookup(known).name == proper:
                return known
    raise Refused(f"Kept does not know the encoding “{name}”. Some that it knows: {', '.join(ENCODINGS)}.", "encoding")


def lines(file: Path, encoding: str) -> Iterator[str]:
    """The lines of this file, each with its end, in bounded memory. Raises Refused."""
    with closing(file.open(encoding=encoding, newline="")) as text:
        try:
            for number in range(1, MOST_LINES + 1):
                line = text.readline(LONGEST_LINE + 1)
                if not line:
                    return
                if len(line) > LONGEST_LINE:
                    raise Refused(
                        f"Line {number:,} is longer than {LONGEST_LINE:,} characters. This is no list.", "file"
                    )
                if "\0" in line:
                    raise Refused(f"Line {number:,} holds NUL bytes. {NOT_TEXT}", "file")
                yield line
        except UnicodeError:
            name = NAMES.get(encoding, encoding)
            raise Refused(f"Not all of this file can be read as {name}. Choose another encoding.", "encoding") from None
    raise Refused(f"This file has more than {MOST_LINES:,} lines.", "file")


def _refuse_other_files(head: bytes, file: Path) -> None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise Refused(WORKBOOK if b"[Content_Types].xml" in head or b"xl/" in head else UNPACK, "file")
    for magic, sentence in OTHERS.items():
        if head.startswith(magic):
            raise Refused(sentence, "file")
    if _nuls_every_second(head) is None and _has_nul(file):
        raise Refused(NOT_TEXT, "file")


def _nuls_every_second(head: bytes) -> str | None:
    """The kind of UTF-16 that this begins like, although no mark says so."""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    half = len(head) // 2
    if half < 2 or max(odd, even) < half * 0.7 or min(odd, even) > half * 0.05:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _has_nul(file: Path) -> bool:
    return any(b"\0" in chunk for chunk in _chunks(file))


def _reads_as(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(file):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            yield chunk


def _telling(file: Path) -> tuple[list[bytes], bytes]:
    """The lines by which encodings can be told apart best, and every byte that they differ in."""
    telling: list[tuple[int, bytes]] = []
    seen: set[int] = set()
    with file.open("rb") as opened:
        while line := opened.readline(CHUNK):
            fresh = set(line) - seen - ASCII
            if fresh:
                seen |= fresh
                telling.append((len(fresh), line))
    telling.sort(key=lambda each: -each[0])
    return [line for _, line in telling[:SHOWN_LINES]], bytes(sorted(seen))


def _around(line: str) -> str:
    """The line, or if it is long the stretch in which its first unusual letter stands."""
    if len(line) <= SHOWN:
        return line
    at = next((place for place, letter in enumerate(line) if ord(letter) > 127), 0)
    start = max(0, min(at - SHOWN // 3, len(line) - SHOWN))
    return f"{'… ' if start else ''}{line[start : start + SHOWN]}{' …' if start + SHOWN < len(line) else ''}"
