"""Ending many submissions of one job at once: each reads a personal mail, and whoever gets none is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from domain.merging import check
from domain.process import Starts
from domain.refusal import NotFound, Refused
from domain.shipped import NOT_THIS_TIME
from domain.submission import Ending
from domain.touchpoint import Channel
from domain.words import LONGEST_LINE
from webapp import boards, candidates, ending_mails, forms
from webapp.agencys import process
from webapp.boards import Card
from webapp.ending_mails import Batch, why_by_hand
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency
from webapp.htmx import go, page_or_fragment
from webapp.ledger import installation, views
from webapp.merging import ABOUT_A_JOB, merged, signature, values_of
from webapp.messages import LONGEST, sends
from webapp.reminders import wake
from webapp.standing import ending
from webapp.work import ENDED

pages = Blueprint("endings", __name__)

FIELDS = ("cause", "subject", "text", "submission")
CAUSES = [cause for cause in Ending if cause is not Ending.CANDIDATE_SAID_NO]


@dataclass(frozen=True)
class Read:
    """What one person would read; `why` they would not."""

    card: Card
    text: str
    why: str


@pages.get("/jobs/<uuid:job_id>/endings")
def page(job_id: UUID) -> Response:
    """Whom it concerns, and the template: everybody who agreed or was sent is ticked once the job is gone."""
    candidates.writing()
    job = boards.known_job(job_id)
    return _page(job, _begun(job), _ticked(job))


@pages.post("/jobs/<uuid:job_id>/endings")
def end(job_id: UUID) -> Response:
    candidates.writing()
    job = boards.known_job(job_id)
    ticked = set(request.form.getlist("submission"))
    try:
        batch = _said(job, ticked)
    except Refused as refused:
        return _page(job, refilled(request.form, refused, FIELDS), ticked, forms.status(refused))
    if "look" in request.form:
        return _page(job, Filled(Typed(request.form)), ticked, read=_read(job, batch))
    command = forms.command()
    if ending_mails.begin(installation, command, batch):
        wake(installation)
    return go(url_for("endings.progress", job_id=job_id, batch=command.id))


@pages.get("/jobs/<uuid:job_id>/endings/<uuid:batch>")
def progress(job_id: UUID, batch: UUID) -> Response:
    """How far it is, who was written to, and whom to ring or write to by hand."""
    job, doing = boards.known_job(job_id), installation.work.job(batch)
    if doing is None or doing.kind != ending_mails.KIND or doing.detail["job"] != str(job_id):
        raise NotFound(batch)
    came = {UUID(id): tuple(how) for id, how in doing.detail.get("came", {}).items()}
    rows = [row for row in views.submissions.board(job_id) if row.id in came]
    people = {row.id: row for row in views.directory.people([row.candidate for row in rows])}
    return page_or_fragment(
        "endings/progress.html",
        "progress",
        job=job,
        doing=doing,
        going_on=doing.state not in ENDED,
        came=[(row, people[row.candidate], *came[row.id]) for row in rows],
        total=len(doing.detail["submissions"]),
        writable=candidates.may_write(),
        shown_on="endings",
    )


def _said(job: Any, ticked: set[str]) -> Batch:
    """What the form says, for those who still stand where no call comes first. Raises Refused."""
    if not ticked:
        raise Refused("Tick whom it concerns.", "submission")
    chosen = [str(card.row.id) for card in _early(job) if str(card.row.id) in ticked]
    if not chosen:
        raise Refused("Nobody of these can be ended here any more.", "submission")
    cause = request.form.get("cause", "")
    if cause not in CAUSES:
        raise Refused("Choose why it ends.", "cause")
    subject, text = forms.line("subject", LONGEST_LINE), forms.text("text", LONGEST)
    for field, words, otherwise in (
        ("subject", subject, "Give the mail a subject."),
        ("text", text, "Write the message."),
    ):
        if not words:
            raise Refused(otherwise, field)
        check(words, field, ABOUT_A_JOB)
    return Batch(str(job.id), chosen, cause, subject, text, sends(Channel.EMAIL), _promises(job))


def _promises(job: Any) -> list[list[str]]:
    """What is promised to whoever is told by hand."""
    made = ending(job, views.jobs.client(job.client), Starts.ENDED_EARLY).promises
    return [
        [each.words, each.due.on.isoformat(), each.due.at.isoformat() if each.due.at else "", each.due.zone]
        for _, each in made
    ]


def _early(job: Any) -> list[Card]:
    """Those on the board who got not so far that a call comes first."""
    return [card for card in _live(job) if not process().calls_first(card.row.stage)]


def _live(job: Any) -> list[Card]:
    rows = [row for row in views.submissions.board(job.id) if row.ended_at is None]
    return boards.cards(job, views.jobs.client(job.client), rows)


def _ticked(job: Any) -> set[str]:
    """Nobody while the job is open; then whoever may know of it."""
    rows = [card.row for card in _early(job)] if job.state != "open" else []
    return {str(row.id) for row in rows if row.agreed_at or row.submitted_at or row.told_at}


def _begun(job: Any) -> Filled:
    offered = [each for each in views.templates.everything() if not each.retired_at]
    wanted = request.args.get("template") or str(NOT_THIS_TIME)
    template = next((each for each in offered if str(each.id) == wanted), None)
    typed = Typed(cause=Ending.JOB_GONE if job.state == "closed" else Ending.CLIENT_SAID_NO)
    if template is not None:
        typed |= {"template": str(template.id), "subject": template.subject, "text": template.words}
    return Filled(typed)


def _read(job: Any, batch: Batch) -> list[Read]:
    """What each would read, or the sentence that says why not."""
    client, chosen = views.jobs.client(job.client), set(batch.submissions)
    cards = [card for card in _early(job) if str(card.row.id) in chosen]
    never = views.wishes.never_among([card.row.candidate for card in cards])
    read = []
    for card in cards:
        values, why = values_of(card.person, current_user, agency(), job, client), ""
        text = ""
        try:
            text = f"{merged('subject', batch.subject, values)}\n\n{merged('text', batch.text, values)}"
        except Refused as refused:
            why = refused.sentence
        by_hand = why_by_hand(card.person, card.row.candidate in never, batch.mails)
        read.append(Read(card, "" if by_hand or why else f"{text}\n\n{signature()}", by_hand or why))
    return read


def _page(job: Any, filled: Filled, ticked: set[str], status: int = 200, read: list[Read] | None = None) -> Response:
    live = _live(job)
    early = [card for card in live if not process().calls_first(card.row.stage)]
    return page_or_fragment(
        "endings/page.html",
        "endings",
        status,
        job=job,
        early=early,
        late=[card for card in live if process().calls_first(card.row.stage)],
        filled=filled,
        ticked=ticked,
        causes=CAUSES,
        offered=[each for each in views.templates.everything() if not each.retired_at],
        read=read,
        mails=sends(Channel.EMAIL),
    )
