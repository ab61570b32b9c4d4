"""E-mail out: one at a time, plain text with a page beside it, through the server of KEPT_SMTP_URL."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

PATIENCE = 20.0


class At(StrEnum):
    """Where a mail came to a stop, and so what should rest before it is tried again."""

    SERVER = "server"
    ADDRESS = "address"
    MAIL = "mail"


class NotSent(Exception):
    """The text is the reason: a sentence without names and addresses, the same for the same cause."""

    def __init__(self, reason: str, at: At = At.SERVER):
        super().__init__(reason)
        self.at = at


def letter(
    to: tuple[str, str],
    subject: str,
    text: str,
    html: str | None = None,
    *,
    smtp_url: str,
    base_url: str,
    key: str,
    now: datetime,
) -> EmailMessage:
    """A mail to (name, address). Its Message-ID comes from `key`, so that a repeat is seen as one.

    Raises NotSent if the address cannot be one.
    """
    message = _headed("Kept", to, subject, smtp_url, base_url, key, now)
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{base_url}/settings>"
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def personal(
    author: tuple[str, str],
    to: tuple[str, str],
    subject: str,
    text: str,
    *,
    smtp_url: str,
    base_url: str,
    key: str,
    now: datetime,
) -> EmailMessage:
    """A mail that somebody here wrote: sent in their name, answered to their own address. Else as `letter`."""
    name, address = author
    message = _headed(name, to, subject, smtp_url, base_url, key, now)
    message["Reply-To"] = Address(_one_line(name), addr_spec=address)
    message.set_content(text)
    return message


def _headed(
    author: str, to: tuple[str, str], subject: str, smtp_url: str, base_url: str, key: str, now: datetime
) -> EmailMessage:
    message = EmailMessage()
    name, address = to
    try:
        message["To"] = Address(_one_line(name), addr_spec=address)
        message["From"] = Address(_one_line(author), addr_spec=sender(smtp_url, base_url))
    except (ValueError, IndexError):
        raise NotSent("This e-mail address cannot be written to.", At.ADDRESS) from None
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{sha256(key.encode()).hexdigest()[:40]}@{_host(base_url)}>"
    return message


def send(smtp_url: str, message: EmailMessage, patience: float = PATIENCE) -> None:
    """Hand a mail to the server, which answers each time within so many seconds; it has it when this returns.

    Raises NotSent.
    """
    try:
        with _connected(smtp_url, patience) as server:
            _hand_over(server, message)
    except smtplib.SMTPAuthenticationError:
        raise NotSent("The mail server refused the user name or the password of KEPT_SMTP_URL.") from None
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise NotSent(f"The mail server refused the recipient's address ({code}).", At.ADDRESS) from None
    except smtplib.SMTPSenderRefused as refused:
        raise NotSent(f"The mail server refused the sender's address ({refused.smtp_code}).") from None
    except smtplib.SMTPDataError as refused:
        raise NotSent(f"The mail server refused the mail ({refused.smtp_code}).", At.MAIL) from None
    except smtplib.SMTPResponseException as refused:
        raise NotSent(f"The mail server turned Kept away ({refused.smtp_code}).") from None
    except ssl.SSLError:
        raise NotSent("The mail server's certificate is not trusted.") from None
    except smtplib.SMTPNotSupportedError:
        raise NotSent("The mail server does not offer what KEPT_SMTP_URL needs.") from None
    except ValueError:
        raise NotSent("This mail could not be written in letters that the mail server knows.", At.MAIL) from None
    except (OSError, smtplib.SMTPException):
        raise NotSent("The mail server did not answer.") from None


def sender(smtp_url: str, base_url: str) -> str:
    """Who Kept writes as: `?from=` of the URL, else its user if it is an address, else kept@host."""
    parts = urlsplit(smtp_url)
    chosen = parse_qs(parts.query).get("from", [""])[0]
    user = unquote(parts.username or "")
    return chosen or (user if "@" in user else f"kept@{_host(base_url)}")


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        server.send_message(message)
    except smtplib.SMTPNotSupportedError:
        raise NotSent("The mail server cannot write to this e-mail address.", At.ADDRESS) from None


def _connected(smtp_url: str, patience: float) -> smtplib.SMTP:
    """Encrypted whenever the server can; a password leaves this machine only encrypted."""
    parts = urlsplit(smtp_url)
    host, trusted = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=patience, context=trusted)
    else:
        server = smtplib.SMTP(host, parts.port or (587 if parts.username else 25), timeout=patience)
    _or_close(server, lambda: _introduce(server, host, parts.username, parts.password, trusted))
    return server


def _introduce(
    server: smtplib.SMTP, host: str, user: str | None, password: str | None, trusted: ssl.SSLContext
) -> None:
    server.ehlo_or_helo_if_needed()
    if not isinstance(server, smtplib.SMTP_SSL) and server.has_extn("starttls") and not _loopback(host):
        server.starttls(context=trusted)
        server.ehlo()
    if user:
        if not isinstance(server.sock, ssl.SSLSocket) and not _loopback(host):
            raise NotSent("The mail server offers no encryption, so the password was not sent to it.")
        server.login(unquote(user), unquote(password or ""))


def _or_close(server: smtplib.SMTP, introduce: Callable[[], None]) -> None:
    try:
        introduce()
    except BaseException:
        server.close()
        raise


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _host(base_url: str) -> str:
    """What stands behind the @ of our own ids and addresses."""
    host = urlsplit(base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return host
    return "kept.localhost"


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
