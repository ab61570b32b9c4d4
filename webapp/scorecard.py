"""The scorecard: how promises ended, by week, by client and by who made them; everybody's, or one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, session
from flask_login import current_user

from domain.names import company
from domain.promise import Party
from domain.recruiter import Role
from domain.refusal import Refused
from webapp import spans
from webapp.figures import BARS, CAUSES, COLUMNS, NO_BREAK, Figures, grouped, total, where_it_began
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency, colleagues, now, today, zone
from webapp.htmx import page_or_fragment
from webapp.ledger import views
from webapp.spans import Span, monday
from webapp.spreadsheet import sent

pages = Blueprint("scorecard", __name__)

KINDS = {Party.US: "We promised", Party.CANDIDATE: "Candidates promised us", Party.CONTACT: "Clients promised us"}
MOST_CLIENTS = 40
NO_CLIENT = "No client known"


@dataclass(frozen=True)
class Card:
    """The figures of one span: of the whole team, or of one `keeper`."""

    span: Span
    keeper: UUID | None
    weeks: list[Figures]
    clients: list[Figures]
    kinds: list[Figures]
    recruiters: list[Figures]
    all: Figures
    began: str

    @property
    def groups(self) -> dict[str, list[Figures]]:
        return {"Week of": self.weeks, "Client": self.clients, "Kind": self.kinds, "Recruiter": self.recruiters}

    @property
    def longest(self) -> int:
        return max((week.count("Recorded") for week in self.weeks), default=0)


@pages.get("/scorecard")
def page() -> Response:
    return shown(said=session.pop("said", None))


@pages.get("/scorecard.csv")
def table() -> Response:
    """The tables of the page, one under the other."""
    return sent(f"scorecard-{today()}.csv", _columns(), _cells(card(spans.chosen())))


def shown(status: int = 200, switching: Filled | None = None, said: str | None = None) -> Response:
    """The page; `switching` is the form by which an owner sees figures by recruiter."""
    try:
        span, filled = spans.chosen(), Filled(Typed(request.args))
    except Refused as refused:
        span, filled, status = spans.last_weeks(), refilled(request.args, refused, ("from", "to")), 422
    return page_or_fragment(
        "scorecard/page.html",
        "card",
        status,
        card=card(span),
        columns=COLUMNS,
        bars=BARS,
        spans=spans.SPANS,
        whose=_whose(),
        filled=filled,
        switching=switching or Filled(),
        said=said,
    )


def card(span: Span) -> Card:
    """The figures that whoever is signed in may see: an owner the team's, or their own; an auditor the team's."""
    keeper = current_user.id if _whose() == "mine" else None
    asked, mine = (span.since, span.until, now()), {"who": "me"} if keeper else {}
    ledger = {"from": span.since, "to": span.until, **mine}
    by_client = views.scorecard.clients(*asked, keeper)
    kinds = grouped(by_client, lambda row: row.party, lambda party: Figures(KINDS[party], {**ledger, "by": party}))
    clients = _clients(by_client)
    return Card(
        span,
        keeper,
        _weeks(span, views.scorecard.weeks(*asked, keeper), mine),
        _most(clients),
        [kinds[kind] for kind in KINDS if kind in kinds],
        _recruiters(views.scorecard.keepers(*asked), ledger) if individuals_shown() else [],
        total(kinds.values(), "All", ledger),
        where_it_began(_broken(by_client), "your" if keeper else "our"),
    )


def individuals_shown() -> bool:
    """Whether figures by recruiter stand on this page: before owners, once one of them has switched them on."""
    return bool(current_user.role == Role.OWNER and agency().individuals and _whose() == "team")


def _whose() -> str:
    """Recruiters see their own figures, auditors the team's, owners either."""
    if current_user.role == Role.RECRUITER:
        return "mine"
    return "mine" if current_user.role == Role.OWNER and request.args.get("whose") == "mine" else "team"


def _weeks(span: Span, rows: Any, ledger: dict[str, Any]) -> list[Figures]:
    """Every week of the span since the agency was founded, those in which nothing was promised as well."""

    def begin(week: Any) -> Figures:
        period = {"from": max(week, span.since), "to": min(week + timedelta(days=6), span.until)}
        year = "" if week.year == today().year else f" {week.year}"
        return Figures(f"{week.day} {week:%b}{year}".replace(" ", NO_BREAK), {**period, **ledger})

    found = grouped(rows, lambda row: row.week, begin)
    founded_in = monday(agency().founded_at.astimezone(zone()).date())
    return [found.get(week) or begin(week) for week in span.weeks if week >= founded_in]


def _clients(rows: Any) -> list[Figures]:
    """By client, whether known by its job or as the employer of the contact who promised; unknown ones come last."""
    names = _names(rows)
    known = grouped(rows, lambda row: company(names[row.client, row.contact]), lambda _: Figures(""))
    for row in rows:
        name = names[row.client, row.contact]
        known[company(name)].name = known[company(name)].name or name or NO_CLIENT
    return sorted(known.values(), key=lambda each: (each.name == NO_CLIENT, -each.count("Recorded"), each.name))


def _names(rows: Any) -> dict[tuple[Any, Any], str]:
    """What the client of each row is called, "" where none is known."""
    clients = views.jobs.these({row.client for row in rows if row.client})
    contacts = views.contacts.people({row.contact for row in rows if row.contact})
    names = {}
    for row in rows:
        client, contact = clients.get(row.client), contacts.get(row.contact)
        names[row.client, row.contact] = client.name if client else (contact and contact.works_at) or ""
    return names


def _most(clients: list[Figures]) -> list[Figures]:
    """Those with most promises, and the others in one line."""
    rest = clients[MOST_CLIENTS:]
    return [*clients[:MOST_CLIENTS], *([total(rest, f"{len(rest)} others")] if rest else [])]


def _recruiters(rows: Any, ledger: dict[str, Any]) -> list[Figures]:
    """By name, never by a figure; those who left among them."""
    names = {row.id: row.name or "A former colleague" for row in colleagues()}
    known = grouped(rows, lambda row: row.keeper, lambda id: Figures(names[id], {**ledger, "who": id}))
    return sorted(known.values(), key=lambda each: each.name.casefold())


def _broken(rows: Any) -> Counter[tuple[str, str]]:
    """What we did not keep, by cause and client."""
    names, broken = _names(rows), Counter[tuple[str, str]]()
    for row in rows:
        if row.party == Party.US and row.how in CAUSES:
            broken[row.how, names[row.client, row.contact]] += row.promises
    return broken


def _columns() -> tuple[str, ...]:
    return ("By", "Name", *COLUMNS, *map(str.capitalize, CAUSES), "Moved before due", "Moved after due", "Came due")


def _cells(card: Card) -> Iterator[tuple[object, ...]]:
    for by, rows in card.groups.items():
        for each in rows:
            moved = (each.moved_before, each.moved_after)
            counts = (*map(each.count, COLUMNS), *(each.how[cause] for cause in CAUSES), *moved, each.came_due)
            yield (by, each.name, *counts)
