"""Whose side somebody in a sentence is on: ours, the candidate's, or one whose promises are not ours to keep."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from domain.wording.lexicon import (
    ADVERBS,
    CANDIDATE,
    CANDIDATE_ACTS,
    CANDIDATE_PAPERS,
    DETERMINERS,
    EITHERS_PAPERS,
    FAMILY,
    OTHER_AGENCY,
    OTHERS,
    OUR_PAPERS,
    OURS,
    TOLD,
)
from domain.wording.tokens import Sentence


class Who(StrEnum):
    """Who the subject of a clause is."""

    US = "us"
    CANDIDATE = "candidate"
    YOU = "you"
    OTHER = "other"
    NAME = "a name"
    THING = "a thing"
    NOBODY = "not said"


class Subject(NamedTuple):
    """Who, and the place in the sentence where the words for it begin."""

    who: Who
    start: int
    low: str = ""


class Talk(NamedTuple):
    """What the whole note tells about who is who."""

    words: frozenset[str]
    before: Who  # the subject of the sentence before


BREAKS = frozenset(", - – — : ( ) / and but so or then plus \" “ ” ' . ; ! ? … .. ... * > | yes no ok okay though".split()) | {
    "because", "otherwise", "also", "however", "cos", "since", "as", "either", "btw", "fyi", "meanwhile", "if", "~",
    "whether", "unless", "when", "once", "until", "till", "til", "after", "before", "while", "where", "how", "what",
    "which", "who", "that", "why", "whom", "than",
}  # fmt: skip
TIMES = frozenset("by on at til till until this next from within around before in".split())
LINKS = frozenset("of at from in for the a an his her their our my your this that these all".split())
VERBISH = TOLD | frozenset(
    """asked ask spoke speak spk spoken called call rang met saw emailed chased is was are were has had have been am be
    wants wanted needs needed thinks hoping with to w w/ let know do did does not cant can will would shall please got
    gave him me us them you i he she we sent left give mean means see hope think understand assume per re about like likes via""".split()
)
TO_THE_READER = frozenset(
    "call contact ring phone email send write reply text visit show meet collect be give fax".split()
)
MY_PEOPLE = frozenset(
    "manager boss director colleague team partner lawyer lawyers assistant secretary group guys".split()
)
SINGULAR = frozenset("he she him her his hers".split())
COMMON = frozenset(
    """payment meeting conference call order delivery service this that there it interview feedback contract start
    money rate pay bonus everything nothing something anything nobody noone everyone somebody training induction
    invoice refund shift email message letter report copy form application account agreement deal attendance happy
    keen able available willing due ready likely unable free open looking going nice great good sorry pleased glad
    hope want need try ask has have would should could please not how what when where who why next looking due best
    easy hard only used nothing interested offer reluctant prepared set quick lots plenty chance time room yet had
    welcome forward thanks here one same more parking travel hours holiday dates details news weather traffic tickets
    link website software access support data security price prices discount savings sale shipping items products
    customers members users participants seats space speakers attendees market company business""".split()
)


def subject_before(sentence: Sentence, place: int, talk: Talk) -> Subject:
    """The subject of the verb that stands at `place`."""
    last = place - 1
    while last >= 0 and (sentence[last].low in ADVERBS or sentence[last].low in ("have", "has", "had")):
        last -= 1
    if last > 1 and sentence[last].low == "," and (opened := _apposition(sentence, last)):
        return subject_before(sentence, opened, talk)
    if last < 0 or sentence[last].low in BREAKS or sentence[last].low in TIMES:
        relative = last >= 0 and sentence[last].low in ("who", "which", "that", "what")
        if relative and sentence[last - 1].low not in TOLD:
            return Subject(Who.THING, last)
        return Subject(Who.NOBODY, last + 1)
    low = sentence[last].low
    if low in ("i", "we"):
        return Subject(Who.US, _together(sentence, last), low)
    if low in ("me", "us") and last and sentence[last - 1].low == "before":
        return Subject(Who.OTHER, last - 1, low)  # "the agency before us"
    if low in ("me", "us") and (last == 0 or sentence[last - 1].low in BREAKS):
        return Subject(Who.US, last, low)
    if low in ("you", "u"):
        return Subject(Who.YOU, last, low)
    if low in ("he", "she", "they"):
        return Subject(_meant(sentence, last, talk), last, low)
    if low in ("it", "this", "there", "nobody", "everything"):
        return Subject(Who.THING, last, low)
    return _named(sentence, last, talk)


def _apposition(sentence: Sentence, comma: int) -> int:
    """Where "…, TURN, will send" or "…, who knows him, will send" opens; 0 if it is none."""
    for at in range(comma - 1, max(0, comma - 9), -1):
        if sentence[at].low == ",":
            first = sentence[at + 1]
            own = first.low in ("who", "my", "our", "the") or all(token.capital for token in sentence[at + 1 : comma])
            return at if own else 0
    return 0


def implied(sentence: Sentence, verb: int, end: int, talk: Talk, otherwise: Who) -> Who:
    """Whose act it is when no subject is said: told by whom it is for, and by what is handed over."""
    act = [token.low for token in sentence[verb:end]]
    rest = act[1:]
    for place, word in enumerate(rest):
        after = rest[place + 1] if place + 1 < len(rest) else ""
        if place == 0 and word == "in" and act[0] in ("ring", "call", "phone", "text", "come", "pop", "drop"):
            return Who.CANDIDATE
        if word in ("me", "us"):
            return Who.CANDIDATE
        if word in ("him", "them", "cand", "candidate", "you"):
            return Who.US
        if word == "her" and (after not in CANDIDATE_PAPERS or after in ("answer", "references")):
            return Who.US
        if word in ("his", "her") and after in CANDIDATE_PAPERS:
            return Who.US if _towards_client(rest[place:]) else Who.CANDIDATE
        if word in ("client", "hm", "payroll", "manager", "mgr", "site") and act[0] not in CANDIDATE_ACTS:
            return Who.US
    if act and act[0] in CANDIDATE_ACTS:
        return Who.CANDIDATE
    for word in rest:
        if word in OUR_PAPERS:
            return Who.US
        if word in CANDIDATE_PAPERS and (word not in EITHERS_PAPERS or talk.before is Who.CANDIDATE):
            return Who.US if _towards_client(rest) else Who.CANDIDATE
    return otherwise


def _towards_client(words: list[str]) -> bool:
    return "to" in words or "client" in words or "across" in words


def _together(sentence: Sentence, last: int) -> int:
    """Where "Tom and I" begins."""
    if last >= 2 and sentence[last - 1].low == "and" and sentence[last - 2].capital:
        return last - 2
    return last


def _meant(sentence: Sentence, place: int, talk: Talk) -> Who:
    """The candidate, unless somebody else was spoken of just before."""
    for back in range(place - 1, -1, -1):
        low = sentence[back].low
        if low in TOLD:
            teller = subject_before(sentence, back, talk)
            if (
                teller.who is Who.OTHER
                and teller.low not in FAMILY
                and (teller.low != "they" or sentence[place].low == "they")
            ):
                return Who.OTHER
            break
    if place == 0 and talk.before is Who.OTHER:
        return Who.OTHER
    if sentence[place].low == "they" and "them" not in talk.words:
        if talk.words & SINGULAR or talk.words & OTHERS - {"they", "staffing", "board", "other"}:
            return Who.OTHER
    return Who.CANDIDATE


def _to_the_reader(sentence: Sentence, last: int) -> bool:
    """ "One of our advisers will call you"."""
    ahead = [token.low for token in sentence[last + 1 : last + 5]]
    return "you" in ahead and bool(ahead) and ahead[1:2] != ["help"] and bool(set(ahead) & TO_THE_READER)


def _named(sentence: Sentence, last: int, talk: Talk) -> Subject:
    start = last
    while start > 0 and last - start < 6:
        low = sentence[start - 1].low
        if low in ("that", "her", "them", "him") and sentence[start].capital:
            break
        if low in LINKS or not (low in BREAKS or low in VERBISH or low in TIMES or not low[0].isalpha()):
            start -= 1
            continue
        break
    words = {token.low.removesuffix("'s") for token in sentence[start : last + 1]}
    low = sentence[last].low.removesuffix("'s")
    before = {token.low for token in sentence[max(0, start - 2) : last + 1]}
    if "agency" in words | before and (words | before) & OTHER_AGENCY:
        return Subject(Who.OTHER, start, low)
    if "my" in words and words & MY_PEOPLE:
        return Subject(Who.US, start, low)
    if low in FAMILY:
        return Subject(Who.OTHER, start, low)
    if words & {"his", "her", "their"} and low not in CANDIDATE:
        return Subject(Who.OTHER if words & OTHERS else Who.THING, start, low)
    if words & OTHERS:
        return Subject(Who.OTHER, start, low)
    if words & CANDIDATE:
        return Subject(Who.CANDIDATE, start, low)
    if words & OURS or words & {"our", "my"} and (words & MY_PEOPLE or _to_the_reader(sentence, last)):
        return Subject(Who.US, start, low)
    first = sentence[start]
    if words & DETERMINERS or words & COMMON or not low.isalpha():
        return Subject(Who.THING, start, low)
    if sentence[last].capital or (start == last and (start == 0 or sentence[start - 1].low in BREAKS | TOLD)):
        return Subject(Who.NAME, start, first.low)
    return Subject(Who.THING, start, low)
