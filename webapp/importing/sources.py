"""Any file as rows of cells: what it is, how it is laid out, and its rows, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from domain.refusal import Refused
from webapp.importing import cards, chats, formats, pasted, tables
from webapp.importing.formats import CHAT, CSV, FORMATS, NOTE, NOTES, OWN, OWN_CHAT, PEOPLE, VCARD, Format, Target
from webapp.importing.reading import lines
from webapp.importing.tables import Row


@dataclass(frozen=True)
class Shape:
    """How a file is read. The last four are of a table alone."""

    format: str
    encoding: str
    headers: tuple[str, ...] = OWN
    separator: str = ""
    first: int = 1
    headed: bool = True

    @property
    def kind(self) -> Format:
        return FORMATS[self.format]

    @property
    def is_table(self) -> bool:
        return bool(self.separator)


def shape_of(
    file: Path, encoding: str, *, is_pasted: bool = False, like: str | None = None, headed: bool | None = None
) -> Shape:
    """What this file is, unless somebody said what it is `like`. Raises Refused."""
    text = partial(lines, file, encoding)
    if like is None:
        like = _told_by_its_beginning(text, is_pasted)
    if like == VCARD.key:
        return Shape(like, encoding)
    if like == CHAT.key:
        return Shape(like, encoding, OWN_CHAT)
    if like in (PEOPLE.key, NOTE.key):
        return Shape(like, encoding)
    layout = tables.layout_of(text(), headed)
    known = formats.recognised(layout.headers) or CSV
    if known is CSV and _only_notes(formats.targets(layout.headers, CSV)):
        known = NOTES
    return Shape(known.key, encoding, tuple(layout.headers), layout.separator, layout.first, layout.headed)


def rows(file: Path, shape: Shape, *, about: str = "", roles: Mapping[str, str] | None = None) -> Iterator[Row]:
    """The rows of a file, each as wide as its headers. `about`: the person of a chat or a note. Raises Refused."""
    text = lines(file, shape.encoding)
    match shape.format:
        case VCARD.key:
            return cards.rows(text)
        case CHAT.key:
            return chats.rows(text, roles or {}, about)
        case PEOPLE.key:
            return pasted.rows_of_people(text)
        case NOTE.key:
            return pasted.row_of_note(text, about)
    layout = tables.Layout(shape.separator, list(shape.headers), shape.first, shape.headed)
    return tables.rows(text, layout)


def speakers(file: Path, shape: Shape) -> dict[str, int]:
    """Who speaks in a chat and how often, the most talkative first."""
    return dict(chats.speakers(lines(file, shape.encoding)).most_common(20))


def _told_by_its_beginning(text: Callable[[], Iterator[str]], is_pasted: bool) -> str:
    """A card, a chat, a table; what was pasted and has no header is one person a line, or one note."""
    if cards.begins_like_cards(text()):
        return VCARD.key
    if chats.begins_like_a_chat(text()):
        return CHAT.key
    if is_pasted and not _has_header(text):
        return pasted.guessed(text()).key
    return CSV.key


def _has_header(text: Callable[[], Iterator[str]]) -> bool:
    try:
        headers = tables.layout_of(text()).headers
    except Refused:
        return False
    return len(headers) > 1 and (formats.recognised(headers) is not None or formats.familiar(headers) > 1)


def _only_notes(targets: list[Target]) -> bool:
    """Whether rows say something about people whom they do not name."""
    named = {Target.NAME, Target.FIRST, Target.LAST}
    told_by = {Target.EMAIL, Target.PHONE, Target.REFERENCE, Target.LINK}
    return Target.NOTE in targets and bool(told_by & set(targets)) and not named & set(targets)
