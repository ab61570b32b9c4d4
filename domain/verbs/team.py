"""The agency, and the colleagues who work in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from domain.absence import Absence
from domain.agency import Agency, AgencySettings
from domain.card import Card
from domain.command import Command
from domain.process import Process
from domain.recruiter import Recruiter, Role
from domain.refusal import Refused
from domain.stream import Stream
from domain.verbs.once import Verbs, once

NO_COVER = "Choose who covers from the list, or nobody."


class TeamVerbs(Verbs):
    """Found the agency, say when it works; invite colleagues, who join, choose their hours, are away, and leave."""

    @once
    def found_agency(
        self, command: Command, name: str, zone: str, owner_name: str, owner_email: str, country: str = ""
    ) -> tuple[Stream, ...]:
        """The agency and its first owner; streams (agency, recruiter)."""
        if self.log.end():
            raise Refused("An agency was founded here before.")
        owner = command.stream(1)
        founded = Agency.found(command.stream(0), owner, AgencySettings(name, zone, country))
        invited = Recruiter.invite(owner, owner, owner_name, owner_email, Role.OWNER)
        self.log.admit(owner)
        return founded, invited

    @once
    def change_settings(
        self, command: Command, agency_id: UUID, settings: AgencySettings, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """When the agency works, and where it is."""
        agency = self.load(Agency, agency_id, seen)
        agency.change(command.person, settings)
        return (agency,)

    @once
    def change_process(
        self,
        command: Command,
        agency_id: UUID,
        process: Process,
        in_use: Sequence[str] = (),
        seen: int | None = None,
    ) -> tuple[Stream, ...]:
        """Its stages, standing promises and words; `in_use` are the stages at which somebody stands now."""
        agency = self.load(Agency, agency_id)
        agency.change_process(command.person, process, in_use, seen)
        return (agency,)

    @once
    def choose_offline_reading(self, command: Command, agency_id: UUID, allowed: bool) -> tuple[Stream, ...]:
        """Whether colleagues' phones keep the pages opened last, to be read without network."""
        agency = self.load(Agency, agency_id)
        agency.choose_offline_reading(command.person, allowed)
        return (agency,)

    @once
    def allow_individual_figures(self, command: Command, agency_id: UUID, why: str) -> tuple[Stream, ...]:
        """Owners may see figures by recruiter, for this reason, which everybody reads."""
        agency = self.load(Agency, agency_id)
        agency.allow_individual_figures(command.person, why)
        return (agency,)

    @once
    def stop_individual_figures(self, command: Command, agency_id: UUID) -> tuple[Stream, ...]:
        """Each sees their own figures alone."""
        agency = self.load(Agency, agency_id)
        agency.stop_individual_figures(command.person)
        return (agency,)

    @once
    def invite_recruiter(self, command: Command, name: str, email: str, role: str) -> tuple[Stream, ...]:
        """A colleague who may join; streams (recruiter,)."""
        colleague = command.stream(0)
        invited = Recruiter.invite(colleague, command.person, name, email, role)
        self.log.admit(colleague)
        return (invited,)

    @once
    def join(self, command: Command, recruiter_id: UUID) -> tuple[Stream, ...]:
        """The invited colleague chose a password."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.join()
        return (recruiter,)

    @once
    def change_role(
        self, command: Command, recruiter_id: UUID, role: str, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """What a colleague may do from now on."""
        recruiter = self.load(Recruiter, recruiter_id, seen)
        recruiter.change_role(command.person, role)
        return (recruiter,)

    @once
    def choose_quiet_hours(
        self, command: Command, recruiter_id: UUID, begins: time | None, ends: time | None
    ) -> tuple[Stream, ...]:
        """From when until when nothing is sent; None and None, always."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.choose_quiet_hours(command.person, begins, ends)
        return (recruiter,)

    @once
    def choose_digest_hour(self, command: Command, recruiter_id: UUID, at: time | None) -> tuple[Stream, ...]:
        """When the day's mail is sent; None, never."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.choose_digest_hour(command.person, at)
        return (recruiter,)

    @once
    def change_card(self, command: Command, recruiter_id: UUID, card: Card) -> tuple[Stream, ...]:
        """What stands on the card that a colleague gives away."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.change_card(command.person, card)
        return (recruiter,)

    @once
    def plan_absence(self, command: Command, recruiter_id: UUID, absence: Absence) -> tuple[Stream, ...]:
        """A colleague will be away; it is called `command.stream(0)` from then on."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.plan_absence(command.person, command.stream(0), absence, self.log.now())
        if absence.cover is not None:
            self.chosen(Recruiter, absence.cover, NO_COVER, "cover").cover(absence)
        return (recruiter,)

    @once
    def end_absence(self, command: Command, recruiter_id: UUID, absence: UUID) -> tuple[Stream, ...]:
        """A colleague is back, or stays after all."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.end_absence(command.person, absence, self.log.now())
        return (recruiter,)

    @once
    def recruiter_leaves(self, command: Command, recruiter_id: UUID) -> tuple[Stream, ...]:
        """A colleague leaves. Whoever says so has seen to their open promises before."""
        recruiter = self.load(Recruiter, recruiter_id)
        recruiter.leave(command.person)
        return (recruiter,)

    def _can_be_theirs(self, recruiter: UUID, otherwise: str, field: str) -> None:
        """Only a colleague who may record, and has not left, looks after people and keeps promises."""
        if not self.chosen(Recruiter, recruiter, otherwise, field).records:
            raise Refused(otherwise, field)
