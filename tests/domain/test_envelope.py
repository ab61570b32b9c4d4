"""An envelope opens only as it was closed, where it was put, with its own keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.store.encoding import decode, encode
from domain.store.envelope import (
    DoesNotOpen,
    Header,
    Place,
    Sealed,
    commit,
    leaf,
    parse,
    seal,
)

ADA = UUID("0e37df36-f698-11e6-8dd4-cb9ced3df976")
BOB = UUID("2b3c4d5e-f698-11e6-8dd4-cb9ced3df977")
ADAS_KEY, BOBS_KEY = bytes(range(32)), bytes(range(1, 33))
PLACE = Place(UUID(int=7), 3, "touchpoint.recorded")
HEADER = Header(
    format=1,
    recorded_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    by=UUID(int=1),
    person=ADA,
    command=UUID(int=2),
    ordinal=0,
    facts={"channel": "call", "outcome": "talked"},
)
WORDS = {"words": "She wants four days a week.", "why": None}


@pytest.fixture(scope="module")
def closed() -> Sealed:
    return seal(PLACE, HEADER, WORDS, ADAS_KEY)


def test_the_words_come_back_with_the_persons_key(closed: Sealed) -> None:
    assert parse(closed.state).open(PLACE, closed.wrap, ADAS_KEY) == WORDS


def test_the_header_is_readable_without_any_key(closed: Sealed) -> None:
    header = parse(closed.state).header

    assert replace(header, commitment=b"") == HEADER


def test_the_words_are_not_readable_in_the_envelope(closed: Sealed) -> None:
    assert b"four days" not in closed.state


def test_the_same_words_never_look_the_same_twice() -> None:
    first, second = (seal(PLACE, HEADER, WORDS, ADAS_KEY) for _ in range(2))

    assert first.state != second.state
    assert parse(first.state).header.commitment != parse(second.state).header.commitment
    assert first.wrap != second.wrap


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, stream=UUID(int=8)),
        replace(PLACE, version=4),
        replace(PLACE, topic="touchpoint.corrected"),
    ],
    ids=["another stream", "another version", "another topic"],
)
def test_an_envelope_does_not_open_in_another_place(closed: Sealed, elsewhere: Place) -> None:
    with pytest.raises(DoesNotOpen):
        parse(closed.state).open(elsewhere, closed.wrap, ADAS_KEY)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recorded_at", datetime(2026, 11, 23, 9, 1, tzinfo=UTC)),
        ("by", UUID(int=9)),
        ("by", None),
        ("person", BOB),
        ("command", UUID(int=9)),
        ("ordinal", 1),
        ("facts", {"channel": "letter", "outcome": "talked"}),
        ("facts", {}),
        ("commitment", bytes(32)),
    ],
)
def test_an_envelope_with_another_header_does_not_open(closed: Sealed, field: str, value: object) -> None:
    envelope = parse(closed.state)
    forged = parse(_with(closed, replace(envelope.header, **{field: value})))

    with pytest.raises(DoesNotOpen):
        forged.open(PLACE, closed.wrap, ADAS_KEY)


def test_no_byte_of_the_envelope_can_be_changed(closed: Sealed) -> None:
    for at in range(len(closed.state)):
        changed = bytearray(closed.state)
        changed[at] ^= 1

        with pytest.raises(DoesNotOpen):
            parse(bytes(changed)).open(PLACE, closed.wrap, ADAS_KEY)


def test_no_byte_of_the_wrap_can_be_changed(closed: Sealed) -> None:
    assert closed.wrap is not None
    envelope = parse(closed.state)
    for at in range(len(closed.wrap)):
        changed = bytearray(closed.wrap)
        changed[at] ^= 1

        with pytest.raises(DoesNotOpen):
            envelope.open(PLACE, bytes(changed), ADAS_KEY)


@pytest.mark.parametrize("wrap", [b"", b"short", bytes(60)])
def test_a_wrap_that_is_none_does_not_open(closed: Sealed, wrap: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        parse(closed.state).open(PLACE, wrap, ADAS_KEY)


def test_an_envelope_does_not_open_with_another_persons_key(closed: Sealed) -> None:
    with pytest.raises(DoesNotOpen):
        parse(closed.state).open(PLACE, closed.wrap, BOBS_KEY)


def test_an_envelope_does_not_open_with_the_wrap_of_another_event(closed: Sealed) -> None:
    next_one = seal(replace(PLACE, version=4), HEADER, WORDS, ADAS_KEY)

    with pytest.raises(DoesNotOpen):
        parse(closed.state).open(PLACE, next_one.wrap, ADAS_KEY)


def test_words_cut_out_of_an_envelope_are_missed(closed: Sealed) -> None:
    clear, _ = decode(closed.state)
    emptied = parse(encode([clear, b""]))

    with pytest.raises(DoesNotOpen):
        emptied.open(PLACE, closed.wrap, ADAS_KEY)


def test_without_its_wrap_the_words_are_forgotten(closed: Sealed) -> None:
    assert parse(closed.state).open(PLACE, None, ADAS_KEY) is None


def test_without_the_persons_key_the_words_are_forgotten(closed: Sealed) -> None:
    assert parse(closed.state).open(PLACE, closed.wrap, None) is None


def test_an_envelope_without_words_needs_no_key() -> None:
    closed = seal(PLACE, HEADER, {}, None)

    assert closed.wrap is None
    assert parse(closed.state).open(PLACE, None, None) == {}


def test_words_are_never_stored_without_a_key() -> None:
    with pytest.raises(TypeError):
        seal(PLACE, HEADER, WORDS, None)


@given(salt=st.binary(min_size=32, max_size=32), words=st.text(max_size=50))
def test_the_commitment_is_the_hash_of_salt_and_words(salt: bytes, words: str) -> None:
    plaintext = encode({"words": words})

    assert commit(salt, plaintext) == sha256(salt + plaintext).digest()


def test_shown_words_can_be_checked_without_any_key(monkeypatch: pytest.MonkeyPatch) -> None:
    salt = bytes(range(32))
    monkeypatch.setattr("secrets.token_bytes", lambda length: salt[:length])
    closed = seal(PLACE, HEADER, WORDS, ADAS_KEY)

    shown_to_the_auditor = (parse(closed.state).header.commitment, salt, encode(WORDS))

    commitment, shown_salt, shown_words = shown_to_the_auditor
    assert sha256(shown_salt + shown_words).digest() == commitment
    assert sha256(shown_salt + encode({"words": "Five days."})).digest() != commitment


def test_the_leaf_is_that_of_rfc_6962(closed: Sealed) -> None:
    entry = encode([PLACE.stream, PLACE.version, PLACE.topic, closed.state])

    assert leaf(PLACE, closed.state) == sha256(b"\0" + entry).digest()


@pytest.mark.parametrize(
    "elsewhere",
    [replace(PLACE, stream=BOB), replace(PLACE, version=4), replace(PLACE, topic="note")],
    ids=["another stream", "another version", "another topic"],
)
def test_the_leaf_names_the_place_of_the_event(closed: Sealed, elsewhere: Place) -> None:
    assert leaf(elsewhere, closed.state) != leaf(PLACE, closed.state)


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{}",
        encode(None),
        encode([]),
        encode([b"", b""]),
        encode({"clear": b"", "sealed": b""}),
        encode([encode([1]), b""]),
        encode([encode("not a header"), b""]),
        encode([5, b""]),
    ],
    ids=repr,
)
def test_bytes_that_are_no_envelope_are_refused(state: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        parse(state)


@pytest.mark.parametrize("format", [0, 2, None, "1"])
def test_an_envelope_of_a_later_format_is_not_guessed_at(closed: Sealed, format: object) -> None:
    with pytest.raises(DoesNotOpen, match="not known to this version"):
        parse(_with(closed, replace(HEADER, format=format)))  # type: ignore[arg-type]


def _with(closed: Sealed, header: Header) -> bytes:
    """The same envelope under another header."""
    _, ciphertext = decode(closed.state)
    return encode([encode([*vars(header).values()]), ciphertext])
