"""Whose act it is where no pronoun tells: told by what is done, for whom, and with which papers."""

from __future__ import annotations

from domain.wording.lexicon import (
    ADVERBS,
    BREAKS,
    CANDIDATE_ACTS,
    CANDIDATE_PAPERS,
    DETERMINERS,
    EITHERS_PAPERS,
    FAMILY,
    ING,
    OUR_PAPERS,
    TOLD,
)
from domain.wording.names import TIMES
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Talk, Who

OUR_ACTS = frozenset("check chase raise submit forward arrange book rearrange dig flag escalate sort".split())
RETURNS = frozenset("come confirm decide reply respond revert ring call phone".split())
COMES_IN = frozenset("ring call phone text come pop drop".split())
NO_ADJECTIVE = DETERMINERS | ADVERBS | BREAKS | TIMES | OUR_PAPERS | frozenset("about re with w/ w to original".split())
SEES_TO = frozenset("check verify validate chase negotiate reformat anonymise explain tidy proofread redact".split())
CALLS = frozenset("ring call phone contact email".split())
REFEREES = frozenset("ref refs referee referees".split())
SEEN_TO = frozenset("booked rebooked arranged approved paid processed authorised reissued backdated".split())
RECEIVERS = frozenset("client hm payroll manager mgr site".split())


def implied(sentence: Sentence, verb: int, end: int, talk: Talk, otherwise: Who) -> Who:
    """Whose act it is when no subject is said: told by whom it is for, and by what is handed over."""
    act, *rest = sentence.words(verb, max(end, verb + 1))
    act = ING.get(act, act)
    if _says_the_candidate(sentence, verb):
        return Who.CANDIDATE
    if "me" in rest or ("us" in rest and "between" not in rest) or (rest[:1] == ["in"] and act in COMES_IN):
        return Who.CANDIDATE
    if act in ("drop", "hand", "return") and rest[:1] in (["his"], ["her"]) and "back" in rest:
        return Who.CANDIDATE
    if act in SEES_TO or (act, *rest[:1]) == ("sit", "in") or (act in CALLS and REFEREES.intersection(rest[:3])):
        return Who.US
    if act == "get" and SEEN_TO.intersection(rest):
        return otherwise
    for place, word in enumerate(rest):
        after = rest[place + 1] if place + 1 < len(rest) else ""
        if word in ("him", "cand", "candidate", "you") or (word == "them" and otherwise is Who.US):
            return Who.US
        hers = after in CANDIDATE_PAPERS or (
            after not in NO_ADJECTIVE and CANDIDATE_PAPERS & set(rest[place + 2 : place + 3])
        )
        if word == "her" and (not hers or after in ("answer", "references")):
            return Who.US
        if word in ("his", "her") and hers:
            return Who.US if _towards_client(rest[place:]) else Who.CANDIDATE
        if word in RECEIVERS and act not in CANDIDATE_ACTS:
            return Who.US
    if act in CANDIDATE_ACTS or FAMILY.intersection(rest):
        return Who.CANDIDATE
    if act in OUR_ACTS:
        return Who.US
    about_them = talk.before is Who.CANDIDATE or sentence.has(("he", "she"), verb)
    if act in RETURNS and about_them and (not rest or rest[0] in ("back", "by", "once", "when", "after", "if", "on")):
        return Who.CANDIDATE
    for word in rest:
        if word in OUR_PAPERS:
            return Who.US
        if word in CANDIDATE_PAPERS and (word not in EITHERS_PAPERS or about_them):
            return Who.US if _towards_client(rest) else Who.CANDIDATE
    return otherwise


def of_a_name(sentence: Sentence, subject: Subject, verb: int) -> Who:
    """Somebody named is a colleague if it is done for the candidate, else the candidate."""
    act = sentence.words(verb + 1, verb + 14)
    for place, word in enumerate(act):
        if word in ("will", "would", ";", "."):
            break
        if word in ("me", "us"):
            return Who.CANDIDATE
        if word in ("him", "them", "cand", "candidate"):
            return Who.US
        if word == "her" and act[place + 1 : place + 2] and act[place + 1] in CANDIDATE_PAPERS:
            continue
        if word == "her":
            return Who.US
    told = [place for place in range(subject.start) if sentence[place].low in TOLD]
    told_the_candidate = told and sentence.has(("him", "her", "them"), told[-1], subject.start)
    return Who.US if told_the_candidate else Who.CANDIDATE


def is_colleague(sentence: Sentence, subject: Subject, verb: int) -> bool:
    """ "Kim is covering for me, she'll ring him": a "she" who does it for a "him" is not the candidate."""
    after = sentence.said(verb + 2)
    if subject.low == "she":
        return sentence.said(verb + 1) == "his" or "him" in sentence.words(verb + 1, verb + 3)
    hers = after in CANDIDATE_PAPERS or not (
        after in DETERMINERS or after in ADVERBS or after in TIMES | BREAKS or not after
    )
    return subject.low == "he" and sentence.said(verb + 1) == "her" and not hers


def _says_the_candidate(sentence: Sentence, verb: int) -> bool:
    """ "Doing it tonight he says"."""
    return any(
        sentence[at].low in ("he", "she") and sentence.said(at + 1) in ("says", "said")
        for at in range(max(verb + 1, len(sentence) - 4), len(sentence) - 1)
    )


def _towards_client(words: list[str]) -> bool:
    return "to" in words or "client" in words or "across" in words
