"""Requests to addresses that somebody else has chosen: to the internet, and to nothing inside the agency's own network.

What a name leads to is looked at first, and the request goes to the very address that was looked at. So these are plain
ones of the standard library: every other client asks for the address once more, and follows where it is sent.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from webapp.settings import Settings

PATIENCE = 10.0  # seconds for the answer, and half of them to be connected
TRANSLATED = IPv6Network("64:ff9b::/96")


class NotReached(Exception):
    """The text says what whoever is there did, or did not do."""


def post(settings: Settings, endpoint: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """POST it: the status of the answer, and its Retry-After. No redirect is followed. Raises NotReached."""
    parts = urlsplit(endpoint)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.sock = connected = _connected(settings, parts)
        enough = Timer(PATIENCE, _hang_up, [connected])
        enough.daemon = True
        enough.start()
        try:
            if isinstance(connected, ssl.SSLSocket):
                connected.do_handshake()
            connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Retry-After", "")
        finally:
            enough.cancel()
    except ssl.SSLError:
        raise NotReached("shows a certificate that is not trusted") from None
    except (OSError, HTTPException, UnicodeError):
        raise NotReached("did not answer") from None
    finally:
        connection.close()


def may_reach(address: IPv4Address | IPv6Address, settings: Settings, scheme: str = "https") -> bool:
    """Whether Kept may write to it: one of the internet; on its own machine only where it is reached there alone."""
    if isinstance(address, IPv6Address):
        if address.sixtofour or address.teredo or address in TRANSLATED:
            return False
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return settings.local
    return scheme == "https" and address.is_global and not address.is_multicast


def _connected(settings: Settings, parts: SplitResult) -> socket.socket:
    """A connection to an address that was looked at before, so that no name can lead into the agency's own network.

    Hands are not shaken yet, for that may take a while too.
    """
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    found = [told[4] for told in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(may_reach(ip_address(address[0]), settings, parts.scheme) for address in found):
        raise NotReached("has an address that is not one of the internet")
    raw = _first(found)
    if parts.scheme == "http":
        return raw
    try:
        trusted = ssl.create_default_context()
        return trusted.wrap_socket(raw, server_hostname=host, do_handshake_on_connect=False)
    except BaseException:
        raw.close()
        raise


def _first(addresses: list[Any]) -> socket.socket:
    """Connected to the first of these that answers."""
    trouble: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection(address[:2], timeout=PATIENCE / 2 / len(addresses))
        except OSError as error:
            trouble = error
    raise trouble


def _hang_up(connected: socket.socket) -> None:
    """End a conversation that comes to no end, from another thread."""
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)
