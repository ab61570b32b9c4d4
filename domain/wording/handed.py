"""What somebody will be given, where we are plainly the ones to give it: "you'll have it by noon"."""

from __future__ import annotations

from domain.wording.clauses import Undertaking
from domain.wording.lexicon import (
    ACTS,
    BREAKS,
    DONE,
    HANDED,
    OTHERS,
    OUR_PAPERS,
    TOLD,
)
from domain.wording.speakers import subject_before
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Talk, Who

RECEIVE = frozenset("have get receive hear".split())
BEGIN_OBJECT = frozenset("it them the a an my our that".split())
PAID = frozenset("paid reimbursed refunded called contacted compensated".split())
RIGHT = frozenset("right sorted fixed done ready resolved corrected paid settled".split())
OVER = frozenset("with out over across in".split())
TO_WHOM = frozenset("you him her them".split())
PAPERS = OUR_PAPERS | frozenset("money payment pay refund answer payslip letter".split())
SWORN = frozenset("promised assured guaranteed word promise assure guarantee swore reassured agreed".split())
ADVERT = frozenset("% free discount click subscribe unsubscribe $link win points coupon spins lowest cheapest".split())
GIVEN = frozenset("p45 p60 payslip payslips wages money pay badge login laptop uniform refund bonus date".split())
LANDS = frozenset("hit reach land follow arrive".split())
BURDENS = frozenset(
    """charge charges fee fees deductions deduction cost costs penalty penalties change changes cuts contact saturday
    sunday weekend weekends nights overtime surprises delay delays tie comeback""".split()
)
HELD = frozenset("hold run open close finish make schedule do".split())
OUR_OWN = frozenset("us me my our".split())
PAY_RUN = frozenset("pay payrun run wages payslip payroll account acct".split())
NEWS = OUR_PAPERS | frozenset("answer decision call callback money update".split())


def receives(sentence: Sentence, verb: int) -> bool:
    """Whether the subject gets something of ours: "she'll get feedback", "he'll hear from us"."""
    low, after = sentence[verb].low, sentence.said(verb + 1)
    if low == "be":
        return after in HANDED or (after in DONE and sentence.has(TOLD, 0, verb))
    if low not in RECEIVE or after in ("to", "back", "onto", "in", "me", "us"):
        return False
    if sentence.words(verb + 2, verb + 6).count("us") or "me" in sentence.words(verb + 2, verb + 6):
        return "from" in sentence.words(verb + 1, verb + 6)
    until = next((at for at in range(verb + 1, verb + 6) if sentence.said(at) == "to"), verb + 6)
    papers = sentence.has(OUR_PAPERS, verb + 1, until)  # not "get his wife to email it"
    sum_of_money = any(token.low[0] in "£$€" for token in sentence[verb + 1 : verb + 6])
    told = (sentence.has(TOLD, 0, verb) or _told_after(sentence, verb)) and (
        sum_of_money or sentence.has(GIVEN, verb + 1, verb + 6)
    )
    from_us = told or (low != "have" and sentence.has(NEWS, verb + 1, until))
    sworn = low == "get" and sentence.has(SWORN, 0, verb)
    return low == "hear" or papers or from_us or (after == "it" and (sworn or low in ("have", "receive")))


def handed(
    sentence: Sentence, subject: Subject, modal: int, verb: int, talk: Talk, negated: bool
) -> Undertaking | None:
    """What the subject, who is not the one to do it, will be given, or what thing will reach somebody."""
    told = _told_by_us(sentence, subject.start, talk)
    passive = sentence[verb].low == "be" and sentence.said(verb + 1) in DONE
    if (subject.who is Who.OTHER and not passive) or (subject.who is Who.YOU and negated):
        return None
    if told in SWORN:
        return Undertaking(Who.US, subject.start, subject.start, verb, to_the_end=negated)
    if subject.who is Who.OTHER:
        return None
    if negated and passive and told and subject.who in (Who.CANDIDATE, Who.THING):
        return Undertaking(Who.US, subject.start, subject.start, verb, to_the_end=True)
    there_is_none = subject.low == "there" and sentence.words(verb, verb + 2) == ["be", "no"]
    if told and there_is_none and sentence.said(verb + 2) in BURDENS:
        return Undertaking(Who.US, subject.start, subject.start, verb, to_the_end=True)
    if told and subject.low in ("nothing", "nobody", "noone"):
        return Undertaking(Who.US, subject.start, subject.start, verb, to_the_end=True)
    if negated or is_advert(sentence):
        return None
    if subject.who is Who.THING and sentence.said(verb + 1) == "with" and sentence.said(verb + 2) in ("me", "us"):
        return Undertaking(Who.CANDIDATE, subject.start, subject.start, verb, needs_due=True)
    if subject.who is Who.YOU and sentence[verb].low == "expect":
        from_us = sentence.has(("us", "me"), verb) and sentence.has(("from",), verb)
        return Undertaking(Who.US, subject.start, verb + 1, verb) if from_us and verb + 1 < len(sentence) else None
    if subject.who is Who.THING:
        needs_due = _reaches_somebody(sentence, subject, modal, verb, told)
    else:
        needs_due = _is_given(sentence, subject, verb, told)
    return None if needs_due is None else Undertaking(Who.US, subject.start, subject.start, verb, needs_due)


def is_advert(sentence: Sentence) -> bool:
    return any(token.low in ADVERT or "%" in token.low for token in sentence)


def _is_given(sentence: Sentence, subject: Subject, verb: int, told: str) -> bool | None:
    """Whether it counts only with a date; None if it does not count at all."""
    low, rest = sentence[verb].low, sentence.words(verb + 1, verb + 8)
    theirs = subject.who is Who.CANDIDATE
    if low == "hear":
        return not (told and theirs) if {"me", "us", "back"}.intersection(rest) else None
    if low in RECEIVE and rest[:1] != ["to"] and (theirs or (rest and rest[0] in BEGIN_OBJECT)):
        return not (told and theirs)
    by_us = {"us", "me"}.intersection(rest[2:3]) and "by" in rest[1:2]
    if low == "be" and rest and rest[0] in PAID and (told or by_us):
        return not (by_us or told)
    return None


def _reaches_somebody(sentence: Sentence, subject: Subject, modal: int, verb: int, told: str) -> bool | None:
    low, rest = sentence[verb].low, sentence.words(verb + 1, verb + 8)
    if not rest:
        return None
    papers = sentence.has(PAPERS, subject.start, modal)
    towards = TO_WHOM.intersection(rest) or {"your", "his", "her"}.intersection(rest[1:3])
    if low == "be" and rest[0] in HANDED and "by" not in rest[:2] and (towards or told):
        return not towards
    if low == "be" and rest[0] in OVER and towards and (papers or subject.low == "it"):
        return True
    if low == "be" and told and (rest[0] in RIGHT or (DONE.get(rest[0]) in ACTS - HELD and not _by_another(rest))):
        return True
    if low == "be" and rest[0] in HANDED and rest[1:2] == ["by"] and OUR_OWN.intersection(rest[2:3]):
        return False
    if low == "be" and rest[0] in ("in", "on") and PAY_RUN.intersection(rest[1:5]):
        return False
    if low in LANDS and told and (towards or rest[0] in ("his", "her", "your")):
        return True
    if low in ("go", "come") and rest[0] in OVER and papers:
        return True
    return None


def _told_after(sentence: Sentence, start: int) -> bool:
    """ "He'll get £50 once it's done - told him"."""
    return any(
        sentence[at].low == "told" and sentence.said(at - 1) in BREAKS and sentence.said(at + 1) in TO_WHOM
        for at in range(start + 1, len(sentence) - 1)
    )


def _by_another(rest: list[str]) -> bool:
    return rest[1:2] == ["by"] and not OTHERS.isdisjoint(rest[2:4])


def _told_by_us(sentence: Sentence, start: int, talk: Talk) -> str:
    """The word by which our side told it; "" if nobody of ours did."""
    if _told_after(sentence, start):
        return "told"
    for back in range(start - 1, max(-1, start - 8), -1):
        if sentence[back].low == "word" and sentence.said(back - 1) in ("my", "our"):
            return "word"
        if sentence[back].low in TOLD:
            teller = subject_before(sentence, back, talk)
            ours = teller.who in (Who.NOBODY, Who.US) and not sentence.has(("me", "us"), back, start)
            return sentence[back].low if ours else ""
    return ""
