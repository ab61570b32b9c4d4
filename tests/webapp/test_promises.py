from __future__ import annotations

import re
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days, keep, mail, promise

from domain.command import Command
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


def test_every_move_and_back(dana: Browser, tom: Browser, kept: Installation, card: UUID) -> None:
    seen = 1
    for move, form, then in (
        ("kept", {}, "kept"),
        ("undo", {}, "open"),
        ("not-kept", {"cause": "we forgot"}, "broken"),
        ("undo", {}, "open"),
        ("release", {"why": "She found a job"}, "released"),
        ("undo", {}, "open"),
        ("release", {"because": "job gone", "why": "It was filled"}, "overtaken"),
        ("undo", {}, "open"),
        ("keeper", {"who": str(tom.id)}, "open"),
        ("undo", {}, "open"),
        ("corrections", {"promise": "Send the new rate card", "why": "misheard"}, "open"),
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
        "Dana noted it as overtaken: job gone",
        "It was filled",
        "Dana handed it to Tom",
        "Dana took it over",
        "Dana corrected the words: “Send the new rate card”",
        "misheard",
        "Dana corrected the words: “Send rate card”",
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


def test_what_was_taken_back_offers_no_second_undo(dana: Browser, tom: Browser, kept: Installation, card: UUID) -> None:
    for move, form in (
        ("keeper", {"who": str(tom.id)}),
        ("corrections", {"promise": "Send the new rate card"}),
        ("dates", {"due": in_days(kept, 9)}),
        ("not-kept", {"cause": "other"}),
        ("release", {"because": "placed elsewhere"}),
    ):
        for taken in (move, "undo"):
            seen = str(kept.views.promises.promise(card).changed)
            answer = dana.htmx.post(f"/promises/{card}/{taken}", {"seen": seen, "shown_on": "promise", **form})
            page = dana.get(f"/promises/{card}").text

            for shown in (answer.text, page):
                assert (">Undo</button>" in shown) == (taken != "undo"), (move, taken)
        row = kept.views.promises.promise(card)
        assert (row.keeper, row.words, row.moved, row.state) == (dana.id, "Send rate card", 0, "open")


@pytest.mark.parametrize("move", ["kept", "not-kept", "release", "dates", "keeper", "corrections", "snooze"])
def test_a_closed_promise_refuses_another_move(
    dana: Browser, tom: Browser, kept: Installation, card: UUID, move: str
) -> None:
    keep(kept, tom.id, card)

    for seen, status, sentence in (("2", 422, "This promise is already kept."), ("1", 409, "Tom changed this at")):
        if move == "snooze" and status == 409:
            continue  # being reminded later is no change of the promise, so nobody was faster
        for browser in (dana, dana.htmx):
            form = {
                "seen": seen,
                "shown_on": "candidate",
                "cause": "other",
                "because": "other",
                "who": str(dana.id),
                "promise": "Other words",
                "until": "hour",
                "due": in_days(kept, 5),
                "why": "my reason",
            }
            answer = browser.post(f"/promises/{card}/{move}", form)

            assert answer.status_code == status
            assert sentence in answer.text
            if move in ("release", "dates", "corrections"):
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
        ("release", {"because": "rain"}, "because", "Choose one of these."),
        ("keeper", {"who": ""}, "who", "Choose who keeps this promise."),
        ("keeper", {"who": "dana"}, "who", "That is who keeps it already."),
        ("keeper", {"who": "aude"}, "who", "Choose who keeps this promise."),
        ("keeper", {"who": "nobody"}, "who", "Choose somebody from the list."),
        ("corrections", {"promise": ""}, "promise", "Write what should stand there instead."),
        ("corrections", {"promise": "Send rate card"}, "promise", "These are the words that stand there already."),
        ("snooze", {"until": ""}, "until", "Choose when to be reminded again."),
        ("snooze", {"until": "never"}, "until", "Choose when to be reminded again."),
        ("kept", {"evidence": "x"}, "evidence", "Choose what shows that it was kept."),
        ("kept", {"evidence": str(uuid4())}, "evidence", "Choose an entry that shows that it was kept."),
        ("evidence", {"evidence": ""}, "evidence", "Choose what shows that it was kept."),
    ],
)
@pytest.mark.parametrize("place", list(PLACES))
def test_a_refused_move_shows_its_form_again_in_the_same_place(
    dana: Browser, aude: Browser, card: UUID, place: str, move: str, form: dict[str, str], field: str, sentence: str
) -> None:
    if form.get("who") in ("dana", "aude"):
        form = {"who": str(dana.id if form["who"] == "dana" else aude.id)}
    for browser in (dana, dana.htmx):
        answer = browser.post(f"/promises/{card}/{move}", {"seen": "1", "shown_on": place, "why": "typed", **form})

        assert answer.status_code == 422
        assert f'id="{field}-error-promise-{card}">{sentence}' in answer.text
        assert f'action="/promises/{card}/{move}"' in answer.text
        if move == "dates":
            assert 'value="typed"' in answer.text


def test_the_form_of_a_move_is_asked_for_in_the_row_or_on_the_page(dana: Browser, card: UUID) -> None:
    for move in ("kept", "dates", "not-kept", "release", "keeper", "corrections"):
        fragment = dana.htmx.get(f"/promises/{card}?move={move}&shown_on=today").text
        page = dana.get(f"/promises/{card}?move={move}").text

        assert fragment.lstrip().startswith("<form")
        assert 'name="shown_on" value="today"' in fragment
        assert f'action="/promises/{card}/{move}"' in page
    assert "<form" in dana.get(f"/promises/{card}?move=nonsense").text
    assert f'action="/promises/{card}/evidence"' not in dana.get(f"/promises/{card}?move=evidence").text


def test_the_same_move_sent_twice_counts_once(dana: Browser, kept: Installation, card: UUID) -> None:
    form = {"seen": "1", "shown_on": "candidate", "command": str(uuid4())}

    first, second = dana.htmx.post(f"/promises/{card}/kept", form), dana.htmx.post(f"/promises/{card}/kept", form)

    assert (first.status_code, second.status_code) == (200, 200)
    assert [step.what for step in kept.views.promises.history(card)] == ["made", "kept"]


def test_an_unknown_promise_is_404_and_others_are_turned_away(
    client: Browser, aude: Browser, dana: Browser, card: UUID
) -> None:
    assert dana.get(f"/promises/{uuid4()}").status_code == 404
    moves = ("kept", "not-kept", "dates", "release", "keeper", "corrections", "snooze", "evidence", "undo")
    for move in moves:
        form = {
            "seen": "1",
            "cause": "other",
            "due": "2026-12-24",
            "who": str(dana.id),
            "promise": "Other words",
            "until": "hour",
            "evidence": str(uuid4()),
        }
        assert dana.htmx.post(f"/promises/{uuid4()}/{move}", form).status_code == 404
        assert aude.post(f"/promises/{card}/{move}", form).status_code == 403
        assert client.htmx.post(f"/promises/{card}/{move}", form).headers["HX-Redirect"].startswith("/login")
    assert ">Kept</button>" not in aude.get(f"/promises/{card}").text


# Evidence


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_promise_is_kept_with_what_shows_it(
    dana: Browser, kept: Installation, card: UUID, ada: UUID, bob: UUID, by_htmx: bool
) -> None:
    sent, thanks = (
        mail(kept, dana.id, ada, words, way=way) for words, way in (("Here it is", "out"), ("Got it", "in"))
    )
    elsewhere = mail(kept, dana.id, bob, "Hello")
    browser = dana.htmx if by_htmx else dana

    offered = browser.get(f"/promises/{card}?move=kept").text
    wrong = browser.post(f"/promises/{card}/kept", {"seen": "1", "evidence": str(elsewhere)})
    done = browser.post(f"/promises/{card}/kept", {"seen": "1", "evidence": str(sent)})
    with_evidence = dana.get(f"/promises/{card}").text
    browser.post(f"/promises/{card}/evidence", {"seen": "2", "evidence": str(thanks)})
    confirmed = dana.get(f"/promises/{card}").text

    assert str(sent) in offered
    assert "Got it" in offered
    assert str(elsewhere) not in offered
    assert wrong.status_code == 422
    assert "Choose an entry about the same person" in wrong.text
    assert done.status_code == (200 if by_htmx else 303)
    assert f'href="/touchpoints/{sent}">with evidence</a>' in with_evidence
    assert ">Other evidence</button>" in with_evidence
    assert f'href="/touchpoints/{thanks}">confirmed by Ada Byron</a>' in confirmed
    assert "Ada Byron confirmed that it was kept" in confirmed
    assert "evidence</button>" not in confirmed


def test_without_evidence_it_is_kept_on_somebody_s_word(dana: Browser, card: UUID) -> None:
    answer = dana.htmx.post(f"/promises/{card}/kept", {"seen": "1", "shown_on": "ledger"})

    assert "on Dana&#39;s word" in answer.text or "on Dana's word" in answer.text
    assert ">Give evidence</button>" in answer.text
    assert "Nothing was said or written down yet" in dana.htmx.get(f"/promises/{card}?move=evidence").text


def test_only_what_was_kept_can_be_shown_to_be(dana: Browser, kept: Installation, card: UUID, ada: UUID) -> None:
    sent = mail(kept, dana.id, ada, "Here it is", way="out")

    answer = dana.post(f"/promises/{card}/evidence", {"seen": "1", "evidence": str(sent)})

    assert answer.status_code == 422
    assert "Only what was kept can be shown to be." in answer.text


def test_a_kept_button_pressed_too_late_asks_for_nothing(
    dana: Browser, tom: Browser, kept: Installation, card: UUID
) -> None:
    keep(kept, tom.id, card)

    for move in ("kept", "undo"):
        answer = dana.htmx.post(f"/promises/{card}/{move}", {"seen": "1", "shown_on": "today"})

        assert answer.status_code == 409
        assert "Tom changed this at" in answer.text
        assert "What shows that it was kept?" not in answer.text


# Being reminded later


@pytest.mark.parametrize("place", list(PLACES))
def test_a_reminder_is_put_off_and_back(dana: Browser, kept: Installation, ada: UUID, bob: UUID, place: str) -> None:
    card = promise(kept, dana.id, ada, "Send rate card", 0)
    promise(kept, dana.id, bob, "Ask about the van")
    before = kept.views.promises.promise(card)
    form = {"seen": "1", "shown_on": place}

    later = dana.htmx.post(f"/promises/{card}/snooze", form | {"until": "hour"})
    put_off = kept.views.promises.promise(card)
    now = dana.htmx.post(f"/promises/{card}/snooze", form | {"until": "now"})

    assert later.status_code == now.status_code == 200
    assert later.text.lstrip().startswith(PLACES[place])
    assert "· reminder <time" in " ".join(later.text.split())
    assert "Kept reminds you again" in later.text
    assert 'name="until" value="now"' in later.text
    assert timedelta(minutes=58) < put_off.snoozed_until - kept.recruiting.log.now() < timedelta(minutes=61)
    assert (put_off.due_on, put_off.changed) == (before.due_on, before.changed)
    assert "· reminder <time" not in " ".join(now.text.split())
    assert kept.views.promises.promise(card).snoozed_until is None


def test_the_same_wish_to_be_reminded_later_sent_twice_counts_once(
    dana: Browser, kept: Installation, card: UUID
) -> None:
    form = {"seen": "1", "until": "hour", "command": str(uuid4())}

    assert [dana.post(f"/promises/{card}/snooze", form).status_code for _ in range(2)] == [303, 303]
    assert [step.what for step in kept.views.promises.history(card)] == ["made", "snoozed"]


def test_without_javascript_the_form_of_a_new_date_leads_back_to_the_plan(
    dana: Browser, kept: Installation, card: UUID
) -> None:
    assert dana.post(f"/promises/{card}/snooze", {"seen": "1", "until": "morning"}).status_code == 303
    page = dana.get(f"/promises/{card}?move=dates").text
    assert ">As planned</button>" in page
    assert dana.post(f"/promises/{card}/snooze", {"seen": "1", "until": "now"}).status_code == 303
    assert ">As planned</button>" not in dana.get(f"/promises/{card}?move=dates").text


# Of people who were forgotten, or entered by mistake


def test_a_promise_to_an_erased_person_offers_only_what_can_still_be_said(
    dana: Browser, kept: Installation, card: UUID, ada: UUID
) -> None:
    other = promise(kept, dana.id, ada, "Ring")
    kept.erase(ada, None, "asked")

    page = dana.get(f"/promises/{card}").text
    for offered in (">New date</button>", ">No longer needed</button>", ">Hand to…</button>", ">Correct</button>"):
        assert offered not in page
    assert ">Kept</button>" in page
    assert ">Undo</button>" not in page
    assert dana.htmx.post(f"/promises/{card}/kept", {"seen": "1", "shown_on": "ledger"}).status_code == 200
    assert dana.post(f"/promises/{other}/not-kept", {"seen": "1", "cause": "other"}).status_code == 303
    for id, then in ((card, "kept"), (other, "broken")):
        assert state(kept, id) == then
        assert ">Undo</button>" not in dana.get(f"/promises/{id}").text
        assert ">Give evidence</button>" not in dana.get(f"/promises/{id}").text


def test_a_move_that_cannot_be_written_down_any_more_is_refused_in_place(
    dana: Browser, kept: Installation, card: UUID, ada: UUID
) -> None:
    kept.erase(ada, None, "asked")

    for move in ("dates", "release", "undo", "corrections"):
        form = {"seen": "1", "shown_on": "promise", "due": in_days(kept, 5), "promise": "Other words"}
        for browser in (dana, dana.htmx):
            answer = browser.post(f"/promises/{card}/{move}", form)

            assert answer.status_code == 422, move
            assert "This person was erased." in answer.text


def test_a_promise_to_somebody_withdrawn_offers_nothing(
    dana: Browser, kept: Installation, card: UUID, ada: UUID
) -> None:
    kept.recruiting.withdraw_candidate(Command(uuid4(), dana.id), ada, "Added twice")
    kept.views.catch_up()

    page = dana.get(f"/promises/{card}").text

    for offered in (">Kept</button>", ">New date</button>", ">Undo</button>"):
        assert offered not in page


# Its page


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
