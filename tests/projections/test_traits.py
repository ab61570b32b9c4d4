"""By what people are found beside their tags: what they want, and where they stand."""

from __future__ import annotations

from uuid import UUID

from domain.candidate import Details
from domain.job import JobDetails
from domain.recruiting import Recruiting
from domain.remembered import PainPoint
from projections import Views
from tests.agency import MONDAY, command


def test_what_they_want_finds_them_by_its_words_until_it_is_resolved(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    def found(**those: str) -> list[UUID]:
        views.catch_up()
        return [row.candidate for row in views.relationships.page(**those)]

    wants = command(dana)
    recruiting.note_pain(wants, ada, PainPoint("want", "Two days at home, Überstunden never", MONDAY.date()))
    recruiting.note_pain(command(dana), ada, PainPoint("want", "Days in Leeds", MONDAY.date()))
    recruiting.note_pain(command(dana), bob, PainPoint("pain", "Two days at home", MONDAY.date()))

    assert (found(wants="home DAY"), found(wants="uberstunden"), found(wants="nights")) == ([ada], [ada], [])
    assert views.relationships.count(wants="day") == 1

    recruiting.resolve_pain(command(dana), ada, wants.stream(0))
    assert (found(wants="home"), found(wants="leeds day")) == ([], [ada])
    recruiting.reopen_pain(command(dana), ada, wants.stream(0))
    assert found(wants="home") == [ada]
    assert views.check() == []

    recruiting.erase_candidate(command(dana), ada, "asked")
    assert found(wants="leeds") == []
    assert views.check() == []


def test_a_stage_finds_whoever_stands_there_for_some_job(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    def at(stage: str) -> list[UUID]:
        views.catch_up()
        return [row.candidate for row in views.relationships.page(stage=stage)]

    first, second = (
        recruiting.open_job(command(dana), JobDetails(title), None, "Acme").streams[0] for title in ("Sister", "Nurse")
    )
    both = [recruiting.shortlist(command(dana), job, ada).streams[0] for job in (first, second)]
    recruiting.shortlist(command(dana), first, bob)
    recruiting.move_submission(command(dana), both[0], "sent to client")
    recruiting.change_details(command(dana), bob, Details("Aaron Marsh"))

    assert at("shortlisted") == [bob, ada]
    assert at("sent to client") == [ada]

    recruiting.end_submission(command(dana), both[1], "other")
    assert at("shortlisted") == [bob]
    recruiting.reopen_submission(command(dana), both[1])
    recruiting.withdraw_candidate(command(dana), bob, "twice")
    assert at("shortlisted") == [ada]
    assert views.check() == []
