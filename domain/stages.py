"""The stages of a submission, the same for every agency, and how long somebody in each may wait for a word from us."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """How far a candidate is with a client, in order."""

    SHORTLISTED = "shortlisted"
    SENT = "sent to client"
    INTERVIEW = "interview"
    SECOND_INTERVIEW = "second interview"
    OFFER = "offer"
    PLACED = "placed"


STAGES = list(Stage)
INTERVIEWS = (Stage.INTERVIEW, Stage.SECOND_INTERVIEW)
CALL_FIRST_FROM = Stage.SENT  # from here on a no is rung up before it is written
SILENT_AFTER = {  # days without a word from us
    Stage.SHORTLISTED: 7,
    Stage.SENT: 5,
    Stage.INTERVIEW: 3,
    Stage.SECOND_INTERVIEW: 3,
    Stage.OFFER: 2,
    Stage.PLACED: 14,
}


def reached(stage: str, other: str) -> bool:
    """Whether a stage is the other one, or comes after it."""
    return STAGES.index(Stage(stage)) >= STAGES.index(Stage(other))


def call_first(stage: str) -> bool:
    """Whether somebody at this stage is rung up before a no is written to them."""
    return reached(stage, CALL_FIRST_FROM)
