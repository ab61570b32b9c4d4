"""Notifications, as far as a browser without a screen goes: turned on in Settings, shown by the worker, tapped.

Chromium cannot reach a real push service here: it subscribes at ours, and what ours has opened is handed to the worker
as Chromium's own tools do it. A tap is the event that a tap sends.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, Worker, expect

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise, State
from projections.reminders import FELL_DUE
from tests.pushbox import Pushbox, open_pushbox
from webapp import notices
from webapp.pushing import key_for_browsers

DESK, PHONE = (1280, 900), (390, 844)
NO_SERVICE = """() => {
  PushManager.prototype.subscribe = async () => { throw new DOMException("", "AbortError"); };
}"""
OUR_SERVICE = """told => {
  const subscription = { toJSON: () => ({ endpoint: told.endpoint, keys: told }), unsubscribe: async () => true };
  PushManager.prototype.subscribe = async (options) => {
    window.given = options.applicationServerKey;
    return subscription;
  };
}"""
TAP = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification, action });
  self.clients.openWindow = async (url) => { self.opened = url; };
  let done;
  event.waitUntil = (until) => { done = until; };
  self.dispatchEvent(event);
  await done;
  return self.opened ?? "";
}"""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag, actions }) => ({ title, body, tag, actions: actions.map((each) => each.title) }))"""


@pytest.fixture
def pushbox(cast: Any) -> Iterator[Pushbox]:
    with open_pushbox() as pushbox:
        pushbox.sender = key_for_browsers(cast.kept.vault)
        yield pushbox
    for row in cast.kept.vault.subscriptions():
        cast.kept.vault.end_subscription(row.recruiter, row.id)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def settings(as_dana: Callable[..., Page], cast: Any, request: pytest.FixtureRequest) -> Page:
    """Dana looks at her settings, and lets Kept show notifications."""
    page = as_dana(request.param)
    page.context.grant_permissions(["notifications"], origin=cast.server.address)
    page.goto("/settings")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


@pytest.fixture
def ring(cast: Any) -> UUID:
    ada = cast.candidate("Ada Byron")
    day = cast.kept.recruiting.log.now().date()
    promise = NewPromise("Ring with the rate", Due(day, time(9), "Europe/London"), cast.dana)
    made = cast.kept.recruiting.make_promise(Command(uuid4(), cast.dana), ada, promise).streams[0]
    cast.kept.views.catch_up()
    return made


def turn_on(page: Page, pushbox: Pushbox) -> Any:
    phone = pushbox.phone()
    page.evaluate(OUR_SERVICE, phone.told)
    page.get_by_role("button", name="Turn on notifications").click()
    expect(page.get_by_role("status").get_by_text("Notifications are on, on this phone.")).to_be_visible()
    return phone


def deliver(page: Page, said: dict[str, Any]) -> list[dict[str, Any]]:
    """What a push service does last, and like one again if it was lost; returns what stands on the lock screen then."""
    tools = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    tools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(20)
    origin = found[-1]["scopeURL"].rstrip("/")
    push = {"origin": origin, "registrationId": found[-1]["registrationId"], "data": json.dumps(said)}
    for _ in range(5):
        tools.send("ServiceWorker.deliverPushMessage", push)
        if there := shown(page, said["title"], 100):
            return there
    raise AssertionError(f"“{said['title']}” was not shown.")


def shown(page: Page, title: str, looks: int = 500) -> list[dict[str, Any]]:
    """What stands on the lock screen, once this does; nothing if it does not come."""
    for _ in range(looks):
        there: list[dict[str, Any]] = page.evaluate(SHOWN)
        if any(each["title"] == title for each in there):
            return there
        page.wait_for_timeout(20)
    return []


def worker(page: Page) -> Worker:
    (worker,) = page.context.service_workers
    return worker


def about(cast: Any, promise: UUID) -> dict[str, Any]:
    kept = cast.kept
    row, dana = kept.views.promises.promise(promise), kept.views.team.recruiter(cast.dana)
    return json.loads(notices.about(kept, dana, kept.recruiting.log.now(), row, FELL_DUE).message(False).text)


def test_turned_on_tested_and_turned_off(settings: Page, cast: Any, pushbox: Pushbox) -> None:
    page = settings
    phone = turn_on(page, pushbox)
    assert page.evaluate("window.given") == key_for_browsers(cast.kept.vault)
    box = page.get_by_label("Show names and words on the lock screen")
    expect(box).not_to_be_checked()

    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("A test is on its way to this phone.")).to_be_visible()
    assert [each["title"] for each in deliver(page, pushbox.to(phone)[0])] == ["Kept can reach you here"]

    box.check()
    page.get_by_role("region", name="On this phone").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Names and words are shown there.")).to_be_visible()
    page.get_by_role("button", name="Turn off").click()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_visible()
    assert cast.kept.vault.subscriptions(cast.dana) == []


def test_kept_on_the_lock_screen_is_noted_at_once(settings: Page, cast: Any, ring: UUID) -> None:
    assert deliver(settings, about(cast, ring)) == [
        {"title": "A promise is due", "body": "", "tag": f"promise-{ring}", "actions": ["Kept", tomorrow(cast)]}
    ]

    opened = worker(settings).evaluate(TAP, "kept")

    assert opened == ""
    cast.kept.views.catch_up()
    row = cast.kept.views.promises.promise(ring)
    assert (row.state, row.closed_by) == (State.KEPT, cast.dana)
    assert shown(settings, "Noted: kept") == [
        {"title": "Noted: kept", "body": "", "tag": f"promise-{ring}", "actions": []}
    ]


def test_without_network_a_tap_opens_the_page_that_asks(settings: Page, cast: Any, ring: UUID) -> None:
    said = about(cast, ring)
    deliver(settings, said)
    settings.context.set_offline(True)

    opened = worker(settings).evaluate(TAP, "tomorrow")

    settings.context.set_offline(False)
    assert opened == f"{cast.server.address}/answers/{said['actions'][1]['token']}"
    settings.goto(opened)
    expect(settings.get_by_role("heading", name="Ring with the rate")).to_be_visible()


def test_what_was_changed_meanwhile_is_asked_again(settings: Page, cast: Any, ring: UUID) -> None:
    said = about(cast, ring)
    later = Due(cast.kept.recruiting.log.now().date(), time(10), "Europe/London")
    cast.kept.recruiting.renegotiate_promise(Command(uuid4(), cast.tom), ring, later)
    deliver(settings, said)

    opened = worker(settings).evaluate(TAP, "kept")

    assert opened == f"{cast.server.address}/answers/{said['actions'][0]['token']}"


def test_a_tap_beside_the_buttons_opens_the_promise(settings: Page, cast: Any, ring: UUID) -> None:
    deliver(settings, about(cast, ring))

    assert worker(settings).evaluate(TAP, "") == f"{cast.server.address}/promises/{ring}"


def test_a_later_push_about_the_same_promise_replaces_the_first(settings: Page, cast: Any, ring: UUID) -> None:
    deliver(settings, about(cast, ring))

    there = deliver(settings, {**about(cast, ring), "title": "Again"})

    assert [each["title"] for each in there] == ["Again"]


def test_a_browser_that_cannot_reach_its_service_says_so(settings: Page) -> None:
    settings.evaluate(NO_SERVICE)

    settings.get_by_role("button", name="Turn on notifications").click()

    expect(settings.get_by_role("alert")).to_have_text(
        "This browser could not reach its push service. Try again later."
    )


def test_without_scripts_the_page_says_what_is_needed(as_dana: Callable[..., Page]) -> None:
    page = as_dana(PHONE, scripts=False)
    page.goto("/settings")

    expect(page.get_by_text("Turning this on needs JavaScript.")).to_be_visible()
    expect(page.get_by_role("button", name="Turn on notifications")).to_be_hidden()


def tomorrow(cast: Any) -> str:
    agency = cast.kept.views.team.agency()
    return notices.tomorrow_called(notices.local_day(cast.kept.recruiting.log.now(), agency), agency)
