"""How fast people are answered, in hours of work: one's own figures for recruiters, the team's for owners, auditors."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.agency import AgencySettings
from domain.command import Command
from webapp.answered import lasting
from webapp.hours import WorkingTime
from webapp.installation import Installation

HARBOUR = AgencySettings("Harbour", "Europe/London", "GB-ENG")
WORKING = WorkingTime(date(2026, 3, 2), date(2026, 12, 31), HARBOUR)


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "answered", "hours"),
    [
        (utc(11, 25, 10), utc(11, 25, 12, 30), 2.5),
        (utc(11, 25, 17), utc(11, 26, 9, 30), 1),
        (utc(11, 27, 16), utc(11, 30, 10), 2.5),
        (utc(11, 28, 10), utc(11, 29, 10), 0),
        (utc(12, 24, 17), utc(12, 29, 10), 1.5),
        (utc(10, 23, 15), utc(10, 26, 10), 2.5),
        (utc(1, 1, 10), utc(3, 2, 10), 1),
        (utc(12, 31, 16, 30), datetime(2027, 1, 9, tzinfo=UTC), 1),
    ],
    ids=["a day", "a night", "a weekend", "within it", "christmas", "clocks change", "before all", "after all"],
)
def test_only_hours_of_work_count(asked: datetime, answered: datetime, hours: float) -> None:
    assert WORKING.between(asked, answered) / timedelta(hours=1) == hours


def test_how_long_in_words() -> None:
    times = [0.2, 35, 59.7, 60, 130, 599.8, 1021]

    said = [lasting(timedelta(minutes=minutes)) for minutes in times]

    assert said == ["at once", "35 min", "1 h", "1 h", "2 h 10 min", "10 h", "17 h"]
    assert lasting(None) == "none yet"


@pytest.fixture
def waits(kept: Installation, dana: Browser, tom: Browser, olive: Browser, ada: UUID, bob: UUID) -> None:
    """Always at work but at midnight: Ada, whom Dana looks after, waits for 1 to 10 hours, and once long ago."""
    agency = kept.views.team.agency()
    verbs, now = kept.recruiting, kept.recruiting.log.now()
    every = AgencySettings(agency.name, "UTC", "", tuple(range(7)), datetime.min.time(), datetime.max.time())
    verbs.change_settings(Command(uuid4(), olive.id), agency.id, every)
    verbs.assign_owner(Command(uuid4(), olive.id), bob, tom.id)
    said = [(ada, dana, now - timedelta(hours=20 * (n + 1)), n + 1) for n in range(10)]
    said += [(ada, tom, now - timedelta(weeks=6), 30), (bob, tom, now - timedelta(weeks=1), 40)]
    for candidate, by, asked_at, hours in said:
        for direction, at in (("in", asked_at), ("out", asked_at + timedelta(hours=hours))):
            verbs.record_touchpoint(Command(uuid4(), by.id), candidate, "e-mail", direction, None, at, "hello")
    kept.views.catch_up()


def cells(page: str) -> list[str]:
    return [cell.partition("</td>")[0] for cell in page.split("<td>")[1:]]


@pytest.mark.usefixtures("waits")
def test_each_recruiter_sees_their_own_owners_and_auditors_the_team_as_a_whole(
    dana: Browser, tom: Browser, olive: Browser, aude: Browser
) -> None:
    pages = {
        name: cells(who.get("/answers").text)
        for name, who in vars(SimpleNamespace(dana=dana, tom=tom, olive=olive, aude=aude)).items()
    }

    team = ["11", "6 h", "10 h", "12", "6 h 30 min", "30 h"]
    assert pages == {
        "dana": ["10", "5 h 30 min", "9 h", "11", "6 h", "10 h"],
        "tom": ["1", "40 h", "40 h"] * 2,
        "olive": ["0", "none yet", "none yet"] * 2 + team,
        "aude": team,
    }
    assert "colleagues gave 1 of these answers" in dana.get("/answers").text


@pytest.mark.usefixtures("waits")
def test_more_than_are_counted_are_said_to_be(aude: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.answered.MOST", 3)

    assert "Of the last 3 answers." in aude.get("/answers").text
