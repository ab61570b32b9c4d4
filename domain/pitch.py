"""What a job has for somebody: its selling points set against what hurts them and what they want.

Fixed rules: a point answers what somebody said if both are about one theme, by the words below, or share a word. The
rest is left as it is, so that nobody claims an answer that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.fitting import words_of
from domain.names import plain

THEMES = {
    "pay": r"pay|paid|pays|salary|wages?|rates?|money|bonus\w*|pension|underpaid|raise|package|allowance|\d+k|pounds?",
    "hours": r"(?:long|unsocial|working|fewer|\d+) hours|overtime|shifts?|nights?|weekends?|evenings?|rota\w*|"
    r"part time|full time|(?:long|four|4) days|days only|on call|sundays?|saturdays?|bank holidays?",
    "commute": r"commut\w*|driv(?:e|es|ing)|travel\w*|miles?|km|train|stations?|bus|traffic|motorway|journey|"
    r"too far|parking|minutes (?:from|away|walk)|distance|nearer|closer|on the doorstep",
    "home": r"home|remote\w*|hybrid|wfh",
    "manager": r"managers?|boss\w*|lead(?:er|ers|ership)?|micromanag\w*|bull(?:y|ied|ying)|supervis\w*|matron|"
    r"management|listen\w*|supportive",
    "growth": r"career|progress\w*|promot\w*|training|trained|courses?|learn\w*|develop\w*|prospects?|senior|bored|"
    r"stuck|overlooked|challeng\w*|qualif\w*|mentor\w*|band \d",
    "security": r"permanent|secure|security|stable|stability|contracts?|temp|temping|temporary|redundan\w*|zero hours|"
    r"layoffs?|long term|guarantee\w*",
    "flexibility": r"flex\w*|school|children|childcare|family|term time|compressed|balance|self rostering|own rota",
    "workload": r"workload|overworked|stress\w*|burn(?:t|ed|ing)? ?out|staff(?:ed|ing)?|short ?staffed|pressure|busy|"
    r"patients per|ratio\w*|admin|paperwork|breaks?",
    "team": r"team\w*|colleagues?|culture|atmosphere|friendly|lonely|alone",
    "holiday": r"holidays?|annual leave|days off|time off|sabbatical",
}
TELLING = 5  # letters that a word has at least which tells by itself what is meant
COMMON = frozenset(
    "about after again always because before being could doesnt every first hours minutes never other people person "
    "place right since somebody someone still than their there these they thing things those until wants week weeks "
    "where which while would years".split()
)
ABOUT = {theme: re.compile(rf"\b(?:{words})\b") for theme, words in THEMES.items()}
TO_ASK = {
    "pay": "Pay: what are they on now, and what would they move for?",
    "notice": "Notice: how soon could they start?",
    "place": "Place: where do they live, and how far would they go?",
    "permit": "Right to work: what do they hold, and until when?",
    "pains": "What hurts where they are now?",
    "wants": "What would they move for?",
}


@dataclass(frozen=True)
class Voiced:
    """Something that hurts somebody or that they want: in a line, in their own words if we have them, and when."""

    kind: str
    words: str
    quote: str
    on: date

    @property
    def text(self) -> str:
        return f"{self.words}\n{self.quote}"


@dataclass(frozen=True)
class Answered:
    """Something voiced, and which of the job's selling points we can set against it."""

    voiced: Voiced
    points: list[str]


@dataclass(frozen=True)
class Pitch:
    """What is answered, what nothing in the job answers, and which points answer nothing that we know of."""

    answered: list[Answered]
    unanswered: list[Voiced]
    unused: list[str]


def pitch(points: Sequence[str], voiced: Sequence[Voiced]) -> Pitch:
    """Each in the order in which it was given."""
    pairs = [Answered(each, [point for point in points if answers(point, each.text)]) for each in voiced]
    used = {point for pair in pairs for point in pair.points}
    return Pitch(
        [pair for pair in pairs if pair.points],
        [pair.voiced for pair in pairs if not pair.points],
        [point for point in points if point not in used],
    )


def answers(point: str, said: str) -> bool:
    """Whether a selling point is about the same as what was said."""
    return bool(themes(point) & themes(said) or _telling(point) & _telling(said))


def themes(text: str) -> frozenset[str]:
    """What a text is about."""
    folded = plain(text)
    return frozenset(theme for theme, words in ABOUT.items() if words.search(folded))


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if len(word) >= TELLING and word not in COMMON)
