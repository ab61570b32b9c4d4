"""What an installation is told from outside: environment variables, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit


class SettingsError(Exception):
    """A setting is wrong; the text is the one sentence that says which and how to mend it."""


@dataclass(frozen=True)
class Settings:
    """`smtp_url` is None where no e-mail is set up, `secret_key` where Kept keeps its own in the vault.

    `under` is the path at which a real installation serves its demo ("/demo"), empty for one of its own.
    """

    home: Path
    backups: Path
    base_url: str = "http://127.0.0.1:8000"
    bind: str = "127.0.0.1"
    port: int = 8000
    smtp_url: str | None = None
    secret_key: str | None = None
    database_url: str | None = None
    demo: bool = False
    under: str = ""

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Settings:
        """The settings of these variables, or of their defaults. Raises SettingsError."""
        _sqlite_only(env)
        given = {name: value.strip() for name, value in env.items() if value.strip()}
        home = Path(given.get("KEPT_HOME", "instance")).expanduser().absolute()
        port = _port(given.get("PORT", "8000"))
        return cls(
            home=home,
            backups=_backups(given.get("KEPT_BACKUPS"), home),
            base_url=_base_url(given.get("KEPT_BASE_URL", f"http://127.0.0.1:{port}")),
            bind=_bind(given.get("KEPT_BIND", "127.0.0.1")),
            port=port,
            smtp_url=_smtp_url(given.get("KEPT_SMTP_URL")),
            secret_key=_secret_key(given.get("KEPT_SECRET_KEY")),
            demo=given.get("KEPT_DEMO", "0") not in ("0", "no", "false"),
        )

    @property
    def https(self) -> bool:
        """Whether people reach Kept by https."""
        return self.base_url.startswith("https://")

    @property
    def behind_proxy(self) -> bool:
        """Whether another server on this machine answers people and asks Kept: only such a one can speak https."""
        return _loopback(self.bind) and (self.https or not self.local)

    @property
    def local(self) -> bool:
        """Whether the address by which people reach Kept is this machine's own."""
        return _loopback(urlsplit(self.base_url).hostname or "")

    @property
    def private(self) -> bool:
        """Whether only people at this very machine can reach Kept."""
        return _loopback(self.bind) and not self.behind_proxy


def _sqlite_only(env: Mapping[str, str]) -> None:
    for name in ("KEPT_DATABASE_URL", "KEPT_REDIS_URL"):
        if env.get(name, "").strip():
            raise SettingsError(f"{name} is set, but this version of Kept runs on SQLite only. Please unset it.")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise SettingsError(f"PORT is “{text}”, but it must be a whole number from 1 to 65535.")


def _bind(text: str) -> str:
    if text == "localhost":
        return text
    try:
        return str(ip_address(text))
    except ValueError:
        raise SettingsError(f"KEPT_BIND is “{text}”; it must be an address like 127.0.0.1 or 0.0.0.0.") from None


def _base_url(text: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or parts.path.strip("/") or parts.query:
        raise SettingsError("KEPT_BASE_URL must look like https://kept.example.com, with nothing after the host.")
    return text.rstrip("/")


def _smtp_url(text: str | None) -> str | None:
    if text is None:
        return None
    parts = _split(text)
    if parts is None or parts.scheme not in ("smtp", "smtps"):
        raise SettingsError("KEPT_SMTP_URL must look like smtp://user:password@mail.example.com:587.")
    return text


def _secret_key(text: str | None) -> str | None:
    if text is not None and len(text) < 16:
        raise SettingsError("KEPT_SECRET_KEY is too short: it needs at least 16 characters.")
    return text


def _backups(text: str | None, home: Path) -> Path:
    folder = Path(text).expanduser().absolute() if text else home.with_name(home.name + "-backups")
    if folder == home or home in folder.parents:
        raise SettingsError("KEPT_BACKUPS lies inside KEPT_HOME: one broken disk or folder would take both.")
    return folder


def _split(text: str) -> SplitResult | None:
    """The parts of an address that names a host, or None."""
    try:
        parts = urlsplit(text)
        return parts if parts.hostname and (parts.port is None or parts.port) else None
    except ValueError:
        return None


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
