"""Telephone numbers, the same however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.numbers import e164, same_number


@pytest.mark.parametrize(
    ("typed", "country", "read"),
    [
        ("0161 496 0022", "GB", "+441614960022"),
        ("0161 496 0022", "GB-ENG", "+441614960022"),
        ("+44 161 496 0022", "", "+441614960022"),
        ("+44 (0) 161 496-0022", "DE", "+441614960022"),
        ("0044 161 496 0022", "", "+441614960022"),
        ("0044 161 496 0022", "US", "+441614960022"),
        ("(030) 901820", "DE", "+4930901820"),
        ("+44 161 496 0022 x12", "GB", "+441614960022"),
        ("0161 496 0022", "", None),
        ("12", "GB", None),
        ("", "GB", None),
        ("x", "GB", None),
        ("0161 496 0022", "ZZ", None),
    ],
)
def test_a_number_is_read_in_its_country(typed: str, country: str, read: str | None) -> None:
    assert e164(typed, country) == read


@pytest.mark.parametrize(
    ("typed", "country", "told_by"),
    [
        ("0161 496 0022", "", "01614960022"),
        ("0161 496 0022", "GB", "+441614960022"),
        ("1234", "", None),
        ("", "", None),
    ],
)
def test_where_the_country_is_not_known_the_digits_do(typed: str, country: str, told_by: str | None) -> None:
    assert same_number(typed, country) == told_by


@given(st.text(max_size=40), st.sampled_from(["", "GB", "US-NY", "??"]))
def test_whatever_is_typed_is_a_number_or_none(typed: str, country: str) -> None:
    read = e164(typed, country)

    assert read is None or (read.startswith("+") and read[1:].isdigit())
