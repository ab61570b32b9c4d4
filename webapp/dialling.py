"""Before you dial: what one should know of somebody before the phone is picked up, on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response

from domain import mentions
from domain.promise import State
from domain.touchpoint import Channel, Outcome
from webapp import candidates, lately
from webapp.guard import advice
from webapp.htmx import page_or_fragment
from webapp.ledger import views
from webapp.promised import know_of
from webapp.reaching import ways
from webapp.sensitive import in_passing

pages = Blueprint("dialling", __name__)

LOOKED_AT = 40  # entries, the newest, in which pains, pay, notice and place are looked for
NOTED = 10
TALKS = 3
QUOTES = 3
OVER_TIME = 5
TWICE = {"pay": "Pay", "pay wanted": "Pay wanted", "notice": "Notice"}

Quote = tuple[Any, str]


@pages.get("/candidates/<uuid:candidate_id>/dial")
def page(candidate_id: UUID) -> Response:
    candidate = candidates.known(candidate_id)
    lately.opened(candidate_id)
    promises = [row for row in views.promises.of(candidate_id) if row.state == State.OPEN]
    know_of(promises)
    said = [entry for entry in views.timeline.of(candidate_id, limit=LOOKED_AT) if _stands(entry)]
    return page_or_fragment(
        "dialling/page.html",
        "brief",
        **candidates.person(candidate),
        ways=ways(candidate),
        advice=advice(candidate_id, candidate.name, Channel.CALL),
        promises=promises,
        talks=_talks(candidate_id),
        noted=views.pains.of(candidate_id, NOTED),
        pains=_quotes(said, mentions.about_pain, QUOTES),
        pay=_quotes(said, mentions.about_pay),
        notice=_quotes(said, mentions.about_notice),
        place=_quotes(said, mentions.about_place),
        twice=_twice(said),
        shown_on="candidate",
        asking=None,
        moved=None,
        undone=False,
        focus=None,
    )


def _talks(candidate: UUID) -> list[Any]:
    """The last three times that we spoke with them: a voicemail is not a talk."""
    spoken = [
        entry
        for group in ("calls", "meetings")
        for entry in views.timeline.of(candidate, limit=LOOKED_AT, group=group)
        if _stands(entry) and entry.outcome in (None, Outcome.TALKED)
    ]
    return sorted(spoken, key=_when, reverse=True)[:TALKS]


def _stands(entry: Any) -> bool:
    return entry.kind == "touchpoint" and not (entry.retracted_at or entry.moved_at) and entry.words is not None


def _quotes(entries: Iterable[Any], about: Callable[[str], list[str]], most: int = OVER_TIME) -> list[Quote]:
    """What was said last about something, the newest first, in the very words."""
    return [(entry, said) for entry in entries for said in about(in_passing(entry.words, entry) or "")][:most]


def _twice(entries: Iterable[Any]) -> list[tuple[str, Quote, Quote]]:
    """Where two statements about pay or notice differ: about what, the later, the earlier."""
    said = [(entry, each) for entry in entries for each in mentions.sentences(in_passing(entry.words, entry) or "")]
    return [(TWICE[each.about], each.later, each.earlier) for each in mentions.said_twice(said)]


def _when(entry: Any) -> tuple[datetime, int]:
    return entry.happened_at, entry.position
