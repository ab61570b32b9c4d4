"""A tip, or an opening elsewhere: what candidates are given without being asked for anything. It is about nobody."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.merging import check
from domain.refusal import Refused
from domain.remembered import ZONES_DIFFER
from domain.stream import Beginning, Fact, Stream
from domain.template import Template
from domain.words import line, link, note

OF_A_TIP = ("kind", "title", "words", "link", "place", "until")
LONGEST = 2_000


class Kind(StrEnum):
    """TIP: advice that stays true. OPENING: somebody else's vacancy, course or event, until a day."""

    TIP = "tip"
    OPENING = "opening"


@dataclass(frozen=True)
class Tip:
    """What is passed on. `place` is where an opening is, and `until` its last day; a tip has neither."""

    kind: str
    title: str
    words: str
    link: str = ""
    place: str = ""
    until: date | None = None

    def checked(self, now: datetime) -> Tip:
        """As it is recorded. Raises Refused beside the field."""
        if self.kind not in list(Kind):
            raise Refused("Choose whether it is a tip or an opening.", "kind")
        opening = self.kind == Kind.OPENING
        tip = Tip(
            str(self.kind),
            line(self.title, "title", "Give it a title."),
            note(self.words, "words", None if opening else "Write the tip."),
            link(self.link, "link"),
            line(self.place, "place", "Say where it is.") if opening else "",
            self.until if opening else None,
        )
        if len(tip.words) > LONGEST:
            raise Refused(f"That is {len(tip.words):,} characters; at most {LONGEST:,} fit here.", "words")
        for field in ("title", "words"):
            check(getattr(tip, field), field)
        if opening and tip.until is None:
            raise Refused("Say until when it is open.", "until")
        if tip.until and tip.until < (now - ZONES_DIFFER).date():
            raise Refused("That day has passed.", "until")
        return tip

    @property
    def message(self) -> Template:
        """The message by which it is given."""
        facts = [self.place, f"open until {self.until.day} {self.until:%B}" if self.until else ""]
        about = ", ".join(filter(None, facts))
        body = "\n\n".join(filter(None, [self.words, about[:1].upper() + about[1:], self.link]))
        short = f"Hello {{{{first_name}}}}, {{{{recruiter}}}} from {{{{agency}}}} here. {self.title}:\n\n{body}"
        return Template(self.title, self.title, f"Hello {{{{first_name}}}},\n\n{body}", short)


class SharedTip(Stream):
    """Written, changed, retired when nobody should be given it any more, and taken up again."""

    TOPIC = "tip"

    class TipWritten(Beginning):
        TOPIC = "tip.written"
        clear = OF_A_TIP
        kind: str
        title: str
        words: str
        link: str
        place: str
        until: date | None

    class TipChanged(Fact):
        TOPIC = "tip.changed"
        clear = OF_A_TIP
        kind: str
        title: str
        words: str
        link: str
        place: str
        until: date | None

    class TipRetired(Fact):
        TOPIC = "tip.retired"

    class TipRestored(Fact):
        TOPIC = "tip.restored"

    @classmethod
    def write(cls, id: UUID, by: UUID, tip: Tip, now: datetime) -> SharedTip:
        return cls._create(cls.TipWritten, id=id, by=by, person=None, **asdict(tip.checked(now)))

    @event(TipWritten)
    def __init__(self, kind: str, title: str, words: str, link: str, place: str, until: date | None):
        self.tip = Tip(kind, title, words, link, place, until)
        self.retired = False

    def change(self, by: UUID, tip: Tip, now: datetime) -> None:
        """What is the same is not recorded again. A tip stays a tip, an opening an opening."""
        tip = tip.checked(now)
        if self.retired:
            raise Refused("This was retired. Use it again first, then change it.")
        if tip.kind != self.tip.kind:
            raise Refused("A tip cannot become an opening. Write another one.", "kind")
        if tip != self.tip:
            self._changed(by=by, **asdict(tip))

    def retire(self, by: UUID) -> None:
        if not self.retired:
            self._retired(by=by)

    def restore(self, by: UUID) -> None:
        if self.retired:
            self._restored(by=by)

    @event(TipChanged)
    def _changed(self, by: UUID, kind: str, title: str, words: str, link: str, place: str, until: date | None) -> None:
        self.tip = Tip(kind, title, words, link, place, until)

    @event(TipRetired)
    def _retired(self, by: UUID) -> None:
        self.retired = True

    @event(TipRestored)
    def _restored(self, by: UUID) -> None:
        self.retired = False
