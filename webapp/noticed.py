"""Promises noticed in a note: while it is typed, and in what was saved. Offered, and never recorded by themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID
from zlib import crc32

from flask import Flask, request
from flask_login import current_user

from domain.due import Due
from domain.promise import NewPromise, Party
from domain.refusal import Refused
from domain.sensitive import standing
from domain.touchpoint import Channel, Direction
from domain.when import phrases
from domain.wording import FoundPromise, find_promises
from domain.words import LONGEST_LINE
from webapp.filled import Typed
from webapp.filters import today, zone
from webapp.importing.committing import SOON
from webapp.ledger import installation, views
from webapp.naming import nobody_told, told_of
from webapp.sensitive import for_reader, may_read
from webapp.spoken import heard, phrase, settled

ADD, NO = "add", "no"
WRITTEN = (Channel.EMAIL, Channel.SMS, Channel.WHATSAPP, Channel.LINKEDIN, Channel.LETTER)


def init_noticed(app: Flask) -> None:
    """Let a form say `noticed(typed)`: the promises in its note."""
    app.jinja_env.globals["noticed"] = noticed


@dataclass(frozen=True)
class Noticed:
    """A promise that stands in a note, by its `key` in forms; `answer` is what was said to it so far.

    `at` is where it stands, for what is remembered of a saved note: no words. `by_when` was typed where it has no date.
    `quote` is no more of the note than the promise itself: what else stands there may be removed for good.
    """

    key: str
    at: str
    what: str
    by: Party
    quote: str
    due_on: date | None
    due_at: time | None
    due_phrase: str | None
    answer: str = ""
    by_when: str = ""

    def promise(self, field: str) -> NewPromise:
        """As it is recorded when it is added. Raises Refused beside the `field` where it needs a date."""
        due, said = Due(self.due_on or today(), self.due_at, zone().key), self.due_phrase
        if self.due_on is None:
            if not self.by_when:
                raise Refused("Say by when.", field)
            chosen = settled(heard(self.by_when), field)
            due, said = Due(chosen.on, chosen.at, zone().key), phrase(self.by_when)
        return NewPromise(self.what, due, current_user.id, self.by, due_phrase=said, quote=self.quote)


# While a note is typed


def noticed(form: Mapping[str, str]) -> list[Noticed]:
    """What a form's note promises, with the answers that the form holds; said on the day that the form names."""
    note = form.get("note", "").replace("\r\n", "\n").strip()
    said_on = _day(form.get("happened_at", ""))
    return [
        replace(one, answer=form.get(f"caught-{one.key}", ""), by_when=form.get(f"by_when-{one.key}", ""))
        for one in in_words_of(note, said_on, _by_them(form.get("channel", ""), form.get("direction", "")))
    ]


def caught_said() -> list[NewPromise]:
    """The promises of the form's note that are to be recorded with it. Raises Refused beside one without a date."""
    return [each.promise(f"by_when-{each.key}") for each in noticed(request.form) if each.answer == ADD]


def fields() -> tuple[str, ...]:
    """The fields of this form that ask by when."""
    return tuple(name for name in request.form if name.startswith("by_when-"))


# Once it is saved


def unanswered(entry: Any) -> list[Noticed]:
    """The promises in a saved entry that nobody has answered to."""
    if entry.kind != "touchpoint" or not entry.words or entry.retracted_at or entry.moved_at:
        return []
    answered = _answered(entry.subject)
    made = {row.words for row in views.promises.of(entry.candidate) if row.touchpoint == entry.subject}
    said_on = entry.happened_at.astimezone(zone()).date()
    hidden = [] if may_read(entry) else standing(entry.words, entry.sensitive or ())
    return [
        one
        for one in in_words_of(entry.words, said_on, _by_them(entry.channel, entry.direction))
        if one.at not in answered and one.what not in made and not _in_any(one, hidden)
    ]


def _in_any(one: Noticed, hidden: list[tuple[int, int]]) -> bool:
    """Whether a promise stands, be it in part, in a passage that is kept from who is signed in."""
    start, end = map(int, one.at.split("-"))
    return any(start < last and first < end for first, last in hidden)


def answered_in_form(touchpoint: UUID) -> None:
    """Ask no more about what was answered in the form that this entry was saved with."""
    remember(touchpoint, [one.at for one in noticed(request.form) if one.answer in (ADD, NO)])


def asked_about(entry: Any, soon: bool = False, **changed: Any) -> dict[str, Any]:
    """What the page asks and says about an entry that was just saved, or only about what is due `soon`."""
    found = [one for one in unanswered(entry) if not soon or (one.due_on and abs(one.due_on - today()) <= SOON)]
    doubt = "" if soon else nobody_told(for_reader(entry.words, entry), told_of(entry))
    asked = {"entry": entry, "noticed": found, "nobody_told": doubt, "errors": {}, "typed": Typed(), "said": ""}
    return {**asked, **changed}


def just_said(candidate: UUID) -> dict[str, Any] | None:
    """What is asked about the entry that the address of a person's page names, if something is."""
    try:
        entry = views.timeline.entry(UUID(request.args.get("said", "")))
    except ValueError:
        return None
    return asked_about(entry) if entry is not None and entry.candidate == candidate else None


def _answered(touchpoint: UUID) -> set[str]:
    return set(json.loads(installation.work.get(f"answered in {touchpoint}") or "[]"))


def remember(touchpoint: UUID, places: list[str]) -> None:
    """Where the answered ones stand: no words, which would outlive the entry's."""
    if places:
        installation.work.set(f"answered in {touchpoint}", json.dumps(sorted({*_answered(touchpoint), *places})))


# What stands where


def in_words_of(note: str, said_on: date, written_by_them: bool = False) -> list[Noticed]:
    """The promises in a note that was said on a day, each by a key that stays while something else in it changes.

    In what they wrote themselves, whoever says "I" is the candidate.
    """
    found: dict[str, Noticed] = {}
    for each in find_promises(note, said_on):
        by, words = Party.CANDIDATE if written_by_them or each.by == "candidate" else Party.US, _what(each)
        again = sum((one.what, one.by) == (words, by) for one in found.values())
        key = f"{crc32(f'{by} {again} {words}'.encode()):08x}"
        at, hour = f"{each.start}-{each.end}", _hour(each, said_on)
        found[key] = Noticed(key, at, words, by, note[each.start : each.end], each.due_on, hour, each.due_phrase)
    return list(found.values())


def _by_them(channel: str, direction: str) -> bool:
    """Whether these are the candidate's own words: a message that came in, not a note on a call that did."""
    return direction == Direction.IN and channel in WRITTEN


def _what(found: FoundPromise) -> str:
    """The words without the date in them, which is shown beside them."""
    words = found.words.replace(found.due_phrase, " ") if found.due_phrase else found.words
    return " ".join(words.split())[:LONGEST_LINE]


def _hour(found: FoundPromise, said_on: date) -> time | None:
    """The time of day that its due phrase names, if it names one."""
    read = phrases(found.due_phrase, said_on) if found.due_phrase else []
    return next((each.at for each in read if each.on == found.due_on), None)


def _day(happened_at: str) -> date:
    try:
        return date.fromisoformat(happened_at[:10])
    except ValueError:
        return today()
