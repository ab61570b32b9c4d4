"""New jobs in the field of those with whom it is time to be in touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.fitting import Known, Said, in_field
from domain.submission import Submission
from webapp import boards
from webapp.filters import today
from webapp.fitting import criteria_of
from webapp.ledger import views

LOOKED_AT = 20  # jobs, those opened last


@dataclass(frozen=True)
class NewJob:
    """A job that somebody might like to hear of."""

    id: UUID
    title: str
    client: str


def new_jobs(rows: Sequence[Any]) -> dict[UUID, NewJob]:
    """For those among these people in whose field one was opened since they last heard from us, the newest such job.

    Without jobs on whose board they stood already, that are nothing for them, or to whose client they may not be sent.
    """
    pairs = list(_in_field(rows)) if rows else []
    if not pairs:
        return {}
    ids = list(dict.fromkeys(row.candidate for row, _ in pairs))
    on_board = views.submissions.these([Submission.of(row.candidate, job.id) for row, job in pairs])
    left_out, never = views.relationships.not_for(ids), views.submissions.never_tell(ids)
    clients = views.jobs.these({job.client for _, job in pairs})
    off_limits = views.jobs.off_limits([row.works_at or "" for row, _ in pairs])
    found: dict[UUID, NewJob] = {}
    for row, job in pairs:
        known = (row.candidate, job.id) in left_out or Submission.of(row.candidate, job.id) in on_board
        client = clients[job.client]
        if not (known or boards.warnings(row, client, never[row.candidate], off_limits)):
            found.setdefault(row.candidate, NewJob(job.id, job.title, client.name))
    return found


def _in_field(rows: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Each person with each of the newest jobs that is in their field, the newest job first."""
    jobs = views.jobs.open(limit=LOOKED_AT)
    if not jobs:
        return
    ids = [row.candidate for row in rows]
    wants, visas = views.pains.wants_of(ids), views.relationships.visas_of(ids)
    for row in rows:
        theirs = [Said(want.words, want.noted_on) for want in wants[row.candidate]]
        known = Known(row.tags, row.place or "", theirs, (), visas.get(row.candidate))
        for job in jobs:
            unheard = (job.criteria_at or job.opened_at) > (row.last_contact_at or row.added_at)
            if unheard and in_field(job.title, criteria_of(job), known, today()):
                yield row, job
