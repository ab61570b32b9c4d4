"""What a page asks costs the same however long the history: every question finds its rows by an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain, product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from domain.due import Due
from domain.fitting import JobCriteria
from projections import Views
from projections.fits import Found
from tests.conftest import Cast

SOMEBODY, SOMETHING = UUID(int=1), UUID(int=2)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DUE = Due(TODAY, None, "Europe/London")
SMALL_FOR_EVER = (
    *("team_agencies", "team_recruiters", "directory_counts", "promises_counts", "positions", "templates_templates"),
    "relationships_intervals",
)
IN_ORDER = (  # and stop at the limit
    "USING INDEX promises_newest",
    "USING INDEX promises_due",
    "USING INDEX promises_theirs",
    "USING INDEX promises_waiting",
    "USING INDEX jobs_by_name",
    "USING INDEX jobs_open",
    "VIRTUAL TABLE",
    "SCAN capped",
)

QUESTIONS: dict[str, Callable[[Views], object]] = {
    "the bell": lambda views: views.promises.fallen_due(SOMEBODY),
    "the bell without what is snoozed": lambda views: views.promises.fallen_due(SOMEBODY, MONDAY),
    "a promise": lambda views: views.promises.promise(SOMETHING),
    "its history": lambda views: views.promises.history(SOMETHING),
    "a candidate's promises": lambda views: views.promises.of(SOMEBODY),
    "what we promised each next": lambda views: views.promises.next_of([SOMEBODY]),
    "promises to a candidate": lambda views: views.promises.ledger(candidate=SOMEBODY),
    "promises to a candidate by due": lambda views: views.promises.ledger(candidate=SOMEBODY, sort="due"),
    "tally": lambda views: views.promises.tally(),
    "tally of a keeper": lambda views: views.promises.tally(SOMEBODY),
    "tally of theirs": lambda views: views.promises.tally(SOMEBODY, party="them"),
    "tally of a candidate": lambda views: views.promises.tally(candidate=SOMEBODY),
    "tally of a period": lambda views: views.promises.tally(since=TODAY, until=TODAY),
    "everybody's agenda": lambda views: views.promises.agenda(TODAY),
    "one's own agenda": lambda views: views.promises.agenda(TODAY, SOMEBODY),
    "one's own overdue": lambda views: views.promises.overdue_of(SOMEBODY, TODAY),
    "what to hand over": lambda views: views.promises.open_of(SOMEBODY),
    "what to hand over, further on": lambda views: views.promises.open_of(SOMEBODY, (TODAY, SOMETHING)),
    "how much to hand over": lambda views: views.promises.open_count(SOMEBODY),
    "falling due": lambda views: views.promises.falling_due(MONDAY),
    "reminders to send": lambda views: views.promises.reminders_to_send(MONDAY),
    "reminders to send to one": lambda views: views.promises.reminders_to_send(MONDAY, keeper=SOMEBODY),
    "pushes to send to one": lambda views: views.promises.reminders_to_send(MONDAY, 9, SOMEBODY, "push", MONDAY),
    "reminders that failed": lambda views: views.promises.reminders_failed(),
    "one reminder": lambda views: views.promises.reminder_waiting(SOMETHING, DUE, "fell due", "mail"),
    "a digest": lambda views: views.promises.digest(SOMEBODY, TODAY, MONDAY),
    "how many were told of": lambda views: views.promises.told_overdue(SOMEBODY, TODAY, MONDAY),
    "a timeline": lambda views: views.timeline.of(SOMEBODY),
    "a timeline, further on": lambda views: views.timeline.of(SOMEBODY, before=(MONDAY, 9)),
    "notes alone": lambda views: views.timeline.of(SOMEBODY, group="notes"),
    "notes alone, further on": lambda views: views.timeline.of(SOMEBODY, before=(MONDAY, 9), group="notes"),
    "who took part": lambda views: views.timeline.others([SOMETHING]),
    "whose entry": lambda views: views.timeline.whose([SOMETHING]),
    "the same moment": lambda views: views.timeline.at(SOMEBODY, MONDAY),
    "the same words": lambda views: views.timeline.said(SOMEBODY, "hello"),
    "a year of touchpoints": lambda views: views.timeline.weeks(SOMEBODY, MONDAY),
    "a year of promises": lambda views: views.scorecard.of(SOMEBODY, TODAY),
    "the scorecard by week": lambda views: views.scorecard.weeks(TODAY, TODAY, MONDAY),
    "one's own scorecard by week": lambda views: views.scorecard.weeks(TODAY, TODAY, MONDAY, SOMEBODY),
    "the scorecard by client": lambda views: views.scorecard.clients(TODAY, TODAY, MONDAY),
    "one's own scorecard by client": lambda views: views.scorecard.clients(TODAY, TODAY, MONDAY, SOMEBODY),
    "the scorecard by recruiter": lambda views: views.scorecard.keepers(TODAY, TODAY, MONDAY),
    "who works at a company": lambda views: views.contacts.at("Acme"),
    "who works at a company, further on": lambda views: views.contacts.at("Acme", ("carl", SOMEBODY)),
    "what a contact promised": lambda views: views.contacts.promises_by(SOMEBODY),
    "how much contacts owe": lambda views: views.contacts.open_promises([SOMEBODY]),
    "several promises": lambda views: views.promises.these([SOMETHING]),
    "mentions": lambda views: views.mentions.of(SOMEBODY),
    "mentions, further on": lambda views: views.mentions.of(SOMEBODY, before=9),
    "unseen mentions": lambda views: views.mentions.unseen(SOMEBODY, 3, [5, 7]),
    "how many unseen mentions": lambda views: views.mentions.count_unseen(SOMEBODY, 3, [5, 7]),
    "who is mentioned": lambda views: views.mentions.whom([SOMETHING]),
    "a touchpoint": lambda views: views.timeline.entry(SOMETHING),
    "several touchpoints": lambda views: views.timeline.entries([SOMETHING]),
    "its wordings": lambda views: views.timeline.wordings(SOMETHING),
    "a candidate": lambda views: views.directory.candidate(SOMEBODY),
    "candidates by name": lambda views: views.directory.page(),
    "candidates by name, further on": lambda views: views.directory.page(("ada", SOMEBODY)),
    "how many candidates": lambda views: views.directory.count(),
    "names": lambda views: views.directory.names({SOMEBODY, SOMETHING}),
    "people": lambda views: views.directory.people([SOMEBODY]),
    "versions of a person": lambda views: views.directory.versions(SOMEBODY),
    "somebody recognised": lambda views: views.directory.known_by(["a@b.example"], ["0161 4960022"], ["A1"], ["x.y/z"]),
    "namesakes": lambda views: views.directory.namesakes(["Ada Byron", "Bob"]),
    "a contact": lambda views: views.contacts.contact(SOMEBODY),
    "names of contacts": lambda views: views.contacts.names([SOMEBODY]),
    "contacts": lambda views: views.contacts.people([SOMEBODY]),
    "a contact by name": lambda views: views.contacts.called("Priya", "Acme"),
    "contacts of one name": lambda views: views.contacts.namesakes("Priya"),
    "contacts by words": lambda views: views.contacts.by_words("priya acme"),
    "what hurts": lambda views: views.pains.of(SOMEBODY),
    "what hurts and hurt": lambda views: views.pains.all_of(SOMEBODY),
    "what hurt": lambda views: views.pains.resolved(SOMEBODY),
    "how it stands": lambda views: views.relationships.stands(SOMEBODY),
    "whom to keep in touch with": lambda views: views.relationships.to_keep(MONDAY),
    "whom one should keep in touch with": lambda views: views.relationships.to_keep(MONDAY, SOMEBODY),
    "days soon": lambda views: views.relationships.days_between(TODAY, TODAY),
    "days soon of one's own people": lambda views: views.relationships.days_between(TODAY, TODAY, SOMEBODY),
    "days of a candidate": lambda views: views.relationships.dates_of(SOMEBODY),
    "tags with an interval": lambda views: views.relationships.every_tag_kept(),
    "visas of some": lambda views: views.relationships.visas_of([SOMEBODY]),
    "how many carry a tag": lambda views: views.relationships.carried(["nurse"]),
    "jobs that are nothing for some": lambda views: views.relationships.not_for([SOMEBODY]),
    "what some want": lambda views: views.pains.wants_of([SOMEBODY]),
    "the latest of some": lambda views: views.timeline.latest([SOMEBODY, SOMETHING]),
    "what is unwelcome": lambda views: views.wishes.unwelcome([SOMEBODY]),
    "lists": lambda views: views.lists.seen_by(SOMEBODY),
    "a list": lambda views: views.lists.one_of(SOMETHING, SOMEBODY),
    "imports": lambda views: views.imports.page(),
    "a client": lambda views: views.jobs.client(SOMETHING),
    "clients": lambda views: views.jobs.clients(),
    "clients that begin so": lambda views: views.jobs.clients_called("ac"),
    "several clients": lambda views: views.jobs.these([SOMETHING]),
    "a client by name": lambda views: views.jobs.called("Acme Ltd"),
    "which clients are off limits": lambda views: views.jobs.off_limits(["Acme Ltd", "Zeta"]),
    "a job": lambda views: views.jobs.job(SOMETHING),
    "several jobs": lambda views: views.jobs.jobs([SOMETHING]),
    "open jobs": lambda views: views.jobs.open(),
    "open jobs, further on": lambda views: views.jobs.open(9),
    "a client's jobs": lambda views: views.jobs.of(SOMETHING),
    "a submission": lambda views: views.submissions.submission(SOMETHING),
    "several submissions": lambda views: views.submissions.these([SOMETHING]),
    "its steps": lambda views: views.submissions.steps(SOMETHING),
    "a board": lambda views: views.submissions.board(SOMETHING),
    "how many at each stage": lambda views: views.submissions.counts([SOMETHING]),
    "a candidate's submissions": lambda views: views.submissions.of(SOMEBODY),
    "live submissions": lambda views: views.submissions.live([SOMEBODY]),
    "anybody at a stage": lambda views: views.submissions.anybody_at("offer"),
    "who was introduced": lambda views: views.submissions.introduced(SOMETHING, [SOMEBODY]),
    "who must not hear": lambda views: views.submissions.never_tell([SOMEBODY]),
    "how it stands with some": lambda views: views.relationships.of_these([SOMEBODY]),
    "an import": lambda views: views.imports.one_of(SOMETHING),
    "tags": lambda views: views.relationships.tags(),
    "tags that begin so": lambda views: views.relationships.tags("py"),
    "a try to come": lambda views: views.tries.of(SOMETHING),
    "whom to ring again": lambda views: views.tries.until(MONDAY),
    "whom one rings again": lambda views: views.tries.until(MONDAY, SOMEBODY),
    "who waits": lambda views: views.relationships.waiting(MONDAY, 7),
    "who waits for one": lambda views: views.relationships.waiting(MONDAY, 7, SOMEBODY),
    "how many wait": lambda views: views.relationships.waiting_count(MONDAY, 7),
    "how many wait for one": lambda views: views.relationships.waiting_count(MONDAY, 7, SOMEBODY),
    "what was answered": lambda views: views.relationships.answers_since(MONDAY),
    "what was answered to one's own people": lambda views: views.relationships.answers_since(MONDAY, SOMEBODY),
    "who waits longest": lambda views: views.relationships.longest_wait(MONDAY, 7),
    "who waits longest for one": lambda views: views.relationships.longest_wait(MONDAY, 7, SOMEBODY),
    "people by name": lambda views: views.search.people("ada"),
    "notes by words": lambda views: views.search.words("rate card", before=99),
    "notes by words, one's own too": lambda views: views.search.words("rate card", reader=SOMEBODY),
    "the agency": lambda views: views.team.agency(),
    "who is away": lambda views: views.team.absences(MONDAY),
    "when colleagues were covered": lambda views: views.team.covered([SOMEBODY, SOMETHING]),
    "a digest for who covers": lambda views: views.promises.digest(SOMEBODY, TODAY, MONDAY, 9, "mail", SOMETHING),
    "a colleague": lambda views: views.team.recruiter(SOMEBODY),
    "people by name, further on": lambda views: views.search.people("ada", after=9),
    "phrases": lambda views: views.search.words('"rate card" -visa'),
    "templates": lambda views: views.templates.everything(),
    "a template": lambda views: views.templates.template(SOMETHING),
    "whom to invite": lambda views: views.relationships.to_invite(MONDAY),
    "whom one should invite": lambda views: views.relationships.to_invite(MONDAY, SOMEBODY),
    "tips": lambda views: views.tips.tips(),
    "a tip": lambda views: views.tips.tip(SOMETHING),
    "openings": lambda views: views.tips.openings(TODAY),
    "past openings": lambda views: views.tips.past_openings(TODAY),
    "past openings, further on": lambda views: views.tips.past_openings(TODAY, (TODAY, SOMETHING)),
    "what was given and asked": lambda views: views.timeline.exchanged(SOMEBODY),
    "who was given a tip": lambda views: views.timeline.given_to(SOMETHING, [SOMEBODY]),
    "what somebody wishes": lambda views: views.wishes.of(SOMEBODY),
    "what somebody wishes, and whom they referred": lambda views: views.wishes.around(SOMEBODY),
    "a colleague by mail": lambda views: views.team.by_email("dana@harbour.example"),
}

STATES = ({}, {"status": "kept"})
KEEPERS = ({}, {"keeper": SOMEBODY})
PARTIES = ({}, {"party": "us"}, {"party": "them"}, {"party": "contact"})
PERIODS = ({}, {"since": TODAY}, {"until": TODAY})
SORTS = ({}, {"after": 9}, {"sort": "due"}, {"sort": "due", "after": (TODAY, SOMETHING)})
for said in product(STATES, KEEPERS, PARTIES, PERIODS, SORTS):
    asked: dict[str, Any] = dict(chain.from_iterable(part.items() for part in said))  # type: ignore[attr-defined]
    QUESTIONS[f"ledger {asked}"] = partial(lambda asked, views: views.promises.ledger(**asked), asked)

ORDERS = ({}, {"overdue_on": TODAY}, {"silent": (MONDAY, MONDAY)})
for said in product(({}, {"owner": SOMEBODY}), ({}, {"tag": "night"}), ORDERS):
    those: dict[str, Any] = dict(chain.from_iterable(part.items() for part in said))  # type: ignore[attr-defined]
    by = (MONDAY if "silent" in those else TODAY if "overdue_on" in those else "ada", SOMETHING)
    QUESTIONS |= {
        f"candidates {those}": partial(lambda those, views: views.relationships.page(**those), those),
        f"candidates after {those}": partial(
            lambda those, by, views: views.relationships.page(after=by, **those), those, by
        ),
        f"how many candidates {those}": partial(lambda those, views: views.relationships.count(**those), those),
    }

NARROWED = (
    {"place": "leeds"},
    {"tag": "night", "also_tagged": ("leeds", "keep")},
    {"contact": (MONDAY, MONDAY)},
    {"nothing_open": True},
    {"place": "leeds", "tag": "night", "nothing_open": True, "contact": (MONDAY, MONDAY), "owner": SOMEBODY},
    {"place": "leeds", "owner": SOMEBODY},
    {"overdue_on": TODAY, "place": "leeds"},
    {"wants": "two days home", "stage": "interview"},
    {"wants": "nights", "tag": "night", "owner": SOMEBODY},
    {"invitation": "open"},
    {"invitation": "none", "tag": "night"},
)
for those in NARROWED:
    by = (MONDAY if "contact" in those else TODAY if "overdue_on" in those else "ada", SOMETHING)
    QUESTIONS |= {
        f"narrowed {those}": partial(lambda those, views: views.relationships.page(**those), those),
        f"narrowed after {those}": partial(
            lambda those, by, views: views.relationships.page(after=by, **those), those, by
        ),
        f"how many narrowed {those}": partial(lambda those, views: views.relationships.count(**those), those),
    }

FITTING = (
    {"must": ("nurse",)},
    {"must": ("nurse", "icu", "band 5"), "place": "Leeds", "km": 30},
    {"nice": ("nurse", "icu"), "place": "Leeds"},
    {"nice": ("nurse", "icu"), "interest": "days", "interested_only": True},
    {"interest": "days, remote"},
    {"place": "Leeds", "km": 30},
)
for picked in FITTING:
    criteria, further = JobCriteria(**picked), Found(9, SOMEBODY)
    QUESTIONS |= {
        f"who fits {picked}": partial(lambda sought, views: views.relationships.fitting(sought), criteria),
        f"who fits after {picked}": partial(
            lambda sought, after, views: views.relationships.fitting(sought, after), criteria, further
        ),
    }


@pytest.fixture(scope="module")
def views(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Views]:
    """Views that are only asked."""
    with cast.copied(tmp_path_factory.mktemp("plans")) as (_, views):
        yield views


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_reads_no_more_rows_than_it_answers(question: Callable[[Views], object], views: Views) -> None:
    plans: list[str] = []

    def explain(connection, cursor, statement, parameters, *_) -> None:  # type: ignore[no-untyped-def]
        raw = connection.connection.dbapi_connection
        plans.extend(step[3] for step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        question(views)
    finally:
        event.remove(Engine, "before_cursor_execute", explain)

    scans = [step for step in plans if step.startswith("SCAN") and not any(way in step for way in IN_ORDER)]
    assert plans
    assert [step for step in scans if not step.removeprefix("SCAN ").startswith(SMALL_FOR_EVER)] == []
    assert [step for step in plans if "TEMP B-TREE FOR ORDER BY" in step] == []
