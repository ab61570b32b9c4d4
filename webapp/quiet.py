"""The quiet line under a note: what in it sounds sensitive, and a box to mark it. Advice only; nothing waits for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID
from zlib import crc32

from flask import Flask, request

from domain.sensitive import Kind, sensitive_passages, standing
from webapp.filled import Typed
from webapp.forms import unbroken
from webapp.htmx import page_left
from webapp.ledger import views

FIELD = "sensitive"
MOST = 10  # boxes under one note


@dataclass(frozen=True)
class Ticked:
    """A passage of the note, what it sounds like, and whether its box is ticked."""

    words: str
    kind: Kind
    ticked: bool

    @property
    def key(self) -> str:
        """Tells its box from the others, so that a tick never slips to another passage."""
        return f"{crc32(self.words.encode()):08x}"


@dataclass(frozen=True)
class Quiet:
    """The one line under a note, and the boxes after it."""

    sentence: str
    passages: list[Ticked]


def init_quiet(app: Flask) -> None:
    """Let a form say `quiet_about(typed)`: the line for its note, None where there is nothing to say."""
    app.jinja_env.globals["quiet_about"] = quiet_about


def quiet(note: str, name: str | None, ticked: Collection[str] = (), marked: Collection[str] = ()) -> Quiet | None:
    """The line for a note about somebody of this name; what is `marked` already is not asked about again.

    A box stays ticked while its passage is typed on, or is shortened.
    """
    hidden = standing(note, marked)
    found: dict[str, Ticked] = {}
    for passage in sensitive_passages(note):
        if not any(start <= passage.start and passage.end <= end for start, end in hidden):
            words = note[passage.start : passage.end]
            found[words] = Ticked(words, passage.kind, any(one in words or words in one for one in ticked))
    if not found:
        return None
    who = name.split()[0] if name and name.split() else "They"
    sentence = f"Sounds like health, family or a conviction. Keep only if needed; {who} can ask to read it."
    return Quiet(sentence, list(found.values())[:MOST])


def quiet_about(typed: Typed, marked: Collection[str] = ()) -> Quiet | None:
    """The line for the note of a form, with the boxes as this request left them."""
    note = unbroken(typed["note"])
    return quiet(note, _name(typed), [*_ticks(), *filter(None, typed["marked"].split("\0"))], marked) if note else None


def sensitive_said(note: str) -> tuple[str, ...]:
    """The passages whose boxes are ticked in this form, as they stand in its note now.

    One that was typed on since is marked as far as it goes; where one was changed, all that sounds sensitive is:
    too much is hidden rather than too little, and nothing keeps a note from being saved.
    """
    found = [note[passage.start : passage.end] for passage in sensitive_passages(note)]
    said: list[str] = []
    for ticked in _ticks():
        longer = [words for words in found if ticked in words]
        said += longer or ([ticked] if standing(note, [ticked]) else found)
    return tuple(dict.fromkeys(said))


def _ticks() -> list[str]:
    said = request.form.getlist(FIELD)[:MOST] if request.method == "POST" else []
    return [words for each in said if (words := unbroken(each))]


def _name(typed: Typed) -> str | None:
    """Whom the form is about: chosen in it, or the one whose page it stands on."""
    try:
        page = urlsplit(page_left().geturl()).path.split("/candidates/")[-1].split("/")[0]
        candidate = UUID(typed["candidate"] or str((request.view_args or {}).get("candidate_id", page)))
    except ValueError:
        return None
    return views.directory.names({candidate}).get(candidate)
