"""An upload on its way: the file, and how it is to be read. It lies in a folder of its own until it is imported."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID, uuid5

from domain.refusal import Refused
from webapp import jobs
from webapp.importing import reading
from webapp.importing.sheet import Sheet
from webapp.importing.sources import Shape
from webapp.installation import Installation
from webapp.work import ENDED

PASTED = "Pasted text"
SOURCE, ASKED, REFUSED = "source", "asked.json", "refused.csv"
KIND, LOOK, UNDO = "import", "import look", "import undo"
SAME, ADD, SKIP = "same", "add", "skip"
LONGEST_NAME = 120


@dataclass
class Draft:
    """What was uploaded by whom, and every choice about it. `command` begins the import, so its id comes from there.

    `looked` counts the looks at the file with these choices; 0 while nobody has looked. The last look found so many
    rows, new people and new notes, and `changes` rows that would change anything; or `trouble`, a sentence.
    """

    id: UUID
    by: UUID
    command: UUID
    name: str
    size: int
    is_pasted: bool = False
    encoding: str | None = None
    like: str | None = None
    headed: bool | None = None
    shape: Shape | None = None
    targets: list[str] = field(default_factory=list)
    is_saved: bool = False
    order: str | None = None
    is_order_chosen: bool = False
    proven: str | None = None
    example: str = ""
    ambiguous: bool = False
    speakers: dict[str, int] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    about: str = ""
    possible: str = ""
    looked: int = 0
    rows: int = 0
    people: int = 0
    notes: int = 0
    changes: int = 0
    trouble: str = ""

    @property
    def is_ready(self) -> bool:
        return self.looked > 0 and not self.trouble


def begin(installation: Installation, command: UUID, by: UUID, name: str, content: Iterable[bytes]) -> Draft:
    """Keep an upload, and see what it is written in. The same command again finds the first. Raises Refused."""
    draft = Draft(uuid5(command, "0"), by, command, _plain(name), 0, name == PASTED)
    if (before := load(installation, draft.id)) is not None:
        return before
    try:
        draft.size = _keep(jobs.uploads(installation, draft.id) / SOURCE, content)
        draft.encoding = reading.encoding_of(source(installation, draft.id))
    except Refused:
        forget(installation, draft.id)
        raise
    save(installation, draft)
    return draft


def load(installation: Installation, id: UUID) -> Draft | None:
    """The upload of this id, None if there is none (any more)."""
    try:
        plain = json.loads((_folder(installation, id) / ASKED).read_text())
    except (OSError, ValueError):
        return None
    shape = plain.pop("shape")
    if shape is not None:
        plain["shape"] = Shape(**{**shape, "headers": tuple(shape["headers"])})
    for name in ("id", "by", "command"):
        plain[name] = UUID(plain[name])
    return Draft(**plain)


def of(installation: Installation, by: UUID) -> list[Draft]:
    """What somebody uploaded and has not imported yet, the newest first."""
    folders = sorted((installation.settings.home / "uploads").glob("*"), key=_age)
    ids = [UUID(folder.name) for folder in folders if (folder / ASKED).exists() and len(folder.name) == 36]
    uploaded = [draft for draft in (load(installation, id) for id in ids) if draft is not None and draft.by == by]
    return [draft for draft in uploaded if not is_begun(installation, draft.id)]


def save(installation: Installation, draft: Draft) -> None:
    """From now on these choices hold; whole, whenever the machine stops."""
    file = _folder(installation, draft.id) / ASKED
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(draft), default=str))
    os.replace(fresh, file)


def forget(installation: Installation, id: UUID) -> None:
    """The upload and all that was read from it."""
    jobs.forget_uploads(installation, id)


def forget_rows(installation: Installation, id: UUID) -> None:
    """What was read is in the ledger now, or was refused; the file is needed no longer."""
    folder = _folder(installation, id)
    for file in [folder / SOURCE, *folder.glob("rows.*")]:
        file.unlink(missing_ok=True)


def forget_all(installation: Installation) -> int:
    """Every upload that is not being imported just now, and what was refused: somebody in it was erased."""
    gone = 0
    for folder in (installation.settings.home / "uploads").glob("*"):
        with suppress(ValueError):
            job = installation.work.job(UUID(folder.name))
            if job is None or job.state in ENDED:
                shutil.rmtree(folder, ignore_errors=True)
                gone += 1
    return gone


def source(installation: Installation, id: UUID) -> Path:
    return _folder(installation, id) / SOURCE


def refused_file(installation: Installation, id: UUID) -> Path:
    """The rows that were not taken, once the import has ended."""
    return _folder(installation, id) / REFUSED


def sheet(installation: Installation, draft: Draft) -> Sheet:
    """What the last look found."""
    return Sheet(sheet_file(installation, draft.id, draft.looked))


def sheet_file(installation: Installation, id: UUID, looked: int) -> Path:
    return _folder(installation, id) / f"rows.{looked}.db"


def is_begun(installation: Installation, id: UUID) -> bool:
    """Whether it is being imported, or was."""
    return installation.work.job(id) is not None or installation.views.imports.one_of(id) is not None


def _age(folder: Path) -> float:
    try:
        return -folder.stat().st_mtime
    except OSError:
        return 0.0  # just deleted


def _folder(installation: Installation, id: UUID) -> Path:
    """Not made by looking for it."""
    return installation.settings.home / "uploads" / str(id)


def _keep(file: Path, content: Iterable[bytes]) -> int:
    """Write what comes, at most as much as may come. Raises Refused."""
    size = 0
    with file.open("wb") as kept:
        for piece in content:
            size += len(piece)
            if size > reading.LARGEST:
                raise Refused(reading.too_large(size), "file")
            kept.write(piece)
    return size


def _plain(name: str) -> str:
    """A file's name as it can be shown: the last part of it, without what cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:LONGEST_NAME] or "a file"
