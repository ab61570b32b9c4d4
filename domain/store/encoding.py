"""One canonical, length-prefixed encoding: a value has exactly one form in bytes, for ever.

A value is a tag byte, the length of its body as four big-endian bytes, and the body. Numbers are written in
decimal, texts in UTF-8, instants as microseconds since 1970 UTC, mappings with their keys sorted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class NotCanonical(ValueError):
    """These bytes are not the one encoding of any value."""


def encode(value: Any) -> bytes:
    """The bytes of None, bool, int, str, bytes, UUID, date, local time, aware datetime, list or dict of these.

    Raises TypeError for anything else, for a naive datetime, a time with a zone, and a dict whose keys are not texts.
    """
    tag, body = _body(value)
    return tag + len(body).to_bytes(4, "big") + body


def decode(data: bytes) -> Any:
    """The value of these bytes; tuples come back as lists. Raises NotCanonical for what `encode` did not make."""
    value, end = _read(data, 0)
    if end != len(data):
        raise NotCanonical("There are bytes after the value.")
    return value


def microseconds(instant: datetime) -> int:
    """Whole microseconds since 1970 UTC of an aware instant."""
    if instant.tzinfo is None:
        raise TypeError("An instant must know its zone.")
    return (instant - EPOCH) // MICROSECOND


def instant(micro: int) -> datetime:
    """The UTC instant of so many microseconds since 1970."""
    return EPOCH + micro * MICROSECOND


def _body(value: Any) -> tuple[bytes, bytes]:
    if value is None:
        return b"N", b""
    if isinstance(value, bool):
        return b"B", b"1" if value else b"0"
    if isinstance(value, int):
        return b"I", b"%d" % value
    if isinstance(value, str):
        return b"S", str.encode(value, "utf-8")
    if isinstance(value, bytes):
        return b"Y", value
    if isinstance(value, UUID):
        return b"U", value.bytes
    if isinstance(value, datetime):
        return b"T", b"%d" % microseconds(value)
    if isinstance(value, date):
        return b"D", value.isoformat().encode()
    if isinstance(value, time) and value.tzinfo is None:
        return b"H", value.isoformat().encode()
    if isinstance(value, (list, tuple)):
        return b"L", b"".join(map(encode, value))
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return b"M", b"".join(encode(key) + encode(value[key]) for key in sorted(value))
    raise TypeError(f"{type(value).__name__} has no canonical encoding.")


def _read(data: bytes, start: int) -> tuple[Any, int]:
    end = start + 5 + int.from_bytes(data[start + 1 : start + 5], "big")
    if end > len(data) or start + 5 > len(data):
        raise NotCanonical("The bytes end too early.")
    body = data[start + 5 : end]
    try:
        return READERS[data[start]](body), end
    except NotCanonical:
        raise
    except KeyError:
        raise NotCanonical(f"Unknown value {chr(data[start])!r}.") from None
    except (ValueError, OverflowError, RecursionError) as error:
        raise NotCanonical(str(error)) from error


def _nothing(body: bytes) -> None:
    if body:
        raise NotCanonical("Nothing has no bytes.")


def _truth(body: bytes) -> bool:
    if body not in (b"0", b"1"):
        raise NotCanonical("A truth is 0 or 1.")
    return body == b"1"


def _number(body: bytes) -> int:
    number = int(body)
    if b"%d" % number != body:
        raise NotCanonical("A number is not in its shortest form.")
    return number


def _usual(moment: date | time, body: bytes) -> date | time:
    if moment.isoformat().encode() != body or getattr(moment, "tzinfo", None) is not None:
        raise NotCanonical("A date or time is not in its usual form.")
    return moment


def _items(body: bytes) -> list[Any]:
    items, at, end = [], 0, len(body)
    while at < end:
        item, at = _read(body, at)
        items.append(item)
    return items


def _mapping(body: bytes) -> dict[str, Any]:
    items = _items(body)
    keys, values = items[::2], items[1::2]
    if len(keys) != len(values) or any(type(key) is not str for key in keys) or keys != sorted(set(keys)):
        raise NotCanonical("The keys of a mapping are texts, each once and in order.")
    return dict(zip(keys, values, strict=True))


READERS: dict[int, Callable[[bytes], Any]] = {
    ord("N"): _nothing,
    ord("B"): _truth,
    ord("I"): _number,
    ord("S"): lambda body: body.decode("utf-8"),
    ord("Y"): lambda body: body,
    ord("U"): lambda body: UUID(bytes=body),
    ord("T"): lambda body: instant(_number(body)),
    ord("D"): lambda body: _usual(date.fromisoformat(body.decode("ascii")), body),
    ord("H"): lambda body: _usual(time.fromisoformat(body.decode("ascii")), body),
    ord("L"): _items,
    ord("M"): _mapping,
}
