"""The links in mails, and the page that asks once more."""

from __future__ import annotations

from datetime import date, time, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.command import Command
from domain.due import Due
from domain.promise import Promise
from tests.saying import ZONE, keep, promise, today
from webapp.answers import Act, link
from webapp.hours import next_working_day
from webapp.installation import Installation


@pytest.fixture
def ring(kept: Installation, dana: Browser, ada: UUID) -> UUID:
    """Dana promised Ada something for today."""
    return promise(kept, dana.id, ada, "Ring with the rate", days=0)


def path(kept: Installation, by: UUID | None, about: UUID, act: Act = Act.KEPT) -> str:
    assert by is not None
    return urlsplit(link(kept, by, about, act)).path


def seen(kept: Installation, about: UUID) -> dict[str, str]:
    return {"seen": str(kept.views.promises.promise(about).changed)}


def facts(kept: Installation, kind: type) -> list:
    return [entry.fact for entry in kept.recruiting.log.entries(1, 1_000_000) if type(entry.fact) is kind]


def tomorrow(kept: Installation) -> date:
    return next_working_day(today(kept), kept.views.team.agency())


def test_looking_at_a_link_changes_nothing_and_needs_no_sign_in(client: Browser, kept: Installation, dana, ring):
    end = kept.recruiting.log.end()

    pages = [client.get(path(kept, dana.id, ring, act)) for act in Act for _ in range(2)]

    assert {page.status_code for page in pages} == {200}
    assert all("Ring with the rate" in page.text and "Ada Byron" in page.text for page in pages)
    assert "<button" in pages[0].text
    assert "noted as kept by Dana" in pages[0].text
    assert kept.recruiting.log.end() == end


def test_kept_is_recorded_once_as_by_the_colleague(client: Browser, kept: Installation, dana, ring):
    here, form = path(kept, dana.id, ring), {**seen(kept, ring), "command": str(uuid4())}

    answers = [client.post(here, form) for _ in range(2)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, here)] * 2
    (fact,) = facts(kept, Promise.PromiseKept)
    assert (fact.originator_id, fact.by) == (ring, dana.id)
    page = client.get(here).text
    assert "<strong>Kept</strong>, Dana, " in page
    assert "<form" not in page


def test_tomorrow_is_the_next_working_day_at_the_same_hour(client: Browser, kept: Installation, dana, ada):
    at_three = promise(kept, dana.id, ada, "Ring", days=0, at=time(15))
    here = path(kept, dana.id, at_three, Act.TOMORROW)
    assert f'datetime="{tomorrow(kept)}"' in client.get(here).text

    assert client.post(here, seen(kept, at_three)).status_code == 303

    (fact,) = facts(kept, Promise.PromiseRenegotiated)
    assert (fact.by, fact.due_on, fact.due_at) == (dana.id, tomorrow(kept), time(15))
    page = client.get(here).text
    assert "It is due " in page
    assert "<form" not in page


def test_whoever_is_signed_in_the_answer_is_the_colleagues(kept: Installation, dana, tom: Browser, ring):
    tom.post(path(kept, dana.id, ring), seen(kept, ring))

    (fact,) = facts(kept, Promise.PromiseKept)
    assert fact.by == dana.id


def test_what_was_closed_already_says_so_kindly(client: Browser, kept: Installation, dana, tom, ring):
    before = seen(kept, ring)
    keep(kept, tom.id, ring)

    page = client.get(path(kept, dana.id, ring, Act.TOMORROW))
    answer = client.post(path(kept, dana.id, ring, Act.TOMORROW), before)

    assert page.status_code == 200
    assert answer.status_code == 409
    assert "<strong>Kept</strong>, Tom, " in page.text
    assert "Tom changed this promise, " in answer.text
    assert not facts(kept, Promise.PromiseRenegotiated)


def test_what_somebody_changed_meanwhile_is_shown_again_first(client: Browser, kept: Installation, dana, tom, ring):
    before, here = seen(kept, ring), path(kept, dana.id, ring)
    later = Due(today(kept) + timedelta(days=9), None, ZONE)
    kept.recruiting.renegotiate_promise(Command(uuid4(), tom.id), ring, later)

    answer = client.post(here, before)

    assert answer.status_code == 409
    assert "Tom changed this promise, today " in answer.text
    assert "<button" in answer.text
    assert client.post(here, seen(kept, ring)).status_code == 303


@pytest.mark.parametrize("spoil", ["x", "", "{0}x", "x{0}", "{0}.", "%00", "ä"])
def test_a_link_that_is_not_whole_says_so(client: Browser, kept: Installation, dana, ring, spoil):
    token = path(kept, dana.id, ring).rpartition("/")[2]
    broken = f"/answers/{spoil.format(token) or token[:-1]}"

    assert client.get(broken).status_code == 404
    assert client.post(broken, seen(kept, ring)).status_code == 404
    assert "This link is not whole" in client.get(broken).text
    assert not facts(kept, Promise.PromiseKept)


def test_a_token_cannot_be_made_to_say_something_else(client: Browser, kept: Installation, dana, ring):
    token = path(kept, dana.id, ring).rpartition("/")[2]
    said, rest = token.split(".", 1)

    assert client.get(f"/answers/{said[:-1]}t.{rest}").status_code == 404


def test_a_link_is_good_for_seven_days(client: Browser, kept: Installation, dana, ring, monkeypatch):
    here, now = path(kept, dana.id, ring), kept.recruiting.log.now()
    for days, status in ((6.99, 200), (7.01, 410)):
        monkeypatch.setattr(kept.recruiting.log, "now", lambda days=days: now + timedelta(days=days))

        assert client.get(here).status_code == status

    assert client.post(here, seen(kept, ring)).status_code == 410
    assert "good for seven days" in client.get(here).text
    assert not facts(kept, Promise.PromiseKept)


def test_whoever_left_or_only_reads_answers_no_more(client: Browser, kept: Installation, dana, tom, olive, ring):
    links = [path(kept, who.id, ring) for who in (dana, tom)]
    kept.recruiting.recruiter_leaves(Command(uuid4(), olive.id), dana.id)
    kept.recruiting.change_role(Command(uuid4(), olive.id), tom.id, "auditor")

    for here in links:
        assert client.get(here).status_code == 410
        assert client.post(here, seen(kept, ring)).status_code == 410
    assert "does not look after promises now" in client.get(links[0]).text
    assert not facts(kept, Promise.PromiseKept)


def test_of_somebody_erased_nothing_is_said(client: Browser, kept: Installation, dana, olive, ring, ada):
    here = path(kept, dana.id, ring)
    kept.erase(ada, olive.id, "asked")

    page = client.get(here)

    assert page.status_code == 410
    assert "The words of this promise were removed" in page.text
    assert "Ada" not in page.text


def test_an_unknown_promise_is_not_there(client: Browser, kept: Installation, dana):
    assert client.get(path(kept, dana.id, uuid4())).status_code == 404


def test_an_answer_without_its_form_is_not_taken(client: Browser, kept: Installation, dana, ring):
    here = path(kept, dana.id, ring)

    assert client.client.post(here, data=seen(kept, ring)).status_code == 400
    assert client.post(here, {**seen(kept, ring), "command": "x"}).status_code == 400
    assert client.post(here, {"seen": "x"}).status_code == 400
    assert not facts(kept, Promise.PromiseKept)
