"""By when: a due typed in words, shown back in full while it is typed, or asked about where it may mean two days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from flask import Blueprint, Flask, render_template, request

from domain.due import Due
from domain.refusal import Refused
from domain.when import Said
from webapp import forms
from webapp.filters import agency, now, today, zone
from webapp.hours import moment
from webapp.spoken import heard, phrase, settled, understood

pages = Blueprint("dues", __name__)

FRIDAY = 4


@dataclass(frozen=True)
class Shown:
    """What a due is shown back as: in `full` if it is clear, else a question and what to choose from.

    `seen` goes back with the form: "tomorrow" that was shown before midnight is saved as it was shown.
    """

    full: str = ""
    seen: str = ""
    sentence: str = ""
    choices: tuple[Said, ...] = ()
    chosen: str = ""


def init_dues(app: Flask) -> None:
    """Let forms say `due_shown(typed)`, and offer the days that people name most."""
    app.jinja_env.globals.update(due_shown=due_shown, near_days=near_days, day_in_full=day_in_full)


@pages.get("/due")
def shown() -> str:
    """What is typed so far, in full or with a question."""
    return render_template("promises/_due_shown.html", shown=due_shown(request.args), errors={})


@pages.get("/due/day")
def day_shown() -> str:
    """A day typed so far into the field that the address names, in full or with a question."""
    typed = request.args.get(request.args.get("of", ""), "")
    return render_template("promises/_day_shown.html", shown=day_in_full(typed))


def day_in_full(words: str) -> str:
    """What a day alone is shown back as: in full if it is clear, else the question that it raises."""
    if not words.strip():
        return ""
    answer = heard(words.strip())
    return Due(answer.on, None, zone().key).said() if isinstance(answer, Said) else answer.sentence


def day_said(field: str) -> date | None:
    """The day of a form's field in words, None if it was left empty. Raises Refused where it is not clear."""
    words = forms.line(field)
    return settled(heard(words), field).on if words else None


def due_shown(typed: Mapping[str, str]) -> Shown:
    """The due of a form as it stands in its fields, whether sent or not."""
    words = typed.get("due", "").strip()
    if not words:
        return Shown()
    at, stood, chosen = _clock(typed.get("due_at", "")), _clock(typed.get("due_stood", "")), typed.get("due_choice", "")
    asked = understood(words, at, stood=stood)
    if isinstance(asked, Said):
        try:
            Due(asked.on, asked.at, zone().key).check(now())
        except Refused as refused:
            return Shown(sentence=refused.sentence)
        return Shown(full=asked.said(), seen=f"{asked.iso()}|{typed.get('due_at', '')}|{words}")
    return Shown(sentence=asked.sentence, choices=asked.choices, chosen=chosen)


def due_said() -> tuple[Due, str | None] | None:
    """The due of a form and the words it was typed in, None without a day. Raises Refused where it is not clear."""
    words, at = forms.line("due"), forms.clock("due_at")
    if not words:
        return None
    stood, chosen = _clock(request.form.get("due_stood", "")), request.form.get("due_choice", "")
    said = _seen() or settled(understood(words, at, chosen, stood), "due")
    return Due(said.on, said.at, zone().key), phrase(words)


def _seen() -> Said | None:
    """What was shown back for these very words, if anything was."""
    iso, _, typed = request.form.get("due_seen", "").partition("|")
    if typed != f"{request.form.get('due_at', '')}|{request.form.get('due', '').strip()}":
        return None
    shown = heard(iso) if phrase(iso) is None else None
    return shown if isinstance(shown, Said) else None


def later_said(field: str) -> datetime | None:
    """The instant that words mean to somebody who wants to be reminded; a day alone is the beginning of that day."""
    words = forms.line(field)
    if not words:
        return None
    said = settled(heard(words), field)
    return moment(said.on, said.at or agency().day_begins, zone().key)


def near_days() -> list[str]:
    """The days that are promised most, in words."""
    friday = [] if today().weekday() in (FRIDAY - 1, FRIDAY) else ["Friday"]
    return ["Today", "Tomorrow", *friday, "Next week"]


def _clock(written: str) -> time | None:
    try:
        return time.fromisoformat(written).replace(second=0, microsecond=0, tzinfo=None) if written else None
    except ValueError:
        return None
