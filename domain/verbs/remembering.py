"""What is remembered of people: what hurts, what they want, which days matter, and how often to be in touch."""

from __future__ import annotations

from uuid import UUID

from domain.agency import Agency
from domain.candidate import Candidate
from domain.command import Command
from domain.job import Job
from domain.refusal import Refused
from domain.remembered import ImportantDate, Interval, PainPoint
from domain.stream import Stream
from domain.touchpoint import Direction, Outcome, Touchpoint
from domain.verbs.once import once
from domain.verbs.touchpoints import TouchpointVerbs


class RememberingVerbs(TouchpointVerbs):
    """Note what hurts somebody, what they want and which days matter; be in touch in time."""

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

    @once
    def set_keep_in_touch(self, command: Command, candidate_id: UUID, interval: Interval | None) -> tuple[Stream, ...]:
        """How often to be in touch with somebody; None, as their tags say."""
        candidate = self.load(Candidate, candidate_id)
        candidate.keep_in_touch(command.person, interval)
        return (candidate,)

    @once
    def keep_in_touch_by_tag(
        self, command: Command, agency_id: UUID, tag: str, interval: Interval | None
    ) -> tuple[Stream, ...]:
        """How often to be in touch with everybody who carries a tag; None, no more often than with others."""
        agency = self.load(Agency, agency_id)
        agency.keep_in_touch_by_tag(command.person, tag, interval)
        return (agency,)

    @once
    def note_date(self, command: Command, candidate_id: UUID, day: ImportantDate) -> tuple[Stream, ...]:
        """A day that matters to somebody; it is called `command.stream(0)` from then on."""
        candidate = self.load(Candidate, candidate_id)
        candidate.note_date(command.person, command.stream(0), day)
        return (candidate,)

    @once
    def remove_date(self, command: Command, candidate_id: UUID, noted: UUID) -> tuple[Stream, ...]:
        """It matters no more, or never did."""
        candidate = self.load(Candidate, candidate_id)
        candidate.remove_date(command.person, noted)
        return (candidate,)

    @once
    def see_to_date(self, command: Command, candidate_id: UUID, noted: UUID, year: int) -> tuple[Stream, ...]:
        """Nobody need be told of it any more that year."""
        candidate = self.load(Candidate, candidate_id)
        candidate.see_to_date(command.person, noted, year)
        return (candidate,)

    @once
    def leave_out_job(self, command: Command, candidate_id: UUID, job_id: UUID) -> tuple[Stream, ...]:
        """A job that is new in somebody's field is nothing for them."""
        candidate = self.load(Candidate, candidate_id)
        candidate.leave_out_job(command.person, self.load(Job, job_id).id)
        return (candidate,)

    @once
    def be_in_touch(
        self,
        command: Command,
        candidate_id: UUID,
        channel: str,
        words: str,
        noted: UUID | None = None,
        year: int | None = None,
    ) -> tuple[Stream, ...]:
        """We were in touch just now, perhaps about a day that matters; streams (touchpoint[, candidate])."""
        candidate = self.load(Candidate, candidate_id)
        candidate.still_known()
        if noted is not None and year is not None:
            candidate.see_to_date(command.person, noted, year)
        by, here, now = command.person, command.stream(0), self.log.now()
        said = Touchpoint.record(here, by, candidate_id, channel, Direction.OUT, Outcome.TALKED, now, words, [], now)
        return said, candidate
