"""Where in a sentence an act begins, which verb it is, and where it ends."""

from __future__ import annotations

from typing import NamedTuple

from domain.wording.lexicon import ADVERBS, BREAKS, HEDGES, ONWARD, VERBS
from domain.wording.tokens import Sentence
from domain.wording.who import Who


class Undertaking(NamedTuple):
    """Who undertakes it; where in the sentence its clause, its words and its verb begin.

    Some are none unless a date is said for them. Of some the words go on to the end of the sentence.
    """

    who: Who
    start: int
    words: int
    verb: int
    needs_due: bool = False
    to_the_end: bool = False


class Verb(NamedTuple):
    """The place of a verb in its plain form, whether it is denied, whether it is said to be only likely."""

    place: int
    negated: bool
    hedged: bool


STARTS = frozenset("- * so ok and but • > –".split())
QUOTES = frozenset("\" “ ' ‘ ”".split())
ENDS = frozenset(". ! ? ; : but so because although though otherwise – cos -".split())
TO_FIND_OUT = frozenset("check see ask know find confirm tell".split())


def opening(sentence: Sentence) -> int:
    """The first word that is no aside."""
    place = 0
    while place < len(sentence) - 1 and sentence.said(place) in ADVERBS | STARTS:
        place += 1
    return place


def verb_after(sentence: Sentence, place: int) -> Verb | None:
    """The verb that will, would, to … at the place before lead to: past adverbs, asides and "be able to"."""
    negated = hedged = False
    while place < len(sentence):
        low = sentence.said(place)
        if low == "," and (closing := _aside_ends(sentence, place)):
            place = closing
        elif low == "of" and sentence.said(place + 1) == "course":
            place += 1
        elif low == "double" and sentence.said(place + 1) == "check":
            pass
        elif low in ("not", "never"):
            negated = True
        elif low in HEDGES:
            hedged = True
        elif low == "more" and sentence.said(place + 1) == "than":
            place += 1
        elif low == "be" and sentence.words(place + 1, place + 3) == ["more", "than"]:
            pass
        elif low in ONWARD or (low == "be" and sentence.said(place + 1) in ONWARD):
            last = sentence.past(ONWARD | ADVERBS, place + 1 + (low == "be"))
            if sentence.said(last) not in ("to", "and") or sentence.said(last + 1) not in VERBS | ADVERBS:
                return Verb(place, negated, hedged)
            place = last
        elif low not in ADVERBS and low not in QUOTES:
            return Verb(place, negated, hedged) if low[0].isalpha() else None
        place += 1
    return None


def act_ends(sentence: Sentence, verb: int) -> int:
    """Where the words of an act end at the latest: a stop, another clause, a reason."""
    for at in range(verb + 1, len(sentence)):
        low = sentence[at].low
        if low in ENDS or low.startswith(".."):
            return at
        if low in ("will", "would", "shall") or (low in ("is", "are", "am") and at > verb + 1):
            return _clause_begins(sentence, verb, at)
        if low == "if" and at > verb + 1 and sentence[verb].low not in TO_FIND_OUT:
            return at
    return len(sentence)


def _clause_begins(sentence: Sentence, verb: int, modal: int) -> int:
    for at in range(modal, max(verb + 1, modal - 4), -1):
        if sentence[at - 1].low in BREAKS:
            return at - 1
    return modal - 1


def _aside_ends(sentence: Sentence, comma: int) -> int:
    """The comma that ends an aside within the verb: "I will, once home, send it"; 0 if there is none."""
    for at in range(comma + 1, min(len(sentence), comma + 9)):
        if sentence[at].low == ",":
            return at
    return 0
