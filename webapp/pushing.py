"""Push out: one sealed message to one browser, through the service on the internet that this browser chose.

RFC 8030 says how it is handed over, RFC 8291 how it is sealed so that the service cannot read it, RFC 8292 how Kept
says who it is. It needs the extra `push`: http-ece seals and py-vapid signs.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from webapp.installation import Installation
from webapp.mail import At, NotSent
from webapp.outward import NotReached, may_reach, post
from webapp.settings import Settings
from webapp.vault import Vault

SIGNED_FOR = timedelta(hours=12)
LONGEST_ENDPOINT = 1000
ROOM = 3_900  # bytes of a message: with its seal it is to fit into the 4,096 that every service takes
STEP = 1024  # messages are filled up to a multiple of this, so that their length does not tell what is in them


class Gone(Exception):
    """The browser takes no pushes under this address any more."""


class NotTaken(NotSent):
    """The text is the reason, as in mails; `after` is how many seconds the service asked Kept to wait, or 0."""

    def __init__(self, reason: str, at: At = At.ADDRESS, after: float = 0.0):
        super().__init__(reason, at)
        self.after = after


@dataclass(frozen=True)
class Message:
    """What is said, and how: of the same `topic` a service keeps the last; `lives` is how long it keeps it."""

    text: str
    topic: str
    urgency: str
    lives: timedelta


@cache
def is_set_up() -> bool:
    """Whether the extra `push` is installed."""
    return all(find_spec(name) for name in ("http_ece", "py_vapid"))


def key_for_browsers(vault: Vault) -> str:
    """The public key by which browsers and services know this installation (base64url)."""
    point = _key(vault).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def can_be_pushed_to(settings: Settings, endpoint: str, p256dh: str, auth: str) -> bool:
    """Whether a browser may have told this: an https address of a service by its name, and keys of the right kind.

    Kept that is reached on its own machine only may also be told of a service there, by http.
    """
    try:
        parts = urlsplit(endpoint)
        plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint and "\\" not in endpoint
        host, _ = parts.hostname or "", parts.port
        named = bool(host) and ":" not in host and not parts.fragment and "@" not in parts.netloc
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        secret = _bytes(auth)
        with suppress(ValueError):
            named = named and may_reach(ip_address(host), settings)
    except (ValueError, NotBase64):
        return False
    scheme = parts.scheme == "https" or (parts.scheme == "http" and settings.local)
    return plain and named and scheme and len(secret) == 16 and len(endpoint) <= LONGEST_ENDPOINT


def push(installation: Installation, phone: Any, message: Message, now: datetime) -> None:
    """Hand a message to the push service of this browser; it has it when this returns. Raises Gone, NotTaken."""
    headers = {
        "Authorization": _signature(installation, phone.endpoint, now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(message.lives.total_seconds())),
        "Topic": message.topic,
        "Urgency": message.urgency,
    }
    try:
        status, after = post(installation.settings, phone.endpoint, _sealed(phone, message.text), headers)
    except NotReached as why:
        raise NotTaken(f"The push service {why}.") from None
    if status in (404, 410):
        raise Gone()
    if status == 413:
        raise NotTaken("The push service found the message too long (413).", At.MAIL)
    if not 200 <= status < 300:
        raise NotTaken(f"The push service turned Kept away ({status}).", after=_seconds(after, now))


def _sealed(phone: Any, text: str) -> bytes:
    import http_ece  # the extra `push`

    said = text.encode()
    said = said.ljust(min(-(-len(said) // STEP) * STEP, ROOM))  # blanks at the end of JSON say nothing
    return http_ece.encrypt(  # type: ignore[no-any-return]
        said,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(phone.p256dh),
        auth_secret=_bytes(phone.auth),
        version="aes128gcm",
    )


def _signature(installation: Installation, endpoint: str, now: datetime) -> str:
    from py_vapid import Vapid02

    parts, base_url = urlsplit(endpoint), installation.settings.base_url
    vapid = Vapid02(_key(installation.vault), conf={"no-strict": True})  # else only hosts of two words may write
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + SIGNED_FOR).timestamp()),
        "sub": base_url if base_url.startswith("https://") else "mailto:kept@kept.localhost",
    }
    return str(vapid.sign(claims)["Authorization"])


def _key(vault: Vault) -> ec.EllipticCurvePrivateKey:
    """The installation's own, made once; it is in the vault and in its backups, so that phones know Kept again."""
    number = vault.secret(
        "push", make=lambda: f"{ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value:064x}"
    )
    return ec.derive_private_key(int(number, 16), ec.SECP256R1())


def _seconds(after: str, now: datetime) -> float:
    """What a Retry-After asks for: so many seconds, or until a date. 0 for anything else."""
    if after.isascii() and after.isdigit():
        return float(after)
    with suppress(ValueError, TypeError):
        return max((parsedate_to_datetime(after) - now).total_seconds(), 0.0)
    return 0.0


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
