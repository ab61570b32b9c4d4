"""The agency: one an installation."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import time
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from eventsourcing.domain import event

from domain.process import SHIPPED_PROCESS, Process, StandingPromise, plain
from domain.refusal import Refused, Stale
from domain.remembered import BY_TAG, Interval
from domain.stages import OwnStage
from domain.stream import Beginning, Change, Fact, Stream
from domain.unpromised import Unpromised
from domain.words import line
from domain.words import tag as a_tag

zones = cache(available_timezones)  # it looks through hundreds of files

MOST_INTERVALS = 30
COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


@dataclass(frozen=True)
class AgencySettings:
    """When an agency works, and where it is.

    `country` is an ISO 3166 code, perhaps with its part (GB, GB-ENG), or nothing: by it holidays and national
    telephone numbers are read. `working_days` count from Monday, 0. `silent_after` so many days without a word a
    conversation has fallen silent.
    """

    name: str
    zone: str
    country: str = ""
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    day_begins: time = time(9)
    day_ends: time = time(17, 30)
    silent_after: int = 7

    def checked(self) -> AgencySettings:
        """These settings as they are recorded. Raises Refused beside the field."""
        if self.zone not in zones():
            raise Refused("Choose a time zone from the list.", "zone")
        if self.country and not COUNTRY.fullmatch(self.country):
            raise Refused("Choose a country from the list.", "country")
        if not self.working_days or not set(self.working_days) <= set(range(7)):
            raise Refused("Choose on which days you work.", "working_days")
        if self.day_begins >= self.day_ends:
            raise Refused("The working day ends after it begins.", "day_ends")
        if not 1 <= self.silent_after <= 60:
            raise Refused("Choose from 1 to 60 days.", "silent_after")
        name = line(self.name, "agency", "Give your agency a name.")
        return replace(self, name=name, working_days=tuple(sorted(set(self.working_days))))


class OfTheProcess(Fact):
    """A fact that makes forms about the process stale, and no others."""

    change = False

    def mutate(self, aggregate: Any) -> Any:
        agency = super().mutate(aggregate)
        if agency is not None and self.by is not None:
            agency.process_changed = Change(self.originator_version, self.by, self.timestamp)
        return agency


class Agency(Stream):
    """Who keeps this ledger, in which time zone its days begin, and when it works."""

    TOPIC = "agency"
    process_changed: Change | None = None

    class AgencyFounded(Beginning):
        TOPIC = "agency.founded"
        clear = ("name", "zone")
        name: str
        zone: str

    class SettingsChanged(Fact):
        TOPIC = "agency.settings-changed"
        clear = ("name", "zone", "country", "working_days", "day_begins", "day_ends", "silent_after")
        name: str
        zone: str
        country: str
        working_days: list[int]
        day_begins: time
        day_ends: time
        silent_after: int

    class KeepInTouchByTag(Fact):
        """How often to be in touch with people who carry a tag; None, no more often than others."""

        TOPIC = "agency.keep-in-touch-by-tag"
        clear = ("tag", "ideal_days", "latest_days")
        change = False
        tag: str
        ideal_days: int | None
        latest_days: int | None

    class OfflineReadingChosen(Fact):
        TOPIC = "agency.offline-reading-chosen"
        change = False
        clear = ("allowed",)
        allowed: bool

    class IndividualFiguresAllowed(Fact):
        """Owners may see figures by recruiter from now on; everybody is told, and why."""

        TOPIC = "agency.individual-figures-allowed"
        clear = ("why",)
        change = False
        why: str

    class IndividualFiguresStopped(Fact):
        TOPIC = "agency.individual-figures-stopped"
        change = False

    class StagesChanged(OfTheProcess):
        """The stages of a submission from now on, in order, with those that were dropped."""

        TOPIC = "agency.stages-changed"
        clear = ("stages",)
        stages: list[dict[str, Any]]

    class CallFirstChosen(OfTheProcess):
        """From this stage on a no is rung up before it is written."""

        TOPIC = "agency.call-first-chosen"
        clear = ("stage",)
        stage: str

    class StandingPromisesChanged(OfTheProcess):
        TOPIC = "agency.standing-promises-changed"
        clear = ("promises",)
        promises: list[dict[str, Any]]

    class UnpromisedChanged(OfTheProcess):
        """The words that nobody here promises."""

        TOPIC = "agency.unpromised-changed"
        clear = ("words",)
        words: list[dict[str, Any]]

    @classmethod
    def found(cls, id: UUID, by: UUID, settings: AgencySettings) -> Agency:
        settings = settings.checked()
        agency = cls._create(cls.AgencyFounded, id=id, by=by, person=None, name=settings.name, zone=settings.zone)
        agency.change(by, settings)
        return agency

    @event(AgencyFounded)
    def __init__(self, name: str, zone: str):
        self.settings = AgencySettings(name, zone)
        self.intervals = dict(BY_TAG)
        self.offline_reading = True
        self.individual_figures = False
        self.process = SHIPPED_PROCESS

    def change(self, by: UUID, settings: AgencySettings) -> None:
        settings = settings.checked()
        if settings != self.settings:
            self._settings_changed(by=by, **{**asdict(settings), "working_days": list(settings.working_days)})

    def keep_in_touch_by_tag(self, by: UUID, tag: str, interval: Interval | None) -> None:
        """With people who carry this tag; None, no more often than with others."""
        tag = a_tag(tag, "tag").casefold()
        interval = interval and interval.checked()
        if interval and tag not in self.intervals and len(self.intervals) >= MOST_INTERVALS:
            raise Refused(f"At most {MOST_INTERVALS} tags can have an interval.", "tag")
        if interval != self.intervals.get(tag):
            days = asdict(interval) if interval else {"ideal_days": None, "latest_days": None}
            self._kept_by_tag(by=by, tag=tag, **days)

    @event(KeepInTouchByTag)
    def _kept_by_tag(self, by: UUID, tag: str, ideal_days: int | None, latest_days: int | None) -> None:
        self.intervals.pop(tag, None)
        if ideal_days and latest_days:
            self.intervals[tag] = Interval(ideal_days, latest_days)

    @event(SettingsChanged)
    def _settings_changed(
        self,
        by: UUID,
        name: str,
        zone: str,
        country: str,
        working_days: list[int],
        day_begins: time,
        day_ends: time,
        silent_after: int,
    ) -> None:
        self.settings = AgencySettings(name, zone, country, tuple(working_days), day_begins, day_ends, silent_after)

    def choose_offline_reading(self, by: UUID, allowed: bool) -> None:
        """Whether phones keep the pages opened last, to be read without network."""
        if allowed != self.offline_reading:
            self._offline_reading_chosen(by=by, allowed=allowed)

    @event(OfflineReadingChosen)
    def _offline_reading_chosen(self, by: UUID, allowed: bool) -> None:
        self.offline_reading = allowed

    def allow_individual_figures(self, by: UUID, why: str) -> None:
        """Let owners see figures by recruiter. Refused without a reason: everybody is told."""
        why = line(why, "why", "Say why. Everybody on the team will read it.")
        if self.individual_figures:
            raise Refused("Figures by recruiter are switched on already.", "why")
        self._individual_figures_allowed(by=by, why=why)

    def stop_individual_figures(self, by: UUID) -> None:
        """From now on each sees their own alone. What is off already is not recorded again."""
        if self.individual_figures:
            self._individual_figures_stopped(by=by)

    @event(IndividualFiguresAllowed)
    def _individual_figures_allowed(self, by: UUID, why: str) -> None:
        self.individual_figures = True

    @event(IndividualFiguresStopped)
    def _individual_figures_stopped(self, by: UUID) -> None:
        self.individual_figures = False

    def change_process(self, by: UUID, process: Process, in_use: Collection[str], seen: int | None = None) -> None:
        """How things are gone about from now on. Nobody stands at a stage that is dropped; `in_use` are the others.

        Refuses a form that shows an older process than `seen`, the version of its last change, 0 before the first.
        """
        last = self.process_changed
        if seen is not None and last is not None and last.version != seen:
            raise Stale(last.by, last.at)
        now, process = self.process, process.checked(in_use)
        if process.every_stage != now.every_stage:
            self._stages_changed(by=by, stages=plain(process.every_stage))
        if process.call_first_from != now.call_first_from:
            self._call_first_chosen(by=by, stage=process.call_first_from)
        if process.promises != now.promises:
            self._standing_promises_changed(by=by, promises=plain(process.promises))
        if process.unpromised != now.unpromised:
            self._unpromised_changed(by=by, words=plain(process.unpromised))

    @event(StagesChanged)
    def _stages_changed(self, by: UUID, stages: list[dict[str, Any]]) -> None:
        self.process = replace(self.process, every_stage=tuple(OwnStage(**each) for each in stages))

    @event(CallFirstChosen)
    def _call_first_chosen(self, by: UUID, stage: str) -> None:
        self.process = replace(self.process, call_first_from=stage)

    @event(StandingPromisesChanged)
    def _standing_promises_changed(self, by: UUID, promises: list[dict[str, Any]]) -> None:
        self.process = replace(self.process, promises=tuple(StandingPromise(**each) for each in promises))

    @event(UnpromisedChanged)
    def _unpromised_changed(self, by: UUID, words: list[dict[str, Any]]) -> None:
        self.process = replace(self.process, unpromised=tuple(Unpromised(**each) for each in words))
