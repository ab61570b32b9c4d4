"""What a job has for somebody: selling points against what hurts them and what they want."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.job import Job, JobDetails
from domain.pitch import Voiced, answers, pitch, themes
from domain.recruiting import Recruiting
from domain.refusal import Refused
from tests.agency import command
from tests.domain.conftest import Facts

NOV_3 = date(2026, 11, 3)
STATION, WEEKENDS, CANTEEN = "Ten minutes from the station", "No weekends", "A canteen"


def test_selling_points_are_chosen_one_a_line(recruiting: Recruiting, dana: UUID, facts: Facts) -> None:
    ward = recruiting.open_job(command(dana), JobDetails("Ward sister"), None, "Acme").streams[0]
    for _ in range(2):
        recruiting.choose_selling_points(command(dana), ward, (f" {STATION} ", "", WEEKENDS, STATION))

    (fact,) = facts(Job.SellingPointsChosen)
    assert fact.points == [STATION, WEEKENDS]
    for too_much, sentence in (
        (("x" * 201,), "That is 201 characters; at most 200 fit here."),
        ([str(number) for number in range(21)], "At most 20 selling points fit here."),
    ):
        with pytest.raises(Refused, match=sentence):
            recruiting.choose_selling_points(command(dana), ward, too_much)


def test_points_stand_beside_what_they_answer_and_nothing_else_is_claimed() -> None:
    driving = Voiced("pain", "The commute", "two hours of driving a day", NOV_3)
    boss = Voiced("pain", "Her manager never listens", "", NOV_3)

    made = pitch([STATION, WEEKENDS, CANTEEN], [driving, boss])

    assert [(pair.voiced, pair.points) for pair in made.answered] == [(driving, [STATION])]
    assert made.unanswered == [boss]
    assert made.unused == [WEEKENDS, CANTEEN]
    assert pitch([], [boss]).unanswered == [boss]


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("£28 an hour, paid weekly", "Underpaid for years"),
        ("Fully remote", "wants to work from home"),
        ("Permanent from day one", "zero hours contract"),
        ("Paid training for band 6", "Stuck, no progression"),
        ("Compressed week", "school runs"),
        ("New MRI scanner", "an old scanner that breaks"),
    ],
)
def test_what_is_about_the_same_answers(point: str, said: str) -> None:
    assert answers(point, said)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("Ten minutes from the station", "minutes late every day"),
        ("Four people to lead", "Less than the people she trains"),
        ("A canteen", "🙂"),
        ("", "Pay"),
    ],
)
def test_what_is_about_something_else_does_not(point: str, said: str) -> None:
    assert not answers(point, said)


def test_a_theme_is_told_by_its_words() -> None:
    assert themes("Pay and parking") == {"pay", "commute"}
    assert themes("Paypal") == frozenset()
