"""What Kept notes by itself about a promise, and when it should keep quiet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from domain.command import Command, Recorded
from domain.due import Due
from domain.promise import Promise
from domain.stream import Stream
from domain.verbs.once import Verbs, once


class ReminderVerbs(Verbs):
    """The command of what Kept notes comes from the fact itself, so that a repeat records nothing."""

    def fall_due(self, promise_id: UUID, due: Due) -> Recorded:
        """The moment came and the promise was still open."""
        return self._note(promise_id, "fell due", due)

    def reminder_sent(self, promise_id: UUID, due: Due, kind: str, channel: str) -> Recorded:
        """A reminder of this kind went out for this due."""
        return self._note(promise_id, "reminder sent", due, kind, channel)

    def reminder_failed(self, promise_id: UUID, due: Due, kind: str, channel: str, reason: str) -> Recorded:
        """A reminder could not be sent. `reason` is a sentence of Kept's own, without names or addresses."""
        return self._note(promise_id, "reminder failed", due, kind, channel, reason)

    def _note(self, promise_id: UUID, what: str, due: Due, *details: str) -> Recorded:
        said = "|".join((what, due.on.isoformat(), str(due.at), due.zone, *details))
        return self._note_once(Command(uuid5(promise_id, said), None), promise_id, what, due, *details)

    @once
    def _note_once(self, command: Command, promise_id: UUID, what: str, due: Due, *details: str) -> tuple[Stream, ...]:
        promise = self.load(Promise, promise_id)
        match what:
            case "fell due":
                promise.fall_due(due)
            case "reminder sent":
                promise.note_reminder(due, *details)
            case "reminder failed":
                promise.note_failed_reminder(due, *details)
        return (promise,)

    @once
    def snooze_reminder(self, command: Command, promise_id: UUID, until: datetime) -> tuple[Stream, ...]:
        """No reminder before then. The promise is due when it was."""
        promise = self.load(Promise, promise_id)
        promise.snooze(command.by, until, self.log.now())
        return (promise,)
