"""Submissions: one candidate for one job. Every move asks whether they were told, and none waits for the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, Response, request, url_for

from domain.process import Starts
from domain.refusal import NotFound, Refused, Stale
from domain.submission import Agreement, Ending, NoCall
from domain.touchpoint import Channel, Direction, Outcome
from webapp import boards, candidates, forms
from webapp.agencys import process, stage_name
from webapp.filled import Filled, refilled
from webapp.filters import agency, at, now, who, zone
from webapp.htmx import go, page_or_fragment, saved
from webapp.ledger import recruiting, views
from webapp.sensitive import in_passing
from webapp.standing import ending, follow_up, moving, promised_by

pages = Blueprint("submissions", __name__)

TELLING = [channel for channel in Channel if channel is not Channel.NOTE]
FIELDS = ("stage", "meets_on", "how", "words", "note", "override", "channel", "agreed_at", "until", "cause", "no_call")
MOST_JOBS = 200
LOOKED_THROUGH, TOLD_BEFORE = 60, 5  # lines of a timeline, and entries offered from them
IN_A_LINE = 60


def init_submissions(app: Flask) -> None:
    """Let a candidate's page ask for their submissions when it shows them."""
    app.jinja_env.globals.update(submissions_of=submissions_of)


# One submission


@pages.get("/submissions/<uuid:submission_id>")
def page(submission_id: UUID) -> Response:
    return page_or_fragment("submissions/page.html", "submission", **_submission(submission_id))


@pages.post("/submissions/<uuid:submission_id>/agreement")
def agree(submission_id: UUID) -> Response:
    def agreed(row: Any) -> None:
        recruiting.note_agreement(forms.command(), row.id, _agreement(), forms.seen())

    return _changed(submission_id, agreed, "Noted.")


@pages.post("/submissions/<uuid:submission_id>/stage")
def move(submission_id: UUID) -> Response:
    """To another stage. Whoever was not told is promised an answer."""

    def moved(row: Any) -> None:
        to, meets_on = request.form.get("stage", ""), _meets_on()
        job = boards.known_job(row.job)
        person = candidates.known(row.candidate)
        recruiting.move_submission(
            forms.command(),
            row.id,
            to,
            meets_on,
            words=_words(stage_name(to) if process().offers(to) else "", job),
            **_told("told"),
            standing=moving(job, views.jobs.client(job.client), to if to != row.stage else "", meets_on),
            employer=boards.employer_off_limits(person.works_at),
            override=bool(request.form.get("override")),
            seen=forms.seen(),
            agency=agency().id,
        )

    return _changed(submission_id, moved, "Moved.")


@pages.post("/submissions/<uuid:submission_id>/told")
def tell(submission_id: UUID) -> Response:
    def told(row: Any) -> None:
        words = _words(row.cause or stage_name(row.stage), boards.known_job(row.job))
        how = _told("how")
        recruiting.tell_candidate(forms.command(), row.id, how.pop("told", ""), words, forms.seen(), **how)

    return _changed(submission_id, told, "Told.")


@pages.post("/submissions/<uuid:submission_id>/ending")
def end(submission_id: UUID) -> Response:
    """It came to nothing: whoever was sent to the client is rung first, unless there is a reason not to."""

    def ended(row: Any) -> None:
        job = boards.known_job(row.job)
        recruiting.end_submission(
            forms.command(),
            row.id,
            request.form.get("cause", ""),
            request.form.get("no_call") or None,
            standing=ending(job, views.jobs.client(job.client)),
            seen=forms.seen(),
            agency=agency().id,
        )

    return _changed(submission_id, ended, "Ended.", then="submission")


@pages.post("/submissions/<uuid:submission_id>/reopening")
def reopen(submission_id: UUID) -> Response:
    def reopened(row: Any) -> None:
        recruiting.reopen_submission(forms.command(), row.id, forms.seen())

    return _changed(submission_id, reopened, "Taken up again.")


def _changed(submission_id: UUID, change: Callable[[Any], None], said: str, then: str = "") -> Response:
    """Make the change and show the board or the page that it was made on; a refusal shows it with every word kept."""
    candidates.writing()
    row = _known(submission_id)
    on_board = request.form.get("shown_on") == "job" and not then
    try:
        change(row)
    except Refused as refused:
        filled = refilled(request.form, refused, FIELDS, promise=submission_id, move=request.path.rpartition("/")[2])
        if isinstance(refused, Stale):
            filled.errors["form"] = f"{who(refused.by)} changed this at {_clock(refused)}. Here is how it stands now."
        if on_board:
            context = boards.board(row.job, filled)
            return page_or_fragment("boards/page.html", "board", forms.status(refused), **context)
        context = _submission(submission_id, filled)
        return page_or_fragment("submissions/page.html", "submission", forms.status(refused), **context)
    views.catch_up()
    if batch := forms.identity("batch"):
        return go(url_for("endings.progress", job_id=row.job, batch=batch))
    if on_board:
        there = url_for("boards.page", job_id=row.job, _anchor=f"submission-{row.id}")
        return saved("boards/page.html", "board", there, **boards.board(row.job, said=said))
    there = url_for("submissions.page", submission_id=row.id)
    return saved("submissions/page.html", "submission", there, **_submission(submission_id, said=said))


def _submission(submission_id: UUID, filled: Filled | None = None, said: str | None = None) -> dict[str, Any]:
    row = _known(submission_id)
    job = boards.known_job(row.job)
    client = views.jobs.client(job.client)
    (card,) = boards.cards(job, client, [row])
    promises = [found for id in (row.answer, row.call) if id and (found := views.promises.promise(id))]
    return {
        "card": card,
        "job": job,
        "client": client,
        "steps": views.submissions.steps(submission_id),
        "promises": promises,
        "draft": follow_up(card.person.name, job, client, row.cause, bool(row.call)) if row.cause else "",
        "telling": TELLING,
        "told_before": _told_before(row.candidate),
        "endings": list(Ending),
        "no_calls": list(NoCall),
        "calls_first": process().calls_first(row.stage),
        "call_by": promised_by(Starts.ENDED),
        "answer_by": promised_by(Starts.NOT_TOLD),
        "filled": filled or Filled(),
        "writable": candidates.may_write() and row.listed,
        "shown_on": "submission",
        "said": said,
    }


def _clock(stale: Stale) -> str:
    """When the other was faster: the time of day, with the day if it was another one."""
    return at(stale.at).removeprefix("today ")


def _known(submission_id: UUID) -> Any:
    row = views.submissions.submission(submission_id)
    if row is None:
        raise NotFound(submission_id)
    return row


def _agreement() -> Agreement:
    return Agreement(
        forms.moment("agreed_at", zone().key) or now(),
        request.form.get("channel", ""),
        forms.day("until"),
        forms.text("words"),
    )


def _meets_on() -> date | None:
    return forms.day("meets_on")


def _told(field: str) -> dict[str, Any]:
    """How they are told now, or in which entry they were before; nothing where they were not."""
    said = request.form.get(field, "")
    try:
        return {"told_in": UUID(said)}
    except ValueError:
        return {"told": said} if said else {}


def _told_before(candidate: UUID) -> list[tuple[UUID, str]]:
    """The latest entries by which we reached somebody, each as one line: "call, talked, today 10:02: “…”"."""
    reached = [row for row in views.timeline.of(candidate, limit=LOOKED_THROUGH) if _reached(row)]
    return [(row.subject, _in_a_line(row)) for row in reached[:TOLD_BEFORE]]


def _reached(row: Any) -> bool:
    stands = row.kind == "touchpoint" and not (row.retracted_at or row.moved_at)
    return stands and row.direction == Direction.OUT and row.outcome in (None, Outcome.TALKED)


def _in_a_line(row: Any) -> str:
    how = ", ".join(filter(None, (row.channel, row.outcome, at(row.happened_at))))
    words = " ".join((in_passing(row.words, row) or "").split())
    return f"{how}: “{words if len(words) <= IN_A_LINE else words[:IN_A_LINE].rstrip() + '…'}”" if words else how


def _words(what: str, job: Any) -> str:
    """What the entry says by which they were told: as typed, or what it was about."""
    return forms.text("note") or f"Told: {what}, {job.title} at {views.jobs.client(job.client).name}."  # type: ignore[union-attr]


# A candidate's


@pages.route("/candidates/<uuid:candidate_id>/submissions", methods=["GET", "POST"])
def of_candidate(candidate_id: UUID) -> Response:
    """Submit somebody to a job, and say which client must never hear of them."""
    candidates.writing()
    candidates.known(candidate_id)
    if request.method == "GET":
        return _theirs(candidate_id)
    try:
        job = forms.identity("job")
        if job is None:
            raise Refused("Choose a job.", "job")
        agreement = _agreement() if request.form.get("channel") else None
        recorded = recruiting.shortlist(forms.command(), job, candidate_id, agreement)
    except Refused as refused:
        filled = refilled(request.form, refused, ("job", *FIELDS))
        return _theirs(candidate_id, filled, forms.status(refused))
    views.catch_up()
    return go(url_for("submissions.page", submission_id=recorded.streams[0]))


@pages.post("/candidates/<uuid:candidate_id>/never-tell")
def never_tell(candidate_id: UUID) -> Response:
    """A client that must never hear of somebody, or may after all."""
    candidates.writing()
    candidates.known(candidate_id)
    try:
        if again := forms.identity("may_hear", "client"):
            recruiting.withdraw_never_tell(forms.command(), candidate_id, again)
        else:
            name = forms.line("client")
            client = views.jobs.called(name)
            if client is None:
                raise Refused(f"No client is called “{name}”." if name else "Write which client.", "client")
            recruiting.note_never_tell(forms.command(), candidate_id, client.id)
    except Refused as refused:
        return _theirs(candidate_id, refilled(request.form, refused, ("client",)), forms.status(refused))
    views.catch_up()
    there = url_for("submissions.of_candidate", candidate_id=candidate_id)
    return saved("submissions/theirs.html", "theirs", there, **_about(candidate_id, Filled(), said="Saved."))


def _theirs(candidate_id: UUID, filled: Filled | None = None, status: int = 200) -> Response:
    return page_or_fragment("submissions/theirs.html", "theirs", status, **_about(candidate_id, filled or Filled()))


def _about(candidate_id: UUID, filled: Filled, said: str | None = None) -> dict[str, Any]:
    candidate = candidates.known(candidate_id)
    never = views.submissions.never_tell([candidate_id])[candidate_id]
    shown = submissions_of(candidate_id)
    on_board = {row.job for row in shown["rows"] if row.ended_at is None}
    jobs = [job for job in views.jobs.open(limit=MOST_JOBS) if job.id not in on_board]
    clients = views.jobs.these({job.client for job in jobs} | never)
    return {
        **candidates.person(candidate),
        "submitted": shown,
        "open_jobs": jobs,
        "clients": clients,
        "never": [clients[id] for id in sorted(never, key=lambda id: clients[id].folded)],
        "telling": TELLING,
        "filled": filled,
        "said": said,
    }


def submissions_of(candidate_id: UUID) -> dict[str, Any]:
    """A candidate's submissions, with their jobs and clients by id."""
    rows = views.submissions.of(candidate_id)
    jobs = views.jobs.jobs({row.job for row in rows})
    clients = views.jobs.these({row.client for row in rows})
    return {"rows": rows, "jobs": jobs, "clients": clients, "live": sum(row.ended_at is None for row in rows)}
