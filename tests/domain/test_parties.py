"""We promise candidates; candidates and people at clients promise us; somebody of ours follows it up."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.due import Due
from domain.promise import NewPromise, Party, Promise
from domain.recruiting import Recruiting
from domain.refusal import Forgotten, Refused
from tests.agency import MONDAY, ZONE, command

FRIDAY = Due(date(2026, 11, 27), None, ZONE)


@pytest.fixture
def carl(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.add_contact(command(dana), "Carl Quill", "St Hilda").streams[0]


def test_what_a_candidate_promises_is_promised_to_us(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.make_promise(command(dana), ada, NewPromise("Send her papers", FRIDAY, dana, Party.CANDIDATE))

    (fact,) = facts(Promise.PromiseMade)
    assert (fact.candidate, fact.made_by, fact.made_to, fact.contact) == (ada, "candidate", "us", None)
    assert (fact.keeper, fact.words) == (dana, "Send her papers")


def test_what_a_contact_promises_is_promised_to_us_about_a_candidate(
    recruiting: Recruiting, dana: UUID, ada: UUID, carl: UUID, facts
) -> None:
    said = NewPromise("Say yes or no", FRIDAY, dana, Party.CONTACT, carl)
    recruiting.record_touchpoint(command(dana), ada, "call", "in", "talked", MONDAY, "Carl rang", said)

    (fact,) = facts(Promise.PromiseMade)
    assert (fact.candidate, fact.person, fact.made_by, fact.made_to, fact.contact) == (ada, ada, "contact", "us", carl)


@pytest.mark.parametrize(
    ("made_by", "with_contact"), [("contact", False), ("us", True), ("candidate", True), ("the moon", False)]
)
def test_who_promises_is_somebody(
    recruiting: Recruiting, dana: UUID, ada: UUID, carl: UUID, facts, made_by: Party, with_contact: bool
) -> None:
    said = NewPromise("Say yes or no", FRIDAY, dana, made_by, carl if with_contact else None)

    with pytest.raises(Refused) as refused:
        recruiting.make_promise(command(dana), ada, said)

    assert (refused.value.sentence, refused.value.field) == ("Choose who promised it.", "who")
    assert facts(Promise.PromiseMade) == []


def test_a_contact_who_promises_is_known(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    for nobody in (ada, uuid4()):
        with pytest.raises(Refused, match="Choose who promised it"):
            recruiting.make_promise(command(dana), ada, NewPromise("Say", FRIDAY, dana, Party.CONTACT, nobody))

    assert facts(Promise.PromiseMade) == []


def test_an_erased_contact_promises_nothing_more(recruiting: Recruiting, dana: UUID, ada: UUID, carl: UUID) -> None:
    recruiting.erase_contact(command(dana), carl, "asked")

    with pytest.raises(Forgotten):
        recruiting.make_promise(command(dana), ada, NewPromise("Say", FRIDAY, dana, Party.CONTACT, carl))


@pytest.mark.parametrize(
    ("made_by", "sentence"),
    [(Party.US, "Say what you promised."), (Party.CANDIDATE, "Say what was promised.")],
)
def test_a_promise_without_words_is_refused_in_words_that_fit(
    recruiting: Recruiting, dana: UUID, ada: UUID, made_by: Party, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.make_promise(command(dana), ada, NewPromise("\u200d", FRIDAY, dana, made_by))

    assert (refused.value.sentence, refused.value.field) == (sentence, "promise")


# Who keeps it


@pytest.fixture(params=["nobody", "a candidate", "an auditor", "somebody who left"])
def not_a_keeper(
    request: pytest.FixtureRequest, recruiting: Recruiting, olive: UUID, tom: UUID, aude: UUID, bob: UUID
) -> UUID:
    recruiting.recruiter_leaves(command(olive), tom)
    return {"nobody": uuid4(), "a candidate": bob, "an auditor": aude, "somebody who left": tom}[request.param]


def test_a_promise_has_a_keeper_who_records(
    recruiting: Recruiting, dana: UUID, ada: UUID, not_a_keeper: UUID, facts
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.make_promise(command(dana), ada, NewPromise("Ring", FRIDAY, not_a_keeper))

    assert (refused.value.sentence, refused.value.field) == ("Choose who keeps this promise.", "who")
    assert facts(Promise.PromiseMade) == []


def test_a_promise_is_handed_over_to_a_keeper_who_records(
    recruiting: Recruiting, dana: UUID, ada: UUID, not_a_keeper: UUID, facts
) -> None:
    promise = recruiting.make_promise(command(dana), ada, NewPromise("Ring", FRIDAY, dana)).streams[0]

    with pytest.raises(Refused) as refused:
        recruiting.reassign_promise(command(dana), promise, not_a_keeper)

    assert (refused.value.sentence, refused.value.field) == ("Choose who keeps this promise.", "who")
    assert facts(Promise.PromiseReassigned) == []


def test_a_colleague_who_has_not_joined_yet_may_keep_a_promise(recruiting: Recruiting, olive: UUID, ada: UUID) -> None:
    cara = recruiting.invite_recruiter(command(olive), "Cara", "cara@harbour.example", "recruiter").streams[0]

    promise = recruiting.make_promise(command(olive), ada, NewPromise("Ring", FRIDAY, cara)).streams[0]

    assert recruiting.load(Promise, promise).keeper == cara
