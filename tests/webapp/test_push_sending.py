"""Reminders on the lock screen, taken by a push service on loopback that opens and checks every one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from uuid import UUID

import pytest

from domain.promise import Promise
from tests.agency import Agency, Clock, command, open_agency, settings_for
from tests.minute import carry_out, minute, promised
from tests.postbox import open_postbox
from tests.pushbox import DRIPS, HANGS, Phone, Pushbox, certificate_for_localhost, open_pushbox
from webapp import outward, pushing
from webapp.notices import LIVES
from webapp.pushing import Message, can_be_pushed_to
from webapp.reminders import (
    LEASE,
    fall_due,
    send_digests,
    send_reminders,
)
from webapp.sending import LAST_PUSH, phone_of
from webapp.settings import Settings

MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # a Monday
THREE = MORNING.replace(hour=15, minute=0)
FRIDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (20, 23, 24))
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture
def pushbox() -> Iterator[Pushbox]:
    with open_pushbox() as pushbox:
        yield pushbox


@pytest.fixture
def agency(tmp_path) -> Iterator[Agency]:
    """All have joined; it is the Thursday before. No mail server."""
    agency = open_agency(settings_for(tmp_path / "home"), Clock(MORNING - timedelta(days=4)))
    for colleague in (agency.olive, agency.dana, agency.tom):
        agency.kept.recruiting.join(command(colleague), colleague)
    yield agency
    agency.kept.close()


def told(agency: Agency) -> Counter[tuple[UUID, str, str]]:
    return Counter((fact.originator_id, fact.kind, fact.channel) for fact in agency.facts(Promise.ReminderSent))


def phones(agency: Agency, whose: UUID) -> list:
    return agency.kept.vault.subscriptions(whose)


# One promise


def test_a_promise_with_a_clock_time_is_on_the_lock_screen_at_that_time(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    pushbox.subscribed(agency.kept, agency.tom)
    ring = agency.promise("Ring with the rate", on=MONDAY, at=time(15))
    minute(agency, MORNING)
    pushbox.pushes.clear()

    sent = [minute(agency, THREE + minutes * A_MINUTE) for minutes in (-1, 0, 1, 60)]

    assert sent == [0, 1, 0, 0]
    (push,) = pushbox.pushes
    assert push.phone is phone
    assert (push.topic, push.urgency, push.ttl) == (ring.hex, "high", LIVES.total_seconds())
    assert push.said["title"] == "A promise is due"
    assert push.said["body"] == ""
    assert (push.said["tag"], push.said["url"]) == (f"promise-{ring}", f"/promises/{ring}")
    assert [(tap["action"], tap["title"], tap["said"]) for tap in push.said["actions"]] == [
        ("kept", "Kept", "Noted: kept"),
        ("tomorrow", "Tomorrow", "Noted: tomorrow"),
    ]
    assert told(agency)[ring, "fell due", "push"] == 1
    assert agency.kept.work.get(LAST_PUSH) == THREE.isoformat()


def test_names_and_words_are_only_on_the_phone_that_may_show_them(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    open_one = pushbox.subscribed(agency.kept, agency.dana, shows_names=True)
    agency.promise("Ring with the rate", on=MONDAY, at=time(15))
    agency.promise("Send the contract", to=agency.bob, on=MONDAY)
    minute(agency, MORNING)
    minute(agency, THREE)

    assert [said["body"] for said in pushbox.to(open_one)] == [
        "Ring with the rate (Ada Byron)\nSend the contract (Bob Stone)",
        "Ring with the rate (Ada Byron)",
    ]
    assert not re.search("Ada|Bob|Byron|Stone|rate|contract", str(pushbox.to(phone)))
    assert len({push.length for push in pushbox.pushes}) == 1, "its length does not tell what a phone is told"


def test_long_words_fit(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana, shows_names=True)
    for n in range(4):
        agency.promise("👩" * 190 + str(n), on=MONDAY, at=time(15))

    assert [minute(agency, MORNING), minute(agency, THREE)] == [1, 4]

    assert pushbox.to(phone)[0]["body"].count("👩…") == 3
    assert pushbox.to(phone)[1]["body"] == "👩" * 99 + "… (Ada Byron)"


def test_a_snoozed_promise_comes_back_and_replaces_what_stood_there(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    promise = agency.promise(on=MONDAY, at=time(10))
    minute(agency, MORNING)
    minute(agency, MORNING.replace(hour=10))
    agency.kept.recruiting.snooze_reminder(command(agency.dana), promise, THREE)

    assert [minute(agency, THREE - A_MINUTE), minute(agency, THREE), minute(agency, THREE + A_MINUTE)] == [0, 1, 0]

    first, again = pushbox.to(phone)[1:]
    assert again["title"] == "You asked to be reminded of a promise"
    assert first["tag"] == again["tag"]
    assert len({push.topic for push in pushbox.pushes[1:]}) == 1


def test_on_a_friday_tomorrow_is_monday(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    agency.clock.now = MORNING - 3 * A_DAY
    agency.promise(on=FRIDAY, at=time(15))
    minute(agency, MORNING - 3 * A_DAY)

    minute(agency, THREE - 3 * A_DAY)

    assert pushbox.to(phone)[-1]["actions"][1]["title"] == "Tomorrow (Mon 23 Nov)"


@pytest.mark.parametrize("gone", ["kept", "erased", "left"])
def test_what_needs_no_reminder_any_more_is_not_pushed(agency, pushbox, gone):
    pushbox.subscribed(agency.kept, agency.dana)
    promise = agency.promise(on=MONDAY, at=time(15))
    minute(agency, MORNING)
    pushbox.pushes.clear()
    agency.clock.now = THREE
    fall_due(agency.kept, THREE)
    claimed = []
    send_reminders(agency.kept, THREE, lambda *reminder: claimed.append(reminder))
    match gone:
        case "kept":
            agency.kept.recruiting.keep_promise(command(agency.dana), promise)
        case "erased":
            agency.kept.erase(agency.ada, agency.olive, "asked")
        case "left":
            agency.kept.vault.shut_out(agency.dana)

    assert len(claimed) == 1
    assert not carry_out(agency, claimed[0])
    assert not pushbox.pushes


# The day


def test_promises_of_the_day_are_one_notice_in_the_morning(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    made = [agency.promise(f"Number {n}", on=MONDAY) for n in range(3)]
    late = agency.promise("Late", on=FRIDAY)

    sent = [minute(agency, MORNING + minutes * A_MINUTE) for minutes in (-1, 0, 1, 60, 600)]

    assert sent == [0, 1, 0, 0, 0]
    (push,) = pushbox.pushes
    assert push.phone is phone
    assert push.said == {
        "title": "3 promises are due today",
        "body": "1 overdue",
        "tag": "today",
        "url": "/",
        "actions": [],
        "seen": 0,
    }
    assert (push.topic, push.urgency) == ("today", "normal")
    assert told(agency) == {(id, "digest", "push"): 1 for id in made} | {(late, "overdue", "push"): 1}


def test_one_promise_is_one(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    agency.promise(on=MONDAY)

    minute(agency, MORNING)
    minute(agency, MORNING + A_DAY)
    minute(agency, MORNING + 2 * A_DAY)

    assert [said["title"] for said in pushbox.to(phone)] == ["1 promise is due today", "1 promise is overdue"]


def test_a_weekend_and_quiet_hours_are_silent(agency, pushbox):
    pushbox.subscribed(agency.kept, agency.dana)
    agency.kept.recruiting.choose_quiet_hours(command(agency.dana), agency.dana, time(14), time(16))
    agency.promise(on=date(2026, 11, 21), at=time(10))
    agency.promise(on=MONDAY, at=time(15))

    weekend = [minute(agency, MORNING - days * A_DAY + timedelta(hours=3)) for days in (2, 1)]
    monday = [minute(agency, MORNING), *(minute(agency, THREE + timedelta(minutes=m)) for m in (0, 30, 60, 61))]

    assert (weekend, monday) == ([0, 0], [1, 0, 0, 1, 0])


def test_mail_and_lock_screen_are_told_each_for_itself(tmp_path, pushbox):
    with open_postbox() as postbox:
        agency = open_agency(settings_for(tmp_path / "home", smtp_url=postbox.url), Clock(MORNING - 4 * A_DAY))
        agency.kept.recruiting.join(command(agency.dana), agency.dana)
        pushbox.subscribed(agency.kept, agency.dana)
        ring = agency.promise(on=MONDAY, at=time(15))

        assert [minute(agency, MORNING), minute(agency, THREE), minute(agency, THREE + A_MINUTE)] == [2, 2, 0]

        assert (len(postbox.mails), len(pushbox.pushes)) == (2, 2)
        kinds = ("digest", "fell due")
        assert told(agency) == {(ring, kind, channel): 1 for kind in kinds for channel in ("mail", "push")}
        agency.kept.close()


# Who is told


def test_only_phones_of_sessions_that_live_are_told(agency, pushbox):
    pushbox.subscribed(agency.kept, agency.dana)
    agency.promise(on=MONDAY)
    agency.kept.vault.end_sessions(agency.dana)

    assert minute(agency, MORNING) == 0
    assert phones(agency, agency.dana) == []
    assert not told(agency)


def test_what_fell_due_before_the_phone_was_there_is_not_pushed(agency, pushbox):
    agency.kept.recruiting.choose_digest_hour(command(agency.dana), agency.dana, None)
    agency.promise(on=MONDAY, at=time(10))
    minute(agency, MORNING.replace(hour=10, minute=0))
    agency.clock.now = MORNING.replace(hour=11)
    pushbox.subscribed(agency.kept, agency.dana)

    assert minute(agency, MORNING.replace(hour=11, minute=1)) == 0


@pytest.mark.parametrize("without", ["the extra", "being real"])
def test_without_the_extra_and_in_a_demo_nothing_is_sent_and_nothing_fails(agency, pushbox, monkeypatch, without):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    agency.promise(on=MONDAY)
    if without == "the extra":
        monkeypatch.setattr(pushing, "is_set_up", lambda: False)
    else:
        agency.kept = replace(agency.kept, settings=replace(agency.kept.settings, demo=True))

    assert minute(agency, MORNING) == 0
    assert phone.asked == 0
    assert not agency.facts(Promise.ReminderSent) + agency.facts(Promise.ReminderFailed)


# At least once, recorded once


@pytest.mark.parametrize("at", [None, time(15)])
def test_a_push_sent_again_after_a_lost_record_replaces_itself_and_is_recorded_once(agency, pushbox, monkeypatch, at):
    pushbox.subscribed(agency.kept, agency.dana)
    promises = [agency.promise(on=MONDAY, at=at), agency.promise("Another", on=MONDAY, at=at)]
    if at:
        minute(agency, MORNING)
    now = THREE if at else MORNING
    pushbox.pushes.clear()
    with monkeypatch.context() as patch:
        patch.setattr(agency.kept.recruiting, "reminder_sent", lambda *_: (_ for _ in ()).throw(OSError("gone")))
        with pytest.raises(OSError, match="gone"):
            minute(agency, now)

    agency.clock.now = now + timedelta(seconds=LEASE + 1)
    minute(agency, agency.clock.now)

    tags = Counter((push.said["tag"], push.topic) for push in pushbox.pushes)
    assert max(tags.values()) == 2
    assert len(tags) == (2 if at else 1), "the phone shows each of them once"
    recorded = told(agency)
    assert {(promise, "fell due" if at else "digest", "push") for promise in promises} <= set(recorded)
    assert set(recorded.values()) == {1}


def test_two_workers_share_what_is_to_be_sent(agency, pushbox):
    pushbox.subscribed(agency.kept, agency.dana)
    pushbox.subscribed(agency.kept, agency.tom)
    agency.clock.now = MORNING

    def handed_over() -> int:
        return send_digests(agency.kept, MORNING, lambda *_: None)

    assert (handed_over(), handed_over()) == (2, 0)
    agency.clock.on(seconds=LEASE + 1)
    assert handed_over() == 2


def test_a_day_without_a_worker_loses_nothing(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    ring, three = agency.promise("Ring", on=MONDAY), agency.promise("At three", on=MONDAY, at=time(15))

    assert [minute(agency, MORNING + A_DAY), minute(agency, MORNING + A_DAY + A_MINUTE)] == [1, 0]

    assert [said["title"] for said in pushbox.to(phone)] == ["2 promises are overdue"]
    assert told(agency) == {(ring, "overdue", "push"): 1, (three, "overdue", "push"): 1}


# What a service answers


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_forgotten(agency, pushbox, status):
    phone, other = (pushbox.subscribed(agency.kept, agency.dana) for _ in range(2))
    agency.promise(on=MONDAY)
    phone.answers = status

    assert minute(agency, MORNING) == 1

    assert [row.endpoint for row in phones(agency, agency.dana)] == [other.endpoint]
    assert not agency.facts(Promise.ReminderFailed)


def test_when_the_only_phone_is_gone_nothing_has_failed(agency, pushbox):
    pushbox.subscribed(agency.kept, agency.dana).answers = 410
    agency.promise(on=MONDAY)

    assert [minute(agency, MORNING), minute(agency, MORNING + A_MINUTE)] == [0, 0]
    assert not agency.facts(Promise.ReminderSent) + agency.facts(Promise.ReminderFailed)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (301, "The push service turned Kept away (301)."),
        (400, "The push service turned Kept away (400)."),
        (403, "The push service turned Kept away (403)."),
        (500, "The push service turned Kept away (500)."),
        (HANGS, "The push service did not answer."),
    ],
)
def test_a_phone_that_takes_nothing_rests_alone_and_holds_up_nobody(agency, pushbox, monkeypatch, status, reason):
    monkeypatch.setattr(outward, "PATIENCE", 0.3)
    broken, fine = (pushbox.subscribed(agency.kept, whose) for whose in (agency.dana, agency.tom))
    broken.answers, broken.headers = status, {"Location": fine.endpoint}
    promise = agency.promise(on=MONDAY)
    promised(agency, agency.tom, "Ring")

    sent = [minute(agency, MORNING + timedelta(seconds=seconds)) for seconds in (0, 30, 59)]
    asked, (row,) = broken.asked, phones(agency, agency.dana)
    (fact,) = agency.facts(Promise.ReminderFailed)
    agency.kept.views.catch_up()
    (failed,) = agency.kept.views.promises.reminders_failed()
    broken.answers = 201
    later = [minute(agency, MORNING + timedelta(seconds=seconds)) for seconds in (61, 62)]

    assert (sent, later) == ([1, 0, 0], [1, 0])
    assert asked == 1
    assert row.outcome == fact.reason == failed.reason == reason
    assert (fact.originator_id, failed.channel) == (promise, "push")
    assert len(pushbox.to(fine)) == 1
    assert not agency.kept.views.promises.reminders_failed()
    assert phones(agency, agency.dana)[0].outcome == ""


def test_a_service_that_drips_is_given_up_in_time(agency, pushbox, monkeypatch):
    """The patience is for the whole answer, not for each byte of it."""
    monkeypatch.setattr(outward, "PATIENCE", 0.3)
    pushbox.subscribed(agency.kept, agency.dana).answers = DRIPS
    (row,), began = phones(agency, agency.dana), monotonic()

    with pytest.raises(pushing.NotTaken, match="did not answer"):
        pushing.push(agency.kept, row, Message("{}", "test", "low", LIVES), agency.clock.now)

    assert monotonic() - began < 3


@pytest.mark.parametrize("after", ["600", "Mon, 23 Nov 2026 07:40:00 GMT"])
def test_a_service_that_asks_for_a_pause_gets_it(agency, pushbox, after):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    phone.answers, phone.headers = 429, {"Retry-After": after}
    agency.promise(on=MONDAY)

    sent = [minute(agency, MORNING + timedelta(seconds=seconds)) for seconds in (0, 61, 599)]
    phone.answers = 201

    assert (sent, phone.asked) == ([0, 0, 0], 1)
    assert minute(agency, MORNING + timedelta(seconds=601)) == 1


def test_a_message_that_is_too_long_holds_up_no_other(agency, pushbox):
    phone = pushbox.subscribed(agency.kept, agency.dana)
    agency.promise(on=MONDAY, at=time(15))
    minute(agency, MORNING)
    phone.answers = 413
    assert minute(agency, THREE) == 0
    phone.answers = 201
    agency.promise("Another", on=MONDAY, at=time(15, 0))

    assert not agency.kept.work.rests(phone_of(phones(agency, agency.dana)[0].id))
    assert minute(agency, THREE + timedelta(seconds=10)) == 1
    assert minute(agency, THREE + timedelta(seconds=61)) == 1


def test_one_of_two_phones_is_enough_to_be_reminded(agency, pushbox):
    broken, fine = (pushbox.subscribed(agency.kept, agency.dana) for _ in range(2))
    broken.answers = 500
    agency.promise(on=MONDAY)

    assert [minute(agency, MORNING), minute(agency, MORNING + timedelta(seconds=61))] == [1, 0]

    assert (len(pushbox.to(fine)), len(pushbox.to(broken))) == (1, 0)
    assert not agency.facts(Promise.ReminderFailed)
    outcomes = {row.endpoint: row.outcome for row in phones(agency, agency.dana)}
    assert outcomes == {broken.endpoint: "The push service turned Kept away (500).", fine.endpoint: ""}


# Where Kept writes to

HERE = Settings.from_environment({})
OUTSIDE = Settings.from_environment({"KEPT_BASE_URL": "https://kept.example.com"})
REAL = "https://fcm.googleapis.com/fcm/send/abc:def_-"


@pytest.mark.parametrize(
    ("endpoint", "here", "outside"),
    [
        (REAL, True, True),
        ("https://push.example.com:8443/x?y=z", True, True),
        ("http://push.example.com/x", True, False),  # refused when it is sent: see below
        ("http://127.0.0.1:9/x", True, False),
        ("https://127.0.0.1:9/x", True, False),
        ("https://10.0.0.1/x", False, False),
        ("https://169.254.169.254/latest", False, False),
        ("https://[::1]/x", False, False),
        ("https://user@push.example.com/x", False, False),
        ("https://push.example.com/x#y", False, False),
        ("https://push.example.com/a b", False, False),
        ("https://push.example.com/\r\nX: y", False, False),
        ("https://push.example.com:99999/", False, False),
        ("https://push.example.com/" + "x" * 1000, False, False),
        ("https://püsh.example.com/", False, False),
        ("ftp://push.example.com/x", False, False),
        ("file:///etc/passwd", False, False),
        ("https:///x", False, False),
        ("", False, False),
    ],
)
def test_which_addresses_a_browser_may_tell(endpoint, here, outside):
    phone = Phone(REAL)

    assert can_be_pushed_to(HERE, endpoint, **keys(phone)) is here
    assert can_be_pushed_to(OUTSIDE, endpoint, **keys(phone)) is outside


@pytest.mark.parametrize("spoil", [{"auth": "AAAA"}, {"auth": "!"}, {"p256dh": "AAAA"}, {"p256dh": ""}, {"auth": ""}])
def test_keys_that_are_none_are_not_taken(spoil):
    phone = Phone(REAL)

    assert not can_be_pushed_to(HERE, REAL, **{**keys(phone), **spoil})


@pytest.mark.parametrize(
    ("scheme", "address"),
    [
        *(("https", address) for address in ("10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0")),
        *(("https", address) for address in ("100.64.0.1", "224.0.0.1", "240.0.0.1", "fd00::1", "fe80::1", "::")),
        *(("https", address) for address in ("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "::ffff:127.0.0.1")),
        ("https", "127.0.0.1"),
        ("http", "93.184.215.14"),
    ],
)
def test_a_name_that_leads_into_the_agencys_own_network_is_not_followed(agency, pushbox, monkeypatch, scheme, address):
    pushbox.subscribed(agency.kept, agency.dana)
    row = replace_endpoint(agency, f"{scheme}://push.example.com/x")
    outside = replace(agency.kept, settings=replace(agency.kept.settings, base_url="https://kept.example.com"))
    family = outward.socket.AF_INET6 if ":" in address else outward.socket.AF_INET
    answers = [(family, 1, 6, "", (good, 443)) for good in ("142.250.74.106", address)]
    monkeypatch.setattr(outward.socket, "getaddrinfo", lambda *_, **__: answers)
    asked = []
    monkeypatch.setattr(outward.socket, "create_connection", lambda *told, **_: asked.append(told))

    with pytest.raises(pushing.NotTaken, match="not one of the internet"):
        pushing.push(outside, row, Message("{}", "test", "low", LIVES), agency.clock.now)

    assert asked == []


def test_a_service_is_believed_by_its_certificate_alone(agency, tmp_path, monkeypatch):
    certificate = certificate_for_localhost(tmp_path / "ours.pem")
    with open_pushbox(certificate=certificate) as pushbox:
        phone = pushbox.subscribed(agency.kept, agency.dana)
        (row,), message = phones(agency, agency.dana), Message('{"title":"x"}', "test", "low", LIVES)
        with pytest.raises(pushing.NotTaken, match="shows a certificate that is not trusted"):
            pushing.push(agency.kept, row, message, agency.clock.now)
        assert phone.asked == 0

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        pushing.push(agency.kept, row, message, agency.clock.now)

        assert pushbox.to(phone) == [{"title": "x"}]


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a" * 64 + ".example"])
def test_a_name_that_leads_nowhere_is_no_answer(agency, pushbox, host):
    pushbox.subscribed(agency.kept, agency.dana)
    row = replace_endpoint(agency, f"https://{host}/x")

    with pytest.raises(pushing.NotTaken, match="did not answer"):
        pushing.push(agency.kept, row, Message("{}", "test", "low", LIVES), agency.clock.now)


def replace_endpoint(agency: Agency, endpoint: str):
    (row,) = phones(agency, agency.dana)
    agency.kept.vault.subscribe(agency.dana, row.session, endpoint, row.p256dh, row.auth)
    return phones(agency, agency.dana)[0]


def keys(phone: Phone) -> dict[str, str]:
    return {name: phone.told[name] for name in ("p256dh", "auth")}
