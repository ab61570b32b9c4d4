"""What a colleague has seen of the notes that mention them, and what the mail of the morning tells of the rest.

That it was seen is no fact: nobody's ledger should hold who read what when, and it changes with every tap. It stands
in `work`, beside the marks of what was told: losing them costs that a line is shown, or told, once more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.naming import Known, namings
from domain.sensitive import HIDDEN, masked
from webapp.installation import Installation

IN_A_LINE = 200  # characters of a note
BEFORE = 60  # of them before the name


@dataclass(frozen=True)
class Seen:
    """The position in the log up to which a colleague has seen all their mentions, and those seen beyond it."""

    until: int = 0
    also: tuple[int, ...] = ()

    def holds(self, position: int) -> bool:
        return position <= self.until or position in self.also


def seen_by(installation: Installation, recruiter: UUID) -> Seen:
    """What this colleague has seen."""
    known = json.loads(installation.work.get(_seen(recruiter)) or "{}")
    return Seen(known.get("until", 0), tuple(known.get("also", ())))


def see(installation: Installation, recruiter: UUID, position: int, all_before: bool = False) -> None:
    """They have seen the mention at this position, or it and all before. Where none of theirs stands, nothing is."""
    mentions, seen = installation.views.mentions, seen_by(installation, recruiter)
    here = mentions.of(recruiter, position + 1, limit=1)
    if not here or (here[0].position != position and not all_before):
        return
    until = max(seen.until, here[0].position) if all_before else seen.until
    also = {*seen.also, here[0].position}
    first = mentions.unseen(recruiter, until, also, limit=1)
    until = first[0].position - 1 if first else max(until, *also)
    said = {"until": until, "also": sorted(each for each in also if each > until)}
    installation.work.set(_seen(recruiter), json.dumps(said))


def unseen(installation: Installation, recruiter: UUID) -> int:
    """How many mentions this colleague has not seen, a hundred at most."""
    seen = seen_by(installation, recruiter)
    return installation.views.mentions.count_unseen(recruiter, seen.until, seen.also)


def to_tell(installation: Installation, recruiter: UUID, limit: int) -> Sequence[Any]:
    """The mentions that this colleague has neither seen nor been told of by mail, the earliest first."""
    seen = seen_by(installation, recruiter)
    until = max(seen.until, int(installation.work.get(_told(recruiter)) or 0))
    return installation.views.mentions.unseen(recruiter, until, seen.also, limit)


def told(installation: Installation, recruiter: UUID, position: int) -> None:
    """The mail of the morning has told them of all up to this position."""
    installation.work.set(_told(recruiter), str(position))


def excerpt(entry: Any, colleague: Known) -> str:
    """The words around a colleague's name, at most 200 characters, without what is sensitive in them; "" where
    nothing else stands there, or not any more."""
    words = " ".join(masked(entry.words, entry.sensitive or ()).split()) if entry is not None and entry.words else ""
    if not words.replace(HIDDEN, "").strip(" .,;"):
        return ""
    named = [each.start for each in namings(words, [colleague])]
    start = max(0, (named[0] if named else 0) - BEFORE)
    start = words.find(" ", start) + 1 if start and len(words) > IN_A_LINE else 0
    shown = words[start : start + IN_A_LINE]
    return f"{'… ' if start else ''}{shown.rstrip()}{'…' if start + IN_A_LINE < len(words) else ''}"


def _seen(recruiter: UUID) -> str:
    return f"mentions seen by {recruiter}"


def _told(recruiter: UUID) -> str:
    return f"mentions told to {recruiter}"
