"""Without network: what was opened can be read, what is written is kept, and goes out once, in order, by itself."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from access import violations
from cast import PASSWORD
from network import Network
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, expect
from saying import keep, promise

from domain.command import Command

PHONE = (390, 844)
KEPT = """new Promise((done) => { const asked = indexedDB.open("kept"); asked.onsuccess = () => {
    const all = asked.result.transaction("items").objectStore("items").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result.map((it) => it.words)); }; }; })"""
NOTHING_IS_READABLE = "() => caches.keys().then((all) => !all.some((it) => it.startsWith('kept-pages')))"
WORKER_IS_READY = """Promise.race([navigator.serviceWorker.ready.then(({ active }) => active.state === "activated" ||
    new Promise((done) => active.addEventListener("statechange", () => active.state === "activated" && done()))),
    new Promise((_, wrong) => setTimeout(() => wrong(new Error("There is no worker.")), 15_000))])"""


@pytest.fixture
def network(cast: Any) -> Iterator[Network]:
    network = Network(cast.server.address)
    yield network
    network.close()


@dataclass
class Phone:
    """A phone with Kept on it, behind a network that can be cut."""

    cast: Any
    network: Network
    context: BrowserContext
    page: Page

    def ready(self) -> None:
        """Once the worker is there, a page is opened again to be kept."""
        self.page.goto("/")
        self.page.evaluate(WORKER_IS_READY)
        self.page.goto("/")
        until(self.page, "() => Boolean(navigator.serviceWorker.controller)")

    def open(self, candidate: UUID) -> Page:
        self.page.goto(f"/candidates/{candidate}")
        until(
            self.page,
            "(it) => outbox.fact('reader').then(outbox.pages).then((all) => all.some((each) => each.person === it))",
            arg=str(candidate),
        )
        return self.page

    def write(self, words: str, page: Page | None = None) -> None:
        page = page or self.page
        page.get_by_label("Note", exact=True).fill(words)
        page.get_by_role("button", name="Save", exact=True).click()

    def kept(self) -> list[str]:
        """What the phone keeps, whoever wrote it."""
        words: list[str] = self.page.evaluate(KEPT)
        return words

    def readable(self) -> list[str]:
        """The addresses kept for reading, in whatever cache."""
        found: list[str] = self.page.evaluate(
            """(async () => { const found = []; for (const name of await caches.keys()) {
            if (!name.startsWith("kept-pages-")) continue;
            for (const each of await (await caches.open(name)).keys()) found.push(new URL(each.url).pathname); }
            return found; })()"""
        )
        return sorted(found)


class Killable:
    """A Chromium of its own, with a profile that outlives it."""

    def __init__(self, address: str, kind: BrowserType, profile: Path):
        self.address, self.kind, self.profile = address, kind, profile

    def open(self) -> Page:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
        (self.profile / "DevToolsActivePort").unlink(missing_ok=True)
        words = [
            found,
            "--headless=new",
            "--remote-debugging-port=0",
            f"--user-data-dir={self.profile}",
            "--no-sandbox",
        ]
        self.process = subprocess.Popen([*words, "about:blank"], start_new_session=True, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not (self.profile / "DevToolsActivePort").exists():
            assert time.monotonic() < until, "Chromium did not start."
            time.sleep(0.1)
        time.sleep(0.2)
        port = (self.profile / "DevToolsActivePort").read_text().split()[0]
        browser = self.kind.connect_over_cdp(f"http://127.0.0.1:{port}")
        page: Page = browser.contexts[0].new_page()
        page.goto(self.address)
        goto = page.goto
        page.goto = lambda path, **more: goto(self.address + path, **more)  # type: ignore[method-assign]
        return page

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


@pytest.fixture
def browser(network: Network, chromium: Browser, tmp_path: Path) -> Iterator[Killable]:
    browser = Killable(network.address, chromium.browser_type, tmp_path / "profile")
    yield browser
    browser.kill()


@pytest.fixture
def phone_of(
    cast: Any, network: Network, open_browser: Callable[..., BrowserContext], cookies_of: Callable[[str], Any]
) -> Callable[[str], Phone]:
    def opened(who: str) -> Phone:
        server = replace(cast.server, address=network.address)
        context = open_browser(server, PHONE, storage_state=cookies_of(who))
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        phone = Phone(cast, network, context, context.new_page())
        phone.ready()
        return phone

    return opened


@pytest.fixture
def phone(phone_of: Callable[[str], Phone]) -> Phone:
    return phone_of("dana")


@pytest.fixture
def ada(cast: Any) -> UUID:
    return UUID(str(cast.candidate()))


def sign_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill("dana@harbour.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()


def said(cast: Any, candidate: UUID) -> list[str]:
    """Everything recorded about somebody, the first first."""
    cast.kept.views.catch_up()
    rows = [row for row in cast.kept.views.timeline.of(candidate) if row.kind == "touchpoint"]
    return [row.words for row in sorted(rows, key=lambda row: row.position)]


def outbox(page: Page) -> Any:
    return page.get_by_role("region", name="Outbox")


def waits(page: Page, number: int) -> None:
    expect(outbox(page).get_by_text(f"Waiting to be sent: {number}", exact=True)).to_be_visible()


def until(page: Page, script: str, arg: Any = None) -> None:
    """Wait until a function in the page says so: Playwright’s own way needs the eval that our policy forbids."""
    ends = time.monotonic() + 15
    while not page.evaluate(script, arg):
        assert time.monotonic() < ends, script
        page.wait_for_timeout(50)


def hidden(page: Page) -> None:
    expect(outbox(page)).to_be_hidden()


def all_sent(page: Page) -> None:
    until = time.monotonic() + 20
    while _kept(page):
        assert time.monotonic() < until, "Something still waits."
        page.wait_for_timeout(100)
    hidden(page)


def _kept(page: Page) -> list[str]:
    """What the phone keeps; a page that is just being loaded again is asked once more."""
    try:
        return page.evaluate(KEPT)
    except Error:
        return ["?"]


def unfold(page: Page) -> Any:
    if not page.locator("#outbox details").evaluate("(it) => it.open"):
        outbox(page).get_by_text("Waiting to be sent").click()
    return outbox(page)


# An app


def test_chromium_would_install_it(network: Network, browser: Killable) -> None:
    """Asked of a browser with a profile: in a test’s own context, which is incognito, nothing can be installed."""
    page = browser.open()
    sign_in(page)
    page.evaluate(WORKER_IS_READY)
    wire = page.context.new_cdp_session(page)

    assert wire.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert wire.send("Page.getAppManifest")["errors"] == []


# Reading


def test_what_was_opened_can_be_read_with_its_time(phone: Phone, ada: UUID) -> None:
    promise(phone.cast.kept, phone.cast.dana, ada, "Send the rate card")
    page = phone.open(ada)
    phone.context.set_offline(True)

    page.reload()

    expect(page.get_by_text(re.compile(r"^No network: this page is as of \d\d:\d\d$"))).to_be_visible()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()
    expect(page.get_by_role("link", name="Send the rate card").first).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Today").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    expect(page.locator("#as-of")).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Promises").click()
    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    page.get_by_role("link", name="Ada Byron").click()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()
    phone.context.set_offline(False)
    expect(page.locator("#as-of")).to_have_count(0)


def test_a_page_that_stays_open_says_so_too(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)

    phone.context.set_offline(True)

    expect(page.get_by_text(re.compile(r"^No network: this page is as of \d\d:\d\d$"))).to_be_visible()
    assert violations(page) == []
    phone.context.set_offline(False)
    expect(page.locator("#as-of")).to_have_count(0)


def test_while_there_is_network_nothing_old_is_shown(phone: Phone, ada: UUID) -> None:
    phone.open(ada)
    promise(phone.cast.kept, phone.cast.dana, ada, "Made since then")

    page = phone.open(ada)

    expect(page.get_by_role("link", name="Made since then").first).to_be_visible()
    expect(page.locator("#as-of")).to_have_count(0)


@pytest.mark.torture
def test_a_page_that_does_not_come_is_not_waited_for(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    phone.network.fault = lambda request: time.sleep(60) if b"GET /candidates/" in request else None  # type: ignore

    page.reload(timeout=20_000)

    expect(page.locator("#as-of")).to_be_visible()
    expect(page.get_by_role("heading", name="Ada Byron")).to_be_visible()


@pytest.mark.torture
def test_only_today_and_the_last_twenty_people_are_kept(phone: Phone) -> None:
    people = [UUID(str(phone.cast.candidate(f"Person {number}"))) for number in range(22)]
    for person in people:
        phone.open(person)
    for path in ("/promises", "/note", "/candidates", "/settings", "/?whose=everybody", "/offline", "/promises.csv"):
        phone.page.evaluate("(path) => fetch(path)", path)
        if path != "/promises.csv":
            phone.page.goto(path)
    phone.open(people[-1])

    assert phone.readable() == sorted(["/", *(f"/candidates/{person}" for person in people[2:])])


@pytest.mark.torture
def test_what_is_older_than_a_week_is_not_shown(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    page.evaluate(
        """async (path) => { const name = (await caches.keys()).find((it) => it.startsWith("kept-pages"));
        const cache = await caches.open(name);
        const old = await cache.match(path), headers = new Headers(old.headers);
        headers.set("Kept-At", Date.now() - 7.01 * 24 * 3600 * 1000);
        await cache.put(path, new Response(await old.text(), { headers })); }""",
        f"/candidates/{ada}",
    )
    phone.network.cut()

    page.reload()

    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    assert phone.readable() == ["/"]


def test_an_erased_person_is_gone_from_the_phone_at_the_next_contact(phone: Phone, ada: UUID) -> None:
    bob = UUID(str(phone.cast.candidate("Bob Marsh")))
    for person in (ada, bob):
        phone.open(person)
    phone.cast.kept.erase(ada, phone.cast.dana, "asked")

    phone.page.goto("/")
    until(
        phone.page,
        "(it) => outbox.fact('reader').then(outbox.pages).then((all) => all.every((each) => each.person !== it))",
        arg=str(ada),
    )

    assert phone.readable() == sorted(["/", f"/candidates/{bob}"])


def test_the_owner_switches_it_off(phone: Phone, ada: UUID) -> None:
    phone.open(ada)
    kept, agency = phone.cast.kept, phone.cast.kept.views.team.agency().id
    kept.recruiting.choose_offline_reading(Command(uuid4(), phone.cast.olive), agency, False)
    try:
        phone.page.goto("/promises")
        until(phone.page, NOTHING_IS_READABLE)
        phone.network.cut()
        phone.page.goto(f"/candidates/{ada}")

        expect(phone.page.get_by_role("heading", name="No network")).to_be_visible()
        expect(phone.page.get_by_text("Ada Byron")).to_have_count(0)
        phone.page.get_by_label("Candidate").fill("Ada Byron")
        phone.write("Written all the same")
        waits(phone.page, 1)
    finally:
        kept.recruiting.choose_offline_reading(Command(uuid4(), phone.cast.olive), agency, True)
        kept.views.catch_up()


@pytest.mark.torture
def test_an_auditors_phone_keeps_nothing(phone_of: Callable[[str], Phone], ada: UUID) -> None:
    phone = phone_of("aude")
    phone.page.goto(f"/candidates/{ada}")
    phone.page.goto("/")

    assert phone.readable() == []


# Writing


@pytest.mark.parametrize("how", ["no network", "cut", "portal", "gateway"])
def test_a_note_without_network_is_kept_and_sent_by_itself(phone: Phone, ada: UUID, how: str) -> None:
    page = phone.open(ada)
    gateway = (
        b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<h1>Not in this office</h1>"
    )
    if how == "no network":
        phone.context.set_offline(True)
    elif how == "cut":
        phone.network.cut()
    elif how == "portal":
        phone.network.hotel()
    else:
        phone.network.fault = lambda request: gateway if b"POST" in request[:4] else None

    phone.write("Wants no more nights")

    expect(page.get_by_text("Kept on this phone, not sent yet.").first).to_be_visible()
    waits(page, 1)
    expect(page.get_by_label("Note", exact=True)).to_have_value("")
    expect(page.get_by_text("Saved")).to_have_count(0)
    line = unfold(page).get_by_role("listitem")
    expect(line).to_contain_text("Wants no more nights")
    expect(line).to_contain_text(re.compile(r"Ada Byron · written \d\d:\d\d · not sent yet"))
    assert said(phone.cast, ada) == []
    assert violations(page) == []
    phone.network.mend()
    phone.context.set_offline(False)
    page.goto("/promises")
    all_sent(page)
    assert said(phone.cast, ada) == ["Wants no more nights"]


def test_notes_go_out_in_order_and_are_dated_when_they_were_written(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    phone.context.set_offline(True)
    for words in ("first", "second", "third"):
        phone.write(words)
        expect(unfold(page)).to_contain_text(words)
    page.evaluate(
        """new Promise((done) => { const asked = indexedDB.open("kept"); asked.onsuccess = () => {
        const items = asked.result.transaction("items", "readwrite").objectStore("items");
        items.openCursor().onsuccess = ({ target: { result } }) => { if (!result) return done();
        const it = result.value;
        result.update({ ...it, written: it.written - 3 * 3600 * 1000 }); result.continue(); }; }; })"""
    )

    phone.context.set_offline(False)
    all_sent(page)

    assert said(phone.cast, ada) == ["first", "second", "third"]
    for row in phone.cast.kept.views.timeline.of(ada):
        late = row.recorded_at - row.happened_at
        assert abs(late - timedelta(hours=3)) < timedelta(minutes=1)


def test_a_quick_note_can_be_begun_without_network(phone: Phone, ada: UUID) -> None:
    phone.open(ada)
    phone.network.cut()
    page = phone.page

    page.goto("/note")
    page.get_by_label("Candidate").fill("byr")
    page.get_by_role("radio", name="Ada Byron").check()
    phone.write("Met her in the car park")
    waits(page, 1)
    assert violations(page) == []
    phone.network.mend()
    page.goto("/")
    all_sent(page)

    assert said(phone.cast, ada) == ["Met her in the car park"]


@pytest.mark.torture
def test_a_page_loaded_twice_without_network_writes_two_notes(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    phone.context.set_offline(True)
    for words in ("from one load", "from the next"):
        page.reload()
        phone.write(words)
        expect(unfold(page)).to_contain_text(words)

    phone.context.set_offline(False)
    all_sent(page)

    assert said(phone.cast, ada) == ["from one load", "from the next"]


def test_somebody_kept_on_the_phone_is_found_for_a_quick_note(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    page.goto("/note")
    phone.context.set_offline(True)
    page.get_by_label("Candidate").fill("byr")
    page.get_by_role("button", name="Find").click()

    page.get_by_role("group", name="People found").get_by_role("radio", name="Ada Byron").check()
    page.get_by_text("WhatsApp", exact=True).click()
    phone.write("She wrote back")
    expect(unfold(page)).to_contain_text("Ada Byron · written")
    phone.context.set_offline(False)
    all_sent(page)

    phone.cast.kept.views.catch_up()
    (entry,) = phone.cast.kept.views.timeline.of(ada)
    assert (entry.channel, entry.words) == ("WhatsApp", "She wrote back")


def test_nothing_is_kept_for_nobody(phone: Phone) -> None:
    page = phone.page
    page.goto("/note")
    phone.context.set_offline(True)

    phone.write("About whom?")

    expect(page.get_by_text("Choose whom this is about.")).to_be_visible()
    expect(page.get_by_label("Note", exact=True)).to_have_value("About whom?")
    assert phone.kept() == []


@pytest.mark.torture
def test_what_waits_is_sent_with_no_page_open(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    phone.network.cut()
    phone.write("Sent in the background")
    waits(page, 1)
    wire = phone.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    wire.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    wire.send("ServiceWorker.enable")
    page.goto("about:blank")
    page.wait_for_timeout(500)
    phone.network.mend()

    about = next(each for each in found if each["scopeURL"].startswith(phone.network.address))
    sync = {"origin": phone.network.address, "registrationId": about["registrationId"], "lastChance": True}
    wire.send("ServiceWorker.dispatchSyncEvent", {**sync, "tag": "kept-outbox"})
    until = time.monotonic() + 20
    while not said(phone.cast, ada):
        assert time.monotonic() < until
        page.wait_for_timeout(100)

    assert said(phone.cast, ada) == ["Sent in the background"]


def test_other_moves_say_that_they_need_the_network(phone: Phone, ada: UUID) -> None:
    promise(phone.cast.kept, phone.cast.dana, ada, "Send the rate card")
    page = phone.open(ada)
    page.get_by_role("button", name="Not kept").click()
    page.get_by_label("Cause").select_option("we forgot")
    phone.network.cut()

    page.get_by_role("button", name="Note it as not kept").click()

    expect(page.get_by_text("Kept cannot be reached. Nothing was changed.")).to_be_visible()


def test_a_promise_is_kept_without_network(phone: Phone, ada: UUID) -> None:
    made = promise(phone.cast.kept, phone.cast.dana, ada, "Send the rate card")
    page = phone.open(ada)
    phone.context.set_offline(True)

    page.get_by_role("button", name="Kept", exact=True).click()

    waits(page, 1)
    expect(page.get_by_role("button", name="Kept", exact=True)).to_be_hidden()
    expect(page.locator(".promise").get_by_text("Kept on this phone, not sent yet.")).to_be_visible()
    expect(unfold(page)).to_contain_text("Kept: Send the rate card")
    page.reload()
    expect(page.get_by_role("button", name="Kept", exact=True)).to_be_hidden()
    phone.context.set_offline(False)
    all_sent(page)
    phone.cast.kept.views.catch_up()
    assert phone.cast.kept.views.promises.promise(made).state == "kept"
    expect(page.locator(".promise.kept")).to_be_visible()


# Broken in the middle


@pytest.mark.torture
def test_the_server_dies_before_it_records(phone: Phone, ada: UUID, start: Callable[[Path], Any]) -> None:
    mortal = start(phone.cast.server.settings.home)
    phone.network.to = mortal.address
    page = phone.open(ada)

    def die(request: bytes) -> None:
        if request.startswith(b"POST"):
            mortal.process.kill()
            mortal.process.wait()
            raise ConnectionError

    phone.network.fault = die
    phone.write("Said as it died")

    waits(page, 1)
    expect(page.get_by_text("Kept on this phone, not sent yet.").first).to_be_visible()
    assert said(phone.cast, ada) == []
    phone.network.mend()
    phone.network.to = phone.cast.server.address
    page.goto("/")
    all_sent(page)
    assert said(phone.cast, ada) == ["Said as it died"]


@pytest.mark.torture
def test_the_server_dies_after_it_recorded(phone: Phone, ada: UUID, start: Callable[[Path], Any]) -> None:
    mortal = start(phone.cast.server.settings.home)
    phone.network.to = mortal.address
    page = phone.open(ada)

    def die(request: bytes) -> None:
        if request.startswith(b"POST"):
            mortal.process.kill()
            mortal.process.wait()
            raise ConnectionError

    phone.network.after = die
    phone.write("Recorded, but nobody heard")

    waits(page, 1)
    assert said(phone.cast, ada) == ["Recorded, but nobody heard"]
    phone.network.mend()
    phone.network.to = phone.cast.server.address
    page.goto("/")
    all_sent(page)
    assert said(phone.cast, ada) == ["Recorded, but nobody heard"]


@pytest.mark.torture
def test_an_answer_that_does_not_come_is_not_waited_for(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    phone.network.fault = lambda request: time.sleep(30) if request.startswith(b"POST") else None  # type: ignore

    phone.write("Into the void")

    expect(outbox(page).get_by_text("Waiting to be sent: 1")).to_be_visible(timeout=12_000)


@pytest.mark.torture
def test_two_tabs_send_at_once_and_it_is_recorded_once(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    other = phone.context.new_page()
    other.goto("/promises")
    phone.context.set_offline(True)
    for number in range(5):
        phone.write(f"note {number}")
        expect(unfold(page)).to_contain_text(f"note {number}")
    waits(other, 5)

    phone.context.set_offline(False)
    all_sent(page)
    all_sent(other)

    assert said(phone.cast, ada) == [f"note {number}" for number in range(5)]
    posts = [line for line in phone.network.seen if line.startswith("POST /offline/")]
    assert len(posts) == 5


@pytest.mark.torture
def test_a_browser_without_locks_sends_twice_and_it_is_recorded_once(phone: Phone, ada: UUID) -> None:
    phone.context.add_init_script("Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })")
    page = phone.open(ada)
    other = phone.context.new_page()
    other.goto("/promises")
    phone.context.set_offline(True)
    phone.write("said once")
    waits(other, 1)

    phone.network.fault = lambda request: time.sleep(1) if request.startswith(b"POST") else None  # type: ignore
    phone.context.set_offline(False)
    all_sent(page)
    all_sent(other)

    assert said(phone.cast, ada) == ["said once"]


@pytest.mark.torture
def test_the_browser_is_killed_between_sending_and_the_answer(
    cast: Any, network: Network, ada: UUID, browser: Killable
) -> None:
    page = browser.open()
    sign_in(page)
    page.evaluate(WORKER_IS_READY)
    page.goto(f"/candidates/{ada}")
    network.cut()
    page.get_by_label("Note", exact=True).fill("Said before it was killed")
    page.get_by_role("button", name="Save", exact=True).click()
    waits(page, 1)

    network.mend()
    network.after = lambda request: browser.kill() if request.startswith(b"POST /offline") else None
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    browser.process.wait(20)

    assert said(cast, ada) == ["Said before it was killed"]
    network.mend()
    page = browser.open()
    page.goto("/login")
    if page.url.endswith("/login"):
        sign_in(page)
    all_sent(page)
    assert said(cast, ada) == ["Said before it was killed"]
    assert len([line for line in network.seen if line.startswith("POST /offline")]) == 2


# Whose it is


@pytest.mark.torture
def test_an_expired_session_hides_what_waits_and_keeps_it(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    phone.context.set_offline(True)
    phone.write("Written before it ran out")
    waits(page, 1)
    page.wait_for_timeout(1000)  # until nothing asks any more what the note promises: that would lead to the sign-in
    cookies = phone.context.cookies()
    phone.context.clear_cookies(name="kept")
    phone.context.set_offline(False)

    page.goto("/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Written before it ran out")).to_have_count(0)
    until(page, "() => outbox === undefined || outbox.fact('reader').then((it) => it === null)")
    assert phone.readable() == []
    assert phone.kept() == ["Written before it ran out"]
    phone.network.cut()
    page.goto(f"/candidates/{ada}")
    expect(page.get_by_text("nobody is signed in")).to_be_visible()
    expect(page.get_by_text("Ada Byron")).to_have_count(0)
    phone.network.mend()
    phone.context.add_cookies(cookies)
    page.goto("/")
    all_sent(page)
    assert said(phone.cast, ada) == ["Written before it ran out"]


@pytest.mark.torture
def test_another_recruiter_neither_sees_nor_sends_it(phone: Phone, ada: UUID, cookies_of: Callable[[str], Any]) -> None:
    page = phone.open(ada)
    phone.context.set_offline(True)
    phone.write("Dana’s own words")
    waits(page, 1)
    danas = phone.context.cookies()
    phone.context.clear_cookies()
    phone.context.add_cookies(cookies_of("tom")["cookies"])
    phone.context.set_offline(False)

    page.goto("/")
    expect(page.get_by_text("Tom", exact=True).first).to_be_visible()
    page.wait_for_timeout(1000)
    expect(page.get_by_text("Dana’s own words")).to_have_count(0)
    hidden(page)
    assert phone.readable() == ["/"]
    assert said(phone.cast, ada) == []
    assert phone.kept() == ["Dana’s own words"]
    phone.network.cut()
    page.goto(f"/candidates/{ada}")
    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    expect(page.get_by_text("Ada Byron")).to_have_count(0)
    phone.network.mend()
    phone.context.clear_cookies()
    phone.context.add_cookies(danas)
    page.goto("/")
    all_sent(page)
    assert said(phone.cast, ada) == ["Dana’s own words"]
    (entry,) = phone.cast.kept.views.timeline.of(ada)
    assert entry.by == phone.cast.dana


# Refused


def test_a_refused_note_stays_with_its_sentence_until_it_is_mended(phone: Phone, ada: UUID) -> None:
    page = phone.open(ada)
    phone.network.cut()
    phone.page.locator("#promise").fill("Ring with the rate")
    phone.write("She likes the General")
    waits(page, 1)
    phone.network.mend()

    page.goto("/promises")

    line = unfold(page).get_by_role("listitem")
    expect(line).to_contain_text("She likes the General")
    expect(line).to_contain_text("Promise: Ring with the rate")
    expect(line).to_contain_text("not accepted")
    expect(line.get_by_text("Say by when.")).to_be_visible()
    assert violations(page) == []
    line.get_by_role("button", name="Copy").click()
    expect(line.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "She likes the General\nPromise: Ring with the rate"
    line.get_by_role("link", name="Edit").click()
    expect(page.get_by_role("radio", name="Ada Byron")).to_be_checked()
    expect(page.get_by_label("Note", exact=True)).to_have_value("She likes the General")
    page.locator("#promise").fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved for Ada Byron")).to_be_visible()
    all_sent(page)
    assert said(phone.cast, ada) == ["She likes the General"]


@pytest.mark.torture
def test_a_refused_note_is_thrown_away_only_by_hand_and_never_holds_up_the_next(phone: Phone, ada: UUID) -> None:
    bob = UUID(str(phone.cast.candidate("Bob Marsh")))
    phone.open(ada)
    page = phone.open(bob)
    phone.network.cut()
    page.goto(f"/candidates/{ada}")
    phone.write("About somebody erased meanwhile")
    waits(page, 1)
    page.goto(f"/candidates/{bob}")
    phone.write("About Bob")
    waits(page, 2)
    phone.cast.kept.erase(ada, phone.cast.dana, "asked")
    phone.network.mend()

    page.goto("/promises")
    waits(page, 1)

    assert said(phone.cast, bob) == ["About Bob"]
    line = unfold(page).get_by_role("listitem")
    expect(line).to_contain_text("This person was erased. Nothing more can be recorded about them.")
    for _ in range(2):
        page.reload()
        waits(page, 1)
    line.get_by_role("button", name="Throw away").click()
    line.get_by_role("button", name="Keep it").click()
    line.get_by_role("button", name="Throw away").click()
    line.get_by_role("button", name="Throw it away for good").click()
    all_sent(page)
    assert phone.kept() == []


def test_a_promise_that_a_colleague_changed_stays_with_the_reason(phone: Phone, ada: UUID) -> None:
    made = promise(phone.cast.kept, phone.cast.dana, ada, "Send the rate card")
    page = phone.open(ada)
    phone.network.cut()
    page.get_by_role("button", name="Kept", exact=True).click()
    waits(page, 1)
    keep(phone.cast.kept, phone.cast.tom, made)
    phone.network.mend()

    page.goto("/promises")

    line = unfold(page).get_by_role("listitem")
    expect(line.get_by_text(re.compile("Tom changed this at"))).to_be_visible()
    line.get_by_role("link", name="Open the promise").click()
    expect(page.get_by_role("heading", name="Send the rate card")).to_be_visible()


@pytest.mark.torture
def test_no_answer_but_the_proof_ever_deletes_anything(
    chromium: Browser, cast: Any, network: Network, cookies_of: Callable[[str], Any], ada: UUID
) -> None:
    context = chromium.new_context(base_url=network.address, storage_state=cookies_of("dana"))
    phone = Phone(cast, network, context, context.new_page())
    phone.ready()
    page = phone.open(ada)
    network.cut()
    phone.write("Not to be lost")
    waits(page, 1)

    for status, kind, body in [
        *((status, "text/html", "<h1>No</h1>") for status in (200, 201, 401, 403, 404, 409, 422, 429, 500, 502)),
        *((status, "application/json", f'{{"recorded": "{uuid4()}"}}') for status in (200, 201)),
        (201, "application/json", "no JSON at all"),
        (303, "text/html", ""),
        *((status, "application/json", '{"sentence": "No."}') for status in (500, 503, 429, 401, 403, 404, 409, 422)),
    ]:
        head = f"HTTP/1.1 {status} Whatever\r\nLocation: /login\r\nConnection: close\r\nContent-Type: {kind}\r\n\r\n"
        network.fault = lambda request, it=head + body: it.encode() if request.startswith(b"POST") else None  # type: ignore
        page.evaluate("outbox.flush()")
        assert phone.kept() == ["Not to be lost"], status
    assert said(cast, ada) == []
    context.close()


# Signing out


def sign_out(page: Page) -> None:
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sign out").click()


@pytest.fixture
def leaving(cast: Any, network: Network, open_browser: Callable[..., BrowserContext]) -> Phone:
    """A session of its own, since it is about to end."""
    context = open_browser(replace(cast.server, address=network.address), PHONE)
    phone = Phone(cast, network, context, context.new_page())
    sign_in(phone.page)
    phone.ready()
    return phone


def test_signing_out_sends_what_waits_first(leaving: Phone, ada: UUID) -> None:
    page = leaving.open(ada)
    leaving.network.cut()
    leaving.write("Written before leaving")
    waits(page, 1)
    leaving.network.mend()

    sign_out(page)

    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert said(leaving.cast, ada) == ["Written before leaving"]
    until(page, NOTHING_IS_READABLE)
    assert leaving.kept() == []


@pytest.mark.torture
def test_signing_out_asks_about_what_cannot_be_sent(leaving: Phone, ada: UUID) -> None:
    page = leaving.open(ada)
    leaving.network.cut()
    for words in ("first", "second"):
        leaving.write(words)
        expect(unfold(page)).to_contain_text(words)
    leaving.network.fault = lambda request: b"" if b" /offline" in request[:20] else None
    page.goto("/promises")

    sign_out(page)
    expect(page.get_by_role("alert")).to_have_text("2 notes are not sent yet.")
    assert violations(page) == []
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    sign_out(page)
    page.get_by_role("button", name="Send them first").click()
    expect(page.get_by_role("alert")).to_have_text("2 notes are not sent yet.")
    page.get_by_role("button", name="Keep them on this phone").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()

    assert leaving.kept() == ["first", "second"]
    assert said(leaving.cast, ada) == []
    leaving.network.mend()
    sign_in(page)
    all_sent(page)
    assert said(leaving.cast, ada) == ["first", "second"]


@pytest.mark.torture
def test_signing_out_without_network_leaves_nothing_to_read_and_is_done_later(leaving: Phone, ada: UUID) -> None:
    page = leaving.open(ada)
    leaving.context.set_offline(True)

    sign_out(page)

    expect(page.get_by_text("nobody is signed in")).to_be_visible()
    page.goto(f"/candidates/{ada}")
    expect(page.get_by_text("Ada Byron")).to_have_count(0)
    leaving.context.set_offline(False)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


# Shared by other apps

SHARE = """([title, text]) => { const form = Object.assign(document.createElement("form"), { method: "POST",
    action: "/note/shared", enctype: "multipart/form-data" });
    for (const [name, value] of Object.entries({ title, text, url: "" })) {
    form.append(Object.assign(document.createElement("input"), { name, value })); }
    document.body.append(form); form.submit(); }"""


def test_a_shared_chat_fills_the_quick_note(phone: Phone) -> None:
    grace = UUID(str(phone.cast.candidate("Grace Vell")))
    page = phone.page

    page.evaluate(SHARE, ["", "24/11/2026, 10:02 - Grace Vell: After two."])

    expect(page.get_by_label("Note", exact=True)).to_have_value("Grace Vell: After two.")
    expect(page.get_by_role("radio", name="Grace Vell")).to_be_checked()
    assert "POST /note/shared" in phone.network.seen
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved for Grace Vell")).to_be_visible()
    assert said(phone.cast, grace) == ["Grace Vell: After two."]


@pytest.mark.torture
def test_what_is_shared_survives_a_sign_in(leaving: Phone) -> None:
    page = leaving.page
    sign_out(page)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()

    page.evaluate(SHARE, ["Staff nurse", "Look at this"])
    page.get_by_label("E-mail").fill("dana@harbour.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_label("Note", exact=True)).to_have_value("Staff nurse\nLook at this")


def test_the_worker_leaves_a_demo_alone(phone: Phone) -> None:
    page = phone.page

    page.goto("/demo/")

    assert phone.readable() == ["/"]
    phone.network.cut()
    with pytest.raises(Exception, match="ERR_"):
        page.goto("/demo/candidates")
