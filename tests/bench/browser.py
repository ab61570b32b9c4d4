"""A server on a home of its own, and a signed-in connection to it that is kept open."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.seed import EMAIL, PASSWORD

LIKE_KEPT_SERVE = (
    "--workers 2 --threads 4 --worker-class gthread --log-level warning --no-control-socket --keep-alive 60"
)


@dataclass
class Browser:
    """One connection, one cookie jar."""

    port: int
    jar: dict[str, str] = field(default_factory=dict)
    token: str = ""
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def sign_in(self) -> Browser:
        self._read_token(self.ask("GET", "/login"))
        form = {"csrf_token": self.token, "email": EMAIL, "password": PASSWORD}
        self.ask("POST", "/login", form)
        self._read_token(self.ask("GET", "/candidates"))
        return self

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> str:
        """The page's text. Raises RuntimeError for anything above 399."""
        headers |= {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"X-CSRFToken": self.token}
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {body[:200]}")
        for given in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = given.partition(";")[0].partition("=")
            self.jar[name] = value
        return body

    def _read_token(self, page: str) -> None:
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, "no form on the page"
        self.token = found.group(1)


@contextmanager
def served(home: Path, module: str = "tests.bench.wsgi:app") -> Iterator[Browser]:
    """gunicorn as `kept serve` starts it: two workers of four threads."""
    port = free_port()
    env = os.environ | {"KEPT_HOME": str(home), "PORT": str(port), "TZ": "UTC"}
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}", *LIKE_KEPT_SERVE.split()],
        env=env,
    )
    try:
        wait_for(port)
        yield Browser(port).sign_in()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            Browser(port).ask("GET", "/healthz")
            return
        except (OSError, RuntimeError):
            time.sleep(0.1)
    raise TimeoutError("The server does not answer.")
