"""What lists find people by beside their tags: words of what they want, the stages at which they stand, and whether
they are invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Connection, Index, String, Table, Uuid, bindparam, delete, select, update

from domain.candidate import Candidate
from domain.log import Entry
from domain.remembered import Pain
from domain.saved_list import UNINVITED
from domain.stages import Stage
from domain.submission import Submission
from projections.folding import fold
from projections.projection import Projection

SINGULAR_FROM = 4
MOST = 5


def wanted(words: str) -> list[str]:
    """The words of what somebody wants, each once, folded and without a plural's s."""
    found = (word[:-1] if len(word) >= SINGULAR_FROM and word.endswith("s") else word for word in fold(words).split())
    return list(dict.fromkeys(found))


def traits(wants: str = "", stage: str = "", invitation: str = "") -> list[str]:
    """What whoever is looked for carries."""
    invited = [f"invited {invitation}"] if invitation and invitation != UNINVITED else []
    return [*(f"wants {word}" for word in wanted(wants)), *([f"at {stage}"] if stage else []), *invited]


class Traits(Projection):
    """One row for each trait of each person, by which people are found in the order of their names."""

    people: Table

    def trait_tables(self) -> None:
        table = self.traits = Table(
            self.named("traits"),
            self.metadata,
            Column("trait", String, primary_key=True),
            Column("candidate", Uuid, primary_key=True),
            Column("folded", String, nullable=False),
        )
        wants = self.wants = Table(
            self.named("wants"),
            self.metadata,
            Column("pain", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("words", String, nullable=False),
            Column("open", Boolean, nullable=False),
        )
        stands = self.stands_at = Table(
            self.named("stands_at"),
            self.metadata,
            Column("submission", Uuid, primary_key=True),
            Column("candidate", Uuid, nullable=False, index=True),
            Column("stage", String, nullable=False),
            Column("live", Boolean, nullable=False),
        )
        Index(self.named("traits_by_name"), table.c.trait, table.c.folded, table.c.candidate)
        Index(self.named("traits_of"), table.c.candidate, table.c.trait)
        whose = bindparam("person", type_=Uuid)
        self.wants_of = select(wants.c.words).where(wants.c.candidate == whose, wants.c.open)
        self.stages_of = select(stands.c.stage).where(stands.c.candidate == whose, stands.c.live)
        self.traits_of = select(table.c.trait).where(table.c.candidate == whose)
        self.named_so = select(self.people.c.folded, self.people.c.invitations).where(self.people.c.candidate == whose)

    def record_traits(self, connection: Connection, entry: Entry) -> None:
        """Its part of a fact. A person's own row is there already, or gone, by then."""
        match entry.fact:
            case Candidate.PainPointNoted() as fact if fact.words is not None and fact.kind == Pain.WANT:
                row = {"pain": fact.pain, "candidate": fact.originator_id, "words": fact.words, "open": True}
                self.add(connection, self.wants, row)
                self._reckon_traits(connection, fact.originator_id)
            case Candidate.PainPointResolved() | Candidate.PainPointReopened() as fact:
                again = isinstance(fact, Candidate.PainPointReopened)
                connection.execute(update(self.wants).where(self.wants.c.pain == fact.pain).values(open=again))
                self._reckon_traits(connection, fact.originator_id)
            case Submission.CandidateShortlisted() as fact:
                at = {"candidate": fact.candidate, "stage": Stage.SHORTLISTED.value, "live": True}
                self.add(connection, self.stands_at, {"submission": fact.originator_id, **at})
                self._reckon_traits(connection, fact.candidate)
            case Submission.CandidateSubmitted() as fact:
                self._stand(connection, fact, stage=Stage.SENT.value)
            case Submission.StageReached() as fact:
                self._stand(connection, fact, stage=fact.stage)
            case Submission.SubmissionEnded() as fact:
                self._stand(connection, fact, live=False)
            case Submission.SubmissionReopened() as fact:
                self._stand(connection, fact, live=True)
            case (
                Candidate.ProfileInvited()
                | Candidate.InvitationAccepted()
                | Candidate.InvitationDeclined()
                | Candidate.InvitationTakenBack() as fact
            ):
                self._reckon_traits(connection, fact.originator_id)
            case Candidate.ContactDetailsChanged() as fact if fact.name is not None:
                theirs = self.traits.c.candidate == fact.originator_id
                connection.execute(update(self.traits).where(theirs).values(folded=fold(fact.name)))
            case Candidate.CandidateWithdrawn() | Candidate.CandidateErased() as fact:
                for table in (self.traits, self.wants, self.stands_at):
                    connection.execute(delete(table).where(table.c.candidate == fact.originator_id))

    def _stand(self, connection: Connection, fact: Any, **changes: Any) -> None:
        this = self.stands_at.c.submission == fact.originator_id
        connection.execute(update(self.stands_at).where(this).values(changes))
        self._reckon_traits(connection, fact.person)

    def _reckon_traits(self, connection: Connection, person: UUID) -> None:
        """Write down what is new among the traits of a person, and take away what is so no more."""
        whose = {"person": person}
        them = connection.execute(self.named_so, whose).first()
        if them is None or them.folded is None:
            return
        now = {trait for row in connection.execute(self.wants_of, whose) for trait in traits(row.words)}
        now |= {trait for row in connection.execute(self.stages_of, whose) for trait in traits(stage=row.stage)}
        now |= {trait for each in them.invitations.values() for trait in traits(invitation=each["state"])}
        before = set(connection.execute(self.traits_of, whose).scalars())
        if gone := before - now:
            theirs = (self.traits.c.candidate == person, self.traits.c.trait.in_(gone))
            connection.execute(delete(self.traits).where(*theirs))
        if new := sorted(now - before):
            rows = [{"trait": trait, "candidate": person, "folded": them.folded} for trait in new]
            connection.execute(self._inserts[self.traits], rows)
