"""Tell all who wait: one press moves what we promised everybody about a job; then whom to call, and whom to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from domain.merging import filled as filled_in
from domain.names import same_company
from domain.promise import Party
from domain.refusal import Refused
from domain.shipped import NEW_DATE
from webapp import boards, candidates, forms
from webapp.agencys import process, stage_name
from webapp.chains import told_of
from webapp.dues import due_said
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency, in_words
from webapp.htmx import page_or_fragment, saved
from webapp.ledger import recruiting, views
from webapp.merging import values_of
from webapp.messages import CHANNELS
from webapp.promised import know_of
from webapp.reaching import openers
from webapp.wished import wished

pages = Blueprint("waiting", __name__)

FIELDS = ("promise", "due", "due_at", "why")
NOBODY = "We know no way to reach them."


@dataclass(frozen=True)
class Waits:
    """Somebody who waits: what we promised them, the stage they are at, and why they are rung up rather than written
    to ("" if they may be written to). `barred` says that they can or may not be told at all."""

    promise: Any
    person: Any
    stage: str
    call: str
    barred: str
    message: str

    @property
    def untold(self) -> bool:
        """Whether the date moved and they do not know it yet."""
        return self.promise.told is False


@pages.get("/jobs/<uuid:job_id>/waiting")
def page(job_id: UUID) -> Response:
    return page_or_fragment("waiting/page.html", "waiting", **_page(job_id))


@pages.post("/jobs/<uuid:job_id>/waiting/dates")
def move(job_id: UUID) -> Response:
    """One new date for everything that is ticked, or for nothing."""

    def moved() -> str:
        ticked, by_when, why = _ticked(), due_said(), forms.line("why")
        if by_when is None:
            raise Refused("Say by when.", "due")
        due, phrase = by_when
        recruiting.move_all(forms.command(), ticked, due, why, phrase)
        return f"Moved to {in_words(due)}. Now tell them."

    return _done(job_id, moved)


@pages.post("/jobs/<uuid:job_id>/waiting/told")
def tell(job_id: UUID) -> Response:
    """One of them knows of the new date."""

    def told() -> str:
        whom, how = forms.identity("told", "form"), request.form.get("how", "")
        promise = views.promises.promise(whom) if whom else None
        if promise is None:
            raise Refused("Choose whom you told.")
        recruiting.tell_new_date(forms.command(), promise.id, how, told_of(promise), forms.seen())
        return "Told."

    return _done(job_id, told)


def _done(job_id: UUID, do: Callable[[], str]) -> Response:
    candidates.writing()
    boards.known_job(job_id)
    try:
        said = do()
    except Refused as refused:
        context = _page(job_id, refilled(request.form, refused, FIELDS))
        return page_or_fragment("waiting/page.html", "waiting", forms.status(refused), **context)
    views.catch_up()
    there = url_for("waiting.page", job_id=job_id)
    return saved("waiting/page.html", "waiting", there, **_page(job_id, said=said))


def _ticked() -> tuple[tuple[UUID, int], ...]:
    """The promises ticked, each with the version in which it was seen."""
    try:
        return tuple((UUID(id), int(seen)) for id, _, seen in (one.partition(" ") for one in _ticks()))
    except ValueError:
        raise Refused("Tick at least one promise.", "promise") from None


def _ticks() -> list[str]:
    return [one[:60] for one in request.form.getlist("promise")]


def _page(job_id: UUID, filled: Filled | None = None, said: str | None = None) -> dict[str, Any]:
    job = boards.known_job(job_id)
    client = views.jobs.client(job.client)
    stages = {row.candidate: row.stage for row in views.submissions.board(job_id) if row.ended_at is None}
    owed, ours = _promises(job, client, stages)
    know_of([*owed, *ours])
    waits = _waits(ours, stages)
    ticked = _ticks() if filled else [str(each.promise.id) for each in waits if not each.untold]
    return {
        "job": job,
        "client": client,
        "owed": owed,
        "waits": waits,
        "to_call": [each for each in waits if each.untold and each.call and not each.barred],
        "to_write": [each for each in waits if each.untold and not each.call and not each.barred],
        "barred": [each for each in waits if each.untold and each.barred],
        "ticked": {one.partition(" ")[0] for one in ticked},
        "template_id": NEW_DATE,
        "filled": filled or Filled(Typed()),
        "writable": candidates.may_write(),
        "said": said,
    }


def _promises(job: Any, client: Any, stages: dict[UUID, str]) -> tuple[list[Any], list[Any]]:
    """What the client owes us about this job, and what we owe those who wait for it, the earliest due first."""
    about = views.promises.about([job.id])
    owed = {row.id: row for row in about if row.party == Party.CONTACT}
    others = views.promises.owed_by_contacts(stages)
    known = views.contacts.people({row.contact for row in others})
    owed |= {row.id: row for row in others if same_company(known[row.contact].works_at or "", client.name)}
    followers = [row for rows in views.promises.followers(owed).values() for row in rows]
    ours = {row.id: row for row in [*about, *followers] if row.party == Party.US}
    return _by_due(owed), _by_due(ours)


def _by_due(rows: dict[UUID, Any]) -> list[Any]:
    return sorted(rows.values(), key=lambda row: (row.due_on, row.id))


def _waits(ours: list[Any], stages: dict[UUID, str]) -> list[Waits]:
    """As many questions for a hundred as for one."""
    whom = {row.candidate for row in ours}
    people, wishes = {row.id: row for row in views.directory.people(whom)}, views.wishes.these(whom)
    template = views.templates.template(NEW_DATE)
    found = []
    for row in ours:
        person, stage = people[row.candidate], stages.get(row.candidate, "")
        theirs = wished(wishes.get(row.candidate))
        message = (
            filled_in(template.words, values_of(person, current_user, agency(), promise=row))[0] if template else ""
        )
        found.append(Waits(row, person, stage, _call(person, stage, theirs), _barred(person, theirs), message))
    return found


def _barred(person: Any, theirs: Any) -> str:
    """Why they cannot be told by us, "" if they can."""
    if theirs.unwelcome == "everything":
        return "Asked us never to get in touch."
    return "" if person.emails or person.phones else NOBODY


def _call(person: Any, stage: str, theirs: Any) -> str:
    """Why they are rung up, "" if a message will do."""
    if stage and process().calls_first(stage):
        return f"stands at “{stage_name(stage)}”"
    if not person.emails:
        return "no e-mail address"
    possible = [channel for channel in CHANNELS if openers(person, channel, "", "")]
    if theirs.unwelcome == "mails" or all(channel in theirs.wishes.unwanted for channel in possible):
        return "wishes to be rung up"
    return ""
