"""Who is known at clients."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, Clock, command


@pytest.fixture
def people(recruiting: Recruiting, dana: UUID) -> dict[str, UUID]:
    """Priya and Zoë at Acme, another Priya elsewhere."""
    return {
        f"{name} {works_at}": recruiting.add_contact(command(dana), name, works_at, email, "0161 496 0044").streams[0]
        for name, works_at, email in (
            ("Priya Shah", "Acme Care Ltd", "priya@acme.example"),
            ("Zoë Quinn", "Acme Care Ltd", ""),
            ("Priya Shah", "Bolt", ""),
        )
    }


def test_a_contact_has_a_name_an_employer_and_ways_to_reach_them(
    views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    views.catch_up()
    id = people["Priya Shah Acme Care Ltd"]

    row = views.contacts.contact(id)

    assert row is not None
    assert (row.name, row.works_at, row.email, row.phone) == (
        "Priya Shah",
        "Acme Care Ltd",
        "priya@acme.example",
        "0161 496 0044",
    )
    assert (row.added_by, row.added_at, row.erased_at, row.changed) == (dana, MONDAY, None, 1)
    assert views.contacts.contact(uuid4()) is None
    assert views.contacts.people([id]) == {id: row}
    assert views.contacts.people([]) == {}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pri", ["Priya Shah Acme Care Ltd", "Priya Shah Bolt"]),
        ("acme", ["Priya Shah Acme Care Ltd", "Zoë Quinn Acme Care Ltd"]),
        ("zoe ACME", ["Zoë Quinn Acme Care Ltd"]),
        ("care ltd quinn", ["Zoë Quinn Acme Care Ltd"]),
        ("priya zoe", []),
        ("riya", []),
        ("", []),
        ("?", []),
    ],
)
def test_contacts_are_found_by_how_their_words_begin(
    views: Views, people: dict[str, UUID], asked: str, found: list[str]
) -> None:
    views.catch_up()

    assert [f"{row.name} {row.works_at}" for row in views.contacts.by_words(asked)] == found


def test_no_more_are_found_than_asked_for(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    for number in range(5):
        recruiting.add_contact(command(dana), f"Sam Sammers {number}", "Same & Sons")
    views.catch_up()

    assert [row.name for row in views.contacts.by_words("sam", limit=2)] == ["Sam Sammers 0", "Sam Sammers 1"]


def test_a_contact_is_known_by_name_and_employer(views: Views, people: dict[str, UUID]) -> None:
    views.catch_up()

    assert views.contacts.called("PRIYA  shah", "acme care, ltd").id == people["Priya Shah Acme Care Ltd"]  # type: ignore[union-attr]
    assert views.contacts.called("Priya Shah") is None
    assert [row.works_at for row in views.contacts.namesakes("priya shah")] == ["Acme Care Ltd", "Bolt"]


def test_an_erased_contact_leaves_an_id_and_a_date(
    recruiting: Recruiting, views: Views, clock: Clock, people: dict[str, UUID], olive: UUID
) -> None:
    views.catch_up()
    gone = people["Priya Shah Acme Care Ltd"]
    at = clock.on(hours=1)
    recruiting.erase_contact(command(olive), gone, "asked")
    views.catch_up()

    row = views.contacts.contact(gone)

    assert row is not None
    assert (row.name, row.works_at, row.email, row.phone, row.erased_at) == (None, None, None, None, at)
    assert views.contacts.names(people.values())[gone] is None
    assert [row.works_at for row in views.contacts.by_words("priya")] == ["Bolt"]
    assert views.check() == []
