"""An agency's own stages, standing promises, and the words that nobody there promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.agency import Agency
from domain.process import SHIPPED_PROCESS, Process, StandingPromise, Starts, Unit, reaching
from domain.recruiting import Recruiting
from domain.refusal import Refused
from domain.stages import OwnStage, key_for
from domain.submission import Submission
from domain.unpromised import SHIPPED_UNPROMISED, Unpromised, found_in
from tests.agency import command
from tests.domain.conftest import Facts
from tests.domain.test_submission import adas, hilda, job, move  # noqa: F401

SHIPPED = SHIPPED_PROCESS
TEST = OwnStage("skills test", "skills test", 3)


@pytest.fixture
def agency(recruiting: Recruiting) -> UUID:
    id = recruiting.log.entries(1, 1)[0].fact.originator_id
    assert isinstance(id, UUID)
    return id


def with_stage(key: str, **changes: Any) -> Process:
    stages = (replace(each, **changes) if each.key == key else each for each in SHIPPED.every_stage)
    return replace(SHIPPED, every_stage=tuple(stages))


def after_the_shortlist(stage: OwnStage) -> Process:
    first, *rest = SHIPPED.every_stage
    return replace(SHIPPED, every_stage=(first, stage, *rest))


def test_each_part_that_changed_is_a_fact_of_its_own_and_the_same_again_is_none(
    recruiting: Recruiting, olive: UUID, agency: UUID, facts: Facts
) -> None:
    other = replace(
        after_the_shortlist(TEST),
        call_first_from="interview",
        promises=SHIPPED.promises[:3],
        unpromised=(Unpromised("certain"),),
    )

    for _ in range(2):
        recruiting.change_process(command(olive), agency, other)

    kinds = [type(fact) for fact in facts()]
    assert kinds == [
        Agency.StagesChanged,
        Agency.CallFirstChosen,
        Agency.StandingPromisesChanged,
        Agency.UnpromisedChanged,
    ]
    assert recruiting.repository.get(agency).process == other


@pytest.mark.parametrize(
    ("process", "field", "sentence"),
    [
        (with_stage("offer", name="  "), "stage-offer", "Give the stage a name."),
        (with_stage("offer", name="x" * 41), "stage-offer", "At most 40 characters"),
        (with_stage("offer", name="Placed"), "stage-placed", "Another stage is called so already."),
        (with_stage("second interview", silent_after=0), "days-second-interview", "Choose from 1 to 60 working days."),
        (with_stage("shortlisted", dropped=True), "stage-shortlisted", "can be renamed, not dropped"),
        (with_stage("interview", dropped=True), "stage-interview", "Somebody stands at “interview” still."),
        (replace(SHIPPED, call_first_from="nowhere"), "call_first_from", "Choose a stage"),
        (
            replace(with_stage("offer", dropped=True), call_first_from="offer"),
            "call_first_from",
            "Choose a stage",
        ),
        (replace(SHIPPED, unpromised=(Unpromised("…"),)), "unpromised", "Every line begins with a word."),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_is_refused_beside_its_field(
    recruiting: Recruiting, olive: UUID, agency: UUID, process: Process, field: str, sentence: str, facts: Facts
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.change_process(command(olive), agency, process, in_use=["interview"])

    assert refused.value.field == field
    assert sentence in refused.value.sentence
    assert facts() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": ""}, "words-own"),
        ({"words": "Say it to {{name}}"}, "words-own"),
        ({"within": 0}, "within-own"),
        ({"unit": "moons"}, "unit-own"),
        ({"starts": reaching("nowhere")}, "starts-own"),
    ],
)
def test_a_standing_promise_says_what_when_and_how_soon(changes: dict[str, Any], field: str) -> None:
    own = replace(StandingPromise("own", reaching("offer"), "Ring about the offer", 4, Unit.HOURS), **changes)

    with pytest.raises(Refused) as refused:
        replace(SHIPPED, promises=(own,)).checked([])

    assert refused.value.field == field


def test_a_new_stage_keeps_the_key_of_its_first_name_which_no_other_has() -> None:
    assert key_for("  Skills – Test ", SHIPPED.every_stage) == "skills test"
    assert key_for("Offer", SHIPPED.every_stage) == "offer 2"
    assert key_for("🎉", SHIPPED.every_stage) == "stage"


def test_what_is_promised_by_itself_is_what_is_on() -> None:
    off = replace(SHIPPED, promises=tuple(replace(each, on=each.key == "call") for each in SHIPPED.promises))

    assert [each.key for each in off.promised_at(Starts.ENDED)] == ["call"]
    assert off.promised_at(Starts.NOT_TOLD) == []


def test_a_submission_goes_to_the_agencys_own_stages_and_before_sent_the_client_knows_of_nobody(
    recruiting: Recruiting,
    olive: UUID,
    dana: UUID,
    agency: UUID,
    adas: UUID,  # noqa: F811
    facts: Facts,
) -> None:
    recruiting.change_process(command(olive), agency, after_the_shortlist(TEST))
    with pytest.raises(Refused, match="Choose a stage from the list"):
        move(recruiting, dana, adas, "skills test")

    move(recruiting, dana, adas, "skills test", agency=agency)
    assert not recruiting.repository.get(adas).submitted

    move(recruiting, dana, adas, "offer", agency=agency)
    assert recruiting.repository.get(adas).submitted
    assert [fact.stage for fact in facts(Submission.StageReached)] == ["skills test", "offer"]


# Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I’ll ring on Friday, guaranteed.", "guaranteed"),
        ("You'll DEFINITELY get the job", "DEFINITELY get the job"),
        ("the rate  will be 24", "the rate  will be"),
        ("The rates will be published", None),
        ("Send the rate card", None),
        ("", None),
    ],
)
def test_words_that_nobody_promises_are_found_as_they_stand(text: str, found: str | None) -> None:
    known = found_in(text, SHIPPED_UNPROMISED)

    assert (known and known[0]) == found


def test_letters_with_marks_are_the_same_letters() -> None:
    assert found_in("sûre et certaine", (Unpromised("SURE ET"),)) == ("sûre et", Unpromised("SURE ET"))
