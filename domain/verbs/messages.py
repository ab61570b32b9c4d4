"""Messages: their templates and signatures, how candidates wish to be reached, and who sent whom to us."""

from __future__ import annotations

from uuid import UUID

from domain.candidate import Candidate
from domain.command import Command
from domain.promise import NewPromise
from domain.recruiter import Recruiter
from domain.refusal import NotFound
from domain.shipped import SHIPPED
from domain.stream import Stream
from domain.template import MessageTemplate, Template
from domain.verbs.once import once
from domain.verbs.promises import PromiseVerbs
from domain.wishes import Unwelcome, Wishes


class MessageVerbs(PromiseVerbs):
    """Write and retire templates, sign, note wishes and referrals."""

    @once
    def write_template(self, command: Command, template: Template) -> tuple[Stream, ...]:
        """Another template for everybody; streams (template,)."""
        return (MessageTemplate.write(command.stream(0), command.person, template),)

    @once
    def change_template(
        self, command: Command, template_id: UUID, template: Template, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Other words; one that Kept came with is the agency's own from then on."""
        written = self._template(template_id, command.person, seen)
        written.change(command.person, template)
        return (written,)

    @once
    def retire_template(self, command: Command, template_id: UUID) -> tuple[Stream, ...]:
        """It is offered to nobody any more."""
        written = self._template(template_id, command.person)
        written.retire(command.person)
        return (written,)

    @once
    def restore_template(self, command: Command, template_id: UUID) -> tuple[Stream, ...]:
        """It is offered again."""
        written = self._template(template_id, command.person)
        written.restore(command.person)
        return (written,)

    @once
    def choose_signature(self, command: Command, recruiter_id: UUID, signature: str) -> tuple[Stream, ...]:
        """What stands under a colleague's mails."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.choose_signature(command.person, signature)
        return (recruiter,)

    @once
    def note_wishes(
        self,
        command: Command,
        candidate_id: UUID,
        wishes: Wishes,
        unwelcome: Unwelcome | None = None,
        seen: int | None = None,
    ) -> tuple[Stream, ...]:
        """How a candidate wishes to be reached, and what we may never send them."""
        candidate = self.load(Candidate, candidate_id, seen)
        candidate.wish(command.person, wishes, unwelcome)
        return (candidate,)

    @once
    def refer_candidate(
        self, command: Command, candidate_id: UUID, referrer: UUID | None, thanks: NewPromise | None = None
    ) -> tuple[Stream, ...]:
        """Who sent a candidate to us, and the promise to thank them; streams (candidate[, promise])."""
        candidate = self.load(Candidate, candidate_id)
        known = candidate.referrer == referrer
        candidate.come_from(command.person, referrer)
        if referrer is None or known:
            return (candidate,)
        self.chosen(Candidate, referrer, "Choose who referred them.", "referrer").still_known()
        made = [self._made(command.stream(1), command.person, referrer, thanks)] if thanks else []
        return candidate, *made

    def may_be_sent(self, candidate_id: UUID, channel: str) -> None:
        """Refused where the candidate asked us not to send this."""
        self.load(Candidate, candidate_id).may_be_sent(channel)

    def _template(self, id: UUID, by: UUID, seen: int | None = None) -> MessageTemplate:
        """A template as it is now; one that Kept came with begins its stream here."""
        try:
            return self.load(MessageTemplate, id, seen)
        except NotFound:
            if id not in SHIPPED:
                raise
            return MessageTemplate.write(id, by, SHIPPED[id])
