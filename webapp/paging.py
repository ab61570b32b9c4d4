"""Where the next page begins: the key of the last row shown, carried in the address of "More"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import abort, request

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
Key = TypeVar("Key")
LARGEST = 2**63 - 1  # that a database can compare with


def position(argument: str) -> int | None:
    """The position of a row in the log. Answers 404 to an address that no page has shown."""
    return _read(argument, _position)


def before_moment(row: Any) -> str:
    """The key of a timeline's row."""
    return f"{(row.happened_at - EPOCH) // MICROSECOND}~{row.position}"


def moment(argument: str) -> tuple[datetime, int] | None:
    """The key that `before_moment` wrote. Answers 404 to an address that no page has shown."""
    return _read(argument, _moment)


def after_name(row: Any) -> str:
    """The key of a candidate's row."""
    return f"{row.folded}~{row.id}"


def name(argument: str) -> tuple[str, UUID] | None:
    """The key that `after_name` wrote. Answers 404 to an address that no page has shown."""
    return _read(argument, _name)


def _read(argument: str, key: Callable[[str], Key]) -> Key | None:
    written = request.args.get(argument, "")
    try:
        return key(written) if written else None
    except (ValueError, OverflowError):
        abort(404)


def _position(written: str) -> int:
    number = int(written)
    if abs(number) > LARGEST:
        raise OverflowError(written)
    return number


def _moment(written: str) -> tuple[datetime, int]:
    microseconds, place = written.split("~")
    return EPOCH + int(microseconds) * MICROSECOND, _position(place)


def _name(written: str) -> tuple[str, UUID]:
    folded, id = written.rsplit("~", 1)
    return folded, UUID(id)
