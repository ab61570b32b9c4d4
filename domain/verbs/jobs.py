"""Clients, and the jobs that they look for people for."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain.client import Client
from domain.command import Command
from domain.fitting import JobCriteria
from domain.job import Job, JobDetails
from domain.stream import Stream
from domain.verbs.once import Verbs, once

NO_CLIENT = "Choose a client."


class JobVerbs(Verbs):
    """Add clients and say whose people are off limits; open, change, fill and close jobs, and say who fits and why."""

    @once
    def add_client(self, command: Command, name: str, website: str = "") -> tuple[Stream, ...]:
        """A company that people are sent to; streams (client,)."""
        return (Client.add(command.stream(0), command.person, name, website),)

    @once
    def change_client(
        self, command: Command, client_id: UUID, name: str, website: str = "", seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Another name, or another page."""
        client = self.load(Client, client_id, seen)
        client.change(command.person, name, website)
        return (client,)

    @once
    def choose_off_limits(
        self, command: Command, client_id: UUID, off_limits: bool, why: str = "", seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Whether those who work at this client may be sent elsewhere."""
        client = self.load(Client, client_id, seen)
        client.choose_off_limits(command.person, off_limits, why)
        return (client,)

    @once
    def open_job(
        self, command: Command, details: JobDetails, client_id: UUID | None = None, new_client: str = ""
    ) -> tuple[Stream, ...]:
        """A job at a client, or at a `new_client` of this name; streams (job[, client])."""
        if client_id is None:
            client = Client.add(command.stream(1), command.person, new_client, "")
        else:
            client = self.chosen(Client, client_id, NO_CLIENT, "client")
        job = Job.open(command.stream(0), command.person, client.id, details)
        return (job, client) if client_id is None else (job,)

    @once
    def change_job(
        self, command: Command, job_id: UUID, details: JobDetails, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """Another title, place or pay."""
        job = self.load(Job, job_id, seen)
        job.change(command.person, details)
        return (job,)

    @once
    def choose_job_criteria(
        self, command: Command, job_id: UUID, criteria: JobCriteria, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """By what people are found for it."""
        job = self.load(Job, job_id, seen)
        job.choose_criteria(command.person, criteria)
        return (job,)

    @once
    def choose_selling_points(
        self, command: Command, job_id: UUID, points: Sequence[str], seen: int | None = None
    ) -> tuple[Stream, ...]:
        """What speaks for it, one thing a line."""
        job = self.load(Job, job_id, seen)
        job.choose_selling_points(command.person, points)
        return (job,)

    @once
    def fill_job(self, command: Command, job_id: UUID, seen: int | None = None) -> tuple[Stream, ...]:
        """Somebody has it. Who else stands on its board still waits for a word."""
        job = self.load(Job, job_id, seen)
        job.fill(command.person)
        return (job,)

    @once
    def close_job(self, command: Command, job_id: UUID, why: str = "", seen: int | None = None) -> tuple[Stream, ...]:
        """Nobody is looked for any more. Who stands on its board still waits for a word."""
        job = self.load(Job, job_id, seen)
        job.close(command.person, why)
        return (job,)

    @once
    def reopen_job(self, command: Command, job_id: UUID, seen: int | None = None) -> tuple[Stream, ...]:
        """Somebody is looked for after all."""
        job = self.load(Job, job_id, seen)
        job.reopen(command.person)
        return (job,)
