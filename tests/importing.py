"""Importing without a page: a file in, what it came to out."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from webapp import jobs
from webapp.importing import committing, drafts, looking, undoing
from webapp.importing.drafts import Draft
from webapp.installation import Installation

SAMPLES = Path(__file__).parent / "samples"


def looked_at(kept: Installation, by: UUID, content: bytes | str | Path, **choices: Any) -> Draft:
    """An upload that was looked at; `choices` are what a form could say."""
    name = content.name if isinstance(content, Path) else choices.pop("name", "people.csv")
    if isinstance(content, Path):
        content = content.read_bytes()
    draft = drafts.begin(kept, uuid4(), by, name, [content.encode() if isinstance(content, str) else content])
    draft.encoding = choices.pop("encoding", draft.encoding)
    for choice in ("about", "like", "headed"):
        setattr(draft, choice, choices.pop(choice, getattr(draft, choice)))
    looking.understand(kept, draft)
    for choice, value in choices.items():
        setattr(draft, choice, value)
    looking.look(kept, draft)
    return draft


def rows_of(kept: Installation, draft: Draft) -> list[Any]:
    """What the preview shows."""
    with closing(drafts.sheet(kept, draft)) as sheet:
        return list(sheet.page(None, 0, 10_000))


def states(kept: Installation, draft: Draft) -> list[str]:
    return [row.state for row in rows_of(kept, draft)]


def commit(kept: Installation, draft: Draft) -> dict[str, int]:
    """Let it happen, here; the figures."""
    committing.begin(kept, draft)
    jobs.run_jobs(kept)
    job = kept.work.job(draft.id)
    assert job.state == "done", job.detail
    return {name: job.detail[name] for name in committing.FIGURES}


def imported(kept: Installation, by: UUID, content: bytes | str | Path, **choices: Any) -> tuple[Draft, dict[str, int]]:
    """A whole import; figures that are 0 are left out."""
    draft = looked_at(kept, by, content, **choices)
    return draft, {name: count for name, count in commit(kept, draft).items() if count}


def undone(kept: Installation, draft: Draft, by: UUID | None = None) -> dict[str, int]:
    """Take it back, here; the figures that are not 0."""
    undoing.begin(kept, draft.id, by or draft.by)
    jobs.run_jobs(kept)
    job = kept.work.job(undoing.undo_job(draft.id))
    assert job.state == "done", job.detail
    row = kept.views.imports.one_of(draft.id)
    return {name: getattr(row, name) for name in undoing.FIGURES if getattr(row, name)}


def people(kept: Installation) -> dict[str, Any]:
    """Everybody who is here, by name."""
    kept.views.catch_up()
    return {row.name: row for row in kept.views.directory.page(limit=1000)}


def notes_of(kept: Installation, candidate: UUID) -> list[Any]:
    """What stands on somebody's timeline, the newest first."""
    return [line for line in kept.views.timeline.of(candidate, limit=100) if line.retracted_at is None]
