"""A promise is open until it is kept, not kept, released, overtaken or withdrawn; every wrong tap has a way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from domain.due import Due
from domain.promise import Cause, NewPromise, Overtaken, Promise, State
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused, Stale
from tests.agency import MONDAY, ZONE, command

FRIDAY = Due(date(2026, 11, 27), time(16, 30), ZONE)
NEXT_WEEK = Due(date(2026, 12, 4), None, ZONE)
NEXT_YEAR = Due(date(2027, 1, 8), None, ZONE)

Move = Callable[[Recruiting, UUID, UUID], object]
MOVES: dict[str, Move] = {
    "keep": lambda verbs, by, id: verbs.keep_promise(command(by), id),
    "renegotiate": lambda verbs, by, id: verbs.renegotiate_promise(command(by), id, NEXT_WEEK, "client away"),
    "break": lambda verbs, by, id: verbs.break_promise(command(by), id, "we forgot"),
    "release": lambda verbs, by, id: verbs.release_promise(command(by), id, "found a job herself"),
    "overtake": lambda verbs, by, id: verbs.overtake_promise(command(by), id, "job gone", "the ward closed"),
    "correct": lambda verbs, by, id: verbs.correct_promise(command(by), id, "Ring with the day rate", "misheard"),
    "reassign": lambda verbs, by, id: verbs.reassign_promise(
        command(by), id, verbs.invite_recruiter(command(by), "Cara", "cara@harbour.example", "recruiter").streams[0]
    ),
    "snooze": lambda verbs, by, id: verbs.snooze_reminder(command(by), id, MONDAY + timedelta(days=1)),
    "undo": lambda verbs, by, id: verbs.undo_promise(command(by), id),
}
CLOSING = {
    "keep": State.KEPT,
    "break": State.BROKEN,
    "release": State.RELEASED,
    "overtake": State.OVERTAKEN,
    "undo": State.WITHDRAWN,
}


@pytest.fixture
def promise(recruiting: Recruiting, dana: UUID, ada: UUID) -> UUID:
    """Dana promised Ada to ring with the rate by Friday afternoon, and Bob is not concerned."""
    return recruiting.make_promise(command(dana), ada, NewPromise("Ring with the rate", FRIDAY, dana)).streams[0]


@pytest.fixture
def bobs(recruiting: Recruiting, dana: UUID, bob: UUID) -> UUID:
    return recruiting.make_promise(command(dana), bob, NewPromise("Send the contract", FRIDAY, dana)).streams[0]


def test_a_promise_is_made_to_a_candidate(recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, facts) -> None:
    made = recruiting.make_promise(command(dana), ada, NewPromise(" Ring with  the rate ", FRIDAY, tom))

    (fact,) = facts(Promise.PromiseMade)
    assert made.streams == (fact.originator_id,)
    assert (fact.candidate, fact.person, fact.by, fact.keeper) == (ada, ada, dana, tom)
    assert (fact.made_by, fact.made_to, fact.touchpoint) == ("us", "candidate", None)
    assert (fact.words, fact.due_on, fact.due_at, fact.due_zone) == ("Ring with the rate", FRIDAY.on, FRIDAY.at, ZONE)


def test_the_words_of_a_due_and_of_the_note_are_kept_as_they_were_typed(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    said = NewPromise("Ring", FRIDAY, dana, due_phrase="fri  3pm", quote="Told her I'd ring\nfri 3pm.")
    promise = recruiting.make_promise(command(dana), ada, said).streams[0]
    recruiting.renegotiate_promise(command(dana), promise, NEXT_WEEK, due_phrase="fri week")

    (made,), (moved,) = facts(Promise.PromiseMade), facts(Promise.PromiseRenegotiated)
    assert (made.due_phrase, made.quote, moved.due_phrase) == ("fri 3pm", "Told her I'd ring\nfri 3pm.", "fri week")
    assert not {"due_phrase", "quote"} & {*Promise.PromiseMade.clear, *Promise.PromiseRenegotiated.clear}


def test_without_words_of_their_own_none_are_kept(recruiting: Recruiting, promise: UUID, facts) -> None:
    (made,) = facts(Promise.PromiseMade)
    assert (made.due_phrase, made.quote) == (None, None)


@pytest.mark.parametrize(
    ("words", "due", "field", "sentence"),
    [
        (" ", FRIDAY, "promise", "Say what you promised."),
        ("x" * 201, FRIDAY, "promise", "That is 201 characters; at most 200 fit here."),
        ("\x1b[0m", FRIDAY, "promise", "This holds characters that cannot be stored. Please type it again."),
        ("Ring", Due(date(2025, 1, 1), None, ZONE), "due", "That date is more than a year ago. Please check the year."),
        (
            "Ring",
            Due(date(2062, 1, 1), None, ZONE),
            "due",
            "That date is more than five years away. Please check the year.",
        ),
    ],
)
def test_a_promise_says_what_and_a_believable_until_when(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts, words: str, due: Due, field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.make_promise(command(dana), ada, NewPromise(words, due, dana))

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Promise.PromiseMade) == []


def test_nothing_is_promised_to_nobody(recruiting: Recruiting, dana: UUID) -> None:
    with pytest.raises(NotFound):
        recruiting.make_promise(command(dana), uuid4(), NewPromise("Ring", FRIDAY, dana))


def test_a_kept_promise_says_who_kept_it(recruiting: Recruiting, tom: UUID, promise: UUID, facts) -> None:
    MOVES["keep"](recruiting, tom, promise)

    (fact,) = facts(Promise.PromiseKept)
    assert (fact.originator_id, fact.by, fact.evidence) == (promise, tom, None)


def test_a_new_date_is_agreed_with_a_reason(recruiting: Recruiting, tom: UUID, promise: UUID, facts) -> None:
    MOVES["renegotiate"](recruiting, tom, promise)

    (fact,) = facts(Promise.PromiseRenegotiated)
    assert (fact.originator_id, fact.by, fact.why) == (promise, tom, "client away")
    assert (fact.due_on, fact.due_at, fact.due_zone) == (NEXT_WEEK.on, NEXT_WEEK.at, ZONE)
    assert recruiting.load(Promise, promise).state is State.OPEN


@pytest.mark.parametrize("cause", list(Cause))
def test_a_promise_not_kept_says_the_cause(
    recruiting: Recruiting, tom: UUID, promise: UUID, facts, cause: Cause
) -> None:
    recruiting.break_promise(command(tom), promise, cause)

    (fact,) = facts(Promise.PromiseBroken)
    assert (fact.originator_id, fact.by, fact.cause) == (promise, tom, cause.value)


def test_a_promise_no_longer_needed_is_released(recruiting: Recruiting, tom: UUID, promise: UUID, facts) -> None:
    MOVES["release"](recruiting, tom, promise)

    (fact,) = facts(Promise.PromiseReleased)
    assert (fact.originator_id, fact.by, fact.why) == (promise, tom, "found a job herself")


@pytest.mark.parametrize(("move", "state"), CLOSING.items())
def test_a_move_closes_the_one_promise_and_no_other(
    recruiting: Recruiting, dana: UUID, promise: UUID, bobs: UUID, move: str, state: State
) -> None:
    MOVES[move](recruiting, dana, promise)

    assert recruiting.load(Promise, promise).state is state
    assert recruiting.load(Promise, bobs).state is State.OPEN


@pytest.mark.parametrize("move", [move for move in MOVES if move != "undo"])
@pytest.mark.parametrize(("closing", "state"), CLOSING.items())
def test_a_closed_promise_does_not_move(
    recruiting: Recruiting, dana: UUID, promise: UUID, facts, closing: str, state: State, move: str
) -> None:
    MOVES[closing](recruiting, dana, promise)
    before = [fact for fact in facts() if fact.originator_id == promise]

    with pytest.raises(Refused) as refused:
        MOVES[move](recruiting, dana, promise)

    assert refused.value.sentence == f"This promise is already {state}."
    assert [fact for fact in facts() if fact.originator_id == promise] == before


def test_a_cause_comes_from_the_list(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.break_promise(command(dana), promise, "Ada was rude")

    assert (refused.value.sentence, refused.value.field) == ("Choose why it was not kept.", "cause")
    assert facts(Promise.PromiseBroken) == []


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        (FRIDAY, "That is the date it has already."),
        (Due(date(2024, 1, 1), None, ZONE), "That date is more than a year ago. Please check the year."),
        (Due(date(2062, 1, 1), None, ZONE), "That date is more than five years away. Please check the year."),
    ],
)
def test_a_new_date_is_another_and_believable(
    recruiting: Recruiting, dana: UUID, promise: UUID, due: Due, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.renegotiate_promise(command(dana), promise, due)

    assert (refused.value.sentence, refused.value.field) == (sentence, "due")


def test_the_same_day_at_another_time_is_a_new_date(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    recruiting.renegotiate_promise(command(dana), promise, Due(FRIDAY.on, None, ZONE))

    assert [fact.due_at for fact in facts(Promise.PromiseRenegotiated)] == [None]


@pytest.mark.parametrize("cause", list(Overtaken))
def test_a_promise_overtaken_says_by_what(
    recruiting: Recruiting, tom: UUID, promise: UUID, facts, cause: Overtaken
) -> None:
    recruiting.overtake_promise(command(tom), promise, cause, " the ward  closed", 1)

    (fact,) = facts(Promise.PromiseOvertaken)
    assert (fact.originator_id, fact.by, fact.cause, fact.why) == (promise, tom, cause.value, "the ward closed")


def test_what_overtook_a_promise_comes_from_the_list(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.overtake_promise(command(dana), promise, "we forgot")

    assert (refused.value.sentence, refused.value.field) == ("Choose what came in between.", "cause")
    assert facts(Promise.PromiseOvertaken) == []


def test_a_promise_is_handed_over(recruiting: Recruiting, dana: UUID, tom: UUID, promise: UUID, facts) -> None:
    recruiting.reassign_promise(command(dana), promise, tom, 1)

    assert [(fact.originator_id, fact.by, fact.keeper) for fact in facts(Promise.PromiseReassigned)] == [
        (promise, dana, tom)
    ]
    assert recruiting.load(Promise, promise).keeper == tom


def test_a_promise_is_handed_over_to_somebody_else(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.reassign_promise(command(dana), promise, dana)

    assert (refused.value.sentence, refused.value.field) == ("That is who keeps it already.", "who")
    assert facts(Promise.PromiseReassigned) == []


def test_corrected_words_stand_beside_the_old_ones(recruiting: Recruiting, tom: UUID, promise: UUID, facts) -> None:
    recruiting.correct_promise(command(tom), promise, " Ring with  the day rate", "misheard", 1)

    (fact,) = facts(Promise.PromiseCorrected)
    assert (fact.originator_id, fact.by) == (promise, tom)
    assert (fact.words, fact.why) == ("Ring with the day rate", "misheard")
    assert facts(Promise.PromiseMade)[0].words == "Ring with the rate"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Write what should stand there instead."),
        (" Ring with the  rate", "These are the words that stand there already."),
        ("x" * 201, "That is 201 characters; at most 200 fit here."),
    ],
)
def test_a_corrected_promise_has_other_words(
    recruiting: Recruiting, dana: UUID, promise: UUID, words: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.correct_promise(command(dana), promise, words)

    assert (refused.value.sentence, refused.value.field) == (sentence, "promise")


@pytest.mark.parametrize("move", ["keep", "reassign", "correct", "overtake"])
def test_a_form_opened_before_somebody_moved_it_is_stale(
    recruiting: Recruiting, dana: UUID, tom: UUID, promise: UUID, move: str
) -> None:
    MOVES[move](recruiting, tom, promise)

    for late in (
        lambda: recruiting.reassign_promise(command(dana), promise, tom, 1),
        lambda: recruiting.correct_promise(command(dana), promise, "Ring", "", 1),
        lambda: recruiting.overtake_promise(command(dana), promise, "other", "", 1),
    ):
        with pytest.raises(Stale):
            late()


# Removed words


def test_the_words_of_a_promise_are_removed_and_what_became_of_it_stays(
    recruiting: Recruiting, olive: UUID, dana: UUID, promise: UUID, bobs: UUID, facts
) -> None:
    MOVES["correct"](recruiting, dana, promise)
    MOVES["release"](recruiting, dana, promise)

    recruiting.redact_promise(command(olive), promise, "she asked us to")

    assert [fact.words for fact in facts(Promise.PromiseMade)] == [None, "Send the contract"]
    assert [(fact.words, fact.why) for fact in facts(Promise.PromiseCorrected)] == [(None, None)]
    assert [fact.why for fact in facts(Promise.PromiseReleased)] == [None]
    assert [(fact.by, fact.why) for fact in facts(Promise.WordsRedacted)] == [(olive, "she asked us to")]
    assert recruiting.load(Promise, promise).state is State.RELEASED


def test_removing_the_words_of_a_promise_twice_is_removing_them_once(
    recruiting: Recruiting, olive: UUID, promise: UUID, facts
) -> None:
    recruiting.redact_promise(command(olive), promise, "she asked us to")

    again = recruiting.redact_promise(command(olive), promise, "once more")

    assert again.repeated
    assert len(facts(Promise.WordsRedacted)) == 1


def test_a_promise_without_words_is_not_undone(recruiting: Recruiting, olive: UUID, promise: UUID) -> None:
    recruiting.redact_promise(command(olive), promise, "she asked us to")

    with pytest.raises(Refused, match="nothing left to undo"):
        MOVES["undo"](recruiting, olive, promise)


# Not now


def test_a_reminder_is_put_off_and_the_due_stays(recruiting: Recruiting, tom: UUID, promise: UUID, facts) -> None:
    until = MONDAY + timedelta(hours=3)

    recruiting.snooze_reminder(command(tom), promise, until)

    (fact,) = facts(Promise.ReminderSnoozed)
    assert (fact.originator_id, fact.by, fact.until) == (promise, tom, until)
    assert Due(fact.due_on, fact.due_at, fact.due_zone) == recruiting.load(Promise, promise).due == FRIDAY


def test_putting_a_reminder_off_makes_no_form_stale(
    recruiting: Recruiting, dana: UUID, tom: UUID, promise: UUID, facts
) -> None:
    MOVES["snooze"](recruiting, tom, promise)

    recruiting.keep_promise(command(dana), promise, 1)

    assert len(facts(Promise.PromiseKept)) == 1


def test_putting_a_reminder_off_is_no_move_that_undo_takes_back(
    recruiting: Recruiting, dana: UUID, promise: UUID
) -> None:
    MOVES["snooze"](recruiting, dana, promise)

    MOVES["undo"](recruiting, dana, promise)

    assert recruiting.load(Promise, promise).state is State.WITHDRAWN


def test_put_off_until_now_it_is_not_put_off_any_more(
    recruiting: Recruiting, clock, dana: UUID, promise: UUID, facts
) -> None:
    now = clock.on(hours=1)

    recruiting.snooze_reminder(command(dana), promise, now - timedelta(minutes=1))

    assert len(facts(Promise.ReminderSnoozed)) == 1


@pytest.mark.parametrize("away", [timedelta(minutes=-2), timedelta(days=367)])
def test_a_reminder_is_put_off_to_a_moment_within_the_year(
    recruiting: Recruiting, dana: UUID, promise: UUID, facts, away: timedelta
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.snooze_reminder(command(dana), promise, MONDAY + away)

    assert (refused.value.sentence, refused.value.field) == ("Choose a moment within the next year.", "until")
    assert facts(Promise.ReminderSnoozed) == []


# The way back


def test_undoing_a_promise_just_made_withdraws_it(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    MOVES["undo"](recruiting, dana, promise)

    assert [fact.by for fact in facts(Promise.PromiseWithdrawn)] == [dana]


@pytest.mark.parametrize("closing", CLOSING)
def test_undoing_the_end_of_a_promise_opens_it_with_its_due(
    recruiting: Recruiting, dana: UUID, promise: UUID, facts, closing: str
) -> None:
    MOVES[closing](recruiting, dana, promise)

    MOVES["undo"](recruiting, dana, promise)

    (fact,) = facts(Promise.PromiseReopened)
    assert Due(fact.due_on, fact.due_at, fact.due_zone) == FRIDAY
    assert recruiting.load(Promise, promise).state is State.OPEN


def test_undoing_a_new_date_brings_the_one_before_back(
    recruiting: Recruiting, dana: UUID, promise: UUID, facts
) -> None:
    MOVES["renegotiate"](recruiting, dana, promise)
    recruiting.renegotiate_promise(command(dana), promise, NEXT_YEAR)

    MOVES["undo"](recruiting, dana, promise)

    (fact,) = facts(Promise.PromiseReopened)
    assert Due(fact.due_on, fact.due_at, fact.due_zone) == NEXT_WEEK


def test_undoing_kept_after_a_new_date_leaves_the_new_date(recruiting: Recruiting, dana: UUID, promise: UUID) -> None:
    MOVES["renegotiate"](recruiting, dana, promise)
    MOVES["keep"](recruiting, dana, promise)

    MOVES["undo"](recruiting, dana, promise)

    reopened = recruiting.load(Promise, promise)
    assert (reopened.state, reopened.due) == (State.OPEN, NEXT_WEEK)


def test_undoing_a_handover_brings_the_keeper_back(
    recruiting: Recruiting, dana: UUID, tom: UUID, promise: UUID, facts
) -> None:
    recruiting.reassign_promise(command(dana), promise, tom)

    MOVES["undo"](recruiting, tom, promise)

    assert [(fact.by, fact.keeper) for fact in facts(Promise.PromiseReassigned)] == [(dana, tom), (tom, dana)]


def test_a_handover_by_somebody_who_left_meanwhile_is_not_undone(
    recruiting: Recruiting, olive: UUID, dana: UUID, tom: UUID, promise: UUID, facts
) -> None:
    recruiting.reassign_promise(command(olive), promise, tom)
    recruiting.recruiter_leaves(command(olive), dana)

    with pytest.raises(Refused) as refused:
        MOVES["undo"](recruiting, tom, promise)

    assert (refused.value.sentence, refused.value.field) == ("Choose who keeps this promise.", "who")
    assert len(facts(Promise.PromiseReassigned)) == 1


def test_undoing_a_correction_brings_the_words_back(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    MOVES["correct"](recruiting, dana, promise)

    MOVES["undo"](recruiting, dana, promise)

    assert [fact.words for fact in facts(Promise.PromiseCorrected)] == ["Ring with the day rate", "Ring with the rate"]
    assert recruiting.load(Promise, promise).words == "Ring with the rate"


def test_undo_takes_back_the_last_of_several_changes_alone(
    recruiting: Recruiting, dana: UUID, tom: UUID, promise: UUID
) -> None:
    MOVES["correct"](recruiting, dana, promise)
    MOVES["renegotiate"](recruiting, dana, promise)
    recruiting.reassign_promise(command(dana), promise, tom)

    MOVES["undo"](recruiting, dana, promise)

    left = recruiting.load(Promise, promise)
    assert (left.words, left.due, left.keeper) == ("Ring with the day rate", NEXT_WEEK, dana)


@pytest.mark.parametrize("move", ["reassign", "correct", "overtake", "renegotiate"])
def test_the_way_back_of_any_move_is_not_undone(
    recruiting: Recruiting, dana: UUID, promise: UUID, facts, move: str
) -> None:
    MOVES[move](recruiting, dana, promise)
    MOVES["undo"](recruiting, dana, promise)
    before = facts()

    with pytest.raises(Refused, match="nothing left to undo"):
        MOVES["undo"](recruiting, dana, promise)

    assert facts() == before


def test_an_undo_is_not_undone(recruiting: Recruiting, dana: UUID, promise: UUID) -> None:
    MOVES["keep"](recruiting, dana, promise)
    MOVES["undo"](recruiting, dana, promise)

    with pytest.raises(Refused) as refused:
        MOVES["undo"](recruiting, dana, promise)

    assert refused.value.sentence == "There is nothing left to undo here."


@pytest.mark.parametrize("move", [move for move in MOVES if move != "undo"])
def test_a_reopened_promise_moves_again(recruiting: Recruiting, dana: UUID, promise: UUID, move: str) -> None:
    MOVES["keep"](recruiting, dana, promise)
    MOVES["undo"](recruiting, dana, promise)

    MOVES[move](recruiting, dana, promise)

    assert recruiting.load(Promise, promise).state is CLOSING.get(move, State.OPEN)


@pytest.mark.parametrize("move", MOVES)
def test_a_candidate_is_no_promise(recruiting: Recruiting, dana: UUID, ada: UUID, move: str) -> None:
    with pytest.raises(NotFound):
        MOVES[move](recruiting, dana, ada)


# What Kept notes by itself


def test_a_promise_falls_due_once_for_each_due(recruiting: Recruiting, promise: UUID, bobs: UUID, facts) -> None:
    recruiting.fall_due(promise, FRIDAY)

    again = recruiting.fall_due(promise, FRIDAY)

    (fact,) = facts(Promise.PromiseFellDue)
    assert (fact.originator_id, fact.by, fact.due_on, fact.due_at) == (promise, None, FRIDAY.on, FRIDAY.at)
    assert again.repeated


def test_a_promise_moved_falls_due_again(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    recruiting.fall_due(promise, FRIDAY)
    MOVES["renegotiate"](recruiting, dana, promise)

    recruiting.fall_due(promise, NEXT_WEEK)

    assert [fact.due_on for fact in facts(Promise.PromiseFellDue)] == [FRIDAY.on, NEXT_WEEK.on]


def test_a_promise_does_not_fall_due_by_a_date_it_no_longer_has(
    recruiting: Recruiting, dana: UUID, promise: UUID, facts
) -> None:
    MOVES["renegotiate"](recruiting, dana, promise)

    late = recruiting.fall_due(promise, FRIDAY)

    assert late.streams == ()
    assert facts(Promise.PromiseFellDue) == []


@pytest.mark.parametrize("closing", CLOSING)
def test_a_closed_promise_does_not_fall_due(
    recruiting: Recruiting, dana: UUID, promise: UUID, facts, closing: str
) -> None:
    MOVES[closing](recruiting, dana, promise)

    late = recruiting.fall_due(promise, FRIDAY)

    assert late.streams == ()
    assert facts(Promise.PromiseFellDue) == []


def test_a_reminder_is_noted_once_for_due_kind_and_channel(recruiting: Recruiting, promise: UUID, facts) -> None:
    for kind, channel in [("fell due", "mail"), ("fell due", "mail"), ("fell due", "push"), ("tomorrow", "mail")]:
        recruiting.reminder_sent(promise, FRIDAY, kind, channel)

    assert [(fact.kind, fact.channel) for fact in facts(Promise.ReminderSent)] == [
        ("fell due", "mail"),
        ("fell due", "push"),
        ("tomorrow", "mail"),
    ]


def test_a_failure_is_noted_once_for_each_reason(recruiting: Recruiting, promise: UUID, facts) -> None:
    for reason in ("No mail server is set up.", "No mail server is set up.", "The mail server did not answer."):
        recruiting.reminder_failed(promise, FRIDAY, "fell due", "mail", reason)

    assert [fact.reason for fact in facts(Promise.ReminderFailed)] == [
        "No mail server is set up.",
        "The mail server did not answer.",
    ]


def test_after_a_reminder_went_out_a_failure_is_no_news(recruiting: Recruiting, promise: UUID, facts) -> None:
    recruiting.reminder_sent(promise, FRIDAY, "fell due", "mail")

    recruiting.reminder_failed(promise, FRIDAY, "fell due", "mail", "The mail server did not answer.")

    assert facts(Promise.ReminderFailed) == []


def test_what_kept_notes_by_itself_was_done_by_nobody(recruiting: Recruiting, promise: UUID, facts) -> None:
    recruiting.fall_due(promise, FRIDAY)
    recruiting.reminder_failed(promise, FRIDAY, "fell due", "mail", "No mail server is set up.")
    recruiting.reminder_sent(promise, FRIDAY, "fell due", "mail")

    kinds = (Promise.PromiseFellDue, Promise.ReminderFailed, Promise.ReminderSent)
    assert [fact.by for kind in kinds for fact in facts(kind)] == [None, None, None]
