"""A submission goes from stage to stage; whoever it is about is told, or a promise to tell them stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.candidate import Candidate
from domain.due import Due
from domain.job import JobDetails
from domain.promise import NewPromise, Promise
from domain.recruiting import Recruiting
from domain.refusal import Forgotten, NotFound, Refused, Stale
from domain.submission import Agreement, Kind, Submission
from domain.touchpoint import Touchpoint
from domain.verbs.submissions import Standing
from tests.agency import MONDAY, ZONE, command
from tests.domain.conftest import Facts

TUESDAY = Due(date(2026, 11, 24), None, ZONE)
AGREED = Agreement(MONDAY, "call", date(2026, 12, 31), "Yes, send me there.")


@pytest.fixture
def job(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.open_job(command(dana), JobDetails("Ward sister"), new_client="St Hilda Ltd").streams[0]


@pytest.fixture
def hilda(recruiting: Recruiting, job: UUID) -> UUID:
    return recruiting.repository.get(job).client


@pytest.fixture
def adas(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, job: UUID) -> UUID:
    recruiting.shortlist(command(dana), job, bob)
    return recruiting.shortlist(command(dana), job, ada).streams[0]


def standing(keeper: UUID) -> Standing:
    return Standing(tuple((kind, NewPromise(f"About the {kind}", TUESDAY, keeper)) for kind in list(Kind)[:3]))


def move(recruiting: Recruiting, by: UUID, submission: UUID, stage: str, **more) -> tuple[UUID, ...]:
    return recruiting.move_submission(command(by), submission, stage, standing=standing(by), **more).streams


def employed(recruiting: Recruiting, by: UUID, candidate: UUID, works_at: str) -> None:
    details = recruiting.repository.get(candidate).details
    recruiting.change_details(command(by), candidate, replace(details, works_at=works_at))


# Onto the board


def test_a_candidate_is_on_a_board_once(recruiting: Recruiting, tom: UUID, ada: UUID, job: UUID, adas: UUID) -> None:
    with pytest.raises(Refused, match=r"This person is on the board of this job already\.") as refused:
        recruiting.shortlist(command(tom), job, ada)

    assert refused.value.field == "candidate"
    assert adas == Submission.of(ada, job)


def test_who_was_ended_is_taken_up_again_in_the_same_submission(
    recruiting: Recruiting, dana: UUID, ada: UUID, job: UUID, adas: UUID
) -> None:
    recruiting.end_submission(command(dana), adas, "other")

    again = recruiting.shortlist(command(dana), job, ada).streams

    assert again == (adas,)
    assert not recruiting.repository.get(adas).ended


def test_nobody_is_put_forward_for_a_job_that_is_gone(recruiting: Recruiting, dana: UUID, ada: UUID, job: UUID) -> None:
    recruiting.close_job(command(dana), job, "the budget went")

    with pytest.raises(Refused, match=r"This job is closed\. Open it again first\."):
        recruiting.shortlist(command(dana), job, ada)


@pytest.mark.parametrize("who", ["erased", "nobody"])
def test_only_somebody_known_is_put_forward(recruiting: Recruiting, dana: UUID, ada: UUID, job: UUID, who: str) -> None:
    if who == "erased":
        recruiting.erase_candidate(command(dana), ada, "asked")

    with pytest.raises(Forgotten if who == "erased" else Refused):
        recruiting.shortlist(command(dana), job, ada if who == "erased" else uuid4())


# Agreed


def test_an_agreement_says_when_how_until_when_and_in_which_words(
    recruiting: Recruiting, dana: UUID, ada: UUID, adas: UUID, facts: Facts
) -> None:
    recruiting.note_agreement(command(dana), adas, AGREED)

    (fact,) = facts(Submission.AgreedToBeSubmitted)
    assert (fact.agreed_at, fact.channel, fact.until, fact.words) == (MONDAY, "call", AGREED.until, AGREED.words)
    assert fact.person == ada


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "note"}, "channel"),
        ({"channel": "smoke"}, "channel"),
        ({"agreed_at": MONDAY + timedelta(days=1)}, "agreed_at"),
        ({"until": date(2026, 11, 22)}, "until"),
        ({"words": "x" * 10_001}, "words"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_beside_its_field(
    recruiting: Recruiting, dana: UUID, adas: UUID, changes: dict, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.note_agreement(command(dana), adas, replace(AGREED, **changes))

    assert refused.value.field == field


def test_sending_without_an_agreement_is_recorded_all_the_same(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    move(recruiting, dana, adas, "sent to client")

    assert [fact.originator_id for fact in facts(Submission.CandidateSubmitted)] == [adas]
    assert facts(Submission.StageReached) == []


# What stands in the way


def test_nobody_is_sent_to_their_own_employer(recruiting: Recruiting, dana: UUID, ada: UUID, adas: UUID) -> None:
    employed(recruiting, dana, ada, "st. hilda")

    with pytest.raises(Refused) as refused:
        move(recruiting, dana, adas, "interview")

    assert refused.value.sentence == "Ada Byron works at St Hilda Ltd. Only an owner can send them there."
    assert refused.value.field == "override"


def test_who_must_never_hear_of_somebody_does_not(
    recruiting: Recruiting, dana: UUID, ada: UUID, hilda: UUID, adas: UUID
) -> None:
    recruiting.note_never_tell(command(dana), ada, hilda)

    with pytest.raises(Refused, match=r"St Hilda Ltd must never hear of Ada Byron\. Only an owner"):
        move(recruiting, dana, adas, "sent to client")


def test_what_was_never_to_be_told_may_be_told_once_it_is_withdrawn(
    recruiting: Recruiting, dana: UUID, ada: UUID, hilda: UUID, adas: UUID
) -> None:
    recruiting.note_never_tell(command(dana), ada, hilda)
    recruiting.withdraw_never_tell(command(dana), ada, hilda)

    move(recruiting, dana, adas, "sent to client")

    assert recruiting.repository.get(adas).submitted


def test_the_people_of_a_client_that_is_off_limits_are_sent_nowhere(
    recruiting: Recruiting, dana: UUID, ada: UUID, adas: UUID
) -> None:
    acme = recruiting.add_client(command(dana), "Acme").streams[0]
    recruiting.choose_off_limits(command(dana), acme, True, "in their contract")
    employed(recruiting, dana, ada, "ACME plc")

    with pytest.raises(Refused) as refused:
        move(recruiting, dana, adas, "sent to client", employer=acme)

    assert refused.value.sentence == (
        "Ada Byron works at Acme, whose people are off limits: in their contract. Only an owner can send them there."
    )


def test_an_owner_may_send_them_all_the_same_with_a_tick(
    recruiting: Recruiting, olive: UUID, ada: UUID, adas: UUID, facts: Facts
) -> None:
    employed(recruiting, olive, ada, "St Hilda")
    with pytest.raises(Refused, match="Tick the box to send them all the same"):
        move(recruiting, olive, adas, "sent to client")

    move(recruiting, olive, adas, "sent to client", override=True)

    assert [fact.overrode for fact in facts(Submission.CandidateSubmitted)] == [["works there"]]


def test_the_tick_of_a_recruiter_lets_nothing_pass(
    recruiting: Recruiting, tom: UUID, ada: UUID, adas: UUID, facts: Facts
) -> None:
    employed(recruiting, tom, ada, "St Hilda")

    with pytest.raises(Refused):
        move(recruiting, tom, adas, "sent to client", override=True)

    assert facts(Submission.CandidateSubmitted) == []


# Told, or promised


def test_a_move_of_which_nobody_told_them_makes_a_promise_to(
    recruiting: Recruiting, tom: UUID, ada: UUID, job: UUID, adas: UUID, facts: Facts
) -> None:
    move(recruiting, tom, adas, "sent to client")

    (made,) = facts(Promise.PromiseMade)
    assert (made.candidate, made.keeper, made.due_on, made.words) == (ada, tom, TUESDAY.on, "About the answer")
    assert [(fact.promise, fact.kind) for fact in facts(Submission.PromiseStood)] == [(made.originator_id, "answer")]


def test_one_promise_of_an_answer_is_enough_until_they_are_told(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    for stage in ("sent to client", "offer"):
        move(recruiting, dana, adas, stage)

    assert len(facts(Promise.PromiseMade)) == 1


def test_an_answer_is_promised_anew_once_the_promise_before_was_kept(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    promise = move(recruiting, dana, adas, "sent to client")[1]
    recruiting.keep_promise(command(dana), promise)

    move(recruiting, dana, adas, "offer")

    assert len(facts(Promise.PromiseMade)) == 2


def test_a_move_that_they_know_of_makes_no_promise_but_an_entry(
    recruiting: Recruiting, dana: UUID, ada: UUID, job: UUID, adas: UUID, facts: Facts
) -> None:
    move(recruiting, dana, adas, "sent to client", told="call", words="Sent to St Hilda.")

    (entry,) = facts(Touchpoint.TouchpointRecorded)
    assert (entry.candidate, entry.channel, entry.direction, entry.outcome) == (ada, "call", "out", "talked")
    assert (entry.words, entry.job) == ("Sent to St Hilda.", job)
    assert [fact.touchpoint for fact in facts(Submission.CandidateInformed)] == [entry.originator_id]
    assert facts(Promise.PromiseMade) == []


def test_telling_them_keeps_the_promise_of_an_answer_and_shows_it(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    promise = move(recruiting, dana, adas, "offer")[1]

    recruiting.tell_candidate(command(dana), adas, "e-mail", "There is an offer.")

    (kept,) = facts(Promise.PromiseKept)
    (entry,) = facts(Touchpoint.TouchpointRecorded)
    assert (kept.originator_id, kept.evidence) == (promise, entry.originator_id)


def test_an_entry_of_before_may_tell_them_and_keeps_the_promise(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, adas: UUID, facts: Facts
) -> None:
    rang, missed, bobs, theirs = (
        recruiting.record_touchpoint(command(dana), whom, "call", direction, outcome, MONDAY, "About it").streams[0]
        for whom, direction, outcome in (
            (ada, "out", "talked"),
            (ada, "out", "voicemail"),
            (bob, "out", "talked"),
            (ada, "in", "talked"),
        )
    )
    promise = move(recruiting, dana, adas, "sent to client")[1]
    for wrong in (missed, bobs, theirs, promise):
        with pytest.raises(Refused, match="Choose an entry in which this person was reached"):
            recruiting.tell_candidate(command(dana), adas, "", "", told_in=wrong)

    recruiting.tell_candidate(command(dana), adas, "", "", told_in=rang)
    move(recruiting, dana, adas, "offer", told_in=rang)

    assert [(fact.how, fact.touchpoint) for fact in facts(Submission.CandidateInformed)] == 2 * [("call", rang)]
    assert [(fact.originator_id, fact.evidence) for fact in facts(Promise.PromiseKept)] == [(promise, rang)]
    assert (len(facts(Touchpoint.TouchpointRecorded)), len(facts(Promise.PromiseMade))) == (4, 1)


def test_who_knows_already_is_not_told_again(recruiting: Recruiting, dana: UUID, adas: UUID) -> None:
    with pytest.raises(Refused, match="They know already"):
        recruiting.tell_candidate(command(dana), adas, "call", "Hello")


def test_an_interview_with_a_day_promises_feedback_that_is_owed_until_the_next_stage(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    move(recruiting, dana, adas, "interview", meets_on=date(2026, 11, 25))
    recruiting.tell_candidate(command(dana), adas, "call", "You are invited.")
    words = {fact.originator_id: fact.words for fact in facts(Promise.PromiseMade)}
    assert [words[fact.originator_id] for fact in facts(Promise.PromiseKept)] == ["About the answer"]

    move(recruiting, dana, adas, "offer", told="call", words="They want you.")

    words = {fact.originator_id: fact.words for fact in facts(Promise.PromiseMade)}
    assert [words[fact.originator_id] for fact in facts(Promise.PromiseKept)] == [
        "About the answer",
        "About the feedback",
    ]


def test_a_promise_that_was_kept_before_is_left_alone(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    promise = move(recruiting, dana, adas, "offer")[1]
    recruiting.keep_promise(command(dana), promise)

    recruiting.tell_candidate(command(dana), adas, "call", "There is an offer.")

    assert len(facts(Promise.PromiseKept)) == 1


@pytest.mark.parametrize(
    ("stage", "more", "field"),
    [
        ("moon", {}, "stage"),
        ("shortlisted", {}, "stage"),
        ("offer", {"meets_on": date(2026, 11, 25)}, "meets_on"),
        ("offer", {"told": "smoke", "words": "x"}, "how"),
        ("offer", {"told": "call", "words": ""}, "note"),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_changes_nothing(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts, stage: str, more: dict, field: str
) -> None:
    before = len(facts())

    with pytest.raises(Refused) as refused:
        move(recruiting, dana, adas, stage, **more)

    assert refused.value.field == field
    assert len(facts()) == before


def test_two_who_move_one_submission_at_once_do_not_overwrite_each_other(
    recruiting: Recruiting, dana: UUID, tom: UUID, adas: UUID
) -> None:
    seen = recruiting.repository.get(adas).changed.version
    move(recruiting, tom, adas, "sent to client", seen=seen)

    with pytest.raises(Stale) as stale:
        move(recruiting, dana, adas, "offer", seen=seen)

    assert stale.value.by == tom
    assert recruiting.repository.get(adas).stage == "sent to client"


def test_a_move_that_arrives_twice_is_recorded_once(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    same = command(dana)

    first, again = (recruiting.move_submission(same, adas, "offer", standing=standing(dana)) for _ in range(2))

    assert again.repeated
    assert first.streams == again.streams
    assert len(facts(Promise.PromiseMade)) == 1


# Ended


def test_a_no_from_the_client_is_rung_up_before_it_is_written(
    recruiting: Recruiting, tom: UUID, adas: UUID, facts: Facts
) -> None:
    move(recruiting, tom, adas, "sent to client", told="call", words="Sent.")

    recruiting.end_submission(command(tom), adas, "client said no", standing=standing(tom))

    assert [(fact.words, fact.keeper) for fact in facts(Promise.PromiseMade)] == [("About the call", tom)]
    assert [(fact.cause, fact.stage, fact.no_call) for fact in facts(Submission.SubmissionEnded)] == [
        ("client said no", "sent to client", None)
    ]


def test_the_call_is_skipped_for_a_reason_and_an_answer_is_promised_instead(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    move(recruiting, dana, adas, "sent to client", told="call", words="Sent.")

    recruiting.end_submission(command(dana), adas, "job gone", "rather written to", standing=standing(dana))

    assert [fact.words for fact in facts(Promise.PromiseMade)] == ["About the answer"]


def test_who_knows_already_is_promised_nothing_and_what_was_is_kept(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    promise = move(recruiting, dana, adas, "sent to client")[1]

    recruiting.end_submission(command(dana), adas, "client said no", "knows already", standing=standing(dana))

    assert [fact.originator_id for fact in facts(Promise.PromiseKept)] == [promise]
    assert len(facts(Promise.PromiseMade)) == 1


def test_who_said_no_themselves_waits_for_nothing(recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts) -> None:
    promise = move(recruiting, dana, adas, "sent to client")[1]

    recruiting.end_submission(command(dana), adas, "candidate said no", standing=standing(dana))

    assert [fact.originator_id for fact in facts(Promise.PromiseOvertaken)] == [promise]
    assert len(facts(Promise.PromiseMade)) == 1


def test_who_was_only_shortlisted_and_never_asked_is_promised_nothing(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    recruiting.end_submission(command(dana), adas, "job gone", standing=standing(dana))

    assert facts(Promise.PromiseMade) == []


def test_who_agreed_and_was_not_sent_is_promised_an_answer(
    recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts
) -> None:
    recruiting.note_agreement(command(dana), adas, AGREED)

    recruiting.end_submission(command(dana), adas, "job gone", standing=standing(dana))

    assert [fact.words for fact in facts(Promise.PromiseMade)] == ["About the answer"]


def test_the_call_is_kept_when_they_were_told(recruiting: Recruiting, dana: UUID, adas: UUID, facts: Facts) -> None:
    move(recruiting, dana, adas, "sent to client", told="call", words="Sent.")
    call = recruiting.end_submission(command(dana), adas, "client said no", standing=standing(dana)).streams[1]

    recruiting.tell_candidate(command(dana), adas, "call", "It is a no.")

    assert [fact.originator_id for fact in facts(Promise.PromiseKept)] == [call]


@pytest.mark.parametrize(
    ("cause", "no_call", "field"), [("bored", None, "cause"), ("", None, "cause"), ("other", "lazy", "no_call")]
)
def test_a_submission_ends_for_a_reason_from_the_list(
    recruiting: Recruiting, dana: UUID, adas: UUID, cause: str, no_call: str | None, field: str
) -> None:
    move(recruiting, dana, adas, "sent to client")

    with pytest.raises(Refused) as refused:
        recruiting.end_submission(command(dana), adas, cause, no_call)

    assert refused.value.field == field


def test_an_ended_submission_stands_still_until_it_is_taken_up_again(
    recruiting: Recruiting, dana: UUID, adas: UUID
) -> None:
    move(recruiting, dana, adas, "offer")
    recruiting.end_submission(command(dana), adas, "other")
    with pytest.raises(Refused, match=r"This submission has ended\. Take it up again first\."):
        move(recruiting, dana, adas, "placed")

    recruiting.reopen_submission(command(dana), adas)

    assert recruiting.repository.get(adas).stage == "offer"
    assert not recruiting.repository.get(adas).ended


# Forgotten


def test_of_an_erased_person_nothing_more_is_recorded(
    recruiting: Recruiting, dana: UUID, ada: UUID, adas: UUID, facts: Facts
) -> None:
    recruiting.note_agreement(command(dana), adas, AGREED)
    recruiting.erase_candidate(command(dana), ada, "asked")

    for verb in (
        lambda: move(recruiting, dana, adas, "offer"),
        lambda: recruiting.tell_candidate(command(dana), adas, "call", "x"),
        lambda: recruiting.end_submission(command(dana), adas, "other"),
    ):
        with pytest.raises(Forgotten):
            verb()
    assert [fact.words for fact in facts(Submission.AgreedToBeSubmitted)] == [None]


def test_which_client_must_not_hear_is_forgotten_with_the_person(
    recruiting: Recruiting, dana: UUID, ada: UUID, hilda: UUID, facts: Facts
) -> None:
    recruiting.note_never_tell(command(dana), ada, hilda)
    recruiting.erase_candidate(command(dana), ada, "asked")

    assert [fact.client for fact in facts(Candidate.NeverTellNoted)] == [None]


def test_what_is_not_there_is_not_found(recruiting: Recruiting, dana: UUID) -> None:
    for verb in (
        lambda id: move(recruiting, dana, id, "offer"),
        lambda id: recruiting.reopen_submission(command(dana), id),
        lambda id: recruiting.note_never_tell(command(dana), id, id),
    ):
        with pytest.raises(NotFound):
            verb(uuid4())
