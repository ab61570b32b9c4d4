"""Writing to a candidate from a template: by mail through a real server, or opened in another app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from uuid import UUID, uuid4

import pytest
from cast import Browser
from flask import Flask
from saying import promise

from domain.candidate import Details
from domain.command import Command
from domain.job import JobDetails
from domain.shipped import SHIPPED
from domain.template import Template
from domain.wishes import Unwelcome, Wishes
from tests.postbox import Postbox, open_postbox
from webapp.installation import Installation
from webapp.settings import Settings

IDS = {template.name: id for id, template in SHIPPED.items()}
HELLO, NO_NEWS = IDS["First hello"], IDS["After an interview, no news yet"]
MAIL = {"channel": "e-mail", "subject": "Your interview", "text": "Hello Carla,\n\nit is on Friday.\n\nDana"}


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as postbox:
        yield postbox


@pytest.fixture
def settings(tmp_path: Path, postbox: Postbox) -> Settings:
    """A mail server, and a mail server alone, beside the usual."""
    return Settings(tmp_path / "instance", tmp_path / "backups", "https://kept.example.com", smtp_url=postbox.url)


@pytest.fixture
def carla(kept: Installation, dana: Browser) -> UUID:
    details = Details("Carla Byrne", ("carla@byrne.example", "c@work.example"), ("+44 7700 900123", "0113 496 0000"))
    return _added(kept, dana, details)


@pytest.fixture
def unreachable(kept: Installation, dana: Browser) -> UUID:
    return _added(kept, dana, Details("Nora Quiet"))


def set_up(app: Flask, **settings: object) -> None:
    """The same installation, told something else from outside."""
    kept = app.extensions["kept"]
    app.extensions["kept"] = replace(kept, settings=replace(kept.settings, **settings))


def _added(kept: Installation, by: Browser, details: Details) -> UUID:
    added = kept.recruiting.add_candidate(Command(uuid4(), by.id), details=details)
    kept.views.catch_up()
    return added.streams[0]


def written(browser: Browser, candidate: UUID, **asked: object) -> str:
    query = "&".join(f"{name}={quote(str(value))}" for name, value in asked.items())
    return browser.get(f"/candidates/{candidate}/messages?{query}").text


def text_in(page: str) -> str:
    found = re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def said(kept: Installation, candidate: UUID) -> list[tuple[str, str, str]]:
    kept.views.catch_up()
    rows = kept.views.timeline.of(candidate)
    return [(row.channel, row.direction, row.words) for row in rows if row.kind == "touchpoint"]


# The form


def test_a_template_is_filled_in_for_this_person_and_signed(dana: Browser, carla: UUID) -> None:
    page = written(dana, carla, template=HELLO)

    assert text_in(page).startswith("Hello Carla,\n\nI’m Dana at Harbour Staffing.")
    assert text_in(page).endswith("\n\nDana, Harbour Staffing")
    assert 'value="Hello from Harbour Staffing"' in page
    assert "{{" not in page
    assert all(f">{name.replace('&', '&amp;')}</a>" in page for name in IDS)


def test_without_a_template_only_the_greeting_and_the_signature_stand_there(dana: Browser, carla: UUID) -> None:
    assert text_in(written(dana, carla)) == "Hello Carla,\n\n\n\nDana, Harbour Staffing"


def test_ones_own_signature_stands_under_ones_own_mails_alone(dana: Browser, tom: Browser, carla: UUID) -> None:
    dana.post("/settings/mine", {"digest": "07:30", "signature": "Dana\nHarbour, Leeds"})

    assert text_in(written(dana, carla)).endswith("\n\nDana\nHarbour, Leeds")
    assert text_in(written(tom, carla)).endswith("\n\nTom, Harbour Staffing")


def test_the_promise_chosen_is_filled_in(dana: Browser, kept: Installation, carla: UUID, bob: UUID) -> None:
    promise(kept, dana.id, bob, "Ring Bob", days=1)
    promise(kept, dana.id, carla, "Ring with the rate", days=2)
    later = promise(kept, dana.id, carla, "Send the contract", days=30)

    assert "still stands: Ring with the rate (" in text_in(written(dana, carla, template=NO_NEWS))
    assert "still stands: Send the contract (" in text_in(written(dana, carla, template=NO_NEWS, promise=later))


def test_what_cannot_be_filled_in_is_pointed_at(dana: Browser, kept: Installation, carla: UUID) -> None:
    promise(kept, dana.id, carla, "Send her papers", made_by="candidate")

    page = written(dana, carla, template=NO_NEWS)

    assert "{{promise}} ({{due}})" in text_in(page)
    assert (
        '<span class="error" id="text-error">Nothing can be filled in for {{promise}}: nothing is promised to them that'
        " is still open. Write it out or take it away.</span>"
    ) in page


def test_a_retired_template_is_offered_no_more(dana: Browser, carla: UUID) -> None:
    dana.post(f"/templates/{HELLO}/retirement")

    assert ">First hello</a>" not in written(dana, carla)


# Sending


def test_a_mail_is_sent_in_ones_name_and_then_written_down(
    dana: Browser, kept: Installation, carla: UUID, postbox: Postbox
) -> None:
    answer = dana.post(f"/candidates/{carla}/messages", {**MAIL, "to": "c@work.example"})

    (got,) = postbox.mails
    assert (got["To"], got["Subject"]) == ("Carla Byrne <c@work.example>", "Your interview")
    assert got["From"] == '"Dana, Harbour Staffing" <kept@kept.example.com>'
    assert got["Reply-To"] == '"Dana, Harbour Staffing" <dana@harbour.example>'
    assert got["Auto-Submitted"] is None
    assert got.get_content().splitlines() == MAIL["text"].splitlines()
    assert said(kept, carla) == [("e-mail", "out", f"Your interview\n\n{MAIL['text']}")]
    assert answer.status_code == 303
    assert f"/candidates/{carla}#touchpoint-" in answer.location


def test_htmx_is_sent_to_the_person_too(dana: Browser, carla: UUID, postbox: Postbox) -> None:
    answer = dana.htmx.post(f"/candidates/{carla}/messages", MAIL)

    assert f"/candidates/{carla}#touchpoint-" in answer.headers["HX-Redirect"]
    assert [mail["To"] for mail in postbox.mails] == ["Carla Byrne <carla@byrne.example>"]


def test_a_merge_field_typed_by_hand_is_filled_in(dana: Browser, carla: UUID, postbox: Postbox) -> None:
    dana.post(f"/candidates/{carla}/messages", {**MAIL, "subject": "For {{name}}", "text": "Dear {{ first_name }}"})

    assert postbox.mails[0]["Subject"] == "For Carla Byrne"
    assert postbox.mails[0].get_content().strip() == "Dear Carla"


def test_a_double_click_sends_and_records_one(dana: Browser, kept: Installation, carla: UUID, postbox: Postbox) -> None:
    postbox.slow, form = 0.5, {**MAIL, "command": str(uuid4()), "csrf_token": dana.token()}
    with ThreadPoolExecutor(2) as clicks:
        browsers = [dana, Browser(dana.app, dana.id)]
        form_of = [form, {**form, "csrf_token": browsers[1].token()}]
        answers = list(clicks.map(lambda b, f: b.post(f"/candidates/{carla}/messages", f), browsers, form_of))

    assert {answer.status_code for answer in answers} == {303}
    assert answers[0].location == answers[1].location
    assert len(postbox.mails) == 1
    assert len(said(kept, carla)) == 1


def test_a_mail_that_went_but_was_not_written_down_is_recognised_when_it_is_sent_again(
    dana: Browser, kept: Installation, carla: UUID, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, record = {**MAIL, "command": str(uuid4())}, kept.recruiting.record_touchpoint
    monkeypatch.setattr(kept.recruiting, "record_touchpoint", _no_disk)
    assert dana.post(f"/candidates/{carla}/messages", form).status_code == 500
    monkeypatch.setattr(kept.recruiting, "record_touchpoint", record)

    dana.post(f"/candidates/{carla}/messages", form)

    assert len({mail["Message-ID"] for mail in postbox.mails}) == 1
    assert len(said(kept, carla)) == 1


def _no_disk(*_: object) -> None:
    raise RuntimeError("The disk went away.")


@pytest.mark.parametrize(
    ("box", "field", "sentence"),
    [
        ({"answer": "554 No"}, "", "The mail server refused the mail (554). Nothing was sent; your words are still"),
        (
            {"refuse": {"carla@byrne.example": "550 Who?"}},
            "to",
            "The mail server refused the recipient’s address (550)",
        ),
    ],
)
def test_a_mail_that_the_server_refuses_is_not_written_down_and_no_word_is_lost(
    dana: Browser, kept: Installation, carla: UUID, postbox: Postbox, box: dict, field: str, sentence: str
) -> None:
    vars(postbox).update(box)

    for browser in (dana, dana.htmx):
        answer = browser.post(f"/candidates/{carla}/messages", MAIL)

        assert answer.status_code == 422
        assert sentence.replace("’", "&#39;") in answer.text
        assert not field or f'id="{field}-error"' in answer.text
        assert text_in(answer.text) == MAIL["text"]
        assert 'value="Your interview"' in answer.text
    assert said(kept, carla) == []


def test_a_mail_server_that_is_away_is_named(app: Flask, dana: Browser, kept: Installation, carla: UUID) -> None:
    set_up(app, smtp_url="smtp://127.0.0.1:9")

    answer = dana.post(f"/candidates/{carla}/messages", MAIL)

    assert "The mail server did not answer. Nothing was sent; your words are still here." in answer.text
    assert said(kept, carla) == []


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"subject": " "}, "subject", "Give the mail a subject."),
        ({"text": ""}, "text", "Write the message."),
        ({"text": "Dear {{firstname}}"}, "text", "Kept does not know {{firstname}}."),
        ({"text": "Dear {{first_name"}, "text", "A merge field does not open or close."),
        ({"text": "{{promise}}"}, "text", "Nothing can be filled in for {{promise}}:"),
        ({"subject": "{{due}}"}, "subject", "Nothing can be filled in for {{due}}:"),
        ({"text": "x" * 9_501}, "text", "This is too long"),
        ({"to": "bob@marsh.example"}, "to", "Choose one of their addresses."),
        ({"channel": "letter"}, "channel", "Choose one of these."),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_goes(
    dana: Browser, kept: Installation, carla: UUID, postbox: Postbox, change: dict, field: str, sentence: str
) -> None:
    for browser in (dana, dana.htmx):
        answer = browser.post(f"/candidates/{carla}/messages", {**MAIL, **change})

        assert answer.status_code == 422
        assert f'<span class="error" id="{field}-error">{sentence}' in answer.text
    assert postbox.mails == []
    assert said(kept, carla) == []


def test_whoever_refused_mails_is_sent_none(dana: Browser, kept: Installation, carla: UUID, postbox: Postbox) -> None:
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), carla, Wishes(), Unwelcome.MAILS)

    page, answer = written(dana, carla, channel="e-mail"), dana.post(f"/candidates/{carla}/messages", MAIL)

    assert '<p class="refusal" role="alert">Carla Byrne asked us to send no mails.</p>' in page
    assert "<textarea" not in page
    assert answer.status_code == 422
    assert postbox.mails == []
    assert '<a class="button primary" href="sms:' in written(dana, carla, channel="SMS")


def test_whoever_refused_everything_is_written_to_by_no_way(dana: Browser, kept: Installation, carla: UUID) -> None:
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), carla, Wishes(), Unwelcome.EVERYTHING)

    for channel in ("e-mail", "WhatsApp", "SMS"):
        page = written(dana, carla, channel=channel)
        assert "Carla Byrne asked us never to get in touch." in page
        assert not re.search(r'href="(mailto|sms|https://wa)', page)


def test_a_person_without_any_way_is_said_to_have_none(dana: Browser, unreachable: UUID, postbox: Postbox) -> None:
    page, answer = written(dana, unreachable), dana.post(f"/candidates/{unreachable}/messages", MAIL)

    assert "We know no way to write to Nora Quiet: no e-mail address and no telephone number." in page
    assert answer.status_code == 422
    assert "We know no e-mail address of theirs. Add one first." in answer.text
    assert postbox.mails == []


def test_nobody_writes_to_whoever_was_erased(dana: Browser, kept: Installation, carla: UUID) -> None:
    kept.recruiting.erase_candidate(Command(uuid4(), dana.id), carla, "asked")

    assert "Nothing can be written to them any more." in written(dana, carla)
    assert dana.post(f"/candidates/{carla}/messages", MAIL).status_code == 422


# Opened in another app


def link(page: str, begins: str) -> str:
    found = re.search(rf'href="({begins}[^"]*)"', page)
    assert found is not None, page
    return unescape(found[1])


def test_a_whatsapp_opens_with_the_words_of_the_template(dana: Browser, carla: UUID) -> None:
    page = written(dana, carla, channel="WhatsApp", template=HELLO)

    opened = urlsplit(link(page, "https://wa.me/"))
    assert opened.path == "/447700900123"
    (words,) = parse_qs(opened.query)["text"]
    assert words.startswith("Hello Carla, Dana from Harbour Staffing here.")
    assert words == text_in(page)


def test_what_was_changed_is_what_opens_and_what_is_logged(dana: Browser, kept: Installation, carla: UUID) -> None:
    form = {"channel": "SMS", "text": "Hello Carla,\nring me & Bob “soon”?", "ready": "1"}

    for page in (
        dana.post(f"/candidates/{carla}/messages", form).text,
        dana.htmx.post(f"/candidates/{carla}/messages", form).text,
    ):
        log = link(page, r"/note\?")
        assert link(page, "sms:") == f"sms:+447700900123?body={quote(form['text'])}"
        assert unescape(re.search(r'data-log="([^"]*)"', page)[1]) == log

    box = dana.get(log).text
    assert ">\nHello Carla,\nring me &amp; Bob “soon”?</textarea>" in box
    assert re.search(r'value="SMS" checked', box)
    assert said(kept, carla) == []


def test_only_the_links_are_answered_while_one_types(dana: Browser, carla: UUID) -> None:
    answer = dana.htmx.post(f"/candidates/{carla}/messages", {"channel": "SMS", "text": "Hello", "ready": "1"})

    assert answer.text.strip().startswith('<div id="ready"')
    assert "<textarea" not in answer.text


def test_what_is_too_long_for_an_address_is_refused(dana: Browser, carla: UUID) -> None:
    form = {"channel": "SMS", "text": "é" * 600, "ready": "1"}

    answer = dana.post(f"/candidates/{carla}/messages", form)

    assert answer.status_code == 422
    assert "This is too long to be handed to another app." in answer.text


def test_without_a_mail_server_the_mail_program_opens(app: Flask, dana: Browser, carla: UUID, postbox: Postbox) -> None:
    set_up(app, smtp_url=None)

    page = written(dana, carla, template=HELLO)

    opened = link(page, "mailto:carla")
    assert "subject=Hello%20from%20Harbour%20Staffing&body=Hello%20Carla%2C%0D%0A%0D%0A" in opened
    assert ">Send</button>" not in page
    dana.post(f"/candidates/{carla}/messages", MAIL)
    assert postbox.mails == []


def test_a_demo_sends_nothing(app: Flask, dana: Browser, carla: UUID, postbox: Postbox) -> None:
    set_up(app, demo=True)

    assert ">Send</button>" not in written(dana, carla)
    dana.post(f"/candidates/{carla}/messages", MAIL)

    assert postbox.mails == []


# What one should know first


def test_the_guard_stands_above_the_message(dana: Browser, tom: Browser, kept: Installation, carla: UUID) -> None:
    talk = {"channel": "call", "outcome": "talked", "direction": "out", "note": "Spoke"}
    tom.post(f"/candidates/{carla}/touchpoints", talk)

    for page in (written(dana, carla), dana.get(f"/candidates/{carla}/dial").text, dana.get("/note").text):
        assert page.count('<p class="caught">Tom spoke with Carla just now.</p>') == 1
    assert 'class="caught"' not in written(tom, carla)


def test_asking_for_a_referral_is_remembered_and_seldom_repeated(
    dana: Browser, tom: Browser, kept: Installation, carla: UUID, postbox: Postbox
) -> None:
    assert f'href="/candidates/{carla}/messages?asks=1">Ask for a referral</a>' in dana.get(f"/candidates/{carla}").text
    page = written(dana, carla, asks=1)
    form = {"channel": "e-mail", "asks": "1", "subject": "Do you know somebody?", "text": text_in(page)}
    assert text_in(page).startswith("Hello Carla,\n\ndo you know somebody")
    assert '<input type="hidden" name="asks" value="1">' in page

    dana.post(f"/candidates/{carla}/messages", form)

    assert len(postbox.mails) == 1
    assert "Asked 1 (<a href=" in tom.get(f"/candidates/{carla}").text
    assert '<p class="caught">Asked for a referral by Dana today.</p>' in written(dana, carla, asks=1)
    assert 'class="caught"' not in written(dana, carla)


def test_a_referral_asked_for_in_another_app_is_logged_as_one(dana: Browser, kept: Installation, carla: UUID) -> None:
    log = link(written(dana, carla, asks=1, channel="SMS"), r"/note\?")
    box = dana.get(log).text
    assert '<input type="hidden" name="asks" value="1">' in box

    form = {"candidate": str(carla), "channel": "SMS", "direction": "out", "note": "Know a nurse?", "asks": "1"}
    dana.post("/note", form)

    assert kept.views.wishes.of(carla).asked_by == dana.id


def test_an_unwanted_channel_is_not_the_first_choice(dana: Browser, kept: Installation, carla: UUID) -> None:
    wishes = Wishes(("e-mail",))
    kept.recruiting.note_wishes(Command(uuid4(), dana.id), carla, wishes)

    assert 'name="channel" value="WhatsApp"' in written(dana, carla)
    assert '<p class="caught">No mails, they asked.</p>' in written(dana, carla, channel="e-mail")


def test_roles_and_strangers(aude: Browser, client: Browser, dana: Browser, carla: UUID) -> None:
    assert aude.get(f"/candidates/{carla}/messages").status_code == 403
    assert aude.post(f"/candidates/{carla}/messages", MAIL).status_code == 403
    assert client.get(f"/candidates/{carla}/messages").status_code == 303
    assert dana.get(f"/candidates/{uuid4()}/messages").status_code == 404
    assert f'href="/candidates/{carla}/messages"' in dana.get(f"/candidates/{carla}").text
    assert f'href="/candidates/{carla}/messages"' not in aude.get(f"/candidates/{carla}").text


# Templates


def test_templates_are_listed_changed_retired_and_used_again(dana: Browser, aude: Browser) -> None:
    assert dana.get("/templates").text.count("came with Kept") == 9

    dana.post(f"/templates/{HELLO}", {"seen": "0", "name": "Hi", "subject": "Hi", "words": "Hi {{name}}"})
    dana.post(f"/templates/{NO_NEWS}/retirement")
    page = dana.get("/templates").text

    assert page.count("came with Kept") == 7
    assert ">Hi</a>" in page
    assert "Use again" in page
    assert "Use again" not in aude.get("/templates").text
    dana.post(f"/templates/{NO_NEWS}/return")
    assert "Use again" not in dana.get("/templates").text


def test_a_template_of_ones_own_is_written_and_offered(dana: Browser, carla: UUID) -> None:
    form = {"name": "Welcome back", "subject": "Back", "words": "Good to have you back, {{first_name}}", "short": ""}

    assert dana.post("/templates", form).location == "/templates"

    assert ">Welcome back</a>" in written(dana, carla)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": ""}, "name", "Give the template a name."),
        ({"subject": ""}, "subject", "Give the mail a subject."),
        ({"words": "Hello {{nickname}}"}, "words", "Kept does not know {{nickname}}. It can fill in {{first_name}},"),
        ({"short": "Hello {{name}"}, "short", "A merge field does not open or close."),
    ],
)
def test_a_broken_template_is_refused_beside_the_field_with_every_word_kept(
    dana: Browser, kept: Installation, change: dict[str, str], field: str, sentence: str
) -> None:
    form = {"name": "Mine", "subject": "Mine", "words": "Mine and yours", "short": "", "seen": "0", **change}
    for browser in (dana, dana.htmx):
        for path in ("/templates", f"/templates/{HELLO}"):
            answer = browser.post(path, form)

            assert answer.status_code == 422
            assert f'<span class="error" id="{field}-error">{sentence}' in answer.text
            assert unescape(answer.text).count(form["words"]) >= 1
    assert all(not each.changed for each in kept.views.templates.everything())


def test_two_who_change_one_template_are_told_of_each_other(dana: Browser, tom: Browser) -> None:
    form = {"seen": "0", "name": "Hi", "subject": "Hi", "words": "Hi"}
    tom.post(f"/templates/{HELLO}", form)

    answer = dana.post(f"/templates/{HELLO}", {**form, "words": "My own words"})

    assert answer.status_code == 409
    assert "Tom changed this at" in answer.text
    assert "My own words" in answer.text
    assert "It now says: Hi" in answer.text


def test_a_template_is_shown_as_whoever_was_opened_last_would_read_it(dana: Browser, carla: UUID) -> None:
    dana.get(f"/candidates/{carla}")

    page = dana.get(f"/templates/{HELLO}").text

    assert "As Carla Byrne would read it" in page
    assert "<p>Hello Carla," in page


def test_every_template_that_kept_comes_with_can_be_sent_once_something_is_promised(
    dana: Browser, kept: Installation, carla: UUID, postbox: Postbox
) -> None:
    promise(kept, dana.id, carla, "Ring with the rate")
    for id in SHIPPED:
        page = written(dana, carla, template=id)
        subject = unescape(re.search(r'name="subject"[^>]*value="([^"]*)"', page)[1])
        dana.post(f"/candidates/{carla}/messages", {"channel": "e-mail", "subject": subject, "text": text_in(page)})

    assert len(postbox.mails) == len(SHIPPED)
    assert not any("{{" in mail.get_content() + mail["Subject"] for mail in postbox.mails)


def test_a_name_that_looks_like_a_merge_field_is_no_merge_field(dana: Browser, kept: Installation) -> None:
    odd = _added(kept, dana, Details("{{agency}} Odd", ("odd@example.com",)))
    kept.recruiting.write_template(Command(uuid4(), dana.id), Template("x", "x", "Hello {{first_name}}"))

    assert "{{agency}}" in text_in(written(dana, odd, template=HELLO))


# About a submission


def test_a_message_about_a_submission_names_job_and_client_and_another_is_refused(
    kept: Installation, dana: Browser, postbox: Postbox, carla: UUID, unreachable: UUID
) -> None:
    by = Command(uuid4(), dana.id)
    ward = kept.recruiting.open_job(by, JobDetails("Ward sister"), None, "St Hilda").streams[0]
    about = kept.recruiting.shortlist(Command(uuid4(), dana.id), ward, carla).streams[0]
    own = Template("News", "{{job}}", "Hello {{first_name}}, {{job}} at {{client}} is filled.")
    news = kept.recruiting.write_template(Command(uuid4(), dana.id), own).streams[0]
    kept.views.catch_up()

    assert "Hello Carla, Ward sister at St Hilda is filled." in text_in(
        written(dana, carla, channel="e-mail", template=news, about=about)
    )
    without = written(dana, carla, channel="e-mail", template=news)
    assert "Nothing can be filled in for {{job}}: this message is about no job." in without
    others = written(dana, unreachable, channel="e-mail", template=news, about=about)
    assert "Ward sister" not in others

    form = {**MAIL, "text": "About {{job}} at {{client}}", "to": "carla@byrne.example"}
    assert dana.post(f"/candidates/{carla}/messages", form).status_code == 422
    assert dana.post(f"/candidates/{carla}/messages", {**form, "about": str(about)}).status_code == 303
    assert "About Ward sister at St Hilda" in postbox.mails[0].get_content()
