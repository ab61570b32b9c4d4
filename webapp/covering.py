"""Who is away, and which colleague looks after what is theirs meanwhile. Nothing is handed over for that.

Absences and colleagues are rows of `views.team`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.recruiter import Role
from webapp.installation import Installation


def follows_up(colleague: Any) -> bool:
    """Whether this colleague is there, looks after promises, and so is reminded of them."""
    return bool(colleague.state == "joined" and colleague.role != Role.AUDITOR)


class Covers:
    """The colleagues who are away at an instant. A cover counts as long as they are on the team and record."""

    def __init__(self, team: Iterable[Any], absences: Iterable[Any], now: datetime):
        self._here = {row.id: row for row in team if follows_up(row)}
        self._away = {row.recruiter: row for row in absences if row.begins_at <= now}

    def absence(self, recruiter: UUID) -> Any:
        """The absence of whoever is away, None of all others."""
        return self._away.get(recruiter)

    def cover(self, absence: Any) -> Any:
        """The colleague who covers; None if nobody does, or not any more."""
        return self._here.get(absence.cover)

    def in_charge(self, keeper: UUID) -> UUID:
        """Who is reminded of what this colleague keeps: they themselves, or who covers for them."""
        absence = self.absence(keeper)
        cover = self.cover(absence) if absence else None
        return cover.id if cover else keeper

    def keepers_of(self, colleague: UUID) -> list[UUID]:
        """Of whose promises this colleague is reminded now: of their own, unless they are away, and of those away."""
        own = [colleague] if self.in_charge(colleague) == colleague else []
        return own + [row.recruiter for row in self.covered_by(colleague)]

    def covered_by(self, recruiter: UUID) -> list[Any]:
        """The absences for which this colleague covers now, the first to end first."""
        return [row for row in self._away.values() if self.in_charge(row.recruiter) == recruiter]


def covers_at(installation: Installation, now: datetime) -> Covers:
    """As it stands at an instant."""
    team = installation.views.team
    return Covers(team.everyone(), team.absences(now), now)
