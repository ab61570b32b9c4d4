"""Which verbs are acts towards somebody, which only tell a state, a place, a thought or a sign-off."""

from __future__ import annotations

import re

from domain.wording.complements import BY_A_DATE, OURS, THEIRS, read
from domain.wording.lexicon import ACTS, DETERMINERS, DONE, ING, NO_ACT, VERBS
from domain.wording.tokens import Sentence
from domain.wording.who import Who

NEEDED = {Who.US: read(OURS), Who.CANDIDATE: read(THEIRS)}
NEEDED_BY_A_DATE = read(BY_A_DATE)
# A recruiter's act, not the candidate's: his working, travelling and turning up is no promise to us.
NOT_THEIRS = frozenset(
    """attend meet match stand stick back support cover travel drive agree fit buy hit serve lead manage swap step learn
    study teach live carry treat maintain represent escalate flag lift nail build dial visit
    host close work copy interview""".split()
)
FOR_SOMEBODY = re.compile(r"[^,;:.]{0,40}\b(?:for|to) (?:you|him|her|them)\b(?! to\b)")
PLACES = frozenset(
    """travel leave stay attend drive fly run walk meet go come sit work take have be stand live move play see visit
    offer interview look think present aim try""".split()
)
AFTER_AN_ACT = DETERMINERS | frozenset("you him her them me us it up over to with out in back something".split())
NO_CAUSE = frozenset("to , and a an that for with in on at it".split())
WITH = {"w/": "with", "w": "with"}
NOT_DONE = frozenset("to been used married paid started".split())
NOT_WITHIN = frozenset(", and to that who if when . from with by".split())


def is_act(sentence: Sentence, verb: int, who: Who) -> bool:
    """Whether the verb at this place, in its plain form, is something that this side does for somebody."""
    if verb >= len(sentence):
        return False
    low, rest = sentence[verb].low, following(sentence, verb)
    if who is Who.US and low in ACTS - {"talk", "speak"} and FOR_SOMEBODY.match(rest):
        return True
    if low in ("have", "get") and _gets_it_done(sentence, verb):
        return True
    if low == "have" and who is Who.US and _has_somebody_do_it(sentence, verb):
        return True
    if (needed := NEEDED[who].get(low)) is not None:
        return needed.match(rest) is not None
    if low in NO_ACT:
        return False
    if who is Who.US:  # a verb that nobody thought of is more often an act than not
        return low in ACTS or (low.replace("-", "").isalpha() and not low.endswith(("ly", "ing")) and len(low) > 2)
    return low in ACTS and low not in NOT_THEIRS


def is_act_by_a_date(sentence: Sentence, verb: int, who: Who) -> bool:
    """An act if only a date is said for it: "we'll have an answer EOD"."""
    needed = NEEDED_BY_A_DATE.get(sentence[verb].low)
    return who is Who.US and needed is not None and needed.match(following(sentence, verb)) is not None


def is_act_in_progress(sentence: Sentence, verb: int, who: Who) -> bool:
    """The same for "sending", "putting her forward"."""
    low = ING.get(sentence.said(verb))
    goes_back = low == "go" and sentence.said(verb + 1) == "back"
    if low is None or (low in PLACES and not goes_back) or (who is Who.CANDIDATE and low in NOT_THEIRS):
        return False
    if low == "get" and sentence.said(verb + 1) not in AFTER_AN_ACT:
        return False
    if (needed := NEEDED[who].get(low)) is not None:
        return needed.match(following(sentence, verb)) is not None
    return low in ACTS and low not in NO_ACT


def is_for_somebody(sentence: Sentence, verb: int) -> bool:
    """Whether it says for whom: "for you", "to him"."""
    return FOR_SOMEBODY.match(following(sentence, verb)) is not None


def following(sentence: Sentence, verb: int) -> str:
    return " ".join(WITH.get(low, low) for low in sentence.words(verb + 1, verb + 12))


def _gets_it_done(sentence: Sentence, verb: int) -> bool:
    """ "have his query answered", "get it signed off"."""
    if sentence.said(verb + 1) in NOT_DONE:
        return False
    for low in sentence.words(verb + 2, verb + 8):
        if low in NOT_WITHIN:
            return False
        if low in DONE and low not in VERBS:
            return True
    return False


def _has_somebody_do_it(sentence: Sentence, verb: int) -> bool:
    """ "have Shirley fax you the itinerary"."""
    for at in range(verb + 1, min(len(sentence) - 1, verb + 5)):
        low = sentence[at].low
        if low in ("a", "an") and at == verb + 1:
            continue  # "have a car pick you up"
        if low in NO_CAUSE:
            return False
        if at > verb + 1 + (sentence[verb + 1].low in ("a", "an")) and low in ACTS and not sentence[at].capital:
            return sentence[at + 1].low in AFTER_AN_ACT or sentence[at + 1].capital
    return False
