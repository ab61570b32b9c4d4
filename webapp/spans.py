"""The days that a scorecard is about: the last weeks, a quarter, a year, or from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from domain.refusal import Refused
from webapp import forms
from webapp.filters import day, today

A_WEEK = timedelta(days=7)
WEEKS = 13
LONGEST = 105 * A_WEEK
SPANS = {"": "13 weeks", "quarter": "This quarter", "last-quarter": "Last quarter", "year": "This year"}


@dataclass(frozen=True)
class Span:
    """From one day to another, both included; `name` is how it was chosen, None for two days that were typed."""

    since: date
    until: date
    name: str | None = None

    @property
    def address(self) -> dict[str, str | None]:
        """As it stands in an address."""
        if self.name is not None:
            return {"span": self.name or None}
        return {"from": self.since.isoformat(), "to": self.until.isoformat()}

    @property
    def in_words(self) -> str:
        return f"{day(self.since).striptags()} to {day(self.until).striptags()}"

    @property
    def weeks(self) -> list[date]:
        """The Mondays of its weeks, the first of which may lie before it."""
        first = monday(self.since)
        return [first + A_WEEK * number for number in range((self.until - first).days // 7 + 1)]


def monday(on: date) -> date:
    """The first day of its week."""
    return on - timedelta(days=on.weekday())


def last_weeks() -> Span:
    """This week and the twelve before."""
    return Span(monday(today()) - A_WEEK * (WEEKS - 1), today(), "")


def chosen() -> Span:
    """What the address asks for. Raises Refused beside `from` or `to`."""
    since, until = forms.day("from", said=request.args), forms.day("to", said=request.args)
    if since or until:
        return _typed(since, until)
    this_quarter = today().replace(month=(today().month - 1) // 3 * 3 + 1, day=1)
    match request.args.get("span"):
        case "quarter":
            return Span(this_quarter, today(), "quarter")
        case "last-quarter":
            its_end = this_quarter - timedelta(days=1)
            return Span(its_end.replace(month=its_end.month - 2, day=1), its_end, "last-quarter")
        case "year":
            return Span(today().replace(month=1, day=1), today(), "year")
        case _:
            return last_weeks()


def _typed(since: date | None, until: date | None) -> Span:
    until = until or max(today(), since or today())
    since = since or monday(until) - A_WEEK * (WEEKS - 1)
    if until < since:
        raise Refused("This is before “From”.", "to")
    if until - since >= LONGEST:
        raise Refused("Choose two years at most.", "from")
    return Span(since, until)
