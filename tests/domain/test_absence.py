"""A colleague is away for some days; another may cover, but nobody covers who is away too, or gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.absence import Absence
from domain.recruiter import Recruiter
from domain.recruiting import Recruiting
from domain.refusal import NotFound, Refused
from tests.agency import ZONE, Clock, command

AWAY = Absence(date(2026, 11, 30), date(2026, 12, 4), ZONE)


@pytest.fixture(autouse=True)
def joined(recruiting: Recruiting, dana: UUID, tom: UUID) -> None:
    for colleague in (dana, tom):
        if not recruiting.load(Recruiter, colleague).joined:
            recruiting.join(command(colleague), colleague)


def test_an_absence_lasts_from_midnight_to_midnight_where_the_agency_is() -> None:
    paris = replace(AWAY, zone="Europe/Paris")

    assert (paris.begins_at(), paris.ends_at()) == (
        datetime(2026, 11, 29, 23, tzinfo=UTC),
        datetime(2026, 12, 4, 23, tzinfo=UTC),
    )


def test_it_is_planned_and_called_off(recruiting: Recruiting, dana: UUID, tom: UUID, olive: UUID, facts) -> None:
    recruiting.plan_absence(planned := command(dana), dana, replace(AWAY, cover=tom))
    recruiting.end_absence(command(olive), dana, planned.stream(0))
    recruiting.plan_absence(command(dana), dana, AWAY)

    (first, second), (ended,) = facts(Recruiter.AbsencePlanned), facts(Recruiter.AbsenceEnded)
    assert (first.first_day, first.last_day, first.zone, first.cover) == (AWAY.first, AWAY.last, ZONE, tom)
    assert (second.cover, ended.absence, ended.by) == (None, planned.stream(0), olive)


@pytest.mark.parametrize(
    ("absence", "sentence", "field"),
    [
        (replace(AWAY, last=date(2026, 11, 29)), "The last day comes before the first.", "last"),
        (replace(AWAY, first=date(2026, 11, 16), last=date(2026, 11, 20)), "That day is over already.", "last"),
        (replace(AWAY, last=date(2027, 12, 1)), "At most twelve months at once.", "last"),
        (
            replace(AWAY, first=date(2126, 11, 30), last=date(2126, 12, 4)),
            "That date is more than two years away. Please check the year.",
            "last",
        ),
    ],
    ids=["backwards", "over", "too long", "too far"],
)
def test_days_that_cannot_be_are_refused(
    absence: Absence, sentence: str, field: str, recruiting: Recruiting, dana: UUID, facts
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.plan_absence(command(dana), dana, absence)

    assert (refused.value.sentence, refused.value.field) == (sentence, field)
    assert facts(Recruiter.AbsencePlanned) == []


def test_two_plans_for_one_day_are_refused(recruiting: Recruiting, dana: UUID) -> None:
    recruiting.plan_absence(command(dana), dana, AWAY)

    with pytest.raises(Refused) as refused:
        recruiting.plan_absence(command(dana), dana, replace(AWAY, first=AWAY.last, last=date(2026, 12, 9)))

    assert refused.value.sentence == ("There is a plan for these days already: Mon 30 Nov 2026 to Fri 4 Dec 2026.")


def test_nobody_covers_who_is_away_too_who_left_who_only_reads_or_for_themselves(
    recruiting: Recruiting, dana: UUID, tom: UUID, aude: UUID, olive: UUID
) -> None:
    recruiting.plan_absence(command(tom), tom, replace(AWAY, first=AWAY.last))
    left = recruiting.invite_recruiter(command(olive), "Cara", "cara@harbour.example", "recruiter").streams[0]
    recruiting.recruiter_leaves(command(olive), left)
    said = {}

    for name, cover in (("away", tom), ("left", left), ("reads", aude), ("self", dana), ("nobody", UUID(int=1))):
        with pytest.raises(Refused) as refused:
            recruiting.plan_absence(command(dana), dana, replace(AWAY, cover=cover))
        assert refused.value.field == "cover"
        said[name] = refused.value.sentence

    here = "Choose a colleague who is here and looks after promises."
    assert said == {
        "away": "This colleague is away then, too: Fri 4 Dec 2026. Choose somebody else.",
        "left": here,
        "reads": here,
        "self": "Nobody covers for themselves. Choose a colleague, or nobody.",
        "nobody": "Choose who covers from the list, or nobody.",
    }


def test_what_is_over_cannot_be_ended(recruiting: Recruiting, clock: Clock, dana: UUID, tom: UUID) -> None:
    recruiting.plan_absence(called_off := command(dana), dana, replace(AWAY, first=AWAY.last))
    recruiting.end_absence(command(dana), dana, called_off.stream(0))
    recruiting.plan_absence(over := command(dana), dana, AWAY)
    clock.on(days=12)

    for absence in (called_off, over):
        with pytest.raises(Refused, match="over already"):
            recruiting.end_absence(command(dana), dana, absence.stream(0))
    with pytest.raises(NotFound):
        recruiting.end_absence(command(tom), tom, over.stream(0))
