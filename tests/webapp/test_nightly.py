"""The backup of each night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.agency import MONDAY, Clock, open_agency, settings_for
from webapp.jobs import uploads
from webapp.nightly import back_up_nightly, backup_trouble, last_backup, last_night


@pytest.fixture
def agency(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home"), Clock())
    yield agency
    agency.kept.close()


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 7, 1, 0, 59, tzinfo=UTC), datetime(2026, 6, 30, 1, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 1, 0, tzinfo=UTC), datetime(2026, 7, 1, 1, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 1, 59, tzinfo=UTC), datetime(2026, 11, 30, 2, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 23, 0, tzinfo=UTC), datetime(2026, 12, 1, 2, 0, tzinfo=UTC)),
    ],
)
def test_night_is_two_o_clock_where_the_agency_is(now, night):
    assert last_night(now, "Europe/London") == night


def test_a_backup_is_made_each_night_and_a_missed_one_at_the_first_chance(agency):
    nights = [MONDAY, MONDAY + timedelta(minutes=1), MONDAY + timedelta(hours=20), MONDAY + timedelta(days=3)]

    made = []
    for now in nights:
        agency.clock.now = now
        made.append(back_up_nightly(agency.kept, now))

    assert made == [True, False, True, True]
    assert len(list(agency.kept.settings.backups.glob("*Z"))) == 3
    assert last_backup(agency.kept) == nights[-1]


def test_a_backup_that_fails_says_so_and_is_tried_again_after_a_quarter_of_an_hour(agency):
    agency.kept.settings.backups.write_text("in the way")

    first = back_up_nightly(agency.kept, agency.clock.now)
    trouble = backup_trouble(agency.kept)
    agency.kept.settings.backups.unlink()
    too_early = back_up_nightly(agency.kept, agency.clock.on(minutes=14))
    later = back_up_nightly(agency.kept, agency.clock.on(minutes=2))

    assert (first, too_early, later) == (False, False, True)
    assert trouble
    assert backup_trouble(agency.kept) == ""


def test_a_demo_is_not_backed_up(agency):
    demo = replace(agency.kept, settings=replace(agency.kept.settings, demo=True))

    assert not back_up_nightly(demo, agency.clock.now)


def test_uploads_of_a_week_ago_go_with_the_night(agency):
    folder = uploads(agency.kept, uuid4())
    agency.clock.now = datetime.now(UTC) + timedelta(days=8)

    back_up_nightly(agency.kept, agency.clock.now)

    assert not folder.exists()
