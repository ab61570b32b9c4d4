"""How far the words of a promise reach, and which date belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from domain.when import Phrase
from domain.wording.clauses import TO_FIND_OUT, Undertaking
from domain.wording.tokens import Sentence


class Reach(NamedTuple):
    """Where the words of a promise stand in the note, and the date that belongs to them."""

    start: int
    end: int
    due: Phrase | None


SUBORDINATE = frozenset(
    "if when once until unless because after before as while since that who which where so but".split()
)
FINITE = frozenset("he she i we they it is are has have was were you client will the".split())
CLOSING = frozenset("; : but so because although though otherwise – ( -".split())
ENSURING = frozenset("see make ensure".split())
QUOTES = frozenset('" “ ”'.split())
CLOSED = frozenset(') % " ”'.split())
FINISHED = ("back to me", "back to us", "back to him", "back to her", "ready", "done", "sorted", "back")
FINISHING = frozenset("have get finish complete do prepare sort make be".split())
OF_A_DAY = frozenset("keep hold block book swap cover work".split())
OPENINGS = (",", "-", ":", "–", " and", " but", "(", " so", " then", "and", "but", "so", "said", "told her", "told him")
LEADING = ("by ", "on ", "til ", "till", "unti", "from", "with", "in ", "at ", "befo", "w/in", "end ")
NOT_DUE_AFTER = frozenset("re about for last of since to".split())
OCCASIONS = frozenset("mtg meeting interview shift review session induction trial".split())
COMPLEMENT = re.compile(r"\s(?:with|w/|w|to|about|abt|re|regarding|on|for|from|via|by)\s+\w", re.IGNORECASE)
EVERY = ("every ", "each ", "daily", "weekly")
AMOUNT = re.compile(r"[,.]\d| \d+(?!\w)")
NEXT_WORD = re.compile(r"\s+([a-z]+)")
NO_NOUN = frozenset(
    """w with to and or if when about re for at by on in so but before after once as too he she i we it then from via
    she's he's""".split()
)


def reach(
    note: str, sentence: Sentence, head: Undertaking, following: Undertaking | None, dates: Sequence[Phrase]
) -> Reach:
    """From the verb to the end of what is undertaken; the date nearest to it in its clause.

    The words break off at the date, unless more of the act follows it: "ring Friday with the rate".
    """
    until = max(following.start if following else len(sentence), head.verb + 1)
    close = _closes(sentence, head, until)
    start, end = sentence[head.words].start, sentence[close - 1].end
    due = _due(note, sentence, head, until, close, dates) or _due_before(note, sentence, head, dates)
    if due is not None and _is_when_not_to(note, sentence, head, due):
        due = None
    if due is not None and start < due.start < end and not COMPLEMENT.match(note[due.end : end]):
        end = start + len(note[start : due.start].rstrip(" ,-–:;('\"“‘"))
    return Reach(start, end, due)


def _is_when_not_to(note: str, sentence: Sentence, head: Undertaking, due: Phrase) -> bool:
    """ "not to call before 6pm": that is no date by which anything is due."""
    refused = sentence[head.words].low in ("not", "never")
    return refused and note[due.start : due.end].lower().startswith(("before", "b4"))


def _closes(sentence: Sentence, head: Undertaking, until: int) -> int:
    """One after the last word of the act itself, without reasons, conditions and afterthoughts."""
    close = until
    quoted = sum(token.low in QUOTES for token in sentence[: head.words]) % 2
    for at in range(head.verb + 1, until if not head.to_the_end else 0):
        low = sentence[at].low
        if low in CLOSING or low.startswith("..") or (low == "," and at + 1 < until and sentence[at + 1].low != "and"):
            close = at
            break
        if quoted and low in QUOTES:
            close = at
            break
        ensured = low == "that" and sentence[head.verb].low in ENSURING
        if at > head.verb + 1 and low in SUBORDINATE and not ensured and sentence.said(at + 1) in FINITE:
            close = at
            break
    while close > head.verb + 1 and _is_joint(sentence.said(close - 1)):
        close -= 1
    return close


def _is_joint(low: str) -> bool:
    return low in ("and", "then", "or") or (not low[-1].isalnum() and low not in CLOSED)


def _due(
    note: str, sentence: Sentence, head: Undertaking, until: int, close: int, dates: Sequence[Phrase]
) -> Phrase | None:
    first, last, near = sentence[head.words].start, sentence[until - 1].end, sentence[close - 1].end
    verb = sentence[head.verb].low
    after = [date for date in dates if first <= date.start < last]
    asked = _asks_if(sentence, head.verb, close)
    clear = [
        date
        for date in after
        if date.start < near
        and not _is_of_a_thing(note, date, verb)
        and (date.start < asked or note[date.start : date.start + 3].lower() == "by ")
    ]
    if clear:
        if again := next((date for date in clear if note[date.start :].lower().startswith(EVERY)), None):
            return again
        return next((date for date in reversed(clear) if date.on is not None), clear[0])
    later = next((date for date in after if date.start >= near), None)
    if later and not _is_in_a_clause(sentence, close, later) and not _is_of_a_thing(note, later, ""):
        return later
    return None


def _asks_if(sentence: Sentence, verb: int, close: int) -> int:
    """Where "… see if he can do Thursday" begins, in the note: the date there is no due."""
    for token in sentence[verb + 1 : close] if sentence[verb].low in TO_FIND_OUT else []:
        if token.low in ("if", "whether"):
            return token.start
    return sentence[-1].end + 1


def _due_before(note: str, sentence: Sentence, head: Undertaking, dates: Sequence[Phrase]) -> Phrase | None:
    """ "Next week I can give you more": only where the date begins its own clause."""
    if sentence[head.start].low in ("and", ",", "then"):
        return None
    first, verb_ends = sentence[head.start].start, sentence[head.verb].end
    for date in reversed(dates):
        if first <= date.start and date.end <= verb_ends:
            return date
        if date.end <= first and date.start >= sentence[0].start:
            between = note[date.end : first].strip(" ,-–:").lower()
            opened = note[sentence[0].start : date.start].rstrip().lower()
            opens = not opened or opened.endswith(OPENINGS)
            return date if between in ("", "and", "then", "so") and opens else None
    return None


def _is_in_a_clause(sentence: Sentence, close: int, date: Phrase) -> bool:
    """ "… if he's back by Monday": the date is that of the condition."""
    for token in sentence[close:]:
        if token.start >= date.start:
            return False
        if token.low in SUBORDINATE | FINITE or token.low in ("-", ";", "("):
            return True
    return False


def _is_of_a_thing(note: str, date: Phrase, verb: str) -> bool:
    """ "about the Monday interview", "the rota for Monday", "as soon as": the date is not that of the act."""
    words = note[date.start : date.end].lower()
    before = note[: date.start].rstrip().rpartition(" ")[2].lower()
    after = note[date.end : date.end + 20].lower()
    if AMOUNT.match(after):  # "at 2,450 a week", "at the end of week 1"
        return True
    if verb in OF_A_DAY and before == verb:
        return True  # "keep Tuesday free"
    if words.startswith("for "):
        return verb not in FINISHING and not note[: date.start].rstrip().lower().endswith(FINISHED)
    if words.startswith(LEADING):
        return False
    if after.startswith(("'s", "’s")) or before in NOT_DUE_AFTER or (words == "soon" and before == "as"):
        return True
    follows = NEXT_WORD.match(after)
    if follows and follows.group(1) in OCCASIONS:
        return True
    thing = before in ("the", "his", "her", "their", "a") or words.startswith(("the ", "his ", "her "))
    return thing and follows is not None and follows.group(1) not in NO_NOUN
