"""The network between a browser and Kept, which a test can cut where it likes."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing, suppress
from threading import Event, Thread
from urllib.parse import urlsplit

PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<h1>Accept our terms</h1>"
Request = bytes


class Network:
    """A proxy with an address of its own. Every connection carries one request, and meets what `fault` does with it.

    `fault` gets the request and may return bytes (what answers in Kept's place), or raise ConnectionError (it breaks
    before it arrives); None lets it through. `after` may raise ConnectionError too: it arrived, and the answer is lost.
    """

    def __init__(self, to: str):
        self.to = to
        self.fault: Callable[[Request], bytes | None] = lambda request: None
        self.after: Callable[[Request], None] = lambda request: None
        self.seen: list[str] = []
        self._ended = Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        def broken(_: Request) -> None:
            raise ConnectionError

        self.fault = broken

    def mend(self) -> None:
        self.fault = lambda request: None
        self.after = lambda request: None

    def hotel(self) -> None:
        """A captive portal answers everything itself."""
        self.fault = lambda request: PORTAL

    def close(self) -> None:
        self._ended.set()
        self._door.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                browser, _ = self._door.accept()
            except OSError:
                return
            Thread(target=self._one, args=(browser,), daemon=True).start()

    def _one(self, browser: socket.socket) -> None:
        with closing(browser), suppress(OSError):
            request = _read(browser)
            if not request:
                return
            self.seen.append(request.split(b" HTTP", 1)[0].decode())
            answer = self.fault(request)
            if answer is None:
                answer = self._ask(request)
                self.after(request)
            browser.sendall(answer)

    def _ask(self, request: Request) -> bytes:
        there = urlsplit(self.to)
        head, body = request.split(b"\r\n\r\n", 1)
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        with closing(socket.create_connection((there.hostname or "", there.port or 80), timeout=60)) as server:
            server.sendall(b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body)
            answer = b""
            while part := server.recv(65_536):
                answer += part
        if not answer:
            raise ConnectionError
        return answer


def _read(browser: socket.socket) -> Request:
    """One request, with its body."""
    request = b""
    while b"\r\n\r\n" not in request:
        part = browser.recv(65_536)
        if not part:
            return b""
        request += part
    head, body = request.split(b"\r\n\r\n", 1)
    length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if _is_length(line)), 0)
    while len(body) < length:
        body += browser.recv(65_536)
    return head + b"\r\n\r\n" + body


def _is_length(line: bytes) -> bool:
    return line.lower().startswith(b"content-length:")
