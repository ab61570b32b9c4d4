"""Keeping in touch: how often with whom, which days matter to them, and who is to hear from us now, on Today."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user
from markupsafe import Markup

from domain.refusal import Refused
from domain.remembered import YEARLY, ImportantDate, Interval, Occasion
from domain.touchpoint import Channel
from webapp import candidates, forms, today
from webapp.doors import for_roles
from webapp.field import NewJob, new_jobs
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency, now
from webapp.filters import today as this_day
from webapp.htmx import page_or_fragment, saved, wants_fragment
from webapp.ledger import recruiting, views

pages = Blueprint("keeping", __name__)

SHOWN = 10
BIRTHDAYS = timedelta(days=7)
AHEAD = timedelta(days=14)
WRITTEN = {Channel.EMAIL: "Sent by e-mail", Channel.WHATSAPP: "By WhatsApp", Channel.SMS: "By text"}
LONGEST = 10_000
SAID = {
    Occasion.BIRTHDAY: "Happy birthday, {first}! I hope you have a lovely day. {me}",
    Occasion.ANNIVERSARY: "Hello {first}, an anniversary: {label}. Well done, and all the best for the next year. {me}",
    Occasion.CONTRACT_END: "Hello {first}, your contract ends on {on}. Shall we talk about what comes next? {me}",
    Occasion.VISA: "Hello {first}, your visa expires on {on}. Is the renewal under way, and can we help? {me}",
    Occasion.CERTIFICATE: "Hello {first}, your certificate ({label}) expires on {on}. Is the renewal booked? {me}",
}
AGAIN = "Hello {first}, it is a while since we spoke. How are things, and is there anything I can do for you? {me}"


# On the page about a person


@dataclass(frozen=True)
class Kept:
    """How often to be in touch with one person, by whose word, when next, and the days that matter to them."""

    row: Any
    dates: Any
    often: Filled
    dated: Filled

    @property
    def interval(self) -> tuple[int, int] | None:
        if self.row is None or self.row.keep_due is None:
            return None
        own = self.row.own_ideal is not None
        return (self.row.own_ideal, self.row.own_latest) if own else (self.row.tag_ideal, self.row.tag_latest)

    @property
    def late(self) -> bool:
        return self.row is not None and self.row.keep_latest is not None and self.row.keep_latest <= now()


@pages.app_template_global()
def kept_with(candidate_id: UUID, often: Filled | None = None, dated: Filled | None = None) -> Kept:
    """How it stands with one person; `often` and `dated` are the forms by which that is changed."""
    row, dates = views.relationships.stands(candidate_id), views.relationships.dates_of(candidate_id)
    own = Typed(ideal_days=_number(row and row.own_ideal), latest_days=_number(row and row.own_latest))
    return Kept(row, dates, often or Filled(own), dated or Filled(Typed(occasion=Occasion.BIRTHDAY)))


@pages.app_template_filter()
def on_day(row: Any) -> str:
    """A day that matters: "25 Nov", with its year where it has one."""
    return f"{row.day} {date(2000, row.month, 1):%b}" + (f" {row.year}" if row.year else "")


@pages.route("/candidates/<uuid:candidate_id>/keeping", methods=["GET", "POST"])
def often(candidate_id: UUID) -> Response:
    """How often to be in touch with them; both fields empty, as their tags say."""
    return _changed(
        candidate_id,
        "often",
        ("ideal_days", "latest_days"),
        lambda: recruiting.set_keep_in_touch(forms.command(), candidate_id, _interval()),
    )


@pages.route("/candidates/<uuid:candidate_id>/dates", methods=["GET", "POST"])
def dates(candidate_id: UUID) -> Response:
    """One more day that matters."""
    return _changed(
        candidate_id,
        "dated",
        ("occasion", "on", "label"),
        lambda: recruiting.note_date(forms.command(), candidate_id, _day_said()),
    )


@pages.post("/candidates/<uuid:candidate_id>/dates/<uuid:noted>/removed")
def remove(candidate_id: UUID, noted: UUID) -> Response:
    return _changed(
        candidate_id, "dated", (), lambda: recruiting.remove_date(forms.command(), candidate_id, noted), "Removed."
    )


def _changed(
    candidate_id: UUID, form: str, fields: tuple[str, ...], verb: Callable[[], object], said: str = "Saved."
) -> Response:
    """The section with what was changed; or with the form as it was sent, and why not."""
    candidates.writing()
    candidate, filled, status = candidates.known(candidate_id), None, 200
    if request.method == "POST":
        try:
            verb()
            views.catch_up()
        except Refused as refused:
            filled, status = refilled(request.form, refused, fields), forms.status(refused)
    done = request.method == "POST" and filled is None
    context = {
        **candidates.person(candidate),
        "kept": kept_with(candidate_id, **{form: filled} if filled else {}),
        "said": said if done else None,
    }
    if done:
        there = url_for("candidates.page", candidate_id=candidate_id, _anchor="keeping")
        return saved("keeping/page.html", "keeping", there, **context)
    return page_or_fragment("keeping/page.html", "keeping", status, **context)


def _interval() -> Interval | None:
    """What the form says in days; None where it says nothing. Without a latest it is half as long again."""
    ideal, latest = _days("ideal_days"), _days("latest_days")
    if ideal is None and latest is None:
        return None
    if ideal is None:
        raise Refused("Say after how many days.", "ideal_days")
    return Interval(ideal, latest if latest is not None else ideal + ideal // 2)


def _days(field: str) -> int | None:
    written = forms.line(field)
    if not written:
        return None
    if not (written.isascii() and written.lstrip("-").isdigit() and len(written) < 8):
        raise Refused("Say it in days, as a number.", field)
    return int(written)


def _day_said() -> ImportantDate:
    kind, on = forms.choice("occasion", Occasion), forms.day("on")
    if on is None:
        raise Refused("Say on which day.", "on")
    year = None if kind in YEARLY and on > this_day() else on.year
    return ImportantDate(kind, on.month, on.day, year, forms.line("label"))


def _number(days: int | None) -> str:
    return "" if days is None else str(days)


# On Today


@dataclass(frozen=True)
class Touch:
    """Somebody who is to hear from us, with a message to send: the interval has passed, or a `day` comes on `on`.

    `job` is one that is new in their field.
    """

    person: Any
    reached: Any
    words: str
    late: bool = False
    day: Any = None
    on: date | None = None
    job: NewJob | None = None

    @property
    def key(self) -> str:
        return str(self.day.noted if self.day else self.person.candidate)

    @property
    def ways(self) -> list[tuple[Channel, str]]:
        """By what a message can reach them."""
        return [
            (channel, words)
            for channel, words in WRITTEN.items()
            if (self.reached.emails if channel == Channel.EMAIL else self.reached.phones)
        ]


@dataclass(frozen=True)
class Due:
    """Whom to keep in touch with, and whose days come this week."""

    again: list[Touch]
    days: list[Touch]


@pages.app_template_global()
def touches_due(waiting: Collection[Any], of: UUID | None = None) -> Due:
    """For Today, of people whom a colleague looks after, without those who stand among the waiting already."""
    owner = of or (None if today.whose() == "everybody" else current_user.id)
    above = {each.person.candidate for each in waiting}
    rows = [row for row in views.relationships.to_keep(now(), owner, SHOWN) if row.candidate not in above]
    soon = views.relationships.days_between(this_day(), this_day() + AHEAD, owner, this_day() - AHEAD, 2 * SHOWN)
    days = [(on, row) for on, row in soon if row.yearly is None or on <= this_day() + BIRTHDAYS]
    them = {row.candidate for row in (*rows, *(d for _, d in days))}
    people = {row.id: row for row in views.directory.people(them - views.wishes.never_among(them))}
    rows = [row for row in rows if row.candidate in people]
    jobs = new_jobs(rows)
    again = [
        Touch(
            row,
            people[row.candidate],
            _words(AGAIN, row),
            late=row.keep_latest <= now(),
            job=jobs.get(row.candidate),
        )
        for row in rows
    ]
    coming = [
        Touch(row, people[row.candidate], _words(SAID[Occasion(row.kind)], row, on), day=row, on=on)
        for on, row in days
        if row.candidate in people
    ]
    return Due(again, coming)


@pages.post("/candidates/<uuid:candidate_id>/touches")
def touch(candidate_id: UUID) -> Response:
    """They were written to just now: it stands on the timeline, and they leave this list."""
    candidate = candidates.known(candidate_id)
    try:
        channel = forms.choice("channel", Channel)
        if channel not in WRITTEN:
            raise Refused("Choose how you wrote to them.", "channel")
        recruiting.be_in_touch(forms.command(), candidate_id, channel, forms.text("note"), *_about())
    except Refused as refused:
        return page_or_fragment(
            "today/page.html", "agenda", forms.status(refused), **today.agenda(refusal=refused.sentence)
        )
    views.catch_up()
    there = url_for("candidates.page", candidate_id=candidate_id)
    done = Markup('Written down, with <a href="{}">{}</a>.').format(there, candidate.name)
    return _today(done)


@pages.post("/candidates/<uuid:candidate_id>/dates/<uuid:noted>/seen-to")
def seen_to(candidate_id: UUID, noted: UUID) -> Response:
    """Nobody need be told of this day any more this year."""
    candidates.known(candidate_id)
    try:
        recruiting.see_to_date(forms.command(), candidate_id, noted, _about()[1] or this_day().year)
    except Refused as refused:
        return page_or_fragment(
            "today/page.html", "agenda", forms.status(refused), **today.agenda(refusal=refused.sentence)
        )
    views.catch_up()
    return _today("Left out.")


@pages.post("/candidates/<uuid:candidate_id>/jobs/<uuid:job_id>/not-for-them")
def not_for_them(candidate_id: UUID, job_id: UUID) -> Response:
    """A job that is new in their field is nothing for them."""
    candidates.known(candidate_id)
    try:
        recruiting.leave_out_job(forms.command(), candidate_id, job_id)
    except Refused as refused:
        return page_or_fragment(
            "today/page.html", "agenda", forms.status(refused), **today.agenda(refusal=refused.sentence)
        )
    views.catch_up()
    return _today("Left out.")


def _today(said: str) -> Response:
    there = url_for("today.page", whose="everybody" if today.whose() == "everybody" else None)
    return saved("today/page.html", "agenda", there, **today.agenda(said=said) if wants_fragment() else {})


def _about() -> tuple[UUID | None, int | None]:
    """The day that a message is about, and in which year."""
    year = request.form.get("year", "")
    return forms.identity("noted"), int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None


def _words(text: str, row: Any, on: date | None = None) -> str:
    """A message to send, in words that want no more filling in."""
    first, me = (row.name or "").split()[:1], f"{current_user.name.split()[0]}, {agency().name}"
    label = getattr(row, "label", "") or {Occasion.ANNIVERSARY: "another year", Occasion.CERTIFICATE: "yours"}.get(
        getattr(row, "kind", ""), ""
    )
    said = text.format(first=first[0] if first else "there", me=me, label=label, on=f"{on.day} {on:%B}" if on else "")
    return said


# By tag


@pages.get("/settings/keeping")
def by_tag() -> Response:
    return _tags(200, Filled(), None)


@pages.post("/settings/keeping")
@for_roles("owner")
def change_by_tag() -> Response:
    """How often to be in touch with everybody who carries a tag; without days, no more often than with others."""
    try:
        recruiting.keep_in_touch_by_tag(forms.command(), agency().id, forms.line("tag"), _interval())
    except Refused as refused:
        return _tags(forms.status(refused), refilled(request.form, refused, ("tag", "ideal_days", "latest_days")), None)
    views.catch_up()
    return _tags(200, Filled(), "Saved.") if wants_fragment() else saved("", "", url_for("keeping.by_tag"))


def _tags(status: int, filled: Filled, said: str | None) -> Response:
    return page_or_fragment(
        "keeping/by_tag.html",
        "tags",
        status,
        intervals=views.relationships.every_tag_kept(),
        known_tags=views.relationships.tags(),
        filled=filled,
        said=said,
    )
