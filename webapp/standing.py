"""What the agency promises by itself when a submission moves or ends, as its owner set it. And what may be written
afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from textwrap import shorten
from typing import Any

from flask_login import current_user

from domain.due import Due
from domain.merging import filled
from domain.process import StandingPromise, Starts, Unit, reaching
from domain.promise import NewPromise
from domain.submission import Ending, Kind
from domain.verbs.submissions import Standing
from domain.words import LONGEST_LINE
from webapp.agencys import process
from webapp.filters import agency, now, today, zone
from webapp.hours import A_DAY, is_working_day, next_working_day

ENDINGS = (Starts.ENDED, Starts.ENDED_EARLY)
DECIDED = {
    Ending.CLIENT_SAID_NO: "{client} decided for somebody else",
    Ending.CANDIDATE_SAID_NO: "you would rather not go on with it",
    Ending.JOB_GONE: "{client} do not fill the job any more",
    Ending.PLACED_ELSEWHERE: "you start elsewhere, and I wish you the very best there",
    Ending.OTHER: "it does not go on",
}
FOLLOW_UP = """Hello {first},

thank you for your time on {job} at {client}. {decided}.

What you told us about the work you look for stays with me, and I ring when something fits. Is there anything that you
would like to ask?

Kind regards
{us}"""


KINDS: dict[str, Kind] = {
    Starts.NOT_TOLD: Kind.ANSWER,
    Starts.INTERVIEW: Kind.FEEDBACK,
    Starts.ENDED: Kind.CALL,
    Starts.ENDED_EARLY: Kind.ANSWER,
}


def promised_by(starts: Starts) -> Any:
    """What is said beforehand of a standing promise: the day by which it would be due; None where nothing is."""
    found = process().promised_at(starts)
    return min(_due(each).on for each in found) if found else None


def moving(job: Any, client: Any, stage: str = "", meets_on: date | None = None) -> Standing:
    """The promises that whoever is signed in makes by moving somebody on, perhaps to another stage."""
    made = _made(Starts.NOT_TOLD, job, client)
    made += _made(Starts.INTERVIEW, job, client, meets_on) if meets_on else []
    return Standing((*made, *(_made(reaching(stage), job, client) if stage else [])))


def ending(job: Any, client: Any, *when: Starts) -> Standing:
    """The promises that whoever is signed in makes by ending a submission, late or early."""
    return Standing(tuple(made for each in when or ENDINGS for made in _made(each, job, client)))


def follow_up(name: str | None, job: Any, client: Any, cause: str, called: bool) -> str:
    """What may be written about a no, once it was rung up if it was to be."""
    first = (name or "").partition(" ")[0] or "there"
    decided = DECIDED[Ending(cause)].format(client=client.name)
    decided = f"As I said on the phone, {decided}" if called else f"To say it plainly: {decided}"
    return FOLLOW_UP.format(first=first, job=job.title, client=client.name, decided=decided, us=current_user.name)


def _made(starts: str, job: Any, client: Any, meets_on: date | None = None) -> list[tuple[Kind, NewPromise]]:
    kind = KINDS.get(starts, Kind.OTHER)
    values = {"job": job.title, "client": client.name}
    return [
        (kind, NewPromise(_words(each.words, values), _due(each, meets_on), current_user.id, job=job.id))
        for each in process().promised_at(starts)
    ]


def _words(words: str, values: dict[str, str]) -> str:
    return shorten(filled(words, values)[0], LONGEST_LINE, placeholder=" …")


def _due(each: StandingPromise, meets_on: date | None = None) -> Due:
    """By when: so many working days or hours from now, or after an interview; then a day is named, not an hour."""
    if meets_on is not None:
        on = _later(meets_on, each.within) if each.unit == Unit.DAYS else meets_on + ceil(each.within / 24) * A_DAY
        return Due(max(_working(on), _later(today(), 1)), None, zone().key)
    if each.unit == Unit.DAYS:
        return Due(_later(today(), each.within), None, zone().key)
    then = (now() + timedelta(hours=each.within)).astimezone(zone())
    return Due(_working(then.date()), then.time().replace(second=0, microsecond=0), zone().key)


def _later(day: date, working_days: int) -> date:
    for _ in range(working_days):
        day = next_working_day(day, agency())
    return day


def _working(day: date) -> date:
    """This day, or the working day after it."""
    return day if is_working_day(day, agency()) else next_working_day(day, agency())
