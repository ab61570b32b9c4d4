"""How somebody wishes to be reached: by what, when, and whether at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from domain.refusal import Refused
from domain.touchpoint import Channel
from domain.words import line

REACHED_BY = (Channel.CALL, Channel.EMAIL, Channel.WHATSAPP, Channel.SMS, Channel.LINKEDIN)
BY = {Channel.CALL: "calls", Channel.EMAIL: "mails", Channel.SMS: "texts"}
WEEK = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


class Unwelcome(StrEnum):
    """What somebody asked us never to send again."""

    MAILS = "mails"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Wishes:
    """Advice for whoever is about to get in touch, never a lock. Times are local, `not_on` counts from Monday, 0."""

    unwanted: tuple[str, ...] = ()
    not_before: time | None = None
    not_after: time | None = None
    not_on: tuple[int, ...] = ()
    note: str = ""

    def checked(self) -> Wishes:
        """These wishes as they are recorded. Raises Refused beside the field."""
        if not set(self.unwanted) <= set(REACHED_BY):
            raise Refused("Choose from this list.", "unwanted")
        if not set(self.not_on) < set(range(7)):
            raise Refused("Leave at least one day on which they can be reached.", "not_on")
        if self.not_before and self.not_after and self.not_before >= self.not_after:
            raise Refused("This leaves no time of day. “Not after” is later than “not before”.", "not_after")
        return Wishes(
            tuple(str(channel) for channel in REACHED_BY if channel in self.unwanted),
            self.not_before,
            self.not_after,
            tuple(sorted(set(self.not_on))),
            line(self.note, "wishes_note"),
        )

    def all(self) -> list[str]:
        """Each wish in a few words."""
        wishes = [no(channel) for channel in self.unwanted]
        if self.not_before:
            wishes.append(f"not before {self.not_before:%H:%M}")
        if self.not_after:
            wishes.append(f"not after {self.not_after:%H:%M}")
        return [*wishes, *(f"not on {WEEK[day]}" for day in self.not_on)]

    def against(self, channel: str | None, local: datetime) -> str:
        """What speaks against getting in touch by this channel at this local time, "" if nothing does."""
        if channel is not None and channel in self.unwanted:
            return no(channel)
        if local.weekday() in self.not_on:
            return f"not on {WEEK[local.weekday()]}"
        if self.not_before and local.time() < self.not_before:
            return f"not before {self.not_before:%H:%M}"
        if self.not_after and local.time() >= self.not_after:
            return f"not after {self.not_after:%H:%M}"
        return ""


def no(channel: str) -> str:
    """ "no calls", "no WhatsApp"."""
    return f"no {BY.get(Channel(channel), channel)}"
