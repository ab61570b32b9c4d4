"""Lists: people found by the same criteria again and again; tagged, written down and exported together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Response, request, session, url_for
from flask_login import current_user

from domain.command import Command
from domain.invitation import Invited
from domain.refusal import NotFound, Refused
from domain.saved_list import ME, NARROWING, UNINVITED, Criteria, Only
from domain.touchpoint import Channel, Direction, Outcome
from domain.words import tag as a_tag
from webapp import candidates, forms, paging
from webapp.agencys import process
from webapp.details import tags_said
from webapp.filled import Filled, Typed, refilled
from webapp.filters import colleagues, who, zone
from webapp.filters import today as this_day
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import recruiting, views
from webapp.spreadsheet import sent

pages = Blueprint("lists", __name__)

SHOWN = 100
AT_ONCE = 200
COUNTED = 1000
FIELDS = (
    *("name", "shared", "tags", "place", "owner", "only", "nothing_open", "contact_since", "contact_before"),
    *NARROWING,
)
WRITTEN = (Channel.EMAIL, Channel.LETTER, Channel.SMS, Channel.WHATSAPP, Channel.LINKEDIN, Channel.CALL)
INVITED = {
    UNINVITED: "Not invited yet",
    Invited.OPEN: "Invited, not answered",
    Invited.ACCEPTED: "Invitation accepted",
    Invited.DECLINED: "Invitation declined",
}
BEGINNING = date(1980, 1, 1)
COLUMNS = (
    *("Name", "E-mail", "Phone", "Headline", "Place", "Works at", "Looked after by", "Tags"),
    *("Last contact", "Open promises", "Next due"),
)


@dataclass(frozen=True)
class Wanted:
    """Whom one list finds, as the relationships are asked, and how its page says it."""

    row: Any

    @property
    def only(self) -> str:
        """By what the people stand in order: "overdue", their due; "silent", their last contact; else their names."""
        return self.row.only or (Only.SILENT if self.contact else "")

    @property
    def contact(self) -> tuple[datetime, datetime] | None:
        """From when to when the last contact was: the first instant of a day to the last before another."""
        if self.row.contact_since is None and self.row.contact_before is None:
            return None
        last = (self.row.contact_before or this_day() + timedelta(days=2)) - timedelta(days=1)
        return _instant(self.row.contact_since or BEGINNING, time()), _instant(last, time.max)

    @property
    def question(self) -> dict[str, Any]:
        tags = self.row.tags
        chosen = candidates.Sieve(self.row.owner, tags[0] if tags else "", self.row.only).question
        more = {"also_tagged": tuple(tags[1:]), "place": self.row.place, "nothing_open": self.row.nothing_open}
        more |= {name: getattr(self.row, name) for name in NARROWING}
        return {**chosen, **more, "contact": self.contact}

    @property
    def count(self) -> str:
        """How many there are, counted no further than a thousand."""
        number = views.relationships.count(**self.question, at_most=COUNTED)
        return f"{COUNTED:,}+" if number >= COUNTED else f"{number:,}"

    @property
    def by(self) -> str:
        """By what it finds people, in words."""
        row = self.row
        parts = [
            *(f"#{tag}" for tag in row.tags),
            row.place and f"in {row.place}",
            row.owner and ("mine" if row.owner == ME else f"{who(UUID(row.owner))}’s"),
            {Only.OVERDUE: "overdue promises", Only.SILENT: "fallen silent"}.get(row.only, ""),
            row.wants and f"want “{row.wants}”",
            row.stage and f"at {_called(row.stage)}",
            INVITED.get(row.invitation, "").lower(),
            row.nothing_open and "nothing promised",
            row.contact_since and f"last contact since {_day(row.contact_since)}",
            row.contact_before and f"last contact before {_day(row.contact_before)}",
        ]
        return ", ".join(part for part in parts if part)

    @property
    def gone(self) -> list[str]:
        """What was deleted of that by which it finds people, in words."""
        tags = [f"Nobody carries #{tag} any more" for tag in self.row.tags if not _carried(tag)]
        stage = self.row.stage
        if stage and not process().offers(stage):
            tags.append(f"There is no stage “{_called(stage)}” any more")
        return tags

    def page(self, after: Any, most: int) -> Any:
        return views.relationships.page(**self.question, after=after, limit=most)

    def key(self, row: Any) -> Any:
        asked = self.question
        return views.relationships.key(row, asked["overdue_on"], asked["silent"], asked["contact"], asked["place"])


# All of them


@pages.get("/lists")
def index() -> Response:
    lists = views.lists.seen_by(current_user.id, SHOWN)[:SHOWN]
    return page_or_fragment(
        "lists/index.html", "lists", lists=[Wanted(row) for row in lists], writable=candidates.may_write()
    )


@pages.get("/lists/new")
def new() -> Response:
    """The form, filled in with what the list of candidates shows."""
    candidates.writing()
    asked = {name: request.args.get(name, "")[:50] for name in ("tag", "owner", "only")}
    return _form(None, 200, Filled(Typed(tags=asked["tag"], owner=asked["owner"], only=asked["only"])))


@pages.post("/lists")
def save() -> Response:
    try:
        name, criteria, shared = _said()
        recorded = recruiting.save_list(forms.command(), name, criteria, shared)
    except Refused as refused:
        return _form(None, forms.status(refused), refilled(request.form, refused, FIELDS))
    views.catch_up()
    return go(url_for("lists.page", list_id=recorded.streams[0]))


# One of them


@pages.get("/lists/<uuid:list_id>")
def page(list_id: UUID) -> Response:
    return page_or_fragment("lists/page.html", "people", **_context(_known(list_id), said=session.pop("said", None)))


@pages.route("/lists/<uuid:list_id>/criteria", methods=["GET", "POST"])
def change(list_id: UUID) -> Response:
    candidates.writing()
    row = _known(list_id)
    if request.method == "GET":
        return _form(row, 200, _typed(row))
    try:
        recruiting.change_list(forms.command(), list_id, *_said(), forms.seen())
    except Refused as refused:
        return _form(_known(list_id), forms.status(refused), refilled(request.form, refused, FIELDS))
    views.catch_up()
    return go(url_for("lists.page", list_id=list_id))


@pages.post("/lists/<uuid:list_id>/dropped")
def drop(list_id: UUID) -> Response:
    _known(list_id)
    recruiting.drop_list(forms.command(), list_id)
    views.catch_up()
    return go(url_for("lists.index"))


@pages.get("/lists/<uuid:list_id>.csv")
def table(list_id: UUID) -> Response:
    """Everybody whom the list finds, as a file for a spreadsheet."""
    wanted = Wanted(_known(list_id))
    return sent(f"list-{this_day()}.csv", COLUMNS, _cells(wanted))


# These people at once


@pages.post("/lists/<uuid:list_id>/tags")
def tag(list_id: UUID) -> Response:
    """Those ticked carry these tags as well."""

    def said() -> Callable[[Command, UUID], Any]:
        tags = [a_tag(each, "tags") for each in tags_said()]
        if not tags:
            raise Refused("Write a tag.", "tags")
        return lambda command, candidate: recruiting.tag_candidate(command, candidate, tags)

    return _at_once(_known(list_id), "tagging", said, "tagged")


@pages.post("/lists/<uuid:list_id>/touchpoints")
def log(list_id: UUID) -> Response:
    """We wrote to those ticked, or rang them: each gets a touchpoint of their own."""

    def said() -> Callable[[Command, UUID], Any]:
        channel, words = forms.choice("channel", Channel), forms.text("note")
        if channel not in WRITTEN:
            raise Refused("Choose one of these.", "channel")
        if not words:
            raise Refused("Write what was said.", "note")
        outcome = Outcome.TALKED if channel == Channel.CALL else None
        how = (channel, Direction.OUT, outcome, None, words)
        return lambda command, candidate: recruiting.record_touchpoint(command, candidate, *how)

    return _at_once(_known(list_id), "logging", said, "written down")


def _at_once(row: Any, form: str, said: Callable[[], Callable[[Command, UUID], Any]], done: str) -> Response:
    """Say one verb of each person ticked, as commands that come from the form's own: sent again, it does nothing twice.

    Who was erased in the meantime is left out, and counted.
    """
    command, ids = forms.command(), list(dict.fromkeys(request.form.getlist("who")))[: AT_ONCE + 1]
    try:
        verb, people = said(), _ticked(ids)
    except Refused as refused:
        filled = refilled(request.form, refused, ("tags", "channel", "note", "who"))
        ticked = {"ticked": set(ids), form: filled}
        return page_or_fragment("lists/page.html", "people", forms.status(refused), **_context(row, **ticked))
    left = sum(not _done(verb, Command(uuid5(command.id, str(person)), command.by), person) for person in people)
    views.catch_up()
    told = f"{len(people) - left:,} {done}." + (f" {left} could not be: they are gone, or full." if left else "")
    if wants_fragment():
        return page_or_fragment("lists/page.html", "people", **_context(row, said=told))
    session["said"] = told
    return go(url_for("lists.page", list_id=row.id, after=request.args.get("after")))


def _done(verb: Callable[[Command, UUID], Any], command: Command, person: UUID) -> bool:
    try:
        verb(command, person)
    except (Refused, NotFound):
        return False
    return True


def _ticked(written: list[str]) -> list[UUID]:
    if len(written) > AT_ONCE:
        raise Refused(f"At most {AT_ONCE} people at once.", "who")
    try:
        people = [UUID(each) for each in written]
    except ValueError:
        raise Refused("Choose somebody from the list.", "who") from None
    if not people:
        raise Refused("Tick whom it is about.", "who")
    return people


# What is shown


def _context(row: Any, **changed: Any) -> dict[str, Any]:
    wanted = Wanted(row)
    listed = wanted.page(paging.relationship("after", wanted.only), AT_ONCE + 1)
    shown = listed[:AT_ONCE]
    return {
        "list": row,
        "wanted": wanted,
        "people": shown,
        "count": wanted.count,
        "more": paging.after_key(wanted.key(shown[-1])) if len(listed) > AT_ONCE else None,
        "here": request.args.get("after"),
        "this_day": this_day(),
        "known_tags": views.relationships.tags(),
        "writable": candidates.may_write(),
        "written": WRITTEN,
        "ticked": None,
        "tagging": Filled(),
        "logging": Filled(Typed(channel=Channel.EMAIL)),
        "said": None,
        **changed,
    }


def _cells(wanted: Wanted) -> Iterator[list[object]]:
    after = None
    while rows := wanted.page(after, AT_ONCE):
        known = {row.id: row for row in views.directory.people([row.candidate for row in rows])}
        for row in rows:
            person = known.get(row.candidate)
            yield [
                *(row.name, ", ".join(person.emails or ()) if person else "", _phones(person)),
                *(row.headline, row.place, row.works_at, who(row.owner), ", ".join(row.tags)),
                row.last_contact_at and row.last_contact_at.astimezone(zone()),
                *(row.open_promises, row.next_due_on),
            ]
        after = wanted.key(rows[-1])


def _phones(person: Any) -> str:
    return ", ".join(person.phones or ()) if person else ""


def _form(row: Any, status: int, filled: Filled) -> Response:
    context = {
        "list": row,
        "filled": filled,
        "colleagues": colleagues(),
        "known_tags": views.relationships.tags(),
        "stages": process().stages,
        "invited": INVITED,
    }
    return page_or_fragment("lists/form.html", "form", status, **context)


def _typed(row: Any) -> Filled:
    typed = Typed({name: getattr(row, name) for name in ("name", "place", "owner", "only", *NARROWING)})
    typed |= {name: _day(getattr(row, name)) for name in ("contact_since", "contact_before") if getattr(row, name)}
    ticked = {name: "1" for name in ("shared", "nothing_open") if getattr(row, name)}
    return Filled(Typed({**typed, **ticked, "tags": ", ".join(row.tags)}))


def _said() -> tuple[str, Criteria, bool]:
    """What the form says."""
    owner = forms.line("owner")
    if owner not in ("", ME) and owner not in {str(row.id) for row in colleagues()}:
        raise Refused("Choose somebody from the list.", "owner")
    stage = forms.line("stage")
    if stage and not process().offers(stage):
        raise Refused("Choose a stage from the list.", "stage")
    criteria = Criteria(
        tags_said(),
        forms.line("place"),
        owner,
        forms.choice("only", Only) if request.form.get("only") else "",
        bool(request.form.get("nothing_open")),
        forms.day("contact_since"),
        forms.day("contact_before"),
        forms.line("wants"),
        stage,
        forms.line("invitation"),
    )
    return forms.line("name"), criteria, bool(request.form.get("shared"))


def _known(list_id: UUID) -> Any:
    row = views.lists.one_of(list_id, current_user.id)
    if row is None:
        raise NotFound(list_id)
    return row


def _called(stage: str) -> str:
    """The name of a stage, dropped or not; as the list has it where there never was one."""
    return next((each.name for each in process().every_stage if each.key == stage), stage)


def _carried(tag: str) -> bool:
    return any(row.tag.casefold() == tag.casefold() for row in views.relationships.tags(tag, 1))


def _instant(on: date, at: time) -> datetime:
    return datetime.combine(on, at, zone())


def _day(on: date) -> str:
    return f"{on.day} {on:%b} {on.year}"
