"""Whose side somebody is on who is named or called by what he is: "payroll", "the client", "Tom"."""

from __future__ import annotations

from domain.wording.lexicon import (
    BREAKS,
    CANDIDATE,
    DETERMINERS,
    FAMILY,
    OTHER_AGENCY,
    OTHERS,
    OURS,
    TOLD,
)
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Who

TIMES = frozenset("by on at til till until this next from within around before in".split())
LINKS = frozenset("of at from in for the a an his her their our my your this that these all".split())
NO_NOUN = TOLD | frozenset(
    """asked ask spoke speak spk spoken called call rang met saw emailed chased is was are were has had have been
    am be wants wanted needs needed thinks hoping with to w w/ let know do did does not cant can will would
    shall please got gave sent left give him me us them you i he she we mean means see hope think understand
    assume per re about like likes via""".split()
)
MY_PEOPLE = frozenset(
    """agency manager boss director colleague team partner lawyer lawyers assistant secretary
    department group guys""".split()
)
TO_THE_READER = frozenset(
    "call contact ring phone email send write reply text visit show meet collect give fax".split()
)
# Words that begin a sentence with a capital and are nobody's name.
COMMON = frozenset(
    """payment meeting conference call order delivery service this that there it interview feedback contract start
    money rate pay bonus everything nothing something anything nobody noone everyone somebody training induction
    invoice refund shift email message letter report copy form application account agreement deal attendance
    happy keen able available willing due ready likely unable free open looking going nice great good sorry
    pleased glad hope want need try ask has have would should could please not how what when where who why next
    best easy hard only used interested offer reluctant prepared set quick lots plenty chance time room yet had
    welcome forward thanks here one same more parking travel hours holiday dates details news weather traffic
    tickets link website software access support data security price prices discount savings sale shipping items
    products customers members users participants seats ok okay yes no back said told space speakers attendees
    market company business meant decided wanted managed""".split()
)


def named(sentence: Sentence, last: int) -> Subject:
    start = noun_begins(sentence, last)
    words = {token.low.removesuffix("'s") for token in sentence[start : last + 1]}
    around = words | set(sentence.words(start - 2, start))
    low = sentence[last].low.removesuffix("'s")
    return Subject(_side(sentence, start, last, words, around), start, low)


def noun_begins(sentence: Sentence, last: int) -> int:
    start = last
    while start > 0 and last - start < 6:
        low = sentence[start - 1].low
        if low in ("that", "her") and (sentence[start].capital or sentence[start].low in DETERMINERS):
            break
        if low not in LINKS and (low in BREAKS or low in NO_NOUN or low in TIMES or not low[0].isalpha()):
            break
        start -= 1
    return start


def _side(sentence: Sentence, start: int, last: int, words: set[str], around: set[str]) -> Who:
    low = sentence[last].low.removesuffix("'s")
    if ("agency" in around and around & OTHER_AGENCY) or low in FAMILY:
        return Who.OTHER
    if "your" in words:
        return Who.YOU if words & (OTHERS | OURS | MY_PEOPLE) else Who.THING
    if "my" in words and words & MY_PEOPLE:
        return Who.US
    told_her = sentence[start].low == "her" and sentence.said(start - 1) in TOLD
    if told_her and low in OURS:
        return Who.US  # "told her payroll would …"
    if words & {"his", "her", "their"} and low not in CANDIDATE:
        return Who.OTHER if words & OTHERS else Who.THING
    if words & OTHERS:
        return Who.OTHER
    if words & CANDIDATE:
        return Who.US if "our" in words else Who.CANDIDATE
    if words & OURS or (words & {"our", "my"} and (words & MY_PEOPLE or _to_the_reader(sentence, last))):
        return Who.US
    if words & DETERMINERS or words & COMMON or not low.isalpha():
        return Who.THING
    opens = start == last and (start == 0 or sentence[start - 1].low in BREAKS | TOLD)
    return Who.NAME if sentence[last].capital or opens else Who.THING


def _to_the_reader(sentence: Sentence, last: int) -> bool:
    """ "One of our advisers will call you"."""
    ahead = sentence.words(last + 1, last + 5)
    return "you" in ahead and ahead[1:2] != ["help"] and bool(TO_THE_READER.intersection(ahead))
