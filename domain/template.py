"""A message template: what is written to many, with places for what differs. It is about nobody, and so it is clear."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from eventsourcing.domain import event

from domain.merging import check
from domain.refusal import Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import line, note

TEXT = ("name", "subject", "words", "short")


@dataclass(frozen=True)
class Template:
    """`words` is the mail, under its `subject`; `short` is for WhatsApp and SMS, empty where `words` will do."""

    name: str
    subject: str
    words: str
    short: str = ""

    def checked(self) -> Template:
        """This template as it is recorded. Raises Refused beside the field."""
        template = Template(
            line(self.name, "name", "Give the template a name."),
            line(self.subject, "subject", "Give the mail a subject."),
            note(self.words, "words", "Write what the mail says."),
            note(self.short, "short"),
        )
        for field in ("subject", "words", "short"):
            check(getattr(template, field), field)
        return template


class MessageTemplate(Stream):
    """Written, changed, retired when nobody should use it any more, and taken up again."""

    TOPIC = "template"

    class TemplateWritten(Beginning):
        TOPIC = "template.written"
        clear = TEXT
        name: str
        subject: str
        words: str
        short: str

    class TemplateChanged(Fact):
        TOPIC = "template.changed"
        clear = TEXT
        name: str
        subject: str
        words: str
        short: str

    class TemplateRetired(Fact):
        TOPIC = "template.retired"

    class TemplateRestored(Fact):
        TOPIC = "template.restored"

    @classmethod
    def write(cls, id: UUID, by: UUID, template: Template) -> MessageTemplate:
        return cls._create(cls.TemplateWritten, id=id, by=by, person=None, **asdict(template.checked()))

    @event(TemplateWritten)
    def __init__(self, name: str, subject: str, words: str, short: str):
        self.template = Template(name, subject, words, short)
        self.retired = False

    def change(self, by: UUID, template: Template) -> None:
        """What is the same is not recorded again."""
        template = template.checked()
        if self.retired:
            raise Refused("This template was retired. Use it again first, then change it.")
        if template != self.template:
            self._changed(by=by, **asdict(template))

    def retire(self, by: UUID) -> None:
        if not self.retired:
            self._retired(by=by)

    def restore(self, by: UUID) -> None:
        if self.retired:
            self._restored(by=by)

    @event(TemplateChanged)
    def _changed(self, by: UUID, name: str, subject: str, words: str, short: str) -> None:
        self.template = Template(name, subject, words, short)

    @event(TemplateRetired)
    def _retired(self, by: UUID) -> None:
        self.retired = True

    @event(TemplateRestored)
    def _restored(self, by: UUID) -> None:
        self.retired = False
