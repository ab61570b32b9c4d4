"""What stands in the way of sending a candidate to a client: an owner may let it pass."""

from __future__ import annotations

from enum import StrEnum

from domain.candidate import Candidate
from domain.client import Client
from domain.names import same_company


class Obstacle(StrEnum):
    """Why somebody should not be sent there."""

    WORKS_THERE = "works there"
    NEVER_TELL = "never tell"
    OFF_LIMITS = "off limits"


def obstacles(candidate: Candidate, client: Client, employer: Client | None) -> dict[Obstacle, str]:
    """Each with its sentence. `employer` is the client at which the candidate works, as far as it is one."""
    name, works_at = candidate.details.name, candidate.details.works_at
    found = {}
    if candidate.never_tell & {client.id}:
        found[Obstacle.NEVER_TELL] = f"{client.name} must never hear of {name}."
    if same_company(works_at, client.name):
        found[Obstacle.WORKS_THERE] = f"{name} works at {client.name}."
    elif employer is not None and employer.off_limits and same_company(works_at, employer.name):
        found[Obstacle.OFF_LIMITS] = f"{name} works at {employer.name}, whose people are off limits: {employer.why}"
    return found
