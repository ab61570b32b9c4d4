"""A row of cells as a person, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain import words
from domain.candidate import MOST_TAGS, MOST_WAYS, Details
from domain.refusal import Refused
from domain.touchpoint import CLOCKS_DIFFER, LONG_AGO, Channel, Direction
from projections.folding import fold
from webapp.importing import dates
from webapp.importing.dates import Order
from webapp.importing.formats import CHAT, LINKEDIN, Format, Target
from webapp.importing.tables import Row

SEVERAL = re.compile(r" ?::: ?| ?[;,\n|] ?")
MAILS_APART = re.compile(r" ?::: ?|[;,\s|]+")
PHONES_APART = re.compile(r" ?::: ?| ?[;,\n|] ?| / | or ")
IN_BRACKETS = re.compile(r"[^<]*<([^<>]+)>")
PAGE = re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?$")
LONGEST_CELL = 1000  # of addresses or numbers
NOTHING = {"", "-", "--", "n/a", "na", "none", "null", "nil", "unknown", "?", ".", "0", "*"}
GUARDED = re.compile(r"'(?=[=+\-@\t\r'])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
PAIRED = re.compile(r"(.*\d) - value", re.IGNORECASE)
CHANNELS = {
    Channel.CALL: "call called phone phoned telephone anruf telefonat telefon appel llamada",
    Channel.EMAIL: "email mail emailed",
    Channel.VIDEO: "video zoom teams skype",
    Channel.MEETING: "meeting met interview visit lunch coffee treffen besprechung reunion rendezvous",
    Channel.SMS: "sms text",
    Channel.WHATSAPP: "whatsapp",
    Channel.LINKEDIN: "linkedin inmail",
    Channel.LETTER: "letter post brief",
    Channel.NOTE: "note comment memo notiz remark other general",
}
CHANNEL_OF = {word: channel for channel, said in CHANNELS.items() for word in said.split()}
THEY_TO_US = {"in", "inbound", "incoming", "received", "from", "eingehend"}
WE_TO_THEM = {"out", "outbound", "outgoing", "sent", "to", "ausgehend"}
MOST_NOTES = 12
ALWAYS_ONE = (Target.HEADLINE, Target.PLACE, Target.WORKS_AT, Target.SOURCE, Target.REFERENCE)


@dataclass(frozen=True)
class Said:
    """Something said about a person; `at` is an instant in ISO 8601, or None if the file does not say when."""

    words: str
    at: str | None
    channel: str
    direction: str

    @property
    def happened_at(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at else None


@dataclass(frozen=True)
class Record:
    """One row, understood. `apart` is what did not fit its field and stands in the note instead; `fault` refuses it."""

    details: Details
    tags: tuple[str, ...] = ()
    owner: str | None = None
    notes: tuple[Said, ...] = ()
    apart: tuple[str, ...] = ()
    fault: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Record:
        """What `plain` said, after it went through JSON."""
        details = plain["details"]
        return cls(
            Details(**{**details, "emails": tuple(details["emails"]), "phones": tuple(details["phones"])}),
            tuple(plain["tags"]),
            plain["owner"],
            tuple(Said(**said) for said in plain["notes"]),
            tuple(plain["apart"]),
            plain["fault"],
        )


@dataclass(frozen=True)
class Understanding:
    """How rows are to be understood: what each column is, how dates are written, who is who on the team."""

    format: Format
    headers: Sequence[str]
    targets: Sequence[Target]
    order: Order
    zone: ZoneInfo
    importer: str
    colleagues: Mapping[str, str]
    now: datetime
    _of: dict[Target, list[tuple[int, str, int | None]]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for place, target in enumerate(self.targets):
            self._of.setdefault(target, []).append((place, *self._named(self.headers[place])))

    def record(self, row: Row) -> Record:
        """The person and the notes of a row."""
        reading = _Reading(self, [clean(cell) for cell in row.cells])
        if row.fault:
            return Record(Details(reading.name()[: words.LONGEST_LINE]), fault=row.fault)
        try:
            return reading.record()
        except Refused as refused:
            name = reading.name()[: words.LONGEST_LINE]
            return Record(Details(name), fault=refused.sentence)

    def cells(self, cells: Sequence[str], target: Target) -> Iterator[tuple[str, str]]:
        """The filled cells that become this, each with the name of its column."""
        for place, header, label_at in self._of.get(target, ()):
            if cells[place]:
                yield (cells[label_at].lstrip("* ") if label_at is not None else "") or header, cells[place]

    def _named(self, header: str) -> tuple[str, int | None]:
        """What a column is called; “Event 1 - Value” is an Event, and what kind of one stands in “Event 1 - Label”."""
        pair = PAIRED.fullmatch(header)
        if pair is None:
            return header, None
        labels = [f"{pair[1]} - {kind}" for kind in ("Label", "Type")]
        return re.sub(r" \d+$", "", pair[1]), next(
            (self.headers.index(each) for each in labels if each in self.headers), None
        )


@dataclass
class _Reading:
    """One row while it is read; what fits nowhere is collected for the note."""

    how: Understanding
    cells: list[str]
    apart: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def record(self) -> Record:
        for label, cell in self.how.cells(self.cells, Target.LINE):
            if cell.lower() not in NOTHING:
                self.lines.append(f"{label}: {cell}")
        details, tags, owner = self._details(), self._tags(), self._owner()
        return Record(details, tags, owner, self._notes(), tuple(self.apart))

    def name(self) -> str:
        whole = self._one(Target.NAME)
        parts = [self._one(part) for part in (Target.FIRST, Target.MIDDLE, Target.LAST)]
        return " ".join((whole or " ".join(filter(None, parts))).split())

    def _details(self) -> Details:
        emails = self._ways(Target.EMAIL, MAILS_APART, words.email)
        phones = self._ways(Target.PHONE, PHONES_APART, words.phone)
        link = self._link()
        ones = {target.value: self._fitting(target) for target in ALWAYS_ONE}
        if ones["reference"]:
            ones["reference"] = self.how.format.prefix + ones["reference"]
        return Details(self._fitting_name(), emails, phones, link=link, **ones)

    def _fitting_name(self) -> str:
        name = self.name()
        return "" if name.lower() in NOTHING else words.line(name, "name")

    def _one(self, target: Target) -> str:
        """The first filled cell of this kind."""
        return next((cell for _, cell in self.how.cells(self.cells, target)), "")

    def _fitting(self, target: Target) -> str:
        for label, cell in self.how.cells(self.cells, target):
            line = " ".join(cell.split())
            if line.lower() in NOTHING:
                continue
            if len(line) <= words.LONGEST_LINE - len(self.how.format.prefix):
                return line
            self._put_apart(label, line)
        return ""

    def _ways(self, target: Target, apart: re.Pattern[str], read: Callable[[str, str], str]) -> tuple[str, ...]:
        """Addresses or numbers; what is none is kept as words."""
        found: dict[str, str] = {}
        for label, cell in self.how.cells(self.cells, target):
            whole, wrong = cell, len(cell) > LONGEST_CELL
            cell = _tight(cell[:LONGEST_CELL])
            for part in apart.split(IN_BRACKETS.sub(r" \1 ", cell) if target == Target.EMAIL else cell):
                way = part.strip().removeprefix("mailto:").removeprefix("tel:").strip("<>'\"")
                if way.lower() in NOTHING:
                    continue
                try:
                    way = read(way, target)
                except Refused:
                    wrong = True
                    continue
                if len(found) < MOST_WAYS or way.casefold() in found:
                    found.setdefault(way.casefold(), way)
                else:
                    wrong = True
            if wrong:
                self._put_apart(label, whole)
        return tuple(found.values())

    def _link(self) -> str:
        """The first address of a page; any other, and what is none, is kept as words."""
        chosen = ""
        for label, cell in self.how.cells(self.cells, Target.LINK):
            for part in _tight(cell).split(":::"):
                address = _address("".join(part.split()) if "://" in part else part.strip())
                if address and not chosen:
                    chosen = address
                elif part.strip().lower() not in NOTHING and (address != chosen or not address):
                    self._put_apart(label, part.strip())
        return chosen

    def _tags(self) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for label, cell in self.how.cells(self.cells, Target.TAGS):
            tags = [
                " ".join(part.split()).lstrip("#").strip() for part in SEVERAL.split(_tight(cell)) if part[:1] != "*"
            ]
            tags = [tag for tag in tags if tag and tag.lower() not in NOTHING]
            if any(len(tag) > words.LONGEST_TAG for tag in tags) or len(found) + len(tags) > MOST_TAGS:
                self._put_apart(label, cell)
            else:
                found.update({tag.casefold(): found.get(tag.casefold(), tag) for tag in tags})
        return tuple(found.values())

    def _owner(self) -> str | None:
        for label, cell in self.how.cells(self.cells, Target.OWNER):
            if owner := self.how.colleagues.get(fold(cell)):
                return owner
            self.lines.append(f"{label}: {cell}")
        return None

    def _put_apart(self, label: str, words: str) -> None:
        self.apart.append(f"{label}: {words}")
        self.lines.append(f"{label}: {words}")

    # What is said about them

    def _notes(self) -> tuple[Said, ...]:
        said = "\n\n".join(cell for _, cell in self.how.cells(self.cells, Target.NOTE))
        written_at = self._one(Target.WHEN)
        if self.how.format is LINKEDIN and written_at and not said:
            return self._connected(written_at)
        channel, direction = self._channel()
        whole = "\n\n".join(filter(None, (said, "\n".join(self.lines))))
        if not whole:
            return ()
        at = self._when(written_at) if written_at else None
        author = self._one(Target.AUTHOR)
        by = f"\n\n(noted by {author})" if author and fold(author) != fold(self.how.importer) else ""
        if self.how.format is CHAT:
            by = f"\n\n({author})" if by else ""
        parts = list(_parts(whole, words.LONGEST_NOTE - len(by[:200])))
        if len(parts) > MOST_NOTES:
            raise Refused(f"The note has {len(whole):,} characters. Cut it into several rows.")
        return tuple(Said(part + by[:200], at, channel, direction) for part in parts)

    def _connected(self, written_at: str) -> tuple[Said, ...]:
        """When LinkedIn says that they were connected; what cannot be read as a date is kept as words."""
        at = dates.instant(written_at, self.how.order, self.how.zone)
        lines, when = list(self.lines), at.isoformat() if at and LONG_AGO <= at <= self.how.now else None
        first = "Connected on LinkedIn." if when else f"Connected on LinkedIn: {written_at}"
        return (
            Said("\n".join([first, *lines])[: words.LONGEST_NOTE], when, str(Channel.NOTE), str(Direction.INTERNAL)),
        )

    def _when(self, written_at: str) -> str:
        at = dates.instant(written_at, self.how.order, self.how.zone)
        if at is None:
            raise Refused(f"“{written_at[:80]}” is not a date and time that Kept can read.")
        if at > self.how.now + CLOCKS_DIFFER:
            raise Refused(f"“{written_at[:80]}” is in the future.")
        if at < LONG_AGO:
            raise Refused(f"“{written_at[:80]}” is too long ago. Please check the year.")
        return at.isoformat()

    def _channel(self) -> tuple[str, str]:
        """How people were in touch. What Kept does not know is a note, and stands in it."""
        written = self._one(Target.CHANNEL)
        written_words = fold(written).replace("e mail", "email").split()
        channel = next((CHANNEL_OF[word] for word in written_words if word in CHANNEL_OF), None)
        if channel is None and written:
            label = next(label for label, _ in self.how.cells(self.cells, Target.CHANNEL))
            self.lines.insert(0, f"{label}: {written}")
        if channel in (None, Channel.NOTE):
            return str(Channel.NOTE), str(Direction.INTERNAL)
        said = {*written_words, *fold(self._one(Target.DIRECTION)).split()}
        inbound = said & THEY_TO_US and not said & WE_TO_THEM
        return str(channel), str(Direction.IN if inbound else Direction.OUT)


def clean(cell: str) -> str:
    """A cell as people see it: no control signs, one kind of line end, without the ' that guards against formulas."""
    text = CONTROL.sub(" ", cell.replace("\r\n", "\n").replace("\r", "\n")).strip().strip("\ufeff")
    return GUARDED.sub("", text, count=1) if text[:1] == "'" else text


def _address(part: str) -> str:
    """What names a page on the web, with its scheme; "" if it does not."""
    try:
        return words.link(part if "://" in part else f"https://{part}" if PAGE.match(part) else "", "link")
    except Refused:
        return ""


def _tight(cell: str) -> str:
    """Single blanks, single line ends."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in cell.split("\n"))))


def _parts(whole: str, longest: int) -> Iterator[str]:
    """A text in pieces that fit, cut at the ends of lines where that is possible."""
    while len(whole) > longest:
        cut = whole.rfind("\n", longest // 2, longest)
        cut = cut if cut > 0 else longest
        yield whole[:cut].strip()
        whole = whole[cut:].strip()
    if whole:
        yield whole
