"""The stores and the cast for tests below the web: Olive owns the agency, Dana and Tom recruit, Aude audits.

Ada and Bob are candidates: always two, so that a forgotten `where` fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest
from hypothesis import settings

from domain.recruiting import Recruiting
from domain.store.ledger import Ledger
from projections import Views
from tests.agency import ZONE, Clock, command
from webapp.vault import Vault

settings.register_profile("the same every time", derandomize=True, database=None, deadline=None)
settings.load_profile("the same every time")


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stores with nothing in them: copying them is faster than making their tables for every test."""
    home = tmp_path_factory.mktemp("empty")
    with closing(Vault(home / "vault.db")) as vault, closing(Ledger(home, vault, Clock())) as ledger:
        Views(home, ledger).close()
    return home


@pytest.fixture
def home(empty_home: Path, tmp_path: Path) -> Path:
    return Path(copytree(empty_home, tmp_path / "home"))


@pytest.fixture
def clock() -> Clock:
    """It stands still until the test moves it."""
    return Clock()


@pytest.fixture
def vault(home: Path, clock: Clock) -> Iterator[Vault]:
    vault = Vault(home / "vault.db", clock)
    yield vault
    vault.close()


@pytest.fixture
def ledger(home: Path, vault: Vault, clock: Clock) -> Iterator[Ledger]:
    ledger = Ledger(home, vault, clock)
    yield ledger
    ledger.close()


@pytest.fixture
def recruiting(ledger: Ledger) -> Recruiting:
    return Recruiting(ledger)


@pytest.fixture
def views(home: Path, ledger: Ledger) -> Iterator[Views]:
    views = Views(home, ledger)
    yield views
    views.close()


@pytest.fixture
def olive(recruiting: Recruiting) -> UUID:
    return recruiting.found_agency(command(None), "Harbour Staffing", ZONE, "Olive", "olive@harbour.example").streams[1]


@pytest.fixture
def dana(recruiting: Recruiting, olive: UUID) -> UUID:
    return _colleague(recruiting, olive, "Dana", "recruiter")


@pytest.fixture
def tom(recruiting: Recruiting, olive: UUID) -> UUID:
    return _colleague(recruiting, olive, "Tom", "recruiter")


@pytest.fixture
def aude(recruiting: Recruiting, olive: UUID) -> UUID:
    return _colleague(recruiting, olive, "Aude", "auditor")


@pytest.fixture
def ada(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.add_candidate(
        command(dana), "Ada Byron", "ada@byron.example", "+44 20 7946 0011", "Staff nurse", "Leeds"
    ).streams[0]


@pytest.fixture
def bob(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.add_candidate(
        command(dana), "Bob Marsh", "bob@marsh.example", "0161 496 0022", "Porter", "York"
    ).streams[0]


def _colleague(recruiting: Recruiting, olive: UUID, name: str, role: str) -> UUID:
    colleague = recruiting.invite_recruiter(command(olive), name, f"{name.lower()}@harbour.example", role).streams[0]
    recruiting.join(command(colleague), colleague)
    return colleague
