"""What Kept writes on lock screens: one promise whose moment has come, or how many are due today.

Without leave it names nobody and quotes nothing. Leave is given for one phone at a time, in Settings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from projections.reminders import FELL_DUE, PUSH
from webapp.answers import Act, signed
from webapp.hours import local_day
from webapp.installation import Installation
from webapp.letters import AT_MOST, covered_news, kinds, on_behalf, sorted_out, tomorrow_called
from webapp.pushing import Message

LIVES = timedelta(hours=12)  # in which a phone that is off may come back and still be told
IN_WORDS = 3  # promises that the notice of a day quotes; the others are counted
QUOTED, NAMED = 100, 60  # characters of a promise and of a name: however many bytes they take, a push has room
ASKED = "You asked to be reminded of a promise"
TODAY, TEST = "today", "test"


@dataclass(frozen=True)
class Tap:
    """One button under a notice: the signed answer it sends, and what the notice says instead once it is noted."""

    action: str
    title: str
    token: str
    said: str


@dataclass(frozen=True)
class Notice:
    """`quoted` is shown only where names and words may be. A later notice of the same `tag` replaces it."""

    title: str
    body: str
    quoted: str
    tag: str
    url: str
    urgency: str
    reminds: Sequence[tuple[Any, str]] = ()
    taps: Sequence[Tap] = ()
    seen: int = 0
    topic: str = field(default="")

    def message(self, shows_names: bool) -> Message:
        """As one phone gets it."""
        said = {
            "title": self.title,
            "body": "\n".join(filter(None, [self.quoted if shows_names else "", self.body])),
            "tag": self.tag,
            "url": self.url,
            "actions": [tap.__dict__ for tap in self.taps],
            "seen": self.seen,
        }
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return Message(text, self.topic or self.tag, self.urgency, LIVES)


def about(installation: Installation, colleague: Any, now: datetime, promise: Any, kind: str) -> Notice:
    """The notice about one promise whose moment has come, or that was snoozed until now."""
    agency, behalf = installation.views.team.agency(), on_behalf(installation, colleague, promise, now)
    later = tomorrow_called(local_day(now, agency), agency)

    def tap(act: Act, title: str, said: str) -> Tap:
        return Tap(act, title, signed(installation, colleague.id, promise.id, act), said)

    return Notice(
        title="A promise is due" if kind == FELL_DUE else "A promise to be reminded of" if behalf else ASKED,
        body="For a colleague who is away" if behalf else "",
        quoted=_quoted(installation, [promise]),
        tag=f"promise-{promise.id}",
        topic=promise.id.hex,
        url=_path(installation, f"/promises/{promise.id}"),
        urgency="high",
        reminds=[(promise, kind)],
        taps=[tap(Act.KEPT, "Kept", "Noted: kept"), tap(Act.TOMORROW, later, f"Noted: {later[0].lower()}{later[1:]}")],
        seen=promise.changed,
    )


def digest(installation: Installation, colleague: Any, now: datetime) -> Notice | None:
    """How many promises are due today and how many are newly overdue; None when there is nothing to say."""
    views, agency = installation.views, installation.views.team.agency()
    today = local_day(now, agency)
    rows = views.promises.digest(colleague.id, today, now, AT_MOST, PUSH)
    covered = covered_news(installation, colleague.id, now, PUSH)
    theirs = [row for news in covered for row in news.rows]
    due, late, again = sorted_out(rows, today)
    counted = [
        (len(due), "due today"),
        (len(late), "overdue"),
        (len(again), "back from a snooze"),
        (len(theirs), "due for a colleague who is away"),
    ]
    told = [(number, what) for number, what in counted if number]
    if not told:
        return None
    (number, what), *others = told
    shown = [*due, *late, *again, *theirs]
    return Notice(
        title=f"{number} {'promises are' if number > 1 else 'promise is'} {what}",
        body=", ".join(f"{number} {what}" for number, what in others),
        quoted=_quoted(installation, shown[:IN_WORDS]),
        tag=TODAY,
        url=_path(installation, "/"),
        urgency="normal",
        reminds=[(row, kind) for row in rows for kind in kinds(row, today)]
        + [(row, kind) for news in covered for row in news.rows for kind in kinds(row, today, news.absence.id)],
    )


def test(installation: Installation) -> Notice:
    """What "Send a test" sends."""
    return Notice(
        title="Kept can reach you here",
        body="This is how it tells you that a promise is due.",
        quoted="",
        tag=TEST,
        url=_path(installation, "/settings"),
        urgency="high",
    )


def _quoted(installation: Installation, promises: Sequence[Any]) -> str:
    names = installation.views.directory.names({row.candidate for row in promises})
    return "\n".join(_line(row.words, names.get(row.candidate) or "") for row in promises)


def _line(words: str, name: str) -> str:
    short = words if len(words) <= QUOTED else f"{words[: QUOTED - 1]}…"
    return f"{short} ({name[:NAMED]})" if name else short


def _path(installation: Installation, path: str) -> str:
    return urlsplit(installation.settings.base_url).path + path
