"""How facts are worded on a page: moments in the agency's zone, days as people say them, names instead of ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask, g, has_request_context, request
from markupsafe import Markup, escape

from domain.due import Due
from domain.promise import State
from domain.recruiter import Role
from domain.refusal import Refused, Stale
from domain.touchpoint import Channel, Direction, Outcome
from webapp.ledger import recruiting, views
from webapp.markdown import markdown

DIRECTIONS = {"out": "we → them", "in": "they → us", "internal": "internal"}
CLOSED = {
    State.KEPT: "Kept",
    State.BROKEN: "Not kept",
    State.RELEASED: "No longer needed",
    State.OVERTAKEN: "Overtaken",
    State.WITHDRAWN: "Withdrawn",
}
JUST_NOW = timedelta(minutes=10)


def init_filters(app: Flask) -> None:
    """Let templates say `entry.at|moment`, `promise.keeper|who`, `promise|standing` and the like."""
    for wording in (
        *(
            markdown,
            moment,
            clock,
            day,
            due,
            who,
            standing,
            times,
            sentence,
            state_name,
            direction,
            written_later,
            undoable_entry,
        ),
        *(wrong, beside, whole),
    ):
        app.add_template_filter(wording)
    app.jinja_env.globals.update(
        keepers=keepers,
        channels=list(Channel),
        directions=list(Direction),
        outcomes=list(Outcome),
    )


def now() -> datetime:
    """The instant of this request, the same on the whole page; of a form that had to wait, when it was filled in."""
    if "now" not in g:
        g.now = said_at() or recruiting.log.now()
    return g.now


def agency() -> Any:
    """The agency and its settings."""
    if "agency" not in g:
        g.agency = views.team.agency()
    return g.agency


def said_at() -> datetime | None:
    """When it was filled in, if it had to wait: it says for how many seconds, since a phone's clock may be wrong."""
    waited = request.form.get("waited", "") if has_request_context() else ""
    if not (waited.isascii() and waited.isdigit() and len(waited) < 9):
        return None
    return recruiting.log.now() - timedelta(seconds=int(waited))


def zone() -> ZoneInfo:
    """The agency's time zone."""
    if "zone" not in g:
        g.zone = ZoneInfo(agency().zone)
    return cast(ZoneInfo, g.zone)


def today() -> date:
    """The agency's date."""
    return _today_in(zone().key)


def moment(instant: datetime) -> Markup:
    """ "today 09:12", "Fri 20 Nov, 09:12", the year when it is another one; the instant itself as a title."""
    said = instant.isoformat(timespec="seconds")  # digits and signs, and the names of days in `at`: nothing to escape
    return Markup(f'<time datetime="{said}" title="{said[:10]} {said[11:19]} UTC">{at(instant)}</time>')


def at(instant: datetime) -> str:
    """A moment as plain words."""
    local = instant.astimezone(zone())
    on, clock = local.date(), local.isoformat()[11:16]
    return f"today {clock}" if on == today() else f"{_short(on)}, {clock}"


def clock(instant: datetime) -> str:
    """The time of day, in the agency's zone."""
    return instant.astimezone(zone()).isoformat()[11:16]


def day(on: date) -> Markup:
    """ "Fri 27 Nov", the year when it is another one."""
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), _short(on))


def due(row: Any) -> Markup:
    """When a promise is due, as it was said."""
    return Markup(f'<time datetime="{row.due_on.isoformat()}">{escape(due_said(row))}</time>')


def due_said(row: Any) -> str:
    """The due that a row holds, as plain words."""
    return in_words(Due(row.due_on, row.due_at, getattr(row, "due_zone", zone().key)))


def in_words(due: Due) -> str:
    """A due as plain words; the zone of a time is named where it is not the agency's."""
    words = _short(due.on) + (f", {due.at:%H:%M}" if due.at else "")
    return words if not due.at or due.zone == zone().key else f"{words} ({due.zone})"


def who(id: UUID | None) -> str:
    """A colleague's name; what nobody did, Kept did."""
    if id is None:
        return "Kept"
    return next((row.name for row in colleagues() if row.id == id and row.name), "a former colleague")


def colleagues() -> Sequence[Any]:
    """Everybody on the team, asked for once a request."""
    if "colleagues" not in g:
        g.colleagues = views.team.everyone()
    return g.colleagues


def keepers() -> list[Any]:
    """Those who may be trusted with a promise."""
    return [row for row in colleagues() if row.role != Role.AUDITOR and row.state != "left"]


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def sentence(words: str) -> str:
    """With a capital first letter, the others as they are."""
    return words[:1].upper() + words[1:]


def state_name(state: str) -> str:
    """A promise's state as a recruiter would say it."""
    return CLOSED.get(State(state), "Open")


def direction(value: str) -> str:
    """Who spoke to whom."""
    return DIRECTIONS.get(value, value)


def written_later(entry: Any) -> str:
    """How much later than it happened a touchpoint was written down; "" within a day, when it goes without saying."""
    days = (entry.recorded_at - entry.happened_at) // timedelta(days=1)
    if days < 1:
        return ""
    number, unit = (days, "day") if days < 60 else (days // 30, "month") if days < 730 else (days // 365, "year")
    return f"written {number} {unit}{'' if number == 1 else 's'} later"


# A form with something wrong in it


def wrong(errors: dict[str, str], field: str, place: object = "") -> Markup:
    """What an input carries when its field was refused: marked, tied to the sentence, and first to be mended."""
    if field not in errors:
        return Markup()
    return Markup(' aria-invalid="true" aria-describedby="{}" data-focus').format(_error_id(field, place))


def beside(errors: dict[str, str], field: str, place: object = "") -> Markup:
    """The refusal beside its field, if there is one."""
    if field not in errors:
        return Markup()
    return Markup('<span class="error" id="{}">{}</span>').format(_error_id(field, place), errors[field])


def whole(errors: dict[str, str]) -> Markup:
    """The refusal that concerns the whole form, if there is one."""
    if "form" not in errors:
        return Markup()
    return Markup('<p class="refusal" role="alert" tabindex="-1" data-focus>{}</p>').format(errors["form"])


# A promise as it stands


@dataclass(frozen=True)
class Standing:
    """How a promise stands now: a word for its colour, and what is said loudest about it."""

    kind: str
    loud: str


def standing(row: Any) -> Standing:
    """overdue, today or open; kept, broken, released, overtaken or withdrawn once it is closed."""
    if row.state != State.OPEN:
        return Standing(row.state, CLOSED[row.state])
    here = _today_in(row.due_zone)
    if row.due_on < here or (row.due_on == here and _has_come(row)):
        return Standing("overdue", _late((here - row.due_on).days, row.due_at))
    if row.due_on == here:
        return Standing("today", f"Due today, {row.due_at:%H:%M}" if row.due_at else "Due today")
    return Standing("open", "Due tomorrow" if (row.due_on - here).days == 1 else "")


def undoable_entry(entry: Any) -> bool:
    """Whether an entry was written down a moment ago and still stands."""
    return just_now(entry.recorded_at) and not (entry.retracted_at or entry.moved_at or entry.redacted_at)


def just_now(instant: datetime) -> bool:
    """Within the last ten minutes."""
    return now() - instant < JUST_NOW


def explain(refused: Refused) -> Refused:
    """The refusal as the person at this page should read it: who was faster, and that nothing typed is lost."""
    if isinstance(refused, Stale):
        refused.sentence = f"{who(refused.by)} changed this at {_clock(refused.at)}. Your words are still here."
    return refused


def _today_in(zone_name: str) -> date:
    days = g.setdefault("days", {})
    if zone_name not in days:
        days[zone_name] = now().astimezone(ZoneInfo(zone_name)).date()
    return cast(date, days[zone_name])


def _has_come(row: Any) -> bool:
    """Whether the time of day that was promised has come."""
    return row.due_at is not None and now() >= Due(row.due_on, row.due_at, row.due_zone).falls_due_at()


def _error_id(field: str, place: object) -> str:
    return f"{field}-error-{place}" if place else f"{field}-error"


def _late(days: int, clock: time | None) -> str:
    if days < 1:
        return f"Overdue since {clock:%H:%M}"
    return "Overdue by 1 day" if days == 1 else f"Overdue by {days} days"


def _clock(instant: datetime) -> str:
    local = instant.astimezone(zone())
    return f"{local:%H:%M}" if local.date() == today() else f"{local:%H:%M} on {_short(local.date())}"


def _short(on: date) -> str:
    return _said(on, today().year)


@lru_cache(maxsize=4096)
def _said(on: date, this_year: int) -> str:
    year = "" if on.year == this_year else f" {on.year}"
    return f"{on:%a} {on.day} {on:%b}{year}"
