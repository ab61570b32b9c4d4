"""What a note says about pay and about pains, in its own sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mentions import about_pain, about_pay, sentences


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
    assert all(said in note for said in (*sentences(note), *about_pay(note), *about_pain(note)))
