"""Taking a whole import back, in the background: notes are retracted, values restored, people withdrawn.

What to take back is asked of the ledger: the command ids of an import come from its id and the row. So it can be done
years later, without the uploaded file, and goes on after a worker was killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from domain.command import Command
from domain.refusal import NotFound, Refused
from webapp.importing import drafts, matching
from webapp.importing.committing import added_by, changed_by, noted_by
from webapp.importing.drafts import UNDO
from webapp.importing.records import MOST_NOTES
from webapp.installation import Installation
from webapp.jobs import handles

BATCH = 25
WHY = "The import was undone."
WHATS = ("details", "link", "tags")
FIGURES = ("removed", "restored", "retracted", "stayed")
NAMED_AT_MOST = 200
LINES = 500
STANDS = ("name", "emails", "phones", *matching.ONES, "tags", "owner")


def undo_job(import_id: UUID) -> UUID:
    return uuid5(import_id, "undo")


def begin(installation: Installation, import_id: UUID, by: UUID) -> bool:
    """Let the worker take this import back; False if that was said before."""
    return installation.work.add_job(undo_job(import_id), UNDO, by, {"import": str(import_id), "stayed": []})


@handles(UNDO)
def undo(installation: Installation, job: Any) -> None:
    """Take back every row, the last first. Raises Refused."""
    import_id = UUID(job.detail["import"])
    installation.views.catch_up()
    row = installation.views.imports.one_of(import_id)
    if row is None:
        raise Refused("There is no such import.")
    undoing, done = _Undoing(installation, import_id, job.by), 0
    passes = (undoing.notes, undoing.changes, undoing.person)
    for take_back in passes:
        for number in range(row.rows, 0, -1):
            take_back(number)
            done += 1
            if done % BATCH == 0 and not installation.work.progress(job.id, done, row.rows * len(passes)):
                return
        installation.views.catch_up()
    stayed = [str(id) for id in undoing.stayed[:NAMED_AT_MOST]]
    installation.work.progress(job.id, done, done, stayed=stayed)
    figures = undoing.figures()
    installation.recruiting.note_import_undone(Command(uuid5(import_id, "undone"), job.by), import_id, **figures)
    installation.views.catch_up()
    drafts.forget(installation, import_id)


class _Undoing:
    """One way back through the rows. Everything it does is done once, whoever began it."""

    def __init__(self, installation: Installation, import_id: UUID, by: UUID):
        self.views, self.verbs, self.log = installation.views, installation.recruiting, installation.recruiting.log
        self.import_id, self.by = import_id, by
        self.retracted = 0
        self.restored: set[UUID] = set()
        self.removed = 0
        self.stayed: list[UUID] = []
        self.fresh: set[UUID] = set()

    def figures(self) -> dict[str, int]:
        counts = (self.removed, len(self.restored), self.retracted, len(self.stayed))
        return dict(zip(FIGURES, counts, strict=True))

    def notes(self, row: int) -> None:
        """What this row noted is taken back, unless somebody mended or removed it since."""
        for number in range(1, MOST_NOTES + 1):
            trace = self.log.trace(noted_by(self.import_id, row, number))
            if trace is None:
                continue
            entry = self.views.timeline.entry(trace.streams[0])
            if entry is None or entry.corrected or entry.redacted_at or entry.moved_at:
                continue
            self.retracted += self._once(f"{row} note {number}", self.verbs.retract_touchpoint, trace.streams[0], WHY)

    def changes(self, row: int) -> None:
        """What this row filled in or added is taken out, wherever it still stands as the row left it."""
        for what in WHATS:
            trace = self.log.trace(changed_by(self.import_id, row, what))
            if trace is None:
                continue
            candidate = trace.streams[0]
            if candidate in self.fresh:
                self.views.catch_up()
                self.fresh.clear()
            if self._restore(row, what, candidate, trace.position):
                self.restored.add(candidate)

    def person(self, row: int) -> None:
        """Whom this row added is withdrawn, unless somebody has written about them since."""
        trace = self.log.trace(added_by(self.import_id, row))
        if trace is None:
            return
        candidate = trace.streams[0]
        here = self.views.directory.candidate(candidate)
        if here is None or here.erased_at is not None:
            return
        self.restored.discard(candidate)
        if self._was_undone(f"{row} person"):
            self.removed += 1
        elif here.withdrawn_at is None:
            if self._is_written_about(candidate, trace.position):
                self.stayed.append(candidate)
            else:
                self.removed += self._once(f"{row} person", self.verbs.withdraw_candidate, candidate, WHY)

    def _restore(self, row: int, what: str, candidate: UUID, position: int) -> bool:
        """Whether anything was put back as it was before the event at this position."""
        versions = self.views.directory.versions(candidate)
        after = next((each for each in versions if each.since_position == position), None)
        before = next((each for each in versions if each.until_position == position), None)
        done = self._was_undone(f"{row} {what}")
        if done or before is None or after is None or after.name is None:
            return done
        now = versions[-1]
        if what == "tags":
            added = {tag.casefold() for tag in after.tags} - {tag.casefold() for tag in before.tags}
            gone = [tag for tag in now.tags if tag.casefold() in added]
            return bool(gone) and self._once(f"{row} tags", self.verbs.untag_candidate, candidate, gone)
        old, new, here = (matching.known(each).details for each in (before, after, now))
        back: dict[str, Any] = {
            name: getattr(old, name)
            for name in matching.ONES
            if getattr(old, name) != getattr(new, name) == getattr(here, name)
        }
        for name in ("emails", "phones"):
            added = {way for way in getattr(new, name) if way not in getattr(old, name)}
            back[name] = tuple(way for way in getattr(here, name) if way not in added)
        restored = replace(here, **back)
        return restored != here and self._once(f"{row} {what}", self.verbs.change_details, candidate, restored)

    def _is_written_about(self, candidate: UUID, added_at: int) -> bool:
        """Whether anything stands about somebody that this import did not say: a change, an entry, a promise."""
        versions = self.views.directory.versions(candidate)
        as_added = [each for each in versions if each.since_position <= added_at][-1]
        if any(getattr(as_added, each) != getattr(versions[-1], each) for each in STANDS):
            return True
        lines = self.views.timeline.of(candidate, limit=LINES)
        return len(lines) == LINES or any(line.retracted_at is None for line in lines)

    def _once(self, what: str, verb: Callable[..., Any], stream: UUID, *said: Any) -> bool:
        """Say a verb under an id of its own; False if it was not possible (any more)."""
        if self._was_undone(what):
            return True
        try:
            recorded = verb(Command(self._undone_by(what), self.by), stream, *said)
        except (Refused, NotFound):
            return False
        self.fresh.add(stream)
        return not recorded.repeated

    def _was_undone(self, what: str) -> bool:
        """Whether this was taken back before, by a worker that was killed."""
        return self.log.trace(self._undone_by(what)) is not None

    def _undone_by(self, what: str) -> UUID:
        return uuid5(self.import_id, f"undo {what}")
