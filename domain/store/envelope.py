"""The envelope: what is stored of an event, in bytes that can never change.

An envelope is the canonical encoding of `[header, sealed]`. The header is clear. The sealed part holds every free
word, encrypted with a data key of the event's own, which is wrapped with the person's key and kept beside the
event. Destroying the wrap forgets one event's words, destroying the person's key forgets them all; the header, the
commitment and the leaf stay as they were.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.store.encoding import NotCanonical, decode, encode

FORMAT = 1
SALT = 32
NONCE = 12
ONCE = bytes(NONCE)  # a data key seals one message only, so its nonce may be constant


class DoesNotOpen(Exception):
    """This event is not the one that was recorded."""


@dataclass(frozen=True)
class Place:
    """Where an event stands: its stream, its version in it, its topic. All three are bound into the envelope."""

    stream: UUID
    version: int
    topic: str


@dataclass(frozen=True)
class Header:
    """What stays readable for ever, also when the person is forgotten. Stored as a sequence, in this order.

    `command` and `ordinal` tell which request caused it; `facts` are the fields the event class declares clear.
    `commitment` is SHA-256(salt ‖ sealed plaintext), by which words can be shown to an auditor without any key.
    """

    format: int
    recorded_at: datetime
    by: UUID | None
    person: UUID | None
    command: UUID
    ordinal: int
    facts: dict[str, Any]
    commitment: bytes = b""


@dataclass(frozen=True)
class Sealed:
    """An envelope's bytes and, where it holds words, its data key wrapped with the person's key."""

    state: bytes
    wrap: bytes | None


def seal(place: Place, header: Header, words: dict[str, Any], person_key: bytes | None) -> Sealed:
    """Close an envelope. The header's commitment is filled in here; without words no key is needed."""
    if not words:
        return Sealed(encode([_header(header, commit(b"", b"")), b""]), None)
    if person_key is None:
        raise TypeError("Words can be sealed only with a person's key.")
    salt, plaintext, data_key = secrets.token_bytes(SALT), encode(words), secrets.token_bytes(32)
    clear = _header(header, commit(salt, plaintext))
    ciphertext = AESGCM(data_key).encrypt(ONCE, salt + plaintext, _bound(place, clear))
    nonce = secrets.token_bytes(NONCE)
    wrap = nonce + AESGCM(person_key).encrypt(nonce, data_key, _bound(place, b""))
    return Sealed(encode([clear, ciphertext]), wrap)


@dataclass(frozen=True)
class Envelope:
    """An envelope taken apart: its header, the header's bytes, and the sealed bytes (empty when it has no words)."""

    header: Header
    clear: bytes
    ciphertext: bytes

    def open(self, place: Place, wrap: bytes | None, person_key: bytes | None) -> dict[str, Any] | None:
        """The words, {} if there never were any, None if they were forgotten. Raises DoesNotOpen."""
        if not self.ciphertext:
            if self.header.commitment != commit(b"", b""):
                raise DoesNotOpen("The words are missing from the envelope.")
            return {}
        if wrap is None or person_key is None:
            return None
        try:
            data_key = AESGCM(person_key).decrypt(wrap[:NONCE], wrap[NONCE:], _bound(place, b""))
            opened = AESGCM(data_key).decrypt(ONCE, self.ciphertext, _bound(place, self.clear))
        except (InvalidTag, ValueError) as error:
            raise DoesNotOpen("The envelope was changed, or is not for this key.") from error
        salt, plaintext = opened[:SALT], opened[SALT:]
        if commit(salt, plaintext) != self.header.commitment:
            raise DoesNotOpen("The words are not those of the commitment.")
        words: dict[str, Any] = decode(plaintext)
        return words


def parse(state: bytes) -> Envelope:
    """Take an envelope apart. Raises DoesNotOpen if it is not one, or of a format that this version does not know."""
    try:
        clear, ciphertext = decode(state)
        header = Header(*decode(clear))
    except (NotCanonical, TypeError, ValueError) as error:
        raise DoesNotOpen("This is no envelope.") from error
    if header.format != FORMAT:
        raise DoesNotOpen(f"Format {header.format!r} is not known to this version of Kept.")
    return Envelope(header, clear, ciphertext)


def commit(salt: bytes, plaintext: bytes) -> bytes:
    """SHA-256(salt ‖ plaintext)."""
    return sha256(salt + plaintext).digest()


def leaf(place: Place, state: bytes) -> bytes:
    """RFC 6962 leaf hash, SHA-256(0x00 ‖ entry), where the entry is the event's canonical encoding."""
    return sha256(b"\x00" + encode([place.stream, place.version, place.topic, state])).digest()


def _header(header: Header, commitment: bytes) -> bytes:
    return encode([*vars(replace(header, commitment=commitment)).values()])


def _bound(place: Place, clear: bytes) -> bytes:
    return encode([place.stream, place.version, place.topic, clear])
