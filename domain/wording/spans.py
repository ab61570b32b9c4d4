"""How far the words of a promise reach, and which date belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from domain.wording.tokens import Sentence
from domain.wording.clauses import Undertaking


class Phrase(Protocol):
    """Words for a date, as `domain.when` finds them."""

    start: int
    end: int
    on: date | None


class Reach(NamedTuple):
    """Offsets in the note."""

    start: int
    end: int
    due: Phrase | None


SUBORDINATE = frozenset(
    "if when once until unless because after before as while since that who which where so but".split()
)
FINITE = frozenset("he she i we they it is are has have was were you client will".split())
OPENINGS = (",", "-", ":", "–", " and", " but", "(", " so", " then", "and", "but", "so", "said", "told her", "told him")
PREPOSITIONS = ("by ", "on ", "til ", "till", "unti", "from", "with", "in ", "at ", "befo", "w/in", "end ")
NOT_DUE_AFTER = frozenset("re about for last of since".split())
NEXT_WORD = re.compile(r"\s+([a-z]+)")
NO_NOUN = frozenset(
    "w with to and or if when about re for at by on in so but before after once as too he she i we it then from via she's he's".split()
)


FINISHING = frozenset("have get finish complete do prepare sort make be".split())


def reach(
    note: str, sentence: Sentence, head: Undertaking, following: Undertaking | None, phrases: Sequence[Phrase]
) -> Reach:
    """From the verb to the end of what is undertaken; the date nearest to it in its clause."""
    until = following.start if following else len(sentence)
    until = max(until, head.verb + 1)
    narrow = until
    if not head.to_the_end:
        for at in range(head.verb + 1, until):
            low = sentence[at].low
            if low in (
                ";",
                ":",
                "but",
                "so",
                "because",
                "although",
                "though",
                "otherwise",
                "–",
                "(",
                "-",
            ) or low.startswith(".."):
                narrow = at
                break
            if (
                at > head.verb + 1
                and low in SUBORDINATE
                and at + 1 < len(sentence)
                and sentence[at + 1].low in FINITE | {"the"}
            ):
                narrow = at
                break
            if low == "," and at + 1 < until and sentence[at + 1].low not in ("and",):
                narrow = at
                break
    while (
        narrow > head.verb + 1
        and not sentence[narrow - 1].low[-1].isalnum()
        and sentence[narrow - 1].low not in (")", "%", '"', "”")
    ):
        narrow -= 1
    while narrow > head.verb + 1 and sentence[narrow - 1].low in ("and", "then", "or"):
        narrow -= 1
    start = sentence[head.words].start
    end = sentence[narrow - 1].end
    due = _due(note, sentence, head, until, narrow, phrases)
    if due is not None and start < due.start < end:
        trimmed = note[start : due.start].rstrip(" ,-–:;(")
        end = start + len(trimmed)
    return Reach(start, end, due)


def _due(
    note: str, sentence: Sentence, head: Undertaking, until: int, narrow: int, phrases: Sequence[Phrase]
) -> Phrase | None:
    verb_end = sentence[head.verb].end
    last = sentence[until - 1].end
    near = sentence[narrow - 1].end
    after = [phrase for phrase in phrases if phrase.start >= sentence[head.words].start and phrase.start < last]
    clear = [
        phrase for phrase in after if phrase.start < near and not _part_of_a_name(note, phrase, sentence[head.verb].low)
    ]
    computed = [phrase for phrase in clear if phrase.on is not None]
    if clear:
        return computed[-1] if computed else clear[0]
    later = [phrase for phrase in after if phrase.start >= near and not _in_a_clause(sentence, narrow, phrase)]
    if later and not _part_of_a_name(note, later[0], ""):
        return later[0]
    if sentence[head.start].low in ("and", ",", "then"):
        return None
    first = sentence[head.start].start
    for phrase in reversed(phrases):
        if phrase.end <= first and phrase.start >= sentence[0].start:
            between = note[phrase.end : first].strip(" ,-–:").lower()
            opening = note[sentence[0].start : phrase.start].rstrip().lower()
            if between in ("", "and", "then", "so") and (not opening or opening.endswith(OPENINGS)):
                return phrase
            return None
        if first <= phrase.start and phrase.end <= verb_end:
            return phrase
    return None


def _in_a_clause(sentence: Sentence, narrow: int, phrase: Phrase) -> bool:
    """ "… if he's back by Monday": the date is that of the condition."""
    for at in range(narrow, len(sentence)):
        if sentence[at].start >= phrase.start:
            return False
        if sentence[at].low in SUBORDINATE or sentence[at].low in FINITE or sentence[at].low in ("-", ";", "("):
            return True
    return False


def _part_of_a_name(note: str, phrase: Phrase, verb: str) -> bool:
    """ "about the Monday interview", "the rota for Monday": the date belongs to a thing."""
    if note[phrase.start : phrase.start + 4].lower() == "for ":
        return verb not in FINISHING
    if note[phrase.start : phrase.start + 4].lower().startswith(PREPOSITIONS):
        return False
    before = note[: phrase.start].rstrip().rpartition(" ")[2].lower()
    after = note[phrase.end : phrase.end + 20].lower()
    if after.startswith(("'s", "’s")) or before in NOT_DUE_AFTER:
        return True
    follows = NEXT_WORD.match(after)
    thing = before in ("the", "his", "her", "their", "a") or note[phrase.start : phrase.start + 4].lower() in (
        "the ",
        "his ",
        "her ",
    )
    return thing and follows is not None and follows.group(1) not in NO_NOUN
