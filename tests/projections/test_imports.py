"""What came in files."""

from __future__ import annotations

from uuid import UUID, uuid4

from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, Clock, command


def test_an_import_says_what_it_brought_and_what_was_taken_out(
    recruiting: Recruiting, views: Views, clock: Clock, dana: UUID, tom: UUID
) -> None:
    one, other = (recruiting.begin_import(command(dana), kind, 12).streams[0] for kind in ("linkedin", "csv"))
    finished = clock.on(minutes=1)
    recruiting.finish_import(command(dana), one, added=7, changed=1, notes=3, matched=2, refused=2)
    undone = clock.on(minutes=1)
    recruiting.note_import_undone(command(tom), one, removed=6, restored=1, retracted=3, stayed=1)
    views.catch_up()

    row, untouched = views.imports.one_of(one), views.imports.one_of(other)

    assert row is not None
    assert untouched is not None
    assert (row.kind, row.rows, row.by, row.begun_at, row.finished_at) == ("linkedin", 12, dana, MONDAY, finished)
    assert (row.added, row.changed, row.notes, row.matched, row.refused) == (7, 1, 3, 2, 2)
    assert (row.undone_at, row.undone_by) == (undone, tom)
    assert (row.removed, row.restored, row.retracted, row.stayed) == (6, 1, 3, 1)
    assert (untouched.finished_at, untouched.added, untouched.undone_at) == (None, None, None)
    assert views.imports.one_of(uuid4()) is None
    assert views.check() == []


def test_the_newest_import_comes_first_page_after_page(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    for rows in range(5):
        recruiting.begin_import(command(dana), "csv", rows)
    views.catch_up()

    first = views.imports.page(limit=3)
    rest = views.imports.page(before=first[-1].position, limit=3)

    assert [row.rows for row in (*first, *rest)] == [4, 3, 2, 1, 0]
