from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days

from webapp.installation import Installation


def words_about(kept: Installation, candidate: UUID) -> list[str]:
    return [row.words for row in kept.views.timeline.of(candidate) if row.kind == "touchpoint"]


def test_a_stranger_and_an_auditor_are_turned_away(client: Browser, aude: Browser, ada: UUID) -> None:
    form = {"candidate": str(ada), "note": "hello"}

    assert "/login" in client.get("/note").location
    assert client.htmx.post("/note", form).headers["HX-Redirect"].startswith("/login")
    assert aude.post("/note", form).status_code == 403
    assert "Save" not in aude.get("/note").text


def test_letters_find_people(dana: Browser, ada: UUID, bob: UUID) -> None:
    fragment = dana.htmx.get("/note/people?q=ad").text

    assert fragment.lstrip().startswith('<div id="people"')
    assert f'type="radio" name="candidate" value="{ada}"' in fragment
    assert str(bob) not in fragment
    assert "Nobody is called “zz”." in dana.htmx.get("/note/people?q=zz").text
    assert dana.get("/note/people?q=ad").text.startswith("<!doctype")


def test_find_works_without_javascript_and_keeps_every_word(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = {"q": "byron", "find": "1", "note": "half a note", "promise": "Ring", "due": in_days(kept, 2)}

    page = dana.post("/note", form | {"who": "contact", "contact": "Priya", "contact_works_at": "Acme"}).text

    assert f'name="candidate" value="{ada}"' in page
    assert "half a note</textarea>" in page
    assert 'name="promise" value="Ring"' in page
    assert f'value="{in_days(kept, 2)}"' in page
    assert '<option value="contact" selected>' in page
    assert 'name="contact" value="Priya"' in page
    assert 'name="contact_works_at" value="Acme"' in page
    assert words_about(kept, ada) == []


@pytest.mark.parametrize("who", ["nobody", str(UUID(int=1)), "aude"])
def test_a_promise_is_kept_by_somebody_who_can(
    dana: Browser, aude: Browser, kept: Installation, ada: UUID, who: str
) -> None:
    who = str(aude.id) if who == "aude" else who
    form = {
        "candidate": str(ada),
        "channel": "note",
        "note": "n",
        "promise": "Ring",
        "due": in_days(kept, 3),
        "who": who,
    }
    for address in ("/note", f"/candidates/{ada}/touchpoints", f"/candidates/{ada}/promises"):
        answer = dana.post(address, form)
        assert answer.status_code == 422
        assert "Choose who keeps this promise." in answer.text or "Choose somebody from the list." in answer.text


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_note_and_a_promise_are_saved(dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool) -> None:
    form = {
        "candidate": str(ada),
        "note": "Met her in the car park",
        "promise": "Ring on Friday",
        "due": in_days(kept, 3),
        "who": str(dana.id),
    }
    browser = dana.htmx if by_htmx else dana

    answer = browser.post("/note", form)
    page = answer.text if by_htmx else dana.get(answer.location).text

    assert answer.status_code == (200 if by_htmx else 303)
    assert f'Saved for <a href="/candidates/{ada}">Ada Byron</a>.' in page
    assert words_about(kept, ada) == ["Met her in the car park"]
    assert [row.words for row in kept.views.promises.of(ada)] == ["Ring on Friday"]
    assert words_about(kept, bob) == []


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"candidate": ""}, "candidate", "Choose whom this is about."),
        ({"note": ""}, "note", "Write what was said."),
        ({"promise": "Ring", "due": ""}, "due", "Say by when."),
        ({"promise": "", "due": "2026-12-24"}, "promise", "Say what you promised."),
        (
            {"promise": "Ring", "due": "2026-12-24", "due_at": "soon"},
            "due_at",
            "That is not a time. Choose it, or write it like 09:30.",
        ),
        ({"promise": "Ring", "due": "2026-12-24", "who": "contact"}, "contact", "Say who at the client promised it."),
    ],
)
def test_a_refusal_keeps_every_word(
    dana: Browser, kept: Installation, ada: UUID, change: dict[str, str], field: str, sentence: str
) -> None:
    form = {"candidate": str(ada), "q": "by", "note": "half a note", "who": str(dana.id)} | change

    for browser in (dana, dana.htmx):
        answer = browser.post("/note", form)

        assert answer.status_code == 422
        assert f'<span class="error" id="{field}-error">{sentence}</span>' in answer.text
        assert (f"{form['note']}</textarea>") in answer.text
        assert str(ada) in answer.text
    assert words_about(kept, ada) == []


def test_somebody_at_a_client_promises_in_a_quick_note(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = {
        "candidate": str(ada),
        "note": "n",
        "promise": "Give feedback",
        "due": in_days(kept, 3),
        "due_at": "09:30",
        "who": "contact",
        "contact": "Priya Shah",
        "contact_works_at": "Acme",
    }

    dana.htmx.post("/note", form)
    (promised,) = kept.views.promises.of(ada)

    assert (promised.party, promised.keeper, f"{promised.due_at:%H:%M}") == ("contact", dana.id, "09:30")
    assert kept.views.contacts.contact(promised.contact).name == "Priya Shah"


def test_an_unknown_candidate_is_refused_and_every_word_kept(dana: Browser, ada: UUID) -> None:
    answer = dana.post("/note", {"candidate": str(uuid4()), "note": "no more nights"})

    assert answer.status_code == 422
    assert "Choose whom this is about." in answer.text
    assert "no more nights" in answer.text


def test_a_double_tap_saves_once(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = {"candidate": str(ada), "note": "once", "command": str(uuid4())}

    assert [dana.htmx.post("/note", form).status_code for _ in range(2)] == [200, 200]
    assert words_about(kept, ada) == ["once"]


def test_the_person_is_preselected_if_opened_in_the_last_fifteen_minutes(
    dana: Browser, ada: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = re.compile(rf'value="{ada}" checked')

    assert not chosen.search(dana.get("/note").text)
    dana.get(f"/candidates/{ada}")
    assert chosen.search(dana.get("/note").text)
    monkeypatch.setattr("webapp.lately.STILL_THE_SAME", -1)
    assert not chosen.search(dana.get("/note").text)


def test_a_name_of_another_age_in_the_session_opens_nobody(dana: Browser, ada: UUID) -> None:
    with dana.client.session_transaction() as session:
        session["opened"] = [str(ada), 1]

    assert dana.get("/note").status_code == 200


def test_those_opened_lately_are_one_tap_away(dana: Browser, ada: UUID, bob: UUID) -> None:
    for person in (ada, bob):
        dana.get(f"/candidates/{person}")
    saved = dana.post("/note", {"candidate": str(ada), "note": "n"})

    page = dana.get(saved.location).text

    assert "Opened lately" in page
    assert page.index(f'value="{bob}"') < page.index(f'value="{ada}"')


def test_a_letter_mistyped_still_finds_the_person(dana: Browser, ada: UUID, bob: UUID) -> None:
    for typed in ("byorn", "byrn", "byyron", "bybon", "ada byorn"):
        assert str(ada) in dana.htmx.get(f"/note/people?q={typed}").text
    assert str(bob) not in dana.htmx.get("/note/people?q=byorn").text
    assert "Nobody is called" in dana.htmx.get("/note/people?q=byobb").text


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({}, ("note", "internal", None)),
        ({"channel": "call", "outcome": "voicemail", "direction": "out"}, ("call", "out", "voicemail")),
        ({"channel": "call"}, ("call", "out", "talked")),
        ({"channel": "WhatsApp", "direction": "in", "outcome": "talked"}, ("WhatsApp", "in", None)),
    ],
)
def test_how_it_was_said_is_kept(
    dana: Browser, kept: Installation, ada: UUID, said: dict[str, str], stands: tuple[str, str, str | None]
) -> None:
    dana.post("/note", {"candidate": str(ada), "note": "n", **said})

    (entry,) = kept.views.timeline.of(ada)
    assert (entry.channel, entry.direction, entry.outcome) == stands


def test_an_address_fills_the_box(dana: Browser, ada: UUID) -> None:
    page = dana.get(f"/note?candidate={ada}&channel=call&outcome=voicemail&note=Rang+her").text

    assert f'value="{ada}" checked' in page
    assert 'value="call" checked' in page
    assert 'value="voicemail" checked' in page
    assert "Rang her</textarea>" in page


@pytest.mark.parametrize("by_htmx", [False, True])
def test_what_was_just_saved_is_undone_with_its_promise_and_its_words_come_back(
    dana: Browser, kept: Installation, ada: UUID, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana
    form = {"candidate": str(ada), "note": "half a thought", "channel": "call", "promise": "Ring"}
    dana.post("/note", form | {"due": in_days(kept, 3), "who": str(dana.id)})
    (entry,) = [row for row in kept.views.timeline.of(ada) if row.kind == "touchpoint"]

    answer = browser.post(f"/touchpoints/{entry.subject}/undo")
    page = answer.text if by_htmx else dana.get(answer.location).text

    assert kept.views.timeline.entry(entry.subject).retracted_at
    assert [row.state for row in kept.views.promises.of(ada)] == ["withdrawn"]
    assert "half a thought</textarea>" in page
    assert f'value="{ada}" checked' in page
    assert 'value="call" checked' in page


def test_nobody_undoes_what_a_colleague_wrote(dana: Browser, tom: Browser, kept: Installation, ada: UUID) -> None:
    dana.post("/note", {"candidate": str(ada), "note": "mine"})
    (entry,) = kept.views.timeline.of(ada)

    assert tom.post(f"/touchpoints/{entry.subject}/undo").status_code == 404
    assert "Saved for" not in tom.get(f"/note?saved={entry.subject}").text
    assert kept.views.timeline.entry(entry.subject).retracted_at is None
