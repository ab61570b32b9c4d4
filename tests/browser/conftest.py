"""Chromium against a real server: gunicorn in a process of its own, over a home of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import UUID, uuid4

import pytest
from cast import CHEAP, PASSWORD
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from domain.command import Command
from webapp.installation import Installation
from webapp.settings import Settings

ROOT = Path(__file__).parents[2]
DESK, PHONE = (1280, 900), (390, 844)
STARTS_WITHIN = 20
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    """A running Kept; `kept` opens the same home from the test's own process."""

    address: str
    settings: Settings
    process: subprocess.Popen[bytes]
    env: dict[str, str]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        reason = f"No browser here: none of {', '.join(names)} is installed."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[[Path], Server]]:
    """Start a server over a home; all of them end with the session."""
    servers: list[Server] = []

    def started(home: Path) -> Server:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        kept = {"KEPT_HOME": str(home), "PORT": str(port), "KEPT_BASE_URL": address}
        settings = Settings.from_environment(kept)
        words = ["wsgi:app", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4"]
        env = {name: value for name, value in os.environ.items() if not name.startswith("KEPT_")} | kept
        command = [sys.executable, "-m", "gunicorn", *words, "--log-level", "warning"]
        process = subprocess.Popen(command, cwd=ROOT, env=env)
        servers.append(Server(address, settings, process, env))
        _wait_for(address, process)
        return servers[-1]

    yield started
    for server in servers:
        server.process.terminate()
    for server in servers:
        server.process.wait(20)


@pytest.fixture
def empty(start: Callable[[Path], Server], tmp_path: Path) -> Server:
    """A server that nobody has set up yet."""
    return start(tmp_path / "instance")


@pytest.fixture
def worker(empty: Server) -> Iterator[None]:
    """What does the long work of that server, beside it."""
    consumer = [sys.executable, "-m", "huey.bin.huey_consumer", "wsgi.huey", "-w", "1", "-m", "1", "-g", "TERM"]
    process = subprocess.Popen([*consumer, "--quiet"], cwd=ROOT, env=empty.env)
    yield
    process.terminate()
    process.wait(20)


@dataclass
class Cast:
    """An agency that is running: its server, its stores opened here too, and the ids of its people."""

    server: Server
    kept: Installation
    olive: UUID
    dana: UUID
    tom: UUID
    aude: UUID

    def candidate(self, name: str = "Ada Byron") -> UUID:
        """A candidate of this test alone."""
        by = Command(uuid4(), self.dana)
        added = self.kept.recruiting.add_candidate(
            by, name, email="ada@byron.example", phone="0113 496 0000", headline="Staff nurse", place="Leeds"
        )
        self.kept.views.catch_up()
        return added.streams[0]


@pytest.fixture(scope="session")
def cast(start: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    server = start(tmp_path_factory.mktemp("agency") / "instance")
    kept = Installation.open(server.settings, passwords=CHEAP)
    _, olive = kept.recruiting.found_agency(
        Command(uuid4(), None), "Harbour Staffing", "Europe/London", "Olive", "olive@harbour.example"
    ).streams
    people = {"Olive": olive}
    for name, role in (("Dana", "recruiter"), ("Tom", "recruiter"), ("Aude", "auditor")):
        invited = kept.recruiting.invite_recruiter(
            Command(uuid4(), olive), name, f"{name.lower()}@harbour.example", role
        )
        people[name] = invited.streams[0]
    for recruiter in people.values():
        kept.recruiting.join(Command(uuid4(), recruiter), recruiter)
        kept.vault.set_password(recruiter, PASSWORD)
    kept.views.catch_up()
    yield Cast(server, kept, olive, people["Dana"], people["Tom"], people["Aude"])
    kept.close()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser with cookies of its own; whatever goes wrong on its pages fails the test."""
    contexts: list[BrowserContext] = []
    wrongs: list[str] = []

    def opened(server: Server, size: tuple[int, int] = DESK, *, scripts: bool = True, **options: Any) -> BrowserContext:
        context = chromium.new_context(
            base_url=server.address,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            java_script_enabled=scripts,
            locale="en-GB",
            **options,
        )
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: wrongs.append(str(error.error)))
        context.on("console", lambda said: wrongs.append(said.text) if "Content Security Policy" in said.text else None)
        context.on(
            "response", lambda answer: wrongs.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
        )
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()
    assert wrongs == []


@pytest.fixture(scope="session")
def cookies_of(cast: Cast, chromium: Browser) -> Callable[[str], Any]:
    """Everybody signs in once: Kept lets nobody try ten times a minute."""

    @cache
    def signed_in(name: str) -> Any:
        context = chromium.new_context(base_url=cast.server.address)
        sign_in(context.new_page(), f"{name}@harbour.example")
        cookies = context.storage_state()
        context.close()
        return cookies

    return signed_in


@pytest.fixture
def signed_in(
    cast: Cast, cookies_of: Callable[[str], Any], open_browser: Callable[..., BrowserContext]
) -> Callable[..., Page]:
    """A page on which one of the cast is signed in."""

    def opened(who: str, size: tuple[int, int] = DESK, *, scripts: bool = True, **options: Any) -> Page:
        options["storage_state"] = cookies_of(who)
        return open_browser(cast.server, size, scripts=scripts, **options).new_page()

    return opened


@pytest.fixture
def as_dana(signed_in: Callable[..., Page]) -> Callable[..., Page]:
    return partial(signed_in, "dana")


@pytest.fixture
def as_olive(signed_in: Callable[..., Page]) -> Callable[..., Page]:
    return partial(signed_in, "olive")


def sign_in(page: Page, email: str) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, "The server ended before it answered."
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer within {STARTS_WITHIN} s.")
