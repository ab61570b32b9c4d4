"""Who the candidates are, now and then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from domain.agency import AgencySettings
from domain.candidate import Details
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, ZONE, Clock, command


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


# All that is known


CARA = Details(
    "Cara Lane",
    ("Cara@Lane.example", "cara@work.example"),
    ("0161 496 0033", "+44 20 7946 0033"),
    works_at="Acme",
    source="referral",
    reference="A-17",
    link="https://www.linkedin.com/in/cara-lane/?trk=1",
)


@pytest.fixture
def cara(recruiting: Recruiting, dana: UUID, tom: UUID) -> UUID:
    """Somebody of whom much is known, in an agency in England; Tom looks after her."""
    settings = AgencySettings("Harbour Staffing", ZONE, "GB-ENG")
    agency = recruiting.log.entries(1, 1)[0].fact.originator_id
    recruiting.change_settings(command(dana), agency, settings)
    added = recruiting.add_candidate(command(dana), details=CARA, tags=("Python", "c++"), owner=tom)
    return added.streams[0]


def test_a_candidate_has_all_that_was_said_of_them(views: Views, cara: UUID, tom: UUID) -> None:
    views.catch_up()

    row = views.directory.candidate(cara)

    assert row is not None
    assert (row.emails, row.phones) == (list(CARA.emails), list(CARA.phones))
    assert (row.email, row.phone) == (CARA.emails[0], CARA.phones[0])
    assert (row.works_at, row.source, row.reference, row.link) == (
        CARA.works_at,
        CARA.source,
        CARA.reference,
        CARA.link,
    )
    assert (row.tags, row.owner, row.withdrawn_at) == (["c++", "Python"], tom, None)
    assert views.directory.people([cara]) == [row]
    assert views.directory.people([]) == []


def test_every_change_is_a_version_of_its_own(recruiting: Recruiting, views: Views, cara: UUID, dana: UUID) -> None:
    recruiting.change_details(command(dana), cara, replace(CARA, name="Cara Marsh", emails=(), link=""))
    recruiting.tag_candidate(command(dana), cara, ["Go"])
    recruiting.untag_candidate(command(dana), cara, ["python"])
    recruiting.assign_owner(command(dana), cara, dana)
    views.catch_up()

    rows = views.directory.versions(cara)

    assert [(row.name, row.email, row.link == "", row.tags, row.owner == dana) for row in rows] == [
        ("Cara Lane", "Cara@Lane.example", True, [], False),
        ("Cara Lane", "Cara@Lane.example", False, [], False),
        ("Cara Lane", "Cara@Lane.example", False, ["c++", "Python"], False),
        ("Cara Marsh", "", False, ["c++", "Python"], False),
        ("Cara Marsh", "", True, ["c++", "Python"], False),
        ("Cara Marsh", "", True, ["c++", "Go", "Python"], False),
        ("Cara Marsh", "", True, ["c++", "Go"], False),
        ("Cara Marsh", "", True, ["c++", "Go"], True),
    ]
    assert [row.until_position for row in rows] == [*(row.since_position for row in rows[1:]), None]
    assert rows[-1].changed == 8


KNOWN: dict[str, dict[str, list[str]]] = {
    "mail in capitals": {"emails": ["cara@LANE.example"]},
    "second mail": {"emails": ["nobody@x.example", " cara@work.example "]},
    "number with country": {"phones": ["+44 161 496 0033"]},
    "number without": {"phones": ["(0161) 4960033"]},
    "second number": {"phones": ["020 7946 0033"]},
    "id": {"references": ["a-17"]},
    "page": {"links": ["http://linkedin.com/in/Cara-Lane"]},
}


@pytest.mark.parametrize("by", KNOWN)
def test_somebody_is_recognised_however_it_is_typed(views: Views, cara: UUID, by: str) -> None:
    views.catch_up()

    assert [row.id for row in views.directory.known_by(**KNOWN[by])] == [cara]


@pytest.mark.parametrize(
    "by",
    [
        {},
        {"emails": ["", "lane.example"], "phones": ["", "0033", "x"], "references": [""], "links": ["", "https://"]},
        {"emails": ["A-17"], "references": ["cara@lane.example"], "phones": ["0161 496 0034"]},
    ],
)
def test_nobody_is_recognised_by_what_is_not_theirs(views: Views, cara: UUID, by: dict[str, list[str]]) -> None:
    views.catch_up()

    assert views.directory.known_by(**by) == []


def test_a_number_is_read_where_the_agency_was_when_it_was_said(
    recruiting: Recruiting, views: Views, cara: UUID, dana: UUID, bob: UUID
) -> None:
    """Bob's was noted before anybody said where the agency is."""
    views.catch_up()

    assert views.directory.known_by(phones=["0161 496 0022"]) == []

    details = Details("Bob Marsh", phones=("0161 496 0022",), place="York")
    recruiting.change_details(command(dana), bob, details)
    views.catch_up()

    assert [row.id for row in views.directory.known_by(phones=["+44 161 496 0022"])] == [bob]


def test_nobody_is_recognised_by_what_they_had_before(
    recruiting: Recruiting, views: Views, cara: UUID, dana: UUID
) -> None:
    recruiting.change_details(command(dana), cara, Details("Cara Lane", ("new@lane.example",)))
    views.catch_up()

    assert [views.directory.known_by(**by) for by in KNOWN.values()] == [[]] * len(KNOWN)
    assert [row.id for row in views.directory.known_by(emails=["new@lane.example"])] == [cara]


def test_namesakes_have_the_same_name_however_it_is_written(
    recruiting: Recruiting, views: Views, cara: UUID, dana: UUID
) -> None:
    other = recruiting.add_candidate(command(dana), "CÁRA  Lane").streams[0]
    views.catch_up()

    assert {row.id for row in views.directory.namesakes(["cara lane", "nobody"])} == {cara, other}
    assert views.directory.namesakes([]) == []


def test_somebody_withdrawn_is_neither_listed_counted_nor_recognised(
    recruiting: Recruiting, views: Views, clock: Clock, cara: UUID, dana: UUID, ada: UUID, bob: UUID
) -> None:
    views.catch_up()
    at = clock.on(hours=1)
    recruiting.withdraw_candidate(command(dana), cara, "twice")
    views.catch_up()

    row = views.directory.candidate(cara)

    assert row is not None
    assert (row.name, row.withdrawn_at, row.why_withdrawn) == ("Cara Lane", at, "twice")
    assert [row.id for row in views.directory.page()] == [ada, bob]
    assert views.directory.count() == 2
    assert [views.directory.known_by(**by) for by in KNOWN.values()] == [[]] * len(KNOWN)
    assert views.directory.namesakes(["cara lane"]) == []

    recruiting.erase_candidate(command(dana), cara, "asked")
    views.catch_up()

    assert views.directory.count() == 2
    assert {row.name for row in views.directory.versions(cara)} == {None}
    assert views.check() == []


def test_all_that_is_known_made_anew_is_the_same(
    recruiting: Recruiting, views: Views, cara: UUID, dana: UUID, olive: UUID, bob: UUID
) -> None:
    views.catch_up()
    recruiting.change_details(command(dana), cara, replace(CARA, name="Cara Marsh", link=""))
    recruiting.untag_candidate(command(dana), cara, ["c++"])
    recruiting.tag_candidate(command(dana), bob, ["Python"])
    views.catch_up()
    assert views.check() == []

    recruiting.erase_candidate(command(olive), cara, "asked")
    views.catch_up()

    assert {(row.name, row.emails, row.tags, row.link) for row in views.directory.versions(cara)} == {
        (None, None, None, None)
    }
    assert views.check() == []


def test_the_directory_made_anew_is_the_same(
    recruiting: Recruiting, views: Views, olive: UUID, ada: UUID, bob: UUID
) -> None:
    recruiting.erase_candidate(command(olive), ada, "asked")
    views.catch_up()

    assert views.check() == []
