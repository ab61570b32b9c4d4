"""What makes an act no promise: a question, a doubt, a condition, the past, a refusal, a mere possibility."""

from __future__ import annotations

from domain.wording.acts import is_act, is_for_somebody
from domain.wording.lexicon import (
    ACTS,
    ADVERBS,
    BREAKS,
    CLAUSE_OPENERS,
    DONE,
    HEDGES,
    ING,
    NO_ACT,
    OPINION,
    TOLD,
    VERBS,
)
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Who

TURNED_ROUND = frozenset("i you we he she they it there this that the a your my".split())
ASKING = CLAUSE_OPENERS | frozenset("do does did is are can could would will shall should have has".split())
TOLD_WHOM = frozenset("him her them you cand candidate".split())
YET_TO_TELL = frozenset("say tell confirm agree assure".split())
WISHES = frozenset("like love prefer rather".split())
AFTER_THAT = OPINION | BREAKS | frozenset("her him me us them is it you note aware remember reminder".split())
WEEKS = frozenset("week month morning afternoon evening weekend day please noon lunch lunchtime".split())
WHAT_ONE_MAY = frozenset("anything something way everything thing things stuff because".split())
WHAT_ONE_WILL = frozenset("anything person people time place assuming as thing".split())
REFUSED = frozenset("be have need know want move budge get make come attend consider change".split())
ALL_OTHERS = frozenset("without w/o else anyone anybody elsewhere anywhere".split())
SO_LONG = frozenset("unless until til till before again".split())
SWORN = frozenset("promised promise promises swears swore sworn assured vowed guaranteed pledged word".split())
REFUSALS = frozenset("work do take accept drive travel".split())
NOTHING_CAME = (["does", "not"], ["did", "not"], ["has", "not"], ["never", "did"], ["never", "does"], ["never", "has"])
KEPT_FROM = frozenset(
    """charge bill tell share disclose mention sell pass forward publish distribute contact spam let release reveal
    bother bug hassle pester breathe repeat discuss give""".split()
)
NOT_TAKEN = frozenset("take sign accept speak talk tell share apply interview".split())
OFFERED = frozenset(
    """send give fax email e-mail mail forward provide call bring arrange sign reorganize reorganise set
    donate get have drop text ring pick put show walk introduce approve authorise authorize release share
    copy print lend resend supply prepare draft write reschedule post scan ship deliver courier refund
    pass upload tell scan fill explain update clarify check book pay cover fedex""".split()
)


def is_asked(sentence: Sentence, verb: int) -> bool:
    """A question, or the words turned round as in one."""
    if sentence[verb].low in TURNED_ROUND and sentence.said(verb - 1) != "be":
        return True
    return sentence.is_question and (sentence.said(0) in ASKING or not sentence.has((",", "-"), verb))


def is_hedged(sentence: Sentence, subject: Subject, modal: int) -> bool:
    """ "maybe I'll", "he probably will"."""
    return sentence.said(subject.start - 1) in HEDGES or sentence.has(HEDGES, subject.start, modal)


def is_told(sentence: Sentence, subject: Subject, verb: int) -> bool:
    """ "I'd" is a promise only where it is said what was said; with "have told" or "sent" it speaks of the past."""
    low, after = sentence.said(verb), sentence.said(verb + 1)
    if not low or (low in DONE and low not in VERBS):
        return False
    if low == "have" and (after in DONE or after in ("been", "had")):
        return False
    if sentence.said(subject.start - 1) == "told" and low in ("get", "have", "receive", "hear"):
        return False  # "Told I'd get the CV by Sunday": it is I who was told
    if low in WISHES and subject.low not in ("i", "we"):
        return False
    for back in range(subject.start - 1, -1, -1):
        known = sentence[back].low == "know" and sentence.said(back - 1) not in TOLD_WHOM
        if sentence[back].low in TOLD - YET_TO_TELL and not known:
            if sentence.said(back - 1) not in ("not", "never"):
                return True
            if not sentence.has(("but",), back, subject.start):
                return False  # "couldn't promise it but I'd try" is told all the same
    return False


def is_in_doubt(sentence: Sentence, start: int, modal: str) -> bool:
    """ "if he'll", "doubt she'll", "so I can", "the day that I will"."""
    before = start - 1
    if sentence.said(before) == "that":
        before -= 1
        told = sentence.has(TOLD, before - 8, before + 1)
        if before >= 0 and (sentence[before].low == "so" or (not told and sentence[before].low not in AFTER_THAT)):
            return True
    low = sentence.said(before)
    if not low:
        return False
    if low == "sure" and sentence.said(before - 1) == "be":
        return False  # "you can be sure that I'll …"
    if (
        low in CLAUSE_OPENERS
        or low in OPINION
        or (low in WHAT_ONE_WILL and not sentence.has(("if", "when"), 0, before))
    ):
        return True
    if modal == "can" and (low == "so" or low not in BREAKS | ADVERBS | WEEKS):
        return True
    return modal != "will" and low in WHAT_ONE_MAY and sentence.said(before - 1) != "either"


def came_to_nothing(sentence: Sentence, subject: Subject, verb: int) -> bool:
    """ "Keeps saying she'll send it and doesn't"."""
    if sentence.has(("keeps", "kept"), subject.start - 3, subject.start):
        return True
    if sentence.said(len(sentence) - 1) == "done" and sentence.said(len(sentence) - 2) in ("-", "–"):
        return True
    for at in range(verb + 1, len(sentence) - 2):
        if sentence[at].low in ("and", "but", "then"):
            after = sentence.words(at + 1, at + 3)
            if after in NOTHING_CAME:
                return True
    return False


def is_binding(sentence: Sentence, subject: Subject, words: int, verb: int, who: Who) -> bool:
    """Whether it is promised not to do it, and not merely refused."""
    low = ING.get(sentence[verb].low, sentence[verb].low)
    sworn = sentence.has(SWORN, 0, subject.start)
    if (
        low in ("go", "accept", "work", "leave")
        and who is Who.CANDIDATE
        and (sworn or (low == "go" and sentence.has(ALL_OTHERS, verb)))
    ):
        return True
    if low == "forget" and (sentence.said(verb + 1) in TOLD_WHOM | {"to"} or sworn):
        return who is Who.US
    if low in REFUSED:
        return False
    act = (low in ACTS and low not in NO_ACT) or low in ("take", "tell", "share")
    if who is Who.US:
        act = act or low not in NO_ACT or is_act(sentence, verb, who)
    told = sentence.has(TOLD, 0, subject.start) or (who is Who.US and sentence.has(TOLD, verb + 1))
    bound = sentence.has(ALL_OTHERS, verb)
    if who is Who.US:
        return act and (
            told or bound or sentence[words].low == "never" or low in KEPT_FROM or sentence.has(SO_LONG, verb)
        )
    if sentence[words].low == "never":
        return act and (is_act(sentence, verb, who) or low in NOT_TAKEN)
    he_will_not = words > 1 and sentence[words - 1].start == sentence[words - 2].start and subject.who is not Who.NOBODY
    return act and (bound or sworn or (told and low not in REFUSALS) or (he_will_not and low in NOT_TAKEN))


def is_offer(sentence: Sentence, subject: Subject, verb: int, who: Who) -> bool:
    """ "I can send it to you tomorrow": definite, and towards somebody."""
    low = sentence[verb].low
    if who is not Who.US or (subject.low not in ("i", "we") and (subject.who is not Who.NOBODY or subject.start == 0)):
        return False
    takes = low == "take" and sentence.said(verb + 1) in TOLD_WHOM
    takes = takes or (low == "do" and is_for_somebody(sentence, verb))
    if low == "tell" and sentence.said(verb + 2) == "that":
        return False  # "I can tell you that nobody is happy"
    offered = low in OFFERED or takes or (low in ACTS and is_for_somebody(sentence, verb))
    return offered and is_act(sentence, verb, who)


def without_guarantee(sentence: Sentence, modal: int, verb: int) -> bool:
    """ "I'd try, no guarantees"."""
    tried = sentence.has(("try",), modal, verb + 1)
    return tried and sentence.has(("guarantee", "guarantees", "promises", "promise"), verb)
