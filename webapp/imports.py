"""Import: upload or paste, see row by row what would happen, let it happen, take it back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, make_response, request, send_file, url_for
from flask_login import current_user

from domain.refusal import NotFound, Refused
from webapp import forms, noticed, paging, reminders
from webapp.doors import WRITERS, for_roles, takes_uploads
from webapp.filled import Filled, refilled
from webapp.htmx import go, page_or_fragment
from webapp.importing import committing, drafts, looking, reading, refused, undoing
from webapp.importing.chats import NOBODY, THEM, US
from webapp.importing.dates import Order
from webapp.importing.drafts import Draft
from webapp.importing.formats import CHAT, FORMATS, LABELS, NOTE, PEOPLE, Target
from webapp.importing.sheet import State
from webapp.importing.tables import SEPARATORS
from webapp.ledger import installation, views
from webapp.promised import know
from webapp.work import ENDED, RUNNING, STOPPED, WAITING

pages = Blueprint("imports", __name__)

A_PAGE = 50
REFUSED_SHOWN = 20
IMPORTS = 20
SAMPLES = 3
QUESTIONS = 50
LATER = 10
ABOUT_ONE = (CHAT, NOTE)
SPOKEN = {THEM: "The candidate", US: "One of us", NOBODY: "Leave out"}
NOT_YOURS = "Only whoever uploaded this file, or an owner, may do this."
BEGUN = "This is being imported already."
READ_AGAIN = "The file was read again in the meantime. Look at the rows once more."
NOTHING_SENT = "Choose a file, or paste something."


# Uploading


@pages.get("/import")
@for_roles(*WRITERS)
def index() -> Response:
    return _index(Filled())


@pages.post("/import")
@takes_uploads
def upload() -> Response:
    """Keep what was sent, and look at it: at once if it is small, else by the worker."""
    command, draft = forms.command().id, None
    try:
        draft = drafts.begin(installation, command, current_user.id, *_sent())
        if draft.encoding is not None and draft.looked == 0:
            _look(draft)
    except Refused as fault:
        if draft is not None:
            drafts.forget(installation, draft.id)
        return _index(refilled(request.form, fault, ("file", "text")), forms.status(fault))
    return go(url_for("imports.page", import_id=draft.id))


def _sent() -> tuple[str, Iterable[bytes]]:
    """The name and the content of the file, or of what was pasted."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename, iter(lambda: file.stream.read(2**20), b"")
    text = request.form.get("text", "")
    if not text.strip():
        raise Refused(NOTHING_SENT, "file")
    return drafts.PASTED, [text.encode("utf-8", "replace")]


def _index(filled: Filled, status: int = 200) -> Response:
    before = paging.position("before")
    rows = views.imports.page(before, IMPORTS + 1)
    return page_or_fragment(
        "imports/index.html",
        "past" if before is not None else "uploading",
        status,
        filled=filled,
        waiting=drafts.of(installation, current_user.id) if before is None else [],
        past=rows[:IMPORTS],
        more=rows[IMPORTS - 1].position if len(rows) > IMPORTS else None,
        labels=_labels(),
    )


# One import, in whatever state it is


@pages.get("/import/<uuid:import_id>")
@for_roles(*WRITERS)
def page(import_id: UUID) -> Response:
    if "after" in request.args:
        return page_or_fragment("imports/page.html", "rows", **_rows(_mine(import_id)))
    return _page(import_id)


def _page(import_id: UUID, status: int = 200, filled: Filled | None = None, draft: Draft | None = None) -> Response:
    """The stage an import is at: asked for an encoding, read, looked at, running, ended, taken back.

    `draft` has choices that were refused, to be shown as they were sent.
    """
    stage = _stage(import_id, draft)
    context: dict[str, Any] = {"filled": filled or Filled(), "import_id": import_id, "stage": stage.name, **stage.shows}
    return page_or_fragment("imports/page.html", "stage", status, labels=_labels(), **context)


@dataclass(frozen=True)
class Stage:
    """Where an import is, and what there is to show of it."""

    name: str
    shows: dict[str, Any]


def _stage(import_id: UUID, refused_draft: Draft | None) -> Stage:
    undo, job = installation.work.job(undoing.undo_job(import_id)), installation.work.job(import_id)
    fact, draft = views.imports.one_of(import_id), refused_draft or drafts.load(installation, import_id)
    if undo is not None and undo.state in (WAITING, RUNNING):
        return Stage("running", {"job": undo, "fact": fact, "draft": draft, "undoing": True})
    if job is not None and job.state in (WAITING, RUNNING):
        return Stage("running", {"job": job, "fact": fact, "draft": draft, "undoing": False})
    if fact is not None:
        return Stage("ended", _ended(import_id, fact, job, undo))
    if draft is None:
        raise NotFound(import_id)
    _only_mine(draft)
    if job is not None:
        return Stage("trouble", {"draft": draft, "why": job.detail.get("why", ""), "choices": {}, "encodings": {}})
    if draft.encoding is None:
        return Stage("encoding", {"draft": draft, **_encodings(draft)})
    look = installation.work.job(looking.look_job(draft))
    if look is not None and look.state not in ENDED:
        return Stage("reading", {"draft": draft, "job": look})
    if draft.trouble or not draft.looked or draft.shape is None:
        why = draft.trouble or (look.detail.get("why", "") if look is not None else "")
        return Stage("trouble", {"draft": draft, "why": why, **_encodings(draft)})
    return Stage("preview", _preview(draft))


def _encodings(draft: Draft) -> dict[str, Any]:
    """In how many ways a file can be read that does not say how."""
    file = drafts.source(installation, draft.id)
    says = reading.encoding_of(file) is not None
    return {"choices": {} if says else reading.choices(file), "encodings": reading.NAMES}


def _ended(import_id: UUID, fact: Any, job: Any, undo: Any) -> dict[str, Any]:
    mine = fact.by == current_user.id or current_user.role == "owner"
    left = drafts.refused_file(installation, import_id)
    stayed = [UUID(id) for id in undo.detail.get("stayed", ())] if undo is not None else []
    return {
        "fact": fact,
        "job": job,
        "undo": undo,
        "may_undo": mine,
        "stayed": views.directory.names(stayed),
        "left": list(refused.first(left, REFUSED_SHOWN)) if mine else [],
        **_caught(import_id),
    }


def _caught(import_id: UUID) -> dict[str, Any]:
    """The promises in what was imported; to be answered are those due about now, with nothing said since."""
    people, promises = installation.work.count_caught(import_id)
    entries = views.timeline.entries(installation.work.caught_soon(import_id, QUESTIONS)).values()
    asked = [question for entry in entries if _was_last(entry) and (question := noticed.asked_about(entry, soon=True))]
    asked = sorted((each for each in asked if each["noticed"]), key=lambda each: each["noticed"][0].due_on)
    know({each["entry"].candidate for each in asked})
    return {"caught_people": people, "caught_promises": promises, "unanswered": asked, "shown_on": "import"}


def _was_last(entry: Any) -> bool:
    """Whether nothing was said with that person after it."""
    said = (row for row in views.timeline.of(entry.candidate, limit=LATER) if row.kind == "touchpoint")
    return next((row.subject for row in said if not row.retracted_at), None) == entry.subject


def _preview(draft: Draft) -> dict[str, Any]:
    assert draft.shape is not None
    found = _rows(draft)
    return {
        **found,
        "columns": _columns(draft),
        "targets": LABELS,
        "spoken": SPOKEN,
        "orders": list(Order),
        "choices": looking.CHOICES,
        "separators": SEPARATORS,
        "encodings": reading.NAMES,
        "others": _others(draft),
        "is_anything": draft.changes > 0
        or (found["counts"].get(State.POSSIBLE, 0) > 0 and draft.shape.kind not in ABOUT_ONE),
    }


def _rows(draft: Draft) -> dict[str, Any]:
    """One page of the rows, all or those of one state."""
    show = request.args.get("show", "")
    state = show if show in list(State) else None
    with closing(drafts.sheet(installation, draft)) as sheet:
        counts, rows = sheet.counts(), sheet.page(state, paging.position("after") or 0, A_PAGE + 1)
    return {
        "draft": draft,
        "import_id": draft.id,
        "show": state or "",
        "states": list(State),
        "counts": counts,
        "rows": rows[:A_PAGE],
        "more": rows[A_PAGE - 1].number if len(rows) > A_PAGE else None,
    }


@dataclass(frozen=True)
class MatchedColumn:
    """A column of the file: what it is called, what it becomes, and a few of its cells."""

    name: str
    target: str
    samples: list[str]


def _columns(draft: Draft) -> list[MatchedColumn]:
    assert draft.shape is not None
    with closing(drafts.sheet(installation, draft)) as sheet:
        rows = sheet.page(None, 0, A_PAGE)
    samples = [_samples(row.cells[place] for row in rows) for place in range(len(draft.targets))]
    return [MatchedColumn(*each) for each in zip(draft.shape.headers, draft.targets, samples, strict=True)]


def _samples(cells: Iterable[str]) -> list[str]:
    found = dict.fromkeys(" ".join(cell.split())[:60] for cell in cells if cell.strip())
    return list(found)[:SAMPLES]


def _others(draft: Draft) -> list[str]:
    """What else this could be taken for."""
    if draft.shape is None or draft.shape.kind is CHAT:
        return []
    return [PEOPLE.key, NOTE.key, "csv"] if draft.is_pasted or not draft.shape.is_table else []


# Saying how it is to be read


@pages.post("/import/<uuid:import_id>/columns")
def columns(import_id: UUID) -> Response:
    """Other choices about how the file is read; it is looked at again with them."""
    draft = _mine(import_id)
    if drafts.is_begun(installation, import_id):
        return _page(import_id, 409, Filled(errors={"form": BEGUN}))
    try:
        _choose(draft)
        _look(draft)
        if draft.is_ready:
            looking.save_columns(installation, draft)
    except Refused as fault:
        filled = refilled(request.form, fault, ("encoding", "about"))
        return _page(import_id, forms.status(fault), filled, draft if draft.shape is not None else None)
    return go(url_for("imports.page", import_id=import_id))


def _choose(draft: Draft) -> None:
    """What the form says, onto the draft. Raises Refused."""
    form = request.form
    if form.get("encoding"):
        encoding = reading.chosen(form["encoding"])
        if encoding != draft.encoding:
            draft.encoding, draft.shape, draft.roles = encoding, None, {}
    if form.get("like") in FORMATS and draft.shape is not None and form["like"] != draft.shape.format:
        draft.like, draft.shape = form["like"], None
    if form.get("headed") in ("yes", "no") and draft.shape is not None:
        headed = form["headed"] == "yes"
        if draft.shape.is_table and headed != draft.shape.headed:
            draft.headed, draft.shape = headed, None
    if form.get("order") in list(Order) and form["order"] != draft.order:
        draft.order, draft.is_order_chosen = form["order"], True
    draft.about = forms.line("about") if "about" in form else draft.about
    if draft.shape is None:
        return
    for place in range(len(draft.targets)):
        if form.get(f"column-{place}") in list(Target):
            draft.targets[place] = form[f"column-{place}"]
    _choose_speakers(draft)


def _choose_speakers(draft: Draft) -> None:
    form = request.form
    for place, name in enumerate(draft.roles):
        if form.get(f"speaker-{place}") in SPOKEN:
            draft.roles[name] = form[f"speaker-{place}"]
    them = [name for name, role in draft.roles.items() if role == THEM]
    if draft.roles and len(them) != 1:
        raise Refused("Choose which one of them is the candidate.", "about")
    if draft.roles and not draft.about:
        draft.about = them[0]


def _look(draft: Draft) -> None:
    """Now, or by the worker if it takes longer than a page may. Raises Refused."""
    if looking.is_quick(draft):
        looking.understand(installation, draft)
        looking.look(installation, draft)
    else:
        drafts.save(installation, draft)
        looking.look_later(installation, draft)
        reminders.wake(installation)


# Letting it happen


@pages.post("/import/<uuid:import_id>/commit")
def commit(import_id: UUID) -> Response:
    """Record it all, in the background."""
    draft = _mine(import_id)
    if not drafts.is_begun(installation, import_id):
        if request.form.get("looked") != str(draft.looked) or not draft.is_ready:
            return _page(import_id, 409, Filled(errors={"form": READ_AGAIN}))
        draft.possible = request.form["possible"] if request.form.get("possible") in looking.CHOICES else draft.possible
        drafts.save(installation, draft)
        looking.save_columns(installation, draft)
        committing.begin(installation, draft)
        reminders.wake(installation)
    return go(url_for("imports.page", import_id=import_id))


@pages.post("/import/<uuid:import_id>/stop")
def stop(import_id: UUID) -> Response:
    """Leave the rest of the rows alone; what is recorded stays, and can be taken back."""
    _only_mine(_known(import_id))
    installation.work.end_job(import_id, STOPPED)
    return go(url_for("imports.page", import_id=import_id))


@pages.post("/import/<uuid:import_id>/undo")
def undo(import_id: UUID) -> Response:
    """Take the whole import back, in the background."""
    fact, job = views.imports.one_of(import_id), installation.work.job(import_id)
    if fact is None:
        raise NotFound(import_id)
    _only_mine(fact)
    if job is not None and job.state not in ENDED:
        return _page(import_id, 409, Filled(errors={"form": "This is still being imported. Stop it first."}))
    if fact.undone_at is None:
        undoing.begin(installation, import_id, current_user.id)
        reminders.wake(installation)
    return go(url_for("imports.page", import_id=import_id))


@pages.post("/import/<uuid:import_id>/away")
def throw_away(import_id: UUID) -> Response:
    """Delete an upload that was not imported."""
    _mine(import_id)
    if drafts.is_begun(installation, import_id):
        return _page(import_id, 409, Filled(errors={"form": BEGUN}))
    drafts.forget(installation, import_id)
    return go(url_for("imports.index"))


@pages.get("/import/<uuid:import_id>/refused.csv")
@for_roles(*WRITERS)
def refused_rows(import_id: UUID) -> Response:
    """The rows that were not taken, with the reasons."""
    file = drafts.refused_file(installation, import_id)
    _only_mine(_known(import_id))
    if not file.exists():
        abort(404, "These rows are not here any more: they are kept for seven days.")
    return make_response(
        send_file(file, mimetype="text/csv", as_attachment=True, download_name="kept-refused-rows.csv", max_age=0)
    )


# Whose it is


def _known(import_id: UUID) -> Any:
    """The import, or the upload it will be; either says by whom. Raises NotFound."""
    known = views.imports.one_of(import_id) or drafts.load(installation, import_id)
    if known is None:
        raise NotFound(import_id)
    return known


def _mine(import_id: UUID) -> Draft:
    draft = drafts.load(installation, import_id)
    if draft is None:
        raise NotFound(import_id)
    _only_mine(draft)
    return draft


def _only_mine(known: Any) -> None:
    """Who uploaded this, and owners, may go on. Answers 403."""
    if known.by != current_user.id and current_user.role != "owner":
        abort(403, NOT_YOURS)


def _labels() -> dict[str, str]:
    return {key: each.label for key, each in FORMATS.items()}


# How it is worded


@pages.app_template_filter()
def many(number: int, one: str, several: str = "") -> str:
    """ "1 row", "1,200 rows"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


@pages.app_template_filter()
def row_state(state: str) -> str:
    """A row's state above a list of such rows."""
    return {State.NEW: "New", State.MATCH: "Here already", State.POSSIBLE: "Perhaps", State.REFUSED: "Not read"}[state]


@pages.app_template_filter()
def instant(said: str) -> datetime:
    """An instant as a row has it."""
    return datetime.fromisoformat(said)


@pages.app_template_filter()
def what_comes(draft: Draft) -> str:
    """What the button imports: "12 people and 3 notes"."""
    people = many(draft.people, "person", "people") if draft.people else ""
    notes = many(draft.notes, "note") if draft.notes else ""
    return " and ".join(filter(None, (people, notes))) or "what is new"
