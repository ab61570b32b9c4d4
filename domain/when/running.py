"""Due phrases in running text: a recruiter's note, an e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from domain.when.grammar import Grammar, When
from domain.when.vocabulary import Token, tokens

TIED = frozenset({"by", "on", "from", "until", "for", "before"})
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
    found, i = [], 0
    while i < len(said):
        try:
            when = grammar.when(i)
        except (OverflowError, ValueError):  # beyond the calendar
            when = None
        if when is None:
            i += 1
            continue
        phrase = _phrase(grammar, i, *when)
        if phrase:
            found.append(phrase)
        i = max(when[1], i + 1)
    return found


def _phrase(grammar: Grammar, i: int, when: When, j: int) -> Phrase | None:
    first, last = grammar.token(i), grammar.token(j - 1)
    if not _is_due(grammar, i, when, j):
        return None
    on, at = _settled(grammar, i, when)
    return Phrase(first.start, last.end, on, at if on else None)


def _is_due(grammar: Grammar, i: int, when: When, j: int) -> bool:
    """Whether this is said of a due at all, and not of a count, a rate, or what is past."""
    leads = set(when.leads)
    if "since" in leads:
        return False
    if when.day is None:
        return _hour_is_due(grammar, i, when, leads)
    kind, start = when.day.kind, grammar.token(i + len(when.leads))
    if kind in ("past", "plural"):
        return False
    if kind == "span-bare":
        return False
    if kind in ("slashed",):
        return bool(leads & TIED) or when.clock is not None
    if kind == "ordinal":
        return (bool(leads) or start.said == "the") and not _names_a_thing(grammar.token(j))
    if kind == "month":
        return bool(leads & {"in", "by", "until", "before", "from"})
    if kind == "weekend":
        return bool(leads & {"over", "at", "on", "during", "by", "before", "after", "for"})
    if kind == "weekday" and start.said in WORDS_TOO:
        return bool(leads) or when.clock is not None or j > i + 1 or _named(grammar, i, start)
    if start.said == "may" and grammar.text[start.start] == "m":  # "she may 3 times a week"
        return grammar.token(i + len(when.leads) + 1).kind == "ordinal"
    return kind != "date" or start.kind != "number" or 1 <= start.number <= 31


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


def _names_a_thing(token: Token) -> bool:
    """Whether an ordinal goes on to count something: "on the 1st floor"."""
    return token.kind == "word" and token.said not in GO_ON


def _named(grammar: Grammar, i: int, token: Token) -> bool:
    """Whether "Sat" or "Sun" is written as a name, and not just because a sentence begins."""
    before = grammar.said(i - 1)
    return grammar.text[token.start].isupper() and i > 0 and before not in (".", "!", "?", ":")


def _settled(grammar: Grammar, i: int, when: When) -> tuple[date | None, time | None]:
    leads = set(when.leads)
    at = when.clock.at if when.clock else None
    if (
        when.several
        or leads & {"between", "after", "around", "about", "approx", "circa"}
        or grammar.said(i - 1) in ("not", "the")
    ):
        return None, None
    if when.day is None:
        if when.clock and when.clock.kind == "thing":
            return None, None
        return (None, None) if "before" in leads else (grammar.today, at)
    day = when.day
    if "before" in leads or (when.clock and when.clock.kind == "impossible"):
        return None, None
    if day.kind == "weekday" and grammar.said(i + len(leads)) in ("the", "that"):
        return None, None
    if day.kind == "date or year" or (day.kind == "weekend" and leads & {"by", "for"}):
        return None, None
    if (day.kind == "weekend" and day.also) or (day.kind == "month" and "in" not in leads):
        return None, None
    return day.on, day.at or at


GO_ON = frozenset(
    "on in at by and or to if so but then when with w for from after before once as latest re about abt until he she"
    " they i we it is was will that she'll he'll i'll we'll they'll am pm of".split()
)
