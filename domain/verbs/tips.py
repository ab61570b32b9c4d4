"""Tips and outside openings: what there is to pass on."""

from __future__ import annotations

from uuid import UUID

from domain.command import Command
from domain.refusal import NotFound, Refused
from domain.shipped_tips import SHIPPED_TIPS
from domain.stream import Stream
from domain.tip import SharedTip, Tip
from domain.verbs.once import Verbs, once


class TipVerbs(Verbs):
    """Write, change and retire what everybody here may give to candidates."""

    @once
    def write_tip(self, command: Command, tip: Tip) -> tuple[Stream, ...]:
        """Another tip or opening for everybody; streams (tip,)."""
        return (SharedTip.write(command.stream(0), command.person, tip, self.log.now()),)

    @once
    def change_tip(self, command: Command, tip_id: UUID, tip: Tip, seen: int | None = None) -> tuple[Stream, ...]:
        """Other words; one that Kept came with is the agency's own from then on."""
        shared = self._tip(tip_id, command.person, seen)
        shared.change(command.person, tip, self.log.now())
        return (shared,)

    @once
    def retire_tip(self, command: Command, tip_id: UUID) -> tuple[Stream, ...]:
        """It is on the shelf no more."""
        shared = self._tip(tip_id, command.person)
        shared.retire(command.person)
        return (shared,)

    @once
    def restore_tip(self, command: Command, tip_id: UUID) -> tuple[Stream, ...]:
        """It is on the shelf again."""
        shared = self._tip(tip_id, command.person)
        shared.restore(command.person)
        return (shared,)

    def titled(self, tip_id: UUID) -> str:
        """What a tip is called now, retired or not."""
        try:
            return self.load(SharedTip, tip_id).tip.title
        except NotFound:
            if tip_id not in SHIPPED_TIPS:
                raise Refused("Choose what to give from the list.", "tip") from None
            return SHIPPED_TIPS[tip_id].title

    def _tip(self, id: UUID, by: UUID, seen: int | None = None) -> SharedTip:
        """A tip as it is now; one that Kept came with begins its stream here."""
        try:
            return self.load(SharedTip, id, seen)
        except NotFound:
            if id not in SHIPPED_TIPS:
                raise
            return SharedTip.write(id, by, SHIPPED_TIPS[id], self.log.now())
