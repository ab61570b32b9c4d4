"""A real push service on loopback: it checks who sends, opens what was sealed with keys of its own, and keeps it.

It is written from RFC 8188, 8291 and 8292, and shares no code with what seals and signs.
"""

from __future__ import annotations

import inspect
import json
import os
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from projections.sqlite import utc_now
from webapp.installation import Installation
from webapp.pushing import key_for_browsers

HANGS, DRIPS = 0, 1
LIMIT = 4096


@dataclass(frozen=True)
class Push:
    """One message, as the phone would see it."""

    phone: Phone
    said: dict[str, Any]
    topic: str
    urgency: str
    ttl: int
    length: int


@dataclass(eq=False)
class Phone:
    """A browser that has subscribed. `answers` is the status of its service: HANGS is none, DRIPS one without end."""

    endpoint: str
    answers: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def p256dh(self) -> str:
        return encoded(point(self.key))

    @property
    def told(self) -> dict[str, str]:
        """What its browser tells Kept."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": encoded(self.auth)}


class Pushbox(ThreadingHTTPServer):
    """`sender` is the public key that the phones were given; `slow` is how long a push takes, in seconds.

    `wrongs` is everything that a real service would refuse.
    """

    daemon_threads = True

    def __init__(self, slow: float = 0.0, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.url = f"http://127.0.0.1:{self.server_port}"
        if certificate:
            self.url = f"https://localhost:{self.server_port}"
            shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            shown.load_cert_chain(certificate)
            self.socket = shown.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.sender = ""
        self.clock = utc_now
        self.phones: dict[str, Phone] = {}
        self.pushes: list[Push] = []
        self.wrongs: list[str] = []
        self.slow = slow
        self.over = Event()

    def phone(self) -> Phone:
        """A browser that asks for a subscription."""
        path = f"/push/{uuid4().hex}"
        self.phones[path] = Phone(self.url + path)
        return self.phones[path]

    def subscribed(self, kept: Installation, recruiter: UUID, shows_names: bool = False) -> Phone:
        """A phone on which a colleague is signed in, and has turned notifications on."""
        self.sender, self.clock = key_for_browsers(kept.vault), kept.recruiting.log.now
        phone = self.phone()
        name = kept.vault.session(kept.vault.begin_session(recruiter, "Chrome on Android")).name
        kept.vault.subscribe(recruiter, name, **phone.told, shows_names=shows_names)
        return phone

    def to(self, phone: Phone) -> list[dict[str, Any]]:
        """What this phone was told."""
        return [push.said for push in self.pushes if push.phone is phone]

    def take(self, phone: Phone, headers: Any, body: bytes) -> None:
        """Raises AssertionError where a real service, or the phone, would refuse."""
        assert headers["Content-Encoding"] == "aes128gcm"
        assert len(body) <= LIMIT
        check_sender(headers["Authorization"], self.sender, self.url, self.clock())
        topic, urgency, ttl = headers["Topic"], headers["Urgency"], int(headers["TTL"])
        assert 0 < len(topic) <= 32
        assert topic.replace("-", "").replace("_", "").isalnum()
        assert urgency in ("very-low", "low", "normal", "high")
        said = json.loads(opened(body, phone.key, phone.auth))
        self.pushes.append(Push(phone, said, topic, urgency, ttl, len(body)))


class _Answer(BaseHTTPRequestHandler):
    server: Pushbox

    def do_POST(self) -> None:
        phone = self.server.phones.get(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if phone is None:
            return self.answer(404)
        phone.asked += 1
        self.server.over.wait(self.server.slow)
        if phone.answers in (HANGS, DRIPS):
            return self.keep_waiting(phone.answers == DRIPS)
        if 200 <= phone.answers < 300:
            try:
                self.server.take(phone, self.headers, body)
            except Exception as wrong:
                self.server.wrongs.append(repr(wrong))
                return self.answer(400)
        return self.answer(phone.answers, phone.headers)

    def keep_waiting(self, drips: bool) -> None:
        self.close_connection = True
        with suppress(OSError):
            while not self.server.over.wait(0.05):
                self.wfile.write(b"H" * drips)

    def answer(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def handle(self) -> None:
        with suppress(ssl.SSLError, ConnectionError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """It says nothing."""


@contextmanager
def open_pushbox(slow: float = 0.0, certificate: Path | None = None) -> Iterator[Pushbox]:
    pushbox = Pushbox(slow, certificate)
    thread = Thread(target=pushbox.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield pushbox
    finally:
        pushbox.over.set()
        pushbox.shutdown()
        thread.join()
        pushbox.server_close()
    assert pushbox.wrongs == []


def certificate_for_localhost(file: Path) -> Path:
    """A certificate that nobody has signed but itself, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ours")])
    uses = dict.fromkeys(inspect.signature(x509.KeyUsage).parameters, False)
    signs = x509.KeyUsage(**{**uses, "digital_signature": True, "key_cert_sign": True})
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(utc_now() - timedelta(days=1))
        .not_valid_after(utc_now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(signs, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(pem + made.public_bytes(Encoding.PEM))
    return file


def check_sender(authorization: str, key: str, audience: str, now: datetime) -> None:
    """RFC 8292: a token signed with the very key that the browser was given, for this service, and not for long."""
    scheme, _, parameters = authorization.partition(" ")
    said = dict(part.strip().split("=", 1) for part in parameters.split(","))
    assert scheme == "vapid"
    assert said["k"] == key
    text, _, signature = said["t"].rpartition(".")
    header, claims = (json.loads(decoded(part)) for part in text.split("."))
    r, s = decoded(signature)[:32], decoded(signature)[32:]
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key)).verify(
        encode_dss_signature(int.from_bytes(r), int.from_bytes(s)), text.encode(), ec.ECDSA(hashes.SHA256())
    )
    assert header == {"typ": "JWT", "alg": "ES256"}
    assert claims["aud"] == audience
    assert claims["sub"].startswith(("mailto:", "https://"))
    assert now < datetime.fromtimestamp(claims["exp"], now.tzinfo) <= now + timedelta(hours=24)


def opened(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """RFC 8291 over RFC 8188: one record, whose key comes from both ends of the conversation and the secret."""
    salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
    theirs, sealed = body[21 : 21 + length], body[21 + length :]
    assert len(sealed) <= size
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    secret = _derived(shared, auth, b"WebPush: info\0" + point(key) + theirs, 32)
    content_key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    text = AESGCM(content_key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert text[-1:] == b"\x02"
    return text[:-1]


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
