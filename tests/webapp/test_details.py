from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.command import Command
from webapp.installation import Installation

ZOE = {
    "name": "Zoë Hall",
    "email": "zoe@hall.example\nzoe@work.example",
    "phone": "0113 496 0000\n+44 7700 900123",
    "headline": "Porter",
    "place": "Hull",
    "works_at": "Hull Royal",
    "source": "Referred by Bob",
    "reference": "C-10442",
    "link": "linkedin.com/in/zoe",
    "tags": "#nights, Porter",
}
FORMS = ("details", "owner", "tags", "withdrawal")


def added(kept: Installation, by: Browser, name: str, **details: str) -> UUID:
    recorded = kept.recruiting.add_candidate(Command(uuid4(), by.id), name, **details)
    kept.views.catch_up()
    return recorded.streams[0]


def known(kept: Installation, candidate: UUID) -> Any:
    return kept.views.directory.candidate(candidate)


def details(row: Any, **changed: str) -> dict[str, str]:
    """The form as the page shows it, with some fields changed."""
    names = ("name", "headline", "place", "works_at", "source", "reference", "link")
    shown = {name: getattr(row, name) or "" for name in names}
    ways = {"email": "\n".join(row.emails), "phone": "\n".join(row.phones)}
    return {**shown, **ways, "seen": str(row.changed), **changed}


# Adding


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_name_is_enough(dana: Browser, kept: Installation, by_htmx: bool) -> None:
    browser = dana.htmx if by_htmx else dana

    answer = browser.post("/candidates", {"name": "Zoë Hall"})
    page = dana.get(answer.headers["HX-Redirect"] if by_htmx else answer.location).text

    assert answer.status_code == (200 if by_htmx else 303)
    assert "<h1>Zoë Hall</h1>" in page
    assert ">Dana</a>" in page


@pytest.mark.parametrize("by_htmx", [False, True])
def test_all_that_is_known_is_added_and_shown(dana: Browser, tom: Browser, kept: Installation, by_htmx: bool) -> None:
    browser = dana.htmx if by_htmx else dana

    answer = browser.post("/candidates", ZOE | {"owner": str(tom.id)})
    page = dana.get(answer.headers["HX-Redirect"] if by_htmx else answer.location).text

    for shown in (
        "Porter · Hull · Hull Royal · ",
        ">Tom</a>",
        "tel:01134960000",
        "tel:+447700900123",
        "mailto:zoe%40hall.example",
        "mailto:zoe%40work.example",
        'href="https://linkedin.com/in/zoe"',
        ">linkedin.com<",
        "Source: Referred by Bob · Id: C-10442",
        'href="/candidates?tag=nights">#nights</a>',
        'href="/candidates?tag=Porter">#Porter</a>',
    ):
        assert shown in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Say what the candidate is called."),
        ("name", "x" * 201, "This is too long"),
        ("email", "zoe@hall.example\nzoe", "This does not look like an e-mail address."),
        ("email", "\n".join(f"z{n}@hall.example" for n in range(11)), "At most 10 e-mail addresses fit here."),
        ("phone", "ring me", "This does not look like a telephone number."),
        ("headline", "a\x00b", "This contains characters that cannot be kept."),
        ("link", "javascript:alert(1)", "This does not look like a link."),
        ("tags", "x" * 51, "That is 51 characters; at most 50 fit here."),
        ("owner", "", "Choose who looks after them."),
        ("owner", "somebody", "Choose somebody from the list."),
    ],
)
def test_a_refused_candidate_keeps_what_was_typed(dana: Browser, field: str, value: str, sentence: str) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post("/candidates", ZOE | {field: value})

        assert answer.status_code == 422
        assert f'<span class="error" id="{field}-error">{sentence}' in answer.text
        assert f'aria-invalid="true" aria-describedby="{field}-error"' in answer.text
        assert 'value="Hull Royal"' in answer.text
        assert '<details class="open-add" open>' in answer.text or answer.text.lstrip().startswith("<form")


def test_a_double_click_adds_one(dana: Browser, kept: Installation) -> None:
    form = ZOE | {"command": str(uuid4())}

    first, second = dana.post("/candidates", form), dana.post("/candidates", form)

    assert first.location == second.location
    assert kept.views.directory.count() == 1


@pytest.mark.parametrize(
    ("form", "way"),
    [
        ({"email": "ADA@Byron.example"}, "this e-mail"),
        ({"phone": "+44 113 496 0000"}, "this number"),
        ({"reference": "C-1"}, "this id"),
        ({"link": "https://linkedin.com/in/ada"}, "this link"),
    ],
)
@pytest.mark.parametrize("by_htmx", [False, True])
def test_somebody_known_is_offered_instead(
    olive: Browser, dana: Browser, kept: Installation, form: dict[str, str], way: str, by_htmx: bool
) -> None:
    in_britain(kept, olive)
    known = {"email": "ada@byron.example", "phone": "0113 496 0000", "reference": "C-1"}
    dana.post("/candidates", {"name": "Ada Byron", "link": "linkedin.com/in/ada", **known})
    (ada,) = kept.views.directory.page()
    added(kept, dana, "Bob Marsh", email="bob@marsh.example")
    browser = dana.htmx if by_htmx else dana

    answer = browser.post("/candidates", {"name": "Ada B.", **form})
    anyway = browser.post("/candidates", {"name": "Ada B.", **form, "anyway": "1"})

    assert answer.status_code == 422
    assert f"<strong>Ada Byron</strong> has {way}." in answer.text
    assert f'href="/candidates/{ada.id}">Open Ada Byron</a>' in answer.text
    assert answer.text.index(">Add</button>") < answer.text.index('<button name="anyway" value="1">Add anyway</button>')
    assert 'value="Ada B."' in answer.text
    assert "Bob Marsh" not in re.sub(r'(?s)<div id="found".*', "", answer.text)
    assert anyway.status_code == (200 if by_htmx else 303)
    assert kept.views.directory.count() == 3


def in_britain(kept: Installation, olive: Browser) -> None:
    from domain.agency import AgencySettings

    agency = kept.views.team.agency()
    settings = AgencySettings(name=agency.name, zone=agency.zone, country="GB")
    kept.recruiting.change_settings(Command(uuid4(), olive.id), agency.id, settings)
    kept.views.catch_up()


def test_somebody_erased_or_taken_back_is_known_no_longer(dana: Browser, kept: Installation) -> None:
    for number in (1, 2):
        again = added(kept, dana, "Ada", email="ada@byron.example")
        if number == 1:
            kept.erase(again, None, "asked")
        else:
            kept.recruiting.withdraw_candidate(Command(uuid4(), dana.id), again, "twice")
            kept.views.catch_up()

        assert dana.post("/candidates", {"name": "Ada", "email": "ada@byron.example"}).status_code == 303

        (here,) = kept.views.directory.page()
        kept.erase(here.id, None, "asked")


# Changing


@pytest.mark.parametrize("by_htmx", [False, True])
def test_details_are_changed_in_place(dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool) -> None:
    browser = dana.htmx if by_htmx else dana
    form = browser.get(f"/candidates/{ada}/details").text
    change = details(known(kept, ada), name="Ada King", email="ada@king.example\nada@work.example", phone="0113 1")
    change |= {"phone": "0113 496 0001", "place": "York", "works_at": "York Hospital"}

    answer = browser.post(f"/candidates/{ada}/details", change)
    page = dana.get(f"/candidates/{ada}").text

    assert 'value="Ada Byron"' in form
    assert form.lstrip().startswith("<form" if by_htmx else "<!doctype")
    if by_htmx:
        assert answer.text.lstrip().startswith('<header class="person" id="person"')
        assert "Ada King" in answer.text
        assert 'hx-target="#toast"' in answer.text
    else:
        assert (answer.status_code, answer.location) == (303, f"/candidates/{ada}")
    for shown in ("<h1>Ada King</h1>", "mailto:ada%40work.example", "tel:01134960001", "York · York Hospital"):
        assert shown in page
    assert known(kept, bob).name == "Bob Marsh"


def test_details_that_somebody_changed_meanwhile_are_409_and_every_word_stays(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID
) -> None:
    before = known(kept, ada)
    tom.post(f"/candidates/{ada}/details", details(before, place="York"))

    for browser in (dana, dana.htmx):
        answer = browser.post(f"/candidates/{ada}/details", details(before, place="Hull", email="ada@hull.example"))

        assert answer.status_code == 409
        assert re.search(r"Tom changed this at \d\d:\d\d\. Your words are still here\.", answer.text)
        assert 'value="Hull"' in answer.text
        assert "ada@hull.example</textarea>" in answer.text
        assert "It now says: York" in answer.text
        assert f'name="seen" value="{known(kept, ada).changed}"' in answer.text
    assert known(kept, ada).place == "York"


def test_refused_details_stand_in_their_place(dana: Browser, kept: Installation, ada: UUID) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post(f"/candidates/{ada}/details", details(known(kept, ada), name=" ", headline="Matron"))

        assert answer.status_code == 422
        assert '<span class="error" id="name-error">Say what the candidate is called.</span>' in answer.text
        assert 'value="Matron"' in answer.text
    assert known(kept, ada).headline == "Staff nurse"


@pytest.mark.parametrize("by_htmx", [False, True])
def test_somebody_else_looks_after_them(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana
    seen = str(known(kept, ada).changed)
    form = browser.get(f"/candidates/{ada}/owner").text

    answer = browser.post(f"/candidates/{ada}/owner", {"owner": str(tom.id), "seen": seen})
    stale = browser.post(f"/candidates/{ada}/owner", {"owner": str(dana.id), "seen": seen})
    nobody = browser.post(f"/candidates/{ada}/owner", {"owner": str(ada), "seen": seen})

    assert f'<option value="{dana.id}" selected>Dana</option>' in form
    assert ">Aude<" not in form
    assert answer.status_code == (200 if by_htmx else 303)
    assert stale.status_code == 409
    assert "Dana changed this at" in stale.text
    assert nobody.status_code == 422
    assert "Choose who looks after them." in nobody.text
    assert known(kept, ada).owner == tom.id


@pytest.mark.parametrize("by_htmx", [False, True])
def test_tags_are_put_on_and_taken_off_in_place(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana
    dana.post(f"/candidates/{bob}/tags", {"tags": "leeds"})
    there = f"/candidates/{ada}/tags"

    form = browser.get(there).text
    answer = browser.post(there, {"tags": "#nurse, Nights, nurse"})
    off = browser.post(there, {"remove": "nights", "tags": "half typed"})

    assert '<option value="leeds"></option>' in form
    assert answer.status_code == off.status_code == (200 if by_htmx else 303)
    if by_htmx:
        assert answer.text.lstrip().startswith('<header class="person" id="person"')
        assert 'value="Nights"' in answer.text
        assert "data-focus" in answer.text
    assert known(kept, ada).tags == ["nurse"]
    assert known(kept, bob).tags == ["leeds"]


def test_a_refused_tag_stays_in_its_field(dana: Browser, ada: UUID) -> None:
    for browser in (dana, dana.htmx):
        for written, sentence in (("", "Write a tag."), ("x" * 51, "That is 51 characters; at most 50 fit here.")):
            answer = browser.post(f"/candidates/{ada}/tags", {"tags": written})

            assert answer.status_code == 422
            assert f'<span class="error" id="tags-error">{sentence}</span>' in answer.text
            assert f'value="{written}"' in answer.text


@pytest.mark.parametrize("by_htmx", [False, True])
def test_somebody_added_by_mistake_leaves_every_list(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana

    answer = browser.post(f"/candidates/{ada}/withdrawal", {"why": "entered twice"})
    page = dana.get(f"/candidates/{ada}").text

    assert answer.status_code == (200 if by_htmx else 303)
    assert "Taken back" in page
    assert "entered twice" in page
    assert 'id="save"' not in page
    assert "Change details" not in page
    assert "Ada Byron" not in dana.get("/candidates").text
    assert "Bob Marsh" in dana.get("/candidates").text
    assert "Nobody" not in dana.get("/candidates?q=bob").text
    for noun, form in (("details", details(known(kept, ada))), ("tags", {"tags": "nurse"})):
        refused = browser.post(f"/candidates/{ada}/{noun}", form)
        assert refused.status_code == 422
        assert "This person was taken back as added by mistake." in refused.text


# Who may not


def test_a_stranger_an_auditor_and_a_wrong_address_are_turned_away(
    client: Browser, aude: Browser, dana: Browser, kept: Installation, ada: UUID
) -> None:
    form = details(known(kept, ada)) | {"owner": str(dana.id), "tags": "nurse"}
    for noun in FORMS:
        there = f"/candidates/{ada}/{noun}"
        assert "/login" in client.get(there).location
        assert client.htmx.get(there).headers["HX-Redirect"].startswith("/login")
        assert client.post(there, form).status_code in (302, 303, 401)
        assert aude.post(there, form).status_code == 403
        assert aude.htmx.post(there, form).status_code == 403
        for browser in (dana, dana.htmx):
            assert browser.get(f"/candidates/{uuid4()}/{noun}").status_code == 404
            assert browser.post(f"/candidates/{uuid4()}/{noun}", form).status_code == 404
    page = aude.get(f"/candidates/{ada}").text
    assert "Change details" not in page
    assert "Add tags" not in page
