from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import keep, note, promise
from sqlalchemy import event

from webapp.installation import Installation

ZOE = {"name": "Zoë Hall", "email": "zoe@hall.example", "phone": "0113 496 0000", "headline": "Porter", "place": "Hull"}


def test_a_stranger_is_sent_to_the_sign_in(client: Browser, ada: UUID) -> None:
    for path in ("/candidates", f"/candidates/{ada}", f"/candidates/{ada}/timeline"):
        assert "/login" in client.get(path).location
        assert client.htmx.get(path).headers["HX-Redirect"].startswith("/login")
    assert client.post("/candidates", ZOE).status_code in (302, 303, 401)


def test_an_auditor_reads_and_is_offered_nothing_to_change(
    aude: Browser, kept: Installation, dana: Browser, ada: UUID
) -> None:
    promise(kept, dana.id, ada, "Send rate card")

    page = aude.get(f"/candidates/{ada}").text

    assert "Send rate card" in page
    assert "Save" not in page
    assert ">Kept</button>" not in page
    assert "Add candidate" not in aude.get("/candidates").text
    assert aude.post("/candidates", ZOE).status_code == 403


def test_an_unknown_candidate_is_404(dana: Browser) -> None:
    for path in (f"/candidates/{uuid4()}", f"/candidates/{uuid4()}/timeline", "/candidates/nobody"):
        assert dana.get(path).status_code == 404
        assert dana.htmx.get(path).status_code == 404


def test_an_empty_list_teaches_and_opens_the_form(dana: Browser) -> None:
    page = dana.get("/candidates").text

    assert "No candidates yet." in page
    assert '<details class="open-add" open>' in page


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_candidate_is_added_and_shown(dana: Browser, by_htmx: bool) -> None:
    browser = dana.htmx if by_htmx else dana
    answer = browser.post("/candidates", ZOE)

    there = answer.headers["HX-Redirect"] if by_htmx else answer.location
    page = dana.get(there).text

    assert answer.status_code == (200 if by_htmx else 303)
    for shown in ("Zoë Hall", "Porter", "Hull", "looked after by Dana", "tel:01134960000", "mailto:zoe%40hall.example"):
        assert shown in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Say what the candidate is called."),
        ("email", "zoe", "This does not look like an e-mail address."),
        ("phone", "ring me", "This does not look like a telephone number."),
    ],
)
def test_a_refused_candidate_keeps_what_was_typed(dana: Browser, field: str, value: str, sentence: str) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post("/candidates", ZOE | {field: value})

        assert answer.status_code == 422
        assert f'<span class="error" id="{field}-error">{sentence}</span>' in answer.text
        assert f'aria-invalid="true" aria-describedby="{field}-error"' in answer.text
        assert 'value="Porter"' in answer.text
        assert '<details class="open-add" open>' in answer.text or answer.text.lstrip().startswith("<form")


def test_a_double_click_adds_one(dana: Browser, kept: Installation) -> None:
    form = ZOE | {"command": str(uuid4())}

    first, second = dana.post("/candidates", form), dana.post("/candidates", form)

    assert first.location == second.location
    assert kept.views.directory.count() == 1


def test_a_search_finds_people_first_then_words(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    note(kept, dana.id, bob, "Met Ada at the clinic, liked her")

    page, fragment = dana.get("/candidates?q=ada").text, dana.htmx.get("/candidates?q=ada").text

    assert page.index("Ada Byron") < page.index("Met Ada at the clinic") < page.index("</main>")
    assert fragment.lstrip().startswith('<div id="found"')
    assert "Met Ada at the clinic" in fragment
    assert "Bob Marsh" in fragment
    assert "Nothing found for “zzz”." in dana.get("/candidates?q=zzz").text


def test_a_long_list_goes_on_after_more(dana: Browser, kept: Installation) -> None:
    for number in range(55):
        dana.post("/candidates", {"name": f"Person {number:02}"})

    page = dana.get("/candidates").text
    more = re.search(r'href="(/candidates\?after=[^"]+)"', page)
    assert more
    rest = dana.get(more[1]).text
    fragment = dana.htmx.get(more[1]).text

    assert "55 candidates" in page
    assert "Person 49" in page
    assert "Person 50" not in page
    assert "Person 54" in rest
    assert "Person 49" not in rest
    assert fragment.lstrip().startswith("<li>")
    assert dana.get("/candidates?after=nonsense").status_code == 404


def test_a_page_shows_only_the_candidate_asked_for(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    note(kept, dana.id, ada, "about Ada")
    note(kept, dana.id, bob, "about Bob")
    promise(kept, dana.id, bob, "Only to Bob")

    page = dana.get(f"/candidates/{ada}").text

    assert "about Ada" in page
    assert "about Bob" not in page
    assert "Only to Bob" not in page


def test_the_fragment_of_a_page_is_its_record(dana: Browser, ada: UUID) -> None:
    fragment = dana.htmx.get(f"/candidates/{ada}").text

    assert fragment.lstrip().startswith('<div id="record"')
    assert "<html" not in fragment


def test_the_timeline_goes_on_after_more(dana: Browser, kept: Installation, ada: UUID) -> None:
    for number in range(25):
        note(kept, dana.id, ada, f"number {number:02}")

    page = dana.get(f"/candidates/{ada}").text
    more = re.search(rf'href="(/candidates/{ada}/timeline\?before=[^"]+)"', page)
    assert more
    earlier, fragment = dana.get(more[1]).text, dana.htmx.get(more[1]).text

    assert "number 10" in page
    assert "number 09" not in page
    assert "number 09" in earlier
    assert "number 10" not in earlier
    assert fragment.lstrip().startswith("<li")
    assert dana.get(f"/candidates/{ada}/timeline?before=yesterday").status_code == 404
    for address in (f"/candidates/{ada}/timeline?before=1~", "/candidates?q=ada&before=", "/promises?after="):
        assert dana.get(f"{address}{2**63}").status_code == 404


def test_what_presses_is_never_folded_away(dana: Browser, kept: Installation, ada: UUID) -> None:
    for days in (20, 10, 9, 8, -1, -2, -3):
        promise(kept, dana.id, ada, f"due in {days}", days)

    page = dana.get(f"/candidates/{ada}").text
    folded = page.index("4 more open")

    for days in (-3, -2, -1):
        assert page.index(f">due in {days}<") < folded
    for days in (8, 9, 10, 20):
        assert page.index(f">due in {days}<") > folded
    assert "3 overdue" in page
    assert "7 open" in page


def test_an_erased_person_is_a_page_without_words(dana: Browser, kept: Installation, ada: UUID) -> None:
    note(kept, dana.id, ada, "**secret** words")
    kept_promise = promise(kept, dana.id, ada, "secret promise")
    keep(kept, dana.id, kept_promise)

    kept.erase(ada, None, "asked")
    page = dana.get(f"/candidates/{ada}").text

    assert "Erased person" in page
    assert "words removed" in page
    assert "secret" not in page
    assert "Byron" not in page
    assert 'id="save"' not in page

    for form, noun in (({"channel": "note", "note": "n"}, "touchpoints"), ({"promise": "p"}, "promises")):
        form |= {"due": "2030-01-01", "who": str(dana.id)} if "promise" in form else {}
        answer = dana.htmx.post(f"/candidates/{ada}/{noun}", form)
        assert answer.status_code == 422
        assert "Nothing more can be recorded about them." in answer.text


def test_a_page_asks_a_constant_number_of_questions(dana: Browser, kept: Installation, ada: UUID) -> None:
    def asked() -> int:
        statements: list[str] = []
        engines = [store._engine for store in (kept.views.store, kept.vault, kept.work) if hasattr(store, "_engine")]
        for engine in engines:
            event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
        dana.get(f"/candidates/{ada}")
        return len(statements)

    note(kept, dana.id, ada, "one")
    promise(kept, dana.id, ada, "one")
    few = asked()
    for number in range(15):
        note(kept, dana.id, ada, f"more {number}")
        promise(kept, dana.id, ada, f"more {number}", number)

    assert asked() <= 2 * few  # listeners add up: the second count is seen twice
    assert few <= 12
