"""Giving: what a candidate was given and asked for, and what there is to give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response

from webapp import candidates, lately
from webapp.filters import today, zone
from webapp.htmx import page_or_fragment
from webapp.ledger import views

pages = Blueprint("giving", __name__)

COUNTED = 100
OPENINGS = 20


@dataclass(frozen=True)
class Exchanged:
    """What we gave somebody and what we asked of them, each the newest first, counted no further than a hundred."""

    gave: Sequence[Any]
    asked: Sequence[Any]
    whole: bool

    @property
    def more_asked(self) -> bool:
        return len(self.asked) > len(self.gave)

    def count(self, rows: Sequence[Any]) -> str:
        return str(len(rows)) if self.whole else f"{len(rows)}+"

    @property
    def given(self) -> dict[UUID, datetime]:
        """When each tip was last given to them."""
        return {row.gave: row.happened_at for row in reversed(self.gave)}


@pages.app_template_global()
def exchanged_with(candidate_id: UUID) -> Exchanged:
    """What one person was given and asked."""
    rows = views.timeline.exchanged(candidate_id, COUNTED)
    return Exchanged([row for row in rows if row.gave], [row for row in rows if row.asked], len(rows) < COUNTED)


@pages.get("/candidates/<uuid:candidate_id>/gifts")
def choose(candidate_id: UUID) -> Response:
    """What there is to give them: what closes soonest first, and when they were given it before."""
    candidates.writing()
    candidate = candidates.known(candidate_id)
    lately.opened(candidate_id)
    there = [*views.tips.openings(today(), OPENINGS), *views.tips.tips()]
    return page_or_fragment(
        "giving/page.html",
        "shelf",
        **candidates.person(candidate),
        shelf=[each for each in there if not each.retired_at],
        given=exchanged_with(candidate_id).given,
    )


@pages.app_template_filter()
def on_the_day(instant: datetime) -> str:
    """The agency's date of an instant: "12 Nov", with its year where it is another one."""
    on = instant.astimezone(zone()).date()
    return f"{on.day} {on:%b}" + (f" {on.year}" if on.year != today().year else "")
