"""Undertaken in so many words: "I'll …", "told her I'd …", "is going to …", "she is sending … by Friday"."""

from __future__ import annotations

from domain.wording.acts import is_act, is_act_by_a_date, is_act_in_progress
from domain.wording.clauses import Undertaking, act_ends, opening, verb_after
from domain.wording.doers import doer_of, side_of
from domain.wording.doubts import (
    came_to_nothing,
    is_asked,
    is_binding,
    is_hedged,
    is_in_doubt,
    is_offer,
    is_told,
    without_guarantee,
)
from domain.wording.handed import handed, receives
from domain.wording.lexicon import (
    ACTS,
    ADVERBS,
    DELIVER,
    HEDGES,
    ING,
    NEXT_TO_VERB,
    OUR_PAPERS,
    REPORTING,
    VERBS,
)
from domain.wording.sides import implied
from domain.wording.speakers import subject_before
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Talk, Who

A_THING = frozenset("it them that this me us".split())
BEGINS = frozenset("begin start".split())
GOES_THERE = frozenset("be come pop drop call go nip swing".split())
GOING_THERE = frozenset("coming popping dropping calling nipping".split())


def will(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """will, 'll, shall; would, after somebody told it; can, where it offers."""
    modal = sentence[place].low
    subject = subject_before(sentence, place, talk)
    verb = verb_after(sentence, place + 1)
    if verb is None or sentence[verb.place].low == modal or is_asked(sentence, verb.place):
        return None
    if verb.hedged or is_hedged(sentence, subject, place):
        return None
    if is_in_doubt(sentence, subject.start, modal) or sentence.has(("only",), place, verb.place):
        return None
    if came_to_nothing(sentence, subject, verb.place):
        return None
    if modal == "would" and not is_told(sentence, subject, verb.place):
        return None
    who = doer_of(sentence, subject, verb.place, talk, found)
    if who in (Who.THING, Who.YOU, Who.OTHER) or _is_given(sentence, subject, verb.place, who):
        return handed(sentence, subject._replace(who=who), place, verb.place, talk, verb.negated)
    if who is Who.NOBODY or without_guarantee(sentence, place, verb.place):
        return None
    if modal == "can":
        offered = not verb.negated and is_offer(sentence, subject, verb.place, who)
        return Undertaking(who, subject.start, verb.place, verb.place) if offered else None
    if verb.negated and subject.who is Who.NOBODY and not found and not sentence.has(("never",), place, verb.place):
        return None  # "won't relocate"
    doing = verb.place + 1
    if verb.negated and who is Who.CANDIDATE and sentence[verb.place].low == "be" and sentence.said(doing) in ING:
        verb = verb._replace(place=doing)
    if verb.negated:
        words = next(at for at in range(place + 1, len(sentence)) if sentence[at].low in ("not", "never"))
        binding = is_binding(sentence, subject, words, verb.place, who)
        return Undertaking(who, subject.start, words, verb.place) if binding else None
    return _done_by(sentence, subject, verb.place, who)


def be(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """is going to send, is sending … by Friday, is to send."""
    subject = subject_before(sentence, place, talk)
    after = sentence.past(ADVERBS, place + 1)
    low = sentence.said(after)
    if subject.who not in (Who.US, Who.CANDIDATE, Who.NAME) or not low or low in HEDGES:
        return None
    if is_in_doubt(sentence, subject.start, "will"):
        return None
    if low == "on" and sentence.said(after + 1) == "it" and subject.who is Who.US:
        return Undertaking(Who.US, subject.start, after, after)
    if low == "going" and sentence.said(after + 1) == "to":
        return _going_to(sentence, subject, after + 1, talk)
    negated = low == "not"
    if sentence.said(after + negated) == "to":
        verb = after + negated + 1
        if sentence.said(verb) not in VERBS or is_asked(sentence, verb):
            return None
        who = side_of(sentence, subject, verb, talk)
        act = is_act(sentence, verb, who)
        return Undertaking(who, subject.start, after if negated else verb, verb) if act else None
    if low not in ING or is_asked(sentence, after):
        return None
    who = side_of(sentence, subject, after, talk)
    if low in GOING_THERE and (verb := _there_to(sentence, after, who)):
        return Undertaking(who, subject.start, verb, verb)
    if not is_act_in_progress(sentence, after, who):
        return None
    to_us = who is Who.CANDIDATE and sentence.said(after + 1) in ("me", "us")
    return Undertaking(who, subject.start, after, after, needs_due=not to_us)


def was(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "told him I was going to ring": only as something told."""
    subject = subject_before(sentence, place, talk)
    after = sentence.past(ADVERBS, place + 1)
    if subject.who not in (Who.US, Who.CANDIDATE) or not is_told(sentence, subject, after):
        return None
    return be(sentence, place, talk, found)


def going(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Going to send her the spec", "I gonna send it": without the "am"."""
    if place == 1 and sentence[0].low in OUR_PAPERS and sentence.said(2) in ("over", "out", "across"):
        return Undertaking(Who.US, 0, 0, place, needs_due=True)  # "contract going over to him by 12"
    if sentence.said(place + 1) != "to" or sentence.is_question:
        return None
    if sentence.said(place - 1) in ("i", "we", "he", "she"):
        return _going_to(sentence, subject_before(sentence, place, talk), place + 1, talk)
    verb = verb_after(sentence, place + 2)
    if place != opening(sentence) or verb is None or verb.negated or verb.hedged:
        return None
    who = implied(sentence, verb.place, act_ends(sentence, verb.place), talk, Who.US)
    if sentence[verb.place].low not in ACTS:
        carried = _carried(sentence, verb.place, who)
        return Undertaking(who, place, verb.place, carried) if carried else None
    return Undertaking(who, place, verb.place, verb.place) if is_act(sentence, verb.place, who) else None


def _done_by(sentence: Sentence, subject: Subject, verb: int, who: Who) -> Undertaking | None:
    """What this side will do, if it is an act, or leads to one."""
    if sentence[verb].low == "be" and is_act_in_progress(sentence, verb + 1, who):
        return Undertaking(who, subject.start, verb + 1, verb + 1)
    if is_act(sentence, verb, who) or (sentence[verb].low in BEGINS and is_act_in_progress(sentence, verb + 1, who)):
        return Undertaking(who, subject.start, verb, verb)
    if is_act_by_a_date(sentence, verb, who):
        return Undertaking(who, subject.start, verb, verb, needs_due=True)
    if carried := _carried(sentence, verb, who):
        return Undertaking(who, subject.start, verb, carried)
    if sentence[verb].low not in VERBS and sentence.said(verb + 1) in A_THING:
        return Undertaking(who, subject.start, verb, verb)
    if sentence[verb].low in GOES_THERE and (there := _there_to(sentence, verb, who)):
        return Undertaking(who, subject.start, there, there)
    return None


def _is_given(sentence: Sentence, subject: Subject, verb: int, who: Who) -> bool:
    return who is Who.CANDIDATE and subject.low not in ("i", "we") and receives(sentence, verb)


def _going_to(sentence: Sentence, subject: Subject, to: int, talk: Talk) -> Undertaking | None:
    verb = verb_after(sentence, to + 1)
    if verb is None or verb.negated or verb.hedged or is_asked(sentence, verb.place):
        return None
    low, who = sentence[verb.place].low, side_of(sentence, subject, verb.place, talk)
    if low not in VERBS and sentence.said(verb.place + 1) not in NEXT_TO_VERB:
        return None
    return _done_by(sentence, subject, verb.place, who)


def _carried(sentence: Sentence, verb: int, who: Who) -> int:
    """ "I'll think about it and call you": the second verb carries the promise. 0 if there is none."""
    low = sentence[verb].low
    if low in ("be", "need") or (low == "have" and sentence.said(verb + 1) != "a"):
        return 0
    for at in range(verb + 1, min(len(sentence) - 1, verb + 12)):
        if sentence[at].low in (",", ";", "so", "but", "because"):
            return 0
        if sentence[at].low == "and":
            after = sentence.past(ADVERBS, at + 1)
            if sentence.said(after) in REPORTING | DELIVER and is_act(sentence, after, who):
                return after
    return 0


def _there_to(sentence: Sentence, verb: int, who: Who) -> int:
    """ "will be in Friday to sign": the act for which somebody comes. 0 if there is none."""
    if sentence.said(verb + 1) not in ("in", "by", "over", "round", "down", "back", "into"):
        return 0
    for at in range(verb + 2, min(len(sentence) - 1, verb + 8)):
        if sentence[at].low == "to" and sentence[at + 1].low in ACTS and is_act(sentence, at + 1, who):
            return at + 1
    return 0
