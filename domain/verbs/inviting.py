"""Inviting candidates into professional networks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.candidate import Candidate
from domain.command import Command
from domain.invitation import Invited
from domain.refusal import Refused
from domain.stream import Stream
from domain.verbs.once import Verbs, once


class InvitingVerbs(Verbs):
    """Invite somebody, note what they answered, take back a wrong tap, leave them out."""

    @once
    def invite(
        self, command: Command, candidate_id: UUID, network: str, on: date, link: str = ""
    ) -> tuple[Stream, ...]:
        """They were invited on that day; `link` is their page there."""
        candidate = self.load(Candidate, candidate_id)
        candidate.invite(command.person, network, on, link, self.log.now())
        return (candidate,)

    @once
    def answer_invitation(
        self, command: Command, candidate_id: UUID, network: str, answer: str, on: date
    ) -> tuple[Stream, ...]:
        """They accepted or declined on that day."""
        if answer not in (Invited.ACCEPTED, Invited.DECLINED):
            raise Refused("Choose whether they accepted or declined.", "answer")
        candidate = self.load(Candidate, candidate_id)
        candidate.answer_invitation(command.person, network, Invited(answer), on, self.log.now())
        return (candidate,)

    @once
    def take_invitation_back(self, command: Command, candidate_id: UUID, network: str) -> tuple[Stream, ...]:
        """They were not invited: a wrong tap."""
        candidate = self.load(Candidate, candidate_id)
        candidate.take_invitation_back(command.person, network)
        return (candidate,)

    @once
    def leave_uninvited(self, command: Command, candidate_id: UUID) -> tuple[Stream, ...]:
        """Nobody need be told to invite them."""
        candidate = self.load(Candidate, candidate_id)
        candidate.leave_uninvited(command.person)
        return (candidate,)
