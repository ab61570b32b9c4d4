"""How promises ended: every rule by which one is counted, and the same rows after everything is made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from domain.due import Due
from domain.job import JobDetails
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from projections import Views
from tests.agency import MONDAY, ZONE, Clock, command

TODAY = MONDAY.date()
TUESDAY = Due(TODAY + timedelta(days=1), None, ZONE)
AT_NINE = Due(TUESDAY.on, time(9), ZONE)
NEXT_WEEK = Due(TODAY + timedelta(days=7), None, ZONE)
A_DAY, LATER = timedelta(days=1), timedelta(days=3)


class Told:
    """What Dana promises and does about it, the clock moved on before each move."""

    def __init__(self, recruiting: Recruiting, clock: Clock, by: UUID, to: UUID):
        self.verbs, self.clock, self.by, self.to = recruiting, clock, by, to

    def promise(self, due: Due = TUESDAY, **said: object) -> UUID:
        new = NewPromise("Ring with the rate", due, self.by, **said)  # type: ignore[arg-type]
        return self.verbs.make_promise(command(self.by), self.to, new).streams[0]

    def entry(self, happened_at: datetime) -> UUID:
        said = ("call", "out", "talked", happened_at, "Rang her")
        return self.verbs.record_touchpoint(command(self.by), self.to, *said).streams[0]

    def do(self, verb: str, *what: object, after: timedelta = timedelta()) -> None:
        self.clock.now += after
        getattr(self.verbs, verb)(command(self.by), *what)


@pytest.fixture
def told(recruiting: Recruiting, clock: Clock, dana: UUID, ada: UUID) -> Told:
    return Told(recruiting, clock, dana, ada)


def figures(views: Views, now: datetime, keeper: UUID | None = None) -> tuple[Counter[str], int, int]:
    """How many ended how, and how many were moved before and after their due, of all that was made this year."""
    views.catch_up()
    rows = views.scorecard.weeks(date(2026, 1, 1), date(2026, 12, 31), now, keeper)
    how = Counter[str]()
    for row in rows:
        how[row.how] += row.promises
    return how, sum(row.moved_before for row in rows), sum(row.moved_after for row in rows)


def _shown_to_be_in_time(told: Told, it: UUID) -> None:
    told.clock.now += LATER
    told.do("keep_promise", it, None, told.entry(MONDAY))


def _evidence_afterwards(told: Told, it: UUID) -> None:
    told.do("keep_promise", it, after=LATER)
    told.do("give_evidence", it, told.entry(MONDAY))


def _evidence_taken_back(told: Told, it: UUID) -> None:
    told.clock.now += LATER
    shown_by = told.entry(MONDAY)
    told.do("keep_promise", it, None, shown_by)
    told.do("retract_touchpoint", shown_by, "another Ada")


def _moved_and_kept(told: Told, it: UUID) -> None:
    told.do("renegotiate_promise", it, NEXT_WEEK, after=LATER)
    told.do("keep_promise", it, after=A_DAY)


def _moved_and_undone(told: Told, it: UUID) -> None:
    told.do("renegotiate_promise", it, NEXT_WEEK, after=LATER)
    told.do("undo_promise", it)


def _kept_and_undone(told: Told, it: UUID) -> None:
    told.do("keep_promise", it)
    told.do("undo_promise", it)


Ending = Callable[[Told, UUID], None]
ENDINGS: dict[str, tuple[Ending, str, tuple[int, int]]] = {
    "kept before its due": (lambda told, it: told.do("keep_promise", it), "kept on time", (0, 0)),
    "kept late in the evening of its day": (
        lambda told, it: told.do("keep_promise", it, after=timedelta(hours=38)),
        "kept on time",
        (0, 0),
    ),
    "kept later": (lambda told, it: told.do("keep_promise", it, after=LATER), "kept late", (0, 0)),
    "kept later, shown to have been done in time": (
        _shown_to_be_in_time,
        "kept on time",
        (0, 0),
    ),
    "evidence of the time given afterwards": (
        _evidence_afterwards,
        "kept on time",
        (0, 0),
    ),
    "evidence that was taken back": (_evidence_taken_back, "kept late", (0, 0)),
    "not kept": (
        lambda told, it: told.do("break_promise", it, "client slipped", after=LATER),
        "client slipped",
        (0, 0),
    ),
    "overtaken": (lambda told, it: told.do("overtake_promise", it, "job gone", after=LATER), "overtaken", (0, 0)),
    "released": (lambda told, it: told.do("release_promise", it, after=LATER), "released", (0, 0)),
    "open": (lambda told, it: None, "open", (0, 0)),
    "overdue": (lambda told, it: told.clock.on(days=2) and None, "overdue", (0, 0)),
    "moved before it had passed": (lambda told, it: told.do("renegotiate_promise", it, NEXT_WEEK), "open", (1, 0)),
    "moved after it had passed": (
        lambda told, it: told.do("renegotiate_promise", it, NEXT_WEEK, after=LATER),
        "open",
        (0, 1),
    ),
    "kept by its new date": (_moved_and_kept, "kept on time", (0, 1)),
    "a new date taken back": (_moved_and_undone, "overdue", (0, 0)),
    "a wrong tap taken back": (_kept_and_undone, "open", (0, 0)),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_promise_counts_once_by_how_it_ended_against_its_due(told: Told, views: Views, ending: str) -> None:
    act, how, moved = ENDINGS[ending]

    act(told, told.promise())

    assert figures(views, told.clock.now) == (Counter({how: 1}), *moved)
    assert views.check() == []


def test_a_time_that_was_said_is_late_from_that_minute(told: Told, views: Views) -> None:
    first, second = told.promise(AT_NINE), told.promise(AT_NINE)

    told.do("keep_promise", first, after=timedelta(hours=23, minutes=59))
    told.do("keep_promise", second, after=timedelta(minutes=1))

    assert figures(views, told.clock.now)[0] == {"kept on time": 1, "kept late": 1}


def test_what_was_entered_by_mistake_ends_as_withdrawn(told: Told, views: Views) -> None:
    told.do("undo_promise", told.promise())

    assert figures(views, told.clock.now)[0] == {"withdrawn": 1}


def test_promises_to_somebody_taken_back_count_nowhere(
    recruiting: Recruiting, told: Told, views: Views, bob: UUID
) -> None:
    told.promise()
    told.do("withdraw_candidate", told.to, "the wrong file")
    told.to = bob
    told.promise()

    assert figures(views, told.clock.now)[0] == {"open": 1}
    assert views.scorecard.of(bob, TODAY) != []
    assert views.check() == []


def test_erasing_somebody_or_words_leaves_every_count(recruiting: Recruiting, told: Told, views: Views) -> None:
    kept, moved, redacted = (told.promise() for _ in range(3))
    told.do("keep_promise", kept)
    told.do("renegotiate_promise", moved, NEXT_WEEK)
    before = figures(views, told.clock.now)

    told.do("redact_promise", redacted, "she asked us to")
    told.do("erase_candidate", told.to, "asked")

    assert figures(views, told.clock.now) == before
    assert len(views.scorecard.of(told.to, TODAY)) == 3
    assert views.check() == []


def test_figures_are_those_of_whoever_keeps_it_now(told: Told, views: Views, dana: UUID, tom: UUID) -> None:
    handed, _ = told.promise(), told.promise()
    told.do("reassign_promise", handed, tom)

    assert figures(views, told.clock.now, tom)[0] == {"open": 1}
    rows = views.scorecard.keepers(TODAY, TODAY, told.clock.now)
    assert {row.keeper: row.promises for row in rows} == {dana: 1, tom: 1}


def test_a_promise_stands_in_the_week_in_which_it_was_made(told: Told, views: Views) -> None:
    told.clock.now = datetime.fromisoformat("2026-11-29T23:30+00:00")
    told.promise(NEXT_WEEK)
    told.clock.on(hours=1)
    told.promise(NEXT_WEEK)
    views.catch_up()

    rows = views.scorecard.weeks(TODAY, date(2026, 12, 1), told.clock.now)

    assert [row.week for row in rows] == [TODAY, date(2026, 11, 30)]
    assert views.scorecard.weeks(date(2026, 11, 30), date(2026, 12, 1), told.clock.now) == rows[1:]


def test_a_promise_is_about_the_client_of_its_job_or_of_the_one_job_in_process(
    recruiting: Recruiting, told: Told, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    ward, hilda = recruiting.open_job(command(dana), JobDetails("Ward sister"), None, "St Hilda").streams
    porter, acme = recruiting.open_job(command(dana), JobDetails("Porter"), None, "Acme").streams
    told.promise()
    told.promise(job=ward)
    first = recruiting.shortlist(command(dana), ward, ada).streams[0]
    told.promise()
    recruiting.shortlist(command(dana), porter, ada)
    told.promise()
    recruiting.end_submission(command(dana), first, "client said no")
    told.promise()
    views.catch_up()

    rows = views.scorecard.clients(TODAY, TODAY, told.clock.now)

    assert {row.client: row.promises for row in rows} == {None: 2, hilda: 2, acme: 1}
    assert views.check() == []


def test_what_contacts_and_candidates_promised_is_told_apart(told: Told, views: Views, dana: UUID) -> None:
    carl = told.verbs.add_contact(command(dana), "Carl Quill", "St Hilda").streams[0]
    told.promise()
    told.promise(made_by="candidate")
    told.promise(made_by="contact", contact=carl)
    views.catch_up()

    rows = views.scorecard.clients(TODAY, TODAY, told.clock.now)

    assert {(row.party, row.contact) for row in rows} == {("us", None), ("candidate", None), ("contact", carl)}


def test_a_year_of_one_person_tells_weeks_and_ways_apart(told: Told, views: Views, bob: UUID) -> None:
    begins = MONDAY - timedelta(days=14)
    retracted = told.entry(MONDAY)
    for happened_at in (begins - timedelta(seconds=1), begins, MONDAY):
        told.entry(happened_at)
    told.do("retract_touchpoint", retracted, "twice")
    told.to = bob
    told.entry(MONDAY)
    told.promise()
    views.catch_up()

    rows = views.timeline.weeks(views.timeline.entry(retracted).candidate, begins)

    assert {(row.week, row.direction, row.touchpoints) for row in rows} == {(0, "out", 1), (2, "out", 1)}
    assert [(row.made_on, row.ended) for row in views.scorecard.of(bob, TODAY)] == [(TODAY, "open")]
    assert views.scorecard.of(bob, TODAY + A_DAY) == []
