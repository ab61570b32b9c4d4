"""A thing that was promised: "promised her first refusal", "Told her: feedback by Tues", "my word that …"."""

from __future__ import annotations

from domain.wording.clauses import Undertaking
from domain.wording.handed import NEWS, TO_WHOM
from domain.wording.lexicon import (
    ADVERBS,
    BREAKS,
    CANDIDATE,
    CANDIDATE_PAPERS,
    DETERMINERS,
    FAMILY,
    OTHERS,
    OUR_PAPERS,
)
from domain.wording.speakers import subject_before
from domain.wording.tokens import Sentence
from domain.wording.who import Talk, Who

NOT_SAID_OF_US = frozenset("been get got not never the a as than if being be is are was were".split())
MODALS = frozenset("will would shall can could should may might to".split())
PERSONS = frozenset("him her them you cand candidate me us".split())
PROMISED = frozenset("promised promise promises guaranteed guarantee pledged vowed swore undertook".split())
NO_THING = frozenset("to by that not he she we i they it".split())


def promised(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "promised her first refusal", "guaranteed him 40 hours", "Told her: feedback by Tues", "gave him my word …"."""
    low = sentence[place].low
    if sentence.said(place - 1) in MODALS:
        return None  # "I'll guarantee him 40 hours" is read as any other act
    if low == "word":
        return _word(sentence, place, found)
    head = _thing_promised(sentence, place, talk) if low in PROMISED else None
    return head or _news(sentence, place, talk)


def _thing_promised(sentence: Sentence, place: int, talk: Talk) -> Undertaking | None:
    thing = place + 1
    if sentence.said(thing) in DETERMINERS and sentence.has(CANDIDATE, thing + 1, thing + 4):
        thing = next(at for at in range(thing + 1, thing + 4) if sentence[at].low in CANDIDATE)
    to = sentence.said(thing)
    if (
        to in PERSONS
        or to in CANDIDATE
        or (thing < len(sentence) and sentence[thing].capital and to not in DETERMINERS and to.isalpha())
    ):
        thing += 1
    else:
        to = ""
    if sentence.has(OTHERS | FAMILY, place + 1, place + 3):
        return None  # what the client was promised
    listed = sentence.said(thing) == ":"
    thing += listed
    low = sentence.said(thing)
    if not low or sentence.is_question or not (low[0].isalnum() or low[0] in "£$€") or low in BREAKS:
        return None
    if sentence.has(("will", "would", "can", "shall"), thing, thing + 6) or low in PERSONS | NO_THING:
        return None
    if (
        not to
        and not listed
        and low not in OUR_PAPERS | CANDIDATE_PAPERS | {"a", "an", "the", "first", "daily", "weekly", "regular"}
    ):
        return None
    active = sentence.said(place - 1) in ("is", "has", "have")
    if (sentence.said(place - 1) == "is" and not to) or (not active and sentence.said(place - 1) in NOT_SAID_OF_US):
        return None
    subject = subject_before(sentence, place - active, talk)
    if subject.who in (Who.NOBODY, Who.NAME):
        if subject.who is Who.NOBODY and sentence[place].low in ("promise", "guarantee", "promises"):
            return None
        return Undertaking(Who.CANDIDATE if to in ("me", "us") else Who.US, subject.start, thing, thing)
    ours_or_theirs = subject.who in (Who.US, Who.CANDIDATE)
    return Undertaking(subject.who, subject.start, thing, thing) if ours_or_theirs else None


def _word(sentence: Sentence, place: int, found: list[Undertaking]) -> Undertaking | None:
    """ "gave him my word nobody would find out": what follows is promised, whoever it is about."""
    whose = sentence.said(place - 1)
    if whose not in ("my", "our", "his", "her") or found:
        return None
    after = sentence.past(("that", ",", ":", "-"), place + 1)
    low = sentence.said(after)
    of_themselves = low in ("i", "we", "he", "she") and sentence.has(("will", "would"), after, after + 4)
    if after >= len(sentence) - 1 or of_themselves or low in BREAKS or low in ("for", "on", "to", "in"):
        return None
    given = sentence.has(("has", "have", "gave", "given"), place - 3, place)
    if not given and not sentence.has(("will", "would", "is", "shall", "that"), place + 1):
        return None
    return Undertaking(Who.US if whose in ("my", "our") else Who.CANDIDATE, place, after, after, to_the_end=True)


def _news(sentence: Sentence, place: int, talk: Talk) -> Undertaking | None:
    after = place + 1 + (sentence.said(place + 1) in TO_WHOM)
    if sentence.said(after) not in (":", "-", ","):
        return None
    start = after + 1
    thing = sentence.past(DETERMINERS | ADVERBS, start)
    ours = subject_before(sentence, place, talk).who in (Who.NOBODY, Who.US)
    if sentence.said(thing) in NEWS and ours and sentence[place].low not in ("confirmed", "stated", "mentioned"):
        return Undertaking(Who.US, start, thing, thing, needs_due=True)
    return None
