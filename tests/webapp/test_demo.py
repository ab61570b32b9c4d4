"""The made-up agency."""

from __future__ import annotations

from contextlib import closing
from datetime import date

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from tests.agency import Clock, open_agency, settings_for
from webapp import demo
from webapp.installation import Installation
from webapp.settings import SettingsError

TODAY = date(2026, 11, 25)
CHEAP = PasswordHasher.from_parameters(CHEAPEST)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(demo, "CANDIDATES", 20)


def told(home, today: date) -> dict:
    """The story's shape: people, how promises stand, and when things happened, in working days."""
    settings = settings_for(home)
    demo.build(settings, say=lambda _: None, passwords=CHEAP, today=today)
    numbers = {day: number for number, day in demo.Calendar(today)._days.items()}
    with closing(Installation.open(settings)) as kept:
        views = kept.views
        return {
            "faults": views.check() + kept.recruiting.log.check(),
            "names": [row.name for row in views.directory.page()],
            "tally": views.promises.tally(),
            "due": sorted(numbers[row.due_on] for row in views.promises.ledger(limit=1000)),
            "last": max(entry.fact.timestamp.date() for entry in kept.recruiting.log.entries(1, 10_000)),
            "fell due": {row.state for row in views.promises.ledger(limit=1000) if row.fell_due},
            "agenda": [numbers[row.due_on] for row in views.promises.agenda(today)],
            "roles": sorted(row.role for row in views.team.everyone()),
        }


def test_the_story_is_the_same_every_time_and_ends_yesterday(few, tmp_path):
    once, again = told(tmp_path / "one", TODAY), told(tmp_path / "two", date(2027, 2, 18))

    assert (once.pop("last"), again.pop("last")) == (date(2026, 11, 24), date(2027, 2, 17))
    assert once == again
    assert not once["faults"]
    assert once["tally"]["kept"] > once["tally"]["broken"] > 0
    assert once["roles"] == ["auditor", "owner"] + ["recruiter"] * 5
    assert "open" in once["tally"]


def test_on_a_weekend_it_ends_on_friday(few, tmp_path):
    assert told(tmp_path / "one", date(2026, 11, 22))["last"] == date(2026, 11, 20)


def test_it_is_told_once(few, tmp_path):
    settings = settings_for(tmp_path / "home")
    said: list[str] = []

    assert demo.build(settings, say=said.append, passwords=CHEAP, today=TODAY)
    assert not demo.build(settings, say=said.append, passwords=CHEAP, today=TODAY)
    assert "told up to 2026-11-24" in said[-1]


def test_it_is_told_again_where_it_was_cut_short(few, tmp_path):
    settings = settings_for(tmp_path / "home")
    settings.home.mkdir()
    (settings.home / demo.MARKER).write_text("{}")
    (settings.home / "events.db").write_text("half of it")

    assert demo.build(settings, say=lambda _: None, passwords=CHEAP, today=TODAY)


def test_a_real_agency_is_left_alone(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home"), Clock())
    agency.kept.close()

    with pytest.raises(SettingsError, match="home of its own"):
        demo.build(agency.kept.settings)


def test_its_home_lies_beside_the_real_one_and_it_sends_nothing(tmp_path):
    chosen = demo.settings(settings_for(tmp_path / "instance", smtp_url="smtp://127.0.0.1"))

    assert chosen.home == tmp_path / "instance-demo"
    assert chosen.demo
    assert chosen.smtp_url is None
