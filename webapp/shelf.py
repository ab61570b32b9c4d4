"""A person's promises as they are laid out on their page: what presses is never folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.promise import State
from webapp.filters import just_now, standing

ALWAYS_SHOWN = 2


@dataclass(frozen=True)
class Shelf:
    """Which stand in sight, and which under a line that says how many there are."""

    near: list[Any]
    later: list[Any]
    closed: list[Any]
    open: int
    overdue: int
    kept: int
    judged: int


def shelve(promises: Sequence[Any]) -> Shelf:
    """Overdue and due today always in sight, with what was just closed; a few more; the rest under one line."""
    still_open = [row for row in promises if row.state == State.OPEN]
    closed = [row for row in promises if row.state != State.OPEN]
    kinds = [standing(row).kind for row in still_open]
    pressing = sum(kind != "open" for kind in kinds)
    near = still_open[: max(pressing, ALWAYS_SHOWN)]
    fresh = [row for row in closed if just_now(row.closed_at)]
    kept = sum(row.state == State.KEPT for row in closed)
    return Shelf(
        near=near + fresh,
        later=still_open[len(near) :],
        closed=[row for row in closed if row not in fresh],
        open=len(still_open),
        overdue=kinds.count("overdue"),
        kept=kept,
        judged=kept + sum(row.state == State.BROKEN for row in closed),
    )
