"""What was said is recorded, corrected beside itself, taken back, and its words removed: never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from domain.due import Due
from domain.promise import NewPromise, Promise, State
from domain.recruiting import Recruiting
from domain.refusal import Forgotten, NotFound, Refused
from domain.touchpoint import Channel, Direction, Outcome, Touchpoint
from tests.agency import MONDAY, ZONE, command

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
Note = Callable[..., Any]


@pytest.fixture
def note(recruiting: Recruiting, dana: UUID, ada: UUID) -> Note:
    """`note(words=…, promise=…)`: Dana notes something about Ada; a call in which they talked unless told otherwise."""

    def note(**said: Any) -> Any:
        said = {
            "channel": "call",
            "direction": "out",
            "outcome": "talked",
            "happened_at": MONDAY,
            "words": "She wants four days a week.",
            **said,
        }
        return recruiting.record_touchpoint(command(dana), ada, **said)

    return note


@pytest.fixture
def call(note: Note) -> UUID:
    id: UUID = note().streams[0]
    return id


def test_a_touchpoint_is_recorded_as_it_was_said(note: Note, dana: UUID, ada: UUID, facts) -> None:
    recorded = note(happened_at=datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Europe/Paris")))

    (fact,) = facts(Touchpoint.TouchpointRecorded)
    assert recorded.streams == (fact.originator_id,)
    assert (fact.candidate, fact.person, fact.by) == (ada, ada, dana)
    assert (fact.channel, fact.direction, fact.outcome) == ("call", "out", "talked")
    assert fact.words == "She wants four days a week."
    assert fact.happened_at == datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert fact.happened_at.tzinfo is UTC
    assert fact.promises == []


def test_a_promise_made_in_it_is_recorded_with_it(note: Note, dana: UUID, ada: UUID, facts) -> None:
    recorded = note(promise=NewPromise("Ring with the rate", FRIDAY, dana))

    (touchpoint,), (promise,) = facts(Touchpoint.TouchpointRecorded), facts(Promise.PromiseMade)
    assert recorded.streams == (touchpoint.originator_id, promise.originator_id)
    assert touchpoint.promises == [promise.originator_id]
    assert (promise.touchpoint, promise.candidate) == (touchpoint.originator_id, ada)


def test_said_without_a_time_it_was_said_now(note: Note, clock, facts) -> None:
    clock.on(minutes=7)

    note(happened_at=None)

    assert facts(Touchpoint.TouchpointRecorded)[0].happened_at == MONDAY + timedelta(minutes=7)


@pytest.mark.parametrize(("ago", "after"), [(-180, -180), (-1, -1), (4, 0)])
def test_what_had_to_wait_is_dated_when_it_was_said(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts, ago: int, after: int
) -> None:
    """And never later than now, whatever the clock of a phone says."""
    asked = replace(command(dana), said_at=MONDAY + timedelta(minutes=ago))

    recruiting.record_touchpoint(asked, ada, "note", "internal", None, None, "No more nights.")

    assert facts(Touchpoint.TouchpointRecorded)[0].happened_at == MONDAY + timedelta(minutes=after)


def test_sent_at_once_and_sent_again_from_a_phone_it_is_the_same_command(
    recruiting: Recruiting, dana: UUID, ada: UUID, clock, facts
) -> None:
    asked, said = command(dana), ("note", "internal", None, None, "No more nights.")
    recruiting.record_touchpoint(asked, ada, *said)
    clock.on(hours=3)

    again = recruiting.record_touchpoint(replace(asked, said_at=MONDAY), ada, *said)

    assert again.repeated
    assert len(facts(Touchpoint.TouchpointRecorded)) == 1


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_can_be_recorded(note: Note, facts, channel: Channel) -> None:
    note(channel=channel.value)

    assert facts(Touchpoint.TouchpointRecorded)[0].channel == channel.value


@pytest.mark.parametrize("direction", list(Direction))
def test_every_direction_can_be_recorded(note: Note, facts, direction: Direction) -> None:
    note(direction=direction.value)

    assert facts(Touchpoint.TouchpointRecorded)[0].direction == direction.value


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.TALKED])
def test_a_call_in_which_nobody_talked_needs_no_note(note: Note, facts, outcome: Outcome) -> None:
    note(outcome=outcome.value, words=" ")

    (fact,) = facts(Touchpoint.TouchpointRecorded)
    assert (fact.outcome, fact.words) == (outcome.value, "")


def test_a_promise_needs_no_note(note: Note, dana: UUID, facts) -> None:
    note(channel="e-mail", outcome=None, words="", promise=NewPromise("Ring with the rate", FRIDAY, dana))

    assert len(facts(Promise.PromiseMade)) == 1


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel is not Channel.CALL])
def test_only_a_call_has_an_outcome(note: Note, facts, channel: Channel) -> None:
    note(channel=channel.value, outcome="voicemail")

    assert facts(Touchpoint.TouchpointRecorded)[0].outcome is None


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"channel": "pigeon"}, "channel", "Choose how you were in touch."),
        ({"channel": ""}, "channel", "Choose how you were in touch."),
        ({"direction": "sideways"}, "direction", "Choose who got in touch with whom."),
        ({"outcome": "laughed"}, "outcome", "Choose how the call went."),
        ({"outcome": None, "words": " \n"}, "note", "Write what was said."),
        ({"outcome": "talked", "words": ""}, "note", "Write what was said."),
        ({"channel": "e-mail", "words": ""}, "note", "Write what was said."),
        ({"words": "x" * 10_001}, "note", "That is 10,001 characters; at most 10,000 fit here."),
        (
            {"words": "\x00"},
            "note",
            "This holds characters that cannot be stored. Please type it again.",
        ),
        (
            {"happened_at": MONDAY + timedelta(minutes=6)},
            "happened_at",
            "That is in the future. Touchpoints are about what has happened.",
        ),
        (
            {"happened_at": datetime(1979, 12, 31, tzinfo=UTC)},
            "happened_at",
            "That is too long ago. Please check the year.",
        ),
        (
            {"promise": NewPromise(" ", FRIDAY, uuid4())},
            "promise",
            "Say what you promised.",
        ),
        (
            {"promise": NewPromise("Ring", Due(date(2020, 1, 1), None, ZONE), uuid4())},
            "due",
            "That date is more than a year ago. Please check the year.",
        ),
    ],
)
def test_what_cannot_have_been_is_refused_as_a_whole(
    note: Note, facts, said: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        note(**said)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Touchpoint.TouchpointRecorded) == []
    assert facts(Promise.PromiseMade) == []


def test_a_clock_a_few_minutes_ahead_is_forgiven(note: Note, facts) -> None:
    note(happened_at=MONDAY + timedelta(minutes=5))

    assert len(facts(Touchpoint.TouchpointRecorded)) == 1


def test_nothing_is_noted_about_nobody(recruiting: Recruiting, dana: UUID) -> None:
    with pytest.raises(NotFound):
        recruiting.record_touchpoint(command(dana), uuid4(), "note", "internal", None, MONDAY, "who?")


# Several people in one conversation


def test_what_was_said_to_several_is_told_of_each(
    recruiting: Recruiting, note: Note, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    cara = recruiting.add_candidate(command(dana), "Cara Lane").streams[0]

    recorded = note(also_with=(bob, cara, bob, ada), direction="in")

    first, *others = told = facts(Touchpoint.TouchpointRecorded)
    assert recorded.streams == tuple(fact.originator_id for fact in told)
    assert [(fact.candidate, fact.person) for fact in told] == [(ada, ada), (bob, bob), (cara, cara)]
    assert {fact.conversation for fact in told} == {first.originator_id}
    for other in others:
        for name in ("channel", "direction", "outcome", "happened_at", "words", "by"):
            assert getattr(other, name) == getattr(first, name)


def test_what_was_said_to_one_is_no_conversation_of_several(note: Note, ada: UUID, facts) -> None:
    note(also_with=(ada,))

    assert [fact.conversation for fact in facts(Touchpoint.TouchpointRecorded)] == [None]


def test_a_promise_made_among_several_is_made_to_the_one_it_was_written_to(
    note: Note, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    recorded = note(also_with=(bob,), promise=NewPromise("Ring with the rate", FRIDAY, dana))

    (promise,), (first, other) = facts(Promise.PromiseMade), facts(Touchpoint.TouchpointRecorded)
    assert recorded.streams == (first.originator_id, promise.originator_id, other.originator_id)
    assert (promise.candidate, first.promises, other.promises) == (ada, [promise.originator_id], [])


def test_told_of_several_it_needs_words_though_something_was_promised(note: Note, dana: UUID, bob: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        note(words="", also_with=(bob,), promise=NewPromise("Ring with the rate", FRIDAY, dana))

    assert (refused.value.sentence, refused.value.field) == ("Write what was said.", "note")
    assert facts() == []


def test_in_a_conversation_everybody_is_known(
    recruiting: Recruiting, note: Note, olive: UUID, dana: UUID, bob: UUID, facts
) -> None:
    for nobody in (dana, uuid4()):
        with pytest.raises(Refused) as refused:
            note(also_with=(nobody,))
        assert (refused.value.sentence, refused.value.field) == ("Choose who else was there.", "also_with")
    recruiting.erase_candidate(command(olive), bob, "asked")
    with pytest.raises(Forgotten):
        note(also_with=(bob,))

    assert facts(Touchpoint.TouchpointRecorded) == []


def test_a_conversation_has_an_end_of_people(note: Note, facts) -> None:
    with pytest.raises(Refused) as refused:
        note(also_with=tuple(uuid4() for _ in range(21)))

    assert (refused.value.sentence, refused.value.field) == (
        "At most 20 others fit into one conversation.",
        "also_with",
    )


def test_one_of_several_forgotten_the_others_keep_their_words(
    recruiting: Recruiting, note: Note, olive: UUID, bob: UUID, facts
) -> None:
    note(also_with=(bob,))

    recruiting.erase_candidate(command(olive), bob, "asked")

    assert [fact.words for fact in facts(Touchpoint.TouchpointRecorded)] == ["She wants four days a week.", None]


# A promise kept by what was said


@pytest.fixture
def promise(recruiting: Recruiting, dana: UUID, ada: UUID) -> UUID:
    return recruiting.make_promise(command(dana), ada, NewPromise("Ring with the rate", FRIDAY, dana)).streams[0]


def test_a_call_can_keep_a_promise_and_is_the_evidence(note: Note, dana: UUID, promise: UUID, facts) -> None:
    recorded = note(keeps=promise, words="")

    (kept,), (call,) = facts(Promise.PromiseKept), facts(Touchpoint.TouchpointRecorded)
    assert recorded.streams == (call.originator_id, promise)
    assert (kept.originator_id, kept.by, kept.evidence) == (promise, dana, call.originator_id)
    assert facts(Promise.PromiseConfirmed) == []


def test_a_call_of_theirs_that_keeps_a_promise_confirms_it(note: Note, promise: UUID, facts) -> None:
    recorded = note(keeps=promise, direction="in")

    (confirmed,) = facts(Promise.PromiseConfirmed)
    assert (confirmed.originator_id, confirmed.touchpoint) == (promise, recorded.streams[0])


def test_with_several_people_and_a_new_promise_another_can_be_kept(
    note: Note, dana: UUID, bob: UUID, promise: UUID
) -> None:
    recorded = note(keeps=promise, also_with=(bob,), promise=NewPromise("Send the contract", FRIDAY, dana))

    assert len(recorded.streams) == 4
    assert recorded.streams[-1] == promise


def test_only_an_open_promise_to_the_same_person_is_kept_by_it(
    recruiting: Recruiting, note: Note, dana: UUID, bob: UUID, promise: UUID, facts
) -> None:
    bobs = recruiting.make_promise(command(dana), bob, NewPromise("Send the contract", FRIDAY, dana)).streams[0]
    recruiting.keep_promise(command(dana), promise)
    for wrong, sentence in (
        (bobs, "Choose an entry about the same person that shows that it was kept."),
        (promise, "This promise is already kept."),
        (uuid4(), "Choose which promise was kept."),
    ):
        with pytest.raises(Refused) as refused:
            note(keeps=wrong)
        assert refused.value.sentence == sentence

    assert facts(Touchpoint.TouchpointRecorded) == []


# Whether they wait for a word


def test_that_no_answer_is_needed_is_noted_once_and_can_be_taken_back(
    recruiting: Recruiting, tom: UUID, call: UUID, facts
) -> None:
    recruiting.answer_not_needed(command(tom), call)
    assert recruiting.answer_not_needed(command(tom), call).repeated
    recruiting.answer_needed(command(tom), call)
    assert recruiting.answer_needed(command(tom), call).repeated

    assert [(type(fact), fact.originator_id, fact.by) for fact in facts()[1:]] == [
        (Touchpoint.AnswerNotNeeded, call, tom),
        (Touchpoint.AnswerNeeded, call, tom),
    ]


def test_that_no_answer_is_needed_makes_no_form_stale(
    recruiting: Recruiting, dana: UUID, tom: UUID, call: UUID, facts
) -> None:
    recruiting.answer_not_needed(command(tom), call)

    recruiting.correct_touchpoint(command(dana), call, "Three days.", "", 1)

    assert len(facts(Touchpoint.TouchpointCorrected)) == 1


def test_an_entry_whose_words_were_removed_may_still_need_no_answer(
    recruiting: Recruiting, tom: UUID, call: UUID, facts
) -> None:
    recruiting.redact_touchpoint(command(tom), call, "she asked us to")

    recruiting.answer_not_needed(command(tom), call)

    assert len(facts(Touchpoint.AnswerNotNeeded)) == 1


# Corrected, taken back, removed


def test_a_correction_stands_beside_what_was_said(recruiting: Recruiting, tom: UUID, call: UUID, facts) -> None:
    corrected = recruiting.correct_touchpoint(command(tom), call, "Three days.", " misheard ", 1)

    (fact,) = facts(Touchpoint.TouchpointCorrected)
    assert corrected.streams == (call,)
    assert (fact.by, fact.words, fact.why) == (tom, "Three days.", "misheard")
    assert facts(Touchpoint.TouchpointRecorded)[0].words == "She wants four days a week."


def test_a_correction_needs_no_reason(recruiting: Recruiting, tom: UUID, call: UUID, facts) -> None:
    recruiting.correct_touchpoint(command(tom), call, "Three days.", "")

    assert facts(Touchpoint.TouchpointCorrected)[0].why == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (" ", "Write what should stand there instead."),
        ("She wants four days a week.\n", "These are the words that stand there already."),
        ("x" * 10_001, "That is 10,001 characters; at most 10,000 fit here."),
    ],
)
def test_a_correction_has_other_words(recruiting: Recruiting, tom: UUID, call: UUID, words: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.correct_touchpoint(command(tom), call, words, "")

    assert (refused.value.sentence, refused.value.field) == (sentence, "note")


def test_a_correction_can_be_corrected_back(recruiting: Recruiting, tom: UUID, call: UUID, facts) -> None:
    recruiting.correct_touchpoint(command(tom), call, "Three days.", "")

    recruiting.correct_touchpoint(command(tom), call, "She wants four days a week.", "no, four")

    assert [fact.words for fact in facts(Touchpoint.TouchpointCorrected)] == [
        "Three days.",
        "She wants four days a week.",
    ]


def test_taking_an_entry_back_says_why(recruiting: Recruiting, tom: UUID, call: UUID, facts) -> None:
    recruiting.retract_touchpoint(command(tom), call, "the other Ada")

    (fact,) = facts(Touchpoint.TouchpointRetracted)
    assert (fact.originator_id, fact.by, fact.why) == (call, tom, "the other Ada")


def test_an_entry_is_not_taken_back_without_a_reason(recruiting: Recruiting, tom: UUID, call: UUID) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.retract_touchpoint(command(tom), call, " ")

    assert (refused.value.sentence, refused.value.field) == ("Say why this is taken back.", "why")


def test_with_an_entry_its_open_promise_is_withdrawn(
    recruiting: Recruiting, note: Note, dana: UUID, tom: UUID, facts
) -> None:
    touchpoint, promise = note(promise=NewPromise("Ring with the rate", FRIDAY, dana)).streams
    another = note(promise=NewPromise("Send the contract", FRIDAY, dana)).streams[1]

    retracted = recruiting.retract_touchpoint(command(tom), touchpoint, "the other Ada")

    assert retracted.streams == (touchpoint, promise)
    (fact,) = facts(Promise.PromiseWithdrawn)
    assert (fact.originator_id, fact.by, fact.why) == (promise, tom, "")  # the reason goes with the entry
    assert recruiting.load(Promise, another).state is State.OPEN


def test_a_promise_kept_before_stays_kept_when_its_entry_is_taken_back(
    recruiting: Recruiting, note: Note, dana: UUID, facts
) -> None:
    touchpoint, promise = note(promise=NewPromise("Ring with the rate", FRIDAY, dana)).streams
    recruiting.keep_promise(command(dana), promise)

    retracted = recruiting.retract_touchpoint(command(dana), touchpoint, "the other Ada")

    assert retracted.streams == (touchpoint,)
    assert facts(Promise.PromiseWithdrawn) == []


def test_whoever_wrote_it_undoes_it_for_ten_minutes_without_a_word_why(
    recruiting: Recruiting, note: Note, dana: UUID, clock: Any, facts
) -> None:
    touchpoint, promise = note(promise=NewPromise("Ring with the rate", FRIDAY, dana)).streams
    clock.on(minutes=10)

    undone = recruiting.undo_touchpoint(command(dana), touchpoint)

    (fact,) = facts(Touchpoint.TouchpointRetracted)
    assert undone.streams == (touchpoint, promise)
    assert (fact.by, fact.why) == (dana, "")
    assert [fact.originator_id for fact in facts(Promise.PromiseWithdrawn)] == [promise]


@pytest.mark.parametrize(("who", "minutes"), [("tom", 1), ("dana", 11)])
def test_nobody_else_undoes_it_and_nobody_later(
    recruiting: Recruiting, call: UUID, clock: Any, cast: Any, who: str, minutes: int, facts
) -> None:
    clock.on(minutes=minutes)

    with pytest.raises(Refused, match="Retract it, and say why"):
        recruiting.undo_touchpoint(command(getattr(cast, who)), call)

    assert facts(Touchpoint.TouchpointRetracted) == []


@pytest.mark.parametrize("verb", ["correct", "retract", "not needed", "needed"])
def test_an_entry_that_was_taken_back_stays_as_it_is(recruiting: Recruiting, tom: UUID, call: UUID, verb: str) -> None:
    recruiting.retract_touchpoint(command(tom), call, "the other Ada")

    with pytest.raises(Refused) as refused:
        MOVES[verb](recruiting, tom, call)

    assert refused.value.sentence == "This entry was taken back."


@pytest.mark.parametrize("verb", ["correct", "retract"])
def test_an_entry_whose_words_were_removed_stays_as_it_is(
    recruiting: Recruiting, tom: UUID, call: UUID, verb: str
) -> None:
    recruiting.redact_touchpoint(command(tom), call, "she asked us to")

    with pytest.raises(Refused) as refused:
        MOVES[verb](recruiting, tom, call)

    assert refused.value.sentence == "The words of this entry were removed."


def test_removing_words_says_who_and_why(recruiting: Recruiting, olive: UUID, call: UUID, facts) -> None:
    recruiting.redact_touchpoint(command(olive), call, "she asked us to")

    (fact,) = facts(Touchpoint.WordsRedacted)
    assert (fact.originator_id, fact.by, fact.why) == (call, olive, "she asked us to")
    assert facts(Touchpoint.TouchpointRecorded)[0].words is None


def test_words_are_not_removed_without_a_reason(recruiting: Recruiting, olive: UUID, call: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.redact_touchpoint(command(olive), call, "")

    assert (refused.value.sentence, refused.value.field) == ("Say why these words are removed.", "why")
    assert facts(Touchpoint.TouchpointRecorded)[0].words == "She wants four days a week."


def test_removing_words_twice_is_removing_them_once(recruiting: Recruiting, olive: UUID, call: UUID, facts) -> None:
    recruiting.redact_touchpoint(command(olive), call, "she asked us to")

    again = recruiting.redact_touchpoint(command(olive), call, "once more")

    assert again.repeated
    assert [fact.why for fact in facts(Touchpoint.WordsRedacted)] == ["she asked us to"]


def test_the_words_of_an_entry_taken_back_can_still_be_removed(
    recruiting: Recruiting, olive: UUID, call: UUID, facts
) -> None:
    recruiting.retract_touchpoint(command(olive), call, "about somebody else")

    recruiting.redact_touchpoint(command(olive), call, "about somebody else")

    assert [fact.words for fact in facts(Touchpoint.TouchpointRecorded)] == [None]


@pytest.mark.parametrize("verb", ["correct", "retract", "redact", "not needed", "needed"])
def test_a_promise_is_no_touchpoint(recruiting: Recruiting, note: Note, dana: UUID, verb: str) -> None:
    promise = note(promise=NewPromise("Ring with the rate", FRIDAY, dana)).streams[1]

    with pytest.raises(NotFound):
        MOVES[verb](recruiting, dana, promise)


MOVES: dict[str, Callable[[Recruiting, UUID, UUID], object]] = {
    "correct": lambda verbs, by, id: verbs.correct_touchpoint(command(by), id, "Other words.", ""),
    "retract": lambda verbs, by, id: verbs.retract_touchpoint(command(by), id, "again"),
    "redact": lambda verbs, by, id: verbs.redact_touchpoint(command(by), id, "again"),
    "not needed": lambda verbs, by, id: verbs.answer_not_needed(command(by), id),
    "needed": lambda verbs, by, id: verbs.answer_needed(command(by), id),
}


# Promises caught in its words


def caught(dana: UUID, words: str = "ring with the rate") -> NewPromise:
    return NewPromise(words, FRIDAY, dana, due_phrase="Friday", quote="I'll ring Friday with the rate.")


def test_what_was_promised_in_its_words_is_recorded_with_it(
    recruiting: Recruiting, note: Note, dana: UUID, bob: UUID, facts
) -> None:
    recorded = note(
        words="I'll ring Friday with the rate.",
        promise=NewPromise("Send the form", FRIDAY, dana),
        caught=[caught(dana), caught(dana, "send the map")],
        also_with=(bob,),
    )

    first, *_ = facts(Touchpoint.TouchpointRecorded)
    made = facts(Promise.PromiseMade)
    assert [fact.words for fact in made] == ["Send the form", "ring with the rate", "send the map"]
    assert [fact.quote for fact in made] == [None, "I'll ring Friday with the rate.", "I'll ring Friday with the rate."]
    assert made[1].due_phrase == "Friday"
    assert first.promises == [fact.originator_id for fact in made]
    assert {fact.touchpoint for fact in made} == {first.originator_id}
    assert recorded.streams[-2:] == tuple(fact.originator_id for fact in made[1:])


def test_what_was_caught_afterwards_goes_with_the_entry_when_that_is_taken_back(
    recruiting: Recruiting, dana: UUID, tom: UUID, call: UUID, ada: UUID, facts
) -> None:
    promise, touchpoint = recruiting.catch_promise(command(tom), call, caught(dana)).streams

    recruiting.retract_touchpoint(command(dana), call, "the other Ada", 1)

    (made,) = facts(Promise.PromiseMade)
    assert (made.originator_id, made.candidate, made.touchpoint, touchpoint) == (promise, ada, call, call)
    assert [fact.originator_id for fact in facts(Promise.PromiseWithdrawn)] == [promise]


def test_nothing_is_caught_in_what_was_taken_back(recruiting: Recruiting, dana: UUID, call: UUID, facts) -> None:
    recruiting.retract_touchpoint(command(dana), call, "the other Ada")

    with pytest.raises(Refused, match="This entry was taken back"):
        recruiting.catch_promise(command(dana), call, caught(dana))

    assert facts(Promise.PromiseMade) == []
