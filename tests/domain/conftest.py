"""What tests of verbs look at: the facts that they left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.store.ledger import Ledger
from domain.stream import Fact
from tests.conftest import Cast

Facts = Callable[..., list[Any]]


@pytest.fixture
def facts(cast: Cast, ledger: Ledger) -> Facts:
    """`facts(kind)`: every fact of this kind that the test left, in order; `facts()`: all of them."""

    def facts(kind: type[Fact] = Fact) -> list[Any]:
        return [entry.fact for entry in ledger.entries(cast.end + 1, 10_000) if isinstance(entry.fact, kind)]

    return facts
