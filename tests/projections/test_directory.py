"""Who the candidates are, now and then."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, Clock, command


def test_a_candidate_has_a_name_and_ways_to_reach_them(views: Views, dana: UUID, ada: UUID, bob: UUID) -> None:
    views.catch_up()

    found = views.directory.candidate(ada)

    assert found is not None
    assert (found.id, found.name, found.email, found.phone) == (
        ada,
        "Ada Byron",
        "ada@byron.example",
        "+44 20 7946 0011",
    )
    assert (found.headline, found.place, found.owner, found.added_by) == ("Staff nurse", "Leeds", dana, dana)
    assert (found.added_at, found.erased_at, found.changed) == (MONDAY, None, 1)


def test_somebody_unknown_is_not_found(views: Views, ada: UUID, bob: UUID) -> None:
    views.catch_up()

    assert views.directory.candidate(uuid4()) is None


def test_a_candidate_without_details_has_empty_ones(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    cara = recruiting.add_candidate(command(dana), "Cara Lane").streams[0]
    views.catch_up()

    found = views.directory.candidate(cara)

    assert found is not None
    assert (found.email, found.phone, found.headline, found.place) == ("", "", "", "")


def test_candidates_stand_by_name_whatever_their_accents(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    for name in ("Zoë Quinn", "ángel Ruiz", "Łukasz Nowak", "Émile Brun", "emil Alt"):
        recruiting.add_candidate(command(dana), name)
    views.catch_up()

    assert [row.name for row in views.directory.page()] == [
        "Ada Byron",
        "ángel Ruiz",
        "Bob Marsh",
        "emil Alt",
        "Émile Brun",
        "Łukasz Nowak",
        "Zoë Quinn",
    ]


def test_page_after_page_shows_everybody_once(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    for number in range(7):
        recruiting.add_candidate(command(dana), f"Sam Same {number % 2}")
    views.catch_up()

    shown, after = [], None
    while page := views.directory.page(after, limit=3):
        shown += page
        after = (page[-1].folded, page[-1].id)

    assert len(shown) == len({row.id for row in shown}) == views.directory.count() == 9
    assert [row.folded for row in shown] == sorted(row.folded for row in shown)


def test_names_are_asked_for_several_at_once(
    recruiting: Recruiting, views: Views, olive: UUID, ada: UUID, bob: UUID
) -> None:
    cara = recruiting.add_candidate(command(olive), "Cara Lane").streams[0]
    recruiting.erase_candidate(command(olive), cara, "asked")
    views.catch_up()

    assert views.directory.names([ada, cara, uuid4()]) == {ada: "Ada Byron", cara: None}
    assert views.directory.names([]) == {}


def test_an_erased_candidate_is_neither_listed_nor_counted(
    recruiting: Recruiting, views: Views, olive: UUID, ada: UUID, bob: UUID
) -> None:
    recruiting.erase_candidate(command(olive), ada, "asked")
    views.catch_up()

    assert [row.id for row in views.directory.page()] == [bob]
    assert views.directory.count() == 1


def test_rows_say_from_which_position_to_which_they_held(
    recruiting: Recruiting, views: Views, clock: Clock, olive: UUID, ada: UUID, bob: UUID
) -> None:
    clock.on(days=1)
    erased = recruiting.erase_candidate(command(olive), ada, "asked")
    views.catch_up()

    table = views.directory.candidates
    rows = views.directory.all(select(table).where(table.c.id == ada).order_by(table.c.since_position))

    assert [(row.until_position, row.erased_at) for row in rows] == [
        (erased.position, None),
        (None, MONDAY + timedelta(days=1)),
    ]
    assert rows[1].since_position == erased.position


def test_the_directory_made_anew_is_the_same(
    recruiting: Recruiting, views: Views, olive: UUID, ada: UUID, bob: UUID
) -> None:
    recruiting.erase_candidate(command(olive), ada, "asked")
    views.catch_up()

    assert views.check() == []
