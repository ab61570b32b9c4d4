"""Away and covered, as pages show it: planned in words, looked after by a colleague, and everybody sees it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise
from webapp.installation import Installation

ZONE = "Europe/London"


@pytest.fixture
def today(kept: Installation) -> date:
    return kept.recruiting.log.now().date()


@pytest.fixture
def promises(kept: Installation, dana: Browser, ada: UUID, today: date) -> list[UUID]:
    """Dana's: two that are late, the second has a date to be moved."""
    due = Due(today - timedelta(days=2), None, ZONE)
    return [
        kept.recruiting.make_promise(Command(uuid4(), dana.id), ada, NewPromise(words, due, dana.id)).streams[0]
        for words in ("Send the rate card", "Ring the ward")
    ]


def plan(browser: Browser, cover: Browser | None = None, where: str = "/settings/away", **days: str):
    form = {"first": "today", "last": "in 3 days", **days, "cover": str(cover.id) if cover else ""}
    return browser.post(where, form)


def test_who_covers_sees_and_keeps_it_and_the_history_says_so(
    dana: Browser, tom: Browser, olive: Browser, ada: UUID, promises: list[UUID], kept: Installation
) -> None:
    kept.recruiting.record_touchpoint(Command(uuid4(), dana.id), ada, "e-mail", "in", None, None, "Any news?")

    planned = plan(dana, tom)
    before, hers = tom.get("/").text, dana.get("/").text
    tom.post(f"/promises/{promises[0]}/kept", {"seen": "1", "shown_on": "today"})
    tom.post(f"/promises/{promises[1]}/dates", {"seen": "1", "due": "in 2 days", "shown_on": "today"})

    assert planned.status_code == 303
    section = before.partition('aria-label="For Dana, away until')[2]
    assert "Send the rate card" in section
    assert "Any news?" in section
    assert "You cover for" in before
    assert "Send the rate card" in hers
    assert "You are away until" in hers
    assert "Tom kept it for Dana" in dana.get(f"/promises/{promises[0]}").text
    assert "Tom moved it for Dana to" in dana.get(f"/promises/{promises[1]}").text
    assert "Tom for Dana" in dana.get("/promises?status=kept").text
    assert ",Tom for Dana," in dana.get("/promises.csv").text
    assert {row.keeper for row in kept.views.promises.ledger()} == {dana.id}
    olive.post(f"/promises/{promises[1]}/keeper", {"seen": "2", "who": str(olive.id)})
    assert "Tom moved it for Dana to" in dana.get(f"/promises/{promises[1]}").text


def test_everybody_sees_who_is_away_where_colleagues_are_chosen(
    dana: Browser, tom: Browser, olive: Browser, ada: UUID, kept: Installation
) -> None:
    plan(olive, tom, f"/team/{dana.id}/away")

    page, team = olive.get(f"/candidates/{ada}").text, olive.get("/team").text
    absence = kept.views.team.absences(kept.recruiting.log.now())[0]
    kept.recruiting.recruiter_leaves(Command(uuid4(), olive.id), tom.id)
    kept.views.catch_up()
    broken = olive.get("/team").text
    back = olive.htmx.post(f"/team/{dana.id}/away/{absence.id}/ended")

    assert page.count(", Tom covers)") == 3, "in the head, and twice among those who may keep a promise"
    assert "Tom covers</span>" in team
    assert '<span class="late">away' in broken
    assert "Tom cannot cover any more" in broken
    assert "Back." in back.text
    assert "away until" not in olive.get(f"/candidates/{ada}").text


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    dana: Browser, tom: Browser, olive: Browser
) -> None:
    plan(tom, dana)
    said = {}

    for name, form in {
        "no day": {"first": ""},
        "what day": {"first": "soonish <b>"},
        "backwards": {"first": "in 3 days", "last": "today"},
        "a stranger": {"cover": "nobody"},
        "self": {"cover": str(olive.id)},
        "away too": {"cover": str(tom.id)},
    }.items():
        answer = olive.htmx.post("/settings/away", {"first": "today", "last": "in 3 days", **form})
        assert answer.status_code == 422
        said[name] = answer.text
    chain = dana.htmx.post("/settings/away", {"first": "tomorrow", "cover": str(olive.id)}).text

    assert "Say from which day on." in said["no day"]
    assert 'value="soonish &lt;b&gt;"' in said["what day"]
    assert 'id="first-error"' in said["what day"]
    assert "The last day comes before the first." in said["backwards"]
    assert "Choose somebody from the list." in said["a stranger"]
    assert "Nobody covers for themselves." in said["self"]
    assert "This colleague is away then, too:" in said["away too"]
    assert "Dana covers for Tom then," in chain
    assert "Somebody else must cover first." in chain


def test_a_day_is_shown_back_in_full_while_it_is_typed(dana: Browser, today: date) -> None:
    answer = dana.htmx.get("/due/day?of=first&first=tomorrow").text

    assert Due(today + timedelta(days=1), None, ZONE).said() in answer
