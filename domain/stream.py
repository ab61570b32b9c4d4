"""What every stream has in common: facts know who, whose key and when; a stream remembers its last human change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate

from domain.refusal import Stale


@dataclass(frozen=True)
class Change:
    """The last thing a person did to a stream: its version, who, and when."""

    version: int
    by: UUID
    at: datetime


class Forgets(Enum):
    """What is destroyed for good in the turn that records a fact: the key of its person, or its stream's words."""

    PERSON = "person"
    WORDS = "words"


class Fact(AggregateEvent):
    """Something that happened. `by` None means Kept itself; `person` is whose key seals the words.

    `clear` names the fields that stay readable for ever: no free words, no contact details. All others are sealed.
    With the fact is destroyed what it `forgets`. One that is no `change` makes no form stale.
    """

    by: UUID | None
    person: UUID | None
    clear: ClassVar[tuple[str, ...]] = ()
    forgets: ClassVar[Forgets | None] = None
    change: ClassVar[bool] = True

    def mutate(self, aggregate: Any) -> Any:
        stream = super().mutate(aggregate)
        if stream is not None and self.by is not None and self.change:
            stream.changed = Change(self.originator_version, self.by, self.timestamp)
        return stream


class Beginning(Fact, AggregateCreated):
    """The first fact of a stream."""


class Stream(BaseAggregate[UUID]):
    """One small aggregate: nothing in it grows with use."""

    class Event(Fact):
        """What the library calls the base of a stream's facts."""

    changed: Change | None = None

    @property
    def person(self) -> UUID | None:
        """Whose key seals this stream's words."""
        return None

    def unchanged_since(self, seen: int | None) -> None:
        """Refuse a form that shows an older state than `seen`, the version of the last human change."""
        if seen is not None and self.changed is not None and self.changed.version != seen:
            raise Stale(self.changed.by, self.changed.at)

    def trigger_event(self, event_class: Any, **kwargs: Any) -> None:
        super().trigger_event(event_class, person=self.person, **kwargs)
