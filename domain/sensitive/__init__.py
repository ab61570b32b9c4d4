"""What in a note is about somebody's health, family or convictions, and keeping it from others' eyes.

Found by rules alone, in this process: nothing of a note leaves it. They are meant to be right rather than complete,
because a line that is often wrong is soon not read. Named are the three kinds that recruiters do write down, after
articles 9 and 10 of the GDPR; faith, union, origin and whom somebody loves are left to the one who writes: a rule that
guesses at them would itself be what those articles forbid.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from domain.sensitive import conviction, family, health
from domain.sensitive.rules import Kind, Rule

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BREAK = re.compile(
    r"[.!?]+(?=\s|$)|\n+|[;,:](?=\s|$)|[()\[\]\"“”]|\s[-–—/+]+\s"
    r"|\s(?=(?:but|so|although|though|while|because(?!\s+of\b)|cos|hence)\s)"
    r"|\s(?=(?:and|then)\s+(?:is|has|wants?|needs?|will|would|can|could|hates?|likes?|asked|says|said|hopes|prefers"
    r"|left"
    r"|looking|happy|open|available|should|won't|can't|doesn't|he|she|they|he's|she's|i|i'll|we|we'll)\b)",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"(?:\s|[-–—*>#•]|(?:and|but|so|because|cos|as|since|although|though|while|then|also|plus|hence)\s)*", re.IGNORECASE
)
BETWEEN = re.compile(r"[\s,]*(?:and)?\s*", re.IGNORECASE)
MOST_WORDS = 40
GOES_ON = frozenset("which who when for since from after a an over nothing".split())  # more of what was just said
WRITTEN_OUT = {
    "hes": "he's",
    "shes": "she's",
    "theyre": "they're",
    "cant": "can't",
    "wont": "won't",
    "doesnt": "doesn't",
    "isnt": "isn't",
    "wasnt": "wasn't",
    "hasnt": "hasn't",
    "wouldnt": "wouldn't",
    "w": "with",
    "theyve": "they've",
}
RULES: tuple[Rule, ...] = (*conviction.RULES, *family.KINDRED, *health.RULES, *family.RULES)
BY_WORD: dict[str, list[int]] = {}
for _number, _rule in enumerate(RULES):
    for _word in dict.fromkeys(_rule.words):
        BY_WORD.setdefault(_word.removesuffix("'s"), []).append(_number)
HIDDEN = "[sensitive]"


@dataclass(frozen=True)
class Passage:
    """A clause of a note, from `start` to before `end`, and what it sounds like."""

    start: int
    end: int
    kind: Kind


def sensitive_passages(note: str) -> list[Passage]:
    """The clauses that sound like health, family or a conviction of the person's own, in order; never overlapping."""
    found: list[Passage] = []
    for start, end, words in _clauses(note):
        kind, last = _kind(words), found[-1] if found else None
        goes_on = last is not None and bool(BETWEEN.fullmatch(note, last.end, start))
        if kind is None and goes_on and words[0] in GOES_ON:
            kind = last.kind if last else None
        if kind is None:
            continue
        if last and goes_on and last.kind == kind:
            found[-1] = Passage(last.start, end, kind)
        else:
            found.append(Passage(start, end, kind))
    return found


def masked(words: str, passages: Collection[str], instead: str = HIDDEN) -> str:
    """The words with `instead` wherever one of the passages stands."""
    pieces, at = [], 0
    for start, end in standing(words, passages):
        pieces += [words[at:start], instead]
        at = end
    return "".join([*pieces, words[at:]])


def standing(words: str, passages: Collection[str]) -> list[tuple[int, int]]:
    """Where these passages stand in the words, as whole words; those that overlap or touch are one."""
    spots = sorted(spot for passage in passages if passage for spot in _spots(words, passage))
    joined: list[tuple[int, int]] = []
    for start, end in spots:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _spots(words: str, passage: str) -> Iterator[tuple[int, int]]:
    at = words.find(passage)
    while at >= 0:
        end = at + len(passage)
        if not (_runs_on(words, at) or _runs_on(words, end)):
            yield at, end
        at = words.find(passage, at + 1)


def _runs_on(words: str, at: int) -> bool:
    """Whether a word goes on from before this place to after it."""
    return 0 < at < len(words) and words[at - 1].isalnum() and words[at].isalnum()


def _clauses(note: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each clause: where it begins and ends in the note, and its words in small letters."""
    begin = 0
    for stop in (*BREAK.finditer(note), None):
        end = stop.start() if stop else len(note)
        words = list(WORD.finditer(note, begin, end))
        for first in range(0, len(words), MOST_WORDS):
            some = words[first : first + MOST_WORDS]
            yield from _clause(note, some[0].start(), some[-1].end(), some)
        begin = stop.end() if stop else end


def _clause(note: str, start: int, end: int, words: list[re.Match[str]]) -> Iterator[tuple[int, int, list[str]]]:
    lead = LEADING.match(note, start, end)
    start = lead.end() if lead else start
    if start < end:
        yield start, end, [_plain(word[0]) for word in words if word.start() >= start]


def _plain(word: str) -> str:
    word = word.lower().replace("’", "'")
    return WRITTEN_OUT.get(word, word)


def _kind(words: list[str]) -> Kind | None:
    """What a clause is about, None for what is nobody's private life: the first rule that applies says so."""
    numbers = sorted({number for word in words for number in BY_WORD.get(word.removesuffix("'s"), ())})
    clause = f" {' '.join(words)} " if numbers else ""
    return next((RULES[number].kind for number in numbers if RULES[number].applies(clause)), None)
