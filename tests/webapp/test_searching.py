from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import note, promise

from domain.command import Command
from webapp.installation import Installation


@pytest.fixture
def lukasz(kept: Installation, dana: Browser) -> UUID:
    """Somebody with marks on letters, a number, an address and an employer."""
    form = {"name": "Łukasz Nowak", "email": "l.nowak@hull.example", "phone": "0113 496 0042"}
    dana.post("/candidates", form | {"works_at": "Hull Royal", "place": "Hull"})
    (row,) = [row for row in kept.views.directory.page() if row.name == "Łukasz Nowak"]
    return UUID(str(row.id))


# At once


def test_people_and_words_are_found_at_once(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    note(kept, dana.id, bob, "Met Ada at the clinic")
    promise(kept, dana.id, bob, "Ring Ada")

    fragment = dana.htmx.get("/search/at-once?q=ada").text

    assert "<html" not in fragment
    assert f'href="/candidates/{ada}"><mark>Ada</mark> Byron</a>' in fragment
    assert "Met <mark>Ada</mark> at the clinic" in fragment
    assert "Ring <mark>Ada</mark>" in fragment
    assert 'href="/candidates?q=ada">Everything found</a>' in fragment


def test_nothing_asked_is_nothing_answered(dana: Browser, ada: UUID) -> None:
    for asked in ("", "?q=", "?q=%20", "?q=%00"):
        answer = dana.htmx.get(f"/search/at-once{asked}")

        assert (answer.status_code, answer.text) == (200, "")
    assert "Nothing found for “zzz”." in dana.htmx.get("/search/at-once?q=zzz").text


def test_without_htmx_at_once_leads_to_all_that_is_found(dana: Browser) -> None:
    answer = dana.get("/search/at-once?q=ada+byron")

    assert (answer.status_code, answer.location) == (303, "/candidates?q=ada+byron")


def test_a_stranger_finds_nothing_and_an_auditor_everything(client: Browser, aude: Browser, ada: UUID) -> None:
    assert "/login" in client.get("/search/at-once?q=ada").location
    assert client.htmx.get("/search/at-once?q=ada").headers["HX-Redirect"].startswith("/login")
    assert "Byron" in aude.htmx.get("/search/at-once?q=ada").text


# Whom


@pytest.mark.parametrize(
    "asked", ["lukasz", "ŁUKASZ now", "l.nowak@hull", "496 0042", "+44 113 496 0042", "royal", '"hull royal"']
)
def test_people_are_found_by_whatever_is_known_of_them(
    dana: Browser, lukasz: UUID, ada: UUID, bob: UUID, asked: str
) -> None:
    for answer in (
        dana.htmx.get("/search/at-once", query_string={"q": asked}),
        dana.get("/candidates", query_string={"q": asked}),
    ):
        assert f'href="/candidates/{lukasz}"' in answer.text
        assert f'href="/candidates/{ada}"' not in answer.text
        assert f'href="/candidates/{bob}"' not in answer.text


def test_the_number_or_address_that_was_asked_for_is_shown(dana: Browser, lukasz: UUID) -> None:
    assert "0113 496 0042" in dana.htmx.get("/search/at-once?q=4960042").text
    assert "nowak" in dana.htmx.get("/search/at-once?q=l.nowak").text
    assert "0113 496 0042" not in dana.htmx.get("/search/at-once?q=lukasz").text


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("nig shi", ["night shifts", "shifts, no nights"], ["day shifts"]),
        ('"night shifts"', ["night shifts"], ["shifts, no nights", "day shifts"]),
        ("shifts -night", ["day shifts"], ["night shifts"]),
    ],
)
def test_words_are_found_by_their_beginnings_by_phrases_and_without_some(
    dana: Browser, kept: Installation, ada: UUID, asked: str, there: list[str], gone: list[str]
) -> None:
    for words in ("wants night shifts", "wants shifts, no nights", "wants day shifts"):
        note(kept, dana.id, ada, words)

    page = re.sub("</?mark>", "", dana.get("/candidates", query_string={"q": asked}).text)

    assert all(f"wants {words}" in page for words in there)
    assert not any(f"wants {words}" in page for words in gone)


def test_the_newest_stands_first_and_more_come_further_down(dana: Browser, kept: Installation, ada: UUID) -> None:
    for number in range(25):
        note(kept, dana.id, ada, f"rate number {number:02}")

    page = dana.get("/candidates?q=rate").text
    more = re.search(r'href="(/candidates\?q=rate&amp;before=\d+)"', page)
    assert more
    rest = dana.get(more[1].replace("&amp;", "&")).text
    fragment = dana.htmx.get(more[1].replace("&amp;", "&")).text

    assert page.index("number 24") < page.index("number 05")
    assert "number 04" not in page
    assert "number 04" in rest
    assert "number 05" not in rest
    assert fragment.lstrip().startswith('<li class="entry">')
    assert "number 00" in fragment


def test_more_people_come_further_down(dana: Browser, kept: Installation) -> None:
    for number in range(22):
        kept.recruiting.add_candidate(Command(uuid4(), dana.id), f"Smith {number:02}")
    kept.views.catch_up()

    page = dana.get("/candidates?q=smith").text
    more = re.search(r'href="(/candidates\?q=smith&amp;after=[^"]+)"', page)
    assert more
    rest = dana.htmx.get(more[1].replace("&amp;", "&")).text

    names = {match for text in (page, rest) for match in re.findall(r"</mark> (\d\d)</a>", text)}
    assert len(names) == 22
    assert rest.lstrip().startswith("<li>")
    for argument in ("after", "before"):
        assert dana.get(f"/candidates?q=smith&{argument}=nonsense").status_code == 404


# What is marked


def test_what_was_asked_for_is_marked_and_nothing_else_becomes_markup(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    note(kept, dana.id, ada, "<script>alert('x')</script> & the <mark>script</mark> of Łódź")
    dana.post("/candidates", {"name": "<script>alert(2)</script>"})

    for asked, marked in (("script", "&lt;<mark>script</mark>&gt;"), ("lodz", "<mark>Łódź</mark>")):
        for page in (dana.get(f"/candidates?q={asked}").text, dana.htmx.get(f"/search/at-once?q={asked}").text):
            assert marked in page
            assert "<script>alert" not in page
            assert "&lt;mark&gt;" in page


def test_hostile_questions_find_nothing_and_break_nothing(dana: Browser, ada: UUID) -> None:
    signs = ['"', '""', "-", "- -", '-"', "*", "ى", "🙂"]
    for asked in (*signs, "a" * 500, "NEAR(a b)", "a AND", "'; DROP TABLE", "<script>"):
        for path in ("/candidates", "/search/at-once"):
            answer = dana.htmx.get(path, query_string={"q": asked})
            assert answer.status_code == 200
            assert "<script>" not in answer.text


def test_an_excerpt_begins_near_what_was_asked_for(dana: Browser, kept: Installation, ada: UUID) -> None:
    note(kept, dana.id, ada, "so " * 200 + "needle " + "on " * 200)

    page = dana.get("/candidates?q=needle").text

    excerpt = re.search(r'class="plain"[^>]*>(.*?)</a>', page)
    assert excerpt
    assert "<mark>needle</mark>" in excerpt[1]
    assert excerpt[1].startswith("… ")
    assert excerpt[1].endswith(" …")
    assert len(excerpt[1]) < 280
