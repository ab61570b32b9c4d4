"""Promises noticed in a note: offered while it is typed and after it is saved, never recorded by themselves."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import note, today

from domain.due import Due
from webapp.installation import Installation

NOTE = "Told her I'll send the rate card tomorrow 3pm. She'll send her CV shortly. Lives in Leeds."


@pytest.fixture
def said(ada: UUID) -> dict[str, str]:
    """What a quick note holds."""
    return {"candidate": str(ada), "note": NOTE}


def keys(page: str) -> list[str]:
    """By what each promise offered under a box is answered."""
    return list(dict.fromkeys(re.findall(r'name="caught-(\w+)"', page)))


def asked(page: str) -> list[str]:
    """By what each promise of a saved note is answered."""
    return re.findall(r'name="key" value="(\w+)"', page)


def promises(kept: Installation, candidate: UUID) -> list[Any]:
    return sorted(kept.views.promises.of(candidate), key=lambda row: row.made_position)


def entries(kept: Installation, candidate: UUID) -> list[Any]:
    return [row for row in kept.views.timeline.of(candidate) if row.kind == "touchpoint"]


# While it is typed


def test_what_is_typed_is_answered_with_what_it_promises(dana: Browser, kept: Installation, said: Any) -> None:
    fragment = dana.htmx.post("/noticed", said).text

    assert "“send the rate card”" in fragment
    assert ", 15:00 · Dana" in fragment
    assert "“send her CV” · they promise" in fragment
    assert len(keys(fragment)) == 2
    assert fragment.count("By when") == 1  # only the one without a date


@pytest.mark.parametrize(
    ("channel", "direction", "who"),
    [("e-mail", "in", "they promise"), ("e-mail", "out", "Dana"), ("call", "in", "Dana"), ("note", "in", "Dana")],
)
def test_whoever_wrote_a_message_is_its_i(dana: Browser, channel: str, direction: str, who: str) -> None:
    form = {"note": "I'll send you the form tomorrow.", "channel": channel, "direction": direction}

    assert f"· {who}</p>" in dana.htmx.post("/noticed", form).text


def test_a_note_without_a_promise_offers_nothing(dana: Browser) -> None:
    assert keys(dana.htmx.post("/noticed", {"note": "Staff nurse. Lives in Leeds."}).text) == []
    assert keys(dana.htmx.post("/noticed", {"note": ""}).text) == []


def test_an_answer_stays_while_the_rest_is_typed(dana: Browser, said: Any) -> None:
    ours, theirs = keys(dana.htmx.post("/noticed", said).text)
    answers = {f"caught-{ours}": "add", f"caught-{theirs}": "no", f"by_when-{theirs}": "fri"}

    fragment = dana.htmx.post("/noticed", {"note": f"Good call. {NOTE} Likes wards.", **answers}).text

    assert re.search(rf'name="caught-{ours}" value="add" checked', fragment)
    assert re.search(rf'name="caught-{theirs}" value="no" checked', fragment)
    assert 'value="fri"' in fragment


def test_nothing_is_recorded_by_itself(dana: Browser, kept: Installation, ada: UUID, said: Any) -> None:
    dana.htmx.post("/noticed", said)
    dana.post("/note", said)

    assert promises(kept, ada) == []


@pytest.mark.parametrize("where", ["note", "candidate"])
def test_what_was_added_is_recorded_with_the_note_in_its_words(
    dana: Browser, kept: Installation, ada: UUID, said: Any, where: str
) -> None:
    ours, theirs = keys(dana.htmx.post("/noticed", said).text)
    answers = {f"caught-{ours}": "add", f"caught-{theirs}": "add", f"by_when-{theirs}": "in a fortnight"}
    path = "/note" if where == "note" else f"/candidates/{ada}/touchpoints"

    answer = dana.post(path, {**said, "channel": "note", **answers})
    mine, hers = promises(kept, ada)

    (entry,) = entries(kept, ada)
    made = {fact.words: fact for fact in facts(kept)}
    assert answer.status_code == 303
    assert "?said=" not in answer.location  # nothing is left to ask
    assert (mine.words, mine.party, mine.keeper, mine.touchpoint) == (
        "send the rate card",
        "us",
        dana.id,
        entry.subject,
    )
    assert f"{mine.due_at:%H:%M}" == "15:00"
    assert (hers.words, hers.party) == ("send her CV", "candidate")
    assert (hers.due_on - today(kept)).days == 14
    assert made["send the rate card"].quote == "send the rate card"
    assert made["send the rate card"].due_phrase == "tomorrow 3pm"
    assert made["send her CV"].due_phrase == "in a fortnight"


def facts(kept: Installation) -> list[Any]:
    """Every promise as it was recorded."""
    everything = kept.recruiting.log.entries(1, 10_000)
    return [entry.fact for entry in everything if entry.fact.TOPIC == "promise.made"]


@pytest.mark.parametrize("where", ["note", "candidate"])
def test_one_without_a_date_is_asked_for_it_and_every_word_stays(
    dana: Browser, kept: Installation, ada: UUID, said: Any, where: str
) -> None:
    ours, theirs = keys(dana.htmx.post("/noticed", said).text)
    path = "/note" if where == "note" else f"/candidates/{ada}/touchpoints"
    form = {**said, "channel": "note", f"caught-{ours}": "add", f"caught-{theirs}": "add"}

    for typed, sentence in (("", "Say by when."), ("gibberish", "")):
        answer = dana.htmx.post(path, {**form, f"by_when-{theirs}": typed})

        assert answer.status_code == 422
        assert f'id="by_when-{theirs}-error"' in answer.text
        assert sentence in answer.text
        assert "Lives in Leeds.</textarea>" in answer.text
        assert re.search(rf'name="caught-{ours}" value="add" checked', answer.text)
    assert entries(kept, ada) == []


# Once it is saved


def test_what_was_not_answered_is_asked_once_it_is_saved(
    dana: Browser, kept: Installation, ada: UUID, said: Any
) -> None:
    ours, theirs = keys(dana.htmx.post("/noticed", said).text)

    page = dana.htmx.post("/note", {**said, f"caught-{ours}": "no"}).text

    assert asked(page) == [theirs]  # “No” is remembered
    (entry,) = entries(kept, ada)
    assert asked(dana.get(f"/touchpoints/{entry.subject}").text) == [theirs]


@pytest.mark.parametrize("by_htmx", [False, True])
@pytest.mark.parametrize("shown_on", ["note", "candidate", "entry"])
def test_one_tap_adds_a_promise_of_a_saved_note(
    dana: Browser, kept: Installation, ada: UUID, shown_on: str, by_htmx: bool
) -> None:
    entry = note(kept, dana.id, ada, NOTE)
    ours, theirs = asked(dana.get(f"/candidates/{ada}?said={entry}").text)
    browser = dana.htmx if by_htmx else dana

    answer = browser.post(f"/touchpoints/{entry}/caught", {"key": ours, "answer": "add", "shown_on": shown_on})
    page = answer.text if by_htmx else dana.get(answer.location).text

    (made,) = promises(kept, ada)
    assert (made.words, made.touchpoint) == ("send the rate card", entry)
    assert asked(page) == [theirs]
    if by_htmx:
        assert "Added: send the rate card, due " in page


def test_a_second_tap_adds_nothing_more(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, NOTE)
    ours, _ = asked(dana.get(f"/touchpoints/{entry}").text)
    form = {"key": ours, "answer": "add"}

    first = dana.htmx.post(f"/touchpoints/{entry}/caught", {**form, "command": str(uuid4())})
    again = dana.htmx.post(f"/touchpoints/{entry}/caught", {**form, "command": str(uuid4())})

    assert (first.status_code, again.status_code) == (200, 200)
    assert "That was answered before." in again.text
    assert len(promises(kept, ada)) == 1


def test_no_is_remembered_for_that_note_and_for_no_other(dana: Browser, kept: Installation, ada: UUID) -> None:
    one, other = (note(kept, dana.id, ada, NOTE) for _ in range(2))
    ours, theirs = asked(dana.get(f"/touchpoints/{one}").text)

    dana.post(f"/touchpoints/{one}/caught", {"key": ours, "answer": "no"})

    assert asked(dana.get(f"/touchpoints/{one}").text) == [theirs]
    assert asked(dana.get(f"/touchpoints/{other}").text) == [ours, theirs]
    assert promises(kept, ada) == []


def test_what_has_no_date_is_asked_for_one(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, NOTE)
    _, theirs = asked(dana.get(f"/touchpoints/{entry}").text)
    form = {"key": theirs, "answer": "add", "shown_on": "candidate"}

    refused = dana.htmx.post(f"/touchpoints/{entry}/caught", {**form, "by_when": "whenever"})
    dana.htmx.post(f"/touchpoints/{entry}/caught", {**form, "by_when": "tomorrow"})

    assert refused.status_code == 422
    assert f'id="by_when-{theirs}-error"' in refused.text
    assert 'value="whenever"' in refused.text
    assert [row.words for row in promises(kept, ada)] == ["send her CV"]


def test_a_date_is_read_from_the_day_of_the_note(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = {"channel": "call", "outcome": "talked", "direction": "out", "happened_at": "2026-03-16T10:00"}
    dana.post(f"/candidates/{ada}/touchpoints", {**form, "note": "Promised to ring her on Friday."})
    (entry,) = entries(kept, ada)
    (key,) = asked(dana.get(f"/touchpoints/{entry.subject}").text)

    dana.post(f"/touchpoints/{entry.subject}/caught", {"key": key, "answer": "add"})

    (made,) = promises(kept, ada)
    assert Due(made.due_on, None, "Europe/London").said() == "Fri 20 Mar 2026"


def test_what_was_taken_back_asks_nothing(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, NOTE)
    ours, _ = asked(dana.get(f"/touchpoints/{entry}").text)
    dana.post(f"/touchpoints/{entry}/undo")

    page = dana.post(f"/touchpoints/{entry}/caught", {"key": ours, "answer": "add"})

    assert asked(dana.get(page.location).text) == []
    assert promises(kept, ada) == []


def test_an_auditor_is_asked_nothing(dana: Browser, aude: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, NOTE)

    assert "Looks like a promise" not in aude.get(f"/candidates/{ada}?said={entry}").text
    assert "Looks like a promise" not in aude.get(f"/touchpoints/{entry}").text


def test_another_persons_entry_is_not_asked_about_here(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    entry = note(kept, dana.id, bob, NOTE)

    assert "Looks like a promise" not in dana.get(f"/candidates/{ada}?said={entry}").text
    assert dana.get(f"/candidates/{ada}?said=nonsense").status_code == 200
