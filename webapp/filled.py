"""A form as it is shown: what stands in its fields, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from domain.refusal import Refused
from webapp.filters import explain


class Typed(dict[str, str]):
    """What was typed; a field nobody filled in is empty."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True)
class Filled:
    """`errors` holds one sentence a field, and under `form` what concerns the whole."""

    typed: Typed = field(default_factory=Typed)
    errors: dict[str, str] = field(default_factory=dict)
    promise: UUID | None = None
    move: str = ""


def refilled(form: Mapping[str, str], refused: Refused, fields: tuple[str, ...], **about: UUID | str) -> Filled:
    """The form as it was sent, with the refusal beside its field; one that no field is to blame for stands above."""
    sentence = explain(refused).sentence
    return Filled(Typed(form), {refused.field if refused.field in fields else "form": sentence}, **about)  # type: ignore
