"""Lists looked up: one's own, and those for all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.recruiting import Recruiting
from domain.saved_list import Criteria
from projections import Views
from tests.agency import command

LEEDS = Criteria(("nurse",), "Leeds", "me", "silent", True, date(2026, 5, 1), date(2026, 10, 1))


def test_one_sees_ones_own_and_those_for_all_by_name(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID
) -> None:
    for by, name, shared in ((dana, "Zoë’s", True), (dana, "Mine", False), (tom, "Ábel", True), (tom, "Tom’s", False)):
        recruiting.save_list(command(by), name, LEEDS, shared)
    views.catch_up()

    assert [row.name for row in views.lists.seen_by(dana)] == ["Ábel", "Mine", "Zoë’s"]
    assert [row.name for row in views.lists.seen_by(tom)] == ["Ábel", "Tom’s", "Zoë’s"]


def test_a_list_holds_what_was_said_last(recruiting: Recruiting, views: Views, dana: UUID, tom: UUID) -> None:
    saved = recruiting.save_list(command(dana), "Leeds", LEEDS).streams[0]
    views.catch_up()
    row = views.lists.one_of(saved, dana)

    assert row is not None
    assert (row.name, row.maker, row.tags, row.place, row.changed) == ("Leeds", dana, ["nurse"], "Leeds", 1)
    assert (row.contact_since, row.contact_before, row.nothing_open) == (date(2026, 5, 1), date(2026, 10, 1), True)
    assert views.lists.one_of(saved, tom) is None

    recruiting.change_list(command(dana), saved, "York", Criteria(place="York"), True)
    views.catch_up()
    row = views.lists.one_of(saved, tom)

    assert row is not None
    assert (row.name, row.tags, row.place, row.shared, row.changed) == ("York", [], "York", True, 2)
    assert views.check() == []


def test_a_dropped_list_is_gone(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    saved = recruiting.save_list(command(dana), "Leeds", LEEDS).streams[0]
    recruiting.drop_list(command(dana), saved)
    views.catch_up()

    assert views.lists.one_of(saved, dana) is None
    assert views.lists.seen_by(dana) == []
    assert views.check() == []
