from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from flask import Flask, g

from domain.due import Due
from domain.refusal import Refused, Stale
from webapp import filters
from webapp.filled import refilled

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


@dataclass
class Row:
    due_on: date
    due_at: time | None = None
    due_zone: str = "Europe/London"
    state: str = "open"
    id: UUID | None = None
    changed: int = 1
    closed_at: datetime | None = None


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    """It is Wednesday, half past ten in London."""
    with app.test_request_context():
        g.now = NOW
        yield


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 11, 25, 9, 12, tzinfo=UTC), "today 09:12"),
        (datetime(2026, 11, 24, 23, 59, tzinfo=UTC), "Tue 24 Nov, 23:59"),
        (datetime(2026, 6, 24, 23, 59, tzinfo=UTC), "Thu 25 Jun, 00:59"),
        (datetime(2025, 11, 24, 8, 0, tzinfo=UTC), "Mon 24 Nov 2025, 08:00"),
    ],
)
def test_a_moment_is_said_in_the_agency_s_zone(instant: datetime, words: str) -> None:
    html = filters.moment(instant)

    assert f">{words}</time>" in html
    assert f'datetime="{instant.isoformat()}"' in html
    assert f'title="{instant:%Y-%m-%d %H:%M:%S} UTC"' in html


@pytest.mark.parametrize(
    ("row", "kind", "loud"),
    [
        (Row(date(2026, 11, 27)), "open", ""),
        (Row(date(2026, 11, 26)), "open", "Due tomorrow"),
        (Row(date(2026, 11, 25)), "today", "Due today"),
        (Row(date(2026, 11, 25), time(14, 0)), "today", "Due today, 14:00"),
        (Row(date(2026, 11, 25), time(9, 0)), "overdue", "Overdue since 09:00"),
        (Row(date(2026, 11, 24)), "overdue", "Overdue by 1 day"),
        (Row(date(2026, 11, 20)), "overdue", "Overdue by 5 days"),
        (Row(date(2026, 11, 25), time(9, 0), "America/New_York"), "today", "Due today, 09:00"),
        (Row(date(2026, 11, 20), state="kept"), "kept", "Kept"),
        (Row(date(2026, 11, 20), state="broken"), "broken", "Not kept"),
        (Row(date(2026, 11, 20), state="released"), "released", "No longer needed"),
        (Row(date(2026, 11, 20), state="overtaken"), "overtaken", "Overtaken"),
        (Row(date(2026, 11, 20), state="withdrawn"), "withdrawn", "Withdrawn"),
    ],
)
def test_how_a_promise_stands(row: Row, kind: str, loud: str) -> None:
    assert filters.standing(row) == filters.Standing(kind, loud)


def test_a_due_names_a_zone_that_is_not_the_agency_s() -> None:
    here = Due(date(2026, 11, 27), time(9, 0), "Europe/London")

    assert filters.in_words(here) == "Fri 27 Nov, 09:00"
    assert filters.in_words(replace(here, zone="Asia/Tokyo")) == "Fri 27 Nov, 09:00 (Asia/Tokyo)"
    assert filters.in_words(Due(date(2027, 1, 8), None, "Asia/Tokyo")) == "Fri 8 Jan 2027"


def test_a_refusal_stands_beside_a_field_the_form_has_or_above_it() -> None:
    beside = refilled({"note": "typed"}, Refused("Write what was said.", "note"), ("note",))
    above = refilled({"note": "typed"}, Refused("No.", "unheard of"), ("note",))
    stale = refilled({}, Stale(uuid4(), datetime(2026, 11, 25, 10, 2, tzinfo=UTC)), ())

    assert beside.errors == {"note": "Write what was said."}
    assert (beside.typed["note"], beside.typed["other"]) == ("typed", "")
    assert above.errors == {"form": "No."}
    assert stale.errors == {"form": "a former colleague changed this at 10:02. Your words are still here."}


@pytest.mark.parametrize(
    ("days", "hours", "words"),
    [
        (0, 23, ""),
        (1, 0, "written 1 day later"),
        (3, 5, "written 3 days later"),
        (75, 0, "written 2 months later"),
        (1100, 0, "written 3 years later"),
    ],
)
def test_what_was_written_down_late_says_how_late(days: int, hours: int, words: str) -> None:
    entry = SimpleNamespace(happened_at=NOW - timedelta(days=days, hours=hours), recorded_at=NOW)

    assert filters.written_later(entry) == words
