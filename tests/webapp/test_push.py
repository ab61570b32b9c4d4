"""Turning notifications on and off, and the taps on a lock screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser
from flask import Flask

from domain.command import Command
from domain.promise import Promise
from projections.reminders import due_of
from tests.pushbox import Phone, Pushbox, open_pushbox
from tests.saying import keep, promise, today
from webapp import push, pushing
from webapp.answers import Act, signed
from webapp.hours import next_working_day
from webapp.installation import Installation
from webapp.pushing import key_for_browsers
from webapp.sending import LAST_PUSH, phone_of


@pytest.fixture
def pushbox(kept: Installation) -> Iterator[Pushbox]:
    with open_pushbox() as pushbox:
        pushbox.sender = key_for_browsers(kept.vault)
        yield pushbox


@pytest.fixture
def phone(pushbox: Pushbox, dana: Browser) -> Phone:
    """Dana has turned notifications on in her browser."""
    phone = pushbox.phone()
    assert dana.post("/push/subscriptions", phone.told).status_code == 303
    return phone


def subscribed(kept: Installation, whose: Browser) -> list:
    return kept.vault.subscriptions(whose.id)


# In Settings


def test_a_browser_that_turns_them_on_is_told_and_names_nobody(kept, pushbox: Pushbox, dana: Browser, tom: Browser):
    phone = pushbox.phone()
    page = dana.get("/settings").text
    assert '<h2 id="phones-heading">On this phone</h2>' in page
    assert f'data-key="{key_for_browsers(kept.vault)}"' in page
    assert "push.js" in page

    answer = dana.post("/push/subscriptions", phone.told)

    assert (answer.status_code, answer.location) == (303, "/settings")
    (row,) = subscribed(kept, dana)
    assert (row.endpoint, row.p256dh, row.shows_names) == (phone.endpoint, phone.p256dh, False)
    assert subscribed(kept, tom) == []
    page = dana.get("/settings").text
    assert "Notifications are on, on this phone." in page
    assert "<b>Here</b>" in page
    assert "Send a test" in page
    assert "Turn on notifications" not in page


def test_by_htmx_the_region_is_answered(kept, pushbox: Pushbox, dana: Browser):
    answer = dana.htmx.post("/push/subscriptions", {**pushbox.phone().told, "shows_names": "1"})

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="phones"')
    assert subscribed(kept, dana)[0].shows_names


@pytest.mark.parametrize("wrong", [{"endpoint": "https://10.0.0.1/x"}, {"auth": ""}, {"p256dh": "x"}, {"endpoint": ""}])
def test_what_cannot_be_pushed_to_is_not_kept(kept, pushbox: Pushbox, dana: Browser, wrong):
    answer = dana.post("/push/subscriptions", {**pushbox.phone().told, **wrong})

    assert answer.status_code == 422
    assert push.UNUSABLE in answer.text
    assert subscribed(kept, dana) == []


def test_names_are_shown_where_their_owner_says_so(kept, phone, dana: Browser, tom: Browser):
    (row,) = subscribed(kept, dana)
    here = f"/push/subscriptions/{row.id}/names"

    assert tom.post(here, {"shows_names": "1"}).status_code == 404
    assert not subscribed(kept, dana)[0].shows_names
    assert dana.post(here, {"shows_names": "1"}).status_code == 303
    assert subscribed(kept, dana)[0].shows_names
    assert dana.htmx.post(here).status_code == 200
    assert not subscribed(kept, dana)[0].shows_names


def test_turned_off_by_its_owner_alone(kept, phone, dana: Browser, tom: Browser):
    (row,) = subscribed(kept, dana)
    here = f"/push/subscriptions/{row.id}/end"

    assert tom.post(here).status_code == 404
    assert dana.post(here).status_code == 303

    assert subscribed(kept, dana) == []
    assert "Turn on notifications" in dana.get("/settings").text
    assert dana.post(here).status_code == 404


def test_a_test_arrives_at_this_phone_and_not_at_ones_others(kept, pushbox: Pushbox, phone, dana: Browser):
    other = pushbox.subscribed(kept, dana.id)

    answer = dana.post("/push/tests")

    assert answer.status_code == 303
    (said,) = pushbox.to(phone)
    assert said["title"] == "Kept can reach you here"
    assert other.asked == 0
    assert "A test is on its way to this phone." in dana.get("/settings").text
    assert dana.post("/push/tests").status_code == 422
    assert phone.asked == 1


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(500, "The push service turned Kept away (500)."), (410, "This browser takes no notifications any more.")],
)
def test_a_test_that_does_not_arrive_says_why(kept, phone: Phone, dana: Browser, status, sentence):
    phone.answers = status

    answer = dana.htmx.post("/push/tests")

    assert answer.status_code == 422
    assert sentence in answer.text
    assert bool(subscribed(kept, dana)) is (status == 500)


def test_a_test_needs_a_phone(dana: Browser):
    answer = dana.post("/push/tests")

    assert answer.status_code == 422
    assert "Turn notifications on first." in answer.text


def test_without_the_extra_settings_says_how_to_get_it(kept, pushbox, dana: Browser, monkeypatch):
    monkeypatch.setattr(push, "is_set_up", lambda: False)

    page = dana.get("/settings").text

    assert "<code>.venv/bin/python -m pip install -e .[push]</code>" in page
    assert "Turn on notifications" not in page
    assert dana.post("/push/subscriptions", pushbox.phone().told).status_code == 422
    assert dana.post("/push/tests").status_code == 422
    assert subscribed(kept, dana) == []


def test_the_extra_is_looked_for_by_the_names_of_its_packages(monkeypatch):
    pushing.is_set_up.cache_clear()
    monkeypatch.setattr(pushing, "find_spec", lambda name: None if name == "py_vapid" else name)

    assert not pushing.is_set_up()

    pushing.is_set_up.cache_clear()
    monkeypatch.undo()
    assert pushing.is_set_up()


def test_a_demo_tells_nobody(app: Flask, kept: Installation, pushbox, dana: Browser):
    app.extensions["kept"] = replace(kept, settings=replace(kept.settings, demo=True))

    assert "A demo sends nothing to anybody." in dana.get("/settings").text
    assert dana.post("/push/subscriptions", pushbox.phone().told).status_code == 422
    assert subscribed(kept, dana) == []


def test_an_auditor_is_reminded_of_nothing(aude: Browser, pushbox: Pushbox):
    assert "On this phone" not in aude.get("/settings").text
    assert aude.post("/push/subscriptions", pushbox.phone().told).status_code == 403


# It lives as long as its session


def test_signing_out_turns_them_off(kept, phone, dana: Browser):
    dana.post("/logout")

    assert subscribed(kept, dana) == []


def test_signing_out_elsewhere_turns_them_off_there_alone(kept, pushbox, phone, dana: Browser, olive: Browser):
    other = pushbox.subscribed(kept, dana.id)
    elsewhere = next(row.session for row in subscribed(kept, dana) if row.endpoint == other.endpoint)

    dana.post(f"/sessions/{elsewhere}/end")
    assert [row.endpoint for row in subscribed(kept, dana)] == [phone.endpoint]

    olive.post(f"/team/{dana.id}/sign-outs")
    assert subscribed(kept, dana) == []


def test_whoever_leaves_is_told_no_more(kept, phone, dana: Browser, olive: Browser):
    assert olive.post(f"/team/{dana.id}/leaving").status_code == 303

    assert kept.vault.subscriptions() == []


def test_a_browser_that_another_colleague_signs_in_on_is_theirs(kept, phone: Phone, dana: Browser, tom: Browser):
    tom.post("/push/subscriptions", phone.told)

    assert [row.recruiter for row in kept.vault.subscriptions()] == [tom.id]


def test_a_subscription_that_the_browser_changed_goes_on_as_it_was_chosen(kept, pushbox, phone, dana: Browser):
    (before,) = subscribed(kept, dana)
    kept.vault.change_subscription(dana.id, before.id, shows_names=True)
    told = dana.get("/push/key").json
    assert told["key"] == key_for_browsers(kept.vault)
    again = {**pushbox.phone().told, "renewed": "1", "csrf_token": told["token"]}

    assert dana.client.post("/push/subscriptions", data=again).status_code == 303

    (row,) = subscribed(kept, dana)
    assert (row.id, row.endpoint, row.shows_names) == (before.id, again["endpoint"], True)
    assert row.created_at == before.created_at


def test_what_was_turned_off_is_not_turned_on_by_a_worker(kept, pushbox, dana: Browser):
    again = {**pushbox.phone().told, "renewed": "1"}

    assert dana.post("/push/subscriptions", again).status_code == 404
    assert subscribed(kept, dana) == []


def test_what_a_promise_has_to_tell_says_how_its_keeper_was_reminded(kept, dana: Browser, ada: UUID):
    about = promise(kept, dana.id, ada, "Ring", days=0)
    due = due_of(kept.views.promises.promise(about))
    for channel in ("mail", "push"):
        kept.recruiting.reminder_sent(about, due, "digest", channel)

    page = dana.get(f"/promises/{about}").text

    assert "Kept sent a reminder of it by e-mail" in page
    assert "Kept sent a reminder of it by notification" in page


# Taps


@pytest.fixture
def ring(kept: Installation, dana: Browser, ada: UUID) -> UUID:
    """Dana promised Ada something for today."""
    return promise(kept, dana.id, ada, "Ring with the rate", days=0)


def tap(client: Browser, kept: Installation, by: UUID, about: UUID, act: Act = Act.KEPT, **form: str):
    """As the worker sends it: no cookie, no form of ours, only what was pushed."""
    seen = {"seen": str(kept.views.promises.promise(about).changed)}
    return client.client.post(f"/answers/{signed(kept, by, about, act)}/taps", data={**seen, **form})


def facts(kept: Installation, kind: type) -> list:
    return [entry.fact for entry in kept.recruiting.log.entries(1, 1_000_000) if type(entry.fact) is kind]


def test_kept_is_noted_at_once_and_once_whoever_taps_twice(client: Browser, kept: Installation, dana, ring):
    seen = str(kept.views.promises.promise(ring).changed)

    answers = [tap(client, kept, dana.id, ring, seen=seen) for _ in range(2)]

    assert [(answer.status_code, answer.data) for answer in answers] == [(204, b"")] * 2
    (fact,) = facts(kept, Promise.PromiseKept)
    assert (fact.originator_id, fact.by) == (ring, dana.id)


def test_tomorrow_moves_it_to_the_next_working_day(client: Browser, kept: Installation, dana, ada):
    at_three = promise(kept, dana.id, ada, "Ring", days=0, at=time(15))
    seen = str(kept.views.promises.promise(at_three).changed)

    answers = [tap(client, kept, dana.id, at_three, Act.TOMORROW, seen=seen) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    (fact,) = facts(kept, Promise.PromiseRenegotiated)
    assert (fact.due_on, fact.due_at) == (next_working_day(today(kept), kept.views.team.agency()), time(15))


def test_what_somebody_changed_meanwhile_is_refused_so_that_its_page_is_opened(client, kept, dana, tom, ring):
    seen = str(kept.views.promises.promise(ring).changed)
    keep(kept, tom.id, ring)
    kept.recruiting.undo_promise(Command(uuid4(), tom.id), ring)
    kept.views.catch_up()

    answer = tap(client, kept, dana.id, ring, seen=seen)

    assert answer.status_code == 409
    assert [fact.by for fact in facts(kept, Promise.PromiseKept)] == [tom.id]


def test_after_an_undo_a_new_push_can_be_tapped_again(client, kept, dana, ring):
    assert tap(client, kept, dana.id, ring).status_code == 204
    kept.recruiting.undo_promise(Command(uuid4(), dana.id), ring)
    kept.views.catch_up()

    assert tap(client, kept, dana.id, ring).status_code == 204
    assert len(facts(kept, Promise.PromiseKept)) == 2


def test_a_token_is_good_for_seven_days_and_only_as_it_was_signed(client, kept, dana, ring, monkeypatch):
    token, now = signed(kept, dana.id, ring, Act.KEPT), kept.recruiting.log.now()
    seen = {"seen": str(kept.views.promises.promise(ring).changed)}
    said, rest = token.split(".", 1)

    assert client.client.post(f"/answers/{said[:-1]}t.{rest}/taps", data=seen).status_code == 404
    assert client.client.post(f"/answers/{token[:-1]}/taps", data=seen).status_code == 404
    assert client.client.post(f"/answers/{token}/taps").status_code == 400
    monkeypatch.setattr(kept.recruiting.log, "now", lambda: now + timedelta(days=7.01))
    assert client.client.post(f"/answers/{token}/taps", data=seen).status_code == 410
    assert not facts(kept, Promise.PromiseKept)


def test_whoever_left_taps_in_vain(client, kept, dana, olive, ring):
    kept.recruiting.recruiter_leaves(Command(uuid4(), olive.id), dana.id)

    assert tap(client, kept, dana.id, ring).status_code == 410
    assert not facts(kept, Promise.PromiseKept)


# Health


def test_the_health_page_says_how_notifications_go(kept: Installation, pushbox, dana: Browser, phone: Phone, ring):
    due = due_of(kept.views.promises.promise(ring))
    page = dana.get("/health").text
    assert "Set up, and on at 1 place. None has gone out yet." in page

    kept.work.set(LAST_PUSH, datetime(2026, 11, 23, 7, 30, tzinfo=UTC).isoformat())
    phone.answers = 500
    dana.post("/push/tests")

    kept.recruiting.reminder_failed(ring, due, "digest", "push", "The push service did not answer.")
    page = dana.get("/health").text
    assert "to Dana, <time" in page
    assert 'The last one went out <time datetime="2026-11-23T07:30:00+00:00"' in page
    assert "Dana, a test: The push service turned Kept away (500). Kept tries again" in page
    (row,) = subscribed(kept, dana)
    assert kept.work.rests(phone_of(row.id))
    kept.vault.end_subscription(dana.id, row.id)
    assert "could not be sent</dt>\n    <dd>None" in dana.get("/health").text


def test_the_health_page_says_how_to_set_them_up(dana: Browser, monkeypatch):
    monkeypatch.setattr("webapp.health.is_set_up", lambda: False)

    assert "pip install -e .[push]" in dana.get("/health").text


def test_the_worker_has_its_part_about_pushes(client: Browser):
    assert "worker-push.js" in client.get("/sw.js").text
    assert "notificationclick" in client.get("/static/worker-push.js", buffered=True).text
