"""A date as it was typed, in words or as browsers send it, read by the agency's clock and in its country's order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from domain.refusal import Refused
from domain.when import Question, Said, read
from webapp.filters import agency, now, zone

PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")
YEARS = range(1900, 2201)


def month_first() -> bool | None:
    """Whether "3/12" is the 12th of March to this agency; None as long as nobody said in which country it is."""
    country = agency().country
    return country.startswith("US") if country else None


def heard(words: str, either: bool = False) -> Said | Question:
    """What was typed, as the agency means it; `either` way, where a day may as well be past."""
    answer = read(words, now().astimezone(zone()), month_first(), either)
    if isinstance(answer, Said) and answer.on.year not in YEARS:
        return Question("That is not a date. Please check the year.")
    return answer


def understood(words: str, at: time | None, chosen: str = "", stood: time | None = None) -> Said | Question:
    """What was typed into a due and into the time beside it, and which answer was `chosen` to the question it raised.

    A time that `stood` in its field before, and still does, says nothing against one in the words.
    """
    answer = heard(words)
    if at is not None:
        answer = _beside(answer, at, at == stood)
    picked = [each for each in answer.choices if each.iso() == chosen] if isinstance(answer, Question) else []
    return picked[0] if picked else answer


def _beside(answer: Said | Question, at: time, stood: bool) -> Said | Question:
    """The answer with the hour of the field beside it, or a question if the words name another."""
    choices = answer.choices if isinstance(answer, Question) else (answer,)
    timed = tuple(each if each.at else replace(each, at=at) for each in choices)
    fitting = tuple(each for each in timed if each.at == at)
    if stood or len(fitting) == len(timed):
        return replace(answer, choices=timed) if isinstance(answer, Question) else timed[0]
    if fitting:
        return fitting[0] if len({each.on for each in choices}) == 1 else _asked(fitting)
    return _asked(tuple(dict.fromkeys(each for one in timed for each in (one, replace(one, at=at)))))


def _asked(choices: tuple[Said, ...]) -> Question:
    return Question(f"Do you mean {' or '.join(each.said() for each in choices)}?", choices)


def phrase(words: str) -> str | None:
    """The words to be kept of a due: none if it is a plain date as browsers send it."""
    words = " ".join(words.split())
    return None if PLAIN.fullmatch(words) else words or None


def settled(answer: Said | Question, field: str) -> Said:
    """The day and hour, if they are clear. Raises Refused with the question beside `field`."""
    if isinstance(answer, Question):
        raise Refused(answer.sentence, field)
    return answer
