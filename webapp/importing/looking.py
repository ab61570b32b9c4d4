"""Looking at an upload: what it is, whom each row is about, what would be added. Nothing is recorded yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.refusal import Refused
from projections.folding import fold
from webapp.importing import dates, drafts, formats, matching, sources
from webapp.importing.chats import NOBODY, THEM, US
from webapp.importing.dates import Order
from webapp.importing.drafts import ADD, LOOK, SAME, SKIP, Draft
from webapp.importing.formats import CHAT, NOTE, NOTES, PEOPLE, Format, Target
from webapp.importing.matching import Decision, Known
from webapp.importing.records import Record, Understanding
from webapp.importing.sheet import Line, Sheet, State
from webapp.importing.tables import Row
from webapp.installation import Installation
from webapp.jobs import handles

BATCH = 100
AT_ONCE = 400_000  # bytes; a larger file is looked at by the worker
NEAR_AT_MOST = 50
FOUND = ("rows", "people", "notes", "changes")

Tell = Callable[[int, int], object]
"""Told how many rows were looked at, and about how many there are."""


def is_quick(draft: Draft) -> bool:
    """Whether a look takes no longer than a page may take."""
    return draft.size <= AT_ONCE


def look_later(installation: Installation, draft: Draft) -> UUID:
    """Let the worker look; the job's id."""
    job = look_job(draft)
    installation.work.add_job(job, LOOK, draft.by, {"import": str(draft.id)})
    return job


def look_job(draft: Draft) -> UUID:
    return uuid5(draft.id, f"look {draft.looked + 1}")


@handles(LOOK)
def look_now(installation: Installation, job: Any) -> None:
    draft = drafts.load(installation, UUID(job.detail["import"]))
    if draft is None or drafts.is_begun(installation, draft.id) or look_job(draft) != job.id:
        return
    try:
        understand(installation, draft)
        look(installation, draft, tell=partial(installation.work.progress, job.id))
    except Refused as refused:
        draft.trouble = refused.sentence
        draft.looked += 1
        drafts.save(installation, draft)


def understand(installation: Installation, draft: Draft) -> None:
    """What this upload is and how it is laid out, wherever nobody has said otherwise. Raises Refused."""
    if draft.encoding is None:
        raise Refused("Choose how this file is written: it is not UTF-8.", "encoding")
    file = drafts.source(installation, draft.id)
    if draft.shape is None:
        draft.shape = sources.shape_of(
            file, draft.encoding, is_pasted=draft.is_pasted, like=draft.like, headed=draft.headed
        )
        draft.targets, draft.is_saved = _targets(installation, draft.shape)
        draft.possible = _usual_choice(draft.shape.kind)
    if draft.shape.kind is CHAT and not draft.roles:
        draft.speakers = sources.speakers(file, draft.shape)
        draft.roles = _roles(draft.speakers, _names(installation))
        draft.about = draft.about or next((name for name, role in draft.roles.items() if role == THEM), "")
    _see_dates(installation, draft)


def look(installation: Installation, draft: Draft, tell: Tell = lambda rows, about: None) -> None:
    """Read every row, and say of each whom it is about. Raises Refused for a file that cannot be read to its end."""
    assert draft.shape is not None
    installation.views.catch_up()
    looked = draft.looked + 1
    file = drafts.sheet_file(installation, draft.id, looked)
    for left in file.parent.glob(f"{file.stem}.*"):
        left.unlink()  # of a look that was cut short
    how, found, size = understanding(installation, draft), Counter[str](), 0
    with closing(Sheet(file)) as sheet:
        looking = _Looking(installation, sheet, draft.shape.kind)
        numbered = enumerate(_rows(installation, draft), 1)
        while batch := list(islice(numbered, BATCH)):
            lines = looking.lines([(number, row, how.record(row)) for number, row in batch])
            for line in lines:
                found.update(_found(line, draft.possible))
            size += sum(len(cell) + 1 for _, row in batch for cell in row.cells)
            tell(found["rows"], max(found["rows"], found["rows"] * draft.size // size))
    if not found["rows"]:
        raise Refused("There are no rows in this file.", "file")
    draft.rows, draft.people, draft.notes, draft.changes = (found[each] for each in FOUND)
    draft.looked, draft.trouble = looked, ""
    drafts.save(installation, draft)
    drafts.sheet_file(installation, draft.id, looked - 1).unlink(missing_ok=True)


def understanding(installation: Installation, draft: Draft) -> Understanding:
    """How the rows of this upload are to be understood."""
    assert draft.shape is not None
    agency = installation.views.team.agency()
    importer = installation.views.team.recruiter(draft.by)
    return Understanding(
        draft.shape.kind,
        draft.shape.headers,
        [Target(target) for target in draft.targets],
        Order(draft.order or dates.usual(agency.country)),
        ZoneInfo(agency.zone),
        (importer.name if importer else "") or "",
        _owners(installation),
        installation.recruiting.log.now(),
    )


def _found(line: Line, choice: str) -> dict[str, int]:
    """What a row adds to what the look found."""
    is_taken = line.state != State.POSSIBLE or choice != SKIP
    notes = line.shown["notes"] if is_taken else 0
    return {"rows": 1, "people": line.state == State.NEW, "notes": notes, "changes": line.does_anything}


class _Looking:
    """One look at one file: each batch sees the directory, and the rows before it."""

    def __init__(self, installation: Installation, sheet: Sheet, kind: Format):
        self.views, self.sheet = installation.views, sheet
        self.country = self.views.team.agency().country
        self.is_one_person = kind in (CHAT, NOTE)
        self.first: Line | None = None
        self.known_by: Counter[int] = Counter()

    def lines(self, batch: list[tuple[int, Row, Record]]) -> list[Line]:
        near = self._near([record for _, _, record in batch])
        here: dict[str, list[Known]] = {}
        lines: list[Line] = []
        marks: list[tuple[str, int]] = []
        for number, row, record in batch:
            wanted = self._wanted(record)
            around = _once(known for want in wanted for known in (*near.get(want, ()), *here.get(want, ())))
            decision = self._decide(record, around)
            lines.append(self._line(number, row, record, decision))
            self.first = self.first or lines[0]
            person = self._person(number, record, decision)
            for mark in self._wanted(Record(person.details)) if person is not None else ():
                here[mark] = [each for each in here.get(mark, ()) if each.whom != person.whom] + [person]
                if self._is_worth_noting(mark):
                    marks.append((mark, number))
        self.sheet.add(lines, marks)
        return lines

    def _is_worth_noting(self, mark: str) -> bool:
        """A thousand people of one name are found by the first of them."""
        self.known_by[hash(mark)] += 1
        return self.known_by[hash(mark)] <= NEAR_AT_MOST

    def _decide(self, record: Record, near: list[Known]) -> Decision:
        first = self.first
        if not self.is_one_person or record.fault or first is None or first.state == State.REFUSED:
            return matching.decide(record, near, self.country)
        perhaps = first.state == State.POSSIBLE
        person = Known(first.record.details, (), id=first.candidate, row=None if first.candidate else first.number)
        return Decision(State.POSSIBLE if perhaps else State.MATCH, person, first.why)

    def _person(self, number: int, record: Record, decision: Decision) -> Known | None:
        """As whom later rows of the file may find this one; whoever it may be as well was found already."""
        if decision.state in (State.REFUSED, State.POSSIBLE):
            return None
        if decision.state == State.MATCH and decision.whom is not None:
            return matching.merged(decision.whom, record, self.country)
        return Known(record.details, record.tags, row=number)

    def _line(self, number: int, row: Row, record: Record, decision: Decision) -> Line:
        whom, notes = decision.whom, len(record.notes) if decision.state != State.REFUSED else 0
        shown = dict[str, Any](whom="", adds=(), keeps=(), notes=notes, there=0, apart=list(record.apart))
        if whom is not None:
            filling = matching.fill(whom, record, self.country)
            shown |= {"whom": whom.details.name, "adds": filling.adds, "keeps": filling.keeps}
            if whom.id is not None:
                there = [said for said in record.notes if matching.is_there(self.views.timeline, whom.id, said)]
                shown |= {"notes": notes - len(there), "there": len(there)}
        return Line(
            number,
            row.line,
            decision.state,
            record.details.name or next(iter((*record.details.emails, *record.details.phones)), ""),
            record,
            row.cells,
            decision.why,
            whom.id if whom else None,
            whom.row if whom else None,
            shown,
        )

    def _near(self, records: list[Record]) -> dict[str, list[Known]]:
        """Everybody whom these rows may be about, by mark and by name."""
        found: dict[str, list[Known]] = {}
        for person in [*self._in_this_file(records), *self._here_already(records)]:
            for mark in self._wanted(Record(person.details)):
                if len(found.setdefault(mark, [])) < NEAR_AT_MOST:
                    found[mark].append(person)
        return found

    def _here_already(self, records: list[Record]) -> Iterable[Known]:
        details = [record.details for record in records]
        directory = self.views.directory
        rows = [
            *directory.known_by(
                [email for each in details for email in each.emails],
                [phone for each in details for phone in each.phones],
                [each.reference for each in details if each.reference],
                [each.link for each in details if each.link],
            ),
            *directory.namesakes([each.name for each in details if each.name]),
        ]
        return {row.id: matching.known(row) for row in rows}.values()

    def _in_this_file(self, records: list[Record]) -> Iterable[Known]:
        """The persons of earlier rows, under the candidate they are where that is known."""
        wanted = {mark for record in records for mark in self._wanted(record)}
        numbers = {number for rows in self.sheet.earlier(wanted).values() for number in rows[:NEAR_AT_MOST]}
        earlier = self.sheet.rows_of(numbers)
        return [_earlier(row) for _, row in sorted(earlier.items())]

    def _wanted(self, record: Record) -> set[str]:
        wanted = matching.marks(record.details, self.country)
        return wanted | {f"name {fold(record.details.name)}"} if record.details.name else wanted


def _earlier(row: Any) -> Known:
    """The person of an earlier row, which may itself be about somebody who is here, or about a row before it."""
    record = Record.of(row.record)
    details = record.details
    if not details.name:
        details = replace(details, name=row.shown.get("whom", ""))
    if row.state == State.MATCH:
        return Known(details, record.tags, id=row.candidate, row=None if row.candidate else row.same_row)
    return Known(details, record.tags, row=row.number)


def _once(people: Iterable[Known]) -> list[Known]:
    """Each person once, as they were found last."""
    return list({person.whom: person for person in people}.values())


def _rows(installation: Installation, draft: Draft) -> Iterator[Row]:
    assert draft.shape is not None
    file = drafts.source(installation, draft.id)
    return sources.rows(file, draft.shape, about=draft.about, roles=draft.roles)


def _targets(installation: Installation, shape: sources.Shape) -> tuple[list[str], bool]:
    """What the columns become: as it was saved for such files, else as they are usually called."""
    if shape.is_table and (saved := installation.vault.columns(formats.signature(shape.headers))):
        named = formats.columns_named(shape.headers)
        return [saved.get(name, "") if saved.get(name, "") in list(Target) else "" for name in named], True
    return [str(target) for target in formats.targets(shape.headers, shape.kind)], False


def save_columns(installation: Installation, draft: Draft) -> None:
    """Files of the same headers are read so from now on."""
    shape = draft.shape
    if shape is not None and shape.is_table and shape.headed:
        targets = dict(zip(formats.columns_named(shape.headers), draft.targets, strict=True))
        installation.vault.save_columns(formats.signature(shape.headers), targets, draft.by)


def _usual_choice(kind: Format) -> str:
    """What to do with rows that may be about somebody who is here, unless somebody says otherwise.

    Notes are for people who are here; of a list of people those in doubt are left out.
    """
    return SAME if kind in (CHAT, NOTE, NOTES, PEOPLE) else SKIP


CHOICES = {
    SKIP: "Leave these rows out",
    SAME: "They are the same people: fill in what is empty, add the notes",
    ADD: "They are other people: add them",
}


def _see_dates(installation: Installation, draft: Draft) -> None:
    """In which order the dates of this file are written, as far as all of them together show."""
    assert draft.shape is not None
    if Target.WHEN not in draft.targets:
        draft.order, draft.proven, draft.ambiguous = None, None, False
        return
    place = draft.targets.index(Target.WHEN)
    seen = dates.evidence(row.cells[place] for row in _rows(installation, draft))
    country = installation.views.team.agency().country
    draft.proven, draft.example, draft.ambiguous = seen.proven, seen.telling, seen.matters
    if not draft.is_order_chosen:
        draft.order = str(seen.proven or dates.usual(country))


def _roles(speakers: dict[str, int], team: set[str]) -> dict[str, str]:
    """Who is one of us, and who is the candidate: the one who speaks most and is not on the team."""
    ours = {name for name in speakers if fold(name) in team}
    others = [name for name in speakers if name not in ours]
    roles = dict.fromkeys(ours, US) | dict.fromkeys(others, NOBODY)
    if others:
        roles[others[0]] = THEM
    if len(speakers) == 2 and not ours:
        roles[others[1]] = US
    return {name: roles[name] for name in speakers}


def _names(installation: Installation) -> set[str]:
    """What colleagues are called, by first name too."""
    names = [row.name for row in installation.views.team.everyone() if row.name]
    return {fold(name) for name in names} | {fold(name).split()[0] for name in names if fold(name)}


def _owners(installation: Installation) -> dict[str, str]:
    """Who may look after somebody, by name and by e-mail."""
    people = [row for row in installation.views.team.everyone() if row.role != "auditor" and row.state != "left"]
    return {fold(word): str(row.id) for row in people for word in (row.name, row.email) if word}
