"""What somebody was asked to do, and the few words with which it is agreed: "Asked him for … Said he would"."""

from __future__ import annotations

from typing import NamedTuple

from domain.wording.lexicon import ACTS, ADVERBS
from domain.wording.tokens import Sentence
from domain.wording.who import Who


class Request(NamedTuple):
    """Who was asked, and where the words for it stand in the note."""

    who: Who
    start: int
    end: int
    name: str = ""


ASKED = frozenset("asked asks ask asking wants want wanted like needs need told tell requested".split())
THEM = frozenset("him her them cand candidate".split())
US = frozenset("me us i we".split())
MAY = frozenset("could can would cd cld".split())
ENDS = frozenset(". , ; ! ? - – ( but and so".split())
YES = (
    *(["said", yes] for yes in "yes yeah yep ok okay sure fine certainly course absolutely".split()),
    ["said", "can", "do"],
    ["agreed", "."],
    ["agreed", ","],
    ["no", "problem"],
)


def request_in(sentence: Sentence) -> Request | None:
    """ "asked him to send his CV", "wants me to ring", "asked if I could chase the head"."""
    for place in range(len(sentence) - 3):
        if sentence[place].low in ("said", "told") and sentence.has(("could",), place, place + 4):
            could = next(at for at in range(place, place + 4) if sentence[at].low == "could")
            if sentence.said(could - 1) in ("i", "we"):
                return _request(sentence, Who.US, could + 1)
        if sentence[place].low not in ASKED:
            continue
        second, third = sentence[place + 1].low, sentence[place + 2].low
        if second == "that" and third in ("i", "we", "he", "she"):  # "asked that I call"
            return _request(sentence, Who.US if third in ("i", "we") else Who.CANDIDATE, place + 3)
        if second in MAY and third in ("i", "we"):
            return _request(sentence, Who.US, place + 3)
        if second in THEM | US and third == "to":
            return _request(sentence, Who.CANDIDATE if second in THEM else Who.US, place + 3)
        if third == "to" and sentence[place + 1].capital and second not in THEM | US:
            asked = _request(sentence, Who.US, place + 3)
            return asked._replace(name=second) if asked and sentence.has(THEM, place + 3) else None
        if second in THEM | US and third in ("if", "whether"):
            place, second, third = place + 1, third, sentence[place + 3].low
        if second in ("if", "whether") and place + 4 < len(sentence) and sentence[place + 3].low in MAY:
            if third in ("i", "we"):
                return _request(sentence, Who.US, place + 4)
            if third in ("he", "she", "they"):
                return _request(sentence, Who.CANDIDATE, place + 4)
    return None


def is_agreed(sentence: Sentence, request: Request) -> bool:
    """Whether these words, said after the request, undertake what was asked."""
    words = [token.low for token in sentence if token.start >= request.end] or []
    if words[-1:] == ["?"]:
        return False
    for place, low in enumerate(words):
        if low in ("will", "would"):
            ours = place and words[place - 1] in ("i", "we")
            theirs = place and words[place - 1] in ("he", "she", "they")
            after = words[place + 1 : place + 2]
            short = not after or after[0] in ENDS | ADVERBS
            if short and ((ours and request.who is Who.US) or (theirs and request.who is Who.CANDIDATE)):
                return True
            if not ours and not theirs and after == ["do"] and request.who is Who.US:
                return (
                    place == 0
                    or words[place - 1] in ENDS
                    or words[place - 1] in THEM | {"so"}
                    or words[place - 1] in ("ok", "okay", "yes", "sure")
                )
        if low == "doing" and words[place + 1 : place + 2] == ["it"] and request.who is Who.CANDIDATE:
            return True
        if low in ("not", "no", "cannot") and words[place + 1 : place + 2] != ["problem"]:
            return False
    return any(words[place : place + len(yes)] == yes for place in range(min(3, len(words))) for yes in YES)


def _request(sentence: Sentence, who: Who, verb: int) -> Request | None:
    verb = sentence.past(ADVERBS | {"double"}, verb)
    if sentence.said(verb) not in ACTS - {"go", "work", "stop"}:
        return None
    end = verb
    while end + 1 < len(sentence) and sentence[end + 1].low not in ENDS:
        end += 1
    return Request(who, sentence[verb].start, sentence[end].end)
