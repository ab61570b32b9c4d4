"""Reading a form: every field comes back clean, or is refused with a sentence beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import NoReturn, TypeVar
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import abort, request
from flask_login import current_user

from domain.command import Command
from domain.refusal import AlreadySaved, Refused, Stale
from webapp.filters import said_at
from webapp.spoken import heard, settled

Choice = TypeVar("Choice", bound=StrEnum)
Moment = TypeVar("Moment", date, time, datetime)
Day = TypeVar("Day", date, datetime)
NO_TIME = "That is not a time. Choose it, or write it like 09:30."
NO_MOMENT = "That is not a date and time. Choose both, or write them like 2026-11-27T09:30."
NO_ZONE = "Leave the time zone out: every time here is meant in the agency's own."
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?"
MOMENT = rf"{DAY}[T ]{CLOCK}"
IN_A_ZONE = re.compile(r"[0-9]:[0-9]{2}.*([zZ]|[+-][0-9:]{2,})$")
INCOMPLETE = "This form arrived incomplete. Load the page again and send it once more."


def fresh_command() -> str:
    """A command id for a form that is about to be shown."""
    return str(uuid4())


def command() -> Command:
    """The command this form carries, said by who is signed in. Answers 400 when the form has none."""
    by = current_user.id if current_user.is_authenticated else None
    return Command(_identity("command"), by, said_at=said_at())


def seen() -> int:
    """The version of the last human event that the form was shown with. Answers 400 if the form has none."""
    number = request.form.get("seen", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        abort(400, INCOMPLETE)
    return int(number)


def unbroken(text: str) -> str:
    """Without blanks around it, its lines ending as they are kept: browsers send them otherwise."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def text(name: str, limit: int = 10_000, field: str | None = None) -> str:
    """What was written, without blanks around it; several lines are fine. At most `limit` characters."""
    written = unbroken(request.form.get(name, ""))
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in written):
        raise Refused("This contains characters that cannot be kept. Please type it again.", field or name)
    if len(written) > limit:
        raise Refused(f"This is too long: {len(written):,} characters, and {limit:,} fit.", field or name)
    return written


def line(name: str, limit: int = 200, field: str | None = None) -> str:
    """What was written, as one line with single blanks."""
    return " ".join(text(name, limit, field).split())


def day(name: str, field: str | None = None, said: Mapping[str, str] | None = None) -> date | None:
    """The day of a date field (of the form, or of what was `said` elsewhere), in words or as a browser sends it, past
    or to come; None if it was left empty."""
    written = (request.form if said is None else said).get(name, "").strip()
    return settled(heard(written, either=True), field or name).on if written else None


def clock(name: str, field: str | None = None) -> time | None:
    """The local time of a time field, None if it was left empty."""
    written = request.form.get(name, "").strip()
    if not written:
        return None
    chosen = _read(written, CLOCK, time.fromisoformat, Refused(NO_TIME, field or name))
    return chosen.replace(second=0, microsecond=0)


def moment(name: str, zone: str, field: str | None = None) -> datetime | None:
    """The instant of a date-and-time field filled in at `zone`, None if it was left empty."""
    written = request.form.get(name, "").strip()
    if not written:
        return None
    local = _read(written, MOMENT, datetime.fromisoformat, Refused(NO_MOMENT, field or name))
    return _in_our_times(local, Refused(NO_MOMENT, field or name)).replace(tzinfo=ZoneInfo(zone))


def choice(name: str, kind: type[Choice], field: str | None = None, otherwise: Choice | None = None) -> Choice:
    """The one chosen among the values of an enumeration; `otherwise` where the form has no such field."""
    if otherwise is not None and name not in request.form:
        return otherwise
    try:
        return kind(request.form.get(name, ""))
    except ValueError:
        raise Refused("Choose one of these.", field or name) from None


def identity(name: str, field: str | None = None) -> UUID | None:
    """The id that a field carries, None if it was left empty."""
    try:
        return UUID(request.form[name]) if request.form.get(name) else None
    except ValueError:
        raise Refused("Choose somebody from the list.", field or name) from None


def errors(refused: Refused) -> dict[str, str]:
    """The sentence under the name of its field; under `form` when it concerns the whole."""
    return {refused.field or "form": refused.sentence}


def status(refused: Refused) -> int:
    """409 when somebody else was faster, 422 when the form itself is at fault."""
    return 409 if isinstance(refused, (Stale, AlreadySaved)) else 422


def _read(written: str, shape: str, read: Callable[[str], Moment], refused: Refused) -> Moment:
    """What was written in the shape that browsers send, and in no other."""
    if IN_A_ZONE.search(written):
        raise Refused(NO_ZONE, refused.field)
    try:
        return read(written) if re.fullmatch(shape, written) else _refuse(refused)
    except ValueError:
        raise refused from None


def _in_our_times(chosen: Day, refused: Refused) -> Day:
    return chosen if 1900 <= chosen.year <= 2200 else _refuse(refused)


def _refuse(refused: Refused) -> NoReturn:
    raise refused


def _identity(name: str) -> UUID:
    """A random id. Those computed from names are Kept's own: nobody may use up the id of an erasure before it."""
    try:
        id = UUID(request.form.get(name, ""))
    except ValueError:
        abort(400, INCOMPLETE)
    return id if id.version == 4 else abort(400, INCOMPLETE)
