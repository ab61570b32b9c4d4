"""The stages of a submission: those that every agency begins with, and an agency's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.refusal import Refused

LONGEST_NAME = 40
MOST_STAGES = 12
MOST_DAYS = 60
WORD = re.compile(r"[^\W_]+")


class Stage(StrEnum):
    """How far a candidate is with a client, as every agency has it at first; the first two it has for ever."""

    SHORTLISTED = "shortlisted"
    SENT = "sent to client"
    INTERVIEW = "interview"
    SECOND_INTERVIEW = "second interview"
    OFFER = "offer"
    PLACED = "placed"


LASTING = (Stage.SHORTLISTED, Stage.SENT)  # who is found, and what the client knows of, hangs on these


@dataclass(frozen=True)
class OwnStage:
    """A stage as an agency has it. Facts know it by its `key`, for ever; its `name` may change.

    Somebody there may wait for a word of ours for `silent_after` working days. An `interview` has a day. One that was
    `dropped` keeps its place, so that what happened there is told still.
    """

    key: str
    name: str
    silent_after: int
    interview: bool = False
    dropped: bool = False

    @property
    def slug(self) -> str:
        """What its fields in a form are called by."""
        return self.key.replace(" ", "-")


SHIPPED_STAGES = (
    OwnStage(Stage.SHORTLISTED.value, "shortlisted", 5),
    OwnStage(Stage.SENT.value, "sent to client", 4),
    OwnStage(Stage.INTERVIEW.value, "interview", 2, interview=True),
    OwnStage(Stage.SECOND_INTERVIEW.value, "second interview", 2, interview=True),
    OwnStage(Stage.OFFER.value, "offer", 1),
    OwnStage(Stage.PLACED.value, "placed", 10),
)


def checked(stages: Sequence[OwnStage], in_use: Collection[str]) -> tuple[OwnStage, ...]:
    """These stages as they are recorded. `in_use` are the keys of those at which somebody stands.

    Raises Refused beside the field: `stage-` or `days-` and its slug.
    """
    seen: set[str] = set()
    for stage in stages:
        if stage.dropped:
            _may_be_dropped(stage, in_use)
            continue
        _named(stage, seen)
        seen.add(stage.name.casefold())
        if not 1 <= stage.silent_after <= MOST_DAYS:
            raise Refused(f"Choose from 1 to {MOST_DAYS} working days.", f"days-{stage.slug}")
    if len(seen) > MOST_STAGES:
        raise Refused(f"At most {MOST_STAGES} stages fit on a board.", "stage-new")
    return tuple(replace(stage, name=_line(stage.name)) for stage in stages)


def key_for(name: str, stages: Sequence[OwnStage]) -> str:
    """What facts call a new stage of this name: the name, or the name and a number."""
    taken, wanted = {stage.key for stage in stages}, " ".join(WORD.findall(name.casefold())) or "stage"
    keys = (wanted if number == 1 else f"{wanted} {number}" for number in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)


def _may_be_dropped(stage: OwnStage, in_use: Collection[str]) -> None:
    if stage.key in LASTING:
        raise Refused(f"“{stage.name}” can be renamed, not dropped: every board needs it.", f"stage-{stage.slug}")
    if stage.key in in_use:
        raise Refused(f"Somebody stands at “{stage.name}” still. Move them on first.", f"stage-{stage.slug}")


def _named(stage: OwnStage, others: set[str]) -> None:
    name, field = _line(stage.name), f"stage-{stage.slug}"
    if not name:
        raise Refused("Give the stage a name.", field)
    if len(name) > LONGEST_NAME:
        raise Refused(f"At most {LONGEST_NAME} characters, please.", field)
    if name.casefold() in others:
        raise Refused("Another stage is called so already.", field)


def _line(name: str) -> str:
    return " ".join(name.split())
