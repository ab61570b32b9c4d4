"""Submissions: who is put forward for which job, how far they got, and whether they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agency import Agency
from domain.candidate import Candidate
from domain.client import Client
from domain.command import Command
from domain.job import Job
from domain.process import MOST_PROMISES, SHIPPED_PROCESS, Process
from domain.promise import NewPromise, Overtaken, Promise
from domain.recruiter import Recruiter, Role
from domain.refusal import NotFound, Refused
from domain.sending import obstacles
from domain.stream import Stream
from domain.submission import ON_THE_BOARD, Agreement, Ending, Kind, Submission, knows
from domain.touchpoint import Channel, Direction, Outcome, Touchpoint
from domain.verbs.once import once
from domain.verbs.promises import PromiseVerbs

NOT_TOLD_IN = "Choose an entry in which this person was reached, or how they are told now."
TOLD = MOST_PROMISES  # the number of the entry that says how they were told, among the streams of a command


@dataclass(frozen=True)
class Standing:
    """What the agency promises by itself at a move, each of a kind and made as far as the move calls for that."""

    promises: tuple[tuple[Kind, NewPromise], ...] = ()


NOTHING = Standing()
CALL_FIRST = "They got so far that a call comes first."


class SubmissionVerbs(PromiseVerbs):
    """Shortlist, note agreements, move on, tell, end, and take up again."""

    @once
    def shortlist(
        self, command: Command, job_id: UUID, candidate_id: UUID, agreement: Agreement | None = None
    ) -> tuple[Stream, ...]:
        """Onto the board of a job, perhaps with their agreement to be sent; streams (submission,)."""
        job = self.chosen(Job, job_id, "Choose a job.", "job")
        job.still_open()
        self.chosen(Candidate, candidate_id, "Choose somebody from the list.", "candidate").still_known()
        try:
            submission = self.load(Submission, Submission.of(candidate_id, job_id))
        except NotFound:
            submission = Submission.shortlist(command.person, candidate_id, job_id, job.client)
        else:
            if not submission.ended:
                raise Refused(ON_THE_BOARD, "candidate")
            submission.reopen(command.person)
        if agreement:
            submission.agree(command.person, agreement, self.log.now())
        return (submission,)

    @once
    def note_agreement(
        self, command: Command, submission_id: UUID, agreement: Agreement, seen: int | None = None
    ) -> tuple[Stream, ...]:
        """They agreed to be sent."""
        submission = self._theirs(submission_id, seen)
        submission.agree(command.person, agreement, self.log.now())
        return (submission,)

    @once
    def move_submission(
        self,
        command: Command,
        submission_id: UUID,
        stage: str,
        meets_on: date | None = None,
        *,
        told: str | None = None,
        words: str = "",
        told_in: UUID | None = None,
        standing: Standing = NOTHING,
        employer: UUID | None = None,
        override: bool = False,
        seen: int | None = None,
        agency: UUID | None = None,
    ) -> tuple[Stream, ...]:
        """To another stage of the `agency`'s own, an interview perhaps on a day.

        `told` is the channel by which the candidate knows it, with these `words`, or `told_in` the entry that told
        them before; otherwise the standing promise of an answer is made, unless one stands already. Whoever works at
        the client or at an `employer` that is off limits, or asked that it never hears of them, is sent by an owner's
        `override` alone.
        Streams (submission[, promises…][, touchpoint]).
        """
        submission = self._theirs(submission_id, seen)
        job = self.load(Job, submission.job)
        process = self._process(agency)
        known_there = submission.submitted or not (process.offers(stage) and process.known_to_client(stage))
        overrode = [] if known_there else self._may_be_sent(command, submission, employer, override)
        job.still_open()
        submission.move(command.person, stage, meets_on, overrode, process)
        wanted = [Kind.FEEDBACK, Kind.OTHER] if meets_on else [Kind.OTHER]
        informed = self._informed(command, submission, told or "", words, told_in) if told or told_in else ()
        if not informed and not self._answer_is_promised(submission):
            wanted.append(Kind.ANSWER)
        return submission, *self._stood(command, submission, wanted, standing), *informed

    @once
    def tell_candidate(
        self,
        command: Command,
        submission_id: UUID,
        how: str,
        words: str,
        seen: int | None = None,
        told_in: UUID | None = None,
    ) -> tuple[Stream, ...]:
        """They know where they stand: an entry of theirs says so, and the promises of an answer are kept by it.

        It is written now, or is the one that they were `told_in` before. Streams (submission, touchpoint[, promises…]).
        """
        submission = self._theirs(submission_id, seen)
        return submission, *self._informed(command, submission, how, words, told_in)

    @once
    def end_submission(
        self,
        command: Command,
        submission_id: UUID,
        cause: str,
        no_call: str | None = None,
        *,
        standing: Standing = NOTHING,
        seen: int | None = None,
        agency: UUID | None = None,
    ) -> tuple[Stream, ...]:
        """It came to nothing, and why. Whoever got as far as the `agency` calls first from is promised a call, unless
        `no_call` says why not; whoever agreed or hears nothing of it is promised an answer.
        Streams (submission[, promises…])."""
        submission = self._theirs(submission_id, seen)
        waiting, calls_first = submission.awaited(), self._process(agency).calls_first(submission.stage)
        submission.end(command.person, cause, no_call if calls_first else None)
        settled = [self.load(Promise, id) for id in waiting] if knows(cause, no_call) else []
        for promise in settled:
            self._settle(command.person, promise, cause)
        wanted = []
        if not submission.told:
            if calls_first and no_call is None:
                wanted.append(Kind.CALL)
            elif (submission.agreement or submission.submitted) and not self._answer_is_promised(submission):
                wanted.append(Kind.ANSWER)
        return submission, *self._stood(command, submission, wanted, standing), *settled

    @once
    def end_by_mail(
        self, command: Command, submission_id: UUID, cause: str, words: str, agency: UUID | None = None
    ) -> tuple[Stream, ...]:
        """It came to nothing, and a mail with these words told them. Whoever got so far that the `agency` calls first
        is not told so. Streams (submission, touchpoint[, promises…])."""
        submission = self.may_end_by_mail(submission_id, agency)
        submission.end(command.person, cause, None)
        return submission, *self._informed(command, submission, Channel.EMAIL, words)

    def may_end_by_mail(self, submission_id: UUID, agency: UUID | None = None) -> Submission:
        """A submission that a mail may end. Raises Refused where a call comes first, or it has ended."""
        submission = self._theirs(submission_id, None)
        submission.still_open()
        if self._process(agency).calls_first(submission.stage):
            raise Refused(CALL_FIRST)
        return submission

    @once
    def reopen_submission(self, command: Command, submission_id: UUID, seen: int | None = None) -> tuple[Stream, ...]:
        """Take it up again where it stood."""
        submission = self._theirs(submission_id, seen)
        self.load(Job, submission.job).still_open()
        submission.reopen(command.person)
        return (submission,)

    @once
    def note_never_tell(self, command: Command, candidate_id: UUID, client_id: UUID) -> tuple[Stream, ...]:
        """This client must never hear of them."""
        candidate = self.load(Candidate, candidate_id)
        self.chosen(Client, client_id, "Choose a client.", "client")
        candidate.note_never_tell(command.person, client_id)
        return (candidate,)

    @once
    def withdraw_never_tell(self, command: Command, candidate_id: UUID, client_id: UUID) -> tuple[Stream, ...]:
        """It may hear of them after all."""
        candidate = self.load(Candidate, candidate_id)
        candidate.withdraw_never_tell(command.person, client_id)
        return (candidate,)

    def _theirs(self, submission_id: UUID, seen: int | None) -> Submission:
        """A submission of somebody about whom something may still be recorded."""
        submission = self.load(Submission, submission_id, seen)
        self.load(Candidate, submission.candidate).still_known()
        return submission

    def _may_be_sent(
        self, command: Command, submission: Submission, employer: UUID | None, override: bool
    ) -> list[str]:
        """What an owner lets pass. Raises Refused for everybody else."""
        candidate, client = self.load(Candidate, submission.candidate), self.load(Client, submission.client)
        found = obstacles(candidate, client, self.load(Client, employer) if employer else None)
        if not found:
            return []
        is_owner = self.load(Recruiter, command.person).role is Role.OWNER
        if not (is_owner and override):
            tick = "Tick the box to send them all the same." if is_owner else "Only an owner can send them there."
            raise Refused(" ".join([*map(_ended, found.values()), tick]), "override")
        return [str(each) for each in found]

    def _stood(self, command: Command, submission: Submission, wanted: list[Kind], standing: Standing) -> list[Promise]:
        """The promises made by the agency itself, each with an id of its own kind."""
        made = []
        for number, (kind, promise) in enumerate(standing.promises):
            if kind in wanted:
                made.append(self._made(command.stream(number), command.person, submission.candidate, promise))
                submission.stand(command.person, made[-1].id, kind)
        return made

    def _process(self, agency: UUID | None) -> Process:
        """How the agency goes about it."""
        return self.load(Agency, agency).process if agency else SHIPPED_PROCESS

    def _answer_is_promised(self, submission: Submission) -> bool:
        return any(self.load(Promise, id).open for id in submission.waits_for(Kind.ANSWER))

    def _informed(
        self, command: Command, submission: Submission, how: str, words: str, told_in: UUID | None = None
    ) -> tuple[Stream, ...]:
        """The entry that says how they were told, and the promises it keeps."""
        by = command.person
        before = self._telling(submission, told_in) if told_in else None
        how, here = (before.channel, before.id) if before else (how, command.stream(TOLD))
        promises = submission.inform(by, how, here)
        entry = before or self._told_now(here, by, submission, how, words)
        kept = [promise for id in promises if (promise := self.load(Promise, id)).open]
        for promise in kept:
            promise.keep(by, entry)
        return entry, *kept

    def _told_now(self, id: UUID, by: UUID, submission: Submission, how: str, words: str) -> Touchpoint:
        talked, now = Outcome.TALKED if how == Channel.CALL else None, self.log.now()
        whose, job = submission.candidate, submission.job
        return Touchpoint.record(id, by, whose, how, Direction.OUT, talked, now, words, [], now, job=job)

    def _telling(self, submission: Submission, id: UUID) -> Touchpoint:
        """An entry by which they were told. Raises Refused unless it reached this very person."""
        entry = self.chosen(Touchpoint, id, NOT_TOLD_IN, "how")
        if entry.candidate != submission.candidate or not entry.tells:
            raise Refused(NOT_TOLD_IN, "how")
        return entry

    def _settle(self, by: UUID, promise: Promise, cause: str) -> None:
        """A promise of an answer to somebody who knows it already."""
        if promise.open and cause == Ending.CANDIDATE_SAID_NO:
            promise.overtake(by, Overtaken.OTHER, "")
        elif promise.open:
            promise.keep(by)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
