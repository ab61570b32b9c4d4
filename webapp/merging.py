"""What merge fields stand for when somebody here writes to a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_login import current_user

from domain.merging import FIELDS, check, filled, written
from domain.promise import Party, State
from domain.refusal import Refused
from webapp.filters import agency, due_said
from webapp.ledger import views

NO_PROMISE = "nothing is promised to them that is still open"
NO_JOB = "this message is about no job"
WHY = {"promise": NO_PROMISE, "due": NO_PROMISE, "job": NO_JOB, "client": NO_JOB}
OF_A_PROMISE = ("promise", "due")
ABOUT_A_JOB = tuple(name for name in FIELDS if name not in OF_A_PROMISE)


def promised_to(candidate: UUID) -> list[Any]:
    """What we promised them and have not kept yet, what is due first before the others."""
    promises = views.promises.of(candidate, closed=0)
    return [row for row in promises if row.state == State.OPEN and row.party == Party.US and row.words]


def values_for(candidate: Any, chosen: UUID | None = None, submission: Any = None) -> tuple[dict[str, str], list[Any]]:
    """A value for each merge field, "" where there is none; and the promises that one may choose from.

    The message may be about a `submission` of theirs, a row.
    """
    promises = promised_to(candidate.id)
    promise = next((row for row in promises if row.id == chosen), promises[0] if promises else None)
    job = views.jobs.job(submission.job) if submission else None
    client = views.jobs.client(submission.client) if submission else None
    said = {"promise": promise.words, "due": due_said(promise)} if promise else {}
    return {**values_of(candidate, current_user, agency(), job, client), **said}, promises


def values_of(candidate: Any, writer: Any, agency: Any, job: Any = None, client: Any = None) -> dict[str, str]:
    """As `values_for`, of rows that were looked up before, and without a promise."""
    name = candidate.name or ""
    return {
        "first_name": name.partition(" ")[0],
        "name": name,
        "recruiter": writer.name,
        "agency": agency.name,
        "job": job.title if job else "",
        "client": client.name if client else "",
        "promise": "",
        "due": "",
    }


def merged(field: str, text: str, values: dict[str, str]) -> str:
    """The text with all its values. Raises Refused beside the field where one is missing or unknown."""
    check(text, field)
    text, missing = filled(text, values)
    if missing:
        raise Refused(nothing_for(missing), field)
    return text


def signature() -> str:
    """What stands under the mails of whoever is signed in."""
    own = views.team.recruiter(current_user.id)
    return signature_of(own, agency()) if own else f"{current_user.name}, {agency().name}"


def signature_of(writer: Any, agency: Any) -> str:
    """What stands under this colleague's mails."""
    return writer.signature or f"{writer.name}, {agency.name}"


def nothing_for(missing: Sequence[str]) -> str:
    """Why a message cannot go out as it is, and what helps."""
    name = missing[0]
    return (
        f"Nothing can be filled in for {written(name)}: {WHY.get(name, 'it is empty')}. Write it out or take it away."
    )
