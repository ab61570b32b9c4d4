"""Conversations with several people, entries moved to the right person, promises kept by what is written down."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days, note, promise

from webapp.installation import Installation

CALL = {"channel": "call", "outcome": "talked", "direction": "out", "note": "Spoke about **Friday**"}


@pytest.fixture
def cleo(kept: Installation, dana: Browser) -> UUID:
    return UUID(dana.post("/candidates", {"name": "Cleo Hart"}).location.rsplit("/", 1)[1])


def to(candidate: UUID) -> str:
    return f"/candidates/{candidate}/touchpoints"


def touchpoints(kept: Installation, candidate: UUID) -> list[Any]:
    return [row for row in kept.views.timeline.of(candidate) if row.kind == "touchpoint"]


# Several people in one conversation


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_conversation_stands_with_everybody_who_was_there(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, cleo: UUID, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana

    answer = browser.post(to(ada), {**CALL, "also_with": [str(bob)]})
    page, other = dana.get(f"/candidates/{ada}").text, dana.get(f"/candidates/{bob}").text

    assert answer.status_code == (200 if by_htmx else 303)
    if by_htmx:
        assert "Saved, with Bob Marsh." in answer.text
    for shown, beside, beside_name in ((page, bob, "Bob Marsh"), (other, ada, "Ada Byron")):
        assert "Spoke about <strong>Friday</strong>" in shown
        assert f'with <a href="/candidates/{beside}">{beside_name}</a>' in shown
    assert touchpoints(kept, cleo) == []


def test_without_javascript_people_are_found_ticked_and_kept(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, cleo: UUID
) -> None:
    looked = dana.post(to(ada), {**CALL, "also": "cleo", "also_with": [str(bob)], "find": "1"})

    assert looked.status_code == 200
    assert f'name="also_with" value="{bob}" checked' in looked.text
    assert f'name="also_with" value="{cleo}">' in looked.text
    assert "Spoke about **Friday**</textarea>" in looked.text
    assert '<details class="fold" open>' in looked.text
    assert touchpoints(kept, ada) == []


def test_with_htmx_they_are_found_while_the_name_is_typed(dana: Browser, ada: UUID, bob: UUID) -> None:
    fragment = dana.htmx.get(f"/candidates/{ada}/others?also=mar").text
    nobody = dana.htmx.get(f"/candidates/{ada}/others?also=zzz&also_with={bob}").text
    herself = dana.htmx.get(f"/candidates/{ada}/others?also=ada").text

    assert fragment.lstrip().startswith('<div id="also-with"')
    assert f'value="{bob}">' in fragment
    assert "Nobody else is called “zzz”." in nobody
    assert f'value="{bob}" checked' in nobody
    assert str(ada) not in herself
    assert dana.get(f"/candidates/{ada}/others?also=mar").location == f"/candidates/{ada}"


def test_a_name_that_nobody_chose_is_not_passed_over(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post(to(ada), {**CALL, "also": "bob"})

        assert answer.status_code == 422
        assert "Choose who else was there, or empty this field." in answer.text
        assert f'name="also_with" value="{bob}">' in answer.text
        assert "Spoke about **Friday**</textarea>" in answer.text
    assert touchpoints(kept, ada) == []


# A promise kept by it


@pytest.mark.parametrize("by_htmx", [False, True])
def test_what_is_written_down_keeps_a_promise(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool
) -> None:
    ring = promise(kept, dana.id, ada, "Ring Ada")
    other = promise(kept, dana.id, bob, "Ring Bob")
    browser = dana.htmx if by_htmx else dana
    form = dana.get(f"/candidates/{ada}").text

    answer = browser.post(to(ada), {**CALL, "keeps": str(ring)})

    (entry,) = touchpoints(kept, ada)
    row = kept.views.promises.promise(ring)
    assert f'<option value="{ring}">Keeps: Ring Ada, due ' in form
    assert str(other) not in form
    assert (row.state, row.evidence) == ("kept", entry.subject)
    assert kept.views.promises.promise(other).state == "open"
    if by_htmx:
        assert "“Ring Ada” is kept." in answer.text


@pytest.mark.parametrize("wrong", ["somebody else's", "unknown", "no id"])
def test_only_a_promise_to_this_person_can_be_kept(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, wrong: str
) -> None:
    promise(kept, dana.id, ada, "Ring Ada")
    others = promise(kept, dana.id, bob, "Ring Bob")
    chosen = {"somebody else's": str(others), "unknown": str(uuid4()), "no id": "x"}[wrong]

    for browser in (dana, dana.htmx):
        answer = browser.post(to(ada), {**CALL, "keeps": chosen})

        assert answer.status_code == 422
        assert 'id="keeps-error"' in answer.text
        assert "Spoke about **Friday**</textarea>" in answer.text
    assert touchpoints(kept, ada) == []


# Wrong person?


@pytest.mark.parametrize("by_htmx", [False, True])
def test_an_entry_is_moved_to_the_right_person_in_one_step(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool
) -> None:
    tom.post(to(ada), CALL | {"promise": "Send rate card", "due": in_days(kept, 2), "who": str(tom.id)})
    (entry,) = touchpoints(kept, ada)
    stays = note(kept, dana.id, ada, "stays here")
    browser = dana.htmx if by_htmx else dana
    there = f"/touchpoints/{entry.subject}/move"

    form = browser.get(there).text
    found = browser.get(f"{there}?q=bob").text
    answer = browser.post(there, {"candidate": str(bob)})
    page, right = dana.get(f"/candidates/{ada}").text, dana.get(f"/candidates/{bob}").text

    assert "Who is the right person?" in form
    assert f'name="candidate" value="{bob}"' in found
    assert found.lstrip().startswith("<form" if by_htmx else "<!doctype")
    if by_htmx:
        assert f'Moved to <a href="/candidates/{bob}">Bob Marsh</a>.' in answer.text
    else:
        assert (answer.status_code, answer.location) == (303, f"/candidates/{bob}")
    assert "Spoke about" not in page
    (moved,) = touchpoints(kept, bob)
    assert f'moved to <a href="/candidates/{bob}#touchpoint-{moved.subject}">Bob Marsh</a> by Dana' in page
    assert "stays here" in page
    assert "Spoke about <strong>Friday</strong>" in right
    assert "Send rate card" in right
    assert "moved here by Dana" in right
    assert re.search(r"talked.*Tom", right)
    assert "Its words are removed here." in dana.get(f"/touchpoints/{entry.subject}").text
    assert "moved here by Dana" in dana.get(f"/touchpoints/{moved.subject}").text
    assert kept.views.promises.of(bob)[0].state == "open"
    assert kept.views.timeline.entry(stays).words == "stays here"


def test_moving_is_refused_in_place(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    entry = note(kept, dana.id, ada, "about whom?")
    there = f"/touchpoints/{entry}/move"

    for browser in (dana, dana.htmx):
        for form, sentence in (
            ({}, "Choose the right person."),
            ({"candidate": str(ada)}, "This entry is about this person already."),
            ({"candidate": "x"}, "Choose somebody from the list."),
        ):
            answer = browser.post(there, form | {"q": "bob"})
            assert answer.status_code == 422
            assert sentence in answer.text
            assert f'name="candidate" value="{bob}"' in answer.text
        assert browser.post(there, {"candidate": str(uuid4())}).status_code == 404
    assert "Nobody else is called “ada”." in dana.get(f"{there}?q=ada").text
    assert kept.views.timeline.entry(entry).words == "about whom?"


def test_moving_the_same_entry_twice_moves_it_once(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    entry = note(kept, dana.id, ada, "about Bob")

    answers = [dana.post(f"/touchpoints/{entry}/move", {"candidate": str(bob)}) for _ in range(2)]

    assert answers[0].status_code == 303
    assert answers[1].status_code in (303, 422)
    assert len(touchpoints(kept, bob)) == 1


def test_strangers_auditors_and_unknown_ids_are_turned_away(
    client: Browser, aude: Browser, dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    entry = note(kept, dana.id, ada, "here")
    there, form = f"/touchpoints/{entry}/move", {"candidate": str(bob)}

    assert "/login" in client.get(there).location
    assert client.post(there, form).status_code in (302, 303, 401)
    assert aude.get(there).status_code == aude.post(there, form).status_code == 403
    assert "Wrong person?" not in aude.get(f"/candidates/{ada}").text
    for browser in (dana, dana.htmx):
        assert browser.get(f"/touchpoints/{uuid4()}/move").status_code == 404
        assert browser.post(f"/touchpoints/{uuid4()}/move", form).status_code == 404
        assert browser.get(f"/candidates/{uuid4()}/others?also=bob").status_code == 404
