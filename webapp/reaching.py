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
    return [way for phone in candidate.phones or () for way in _ways(phone, _greeting(candidate))]


def _ways(phone: str, greeting: str) -> list[Way]:
    whole, text = e164(phone, agency().country), quote(greeting)
    number = whole or phone.replace(" ", "")
    found = [Way(phone, f"tel:{number}", Channel.CALL), Way("Text", f"sms:{number}?body={text}", Channel.SMS)]
    if whole:
        found.insert(1, Way("WhatsApp", f"https://wa.me/{digits(whole)}?text={text}", Channel.WHATSAPP))
    return found


def _greeting(candidate: Any) -> str:
    them, me = (candidate.name or "").split()[:1], current_user.name.split()[0]
    return f"Hello{''.join(f' {name}' for name in them)}, {me} from {agency().name} here. "
