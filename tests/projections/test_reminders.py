"""Whom to remind of which promise, once: by a mail of its own, or in the day's digest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.due import Due
from domain.promise import NewPromise
from domain.recruiting import Recruiting
from projections import Views
from projections.reminders import due_of, snoozed_kind
from tests.agency import MONDAY, ZONE, Clock, command

AT_TEN = Due(date(2026, 11, 23), time(10), ZONE)
TODAY, FRIDAY = Due(date(2026, 11, 23), None, ZONE), Due(date(2026, 11, 27), time(16, 30), ZONE)
LAST_WEEK = Due(date(2026, 11, 20), None, ZONE)
TOMORROW = MONDAY + timedelta(days=1)
Make = Callable[..., UUID]
MOVES: dict[str, Callable[[Recruiting, UUID, UUID], object]] = {
    "kept": lambda verbs, by, id: verbs.keep_promise(command(by), id),
    "broken": lambda verbs, by, id: verbs.break_promise(command(by), id, "we forgot"),
    "released": lambda verbs, by, id: verbs.release_promise(command(by), id, "found a job"),
    "overtaken": lambda verbs, by, id: verbs.overtake_promise(command(by), id, "job gone"),
    "withdrawn": lambda verbs, by, id: verbs.undo_promise(command(by), id),
    "moved": lambda verbs, by, id: verbs.renegotiate_promise(command(by), id, FRIDAY),
}


@pytest.fixture
def make(recruiting: Recruiting, dana: UUID, ada: UUID, bob: UUID) -> Make:
    """`make(words, due, to=…, keeper=…)`: Dana promises something to Ada, and keeps it, unless told otherwise."""

    def make(words: str = "Ring", due: Due = TODAY, to: UUID | None = None, keeper: UUID | None = None) -> UUID:
        promise = NewPromise(words, due, keeper or dana)
        return recruiting.make_promise(command(dana), to or ada, promise).streams[0]

    return make


@pytest.fixture
def fallen(recruiting: Recruiting, make: Make, tom: UUID, bob: UUID) -> UUID:
    """Ada's promise fell due at ten, Bob's as well, a third has not yet."""
    promise = make("Ring with the rate", AT_TEN)
    recruiting.fall_due(promise, AT_TEN)
    recruiting.fall_due(make("Send the contract", AT_TEN, to=bob, keeper=tom), AT_TEN)
    make("not due")
    return promise


def to_send(views: Views, now: datetime = MONDAY, keeper: UUID | None = None, channel: str = "mail") -> list[Any]:
    views.catch_up()
    return list(views.promises.reminders_to_send(now, keeper=keeper, channel=channel))


# Mails of their own


def test_a_promise_fallen_due_at_a_time_waits_for_a_mail(
    views: Views, fallen: UUID, dana: UUID, tom: UUID, ada: UUID, bob: UUID
) -> None:
    rows = to_send(views)

    assert [(row.candidate, row.keeper, row.words, row.kind, row.channel) for row in rows] == [
        (ada, dana, "Ring with the rate", "fell due", "mail"),
        (bob, tom, "Send the contract", "fell due", "mail"),
    ]
    assert rows[0].promise == fallen
    assert due_of(rows[0]) == AT_TEN
    assert [row.candidate for row in to_send(views, keeper=tom)] == [bob]


def test_a_promise_of_a_whole_day_has_no_mail_of_its_own(recruiting: Recruiting, views: Views, make: Make) -> None:
    recruiting.fall_due(make(), TODAY)

    assert to_send(views) == []


def test_a_reminder_sent_waits_no_longer(recruiting: Recruiting, views: Views, fallen: UUID, bob: UUID) -> None:
    recruiting.reminder_sent(fallen, AT_TEN, "fell due", "mail")

    assert [row.candidate for row in to_send(views)] == [bob]


def test_a_reminder_that_failed_waits_behind_the_others_and_says_why(
    recruiting: Recruiting, views: Views, clock: Clock, fallen: UUID
) -> None:
    at = clock.on(minutes=1)
    recruiting.reminder_failed(fallen, AT_TEN, "fell due", "mail", "The mail server did not answer.")

    assert [row.promise for row in to_send(views)][1:] == [fallen]
    assert [(row.promise, row.reason, row.failed_at) for row in views.promises.reminders_failed()] == [
        (fallen, "The mail server did not answer.", at)
    ]


def test_a_reminder_that_failed_and_then_went_out_failed_no_more(
    recruiting: Recruiting, views: Views, fallen: UUID
) -> None:
    recruiting.reminder_failed(fallen, AT_TEN, "fell due", "mail", "The mail server did not answer.")
    recruiting.reminder_sent(fallen, AT_TEN, "fell due", "mail")
    views.catch_up()

    assert views.promises.reminders_failed() == []


@pytest.mark.parametrize("move", MOVES)
def test_nobody_is_reminded_of_a_promise_that_is_closed_or_moved(
    recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID, bob: UUID, move: str
) -> None:
    MOVES[move](recruiting, dana, fallen)

    assert [row.candidate for row in to_send(views)] == [bob]


@pytest.mark.parametrize("move", ["kept", "moved"])
def test_after_a_wrong_tap_the_reminder_waits_again(
    recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID, move: str
) -> None:
    MOVES[move](recruiting, dana, fallen)
    recruiting.undo_promise(command(dana), fallen)

    assert fallen in [row.promise for row in to_send(views)]


def test_after_a_wrong_tap_nobody_is_reminded_twice(
    recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID
) -> None:
    recruiting.reminder_sent(fallen, AT_TEN, "fell due", "mail")
    recruiting.keep_promise(command(dana), fallen)
    recruiting.undo_promise(command(dana), fallen)

    assert fallen not in [row.promise for row in to_send(views)]


@pytest.mark.parametrize("how", ["erased", "withdrawn"])
def test_nobody_is_reminded_of_a_promise_to_somebody_who_is_gone(
    recruiting: Recruiting, views: Views, fallen: UUID, olive: UUID, ada: UUID, bob: UUID, how: str
) -> None:
    if how == "erased":
        recruiting.erase_candidate(command(olive), ada, "asked")
    else:
        recruiting.withdraw_candidate(command(olive), ada)

    assert [row.candidate for row in to_send(views)] == [bob]


# By mail and on the lock screen, each for itself


def test_a_reminder_that_went_one_way_waits_the_other(
    recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID
) -> None:
    recruiting.reminder_sent(fallen, AT_TEN, "fell due", "mail")
    assert to_send(views, keeper=dana) == []
    (row,) = to_send(views, keeper=dana, channel="push")
    assert (row.promise, row.kind, row.channel) == (fallen, "fell due", "push")

    recruiting.reminder_sent(fallen, AT_TEN, "fell due", "push")
    assert to_send(views, keeper=dana, channel="push") == []


def test_a_snooze_comes_back_both_ways(recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID) -> None:
    recruiting.snooze_reminder(command(dana), fallen, TOMORROW)
    recruiting.reminder_sent(fallen, AT_TEN, snoozed_kind(TOMORROW), "push")

    assert to_send(views, TOMORROW, dana, "push") == []
    assert [row.kind for row in to_send(views, TOMORROW, dana)] == [snoozed_kind(TOMORROW)]
    assert ("Ring with the rate", False, True) in digest(views, dana, TOMORROW)


def test_each_way_has_a_digest_of_its_own(recruiting: Recruiting, views: Views, make: Make, dana: UUID) -> None:
    promise = make("Ring")
    recruiting.reminder_sent(promise, TODAY, "digest", "push")
    assert digest(views, dana, channel="push") == []
    assert digest(views, dana) == [("Ring", False, False)]

    recruiting.reminder_sent(promise, TODAY, "overdue", "mail")
    assert digest(views, dana, TOMORROW) == []
    assert digest(views, dana, TOMORROW, "push") == [("Ring", False, False)]
    assert views.promises.told_overdue(dana, TOMORROW.date(), TOMORROW) == 1
    assert views.promises.told_overdue(dana, TOMORROW.date(), TOMORROW, "push") == 0


def test_what_could_not_be_pushed_failed_although_the_mail_went(
    recruiting: Recruiting, views: Views, fallen: UUID
) -> None:
    recruiting.reminder_failed(fallen, AT_TEN, "fell due", "push", "The push service did not answer.")
    recruiting.reminder_sent(fallen, AT_TEN, "fell due", "mail")
    views.catch_up()

    assert [(row.promise, row.channel) for row in views.promises.reminders_failed()] == [(fallen, "push")]


# Snoozed


def test_a_snoozed_promise_is_reminded_of_when_the_snooze_ends(
    recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID, bob: UUID
) -> None:
    recruiting.snooze_reminder(command(dana), fallen, TOMORROW)

    assert [row.candidate for row in to_send(views)] == [bob]
    (again,) = (row for row in to_send(views, TOMORROW) if row.promise == fallen)
    assert (again.kind, again.not_before) == (snoozed_kind(TOMORROW), TOMORROW)
    assert again.kind == "snoozed 2026-11-24T09:00:00+00:00"

    recruiting.reminder_sent(fallen, AT_TEN, again.kind, "mail")

    assert [row.candidate for row in to_send(views, TOMORROW)] == [bob]
    assert views.promises.promise(fallen).snoozed_until is None  # type: ignore[union-attr]


def test_what_falls_due_while_snoozed_waits_for_the_end_of_that(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make("Ring", AT_TEN)
    recruiting.snooze_reminder(command(dana), promise, TOMORROW)
    recruiting.fall_due(promise, AT_TEN)

    assert to_send(views, TOMORROW - timedelta(seconds=1)) == []
    assert [row.kind for row in to_send(views, TOMORROW)] == [snoozed_kind(TOMORROW)]


def test_only_the_last_snooze_counts_and_one_until_now_ends_it(
    recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID, tom: UUID
) -> None:
    for days in (1, 2):
        recruiting.snooze_reminder(command(dana), fallen, MONDAY + timedelta(days=days))

    kinds = [row.kind for row in to_send(views, MONDAY + timedelta(days=9), dana)]
    assert kinds == [snoozed_kind(MONDAY + timedelta(days=2))]

    recruiting.snooze_reminder(command(dana), fallen, MONDAY)

    assert to_send(views, MONDAY + timedelta(days=9), dana) == []
    assert views.promises.fallen_due(dana, MONDAY) == 1


def test_a_new_date_ends_the_snooze(recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID) -> None:
    recruiting.snooze_reminder(command(dana), fallen, TOMORROW)
    recruiting.renegotiate_promise(command(dana), fallen, FRIDAY)
    recruiting.renegotiate_promise(command(dana), fallen, AT_TEN)

    assert to_send(views, TOMORROW, dana) == []
    assert views.promises.promise(fallen).snoozed_until is None  # type: ignore[union-attr]


def test_a_snooze_makes_no_form_stale(recruiting: Recruiting, views: Views, fallen: UUID, dana: UUID) -> None:
    recruiting.snooze_reminder(command(dana), fallen, TOMORROW)
    views.catch_up()

    assert views.promises.promise(fallen).changed == 1  # type: ignore[union-attr]
    assert views.promises.history(fallen)[-1].until == TOMORROW


# The digest


def digest(views: Views, keeper: UUID, now: datetime = MONDAY, channel: str = "mail") -> list[tuple[str, bool, bool]]:
    views.catch_up()
    rows = views.promises.digest(keeper, now.date(), now, channel=channel)
    return [(row.words, row.told_before, row.again is not None) for row in rows]


def test_the_digest_tells_what_is_due_today_and_overdue(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, tom: UUID, bob: UUID
) -> None:
    make("today"), make("Friday", FRIDAY), make("last week", LAST_WEEK, to=bob), make("of Tom", keeper=tom)
    recruiting.keep_promise(command(dana), make("kept"))

    assert digest(views, dana) == [("last week", False, False), ("today", False, False)]


def test_the_digest_tells_each_once_as_due_and_once_as_overdue(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make("Ring")

    recruiting.reminder_sent(promise, TODAY, "digest", "mail")
    assert digest(views, dana) == []
    assert digest(views, dana, TOMORROW) == [("Ring", False, False)]
    assert views.promises.told_overdue(dana, TOMORROW.date(), TOMORROW) == 0

    recruiting.reminder_sent(promise, TODAY, "overdue", "mail")
    assert digest(views, dana, TOMORROW) == []
    assert views.promises.told_overdue(dana, TOMORROW.date(), TOMORROW) == 1


def test_a_new_date_is_told_anew_and_one_that_comes_back_is_not(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make("Ring", LAST_WEEK)
    recruiting.reminder_sent(promise, LAST_WEEK, "overdue", "mail")
    recruiting.renegotiate_promise(command(dana), promise, TODAY)
    assert digest(views, dana) == [("Ring", False, False)]

    recruiting.undo_promise(command(dana), promise)
    assert digest(views, dana) == []


def test_the_digest_leaves_out_what_is_snoozed_and_brings_it_again(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID, bob: UUID
) -> None:
    promise = make("Ring", LAST_WEEK)
    make("of Bob", LAST_WEEK, to=bob)
    recruiting.reminder_sent(promise, LAST_WEEK, "overdue", "mail")
    recruiting.snooze_reminder(command(dana), promise, TOMORROW)
    assert digest(views, dana) == [("of Bob", False, False)]

    assert ("Ring", True, True) in digest(views, dana, TOMORROW)

    recruiting.reminder_sent(promise, LAST_WEEK, snoozed_kind(TOMORROW), "mail")
    assert digest(views, dana, TOMORROW) == [("of Bob", False, False)]


def test_one_told_of_as_overdue_needs_no_mail_of_its_own(recruiting: Recruiting, views: Views, fallen: UUID) -> None:
    recruiting.reminder_sent(fallen, AT_TEN, "digest", "mail")
    assert fallen in [row.promise for row in to_send(views)]

    recruiting.reminder_sent(fallen, AT_TEN, "overdue", "mail")
    assert fallen not in [row.promise for row in to_send(views)]


def test_a_digest_that_failed_is_told_of_until_one_went_out(
    recruiting: Recruiting, views: Views, make: Make, dana: UUID
) -> None:
    promise = make("Ring")
    recruiting.reminder_failed(promise, TODAY, "digest", "mail", "The mail server did not answer.")
    views.catch_up()

    (failed,) = views.promises.reminders_failed()
    assert (failed.promise, failed.kind, failed.keeper) == (promise, "digest", dana)
    assert to_send(views) == []

    recruiting.reminder_sent(promise, TODAY, "overdue", "mail")
    views.catch_up()

    assert views.promises.reminders_failed() == []


def test_reminders_made_anew_are_the_same(
    recruiting: Recruiting, views: Views, fallen: UUID, make: Make, dana: UUID, olive: UUID, bob: UUID
) -> None:
    recruiting.reminder_failed(fallen, AT_TEN, "fell due", "mail", "No mail server is set up.")
    recruiting.snooze_reminder(command(dana), fallen, TOMORROW)
    recruiting.reminder_failed(fallen, AT_TEN, "digest", "mail", "No mail server is set up.")
    recruiting.reminder_sent(fallen, AT_TEN, snoozed_kind(TOMORROW), "mail")
    recruiting.reminder_sent(fallen, AT_TEN, "digest", "push")
    recruiting.reminder_sent(fallen, AT_TEN, "overdue", "mail")
    recruiting.renegotiate_promise(command(dana), fallen, FRIDAY)
    recruiting.undo_promise(command(dana), fallen)
    recruiting.erase_candidate(command(olive), bob, "asked")
    views.catch_up()

    assert views.check() == []
