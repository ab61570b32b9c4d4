"""An import begins, ends, and can be undone once: only its counts are recorded."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.importing import Import
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused
from tests.agency import command


@pytest.fixture
def begun(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.begin_import(command(dana), "linkedin", 412).streams[0]


def test_an_import_begins_with_so_many_rows(begun: UUID, dana: UUID, facts) -> None:
    (fact,) = facts()
    assert type(fact) is Import.ImportBegun
    assert (fact.originator_id, fact.by, fact.person, fact.kind, fact.rows) == (begun, dana, None, "linkedin", 412)


@pytest.mark.parametrize("kind", ["", "Ada Byron.csv", "x" * 41, "CSV"])
def test_no_name_of_a_file_says_what_kind_it_is(recruiting: Recruiting, dana: UUID, facts, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.begin_import(command(dana), kind, 1)

    assert (refused.value.sentence, refused.value.field) == ("Choose what kind of file this is.", "kind")
    assert facts() == []


def test_an_import_ends_with_what_came_of_it(recruiting: Recruiting, dana: UUID, begun: UUID, facts) -> None:
    recruiting.finish_import(command(dana), begun, added=400, changed=3, notes=38, matched=5, refused=4)

    (fact,) = facts(Import.ImportFinished)
    assert (fact.originator_id, fact.by) == (begun, dana)
    assert (fact.added, fact.changed, fact.notes, fact.matched, fact.refused) == (400, 3, 38, 5, 4)


def test_an_import_ends_once(recruiting: Recruiting, dana: UUID, begun: UUID, facts) -> None:
    recruiting.finish_import(command(dana), begun, added=412)

    with pytest.raises(Refused, match="ended already"):
        recruiting.finish_import(command(dana), begun, added=1)

    assert [fact.added for fact in facts(Import.ImportFinished)] == [412]


def test_an_undone_import_says_what_stayed(recruiting: Recruiting, olive: UUID, begun: UUID, facts) -> None:
    recruiting.finish_import(command(olive), begun, added=412)

    recruiting.note_import_undone(command(olive), begun, removed=399, restored=3, retracted=37, stayed=2)

    (fact,) = facts(Import.ImportUndone)
    assert (fact.originator_id, fact.by) == (begun, olive)
    assert (fact.removed, fact.restored, fact.retracted, fact.stayed) == (399, 3, 37, 2)


def test_an_import_is_undone_once(recruiting: Recruiting, olive: UUID, begun: UUID, facts) -> None:
    recruiting.note_import_undone(command(olive), begun, removed=412)

    with pytest.raises(Refused, match="undone already"):
        recruiting.note_import_undone(command(olive), begun, removed=1)

    assert len(facts(Import.ImportUndone)) == 1


def test_an_import_that_was_stopped_and_undone_does_not_end(
    recruiting: Recruiting, olive: UUID, begun: UUID, facts
) -> None:
    recruiting.note_import_undone(command(olive), begun, removed=12)

    with pytest.raises(Refused, match="ended already"):
        recruiting.finish_import(command(olive), begun, added=412)

    assert facts(Import.ImportFinished) == []


def test_an_import_that_never_began_does_not_end(recruiting: Recruiting, olive: UUID, ada: UUID) -> None:
    for stranger in (ada, uuid4()):
        with pytest.raises(NotFound):
            recruiting.finish_import(command(olive), stranger, added=1)
