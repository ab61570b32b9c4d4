"""One value, one form in bytes, for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.store.encoding import NotCanonical, decode, encode, instant, microseconds

ADA = UUID("0e37df36-f698-11e6-8dd4-cb9ced3df976")

instants = st.datetimes(timezones=st.just(UTC))
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.uuids()
    | st.dates()
    | st.times()
    | instants
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "red"


@given(values)
@settings(max_examples=100)
def test_what_is_encoded_comes_back(value: Any) -> None:
    back = decode(encode(value))

    assert back == value
    assert _kinds(back) == _kinds(value)


@given(values, st.data())
@settings(max_examples=150)
def test_bytes_that_decode_are_the_only_bytes_of_their_value(value: Any, data: st.DataObject) -> None:
    changed = bytearray(encode(value))
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))

    try:
        found = decode(bytes(changed))
    except NotCanonical:
        return

    assert encode(found) == bytes(changed)


@given(st.binary(max_size=60))
@settings(max_examples=150)
def test_any_bytes_decode_canonically_or_are_refused(noise: bytes) -> None:
    try:
        found = decode(noise)
    except NotCanonical:
        return

    assert encode(found) == noise


@given(st.dictionaries(st.text(max_size=5), st.integers(), min_size=2, max_size=6))
def test_the_order_in_which_a_mapping_was_filled_does_not_show(mapping: dict[str, int]) -> None:
    backwards = dict(reversed(mapping.items()))

    assert encode(backwards) == encode(mapping)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, b"N\0\0\0\0"),
        (True, b"B\0\0\0\x011"),
        (-12, b"I\0\0\0\x03-12"),
        ("Zoë", b"S\0\0\0\x04Zo\xc3\xab"),
        (b"\0\xff", b"Y\0\0\0\x02\0\xff"),
        (ADA, b"U\0\0\0\x10" + ADA.bytes),
        (datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), b"T\0\0\0\x071000000"),
        (date(2026, 11, 27), b"D\0\0\0\x0a2026-11-27"),
        (time(9, 0), b"H\0\0\0\x0809:00:00"),
        ([1, None], b"L\0\0\0\x0bI\0\0\0\x011N\0\0\0\0"),
        ({"b": 1, "a": 2}, b"M\0\0\0\x18S\0\0\0\x01aI\0\0\0\x012S\0\0\0\x01bI\0\0\0\x011"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_stored_form_of_a_value_is_this_one(value: Any, stored: bytes) -> None:
    assert encode(value) == stored


def test_an_instant_is_stored_alike_in_whichever_zone_it_was_said() -> None:
    in_london = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    in_sydney = in_london.astimezone(ZoneInfo("Australia/Sydney"))

    assert encode(in_sydney) == encode(in_london)


def test_a_word_from_a_list_of_words_is_stored_as_a_text() -> None:
    assert encode(Colour.RED) == encode("red")


def test_a_tuple_comes_back_as_a_list() -> None:
    assert decode(encode((1, 2))) == [1, 2]


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        {1, 2},
        object(),
        datetime(2026, 11, 27, 9, 0),  # noqa: DTZ001 a naive instant is what is refused
        time(9, 0, tzinfo=UTC),
        {1: "a number as key"},
        {None: "nothing as key"},
    ],
    ids=["a fraction", "a set", "an object", "a naive instant", "a time with a zone", "a number as key", "no key"],
)
def test_what_has_no_canonical_form_is_not_encoded(value: Any) -> None:
    with pytest.raises(TypeError):
        encode(value)


def _of(tag: bytes, body: bytes) -> bytes:
    return tag + len(body).to_bytes(4, "big") + body


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"N\0\0",
        b"S\0\0\0\x05abc",
        encode(1) + b"\0",
        _of(b"?", b""),
        _of(b"N", b"0"),
        _of(b"B", b"2"),
        _of(b"B", b""),
        _of(b"I", b"007"),
        _of(b"I", b"+7"),
        _of(b"I", b" 7"),
        _of(b"I", b"1_000"),
        _of(b"I", b"-0"),
        _of(b"I", "٣".encode()),
        _of(b"I", b"1" * 5000),
        _of(b"S", b"\xff"),
        _of(b"S", b"\xed\xa0\x80"),
        _of(b"U", b"short"),
        _of(b"T", b"1e6"),
        _of(b"T", b"0" * 2),
        _of(b"T", b"9" * 30),
        _of(b"D", b"20261127"),
        _of(b"D", b"2026-W48-5"),
        _of(b"D", b"2026-02-30"),
        _of(b"H", b"09:00"),
        _of(b"H", b"09:00:00.000000"),
        _of(b"H", b"09:00:00+00:00"),
        _of(b"L", b"N"),
        _of(b"M", encode("key alone")),
        _of(b"M", encode("b") + encode(1) + encode("a") + encode(2)),
        _of(b"M", encode("a") + encode(1) + encode("a") + encode(2)),
        _of(b"M", encode(1) + encode(2)),
        _of(b"M", encode(None) + encode(2)),
        _of(b"M", encode([]) + encode(2)),
    ],
    ids=repr,
)
def test_other_bytes_are_no_form_of_any_value(stored: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(stored)


def test_lists_nested_without_end_are_refused() -> None:
    nested = b""
    for _ in range(2000):
        nested = _of(b"L", nested)

    with pytest.raises(NotCanonical):
        decode(nested)


@given(instants)
def test_microseconds_lead_back_to_the_same_instant(moment: datetime) -> None:
    assert instant(microseconds(moment)) == moment


def test_microseconds_of_an_instant_without_a_zone_are_unknown() -> None:
    with pytest.raises(TypeError):
        microseconds(datetime(2026, 11, 27, 9, 0))  # noqa: DTZ001 a naive instant is what is refused


def _kinds(value: Any) -> Any:
    """The kinds of all values in this one: True is not 1, a date is not an instant."""
    if isinstance(value, list):
        return [_kinds(item) for item in value]
    if isinstance(value, dict):
        return {key: _kinds(item) for key, item in value.items()}
    return type(value)
