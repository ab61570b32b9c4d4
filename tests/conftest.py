"""The stores and the cast for tests below the web: Olive owns the agency, Dana and Tom recruit, Aude audits.

Ada and Bob are candidates: always two, so that a forgotten `where` fails.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, disk_usage
from uuid import UUID

import pytest
from hypothesis import settings

from domain.recruiting import Recruiting
from domain.store.ledger import Ledger
from projections import Views
from tests.agency import ZONE, Clock, command
from webapp.vault import Vault

MEMORY, ENOUGH = Path("/dev/shm"), 2_000_000_000
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ENOUGH:
    # Tests end processes, never the machine: nothing is proved by waiting until a disk has written.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

settings.register_profile("the same every time", derandomize=True, database=None, deadline=None)
settings.load_profile("the same every time")


def pytest_collection_finish() -> None:
    """Six thousand collected tests live until the end: the garbage collector need not look through them each time."""
    gc.collect()
    gc.freeze()


@dataclass(frozen=True)
class Cast:
    """A home in which everybody is there and nothing was said yet, and how far its log goes."""

    home: Path
    end: int
    olive: UUID
    dana: UUID
    tom: UUID
    aude: UUID
    ada: UUID
    bob: UUID

    @contextmanager
    def copied(self, folder: Path) -> Iterator[tuple[Recruiting, Views]]:
        """A copy in this folder, for tests that share one."""
        home, clock = Path(copytree(self.home, folder / "home")), Clock()
        with (
            closing(Vault(home / "vault.db", clock)) as vault,
            closing(Recruiting(Ledger(home, vault, clock))) as verbs,
            closing(Views(home, verbs.log)) as views,
        ):
            yield verbs, views


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """Made once: copying it is faster than founding the agency for every test."""
    home = tmp_path_factory.mktemp("cast")
    with closing(Vault(home / "vault.db", Clock())) as vault, closing(Ledger(home, vault, Clock())) as ledger:
        verbs = Recruiting(ledger)
        olive = verbs.found_agency(command(None), "Harbour Staffing", ZONE, "Olive", "olive@harbour.example").streams[1]
        dana, tom, aude = (
            _colleague(verbs, olive, name, role)
            for name, role in (("Dana", "recruiter"), ("Tom", "recruiter"), ("Aude", "auditor"))
        )
        ada, bob = (
            verbs.add_candidate(command(dana), *details).streams[0]
            for details in (
                ("Ada Byron", "ada@byron.example", "+44 20 7946 0011", "Staff nurse", "Leeds"),
                ("Bob Marsh", "bob@marsh.example", "0161 496 0022", "Porter", "York"),
            )
        )
        with closing(Views(home, ledger)) as views:
            views.catch_up()
        return Cast(home, ledger.end(), olive, dana, tom, aude, ada, bob)


@pytest.fixture
def home(cast: Cast, tmp_path: Path) -> Path:
    return Path(copytree(cast.home, tmp_path / "home"))


@pytest.fixture
def clock() -> Clock:
    """It stands still until the test moves it."""
    return Clock()


@pytest.fixture
def vault(home: Path, clock: Clock) -> Iterator[Vault]:
    with closing(Vault(home / "vault.db", clock)) as vault:
        yield vault


@pytest.fixture
def ledger(home: Path, vault: Vault, clock: Clock) -> Iterator[Ledger]:
    with closing(Ledger(home, vault, clock)) as ledger:
        yield ledger


@pytest.fixture
def recruiting(ledger: Ledger) -> Recruiting:
    return Recruiting(ledger)


@pytest.fixture
def nobody(tmp_path: Path, clock: Clock) -> Iterator[Recruiting]:
    """An installation in which nothing has happened yet."""
    home = tmp_path / "nobody"
    home.mkdir()
    with (
        closing(Vault(home / "vault.db", clock)) as vault,
        closing(Recruiting(Ledger(home, vault, clock))) as nobody,
    ):
        yield nobody


@pytest.fixture
def views(home: Path, ledger: Ledger) -> Iterator[Views]:
    with closing(Views(home, ledger)) as views:
        yield views


@pytest.fixture
def olive(cast: Cast) -> UUID:
    return cast.olive


@pytest.fixture
def dana(cast: Cast) -> UUID:
    return cast.dana


@pytest.fixture
def tom(cast: Cast) -> UUID:
    return cast.tom


@pytest.fixture
def aude(cast: Cast) -> UUID:
    return cast.aude


@pytest.fixture
def ada(cast: Cast) -> UUID:
    return cast.ada


@pytest.fixture
def bob(cast: Cast) -> UUID:
    return cast.bob


def _colleague(recruiting: Recruiting, olive: UUID, name: str, role: str) -> UUID:
    colleague = recruiting.invite_recruiter(command(olive), name, f"{name.lower()}@harbour.example", role).streams[0]
    recruiting.join(command(colleague), colleague)
    return colleague
