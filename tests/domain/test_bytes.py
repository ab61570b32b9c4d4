"""What was once stored can be read for ever: one stored sample of every topic lies in tests/golden."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.utils import resolve_topic

import domain
from domain.store.encoding import decode, encode
from domain.store.ledger import Envelopes
from domain.stream import Beginning, Fact
from tests.golden.make import sample
from tests.golden.open import row
from tests.golden.samples import Keys

FOLDER = Path(__file__).parents[1] / "golden"
SAMPLES: dict[str, dict[str, Any]] = {file.stem: json.loads(file.read_text()) for file in sorted(FOLDER.glob("*.json"))}
every_sample = pytest.mark.parametrize("topic", SAMPLES)


def kinds() -> dict[str, type[Fact]]:
    """Every kind of fact that a stream can record, by its topic."""
    nested = [kind for stream in domain.STREAMS for kind in vars(stream).values() if isinstance(kind, type)]
    return {kind.TOPIC: kind for kind in nested if issubclass(kind, Fact) and hasattr(kind, "TOPIC")}


@pytest.fixture(scope="module")
def elsewhere() -> dict[str, Any]:
    """What a fresh interpreter reads in the samples, and the modules that it needed for that."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.golden.open", *map(str, sorted(FOLDER.glob("*.json")))],
        cwd=FOLDER.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_topic_has_a_sample() -> None:
    assert set(SAMPLES) == set(kinds())


@every_sample
def test_a_sample_opens_in_a_fresh_interpreter(topic: str, elsewhere: dict[str, Any]) -> None:
    assert elsewhere["opened"][topic]["opened"] == SAMPLES[topic]["fields"]


@every_sample
def test_of_a_forgotten_sample_the_clear_facts_are_left(topic: str, elsewhere: dict[str, Any]) -> None:
    clear = {*kinds()[topic].clear, "originator_topic", "originator_id", "originator_version"}
    clear |= {"timestamp", "by", "person"}

    forgotten = elsewhere["opened"][topic]["forgotten"]

    kept = {name: value if name in clear else "None" for name, value in SAMPLES[topic]["fields"].items()}
    assert forgotten == kept


def test_opening_needs_nothing_above_the_domain(elsewhere: dict[str, Any]) -> None:
    above = {"projections", "webapp", "flask", "sqlalchemy", "huey"}

    assert not above & {module.partition(".")[0] for module in elsewhere["modules"]}


@every_sample
def test_a_fact_is_stored_in_the_very_same_bytes(topic: str) -> None:
    assert sample(topic) == SAMPLES[topic]


@every_sample
def test_no_stored_bytes_name_a_place_in_the_code(topic: str) -> None:
    stored = bytes.fromhex(SAMPLES[topic]["state"])

    assert b"domain" not in stored
    assert kinds()[topic].__name__.encode() not in stored


@pytest.mark.parametrize("topic", [topic for topic, kind in kinds().items() if issubclass(kind, Beginning)])
def test_a_stored_beginning_still_begins_its_stream(topic: str) -> None:
    fact = Envelopes(Keys()).open(row(SAMPLES[topic]))

    stream = fact.mutate(None)

    assert stream.TOPIC == topic.split(".")[0]
    assert type(stream) is resolve_topic(stream.TOPIC)


@pytest.mark.parametrize("topic", [topic for topic, stored in SAMPLES.items() if stored["wrap"]])
def test_a_sample_opens_with_the_published_format_alone(topic: str) -> None:
    """Without any code of Kept but the encoding: AES-256-GCM, a wrap of nonce and key, a salt of 32 bytes."""
    stored = SAMPLES[topic]
    place = [row(stored).originator_id, stored["version"], topic]
    clear, ciphertext = decode(bytes.fromhex(stored["state"]))
    wrap = bytes.fromhex(stored["wrap"])

    data_key = AESGCM(bytes.fromhex(stored["key"])).decrypt(wrap[:12], wrap[12:], encode([*place, b""]))
    opened = AESGCM(data_key).decrypt(bytes(12), ciphertext, encode([*place, clear]))

    words = decode(opened[32:])
    assert {name: repr(value) for name, value in words.items() if name != "command"}.items() <= stored["fields"].items()


SAID = "Ada Byron Lovelace byron.example 7946 0033 four misheard Dana nurse Hilda Quill LinkedIn C-1815 nights ward"


@pytest.mark.parametrize("word", SAID.split())
def test_no_word_of_a_person_stands_readable_in_a_sample(word: str) -> None:
    stored = [bytes.fromhex(stored["state"]) for stored in SAMPLES.values()]

    assert not any(word.encode() in state for state in stored)
