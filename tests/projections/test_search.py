"""Finding people by name, place, mail and number, and what was said by its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest

from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, ZONE, command
from tests.conftest import Cast

FRIDAY = Due(date(2026, 11, 27), None, ZONE)
Note = Callable[..., UUID]


@pytest.fixture
def note(recruiting: Recruiting, dana: UUID) -> Note:
    """`note(candidate, words, promise=…)`: the id of the touchpoint."""

    def note(candidate: UUID, words: str, promise: str | None = None) -> UUID:
        promised = NewPromise(promise, FRIDAY, dana) if promise else None
        return recruiting.record_touchpoint(
            command(dana), candidate, "e-mail", "in", None, MONDAY, words, promised
        ).streams[0]

    return note


# People


@pytest.fixture(scope="module")
def people(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Views]:
    """Ada, Bob and Łukasz, only looked at."""
    with cast.copied(tmp_path_factory.mktemp("people")) as (verbs, views):
        verbs.add_candidate(command(cast.dana), "Łukasz Größe")
        views.catch_up()
        yield views


@pytest.mark.parametrize(
    "asked",
    [
        "ada byron",
        "Byron",
        "BYR",
        "byron ada",
        "  ada,  by ",
        "nurse",
        "staff nur",
        "leeds",
        "ada leeds",
        "ada@byron.example",
        "byron.exam",
        "+44 20 7946 0011",
        "020 7946 0011",
        "(020) 79460011",
        "0044 20 7946-0011",
        "7946 0011",
        "+44 20 79",
        "020 79",
    ],
)
def test_a_person_is_found_by_any_words_that_begin_so(people: Views, ada: UUID, asked: str) -> None:
    assert [row.candidate for row in people.search.people(asked)] == [ada]


@pytest.mark.parametrize(
    "asked", ["", "  ", "?!", "yron", "ada marsh", "bobby", "0161 496 0011", '"', "a* OR b*", "NEAR(ada byron)", "()"]
)
def test_nobody_is_found_by_what_nobody_has(people: Views, asked: str) -> None:
    assert people.search.people(asked) == []


@pytest.mark.parametrize("asked", ["Łukasz Größe", "lukasz grosse", "LUKASZ GROS", "łukasz"])
def test_accents_make_no_difference(people: Views, asked: str) -> None:
    assert [row.name for row in people.search.people(asked)] == ["Łukasz Größe"]


def test_of_people_the_newest_come_first_and_no_more_than_asked(
    recruiting: Recruiting, views: Views, dana: UUID
) -> None:
    for number in range(5):
        recruiting.add_candidate(command(dana), f"Sam Number{number}")
    views.catch_up()

    assert [row.name for row in views.search.people("sam", limit=3)] == ["Sam Number4", "Sam Number3", "Sam Number2"]


def test_a_found_person_comes_with_headline_and_place(people: Views, bob: UUID) -> None:
    (found,) = people.search.people("bob")

    assert (found.candidate, found.name, found.headline, found.place) == (bob, "Bob Marsh", "Porter", "York")


# Words


@pytest.mark.parametrize("asked", ["four days", "DAYS four", "fou da", "week"])
def test_a_note_is_found_by_all_its_words(views: Views, note: Note, ada: UUID, bob: UUID, asked: str) -> None:
    touchpoint = note(ada, "She wants **four** days a week.")
    note(bob, "He wants five nights.")
    views.catch_up()

    (found,) = views.search.words(asked)

    assert (found.candidate, found.subject, found.kind) == (ada, touchpoint, "touchpoint")
    assert (found.words, found.at) == ("She wants **four** days a week.", MONDAY)


def test_a_promise_is_found_by_its_words(views: Views, note: Note, ada: UUID, bob: UUID) -> None:
    note(ada, "hello", promise="Ring with the rate")
    note(bob, "hello", promise="Send the contract")
    views.catch_up()

    assert [(row.candidate, row.kind, row.words) for row in views.search.words("contract")] == [
        (bob, "promise", "Send the contract")
    ]


def test_the_newest_words_come_first_page_after_page(views: Views, note: Note, ada: UUID, bob: UUID) -> None:
    for number in range(7):
        note(ada if number % 2 else bob, f"visa number{number}")
    views.catch_up()

    shown, before = [], None
    while page := views.search.words("visa", limit=3, before=before):
        shown += page
        before = page[-1].position

    assert [row.words for row in shown] == [f"visa number{number}" for number in reversed(range(7))]


def test_a_corrected_note_is_found_by_its_new_words_only(
    recruiting: Recruiting, views: Views, note: Note, dana: UUID, ada: UUID, bob: UUID
) -> None:
    touchpoint, other = note(ada, "four days"), note(bob, "four days")
    recruiting.correct_touchpoint(command(dana), touchpoint, "three nights", "")
    views.catch_up()

    assert [row.subject for row in views.search.words("four")] == [other]
    assert [row.subject for row in views.search.words("three")] == [touchpoint]


def test_a_call_without_words_is_not_found(recruiting: Recruiting, views: Views, dana: UUID, ada: UUID) -> None:
    recruiting.record_touchpoint(command(dana), ada, "call", "out", "voicemail", MONDAY, "")
    views.catch_up()

    assert views.search.words("voicemail") == []


@pytest.mark.parametrize("asked", ["", " ", "–", '"four', "*"])
def test_asking_for_no_words_finds_none_and_asking_strangely_breaks_nothing(
    views: Views, note: Note, ada: UUID, asked: str
) -> None:
    note(ada, "hello")
    views.catch_up()

    assert views.search.words(asked) == []


def test_the_index_made_anew_is_the_same(
    recruiting: Recruiting, views: Views, note: Note, olive: UUID, dana: UUID, ada: UUID, bob: UUID
) -> None:
    touchpoint, removed = note(ada, "four days", promise="Ring with the rate"), note(bob, "five nights")
    recruiting.correct_touchpoint(command(dana), touchpoint, "three days", "")
    recruiting.redact_touchpoint(command(olive), removed, "he asked us to")
    views.catch_up()

    assert views.check() == []
