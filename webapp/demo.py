"""`kept demo`: half a year of a made-up agency in a home of its own, beside a real one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from projections.sqlite import utc_now
from webapp import demo_plot
from webapp.demo_plot import HERE, PASSWORD, Calendar, Clock, Story
from webapp.demo_story import AGENCY, TEAM, ZONE
from webapp.installation import Installation
from webapp.nightly import LAST_BACKUP, last_night
from webapp.running import LOCK, alone
from webapp.settings import Settings, SettingsError

MARKER = "demo.json"
VISITED = {role: demo_plot.address(name) for name, role in reversed(TEAM[:2])}  # as whom people from the web look


def settings(real: Settings) -> Settings:
    """The settings of the demo beside a real installation: a home of its own, nothing sent."""
    home = real.home.with_name(f"{real.home.name}-demo")
    backups = home.with_name(f"{home.name}-backups")
    return replace(real, home=home, backups=backups, smtp_url=None, demo=True)


def sign_in() -> str:
    """What whoever looks at the demo needs to know."""
    people = ", ".join(f"{demo_plot.address(name)} ({role})" for name, role in TEAM[:2] + TEAM[-1:])
    return f"Demo: nothing in it is real. Sign in as {people}; the password is {PASSWORD}"


def build(
    settings: Settings,
    say: Callable[[str], Any] = print,
    today: date | None = None,
    progress: Callable[[int, int], Any] = lambda done, total: None,
    **opening: Any,
) -> bool:
    """Tell the story into an empty home, up to yesterday; False if an earlier demo is there already.

    Under a minute; `progress` hears of how many working days so many are told. `opening` goes to Installation.open.
    Raises SettingsError where anything but a demo lives, and while somebody else tells it.
    """
    today = today or datetime.now(HERE).date()
    if until := _until(settings.home):
        say(f"The demo in {settings.home} was told up to {until}. Delete that folder to have it told anew.")
        return False
    _only_a_demo(settings.home)
    with alone(settings.home):
        _empty(settings.home)
        (settings.home / MARKER).write_text("{}")
        say(f"Telling half a year of {AGENCY} into {settings.home}; this takes half a minute.")
        clock = Clock()
        with closing(Installation.open(settings, clock=clock, **opening)) as kept:
            Story(kept, Calendar(today), clock, progress).tell()
            kept.views.catch_up()
            kept.work.set(LAST_BACKUP, last_night(utc_now(), ZONE).isoformat())
            events = kept.recruiting.log.end()
            say(f"{events:,} events, {demo_plot.CANDIDATES} candidates, {len(TEAM)} people on the team.")
        (settings.home / MARKER).write_text(json.dumps({"until": f"{today - timedelta(days=1)}"}))
    return True


def told_until(real: Settings) -> date | None:
    """The last day of the demo beside a real installation, None while there is none."""
    until = _until(settings(real).home)
    return date.fromisoformat(until) if until else None


def telling(real: Settings) -> tuple[int, ...] | None:
    """What tells one telling of the demo from the next, None while there is none."""
    home = settings(real).home
    if not _until(home):
        return None
    marker = (home / MARKER).stat()
    return marker.st_ino, marker.st_mtime_ns


def forget(settings: Settings) -> None:
    """Delete what was told. Raises SettingsError where anything but a demo lives, or while it is in use."""
    _only_a_demo(settings.home)
    if settings.home.exists():
        with alone(settings.home):
            _empty(settings.home)


def _until(home: Path) -> str | None:
    try:
        return json.loads((home / MARKER).read_text()).get("until")
    except (OSError, ValueError):
        return None


def _only_a_demo(home: Path) -> None:
    if (home / "events.db").exists() and not (home / MARKER).exists():
        raise SettingsError(f"There is an agency in {home} already: the demo needs a home of its own.")


def _empty(home: Path) -> None:
    """The marker goes last, so that what is left of a telling is never taken for an agency."""
    for inside in sorted(home.iterdir(), key=lambda path: path.name == MARKER):
        if inside.is_dir():
            shutil.rmtree(inside)
        elif inside.name != LOCK:
            inside.unlink()
