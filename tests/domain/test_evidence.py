"""What shows that a promise was kept: an entry of ours, or a word from the one who waited, which confirms it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.due import Due
from domain.promise import NewPromise, Party, Promise
from domain.recruiting import Recruiting
from domain.refusal import Refused
from tests.agency import MONDAY, ZONE, command

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
CLOSING: dict[str, Callable[[Recruiting, UUID, UUID], object]] = {
    "nothing": lambda verbs, by, id: None,
    "break": lambda verbs, by, id: verbs.break_promise(command(by), id, "we forgot"),
    "release": lambda verbs, by, id: verbs.release_promise(command(by), id),
    "overtake": lambda verbs, by, id: verbs.overtake_promise(command(by), id, "job gone"),
    "undo": lambda verbs, by, id: verbs.undo_promise(command(by), id),
}


@pytest.fixture
def promise(recruiting: Recruiting, dana: UUID, ada: UUID) -> UUID:
    return recruiting.make_promise(command(dana), ada, NewPromise("Ring with the rate", FRIDAY, dana)).streams[0]


Told = Callable[..., UUID]


@pytest.fixture
def told(recruiting: Recruiting, dana: UUID, ada: UUID) -> Told:
    """`told("in")`: a mail from Ada, or to her; `told("in", bob)`: from Bob."""

    def told(direction: str, candidate: UUID = ada) -> UUID:
        said = recruiting.record_touchpoint(command(dana), candidate, "e-mail", direction, None, MONDAY, "Thank you")
        return said.streams[0]

    return told


def test_what_we_wrote_is_evidence_that_it_was_kept(
    recruiting: Recruiting, dana: UUID, promise: UUID, told: Told, facts
) -> None:
    mail = told("out")

    recruiting.keep_promise(command(dana), promise, 1, mail)

    assert [fact.evidence for fact in facts(Promise.PromiseKept)] == [mail]
    assert facts(Promise.PromiseConfirmed) == []


def test_what_they_wrote_confirms_it(recruiting: Recruiting, dana: UUID, promise: UUID, told: Told, facts) -> None:
    mail = told("in")

    recruiting.keep_promise(command(dana), promise, evidence=mail)

    assert [(fact.originator_id, fact.by, fact.touchpoint) for fact in facts(Promise.PromiseConfirmed)] == [
        (promise, dana, mail)
    ]


def test_what_they_wrote_is_evidence_of_their_own_promise_and_no_more(
    recruiting: Recruiting, dana: UUID, ada: UUID, told: Told, facts
) -> None:
    hers = recruiting.make_promise(command(dana), ada, NewPromise("Send her papers", FRIDAY, dana, Party.CANDIDATE))
    mail = told("in")

    recruiting.keep_promise(command(dana), hers.streams[0], evidence=mail)

    assert [fact.evidence for fact in facts(Promise.PromiseKept)] == [mail]
    assert facts(Promise.PromiseConfirmed) == []


def test_evidence_can_be_given_afterwards_and_the_last_counts(
    recruiting: Recruiting, dana: UUID, promise: UUID, told: Told, facts
) -> None:
    recruiting.keep_promise(command(dana), promise)
    first, second = told("out"), told("in")

    for mail in (first, second, second):
        recruiting.give_evidence(command(dana), promise, mail)

    assert [fact.touchpoint for fact in facts(Promise.EvidenceGiven)] == [first, second]
    assert [fact.touchpoint for fact in facts(Promise.PromiseConfirmed)] == [second]
    assert recruiting.load(Promise, promise).evidence == second


@pytest.mark.parametrize("closing", CLOSING)
def test_only_what_was_kept_has_evidence_afterwards(
    recruiting: Recruiting, dana: UUID, promise: UUID, told: Told, facts, closing: str
) -> None:
    CLOSING[closing](recruiting, dana, promise)

    with pytest.raises(Refused) as refused:
        recruiting.give_evidence(command(dana), promise, told("in"))

    assert (refused.value.sentence, refused.value.field) == ("Only what was kept can be shown to be.", "evidence")
    assert facts(Promise.EvidenceGiven) == []


def test_undone_it_is_kept_anew_without_the_evidence_of_before(
    recruiting: Recruiting, dana: UUID, promise: UUID, told: Told
) -> None:
    recruiting.keep_promise(command(dana), promise, evidence=told("in"))
    recruiting.undo_promise(command(dana), promise)

    recruiting.keep_promise(command(dana), promise)

    assert recruiting.load(Promise, promise).evidence is None


@pytest.mark.parametrize(
    "wrong", ["somebody else's", "taken back", "moved away", "it was made in", "unknown", "a promise"]
)
def test_evidence_is_an_entry_about_the_same_person_that_still_stands(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, promise: UUID, told: Told, facts, wrong: str
) -> None:
    mail = told("in", bob) if wrong == "somebody else's" else told("in")
    match wrong:
        case "taken back":
            recruiting.retract_touchpoint(command(dana), mail, "twice")
        case "moved away":
            recruiting.move_touchpoint(command(dana), mail, bob)
        case "it was made in":
            mail, promise = recruiting.record_touchpoint(
                command(dana), ada, "call", "in", "talked", MONDAY, "hello", NewPromise("Ring", FRIDAY, dana)
            ).streams
        case "unknown":
            mail = uuid4()
        case "a promise":
            mail = promise

    with pytest.raises(Refused, match="Choose an entry") as refused:
        recruiting.keep_promise(command(dana), promise, evidence=mail)

    assert refused.value.field == "evidence"
    assert facts(Promise.PromiseKept) == []
