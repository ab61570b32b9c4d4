"""Lists: saved, found anew, and their people tagged, written down and exported together."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import mail, promise

from domain.candidate import Details
from domain.command import Command
from domain.job import JobDetails
from domain.process import SHIPPED_PROCESS
from domain.remembered import PainPoint
from webapp.installation import Installation

BOTH = {"name": "Nurses in Leeds", "tags": "nurse", "place": "Leeds"}


@pytest.fixture
def people(kept: Installation, dana: Browser, tom: Browser) -> dict[str, UUID]:
    """Nurses here and there, and one who is none."""
    found = {}
    for name, place, tags, owner in (
        ("Ada Byron", "Leeds", ("nurse",), dana),
        ("Bea Lane", "Leeds North", ("nurse", "keep"), tom),
        ("Cara Moor", "York", ("nurse",), dana),
        ("Bob Marsh", "Leeds", ("porter",), dana),
    ):
        details = Details(name, (f"{name.split()[0].lower()}@x.example",), ("0113 496 0044",), "Staff", place)
        added = kept.recruiting.add_candidate(Command(uuid4(), owner.id), details=details, tags=tags)
        found[name.split()[0]] = added.streams[0]
    kept.views.catch_up()
    return found


def made(browser: Browser, **form: str) -> str:
    """A list; where its page is."""
    answer = browser.post("/lists", {**BOTH, **form})
    assert answer.status_code == 303, answer.text
    return answer.location


def names(page: str) -> list[str]:
    return [name for name in ("Ada Byron", "Bea Lane", "Cara Moor", "Bob Marsh") if f">{name}</a>" in page]


def test_a_list_finds_whom_its_criteria_fit(dana: Browser, people: dict[str, UUID]) -> None:
    page = dana.get(made(dana)).text

    assert names(page) == ["Ada Byron", "Bea Lane"]
    assert "2 candidates: #nurse, in Leeds · only for you" in page
    index = dana.get("/lists").text
    assert "Nurses in Leeds" in index
    assert '<b class="count">2</b>' in index


def test_each_criterion_narrows(dana: Browser, kept: Installation, people: dict[str, UUID]) -> None:
    mail(kept, dana.id, people["Ada"], "Hello", 40, "out")
    mail(kept, dana.id, people["Bea"], "Hello", 3, "out")
    promise(kept, dana.id, people["Cara"], "Ring", days=-2)
    kept.recruiting.note_pain(
        Command(uuid4(), dana.id), people["Bea"], PainPoint("want", "Night shifts", date(2026, 1, 5))
    )
    kept.recruiting.note_pain(Command(uuid4(), dana.id), people["Ada"], PainPoint("pain", "Nights", date(2026, 1, 5)))
    job = kept.recruiting.open_job(Command(uuid4(), dana.id), JobDetails("Sister"), None, "St Hilda").streams[0]
    kept.recruiting.shortlist(Command(uuid4(), dana.id), job, people["Cara"])
    kept.views.catch_up()
    nothing = {"tags": "", "place": ""}

    found = {
        name: names(dana.get(made(dana, **{**nothing, **form})).text)
        for name, form in {
            "both tags": {"tags": "nurse, keep"},
            "mine": {"owner": "me"},
            "Tom’s": {"owner": str(kept.views.team.by_email("tom@harbour.example").id)},
            "overdue": {"only": "overdue"},
            "silent": {"only": "silent"},
            "nothing promised": {"nothing_open": "1"},
            "long ago": {"contact_before": "20 days ago"},
            "lately": {"contact_since": "20 days ago"},
            "what they want": {"wants": "nights", "contact_since": "20 days ago"},
            "what they want, by name": {"wants": "shift night"},
            "at a stage": {"stage": "shortlisted"},
            "at another stage": {"stage": "offer"},
        }.items()
    }

    assert found == {
        "both tags": ["Bea Lane"],
        "mine": ["Ada Byron", "Cara Moor", "Bob Marsh"],
        "Tom’s": ["Bea Lane"],
        "overdue": ["Cara Moor"],
        "silent": ["Ada Byron"],
        "nothing promised": ["Ada Byron", "Bea Lane", "Bob Marsh"],
        "long ago": ["Ada Byron"],
        "lately": ["Bea Lane"],
        "what they want": ["Bea Lane"],
        "what they want, by name": ["Bea Lane"],
        "at a stage": ["Cara Moor"],
        "at another stage": [],
    }


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": " "}, "Give the list a name."),
        ({"tags": "", "place": ""}, "Choose at least one thing by which people are found."),
        ({"tags": "a, b, c, d"}, "At most 3 tags fit into one list."),
        ({"contact_since": "2 Sep 2026", "contact_before": "1 Sep 2026"}, "No day lies between these two."),
        ({"owner": str(uuid4())}, "Choose somebody from the list."),
        ({"only": "rich"}, "Choose one of these."),
        ({"wants": "a b c d"}, "Write one word of what they want, at most 3."),
        ({"stage": "heaven"}, "Choose a stage from the list."),
    ],
)
def test_a_list_that_is_none_is_refused_in_place(form: dict[str, str], sentence: str, dana: Browser) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post("/lists", {**BOTH, **form})

        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'name="tags"' in answer.text
        assert ("<html" in answer.text) == (browser is dana)


def test_what_the_candidates_show_is_saved_as_a_list(dana: Browser, people: dict[str, UUID]) -> None:
    assert "/lists/new?tag=nurse&amp;only=silent" in dana.get("/candidates?tag=nurse&only=silent").text or (
        "/lists/new?tag=nurse" in dana.get("/candidates?tag=nurse").text
    )

    form = dana.get("/lists/new?tag=nurse&owner=me").text

    assert 'value="nurse"' in form
    assert 'value="me" selected' in form


def test_a_private_list_is_its_makers_and_a_shared_one_is_for_all(
    dana: Browser, tom: Browser, people: dict[str, UUID]
) -> None:
    private, shared = made(dana, name="Mine alone"), made(dana, name="For us", shared="1")

    assert tom.get(private).status_code == 404
    assert tom.post(f"{private}/dropped").status_code == 404
    assert tom.get(f"{private}.csv").status_code == 404
    assert tom.get(shared).status_code == 200
    index = tom.get("/lists").text
    assert "For us" in index
    assert "Mine alone" not in index


def test_mine_is_whoever_looks(dana: Browser, tom: Browser, people: dict[str, UUID]) -> None:
    there = made(dana, tags="nurse", place="", owner="me", shared="1")

    assert names(dana.get(there).text) == ["Ada Byron", "Cara Moor"]
    assert names(tom.get(there).text) == ["Bea Lane"]


def test_a_list_is_changed_and_a_stale_form_is_told(dana: Browser, tom: Browser, people: dict[str, UUID]) -> None:
    there = made(dana, shared="1")
    form = dana.get(f"{there}/criteria").text
    assert 'value="Nurses in Leeds"' in form
    assert 'value="nurse"' in form

    answer = tom.post(f"{there}/criteria", {"seen": "1", "name": "York", "place": "York", "shared": "1"})
    stale = dana.post(f"{there}/criteria", {"seen": "1", **BOTH, "name": "Hull", "place": "Hull"})

    assert answer.status_code == 303
    assert names(dana.get(there).text) == ["Cara Moor"]
    assert stale.status_code == 409
    assert "Tom changed this at" in stale.text
    assert 'value="Hull"' in stale.text


def test_a_dropped_list_is_gone_and_its_people_are_not(dana: Browser, people: dict[str, UUID]) -> None:
    there = made(dana)

    answer = dana.post(f"{there}/dropped")

    assert (answer.status_code, answer.location) == (303, "/lists")
    assert dana.get(there).status_code == 404
    assert "Ada Byron" in dana.get("/candidates").text


def test_a_list_whose_tag_is_gone_says_so(dana: Browser, kept: Installation, people: dict[str, UUID]) -> None:
    there = made(dana, tags="porter")
    kept.recruiting.untag_candidate(Command(uuid4(), dana.id), people["Bob"], ["porter"])
    kept.views.catch_up()

    page = dana.get(there).text

    assert "Nobody carries #porter any more, so this list finds nobody until somebody does." in page
    assert "Nobody here." in page


def test_a_list_whose_stage_is_gone_says_so(
    dana: Browser, olive: Browser, kept: Installation, people: dict[str, UUID]
) -> None:
    there = made(dana, stage="offer", name="Offered")
    without = (replace(each, dropped=each.key == "offer") for each in SHIPPED_PROCESS.every_stage)
    other = replace(SHIPPED_PROCESS, every_stage=tuple(without))
    kept.recruiting.change_process(Command(uuid4(), olive.id), kept.views.team.agency().id, other)
    kept.views.catch_up()

    page = dana.get(there).text

    assert "There is no stage “offer” any more, so this list finds nobody until somebody does." in page


# At once


def test_those_ticked_are_tagged(dana: Browser, kept: Installation, people: dict[str, UUID]) -> None:
    there = made(dana)

    answer = dana.htmx.post(
        f"{there}/tags", {"who": [str(people["Ada"]), str(people["Bea"])], "tags": "autumn, #mailed"}
    )

    assert "2 tagged." in answer.text
    tags = {name: kept.views.directory.candidate(id).tags for name, id in people.items()}
    assert tags["Ada"] == ["autumn", "mailed", "nurse"]
    assert tags["Bea"] == ["autumn", "keep", "mailed", "nurse"]
    assert tags["Bob"] == ["porter"]


def test_one_touchpoint_each_and_a_repeat_records_nothing_twice(
    dana: Browser, kept: Installation, people: dict[str, UUID]
) -> None:
    there = made(dana)
    form = {
        "who": [str(people["Ada"]), str(people["Bea"]), str(people["Ada"])],
        "channel": "e-mail",
        "note": "Mailed them the autumn roles",
        "command": str(uuid4()),
    }

    answer = dana.post(f"{there}/touchpoints", form)
    end = kept.recruiting.log.end()
    again = dana.post(f"{there}/touchpoints", form)

    assert (answer.status_code, answer.location) == (303, there)
    assert "2 written down." in dana.get(there).text
    assert again.status_code == 303
    assert kept.recruiting.log.end() == end
    for name in ("Ada", "Bea"):
        (entry,) = kept.views.timeline.of(people[name])
        assert (entry.channel, entry.direction, entry.words) == ("e-mail", "out", "Mailed them the autumn roles")
    assert kept.views.timeline.of(people["Cara"]) == []


@pytest.mark.parametrize(
    ("what", "form", "sentence"),
    [
        ("tags", {"tags": " "}, "Write a tag."),
        ("tags", {"tags": "x" * 51}, "at most 50 fit here"),
        ("touchpoints", {"channel": "e-mail", "note": " "}, "Write what was said."),
        ("touchpoints", {"channel": "note", "note": "Hello"}, "Choose one of these."),
        ("touchpoints", {"channel": "e-mail", "note": "Hello", "who": []}, "Tick whom it is about."),
        ("tags", {"tags": "a", "who": [str(uuid4()) for _ in range(201)]}, "At most 200 people at once."),
        ("tags", {"tags": "a", "who": ["x"]}, "Choose somebody from the list."),
    ],
)
def test_what_cannot_be_done_at_once_is_refused_with_what_was_typed(
    what: str, form: dict, sentence: str, dana: Browser, kept: Installation, people: dict[str, UUID]
) -> None:
    there, end = made(dana), kept.recruiting.log.end()

    answer = dana.htmx.post(f"{there}/{what}", {"who": [str(people["Ada"])], **form})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept.recruiting.log.end() == end
    if form.get("note", "").strip():
        assert "Hello</textarea>" in answer.text


def test_whoever_was_erased_meanwhile_is_left_out_and_counted(
    dana: Browser, kept: Installation, people: dict[str, UUID]
) -> None:
    there = made(dana)
    kept.erase(people["Ada"], dana.id, "asked")

    form = {"who": [str(people["Ada"]), str(people["Bea"])], "tags": "mailed"}
    answer = dana.htmx.post(f"{there}/tags", form)

    assert "1 tagged. 1 could not be: they are gone, or full." in answer.text


def test_the_list_is_a_file_for_a_spreadsheet(dana: Browser, kept: Installation, people: dict[str, UUID]) -> None:
    mail(kept, dana.id, people["Ada"], "Hello", 3, "out")

    answer = dana.get(f"{made(dana)}.csv", buffered=True)

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["Name"] for row in rows] == ["Ada Byron", "Bea Lane"]
    assert (rows[0]["E-mail"], rows[0]["Place"], rows[0]["Tags"]) == ("ada@x.example", "Leeds", "nurse")
    assert rows[0]["Last contact"]
    assert rows[1]["Looked after by"] == "Tom"


def test_an_auditor_reads_shared_lists_and_does_nothing(aude: Browser, dana: Browser, people: dict[str, UUID]) -> None:
    there = made(dana, shared="1")

    page = aude.get(there).text

    assert names(page) == ["Ada Byron", "Bea Lane"]
    assert 'type="checkbox"' not in page
    assert aude.post(f"{there}/tags", {"tags": "x"}).status_code == 403


def test_more_than_fit_on_a_page_go_on(
    dana: Browser, kept: Installation, people: dict[str, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.lists.AT_ONCE", 1)

    for form in ({}, {"tags": "nurse", "place": ""}, {"tags": "", "place": "", "contact_since": "1 Jan 2020"}):
        for name in ("Ada", "Bea"):
            mail(kept, dana.id, people[name], "Hello", 3, "out")
        there, seen = made(dana, **form), []
        after = there
        while after:
            page = dana.get(after).text
            seen += names(page)
            after = page.partition(f'class="button" href="{there}?after=')[2].partition('"')[0]
            after = f"{there}?after={after}" if after else ""

        assert seen[:2] == ["Ada Byron", "Bea Lane"]
        assert len(seen) == len(set(seen)) == (3 if form.get("tags") else 2)
