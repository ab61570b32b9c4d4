"""Wishes, referrals, templates and signatures, as they are looked up; and the same after everything is made anew."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from domain.recruiting import Recruiting
from domain.shipped import SHIPPED, THANKS
from domain.template import Template
from domain.wishes import Unwelcome, Wishes
from projections import Views
from tests.agency import MONDAY, command

HELLO = Template("Hello", "Hello {{first_name}}", "Dear {{name}}", "Hi")


def test_what_each_wishes_is_told_apart(recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID) -> None:
    wishes = Wishes(("call",), time(18), None, (6,), "works nights")
    recruiting.note_wishes(command(dana), ada, wishes, Unwelcome.MAILS)
    views.catch_up()

    row = views.wishes.of(ada)

    assert (row.unwanted, row.not_before, row.not_after, row.not_on) == (["call"], time(18), None, [6])
    assert (row.note, row.unwelcome, row.unwelcome_at) == ("works nights", "mails", MONDAY)
    assert views.wishes.of(bob) is None
    assert views.check() == []


def test_what_is_welcome_again_is_no_more_refused(recruiting: Recruiting, views: Views, dana: UUID, ada: UUID) -> None:
    recruiting.note_wishes(command(dana), ada, Wishes(), Unwelcome.EVERYTHING)
    recruiting.note_wishes(command(dana), ada, Wishes(("SMS",)))
    views.catch_up()

    row = views.wishes.of(ada)

    assert (row.unwelcome, row.unwelcome_at, row.unwanted) == ("", None, ["SMS"])


def test_a_form_about_a_person_knows_of_the_wishes(recruiting: Recruiting, views: Views, dana: UUID, ada: UUID) -> None:
    recruiting.note_wishes(command(dana), ada, Wishes(("call",)))
    views.catch_up()
    seen = views.directory.candidate(ada).changed

    recruiting.note_wishes(command(dana), ada, Wishes(), None, seen)


def test_who_sent_whom_the_last_one_first(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    cara = recruiting.add_candidate(command(dana), "Cara Lane").streams[0]
    recruiting.refer_candidate(command(dana), ada, bob)
    recruiting.refer_candidate(command(dana), cara, bob)
    views.catch_up()

    assert views.wishes.around(bob)[1] == [cara, ada]
    assert views.wishes.around(ada)[1] == []
    assert views.wishes.of(ada).referrer == bob
    assert views.wishes.around(ada)[0] == views.wishes.of(ada)

    recruiting.refer_candidate(command(dana), ada, None)
    views.catch_up()

    assert views.wishes.around(bob)[1] == [cara]


def test_of_somebody_erased_no_wish_is_left(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    recruiting.note_wishes(command(dana), ada, Wishes(("call",), note="works nights"), Unwelcome.MAILS)
    recruiting.refer_candidate(command(dana), ada, bob)
    recruiting.erase_candidate(command(dana), ada, "asked")
    views.catch_up()

    row = views.wishes.of(ada)

    assert (row.unwanted, row.note, row.unwelcome, row.unwelcome_at) == ([], None, "", None)
    assert views.wishes.around(bob)[1] == [ada]
    assert views.check() == []


def test_who_was_asked_for_a_referral_until_that_is_taken_back(
    recruiting: Recruiting, views: Views, dana: UUID, ada: UUID, bob: UUID
) -> None:
    asked = recruiting.record_touchpoint(command(dana), ada, "SMS", "out", None, MONDAY, "Know a nurse?", asks=True)
    recruiting.record_touchpoint(command(dana), bob, "SMS", "out", None, MONDAY, "Hello")
    views.catch_up()
    assert (views.wishes.of(ada).asked_at, views.wishes.of(ada).asked_by) == (MONDAY, dana)
    assert views.wishes.of(bob) is None

    recruiting.retract_touchpoint(command(dana), asked.streams[0], "the wrong Ada")
    views.catch_up()

    assert views.wishes.of(ada).asked_at is None
    assert views.check() == []


def test_templates_are_those_kept_came_with_and_the_agencys_own(
    recruiting: Recruiting, views: Views, dana: UUID
) -> None:
    own = recruiting.write_template(command(dana), HELLO).streams[0]
    recruiting.change_template(command(dana), THANKS, Template("Thanks", "Thanks", "Thanks"))
    views.catch_up()

    everything = views.templates.everything()

    assert [each.id for each in everything] == [*SHIPPED, own]
    assert [each.name for each in everything if each.changed] == ["Thanks", "Hello"]
    assert views.templates.template(own).changed_by == dana
    assert views.templates.template(dana) is None
    assert views.check() == []


def test_a_retired_template_says_so_until_it_is_used_again(recruiting: Recruiting, views: Views, dana: UUID) -> None:
    recruiting.retire_template(command(dana), THANKS)
    views.catch_up()
    assert views.templates.template(THANKS).retired_at == MONDAY

    recruiting.restore_template(command(dana), THANKS)
    views.catch_up()

    assert views.templates.template(THANKS).retired_at is None


def test_a_signature_is_its_colleagues_own(recruiting: Recruiting, views: Views, dana: UUID, tom: UUID) -> None:
    recruiting.choose_signature(command(dana), dana, "Dana, Leeds")
    views.catch_up()

    assert (views.team.recruiter(dana).signature, views.team.recruiter(tom).signature) == ("Dana, Leeds", None)
    assert views.check() == []
