"""What Kept says when it does not do what it was asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID


class Refused(Exception):
    """A rule was broken. `sentence` is shown to the recruiter, beside `field` where one is named."""

    def __init__(self, sentence: str, field: str | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Stale(Refused):
    """Somebody changed this after the form was shown: `by` whom and `at` which instant (UTC)."""

    def __init__(self, by: UUID, at: datetime):
        super().__init__("This was changed by somebody else in the meantime.")
        self.by = by
        self.at = at


class AlreadySaved(Refused):
    """The same form was saved before with other words: nothing is recorded until it is sent anew."""

    def __init__(self) -> None:
        super().__init__("This form was saved before with other words. Save again to record these as well.")


class Busy(Refused):
    """Three others were faster, three times in a row."""

    def __init__(self) -> None:
        super().__init__("Others were writing here at the same moment. Nothing was saved: please save again.")


class Forgotten(Refused):
    """The person's key was destroyed, so nothing more can be written about them."""

    def __init__(self) -> None:
        super().__init__("This person was erased. Nothing more can be recorded about them.")


class NotFound(Exception):
    """No such candidate, touchpoint, promise or recruiter."""
