"""A promise in words: who promised whom, what happened to it since, and how surely it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from flask import Flask, g, url_for
from markupsafe import Markup, escape

from domain.promise import Cause, Overtaken, Party, State
from projections.reminders import MAIL, PUSH
from webapp.absent import know_covered, stood_in
from webapp.filters import agency, at, due_said, just_now, now, today, who, zone
from webapp.hours import moment, next_working_day
from webapp.ledger import views

ERASED = "an erased person"
TOLD = {
    "made": "{who} promised {it}, due {due}",
    "renegotiated": "{who} moved {it} to {due}",
    "kept": "{who} kept {it}",
    "broken": "{who} noted {it} as not kept: {cause}",
    "released": "{who} noted {it} as no longer needed",
    "overtaken": "{who} noted {it} as overtaken: {cause}",
    "reopened": "{who} took back the last move: {it} is open, due {due}",
    "withdrawn": "{who} withdrew {it}",
    "reassigned": "{who} handed {it} to {keeper}",
    "corrected": "{who} corrected the words: {it}",
    "confirmed": "{waits} confirmed that {it} was kept",
    "evidence": "{who} gave evidence for {it}",
    "snoozed": "{who} asked to be reminded of {it} {until}",
    "redacted": "{who} removed the words of {it}",
    "fell due": "{it} fell due",
    "reminder sent": "Kept sent a reminder of {it} by {channel}",
    "reminder failed": "Kept could not send a reminder of {it} by {channel}",
}
TOLD_OF_THEIRS = {
    "made": "{them} promised {it} to us, due {due}",
    "kept": "{who} noted {it} as kept by {them}",
}
OVERTAKEN_BY = {
    Overtaken.JOB_GONE: "The job is gone",
    Overtaken.PLACED_ELSEWHERE: "Placed elsewhere",
    Overtaken.OTHER: "Overtaken by something else",
}
OPEN_MOVES = [
    ("kept", "With evidence"),
    ("dates", "New date"),
    ("not-kept", "Not kept"),
    ("release", "No longer needed"),
    ("keeper", "Hand to…"),
    ("corrections", "Correct"),
]
IN_A_ROW = OPEN_MOVES[1:4]
TOLD_BY = ("reminder sent", "reminder failed")
CALLED = {MAIL: "e-mail", PUSH: "notification"}
DONE_FOR = ("kept", "renegotiated", "broken", "released", "overtaken")
NO_MOVES = ("snoozed", "evidence", "confirmed")
AFTERNOON = time(14)


def init_promised(app: Flask) -> None:
    """Let templates say `promise.candidate|person`, `promise|promised`, `promise|told` and the like."""
    for wording in (person, promiser, promised, theirs, grade, told, closed_for, snoozed, may_move):
        app.add_template_filter(wording)
    app.jinja_env.globals.update(
        undoable=undoable, later_times=later_times, causes=list(Cause), overtaken_by=list(OVERTAKEN_BY.items())
    )


def know(people: Iterable[UUID], contacts: Iterable[UUID | None] = ()) -> None:
    """Ask for the names of these candidates, and of these people at clients, in one question each."""
    unknown = set(people) - set(_people())
    _people().update(views.directory.names(unknown) if unknown else {})
    strangers = {id for id in contacts if id} - set(_contacts())
    _contacts().update(views.contacts.people(strangers) if strangers else {})


def know_of(promises: Iterable[Any]) -> None:
    """Ask for the names that the rows of these promises will show, and who was away when a colleague closed them."""
    rows = list(promises)
    know({row.candidate for row in rows}, {row.contact for row in rows})
    know_covered({row.keeper for row in rows if row.closed_by not in (None, row.keeper)})
    _keepers().update({row.id: row.keeper for row in rows})


def forget_names() -> None:
    """Let go of them, where a great many follow."""
    _people().clear()
    _contacts().clear()
    _keepers().clear()


def person(candidate: UUID) -> str:
    """A candidate's name."""
    know([candidate])
    return _people().get(candidate) or ERASED


def theirs(promise: Any) -> bool:
    """Whether they owe us."""
    return bool(promise.party != Party.US)


def promiser(promise: Any) -> str:
    """Who undertook to do it: a colleague, the candidate, or somebody at a client."""
    if promise.party == Party.CANDIDATE:
        return person(promise.candidate)
    if promise.party == Party.CONTACT:
        return _contact(promise.contact)
    return who(promise.keeper)


def promised(promise: Any, named: UUID | None = None) -> Markup:
    """ "Dana promised Ada", "Ada promised us", "Priya at Acme promised us, about Ada"; the name leads to the person.

    Beside the colleague who is `named` already it is "promised to Ada", if it was the same one.
    """
    there, name = url_for("candidates.page", candidate_id=promise.candidate), person(promise.candidate)
    link = Markup(f'<a href="{escape(there)}">{escape(name)}</a>')
    if promise.party == Party.CANDIDATE:
        return link + " promised us"
    if promise.party == Party.CONTACT:
        return escape(promiser(promise)) + Markup(" promised us, about ") + link
    if named == promise.keeper:
        return Markup("promised to ") + link
    return escape(promiser(promise)) + Markup(" promised ") + link


def grade(promise: Any) -> str:
    """How surely a kept promise was kept: "confirmed by Ada", "with evidence", "on Dana's word"."""
    if promise.grade == "confirmed":
        return f"confirmed by {_waits(promise)}"
    return "with evidence" if promise.grade == "evidence" else f"on {_s(who(promise.closed_by))} word"


def closed_for(promise: Any) -> str:
    """ "Tom for Dana" of a promise that he closed while she was away and he covered, else nothing."""
    if promise.closed_by is None or not stood_in(promise.keeper, promise.closed_by, promise.closed_at):
        return ""
    return f"{who(promise.closed_by)} for {who(promise.keeper)}"


def told(row: Any, it: str = "it", promise: Any = None, keeper: UUID | None = None) -> Markup:
    """One event in the life of a promise as a sentence; `it` is what the promise is called there.

    `keeper` is who kept it at that time, if that is known better than by the promise as it stands.
    """
    of = promise or row
    if row.what in DONE_FOR:
        it = _for_whom(row, it, keeper or (promise.keeper if promise else _keepers().get(row.subject)))
    sentences = {**TOLD, **TOLD_OF_THEIRS} if theirs(of) else TOLD
    sentence = sentences.get(row.what, "{who}: {it}, " + row.what)
    if row.what == "reassigned" and row.keeper == row.by:
        sentence = "{who} took {it} over"
    if row.what == "snoozed" and row.until <= row.at:
        sentence = "{who} asked to be reminded of {it} as planned"
    said = Markup(sentence).format(
        who=who(row.by),
        it=it,
        them=promiser(of) if theirs(of) else "",
        waits=_waits(of, row.by) if row.what == "confirmed" else "",
        due=due_said(row) if row.due_on else "",
        keeper=who(row.keeper) if row.what == "reassigned" else "",
        until=at(row.until) if row.what == "snoozed" else "",
        cause=row.cause or "no cause given",
        channel=CALLED.get(row.channel, row.channel) if row.what in TOLD_BY else "",
    )
    return Markup(said[:1].upper()) + Markup(said[1:])


def _for_whom(row: Any, it: str, keeper: UUID | None) -> str:
    """ "it for Dana" where who did it covered for her."""
    if keeper is None or row.by in (None, keeper):
        return it
    at = row.at if "at" in row._fields else row.recorded_at
    return Markup("{} for {}").format(it, who(keeper)) if stood_in(keeper, row.by, at) else it


# What may be done about it


def may_move(promise: Any, shown_on: str = "promise") -> list[tuple[str, str]]:
    """The moves that need a form of their own, each with the words on its button; Kept and Undo need none.

    All of them on its own page, the most needed in the rows of other pages. Of somebody erased nothing more can be
    written down, but that it was kept or not; of somebody withdrawn nothing.
    """
    if not promise.listed:
        return []
    if promise.state == State.OPEN:
        if promise.words is None:
            return [("not-kept", "Not kept")]
        return OPEN_MOVES if shown_on == "promise" else IN_A_ROW
    if promise.state == State.KEPT and promise.words is not None and promise.grade != "confirmed":
        return [("evidence", "Give evidence" if promise.evidence is None else "Other evidence")]
    return []


def undoable(promise: Any, moved: UUID | None = None, undone: bool | str = False) -> bool:
    """Whether a row offers Undo: of the move just made unless that was an Undo, or of what closed it lately."""
    if promise.words is None or not promise.listed:
        return False
    if promise.id == moved:
        return not undone or promise.state != State.OPEN
    return promise.state != State.OPEN and just_now(promise.closed_at)


def just_undone(history: Sequence[Any]) -> bool:
    """Whether the last thing a person did to a promise was to take back what was done before."""
    moves = [step for step in history if step.by is not None and step.what not in NO_MOVES]
    if not moves or moves[-1].what == "reopened":
        return bool(moves)
    kind, what = moves[-1].what, {"reassigned": "keeper", "corrected": "words"}.get(moves[-1].what)
    if what is None or moves[-2].what != kind:
        return False
    stood = [getattr(step, what) for step in moves if step.what in ("made", kind)]
    return bool(stood[-1] == stood[-3])


def snoozed(promise: Any) -> bool:
    """Whether its keeper asked not to be reminded for a while."""
    return promise.snoozed_until is not None and promise.snoozed_until > now()


def later_times() -> list[tuple[str, str]]:
    """When a recruiter may want to be reminded again."""
    here = now().astimezone(zone())
    morning = next_working_day(today(), agency())
    soon = morning - today() == timedelta(days=1)
    return [
        ("hour", "In an hour"),
        *([("afternoon", "This afternoon")] if here.time() < AFTERNOON else []),
        ("morning", "Tomorrow morning" if soon else f"{morning:%A} morning"),
    ]


def later(until: str) -> datetime | None:
    """The instant that one of these stands for; "now" takes it back. None if it is not one of these."""
    if until == "now":
        return now()
    if until not in dict(later_times()):
        return None
    if until == "hour":
        return now() + timedelta(hours=1)
    if until == "afternoon":
        return moment(today(), AFTERNOON, zone().key)
    return moment(next_working_day(today(), agency()), agency().day_begins, zone().key)


def _waits(promise: Any, confirmed_by: UUID | None = None) -> str:
    """Who waited for it, and can say best that it was kept."""
    return who(confirmed_by or promise.closed_by) if theirs(promise) else person(promise.candidate)


def _contact(id: UUID | None) -> str:
    know((), [id])
    row = _contacts().get(id) if id else None
    if row is None or not row.name:
        return "somebody at a client"
    return f"{row.name} at {row.works_at}" if row.works_at else str(row.name)


def _people() -> dict[UUID, str | None]:
    return cast("dict[UUID, str | None]", g.setdefault("people", {}))


def _keepers() -> dict[UUID, UUID]:
    return cast("dict[UUID, UUID]", g.setdefault("keepers_of", {}))


def _contacts() -> dict[UUID, Any]:
    return cast("dict[UUID, Any]", g.setdefault("contacts", {}))


def _s(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"
