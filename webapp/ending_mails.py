"""Ending many submissions, each with a personal mail: done beside the pages, one person after the other.

What is recorded has a command id that comes from the job and the submission, so whoever goes on after a killed worker
finds what was done. A mail is handed over before it is written down, under a Message-ID of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid5

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise
from domain.refusal import NotFound, Refused
from domain.submission import Kind
from domain.touchpoint import Channel, Direction
from domain.verbs.submissions import Standing
from webapp import mail
from webapp.installation import Installation
from webapp.jobs import handles
from webapp.mail import At, NotSent
from webapp.merging import merged, signature_of, values_of

KIND = "endings"
PATIENCE = 8.0
SENT, BY_HAND, LEFT = "sent", "by hand", "left"
NO_ADDRESS = "We know no e-mail address of theirs."
REFUSED = "They asked us to send no mails."
NO_SERVER = "Kept is not set up to send mail here."


@dataclass(frozen=True)
class Batch:
    """What was pressed: whose submissions end, why, with which words; `mails` is whether Kept sends them.

    `promises` are what is promised to whoever is told by hand, each with its day and perhaps its time.
    """

    job: str
    submissions: Sequence[str]
    cause: str
    subject: str
    text: str
    mails: bool
    promises: Sequence[Sequence[str]]

    def standing(self, keeper: UUID) -> Standing:
        made = []
        for words, on, at, zone in self.promises:
            due = Due(date.fromisoformat(on), time.fromisoformat(at) if at else None, zone)
            made.append((Kind.ANSWER, NewPromise(words, due, keeper, job=UUID(self.job))))
        return Standing(tuple(made))


def begin(installation: Installation, command: Command, batch: Batch) -> bool:
    """Let the worker do it; False if this form was sent before."""
    return installation.work.add_job(command.id, KIND, command.by, asdict(batch))


def batch_of(job: Any) -> Batch:
    return Batch(**{name: job.detail[name] for name in Batch.__dataclass_fields__})


@handles(KIND)
def end_all(installation: Installation, job: Any) -> None:
    """End each that is left to do, and note of each what became of it; the words are kept no longer than that."""
    batch, came = batch_of(job), dict(job.detail.get("came", {}))
    ending = _Ending(installation, job.id, job.by, batch)
    for number, submission in enumerate(batch.submissions[job.done :], job.done + 1):
        came[submission] = ending.end(UUID(submission))
        if not installation.work.progress(job.id, number, len(batch.submissions), came=came):
            return
    installation.work.progress(job.id, len(batch.submissions), len(batch.submissions), text="", promises=[])
    installation.views.catch_up()


@dataclass
class _Ending:
    """One job under way; once the mail server did not answer, it is asked no more."""

    installation: Installation
    id: UUID
    by: UUID
    batch: Batch
    trouble: str = ""

    def end(self, id: UUID) -> tuple[str, str]:
        """What became of one submission, and why it was not sent if it was not."""
        with self.installation.alone("endings"):  # nobody is written to twice, however many do this at once
            self.installation.views.catch_up()
            row = self.installation.views.submissions.submission(id)
            try:
                return self._end(row) if row is not None and row.listed else (LEFT, "They are not here any more.")
            except (Refused, NotFound) as refused:
                return LEFT, getattr(refused, "sentence", "They are not here any more.")

    def _end(self, row: Any) -> tuple[str, str]:
        done = self.installation.recruiting.log.trace(self._command(row, "mail").id)
        if done is not None:
            return SENT, ""
        person = next(iter(self.installation.views.directory.people([row.candidate])))
        never = bool(self.installation.views.wishes.never_among([person.id]))
        if why := why_by_hand(person, never, self.batch.mails):
            return self._by_hand(row, why)
        if row.ended_at is not None:
            return LEFT, "This submission has ended already."
        subject, text = self._texts(row, person)
        return self._mailed(row, person, subject, text)

    def _by_hand(self, row: Any, why: str) -> tuple[str, str]:
        """It ends, and an answer is promised: somebody will ring or write."""
        verb, agency = self.installation.recruiting.end_submission, self._agency().id
        command, standing = self._command(row, "by hand"), self.batch.standing(self.by)
        verb(command, row.id, self.batch.cause, standing=standing, agency=agency)
        return BY_HAND, why

    def _texts(self, row: Any, person: Any) -> tuple[str, str]:
        views, me = self.installation.views, self._me()
        values = values_of(person, me, self._agency(), views.jobs.job(row.job), views.jobs.client(row.client))
        subject = merged("subject", self.batch.subject, values)
        text = merged("text", self.batch.text, values)
        return subject, f"{text}\n\n{signature_of(me, self._agency())}"

    def _mailed(self, row: Any, person: Any, subject: str, text: str) -> tuple[str, str]:
        verbs, agency = self.installation.recruiting, self._agency()
        verbs.may_end_by_mail(row.id, agency.id)
        if self.trouble:
            return LEFT, self.trouble
        try:
            self._hand_over(row, person, subject, text)
        except NotSent as reason:
            self.trouble = str(reason) if reason.at is At.SERVER else ""
            return LEFT, str(reason)
        words = f"{subject}\n\n{text}"
        try:
            verbs.end_by_mail(self._command(row, "mail"), row.id, self.batch.cause, words, agency=agency.id)
        except Refused:  # it changed while the mail was on its way: what was written is written down all the same
            here = self._command(row, "mail")
            verbs.record_touchpoint(here, row.candidate, Channel.EMAIL, Direction.OUT, None, None, words)
        return SENT, ""

    def _hand_over(self, row: Any, person: Any, subject: str, text: str) -> None:
        settings, me = self.installation.settings, self._me()
        assert settings.smtp_url is not None
        letter = mail.personal(
            (f"{me.name}, {self._agency().name}", me.email or ""),
            (person.name or "", person.emails[0]),
            subject,
            text,
            smtp_url=settings.smtp_url,
            base_url=settings.base_url,
            key=f"ending {self.id} {row.id}",
            now=self.installation.recruiting.log.now(),
        )
        mail.send(settings.smtp_url, letter, PATIENCE)

    def _command(self, row: Any, how: str) -> Command:
        return Command(uuid5(self.id, f"{row.id} {how}"), self.by)

    def _me(self) -> Any:
        return self.installation.views.team.recruiter(self.by)

    def _agency(self) -> Any:
        return self.installation.views.team.agency()


def why_by_hand(person: Any, never: bool, mails: bool) -> str:
    """Why somebody is not written to by Kept, "" if they are; `never` is whether they asked for that."""
    if never:
        return REFUSED
    if not person.emails:
        return NO_ADDRESS
    return "" if mails else NO_SERVER
