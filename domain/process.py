"""How an agency goes about it: its stages, when a no is rung up first, what it promises by itself, and what never."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from domain.merging import check
from domain.refusal import Refused
from domain.stages import SHIPPED_STAGES, OwnStage, Stage, checked
from domain.unpromised import SHIPPED_UNPROMISED, Unpromised, checked_words
from domain.words import line

MOST_PROMISES = 12
MOST_WITHIN = {"hours": 240, "working days": 60}
MERGED = ("job", "client")


class Starts(StrEnum):
    """What makes a standing promise; reaching a stage does as well."""

    NOT_TOLD = "not told"
    INTERVIEW = "interview day"
    ENDED = "ended"
    ENDED_EARLY = "ended early"


def reaching(stage: str) -> str:
    """What starts when the stage of this key is reached."""
    return f"at {stage}"


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "working days"


@dataclass(frozen=True)
class StandingPromise:
    """What is promised by itself when something `starts` it: one of Starts, or `reaching` a stage.

    `words` may hold merge fields; it is due `within` so many hours or working days. What is not `on` promises nothing.
    """

    key: str
    starts: str
    words: str
    within: int
    unit: str = Unit.DAYS
    on: bool = True

    def checked(self, stages: Sequence[OwnStage]) -> StandingPromise:
        """This promise as it is recorded. Raises Refused beside the field: its name and the key."""
        known = {*Starts, *(reaching(stage.key) for stage in stages if not stage.dropped)}
        if self.starts not in known:
            raise Refused("Choose when it is promised.", f"starts-{self.key}")
        if self.unit not in list(Unit):
            raise Refused("Choose hours or working days.", f"unit-{self.key}")
        most = MOST_WITHIN[self.unit]
        if not 1 <= self.within <= most:
            raise Refused(f"Choose from 1 to {most} {self.unit}.", f"within-{self.key}")
        field = f"words-{self.key}"
        words = line(self.words, field, "Say what is promised.")
        check(words, field, MERGED)
        return replace(self, words=words, starts=str(self.starts), unit=str(self.unit))


SHIPPED_PROMISES = (
    StandingPromise("answer", Starts.NOT_TOLD.value, "Say where it stands: {{job}} at {{client}}", 1),
    StandingPromise(
        "feedback", Starts.INTERVIEW.value, "Feedback on the interview: {{job}} at {{client}}", 48, "hours"
    ),
    StandingPromise("call", Starts.ENDED.value, "Ring first, then write: {{job}} at {{client}}", 1),
    StandingPromise("no", Starts.ENDED_EARLY.value, "Say where it stands: {{job}} at {{client}}", 1),
)


@dataclass(frozen=True)
class Process:
    """What an owner may set, as it is in use until they do."""

    every_stage: tuple[OwnStage, ...] = SHIPPED_STAGES
    call_first_from: str = Stage.SENT.value
    promises: tuple[StandingPromise, ...] = SHIPPED_PROMISES
    unpromised: tuple[Unpromised, ...] = SHIPPED_UNPROMISED

    @classmethod
    def of(cls, stages: Any, call_first_from: str, promises: Any, unpromised: Any) -> Process:
        """As facts and tables hold it: in plain lists."""
        return cls(
            tuple(OwnStage(**each) for each in stages),
            call_first_from,
            tuple(StandingPromise(**each) for each in promises),
            tuple(Unpromised(**each) for each in unpromised),
        )

    @property
    def stages(self) -> list[OwnStage]:
        """Those that somebody can be moved to, in order."""
        return [stage for stage in self.every_stage if not stage.dropped]

    def stage(self, key: str) -> OwnStage:
        """The stage that facts call so, dropped or not."""
        return self._by_key()[key]

    def name(self, key: str) -> str:
        """What a stage is called; one that was never there, as it calls itself."""
        known = self._by_key().get(key)
        return known.name if known else key

    def offers(self, key: str) -> bool:
        """Whether somebody can be moved there."""
        return any(stage.key == key for stage in self.stages)

    def reached(self, key: str, other: str) -> bool:
        """Whether a stage is the other one, or comes after it."""
        order = list(self._by_key())
        return order.index(key) >= order.index(other)

    def known_to_client(self, key: str) -> bool:
        """Whether the client knows of whoever stands there."""
        return self.reached(key, Stage.SENT)

    def calls_first(self, key: str) -> bool:
        """Whether somebody there is rung up before a no is written to them."""
        return self.reached(key, self.call_first_from)

    def after(self, key: str) -> OwnStage | None:
        """The stage that comes after this one, None after the last."""
        return next((stage for stage in self.stages if stage.key != key and self.reached(stage.key, key)), None)

    def promised_at(self, starts: str) -> list[StandingPromise]:
        """What is promised by itself when this happens."""
        return [promise for promise in self.promises if promise.on and promise.starts == starts]

    def checked(self, in_use: Collection[str]) -> Process:
        """This process as it is recorded; somebody stands at the stages `in_use`. Raises Refused beside the field."""
        stages = checked(self.every_stage, in_use)
        if len(self.promises) > MOST_PROMISES:
            raise Refused(f"At most {MOST_PROMISES} standing promises, please.", "words-new")
        promises = tuple(promise.checked(stages) for promise in self.promises)
        if not Process(stages).offers(self.call_first_from):
            raise Refused("Choose a stage that is on the board.", "call_first_from")
        return Process(stages, str(self.call_first_from), promises, checked_words(self.unpromised))

    def _by_key(self) -> Mapping[str, OwnStage]:
        return {stage.key: stage for stage in self.every_stage}


def plain(many: Sequence[Any]) -> list[dict[str, Any]]:
    """Stages, standing promises or words as facts and tables hold them."""
    return [asdict(each) for each in many]


SHIPPED_PROCESS = Process()
