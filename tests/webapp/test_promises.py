from __future__ import annotations

import re
from datetime import time
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days, keep, note, promise

from webapp.installation import Installation

PLACES = {
    "candidate": '<div id="record"',
    "today": '<div id="today"',
    "ledger": "<li class=",
    "promise": '<div id="promise"',
}


def state(kept: Installation, id: UUID) -> str:
    return str(kept.views.promises.promise(id).state)


@pytest.fixture
def card(kept: Installation, dana: Browser, ada: UUID, bob: UUID) -> UUID:
    """What Dana promised Ada; and, so that a forgotten filter fails, something promised to Bob."""
    promise(kept, dana.id, bob, "Ask about the van")
    return promise(kept, dana.id, ada, "Send rate card")


# Moves


@pytest.mark.parametrize("place", list(PLACES))
def test_a_move_answers_with_the_place_it_was_made_from(
    dana: Browser, kept: Installation, card: UUID, place: str
) -> None:
    answer = dana.htmx.post(f"/promises/{card}/kept", {"seen": "1", "shown_on": place})

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith(PLACES[place])
    assert f'id="promise-{card}"' in answer.text
    assert ">Undo</button>" in answer.text
    assert state(kept, card) == "kept"


def test_a_browser_goes_back_to_where_it_was(dana: Browser, kept: Installation, card: UUID, ada: UUID) -> None:
    def after(move: str, place: str, **options: dict[str, str]) -> str:
        seen = str(kept.views.promises.promise(card).changed)
        return str(dana.post(f"/promises/{card}/{move}", {"seen": seen, "shown_on": place}, **options).location)

    assert after("kept", "candidate") == f"/candidates/{ada}#promise-{card}"
    assert after("undo", "today") == f"/?just={card}#promise-{card}"
    listed = {"headers": {"Referer": "http://localhost/promises?status=open"}}
    assert after("kept", "ledger", **listed) == f"/promises?status=open#promise-{card}"
    assert after("undo", "promise") == f"/promises/{card}"
    elsewhere = {"headers": {"Referer": "https://evil.example/promises?x"}}
    assert after("kept", "ledger", **elsewhere).startswith("/promises")


def test_every_move_and_back(dana: Browser, kept: Installation, card: UUID) -> None:
    seen = 1
    for move, form, then in (
        ("kept", {}, "kept"),
        ("undo", {}, "open"),
        ("not-kept", {"cause": "we forgot"}, "broken"),
        ("undo", {}, "open"),
        ("release", {"why": "She found a job"}, "released"),
        ("undo", {}, "open"),
        ("dates", {"due": in_days(kept, 9), "due_at": "09:30", "why": "client asked"}, "open"),
    ):
        answer = dana.htmx.post(f"/promises/{card}/{move}", {"seen": str(seen), "shown_on": "promise", **form})
        seen += 1

        assert answer.status_code == 200, answer.text
        assert state(kept, card) == then
    history = re.sub(r"<[^>]+>|\s+", " ", dana.get(f"/promises/{card}").text)
    for sentence in (
        "Dana promised it, due",
        "Dana kept it",
        "Dana took back the last move: it is open, due",
        "Dana noted it as not kept: we forgot",
        "Dana noted it as no longer needed",
        "She found a job",
        "Dana moved it to",
        "client asked",
    ):
        assert sentence in " ".join(history.split())


def test_a_row_offers_only_legal_moves(dana: Browser, kept: Installation, card: UUID, ada: UUID) -> None:
    still_open = dana.get(f"/candidates/{ada}").text
    dana.post(f"/promises/{card}/kept", {"seen": "1"})
    closed = dana.get(f"/candidates/{ada}").text
    dana.post(f"/promises/{card}/undo", {"seen": "2"})
    reopened = dana.get(f"/promises/{card}").text

    for offered in (">Kept</button>", ">New date</button>", ">Not kept</button>", ">No longer needed</button>"):
        assert offered in still_open
        assert offered not in closed
        assert offered in reopened
    assert ">Undo</button>" in closed
    assert ">Undo</button>" not in reopened


@pytest.mark.parametrize("move", ["kept", "not-kept", "release", "dates"])
def test_a_closed_promise_refuses_another_move(
    dana: Browser, tom: Browser, kept: Installation, card: UUID, move: str
) -> None:
    keep(kept, tom.id, card)

    for seen, status, sentence in (("2", 422, "This promise is already kept."), ("1", 409, "Tom changed this at")):
        for browser in (dana, dana.htmx):
            form = {
                "seen": seen,
                "shown_on": "candidate",
                "cause": "other",
                "due": in_days(kept, 5),
                "why": "my reason",
            }
            answer = browser.post(f"/promises/{card}/{move}", form)

            assert answer.status_code == status
            assert sentence in answer.text
            if move in ("release", "dates"):
                assert 'value="my reason"' in answer.text


@pytest.mark.parametrize(
    ("move", "form", "field", "sentence"),
    [
        ("dates", {"due": ""}, "due", "Say by when."),
        ("dates", {"due": "soon"}, "due", "That is not a date."),
        ("dates", {"due": "2001-01-01"}, "due", "That date is more than a year ago."),
        ("dates", {"due": "2026-12-24", "due_at": "9ish"}, "due_at", "That is not a time."),
        ("not-kept", {"cause": ""}, "cause", "Choose one of these."),
        ("release", {"why": "x" * 300}, "why", "This is too long"),
    ],
)
@pytest.mark.parametrize("place", list(PLACES))
def test_a_refused_move_shows_its_form_again_in_the_same_place(
    dana: Browser, card: UUID, place: str, move: str, form: dict[str, str], field: str, sentence: str
) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post(f"/promises/{card}/{move}", {"seen": "1", "shown_on": place, "why": "typed", **form})

        assert answer.status_code == 422
        assert f'id="{field}-error-promise-{card}">{sentence}' in answer.text
        assert f'action="/promises/{card}/{move}"' in answer.text
        if move == "dates":
            assert 'value="typed"' in answer.text


def test_the_form_of_a_move_is_asked_for_in_the_row_or_on_the_page(dana: Browser, card: UUID) -> None:
    for move in ("dates", "not-kept", "release"):
        fragment = dana.htmx.get(f"/promises/{card}?move={move}&shown_on=today").text
        page = dana.get(f"/promises/{card}?move={move}").text

        assert fragment.lstrip().startswith("<form")
        assert 'name="shown_on" value="today"' in fragment
        assert f'action="/promises/{card}/{move}"' in page
    assert "<form" in dana.get(f"/promises/{card}?move=nonsense").text


def test_the_same_move_sent_twice_counts_once(dana: Browser, kept: Installation, card: UUID) -> None:
    form = {"seen": "1", "shown_on": "candidate", "command": str(uuid4())}

    first, second = dana.htmx.post(f"/promises/{card}/kept", form), dana.htmx.post(f"/promises/{card}/kept", form)

    assert (first.status_code, second.status_code) == (200, 200)
    assert [step.what for step in kept.views.promises.history(card)] == ["made", "kept"]


def test_an_unknown_promise_is_404_and_others_are_turned_away(
    client: Browser, aude: Browser, dana: Browser, card: UUID
) -> None:
    assert dana.get(f"/promises/{uuid4()}").status_code == 404
    for move in ("kept", "not-kept", "dates", "release", "undo"):
        form = {"seen": "1", "cause": "other", "due": "2026-12-24"}
        assert dana.htmx.post(f"/promises/{uuid4()}/{move}", form).status_code == 404
        assert aude.post(f"/promises/{card}/{move}", form).status_code == 403
        assert client.htmx.post(f"/promises/{card}/{move}", form).headers["HX-Redirect"].startswith("/login")
    assert ">Kept</button>" not in aude.get(f"/promises/{card}").text


# Making one without a note


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_promise_is_made_without_a_note(dana: Browser, kept: Installation, ada: UUID, by_htmx: bool) -> None:
    browser = dana.htmx if by_htmx else dana
    form = {"promise": "Ring on Friday", "due": in_days(kept, 4), "due_at": "09:00", "who": str(dana.id)}

    refused = browser.post(f"/candidates/{ada}/promises", form | {"due": ""})
    empty = browser.post(f"/candidates/{ada}/promises", {"who": str(dana.id)})
    answer = browser.post(f"/candidates/{ada}/promises", form)
    page = dana.get(f"/candidates/{ada}").text

    assert refused.status_code == 422
    assert 'id="due-error-promised">Say by when.' in refused.text
    assert 'value="Ring on Friday"' in refused.text
    assert empty.status_code == 422
    assert "Say what you promised." in empty.text
    assert answer.status_code == (200 if by_htmx else 303)
    assert page.count("Ring on Friday") == 2  # in the list, and in the timeline
    assert ", 09:00" in page


# The ledger


@pytest.fixture
def several(kept: Installation, dana: Browser, tom: Browser, ada: UUID, bob: UUID) -> None:
    promise(kept, dana.id, ada, "Dana to Ada, open")
    promise(kept, tom.id, bob, "Tom to Bob, open")
    keep(kept, dana.id, promise(kept, dana.id, bob, "Dana to Bob, kept"))


@pytest.mark.usefixtures("several")
def test_the_ledger_is_filtered(dana: Browser, tom: Browser, ada: UUID) -> None:
    def shown(query: str) -> set[str]:
        return set(re.findall(r">((?:Dana|Tom) to \w+, \w+)<", dana.get(f"/promises{query}").text))

    everything = {"Dana to Ada, open", "Tom to Bob, open", "Dana to Bob, kept"}
    assert shown("") == everything
    assert shown("?status=open") == {"Dana to Ada, open", "Tom to Bob, open"}
    assert shown("?status=kept") == {"Dana to Bob, kept"}
    assert shown("?who=me") == {"Dana to Ada, open", "Dana to Bob, kept"}
    assert shown(f"?who={tom.id}") == {"Tom to Bob, open"}
    assert shown("?status=open&who=me") == {"Dana to Ada, open"}
    assert shown("?candidate=bob") == {"Tom to Bob, open", "Dana to Bob, kept"}
    assert shown(f"?candidate={ada}") == {"Dana to Ada, open"}
    assert shown("?candidate=nobody") == set()
    assert shown("?status=nonsense&who=nonsense") == everything
    assert shown("?status=broken") == set()
    assert 'value="Ada Byron"' in dana.get(f"/promises?candidate={ada}").text
    assert "Nobody is called “nobody”." in dana.get("/promises?candidate=nobody").text
    assert "No promise fits this." in dana.get("/promises?status=broken").text


def test_two_of_the_same_name_are_told_apart(dana: Browser, kept: Installation, ada: UUID) -> None:
    dana.post("/candidates", {"name": "Ada Marsh", "place": "York"})

    page = dana.get("/promises?candidate=ada").text

    assert "Whom do you mean?" in page
    assert f"/promises?candidate={ada}" in page
    assert "York" in page


def test_an_empty_ledger_teaches(dana: Browser) -> None:
    assert "No promises yet." in dana.get("/promises").text


def test_the_ledger_goes_on_after_more(dana: Browser, kept: Installation, ada: UUID) -> None:
    for number in range(55):
        promise(kept, dana.id, ada, f"number {number:02}")

    page = dana.get("/promises?status=open").text
    more = re.search(r'href="(/promises\?[^"]*after=[^"]+)"', page)
    assert more
    address = more[1].replace("&amp;", "&")
    rest, fragment = dana.get(address).text, dana.htmx.get(address).text

    assert "status=open" in address
    assert "number 05" in page
    assert "number 04" not in page
    assert "number 04" in rest
    assert "number 05" not in rest
    assert fragment.lstrip().startswith("<li")
    assert "number 00" in fragment


def test_a_promise_page_leads_to_where_it_was_said(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = {"channel": "call", "outcome": "talked", "direction": "out", "promise": "Ring", "due": in_days(kept, 1)}
    dana.post(f"/candidates/{ada}/touchpoints", form | {"who": str(dana.id)})
    (made,) = kept.views.promises.of(ada)

    page = dana.get(f"/promises/{made.id}").text

    assert f'href="/touchpoints/{made.touchpoint}"' in page
    assert f'href="/candidates/{ada}"' in page
    assert "Due tomorrow" in page


def test_a_due_with_a_time_says_so(dana: Browser, kept: Installation, ada: UUID) -> None:
    late = promise(kept, dana.id, ada, "Ring", -3, time(9, 0))

    page = dana.get(f"/promises/{late}").text

    assert ", 09:00" in page
    assert "Overdue by 3 days" in page


def test_words_of_an_erased_person_are_gone_from_the_ledger(
    dana: Browser, kept: Installation, ada: UUID, card: UUID
) -> None:
    note(kept, dana.id, ada, "a note")
    kept.erase(ada, None, "asked")

    for page in (dana.get("/promises").text, dana.get(f"/promises/{card}").text):
        assert "Send rate card" not in page
        assert "words removed" in page
        assert "an erased person" in page
    assert "Ask about the van" in dana.get("/promises").text


def test_the_ledger_counts_by_state_whose_promises_these_are(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID
) -> None:
    mine, _ = (promise(kept, dana.id, ada, words) for words in ("Send the rate card", "Ring with the rate"))
    promise(kept, tom.id, ada, "Introduce her")
    keep(kept, dana.id, mine)

    assert "Open 2 · Kept 1" in dana.get("/promises").text
    assert "Open 1 · Kept 1" in dana.get("/promises?who=me").text
    assert "Open 1</p>" in tom.get("/promises?who=me").text
