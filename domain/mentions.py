"""What a note says about pay, notice and place, and about what somebody suffers from: the sentences themselves, the
figures in them, and where two of them differ. Never a judgement which of the two is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")

SENTENCE = re.compile(r"[^.!?;\n]+(?:[.](?=\d)[^.!?;\n]+)*[.!?;]*")
AMOUNT = re.compile(
    r"[£€$]\s?\d|\d\s?k\b|\b\d[\d.,]*\s?(?:an?|per|/|p)[ /]?(?:hour|hr|h|day|d|week|wk|annum|year|yr|a)\b|"
    r"\b\d[\d.,]*\s?(?:gbp|eur|usd|pounds|euros|dollars)\b",
    re.IGNORECASE,
)
PAY = re.compile(r"\b(?:salary|salaries|wages?|day rate|hourly|the rate|rate|package|bonus|paid|pay)\b", re.IGNORECASE)
FIGURE = re.compile(r"\d{2}|\b(?:less|more|below|under|over|above|higher|lower|least)\b", re.IGNORECASE)
PAIN = re.compile(
    r"\b(?:no more|had enough|fed up|sick of|tired of|hates?|hated|can'?t stand|dreads?|unhappy|miserable|stress\w*|"
    r"burn(?:t|ed|ing)? ?out|worried|worries|frustrat\w+|annoyed|bored|stuck|overlooked|underpaid|overworked|bullied|"
    r"commute is|too far|long hours|no progression|no prospects|never again|moan\w*|complain\w*|struggl\w+|"
    r"wants? out|get away from|getting away from|doesn'?t want|does not want|won'?t do|refuses to)\b",
    re.IGNORECASE,
)
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = rf"\d{{1,3}}|an?|{'|'.join(NUMBERS)}"
PERIOD = re.compile(rf"\b({NUMBER})[ -]?(day|week|wk|month)s?\b", re.IGNORECASE)
NOTICE = re.compile(r"\bnotice\b(?! (?:that|how|when|if)\b)", re.IGNORECASE)
AT_ONCE = re.compile(r"\bno notice\b|\bimmediate(?:ly)?\b|\bstraight away\b", re.IGNORECASE)
STARTS = re.compile(r"\b(?:available|start|starts|free|notice)\b", re.IGNORECASE)
PLACE = re.compile(
    r"\b(?i:commut\w+|relocat\w+|remote(?:ly)?|from home|wfh|hybrid|on[- ]?site|in the office|\d+ ?(?:miles?|km)|"
    r"miles? away|travels? (?:to|up to|further)|based in|liv(?:es?|ing) in|nothing outside|only (?:in|around|near))\b|"
    r"\b(?i:mov(?:e|ed|ing) to) [A-Z]"
)
MONEY = re.compile(
    r"(?P<sign>[£€$]\s?)?(?P<value>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d{1,2})?\s?(?P<thousand>k\b)?"
    r"(?:\s?(?:gbp|eur|usd|pounds|euros|dollars))?"
    r"\s?(?:(?:an?|per|/|p)[ /]?(?P<unit>hour|hr|h|day|d|week|wk|annum|year|yr|a)\b)?",
    re.IGNORECASE,
)
UNITS = {"hr": "hour", "h": "hour", "d": "day", "wk": "week", "annum": "year", "yr": "year", "a": "year"}
OTHER_THINGS = re.compile(
    r"\s?(?:%|:\d|(?:years?|yrs?|hours?|hrs?|days?|weeks?|wks?|months?|miles?|km|am|pm)\b)", re.IGNORECASE
)
WANTED = re.compile(
    r"\b(?:wants?|wanted|looking for|looks for|expects?|expecting|needs?|asks?|asking|at least|minimum|hop(?:es|ing)|"
    r"target|would (?:take|move)|not (?:go )?under|below|won'?t)\b",
    re.IGNORECASE,
)
OF_THE_JOB = re.compile(r"\b(?:client|role|job|vacancy|budget|offer(?:s|ed)?)\b", re.IGNORECASE)
BOTH_THOUSANDS = re.compile(r"(\d)\s?(?:-|–|to)\s?(\d+\s?k\b)", re.IGNORECASE)  # 40 to 45k
CLAUSE = re.compile(r",\s|\bbut\b|\band\b", re.IGNORECASE)
DAYS = {"day": 1, "week": 7, "wk": 7, "month": 28}  # people say a month and four weeks and mean the same


@dataclass(frozen=True)
class Figure:
    """A number that a sentence names: about "pay", "pay wanted" or "notice"; its unit is hour, day, week or year, and
    for notice days."""

    about: str
    unit: str
    value: Decimal


@dataclass(frozen=True)
class Twice(Generic[T]):
    """Two statements about the same that name different figures, the later and the earlier, each in its very words."""

    about: str
    later: tuple[T, str]
    earlier: tuple[T, str]


def about_pay(note: str) -> list[str]:
    """The sentences that name an amount, or pay with a figure or a comparison beside it, as they stand."""
    return [said for said in sentences(note) if AMOUNT.search(said) or (PAY.search(said) and FIGURE.search(said))]


def about_pain(note: str) -> list[str]:
    """The sentences that say what somebody is fed up with, worried by or will not do again, as they stand."""
    return [said for said in sentences(note) if PAIN.search(said)]


def about_notice(note: str) -> list[str]:
    """The sentences that say how long somebody's notice is, or that they could start at once, as they stand."""
    return [said for said in sentences(note) if _on_notice(said)]


def about_place(note: str) -> list[str]:
    """The sentences that say where somebody lives or would work, and how far they would go, as they stand."""
    return [said for said in sentences(note) if PLACE.search(said)]


def amounts(said: str) -> list[Figure]:
    """The amounts of money in a sentence. What is paid by is guessed by the size where it is not said: up to 100 an
    hour, up to 1,500 a day, else a year. What a client or a job pays is nobody's pay."""
    if not about_pay(said) or OF_THE_JOB.search(said):
        return []
    return [figure for clause in CLAUSE.split(BOTH_THOUSANDS.sub(r"\1k to \2", said)) for figure in _amounts(clause)]


def periods(said: str) -> list[Figure]:
    """The lengths of notice in a sentence, in days; a month is as long as four weeks, and at once is 0."""
    if not _on_notice(said):
        return []
    found = [int(_number(number) * DAYS[unit.lower()]) for number, unit in PERIOD.findall(said)]
    return [Figure("notice", "days", Decimal(days)) for days in found or [0]]


def said_twice(said: Sequence[tuple[T, str]]) -> list[Twice[T]]:
    """Where the newest statement about something and one before it name figures that have none in common.

    `said` holds (where, sentence), the newest first. Of several earlier ones the latest is told.
    """
    figured = [(each, _figures(each[1])) for each in said]
    found = []
    for about in dict.fromkeys(key for _, figures in figured for key in figures):
        (later, now), *before = [(each, figures[about]) for each, figures in figured if about in figures]
        if differs := next((earlier for earlier, then in before if not now & then), None):
            found.append(Twice(about[0], later, differs))
    return found


def sentences(note: str) -> list[str]:
    """The sentences of a note; a line is one at the most, and a figure such as 17.50 stays whole."""
    return [said for each in SENTENCE.findall(note) if (said := each.strip(" \t\r-*•"))]


def _on_notice(said: str) -> bool:
    if NOTICE.search(said) and (PERIOD.search(said) or AT_ONCE.search(said)):
        return True
    return bool(AT_ONCE.search(said) and STARTS.search(said))


def _figures(said: str) -> dict[tuple[str, str], set[Decimal]]:
    found: dict[tuple[str, str], set[Decimal]] = {}
    for figure in (*amounts(said), *periods(said)):
        found.setdefault((figure.about, figure.unit), set()).add(figure.value)
    return found


def _amounts(clause: str) -> Iterator[Figure]:
    about = "pay wanted" if WANTED.search(clause) else "pay"
    for match in MONEY.finditer(clause):
        value = Decimal(match["value"].replace(",", "") + (match["part"] or ""))
        value *= 1000 if match["thousand"] else 1
        said = match["sign"] or match["thousand"] or match["unit"]
        if not said and (value < 8 or OTHER_THINGS.match(clause[match.end() :])):
            continue
        unit = (match["unit"] or "").lower()
        yield Figure(about, UNITS.get(unit, unit) or _usual_unit(value), value)


def _usual_unit(value: Decimal) -> str:
    return "hour" if value <= 100 else "day" if value <= 1500 else "year"


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    return NUMBERS.index(written.lower()) + 1 if written.lower() in NUMBERS else 1
