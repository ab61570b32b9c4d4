"""What hurts each candidate and what they want, looked up."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.recruiting import Recruiting
from domain.remembered import PainPoint
from projections import Views
from tests.agency import MONDAY, command

TODAY = MONDAY.date()


@pytest.fixture
def noted(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> dict[str, UUID]:
    """Two of Ada's, one of them from a call, and one of Bob's; what each is called."""
    call = recruiting.record_touchpoint(command(dana), ada, "call", "out", "talked", MONDAY, "No nights!").streams[0]
    pains = {
        "nights": (ada, PainPoint("pain", "Nights", TODAY, "No nights!", call)),
        "days": (ada, PainPoint("want", "Four days", TODAY)),
        "van": (bob, PainPoint("want", "A van", TODAY)),
    }
    ids = {"call": call}
    for name, (whom, pain) in pains.items():
        asked = command(dana)
        recruiting.note_pain(asked, whom, pain)
        ids[name] = asked.stream(0)
    return ids


def words(rows) -> list[str]:
    return [row.words for row in rows]


def test_each_persons_stand_newest_first_with_quote_and_day(
    views: Views, noted: dict[str, UUID], dana: UUID, ada: UUID, bob: UUID
) -> None:
    views.catch_up()

    days, nights = views.pains.of(ada)
    assert (days.kind, days.words, days.quote, days.touchpoint) == ("want", "Four days", "", None)
    assert (nights.kind, nights.words, nights.quote) == ("pain", "Nights", "No nights!")
    assert (nights.touchpoint, nights.noted_on, nights.by) == (noted["call"], TODAY, dana)
    assert words(views.pains.of(bob)) == ["A van"]
    assert words(views.pains.of(ada, limit=1)) == ["Four days"]


def test_what_is_resolved_stands_apart_until_it_is_so_again(
    views: Views, recruiting: Recruiting, noted: dict[str, UUID], dana: UUID, tom: UUID, ada: UUID
) -> None:
    recruiting.resolve_pain(command(tom), ada, noted["nights"], "on days now")
    views.catch_up()

    assert words(views.pains.of(ada)) == ["Four days"]
    assert words(views.pains.all_of(ada)) == ["Four days", "Nights"]
    (row,) = views.pains.resolved(ada)
    assert (row.words, row.why, row.resolved_by, row.resolved_at) == ("Nights", "on days now", tom, MONDAY)

    recruiting.reopen_pain(command(dana), ada, noted["nights"])
    views.catch_up()

    assert words(views.pains.of(ada)) == ["Four days", "Nights"]
    assert views.pains.resolved(ada) == []


def test_the_quote_goes_with_the_words_of_its_entry(
    views: Views, recruiting: Recruiting, noted: dict[str, UUID], dana: UUID, ada: UUID
) -> None:
    recruiting.redact_touchpoint(command(dana), noted["call"], "she asked us to")
    views.catch_up()

    assert [(row.words, row.quote) for row in views.pains.of(ada)] == [("Four days", ""), ("Nights", None)]


@pytest.mark.parametrize("how", ["erased", "withdrawn"])
def test_nothing_is_left_of_whoever_is_gone(
    how: str, views: Views, recruiting: Recruiting, noted: dict[str, UUID], dana: UUID, ada: UUID, bob: UUID
) -> None:
    if how == "erased":
        recruiting.erase_candidate(command(dana), ada, "asked")
    else:
        recruiting.withdraw_candidate(command(dana), ada, "the same as Bob")
    views.catch_up()

    assert views.pains.of(ada) == []
    assert words(views.pains.of(bob)) == ["A van"]
    assert views.check() == []


def test_it_is_the_same_when_made_anew(
    views: Views, recruiting: Recruiting, noted: dict[str, UUID], dana: UUID, ada: UUID
) -> None:
    recruiting.resolve_pain(command(dana), ada, noted["nights"])
    views.catch_up()
    before = [*views.pains.of(ada), *views.pains.resolved(ada)]

    views.rebuild("pains")

    assert [*views.pains.of(ada), *views.pains.resolved(ada)] == before
