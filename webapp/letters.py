"""What Kept writes in its mails: the digest of a morning, and the mail about one promise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.naming import Known
from domain.promise import Party, State
from projections.reminders import DIGEST, FELL_DUE, MAIL, OVERDUE, to_cover
from webapp import TEMPLATES
from webapp.answers import Act, link
from webapp.covering import covers_at, follows_up
from webapp.hours import A_DAY, local_day, next_working_day
from webapp.installation import Installation
from webapp.mentioned import excerpt, to_tell

AT_MOST = 5_000
IN_WORDS = 60  # promises in one part of a mail; the others are counted


@dataclass(frozen=True)
class Letter:
    """A mail as it will be sent, what it reminds of: rows of promises, each with the kind of the reminder; and up to
    which position in the log it tells of mentions."""

    subject: str
    text: str
    html: str
    reminds: Sequence[tuple[Any, str]]
    mentioned_until: int = 0


@dataclass(frozen=True)
class Mention:
    """A note that names this colleague: by whom, about whom, when, some of its words, and where it stands."""

    by: str
    name: str
    when: str
    words: str
    page: str


@dataclass(frozen=True)
class Line:
    """One promise in a mail: the words, about whom, whose it is, by when, and where to answer."""

    words: str
    name: str
    whose: str
    when: str
    page: str
    kept: str
    tomorrow: str


@dataclass(frozen=True)
class Part:
    """Promises under one heading; `more` is how many of them are only counted."""

    heading: str
    tone: str
    lines: Sequence[Line]
    more: int


def digest(
    installation: Installation, recruiter: Any, now: datetime, unfollowed: Collection[UUID] = ()
) -> Letter | None:
    """What is due today and what is newly overdue for this colleague and for those away for whom they cover, who
    mentioned them since the last mail in notes they have not seen, and for owners what nobody follows up.

    `unfollowed` are promises of those who left. None when there is nothing to say.
    """
    views, agency = installation.views, installation.views.team.agency()
    assert agency is not None
    today = local_day(now, agency)
    mine = views.promises.digest(recruiter.id, today, now, AT_MOST)
    covered = covered_news(installation, recruiter.id, now)
    nobodys = [row for row in map(views.promises.promise, unfollowed) if row is not None and row.state == State.OPEN]
    named = to_tell(installation, recruiter.id, IN_WORDS)
    if not (mine or covered or nobodys or named):
        return None
    due, late, again = sorted_out(mine, today)
    summary = _summary(
        (due, "due today"),
        (late, "overdue"),
        (again, "snoozed until today"),
        *((news.rows, f"for {news.first}") for news in covered),
        (nobodys, "that nobody follows up"),
        (named, "mention" if len(named) == 1 else "mentions"),
    )
    write = _Writer(installation, recruiter, now)
    reminds = [(row, kind) for row in mine for kind in kinds(row, today)]
    reminds += [(row, kind) for news in covered for row in news.rows for kind in kinds(row, today, news.absence.id)]
    return write.letter(
        subject=f"{_day(today, today)}: {summary}",
        heading=f"{today:%A} {today.day} {today:%B}",
        lead=f"{recruiter.name.split()[0]}: {summary}.",
        parts=[
            write.part("Due today", "today", due),
            write.part("Overdue", "late", late),
            write.part("You asked to be reminded", "again", again),
            *(write.part(news.heading, "again", news.rows) for news in covered),
            write.part("Nobody follows these up", "late", nobodys),
        ],
        older=views.promises.told_overdue(recruiter.id, today, now) - sum(row.due_on < today for row in again),
        mentions=write.mentions(named),
        comes_at=recruiter.digest_at,
        mentioned_until=named[-1].position if named else 0,
        reminds=reminds + [(row, DIGEST if row.due_on == today else OVERDUE) for row in nobodys],
    )


@dataclass(frozen=True)
class News:
    """What a colleague who is away would be told today, for who covers."""

    absence: Any
    name: str
    today: date
    rows: Sequence[Any] = ()

    @property
    def first(self) -> str:
        return self.name.split()[0]

    @property
    def heading(self) -> str:
        return f"For {self.name}, away until {_day(self.absence.last_day, self.today)}"


def covered_news(installation: Installation, recruiter: UUID, now: datetime, channel: str = MAIL) -> list[News]:
    """For each colleague whom this one covers and of whom there is anything to say."""
    views, today = installation.views, local_day(now, installation.views.team.agency())
    told = [
        (absence, views.promises.digest(absence.recruiter, today, now, AT_MOST, channel, absence.id))
        for absence in covers_at(installation, now).covered_by(recruiter)
    ]
    return [News(absence, _name(installation, absence), today, rows) for absence, rows in told if rows]


def on_behalf(installation: Installation, recruiter: Any, promise: Any, now: datetime) -> str:
    """ "For Dana, away until Fri 4 Dec" of a promise that this colleague is told of as who covers, else nothing."""
    absence = covers_at(installation, now).absence(promise.keeper)
    if absence is None or promise.keeper == recruiter.id:
        return ""
    today = local_day(now, installation.views.team.agency())
    return News(absence, _name(installation, absence), today).heading


def _name(installation: Installation, absence: Any) -> str:
    colleague = installation.views.team.recruiter(absence.recruiter)
    return (colleague and colleague.name) or "a colleague"


def sorted_out(rows: Sequence[Any], today: date) -> tuple[list[Any], list[Any], list[Any]]:
    """Of what a digest tells: what is due today, the earliest first; what is newly overdue; what was snoozed."""
    due = sorted((row for row in rows if row.due_on == today), key=lambda row: row.due_at or time.max)
    late = [row for row in rows if row.due_on < today and not row.told_before]
    again = [row for row in rows if row.due_on > today or (row.due_on < today and row.told_before)]
    return due, late, again


def unfollowed(installation: Installation, now: datetime) -> list[UUID]:
    """Promises due today or newly overdue whose keeper has left, only reads, or never joined."""
    views, agency = installation.views, installation.views.team.agency()
    assert agency is not None
    gone = [colleague.id for colleague in views.team.everyone() if not follows_up(colleague)]
    return [row.id for keeper in gone for row in views.promises.digest(keeper, local_day(now, agency), now, AT_MOST)]


def about(installation: Installation, recruiter: Any, now: datetime, promise: Any, kind: str) -> Letter:
    """The mail about one promise whose hour has come, or that was snoozed until now."""
    write = _Writer(installation, recruiter, now)
    due, behalf = kind == FELL_DUE, on_behalf(installation, recruiter, promise, now)
    part = write.part("", "today", [promise])
    return write.letter(
        subject=f"{'Due' if due else 'Again'}: {promise.words} ({part.lines[0].name})",
        heading="Due now" if due else "A reminder" if behalf else "You asked to be reminded",
        lead=f"{behalf}." if behalf else "",
        parts=[part],
        older=0,
        mentions=[],
        comes_at=None,
        reminds=[(promise, kind)],
    )


class _Writer:
    """Turns rows of promises into lines for one colleague, and lines into a letter."""

    def __init__(self, installation: Installation, recruiter: Any, now: datetime):
        self.kept, self.recruiter = installation, recruiter
        self.agency = installation.views.team.agency()
        assert self.agency is not None
        self.today = local_day(now, self.agency)

    def part(self, heading: str, tone: str, rows: Sequence[Any]) -> Part:
        shown = rows[:IN_WORDS]
        names = self.kept.views.directory.names({row.candidate for row in shown})
        contacts = self.kept.views.contacts.names({row.contact for row in shown if row.contact})
        lines = [self.line(row, names.get(row.candidate) or "", contacts.get(row.contact) or "") for row in shown]
        return Part(heading, tone, lines, len(rows) - len(shown))

    def line(self, row: Any, name: str, contact: str) -> Line:
        return Line(
            words=row.words,
            name=name,
            whose=_whose(row.party, name, contact),
            when=self.when(row),
            page=f"{self.kept.settings.base_url}/promises/{row.id}",
            kept=link(self.kept, self.recruiter.id, row.id, Act.KEPT),
            tomorrow=link(self.kept, self.recruiter.id, row.id, Act.TOMORROW),
        )

    def when(self, row: Any) -> str:
        zone = "" if not row.due_at or row.due_zone == self.agency.zone else f" ({row.due_zone})"
        at = f"{row.due_at:%H:%M}{zone}" if row.due_at else ""
        if row.due_on == self.today:
            return at
        day = _day(row.due_on, self.today)
        return f"{'was due' if row.due_on < self.today else 'due'} {day}{f', {at}' if at else ''}"

    def mentions(self, rows: Sequence[Any]) -> list[Mention]:
        views, me = self.kept.views, Known(self.recruiter.id, self.recruiter.name)
        names = views.directory.names({row.candidate for row in rows})
        colleagues = {row.id: row.name for row in views.team.everyone()} if rows else {}
        entries = views.timeline.entries({row.touchpoint for row in rows})
        return [
            Mention(
                by=colleagues.get(row.by) or "A former colleague",
                name=names.get(row.candidate) or "somebody",
                when=self.at(row.at),
                words=excerpt(entries.get(row.touchpoint), me),
                page=f"{self.kept.settings.base_url}/touchpoints/{row.touchpoint}",
            )
            for row in rows
        ]

    def at(self, instant: datetime) -> str:
        local = instant.astimezone(ZoneInfo(self.agency.zone))
        day = "" if local.date() == self.today else f"{_day(local.date(), self.today)}, "
        return f"{day}{local:%H:%M}"

    def letter(
        self, *, subject: str, reminds: Sequence[tuple[Any, str]], mentioned_until: int = 0, **said: Any
    ) -> Letter:
        context = {
            **said,
            "parts": [part for part in said["parts"] if part.lines],
            "base": self.kept.settings.base_url,
            "tomorrow": tomorrow_called(self.today, self.agency),
        }
        text, html = (_templates().get_template(f"letter.{kind}").render(context) for kind in ("txt", "html"))
        return Letter(subject, text, html, reminds, mentioned_until)


def tomorrow_called(today: date, agency: Any) -> str:
    """What the next working day is called where people answer: they work on Monday what they put off on Friday."""
    day = next_working_day(today, agency)
    return "Tomorrow" if day == today + A_DAY else f"Tomorrow ({_day(day, today)})"


def kinds(row: Any, today: date, absence: UUID | None = None) -> list[str]:
    """What a digest with this promise in it reminds of: that it is due or late, that its snooze is over.

    During an `absence` it reminds who covers.
    """
    news = [] if row.told_before or row.due_on > today else [DIGEST if row.due_on == today else OVERDUE]
    news = [to_cover(kind, absence) for kind in news] if absence else news
    return [*news, row.again] if row.again else news


def _summary(*counted: tuple[Sequence[Any], str]) -> str:
    return ", ".join(f"{len(rows)} {words}" for rows, words in counted if rows)


def _whose(party: str, name: str, contact: str) -> str:
    if party == Party.US:
        return f"to {name}"
    return f"{contact} promised us, about {name}" if party == Party.CONTACT else f"{name} promised us"


def _day(day: date, today: date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
