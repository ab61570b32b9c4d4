"""Of a person who is erased, and of an entry that was moved, no word can be read again; what happened stays."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.candidate import Candidate, Details
from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from domain.store.ledger import Ledger
from domain.stream import Fact
from tests.agency import MONDAY, ZONE, command

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
CLEAR = {"originator_id", "originator_version", "originator_topic", "timestamp", "by", "person"}
WORDS = (
    "abracadabra bamboozle calliope dragonfly effervescent flabbergast gobbledygook hullabaloo iridescent jabberwocky"
    " kerfuffle lollygag mugwump nincompoop onomatopoeia persnickety"
).split()


@pytest.fixture
def cara(recruiting: Recruiting, dana: UUID, tom: UUID, bob: UUID) -> UUID:
    """Cara, of whom every fact holds a word of its own."""
    word = iter(WORDS)
    details = Details(
        name=next(word),
        emails=(f"{next(word)}@work.example",),
        headline=next(word),
        works_at=next(word),
        source=next(word),
        reference=next(word),
        link=f"https://{next(word)}.example",
    )
    cara = recruiting.add_candidate(command(dana), details=details, tags=[next(word)]).streams[0]
    recruiting.change_details(command(dana), cara, Details(next(word)))
    recruiting.untag_candidate(command(dana), cara, [WORDS[7]])
    promised = NewPromise(next(word), FRIDAY, dana)
    said = recruiting.record_touchpoint(
        command(dana), cara, "call", "in", "talked", MONDAY, next(word), promised, also_with=(bob,)
    )
    recruiting.correct_promise(command(dana), said.streams[1], next(word), next(word))
    recruiting.overtake_promise(command(dana), said.streams[1], "other", next(word))
    recruiting.mark_sensitive(command(dana), said.streams[0], [WORDS[10]])
    recruiting.correct_touchpoint(command(dana), said.streams[0], next(word), next(word))
    recruiting.answer_not_needed(command(dana), said.streams[0])
    recruiting.assign_owner(command(dana), cara, tom)
    assert next(word, None) is None
    return cara


def sealed(fact: Fact) -> dict[str, Any]:
    """The fields of a fact that can be forgotten."""
    names = {field.name for field in fields(fact)} - CLEAR - set(fact.clear)  # type: ignore[arg-type]
    return {name: getattr(fact, name) for name in names}


def test_every_word_about_a_person_is_forgotten_with_them(
    recruiting: Recruiting, olive: UUID, cara: UUID, bob: UUID, facts
) -> None:
    told = [fact for fact in facts() if fact.person == cara]
    assert len(told) == 14
    clear = [{name: getattr(fact, name) for name in (*fact.clear, "by", "timestamp")} for fact in told]

    recruiting.erase_candidate(command(olive), cara, "asked")

    *left, _ = (fact for fact in facts() if fact.person == cara)
    assert [set(sealed(fact).values()) - {None} for fact in left] == [set()] * len(told)
    assert [{name: getattr(fact, name) for name in (*fact.clear, "by", "timestamp")} for fact in left] == clear
    assert recruiting.load(Candidate, cara).details == Details("")
    assert [fact.words for fact in facts() if fact.person == bob] == [WORDS[10]]


def test_no_word_ever_stood_readable_in_the_log(home: Path, ledger: Ledger, cara: UUID) -> None:
    ledger.tidy()

    stored = (home / "events.db").read_bytes().lower()

    assert [word for word in WORDS if word.encode() in stored] == []


def test_after_a_move_only_the_right_persons_key_opens_the_words(
    recruiting: Recruiting, ledger: Ledger, dana: UUID, bob: UUID, cara: UUID, facts
) -> None:
    here = next(fact.originator_id for fact in facts() if fact.person == cara and hasattr(fact, "channel"))

    recruiting.move_touchpoint(command(dana), here, bob, "persimmon")

    rows = ledger.recorder.select_events(here)
    assert [bool(row.wrap) for row in rows] == [False] * (len(rows) - 1) + [True]  # why it was moved, and no more
    assert [sealed(fact) for fact in facts() if fact.originator_id == here][-1] == {"why": "persimmon"}
