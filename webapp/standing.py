"""What the agency promises by itself: an answer by the next working day, feedback two days after an interview, a call
before a no is written. And what may be written afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from textwrap import shorten
from typing import Any

from flask_login import current_user

from domain.due import Due
from domain.promise import NewPromise
from domain.submission import Ending
from domain.verbs.submissions import Standing
from domain.words import LONGEST_LINE
from webapp.filters import agency, today, zone
from webapp.hours import is_working_day, next_working_day

FEEDBACK_WITHIN = timedelta(days=2)
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


def next_day() -> date:
    """By when an answer is promised: the next working day."""
    return next_working_day(today(), agency())


def standing(job: Any, client: Any, meets_on: date | None = None) -> Standing:
    """The promises that whoever is signed in makes by moving somebody on, as far as the move calls for them."""
    about = f"{job.title} at {client.name}"
    return Standing(
        answer=_promise(f"Say where it stands: {about}", next_day(), job),
        feedback=_promise(f"Feedback on the interview: {about}", _after(meets_on), job) if meets_on else None,
        call=_promise(f"Ring first, then write: {about}", next_day(), job),
    )


def follow_up(name: str | None, job: Any, client: Any, cause: str, called: bool) -> str:
    """What may be written about a no, once it was rung up if it was to be."""
    first = (name or "").partition(" ")[0] or "there"
    decided = DECIDED[Ending(cause)].format(client=client.name)
    decided = f"As I said on the phone, {decided}" if called else f"To say it plainly: {decided}"
    return FOLLOW_UP.format(first=first, job=job.title, client=client.name, decided=decided, us=current_user.name)


def _promise(words: str, on: date, job: Any) -> NewPromise:
    words = shorten(words, LONGEST_LINE, placeholder=" …")
    return NewPromise(words, Due(on, None, zone().key), current_user.id, job=job.id)


def _after(interview: date) -> date:
    """Two days after an interview, or the working day after that; never before the next one."""
    on = interview + FEEDBACK_WITHIN
    return max(on if is_working_day(on, agency()) else next_working_day(on, agency()), next_day())
