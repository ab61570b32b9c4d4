"""Write the sample of each topic that has none yet: `python -m tests.golden.make`. What is there is never rewritten."""

from __future__ import annotations

import json
from pathlib import Path

from tests.golden.samples import Keys, facts, store

FOLDER = Path(__file__).parent


def sample(topic: str) -> dict[str, object]:
    """A stored event, the key that opens it, and what is to be read in it."""
    row, fact = store(topic), facts()[topic]
    return {
        "topic": topic,
        "stream": str(row.originator_id),
        "version": row.originator_version,
        "state": row.state.hex(),
        "wrap": row.wrap.hex() if row.wrap else None,
        "leaf": row.leaf.hex(),
        "person": str(fact.person) if fact.person else None,
        "key": (Keys().key(fact.person) or b"").hex() if fact.person else None,
        "fields": {name: repr(value) for name, value in sorted(vars(fact).items())},
    }


def main() -> None:
    for topic in facts():
        file = FOLDER / f"{topic}.json"
        if not file.exists():
            file.write_text(json.dumps(sample(topic), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
