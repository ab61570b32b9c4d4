"""What is remembered of somebody: what hurts them, what they want, which days matter, how often to be in touch."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.agency import Agency
from domain.candidate import MOST_DATES, MOST_PAINS, Candidate
from domain.recruiting import Recruiting
from domain.refusal import AlreadySaved, Forgotten, NotFound, Refused
from domain.remembered import ImportantDate, Interval, PainPoint
from domain.touchpoint import Touchpoint
from tests.agency import MONDAY, command

TODAY = MONDAY.date()
NIGHTS = PainPoint("pain", " No more  nights ", TODAY, "I can't do another winter")


def noted(recruiting: Recruiting, by: UUID, candidate: UUID, pain: PainPoint = NIGHTS) -> UUID:
    """A pain point; what it is called."""
    asked = command(by)
    recruiting.note_pain(asked, candidate, pain)
    return asked.stream(0)


def test_a_pain_is_noted_in_a_line_with_their_own_words(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    pain = noted(recruiting, dana, ada)

    (fact,) = facts(Candidate.PainPointNoted)
    assert (fact.originator_id, fact.person, fact.by, fact.pain) == (ada, ada, dana, pain)
    assert (fact.kind, fact.words, fact.quote) == ("pain", "No more nights", "I can't do another winter")
    assert (fact.touchpoint, fact.noted_on) == (None, TODAY)


@pytest.mark.parametrize(
    ("pain", "field", "sentence"),
    [
        (PainPoint("pain", " ", TODAY), "pain", "Say in a line what hurts, or what they want."),
        (PainPoint("pain", "x" * 201, TODAY), "pain", "That is 201 characters; at most 200 fit here."),
        (PainPoint("grudge", "Nights", TODAY), "kind", "Choose whether it hurts or is wanted."),
        (PainPoint("want", "Days", date(2026, 12, 24)), "noted_on", "That is in the future."),
        (PainPoint("want", "Days", TODAY, touchpoint=UUID(int=7)), "quote", "This was not said with them."),
    ],
)
def test_what_cannot_be_noted_is_refused_beside_its_field(
    pain: PainPoint, field: str, sentence: str, recruiting: Recruiting, dana: UUID, ada: UUID
) -> None:
    with pytest.raises(Refused) as refused:
        noted(recruiting, dana, ada, pain)

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_a_quote_comes_from_what_was_said_with_the_same_person(
    recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID, facts
) -> None:
    said = recruiting.record_touchpoint(command(dana), ada, "call", "out", "talked", MONDAY, "No nights").streams[0]

    noted(recruiting, dana, ada, PainPoint("pain", "Nights", TODAY, "No nights", said))

    assert facts(Candidate.PainPointNoted)[0].touchpoint == said
    with pytest.raises(Refused, match="not said with them"):
        noted(recruiting, dana, bob, PainPoint("pain", "Nights", TODAY, "No nights", said))
    recruiting.retract_touchpoint(command(dana), said, "the other Ada")
    with pytest.raises(Refused, match="not said with them"):
        noted(recruiting, dana, ada, PainPoint("pain", "Nights", TODAY, "No nights", said))


def test_it_is_resolved_and_may_be_so_after_all(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    pain = noted(recruiting, dana, ada)

    recruiting.resolve_pain(command(dana), ada, pain, "moved to days")
    assert recruiting.resolve_pain(command(dana), ada, pain).repeated
    recruiting.reopen_pain(command(dana), ada, pain)
    assert recruiting.reopen_pain(command(dana), ada, pain).repeated

    (resolved,), (reopened,) = facts(Candidate.PainPointResolved), facts(Candidate.PainPointReopened)
    assert (resolved.pain, resolved.why) == (pain, "moved to days")
    assert reopened.pain == pain


def test_what_was_never_noted_of_them_is_not_found(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> None:
    pain = noted(recruiting, dana, ada)

    for candidate, id in ((ada, uuid4()), (bob, pain)):
        with pytest.raises(NotFound):
            recruiting.resolve_pain(command(dana), candidate, id)


def test_noting_it_twice_by_one_form_notes_it_once(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    asked = command(dana)

    recruiting.note_pain(asked, ada, NIGHTS)
    assert recruiting.note_pain(asked, ada, NIGHTS).repeated

    assert len(facts(Candidate.PainPointNoted)) == 1
    with pytest.raises(AlreadySaved):
        recruiting.note_pain(asked, ada, PainPoint("want", "Days", TODAY))


def test_noting_makes_no_form_about_their_details_stale(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    seen = recruiting.load(Candidate, ada).changed
    noted(recruiting, dana, ada)

    assert recruiting.load(Candidate, ada).changed == seen


def test_there_is_room_for_so_many(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    candidate = recruiting.load(Candidate, ada)
    candidate.pains = dict.fromkeys((uuid4() for _ in range(MOST_PAINS)), True)

    with pytest.raises(Refused, match="At most 200"):
        candidate.note_pain(dana, uuid4(), NIGHTS, MONDAY)


def test_nothing_is_remembered_of_whom_we_forgot(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    pain = noted(recruiting, dana, ada)
    recruiting.erase_candidate(command(dana), ada, "asked")

    with pytest.raises(Forgotten):
        noted(recruiting, dana, ada)
    with pytest.raises(Forgotten):
        recruiting.resolve_pain(command(dana), ada, pain)


# Keeping in touch


def test_how_often_to_be_in_touch_is_set_once(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.set_keep_in_touch(command(dana), ada, Interval(60, 90))
    assert recruiting.set_keep_in_touch(command(dana), ada, Interval(60, 90)).repeated
    recruiting.set_keep_in_touch(command(dana), ada, None)

    assert [(fact.ideal_days, fact.latest_days) for fact in facts(Candidate.KeepInTouchSet)] == [(60, 90), (None, None)]


@pytest.mark.parametrize(
    ("interval", "field", "sentence"),
    [
        (Interval(0, 10), "ideal_days", "An interval has at least one day."),
        (Interval(-3, 10), "ideal_days", "An interval has at least one day."),
        (Interval(30, 20), "latest_days", "The latest comes after the ideal, or on the same day."),
        (Interval(30, 4000), "latest_days", "That is longer than ten years. Choose fewer days."),
    ],
)
def test_an_interval_that_is_none_is_refused(
    interval: Interval, field: str, sentence: str, recruiting: Recruiting, ledger, cast, dana: UUID, ada: UUID
) -> None:
    agency = ledger.entries(1, 1)[0].fact.originator_id
    for verb, what in ((recruiting.set_keep_in_touch, (ada,)), (recruiting.keep_in_touch_by_tag, (agency, "nurse"))):
        with pytest.raises(Refused) as refused:
            verb(command(dana), *what, interval)

        assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_tags_have_intervals_from_the_beginning_and_others_are_given(
    recruiting: Recruiting, ledger, olive: UUID, facts
) -> None:
    agency = ledger.entries(1, 1)[0].fact.originator_id
    assert set(recruiting.load(Agency, agency).intervals) == {"keep", "placed"}

    recruiting.keep_in_touch_by_tag(command(olive), agency, "#Theatre", Interval(20, 25))
    recruiting.keep_in_touch_by_tag(command(olive), agency, "keep", None)
    assert recruiting.keep_in_touch_by_tag(command(olive), agency, "KEEP", None).repeated

    assert [(fact.tag, fact.ideal_days) for fact in facts(Agency.KeepInTouchByTag)] == [("theatre", 20), ("keep", None)]
    assert recruiting.load(Agency, agency).intervals == {
        "placed": Interval(90, 180),
        "theatre": Interval(20, 25),
    }


def test_a_day_is_noted_and_a_birthday_has_no_year(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    recruiting.note_date(command(dana), ada, ImportantDate("birthday", 2, 29, 1990))
    recruiting.note_date(command(dana), ada, ImportantDate("visa expiry", 3, 31, 2027, " Tier  2 "))

    birthday, visa = facts(Candidate.ImportantDateNoted)
    assert (birthday.kind, birthday.month, birthday.day, birthday.year) == ("birthday", 2, 29, None)
    assert (visa.kind, visa.year, visa.label, visa.person) == ("visa expiry", 2027, "Tier 2", ada)


@pytest.mark.parametrize(
    ("what", "field", "sentence"),
    [
        (("name day", 1, 1), "occasion", "Choose what happens on that day."),
        (("birthday", 2, 30), "on", "There is no such day."),
        (("visa expiry", 2, 29, 2027), "on", "There is no such day."),
        (("contract end", 3, 31), "on", "Say in which year."),
        (("anniversary", 3, 31, 19), "on", "Please check the year."),
    ],
)
def test_a_day_that_is_none_is_refused(
    what, field: str, sentence: str, recruiting: Recruiting, dana: UUID, ada: UUID
) -> None:
    with pytest.raises(Refused) as refused:
        recruiting.note_date(command(dana), ada, ImportantDate(*what))

    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_there_is_room_for_so_many_days(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    candidate = recruiting.load(Candidate, ada)
    candidate.dates = dict.fromkeys((uuid4() for _ in range(MOST_DATES)), 0)

    with pytest.raises(Refused, match="At most 20 days"):
        candidate.note_date(dana, uuid4(), ImportantDate("birthday", 1, 1))


def test_being_in_touch_is_a_touchpoint_and_sees_to_the_day(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    noted = command(dana)
    recruiting.note_date(noted, ada, ImportantDate("birthday", 11, 25))
    asked = command(dana)

    recruiting.be_in_touch(asked, ada, "e-mail", "Happy birthday!", noted.stream(0), 2026)
    assert recruiting.be_in_touch(asked, ada, "e-mail", "Happy birthday!", noted.stream(0), 2026).repeated

    (said,), (seen,) = facts(Touchpoint.TouchpointRecorded), facts(Candidate.ImportantDateSeenTo)
    assert (said.candidate, said.channel, said.direction, said.outcome) == (ada, "e-mail", "out", None)
    assert (said.words, said.happened_at) == ("Happy birthday!", MONDAY)
    assert (seen.noted, seen.year) == (noted.stream(0), 2026)


def test_a_day_is_seen_to_once_a_year_and_removed(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> None:
    noted = command(dana)
    recruiting.note_date(noted, ada, ImportantDate("birthday", 11, 25))
    day = noted.stream(0)

    assert not recruiting.see_to_date(command(dana), ada, day, 2026).repeated
    assert recruiting.see_to_date(command(dana), ada, day, 2026).repeated
    with pytest.raises(NotFound):
        recruiting.remove_date(command(dana), bob, day)
    recruiting.remove_date(command(dana), ada, day)
    with pytest.raises(NotFound):
        recruiting.see_to_date(command(dana), ada, day, 2027)
