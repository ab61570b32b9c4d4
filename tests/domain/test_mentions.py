"""What a note says about pay and about pains, in its own sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mentions import about_notice, about_pain, about_pay, about_place, amounts, periods, said_twice, sentences


@pytest.mark.parametrize(
    "said",
    [
        "On £17.50 at the moment.",
        "looking for 45k + car",
        "wants at least 350 a day",
        "Rate 21.50 umbrella agreed.",
        "salary must not go under what she has",
        "$32/hr in Boston",
        "won't move for pay below 30",
    ],
)
def test_pay_is_a_figure_or_a_comparison_beside_the_word(said: str) -> None:
    assert about_pay(f"Nice call. {said}") == [said]


@pytest.mark.parametrize("said", ["Rate to follow.", "She has 12 years on wards.", "Pays attention", "Ring at 10"])
def test_what_names_no_figure_and_no_pay_is_not_about_pay(said: str) -> None:
    assert about_pay(said) == []


@pytest.mark.parametrize(
    "said",
    ["No more nights!", "She is fed up with the rota", "hates the commute", "Doesn't want agency work", "feels stuck"],
)
def test_pains_are_what_they_are_fed_up_with(said: str) -> None:
    assert about_pain(f"Works in Leeds.\n{said}") == [said]


def test_what_pleases_is_no_pain() -> None:
    assert about_pain("Loves the ward. Wants four days. Team is great.") == []


def test_a_figure_does_not_end_a_sentence() -> None:
    assert sentences("On £17.50 now. Wants 20.\n- starts Monday") == ["On £17.50 now.", "Wants 20.", "starts Monday"]


@given(st.text(max_size=2000))
def test_what_is_quoted_stands_in_the_note(note: str) -> None:
    about = (about_pay, about_pain, about_notice, about_place)
    assert all(said in note for said in (*sentences(note), *(each for find in about for each in find(note))))
    for said in sentences(note):
        assert all(figure.value >= 0 for figure in (*amounts(said), *periods(said)))


@pytest.mark.parametrize(
    "said",
    [
        "Notice is 4 weeks.",
        "on three months' notice",
        "Has to give a month's notice",
        "no notice",
        "could start immediately",
    ],
)
def test_notice_is_a_length_beside_the_word_or_at_once(said: str) -> None:
    assert about_notice(f"Nice call. {said}") == [said]


@pytest.mark.parametrize(
    "said", ["I notice that 4 weeks passed", "Noticed it 2 weeks ago", "Replied immediately", "Notice!"]
)
def test_what_names_no_length_is_not_about_notice(said: str) -> None:
    assert about_notice(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Lives in York.",
        "would relocate for it",
        "The commute is 40 miles",
        "only in the Leeds area",
        "Wants hybrid",
        "moving to Hull",
    ],
)
def test_place_is_where_they_live_or_would_work(said: str) -> None:
    assert about_place(f"Nice call. {said}") == [said]


def test_a_stage_is_no_place() -> None:
    assert about_place("Moved to the next stage. Knows the office manager.") == []


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("On £17.50 at the moment.", [("pay", "hour", "17.5")]),
        ("Rate 21.50 umbrella agreed", [("pay", "hour", "21.5")]),
        ("wants at least 350 a day", [("pay wanted", "day", "350")]),
        ("£60,000 a year", [("pay", "year", "60000")]),
        ("looking for 40-45k", [("pay wanted", "year", "40000"), ("pay wanted", "year", "45000")]),
        ("earns £17.50, wants 19", [("pay", "hour", "17.5"), ("pay wanted", "hour", "19")]),
        ("paid 17.50 for 12 years", [("pay", "hour", "17.5")]),
        ("the client pays £21 an hour", []),
        ("Ring at 10", []),
    ],
)
def test_amounts_are_read_with_what_they_are_paid_by(said: str, figures: list[tuple[str, str, str]]) -> None:
    assert [(each.about, each.unit, each.value) for each in amounts(said)] == [
        (about, unit, Decimal(value)) for about, unit, value in figures
    ]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("notice 4 weeks", 28),
        ("a month's notice", 28),
        ("notice is three months", 84),
        ("no notice", 0),
        ("2-week notice", 14),
    ],
)
def test_periods_are_read_in_days(said: str, days: int) -> None:
    assert [each.value for each in periods(said)] == [days]


def test_two_statements_that_differ_are_told_the_later_first() -> None:
    pay, notice = said_twice(
        [
            (4, "Now on £19 an hour."),
            (3, "8 weeks' notice"),
            (2, "Earns £17.50"),
            (1, "4 weeks' notice"),
            (0, "On 16.00 pay"),
        ]
    )

    assert (pay.about, pay.later, pay.earlier) == ("pay", (4, "Now on £19 an hour."), (2, "Earns £17.50"))
    assert (notice.about, notice.later[0], notice.earlier[0]) == ("notice", 3, 1)


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("on a month's notice", "4 weeks' notice"),
        ("Wants £19 an hour", "Earns £17.50 an hour"),
        ("£300 a day", "pay is £40 an hour"),
        ("somewhere from 40 to 45k", "happy with 45k"),
        ("No more nights", "Loves nights"),
    ],
)
def test_what_may_both_be_true_is_not_told(later: str, earlier: str) -> None:
    assert said_twice([(1, later), (0, earlier)]) == []
