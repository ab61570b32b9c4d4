"""Who is known at clients."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.contact import ContactDetails
from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, ZONE, Clock, command


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


def test_who_works_at_a_company_is_found_by_its_name_and_changes_it(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    priya, zoe, elsewhere = people.values()
    moved = ContactDetails("Priya Shah", "ACME care", "Ward manager", "", "0161 496 0055")
    recruiting.change_contact(command(dana), elsewhere, moved)
    recruiting.change_contact(command(dana), elsewhere, moved)
    views.catch_up()

    found = views.contacts.at("Acme Care")
    first = found[0]
    assert [row.id for row in found] == [*sorted((priya, elsewhere), key=lambda id: id.hex), zoe]
    assert [row.id for row in views.contacts.at("Acme Care", (first.folded, first.id), limit=1)] == [found[1].id]
    assert views.contacts.at("Bolt") == []
    row = views.contacts.contact(elsewhere)
    assert row is not None
    assert (row.role, row.email, row.phone, row.changed) == ("Ward manager", "", "0161 496 0055", 2)
    assert [row.id for row in views.contacts.by_words("bolt")] == []


def test_what_a_contact_promised_is_open_until_it_is_not(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID, ada: UUID, bob: UUID
) -> None:
    priya, zoe, _ = people.values()
    first, second, third = (
        recruiting.make_promise(
            command(dana), whom, NewPromise("Send the rota", Due(MONDAY.date(), None, ZONE), dana, "contact", by)
        ).streams[0]
        for whom, by in ((ada, priya), (bob, priya), (ada, zoe))
    )
    recruiting.keep_promise(command(dana), second)
    recruiting.break_promise(command(dana), third, "we forgot")
    recruiting.undo_promise(command(dana), third)
    recruiting.erase_contact(command(dana), zoe, "asked")
    views.catch_up()

    assert views.contacts.promises_by(priya) == [first, second]
    assert views.contacts.open_promises([priya, zoe]) == {priya: 1, zoe: 1}
    assert {id: row.state for id, row in views.promises.these([first, second]).items()} == {
        first: "open",
        second: "kept",
    }
    assert views.contacts.at("Acme Care Ltd") == [views.contacts.contact(priya)]
    assert views.check() == []
