"""Colleagues change roles, choose when they are reminded, and leave; from then on nothing is theirs to keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from uuid import UUID, uuid4

import pytest

from domain.recruiter import DIGEST_AT, Recruiter, Role
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused, Stale
from domain.stream import Fact
from tests.agency import command

SEVEN, NINETEEN = time(7), time(19)

Change = Callable[[Recruiting, UUID, UUID], object]
CHANGES: dict[str, Change] = {
    "role": lambda verbs, by, id: verbs.change_role(command(by), id, "owner"),
    "quiet hours": lambda verbs, by, id: verbs.choose_quiet_hours(command(by), id, NINETEEN, SEVEN),
    "digest": lambda verbs, by, id: verbs.choose_digest_hour(command(by), id, SEVEN),
    "leave": lambda verbs, by, id: verbs.recruiter_leaves(command(by), id),
}
every_change = pytest.mark.parametrize("change", CHANGES)


def test_a_role_is_changed_by_somebody(recruiting: Recruiting, olive: UUID, tom: UUID, facts) -> None:
    recruiting.change_role(command(olive), tom, "auditor")

    (fact,) = facts(Recruiter.RoleChanged)
    assert (fact.originator_id, fact.by, fact.role) == (tom, olive, "auditor")
    assert recruiting.load(Recruiter, tom).role is Role.AUDITOR


def test_a_role_comes_from_the_list(recruiting: Recruiting, olive: UUID, tom: UUID, facts) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.change_role(command(olive), tom, "boss")

    assert (refused.value.sentence, refused.value.field) == ("Choose what this colleague may do.", "role")
    assert facts(Recruiter.RoleChanged) == []


def test_a_role_that_somebody_changed_meanwhile_makes_the_form_stale(
    recruiting: Recruiting, olive: UUID, dana: UUID
) -> None:
    recruiting.change_role(command(olive), dana, "auditor", 2)

    with pytest.raises(Stale):
        recruiting.change_role(command(olive), dana, "owner", 2)


def test_quiet_hours_may_go_over_midnight_and_be_given_up(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.choose_quiet_hours(command(dana), dana, NINETEEN, SEVEN)
    recruiting.choose_quiet_hours(command(dana), dana, None, None)

    assert [(fact.begins, fact.ends) for fact in facts(Recruiter.QuietHoursChosen)] == [(NINETEEN, SEVEN), (None, None)]


@pytest.mark.parametrize(
    ("begins", "ends", "field", "sentence"),
    [
        (SEVEN, None, "ends", "Say both when it is quiet from, and until when."),
        (None, SEVEN, "begins", "Say both when it is quiet from, and until when."),
        (SEVEN, SEVEN, "ends", "Quiet hours end at another time than they begin."),
    ],
)
def test_quiet_hours_have_a_beginning_and_another_end(
    recruiting: Recruiting, dana: UUID, facts, begins: time | None, ends: time | None, field: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.choose_quiet_hours(command(dana), dana, begins, ends)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Recruiter.QuietHoursChosen) == []


def test_the_days_mail_comes_at_another_hour_or_not_at_all(recruiting: Recruiting, dana: UUID, facts) -> None:
    recruiting.choose_digest_hour(command(dana), dana, SEVEN)
    recruiting.choose_digest_hour(command(dana), dana, None)

    assert [fact.at for fact in facts(Recruiter.DigestHourChosen)] == [SEVEN, None]


def test_the_same_choice_again_is_not_recorded(recruiting: Recruiting, olive: UUID, dana: UUID, facts) -> None:
    recruiting.change_role(command(olive), dana, "recruiter")
    recruiting.choose_quiet_hours(command(dana), dana, None, None)

    nothing = recruiting.choose_digest_hour(command(dana), dana, DIGEST_AT)

    assert (nothing.streams, nothing.position, nothing.repeated) == ((), 0, True)
    assert facts() == []


def test_leaving_says_who_let_them_go(recruiting: Recruiting, olive: UUID, dana: UUID, facts) -> None:
    recruiting.recruiter_leaves(command(olive), dana)

    assert [(fact.originator_id, fact.by) for fact in facts(Recruiter.RecruiterLeft)] == [(dana, olive)]


@every_change
def test_of_somebody_who_left_nothing_is_changed(
    recruiting: Recruiting, olive: UUID, dana: UUID, facts, change: str
) -> None:
    recruiting.recruiter_leaves(command(olive), dana)
    before: list[Fact] = facts()

    with pytest.raises(Refused) as refused:
        CHANGES[change](recruiting, olive, dana)

    assert refused.value.sentence == "This colleague has left."
    assert facts() == before


@every_change
def test_nobody_is_changed_who_was_never_invited(recruiting: Recruiting, olive: UUID, change: str) -> None:
    with pytest.raises(NotFound):
        CHANGES[change](recruiting, olive, uuid4())


@every_change
def test_a_change_concerns_one_colleague(
    recruiting: Recruiting, olive: UUID, dana: UUID, tom: UUID, facts, change: str
) -> None:
    CHANGES[change](recruiting, olive, dana)

    assert [fact.originator_id for fact in facts()] == [dana]


@every_change
def test_only_a_person_changes_a_colleague(recruiting: Recruiting, dana: UUID, change: str) -> None:
    with pytest.raises(TypeError, match="Only a person"):
        CHANGES[change](recruiting, None, dana)  # type: ignore[arg-type]


def test_an_invitation_taken_back_is_of_no_use(recruiting: Recruiting, olive: UUID, facts) -> None:
    cara = recruiting.invite_recruiter(command(olive), "Cara", "cara@harbour.example", "recruiter").streams[0]
    recruiting.recruiter_leaves(command(olive), cara)

    with pytest.raises(Refused) as refused:
        recruiting.join(command(cara), cara)

    assert refused.value.sentence == "This invitation was taken back. Ask for a new one."
    assert facts(Recruiter.RecruiterJoined) == []
