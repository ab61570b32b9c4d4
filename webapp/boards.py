"""Jobs: which are open, and the board of each, on which candidates go from stage to stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from domain.job import JobDetails
from domain.names import company, same_company
from domain.recruiter import Role
from domain.refusal import NotFound, Refused
from domain.stages import OwnStage
from webapp import candidates, forms
from webapp.agencys import process
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency, today, zone
from webapp.hours import working_days_since
from webapp.htmx import go, page_or_fragment, saved
from webapp.ledger import recruiting, views
from webapp.searching import Lookup, asked_for, lookup

pages = Blueprint("boards", __name__)

A_PAGE = 50
FIELDS = ("client", "title", "place", "pay")


# All jobs


@pages.get("/jobs")
def index() -> Response:
    before = request.args.get("before", "")
    return page_or_fragment(
        "boards/index.html", "jobs", **_index(before=int(before[:15]) if before.isdecimal() else None)
    )


@pages.post("/jobs")
def open_job() -> Response:
    candidates.writing()
    try:
        name = forms.line("client")
        known = views.jobs.called(name)
        opened = recruiting.open_job(forms.command(), _details(), known.id if known else None, name)
    except Refused as refused:
        opening = refilled(request.form, refused, FIELDS)
        return page_or_fragment("boards/index.html", "jobs", forms.status(refused), **_index(opening=opening))
    views.catch_up()
    return go(url_for("boards.page", job_id=opened.streams[0]))


@pages.post("/clients")
def add_client() -> Response:
    candidates.writing()
    try:
        name = forms.line("client")
        if known := views.jobs.called(name):
            raise Refused(f"{known.name} is a client already.", "client")
        recruiting.add_client(forms.command(), name, forms.line("website", 500))
    except Refused as refused:
        adding = refilled(request.form, refused, ("client", "website"))
        return page_or_fragment("boards/index.html", "jobs", forms.status(refused), **_index(adding=adding))
    views.catch_up()
    return saved("boards/index.html", "jobs", url_for("boards.index"), **_index(said="Added."))


@pages.get("/clients/names")
def client_names() -> str:
    """Clients whose name begins with the letters typed so far."""
    known = views.jobs.clients_called(request.args.get("client", ""))
    return render_template("clients/_names.html", known=known)


def _index(
    before: int | None = None, opening: Filled | None = None, adding: Filled | None = None, said: str | None = None
) -> dict[str, Any]:
    rows = views.jobs.open(before, A_PAGE + 1)
    shown, clients = rows[:A_PAGE], views.jobs.clients()
    return {
        "jobs": shown,
        "more": shown[-1].position if len(rows) > A_PAGE else None,
        "counts": views.submissions.counts([job.id for job in shown]),
        "clients": clients,
        "names": {row.id: row for row in clients} | views.jobs.these({job.client for job in shown}),
        "opening": opening or Filled(),
        "adding": adding or Filled(),
        "writable": candidates.may_write(),
        "said": said,
    }


def _details() -> JobDetails:
    return JobDetails(*(forms.line(name) for name in FIELDS[1:]))


# One job


@pages.get("/jobs/<uuid:job_id>")
def page(job_id: UUID) -> Response:
    return page_or_fragment("boards/page.html", "found" if "q" in request.args else "board", **board(job_id))


@pages.route("/jobs/<uuid:job_id>/details", methods=["GET", "POST"])
def change(job_id: UUID) -> Response:
    candidates.writing()
    job = known_job(job_id)
    filled, status = Filled(Typed({name: getattr(job, name) for name in FIELDS[1:]})), 200
    if request.method == "POST":
        try:
            recruiting.change_job(forms.command(), job_id, _details(), forms.seen())
        except Refused as refused:
            filled, status = refilled(request.form, refused, FIELDS[1:]), forms.status(refused)
        else:
            return _done(job_id, "Saved.")
    return page_or_fragment("boards/details.html", "form", status, job=known_job(job_id), filled=filled)


@pages.post("/jobs/<uuid:job_id>/filled")
def fill(job_id: UUID) -> Response:
    return _turned(job_id, lambda: recruiting.fill_job(forms.command(), job_id, forms.seen()), "Filled.")


@pages.post("/jobs/<uuid:job_id>/closed")
def close(job_id: UUID) -> Response:
    def closed() -> None:
        recruiting.close_job(forms.command(), job_id, forms.line("why"), forms.seen())

    return _turned(job_id, closed, "Closed.")


@pages.post("/jobs/<uuid:job_id>/reopened")
def reopen(job_id: UUID) -> Response:
    return _turned(job_id, lambda: recruiting.reopen_job(forms.command(), job_id, forms.seen()), "Open again.")


@pages.post("/jobs/<uuid:job_id>/submissions")
def shortlist(job_id: UUID) -> Response:
    """Somebody found by name is put on the board."""
    candidates.writing()
    known_job(job_id)
    try:
        whom = forms.identity("candidate")
        if whom is None:
            raise Refused("Choose somebody from the list.", "candidate")
        recruiting.shortlist(forms.command(), job_id, whom)
    except Refused as refused:
        filled = refilled(request.form, refused, ("candidate",))
        return page_or_fragment("boards/page.html", "board", forms.status(refused), **board(job_id, finding=filled))
    return _done(job_id, "On the board.")


def _turned(job_id: UUID, turn: Callable[[], object], said: str) -> Response:
    candidates.writing()
    known_job(job_id)
    try:
        turn()
    except Refused as refused:
        filled = refilled(request.form, refused, ("why",))
        return page_or_fragment("boards/page.html", "board", forms.status(refused), **board(job_id, turning=filled))
    return _done(job_id, said)


def _done(job_id: UUID, said: str) -> Response:
    views.catch_up()
    return saved(
        "boards/page.html", "board", url_for("boards.page", job_id=job_id), **board(job_id, said=said, asked="")
    )


def known_job(job_id: UUID) -> Any:
    job = views.jobs.job(job_id)
    if job is None:
        raise NotFound(job_id)
    return job


def board(
    job_id: UUID,
    filled: Filled | None = None,
    finding: Filled | None = None,
    turning: Filled | None = None,
    said: str | None = None,
    asked: str | None = None,
) -> dict[str, Any]:
    """What a job's page shows; `filled` is the form of the submission that was refused."""
    job = known_job(job_id)
    client = views.jobs.client(job.client)
    rows = views.submissions.board(job_id)
    shown = cards(job, client, rows)
    asked = asked_for() if asked is None else asked
    return {
        "job": job,
        "client": client,
        "columns": _columns([card for card in shown if card.live]),
        "ended": [card for card in shown if not card.live],
        "found": lookup(asked, without=[row.candidate for row in rows if row.ended_at is None]) if asked else Lookup(),
        "filled": filled or Filled(),
        "finding": finding or Filled(),
        "turning": turning or Filled(),
        "writable": candidates.may_write(),
        "shown_on": "job",
        "said": said,
    }


def _columns(live: Sequence[Card]) -> list[tuple[OwnStage, list[Card]]]:
    """Each stage with who stands there; one that was dropped meanwhile, only while somebody does."""
    at = {each.key: [card for card in live if card.row.stage == each.key] for each in process().every_stage}
    return [(each, at[each.key]) for each in process().every_stage if not each.dropped or at[each.key]]


# What stands on a board


@dataclass(frozen=True)
class Card:
    """A submission as a board shows it: who, how they stand, and what one should know before the next move.

    `warnings` stand in the way of sending them; `silent` is for how many working days they have heard nothing of us,
    if that is too long for their stage; `introduced` the submission by which the client first heard of them.
    """

    row: Any
    person: Any
    agreed: str
    warnings: tuple[str, ...]
    silent: int | None
    introduced: Any

    @property
    def live(self) -> bool:
        return self.row.ended_at is None

    @property
    def next(self) -> OwnStage | None:
        """The stage that comes after theirs."""
        return process().after(self.row.stage) if self.live else None

    @property
    def to_override(self) -> bool:
        """Whether an owner must let something pass before they are sent."""
        return bool(self.warnings) and self.row.submitted_at is None and current_user.role == Role.OWNER


def cards(job: Any, client: Any, rows: Sequence[Any]) -> list[Card]:
    """These submissions for one job, as its board shows them; as many questions for a hundred as for one."""
    ids = [row.candidate for row in rows]
    people = {row.id: row for row in views.directory.people(ids)}
    stand, introduced = views.relationships.of_these(ids), views.submissions.introduced(client.id, ids)
    never = views.submissions.never_tell(ids)
    off_limits = views.jobs.off_limits([person.works_at or "" for person in people.values()])
    return [
        Card(
            row,
            people[row.candidate],
            _agreed(row),
            warnings(people[row.candidate], client, never[row.candidate], off_limits),
            _silent(row, stand.get(row.candidate)),
            introduced.get(row.candidate),
        )
        for row in rows
    ]


def employer_off_limits(works_at: str | None) -> UUID | None:
    """The client at which somebody works, if its people are off limits."""
    row = views.jobs.off_limits([works_at or ""]).get(company(works_at or ""))
    return row.id if row else None


def _agreed(row: Any) -> str:
    """ "not yet", "ended" if the agreement holds no longer, else "yes"."""
    if row.agreed_at is None:
        return "not yet"
    return "ended" if row.agreed_until and row.agreed_until < today() else "yes"


def warnings(person: Any, client: Any, never: set[UUID], off_limits: dict[str, Any]) -> tuple[str, ...]:
    """What stands in the way of sending somebody to a client: whom they must not be told to, where they work."""
    works_at = person.works_at or ""
    found = [f"must not hear of {person.name}"] if client.id in never else []
    if same_company(works_at, client.name):
        found.append(f"{person.name} works there")
    elif company(works_at) in off_limits:
        found.append(f"{off_limits[company(works_at)].name} is off limits")
    return tuple(found)


def _silent(row: Any, stands: Any) -> int | None:
    """For how many working days somebody in a live process heard nothing of us, if their stage allows no such silence.

    Being talked to counts and a message does; a voicemail does not.
    """
    if row.ended_at is not None or stands is None:
        return None
    last = (stands.last_told_at or row.begun_at).astimezone(zone()).date()
    days = working_days_since(last, today(), agency())
    return days if days > process().stage(row.stage).silent_after else None
