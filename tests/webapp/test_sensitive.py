"""A quiet line under a note, and passages that whoever wrote them and owners read, and nobody else."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID, uuid4

import pytest
from cast import Browser
from flask import Flask, render_template
from saying import mail, note, promise

from domain.command import Command
from domain.promise import Party
from webapp.installation import Installation
from webapp.letters import about, digest
from webapp.quiet import Quiet, quiet

CALL = {"channel": "call", "outcome": "talked", "direction": "out"}
SAID = "Wants **days**.\nShe is off sick until May, so no nights. Rang about the rate."
SICK = "She is off sick until May"
LINE = "Sounds like health, family or a conviction. Keep only if needed; Ada can ask to read it."
ASK = "[sensitive: ask Dana]"


def to(candidate: UUID) -> str:
    return f"/candidates/{candidate}/touchpoints"


def mark(kept: Installation, by: Browser, touchpoint: UUID, *passages: str) -> None:
    kept.recruiting.mark_sensitive(Command(uuid4(), by.id), touchpoint, passages)
    kept.views.catch_up()


def touchpoint(kept: Installation, candidate: UUID) -> UUID:
    (row,) = [row for row in kept.views.timeline.of(candidate) if row.kind == "touchpoint"]
    return UUID(str(row.subject))


def marks(kept: Installation, candidate: UUID) -> list[str] | None:
    entry = kept.views.timeline.entry(touchpoint(kept, candidate))
    assert entry is not None
    return entry.sensitive


@pytest.fixture
def marked(kept: Installation, dana: Browser, ada: UUID) -> UUID:
    """Dana's note about Ada, with a passage marked."""
    entry = note(kept, dana.id, ada, SAID)
    mark(kept, dana, entry, SICK)
    return entry


# The line


def test_the_line_names_the_person_and_offers_each_passage_once() -> None:
    line = quiet(f"{SICK}. {SICK}. Six points on her licence.", "Ada Byron")

    assert line is not None
    assert line.sentence == LINE
    assert [(one.words, one.kind, one.ticked) for one in line.passages] == [
        (SICK, "health", False),
        ("Six points on her licence", "conviction", False),
    ]
    for nobody in (None, "", " "):
        unnamed = quiet(SICK, nobody)
        assert unnamed is not None
        assert unnamed.sentence.endswith("They can ask to read it.")
    assert quiet("Staff nurse, oncology ward.", "Ada") is None
    assert quiet("", "Ada") is None


def test_a_box_stays_ticked_while_its_passage_is_typed_on_and_what_is_marked_is_not_asked_about() -> None:
    def ticked(line: Quiet | None) -> list[bool]:
        assert line is not None
        return [one.ticked for one in line.passages]

    assert ticked(quiet(SICK, None, ["She is off sick"])) == [True]
    assert ticked(quiet("She is off sick", None, [SICK])) == [True]
    assert ticked(quiet(f"{SICK}. He is deaf.", None, ["He is deaf"])) == [False, True]
    assert quiet(SICK, None, marked=[SICK]) is None


def test_the_piece_is_one_line_with_boxes_and_nothing_where_there_is_nothing_to_say(app: Flask) -> None:
    with app.test_request_context():
        piece = render_template(
            "noticing/_quiet.html", quiet=quiet(f"{SICK}. He is <b>deaf</b>.", "Ada Byron", [SICK]), place="note"
        )
        nothing = render_template("noticing/_quiet.html", quiet=None, place="note")

    assert piece.count("<p") == 1
    assert LINE in piece
    assert re.search(rf'<input type="checkbox" id="sensitive-note-\w+" name="sensitive" value="{SICK}" checked>', piece)
    assert f"Mark as sensitive: “{SICK}”" in piece
    assert "<b>" not in piece
    assert nothing.strip() == ""


def test_the_line_comes_while_a_note_is_typed(dana: Browser, ada: UUID) -> None:
    page = {"HX-Current-URL": f"http://localhost/candidates/{ada}?show=calls"}

    there = dana.htmx.post("/noticed", {"note": SAID}, headers=page).text
    by_name = dana.htmx.post("/noticed", {"note": SAID, "candidate": str(ada), "sensitive": SICK}).text
    nowhere = dana.htmx.post("/noticed", {"note": SAID}).text
    nothing = dana.htmx.post("/noticed", {"note": "Band 6, oncology ward."}, headers=page).text

    assert LINE in there
    assert f'value="{SICK}">' in there
    assert LINE in by_name
    assert f'value="{SICK}" checked>' in by_name
    assert "They can ask to read it." in nowhere
    assert "Sounds like" not in nothing


# Saving


@pytest.mark.parametrize("by_htmx", [False, True])
def test_what_is_ticked_is_marked_as_the_note_is_saved(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool
) -> None:
    browser = dana.htmx if by_htmx else dana

    browser.post(to(ada), CALL | {"note": SAID, "sensitive": SICK, "also_with": str(bob)})

    assert marks(kept, ada) == marks(kept, bob) == [SICK]


def test_a_quick_note_is_marked_as_well(dana: Browser, kept: Installation, ada: UUID) -> None:
    assert dana.post("/note", {"candidate": str(ada), "note": SAID, "sensitive": SICK}).status_code == 303

    assert marks(kept, ada) == [SICK]


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ("She is off sick", [SICK]),  # typed on since
        ("She was off sick", [SICK]),  # changed since
        ("until May", [SICK]),
        ("Rang about", ["Rang about"]),
        ("  ", None),
    ],
)
def test_what_was_typed_on_after_the_tick_is_marked_as_far_as_it_goes(
    dana: Browser, kept: Installation, ada: UUID, ticked: str, expected: list[str] | None
) -> None:
    answer = dana.post(to(ada), CALL | {"note": SAID, "sensitive": ticked})

    assert answer.status_code == 303
    assert marks(kept, ada) == expected


def test_nothing_is_marked_that_nobody_ticked_and_no_note_waits_for_it(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    assert dana.post(to(ada), CALL | {"note": SAID}).status_code == 303

    assert marks(kept, ada) is None


@pytest.mark.parametrize("by_htmx", [False, True])
def test_a_refused_form_keeps_its_ticks(dana: Browser, kept: Installation, ada: UUID, by_htmx: bool) -> None:
    browser = dana.htmx if by_htmx else dana
    form = {"note": f"{SAID} He is deaf.", "sensitive": SICK, "promise": "Ring", "due": ""}

    for path, more in ((to(ada), CALL), ("/note", {"candidate": str(ada)})):
        answer = browser.post(path, form | more)

        assert answer.status_code == 422
        assert f'name="sensitive" value="{SICK}" checked>' in answer.text
        assert 'name="sensitive" value="He is deaf">' in answer.text
        assert LINE in answer.text
    assert kept.views.timeline.of(ada) == []


def test_a_note_taken_back_at_once_stands_in_its_box_with_its_ticks(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    dana.post("/note", {"candidate": str(ada), "note": SAID, "sensitive": SICK})

    undone = dana.post(f"/touchpoints/{touchpoint(kept, ada)}/undo")
    page = dana.get(undone.location).text

    assert f'name="sensitive" value="{SICK}" checked>' in page


# Reading


def test_whoever_said_it_and_owners_read_it_and_others_whom_to_ask(
    dana: Browser, tom: Browser, olive: Browser, aude: Browser, ada: UUID, marked: UUID
) -> None:
    for path in (f"/candidates/{ada}", f"/touchpoints/{marked}", f"/candidates/{ada}/timeline"):
        for reader in (dana, olive):
            page = reader.get(path).text
            assert f'<mark class="sensitive">{SICK}</mark> <small class="sensitive soft">sensitive</small>' in page
            assert ASK not in page
            assert "Wants <strong>days</strong>" in page
        for other in (tom, aude):
            page = other.get(path).text
            assert SICK not in page
            assert f"{ASK}, so no nights. Rang about the rate." in page


def test_every_wording_hides_it_and_the_reasons_too(
    dana: Browser, tom: Browser, kept: Installation, marked: UUID
) -> None:
    kept.recruiting.correct_touchpoint(Command(uuid4(), dana.id), marked, f"{SICK}!", f"no: {SICK}")
    kept.recruiting.retract_touchpoint(Command(uuid4(), dana.id), marked, f"not so: {SICK}")
    kept.views.catch_up()

    for browser in (tom, tom.htmx):
        page = browser.get(f"/touchpoints/{marked}").text
        assert SICK not in page
        assert page.count(ASK) == (4 if browser is tom else 3)
    assert dana.get(f"/touchpoints/{marked}").text.count(SICK) == 4


def test_an_entry_that_was_moved_is_read_there_by_whoever_said_it(
    dana: Browser, tom: Browser, kept: Installation, bob: UUID, marked: UUID
) -> None:
    tom.post(f"/touchpoints/{marked}/move", {"candidate": str(bob)})

    assert SICK in dana.get(f"/candidates/{bob}").text
    assert ASK in (page := tom.get(f"/candidates/{bob}").text)
    assert SICK not in page


def test_when_whoever_said_it_has_left_an_owner_is_asked(
    dana: Browser, tom: Browser, olive: Browser, kept: Installation, ada: UUID, marked: UUID
) -> None:
    kept.recruiting.recruiter_leaves(Command(uuid4(), olive.id), dana.id)
    kept.views.catch_up()

    assert "[sensitive: ask an owner]" in tom.get(f"/candidates/{ada}").text


@pytest.mark.parametrize(
    ("words", "passage", "shown"),
    [
        ("* off sick\n* fine", "off sick", '<li><mark class="sensitive">off sick</mark>'),
        ("is **off** sick", "is **off** sick", '<strong><mark class="sensitive">off</mark></strong>'),
        ("ill\n\nagain ill", "ill\n\nagain ill", '<p><mark class="sensitive">ill</mark></p>'),
        ("ill & <b>sad</b>", "<b>sad</b>", '<mark class="sensitive">&lt;b&gt;sad&lt;/b&gt;</mark>'),
        ("see [ill](https://x.example/ill)", "ill", '<a href="https://x.example/'),
        ("\ue000ill\ue001 \ue001", "ill", '<mark class="sensitive">ill</mark>'),
    ],
)
def test_marked_words_tear_no_markup_apart(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, words: str, passage: str, shown: str
) -> None:
    entry = note(kept, dana.id, ada, words)
    mark(kept, dana, entry, passage)

    page = dana.get(f"/candidates/{ada}").text
    words_shown = re.search(r'<div class="words">(.*?)</div>', page, re.DOTALL)
    assert words_shown
    assert shown in words_shown[1]
    assert words_shown[1].count("<mark") == words_shown[1].count("</mark>")
    assert not {"\ue000", "\ue001"} & set(page)
    assert ASK in unescape(tom.get(f"/candidates/{ada}").text)


# Nowhere else


def test_others_do_not_find_it_and_whoever_said_it_does(
    dana: Browser, tom: Browser, olive: Browser, aude: Browser, marked: UUID
) -> None:
    for path in ("/candidates?q=off+sick", "/search/at-once?q=off+sick"):
        assert f"/touchpoints/{marked}" in (page := dana.htmx.get(path).text)
        assert "<mark>off</mark> <mark>sick</mark>" in page
        for other in (tom, olive, aude):
            assert f"/touchpoints/{marked}" not in other.htmx.get(path).text
    for path in ("/candidates?q=nights", "/search/at-once?q=nights"):
        for other in (tom, olive, aude):
            page = other.htmx.get(path).text
            assert f"/touchpoints/{marked}" in page
            assert "off sick" not in page
            assert "[sensitive], so no <mark>nights</mark>" in page


@pytest.fixture
def asked(kept: Installation, dana: Browser, ada: UUID) -> str:
    """Ada wrote and waits, then rang; a passage of both is marked. She promised something, and so did Dana."""
    words = f"I am fed up: {SICK}, and 300 a day is too little. When do I start?"
    mark(kept, dana, mail(kept, dana.id, ada, words, days_ago=2), SICK)
    promise(kept, dana.id, ada, "Send her papers", 0, made_by=Party.CANDIDATE)
    promise(kept, dana.id, ada, "Ring with the rate", 0)
    return words


def test_under_today_before_a_call_and_beside_a_promise_it_is_shown_to_nobody(
    dana: Browser, olive: Browser, kept: Installation, ada: UUID, asked: str
) -> None:
    theirs = next(row for row in kept.views.promises.of(ada) if row.words == "Send her papers")
    pages = {
        "today": "/?whose=everybody",
        "before a call": f"/candidates/{ada}/dial",
        "what shows it": f"/promises/{theirs.id}?move=kept",
        "list": "/candidates",
        "ledger": "/promises",
        "table": "/promises.csv",
    }

    for reader in (dana, olive):
        shown = {name: unescape(reader.get(path).text) for name, path in pages.items()}

        assert [name for name, page in shown.items() if "off sick" in page] == []
        assert [name for name, page in shown.items() if "I am fed up: [sensitive]" in page] == [
            "today",
            "before a call",
            "what shows it",
        ]


def test_a_talk_is_shown_before_a_call_without_it(dana: Browser, kept: Installation, ada: UUID) -> None:
    call = kept.recruiting.record_touchpoint(
        Command(uuid4(), dana.id), ada, "call", "in", "talked", None, SAID, sensitive=[SICK]
    ).streams[0]
    kept.views.catch_up()

    page = dana.get(f"/candidates/{ada}/dial").text

    assert f"/touchpoints/{call}" in page
    assert "[sensitive], so no nights." in page
    assert SICK not in page


def test_a_mail_that_reminds_holds_the_words_of_promises_alone(
    dana: Browser, kept: Installation, ada: UUID, asked: str
) -> None:
    colleague, now = kept.views.team.recruiter(dana.id), kept.recruiting.log.now()
    (row,) = [row for row in kept.views.promises.of(ada) if row.words == "Ring with the rate"]

    letters = [digest(kept, colleague, now), about(kept, colleague, now, row, "fell due")]

    for letter in letters:
        assert letter is not None
        assert "Ring with the rate" in letter.text
        assert "sick" not in f"{letter.subject}{letter.text}{letter.html}"


def test_promises_noticed_in_it_are_offered_to_those_who_read_it(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID
) -> None:
    words = "Told her I'll ring the clinic about her scan on Friday. I'll send the rate card tomorrow."
    entry = note(kept, dana.id, ada, words)
    mark(kept, dana, entry, "Told her I'll ring the clinic about her scan on Friday")

    own, other = (browser.get(f"/touchpoints/{entry}").text for browser in (dana, tom))

    assert own.count("Looks like a promise") == other.count("Looks like a promise") + 1
    assert "clinic" in own
    assert "clinic" not in other


# Correcting what one may not read


def test_somebody_else_corrects_around_it(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, marked: UUID
) -> None:
    form = tom.get(f"/touchpoints/{marked}/corrections").text
    assert SICK not in form
    assert f"{ASK}, so no nights." in form

    shown = f"Wants **four days**.\r\n{ASK}, so no nights."
    answer = tom.post(f"/touchpoints/{marked}/corrections", {"note": shown, "seen": "2"})

    assert answer.status_code == 303
    entry = kept.views.timeline.entry(marked)
    assert entry is not None
    assert entry.words == f"Wants **four days**.\n{SICK}, so no nights."
    assert ASK in tom.get(f"/candidates/{ada}").text
    assert SICK in dana.get(f"/candidates/{ada}").text


@pytest.mark.parametrize("note", ["Wants days.", f"{ASK} {ASK}"])
def test_a_place_that_is_left_out_is_refused_and_the_words_stay(
    tom: Browser, kept: Installation, marked: UUID, note: str
) -> None:
    answer = tom.post(f"/touchpoints/{marked}/corrections", {"note": note, "seen": "2"})

    assert answer.status_code == 422
    assert f"Leave “{ASK}” where it stands" in answer.text
    assert f"{note}</textarea>" in answer.text
    assert SICK not in answer.text


def test_who_was_overtaken_sees_what_it_says_now_without_it(
    dana: Browser, tom: Browser, kept: Installation, marked: UUID
) -> None:
    kept.recruiting.correct_touchpoint(Command(uuid4(), dana.id), marked, f"Now: {SICK}.", "")
    kept.views.catch_up()

    answer = tom.post(f"/touchpoints/{marked}/corrections", {"note": f"{ASK} old", "seen": "2"})

    assert answer.status_code == 409
    assert SICK not in answer.text
    assert f"Now: {ASK}." in answer.text


def test_the_form_that_corrects_says_the_line_and_marks(dana: Browser, kept: Installation, ada: UUID) -> None:
    entry = note(kept, dana.id, ada, SAID)

    form = dana.get(f"/touchpoints/{entry}/corrections").text
    answer = dana.post(f"/touchpoints/{entry}/corrections", {"note": SAID, "sensitive": SICK, "seen": "1"})

    assert LINE in form
    assert f'name="sensitive" value="{SICK}">' in form
    assert answer.status_code == 303
    assert marks(kept, ada) == [SICK]
    assert "Sounds like" not in dana.get(f"/touchpoints/{entry}/corrections").text

    typed = dana.htmx.post(f"/touchpoints/{entry}/quiet", {"note": f"{SAID} He is deaf."}).text

    assert LINE in typed
    assert 'value="He is deaf">' in typed
    assert SICK not in typed


# Marking an old entry, and unmarking


@pytest.mark.parametrize("by_htmx", [False, True])
def test_an_entry_is_marked_afterwards_by_anybody_who_writes(
    tom: Browser, dana: Browser, kept: Installation, ada: UUID, by_htmx: bool
) -> None:
    entry, browser = note(kept, dana.id, ada, SAID), tom.htmx if by_htmx else tom
    there = f"/touchpoints/{entry}/sensitive"

    form = browser.get(there).text
    answer = browser.post(there, {"sensitive": SICK, "passage": "Rang about the rate.", "seen": "1"})

    assert f'href="{there}"' in tom.get(f"/candidates/{ada}").text
    assert f'name="sensitive" value="{SICK}">' in form
    assert 'action="/touchpoints/' in form
    assert "Unmark" not in form
    assert marks(kept, ada) == [SICK, "Rang about the rate."]
    if by_htmx:
        assert answer.text.lstrip().startswith(f'<li class="entry" id="touchpoint-{entry}"')
        assert ASK in answer.text
    else:
        assert answer.location == f"/candidates/{ada}#touchpoint-{entry}"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose or write the words that are sensitive."),
        ({"passage": "She is off work"}, "“She is off work” does not stand in the note."),
        ({"sensitive": "x" * 300}, f"“{'x' * 60}” does not stand in the note."),
    ],
)
def test_what_does_not_stand_there_is_refused_beside_the_field_and_ticks_stay(
    dana: Browser, kept: Installation, ada: UUID, form: dict[str, str], sentence: str
) -> None:
    entry = note(kept, dana.id, ada, SAID)

    for browser in (dana, dana.htmx):
        answer = browser.post(f"/touchpoints/{entry}/sensitive", {**form, "seen": "1"})

        assert answer.status_code == 422
        assert re.search(rf'<span class="error" id="passage-error-{entry}">{sentence}', answer.text)
        assert f"{form.get('passage', '')}</textarea>" in answer.text
    assert marks(kept, ada) is None


def test_what_is_hidden_cannot_be_guessed(tom: Browser, marked: UUID) -> None:
    right, wrong = (
        tom.post(f"/touchpoints/{marked}/sensitive", {"passage": guess, "seen": "2"}) for guess in ("sick", "well")
    )

    assert (right.status_code, wrong.status_code) == (422, 422)
    assert "“sick” does not stand in the note." in right.text
    assert SICK not in right.text


def test_its_author_and_owners_unmark_it_and_nobody_else(
    dana: Browser, tom: Browser, olive: Browser, aude: Browser, kept: Installation, ada: UUID, marked: UUID
) -> None:
    there, form = f"/touchpoints/{marked}/not-sensitive", {"sensitive": SICK}

    assert SICK not in tom.get(f"/touchpoints/{marked}/sensitive").text
    refused = tom.post(there, form)
    assert (refused.status_code, SICK in refused.text) == (422, False)
    assert "Only the colleague who wrote this, or an owner, can unmark it." in refused.text
    assert aude.post(there, form).status_code == 403

    for browser in (dana, olive.htmx):
        assert "Unmark" in browser.get(f"/touchpoints/{marked}/sensitive").text
        assert browser.post(there, form).status_code == (303 if browser is dana else 200)
        assert marks(kept, ada) is None
        assert SICK in tom.get(f"/candidates/{ada}").text
        mark(kept, dana, marked, SICK)
