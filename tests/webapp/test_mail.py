"""E-mail out, to a real server on loopback."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postbox import Postbox, free_port, open_postbox
from webapp import mail
from webapp.mail import At, NotSent, letter, send, sender

NOW = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
BASE = "https://kept.example.com"


def a_letter(to: tuple[str, str] = ("Dana", "dana@example.com"), subject: str = "Due: Ring"):
    return letter(to, subject, "Łukasz waits.\n", smtp_url="smtp://mail.example.com", base_url=BASE, now=NOW, key="one")


@contextmanager
def strict_server(**more):
    """A server that lets in only kept@example.com with its password."""

    def known(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"kept@example.com", b"p@ss word"), handled=False)

    postbox = Postbox(port=free_port())
    controller = Controller(postbox, "127.0.0.1", postbox.port, authenticator=known, **more)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def test_a_letter_arrives_as_it_was_written():
    with open_postbox() as postbox:
        send(postbox.url, a_letter(("Dana Ørsted", "dana@example.com"), "Due: Ring\r\nBcc: all@example.com (Łukasz)"))

    (got,) = postbox.mails
    assert got["To"] == "Dana Ørsted <dana@example.com>"
    assert got["Subject"] == "Due: Ring Bcc: all@example.com (Łukasz)"
    assert got["Bcc"] is None
    assert got["From"] == "Kept <kept@kept.example.com>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got.get_content().strip() == "Łukasz waits."


def test_its_id_comes_from_its_key_alone():
    one, again = a_letter(), a_letter(subject="Due: something else")

    assert one["Message-ID"] == again["Message-ID"]
    assert one["Message-ID"].endswith("@kept.example.com>")


@pytest.mark.parametrize("address", ["", "dana", "dana@", "a b@example.com", "dana@example.com\nBcc: x@example.com"])
def test_what_is_no_address_is_not_written_to(address):
    with pytest.raises(NotSent, match="cannot be written to"):
        a_letter(("Dana", address))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("smtp://mail.example.com", "kept@kept.example.com"),
        ("smtp://us%40example.com:secret@mail.example.com", "us@example.com"),
        ("smtp://us:secret@mail.example.com?from=desk@example.com", "desk@example.com"),
    ],
)
def test_who_kept_writes_as(url, address):
    assert sender(url, BASE) == address


def test_on_a_machine_without_a_name_it_still_has_an_address():
    assert sender("smtp://127.0.0.1", "http://127.0.0.1:8000") == "kept@kept.localhost"


@pytest.mark.parametrize(("password", "fails"), [("p%40ss%20word", False), ("wrong", True)])
def test_signing_in_to_the_mail_server(password, fails):
    with strict_server(auth_require_tls=False) as postbox:
        url = f"smtp://kept%40example.com:{password}@127.0.0.1:{postbox.port}"
        if fails:
            with pytest.raises(NotSent, match="refused the user name or the password"):
                send(url, a_letter())
        else:
            send(url, a_letter())

    assert len(postbox.mails) == (0 if fails else 1)


def test_a_password_does_not_leave_the_machine_in_the_clear(monkeypatch):
    monkeypatch.setattr(mail, "_loopback", lambda host: False)

    with open_postbox() as postbox, pytest.raises(NotSent, match="offers no encryption"):
        send(f"smtp://kept:secret@127.0.0.1:{postbox.port}", a_letter())


def test_a_certificate_of_nobodys_is_not_trusted(monkeypatch, tmp_path):
    monkeypatch.setattr(mail, "_loopback", lambda host: False)

    with strict_server(tls_context=_own_certificate(tmp_path)) as postbox, pytest.raises(NotSent, match="not trusted"):
        send(f"smtp://kept:secret@127.0.0.1:{postbox.port}", a_letter())


@pytest.mark.parametrize(
    ("refusing", "reason", "at"),
    [
        (
            {"refuse": {"dana@example.com": "550 no such person"}},
            "The mail server refused the recipient's address (550).",
            At.ADDRESS,
        ),
        ({"answer": "554 smells of spam"}, "The mail server refused the mail (554).", At.MAIL),
    ],
)
def test_a_refusal_is_a_sentence_without_names_and_says_what_should_rest(refusing, reason, at):
    with open_postbox(**refusing) as postbox, pytest.raises(NotSent) as refused:
        send(postbox.url, a_letter())

    assert (str(refused.value), refused.value.at) == (reason, at)


def test_nobody_listening():
    with pytest.raises(NotSent, match="did not answer") as refused:
        send(f"smtp://127.0.0.1:{free_port()}", a_letter())

    assert refused.value.at is At.SERVER


def test_an_address_in_letters_that_the_server_cannot_write_stops_only_itself():
    with open_postbox() as postbox, pytest.raises(NotSent) as refused:
        send(postbox.url, a_letter(("Dáná", "dáná@example.com")))

    assert refused.value.at is not At.SERVER


def test_a_letter_may_have_a_page_beside_its_text():
    how = {"smtp_url": "smtp://mail.example.com", "base_url": BASE, "now": NOW, "key": "one"}
    message = letter(("Dana", "dana@example.com"), "Due", "Łukasz waits.", "<p>Łukasz waits.</p>", **how)

    assert message.get_body(("plain",)).get_content().strip() == "Łukasz waits."
    assert message.get_body(("html",)).get_content().strip() == "<p>Łukasz waits.</p>"
    assert message["List-Unsubscribe"] == "<https://kept.example.com/settings>"


def _own_certificate(folder) -> ssl.SSLContext:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    certificate = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key(), serial_number=1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "pem")
    return context
