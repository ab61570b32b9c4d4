"""Where somebody in a sentence undertakes to do something: "I'll …", "agreed to …", "let me …", "promised her …"."""

from __future__ import annotations

from typing import NamedTuple

from domain.wording.acts import (
    LEISURE,
    LET_ME,
    following,
    is_act,
    is_act_by_a_date,
    is_act_in_progress,
    is_for_somebody,
)
from domain.wording.lexicon import (
    ACTS,
    ADVERBS,
    CANDIDATE,
    CANDIDATE_PAPERS,
    DELIVER,
    DETERMINERS,
    DONE,
    HEDGES,
    ING,
    NO_ACT,
    OPINION,
    OTHERS,
    OUR_PAPERS,
    OURS,
    TOLD,
    VERBS,
)
from domain.wording.speakers import BREAKS, COMMON, Subject, Talk, Who, implied, subject_before
from domain.wording.tokens import Sentence


class Undertaking(NamedTuple):
    """Who undertakes it; where in the sentence its clause, its words and its verb begin."""

    who: Who
    start: int
    words: int
    verb: int
    needs_due: bool = False
    to_the_end: bool = False


UNDER_WAY = frozenset("chase book sort put submit set check get arrange sign upload".split())
PERSON_OBJECT = frozenset("him her them you cand candidate".split())
CLAUSE_OPENERS = frozenset(
    "if whether unless how what when where why who whom until till once after before than whenever wherever wether".split()
)
TOUCHES = frozenset("be being is are was were".split())
UNDERTOOK = frozenset(
    "agreed promised promises promise undertook undertake undertaken committed commit vowed swore sworn pledged offered guaranteed undertakes agrees agree pledges commits vows".split()
)
ONWARD = frozenset(
    "able going happy glad pleased delighted sure try trying looking continue aim endeavour endeavor proceed prepared".split()
)
HANDED = frozenset(
    """sent mailed emailed e-mailed posted faxed forwarded paid refunded reimbursed credited couriered shipped delivered
    processed corrected backdated transferred returned provided issued fedexed wired resent put fixed sorted texted
    called contacted rung told informed notified updated reissued compensated covered""".split()
)
RECEIVE = frozenset("have get receive hear see".split())
ASIDE = frozenset("please pls could would can will to you they don't not never didnt did".split())
ADVERT = frozenset("% free discount click subscribe unsubscribe $link win points coupon spins lowest cheapest".split())
PREPARING = frozenset(
    """check ask speak talk look see find chase go review think discuss confirm have come try dig work read consider keep
    sort investigate research query consult decide get study liaise verify""".split()
)
REPORTING = frozenset(
    "get come let revert update advise give tell call ring report reply feed send text email respond confirm know inform drop circle".split()
)
WEEKS = frozenset("week month morning afternoon evening weekend day yes please ok noon lunch lunchtime".split())
NEXT_TO_VERB = DETERMINERS | PERSON_OBJECT | frozenset(
    "me us to with w/ w back on in over out up through by it them at about from off if what when whether".split()
)  # fmt: skip


def undertaken(sentence: Sentence, talk: Talk) -> list[Undertaking]:
    """Every undertaking of one sentence, in order of its words."""
    found: list[Undertaking] = []
    for place, token in enumerate(sentence):
        read = READERS.get(token.low)
        heads: list[Undertaking] = []
        if read is not None:
            head = read(sentence, place, talk, found)
            heads = [head] if head else []
        elif place == _opening(sentence) and token.low in ING:
            head = _doing_now(sentence, place, talk)
            heads = [head] if head else []
        for head in heads:
            if not found or head.verb > found[-1].verb:
                found.append(head)
                found.extend(_shared(sentence, head))
    return found


def _modal(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """will, 'll, shall, going to; would after somebody told it; can, where it offers."""
    low = sentence[place].low
    subject = subject_before(sentence, place, talk)
    verb, negated, hedged = _verb_after(sentence, place + 1)
    if (
        verb is None
        or hedged
        or any(token.low == "only" for token in sentence[place:verb])
        or _hedge_between(sentence, subject.start, place)
    ):
        return None
    if _asked(sentence, place, verb, subject):
        return None
    if low == "would" and not _would_is_told(sentence, subject, verb, talk):
        return None
    if _in_doubt(sentence, subject.start, low):
        return None
    who = subject.who
    if who in (Who.THING, Who.YOU, Who.OTHER):
        return _for_the_reader(sentence, subject, place, verb, talk, negated)
    if who is Who.NOBODY:
        who = _unsaid(sentence, subject.start, verb, found, talk)
        if who is None:
            return None
    elif who is Who.NAME:
        who = _of_a_name(sentence, subject, verb)
    done_to = sentence[verb].low == "be" and sentence[min(verb + 1, len(sentence) - 1)].low in HANDED
    if who is Who.CANDIDATE and (done_to or _receives(sentence, verb) and not negated):
        return _for_the_reader(sentence, subject, place, verb, talk, negated)
    words = verb
    if negated and low == "can":
        return None
    if negated:
        words = _negation(sentence, place, verb)
        if not _binding_refusal(sentence, subject, words, verb, who):
            return None
    elif low == "can" and not _offers(sentence, subject, verb, who):
        return None
    elif sentence[verb].low == "be" and verb + 1 < len(sentence) and is_act_in_progress(sentence, verb + 1, who):
        words = verb = verb + 1
    elif not is_act(sentence, verb, who) and is_act_by_a_date(sentence, verb, who):
        return Undertaking(who, subject.start, words, verb, needs_due=True)
    elif not is_act(sentence, verb, who):
        carried = _carried(sentence, verb, who)
        if carried is None:
            return None
        verb = carried
    if _no_guarantee(sentence, place, verb):
        return None
    if who is Who.CANDIDATE and subject.low in ("he", "she") and _is_colleague(sentence, subject, verb):
        who = Who.US
    return Undertaking(who, subject.start, words, verb)


def _is_colleague(sentence: Sentence, subject: Subject, verb: int) -> bool:
    """ "Kim is covering for me, she'll ring him": a "she" who does it for a "him" is not the candidate."""
    other = {"he": "her", "she": "him"}[subject.low]
    after = [token.low for token in sentence[verb + 1 : verb + 3]]
    return after[:1] == [other] and (
        other == "him" or after[1:2] != [] and after[1] not in CANDIDATE_PAPERS and after[1] in NEXT_TO_VERB | ADVERBS
    )


def _is(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """is going to send, is sending … by Friday, is to send."""
    subject = subject_before(sentence, place, talk)
    after = place + 1
    while after < len(sentence) and sentence[after].low in ADVERBS:
        after += 1
    if after >= len(sentence) or subject.who in (Who.THING, Who.YOU, Who.OTHER):
        return None
    low = sentence[after].low
    if low in HEDGES or low == "not" and sentence[min(after + 1, len(sentence) - 1)].low != "to":
        return None
    who = subject.who
    if who is Who.NOBODY:
        return None
    if low == "going" and after + 1 < len(sentence) and sentence[after + 1].low == "to":
        return _modal_like(sentence, subject, after + 1, talk)
    if low in ("to", "not"):
        verb = after + 1 + (low == "not")
        if verb < len(sentence) and sentence[verb].low in ACTS and sentence[verb].low not in NO_ACT:
            who = _of_a_name(sentence, subject, verb) if who is Who.NAME else who
            if not _in_doubt(sentence, subject.start, "will") and not _asked(sentence, place, verb, subject):
                return Undertaking(who, subject.start, after if low == "not" else verb, verb)
        return None
    if low in ING:
        who = _of_a_name(sentence, subject, after) if who is Who.NAME else who
        if is_act_in_progress(sentence, after, who) and not _asked(sentence, place, after, subject):
            if not _in_doubt(sentence, subject.start, "will"):
                return Undertaking(who, subject.start, after, after, needs_due=True)
    return None


def _modal_like(sentence: Sentence, subject: Subject, to: int, talk: Talk) -> Undertaking | None:
    verb, negated, hedged = _verb_after(sentence, to + 1)
    if verb is None or negated or hedged or _in_doubt(sentence, subject.start, "will"):
        return None
    if _asked(sentence, to, verb, subject):
        return None
    who = subject.who
    if who is Who.NAME:
        who = _of_a_name(sentence, subject, verb)
    if (
        sentence[verb].low in LEISURE
        and who is Who.US
        and sentence[verb].low not in ("get", "have", "do", "see", "meet")
    ):
        return None
    if sentence[verb].low not in VERBS and (verb + 1 >= len(sentence) or sentence[verb + 1].low not in NEXT_TO_VERB):
        return None
    return Undertaking(who, subject.start, verb, verb) if is_act(sentence, verb, who) else None


def _to(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """agreed to send, promised her to send; "me to ring her Mon"; "to send CV by Tue"."""
    verb = place + 1
    if verb >= len(sentence) or place + 1 >= len(sentence):
        return None
    if sentence[verb].low in ING and place and sentence[place - 1].low in ("committed", "commit", "agreed"):
        return _undertook(sentence, place - 1, verb, verb, talk)
    negated = sentence[verb].low in ("not", "never")
    if negated:
        verb += 1
    if verb >= len(sentence) or not sentence[verb].low.isalpha() or sentence[verb].low in DETERMINERS | PERSON_OBJECT:
        return None
    back = place - 1
    negated = negated or (back >= 0 and sentence[back].low in ("not", "never"))
    words = verb - 1 if negated and sentence[verb - 1].low in ("not", "never") else verb
    if back >= 0 and sentence[back].low in ("not", "never"):
        words = back
        back -= 1
    for under in range(back, max(-1, back - 5), -1):
        low = sentence[under].low
        if low in UNDERTOOK:
            return _undertook(sentence, under, words, verb, talk)
        if (
            low not in PERSON_OBJECT
            and low not in ADVERBS
            and low not in ("me", "us", "with", "w/", "my", "his", "word")
        ):
            break
    return _left_to(sentence, place, verb, talk)


def _undertook(sentence: Sentence, under: int, words: int, verb: int, talk: Talk) -> Undertaking | None:
    low = sentence[under].low
    subject = subject_before(sentence, under, talk)
    start = subject.start
    around = {token.low for token in sentence[max(0, under - 4) : under]}
    if around & {"not", "never", "if", "was", "were", "been", "until", "once", "would", "could"}:
        return None
    if sentence[-1].low == "?":
        return None
    who = subject.who
    if who is Who.THING and under and sentence[under - 1].low in ("is", "has", "have"):
        subject = subject_before(sentence, under - 1, talk)
        who, start = subject.who, subject.start
    if under and sentence[under - 1].low == "is":
        subject = subject_before(sentence, under - 1, talk)
        who, start = subject.who, subject.start
    if who is Who.NOBODY:
        ours = words != verb or low in ("promised", "offered", "promise", "committed")
        otherwise = Who.US if ours else Who.CANDIDATE
        who = implied(sentence, verb, _act_ends(sentence, verb), talk, otherwise)
    elif who is Who.NAME:
        who = Who.CANDIDATE
    elif who not in (Who.US, Who.CANDIDATE):
        return None
    doing = sentence[verb].low in ING and is_act_in_progress(sentence, verb, who)
    if words == verb and not doing and not is_act(sentence, verb, who):
        return None
    return Undertaking(who, start, words, verb)


def _left_to(sentence: Sentence, place: int, verb: int, talk: Talk) -> Undertaking | None:
    """An act left to somebody in few words. A sentence that begins "To log in, …" is none."""
    if sentence[-1].low == "?":
        return None
    if sentence[verb].low == "be" and place and sentence[place - 1].low in OUR_PAPERS and verb + 1 < len(sentence):
        handed = sentence[verb + 1].low in HANDED | {"given", "made", "done"} and place <= 2
        return Undertaking(Who.US, place - 1, place - 1, verb, needs_due=True) if handed else None
    if sentence[verb].low not in ACTS or sentence[verb].low in NO_ACT:
        return None
    lows = {token.low for token in sentence}
    if place == 0 or sentence[place - 1].low in (",", "-", "–", ":", "and"):
        if (
            lows & {"please", "you", "your", "our"}
            or place
            and sentence[place - 1].low == "and"
            and not _only_names(sentence, place)
        ):
            return None
        who = implied(sentence, verb, _act_ends(sentence, verb), talk, Who.US)
        return Undertaking(who, place, verb, verb, needs_due=not lows & {"him", "her", "me", "us", "them"})
    who_place = place - 1
    if who_place and sentence[who_place - 1].low not in BREAKS:
        return None
    low = sentence[who_place].low
    if low in ("i", "me", "we", "us") or low in OURS:
        who = Who.US
    elif low in ("he", "she") or low in CANDIDATE:
        who = Who.CANDIDATE
    elif (
        sentence[who_place].capital
        and low not in OTHERS
        and low not in COMMON
        and low not in ADVERBS
        and low not in VERBS
        and low not in DONE
    ):
        who = _of_a_name(sentence, Subject(Who.NAME, who_place), verb)
        if low in ING:
            return None
        for_them = sentence[verb + 1 : verb + 2] and sentence[verb + 1].low in ("him", "her", "them", "me", "us")
        return Undertaking(who, who_place, verb, verb, needs_due=not for_them)
    else:
        return None
    return Undertaking(who, who_place, verb, verb)


def _only_names(sentence: Sentence, place: int) -> bool:
    return False


def _going(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Going to send her the spec", nobody said."""
    if place != _opening(sentence) or place + 2 >= len(sentence) or sentence[place + 1].low != "to":
        return None
    if sentence[-1].low == "?" or sentence[place + 2].low not in ACTS:
        return None
    verb = place + 2
    who = implied(sentence, verb, _act_ends(sentence, verb), talk, Who.US)
    return Undertaking(who, place, verb, verb) if is_act(sentence, verb, who) else None


def _doing_now(sentence: Sentence, place: int, talk: Talk) -> Undertaking | None:
    """ "Sending her the spec tonight": only with a date to come."""
    if sentence[-1].low == "?" or ING[sentence[place].low] not in DELIVER | UNDER_WAY:
        return None
    who = implied(sentence, place, _act_ends(sentence, place), talk, Who.US)
    if not is_act_in_progress(sentence, place, who):
        return None
    return Undertaking(who, place, place, place, needs_due=True)


def _let_me(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    if place + 2 >= len(sentence) or sentence[place + 1].low != "me" or sentence[-1].low == "?":
        return None
    opening = place == 0 or sentence[place - 1].low in BREAKS | ADVERBS
    if found and sentence[place - 1].low == "and":
        return None
    verb = place + 2
    while verb < len(sentence) - 1 and sentence[verb].low in ADVERBS:
        verb += 1
    if not opening or sentence[verb].low not in LET_ME:
        return None
    if sentence[verb].low in ("see", "put") and not is_act(sentence, verb, Who.US):
        return None
    if sentence[place - 1].low in ("to", "that", "when", "if", "and") and place and sentence[place - 1].low != "and":
        return None
    return Undertaking(Who.US, place, verb, verb)


def _promised(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "promised her first refusal", "guaranteed him 40 hours": a thing is promised, not an act."""
    after = place + 1
    if after >= len(sentence) or sentence[-1].low == "?":
        return None
    to = sentence[after].low
    if (
        to in PERSON_OBJECT
        or to in ("me", "us")
        or (sentence[after].capital and to not in DETERMINERS and to.isalpha())
    ):
        after += 1
    else:
        to = ""
    if after >= len(sentence):
        return None
    listed = sentence[after].low == ":"
    if listed and after + 1 < len(sentence):
        after += 1
    low = sentence[after].low
    ahead = {token.low for token in sentence[after : after + 6]}
    if (
        ahead & {"will", "would", "can", "to", "shall"} - ({"to"} if low not in ("to", "not") else set())
        or low in BREAKS
        or not low[0].isalnum()
        and low[0] not in "£$€"
    ):
        return None
    if low in ("to", "by", "that", "not", "me", "us", "he", "she", "we", "i", "they", "it"):
        return None
    if (
        not to
        and not listed
        and not (low in OUR_PAPERS or low in ("a", "an", "the", "first") or low in CANDIDATE_PAPERS)
    ):
        return None
    teller = place
    if place and sentence[place - 1].low in ("is", "has", "have"):
        if not to:
            return None
        teller = place - 1
    elif place and sentence[place - 1].low in TOUCHES | {
        "been",
        "get",
        "got",
        "not",
        "never",
        "the",
        "a",
        "as",
        "than",
        "if",
        "being",
    }:
        return None
    subject = subject_before(sentence, teller, talk)
    who = subject.who
    if who is Who.NOBODY:
        who = Who.CANDIDATE if to in ("me", "us") else Who.US
    elif who is Who.NAME:
        who = Who.CANDIDATE if to in ("me", "us") else Who.US
    elif who not in (Who.US, Who.CANDIDATE):
        return None
    if sentence[place].low in ("promise", "guarantee", "promises") and subject.who is Who.NOBODY:
        return None
    return Undertaking(who, subject.start, after, after)


def _word(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "gave him my word nobody would find out": what follows is promised, whoever it is about."""
    if not place or sentence[place - 1].low not in ("my", "our", "his", "her") or found:
        return None
    after = place + 1
    while after < len(sentence) and sentence[after].low in ("that", ",", ":", "-"):
        after += 1
    if after >= len(sentence) - 1:
        return None
    ahead = [token.low for token in sentence[after : after + 4]]
    if (
        ahead[0] in ("i", "we", "he", "she")
        and set(ahead) & {"will", "would"}
        or ahead[0] in BREAKS | {"for", "on", "to", "in"}
    ):
        return None
    if not {token.low for token in sentence[place + 1 :]} & {"will", "would", "is", "shall", "that"}:
        return None
    who = Who.US if sentence[place - 1].low in ("my", "our") else Who.CANDIDATE
    return Undertaking(who, place, after, after, to_the_end=True)


def _told(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Told her: feedback by Tues"."""
    if sentence[place].low in UNDERTOOK - {"offered"} or sentence[place].low in ("guarantee", "guaranteed"):
        head = _promised(sentence, place, talk, found)
        if head:
            return head
    if sentence[place].low == "word":
        return _word(sentence, place, talk, found)
    after = place + 1
    if after < len(sentence) and sentence[after].low in PERSON_OBJECT:
        after += 1
    if after + 1 >= len(sentence) or sentence[after].low not in (":", "-", ","):
        return None
    after += 1
    start = after
    while after < len(sentence) and (sentence[after].low in DETERMINERS or sentence[after].low in ADVERBS):
        after += 1
    if after < len(sentence) and sentence[after].low in OUR_PAPERS | {
        "answer",
        "decision",
        "call",
        "callback",
        "money",
        "update",
    }:
        subject = subject_before(sentence, place, talk)
        if subject.who in (Who.NOBODY, Who.US) and sentence[place].low not in ("confirmed", "stated", "mentioned"):
            return Undertaking(Who.US, start, after, after, needs_due=True)
    return None


def _settled(sentence: Sentence, place: int, talk: Talk, found: list[Undertaking]) -> Undertaking | None:
    """ "Consider it done", "leave it with me"."""
    words = [token.low for token in sentence[place : place + 4]]
    if place and sentence[place - 1].low not in BREAKS | ADVERBS:
        return None
    if words[1:3] in (["it", "done"], ["that", "done"]) or words[2:4] in (["with", "me"], ["with", "us"], ["to", "me"]):
        return Undertaking(Who.US, place, place, place)
    return None


READERS = {
    "consider": _settled, "leave": _settled,
    "will": _modal, "shall": _modal, "would": _modal, "can": _modal, "am": _is, "is": _is, "are": _is, "to": _to,
    "let": _let_me, "going": _going,
} | {told: _told for told in TOLD}  # fmt: skip


def _opening(sentence: Sentence) -> int:
    """The first word that is no aside."""
    place = 0
    while place < len(sentence) - 1 and (
        sentence[place].low in ADVERBS or sentence[place].low in ("-", "*", "so", "ok", "and", "but", "•", ">", "–")
    ):
        place += 1
    return place


def _verb_after(sentence: Sentence, place: int) -> tuple[int | None, bool, bool]:
    """The place of the verb in its plain form, whether it is denied, whether it is only likely."""
    negated = hedged = False
    while place < len(sentence):
        low = sentence[place].low
        if low == "," and (past := _aside_ends(sentence, place)):
            place = past
        elif low == "of" and sentence[min(place + 1, len(sentence) - 1)].low == "course":
            place += 1
        elif low in ("not", "never", "n't"):
            negated = True
        elif low in HEDGES:
            hedged = True
        elif low in ONWARD or (low == "be" and place + 1 < len(sentence) and sentence[place + 1].low in ONWARD):
            stop = place + 1 + (low == "be")
            while stop < len(sentence) and sentence[stop].low in ONWARD | ADVERBS:
                stop += 1
            if (
                stop + 1 < len(sentence)
                and sentence[stop].low in ("to", "and")
                and sentence[stop + 1].low in VERBS | ADVERBS
            ):
                place = stop + 1
                continue
            return place, negated, hedged
        elif low in ADVERBS:
            pass
        elif low in ('"', "“", "'", "‘", "”"):
            pass
        else:
            return (place if low[0].isalpha() else None), negated, hedged
        place += 1
    return None, negated, hedged


def _aside_ends(sentence: Sentence, comma: int) -> int:
    """The comma that ends an aside within the verb: "I will, once home, send it"."""
    for at in range(comma + 1, min(len(sentence), comma + 9)):
        if sentence[at].low == ",":
            return at
    return 0


def _hedge_between(sentence: Sentence, start: int, place: int) -> bool:
    before = sentence[start - 1].low if start else ""
    return before in HEDGES or any(token.low in HEDGES for token in sentence[start:place])


def _asked(sentence: Sentence, place: int, verb: int, subject: Subject) -> bool:
    """A question, or the words turned round as in one."""
    low = sentence[verb].low
    if (
        low in ("i", "you", "we", "he", "she", "they", "it", "there", "this", "that", "the", "a", "your", "my")
        and sentence[verb - 1].low != "be"
    ):
        return True
    if sentence[-1].low == "?":
        first = sentence[0].low
        tail = [token.low for token in sentence[verb:]]
        return first in CLAUSE_OPENERS | {
            "do",
            "does",
            "did",
            "is",
            "are",
            "can",
            "could",
            "would",
            "will",
            "shall",
            "should",
            "have",
            "has",
        } or not set(tail) & {",", "-"}
    return False


def _would_is_told(sentence: Sentence, subject: Subject, verb: int, talk: Talk) -> bool:
    """ "I'd" is a promise only where it is said what was said; with "have told" or "sent" it speaks of the past."""
    low = sentence[verb].low
    if low in DONE and low not in VERBS:
        return False
    if low == "have" and verb + 1 < len(sentence) and sentence[verb + 1].low in DONE.keys() | {"been", "had"}:
        return False
    if low in ("be", "like", "love", "prefer", "rather") and subject.low != "i" and subject.low != "we" and low != "be":
        return False
    for back in range(subject.start - 1, -1, -1):
        if sentence[back].low in TOLD:
            if sentence[back].low == "know" and (not back or sentence[back - 1].low not in PERSON_OBJECT):
                continue
            return not (back and sentence[back - 1].low in ("not", "never"))
    return False


def _in_doubt(sentence: Sentence, start: int, modal: str) -> bool:
    """ "if he'll", "doubt she'll", "so I can", "the day that I will"."""
    before = start - 1
    if before >= 0 and sentence[before].low == "that":
        before -= 1
        told = any(token.low in TOLD for token in sentence[max(0, before - 4) : before + 1])
        if (
            before >= 0
            and not told
            and sentence[before].low
            not in OPINION | {",", "so", "her", "him", "me", "us", "them", "is", "and", "it", "you"} | BREAKS
        ):
            return True
        if before >= 0 and sentence[before].low == "so":
            return True
    if before < 0:
        return False
    low = sentence[before].low
    if low in CLAUSE_OPENERS:
        return True
    if low in OPINION:
        return True
    if low == "so" and modal == "can":
        return True
    if modal == "can" and low not in BREAKS | ADVERBS | WEEKS:
        return True
    return (
        low in ("as", "anything", "something", "way", "everything", "thing", "things", "not", "n't", "stuff", "because")
        and modal != "will"
        or low in ("anything", "way", "person", "people", "time", "place", "assuming", "as", "thing")
    )


def _unsaid(sentence: Sentence, start: int, verb: int, found: list[Undertaking], talk: Talk) -> Who | None:
    """Who is meant by "… and will send", "Will send JD today"."""
    if found:
        between = sentence[found[-1].verb : start]
        if not any(token.low in ("she", "he", "they", "client") for token in between[1:]):
            return found[-1].who
    otherwise = Who.US
    subject_said = Who.NOBODY
    if start and sentence[start - 1].low == "or":
        return None
    for place, token in enumerate(sentence[:start]):
        if place and sentence[place - 1].low not in BREAKS:
            continue
        if token.low in ("he", "she"):
            otherwise, subject_said = Who.CANDIDATE, Who.NOBODY
        elif token.low in ("you", "it", "which", "this", "that", "there") and sentence[place + 1].low not in WEEKS | {
            "a.m."
        }:
            subject_said = Who.YOU
        elif token.low in ("i", "we"):
            otherwise, subject_said = Who.US, Who.US
    if subject_said is Who.US and start and sentence[start - 1].low in ("and", "but", "then", "so"):
        return Who.US
    if subject_said is Who.YOU:
        return None
    if start and start == verb - 1 and sentence[start - 1].low not in BREAKS:
        return None
    return implied(sentence, verb, _act_ends(sentence, verb), talk, otherwise)


def _of_a_name(sentence: Sentence, subject: Subject, verb: int) -> Who:
    """Somebody named is a colleague if it is done for the candidate, else the candidate."""
    act = [token.low for token in sentence[verb + 1 : verb + 14]]
    for place, word in enumerate(act):
        if word in ("will", "would", ";", "."):
            break
        if word in ("me", "us"):
            return Who.CANDIDATE
        if word in ("him", "them", "cand", "candidate"):
            return Who.US
        if word == "her" and (place + 1 == len(act) or act[place + 1] not in CANDIDATE_PAPERS):
            return Who.US
    told = [place for place in range(subject.start) if sentence[place].low in TOLD]
    if told and any(token.low in ("him", "her", "them") for token in sentence[told[-1] : subject.start]):
        return Who.US
    return Who.CANDIDATE


def _receives(sentence: Sentence, verb: int) -> bool:
    low = sentence[verb].low
    after = sentence[verb + 1].low if verb + 1 < len(sentence) else ""
    if low not in RECEIVE or after in ("to", "back", "onto", "in"):
        return False
    words = [token.low for token in sentence[verb + 1 : verb + 6]]
    return low == "hear" or any(word in OUR_PAPERS for word in words) or after == "it" and low in ("have", "receive")


def _for_the_reader(
    sentence: Sentence, subject: Subject, place: int, verb: int, talk: Talk, negated: bool
) -> Undertaking | None:
    """What will be handed to somebody: "you'll have it by noon", "an invoice will be mailed to you"."""
    who, low = subject.who, sentence[verb].low
    words = {token.low for token in sentence}
    promised = _told_by_us(sentence, subject.start, talk)
    if (
        promised
        and sentence[promised - 1].low
        in (
            "promised",
            "assured",
            "guaranteed",
            "word",
            "promise",
            "assure",
            "guarantee",
            "swore",
            "reassured",
            "agreed",
        )
        and who is not Who.OTHER
    ):
        return Undertaking(Who.US, subject.start, subject.start, verb, to_the_end=negated)
    if negated or who is Who.OTHER or any(word in ADVERT or "%" in word for word in words):
        return None
    rest = [token.low for token in sentence[verb + 1 : verb + 8]]
    if who in (Who.YOU, Who.CANDIDATE):
        if (
            low in RECEIVE
            and low != "see"
            and (
                who is Who.CANDIDATE
                or rest[:1] in (["it"], ["them"], ["the"], ["a"], ["an"], ["my"], ["our"], ["that"])
                or low == "hear"
            )
        ):
            if low == "hear" and not set(rest) & {"me", "us", "back"}:
                return None
            if low == "have" and rest[:1] == ["to"]:
                return None
            return Undertaking(
                Who.US, subject.start, subject.start, verb, needs_due=not (promised and who is Who.CANDIDATE)
            )
        if (
            low == "be"
            and rest
            and rest[0] in ("paid", "reimbursed", "refunded", "called", "contacted", "compensated")
            and promised
        ):
            return Undertaking(Who.US, subject.start, subject.start, verb, needs_due=True)
        return None
    if low == "be" and rest:
        towards = {"you", "him", "her", "them"} & set(rest)
        towards = towards or {"your", "his", "her"} & set(rest[1:3])
        if rest[0] in HANDED and "by" not in rest[:2] and (towards or promised):
            return Undertaking(Who.US, subject.start, subject.start, verb, needs_due=not towards)
        if rest[0] in ("with", "out", "over", "across", "in") and towards and _papers(sentence, subject, place):
            return Undertaking(Who.US, subject.start, subject.start, verb, needs_due=True)
    if (
        low in ("go", "come")
        and rest
        and rest[0] in ("out", "over", "across", "in")
        and _papers(sentence, subject, place)
    ):
        return Undertaking(Who.US, subject.start, subject.start, verb, needs_due=True)
    return None


def _papers(sentence: Sentence, subject: Subject, place: int) -> bool:
    return any(
        token.low in OUR_PAPERS | {"money", "payment", "pay", "refund", "answer", "payslip", "letter"}
        for token in sentence[subject.start : place]
    )


def _told_by_us(sentence: Sentence, start: int, talk: Talk) -> int:
    """One after the place of the word by which our side told it; 0 if nobody of ours did."""
    for back in range(start - 1, max(-1, start - 8), -1):
        if sentence[back].low in TOLD:
            teller = subject_before(sentence, back, talk)
            to_us = any(token.low in ("me", "us") for token in sentence[back:start])
            ours = teller.who in (Who.NOBODY, Who.US) and not to_us
            return back + 1 if ours else 0
    return 0


def _negation(sentence: Sentence, place: int, verb: int) -> int:
    for at in range(place + 1, verb):
        if sentence[at].low in ("not", "never"):
            return at
    return verb


def _binding_refusal(sentence: Sentence, subject: Subject, words: int, verb: int, who: Who) -> bool:
    """A promise not to do something, and not merely a refusal."""
    low = sentence[verb].low
    if low in ("be", "have", "need", "know", "want", "move", "budge", "get", "make", "come", "attend", "consider"):
        return False
    tail = {token.low for token in sentence[verb:]}
    told = any(token.low in TOLD for token in sentence[: subject.start])
    bound = bool(tail & {"without", "w/o", "else", "anyone", "anybody", "elsewhere", "anywhere"})
    if who is Who.US:
        bound = bound or bool(tail & {"unless", "until", "til", "till", "before", "again"})
    act = (low in ACTS and low not in NO_ACT) or low in ("take", "tell", "share")
    if sentence[words].low == "never":
        return act
    if who is Who.US:
        return act and (told or bound or low in KEPT_FROM)
    short = sentence[words - 1].start == sentence[words - 2].start and subject.who is not Who.NOBODY
    return act and (
        bound
        or told
        and low not in ("work", "do", "take", "accept", "drive", "travel")
        or short
        and low in ("take", "sign", "accept", "speak", "talk", "tell", "share", "apply", "interview")
    )


KEPT_FROM = frozenset(
    "charge bill tell share disclose mention sell pass forward publish distribute contact spam".split()
)
OFFERED = frozenset(
    """send give fax email e-mail mail forward provide call bring arrange sign reorganize reorganise set donate get fedex have
    drop text ring pick put show walk introduce share copy print lend resend supply prepare draft write move change
    reschedule post scan help fill explain update clarify check do book pay cover""".split()
)


def _offers(sentence: Sentence, subject: Subject, verb: int, who: Who) -> bool:
    """ "I can send it to you tomorrow": definite, and towards somebody."""
    low = sentence[verb].low
    if who is not Who.US or subject.low not in ("i", "we") and subject.who is not Who.NOBODY:
        return False
    if low not in OFFERED and not (low in DELIVER and is_for_somebody(sentence, verb)):
        return False
    if subject.who is Who.NOBODY and subject.start == 0:
        return False
    if sentence[verb].low in ("help", "do", "change", "move") or not is_act(sentence, verb, who):
        return False
    return True


def _carried(sentence: Sentence, verb: int, who: Who) -> int | None:
    """ "I'll think about it and call you": the second verb carries the promise."""
    for at in range(verb + 1, min(len(sentence) - 1, verb + 12)):
        low = sentence[at].low
        if low in (",", ";", "so", "but", "because"):
            return None
        idle = sentence[verb].low in ("be", "need") or sentence[verb].low == "have" and sentence[verb + 1].low != "a"
        if low == "and" and not idle:
            after = at + 1
            while after < len(sentence) - 1 and sentence[after].low in ADVERBS:
                after += 1
            if sentence[after].low in REPORTING | DELIVER and is_act(sentence, after, who):
                return after
    return None


def _no_guarantee(sentence: Sentence, place: int, verb: int) -> bool:
    """ "I'd try, no guarantees"."""
    tried = any(token.low == "try" for token in sentence[place : verb + 1])
    return tried and any(token.low in ("guarantee", "guarantees", "promises", "promise") for token in sentence[verb:])


def _shared(sentence: Sentence, head: Undertaking) -> list[Undertaking]:
    """Further acts under the same subject: "will send the CV and ring Tom"."""
    found = []
    first = head
    stop = _act_ends(sentence, head.verb)
    for at in range(head.verb + 1, min(stop, len(sentence) - 2)):
        if sentence[at].low not in ("and", ",", "then"):
            continue
        after = at + 1
        while after < len(sentence) - 1 and (sentence[after].low in ADVERBS or sentence[after].low in ("and", "then")):
            after += 1
        low = sentence[after].low
        if low not in ACTS or after + 1 >= len(sentence):
            continue
        follows = sentence[after + 1]
        if not (follows.low in NEXT_TO_VERB or follows.low in OUR_PAPERS | CANDIDATE_PAPERS or follows.capital):
            continue
        if sentence[at].low == "," and follows.low not in NEXT_TO_VERB:
            continue
        before = sentence[first.verb].low
        answers = (
            low in ("come", "get", "let", "revert", "update", "advise", "report", "circle") and before not in DELIVER
        )
        if before in PREPARING and low in REPORTING or answers or follows.low in ("it", "them", "that"):
            continue
        if is_act(sentence, after, head.who):
            found.append(Undertaking(head.who, at, after, after))
            first = found[-1]
    return found


def _act_ends(sentence: Sentence, verb: int) -> int:
    """Where the words of an act end at the latest: a stop, another clause, a reason."""
    for at in range(verb + 1, len(sentence)):
        low = sentence[at].low
        if low in (
            ".",
            "!",
            "?",
            ";",
            ":",
            "but",
            "so",
            "because",
            "although",
            "though",
            "otherwise",
            "–",
            "cos",
            "-",
        ) or low.startswith(".."):
            return at
        if low in ("will", "would", "shall", "'ll") or (low in ("is", "are", "am") and at > verb + 1):
            return _clause_begins(sentence, verb, at)
        if (
            low == "if"
            and at > verb + 1
            and sentence[verb].low not in ("check", "see", "ask", "know", "find", "confirm", "tell")
        ):
            return at
    return len(sentence)


def _clause_begins(sentence: Sentence, verb: int, modal: int) -> int:
    at = modal
    while at > verb + 1 and modal - at < 4:
        if sentence[at - 1].low in BREAKS:
            return at - 1
        at -= 1
    return modal - 1


__all__ = ["Undertaking", "following", "undertaken"]
