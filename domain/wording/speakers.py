"""Whose side somebody in a sentence is on: ours, the candidate's, or one whose promises are not ours to keep."""

from __future__ import annotations

from domain.wording.lexicon import (
    ADVERBS,
    BREAKS,
    CANDIDATE,
    CANDIDATE_PAPERS,
    FAMILY,
    OTHERS,
    OUR_PAPERS,
    OURS,
    TOLD,
)
from domain.wording.names import TIMES, named, noun_begins
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Talk, Who

SINGULAR = frozenset("he she him her his hers".split())
THINGS = frozenset("it this there nobody noone nothing everything".split())
SOME = frozenset("one some all most both each either none".split())
QUOTES = frozenset("\" “ ” ' ‘ ’".split())
MESSAGES = frozenset("vm v/m voicemail text txt whatsapp msg message sms".split())
WITH = frozenset("spoke spk speak call called chat met rang meeting".split())


def subject_before(sentence: Sentence, place: int, talk: Talk) -> Subject:
    """The subject of the verb that stands at `place`."""
    last = place - 1
    while sentence.said(last) in ADVERBS or sentence.said(last) in ("have", "has", "had"):
        last -= 1
    if sentence.said(last) == ")" and (opened := _bracket(sentence, last)):
        if sentence.has(CANDIDATE, opened, last):
            return Subject(Who.CANDIDATE, noun_begins(sentence, opened - 1))  # "Kelly (cand) will …"
        if opened == 1 and sentence[0].capital and sentence.has(OURS, opened, last):
            return Subject(Who.US, 0)
        return subject_before(sentence, opened, talk)  # "they (the uni) will confirm"
    low = sentence.said(last)
    if low == "," and (opened := _apposition(sentence, last)):
        return subject_before(sentence, opened, talk)
    if low == ":" and 1 <= last <= 2 and sentence[last - 1].low not in TOLD:
        return named(sentence, last - 1)  # "Client: will interview"
    if last < 0 or low in BREAKS or low in TIMES or (low[0].isdigit() and sentence.said(last - 1) in TIMES):
        if low == "who" and sentence.said(last - 1) == "," and last >= 2:
            return named(sentence, last - 2)  # "passed to Karl, who'll ring him"
        if low in ("who", "which", "that", "what") and sentence.said(last - 1) not in TOLD:
            return Subject(Who.THING, last)
        return Subject(Who.NOBODY, last + 1)
    if low in ("i", "we"):
        return Subject(voice_of(sentence, last), _together(sentence, last), low)
    if low in ("me", "us") and sentence.said(last - 1) == "before":
        return Subject(Who.OTHER, last - 1, low)  # "the agency before us"
    if low == "us" and sentence.said(last - 1) == "of" and sentence.said(last - 2) in SOME:
        return Subject(Who.US, last - 2, low)
    if low in ("me", "us") and (last == 0 or sentence.said(last - 1) in BREAKS):
        return Subject(Who.US, last, low)
    if low == "you":
        return Subject(Who.YOU, last, low)
    if low in ("he", "she", "they"):
        return Subject(_meant(sentence, last, talk), last, low)
    if low in THINGS:
        return Subject(Who.THING, last, low)
    return named(sentence, last)


def voice_of(sentence: Sentence, place: int) -> Who:
    """Who says "I": we, unless it is within quotation marks or on the voicemail of somebody else."""
    quotes = [at for at in range(place) if sentence[at].low in QUOTES]
    if sentence.said(0) in MESSAGES and sentence.has((":", "-"), 1, min(place, 5)):
        return Who.CANDIDATE
    if len(quotes) % 2 == 0 or (
        quotes[-1] == 0 and not sentence.has(("text", "txt", "from", "said", "says", "email", "words"), place)
    ):
        return Who.US
    before = sentence.words(0, quotes[-1])
    if OTHERS.intersection(before):
        return Who.OTHER
    return Who.US if {"i", "we", "told", "you"}.intersection(before) else Who.CANDIDATE


def _apposition(sentence: Sentence, comma: int) -> int:
    """Where "…, TURN, will send" or "…, who knows him, will send" opens; 0 if it is none."""
    for at in range(comma - 1, max(0, comma - 9), -1):
        if sentence[at].low == ",":
            own = sentence.said(at + 1) in ("who", "my", "our", "the")
            return at if own or all(token.capital for token in sentence[at + 1 : comma]) else 0
    return 0


def _bracket(sentence: Sentence, closing: int) -> int:
    return next((at for at in range(closing - 1, max(0, closing - 8), -1) if sentence[at].low == "("), 0)


def _together(sentence: Sentence, last: int) -> int:
    """Where "Tom and I" begins."""
    both = sentence.said(last - 1) == "and" and last >= 2 and sentence[last - 2].capital
    return last - 2 if both else last


def _meant(sentence: Sentence, place: int, talk: Talk) -> Who:
    """The candidate, unless somebody else was spoken of just before."""
    for back in range(place - 1, -1, -1):
        if sentence[back].low in TOLD:
            teller = subject_before(sentence, back, talk)
            same = teller.low != "they" or sentence[place].low == "they"
            if sentence[place].low == "they" and teller.who in (Who.US, Who.THING):
                return Who.US if teller.who is Who.US else Who.OTHER
            if teller.who is Who.OTHER and teller.low not in FAMILY and same:
                return Who.OTHER
            break
    if sentence[place].low in ("he", "she") and (told := _told_another(sentence, place)):
        return told
    if place and sentence.has(WITH, 0, 2) and (told := _spoken_with(sentence, place)):
        return told
    if place == 0 and talk.before is Who.OTHER:
        return Who.OTHER
    if sentence[place].low == "they" and sentence.has(OURS - {"agency", "boss"}, 0, place):
        return Who.US
    if sentence[place].low == "they" and "them" not in talk.words:
        others = talk.words & SINGULAR or talk.words & (OTHERS - {"they", "staffing", "board", "other"})
        if others or (sentence.has(OUR_PAPERS, place) and not sentence.has(CANDIDATE_PAPERS, place)):
            return Who.OTHER
    return Who.CANDIDATE


def _spoken_with(sentence: Sentence, place: int) -> Who | None:
    """Who "he" is in "Spoke to his manager, he'll …" and "Spoke to Jan in payroll, she'll …"."""
    for at in range(place):
        low, after = sentence[at].low, sentence.said(at + 1)
        if low in SINGULAR and not (low in ("his", "her") and after in OTHERS | {"ref"}):
            return None
        if low in OTHERS or low == "ref":
            return Who.OTHER
        if low in OURS and sentence.said(at - 1) == "in" and sentence[at - 2].capital:
            return Who.US
    return None


def _told_another(sentence: Sentence, place: int) -> Who | None:
    """Who "he" is in "told her to ring Danny and he'll fix it": not the candidate, whom we told."""
    other = "her" if sentence[place].low == "he" else "him"
    for at in range(place - 1):
        if sentence[at].low == "told" and sentence[at + 1].low == other:
            return Who.US if any(token.capital for token in sentence[at + 2 : place]) else Who.OTHER
    return None
