"""An invitation into a professional network: on which, since when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.refusal import Refused
from domain.remembered import ZONES_DIFFER


class Network(StrEnum):
    LINKEDIN = "LinkedIn"
    XING = "XING"
    FACEBOOK = "Facebook"
    GITHUB = "GitHub"


class Invited(StrEnum):
    """OPEN: they have not answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Invitation:
    """`invited_on` and `answered_on` are days as they were said."""

    invited_on: date
    state: Invited = Invited.OPEN
    answered_on: date | None = None

    def answered(self, state: Invited, on: date) -> Invitation:
        """Raises Refused where that day is before the invitation."""
        if on < self.invited_on:
            raise Refused("That is before they were invited.", "on")
        return replace(self, state=state, answered_on=on)


def network(written: str) -> Network:
    """Raises Refused beside the field."""
    if written not in list(Network):
        raise Refused("Choose a network from the list.", "network")
    return Network(written)


def past(on: date, now: datetime) -> date:
    """A day that has come, wherever the agency is. Raises Refused beside the field."""
    if on > (now + ZONES_DIFFER).date():
        raise Refused("That is in the future.", "on")
    return on
