from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days, note, promise, today

from domain.command import Command
from webapp.installation import Installation

CALL = {"channel": "call", "outcome": "talked", "direction": "out", "note": "Told her **I'll** ring Friday"}


def promised(kept: Installation, by: Browser, **changed: Any) -> dict[str, Any]:
    return CALL | {"promise": "Send rate card", "due": in_days(kept, 2), "who": str(by.id)} | changed


def to(candidate: UUID) -> str:
    return f"/candidates/{candidate}/touchpoints"


def only_touchpoint(kept: Installation, candidate: UUID) -> Any:
    (row,) = [row for row in kept.views.timeline.of(candidate) if row.kind == "touchpoint"]
    return row


# Writing one down


def test_a_touchpoint_and_its_promise_are_saved_and_shown(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    answer = dana.post(to(ada), promised(kept, dana))
    page = dana.get(answer.location).text

    assert (answer.status_code, answer.location) == (303, f"/candidates/{ada}")
    assert "Told her <strong>I'll</strong> ring Friday" in page
    assert page.count('class="what"') == 1
    assert "Send rate card" in page
    assert "Send rate card" not in dana.get(f"/candidates/{bob}").text


def test_by_htmx_the_whole_record_comes_back_fresh(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = promised(kept, dana)

    answer = dana.htmx.post(to(ada), form | {"command": (command := str(uuid4()))})

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="record"')
    assert "Told her <strong>" in answer.text
    assert 'placeholder="What was said" data-focus>\n</textarea>' in answer.text
    assert 'hx-target="#toast"' in answer.text
    assert "Saved, with a promise due" in answer.text
    assert command not in answer.text


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"channel": "pigeon"}, "channel", "Choose one of these."),
        ({"direction": ""}, "direction", "Choose one of these."),
        ({"outcome": "sang"}, "outcome", "Choose one of these."),
        ({"happened_at": "yesterday"}, "happened_at", "That is not a date and time."),
        ({"happened_at": "2099-01-01T10:00"}, "happened_at", "That is in the future."),
        ({"note": "x" * 10_001}, "note", "This is too long"),
        ({"channel": "meeting", "note": "", "promise": "", "due": ""}, "note", "Write what was said."),
        ({"promise": ""}, "promise", "Say what you promised."),
        ({"due": ""}, "due", "Say by when."),
        ({"due": "once he knows"}, "due", "That is not a date."),
        ({"due": "2001-01-01"}, "due", "That date is more than a year ago."),
        ({"due_at": "noonish"}, "due_at", "That is not a time."),
        ({"who": ""}, "who", "Choose who keeps this promise."),
        ({"who": "Dana"}, "who", "Choose somebody from the list."),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_every_word(
    dana: Browser, kept: Installation, ada: UUID, change: dict[str, str], field: str, sentence: str
) -> None:
    form = promised(kept, dana, **change)

    for browser in (dana, dana.htmx):
        answer = browser.post(to(ada), form)

        assert answer.status_code == 422
        assert re.search(rf'<span class="error" id="{field}-error">{re.escape(sentence)}', answer.text)
        assert f'aria-invalid="true" aria-describedby="{field}-error"' in answer.text
        if "note" not in change:
            assert "Told her **I&#39;ll** ring Friday</textarea>" in answer.text
        if "promise" not in change:
            assert 'name="promise" value="Send rate card"' in answer.text
    assert kept.views.timeline.of(ada) == []


def test_the_same_form_sent_twice_is_saved_once(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = promised(kept, dana, command=str(uuid4()))

    first, second = dana.htmx.post(to(ada), form), dana.htmx.post(to(ada), form)

    assert (first.status_code, second.status_code) == (200, 200)
    assert only_touchpoint(kept, ada)
    assert len(kept.views.promises.of(ada)) == 1


def test_the_same_form_with_other_words_is_409_and_can_be_sent_anew(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    form = CALL | {"command": str(uuid4())}
    dana.post(to(ada), form)

    answer = dana.htmx.post(to(ada), form | {"note": "other words"})
    composer = answer.text[answer.text.index('id="compose"') :]
    command = re.search(r'name="command" value="([^"]+)"', composer)
    assert command
    again = dana.htmx.post(to(ada), form | {"note": "other words", "command": command[1]})

    assert answer.status_code == 409
    assert "This form was saved before with other words." in answer.text
    assert "other words</textarea>" in answer.text
    assert again.status_code == 200
    assert len(kept.views.timeline.of(ada)) == 2


def test_what_happened_earlier_stands_where_it_happened(dana: Browser, kept: Installation, ada: UUID) -> None:
    dana.post(to(ada), CALL | {"note": "said just now"})
    dana.post(to(ada), CALL | {"note": "said in June", "happened_at": "2026-06-03T10:30"})

    page = dana.get(f"/candidates/{ada}").text

    assert page.index("said just now") < page.index("said in June")
    assert 'datetime="2026-06-03T09:30:00+00:00"' in page
    assert re.search(r"written \d+ (days|months) later", page)


def test_only_a_call_has_an_outcome_and_a_note_is_among_ourselves(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    dana.post(to(ada), CALL | {"channel": "e-mail"})
    dana.post(to(bob), CALL | {"channel": "note"})

    mail, noted = only_touchpoint(kept, ada), only_touchpoint(kept, bob)

    assert (mail.outcome, mail.direction) == (None, "out")
    assert (noted.outcome, noted.direction) == (None, "internal")


def test_a_note_cannot_smuggle_markup(dana: Browser, ada: UUID) -> None:
    words = '<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)> [y](https://y.example "t")'

    dana.post(to(ada), CALL | {"note": words})
    page = dana.get(f"/candidates/{ada}").text

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
    assert '<a href="https://y.example" title="t" rel="noopener noreferrer nofollow">y</a>' in page


def test_a_stranger_an_auditor_and_a_wrong_address_are_turned_away(
    client: Browser, aude: Browser, dana: Browser, kept: Installation, ada: UUID
) -> None:
    entry = note(kept, dana.id, ada, "as it was")

    assert client.post(to(ada), CALL).status_code in (302, 303, 401)
    assert client.htmx.post(to(ada), CALL).headers["HX-Redirect"].startswith("/login")
    for path in (to(ada), f"/touchpoints/{entry}/corrections", f"/touchpoints/{entry}/retraction"):
        assert aude.post(path, CALL).status_code == 403
        assert aude.htmx.post(path, CALL).status_code == 403
    assert aude.get(f"/touchpoints/{entry}").status_code == 200
    assert dana.post(to(uuid4()), CALL).status_code == 404
    for path in ("", "/corrections", "/retraction"):
        assert dana.get(f"/touchpoints/{uuid4()}{path}").status_code == 404
        assert dana.htmx.get(f"/touchpoints/{uuid4()}{path}").status_code == 404


# Mending one


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_correction_stands_beside_what_it_corrects(
    dana: Browser, kept: Installation, ada: UUID, by_htmx: bool
) -> None:
    entry = note(kept, dana.id, ada, "she earns 30")
    browser = dana.htmx if by_htmx else dana
    form = browser.get(f"/touchpoints/{entry}/corrections").text

    answer = browser.post(f"/touchpoints/{entry}/corrections", {"note": "she earns 36", "why": "misheard", "seen": "1"})
    page, wordings = dana.get(f"/candidates/{ada}").text, dana.get(f"/touchpoints/{entry}").text

    assert ">\nshe earns 30</textarea>" in form
    assert form.lstrip().startswith("<form" if by_htmx else "<!doctype")
    if by_htmx:
        assert answer.text.lstrip().startswith(f'<li class="entry" id="touchpoint-{entry}"')
    else:
        assert answer.location == f"/candidates/{ada}#touchpoint-{entry}"
    assert "she earns 36" in page
    assert "she earns 30" not in page
    assert "corrected · show" in page
    assert wordings.index("she earns 30") < wordings.index("misheard") < wordings.index("she earns 36")
    assert "she earns 30" in dana.htmx.get(f"/touchpoints/{entry}").text


def test_a_correction_that_somebody_overtook_keeps_the_words(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID
) -> None:
    entry = note(kept, dana.id, ada, "she earns 30")
    tom.post(f"/touchpoints/{entry}/corrections", {"note": "she earns 35", "why": "", "seen": "1"})

    for browser in (dana, dana.htmx):
        answer = browser.post(f"/touchpoints/{entry}/corrections", {"note": "she earns 36", "seen": "1"})

        assert answer.status_code == 409
        assert re.search(r"Tom changed this at \d\d:\d\d\. Your words are still here\.", answer.text)
        assert "she earns 36</textarea>" in answer.text
        assert "she earns 35" in answer.text
        assert 'name="seen" value="2"' in answer.text


def test_a_correction_without_words_is_refused(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, "she earns 30")

    for browser in (dana, dana.htmx):
        answer = browser.post(f"/touchpoints/{entry}/corrections", {"note": " ", "why": "typo", "seen": "1"})

        assert answer.status_code == 422
        assert "Write what should stand there instead." in answer.text
        assert 'value="typo"' in answer.text


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_retraction_folds_to_one_line_and_withdraws_the_promise(
    dana: Browser, kept: Installation, ada: UUID, by_htmx: bool
) -> None:
    dana.post(to(ada), promised(kept, dana))
    entry = only_touchpoint(kept, ada)
    browser = dana.htmx if by_htmx else dana

    refused = browser.post(f"/touchpoints/{entry.subject}/retraction", {"why": "", "seen": str(entry.changed)})
    answer = browser.post(
        f"/touchpoints/{entry.subject}/retraction", {"why": "wrong person", "seen": str(entry.changed)}
    )
    page = dana.get(f"/candidates/{ada}").text

    assert refused.status_code == 422
    assert "Say why this is taken back." in refused.text
    assert answer.status_code == (200 if by_htmx else 303)
    assert "taken back by Dana" in page
    assert "Told her" not in page
    assert "Withdrawn" in page
    assert "Told her" in dana.get(f"/touchpoints/{entry.subject}").text
    assert "wrong person" in dana.get(f"/touchpoints/{entry.subject}").text
    assert f"/touchpoints/{entry.subject}/corrections" not in page


def test_redacted_words_are_shown_as_removed(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry, other = note(kept, dana.id, ada, "too private"), note(kept, dana.id, ada, "stays")

    kept.redact(entry, dana.id, "asked for")
    page, wordings = dana.get(f"/candidates/{ada}").text, dana.get(f"/touchpoints/{entry}").text

    for shown in (page, wordings):
        assert "words removed" in shown
        assert "too private" not in shown
    assert "stays" in page
    assert f"/touchpoints/{entry}/corrections" not in page
    assert f"/touchpoints/{other}/corrections" in page


def test_a_promise_of_yesterday_is_loud(dana: Browser, kept: Installation, ada: UUID) -> None:
    promise(kept, dana.id, ada, "Send rate card", -1)

    page = dana.get(f"/candidates/{ada}").text

    assert '<li class="promise overdue"' in page
    assert "Overdue by 1 day" in page
    assert "1 overdue" in page


def test_a_colleague_who_was_faster_on_another_day_is_named_with_the_day(
    dana: Browser, kept: Installation, ada: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = note(kept, dana.id, ada, "she earns 30")
    kept.recruiting.correct_touchpoint(Command(uuid4(), dana.id), entry, "she earns 35", "", 1)
    later = kept.recruiting.log.now() + timedelta(days=2)
    monkeypatch.setattr(type(kept.recruiting.log), "now", lambda self: later)

    answer = dana.post(f"/touchpoints/{entry}/corrections", {"note": "she earns 36", "seen": "1"})

    assert answer.status_code == 409
    assert re.search(r"Dana changed this at \d\d:\d\d on \w{3} \d+ \w{3}\.", answer.text)
    assert today(kept) == later.date()
