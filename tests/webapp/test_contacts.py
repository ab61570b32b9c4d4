"""People at a client, on its page and on one of their own."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import today

from domain.command import Command
from domain.due import Due
from domain.promise import NewPromise
from webapp.installation import Installation


@pytest.fixture
def client(kept: Installation, dana: Browser) -> UUID:
    added = kept.recruiting.add_client(Command(uuid4(), dana.id), "St Hilda").streams[0]
    kept.views.catch_up()
    return added


def test_somebody_is_added_and_changed_and_moves_to_another_client(
    kept: Installation, dana: Browser, olive: Browser, aude: Browser, client: UUID
) -> None:
    typed = {"contact": "Carl <Quill> 🙂", "contact_role": "Matron", "contact_phone": "0113 496 0033"}

    page = dana.htmx.post(f"/clients/{client}/contacts", typed).text
    (carl,) = kept.views.contacts.at("St Hilda Ltd")
    there = f"/contacts/{carl.id}"

    assert "Carl &lt;Quill&gt; 🙂</a>" in page
    assert "Matron · 0113 496 0033" in page
    assert dana.get(there).text.count("St Hilda") == 2  # the link to the client, and the field
    assert f"kept erase {carl.id}" in olive.get(there).text
    assert "kept erase" not in dana.get(there).text
    assert "Change details" not in aude.get(there).text

    form = {**typed, "contact_works_at": "Acme", "contact_email": "carl@acme.example", "seen": str(carl.changed)}
    assert dana.post(f"{there}/details", form).headers["Location"] == there
    assert "Carl" not in dana.get(f"/clients/{client}").text
    stale = dana.post(f"{there}/details", {**form, "contact_role": "Sister"})
    assert stale.status_code == 409
    assert 'value="Sister"' in stale.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"contact": " "}, "Say what the contact is called."),
        ({"contact": "x" * 10_000}, "This is too long: 10,000 characters, and 200 fit."),
        ({"contact_email": "carl@"}, "This does not look like an e-mail address."),
        ({"contact_phone": "<script>"}, "This does not look like a telephone number."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    kept: Installation, dana: Browser, client: UUID, wrong: dict[str, str], sentence: str
) -> None:
    answer = dana.post(f"/clients/{client}/contacts", {"contact": "Carl", "contact_role": "Matron", **wrong})

    assert answer.status_code == 422
    assert f">{sentence}</span>" in answer.text
    assert 'value="Matron"' in answer.text
    assert kept.views.contacts.at("St Hilda") == []


def test_what_they_promised_stands_with_them(
    kept: Installation, dana: Browser, ada: UUID, bob: UUID, client: UUID
) -> None:
    verbs, by = kept.recruiting, lambda: Command(uuid4(), dana.id)
    carl, priya = (verbs.add_contact(by(), name, "St Hilda").streams[0] for name in ("Carl Quill", "Priya Shah"))
    for whom, words in ((ada, "Send the rota"), (bob, "Decide <b>")):
        due = Due(today(kept), None, "Europe/London")
        verbs.make_promise(by(), whom, NewPromise(words, due, dana.id, "contact", carl))
    kept.views.catch_up()

    page = dana.get(f"/contacts/{carl}").text

    assert all(words in page for words in ("Send the rota", "Decide &lt;b&gt;", "Ada Byron", "Bob Marsh"))
    assert "owes us 2" in dana.get(f"/clients/{client}").text
    assert "Nothing yet." in dana.get(f"/contacts/{priya}").text

    kept.erase_contact(carl, None, "asked")
    gone = dana.get(f"/contacts/{carl}").text
    assert "Erased person" in gone
    assert "Carl" not in gone
    assert "Carl" not in dana.get(f"/clients/{client}").text


def test_a_long_list_goes_on(kept: Installation, dana: Browser, client: UUID) -> None:
    for number in range(52):
        kept.recruiting.add_contact(Command(uuid4(), dana.id), f"Carl {number:02}", "St Hilda")
    kept.views.catch_up()
    page = dana.get(f"/clients/{client}").text
    more = page.partition(f'href="/clients/{client}/people?after=')[2].partition('"')[0]

    assert "Carl 49</a>" in page
    assert "Carl 50</a>" not in page
    further = dana.get(f"/clients/{client}/people?after={more}").text
    assert ("Carl 49</a>" in further, "Carl 51</a>" in further) == (False, True)
