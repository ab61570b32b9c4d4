"""Who it is that will do it, said or understood."""

from __future__ import annotations

from domain.wording.clauses import Undertaking, act_ends
from domain.wording.lexicon import (
    BREAKS,
    CANDIDATE_PAPERS,
    FAMILY,
    ING,
)
from domain.wording.sides import implied, is_colleague, of_a_name
from domain.wording.speakers import subject_before, voice_of
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Talk, Who

OTHERS_THAN_WE = frozenset("you it which this that there".split())
NO_SUBJECT_AFTER = frozenset("week month morning afternoon evening weekend day a.m. is".split())


def _is_given_to_us(sentence: Sentence, subject: Subject, verb: int) -> bool:
    """ "He says I'll have his decision by Friday"."""
    says = sentence.said(subject.start - 2) in ("he", "she") and sentence.said(subject.start - 1) in ("says", "said")
    theirs = sentence.said(verb + 1) in ("his", "her", "it") or sentence.said(verb + 2) in CANDIDATE_PAPERS
    return says and theirs and sentence[verb].low in ("have", "get", "receive")


def side_of(sentence: Sentence, subject: Subject, verb: int, talk: Talk) -> Who:
    if subject.who is Who.NAME:
        return of_a_name(sentence, subject, verb)
    if subject.who is Who.CANDIDATE and is_colleague(sentence, subject, verb):
        return Who.OTHER if talk.words & FAMILY else Who.US  # his daughter, perhaps
    return subject.who


def doer_of(sentence: Sentence, subject: Subject, verb: int, talk: Talk, found: list[Undertaking]) -> Who:
    if subject.who is Who.US and _is_given_to_us(sentence, subject, verb):
        return Who.CANDIDATE
    if subject.who is not Who.NOBODY:
        return side_of(sentence, subject, verb, talk)
    if found and not sentence.has(("she", "he", "they", "client"), found[-1].verb + 1, subject.start):
        return found[-1].who
    return _unsaid(sentence, subject.start, verb, talk)


def _unsaid(sentence: Sentence, start: int, verb: int, talk: Talk) -> Who:
    """Who is meant by "… and will send", "Will send JD today"."""
    if sentence[verb].low == "start":
        return Who.NOBODY
    before = sentence.said(start - 1)
    cut_off = before in BREAKS or not before or before[0].isdigit()
    if before == "or" or (start == verb - 1 and not cut_off):
        return Who.NOBODY
    if voice_of(sentence, verb) is Who.CANDIDATE:
        return Who.CANDIDATE
    otherwise = said = Who.NOBODY
    for place, token in enumerate(sentence[:start]):
        if place and sentence[place - 1].low not in BREAKS:
            continue
        if token.low in ("he", "she") and subject_before(sentence, place + 1, talk).who is Who.OTHER:
            said = Who.OTHER
        elif token.low in ("he", "she"):
            otherwise, said = Who.CANDIDATE, Who.CANDIDATE
        elif token.low in ("i", "we"):
            otherwise, said = Who.US, Who.US
        elif token.low in OTHERS_THAN_WE and sentence.said(place + 1) not in NO_SUBJECT_AFTER - {"is"}:
            said = Who.OTHER
    if said is Who.US and before in ("and", "but", "then", "so"):
        return Who.US
    if said is Who.OTHER:
        return Who.NOBODY
    verb += sentence[verb].low == "be" and sentence.said(verb + 1) in ING  # "will be dropping it off"
    return implied(sentence, verb, act_ends(sentence, verb), talk, otherwise if otherwise is not Who.NOBODY else Who.US)
