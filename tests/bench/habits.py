"""The pages of the twelve habits, each as its address for the number-th candidate."""

from __future__ import annotations

from collections.abc import Callable

from tests.bench import seed


def _whole(number: int) -> int:
    """A candidate of the board before: the last board may not be there yet."""
    return max(number - seed.JOB_EVERY, 0)


HABITS: dict[str, Callable[[int], str]] = {
    "jobs": lambda _: "/jobs",
    "a board": lambda number: f"/jobs/{seed.job(_whole(number))}",
    "people for a job": lambda number: f"/jobs/{seed.job(_whole(number))}/people",
    "a pitch": lambda number: f"/jobs/{seed.job(_whole(number))}/pitch/{seed.person(number)}",
    "endings": lambda number: f"/jobs/{seed.job(_whole(number))}/endings",
    "stages and standing promises": lambda _: "/settings/process",
    "a client": lambda number: f"/clients/{seed.client(_whole(number))}",
    "before you dial": lambda number: f"/candidates/{seed.person(number)}/dial",
    "what hurts": lambda number: f"/candidates/{seed.person(number)}/pains",
    "a message": lambda number: f"/candidates/{seed.person(number)}/messages",
    "the scorecard": lambda _: "/scorecard",
    "how fast we answer": lambda _: "/answers",
    "a list": lambda _: f"/lists/{seed.saved_list()}",
}
