"""What is remembered of people: what hurts, and what they want."""

from __future__ import annotations

from uuid import UUID

from domain.candidate import Candidate
from domain.command import Command
from domain.refusal import Refused
from domain.remembered import PainPoint
from domain.stream import Stream
from domain.touchpoint import Touchpoint
from domain.verbs.once import once
from domain.verbs.touchpoints import TouchpointVerbs


class RememberingVerbs(TouchpointVerbs):
    """Note what hurts somebody and what they want, until it is resolved."""

    @once
    def note_pain(self, command: Command, candidate_id: UUID, pain: PainPoint) -> tuple[Stream, ...]:
        """What hurts somebody, or what they want; it is called `command.stream(0)` from then on."""
        candidate = self.load(Candidate, candidate_id)
        if pain.touchpoint is not None:
            said = self.chosen(Touchpoint, pain.touchpoint, "This was not said with them.", "quote")
            if said.candidate != candidate_id or not said.counts or said.redacted:
                raise Refused("This was not said with them.", "quote")
        candidate.note_pain(command.person, command.stream(0), pain, self.log.now())
        return (candidate,)

    @once
    def resolve_pain(self, command: Command, candidate_id: UUID, pain: UUID, why: str = "") -> tuple[Stream, ...]:
        """It hurts no more, or they have what they wanted."""
        candidate = self.load(Candidate, candidate_id)
        candidate.resolve_pain(command.person, pain, why)
        return (candidate,)

    @once
    def reopen_pain(self, command: Command, candidate_id: UUID, pain: UUID) -> tuple[Stream, ...]:
        """It is so after all."""
        candidate = self.load(Candidate, candidate_id)
        candidate.reopen_pain(command.person, pain)
        return (candidate,)
