"""The contact guard: one line, the most important first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from cast import Browser

from domain.command import Command
from domain.wishes import Unwelcome, Wishes
from webapp.guard import most_important
from webapp.installation import Installation
from webapp.wished import Wished

FRIDAY = datetime(2026, 11, 27, 17, 0, tzinfo=ZoneInfo("Europe/London"))
DANA, TOM = UUID(int=1), UUID(int=2)
EVENINGS = Wished(Wishes(("WhatsApp",), not_before=time(18), note="works days"))


@dataclass
class Line:
    """A touchpoint's line, so many hours ago."""

    hours: float
    by: UUID = DANA
    channel: str = "call"
    direction: str = "out"
    outcome: str | None = None

    @property
    def happened_at(self) -> datetime:
        return FRIDAY - timedelta(hours=self.hours)


def tried(hours: float, by: UUID = DANA) -> Line:
    return Line(hours, by, outcome="voicemail")


def guard(wished: Wished, *said: Line, channel: str | None = None) -> str:
    return most_important("Ada", wished, said, channel, FRIDAY, DANA, {DANA: "Dana", TOM: "Tom"}.__getitem__)


@pytest.mark.parametrize(
    ("wished", "channel", "line"),
    [
        (Wished(unwelcome=Unwelcome.EVERYTHING), "call", "Asked us never to get in touch."),
        (Wished(unwelcome=Unwelcome.MAILS), "e-mail", "Asked us to send no mails."),
        (Wished(unwelcome=Unwelcome.MAILS), None, "Asked us to send no mails."),
        (Wished(unwelcome=Unwelcome.MAILS), "call", ""),
        (EVENINGS, "WhatsApp", "No WhatsApp, they asked (works days)."),
        (EVENINGS, "call", "Not before 18:00, they asked (works days)."),
        (Wished(Wishes(("call", "SMS"))), None, "No calls, no texts, they asked."),
        (Wished(Wishes(("call",))), "SMS", ""),
        (Wished(), None, ""),
    ],
)
def test_what_they_refused_or_wish(wished: Wished, channel: str | None, line: str) -> None:
    assert guard(wished, channel=channel) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (Line(2, TOM), "Tom spoke with Ada 2 h ago."),
        (Line(0.5, TOM, "meeting"), "Tom spoke with Ada 30 min ago."),
        (tried(2, TOM), "Tom tried Ada 2 h ago."),
        (Line(3, TOM, "WhatsApp"), "Tom wrote to Ada 3 h ago."),
        (Line(3, TOM, "e-mail", "in"), "Tom heard from Ada 3 h ago."),
        (Line(25, TOM), ""),
        (Line(2, DANA), ""),
        (Line(2, TOM, "note", "internal"), ""),
    ],
)
def test_a_colleague_who_was_faster_today(said: Line, line: str) -> None:
    assert guard(Wished(), said) == line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ([tried(30), tried(50), tried(70)], "3 attempts this week, and no answer yet."),
        ([tried(30), Line(40, channel="e-mail"), Line(50, channel="SMS"), tried(60)], "4 attempts this week, and no"),
        ([tried(30), tried(50)], ""),
        ([tried(30), tried(50), tried(169)], ""),
        ([tried(30), tried(50), Line(60), tried(70)], ""),
        ([tried(30), tried(50), Line(60, channel="SMS", direction="in"), tried(70)], ""),
        ([tried(30), Line(40, channel="note"), tried(50)], ""),
    ],
)
def test_how_often_we_tried_this_week(said: list[Line], line: str) -> None:
    found = guard(Wished(), *said)

    assert found.startswith(line)
    assert bool(found) is bool(line)


def test_the_most_important_alone_is_said() -> None:
    said = (tried(1, TOM), tried(30), tried(40), tried(50))

    assert guard(Wished(unwelcome=Unwelcome.EVERYTHING), *said) == "Asked us never to get in touch."
    assert guard(EVENINGS, *said) == "Not before 18:00, they asked (works days)."
    assert guard(Wished(), *said) == "Tom tried Ada 1 h ago."
    assert guard(Wished(), *said[1:]) == "3 attempts this week, and no answer yet."


def test_it_advises_and_stops_no_note(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), ada, Wishes(), Unwelcome.EVERYTHING)
    kept.views.catch_up()

    shown = dana.get(f"/note?candidate={ada}").text
    saved = dana.post("/note", {"candidate": str(ada), "channel": "call", "outcome": "talked", "note": "She rang us"})

    assert '<p class="caught">Asked us never to get in touch.</p>' in shown
    assert saved.status_code == 303
    assert 'class="caught">Asked' not in dana.get(f"/note?candidate={bob}").text


def test_choosing_somebody_asks_for_the_line_alone(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), ada, Wishes(("call",)))
    kept.views.catch_up()

    assert "No calls, they asked." in dana.htmx.get(f"/note/guard?candidate={ada}").text
    for nothing in (bob, uuid4(), "", "nobody"):
        assert "<p" not in dana.htmx.get(f"/note/guard?candidate={nothing}").text


def test_what_was_taken_back_counts_for_nothing(dana: Browser, tom: Browser, kept: Installation, ada: UUID) -> None:
    tom.post(
        f"/candidates/{ada}/touchpoints", {"channel": "call", "outcome": "talked", "direction": "out", "note": "x"}
    )
    assert "Tom spoke with Ada" in dana.get(f"/note/guard?candidate={ada}").text
    entry = kept.views.timeline.of(ada)[0].subject

    tom.post(f"/touchpoints/{entry}/undo")

    assert "Tom" not in dana.get(f"/note/guard?candidate={ada}").text
