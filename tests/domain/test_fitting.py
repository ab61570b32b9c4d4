"""Who fits a job and why: fixed rules, told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain import places
from domain.fitting import JobCriteria, Known, Said, Verdict, ago, tags_in, why
from domain.job import Job, JobDetails
from domain.recruiting import Recruiting
from domain.refusal import Refused, Stale
from tests.agency import command
from tests.domain.conftest import Facts

TODAY, NOV_3 = date(2026, 11, 25), date(2026, 11, 3)
WARD = JobCriteria(("nurse",), ("ICU", "band 5"), "Leeds", 40, "£22 to £24 an hour", "days", False, ("right to work",))


def told(criteria: JobCriteria, known: Known) -> str:
    """Why, as a page puts it together."""
    reasons = why(criteria, known, TODAY).reasons
    return " · ".join(" ".join(filter(None, [each.words, each.quote, str(each.on or "")])) for each in reasons)


@pytest.fixture
def ward(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.open_job(command(dana), JobDetails("Ward sister", "Leeds"), None, "Acme").streams[0]


def test_criteria_are_chosen_and_chosen_anew(recruiting: Recruiting, dana: UUID, ward: UUID, facts: Facts) -> None:
    asked = JobCriteria((" #Nurse", "nurse"), ("nurse", "ICU"), " Leeds ", 40)
    for _ in range(2):
        recruiting.choose_job_criteria(command(dana), ward, asked, 1 if not facts(Job.JobCriteriaChosen) else 2)

    (fact,) = facts(Job.JobCriteriaChosen)
    assert (fact.must, fact.nice, fact.place, fact.km, fact.person) == (["Nurse"], ["ICU"], "Leeds", 40, None)
    with pytest.raises(Stale):
        recruiting.choose_job_criteria(command(dana), ward, WARD, 1)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (JobCriteria(pay="£24 an hour"), "must", "Choose at least a skill, a place or what they want."),
        (replace(WARD, km=0), "km", "Say 1 to 1,000 km, or nothing for the same place only."),
        (replace(WARD, place=" , "), "place", "Write the name of a place."),
        (JobCriteria(place="🚀"), "place", "Write the name of a place."),
        (replace(WARD, pay="plenty of 🥕"), "pay", "Write an amount, such as £24 an hour or £45k."),
        (replace(WARD, interest="no"), "interest", "Write a word that they would use, such as days or remote."),
        (
            replace(WARD, interest="one two three four five six seven eight nine"),
            "interest",
            "At most 8 words fit here.",
        ),
        (replace(WARD, must=tuple("abcdefghi")), "must", "At most 8 tags fit here."),
        (replace(WARD, permits=("x" * 51,)), "permits", "That is 51 characters; at most 50 fit here."),
    ],
)
def test_criteria_that_find_nobody_are_refused(wrong: JobCriteria, field: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        wrong.checked()

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_what_fits_is_told_in_their_own_words_and_what_is_not_known_is_to_be_asked() -> None:
    known = Known(
        ["Nurse", "Band 5", "right to work"],
        "York, UK",
        [Said("March days only", NOV_3)],
        [Said("Would not go below £23 an hour.", NOV_3)],
    )

    assert told(WARD, known) == (
        "2 of 3 skills (missing: ICU) · 36 km (York, UK) · wants March days only 2026-11-03 · "
        "it pays what they ask Would not go below £23 an hour. 2026-11-03 · #right to work"
    )
    assert told(WARD, Known(["nurse"])) == (
        "1 of 3 skills (missing: ICU, band 5) · place not known: ask · what they want is not known (days): ask · "
        "pay not known: ask · right to work not known: ask"
    )
    assert why(WARD, Known(["nurse"]), TODAY).fits


@pytest.mark.parametrize(
    ("criteria", "known", "words"),
    [
        (WARD, Known(["ICU"]), "1 of 3 skills (missing: nurse, band 5)"),
        (JobCriteria(nice=("ICU",)), Known(["nurse"]), "0 of 1 skill (missing: ICU)"),
        (WARD, Known(["nurse"], "Bristol"), "270 km (Bristol)"),
        (replace(WARD, km=None), Known(["nurse"], "York"), "36 km (York)"),
        (replace(WARD, place="Nowhere Bay"), Known(["nurse"], "Leeds"), "in Leeds"),
        (WARD, Known(["nurse"], visa_until=NOV_3), "visa expired"),
        (replace(WARD, interested_only=True), Known(["nurse"]), "what they want is not known (days): ask"),
    ],
    ids=["must", "no nice one", "far", "elsewhere", "nowhere", "visa", "want"],
)
def test_what_is_known_to_stand_against_it_keeps_them_out(criteria: JobCriteria, known: Known, words: str) -> None:
    assert [reason.words for reason in why(criteria, known, TODAY).against] == [words]


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (Known(place="Headingley, Leeds"), "Headingley, Leeds, the same place"),
        (Known(place="Upper Nowhere"), "in Upper Nowhere (how far is not known): ask"),
        (Known(wants=[Said("No days, nights only", NOV_3)]), "wants No days, nights only 2026-11-03"),
        (Known(statements=[Said("She could do days.", NOV_3)]), "said She could do days. 2026-11-03"),
        (Known(wants=[Said("£30 an hour", NOV_3)]), "asks more than it pays £30 an hour 2026-11-03"),
        (Known(statements=[Said("On £21 an hour now.", NOV_3)]), "on pay: On £21 an hour now. 2026-11-03"),
        (Known(visa_until=date(2027, 3, 1)), "visa until 2027-03-01"),
    ],
    ids=["same", "uncharted", "no", "said", "more", "now", "visa"],
)
def test_each_thing_known_is_told(known: Known, reason: str) -> None:
    assert reason in told(WARD, known).split(" · ")


def test_what_hurts_them_and_what_a_job_pays_is_nothing_that_they_said() -> None:
    painful = Known(statements=[Said("She hates the days.", NOV_3), Said("The client pays £30 an hour.", NOV_3)])

    assert "pay not known: ask" in told(WARD, painful)
    assert "what they want is not known" in told(WARD, painful)


def test_a_no_beside_the_word_is_asked_about() -> None:
    (reason,) = (each for each in why(WARD, Known(wants=[Said("No days", NOV_3)]), TODAY).reasons if each.quote)

    assert reason.verdict is Verdict.ASK


def test_another_place_of_the_same_name_is_called_so() -> None:
    assert "Newport, Wales, a place of the same name" in told(
        replace(WARD, place="Newport"), Known(place="Newport, Wales")
    )


def test_distances_are_known_between_charted_places_alone() -> None:
    assert places.apart("leeds", "york") == 36
    assert places.apart("leeds", "newport") is None  # there are three
    assert places.around("leeds", 1) == {"leeds"}
    assert places.around("nowhere bay", 500) == {"nowhere bay"}
    assert places.town("Birmingham, USA") == "birmingham usa"
    assert places.town("12 Hoe Street, Plymouth, UK") == "plymouth"
    assert places.town(" ,") == places.town("🚀") == ""
    assert places.charted(places.town("München"))


def test_tags_are_offered_that_stand_in_the_title_of_a_job() -> None:
    assert tags_in("Senior staff nurse (ICU)", ["ICU", "staff nurse", "nurses", "night", "🚀"]) == [
        "ICU",
        "staff nurse",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "1 day ago"),
        (20, "20 days ago"),
        (21, "3 weeks ago"),
        (215, "7 months ago"),
        (800, "2 years ago"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(days: int, words: str) -> None:
    assert ago(days) == words
