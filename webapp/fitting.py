"""People for a job: by what they are found, who fits and why, and from there onto its board."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Response, request, session, url_for

from domain import mentions
from domain.command import Command
from domain.fitting import IN_SHORT, JobCriteria, Known, Said, Why, ago, tags_in, why
from domain.refusal import Refused
from domain.submission import Submission
from domain.touchpoint import Channel, Direction
from domain.wishes import Unwelcome
from projections.fits import Found
from webapp import boards, candidates, forms, paging
from webapp.details import tags_said
from webapp.filled import Filled, Typed, refilled
from webapp.filters import today, zone
from webapp.htmx import go, page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views
from webapp.sensitive import in_passing

pages = Blueprint("fitting", __name__)

A_PAGE = 25
LOOKED_AT = 12  # entries of each, the newest, in which pay and what they want are looked for
FIELDS = ("must", "nice", "place", "km", "pay", "interest", "interested_only", "permits")
TAGS = ("must", "nice", "permits")
OURS = (Channel.CALL, Channel.MEETING, Channel.VIDEO, Channel.NOTE)  # what is noted of them is what they said


@dataclass(frozen=True)
class Fit:
    """Somebody who was found: who, how it stands with them, why they fit, and what keeps them off the list, if so."""

    person: Any
    stands: Any
    why: Why
    left_out: str

    @property
    def lately(self) -> str:
        """When we were last in touch, in words."""
        if self.stands.last_contact_at is None:
            return "never in touch yet"
        last = ago((today() - self.stands.last_contact_at.astimezone(zone()).date()).days)
        return f"last contact {last}" if self.stands.last_heard_at else f"never heard from, written to {last}"


@pages.get("/jobs/<uuid:job_id>/people")
def people(job_id: UUID) -> Response:
    return page_or_fragment("fitting/page.html", "people", **_context(job_id, said=session.pop("said", None)))


@pages.post("/jobs/<uuid:job_id>/criteria")
def choose(job_id: UUID) -> Response:
    """By what people are found for this job."""
    candidates.writing()
    boards.known_job(job_id)
    try:
        recruiting.choose_job_criteria(forms.command(), job_id, _chosen(), forms.seen())
    except Refused as refused:
        filled = refilled(request.form, refused, FIELDS)
        return page_or_fragment("fitting/page.html", "people", forms.status(refused), **_context(job_id, filled))
    views.catch_up()
    there = url_for("fitting.people", job_id=job_id)
    return saved("fitting/page.html", "people", there, **_context(job_id, said="Saved."))


@pages.post("/jobs/<uuid:job_id>/people")
def shortlist(job_id: UUID) -> Response:
    """One of them, or those ticked, onto the board, to be asked; sent again, it does nothing twice."""
    candidates.writing()
    boards.known_job(job_id)
    ticked = request.form.getlist("who")[: A_PAGE + 1]
    try:
        command, whom = forms.command(), _whom(ticked)
        refusals = [refusal for person in whom if (refusal := _put(command, job_id, person))]
        if len(refusals) == len(whom):
            raise Refused(refusals[0], "who")
    except Refused as refused:
        context = _context(job_id, ticking=refilled(request.form, refused, ("who",)), ticked=ticked)
        return page_or_fragment("fitting/page.html", "people", forms.status(refused), **context)
    views.catch_up()
    told = f"{len(whom) - len(refusals)} on the board, to be asked."
    told += f" {len(refusals)} could not be: {refusals[0]}" if refusals else ""
    if wants_fragment():
        return page_or_fragment("fitting/page.html", "people", **_context(job_id, said=told))
    session["said"] = told
    return go(url_for("fitting.people", job_id=job_id, after=request.args.get("after")))


def _whom(ticked: Sequence[str]) -> list[UUID]:
    if one := forms.identity("candidate", "who"):
        return [one]
    try:
        whom = [UUID(each) for each in dict.fromkeys(ticked)]
    except ValueError:
        raise Refused("Choose somebody from the list.", "who") from None
    if not whom:
        raise Refused("Tick whom to put on the board.", "who")
    if len(whom) > A_PAGE:
        raise Refused(f"At most {A_PAGE} people at once.", "who")
    return whom


def _put(command: Command, job_id: UUID, person: UUID) -> str:
    """Why somebody could not be put on the board, "" if they were."""
    try:
        recruiting.shortlist(Command(uuid5(command.id, str(person)), command.by), job_id, person)
    except Refused as refused:
        return refused.sentence
    return ""


def _chosen() -> JobCriteria:
    """What the form says."""
    tags = {name: tags_said(name) for name in TAGS}
    lines = {name: forms.line(name) for name in ("place", "pay", "interest")}
    return JobCriteria(**tags, **lines, km=_km(), interested_only=bool(request.form.get("interested_only")))


def _km() -> int | None:
    written = forms.line("km").casefold().removesuffix("km").strip()
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 8):
        raise Refused("Say it in km, as a number.", "km")
    return int(written)


# What is shown


def _context(
    job_id: UUID,
    filled: Filled | None = None,
    ticking: Filled | None = None,
    ticked: Collection[str] = (),
    said: str | None = None,
) -> dict[str, Any]:
    job = boards.known_job(job_id)
    client = views.jobs.client(job.client)
    criteria = criteria_of(job)
    listed = _found(criteria) if criteria else []
    shown = fits(job, client, criteria, listed[:A_PAGE]) if criteria else []
    return {
        "job": job,
        "client": client,
        "criteria": criteria,
        "gone": _gone(criteria),
        "fits": [fit for fit in shown if not fit.left_out],
        "left_out": [fit for fit in shown if fit.left_out],
        "more": paging.after_fit(listed[A_PAGE - 1]) if len(listed) > A_PAGE else None,
        "here": request.args.get("after"),
        "filled": filled or _filled(job, criteria),
        "refused": filled is not None,
        "ticking": ticking or Filled(),
        "ticked": ticked,
        "known_tags": views.relationships.tags(),
        "rules": IN_SHORT,
        "writable": candidates.may_write(),
        "said": said,
    }


def criteria_of(job: Any) -> JobCriteria | None:
    """By what people are found for a job; None as long as nobody chose."""
    if job.criteria is None:
        return None
    return JobCriteria(**{**job.criteria, **{name: tuple(job.criteria[name]) for name in TAGS}})


def fits(job: Any, client: Any, criteria: JobCriteria, found: Sequence[Found]) -> list[Fit]:
    """These people as the list shows them, in this order; as many questions for all as for one."""
    ids = [each.candidate for each in found]
    people = {row.id: row for row in views.directory.people(ids)}
    stand, known = views.relationships.of_these(ids), known_of(people, criteria)
    unwelcome, never = views.wishes.unwelcome(ids), views.submissions.never_tell(ids)
    off_limits = views.jobs.off_limits([person.works_at or "" for person in people.values()])
    on_board = views.submissions.these([Submission.of(id, job.id) for id in ids])

    def left_out(id: UUID, judged: Why) -> str:
        submission = on_board.get(Submission.of(id, job.id))
        if submission is not None and submission.ended_at is None:
            return f"on the board already, {submission.stage}"
        if unwelcome.get(id) == Unwelcome.EVERYTHING:
            return "asked us never to be in touch"
        stands_in_the_way = boards.warnings(people[id], client, never[id], off_limits)
        return ", ".join([*stands_in_the_way, *(reason.words for reason in judged.against)])

    judged = {id: why(criteria, known[id], today()) for id in ids}
    return [Fit(people[id], stand[id], judged[id], left_out(id, judged[id])) for id in ids]


def known_of(people: dict[UUID, Any], criteria: JobCriteria) -> dict[UUID, Known]:
    """What is known of each of these people that may bear on a job."""
    ids = list(people)
    wants, visas = views.pains.wants_of(ids), views.relationships.visas_of(ids) if criteria.permits else {}
    entries = views.timeline.latest(ids, LOOKED_AT) if criteria.wanted or criteria.pay else {}
    return {
        id: Known(
            row.tags or [],
            row.place or "",
            [Said(said, want.noted_on) for want in wants[id] for said in (want.quote, want.words) if said],
            list(_statements(entries.get(id, ()))),
            visas.get(id),
        )
        for id, row in people.items()
    }


def _statements(entries: Sequence[Any]) -> Iterator[Said]:
    """The sentences that are theirs, without what is sensitive, the newest entry first."""
    for entry in entries:
        if entry.direction == Direction.IN or entry.channel in OURS:
            on = entry.happened_at.astimezone(zone()).date()
            words = (in_passing(entry.words, entry) or "").replace("**", "")
            for sentence in mentions.sentences(words):
                yield Said(sentence.rstrip(";"), on)


def _found(criteria: JobCriteria) -> Sequence[Found]:
    after = paging.fit("after")
    return views.relationships.fitting(criteria, Found(*after) if after else None, A_PAGE + 1)


def _gone(criteria: JobCriteria | None) -> list[str]:
    """The tags chosen that nobody carries now."""
    tags = (*criteria.skills, *criteria.permits) if criteria else ()
    carried = views.relationships.carried(tags)
    return [tag for tag in tags if not carried[tag.casefold()]]


def _filled(job: Any, criteria: JobCriteria | None) -> Filled:
    """The form as it stands; before anybody chose, with what the job itself says."""
    if criteria is None:
        known = tags_in(job.title, (row.tag for row in views.relationships.tags()))
        pay = job.pay if mentions.amounts(job.pay) else ""
        return Filled(Typed(must=", ".join(known), place=job.place, km="30" if job.place else "", pay=pay))
    lists = {name: ", ".join(getattr(criteria, name)) for name in TAGS}
    lines = {name: getattr(criteria, name) for name in ("place", "pay", "interest")}
    km = "" if criteria.km is None else str(criteria.km)
    return Filled(Typed(**lists, **lines, km=km, **({"interested_only": "1"} if criteria.interested_only else {})))
