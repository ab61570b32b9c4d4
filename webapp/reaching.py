"""How somebody is reached: a call, a WhatsApp message or a text that begins as one would begin it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask_login import current_user

from domain.touchpoint import Channel
from projections.folding import digits
from projections.numbers import e164
from webapp.filters import agency


@dataclass(frozen=True)
class Way:
    """One way to one number: what its button says, where it leads, and as what it is written down afterwards."""

    label: str
    address: str
    channel: Channel


def ways(candidate: Any) -> list[Way]:
    """Call, WhatsApp and text for each number; WhatsApp only where the country of a number is known."""
    return [way for phone in candidate.phones or () for way in _ways(phone, greeting(candidate))]


def openers(candidate: Any, channel: str, subject: str, text: str) -> list[Way]:
    """What opens a written message in another app, one for each address or number that the app can use."""
    words = quote(text.replace("\n", "\r\n") if channel == Channel.EMAIL else text)
    if channel == Channel.EMAIL:
        about = f"subject={quote(subject)}&body={words}"
        return [Way(email, f"mailto:{quote(email)}?{about}", Channel.EMAIL) for email in candidate.emails or ()]
    numbers = {phone: e164(phone, agency().country) for phone in candidate.phones or ()}
    if channel == Channel.WHATSAPP:
        known = {phone: digits(whole) for phone, whole in numbers.items() if whole}
        return [Way(phone, f"https://wa.me/{to}?text={words}", Channel.WHATSAPP) for phone, to in known.items()]
    return [
        Way(phone, f"sms:{whole or phone.replace(' ', '')}?body={words}", Channel.SMS)
        for phone, whole in numbers.items()
    ]


def _ways(phone: str, greeting: str) -> list[Way]:
    whole, text = e164(phone, agency().country), quote(greeting)
    number = whole or phone.replace(" ", "")
    found = [Way(phone, f"tel:{number}", Channel.CALL), Way("Text", f"sms:{number}?body={text}", Channel.SMS)]
    if whole:
        found.insert(1, Way("WhatsApp", f"https://wa.me/{digits(whole)}?text={text}", Channel.WHATSAPP))
    return found


def greeting(candidate: Any) -> str:
    """How one of us begins a short message."""
    them, me = (candidate.name or "").split()[:1], current_user.name.split()[0]
    return f"Hello{''.join(f' {name}' for name in them)}, {me} from {agency().name} here. "
