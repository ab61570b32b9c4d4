"""Where the next page begins: the key of the last row shown, carried in the address of "More"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
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
    return f"{_microseconds(row.happened_at)}~{row.position}"


def moment(argument: str) -> tuple[datetime, int] | None:
    """The key that `before_moment` wrote. Answers 404 to an address that no page has shown."""
    return _read(argument, _moment)


def due(argument: str) -> tuple[date, UUID] | None:
    """The key of a promise's row in a list by due. Answers 404 to an address that no page has shown."""
    return _read(argument, lambda written: _keyed(written, date.fromisoformat))


def after_due(row: Any) -> str:
    """The key of a promise's row in a list by due."""
    return f"{row.due_on.isoformat()}~{row.id}"


def after_relationship(row: Any, only: str) -> str:
    """The key of a candidate's row in a list that shows all, or only those overdue or silent."""
    if only == "overdue":
        return f"{row.next_due_on.isoformat()}~{row.candidate}"
    return f"{_microseconds(row.last_contact_at) if only == 'silent' else row.folded}~{row.candidate}"


def after_key(key: tuple[str | date | datetime, UUID]) -> str:
    """A key as the relationships tell it; `relationship` reads it again."""
    what, candidate = key
    written = _microseconds(what) if isinstance(what, datetime) else what
    return f"{written}~{candidate}"


def relationship(argument: str, only: str) -> tuple[str | date | datetime, UUID] | None:
    """The key that `after_relationship` wrote. Answers 404 to an address that no page has shown."""
    reads: dict[str, Callable[[str], Any]] = {"overdue": date.fromisoformat, "silent": _instant}
    return _read(argument, lambda written: _keyed(written, reads.get(only, str)))


def after_fit(key: tuple[int, UUID]) -> str:
    """The key of somebody who fits a job."""
    return f"{key[0]}~{key[1]}"


def fit(argument: str) -> tuple[int, UUID] | None:
    """The key that `after_fit` wrote. Answers 404 to an address that no page has shown."""
    return _read(argument, lambda written: _keyed(written, _position))


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
    instant, place = written.split("~")
    return _instant(instant), _position(place)


def _keyed(written: str, read: Callable[[str], Any]) -> tuple[Any, UUID]:
    key, id = written.rsplit("~", 1)
    return read(key), UUID(id)


def _instant(written: str) -> datetime:
    return EPOCH + int(written) * MICROSECOND


def _microseconds(instant: datetime) -> int:
    return (instant - EPOCH) // MICROSECOND
