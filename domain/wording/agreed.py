"""What was agreed to, and what is left to somebody: "agreed to send it", "me to ring her Mon", "to send CV by Tue"."""

from __future__ import annotations

from domain.wording.acts import is_act, is_act_in_progress
from domain.wording.clauses import Undertaking, act_ends
from domain.wording.lexicon import (
    ACTS,
    ADVERBS,
    BREAKS,
    CANDIDATE,
    CANDIDATE_PAPERS,
    DETERMINERS,
    DONE,
    HANDED,
    ING,
    OTHERS,
    OUR_PAPERS,
    OURS,
    UNDERTOOK,
    VERBS,
)
from domain.wording.names import COMMON
from domain.wording.sides import implied, of_a_name
from domain.wording.speakers import subject_before
from domain.wording.tasks import THE_READER, WHOM
from domain.wording.tokens import Sentence
from domain.wording.who import Subject, Talk, Who

BETWEEN = WHOM | ADVERBS | frozenset("me us with w/ my his word".split())
NEVER_DID = frozenset("not never had if was were been until once would could".split())
WE_OFFER = frozenset("promised offered promise committed arranged".split())
SWORN = frozenset("promise promised promises swore sworn vowed pledged guaranteed".split())
LISTED = (",", "-", "–", ":")


def to(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """agreed to send, promised her to send; "me to ring her Mon"; "to send CV by Tue"."""
    verb = place + 1
    if sentence.said(verb) in ING and sentence.said(place - 1) in ("committed", "commit", "agreed"):
        return _undertook(sentence, place - 1, verb, verb, talk)
    back, words = place - 1, verb
    if sentence.said(verb) in ("not", "never"):
        verb += 1
    elif sentence.said(back) in ("not", "never"):
        words, back = back, back - 1
    low = sentence.said(verb)
    if low in ("him", "her", "them", "me", "us") and not sentence.is_question:
        who = Who.CANDIDATE if low in ("me", "us") else Who.US
        paper = _paper_before(sentence, place, CANDIDATE_PAPERS if who is Who.CANDIDATE else OUR_PAPERS)
        return Undertaking(who, paper, paper, paper, needs_due=True) if paper >= 0 else None
    if not low.isalpha() or low in DETERMINERS | WHOM or sentence.is_question:
        return None
    if low == "expect":
        return _told_to_expect(sentence, place, verb)
    for under in range(back, max(-1, back - 5), -1):
        if sentence[under].low in UNDERTOOK:
            return _undertook(sentence, under, words, verb, talk)
        if sentence[under].low not in BETWEEN:
            break
    return _left_to(sentence, place, verb, talk)


def _undertook(sentence: Sentence, under: int, words: int, verb: int, talk: Talk) -> Undertaking | None:
    if sentence.has(NEVER_DID, under - 4, under):
        return None
    subject = subject_before(sentence, under - (sentence.said(under - 1) in ("is", "has", "have")), talk)
    who = subject.who
    if who is Who.NOBODY:
        unknown = sentence[verb].low not in VERBS and sentence[verb].low not in ING
        if unknown and verb == words and sentence[under].low not in WE_OFFER:
            return None  # "agreed to trial"
        ours = words != verb or sentence[under].low in WE_OFFER
        ours = ours or sentence[verb].low not in ("do", "take", "look", "think", "consider")
        who = implied(sentence, verb, act_ends(sentence, verb), talk, Who.US if ours else Who.CANDIDATE)
    elif who is Who.NAME:
        who = Who.CANDIDATE
    elif who not in (Who.US, Who.CANDIDATE):
        return None
    sworn = sentence[under].low in SWORN
    act = sworn or words != verb or is_act_in_progress(sentence, verb, who) or is_act(sentence, verb, who)
    return Undertaking(who, subject.start, words, verb) if act else None


def _told_to_expect(sentence: Sentence, place: int, verb: int) -> Undertaking | None:
    """ "Told him to expect a call tomorrow"."""
    told = "told" in (sentence.said(place - 1), sentence.said(place - 2) if sentence.said(place - 1) in WHOM else "")
    return Undertaking(Who.US, place, verb + 1, verb, needs_due=True) if told and verb + 1 < len(sentence) else None


def _left_to(sentence: Sentence, place: int, verb: int, talk: Talk) -> Undertaking | None:
    """An act left to somebody in few words. A sentence that begins "To log in, …" is none."""
    before = sentence.said(place - 1)
    if before == ")" and (named := subject_before(sentence, place, talk)).who in (Who.US, Who.CANDIDATE):
        return Undertaking(named.who, named.start, verb, verb, needs_due=True)  # "Debbie (payroll) to call him Weds"
    if sentence[verb].low == "go" and before in OUR_PAPERS and place <= 2:
        out = sentence.said(verb + 1) in ("out", "over", "across")
        return Undertaking(Who.US, place - 1, place - 1, verb, needs_due=True) if out else None
    if sentence[verb].low == "follow" and before in OUR_PAPERS and sentence.has(("me", "us"), verb):
        return Undertaking(Who.US, place - 1, place - 1, verb, needs_due=True)
    if sentence[verb].low == "be":
        given = before in OUR_PAPERS and place <= 2 and sentence.said(verb + 1) in HANDED | {"given", "made", "done"}
        return Undertaking(Who.US, place - 1, place - 1, verb, needs_due=True) if given else None
    if sentence[verb].low not in ACTS or not is_act(sentence, verb, Who.US):
        return None
    if not before or before in LISTED:
        if sentence.has(THE_READER):
            return None
        who = implied(sentence, verb, act_ends(sentence, verb), talk, Who.US)
        return Undertaking(who, place, verb, verb, needs_due=not sentence.has(("him", "her", "me", "us", "them")))
    full_name = place == 2 and sentence[0].capital and sentence[1].capital
    if place >= 2 and sentence[place - 2].low not in BREAKS and not full_name:
        return None
    if before in ("i", "me", "we", "us") or before in OURS:
        return Undertaking(Who.US, place - 1, verb, verb)
    if before in ("he", "she") or before in CANDIDATE:
        return Undertaking(Who.CANDIDATE, place - 1, verb, verb)
    if sentence[place - 1].capital and not before[-1].isdigit() and not _is_common(before):
        who = of_a_name(sentence, Subject(Who.NAME, place - 1), verb)
        for_them = sentence.has(("him", "her", "them", "me", "us"), verb + 1, act_ends(sentence, verb))
        return Undertaking(who, place - 1, verb, verb, needs_due=not for_them)
    return None


def _paper_before(sentence: Sentence, place: int, papers: frozenset[str]) -> int:
    """Where "paperwork to her by Tues", "JD over to him today" begins; -1 if it is none."""
    paper = place - 1 - (sentence.said(place - 1) in ("out", "over", "across", "back"))
    opens = sentence.said(paper - 1) in BREAKS | {""}
    return paper if opens and sentence.said(paper) in papers else -1


def _is_common(low: str) -> bool:
    return any(low in words for words in (OTHERS, COMMON, ADVERBS, VERBS, DONE, ING))
