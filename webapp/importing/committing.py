"""Committing an import, row by row, in the background. Every command's id comes from the import and the row.

So a worker may be killed at any moment: whoever goes on finds by these ids what was recorded already.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.candidate import Details
from domain.command import Command
from domain.refusal import NotFound, Refused
from domain.wording import find_promises
from webapp.importing import drafts, matching, refused
from webapp.importing.drafts import ADD, KIND, SAME, Draft
from webapp.importing.matching import Decision, Known
from webapp.importing.records import Record, Said
from webapp.importing.sheet import Outcome, Sheet, State
from webapp.installation import Installation
from webapp.jobs import handles

BATCH = 25
SOON = timedelta(days=30)  # before today and after: what is due then is asked about
FIGURES = ("added", "changed", "notes", "matched", "refused")
NOT_CHOSEN = "Perhaps {whom}, who is here already: left out, as was chosen."
NOT_HERE = "This person is not here any more."


def begin(installation: Installation, draft: Draft) -> bool:
    """Let the worker commit what the preview showed; False if that was said before."""
    return installation.work.add_job(draft.id, KIND, draft.by, dict.fromkeys(FIGURES, 0))


@handles(KIND)
def commit(installation: Installation, job: Any) -> None:
    """Record every row that is left to do. Raises Refused."""
    draft = drafts.load(installation, job.id)
    if draft is None or draft.shape is None:
        raise Refused("The uploaded file is not here any more. Please import it again.")
    work, total = installation.work, draft.rows
    installation.recruiting.begin_import(Command(draft.command, draft.by), draft.shape.format, total)
    figures = {name: job.detail.get(name, 0) for name in FIGURES}
    done, go_on = job.done, True
    with closing(drafts.sheet(installation, draft)) as sheet:
        committing = _Committing(installation, sheet, draft)
        while go_on and (batch := sheet.page(None, after=done, limit=BATCH)):
            for row in batch:
                for name, more in committing.row(row).items():
                    figures[name] += more
            committing.settle()
            done = batch[-1].number
            go_on = work.progress(draft.id, done, total, **figures)
        finish(installation, draft, sheet, figures)


def finish(installation: Installation, draft: Draft, sheet: Sheet, figures: dict[str, int]) -> None:
    """Note what came of it, keep the rows that were refused, and let go of the file."""
    installation.recruiting.finish_import(Command(uuid5(draft.id, "finished"), draft.by), draft.id, **figures)
    installation.views.catch_up()
    assert draft.shape is not None
    refused.write(drafts.refused_file(installation, draft.id), draft.shape, sheet)
    drafts.forget_rows(installation, draft.id)


def added_by(import_id: UUID, row: int) -> UUID:
    """The command by which a row added a person."""
    return uuid5(import_id, f"{row}")


def changed_by(import_id: UUID, row: int, what: str) -> UUID:
    """The command by which a row changed a person's "details", "link" or "tags"."""
    return uuid5(import_id, f"{row} {what}")


def noted_by(import_id: UUID, row: int, note: int) -> UUID:
    """The command by which a row noted something."""
    return uuid5(import_id, f"{row} note {note}")


@dataclass
class _Became:
    """What one row came to."""

    outcome: Outcome
    candidate: UUID | None = None
    why: str = ""


class _Left(Exception):
    """A row was left out, as was chosen; the text says whom it may be about."""


class _Committing:
    """One worker's way through the rows of one import."""

    def __init__(self, installation: Installation, sheet: Sheet, draft: Draft):
        self.views, self.verbs, self.work = installation.views, installation.recruiting, installation.work
        self.sheet, self.draft = sheet, draft
        self.views.catch_up()
        agency = self.views.team.agency()
        self.country, self.zone = agency.country, ZoneInfo(agency.zone)
        self.today = self.verbs.log.now().astimezone(self.zone).date()
        self.fresh: set[UUID] = set()
        self.just_said: set[tuple[UUID, str | None, str]] = set()
        self.done: list[dict[str, Any]] = []
        self.became: dict[int, UUID | None] = {}

    def row(self, row: Any) -> dict[str, int]:
        """Record one row; returns by how much the figures grow."""
        figures = dict.fromkeys(FIGURES, 0)
        record = Record.of(row.record)
        try:
            came = self._take(row, record, figures)
        except _Left as left:
            came = _Became(Outcome.LEFT, why=str(left))
        except Refused as fault:
            came = _Became(Outcome.REFUSED, why=fault.sentence)
        except NotFound:
            came = _Became(Outcome.REFUSED, why=NOT_HERE)
        figures[{Outcome.ADDED: "added", Outcome.MATCHED: "matched"}.get(came.outcome, "refused")] += 1
        self.became[row.number] = came.candidate
        self.done.append(
            {"number": row.number, "outcome": str(came.outcome), "became": came.candidate, "refusal": came.why}
        )
        return figures

    def settle(self) -> None:
        """After a batch: the directory knows it, the sheet too."""
        self.views.catch_up()
        self.sheet.became(self.done)
        self.done.clear()
        self.fresh.clear()
        self.just_said.clear()
        self.became.clear()

    def _take(self, row: Any, record: Record, figures: dict[str, int]) -> _Became:
        adding = Command(added_by(self.draft.id, row.number), self.draft.by)
        if trace := self.verbs.log.trace(adding.id):
            self._note(row.number, trace.streams[0], record, figures)
            return _Became(Outcome.ADDED, trace.streams[0])
        if row.state == State.REFUSED:
            raise Refused(row.why)
        whom = self._whom(row, record)
        if whom is None:
            candidate = self._add(adding, record)
            self._note(row.number, candidate, record, figures)
            return _Became(Outcome.ADDED, candidate)
        figures["changed"] += self._fill(row.number, whom, record)
        self._note(row.number, whom, record, figures)
        return _Became(Outcome.MATCHED, whom)

    def _whom(self, row: Any, record: Record) -> UUID | None:
        """Whom a row is about, None for somebody new. Raises Refused, and _Left for a row that was not chosen."""
        choice = self.draft.possible
        if row.same_row is not None:
            earlier, perhaps = self._of_row(row.same_row), row.state == State.POSSIBLE
            if earlier is not None and (not perhaps or choice == SAME):
                return earlier
            if perhaps and choice != ADD:
                raise _Left(NOT_CHOSEN.format(whom=row.shown["whom"]))
        decision = matching.decide(record, self._near(record), self.country)
        match decision.state:
            case State.REFUSED:
                raise Refused(decision.why)
            case State.POSSIBLE if choice != ADD:
                return self._perhaps(decision)
            case State.MATCH if decision.whom is not None:
                return decision.whom.id
        return None

    def _perhaps(self, decision: Decision) -> UUID | None:
        """Who it is, if those who may be the same are to be. Raises _Left."""
        if decision.whom is None:
            raise _Left(decision.why)
        if self.draft.possible != SAME:
            raise _Left(NOT_CHOSEN.format(whom=decision.whom.details.name))
        return decision.whom.id

    def _of_row(self, number: int) -> UUID | None:
        """Who an earlier row of this file turned out to be."""
        if number in self.became:
            return self.became[number]
        row = self.sheet.row(number)
        candidate: UUID | None = row.became if row is not None else None
        return candidate

    def _near(self, record: Record) -> list[Known]:
        details, directory = record.details, self.views.directory
        rows = [
            *directory.known_by(
                details.emails, details.phones, filter(None, [details.reference]), filter(None, [details.link])
            ),
            *(directory.namesakes([details.name]) if details.name else ()),
        ]
        return [matching.known(row) for row in {row.id: row for row in rows}.values()]

    def _add(self, adding: Command, record: Record) -> UUID:
        details = record.details
        if not details.source and self.draft.shape is not None:
            details = replace(details, source=self.draft.shape.kind.source)
        owner = UUID(record.owner) if record.owner else None
        recorded = self.verbs.add_candidate(adding, details=details, tags=record.tags, owner=owner)
        self.fresh.add(recorded.streams[0])
        return recorded.streams[0]

    def _fill(self, row: int, whom: UUID, record: Record) -> int:
        """Fill what is empty, add what is missing; 1 if anything was changed by this row, else 0."""
        if record == Record(Details(record.details.name), notes=record.notes, apart=record.apart, owner=record.owner):
            return 0
        if whom in self.fresh:
            self.views.catch_up()
            self.fresh.clear()
        here = self.views.directory.candidate(whom)
        if here is None or here.erased_at is not None or here.withdrawn_at is not None:
            raise NotFound(whom)
        filling = matching.fill(matching.known(here), record, self.country)
        before = matching.known(here).details
        changed = self._change(row, "details", whom, replace(filling.details, link=before.link), before)
        changed |= self._change(row, "link", whom, filling.details, replace(filling.details, link=before.link))
        tagging = Command(changed_by(self.draft.id, row, "tags"), self.draft.by)
        if filling.tags:
            self.verbs.tag_candidate(tagging, whom, filling.tags)
        if changed or filling.tags:
            self.fresh.add(whom)
        return int(changed or bool(filling.tags) or self._was_changed(row))

    def _change(self, row: int, what: str, whom: UUID, details: Details, before: Details) -> bool:
        if details == before:
            return False
        changing = Command(changed_by(self.draft.id, row, what), self.draft.by)
        return not self.verbs.change_details(changing, whom, details).repeated

    def _was_changed(self, row: int) -> bool:
        """Whether a worker that was killed had changed the person already."""
        whats = ("details", "link", "tags")
        return any(self.verbs.log.trace(changed_by(self.draft.id, row, what)) for what in whats)

    def _note(self, row: int, candidate: UUID, record: Record, figures: dict[str, int]) -> None:
        """What is said about them, unless the very same stands there already."""
        for number, said in enumerate(record.notes, 1):
            noting = Command(noted_by(self.draft.id, row, number), self.draft.by)
            if trace := self.verbs.log.trace(noting.id):
                self._catch(trace.streams[0], candidate, said)
                figures["notes"] += 1
            elif not self._is_there(candidate, said):
                recorded = self.verbs.record_touchpoint(
                    noting, candidate, said.channel, said.direction, None, said.happened_at, said.words
                )
                self._catch(recorded.streams[0], candidate, said)
                self.just_said.add((candidate, said.at, said.words))
                figures["notes"] += 1

    def _catch(self, touchpoint: UUID, candidate: UUID, said: Said) -> None:
        """Note that there are promises in it, to be asked about when all is imported."""
        said_at = said.happened_at or self.verbs.log.now()
        found = find_promises(said.words, said_at.astimezone(self.zone).date())
        if found:
            soon = any(each.due_on is not None and abs(each.due_on - self.today) <= SOON for each in found)
            self.work.note_caught(self.draft.id, touchpoint, candidate, len(found), soon)

    def _is_there(self, candidate: UUID, said: Said) -> bool:
        just_now = (candidate, said.at, said.words) in self.just_said
        return just_now or matching.is_there(self.views.timeline, candidate, said)
