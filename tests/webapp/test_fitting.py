"""People for a job: criteria chosen, who fits and why, and from there onto the board."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from cast import Browser
from sqlalchemy import Engine, event

from domain.command import Command
from domain.job import JobDetails
from domain.remembered import ImportantDate, PainPoint
from domain.wishes import Unwelcome, Wishes
from webapp.installation import Installation

PICKED = {"must": "nurse", "nice": "ICU, band 5", "place": "Leeds", "km": "40", "seen": "1"}


@pytest.fixture
def ward(kept: Installation, dana: Browser) -> UUID:
    details = JobDetails("Ward nurse", "Leeds", "£22 to £24 an hour")
    opened = kept.recruiting.open_job(Command(uuid4(), dana.id), details, None, "St Hilda")
    kept.views.catch_up()
    return opened.streams[0]


@pytest.fixture
def tagged(kept: Installation, dana: Browser, ada: UUID, bob: UUID) -> None:
    """Both are nurses, and Ada was spoken to seven months ago."""
    for person, tags in ((ada, ["nurse", "ICU"]), (bob, ["nurse"])):
        kept.recruiting.tag_candidate(command(dana), person, tags)
    talked(kept, dana, ada, 215, "She could do days. Would not go below £23 an hour. She hates the days off.")


def command(browser: Browser) -> Command:
    return Command(uuid4(), browser.id)


def talked(kept: Installation, by: Browser, to: UUID, days_ago: int, words: str) -> UUID:
    at = kept.recruiting.log.now() - timedelta(days=days_ago)
    how = ("call", "out", "talked", at, words)
    return kept.recruiting.record_touchpoint(command(by), to, *how).streams[0]


def shown(page: str) -> str:
    """What can be read on a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page.replace("</li>", " "))))


def fitting(browser: Browser, job: UUID, **criteria: str) -> str:
    if criteria:
        answer = browser.post(f"/jobs/{job}/criteria", PICKED | criteria)
        assert answer.status_code == 303, shown(answer.text)
    return browser.get(f"/jobs/{job}/people").text


def on_board(kept: Installation, job: UUID) -> list[UUID]:
    kept.views.catch_up()
    return [row.candidate for row in kept.views.submissions.board(job)]


def test_a_job_without_criteria_says_so_and_offers_what_it_says_itself(dana: Browser, ward: UUID, tagged: None) -> None:
    page = fitting(dana, ward)

    assert f'href="/jobs/{ward}/people"' in dana.get(f"/jobs/{ward}").text
    assert "Nobody has chosen yet by what people fit this job." in page
    for field, value in (("must", "nurse"), ("place", "Leeds"), ("km", "30"), ("pay", "£22 to £24 an hour")):
        assert re.search(rf'id="{field}"[^>]* value="{value}"', page)
    assert "Who fits" not in page


def test_those_who_fit_stand_there_with_why_the_known_first(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID, bob: UUID, tagged: None
) -> None:
    kept.recruiting.note_pain(
        command(dana), ada, PainPoint("want", "Days", kept.recruiting.log.now().date(), "March days only")
    )
    kept.recruiting.note_pain(
        command(dana), bob, PainPoint("pain", "Days", kept.recruiting.log.now().date(), "hates days")
    )

    page = shown(fitting(dana, ward, pay="£24 an hour", interest="days", permits="right to work"))

    assert page.index("Ada Byron") < page.index("Bob Marsh")
    assert "2 of 3 skills (missing: band 5) · Leeds, the same place · wants “March days only” on" in page
    assert "it pays what they ask “Would not go below £23 an hour.” on" in page
    assert "right to work not known: ask · last contact 7 months ago" in page
    assert "1 of 3 skills (missing: ICU, band 5) · 36 km (York) · what they want is not known (days): ask" in page
    assert "pay not known: ask · right to work not known: ask · never in touch yet" in page
    assert "hates" not in page
    assert "How this list is made" in page


def test_sensitive_words_stay_out_whoever_looks(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID, tagged: None
) -> None:
    entry = talked(kept, dana, ada, 3, "Would do days after her operation.")
    kept.recruiting.mark_sensitive(command(dana), entry, ("her operation",))

    page = shown(fitting(dana, ward, interest="days"))

    assert "said “Would do days after [sensitive].”" in page
    assert "operation" not in page


def test_whoever_may_not_be_put_forward_is_named_with_the_reason(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID, bob: UUID, tagged: None
) -> None:
    verbs, client = kept.recruiting, kept.views.jobs.job(ward).client
    others = {
        name: verbs.add_candidate(command(dana), name, tags=["nurse"]).streams[0] for name in ("Cleo", "Dov", "Eve")
    }
    verbs.note_wishes(command(dana), ada, Wishes(), Unwelcome.EVERYTHING)
    verbs.note_wishes(command(dana), others["Eve"], Wishes(), Unwelcome.MAILS)
    verbs.note_never_tell(command(dana), bob, client)
    verbs.note_date(command(dana), others["Cleo"], ImportantDate("visa expiry", 3, 1, 2020))
    verbs.shortlist(command(dana), ward, others["Dov"])

    page = shown(fitting(dana, ward, permits="right to work"))
    listed, left_out = page.split("4 left out")

    assert "Ada Byron asked us never to be in touch" in left_out
    assert "Bob Marsh must not hear of Bob Marsh" in left_out
    assert "Cleo visa expired" in left_out
    assert "Dov on the board already, shortlisted" in left_out
    assert "Eve" in listed
    assert "Ada Byron" not in listed


def test_one_press_puts_somebody_on_the_board_and_a_tick_several_once(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID, bob: UUID, tagged: None
) -> None:
    fitting(dana, ward, km="40")
    again = {"command": str(uuid4()), "candidate": str(ada)}
    for _ in range(2):
        assert dana.post(f"/jobs/{ward}/people", again).status_code == 303
    assert on_board(kept, ward) == [ada]
    assert "1 on the board, to be asked." in shown(dana.get(f"/jobs/{ward}/people").text)

    answer = dana.htmx.post(f"/jobs/{ward}/people", {"who": [str(ada), str(bob)]})

    assert (
        "1 on the board, to be asked. 1 could not be: This person is on the board of this job already." in answer.text
    )
    assert on_board(kept, ward) == [ada, bob]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Tick whom to put on the board."),
        ({"who": ["x"]}, "Choose somebody from the list."),
        ({"candidate": "x"}, "Choose somebody from the list."),
        ({"who": [str(UUID(int=number)) for number in range(30)]}, "At most 25 people at once."),
        ({"candidate": str(UUID(int=4))}, "Choose somebody from the list."),
    ],
    ids=["nobody", "no id", "no person", "too many", "unknown"],
)
def test_whoever_cannot_be_put_on_the_board_is_refused_in_a_sentence(
    dana: Browser, ward: UUID, tagged: None, form: dict, sentence: str
) -> None:
    fitting(dana, ward, km="40")

    answer = dana.post(f"/jobs/{ward}/people", form)

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"must": "", "nice": "", "place": "", "km": ""}, "Choose at least a skill, a place or what they want."),
        ({"km": "0"}, "Say 1 to 1,000 km, or nothing for the same place only."),
        ({"km": "far 🚀"}, "Say it in km, as a number."),
        ({"pay": "<script>"}, "Write an amount, such as £24 an hour or £45k."),
        ({"must": "x" * 10_000}, "This is too long"),
        ({"place": "x" * 10_000}, "This is too long"),
    ],
    ids=["nothing", "0 km", "no km", "no pay", "long tags", "long place"],
)
def test_criteria_that_cannot_be_are_refused_with_every_word_kept(
    dana: Browser, ward: UUID, wrong: dict, sentence: str
) -> None:
    answer = dana.post(f"/jobs/{ward}/criteria", PICKED | {"permits": "days & <b>"} | wrong)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="days &amp; &lt;b&gt;"' in answer.text
    assert '<details class="move" open>' in answer.text


def test_who_was_slower_reads_who_was_faster(dana: Browser, ward: UUID) -> None:
    fitting(dana, ward, km="40")
    late = dana.post(f"/jobs/{ward}/criteria", PICKED | {"km": "99"})

    assert late.status_code == 409
    assert "changed this at" in late.text
    assert 'value="99"' in late.text


def test_a_tag_that_nobody_carries_any_more_is_said(
    kept: Installation, dana: Browser, ward: UUID, ada: UUID, tagged: None
) -> None:
    fitting(dana, ward, must="ICU", nice="")
    kept.recruiting.untag_candidate(command(dana), ada, ["ICU"])
    kept.views.catch_up()

    page = shown(fitting(dana, ward))

    assert "Nobody carries #ICU now." in page
    assert "Nobody fits all of that." in page


def test_many_come_page_after_page_and_each_page_asks_as_few_questions(
    kept: Installation, dana: Browser, ward: UUID, tagged: None
) -> None:
    fitting(dana, ward, pay="£24 an hour", interest="days", permits="uk passport")
    few = _statements(dana, ward)
    for number in range(30):
        kept.recruiting.add_candidate(command(dana), f"Nurse {number}", tags=["nurse"])
    kept.views.catch_up()

    page = fitting(dana, ward)
    further = re.search(r'href="(/jobs/[^"]+/people\?after=[^"]+)"', page)

    assert page.count('name="who"') == 25
    assert further
    assert dana.get(unescape(further[1])).text.count('name="who"') == 7
    assert _statements(dana, ward) <= few
    assert dana.get(f"/jobs/{ward}/people?after=x").status_code == 404


def _statements(browser: Browser, job: UUID) -> int:
    asked: list[str] = []

    def listen(connection, cursor, statement, *_) -> None:  # type: ignore[no-untyped-def]
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        browser.get(f"/jobs/{job}/people")
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    return len(asked)


def test_nobody_is_put_on_the_board_of_a_job_that_is_gone_and_auditors_only_read(
    kept: Installation, dana: Browser, aude: Browser, ward: UUID, ada: UUID, tagged: None
) -> None:
    fitting(dana, ward, km="40")
    assert "Ada Byron" in aude.get(f"/jobs/{ward}/people").text
    assert "Put on the board" not in aude.get(f"/jobs/{ward}/people").text
    kept.recruiting.close_job(command(dana), ward)
    kept.views.catch_up()

    assert "Put on the board" not in dana.get(f"/jobs/{ward}/people").text
    refused = dana.post(f"/jobs/{ward}/people", {"candidate": str(ada)})
    assert refused.status_code == 422
    assert "This job is closed." in refused.text
