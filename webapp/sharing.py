"""What another app hands over to Kept, read as a touchpoint: a WhatsApp conversation, or words for a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.touchpoint import Channel, Direction
from webapp.filled import Typed
from webapp.importing.chats import Message, begins_like_a_chat, messages
from webapp.importing.dates import evidence, instant, usual

# What Android copies says no year: [25/11, 10:02] or [11/25, 10:02 AM]
NO_YEAR = re.compile(r"^([\u200e\u200f]*\[?\d{1,2}([./-])\d{1,2})(?=,?\s+\d{1,2}[:.]\d{2})", re.MULTILINE)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reader:
    """Who reads it and where: `who` tells the only candidate of a name or number, `us` are our own names."""

    who: Callable[[str], UUID | None]
    us: Collection[str]
    zone: ZoneInfo
    country: str
    now: datetime

    def is_us(self, author: str) -> bool:
        return author.casefold() in {name.casefold() for name in self.us}


def read(title: str, text: str, url: str, reader: Reader) -> Typed:
    """The fields of a quick note: candidate, channel, direction, happened_at and note, as a form would send them."""
    lines = NO_YEAR.sub(rf"\1\g<2>{reader.now.astimezone(reader.zone).year}", text).splitlines(keepends=True)
    said = [message for message in messages(lines) if message.author] if begins_like_a_chat(lines) else []
    return _conversation(said, reader) if said else _note(title, text, url)


def _note(title: str, text: str, url: str) -> Typed:
    parts = [text.strip()]
    if (title := title.strip()) and title not in text:
        parts.insert(0, title)
    if (url := url.strip()) and url not in text:
        parts.append(url)
    words = "\n".join(filter(None, parts))
    return Typed(channel=Channel.NOTE.value, direction=Direction.INTERNAL.value, note=words)


def _conversation(said: list[Message], reader: Reader) -> Typed:
    """One touchpoint of all the messages, dated by the last of them; who wrote that one says which way it went."""
    whose = {author: reader.who(author) for author in {message.author for message in said} if not reader.is_us(author)}
    known = {candidate for candidate in whose.values() if candidate}
    candidate = known.pop() if len(known) == 1 else None
    last, at = _last(said, reader)
    theirs = whose.get(last.author) == candidate if candidate else not reader.is_us(last.author)
    return Typed(
        candidate=str(candidate or ""),
        channel=Channel.WHATSAPP.value,
        direction=(Direction.IN if theirs else Direction.OUT).value,
        happened_at=f"{at.astimezone(reader.zone):%Y-%m-%dT%H:%M}" if at else "",
        note="\n".join(f"{message.author}: {message.words}" for message in said),
    )


def _last(said: list[Message], reader: Reader) -> tuple[Message, datetime | None]:
    """The message that was sent last, and when; messages copied one by one may stand in any order."""
    order = evidence(message.when for message in said).proven or usual(reader.country)
    when = [(instant(message.when, order, reader.zone), message) for message in said]
    dated = [(_not_in_the_future(at, reader.now), message) for at, message in when if at]
    if not dated:
        return said[-1], None
    latest = max(at for at, _ in dated)
    return next(message for at, message in reversed(dated) if at == latest), latest


def _not_in_the_future(at: datetime, now: datetime) -> datetime:
    """A date that was said without its year is of the last twelve months."""
    if at <= now + A_DAY or (at.month, at.day) == (2, 29):
        return at
    return at.replace(year=at.year - 1)
