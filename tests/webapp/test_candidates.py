from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import keep, note, promise
from sqlalchemy import event

from domain.command import Command
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


def test_a_search_finds_people_first_then_words(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    note(kept, dana.id, bob, "Met Ada at the clinic, liked her")

    page, fragment = (re.sub("</?mark>", "", browser.get("/candidates?q=ada").text) for browser in (dana, dana.htmx))

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


# Filters


def shown(page: str) -> list[str]:
    """The names in a list, in order."""
    return re.findall(r'<li>\s*<a href="/candidates/[^"]+">([^<]+)</a>', page)


@pytest.fixture
def four(kept: Installation, dana: Browser, tom: Browser, ada: UUID, bob: UUID) -> dict[str, UUID]:
    """Ada is overdue, Bob has fallen silent, Cleo is Tom's, Dee was spoken to just now; Ada and Cleo are nurses."""
    cleo, dee = (
        UUID(by.post("/candidates", {"name": name}).location.rsplit("/", 1)[1])
        for by, name in ((tom, "Cleo Hart"), (dana, "Dee Fox"))
    )
    promise(kept, dana.id, ada, "late", -2)
    promise(kept, dana.id, bob, "in time", 2)
    talked(kept, dana, bob, 20)
    talked(kept, dana, dee, 0)
    for nurse in (ada, cleo):
        dana.post(f"/candidates/{nurse}/tags", {"tags": "Nurse"})
    return {"ada": ada, "bob": bob, "cleo": cleo, "dee": dee}


def talked(kept: Installation, by: Browser, candidate: UUID, days_ago: int) -> None:
    then = kept.recruiting.log.now() - timedelta(days=days_ago)
    said = ("call", "out", "talked", then, "talked")
    kept.recruiting.record_touchpoint(Command(uuid4(), by.id), candidate, *said)
    kept.views.catch_up()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Ada Byron", "Bob Marsh", "Cleo Hart", "Dee Fox"]),
        ("?owner=me", ["Ada Byron", "Bob Marsh", "Dee Fox"]),
        ("?tag=nurse", ["Ada Byron", "Cleo Hart"]),
        ("?tag=%23NURSE&owner=me", ["Ada Byron"]),
        ("?only=overdue", ["Ada Byron"]),
        ("?only=silent", ["Bob Marsh"]),
        ("?only=silent&tag=nurse", []),
        ("?only=nonsense&owner=nonsense", ["Ada Byron", "Bob Marsh", "Cleo Hart", "Dee Fox"]),
        ("?tag=%00", []),
    ],
)
def test_the_list_is_filtered_by_owner_tag_overdue_and_silent(
    dana: Browser, four: dict[str, UUID], asked: str, names: list[str]
) -> None:
    page, fragment = dana.get(f"/candidates{asked}").text, dana.htmx.get(f"/candidates{asked}").text

    assert shown(page) == shown(fragment) == names
    assert fragment.lstrip().startswith('<div id="found"')
    if not names:
        assert "Show everybody" in page


def test_the_filter_by_a_colleague_keeps_its_choice(dana: Browser, tom: Browser, four: dict[str, UUID]) -> None:
    page = dana.get(f"/candidates?owner={tom.id}").text

    assert shown(page) == ["Cleo Hart"]
    assert f'<option value="{tom.id}" selected>Tom</option>' in page


@pytest.mark.parametrize("only", ["", "overdue", "silent"])
def test_every_filtered_list_goes_on_after_more(dana: Browser, kept: Installation, only: str) -> None:
    for number in range(53):
        there = dana.post("/candidates", {"name": f"Person {number:02}", "tags": "many"}).location
        candidate = UUID(there.rsplit("/", 1)[1])
        if only == "overdue":
            promise(kept, dana.id, candidate, "late", -1 - number)
        if only == "silent":
            talked(kept, dana, candidate, 10 + number)

    page = dana.get(f"/candidates?tag=many&only={only}").text
    more = re.search(r'href="(/candidates\?after=[^"]+)"', page)
    assert more
    rest = dana.htmx.get(more[1].replace("&amp;", "&")).text

    assert len(shown(page)) == 50
    assert sorted(shown(page) + shown(rest)) == [f"Person {number:02}" for number in range(53)]
    assert shown(page)[0] == ("Person 52" if only else "Person 00")
    assert dana.get(f"/candidates?only={only}&after=nonsense").status_code == 404


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


KINDS = {
    "calls": {"channel": "call", "outcome": "voicemail", "direction": "out"},
    "mail": {"channel": "e-mail", "direction": "in"},
    "messages": {"channel": "WhatsApp", "direction": "in"},
    "meetings": {"channel": "video", "direction": "out"},
    "notes": {"channel": "note"},
}


@pytest.mark.parametrize("kind", [*KINDS, "promises"])
def test_the_timeline_is_filtered_by_kind(dana: Browser, kept: Installation, ada: UUID, kind: str) -> None:
    for name, form in KINDS.items():
        dana.post(f"/candidates/{ada}/touchpoints", form | {"note": f"words of {name}"})
    promise(kept, dana.id, ada, "words of promises")

    page, fragment = (
        dana.get(f"/candidates/{ada}?show={kind}").text,
        dana.htmx.get(f"/candidates/{ada}/timeline?show={kind}").text,
    )
    alone = dana.get(f"/candidates/{ada}/timeline?show={kind}").text

    assert fragment.lstrip().startswith('<section id="timeline"')
    for text in (page, fragment, alone):
        stream = text[text.index('<section id="timeline"') :]
        assert f"words of {kind}" in stream
        assert stream.count("words of ") == 1
        assert re.search(rf'aria-current="true">{kind}</a>', stream)
    assert dana.get(f"/candidates/{ada}?show=nonsense").text.count("words of ") > 6


def test_a_filter_stays_while_promises_move_and_ends_with_a_new_note(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    note(kept, dana.id, ada, "an old note")
    kept_one = promise(kept, dana.id, ada, "Ring Ada")
    came_from = {"HX-Current-URL": f"http://localhost/candidates/{ada}?show=calls"}

    move = {"shown_on": "candidate", "seen": "1"}
    moved = dana.client.post(
        f"/promises/{kept_one}/kept",
        data={"csrf_token": dana.token(), "command": str(uuid4()), **move},
        headers={**dana.htmx.headers, **came_from},
    )
    saved = dana.client.post(
        f"/candidates/{ada}/touchpoints",
        data={"csrf_token": dana.token(), "command": str(uuid4()), "channel": "note", "note": "a new note"},
        headers={**dana.htmx.headers, **came_from},
    )

    assert "an old note" not in moved.text
    assert "an old note" in saved.text
    assert "a new note" in saved.text
    assert saved.headers["HX-Replace-Url"] == f"/candidates/{ada}"


def test_a_filtered_timeline_goes_on_filtered(dana: Browser, kept: Installation, ada: UUID) -> None:
    for number in range(20):
        note(kept, dana.id, ada, f"number {number:02}")
        promise(kept, dana.id, ada, f"promise {number:02}")

    page = dana.get(f"/candidates/{ada}?show=notes").text
    more = re.search(rf'href="(/candidates/{ada}/timeline\?before=[^"]+)"', page)
    assert more
    rest = dana.htmx.get(more[1].replace("&amp;", "&")).text

    assert "number 05" in page
    assert "number 04" in rest
    assert "promise 0" not in rest
    assert 'hx-trigger="click, intersect once"' in page


def test_an_empty_timeline_teaches(dana: Browser, kept: Installation, ada: UUID) -> None:
    assert "Write the first note" in dana.get(f"/candidates/{ada}").text
    assert "No calls with Ada Byron yet." in dana.get(f"/candidates/{ada}?show=calls").text


def test_what_was_written_down_days_later_says_so(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = {"channel": "e-mail", "direction": "in", "note": "it came on Thursday"}
    then = kept.recruiting.log.now() - timedelta(days=3, hours=1)
    late = form | {"happened_at": f"{then:%Y-%m-%dT%H:%M}"}
    dana.post(f"/candidates/{ada}/touchpoints", form | {"note": "just now"})
    assert "later</span>" not in dana.get(f"/candidates/{ada}").text

    dana.post(f"/candidates/{ada}/touchpoints", late)

    page = dana.get(f"/candidates/{ada}").text
    assert "written 3 days later" in page
    assert re.search(r'<time datetime="[^"]+" title="\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC">', page)


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
    assert few <= 25
