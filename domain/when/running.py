"""Due phrases in running text: a recruiter's note, an e-mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time

from domain.when.days import later
from domain.when.grammar import Grammar
from domain.when.vocabulary import Token, tokens
from domain.when.words import Day, When

TIED = frozenset({"by", "on", "from", "until", "for", "before"})
UNSURE = ("past", "not", "the", "following", "previous", "another", "one", "any", "some", "other")
DOTTED_DAY = re.compile(r"[0-9]{1,2}\.(0[1-9]|1[0-2])")  # "by 14.12": an hour, or a day in December?
WORDS_TOO = ("sat", "sun", "wed", "mar")  # they mean something else as well


@dataclass(frozen=True)
class Phrase:
    """Where a due stands in the text, with the words that lead to it, and the day it means; None if that is open."""

    start: int
    end: int
    on: date | None
    at: time | None


def phrases(text: str, written_on: date, month_first: bool = False) -> list[Phrase]:
    """Every due phrase in a text that was written on that day, in order. In doubt its date is None."""
    said = tokens(text)
    grammar = Grammar(said, written_on, month_first, text=text)
    found, i, before = [], 0, -1
    while i < len(said):
        try:
            when = grammar.when(i) if grammar.may_begin(i) else None
        except (OverflowError, ValueError):  # beyond the calendar
            when = None
        if when is None:
            i += 1
            continue
        phrase = _phrase(grammar, i, *when)
        if phrase and when[0].day is None and (before == i or _of_another_day(grammar, i)):
            phrase = replace(phrase, on=None, at=None)  # "every Friday by 5", "tomorrow's interview at 10"
        if phrase:
            found.append(phrase)
        i = before = max(when[1], i + 1)
    return found


def _of_another_day(grammar: Grammar, i: int) -> bool:
    """Whether an hour is said of something that has a day already."""
    return any(
        grammar.token(k).kind == "weekdays" or grammar.said(k) in ("tomorrow's", "tomorrows") for k in range(i - 4, i)
    )


def _phrase(grammar: Grammar, i: int, when: When, j: int) -> Phrase | None:
    first, last = grammar.token(i), grammar.token(j - 1)
    if not _is_due(grammar, i, when, j):
        return None
    on, at = _settled(grammar, i, when, j)
    return Phrase(first.start, last.end, on, at if on else None)


def _is_due(grammar: Grammar, i: int, when: When, j: int) -> bool:
    """Whether this is said of a due at all, and not of a count, a rate, or what is past."""
    leads = set(when.leads)
    if "since" in leads or _goes_on(grammar, j):
        return False
    if when.day is None:
        return _hour_is_due(grammar, i, when, leads)
    kind, start = when.day.kind, grammar.token(i + len(when.leads))
    if kind in ("past", "plural", "span-bare"):
        return False
    if kind == "slashed":
        return (bool(leads & TIED) or when.clock is not None) and not grammar.names_a_thing(j)
    if kind == "ordinal":
        return (bool(leads) or start.said == "the") and not grammar.names_a_thing(j)
    if kind == "month":
        return bool(leads & {"in", "by", "until", "before", "from"})
    if kind == "weekend":
        return bool(leads & {"over", "at", "on", "during", "by", "before", "after", "for"})
    if kind == "weekday" and start.said in WORDS_TOO:
        return bool(leads) or when.clock is not None or j > i + 1 or _named(grammar, i, start)
    if start.said == "may" and grammar.text[start.start] == "m":  # "she may 3 times a week"
        return grammar.token(i + len(when.leads) + 1).kind == "ordinal"
    return kind != "date" or start.kind != "number" or 1 <= start.number <= 31


def _goes_on(grammar: Grammar, j: int) -> bool:
    """Whether the last word is but the beginning of another: "Mon-time"."""
    last, joint, word = grammar.token(j - 1), grammar.token(j), grammar.token(j + 1)
    return joint.said == "-" and last.end == joint.start and word.kind == "word" and word.start == joint.end


def _hour_is_due(grammar: Grammar, i: int, when: When, leads: set[str]) -> bool:
    clock = when.clock
    if clock is None or clock.kind in ("impossible", "range"):
        return False
    if clock.kind == "end":
        return "at" not in leads or grammar.said(i + len(when.leads)) == "eod"
    if clock.kind == "thing":
        return True
    if clock.kind == "lunch" and "after" in leads:
        return True
    return bool(leads & {"by", "at", "before", "until", "around"}) and clock.kind != "part"


def _named(grammar: Grammar, i: int, token: Token) -> bool:
    """Whether "Sat" or "Sun" is written as a name, and not just because a sentence begins."""
    before = grammar.said(i - 1)
    return grammar.text[token.start].isupper() and i > 0 and before not in (".", "!", "?", ":")


def _settled(grammar: Grammar, i: int, when: When, j: int) -> tuple[date | None, time | None]:
    """The day and hour of a phrase; no day where it may as well be another."""
    leads, clock, day = set(when.leads), when.clock, when.day
    if when.several or leads & {"between", "after"} or _is_unsure(grammar, i, leads):
        return None, None
    if clock and clock.kind == "impossible":
        return None, None
    nearly = leads & {"before", "around", "about", "approx", "circa"}
    if nearly and clock is None:
        return None, None
    at = None if nearly or clock is None else clock.at
    if day is None:
        doubtful = clock is None or clock.kind == "thing" or DOTTED_DAY.fullmatch(grammar.said(j - 1))
        return (None, None) if doubtful else (grammar.today, at)
    if _may_be_another(grammar, i, when, day, j) or (day.on and day.on < grammar.today):
        return None, None
    return day.on, day.at or at


def _is_unsure(grammar: Grammar, i: int, leads: set[str]) -> bool:
    """Whether the word before makes it some other day: "not Friday", "one Monday", but "I'll write one on Monday"."""
    before, clear = grammar.said(i - 1), leads or grammar.said(i) in ("today", "tonight", "tomorrow", "this")
    return before in UNSURE and (before == "not" or not clear)


def _may_be_another(grammar: Grammar, i: int, when: When, day: Day, j: int) -> bool:
    leads, before = set(when.leads), grammar.said(i - 1)
    if day.kind == "weekday":
        return grammar.said(i + len(leads)) in ("the", "that") or _other_number(grammar, day, j)
    if day.kind == "weekend":
        return bool(day.also or leads & {"by", "for"})
    if day.kind == "stretch":
        return before in ("time", "day", "of")  # "this time next week", "the start of next week"
    if day.kind == "month":
        return "in" not in leads
    if day.kind.startswith("slashed"):
        return grammar.token(j).kind == "month"  # "5/6 Dec"
    if day.kind == "date" and before in ("-", "\u2013", "/", "&", "or", "and", "to"):
        return grammar.token(i - 2).kind in ("number", "ordinal")  # "3-4 Dec"
    return day.kind == "date or year"


def _other_number(grammar: Grammar, day: Day, j: int) -> bool:
    """Whether a number after a weekday makes it a later one: "Tues 8", said before the 1st."""
    token, last = grammar.token(j), grammar.token(j - 1)
    if token.kind != "number" or last.kind != "weekday" or day.on is None:
        return False
    ahead = (later(day.on, 7 * weeks) for weeks in range(9))
    return any(each.day == token.number for each in ahead if each and each != day.on)
