"""A process killed in the middle of a save leaves it whole or not at all; the same form sent again saves it once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from domain.candidate import Candidate
from domain.promise import Promise
from domain.recruiting import Recruiting
from domain.store.ledger import Ledger
from domain.touchpoint import Touchpoint
from projections import Views
from tests.agency import Clock
from tests.projections import sudden_end
from tests.projections.sudden_end import ADA, BEFORE_APPEND, IN_APPEND, SAVES
from webapp.vault import Vault

every_step = pytest.mark.parametrize("step", SAVES)


@pytest.fixture(scope="module")
def dead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The homes of those who died, by the step at which they did."""
    folder = tmp_path_factory.mktemp("dead")
    subprocess.run(
        [sys.executable, "-m", "tests.projections.sudden_end", str(folder)], cwd=Path(__file__).parents[2], check=True
    )
    return folder


class Survivor:
    """The next process, in a copy of that home."""

    def __init__(self, home: Path):
        self.vault = Vault(home / "vault.db", Clock())
        self.verbs = Recruiting(Ledger(home, self.vault, Clock()))
        self.views = Views(home, self.verbs.log)
        self.views.catch_up()

    def facts(self, kind: type) -> list[Any]:
        return [entry.fact for entry in self.verbs.log.entries(1, 100) if isinstance(entry.fact, kind)]

    def faults(self) -> list[str]:
        return [*self.verbs.log.check(), *self.views.check()]

    def close(self) -> None:
        for store in (self.views, self.verbs, self.vault):
            store.close()


@pytest.fixture
def survivor(dead: Path, tmp_path: Path, step: str) -> Iterator[Survivor]:
    with closing(Survivor(Path(copytree(dead / step, tmp_path / "home")))) as survivor:
        yield survivor


@pytest.fixture(scope="module")
def lookers_on(dead: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Survivor]]:
    """A survivor of each step for tests that only look."""
    with ExitStack() as stack:
        yield {
            step: stack.enter_context(
                closing(Survivor(Path(copytree(dead / step, tmp_path_factory.mktemp("s") / "h"))))
            )
            for step in SAVES
        }


@every_step
def test_what_was_being_saved_is_whole_or_absent(lookers_on: dict[str, Survivor], step: str) -> None:
    saved = 0 if step in (BEFORE_APPEND, IN_APPEND) else 1

    assert len(lookers_on[step].facts(Touchpoint.TouchpointRecorded)) == saved
    assert len(lookers_on[step].facts(Promise.PromiseMade)) == 1 + saved


@every_step
def test_pages_show_what_was_saved_and_nothing_else(lookers_on: dict[str, Survivor], step: str) -> None:
    lines = [row.words for row in lookers_on[step].views.timeline.of(ADA)]

    if step in (BEFORE_APPEND, IN_APPEND):
        assert lines == ["Send the contract"]
    else:
        assert sorted(lines) == ["Ring with the rate", "Send the contract", "four days"]


@every_step
def test_everything_checks_clean_afterwards(lookers_on: dict[str, Survivor], step: str) -> None:
    assert lookers_on[step].faults() == []


@every_step
def test_the_same_form_sent_again_is_saved_once(survivor: Survivor, step: str) -> None:
    again = sudden_end.save(survivor.verbs)
    survivor.views.catch_up()

    assert again.repeated is (step not in (BEFORE_APPEND, IN_APPEND))
    assert again.streams == tuple(sudden_end.asked("save").stream(ordinal) for ordinal in (0, 1))
    assert len(survivor.facts(Touchpoint.TouchpointRecorded)) == 1
    assert survivor.views.promises.tally(candidate=ADA) == {"open": 2}
    assert survivor.faults() == []


@pytest.mark.parametrize("step", [sudden_end.AFTER_KEY])
def test_a_key_whose_person_was_not_recorded_serves_when_the_form_comes_again(survivor: Survivor, step: str) -> None:
    bob = sudden_end.asked("add").stream(0)
    key = survivor.vault.key(bob)
    before = survivor.facts(Candidate.CandidateAdded)

    sudden_end.add(survivor.verbs)

    assert len(before) == 1
    assert [fact.name for fact in survivor.facts(Candidate.CandidateAdded)] == ["Ada Byron", "Bob Marsh"]
    assert survivor.vault.key(bob, fresh=True) == key
    assert survivor.faults() == []


@pytest.mark.parametrize("step", [sudden_end.KEY_DESTROYED])
def test_an_erasure_cut_short_after_the_key_was_destroyed_is_finished_later(survivor: Survivor, step: str) -> None:
    assert survivor.vault.key(ADA) is None
    assert survivor.facts(Candidate.CandidateErased) == []

    sudden_end.erase(survivor.verbs)

    assert len(survivor.facts(Candidate.CandidateErased)) == 1
    assert [fact.name for fact in survivor.facts(Candidate.CandidateAdded)] == [None]
    assert survivor.faults() == []
