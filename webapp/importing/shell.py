"""`kept import`: the importer of /import from a shell."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

from domain.refusal import Refused
from webapp import jobs
from webapp.importing import committing, drafts, looking, reading, refused
from webapp.importing.drafts import Draft
from webapp.importing.formats import LABELS, Target, columns_named
from webapp.importing.sheet import State
from webapp.installation import Installation
from webapp.work import DONE, ENDED

TOLD = 20
LOOKED_EVERY = 0.2
STATES = {
    State.NEW: "new",
    State.MATCH: "here already",
    State.POSSIBLE: "perhaps here already",
    State.REFUSED: "not read",
}


def draft(
    kept: Installation, file: Path, by: UUID, encoding: str | None, mapping: str | None, possible: str | None
) -> Draft:
    """The file, looked at with these choices. Raises Refused."""
    reading.check_size(file.stat().st_size)
    with file.open("rb") as opened:
        upload = drafts.begin(kept, uuid4(), by, file.name, iter(lambda: opened.read(2**20), b""))
    try:
        if encoding is not None:
            upload.encoding = reading.chosen(encoding)
        if upload.encoding is None:
            raise Refused(_choose_one(kept, upload))
        looking.understand(kept, upload)
        if mapping is not None:
            _map(upload, _pairs(mapping))
            looking.understand(kept, upload)
        looking.look(kept, upload)
        upload.possible = possible or upload.possible
        drafts.save(kept, upload)
    except BaseException:
        drafts.forget(kept, upload.id)
        raise
    return upload


def told(kept: Installation, upload: Draft) -> Iterator[str]:
    """What the file is, what its columns become, how many rows are what, and what cannot be read."""
    assert upload.shape is not None
    assert upload.encoding is not None
    yield f"{upload.name}: {upload.shape.kind.label}, {reading.NAMES[upload.encoding]}, {upload.rows:,} rows"
    for header, target in zip(upload.shape.headers, upload.targets, strict=True):
        if upload.shape.is_table:
            yield f"  {header[:40]:<40}  {LABELS[Target(target)]}"
    if upload.ambiguous:
        why = "as its dates show" if upload.proven else "but nothing in it shows which"
        yield f"  Dates are read {upload.order}, {why}: {upload.example}"
    with closing(drafts.sheet(kept, upload)) as sheet:
        counts, unread = sheet.counts(), sheet.page(State.REFUSED, 0, TOLD)
    yield (
        ", ".join(f"{counts.get(state, 0):,} {words}" for state, words in STATES.items()) + f", {upload.notes:,} notes"
    )
    if counts.get(State.POSSIBLE):
        yield f"  What is perhaps here already: {looking.CHOICES[upload.possible].lower()}."
    for row in unread:
        yield f"  line {row.line}: {row.why}"


def commit(kept: Installation, upload: Draft, progress: Callable[[int, int], None]) -> bool:
    """Record it, here or by a worker that was faster; whether it came to its end."""
    looking.save_columns(kept, upload)
    committing.begin(kept, upload)
    here = Thread(target=jobs.run_jobs, args=(kept,), daemon=True)
    here.start()
    while (job := kept.work.job(upload.id)).state not in ENDED:
        progress(min(job.done, upload.rows - 1), upload.rows)
        time.sleep(LOOKED_EVERY)
    here.join()
    if job.state != DONE:
        print(f"\n{job.detail.get('why', 'It was stopped.')}")
        return False
    progress(upload.rows, upload.rows)
    print(", ".join(f"{job.detail[name]:,} {name}" for name in committing.FIGURES))
    if job.detail["refused"]:
        rows = drafts.refused_file(kept, upload.id)
        print(f"What was not taken lies in {rows} for seven days, with the reasons; {_first(rows)}")
    return True


def let_go(kept: Installation, upload: Draft) -> None:
    """A file that was not imported is not kept."""
    if not drafts.is_begun(kept, upload.id):
        drafts.forget(kept, upload.id)


def _first(rows: Path) -> str:
    return next((f"the first: {refusal.why}" for refusal in refused.first(rows, 1)), "")


def _choose_one(kept: Installation, upload: Draft) -> str:
    """The ways in which a file may be written, each with a line as it would read."""
    choices = reading.choices(drafts.source(kept, upload.id))
    read = "\n".join(f"  {name:<12} {lines[0] if lines else ''}" for name, lines in choices.items())
    return f"This file is not UTF-8. Say with --encoding how it is written:\n{read}"


def _pairs(mapping: str) -> dict[str, str]:
    """Column=target,… as it was typed, or as it stands in a file."""
    try:
        if mapping.endswith(".json"):
            return {str(name): str(target) for name, target in json.loads(Path(mapping).read_text()).items()}
        return dict(pair.split("=", 1) for pair in mapping.split(",") if pair)  # type: ignore[misc]
    except (OSError, ValueError, AttributeError):
        raise Refused(
            "--mapping is to look like Surname=last,Remarks=note, or name a .json file of the same."
        ) from None


def _map(upload: Draft, pairs: dict[str, str]) -> None:
    """What these columns become. Raises Refused for a column or a target that there is not."""
    assert upload.shape is not None
    named = columns_named(upload.shape.headers)
    for name, target in pairs.items():
        wanted = columns_named([name])[0]
        if wanted not in named:
            raise Refused(f"There is no column “{name}”. There are: {', '.join(upload.shape.headers[:40])}.")
        target = "" if target == "leave" else target
        if target not in list(Target):
            raise Refused(f"A column cannot become “{target}”, only leave, {', '.join(filter(None, Target))}.")
        upload.targets[named.index(wanted)] = target
