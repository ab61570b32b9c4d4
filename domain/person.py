"""What streams about a person have in common: a key of their own, and that they can be forgotten."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from domain.refusal import Forgotten, Refused
from domain.stream import Stream


class WhyErased(StrEnum):
    """Why a person was forgotten; never in free words, since those would outlive them."""

    ASKED = "asked"
    RETENTION = "retention"
    MISTAKE = "mistake"


class Person(Stream):
    """Somebody whose words are sealed with their own key."""

    erased = False

    @property
    def person(self) -> UUID:
        return self.id

    def still_known(self) -> None:
        """Refuse to record anything more about somebody who was erased."""
        if self.erased:
            raise Forgotten()


def why_erased(why: str) -> str:
    """A reason from the list."""
    if why not in list(WhyErased):
        raise Refused("Choose why this person is erased.", "why")
    return str(why)
