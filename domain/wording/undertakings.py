"""Where in a sentence somebody undertakes to do something: each telling word has its reader."""

from __future__ import annotations

from collections.abc import Callable

from domain.wording import agreed, modals, tasks, things
from domain.wording.acts import is_act
from domain.wording.clauses import Undertaking, act_ends, opening
from domain.wording.lexicon import (
    ACTS,
    ADVERBS,
    CANDIDATE_PAPERS,
    DELIVER,
    ING,
    NEXT_TO_VERB,
    OUR_PAPERS,
    REPORTING,
    TOLD,
)
from domain.wording.tokens import Sentence
from domain.wording.who import Talk

Reader = Callable[[Sentence, int, Talk, list[Undertaking]], Undertaking | None]

READERS: dict[str, Reader] = {
    **dict.fromkeys(TOLD, things.promised),
    **dict.fromkeys(("will", "shall", "would", "can"), modals.will),
    **dict.fromkeys(("am", "is", "are"), modals.be),
    **dict.fromkeys(("was", "were"), modals.was),
    **dict.fromkeys(("ring", "chase", "text", "bell"), tasks.ring),
    **dict.fromkeys(("consider", "leave"), tasks.settled),
    **dict.fromkeys(("i", "we", "he", "she"), tasks.as_agreed),
    "to": agreed.to,
    "let": tasks.let_me,
    "going": modals.going,
    "owe": tasks.owe,
    "owes": tasks.owe,
    ":": tasks.label,
    "back": tasks.back,
}
# "check the rate and get back to her" is one promise, "send the form and ring Tom" are two.
PREPARING = frozenset(
    """check ask speak talk look see find chase go review think discuss confirm have come try dig work read
    consider keep sort run investigate research query consult decide get study liaise verify""".split()
)
DAYS = frozenset(
    """today tonight tomorrow tmrw tmw monday tuesday wednesday thursday friday saturday sunday mon tue tues
    wed weds thu thur thurs fri sat sun eod""".split()
)
ASKS_AROUND = frozenset("ring call phone contact email text".split())
FOR_WHICH = frozenset("get ask find check explain sort chase".split())
HANDS_ON = frozenset("send resend email forward return post pass submit".split())
ANSWERS = frozenset("flag come get let revert update advise report circle".split())


def undertaken(sentence: Sentence, talk: Talk) -> list[Undertaking]:
    """Every undertaking of one sentence, in order of its words."""
    found: list[Undertaking] = []
    first = opening(sentence)
    for place, token in enumerate(sentence):
        if read := READERS.get(token.low):
            head = read(sentence, place, talk, found)
        else:
            head = tasks.doing(sentence, place, talk) if place == first and token.low in ING else None
        if head and (not found or head.verb > found[-1].verb):
            found += [head, *_shared(sentence, head)]
    return found


def _shared(sentence: Sentence, head: Undertaking) -> list[Undertaking]:
    """Further acts under the same subject: "will send the CV and ring Tom"."""
    acts = [head]
    for at in range(head.verb + 1, min(act_ends(sentence, head.verb), len(sentence) - 2)):
        if sentence[at].low not in ("and", ",", "then"):
            continue
        verb = sentence.past(ADVERBS | {"and", "then"}, at + 1)
        another = sentence.said(verb) in ACTS and _has_object(sentence, at, verb) and is_act(sentence, verb, head.who)
        if another and not _carries_on(sentence, acts[-1].verb, verb):
            acts.append(Undertaking(head.who, at, verb, verb))
    return acts[1:]


def _has_object(sentence: Sentence, joint: int, verb: int) -> bool:
    """Whether it is a verb at all: in "CV and cover letter" it is not."""
    after = sentence.said(verb + 1)
    if after in NEXT_TO_VERB:
        return True
    named = after in OUR_PAPERS | CANDIDATE_PAPERS or (bool(after) and sentence[verb + 1].capital)
    return named and sentence[joint].low != ","


def _carries_on(sentence: Sentence, first: int, second: int) -> bool:
    before, low, after = sentence[first].low, sentence[second].low, sentence.said(second + 1)
    if _dated(sentence, first, second) and _dated(sentence, second, len(sentence)):
        return False
    return (
        second - first == 2  # "sign and return it"
        or after in ("it", "them", "that")
        or low in ("let", "find")  # "ring the bank and let me know"
        or (low in HANDS_ON and after in ("back", "over", "across", "to"))  # "tidy it up and send back"
        or (low in ("confirm", "report") and after == "back")
        or (low == "see" and after in ("if", "whether", "what"))
        or (before in ASKS_AROUND and low in FOR_WHICH)  # "ring the agency and get his P45 off them"
        or (before in PREPARING and low in REPORTING)
        or (before not in DELIVER and (low in ANSWERS or after in ("me", "us")))  # "take it and send me the result"
    )


def _dated(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a day or an hour is said within these words: two dates are two promises."""
    return any(
        sentence[at].low in DAYS or (sentence[at].low in ("at", "by") and sentence.said(at + 1)[:1].isdigit())
        for at in range(first, end)
    )
