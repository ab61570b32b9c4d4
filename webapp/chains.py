"""Chains: promises that wait for others, and the date that is proposed when the first of two slips.

It is a question over what stands: nothing is recorded by itself, so any worker may ask and nothing happens twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask, g
from flask_login import current_user

from domain.promise import Party, Slip, State
from webapp.filters import agency, due_said, today, who
from webapp.hours import next_working_day, working_days_after, working_days_since
from webapp.ledger import views
from webapp.promised import first_of, know_of, person, promiser, theirs

SHOWN = 20
REASONS = {
    Party.CONTACT: "client slipped",
    Party.CANDIDATE: "they slipped",
    Party.US: "we slipped",
}


def init_chains(app: Flask) -> None:
    """Let forms offer what a new promise may wait for."""
    app.jinja_env.globals.update(may_wait_for=may_wait_for)


@dataclass(frozen=True)
class Proposal:
    """A promise whose date should move to `on`, since the `first` one, which it waits for, slipped."""

    promise: Any
    first: Any
    on: date

    @property
    def happened(self) -> str:
        """What became of the first one, as a sentence."""
        them, it = promiser(self.first), f"“{self.first.words}”"
        if self.promise.slip == Slip.MOVED:
            return f"{them} moved {it} to {due_said(self.first)}."
        if self.promise.slip == Slip.OVERDUE:
            return f"{them} has not kept {it} yet, due {due_said(self.first)}."
        return f"{them} did not keep {it}."

    @property
    def whose(self) -> str:
        """The promise that should move, as one calls it: "yours to Ada", "Tom’s to Ada", "Ada’s"."""
        if theirs(self.promise):
            return f"{promiser(self.promise)}’s"
        mine = self.promise.keeper == current_user.id
        return f"{'yours' if mine else who(self.promise.keeper) + '’s'} to {person(self.promise.candidate)}"

    @property
    def why(self) -> str:
        """The reason that is noted with the new date."""
        return REASONS[Party(self.first.party)]


def proposals(keeper: UUID | None = None, promise: UUID | None = None) -> list[Proposal]:
    """The new dates to propose: a colleague's, everybody's, or that of one promise."""
    rows = views.promises.slipped(today(), keeper, promise, SHOWN)
    know_of(rows)
    found = [Proposal(row, first_of(row), _on(row)) for row in rows]
    return [each for each in found if each.on > each.promise.due_on]


def _on(row: Any) -> date:
    """As many working days after the day that the first is to be expected now as there were between the two."""
    gap = max(working_days_since(row.expected_on or row.first_due_on, row.due_on, agency()), 0)
    expected = max(row.first_due_on, today())
    if row.slip == Slip.BROKEN:
        expected = next_working_day(expected, agency())
    return working_days_after(expected, gap, agency())


def may_wait_for(candidate: UUID | None) -> list[Any]:
    """The open promises that a new one about this candidate may wait for, what they owe us before what we owe."""
    if candidate is None:
        return []
    if "may_wait_for" not in g:
        jobs = {row.job for row in views.submissions.live([candidate])}
        owed = [row for row in views.promises.about(jobs) if row.party == Party.CONTACT]
        own = [row for row in views.promises.of(candidate, closed=0) if row.state == State.OPEN and row.words]
        rows = {row.id: row for row in [*own, *owed]}.values()
        know_of(rows)
        g.may_wait_for = sorted(rows, key=lambda row: (row.party == Party.US, row.due_on))
    return list(g.may_wait_for)


def told_of(promise: Any) -> str:
    """What the entry says by which somebody was told of a new date."""
    return f"Told of the new date: {promise.words}, {due_said(promise)}."
