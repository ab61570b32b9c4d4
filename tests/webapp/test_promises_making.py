from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days, promise

from domain.command import Command
from domain.promise import Party
from webapp.installation import Installation


def made(kept: Installation, ada: UUID) -> list[tuple[str, str, UUID]]:
    return [(row.words, row.party, row.keeper) for row in kept.views.promises.of(ada)]


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
    assert page.count(">Ring on Friday</a>") == 2  # in the list, and in the timeline
    assert ", 09:00" in page


@pytest.mark.parametrize("address", ["/candidates/{ada}/promises", "/candidates/{ada}/touchpoints", "/note"])
def test_a_candidate_promises_us(dana: Browser, kept: Installation, ada: UUID, bob: UUID, address: str) -> None:
    form = {
        "candidate": str(ada),
        "channel": "note",
        "note": "n",
        "promise": "Send the NMC pin",
        "due": in_days(kept, 3),
        "who": "candidate",
    }

    assert dana.post(address.format(ada=ada), form).status_code == 303
    assert made(kept, ada) == [("Send the NMC pin", "candidate", dana.id)]
    assert made(kept, bob) == []


def test_somebody_at_a_client_promises_us_and_is_known_from_then_on(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    form = {"promise": "Give feedback", "due": in_days(kept, 3), "who": "contact", "contact": "Priya Shah"}
    at_acme = form | {"contact_works_at": "Acme"}

    for candidate, said in ((ada, at_acme), (bob, at_acme | {"contact": " priya  SHAH "}), (bob, form)):
        assert dana.post(f"/candidates/{candidate}/promises", said).status_code == 303

    (promised,), others = kept.views.promises.of(ada), kept.views.promises.of(bob)
    assert promised.party == "contact"
    assert {row.contact for row in others} == {promised.contact}
    assert kept.views.contacts.contact(promised.contact).works_at == "Acme"
    assert "Priya Shah at Acme promised us, about" in dana.get("/promises").text


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"contact": ""}, "contact", "Say who at the client promised it."),
        ({"contact": "x" * 300}, "contact", "This is too long"),
        ({"contact": "Priya Shah"}, "contact_works_at", "We know several people called Priya Shah."),
        ({"promise": "", "contact": "Nadia"}, "promise", "Say what you promised."),
        ({"due": "2026-W48-5", "contact": "Nadia"}, "due", "That is not a date."),
        ({"due_at": "09:00Z", "contact": "Nadia"}, "due_at", "Leave the time zone out"),
        ({"who": "nobody"}, "who", "Choose somebody from the list."),
        ({"who": ""}, "who", "Choose who keeps this promise."),
    ],
)
@pytest.mark.parametrize("by_htmx", [False, True])
def test_half_a_promise_is_refused_beside_its_field(
    dana: Browser, kept: Installation, ada: UUID, change: dict[str, str], field: str, sentence: str, by_htmx: bool
) -> None:
    for works_at in ("Acme", "Mercy"):
        kept.recruiting.add_contact(Command(uuid4(), dana.id), "Priya Shah", works_at)
    kept.views.catch_up()
    form = {"promise": "Give feedback", "due": in_days(kept, 3), "who": "contact"} | change

    answer = (dana.htmx if by_htmx else dana).post(f"/candidates/{ada}/promises", form)

    assert answer.status_code == 422
    assert f'id="{field}-error-promised">{sentence}' in answer.text
    assert f'value="{form["promise"]}"' in answer.text
    if len(form.get("contact", "")) < 200:
        assert f'value="{form.get("contact", "")}"' in answer.text
    assert made(kept, ada) == []


def test_the_same_form_sent_twice_makes_one_promise_and_knows_one_person(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    form = {
        "promise": "Give feedback",
        "due": in_days(kept, 3),
        "who": "contact",
        "contact": "Priya",
        "command": str(uuid4()),
    }

    assert [dana.post(f"/candidates/{ada}/promises", form).status_code for _ in range(2)] == [303, 303]
    assert len(made(kept, ada)) == 1
    assert len(kept.views.contacts.by_words("Priya")) == 1


def test_nobody_becomes_known_for_a_candidate_whom_nobody_knows(dana: Browser, kept: Installation) -> None:
    form = {"promise": "Give feedback", "due": in_days(kept, 3), "who": "contact", "contact": "Priya"}

    assert dana.post(f"/candidates/{uuid4()}/promises", form).status_code == 404
    kept.views.catch_up()
    assert kept.views.contacts.by_words("Priya") == []


def test_who_may_promise_is_offered_everywhere(dana: Browser, aude: Browser, ada: UUID) -> None:
    page, note = dana.get(f"/candidates/{ada}").text, dana.get(f"/note?saved={ada}").text

    for html in (page, note):
        assert 'optgroup label="We promise"' in html
        assert 'optgroup label="They promise us"' in html
        assert f'<option value="{aude.id}"' not in html
        assert '<option value="contact">Somebody at a client</option>' in html
    assert '<option value="candidate">Ada Byron</option>' in page
    assert '<option value="candidate">' in note


def test_letters_find_people_at_clients(dana: Browser, client: Browser, kept: Installation) -> None:
    kept.recruiting.add_contact(Command(uuid4(), dana.id), "Priya <Shah>", "Acme")
    kept.views.catch_up()

    assert '<option value="Priya &lt;Shah&gt;">Acme</option>' in dana.htmx.get("/promises/contacts?contact=pri").text
    assert "<option" not in dana.htmx.get("/promises/contacts?contact=zz").text
    assert dana.htmx.get("/promises/contacts").status_code == 200
    assert client.htmx.get("/promises/contacts?contact=pri").headers["HX-Redirect"].startswith("/login")


def test_an_auditor_a_stranger_and_a_wrong_address_make_none(
    dana: Browser, aude: Browser, client: Browser, kept: Installation, ada: UUID
) -> None:
    form = {"promise": "Ring", "due": in_days(kept, 3), "who": "candidate"}

    assert aude.post(f"/candidates/{ada}/promises", form).status_code == 403
    assert client.htmx.post(f"/candidates/{ada}/promises", form).headers["HX-Redirect"].startswith("/login")
    assert dana.htmx.post(f"/candidates/{uuid4()}/promises", form).status_code == 404
    assert made(kept, ada) == []


def test_what_they_promised_says_so_on_every_page(dana: Browser, tom: Browser, kept: Installation, ada: UUID) -> None:
    theirs = promise(kept, tom.id, ada, "Send the pin", 1, made_by=Party.CANDIDATE)
    promise(kept, dana.id, ada, "Send the rate", 1)

    for address in (f"/candidates/{ada}", "/?whose=everybody", "/promises"):
        page = dana.get(address).text
        assert page.count("they owe us") == 1
        assert "Tom follows it up" in page
        assert ">Ada Byron</a> promised us" in page
    page = dana.get(f"/promises/{theirs}").text
    assert "they owe us" in page
    assert "Ada Byron promised it to us, due" in page
    assert "We do not need it any more" in dana.get(f"/promises/{theirs}?move=release").text
