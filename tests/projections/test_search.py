"""Finding people by name, place, mail and number, and what was said by its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest

from domain.candidate import Details
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


@pytest.fixture(scope="module")
def known(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Views]:
    """Cara, of whom everything was noted and then noted anew; only looked at."""
    details = Details("Cara Lane", ("old@lane.example",), ("0161 496 0033",), "Midwife", "Hull", "Bolt", reference="Z9")
    now = Details(
        "Cara Reed",
        ("one@reed.example", "two@reed.example"),
        ("0161 496 0044", "0161 496 0055"),
        works_at="Acme Care",
        reference="A-17",
        link="https://linkedin.com/in/carareed",
    )
    with cast.copied(tmp_path_factory.mktemp("known")) as (verbs, views):
        cara = verbs.add_candidate(command(cast.dana), details=details).streams[0]
        verbs.add_candidate(command(cast.dana), "Dora Reed")
        verbs.change_details(command(cast.dana), cara, now)
        views.catch_up()
        yield views


@pytest.mark.parametrize(
    "asked",
    ["cara", "acme", "care acme", "one@reed.example", "two@reed", "0161 496 0055", "4960044", "a-17", "carareed"],
)
def test_a_person_is_found_by_all_that_is_known_now(known: Views, asked: str) -> None:
    (found,) = known.search.people(asked)

    assert (found.name, found.works_at, found.link) == ("Cara Reed", "Acme Care", "https://linkedin.com/in/carareed")


@pytest.mark.parametrize("asked", ["lane", "old@lane.example", "4960033", "midwife", "hull", "bolt", "z9"])
def test_nobody_is_found_by_what_was_known_before(known: Views, asked: str) -> None:
    assert known.search.people(asked) == []


def test_people_come_page_after_page_in_the_order_they_were_added(known: Views) -> None:
    (first,) = known.search.people("reed", limit=1)
    rest = known.search.people("reed", after=first.position)

    assert [first.name, *(row.name for row in rest)] == ["Dora Reed", "Cara Reed"]


def test_somebody_withdrawn_is_not_found_nor_what_was_said(
    recruiting: Recruiting, views: Views, note: Note, dana: UUID, ada: UUID, bob: UUID
) -> None:
    note(ada, "four days", promise="four calls")
    note(bob, "four nights")
    views.catch_up()
    recruiting.withdraw_candidate(command(dana), ada)
    views.catch_up()

    assert views.search.people("ada") == []
    assert [row.words for row in views.search.words("four")] == ["four nights"]
    assert views.check() == []


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


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("four days", {"four days a week", "days: four", "in four working days"}),
        ('"four days"', {"four days a week"}),
        ("“FOUR days”", {"four days a week"}),
        ('"four day"', set()),
        ("four -week", {"days: four", "in four working days"}),
        ("four -we -worki", {"days: four"}),
        ('days -"four days"', {"days: four", "in four working days"}),
        ('four "working days" -week', {"in four working days"}),
        ("four -wee-k", {"four days a week", "days: four", "in four working days"}),
        ("-four", set()),
        ('"four days', {"four days a week", "days: four", "in four working days"}),
        ("four - days", {"four days a week", "days: four", "in four working days"}),
    ],
)
def test_words_phrases_and_minus(views: Views, note: Note, ada: UUID, asked: str, found: set[str]) -> None:
    for words in ("four days a week", "days: four", "in four working days", "nothing of that"):
        note(ada, words)
    views.catch_up()

    assert {row.words for row in views.search.words(asked)} == found


def test_a_corrected_promise_is_found_by_its_new_words_only(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID
) -> None:
    promise = recruiting.make_promise(command(dana), ada, NewPromise("Ring with the rote", FRIDAY, dana)).streams[0]
    views.catch_up()
    recruiting.correct_promise(command(dana), promise, "Ring with the rate")
    views.catch_up()

    assert views.search.words("rote") == []
    assert [row.subject for row in views.search.words("rate")] == [promise]
    assert views.check() == []


def test_what_was_moved_is_found_where_it_is_now(
    recruiting: Recruiting, views: Views, note: Note, dana: UUID, ada: UUID, bob: UUID
) -> None:
    touchpoint = note(ada, "four days", promise="four calls")
    views.catch_up()
    recruiting.move_touchpoint(command(dana), touchpoint, bob)
    views.catch_up()

    assert {(row.candidate, row.words) for row in views.search.words("four")} == {
        (bob, "four days"),
        (bob, "four calls"),
    }
    assert views.check() == []


# What is sensitive

SAID, SICK = "Four days. She is off sick until May. Four weeks notice.", "She is off sick until May"
SHOWN = "Four days. [sensitive]. Four weeks notice."


@pytest.fixture
def marked(recruiting: Recruiting, views: Views, note: Note, dana: UUID, ada: UUID, bob: UUID) -> UUID:
    """Dana's note about Ada, its passage marked by then; one of Bob who is sick as well, and not marked."""
    touchpoint = note(ada, SAID)
    note(bob, "sick of nights")
    views.catch_up()
    recruiting.mark_sensitive(command(dana), touchpoint, [SICK])
    views.catch_up()
    return touchpoint


@pytest.mark.parametrize("asked", ["off sick", '"off sick"', "until", "may", "sic unti", "four sick", "sick -nights"])
def test_a_sensitive_passage_is_found_by_whoever_said_it_and_by_nobody_else(
    views: Views, marked: UUID, olive: UUID, dana: UUID, tom: UUID, asked: str
) -> None:
    assert [(row.subject, row.words) for row in views.search.words(asked, reader=dana) if row.subject == marked] == [
        (marked, SAID)
    ]
    for other in (olive, tom, None):
        assert marked not in {row.subject for row in views.search.words(asked, reader=other)}


@pytest.mark.parametrize("asked", ["four days", "notice", "four -sick", '"four weeks"'])
def test_the_rest_of_the_note_is_found_by_all_and_shown_to_others_without_the_passage(
    views: Views, marked: UUID, dana: UUID, tom: UUID, asked: str
) -> None:
    for other in (tom, None):
        assert [(row.subject, row.words) for row in views.search.words(asked, reader=other)] == [(marked, SHOWN)]
    own = [(row.subject, row.words) for row in views.search.words(asked, reader=dana)]
    assert own == ([] if "-sick" in asked else [(marked, SAID)])


def test_what_stands_instead_of_a_passage_is_not_found(views: Views, marked: UUID, tom: UUID) -> None:
    assert views.search.words("sensitive", reader=tom) == []
    for sign in ("\ue000", "\ue001", f"\ue001{tom.hex}"):
        assert views.search.words(sign, reader=tom) == []


def test_ones_own_and_all_others_come_page_after_page_each_once(
    recruiting: Recruiting, views: Views, note: Note, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    for number in range(9):
        touchpoint = note(ada if number % 2 else bob, f"visa number{number}, secret{number}")
        if number % 3 == 0:
            recruiting.mark_sensitive(command(tom), touchpoint, [f"secret{number}"])
    views.catch_up()

    for reader, least in ((dana, "secret3"), (tom, "[sensitive]")):
        shown, before = [], None
        while page := views.search.words("visa", limit=2, before=before, reader=reader):
            shown += page
            before = page[-1].position

        assert [row.words.split()[1].rstrip(",") for row in shown] == [f"number{n}" for n in reversed(range(9))]
        assert shown[5].words.endswith(least)


def test_what_is_unmarked_is_found_by_all_again(
    recruiting: Recruiting, views: Views, marked: UUID, dana: UUID, tom: UUID
) -> None:
    recruiting.unmark_sensitive(command(dana), marked, [SICK])
    views.catch_up()

    assert [row.words for row in views.search.words("until may", reader=tom)] == [SAID]
    assert [row.words for row in views.search.words("until may", reader=dana)] == [SAID]
    assert views.check() == []


def test_a_mark_holds_in_a_correction_and_a_correction_elsewhere_leaves_it(
    recruiting: Recruiting, views: Views, marked: UUID, dana: UUID, tom: UUID
) -> None:
    for words, found in ((f"Three days. {SICK}.", 1), ("Three days.", 0), (f"Two days. {SICK}!", 1)):
        recruiting.correct_touchpoint(command(tom), marked, words, "")
        views.catch_up()

        assert len(views.search.words("off sick", reader=dana)) == found
        assert views.search.words("off sick", reader=tom) == []
        assert [row.subject for row in views.search.words("days", reader=tom)] == [marked]
    assert views.check() == []


def test_words_that_come_with_a_correction_are_hidden_from_whoever_corrected(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, ada: UUID
) -> None:
    call = recruiting.record_touchpoint(command(dana), ada, "call", "out", "voicemail", MONDAY, "").streams[0]
    recruiting.correct_touchpoint(command(tom), call, SAID, "", sensitive=[SICK])
    views.catch_up()

    assert [row.words for row in views.search.words("off sick", reader=dana)] == [SAID]
    assert views.search.words("off sick", reader=tom) == []
    assert views.check() == []


def test_an_entry_moved_is_found_there_by_whoever_said_it(
    recruiting: Recruiting, views: Views, marked: UUID, dana: UUID, tom: UUID, bob: UUID
) -> None:
    there = recruiting.move_touchpoint(command(tom), marked, bob).streams[0]
    views.catch_up()

    assert [(row.subject, row.candidate) for row in views.search.words("off sick", reader=dana)] == [(there, bob)]
    assert views.search.words("off sick", reader=tom) == []
    assert [row.words for row in views.search.words("notice", reader=tom)] == [SHOWN]
    assert views.check() == []


def test_the_index_made_anew_is_the_same(
    recruiting: Recruiting, views: Views, note: Note, marked: UUID, olive: UUID, dana: UUID, ada: UUID, bob: UUID
) -> None:
    touchpoint, removed = note(ada, "four days", promise="Ring with the rate"), note(bob, "five nights")
    recruiting.correct_touchpoint(command(dana), touchpoint, "three days", "")
    recruiting.mark_sensitive(command(dana), removed, ["five"])
    views.catch_up()
    recruiting.redact_touchpoint(command(olive), removed, "he asked us to")
    views.catch_up()

    assert views.check() == []
