"""A client: a company that people are sent to."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import event

from domain.refusal import Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import line, link

NAMELESS = "Say what the client is called."


class Client(Stream):
    """Its name, its page, and whether its own people are off limits to us. It holds nobody's private words."""

    TOPIC = "client"

    class ClientAdded(Beginning):
        TOPIC = "client.added"
        clear = ("name", "website")
        name: str
        website: str

    class ClientChanged(Fact):
        TOPIC = "client.changed"
        clear = ("name", "website")
        name: str
        website: str

    class OffLimitsChosen(Fact):
        TOPIC = "client.off-limits-chosen"
        clear = ("off_limits", "why")
        off_limits: bool
        why: str

    @classmethod
    def add(cls, id: UUID, by: UUID, name: str, website: str) -> Client:
        name, website = line(name, "client", NAMELESS), link(website, "website")
        return cls._create(cls.ClientAdded, id=id, by=by, person=None, name=name, website=website)

    @event(ClientAdded)
    def __init__(self, name: str, website: str):
        self.name = name
        self.website = website
        self.off_limits = False
        self.why = ""

    def change(self, by: UUID, name: str, website: str) -> None:
        """What is the same is not recorded again."""
        name, website = line(name, "client", NAMELESS), link(website, "website")
        if (name, website) != (self.name, self.website):
            self._changed(by=by, name=name, website=website)

    def choose_off_limits(self, by: UUID, off_limits: bool, why: str) -> None:
        """Whether those who work there may be sent elsewhere by us."""
        why = line(why, "why")
        if off_limits and not why:
            raise Refused("Say why its people are off limits.", "why")
        if (off_limits, why) != (self.off_limits, self.why):
            self._off_limits_chosen(by=by, off_limits=off_limits, why=why)

    @event(ClientChanged)
    def _changed(self, by: UUID, name: str, website: str) -> None:
        self.name, self.website = name, website

    @event(OffLimitsChosen)
    def _off_limits_chosen(self, by: UUID, off_limits: bool, why: str) -> None:
        self.off_limits, self.why = off_limits, why
