"""One way to fold text, for storing and for asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.folding import digits, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz O'Neill", "lukasz o neill"),
        ("ÉMILE  Brün-Größe", "emile brun grosse"),
        ("Søren Æbelø", "soren aebelo"),
        ("Đặng Thị Hương", "dang thi huong"),
        ("İstanbul ışık", "istanbul isik"),
        ("Þóra Œuvre", "thora oeuvre"),
        ("ﬁle ½ ²", "file 1 2 2"),
        ("ada@byron.example", "ada byron example"),
        ("C++ / C#, .NET", "c c net"),
        ("snake_case", "snake case"),
        ("王小明 Ван", "王小明 ван"),
        ("日本ガイド", "日本カイト"),
        ("  \n\t– ", ""),
    ],
)
def test_text_is_folded_to_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_capitals_make_no_difference(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


def test_of_a_telephone_number_the_digits_count() -> None:
    assert digits("+44 (0)20 7946-0011") == "4402079460011"
