"""The made-up agency."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from tests.agency import Clock, open_agency, settings_for
from webapp import demo, demo_plot
from webapp.installation import Installation
from webapp.running import hold
from webapp.settings import SettingsError

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
CHEAP = PasswordHasher.from_parameters(CHEAPEST)


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(demo_plot, "CANDIDATES", 20)


@pytest.fixture
def tiny(monkeypatch):
    monkeypatch.setattr(demo_plot, "CANDIDATES", 2)


@pytest.fixture(scope="module")
def heard() -> list[tuple[int, int]]:
    """How far the telling of `sixty` said it was."""
    return []


@pytest.fixture(scope="module")
def sixty(heard, tmp_path_factory):
    """The demo with sixty candidates, told once for those who only look at it."""
    settings = settings_for(tmp_path_factory.mktemp("sixty") / "home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo_plot, "CANDIDATES", 60)
        demo.build(
            settings,
            say=lambda _: None,
            passwords=CHEAP,
            today=TODAY,
            progress=lambda done, total: heard.append((done, total)),
        )
    with closing(Installation.open(settings)) as kept:
        yield kept


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
            "last": numbers[max(entry.fact.timestamp.date() for entry in kept.recruiting.log.entries(1, 10_000))],
            "fell due": {row.state for row in views.promises.ledger(limit=1000) if row.fell_due},
            "agenda": [numbers[row.due_on] for row in views.promises.agenda(today)],
            "roles": sorted(row.role for row in views.team.everyone()),
            "parties": {party: views.promises.tally(party=party) for party in ("us", "candidate", "contact")},
            "grades": {row.grade for row in views.promises.ledger(status="kept", limit=1000)},
            "people": [(row.tags, row.works_at, row.source, row.emails) for row in views.directory.page()],
            "contacts": sorted(row.works_at for row in views.contacts.by_words("e", limit=50)),
            "country": views.team.agency().country,
            "boards": [
                [row.stage, row.cause, row.told] for job in views.jobs.open() for row in views.submissions.board(job.id)
            ],
            "together": sum(1 for row in _lines(kept) if row.conversation),
        }


def _lines(kept: Installation) -> list:
    people = kept.views.directory.page()
    return [line for person in people for line in kept.views.timeline.of(person.id, limit=1000)]


@pytest.mark.torture
def test_the_story_is_the_same_every_time_and_ends_yesterday(few, tmp_path):
    once, again = told(tmp_path / "one", TODAY), told(tmp_path / "two", date(2027, 2, 18))

    assert once == again
    assert -5 < once["last"] <= 0
    assert not once["faults"]
    assert once["tally"]["kept"] > once["tally"]["broken"] > 0
    assert once["roles"] == ["auditor", "owner"] + ["recruiter"] * 5
    assert once["tally"]["open"] > 0
    assert once["tally"]["overtaken"] > 0
    assert all(tally["kept"] > 0 for tally in once["parties"].values())
    assert once["grades"] == {"confirmed", "evidence", "word"}
    assert once["country"] == "GB-ENG"
    assert once["together"] >= 2
    assert {"shortlisted", "sent to client", "interview"} <= {stage for stage, _, _ in once["boards"]}
    assert {"client said no", None} <= {cause for _, cause, _ in once["boards"]}
    assert all(tags and source and emails for tags, _, source, emails in once["people"])
    assert any(works_at for _, works_at, _, _ in once["people"])


def test_on_a_weekend_the_last_day_was_friday():
    calendar = demo_plot.Calendar(date(2026, 11, 22))

    assert [calendar.day(number) for number in (-1, 0, 2)] == [date(2026, 11, day) for day in (19, 20, 23)]


def test_it_is_told_once(tiny, tmp_path):
    settings = settings_for(tmp_path / "home")
    said: list[str] = []

    assert demo.build(settings, say=said.append, passwords=CHEAP, today=TODAY)
    assert not demo.build(settings, say=said.append, passwords=CHEAP, today=TODAY)
    assert "told up to 2026-11-24" in said[-1]


def test_whoever_waits_is_a_handful_and_somebody_wrote_and_waits_for_an_answer(sixty):
    waiting = sixty.views.relationships.waiting(NOW, sixty.views.team.agency().silent_after, limit=100)

    assert "unanswered" in {row.reason for row in waiting}
    assert 2 <= len(waiting) <= 20


def test_it_remembers_pains_days_and_lists_and_whom_to_keep_in_touch_with(sixty):
    relationships, people = sixty.views.relationships, sixty.views.directory.page(limit=60)
    pains = [pain for person in people for pain in sixty.views.pains.of(person.id)]
    days = relationships.days_between(TODAY, date(2027, 5, 1))
    lists = sixty.views.lists.seen_by(people[0].owner)
    team, away = sixty.views.team.everyone(), sixty.views.team.absences(NOW)

    assert {pain.kind for pain in pains} == {"pain", "want"}
    assert relationships.to_keep(NOW)
    assert {row.kind for _, row in days} >= {"birthday", "contract end"}
    assert "Keep in touch" in [row.name for row in lists]
    names = {row.id: row.name for row in team}
    assert {row.name for row in team if not row.mobile} == {"Aude Lefèvre"}
    assert [names[row.cover] for row in away] == ["Dana Whitlock", "Lewis Grant"]


@pytest.mark.usefixtures("sixty")
def test_how_far_it_is_is_said_once_a_day(heard):
    assert heard == sorted(set(heard))
    assert heard[-1][0] > 120
    assert {total for _, total in heard} == {demo_plot.DAYS}


def test_nobody_tells_it_while_it_runs(tiny, tmp_path):
    settings = settings_for(tmp_path / "home")
    home = hold(settings.home)
    try:
        with pytest.raises(SettingsError, match="is running"):
            demo.build(settings, say=lambda _: None, passwords=CHEAP, today=TODAY)
    finally:
        os.close(home)


def test_it_is_forgotten_and_a_real_agency_never_is(tiny, tmp_path):
    settings = settings_for(tmp_path / "home")
    demo.build(settings, say=lambda _: None, passwords=CHEAP, today=TODAY)
    (settings.home / "uploads").mkdir()

    demo.forget(settings)

    assert [file.name for file in settings.home.iterdir()] == ["running.lock"]
    agency = open_agency(settings_for(tmp_path / "real"), Clock())
    agency.kept.close()
    with pytest.raises(SettingsError, match="home of its own"):
        demo.forget(agency.kept.settings)
    assert (tmp_path / "real" / "events.db").exists()


def test_it_is_told_again_where_it_was_cut_short(tiny, tmp_path):
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
