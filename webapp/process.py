"""How the agency goes about it, on one page for its owner: stages, the call before a no, promises by itself, words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request, session, url_for

from domain.process import SHIPPED_PROCESS, Process, StandingPromise, Starts, Unit, reaching
from domain.refusal import Refused
from domain.stages import LASTING, OwnStage, key_for
from domain.unpromised import Unpromised
from webapp import forms
from webapp.agencys import process
from webapp.doors import for_roles
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency
from webapp.htmx import go, page_or_fragment
from webapp.ledger import recruiting, views

pages = Blueprint("process", __name__)

NEW = "new"
STARTS = {
    Starts.NOT_TOLD: "somebody is moved and not told yet",
    Starts.INTERVIEW: "the day of an interview is noted (counted from it)",
    Starts.ENDED: "it ends, and a call comes first",
    Starts.ENDED_EARLY: "it ends before that",
}


@pages.get("/settings/process")
def page() -> Response:
    return _page(_stands(process()), said=session.pop("said about the process", None))


@pages.post("/settings/process")
@for_roles("owner")
def change() -> Response:
    known, added = process(), ""
    try:
        changed, added = _said(known)
        dropped = {stage.key for stage in changed.every_stage if stage.dropped and not known.stage(stage.key).dropped}
        in_use = [key for key in dropped if views.submissions.anybody_at(key)]
        recruiting.change_process(forms.command(), agency().id, changed, in_use, forms.seen())
    except Refused as refused:
        if refused.field in (f"stage-{added}", f"days-{added}"):
            refused.field = refused.field.removesuffix(added) + NEW
        return _page(refilled(request.form, refused, _fields(known)), forms.status(refused))
    session["said about the process"] = "Saved."
    views.catch_up()
    return go(url_for("process.page"))


# What the form says


def _said(known: Process) -> tuple[Process, str]:
    """The process as the form has it, and what the fields of a stage that is new in it are called by, if one is."""
    stages = [_stage(stage) for stage in known.every_stage]
    added = ""
    if name := forms.line("stage-new", field="stage-new"):
        new = OwnStage(key_for(name, stages), name, _number("days-new"), "interview-new" in request.form)
        after = next((at for at, stage in enumerate(stages) if stage.key == request.form.get("after-new")), len(stages))
        stages.insert(after + 1, new)
        added = new.slug
    promises = [_promise(each.key, each.on) for each in known.promises if f"drop-words-{each.key}" not in request.form]
    if "words-new" in request.form and forms.line("words-new"):
        promises.append(replace(_promise(NEW, on=True), key=_free_key(promises)))
    from_stage = request.form.get("call_first_from", known.call_first_from)
    return Process(tuple(stages), from_stage, tuple(promises), _unpromised()), added


def _stage(known: OwnStage) -> OwnStage:
    """A stage as the form has it, or as it is where the form does not know of it."""
    slug = known.slug
    if known.dropped or f"stage-{slug}" not in request.form:
        return known
    if f"drop-{slug}" in request.form:
        return replace(known, dropped=True)
    name, days = forms.line(f"stage-{slug}", 10_000), _number(f"days-{slug}")
    return replace(known, name=name, silent_after=days, interview=f"interview-{slug}" in request.form)


def _promise(key: str, on: bool) -> StandingPromise:
    starts, unit = request.form.get(f"starts-{key}", ""), request.form.get(f"unit-{key}", "")
    words, on = forms.line(f"words-{key}", 10_000), on if key == NEW else f"on-{key}" in request.form
    return StandingPromise(key, starts, words, _number(f"within-{key}"), unit, on)


def _free_key(promises: list[StandingPromise]) -> str:
    taken = {each.key for each in (*promises, *process().promises)}
    return next(key for number in range(1, len(taken) + 2) if (key := f"own-{number}") not in taken)


def _unpromised() -> tuple[Unpromised, ...]:
    """One a line, what to say instead after a colon."""
    lines = (line.partition(":") for line in forms.text("unpromised").splitlines() if line.strip())
    return tuple(Unpromised(" ".join(words.split()), " ".join(instead.split())) for words, _, instead in lines)


def _number(field: str) -> int:
    """0, which no field takes, for what is no number."""
    written = request.form.get(field, "").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0


# The page


def _stands(known: Process) -> Filled:
    """The form as things are."""
    typed = Typed({"call_first_from": known.call_first_from, "days-new": "3", "within-new": "1", "unit-new": Unit.DAYS})
    typed["after-new"] = known.stages[-1].key
    for stage in known.stages:
        typed |= {f"stage-{stage.slug}": stage.name, f"days-{stage.slug}": str(stage.silent_after)}
        typed |= {f"interview-{stage.slug}": "1"} if stage.interview else {}
    for each in known.promises:
        typed |= {f"starts-{each.key}": each.starts, f"words-{each.key}": each.words, f"unit-{each.key}": each.unit}
        typed |= {f"within-{each.key}": str(each.within), **({f"on-{each.key}": "1"} if each.on else {})}
    typed["unpromised"] = "\n".join(f"{each.words}: {each.instead}".removesuffix(": ") for each in known.unpromised)
    return Filled(typed)


def _unsaid(stands: Typed, typed: Typed) -> dict[str, str]:
    """What a form that was sent does not know of, since somebody else added it meanwhile."""
    known = {name.partition("-")[2] for name in typed if name.startswith(("stage-", "words-"))}
    return {name: value for name, value in stands.items() if "-" in name and name.partition("-")[2] not in known}


def _fields(known: Process) -> tuple[str, ...]:
    """The fields that a refusal may stand beside."""
    stages = [f"{field}-{slug}" for slug in (NEW, *(s.slug for s in known.stages)) for field in ("stage", "days")]
    keys = (NEW, *(each.key for each in known.promises))
    promises = [f"{field}-{key}" for key in keys for field in ("starts", "words", "within", "unit")]
    return (*stages, *promises, "call_first_from", "unpromised")


def _page(filled: Filled, status: int = 200, said: str | None = None) -> Response:
    known = process()
    context: dict[str, Any] = {
        "filled": replace(filled, typed=Typed({**_unsaid(_stands(known).typed, filled.typed), **filled.typed})),
        "seen": agency().process_changed,
        "lasting": LASTING,
        "starts": {**STARTS, **{reaching(each.key): f"somebody reaches “{each.name}”" for each in known.stages}},
        "units": list(Unit),
        "shipped": known == SHIPPED_PROCESS,
        "said": said,
    }
    return page_or_fragment("process/page.html", "process", status, **context)
