"""The agency: one an installation."""

from __future__ import annotations

from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from eventsourcing.domain import event

from domain.refusal import Refused
from domain.stream import Beginning, Stream
from domain.words import line

zones = cache(available_timezones)  # it looks through hundreds of files


class Agency(Stream):
    """Who keeps this ledger, and in which time zone its days begin."""

    TOPIC = "agency"

    class AgencyFounded(Beginning):
        TOPIC = "agency.founded"
        clear = ("name", "zone")
        name: str
        zone: str

    @classmethod
    def found(cls, id: UUID, by: UUID, name: str, zone: str) -> Agency:
        if zone not in zones():
            raise Refused("Choose a time zone from the list.", "zone")
        name = line(name, "agency", "Give your agency a name.")
        return cls._create(cls.AgencyFounded, id=id, by=by, person=None, name=name, zone=zone)

    @event(AgencyFounded)
    def __init__(self, name: str, zone: str):
        self.name = name
        self.zone = zone
