"""Try again: after a call that nobody answered, when to ring again; one tap, and Today says so when it is time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from domain.refusal import NotFound, Refused
from domain.touchpoint import Outcome
from domain.wishes import Wishes
from webapp import forms, noticing, today
from webapp.filters import agency, at, explain, just_now, now, zone
from webapp.filters import today as this_day
from webapp.hours import A_DAY, is_working_day, moment, next_working_day
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import recruiting, views
from webapp.reaching import Way, ways
from webapp.wished import wished_by

pages = Blueprint("tries", __name__)

UNANSWERED = (Outcome.VOICEMAIL, Outcome.NO_ANSWER)
SOON = timedelta(hours=2)
STEP = 5  # minutes, to which a time is rounded up
FRIDAY = 4
LOOKED_AT = 21  # days, for one on which they may be rung


# When


@dataclass(frozen=True)
class Offer:
    """A time to ring again: what its button says, and the local time that it sends."""

    words: str
    value: str


@pages.app_template_global()
def tries_offered(entry: Any) -> list[Offer]:
    """Three times at most, after a call just noted that nobody answered and that is not tried again yet."""
    if entry.kind != "touchpoint" or entry.outcome not in UNANSWERED or not just_now(entry.recorded_at):
        return []
    if entry.retracted_at or entry.moved_at or views.tries.of(entry.subject) is not None:
        return []
    found = dict.fromkeys(_times(wished_by(entry.candidate).wishes))
    return [Offer(_in_words(each), f"{each.astimezone(zone()):%Y-%m-%dT%H:%M}") for each in found]


def _times(wishes: Wishes) -> Iterator[datetime]:
    """In two hours, the next working morning, and Friday's or the one after that; moved to when they may be rung."""
    soon = now() + SOON
    yield _fit(soon + timedelta(minutes=-soon.minute % STEP, seconds=-soon.second), wishes)
    tomorrow = next_working_day(this_day(), agency())
    yield _fit(moment(tomorrow, agency().day_begins, agency().zone), wishes)
    friday = tomorrow + A_DAY * ((FRIDAY - tomorrow.weekday()) % 7)
    later = friday if friday > tomorrow and is_working_day(friday, agency()) else next_working_day(friday, agency())
    yield _fit(moment(later, agency().day_begins, agency().zone), wishes)


def _fit(wanted: datetime, wishes: Wishes) -> datetime:
    """This instant, or the first after it at which we work and they may be rung: their evening goes before ours."""
    local = wanted.astimezone(zone())
    begins, ends = agency().day_begins, agency().day_ends
    if wishes.not_before and wishes.not_before > begins:
        begins = wishes.not_before
        ends = time.max if begins >= ends else ends
    if wishes.not_after:
        ends = min(ends, wishes.not_after)
    for days in range(LOOKED_AT):
        on = local.date() + A_DAY * days
        clock = max(local.time().replace(second=0, microsecond=0), begins) if days == 0 else begins
        if is_working_day(on, agency()) and on.weekday() not in wishes.not_on and clock < ends:
            return moment(on, clock, agency().zone)
    return wanted


def _in_words(instant: datetime) -> str:
    """ "in 2 h", "today 18:00", "tomorrow 09:00", "Fri 27 Nov, 09:00"."""
    if timedelta() <= instant - (now() + SOON) < timedelta(minutes=STEP):
        return "in 2 h"
    local = instant.astimezone(zone())
    return f"tomorrow {local:%H:%M}" if local.date() == this_day() + A_DAY else at(instant)


@pages.post("/touchpoints/<uuid:touchpoint_id>/tries")
def choose(touchpoint_id: UUID) -> Response:
    entry = _known(touchpoint_id)
    try:
        when = forms.moment("at", zone().key)
        if when is None:
            raise Refused("Choose when to ring again.", "at")
        recruiting.try_again(forms.command(), touchpoint_id, when)
    except Refused as refused:
        return noticing.asked_again(entry, forms.status(refused), said=explain(refused).sentence)
    views.catch_up()
    return noticing.asked_again(entry, said=f"To be rung again {at(when)}: Today says so.")


@pages.post("/touchpoints/<uuid:touchpoint_id>/tries/done")
def done(touchpoint_id: UUID) -> Response:
    """It was tried again, or need not be."""
    _known(touchpoint_id)
    recruiting.tried_again(forms.command(), touchpoint_id)
    views.catch_up()
    if wants_fragment():
        return page_or_fragment("today/page.html", "agenda", **today.agenda(said="Done."))
    return go(url_for("today.page", whose=today.whose() if today.whose() == "everybody" else None))


def _known(touchpoint_id: UUID) -> Any:
    entry = views.timeline.entry(touchpoint_id)
    if entry is None:
        raise NotFound(touchpoint_id)
    return entry


# On Today


@dataclass(frozen=True)
class Try:
    """Somebody to ring again: by which number, at what time, and after which call."""

    row: Any
    person: Any
    way: Way | None

    @property
    def late(self) -> bool:
        return bool(self.row.at <= now())


@pages.app_template_global()
def tries_today() -> list[Try]:
    """Whom whoever is signed in, or everybody, is to ring again today, the earliest first."""
    by = None if request.values.get("whose") == "everybody" else current_user.id
    rows = views.tries.until(moment(this_day() + A_DAY, time.min, agency().zone), by)
    people = {row.id: row for row in views.directory.people([row.candidate for row in rows])}
    return [
        Try(row, people[row.candidate], next(iter(ways(people[row.candidate])), None))
        for row in rows
        if row.candidate in people
    ]
