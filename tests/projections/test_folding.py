"""One way to fold text, for storing and for asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.folding import digits, fold, hits, misspelt, read


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


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("She wants **four** days a week", "fou day", ["four", "days"]),
        ("Łukasz Größe, groß", "lukasz gros", ["Łukasz", "Größe", "groß"]),
        ("Zoe\u0308 said", "zoë", ["Zoe\u0308"]),
        ("re-sign, now re sign", '"re sign"', ["re-sign", "re sign"]),
        ("four days", '"four days" four', ["four days"]),
        ("four days", "four -days", ["four"]),
        ("ada@byron.example", "ada@byron.example", ["ada", "byron", "example"]),
        ("nothing of that", "four", []),
        ("", "four", []),
        ("four", "", []),
    ],
)
def test_hits_stand_where_they_stand_in_the_text(text: str, asked: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in hits(text, asked)] == found


@given(st.text(max_size=60))
def test_every_folded_word_is_a_hit_of_itself(text: str) -> None:
    spans = hits(text, f'"{fold(text)}"')

    assert len(spans) == bool(fold(text))
    assert [fold(text[start:end]) for start, end in spans] == [fold(text)] * bool(fold(text))


@given(st.text(max_size=60), st.text(max_size=20))
def test_hits_stand_in_order_and_apart(text: str, asked: str) -> None:
    ends = [0, *(at for span in hits(text, asked) for at in span), len(text)]

    assert ends == sorted(ends)


@given(st.text(max_size=60))
def test_whatever_is_asked_can_be_asked(asked: str) -> None:
    words = read(asked)

    assert all(word == fold(word) for word in (*words.words, *words.phrases, *words.without_words))
    assert bool(words.match()) == bool(words.words or words.phrases)


@pytest.mark.parametrize("typed", ["byron", "byorn", "byrn", "byyron", "bybon", "byronn"])
def test_one_letter_mistyped_is_the_word_that_was_meant(typed: str) -> None:
    assert any("byron".startswith(way) for way in misspelt(typed))


@pytest.mark.parametrize("typed", ["bxrxn", "cyron", "ad", "0113"])
def test_two_letters_mistyped_or_the_first_one_are_another_word(typed: str) -> None:
    assert not any("byron".startswith(way) for way in misspelt(typed) if way != typed)


def test_a_long_word_is_spelt_in_a_bounded_number_of_ways() -> None:
    assert len(misspelt("a" * 200)) <= 600
