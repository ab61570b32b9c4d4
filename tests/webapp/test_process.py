"""Stages, the call before a no, standing promises and words: set by the owner on one page, and used everywhere."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.command import Command
from domain.job import JobDetails
from domain.submission import Submission
from webapp.installation import Installation

HERE = "/settings/process"


@pytest.fixture
def ward(kept: Installation, dana: Browser, ada: UUID) -> UUID:
    ward = kept.recruiting.open_job(by(dana), JobDetails("Ward sister"), None, "St Hilda").streams[0]
    kept.recruiting.shortlist(by(dana), ward, ada)
    kept.views.catch_up()
    return ward


def by(browser: Browser) -> Command:
    return Command(uuid4(), browser.id)


def form(page: str) -> dict[str, str]:
    """The form as a browser would send it back."""
    fields = {
        name: value
        for tag in re.findall(r"<input [^>]*>", page)
        for name, value in [(_of(tag, "name"), _of(tag, "value"))]
        if name and ('type="checkbox"' not in tag or " checked" in tag)
    }
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        fields[name] = (chosen[1] or chosen[2]) if chosen else ""
    words = re.search(r'<textarea id="unpromised"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert words
    return {**fields, "unpromised": words[1]}


def _of(tag: str, attribute: str) -> str:
    found = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def change(olive: Browser, **changes: Any):
    sent = {**form(olive.get(HERE).text), "command": str(uuid4()), **changes}
    return olive.post(HERE, {name: value for name, value in sent.items() if value is not None and name != "csrf_token"})


def told(kept: Installation, ada: UUID) -> list[tuple[str, str]]:
    return [(row.words, row.due_on.isoformat()) for row in kept.views.promises.of(ada) if row.state == "open"]


def test_the_page_is_filled_with_what_kept_came_with_and_saving_it_changes_nothing(
    kept: Installation, olive: Browser
) -> None:
    before = kept.views.team.agency()

    answer = change(olive)

    assert (answer.status_code, answer.location) == (303, HERE)
    assert "Saved." in olive.get(HERE).text
    assert kept.views.team.agency() == before


def test_a_stage_of_ones_own_stands_on_every_board_under_its_name(
    kept: Installation, olive: Browser, dana: Browser, ada: UUID, ward: UUID
) -> None:
    change(olive, **{"stage-new": "Skills <test>", "days-new": "3", "after-new": "shortlisted"})
    change(olive, **{"stage-sent-to-client": "introduced"})

    page = dana.get(f"/jobs/{ward}").text
    order = re.findall(r'aria-label="([^"]+)">\s*<h2>', page)
    assert order[:3] == ["Shortlisted", "Skills &lt;test&gt;", "Introduced"]

    submission = Submission.of(ada, ward)
    dana.post(f"/submissions/{submission}/stage", {"stage": "skills test", "seen": "1"})
    row = kept.views.submissions.submission(submission)
    assert (row.stage, row.submitted_at) == ("skills test", None)
    assert "moved them to Skills &lt;test&gt;" in dana.get(f"/submissions/{submission}").text
    assert "Skills &lt;test&gt; 1" in dana.get("/jobs").text


def test_a_stage_is_dropped_once_nobody_stands_there_and_what_happened_keeps_its_name(
    kept: Installation, olive: Browser, dana: Browser, ada: UUID, ward: UUID
) -> None:
    submission = Submission.of(ada, ward)
    dana.post(f"/submissions/{submission}/stage", {"stage": "offer", "seen": "1"})

    refused = change(olive, **{"drop-offer": "1"})
    assert refused.status_code == 422
    assert "Somebody stands at “offer” still." in refused.text

    changed = str(kept.views.submissions.submission(submission).changed)
    dana.post(f"/submissions/{submission}/ending", {"cause": "other", "no_call": "knows already", "seen": changed})
    assert change(olive, **{"drop-offer": "1"}).status_code == 303

    assert 'data-stage="offer"' not in dana.get(f"/jobs/{ward}").text
    assert "ended it at offer" in dana.get(f"/submissions/{submission}").text
    changed = str(kept.views.submissions.submission(submission).changed)
    dana.post(f"/submissions/{submission}/reopening", {"seen": changed})
    assert 'data-stage="offer"' in dana.get(f"/jobs/{ward}").text  # whoever is taken up again stands where they stood


def test_standing_promises_are_made_as_the_owner_set_them_and_those_made_stay(
    kept: Installation, olive: Browser, dana: Browser, ada: UUID, ward: UUID
) -> None:
    submission = Submission.of(ada, ward)
    dana.post(f"/submissions/{submission}/stage", {"stage": "sent to client", "seen": "1"})
    (first,) = told(kept, ada)

    change(
        olive,
        **{"words-answer": "Tell them about {{job}}", "on-answer": None},
        **{"words-new": "Send the contract of {{client}}", "starts-new": "at offer", "within-new": "2"},
    )
    seen = str(kept.views.submissions.submission(submission).changed)
    dana.post(f"/submissions/{submission}/stage", {"stage": "offer", "told": "call", "seen": seen})

    assert first[0] == "Say where it stands: Ward sister at St Hilda"
    assert [words for words, _ in told(kept, ada)] == ["Send the contract of St Hilda"]
    change(olive, **{"drop-words-own-1": "1"})
    assert "Send the contract" not in olive.get(HERE).text


def test_a_call_comes_first_from_the_stage_that_the_owner_chose(
    kept: Installation, olive: Browser, dana: Browser, ada: UUID, ward: UUID
) -> None:
    change(olive, call_first_from="interview")
    submission = Submission.of(ada, ward)
    dana.post(f"/submissions/{submission}/stage", {"stage": "sent to client", "told": "call", "seen": "1"})
    assert "End, and call first" not in dana.get(f"/submissions/{submission}").text

    seen = str(kept.views.submissions.submission(submission).changed)
    dana.post(f"/submissions/{submission}/ending", {"cause": "client said no", "seen": seen})

    assert [words for words, _ in told(kept, ada)] == ["Say where it stands: Ward sister at St Hilda"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("stage-offer", "", "Give the stage a name."),
        ("stage-offer", "x" * 10_000, "At most 40 characters"),
        ("stage-new", "OFFER", "Another stage is called so already."),
        ("days-offer", "²", "Choose from 1 to 60 working days."),
        ("words-call", "Ring {{name}}", "Kept does not know {{name}}. It can fill in {{job}}, {{client}}."),
        ("within-call", "0", "Choose from 1 to 60 working days."),
        ("starts-call", "at nowhere", "Choose when it is promised."),
        ("unpromised", ": say less", "Every line begins with a word."),
    ],
)
def test_what_cannot_be_stands_beside_its_field_with_all_that_was_typed(
    kept: Installation, olive: Browser, field: str, value: str, sentence: str
) -> None:
    before = kept.views.team.agency()

    answer = change(olive, **{"stage-placed": "started 🎉", field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error">{sentence}' in answer.text
    assert 'value="started 🎉"' in answer.text
    assert kept.views.team.agency() == before


def test_of_two_owners_the_slower_one_is_told_and_keeps_what_was_typed(kept: Installation, olive: Browser) -> None:
    slow = form(olive.get(HERE).text)
    change(olive, **{"stage-new": "skills test"})

    answer = olive.post(HERE, {**slow, "command": str(uuid4()), "stage-offer": "contract"})

    assert answer.status_code == 409
    assert "Olive changed this at" in answer.text
    assert 'value="contract"' in answer.text
    assert 'value="skills test"' in answer.text
    assert olive.post(HERE, {**form(answer.text), "command": str(uuid4())}).status_code == 303
    assert [stage["name"] for stage in kept.views.team.agency().stages][-3:] == ["contract", "placed", "skills test"]


def test_others_read_how_things_are_gone_about(dana: Browser, aude: Browser) -> None:
    for browser in (dana, aude):
        page = browser.get(HERE).text
        assert "Say where it stands: {{job}} at {{client}}" in page
        assert "within 1 working day, when somebody is moved" in page
        assert "within 48 hours, when" in page
        assert "An owner can change these." in page
        assert browser.post(HERE).status_code == 403
    assert HERE in dana.get("/settings").text
