"""What hurts somebody and what they want, on their page."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import note

from domain.command import Command
from webapp.installation import Installation


@pytest.fixture
def nights(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> UUID:
    """Noted of Ada; and something else of Bob."""
    dana.post(f"/candidates/{bob}/pains", {"kind": "want", "pain": "A van"})
    dana.post(f"/candidates/{ada}/pains", {"kind": "pain", "pain": "Nights", "quote": "I am so tired"})
    return kept.views.pains.of(ada)[0].pain


def section(page: str) -> str:
    return page.partition('<section id="pains"')[2].partition("</section>")[0]


def test_a_pain_is_noted_on_the_page_with_who_and_when(dana: Browser, nights: UUID, ada: UUID) -> None:
    page = section(dana.get(f"/candidates/{ada}").text)

    assert "<b>Hurts</b>: Nights" in page
    assert "“I am so tired”" in page
    assert "· Dana" in page
    assert "A van" not in page


def test_without_javascript_one_goes_back_to_the_page(dana: Browser, ada: UUID) -> None:
    answer = dana.post(f"/candidates/{ada}/pains", {"kind": "want", "pain": "Four days"})

    assert (answer.status_code, answer.location) == (303, f"/candidates/{ada}#pains")


def test_with_htmx_only_the_section_is_answered(dana: Browser, ada: UUID) -> None:
    answer = dana.htmx.post(f"/candidates/{ada}/pains", {"kind": "want", "pain": "Four days"})

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="pains"')
    assert "<b>Wants</b>: Four days" in answer.text
    assert "Noted." in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize("how", ["browser", "htmx"])
def test_a_refusal_keeps_what_was_typed(how: str, dana: Browser, ada: UUID) -> None:
    browser = dana.htmx if how == "htmx" else dana
    answer = browser.post(f"/candidates/{ada}/pains", {"kind": "want", "pain": " ", "quote": "so she said"})

    assert answer.status_code == 422
    assert "Say in a line what hurts, or what they want." in answer.text
    assert "so she said</textarea>" in answer.text
    assert 'value="want" checked' in answer.text
    assert ("<html" in answer.text) == (how == "browser")


def test_it_is_resolved_and_taken_back(dana: Browser, nights: UUID, ada: UUID) -> None:
    there = f"/candidates/{ada}/pains/{nights}"
    resolved = dana.htmx.post(f"{there}/resolved").text

    assert "1 resolved" in resolved
    assert f"{there}/reopened" in resolved
    assert f"{there}/resolved" not in resolved

    again = dana.htmx.post(f"{there}/reopened").text

    assert f"{there}/resolved" in again
    assert "1 resolved" not in again


def test_an_entry_offers_to_note_it_with_its_own_words(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, "Good call. She is fed up with the rota. Ring Friday.")
    there = f"/candidates/{ada}/pains?touchpoint={entry}"

    assert there.replace("&", "&amp;") in dana.get(f"/candidates/{ada}").text
    form = dana.htmx.get(there).text
    assert "She is fed up with the rota.</textarea>" in form
    assert "Good call" not in form
    assert "<html" in dana.get(there).text

    said = {"kind": "pain", "pain": "The rota", "quote": "She is fed up with the rota.", "touchpoint": str(entry)}
    refused = dana.htmx.post(f"/candidates/{ada}/pains", {**said, "pain": ""})
    answer = dana.htmx.post(f"/candidates/{ada}/pains", said)

    assert refused.text.lstrip().startswith(f'<form id="noting-{entry}"')
    assert f'hx-target="#words-{entry}"' in answer.text  # the form under the entry goes away
    assert kept.views.pains.of(ada)[0].touchpoint == entry


def test_what_is_sensitive_in_an_entry_is_not_carried_over(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, "Fed up with her asthma and the dust.")
    kept.recruiting.mark_sensitive(Command(uuid4(), dana.id), entry, ["her asthma"])
    kept.views.catch_up()

    form = dana.htmx.get(f"/candidates/{ada}/pains?touchpoint={entry}").text

    assert "and the dust.</textarea>" in form
    assert "asthma" not in form


def test_somebody_elses_entry_is_not_there(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    entry = note(kept, dana.id, bob, "Fed up")

    assert dana.get(f"/candidates/{ada}/pains?touchpoint={entry}").status_code == 404
    assert dana.get(f"/candidates/{ada}/pains?touchpoint=x").status_code == 404


def test_an_auditor_reads_it_and_is_offered_nothing(aude: Browser, nights: UUID, ada: UUID) -> None:
    page = section(aude.get(f"/candidates/{ada}").text)

    assert "Nights" in page
    assert "<form" not in page


def test_words_are_words(dana: Browser, ada: UUID) -> None:
    dana.post(f"/candidates/{ada}/pains", {"kind": "pain", "pain": "<script>alert(1)</script>"})

    assert "<script>alert" not in dana.get(f"/candidates/{ada}").text


def test_an_erased_person_has_none(dana: Browser, kept: Installation, nights: UUID, ada: UUID) -> None:
    kept.erase(ada, dana.id, "asked")

    page = section(dana.get(f"/candidates/{ada}").text)

    assert "Nights" not in page
    assert dana.post(f"/candidates/{ada}/pains", {"kind": "pain", "pain": "More"}).status_code == 422
