"""Who stands on which board, who introduced them, and what happened to each submission."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.due import Due
from domain.job import JobDetails
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from domain.submission import Agreement, Kind
from domain.verbs.submissions import Standing
from projections import Views
from tests.agency import MONDAY, ZONE, Clock, command

NEXT = Due(date(2026, 11, 24), None, ZONE)


@pytest.fixture
def ward(recruiting: Recruiting, dana: UUID) -> UUID:
    return recruiting.open_job(command(dana), JobDetails("Ward sister"), new_client="Acme").streams[0]


@pytest.fixture
def adas(recruiting: Recruiting, dana: UUID, ada: UUID, ward: UUID) -> UUID:
    agreed = Agreement(MONDAY, "call", date(2026, 12, 31), "Yes, send me.")
    return recruiting.shortlist(command(dana), ward, ada, agreed).streams[0]


@pytest.fixture
def bobs(recruiting: Recruiting, dana: UUID, bob: UUID, ward: UUID, adas: UUID) -> UUID:
    return recruiting.shortlist(command(dana), ward, bob).streams[0]


def move(recruiting: Recruiting, by: UUID, submission: UUID, stage: str, **more) -> tuple[UUID, ...]:
    promises = tuple((kind, NewPromise(f"About the {kind}", NEXT, by)) for kind in list(Kind)[:3])
    return recruiting.move_submission(command(by), submission, stage, standing=Standing(promises), **more).streams


def test_a_board_shows_everybody_in_the_order_they_came(
    recruiting: Recruiting, views: Views, tom: UUID, ward: UUID, adas: UUID, bobs: UUID
) -> None:
    move(recruiting, tom, adas, "interview", meets_on=date(2026, 11, 30))
    recruiting.end_submission(command(tom), bobs, "job gone")
    views.catch_up()

    ada, bob = views.submissions.board(ward)

    assert (ada.id, ada.stage, ada.meets_on, ada.moved_by, ada.told) == (
        adas,
        "interview",
        date(2026, 11, 30),
        tom,
        False,
    )
    assert (ada.submitted_by, ada.submitted_at) == (tom, MONDAY)
    assert (ada.agreed_at, ada.agreed_channel, ada.agreed_until, ada.agreed_words) == (
        MONDAY,
        "call",
        date(2026, 12, 31),
        "Yes, send me.",
    )
    assert (bob.id, bob.ended_by, bob.cause, bob.agreed_at) == (bobs, tom, "job gone", None)
    assert views.submissions.counts([ward]) == {ward: {"interview": 1}}


def test_what_a_form_is_shown_with_is_the_last_human_move(
    recruiting: Recruiting, views: Views, tom: UUID, adas: UUID
) -> None:
    move(recruiting, tom, adas, "sent to client")
    views.catch_up()

    row = views.submissions.submission(adas)

    assert row is not None
    assert row.changed == recruiting.repository.get(adas).changed.version
    assert row.answer is not None


def test_being_told_settles_what_was_promised(recruiting: Recruiting, views: Views, tom: UUID, adas: UUID) -> None:
    move(recruiting, tom, adas, "sent to client")
    recruiting.tell_candidate(command(tom), adas, "WhatsApp", "Your CV is with Acme.")
    views.catch_up()

    row = views.submissions.submission(adas)

    assert row is not None
    assert (row.told, row.told_how, row.told_at, row.answer) == (True, "WhatsApp", MONDAY, None)


def test_keeping_the_promise_of_an_answer_is_telling_them(
    recruiting: Recruiting, views: Views, tom: UUID, adas: UUID, bobs: UUID
) -> None:
    promise, _ = (move(recruiting, tom, submission, "sent to client")[1] for submission in (adas, bobs))
    recruiting.keep_promise(command(tom), promise)
    views.catch_up()
    kept, other = (views.submissions.submission(id) for id in (adas, bobs))
    recruiting.undo_promise(command(tom), promise)
    views.catch_up()
    undone = views.submissions.submission(adas)

    assert kept is not None
    assert other is not None
    assert undone is not None
    assert (kept.told, kept.told_at, kept.told_how) == (True, MONDAY, None)
    assert (other.told, undone.told, undone.told_at) == (False, False, None)
    assert views.check() == []


def test_its_steps_say_all_that_happened(recruiting: Recruiting, views: Views, tom: UUID, adas: UUID) -> None:
    move(recruiting, tom, adas, "interview")
    recruiting.tell_candidate(command(tom), adas, "call", "Invited.")
    recruiting.end_submission(command(tom), adas, "client said no", "knows already")
    recruiting.reopen_submission(command(tom), adas)
    views.catch_up()

    steps = views.submissions.steps(adas)

    assert [step.what for step in steps] == [
        *("shortlisted", "agreed", "submitted", "reached", "promised", "informed", "ended", "reopened"),
    ]
    assert [(steps[1].words, steps[6].cause, steps[6].kind) for _ in "x"] == [
        ("Yes, send me.", "client said no", "knows already")
    ]


def test_who_introduced_somebody_to_a_client_first_stays_known(
    recruiting: Recruiting,
    views: Views,
    clock: Clock,
    dana: UUID,
    tom: UUID,
    ada: UUID,
    bob: UUID,
    ward: UUID,
    adas: UUID,
) -> None:
    acme = recruiting.repository.get(ward).client
    other = recruiting.open_job(command(dana), JobDetails("Porter"), acme).streams[0]
    again = recruiting.shortlist(command(dana), other, ada).streams[0]
    move(recruiting, tom, adas, "sent to client")
    clock.on(days=1)
    move(recruiting, dana, again, "sent to client")
    views.catch_up()

    introduced = views.submissions.introduced(acme, [ada, bob])

    assert {who: (row.id, row.submitted_by) for who, row in introduced.items()} == {ada: (adas, tom)}


def test_a_candidates_submissions_come_newest_first(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, adas: UUID, bobs: UUID
) -> None:
    other = recruiting.open_job(command(dana), JobDetails("Porter"), new_client="Zeta").streams[0]
    newer = recruiting.shortlist(command(dana), other, ada).streams[0]
    recruiting.end_submission(command(dana), adas, "other")
    views.catch_up()

    assert [row.id for row in views.submissions.of(ada)] == [newer, adas]
    assert [row.id for row in views.submissions.live([ada])] == [newer]


def test_which_clients_must_never_hear_of_somebody(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    acme, zeta = (recruiting.add_client(command(dana), name).streams[0] for name in ("Acme", "Zeta"))
    for client in (acme, zeta):
        recruiting.note_never_tell(command(dana), ada, client)
    recruiting.withdraw_never_tell(command(dana), ada, acme)
    views.catch_up()

    assert views.submissions.never_tell([ada, bob]) == {ada: {zeta}, bob: set()}


@pytest.mark.parametrize("gone", ["erased", "withdrawn"])
def test_who_is_gone_stands_on_no_board_and_of_the_erased_no_word_stays(
    recruiting: Recruiting,
    views: Views,
    dana: UUID,
    ada: UUID,
    bob: UUID,
    ward: UUID,
    adas: UUID,
    bobs: UUID,
    gone: str,
) -> None:
    recruiting.note_never_tell(command(dana), ada, recruiting.repository.get(ward).client)
    views.catch_up()
    if gone == "erased":
        recruiting.erase_candidate(command(dana), ada, "asked")
    else:
        recruiting.withdraw_candidate(command(dana), ada, "by mistake")
    views.catch_up()

    (row,) = views.submissions.of(ada)

    assert [row.id for row in views.submissions.board(ward)] == [bobs]
    assert views.submissions.counts([ward]) == {ward: {"shortlisted": 1}}
    assert views.submissions.never_tell([ada]) == {ada: set()}
    assert {row.agreed_words, views.submissions.steps(adas)[1].words} == {None if gone == "erased" else "Yes, send me."}
    assert views.check() == []


def test_boards_rebuilt_are_the_same(
    recruiting: Recruiting, views: Views, tom: UUID, ada: UUID, adas: UUID, bobs: UUID
) -> None:
    move(recruiting, tom, adas, "interview", meets_on=date(2026, 11, 30))
    recruiting.tell_candidate(command(tom), adas, "call", "Invited.")
    recruiting.end_submission(command(tom), bobs, "other")
    views.catch_up()

    assert views.check() == []
    assert views.submissions.submission(uuid4()) is None
