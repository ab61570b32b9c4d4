"""How every verb decides and records: once, however often its command arrives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, is_dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import EventStore, IntegrityError

from domain.command import Command, Recorded
from domain.log import Log
from domain.refusal import AlreadySaved, Busy, NotFound, Refused
from domain.stream import Stream

ATTEMPTS = 3
S = TypeVar("S", bound=Stream)
P = ParamSpec("P")
Verb = Callable[Concatenate[Any, Command, P], tuple[Stream, ...]]
Once = Callable[Concatenate[Any, Command, P], Recorded]


def once(verb: Verb[P]) -> Once[P]:
    """Decide and record, once for each command id.

    The same id with the same content answers as the first time, with other content it raises AlreadySaved. When
    another writer was faster the streams are loaded and decided again, at most three times.
    """

    @wraps(verb)
    def record(self: Verbs, command: Command, *args: P.args, **kwargs: P.kwargs) -> Recorded:
        command = replace(command, content=self.log.digest(_asked(verb, command, args, kwargs)))
        return self.decided(command, lambda: verb(self, command, *args, **kwargs))

    return cast("Once[P]", record)


def forgetting(verb: Verb[P]) -> Once[P]:
    """As `once`, but whatever reason is given: what is forgotten is forgotten, so every repeat is answered alike."""

    @wraps(verb)
    def record(self: Verbs, command: Command, *args: P.args, **kwargs: P.kwargs) -> Recorded:
        return self.decided(command, lambda: verb(self, command, *args, **kwargs))

    return cast("Once[P]", record)


def _asked(verb: Any, command: Command, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any]:
    """What a command asks for, in plain values."""
    return [
        verb.__name__,
        command.by,
        list(map(_plain, args)),
        {name: _plain(kwargs[name]) for name in kwargs},
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return list(map(_plain, value))
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


class Verbs(Application[UUID]):
    """Verbs in, facts out. Each verb takes a Command and returns what it Recorded."""

    def __init__(self, log: Log):
        self._log = log
        super().__init__(env={"PERSISTENCE_MODULE": "eventsourcing.popo"})

    @property
    def log(self) -> Log:  # type: ignore[override]
        """The log that all verbs write to and all projections follow."""
        return self._log

    def construct_event_store(self) -> EventStore[UUID]:
        return cast(EventStore[UUID], self.log)

    def close(self) -> None:
        super().close()
        self.log.close()

    def load(self, kind: type[S], id: UUID, seen: int | None = None) -> S:
        """A stream as it is now. Raises NotFound, and Stale if a person changed it since `seen`."""
        try:
            stream: Any = self.repository.get(id)
        except AggregateNotFoundError:
            raise NotFound(id) from None
        if not isinstance(stream, kind):
            raise NotFound(id)
        stream.unchanged_since(seen)
        return stream

    def decided(self, command: Command, decide: Callable[[], tuple[Stream, ...]]) -> Recorded:
        """Decide and record, unless the command came before; again when another writer was faster."""
        for _ in range(ATTEMPTS):
            if recorded := self.recorded(command):
                return recorded
            try:
                return self.record(command, *decide())
            except IntegrityError:
                continue
            except Refused:
                if recorded := self.recorded(command):  # this very command was faster, and is what stands in the way
                    return recorded
                raise
        if recorded := self.recorded(command):
            return recorded
        raise Busy()

    def chosen(self, kind: type[S], id: UUID, otherwise: str, field: str) -> S:
        """As `load`, of what was chosen in a form: what is not there is Refused beside its field."""
        try:
            return self.load(kind, id)
        except NotFound:
            raise Refused(otherwise, field) from None

    def recorded(self, command: Command) -> Recorded | None:
        """What this command left when it came before. Raises AlreadySaved if it asked for something else then."""
        trace = self.log.trace(command.id)
        if trace is None:
            return None
        if trace.content not in (None, command.content):
            raise AlreadySaved()
        return Recorded(trace.streams, trace.position, repeated=True)

    def record(self, command: Command, *streams: Stream) -> Recorded:
        """Save all streams in one transaction."""
        touched = tuple(stream.id for stream in streams if stream.pending_events)
        recordings = self.save(*streams, command=command)
        return Recorded(touched, recordings[-1].notification.id if recordings else 0, repeated=not recordings)
