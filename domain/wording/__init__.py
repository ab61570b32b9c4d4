"""Finding what was promised in a note, and by whom: rules of the language alone, nothing learned, nothing sent away.

What counts follows Lampert, Dale and Paris, "The nature of requests and commitments in email messages" (2008): an
undertaking to do a future act that somebody can rely on, by us or by the candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.when import Phrase, phrases
from domain.wording.american import is_american
from domain.wording.clauses import Undertaking
from domain.wording.lexicon import CANDIDATE, OTHER_PEOPLE, TOLD
from domain.wording.requests import Request, is_agreed, request_in
from domain.wording.spans import reach
from domain.wording.speakers import SINGULAR, subject_before
from domain.wording.tokens import Sentence, sentences
from domain.wording.undertakings import undertaken
from domain.wording.who import Talk, Who

SPOKEN_WITH = frozenset("spoke spk call called chat met rang email emailed msg vm text meeting".split())
DO_IT = ("do", "do it", "do that", "do this", "do so")
ABOUT = TOLD | frozenset("is was has wants wanted likes liked loved loves needs asked rang called emailed".split())


@dataclass(frozen=True)
class FoundPromise:
    """`words` is note[start:end]; `due_phrase` is as typed or None; `due_on` is None if no date can be computed."""

    by: Literal["us", "candidate"]
    words: str
    start: int
    end: int
    due_phrase: str | None
    due_on: date | None


def find_promises(note: str, written_on: date) -> list[FoundPromise]:
    """The promises in a note, in the order in which they stand there."""
    return _Reading(note, phrases(note, written_on, month_first=is_american(note))).promises()


class _Reading:
    """One note being read, sentence by sentence."""

    def __init__(self, note: str, dates: Sequence[Phrase]) -> None:
        self.note, self.dates = note, dates
        self.lines = sentences(note)
        self.talk = Talk(frozenset(token.low for line in self.lines for token in line), Who.NOBODY)
        self.found: list[FoundPromise] = []
        self.request: Request | None = None

    def promises(self) -> list[FoundPromise]:
        for line in self.lines:
            self._read(line)
        return self.found

    def _read(self, line: Sentence) -> None:
        last = self.found[-1] if self.found else None
        if last and last.end <= line[0].start:
            tried = self.note[: last.start].lower().rstrip(" +&").endswith(("try", "try to", "try and"))
            if _came_to_nothing(line) or (tried and line.has(("promises", "guarantees", "guarantee"), 0, 2)):
                self.found.pop()
        asked = request_in(line)
        heads = undertaken(line, self.talk)
        request = asked or self.request
        if request and is_agreed(line, request):
            self._agree(line, request)
            heads = [head for head in heads if line[head.verb].low != "do" and line[head.verb].start >= request.end]
            request = asked = None
        for place, head in enumerate(heads):
            self._add(line, head, heads[place + 1] if place + 1 < len(heads) else None, request)
        self.request = asked
        self.talk = self.talk._replace(before=_about(line, self.talk))

    def _agree(self, line: Sentence, request: Request) -> None:
        after = [date for date in self.dates if request.start <= date.start < line[-1].end]
        due = after[-1] if after else None
        end = min(request.end, due.start) if due else request.end
        self._keep(request.who, request.start, request.start + len(self.note[request.start : end].rstrip()), due)

    def _add(self, line: Sentence, head: Undertaking, following: Undertaking | None, request: Request | None) -> None:
        start, end, due = reach(self.note, line, head, following, self.dates)
        if head.needs_due and due is None:
            return
        if line[head.verb].low == "do" and self.note[start:end].lower() in DO_IT:
            last = self.found[-1] if self.found else None
            if request and (request.who is head.who or request.name == line[head.start].low):
                self._keep(request.who, request.start, request.end, due)
                return
            if last and last.by == head.who.value:
                if last.due_phrase is None and due:
                    self.found[-1] = replace(last, due_phrase=self.note[due.start : due.end], due_on=due.on)
                return
        if line[head.words].low == "it" and self._dates_the_last(line, head, due):
            return
        self._keep(head.who, start, end, due)

    def _dates_the_last(self, line: Sentence, head: Undertaking, due: Phrase | None) -> bool:
        """ "I agreed to write a letter, it'll be with him Friday": the second only says by when."""
        last = self.found[-1] if self.found else None
        if last is None or due is None or last.due_phrase or last.start < line[0].start or last.by != head.who.value:
            return False
        self.found[-1] = replace(last, due_phrase=self.note[due.start : due.end], due_on=due.on)
        return True

    def _keep(self, who: Who, start: int, end: int, due: Phrase | None) -> None:
        if end <= start:
            return
        by: Literal["us", "candidate"] = "us" if who is Who.US else "candidate"
        phrase = self.note[due.start : due.end] if due else None
        self.found.append(FoundPromise(by, self.note[start:end], start, end, phrase, due.on if due else None))


def _came_to_nothing(line: Sentence) -> bool:
    """ "Didn't.", "Never did.", "Hasn't." after what somebody had said he would do."""
    words = [token.low for token in line if token.low[0].isalpha()]
    return len(words) <= 3 and words[:2] in (
        ["did", "not"],
        ["has", "not"],
        ["never", "did"],
        ["he", "did"],
        ["she", "did"],
    )


def _about(line: Sentence, talk: Talk) -> Who:
    """Whether the sentence is about what a client says or does: then "he" in the next is not the candidate."""
    words = {token.low for token in line}
    if words & SPOKEN_WITH and words & OTHER_PEOPLE and not words & (SINGULAR | CANDIDATE | {"i"}):
        return Who.OTHER
    people = words & OTHER_PEOPLE and not words & {"him", "her"}
    for place, token in enumerate(line[1:], 1):
        if people and token.low in ABOUT and subject_before(line, place, talk).who is Who.OTHER:
            return Who.OTHER
    return Who.CANDIDATE if words & {"he", "she"} and not words & {"i", "we"} else Who.NOBODY
