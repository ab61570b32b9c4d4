"""Who is found for a job: by tags, towns and wants, whoever waits longest for a word first."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.candidate import Details
from domain.fitting import JobCriteria
from domain.job import JobDetails
from domain.recruiting import Recruiting
from domain.remembered import ImportantDate, PainPoint
from projections import Views
from tests.agency import MONDAY, command

TODAY = MONDAY.date()


@pytest.fixture
def people(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> dict[str, UUID]:
    """Ada in Leeds and Bob in York, known; Cleo in Bradford and Dov in nobody knows where, never heard of."""
    found = {"ada": ada, "bob": bob}
    for name, place in (("cleo", "Bradford, UK"), ("dov", "")):
        asked = (name, f"{name}@mail.example", "", "", place)
        found[name] = recruiting.add_candidate(command(dana), *asked, tags=["Nurse"]).streams[0]
    for person, tags in ((ada, ["nurse", "ICU"]), (bob, ["nurse"])):
        recruiting.tag_candidate(command(dana), person, tags)
    talked(recruiting, dana, ada, 20)
    talked(recruiting, dana, bob, 200)
    return found


def talked(recruiting: Recruiting, by: UUID, to: UUID, days_ago: int, *how: str) -> UUID:
    channel, direction, outcome = how or ("call", "out", "talked")
    at = MONDAY - timedelta(days=days_ago)
    return recruiting.record_touchpoint(command(by), to, channel, direction, outcome or None, at, "hello").streams[0]


def found(views: Views, people: dict[str, UUID], **criteria) -> list[str]:
    views.catch_up()
    names = {id: name for name, id in people.items()}
    return [names[each.candidate] for each in views.relationships.fitting(JobCriteria(**criteria))]


def test_those_we_know_stand_first_and_among_them_whoever_waits_longest(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    unknown = sorted(("cleo", "dov"), key=people.get)
    assert found(views, people, must=("nurse",)) == ["bob", "ada", *unknown]

    talked(recruiting, dana, people["cleo"], 300, "e-mail", "out", "")  # never answered
    call = talked(recruiting, dana, people["bob"], 1)
    assert found(views, people, must=("nurse",)) == ["ada", "bob", *unknown]

    recruiting.retract_touchpoint(command(dana), call, "another Bob")
    talked(recruiting, dana, people["cleo"], 300, "e-mail", "in", "")
    assert found(views, people, must=("nurse",)) == ["cleo", "bob", "ada", "dov"]


def test_a_skill_that_must_be_is_needed_and_one_of_those_that_are_nice_is_enough(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    assert found(views, people, must=("NURSE", "icu")) == ["ada"]
    assert found(views, people, nice=("icu", "nobody")) == ["ada"]
    assert set(found(views, people, nice=("icu", "nurse"))) == {*people}
    assert found(views, people, must=("nurse", "nobody")) == []

    recruiting.untag_candidate(command(dana), people["ada"], ["icu"])
    assert found(views, people, must=("NURSE", "icu")) == []
    assert views.relationships.carried(("Nurse", "icu")) == {"nurse": 4, "icu": 0}


def test_a_place_keeps_out_whoever_is_known_to_be_farther_away(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    assert found(views, people, must=("nurse",), place="Leeds", km=20)[0] == "ada"
    assert set(found(views, people, must=("nurse",), place="Leeds", km=20)) == {"ada", "cleo", "dov"}
    assert set(found(views, people, place="Mill Lane, Leeds", km=40)) == {*people}
    assert set(found(views, people, place="Leeds")) == {"ada", "dov"}

    recruiting.change_details(command(dana), people["bob"], Details("Bob", ("bob@marsh.example",), place="Nowhere Bay"))
    assert "bob" in found(views, people, place="Leeds", km=20)  # how far that is, nobody knows
    assert "bob" not in found(views, people, place="Leeds")
    assert set(found(views, people, place="nowhere bay", km=20)) == {"bob", "dov"}


def test_what_is_wanted_keeps_out_nobody_unless_it_must(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    asked = command(dana)
    recruiting.note_pain(asked, people["ada"], PainPoint("want", "March days only", TODAY))
    recruiting.note_pain(command(dana), people["bob"], PainPoint("pain", "No days off", TODAY))
    interested = {"interest": "days, remote", "interested_only": True}

    assert len(found(views, people, must=("nurse",), interest="days")) == 4
    assert found(views, people, must=("nurse",), **interested) == ["ada"]
    assert found(views, people, place="Leeds", km=40, **interested) == ["ada"]
    assert found(views, people, interest="days") == ["ada"]

    recruiting.resolve_pain(command(dana), people["ada"], asked.stream(0))
    assert found(views, people, interest="days") == []
    recruiting.reopen_pain(command(dana), people["ada"], asked.stream(0))
    assert found(views, people, interest="days") == ["ada"]


def test_further_people_come_page_after_page(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    for person in people.values():
        for words in ("Days", "Days only, remote"):
            recruiting.note_pain(command(dana), person, PainPoint("want", words, TODAY))
    views.catch_up()
    for criteria in (
        JobCriteria(interest="days, remote"),
        JobCriteria(must=("nurse",)),
        JobCriteria(nice=("nurse", "icu")),
        JobCriteria(place="Leeds", km=99),
    ):
        everybody = views.relationships.fitting(criteria)
        first = views.relationships.fitting(criteria, limit=2)

        assert len(everybody) == len({each.candidate for each in everybody}) > 2
        assert first == everybody[:2]
        assert [*first, *views.relationships.fitting(criteria, first[-1])] == everybody


def test_whoever_is_erased_or_taken_back_is_found_no_more(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID, olive: UUID
) -> None:
    recruiting.erase_candidate(command(olive), people["ada"], "asked")
    recruiting.withdraw_candidate(command(dana), people["cleo"], "twice")

    assert found(views, people, must=("nurse",)) == ["bob", "dov"]
    assert set(found(views, people, place="Leeds", km=99)) == {"bob", "dov"}


def test_what_is_told_of_some_people_is_theirs_alone(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID
) -> None:
    ada, bob = people["ada"], people["bob"]
    for kind, words in (("want", "Days"), ("pain", "Nights"), ("want", "£24 an hour")):
        recruiting.note_pain(command(dana), ada, PainPoint(kind, words, TODAY))
    for whom, year in ((ada, 2027), (ada, 2026), (bob, 2028)):
        recruiting.note_date(command(dana), whom, ImportantDate("visa expiry", 3, 1, year))
    recruiting.retract_touchpoint(command(dana), talked(recruiting, dana, ada, 2), "wrong")
    views.catch_up()

    wants, said = views.pains.wants_of([ada, bob]), views.timeline.latest([ada, bob], 2)

    assert [row.words for row in wants[ada]] == ["£24 an hour", "Days"]
    assert wants[bob] == []
    assert views.relationships.visas_of([ada]) == {ada: date(2027, 3, 1)}
    assert [(MONDAY - row.happened_at).days for row in said[ada]] == [20]
    assert [row.candidate for row in said[bob]] == [bob]
    assert views.pains.wants_of([]) == views.timeline.latest([]) == {}


def test_they_are_the_same_when_made_anew(
    recruiting: Recruiting, views: Views, people: dict[str, UUID], dana: UUID, olive: UUID
) -> None:
    asked = command(dana)
    recruiting.note_pain(asked, people["ada"], PainPoint("want", "March days only", TODAY))
    recruiting.resolve_pain(command(dana), people["ada"], asked.stream(0))
    recruiting.change_details(command(dana), people["bob"], Details("Bob", ("bob@marsh.example",), place="Hull"))
    job = recruiting.open_job(command(dana), JobDetails("Porter"), None, "Acme").streams[0]
    for person in ("ada", "bob", "bob"):
        recruiting.leave_out_job(command(dana), people[person], job)
    recruiting.erase_candidate(command(olive), people["ada"], "asked")

    assert views.check() == []
    assert views.relationships.not_for(people.values()) == {(people["bob"], job)}
