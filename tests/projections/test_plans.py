"""What a page asks costs the same however long the history: every question finds its rows by an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event

from projections import Views
from tests.conftest import Cast

SOMEBODY, SOMETHING = uuid4(), uuid4()
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SMALL_FOR_EVER = ("team_agencies", "team_recruiters", "directory_counts", "promises_counts", "positions")
IN_ORDER = ("USING INDEX promises_newest", "USING INDEX promises_waiting", "VIRTUAL TABLE")  # and stop at the limit

QUESTIONS: dict[str, Callable[[Views], object]] = {
    "the bell": lambda views: views.promises.fallen_due(SOMEBODY),
    "a promise": lambda views: views.promises.promise(SOMETHING),
    "its history": lambda views: views.promises.history(SOMETHING),
    "a candidate's promises": lambda views: views.promises.of(SOMEBODY),
    "all promises": lambda views: views.promises.ledger(),
    "all promises, further on": lambda views: views.promises.ledger(after=9),
    "open promises": lambda views: views.promises.ledger(status="open"),
    "promises of a keeper": lambda views: views.promises.ledger(keeper=SOMEBODY),
    "kept promises of a keeper": lambda views: views.promises.ledger(status="kept", keeper=SOMEBODY, after=9),
    "promises to a candidate": lambda views: views.promises.ledger(candidate=SOMEBODY),
    "tally": lambda views: views.promises.tally(),
    "tally of a keeper": lambda views: views.promises.tally(SOMEBODY),
    "everybody's agenda": lambda views: views.promises.agenda(date(2026, 11, 23)),
    "one's own agenda": lambda views: views.promises.agenda(date(2026, 11, 23), SOMEBODY),
    "falling due": lambda views: views.promises.falling_due(MONDAY),
    "reminders to send": lambda views: views.promises.reminders_to_send(),
    "reminders that failed": lambda views: views.promises.reminders_failed(),
    "a timeline": lambda views: views.timeline.of(SOMEBODY),
    "a timeline, further on": lambda views: views.timeline.of(SOMEBODY, before=(MONDAY, 9)),
    "a touchpoint": lambda views: views.timeline.entry(SOMETHING),
    "its wordings": lambda views: views.timeline.wordings(SOMETHING),
    "a candidate": lambda views: views.directory.candidate(SOMEBODY),
    "candidates by name": lambda views: views.directory.page(),
    "candidates by name, further on": lambda views: views.directory.page(("ada", SOMEBODY)),
    "how many candidates": lambda views: views.directory.count(),
    "names": lambda views: views.directory.names({SOMEBODY, SOMETHING}),
    "people by name": lambda views: views.search.people("ada"),
    "notes by words": lambda views: views.search.words("rate card", before=99),
    "the agency": lambda views: views.team.agency(),
    "a colleague": lambda views: views.team.recruiter(SOMEBODY),
    "a colleague by mail": lambda views: views.team.by_email("dana@harbour.example"),
}


@pytest.fixture(scope="module")
def views(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Views]:
    """Views that are only asked."""
    with cast.copied(tmp_path_factory.mktemp("plans")) as (_, views):
        yield views


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_reads_no_more_rows_than_it_answers(question: Callable[[Views], object], views: Views) -> None:
    plans: list[str] = []

    def explain(connection, cursor, statement, parameters, *_) -> None:  # type: ignore[no-untyped-def]
        raw = connection.connection.dbapi_connection
        plans.extend(step[3] for step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        question(views)
    finally:
        event.remove(Engine, "before_cursor_execute", explain)

    scans = [step for step in plans if step.startswith("SCAN") and not any(way in step for way in IN_ORDER)]
    assert plans
    assert [step for step in scans if not step.removeprefix("SCAN ").startswith(SMALL_FOR_EVER)] == []
    assert [step for step in plans if "TEMP B-TREE FOR ORDER BY" in step] == []
