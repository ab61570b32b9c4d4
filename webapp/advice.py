"""The one line of advice under a form, and which goes first where several could be given.

Before anything is written it is the guard's (webapp/guard.py): what speaks against getting in touch now. Once
somebody writes, the guard makes way: first comes what sounds sensitive, then words that nobody here promises.
"""

from __future__ import annotations

import re

from flask import Flask

from domain.promise import Party
from domain.unpromised import found_in
from webapp.agencys import process
from webapp.filled import Typed
from webapp.forms import unbroken
from webapp.noticed import noticed
from webapp.quiet import Quiet, quiet_about

THEY_PROMISE = (Party.CANDIDATE, Party.CONTACT)
ENDS = re.compile(r"[.!?](?=\s)|\n")


def init_advice(app: Flask) -> None:
    """Let a form say `advice_under(typed)` and `about_promise(words, who)`, None where there is nothing to say."""
    app.jinja_env.globals.update(advice_under=advice_under, about_promise=about_promise)


def advice_under(typed: Typed) -> Quiet | None:
    """The line for what stands in the note, and in the promise beside it."""
    return quiet_about(typed) or about_promise(typed["promise"], typed["who"]) or _about_promises_in(typed)


def about_promise(words: str, who: str = "") -> Quiet | None:
    """The line for a promise of ours in which words stand that nobody here promises."""
    found = found_in(words, process().unpromised) if who not in THEY_PROMISE else None
    if found is None:
        return None
    said, unpromised = found
    instead = unpromised.instead or "say what you will do instead"
    return Quiet(f"The agency does not promise ‘{said}’: {instead.removesuffix('.')}.", [])


def _about_promises_in(typed: Typed) -> Quiet | None:
    """The line for the first sentence of the note in which we promise such a thing."""
    note = unbroken(typed["note"])
    if found_in(note, process().unpromised) is None:
        return None
    ours = (each for each in noticed(typed) if each.by is Party.US)
    return next((line for each in ours if (line := about_promise(_sentence(note, each.at)))), None)


def _sentence(note: str, at: str) -> str:
    """All of the sentence in which a promise stands."""
    start, end = map(int, at.split("-"))
    before = [found.end() for found in ENDS.finditer(note, 0, start)]
    after = ENDS.search(note, end)
    return note[before[-1] if before else 0 : after.start() if after else len(note)]
