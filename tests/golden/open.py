"""Open samples in an interpreter that knows `domain` and nothing else: `python -m tests.golden.open FILE…`.

Prints a JSON object: for each file the fields of its fact, with its words and with its words forgotten.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from uuid import UUID

import domain  # noqa: F401 importing it registers every topic
from domain.store.ledger import Envelopes, Row


class Key:
    """The key of one sample, or None once it is destroyed."""

    def __init__(self, key: bytes | None):
        self._key = key

    def make_key(self, person: UUID) -> None:
        """There is one already."""

    def key(self, person: UUID, *, fresh: bool = False) -> bytes | None:
        return self._key

    def forget(self, person: UUID) -> None:
        self._key = None


def row(sample: dict[str, str]) -> Row:
    """The sample as it lies in the table."""
    return Row(
        originator_id=UUID(sample["stream"]),
        originator_version=int(sample["version"]),
        topic=sample["topic"],
        state=bytes.fromhex(sample["state"]),
        id=1,
        recorded_at=0,
        command_id=UUID(int=0),
        leaf_index=0,
        leaf=bytes.fromhex(sample["leaf"]),
        wrap=bytes.fromhex(sample["wrap"]) if sample["wrap"] else None,
    )


def fields(sample: dict[str, str], key: bytes | None) -> dict[str, str]:
    """What can be read of a sample with this key."""
    fact = Envelopes(Key(key)).open(row(sample))
    return {name: repr(value) for name, value in sorted(vars(fact).items())}


def main(files: list[str]) -> None:
    opened = {}
    for file in files:
        sample = json.loads(Path(file).read_text())
        key = bytes.fromhex(sample["key"]) if sample["key"] else None
        opened[sample["topic"]] = {"opened": fields(sample, key), "forgotten": fields(sample, None)}
    print(json.dumps({"opened": opened, "modules": sorted(sys.modules)}))


if __name__ == "__main__":
    main(sys.argv[1:])
