"""What Kept does by itself each minute: the digest of a working morning, and the mail of an hour."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from domain.agency import AgencySettings
from domain.due import Due
from domain.promise import NewPromise, Party, Promise
from tests.agency import ZONE, Clock, command, open_agency, settings_for
from tests.killing import remind_while_killing
from tests.minute import carry_out, minute, promised
from tests.postbox import open_postbox
from webapp.reminders import (
    A_TURN,
    LAST_DIGEST,
    LEASE,
    digest_is_due,
    fall_due,
    is_time,
    send_digests,
    send_reminders,
)
from webapp.sending import MAIL_TROUBLE
from webapp.work import Work


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


MORNING = utc(2026, 11, 23, 7, 30)  # a Monday
BEFORE = MORNING - timedelta(minutes=1)
FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (20, 21, 23, 24))
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def postbox():
    with open_postbox() as postbox:
        yield postbox


@pytest.fixture
def agency(tmp_path, postbox):
    """All have joined; it is the Thursday before."""
    agency = a_team(tmp_path, smtp_url=postbox.url)
    yield agency
    agency.kept.close()


def a_team(tmp_path, **more):
    agency = open_agency(settings_for(tmp_path / "home", **more), Clock(MORNING - timedelta(days=4)))
    for colleague in (agency.olive, agency.dana, agency.tom):
        agency.kept.recruiting.join(command(colleague), colleague)
    return agency


def words(mail) -> str:
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def told(agency) -> set[tuple[UUID, str]]:
    return {(fact.originator_id, fact.kind) for fact in agency.facts(Promise.ReminderSent)}


def change(agency, **settings) -> None:
    row = agency.kept.views.team.agency()
    agency.kept.recruiting.change_settings(command(agency.olive), row.id, AgencySettings(row.name, ZONE, **settings))


# Falling due


def test_a_promise_falls_due_once_at_the_end_of_the_working_day(agency):
    promise = agency.promise(on=MONDAY)
    evening = MORNING.replace(hour=17)

    assert fall_due(agency.kept, evening - A_MINUTE) == 0
    assert fall_due(agency.kept, evening.replace(minute=30)) == 1
    assert fall_due(agency.kept, evening + A_DAY) == 0

    assert [fact.originator_id for fact in agency.facts(Promise.PromiseFellDue)] == [promise]
    assert agency.kept.views.promises.fallen_due(agency.dana) == 1


def test_a_promise_with_an_hour_falls_due_at_that_hour(agency):
    agency.promise(on=MONDAY, at=time(11, 15))

    assert fall_due(agency.kept, MORNING.replace(hour=11, minute=14)) == 0
    assert fall_due(agency.kept, MORNING.replace(hour=11, minute=15)) == 1


# The digest of a working morning


def test_one_mail_in_the_morning_with_what_is_due_and_what_is_late(agency, postbox):
    ring = agency.promise("Ring with the rate", on=MONDAY, at=time(15))
    send = agency.promise("Send the contract", to=agency.bob, on=MONDAY)
    late = agency.promise("Tell her about the ward", on=FRIDAY)
    agency.promise("Next week", on=TUESDAY)

    assert minute(agency, BEFORE) == 0
    assert minute(agency, MORNING) == 1
    assert minute(agency, MORNING + A_MINUTE) == 0

    (mail,) = postbox.mails
    text = words(mail)
    assert mail["To"] == "Dana <dana@example.com>"
    assert mail["Subject"] == "Mon 23 Nov: 2 due today, 1 overdue"
    assert mail["List-Unsubscribe"] == "<http://127.0.0.1:8000/settings>"
    assert text.index("DUE TODAY") < text.index("Ring with the rate") < text.index("Send the contract")
    assert text.index("Send the contract") < text.index("OVERDUE") < text.index("Tell her about the ward")
    assert "to Ada Byron · 15:00" in text
    assert "to Ada Byron · was due Fri 20 Nov" in text
    assert "Next week" not in text
    assert f"http://127.0.0.1:8000/promises/{ring}" in text
    assert "http://127.0.0.1:8000/settings" in text
    assert text.count("  Kept: http://127.0.0.1:8000/answers/") == text.count("  Tomorrow: http") == 3
    assert told(agency) == {(ring, "digest"), (send, "digest"), (late, "overdue")}
    assert agency.kept.work.get(LAST_DIGEST) == MORNING.isoformat()


def test_the_page_beside_the_text_shows_words_as_they_are_and_loads_nothing(agency, postbox):
    agency.promise("Ring <b>Ada</b> & Bob", on=MONDAY)

    minute(agency, MORNING)

    page = postbox.mails[0].get_body(("html",)).get_content()
    assert "Ring &lt;b&gt;Ada&lt;/b&gt; &amp; Bob" in page
    assert ">Kept</a>" in page
    assert ">Tomorrow</a>" in page
    assert "src=" not in page
    assert "url(" not in page


def test_what_others_promised_us_says_so(agency, postbox):
    verbs = agency.kept.recruiting
    priya = verbs.add_contact(command(agency.dana), "Priya Shah", "Acme").streams[0]
    due = Due(MONDAY, None, ZONE)
    theirs = NewPromise("Send the NMC pin", due, agency.dana, Party.CANDIDATE)
    clients = NewPromise("Sign the timesheet", due, agency.dana, Party.CONTACT, priya)
    for promise in (theirs, clients):
        verbs.make_promise(command(agency.dana), agency.ada, promise)

    minute(agency, MORNING)

    text = words(postbox.mails[0])
    assert "Send the NMC pin\n  Ada Byron promised us" in text
    assert "Sign the timesheet\n  Priya Shah promised us, about Ada Byron" in text


def test_nothing_to_say_is_no_mail(agency, postbox):
    agency.promise(on=TUESDAY)

    assert minute(agency, MORNING) == 0

    assert not postbox.mails
    assert agency.kept.work.get(LAST_DIGEST) is None


def test_what_is_promised_for_today_after_the_digest_comes_up_once_it_is_late(agency, postbox):
    minute(agency, MORNING)
    late = agency.promise(on=MONDAY)

    sent = [minute(agency, MORNING + timedelta(hours=hours)) for hours in (1, 5, 11, 24, 48)]

    assert sent == [0, 0, 0, 1, 0]
    assert told(agency) == {(late, "overdue")}


def test_overdue_is_said_once_and_then_only_counted(agency, postbox):
    for n in range(2):
        agency.promise(f"Old {n}", on=FRIDAY)
    minute(agency, MORNING)
    agency.promise("Tuesday’s", on=TUESDAY)

    minute(agency, MORNING + A_DAY)
    minute(agency, MORNING + 2 * A_DAY)
    silence = minute(agency, MORNING + 3 * A_DAY)

    first, second, third = map(words, postbox.mails)
    assert "Old 0" in first
    assert "Old" not in second + third
    assert "2 older promises are still overdue:\nhttp://127.0.0.1:8000/promises?status=open&who=me&sort=due" in second
    assert "Tuesday’s\n  to Ada Byron · was due Tue 24 Nov" in third
    assert silence == 0


def test_more_than_fit_are_counted(agency, postbox):
    for n in range(63):
        agency.promise(f"Number {n}", on=MONDAY)

    minute(agency, MORNING)

    assert words(postbox.mails[0]).count("* Number") == 60
    assert "And 3 more: http://127.0.0.1:8000/" in words(postbox.mails[0])
    assert len(told(agency)) == 63


def test_a_weekend_is_silent_and_monday_has_what_fell_due_then(agency, postbox):
    promises = [agency.promise("Ring", on=SATURDAY), agency.promise("At ten", on=SATURDAY, at=time(10))]

    weekend = [minute(agency, utc(2026, 11, 21, hour)) for hour in (7, 8, 10, 18)]
    monday = [minute(agency, MORNING + timedelta(minutes=minutes)) for minutes in (-90, 0, 1, 120)]

    assert (weekend, monday) == ([0, 0, 0, 0], [0, 1, 0, 0])
    assert "At ten\n  to Ada Byron · was due Sat 21 Nov, 10:00" in words(postbox.mails[0])
    assert told(agency) == {(promise, "overdue") for promise in promises}


def test_a_holiday_is_silent_where_it_is_one(agency, postbox):
    change(agency, country="GB-ENG")
    agency.clock.now = utc(2026, 12, 22, 12)
    agency.promise("By Christmas", on=date(2026, 12, 25))

    sent = [minute(agency, utc(2026, 12, day, 7, 30)) for day in (25, 26, 27, 28, 29)]

    assert sent == [0, 0, 0, 0, 1]  # Boxing Day is kept on the Monday


def test_everybody_has_a_digest_of_their_own_at_their_own_hour_or_none(agency, postbox):
    verbs = agency.kept.recruiting
    verbs.choose_digest_hour(command(agency.dana), agency.dana, time(9))
    verbs.choose_digest_hour(command(agency.olive), agency.olive, None)
    for whose in (agency.dana, agency.tom, agency.olive):
        promised(agency, whose, "Ring")

    sent = [minute(agency, MORNING + timedelta(minutes=minutes)) for minutes in (0, 30, 90, 200)]

    assert sent == [1, 0, 1, 0]
    assert [mail["To"].addresses[0].username for mail in postbox.mails] == ["tom", "dana"]
    assert "This comes at 09:00 on working days" in words(postbox.mails[1])


TEAM = {"zone": ZONE, "country": "GB-ENG", "working_days": [0, 1, 2, 3, 4], "day_begins": time(9), "day_ends": time(17)}


def somebody(digest_at: time | None = time(7, 30), quiet: tuple[time, time] | None = None) -> SimpleNamespace:
    begins, ends = quiet or (None, None)
    return SimpleNamespace(digest_at=digest_at, quiet_begins=begins, quiet_ends=ends)


@pytest.mark.parametrize(
    ("now", "colleague", "due"),
    [
        (utc(2026, 11, 23, 7, 29), somebody(), False),
        (utc(2026, 11, 23, 7, 30), somebody(), True),
        (utc(2026, 11, 23, 16, 59), somebody(), True),  # the worker was down until now
        (utc(2026, 11, 23, 17, 0), somebody(), False),  # tomorrow's says what is late then
        (utc(2026, 11, 22, 7, 30), somebody(), False),  # a Sunday
        (utc(2026, 12, 25, 7, 30), somebody(), False),
        (utc(2026, 11, 23, 7, 30), somebody(None), False),
        (utc(2026, 11, 23, 18, 0), somebody(time(18)), True),  # after work, as they wish
        (utc(2026, 11, 23, 19, 0), somebody(time(18)), False),
        (utc(2026, 11, 23, 7, 30), somebody(quiet=(time(20), time(8))), False),
        (utc(2026, 11, 23, 8, 0), somebody(quiet=(time(20), time(8))), True),
        (utc(2026, 11, 23, 12, 30), somebody(quiet=(time(12), time(13))), False),
        (utc(2026, 11, 23, 17, 30), somebody(quiet=(time(7), time(17, 30))), True),
        (utc(2026, 3, 27, 7, 30), somebody(), True),  # winter time, and on Sunday the clocks go forward
        (utc(2026, 3, 30, 6, 29), somebody(), False),
        (utc(2026, 3, 30, 6, 30), somebody(), True),
        (utc(2026, 10, 23, 6, 30), somebody(), True),  # and back
        (utc(2026, 10, 26, 6, 30), somebody(), False),
        (utc(2026, 10, 26, 7, 30), somebody(), True),
    ],
)
def test_when_a_digest_goes(now, colleague, due):
    assert digest_is_due(colleague, now, SimpleNamespace(**TEAM)) is due


# A mail about one promise


def test_only_a_promise_with_a_clock_time_has_a_mail_of_its_own_at_that_time(agency, postbox):
    ring, _ = agency.promise(on=MONDAY, at=time(15)), agency.promise("Send the contract", on=MONDAY)
    minute(agency, MORNING)

    assert minute(agency, MORNING.replace(hour=14, minute=59)) == 0
    assert minute(agency, MORNING.replace(hour=15, minute=0)) == 1
    assert minute(agency, MORNING.replace(hour=15, minute=1)) == 0
    assert minute(agency, MORNING.replace(hour=17, minute=30)) == 0

    _, mail = postbox.mails
    assert mail["Subject"] == "Due: Ring with the rate (Ada Byron)"
    assert f"/promises/{ring}" in words(mail)
    assert (ring, "fell due") in told(agency)


@pytest.mark.parametrize(
    ("said_for", "now", "colleague", "time_to_say_it"),
    [
        (utc(2026, 11, 23, 15), utc(2026, 11, 23, 15), somebody(), True),
        (utc(2026, 11, 23, 19), utc(2026, 11, 23, 19), somebody(), True),  # said so: not only in hours
        (utc(2026, 11, 23, 19), utc(2026, 11, 23, 20), somebody(), False),  # but late, only in them
        (utc(2026, 11, 23, 12), utc(2026, 11, 23, 16), somebody(), True),
        (utc(2026, 11, 23, 12), utc(2026, 11, 23, 18), somebody(), False),
        (utc(2026, 11, 23, 19), utc(2026, 11, 24, 9), somebody(), False),  # the digest says it
        (utc(2026, 11, 23, 19), utc(2026, 11, 24, 9), somebody(None), True),
        (utc(2026, 11, 23, 7), utc(2026, 11, 23, 7, 1), somebody(), False),  # the digest will say it
        (utc(2026, 11, 23, 7), utc(2026, 11, 23, 7, 1), somebody(None), True),
        (utc(2026, 11, 22, 15), utc(2026, 11, 22, 15), somebody(), False),  # a Sunday
        (utc(2026, 12, 25, 15), utc(2026, 12, 25, 15), somebody(), False),
        (utc(2026, 11, 22, 15), utc(2026, 11, 23, 9), somebody(None), True),
        (utc(2026, 11, 22, 15), utc(2026, 11, 23, 8), somebody(None), False),
        (utc(2026, 11, 23, 12), utc(2026, 11, 23, 12), somebody(quiet=(time(12), time(13))), False),
        (utc(2026, 11, 23, 12), utc(2026, 11, 23, 13), somebody(quiet=(time(12), time(13))), True),
        (utc(2026, 11, 23, 18), utc(2026, 11, 23, 20), somebody(quiet=(time(17), time(20))), True),
        (utc(2026, 7, 1, 14), utc(2026, 7, 1, 14), somebody(), True),  # 15:00 in summer
        (utc(2026, 7, 1, 15, 30), utc(2026, 7, 1, 16, 31), somebody(), False),  # 17:31
    ],
)
def test_when_a_mail_of_its_own_goes(said_for, now, colleague, time_to_say_it):
    assert is_time(said_for, colleague, now, SimpleNamespace(**TEAM)) is time_to_say_it


def test_a_new_date_is_reminded_of_anew(agency, postbox):
    promise = agency.promise(on=MONDAY)
    minute(agency, MORNING)
    agency.kept.recruiting.renegotiate_promise(command(agency.dana), promise, Due(TUESDAY, None, ZONE))

    assert minute(agency, MORNING + timedelta(hours=1)) == 0
    assert minute(agency, MORNING + A_DAY) == 1

    assert len({mail["Message-ID"] for mail in postbox.mails}) == 2


def test_a_promise_kept_before_its_mail_left_is_not_reminded_of(agency, postbox):
    promise = agency.promise(on=MONDAY, at=time(15))
    minute(agency, MORNING)
    agency.clock.now = MORNING.replace(hour=15)
    fall_due(agency.kept, agency.clock.now)
    claimed = []
    send_reminders(agency.kept, agency.clock.now, lambda *reminder: claimed.append(reminder))
    agency.kept.recruiting.keep_promise(command(agency.dana), promise)

    assert not carry_out(agency, claimed[0])

    assert len(postbox.mails) == 1


def test_an_erased_candidate_is_not_written_about(agency, postbox):
    agency.promise("Ring", on=MONDAY)
    agency.promise("Ring", on=MONDAY, at=time(15))
    agency.promise("Send the contract", to=agency.bob, on=MONDAY)
    agency.kept.erase(agency.ada, agency.olive, "asked")

    minute(agency, MORNING)
    minute(agency, MORNING.replace(hour=15))

    (mail,) = postbox.mails
    assert mail["Subject"] == "Mon 23 Nov: 1 due today"
    assert "Send the contract" in words(mail)


# Snoozed


def snooze(agency, promise: UUID, until: datetime) -> None:
    agency.kept.recruiting.snooze_reminder(command(agency.dana), promise, until)
    agency.kept.views.catch_up()


def test_a_snoozed_promise_is_silent_until_then_and_reminds_again_at_that_minute(agency, postbox):
    promise = agency.promise(on=MONDAY, at=time(10))
    minute(agency, MORNING)
    minute(agency, MORNING.replace(hour=10))
    until = MORNING.replace(hour=14)
    snooze(agency, promise, until)

    sent = [minute(agency, until + timedelta(minutes=minutes)) for minutes in (-180, -1, 0, 1, 60)]

    assert sent == [0, 0, 1, 0, 0]
    assert postbox.mails[-1]["Subject"] == "Again: Ring with the rate (Ada Byron)"
    assert "You asked to be reminded" in words(postbox.mails[-1])


def test_what_was_snoozed_until_before_the_digest_is_in_it(agency, postbox):
    promise = agency.promise("Ring", on=FRIDAY)
    minute(agency, MORNING)
    snooze(agency, promise, MORNING + A_DAY)
    snooze(agency, promise, MORNING + 2 * A_DAY - timedelta(hours=1))

    sent = [minute(agency, MORNING + days * A_DAY) for days in (1, 2, 3)]

    assert sent == [0, 1, 0]
    assert postbox.mails[-1]["Subject"] == "Wed 25 Nov: 1 snoozed until today"
    assert "YOU ASKED TO BE REMINDED\n\n* Ring\n  to Ada Byron · was due Fri 20 Nov" in words(postbox.mails[-1])


def test_a_snooze_can_be_repeated_and_taken_back(agency, postbox):
    promise = agency.promise("Ring", on=MONDAY)
    minute(agency, MORNING)
    snooze(agency, promise, MORNING.replace(hour=10))
    minute(agency, MORNING.replace(hour=10))
    snooze(agency, promise, MORNING.replace(hour=12))
    minute(agency, MORNING.replace(hour=12))
    snooze(agency, promise, MORNING.replace(hour=14))
    snooze(agency, promise, agency.clock.now)
    minute(agency, MORNING.replace(hour=14))

    assert len(postbox.mails) == 3
    assert len({mail["Message-ID"] for mail in postbox.mails}) == 3


def test_a_snooze_over_the_weekend_comes_back_on_monday(agency, postbox):
    promise = agency.promise("Ring", on=FRIDAY)
    minute(agency, MORNING - 3 * A_DAY)
    snooze(agency, promise, utc(2026, 11, 21, 12))

    assert [minute(agency, MORNING - A_DAY), minute(agency, MORNING), minute(agency, MORNING + A_MINUTE)] == [0, 1, 0]


# Who is not written to


def test_nobody_who_left_or_only_reads_is_written_to_and_owners_hear_of_their_promises(agency, postbox):
    verbs = agency.kept.recruiting
    promises = [promised(agency, agency.tom, "Ring"), promised(agency, agency.dana, "Send it", FRIDAY, time(9))]
    paula = verbs.invite_recruiter(command(agency.olive), "Paula", "paula@example.com", "owner").streams[0]
    verbs.join(command(paula), paula)
    verbs.recruiter_leaves(command(agency.olive), agency.tom)
    verbs.change_role(command(agency.olive), agency.dana, "auditor")

    minute(agency, MORNING)
    minute(agency, MORNING + timedelta(hours=2))
    minute(agency, MORNING + A_DAY)

    assert {mail["To"].addresses[0].username for mail in postbox.mails} == {"olive", "paula"}
    first, second, third, fourth = map(words, postbox.mails)
    assert postbox.mails[0]["Subject"] == "Mon 23 Nov: 2 that nobody follows up"
    assert "NOBODY FOLLOWS THESE UP\n" in first
    assert ("* Ring" in first, "* Send it" in first) == (True, True) == ("* Ring" in second, "* Send it" in second)
    assert ("* Ring" in third, "* Send it" in third) == (True, False) == ("* Ring" in fourth, "* Send it" in fourth)
    assert told(agency) == {(promises[0], "digest"), (promises[0], "overdue"), (promises[1], "overdue")}


def test_without_a_mail_server_nothing_is_sent_and_nothing_has_failed(tmp_path):
    agency = a_team(tmp_path)
    agency.promise(on=MONDAY, at=time(15))

    assert minute(agency, MORNING) + minute(agency, MORNING.replace(hour=15)) == 0

    assert agency.facts(Promise.PromiseFellDue)
    assert not agency.facts(Promise.ReminderSent) + agency.facts(Promise.ReminderFailed)
    agency.kept.close()


def test_a_demo_sends_nothing(agency, postbox):
    agency.promise(on=MONDAY)
    agency.kept = replace(agency.kept, settings=replace(agency.kept.settings, demo=True))

    assert minute(agency, MORNING) == 0
    assert not postbox.mails


# At least once, recorded once


@pytest.mark.parametrize("at", [None, time(15)])
def test_a_mail_sent_again_after_a_lost_record_has_the_same_id_and_is_recorded_once(agency, postbox, monkeypatch, at):
    promises = [agency.promise(on=MONDAY, at=at), agency.promise("Another", on=MONDAY, at=at)]
    if at:
        minute(agency, MORNING)
    now, before = MORNING.replace(hour=15 if at else 7), len(postbox.mails)
    with monkeypatch.context() as patch:
        patch.setattr(agency.kept.recruiting, "reminder_sent", lambda *_: (_ for _ in ()).throw(OSError("gone")))
        with pytest.raises(OSError, match="gone"):
            minute(agency, now)

    agency.clock.now = now + timedelta(seconds=LEASE + 1)
    minute(agency, agency.clock.now)

    ids = Counter(mail["Message-ID"] for mail in postbox.mails[before:])
    assert max(ids.values()) == 2
    assert len(ids) == (2 if at else 1)
    kinds = Counter((fact.originator_id, fact.kind) for fact in agency.facts(Promise.ReminderSent))
    assert set(kinds.values()) == {1}
    assert {(promise, "fell due" if at else "digest") for promise in promises} <= set(kinds)


def test_two_workers_share_what_is_to_be_sent_and_a_dead_one_is_replaced(agency):
    agency.clock.now = MORNING

    def handed_over() -> int:
        return send_digests(agency.kept, MORNING, lambda *_: None)

    assert (handed_over(), handed_over()) == (3, 0)
    agency.clock.on(seconds=LEASE + 1)
    assert handed_over() == 3


def test_losing_what_is_in_hand_loses_nothing(agency, postbox, tmp_path):
    agency.promise("Ring", on=MONDAY)
    agency.promise("At three", on=MONDAY, at=time(15))
    minute(agency, MORNING)
    agency.kept.work.close()
    agency.kept = replace(agency.kept, work=Work(tmp_path / "new.db", agency.clock))

    sent = [minute(agency, MORNING + timedelta(minutes=1)), minute(agency, MORNING.replace(hour=15))]

    assert sent == [0, 1]
    assert {mail["Subject"] for mail in postbox.mails} == {"Mon 23 Nov: 2 due today", "Due: At three (Ada Byron)"}


def test_a_day_without_a_worker_loses_nothing(agency, postbox):
    ring, three = agency.promise("Ring", on=MONDAY), agency.promise("At three", on=MONDAY, at=time(15))

    assert minute(agency, MORNING + A_DAY) == 1
    assert minute(agency, MORNING + A_DAY + A_MINUTE) == 0

    assert told(agency) == {(ring, "overdue"), (three, "overdue")}


# What cannot be sent


def test_a_refused_address_is_noted_once_and_tried_again_with_longer_rests(agency, postbox):
    promise = agency.promise(on=MONDAY)
    postbox.refuse["dana@example.com"] = "550 no such person"

    tried = [minute(agency, MORNING + timedelta(seconds=seconds)) for seconds in (0, 59, 61, 300)]
    (fact,) = agency.facts(Promise.ReminderFailed)
    (row,) = agency.kept.views.promises.reminders_failed()
    del postbox.refuse["dana@example.com"]
    later = [minute(agency, MORNING + timedelta(seconds=seconds)) for seconds in (360, 362, 420)]

    assert (tried, later) == ([0, 0, 0, 0], [0, 1, 0])
    assert fact.reason == row.reason == "The mail server refused the recipient's address (550)."
    assert (row.promise, row.kind) == (promise, "digest")
    assert not agency.kept.views.promises.reminders_failed()


def test_an_address_that_takes_no_mail_holds_up_nobody_else(agency, postbox):
    agency.kept.recruiting.choose_digest_hour(command(agency.tom), agency.tom, None)
    for n in range(A_TURN + 20):
        promised(agency, agency.tom, f"Number {n}", at=time(8))
    minute(agency, MORNING)
    postbox.refuse["tom@example.com"] = "550 no such person"
    minute(agency, MORNING.replace(hour=8, minute=0))
    failed = len(agency.facts(Promise.ReminderFailed))
    ring = promised(agency, agency.dana, "Ring", at=time(9))

    assert minute(agency, MORNING.replace(hour=9, minute=0)) == 1
    del postbox.refuse["tom@example.com"]
    sent = [minute(agency, MORNING.replace(hour=10, minute=minutes)) for minutes in (0, 1, 2)]

    assert (ring, "fell due") in told(agency)
    assert failed == 1, "one try told that the address takes no mail"
    assert sent == [A_TURN, 20, 0]


def test_a_mail_that_no_server_wants_holds_up_no_other_of_its_keeper(agency, postbox):
    agency.promise("Ring", on=MONDAY, at=time(8))
    minute(agency, MORNING)
    postbox.answer = "554 smells of spam"
    assert minute(agency, MORNING.replace(hour=8, minute=0)) == 0
    postbox.answer = "250 Taken"
    agency.promise("Send it", on=MONDAY, at=time(8, 0, 30))

    assert minute(agency, MORNING.replace(hour=8, minute=0, second=31)) == 1
    assert minute(agency, MORNING.replace(hour=8, minute=1, second=1)) == 1


def test_a_server_that_is_away_is_asked_once_for_all_and_rests_a_quarter_of_an_hour_at_most(tmp_path):
    agency = a_team(tmp_path, smtp_url="smtp://127.0.0.1:9")
    for whose in (agency.dana, agency.tom):
        promised(agency, whose, "Ring")

    minute(agency, MORNING)
    minute(agency, MORNING + timedelta(seconds=30))

    (fact,) = agency.facts(Promise.ReminderFailed)
    assert fact.reason == agency.kept.work.get(MAIL_TROUBLE) == "The mail server did not answer."
    for _ in range(5):
        minute(agency, agency.clock.now + timedelta(minutes=15))
        assert agency.kept.work.rests("mail server")
        assert not agency.kept.work.claim("mail server", 1)
    assert len(agency.facts(Promise.ReminderFailed)) <= 2
    agency.kept.close()


def test_when_the_server_is_back_all_goes_out_and_the_trouble_is_over(agency, postbox):
    for whose in (agency.dana, agency.tom):
        promised(agency, whose, "Ring")
    agency.kept.work.back_off("mail server", 60)
    agency.kept.work.set(MAIL_TROUBLE, "The mail server did not answer.")
    agency.clock.now = MORNING
    agency.kept.work.back_off("mail server", 60)

    assert [minute(agency, MORNING), minute(agency, MORNING + timedelta(seconds=61))] == [0, 2]
    assert agency.kept.work.get(MAIL_TROUBLE) == ""


@pytest.mark.torture
def test_a_real_worker_that_is_killed_reminds_everybody_and_records_nothing_twice(tmp_path):
    killed, again, recorded = remind_while_killing(tmp_path / "other", promises=16, kills=2)

    assert killed >= 2
    assert set(recorded.values()) == {1}
    assert again <= 2 * killed, "only what was in the two workers' hands may be sent again"
