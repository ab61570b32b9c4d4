"""What in a note sounds like somebody's health, family or a conviction: seldom wrong, and it never takes long."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sensitive import BY_WORD, HIDDEN, Kind, masked, sensitive_passages, standing
from tests.domain.sensitive.labelled import Label, Labelled, notes, score

ENDS = 10  # seconds of a processor: no measure of speed, but patterns that trip over themselves take hours
BATCHES = {"first.txt": 0.95, "second.txt": 0.95, "third.txt": 0.95, "fourth.txt": 0.6}  # and what is to be found
JOBS = """
Staff nurse, oncology ward
mental health nurse
Family law solicitor
Court clerk at Bradford
DBS due
Enhanced DBS clear
Asked about the sick pay rate
Child protection officer
Health and safety manager
Three month probation, then a rise
HR business partner
No convictions, clean licence
"""


def found(note: str) -> list[tuple[str, str]]:
    return [(str(passage.kind), note[passage.start : passage.end]) for passage in sensitive_passages(note)]


# How well it judges


@pytest.mark.parametrize("batch", BATCHES)
def test_of_ten_passages_found_nine_are_sensitive(batch: str) -> None:
    result = score(notes(batch))

    assert result.precision >= 0.9, result.mistakes
    assert result.recall >= BATCHES[batch], result.mistakes


@pytest.mark.parametrize("job", JOBS.strip().splitlines())
def test_a_job_is_nobodys_private_life(job: str) -> None:
    assert found(job) == []


def test_the_judge_counts_a_wrong_kind_a_half_and_nothing_found_as_mistakes() -> None:
    """Else the figures above would hold nothing."""
    read = Labelled.read("Nice. [h: She is pregnant], rang. [hf: Mum is ill]")
    assert read == Labelled("Nice. She is pregnant, rang. Mum is ill", (Label(6, 21, "h"), Label(29, 39, "hf")))

    result = score(
        [read, *map(Labelled.read, ["[f: She is off sick]", "[h: all of it: off sick]", "He is deaf", "[c: x]"])]
    )

    assert (result.right, result.wrong, result.found, result.missed) == (3, 2, 2, 3)
    assert len(result.mistakes) == 5


# What a passage is


@pytest.mark.parametrize(
    ("note", "passages"),
    [
        ("Rang. She is off sick until May. Wants days.", [("health", "She is off sick until May")]),
        ("He can start Monday but his wife is due in June!", [("family", "his wife is due in June")]),
        ("Six points on her licence, check.", [("conviction", "Six points on her licence")]),
        ("Divorced, two kids, wants nights.", [("family", "Divorced, two kids")]),
        ("* off sick\n* divorced\n", [("health", "off sick"), ("family", "divorced")]),
        ("hes off sick w/ his back", [("health", "hes off sick w/ his back")]),
        ("It’s private: she’s pregnant.", [("health", "she’s pregnant")]),
        ("", []),
    ],
)
def test_a_passage_is_the_clause_that_says_it(note: str, passages: list[tuple[str, str]]) -> None:
    assert found(note) == passages


WORDS = st.sampled_from(
    [*BY_WORD, "he", "she", "his", "has", "is", "and", ",", ".", "\n", "(", "—", "’s", "É", "the", "in"]
)


@given(st.text(max_size=300) | st.lists(WORDS, max_size=80).map(" ".join))
def test_whatever_is_written_passages_are_exact_in_order_and_apart(note: str) -> None:
    passages = sensitive_passages(note)

    assert all(0 <= passage.start < passage.end <= len(note) for passage in passages)
    assert all(one.end <= next.start for one, next in pairwise(passages))
    for passage in passages:
        words = note[passage.start : passage.end]
        assert words == words.strip()
        assert isinstance(passage.kind, Kind)
        assert (passage.start, passage.end) in standing(note, [words])


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "a ", " ", "\n", "(", ", ", "and ", "and he ", " - ", "'", "a’", "* # > ", "so but ", "É", "1 2 3 "),
        *("has a b c d stroke ", "is in the court ", "served a b months for drugs ", "his his bad back ", "her "),
        *("She is pregnant, off sick. His wife has cancer; ", "points on his licence no ", " ".join(BY_WORD) + " "),
    ],
)
def test_ten_thousand_characters_of_anything_are_read_to_their_end(piece: str) -> None:
    note = (piece * 10_000)[:10_000]

    begun = time.process_time()
    sensitive_passages(note)

    assert time.process_time() - begun < ENDS


# Masking


@pytest.mark.parametrize(
    ("words", "passages", "shown"),
    [
        ("She is off sick until May.", ["off sick"], "She is [sensitive] until May."),
        ("ill, ill, illness", ["ill"], "[sensitive], [sensitive], illness"),
        ("one two three four", ["one two", "two three"], "[sensitive] four"),
        ("one two", ["one", "one two"], "[sensitive]"),
        ("nothing here", ["gone", ""], "nothing here"),
        ("", ["x"], ""),
        ("a.b", [".b"], "a[sensitive]"),
    ],
)
def test_passages_are_masked_wherever_they_stand_as_whole_words(words: str, passages: list[str], shown: str) -> None:
    assert masked(words, passages) == shown
    assert masked(words, passages, "…") == shown.replace(HIDDEN, "…")


@given(st.text("ab .", max_size=30), st.lists(st.text("ab .", min_size=1, max_size=4), max_size=4))
def test_what_is_masked_can_be_put_back(words: str, passages: list[str]) -> None:
    spots = standing(words, passages)
    shown = masked(words, passages, "\0")

    pieces = shown.split("\0")
    hidden = [words[start:end] for start, end in spots]
    assert len(pieces) == len(hidden) + 1
    assert "".join(piece + secret for piece, secret in zip(pieces, [*hidden, ""], strict=True)) == words
