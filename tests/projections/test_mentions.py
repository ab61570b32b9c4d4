"""Who was named in which note, until the note or the person is gone."""

from __future__ import annotations

from uuid import UUID

from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, command


def note(recruiting: Recruiting, by: UUID, about: UUID, *named: UUID, words: str = "Please ring her") -> UUID:
    said = recruiting.record_touchpoint(command(by), about, "note", "internal", None, MONDAY, words, mentions=named)
    return said.streams[0]


def test_each_hears_once_of_a_note_and_nobody_of_their_own(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, olive: UUID, aude: UUID, ada: UUID, bob: UUID
) -> None:
    first = note(recruiting, dana, ada, tom, tom, dana, aude)
    other = note(recruiting, tom, bob, olive)
    recruiting.correct_touchpoint(command(dana), first, "Please ring her today", "", mentions=(tom, olive))
    views.catch_up()

    assert [(row.touchpoint, row.by) for row in views.mentions.of(tom)] == [(first, dana)]
    assert [row.touchpoint for row in views.mentions.of(olive)] == [first, other]
    assert [*views.mentions.of(dana), *views.mentions.of(aude)] == []
    assert views.mentions.whom([first, other]) == {first: {tom, olive}, other: {olive}}


def test_unseen_are_those_after_a_position_apart_from_some(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, ada: UUID
) -> None:
    for _ in range(4):
        note(recruiting, dana, ada, tom)
    views.catch_up()
    fourth, third, second, first = (row.position for row in views.mentions.of(tom))

    assert [row.position for row in views.mentions.of(tom, before=third)] == [second, first]
    assert [row.position for row in views.mentions.unseen(tom, first, [third])] == [second, fourth]
    assert views.mentions.count_unseen(tom, first, [third]) == 2
    assert views.mentions.count_unseen(tom, 0, [], at_most=3) == 3
    assert views.mentions.count_unseen(dana, 0, []) == 0


def test_a_mention_goes_with_its_note_and_its_person_and_moves_along(
    recruiting: Recruiting, views: Views, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    back, wrong = note(recruiting, dana, ada, tom), note(recruiting, dana, ada, tom)
    note(recruiting, dana, ada, tom)
    recruiting.retract_touchpoint(command(dana), back, "twice")
    moved = recruiting.move_touchpoint(command(dana), wrong, bob).streams[0]
    recruiting.erase_candidate(command(dana), ada, "asked")
    views.catch_up()

    assert [(row.touchpoint, row.candidate) for row in views.mentions.of(tom)] == [(moved, bob)]
    assert views.check() == []
