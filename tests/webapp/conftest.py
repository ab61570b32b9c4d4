"""The cast: Olive owns the agency, Dana and Tom recruit, Aude audits, a stranger is not signed in.

Ada and Bob are candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from types import CodeType
from uuid import UUID, uuid4

import pytest
from cast import CHEAP, PASSWORD, Browser
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from domain.command import Command
from tests.agency import Clock
from webapp import create_app
from webapp.installation import Installation
from webapp.settings import Settings

LONG_AGO = datetime(2020, 1, 6, 9, 0, tzinfo=UTC)


class Compiled(BytecodeCache):
    """What templates were compiled to: each test has an app of its own, and all of them the same templates."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self.code[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """Templates are compiled once for all the apps of a run."""
    before = Flask.jinja_options
    Flask.jinja_options = {**before, "bytecode_cache": Compiled()}
    yield
    Flask.jinja_options = before


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "instance", backups=tmp_path / "instance-backups")


@pytest.fixture
def empty_app(settings: Settings) -> Iterator[Flask]:
    """An installation that nobody has set up yet."""
    app = create_app(settings, passwords=CHEAP)
    yield app
    app.extensions["kept"].close()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an agency with its whole cast, made once: copying it is faster than founding it for every test.

    It was founded long before the clock of any test: what a test records bears the test's own time.
    """
    home, clock = tmp_path_factory.mktemp("founded") / "instance", Clock(LONG_AGO)
    settings = Settings(home=home, backups=home.with_name("backups"))
    kept = Installation.open(settings, clock=clock, passwords=CHEAP)
    _, olive = kept.recruiting.found_agency(
        Command(uuid4(), None), "Harbour Staffing", "Europe/London", "Olive", "olive@harbour.example"
    ).streams
    _join(kept, olive)
    for name, role in (("Dana", "recruiter"), ("Tom", "recruiter"), ("Aude", "auditor")):
        clock.on(minutes=1)
        invited = kept.recruiting.invite_recruiter(
            Command(uuid4(), olive), name, f"{name.lower()}@harbour.example", role
        )
        _join(kept, invited.streams[0])
    kept.views.catch_up()
    kept.close()
    return home


@pytest.fixture
def moved_in(founded: Path, settings: Settings) -> None:
    copytree(founded, settings.home, dirs_exist_ok=True)


@pytest.fixture
def app(moved_in: None, empty_app: Flask) -> Flask:
    """An agency with its whole cast."""
    return empty_app


@pytest.fixture
def kept(app: Flask) -> Installation:
    installation: Installation = app.extensions["kept"]
    return installation


@pytest.fixture
def client(app: Flask) -> Browser:
    """A stranger."""
    return Browser(app)


@pytest.fixture
def olive(app: Flask) -> Browser:
    return _signed_in(app, "olive")


@pytest.fixture
def dana(app: Flask) -> Browser:
    return _signed_in(app, "dana")


@pytest.fixture
def tom(app: Flask) -> Browser:
    return _signed_in(app, "tom")


@pytest.fixture
def aude(app: Flask) -> Browser:
    return _signed_in(app, "aude")


@pytest.fixture
def ada(kept: Installation, dana: Browser) -> UUID:
    return _candidate(kept, dana, "Ada Byron", headline="Staff nurse", place="Leeds")


@pytest.fixture
def bob(kept: Installation, dana: Browser) -> UUID:
    return _candidate(kept, dana, "Bob Marsh", headline="Porter", place="York")


def _join(kept: Installation, recruiter: UUID) -> None:
    kept.recruiting.join(Command(uuid4(), recruiter), recruiter)
    kept.vault.set_password(recruiter, PASSWORD)


def _signed_in(app: Flask, name: str) -> Browser:
    return Browser(app, app.extensions["kept"].views.team.by_email(f"{name}@harbour.example").id)


def _candidate(kept: Installation, by: Browser, name: str, **details: str) -> UUID:
    added = kept.recruiting.add_candidate(Command(uuid4(), by.id), name, **details)
    kept.views.catch_up()
    return added.streams[0]
