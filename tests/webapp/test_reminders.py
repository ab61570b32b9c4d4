"""What Kept does by itself each minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from domain.due import Due
from domain.promise import Promise
from tests.agency import MONDAY, Clock, command, open_agency, settings_for
from tests.killing import remind_while_killing
from tests.postbox import open_postbox
from webapp.reminders import (
    LAST_BACKUP,
    LEASE,
    back_up_nightly,
    fall_due,
    last_night,
    remind_keeper,
    send_reminders,
)

EVENING = MONDAY + timedelta(hours=8, minutes=30)
SOON = MONDAY + timedelta(hours=8, minutes=29)


@pytest.fixture
def postbox():
    with open_postbox() as postbox:
        yield postbox


@pytest.fixture
def agency(tmp_path, postbox):
    agency = open_agency(settings_for(tmp_path / "home", smtp_url=postbox.url), Clock())
    yield agency
    agency.kept.close()


def minute(agency, now: datetime) -> int:
    """What the worker does each minute, without its queue; returns how many reminders went out."""
    agency.clock.now = now
    fall_due(agency.kept, now)
    claimed = []
    send_reminders(agency.kept, lambda *reminder: claimed.append(reminder))
    sent = sum(carry_out(agency, reminder) for reminder in claimed)
    agency.kept.views.catch_up()
    return sent


def carry_out(agency, reminder) -> bool:
    promise, on, at, zone, kind, channel = reminder
    due = Due(date.fromisoformat(on), time.fromisoformat(at) if at else None, zone)
    return remind_keeper(agency.kept, agency.clock.now, UUID(promise), due, kind, channel)


def test_a_promise_falls_due_once_at_the_end_of_the_working_day(agency):
    promise = agency.promise()

    assert fall_due(agency.kept, SOON) == 0
    assert fall_due(agency.kept, EVENING) == 1
    assert fall_due(agency.kept, EVENING + timedelta(days=1)) == 0

    assert [fact.originator_id for fact in agency.facts(Promise.PromiseFellDue)] == [promise]
    assert agency.kept.views.promises.fallen_due(agency.dana) == 1


def test_a_promise_with_an_hour_falls_due_at_that_hour(agency):
    agency.promise(at=time(11, 15))

    assert fall_due(agency.kept, MONDAY + timedelta(hours=2, minutes=14)) == 0
    assert fall_due(agency.kept, MONDAY + timedelta(hours=2, minutes=15)) == 1


def test_its_keeper_gets_one_mail(agency, postbox):
    promise = agency.promise()

    assert minute(agency, EVENING) == 1
    assert minute(agency, EVENING + timedelta(minutes=1)) == 0

    (mail,) = postbox.mails
    assert mail["Subject"] == "Due: Ring with the rate (Ada Byron)"
    assert mail["To"] == "Dana <dana@example.com>"
    assert f"http://127.0.0.1:8000/promises/{promise}" in mail.get_content()
    assert "Mon 23 Nov 2026" in mail.get_content()
    (fact,) = agency.facts(Promise.ReminderSent)
    assert (fact.originator_id, fact.channel) == (promise, "mail")


def test_a_mail_sent_again_after_a_lost_record_has_the_same_id_and_is_recorded_once(agency, postbox, monkeypatch):
    agency.promise()
    with monkeypatch.context() as patch:
        patch.setattr(agency.kept.recruiting, "reminder_sent", lambda *_: (_ for _ in ()).throw(OSError("gone")))
        with pytest.raises(OSError, match="gone"):
            minute(agency, EVENING)

    minute(agency, EVENING + timedelta(seconds=LEASE + 1))

    first, second = postbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert len(agency.facts(Promise.ReminderSent)) == 1


def test_without_a_mail_server_nothing_is_sent_and_nothing_has_failed(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home"), Clock())
    agency.promise()

    assert minute(agency, EVENING) == 0

    assert agency.facts(Promise.PromiseFellDue)
    assert not agency.facts(Promise.ReminderSent) + agency.facts(Promise.ReminderFailed)
    agency.kept.close()


def test_a_refused_address_is_noted_once_and_tried_again_with_longer_rests(agency, postbox):
    agency.promise()
    postbox.refuse["dana@example.com"] = "550 no such person"

    minute(agency, EVENING)
    minute(agency, EVENING + timedelta(seconds=59))
    minute(agency, EVENING + timedelta(seconds=61))
    minute(agency, EVENING + timedelta(minutes=5))
    (fact,) = agency.facts(Promise.ReminderFailed)
    (row,) = agency.kept.views.promises.reminders_failed()
    del postbox.refuse["dana@example.com"]
    too_early = minute(agency, EVENING + timedelta(minutes=6))
    sent = minute(agency, EVENING + timedelta(minutes=6, seconds=2))

    assert fact.reason == row.reason == "The mail server refused the recipient's address (550)."
    assert (too_early, sent) == (0, 1)
    assert not agency.kept.views.promises.reminders_failed()


def test_a_server_that_is_away_is_a_reason(tmp_path):
    agency = open_agency(settings_for(tmp_path / "home", smtp_url="smtp://127.0.0.1:9"), Clock())
    agency.promise()

    minute(agency, EVENING)

    (fact,) = agency.facts(Promise.ReminderFailed)
    assert fact.reason == "The mail server did not answer."
    agency.kept.close()


def test_a_promise_kept_before_its_mail_left_is_not_reminded_of(agency, postbox):
    promise = agency.promise()
    agency.clock.now = EVENING
    fall_due(agency.kept, EVENING)
    claimed = []
    send_reminders(agency.kept, lambda *reminder: claimed.append(reminder))
    agency.kept.recruiting.keep_promise(command(agency.dana), promise)

    assert not carry_out(agency, claimed[0])

    assert not postbox.mails


def test_a_new_date_is_reminded_of_anew(agency, postbox):
    promise = agency.promise()
    minute(agency, EVENING)
    tomorrow = Due(EVENING.date() + timedelta(days=1), None, "Europe/London")
    agency.kept.recruiting.renegotiate_promise(command(agency.dana), promise, tomorrow)

    assert minute(agency, EVENING + timedelta(hours=1)) == 0
    assert minute(agency, EVENING + timedelta(days=1)) == 1

    assert len({mail["Message-ID"] for mail in postbox.mails}) == 2


def test_two_workers_share_the_reminders_and_a_dead_one_is_replaced(agency):
    agency.promise()
    agency.promise(to=agency.bob)
    agency.clock.now = EVENING
    fall_due(agency.kept, EVENING)

    def handed_over() -> int:
        return send_reminders(agency.kept, lambda *_: None)

    assert (handed_over(), handed_over()) == (2, 0)
    agency.clock.on(seconds=LEASE + 1)
    assert handed_over() == 2


def test_an_erased_candidate_is_not_written_about(agency, postbox):
    agency.promise()
    agency.promise("Send the contract", to=agency.bob)
    agency.kept.erase(agency.ada, agency.olive, "asked")

    minute(agency, EVENING)

    (mail,) = postbox.mails
    assert mail["Subject"] == "Due: Send the contract (Bob Stone)"
    assert agency.kept.views.promises.reminders_to_send() == []


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
    assert agency.kept.work.get(LAST_BACKUP) == nights[-1].isoformat()


def test_a_backup_that_fails_says_so_and_is_tried_again_after_a_quarter_of_an_hour(agency):
    agency.kept.settings.backups.write_text("in the way")

    first = back_up_nightly(agency.kept, agency.clock.now)
    trouble = agency.kept.work.get("backup_trouble")
    agency.kept.settings.backups.unlink()
    too_early = back_up_nightly(agency.kept, agency.clock.on(minutes=14))
    later = back_up_nightly(agency.kept, agency.clock.on(minutes=2))

    assert (first, too_early, later) == (False, False, True)
    assert trouble
    assert agency.kept.work.get("backup_trouble") == ""


def test_a_demo_is_not_backed_up(agency):
    demo = replace(agency.kept, settings=replace(agency.kept.settings, demo=True))

    assert not back_up_nightly(demo, agency.clock.now)


def test_a_real_worker_that_is_killed_reminds_everybody_and_records_nothing_twice(tmp_path):
    killed, mails, recorded = remind_while_killing(tmp_path / "other", promises=16, kills=2)

    assert killed >= 2
    assert set(recorded.values()) == {1}
    assert mails.total() - 16 <= 2 * killed
