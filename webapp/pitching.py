"""A job's pitch: what it has for one person, in their own words, and what is still to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for

from domain import mentions
from domain.job import JobState
from domain.pitch import TO_ASK, Voiced, pitch
from domain.refusal import NotFound, Refused
from domain.remembered import Pain
from webapp import boards, candidates, forms
from webapp.filled import Filled, Typed, refilled
from webapp.fitting import criteria_of
from webapp.htmx import go, page_or_fragment
from webapp.ledger import recruiting, views
from webapp.pains import KINDS
from webapp.sensitive import in_passing

pages = Blueprint("pitching", __name__)

LOOKED_AT = 40  # entries, the newest, in which pay, notice, place and the right to work are looked for
PERMIT = re.compile(r"\bright to work\b|\bvisas?\b|\bwork permit\b|\bpassport\b|\bsettled status\b", re.IGNORECASE)


@pages.get("/jobs/<uuid:job_id>/pitch/<uuid:candidate_id>")
def page(job_id: UUID, candidate_id: UUID) -> Response:
    return page_or_fragment("pitching/page.html", "pitch", **_context(job_id, candidate_id))


@pages.route("/jobs/<uuid:job_id>/selling-points", methods=["GET", "POST"])
def points(job_id: UUID) -> Response:
    """What speaks for a job, one thing a line; afterwards the pitch that it was written for, or the board."""
    candidates.writing()
    job, whose = boards.known_job(job_id), _whose()
    if request.method == "GET":
        return _form(job, whose, 200, Filled(Typed(points="\n".join(job.points))))
    try:
        said = tuple(forms.text("points").split("\n"))
        recruiting.choose_selling_points(forms.command(), job_id, said, forms.seen())
    except Refused as refused:
        filled = refilled(request.form, refused, ("points",))
        return _form(boards.known_job(job_id), whose, forms.status(refused), filled)
    views.catch_up()
    if whose is None:
        return go(url_for("boards.page", job_id=job_id))
    return go(url_for("pitching.page", job_id=job_id, candidate_id=whose))


def _whose() -> UUID | None:
    """For whose pitch the points are written. Raises NotFound for nobody's."""
    written = request.values.get("candidate", "")
    if not written:
        return None
    try:
        return UUID(str(candidates.known(UUID(written)).id))
    except ValueError:
        raise NotFound(written) from None


def _form(job: Any, whose: UUID | None, status: int, filled: Filled) -> Response:
    return page_or_fragment("pitching/points.html", "form", status, job=job, whose=whose, filled=filled)


def _context(job_id: UUID, candidate_id: UUID) -> dict[str, Any]:
    job, candidate = boards.known_job(job_id), candidates.known(candidate_id)
    voiced = [Voiced(row.kind, row.words, row.quote or "", row.noted_on) for row in views.pains.of(candidate_id)]
    return {
        **candidates.person(candidate),
        "job": job,
        "client": views.jobs.client(job.client),
        "pitch": pitch(job.points, voiced),
        "to_ask": [TO_ASK[about] for about in _unknown(job, candidate, voiced)],
        "kinds": KINDS,
    }


def _unknown(job: Any, candidate: Any, voiced: Sequence[Voiced]) -> Iterable[str]:
    """What nobody has noted of them yet, in the order in which it is asked."""
    entries = views.timeline.latest([candidate.id], LOOKED_AT)[candidate.id]
    said = "\n".join([*(in_passing(entry.words, entry) or "" for entry in entries), *(each.text for each in voiced)])
    criteria = criteria_of(job)
    permits = {tag.casefold() for tag in criteria.permits} if criteria else set()
    known = {
        "pay": mentions.about_pay(said),
        "notice": mentions.about_notice(said),
        "place": candidate.place or mentions.about_place(said),
        "permit": PERMIT.search(said)
        or views.relationships.visas_of([candidate.id])
        or permits & {tag.casefold() for tag in candidate.tags or ()},
        "pains": any(each.kind == Pain.PAIN for each in voiced),
        "wants": any(each.kind == Pain.WANT for each in voiced),
    }
    return [about for about in TO_ASK if not known[about]]


@pages.app_template_global()
def pitches_for(candidate_id: UUID) -> list[Any]:
    """The open jobs on whose boards somebody stands, for each of which there is a pitch."""
    jobs = views.jobs.jobs({row.job for row in views.submissions.live([candidate_id])})
    return [job for job in jobs.values() if job.state == JobState.OPEN]
