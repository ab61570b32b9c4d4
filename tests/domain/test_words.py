"""What may be typed into a field."""

from __future__ import annotations

import pytest

from domain.refusal import Refused
from domain.words import LONGEST_LINE, LONGEST_LINK, LONGEST_NOTE, LONGEST_TAG, email, line, link, note, phone, tag

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


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\ufeff \u2060", "\u00a0\u3000", "\u3164", "\u2800\u2800", "\u202e\u202c", "\u0301", "\ufe0f"]
)
@pytest.mark.parametrize("check", [line, note])
def test_what_cannot_be_seen_is_nothing(check, unseen: str) -> None:  # type: ignore[no-untyped-def]
    assert check(unseen, "name") == ""
    with pytest.raises(Refused, match="Say who"):
        check(unseen, "name", "Say who it is.")


@pytest.mark.parametrize("seen", ["a\u200b", "e\u0301", "\u0645\u200c\u0645", "👩\u200d⚕\ufe0f", "\u202eאדה"])
def test_among_what_can_be_seen_it_stays_as_it_was_typed(seen: str) -> None:
    assert line(seen, "name") == seen


@pytest.mark.parametrize(
    "address",
    ["https://profiles.example/in/ada-byron?x=1#top", "http://ats.example:8080/c/17", "HTTPS://a.example", ""],
)
def test_an_address_on_the_web_is_a_link(address: str) -> None:
    assert link(f" {address} ", "link") == address


@pytest.mark.parametrize(
    "address",
    [
        "profiles.example/ada",
        "javascript:alert(1)",
        "ftp://a.example",
        "https://",
        "https:///x",
        "https://a b",
        "http://[",
        "x:",
    ],
)
def test_anything_else_is_no_link(address: str) -> None:
    with pytest.raises(Refused) as refused:
        link(address, "link")

    assert refused.value.sentence == "This does not look like a link. It begins with https://"


def test_the_longest_link_and_the_longest_tag_fit_and_no_longer_ones() -> None:
    start = "https://a.example/"
    assert len(link(start + "x" * (LONGEST_LINK - len(start)), "link")) == 500
    assert len(tag("x" * LONGEST_TAG, "tags")) == 50
    with pytest.raises(Refused, match="at most 500"):
        link(start + "x" * LONGEST_LINK, "link")
    with pytest.raises(Refused, match="at most 50 fit"):
        tag("x" * 51, "tags")


def test_a_tag_has_no_hash_before_it() -> None:
    assert tag(" #night  shift ", "tags") == "night shift"


@pytest.mark.parametrize("text", ["", " # ", "##", "\u200b"])
def test_a_tag_is_a_word(text: str) -> None:
    with pytest.raises(Refused) as refused:
        tag(text, "tags")

    assert (refused.value.sentence, refused.value.field) == ("Write a tag.", "tags")
