"""While a colleague is away, who covers is reminded of what is theirs; nothing is lost for the day they are back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.absence import Absence
from domain.promise import Promise
from tests.agency import ZONE, Clock, command, open_agency, settings_for
from tests.minute import minute
from tests.postbox import open_postbox
from webapp.covering import covers_at

SUNDAY, MONDAY, TUESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (22, 23, 24, 26, 27))
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # a Monday
A_DAY = timedelta(days=1)


@pytest.fixture
def postbox():
    with open_postbox() as postbox:
        yield postbox


@pytest.fixture
def agency(tmp_path, postbox):
    """All have joined; it is the Thursday before."""
    agency = open_agency(settings_for(tmp_path / "home", smtp_url=postbox.url), Clock(MORNING - 4 * A_DAY))
    for colleague in (agency.olive, agency.dana, agency.tom):
        agency.kept.recruiting.join(command(colleague), colleague)
    yield agency
    agency.kept.close()


def away(agency, first=MONDAY, last=TUESDAY, cover=None):
    """Dana is; the id of it."""
    planned = command(agency.dana)
    agency.kept.recruiting.plan_absence(planned, agency.dana, Absence(first, last, ZONE, cover))
    return planned.stream(0)


def words(mail) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def whom(postbox) -> list[str]:
    return [mail["To"].addresses[0].username for mail in postbox.mails]


def test_who_covers_is_told_and_whoever_comes_back_is_told_what_is_left(agency, postbox):
    left, kept = agency.promise("Send the contract", on=MONDAY), agency.promise("Ring her", on=MONDAY)
    absence = away(agency, cover=agency.tom)

    assert (minute(agency, MORNING), minute(agency, MORNING + timedelta(minutes=1))) == (1, 0)
    agency.kept.recruiting.keep_promise(command(agency.tom), kept)
    assert [minute(agency, MORNING + A_DAY * days) for days in (1, 2, 3)] == [1, 1, 0]

    assert whom(postbox) == ["tom", "tom", "dana"]
    first, second, back = map(words, postbox.mails)
    assert postbox.mails[0]["Subject"] == "Mon 23 Nov: 2 for Dana"
    assert "FOR DANA, AWAY UNTIL TUE 24 NOV" in first
    assert "* Send the contract" in first
    assert "* Ring her" in first
    assert "* Send the contract" in second
    assert "* Ring her" not in second
    assert "OVERDUE" in back
    assert "* Send the contract" in back
    assert "* Ring her" not in back
    assert agency.kept.views.check() == []
    told = [(fact.originator_id, fact.kind) for fact in agency.facts(Promise.ReminderSent)]
    assert sorted(told) == sorted(
        [
            (left, f"digest {absence}"),
            (kept, f"digest {absence}"),
            (left, f"overdue {absence}"),
            (left, "overdue"),
        ]
    )


def test_a_reminder_of_its_own_goes_to_who_covers(agency, postbox):
    agency.promise("Ring with the rate", on=MONDAY, at=time(11, 15))
    away(agency, cover=agency.tom)
    minute(agency, MORNING)

    assert minute(agency, MORNING.replace(hour=11, minute=15)) == 1

    assert whom(postbox) == ["tom", "tom"]
    assert "For Dana, away until Tue 24 Nov." in words(postbox.mails[1])


def test_it_is_as_always_where_nobody_covers_or_who_covered_has_left_or_the_absence_was_called_off(agency, postbox):
    verbs, said = agency.kept.recruiting, []
    agency.promise("Send the contract", on=MONDAY)
    for cover, then in (
        (None, lambda id: None),
        (agency.tom, lambda id: verbs.end_absence(command(agency.olive), agency.dana, id)),
        (agency.tom, lambda id: verbs.recruiter_leaves(command(agency.olive), agency.tom)),
    ):
        absence = away(agency, cover=cover)
        then(absence)
        agency.kept.views.catch_up()
        said.append(covers_at(agency.kept, MORNING).in_charge(agency.dana))
        if cover is None:
            verbs.end_absence(command(agency.dana), agency.dana, absence)

    minute(agency, MORNING)

    assert said == [agency.dana] * 3
    assert whom(postbox) == ["dana"]


def test_an_absence_begins_and_ends_at_midnight_where_the_agency_is(agency):
    away(agency, cover=agency.tom)
    agency.kept.views.catch_up()
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    moments = [midnight - timedelta(seconds=1), midnight, midnight + 2 * A_DAY - timedelta(seconds=1)]

    charged = [covers_at(agency.kept, moment).in_charge(agency.dana) for moment in (*moments, midnight + 2 * A_DAY)]

    assert charged == [agency.dana, agency.tom, agency.tom, agency.dana]
