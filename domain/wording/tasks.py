"""Undertaken in other words than "will": agreed to, let me, left to somebody in a list, "back to him by noon"."""

from __future__ import annotations

from domain.wording.acts import is_act, is_act_in_progress
from domain.wording.clauses import Undertaking, act_ends, opening
from domain.wording.lexicon import (
    ACTS,
    ADVERBS,
    BREAKS,
    CANDIDATE,
    DELIVER,
    ING,
    NO_ACT,
    THIRD,
)
from domain.wording.sides import implied
from domain.wording.speakers import subject_before, voice_of
from domain.wording.tokens import Sentence
from domain.wording.who import Talk, Who

WHOM = frozenset("him her them you cand candidate".split())
UNDER_WAY = DELIVER | frozenset(
    "do chase book sort put submit set check get arrange sign upload escalate raise flag".split()
)
LET_ME = frozenset(
    """check bring look find get see talk speak ask send call ring review work dig run confirm follow make take chase
    double-check doublecheck email text forward put set arrange try have discuss verify draft sort fix do give come
    touch reach circle pull grab go think pass research investigate share""".split()
)
THE_READER = frozenset("please you your our".split())
PLANS = frozenset("agreed terms deal plan steps actions action agreement".split())


def let_me(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Let me check and get back to you"."""
    before = sentence.said(place - 1)
    if sentence.said(place + 2) == "know" and sentence.said(place + 1) in WHOM - {"you"}:
        return ring(sentence, place, talk, found)
    if sentence.said(place + 1) != "me" or sentence.is_question or (found and before == "and"):
        return None
    verb = sentence.past(ADVERBS | {"double"}, place + 2)
    opens = not before or before in (BREAKS | ADVERBS) - {"that", "when", "if"}
    if not opens or sentence.said(verb) not in LET_ME:
        return None
    if sentence[verb].low in ("see", "put") and not is_act(sentence, verb, Who.US):
        return None
    return Undertaking(Who.US, place, verb, verb)


def doing(sentence: Sentence, place: int, talk: Talk) -> Undertaking | None:
    """ "Sending her the spec tonight": only with a date to come."""
    of_them = sentence.said(place + 1) in ("him", "her", "them")
    if sentence.is_question or (ING[sentence[place].low] not in UNDER_WAY and not of_them):
        return None
    if ING[sentence[place].low] == "do" and sentence.said(place + 1) in ("his", "her"):
        return None  # "doing her exams in June"
    who = implied(sentence, place, act_ends(sentence, place), talk, Who.US)
    under_way = is_act_in_progress(sentence, place, who)
    return Undertaking(who, place, place, place, needs_due=True) if under_way else None


def settled(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Consider it done", "leave it with me"."""
    words = sentence.words(place + 1, place + 4)
    if place and sentence[place - 1].low not in BREAKS | ADVERBS:
        return None
    done = words[:2] in (["it", "done"], ["that", "done"]) or words[1:] in (
        ["with", "me"],
        ["with", "us"],
        ["to", "me"],
    )
    return Undertaking(voice_of(sentence, place), place, place, place) if done else None


def back(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Back to him by noon"."""
    if place != opening(sentence) or sentence.said(place + 1) not in ("to", "with"):
        return None
    whom = sentence.said(place + 2)
    if whom in ("him", "her", "them", "cand", "candidate"):
        return Undertaking(Who.US, place, place, place, needs_due=True)
    return Undertaking(Who.CANDIDATE, place, place, place, needs_due=True) if whom in ("me", "us") else None


def ring(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Ring her Mon w/ rate": a note to oneself, with a date."""
    whom = sentence.said(place + 1)
    to_oneself = place == opening(sentence) and whom in ("him", "her", "them", "cand", "candidate")
    if not to_oneself or sentence.is_question or sentence.has(THE_READER) or whom == sentence.said(len(sentence) - 1):
        return None
    return Undertaking(Who.US, place, place, place, needs_due=True)


def owe(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "I owe her an answer by Friday"."""
    subject = subject_before(sentence, place, talk)
    if subject.who not in (Who.US, Who.CANDIDATE) or sentence.is_question or place + 2 >= len(sentence):
        return None
    return Undertaking(subject.who, subject.start, place + 1, place, needs_due=True)


def label(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Me: chase the client. Her: send refs by Fri"."""
    whose, verb = sentence.said(place - 1), place + 1
    if sentence.said(verb) not in ACTS - NO_ACT or sentence.said(place - 2) not in BREAKS | {""}:
        return None
    if whose in ("me", "us", "i", "we"):
        return Undertaking(Who.US, place - 1, verb, verb)
    if whose in ("him", "her", "he", "she") or whose in CANDIDATE:
        return Undertaking(Who.CANDIDATE, place - 1, verb, verb)
    return None


def as_agreed(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Agreed next steps: I book the slot, he preps the case study by Fri"."""
    before = sentence.said(place - 1)
    if before not in (":", ",", "and") or ":" not in sentence.words(0, place) or not sentence.has(PLANS, 0, place):
        return None
    who = Who.US if sentence[place].low in ("i", "we") else Who.CANDIDATE
    verb = place + 1
    low = sentence.said(verb)
    plain = low if who is Who.US else THIRD.get(low, "")
    act = plain in ACTS - NO_ACT or (who is Who.US and is_act(sentence, verb, who))
    return Undertaking(who, place, verb, verb) if act else None
