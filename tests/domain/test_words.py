"""What may be typed into a field."""

from __future__ import annotations

import pytest

from domain.refusal import Refused
from domain.words import LONGEST_LINE, LONGEST_NOTE, email, line, note, phone

STRANGE = "This holds characters that cannot be stored. Please type it again."


def test_a_line_has_its_spaces_folded() -> None:
    assert line("  Ada \t\n  Byron ", "name") == "Ada Byron"


def test_a_note_keeps_its_lines_and_loses_what_surrounds_them() -> None:
    assert note("\r\n one\r\ntwo\rthree\n\n", "note") == "one\ntwo\nthree"


def test_words_of_every_script_are_words() -> None:
    assert line("Łukasz O’Neill 王小明 👩🏽‍⚕️", "name") == "Łukasz O’Neill 王小明 👩🏽‍⚕️"


@pytest.mark.parametrize("check", [line, note, email])
def test_an_empty_field_is_allowed_where_nothing_is_asked_for(check) -> None:  # type: ignore[no-untyped-def]
    assert check("  \n ", "field") == ""


@pytest.mark.parametrize("check", [line, note, email])
def test_an_empty_field_is_refused_with_the_sentence_of_its_form(check) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        check("  \n ", "field", "Say it.")

    assert (refused.value.sentence, refused.value.field) == ("Say it.", "field")


def test_the_longest_line_and_the_longest_note_fit() -> None:
    assert len(line("x" * LONGEST_LINE, "name")) == 200
    assert len(note("x" * LONGEST_NOTE, "note")) == 10_000


@pytest.mark.parametrize(
    ("check", "longest", "sentence"),
    [
        (line, LONGEST_LINE, "That is 201 characters; at most 200 fit here."),
        (note, LONGEST_NOTE, "That is 10,001 characters; at most 10,000 fit here."),
    ],
)
def test_one_character_more_does_not_fit(check, longest: int, sentence: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        check("x" * (longest + 1), "field")

    assert (refused.value.sentence, refused.value.field) == (sentence, "field")


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\x7f", "\ud800", "\udfff"])
@pytest.mark.parametrize("check", [line, note])
def test_characters_that_cannot_be_stored_are_refused(check, character: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as refused:
        check(f"be{character}fore", "note")

    assert refused.value.sentence == STRANGE


@pytest.mark.parametrize("typed", ["ada@byron.example", "Ada.B+cv@mail.byron.example", "ädä@bürön.example"])
def test_an_address_that_can_be_written_to_is_kept_as_typed(typed: str) -> None:
    assert email(f" {typed} ", "email") == typed


@pytest.mark.parametrize(
    "typed",
    ["ada", "ada@", "@byron.example", "ada@byron", "a da@byron.example", "a@b.example, c@d.example", "<a@b.example>"],
)
def test_an_address_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        email(typed, "email")

    assert (refused.value.sentence, refused.value.field) == ("This does not look like an e-mail address.", "email")


@pytest.mark.parametrize("typed", ["+44 20 7946 0011", "(0161) 496-0022", "020.7946.0011", "0161/4960022 x12", ""])
def test_a_number_that_can_be_rung_is_kept_as_typed(typed: str) -> None:
    assert phone(f" {typed} ", "phone") == typed


@pytest.mark.parametrize("typed", ["12", "ring me", "0161 496 OO22", "1" * 21])
def test_a_number_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        phone(typed, "phone")

    assert (refused.value.sentence, refused.value.field) == ("This does not look like a telephone number.", "phone")
