"""Colleagues named in a note: offered, told, marked in the timeline, and read without what is sensitive."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.command import Command
from webapp.installation import Installation
from webapp.letters import digest


def say(browser: Browser, candidate: UUID, words: str, **more: str):
    return browser.post(f"/candidates/{candidate}/touchpoints", {"channel": "note", "note": words, **more})


def latest(kept: Installation, candidate: UUID) -> UUID:
    kept.views.catch_up()
    return kept.views.timeline.of(candidate, limit=1)[0].subject


@pytest.fixture
def other_tom(kept: Installation, olive: Browser) -> UUID:
    """A second Tom; the first is called Tom alone."""
    added = kept.recruiting.invite_recruiter(Command(uuid4(), olive.id), "Tom Stone", "stone@harbour.example", "owner")
    third = kept.recruiting.invite_recruiter(Command(uuid4(), olive.id), "Eve Tomson", "eve@harbour.example", "owner")
    kept.recruiting.invite_recruiter(Command(uuid4(), olive.id), "Eve Ash", "ash@harbour.example", "recruiter")
    kept.views.catch_up()
    assert third.streams
    return added.streams[0]


def test_whoever_is_named_reads_it_under_the_bell_until_it_is_seen(
    kept: Installation, dana: Browser, tom: Browser, olive: Browser, ada: UUID
) -> None:
    saved = say(dana.htmx, ada, "@Tom <script>alert(1)</script> please ring her, write to ada@olive.example")
    entry = latest(kept, ada)

    page = tom.get("/mentions").text

    assert "<mark>@Tom</mark> &lt;script&gt;" in saved.text
    assert ": 1 mention of you, none of your promises fell due</span>" in page
    assert f'<b>Dana</b> mentioned you on <a href="/touchpoints/{entry}">Ada Byron</a>' in page
    assert "“@Tom &lt;script&gt;" in page
    assert 'href="/mentions">' in tom.get("/").text
    assert "mention of you" not in olive.get("/mentions").text + dana.get("/").text

    position = str(kept.views.mentions.of(tom.id)[0].position)
    seen = tom.htmx.post("/mentions/seen", {"position": position})

    assert "<span>seen</span>" in seen.text
    assert "None of your promises fell due" in seen.text
    assert "mention of you" not in tom.get("/").text


def test_all_are_seen_at_once_but_none_that_came_since(
    kept: Installation, dana: Browser, tom: Browser, ada: UUID
) -> None:
    for number in range(33):
        say(dana, ada, f"{number} @tom")
    first = tom.get("/mentions").text
    latest_shown = kept.views.mentions.of(tom.id)[0].position
    say(dana, ada, "one more, @tom")

    assert first.count("mentioned you on") == 30
    assert tom.get(re.findall(r"/mentions\?before=\d+", first)[0]).text.count("mentioned you on") == 3
    assert tom.post("/mentions/seen", {"until": str(latest_shown)}).status_code == 303
    assert ": 1 mention of you" in tom.get("/mentions").text

    for wrong in ({"position": "9" * 17}, {"position": "1"}):  # none of theirs
        tom.post("/mentions/seen", wrong)
    assert tom.post("/mentions/seen", {"position": "x"}).status_code == 400
    assert ": 1 mention of you" in tom.get("/mentions").text


@pytest.mark.parametrize("path", ["/candidates/{}/touchpoints", "/note"])
def test_a_name_of_two_is_nobodys_and_keeps_nothing_from_being_saved(
    kept: Installation, dana: Browser, other_tom: UUID, ada: UUID, path: str
) -> None:
    said = {"channel": "note", "note": "@Eve knows. @Aude as well", "candidate": str(ada)}

    there = dana.post(path.format(ada), said)
    asked = dana.get(there.headers["Location"]).text

    assert there.status_code == 303
    assert "“@Eve” may be Eve Tomson or Eve Ash: nobody was told." in asked
    assert kept.views.mentions.whom([latest(kept, ada)]) == {latest(kept, ada): set()}


def test_auditors_and_those_who_left_are_not_told(
    kept: Installation, dana: Browser, tom: Browser, olive: Browser, ada: UUID
) -> None:
    kept.recruiting.recruiter_leaves(Command(uuid4(), olive.id), tom.id)
    kept.views.catch_up()

    page = dana.get(say(dana, ada, "@Tom and @Aude, see this").headers["Location"]).text
    offered = dana.htmx.post("/noticed", {"note": "@"}).text

    assert "Aude only reads in Kept, and was not told." in page
    assert "<mark>" not in page
    assert ("@Olive</button>" in offered, "@Tom<" in offered, "@Aude<" in offered) == (True, False, False)


def test_what_is_begun_is_offered_and_what_is_clear_is_not(dana: Browser, other_tom: UUID, ada: UUID) -> None:
    offered, several, clear = (
        dana.htmx.post("/noticed", {"note": note}).text for note in ("ask @to", "@eve rang", "@Tom Stone rang @Tom")
    )

    assert 'data-typed="@to" value="@Tom Stone "' in offered
    assert 'value="@Eve Tomson "' in offered
    assert "“@eve” may be either:" in several
    assert 'data-typed="@eve" value="@Eve Ash"' in several
    assert "data-typed" not in clear


def test_a_correction_tells_those_newly_named_alone(
    kept: Installation, dana: Browser, tom: Browser, olive: Browser, ada: UUID
) -> None:
    say(dana, ada, "@Tom please ring")
    entry = latest(kept, ada)
    form = {"note": "@Tom or @Olive, please ring", "seen": str(kept.views.timeline.entry(entry).changed)}

    corrected = dana.htmx.post(f"/touchpoints/{entry}/corrections", form)

    assert "<mark>@Olive</mark>" in corrected.text
    assert [len(kept.views.mentions.of(each.id)) for each in (tom, olive)] == [1, 1]
    assert 'value="@Tom"' in dana.htmx.post(f"/touchpoints/{entry}/quiet", {"note": "@to, ring"}).text


def test_what_is_sensitive_stays_out_of_mentions_and_mail(
    kept: Installation, dana: Browser, tom: Browser, ada: UUID
) -> None:
    say(dana, ada, "@Tom she is pregnant", sensitive="@Tom she is pregnant")
    say(dana, ada, "She is pregnant. @Tom please ring", sensitive="She is pregnant")
    say(dana, ada, "@Tom take this back")
    kept.recruiting.undo_touchpoint(Command(uuid4(), dana.id), latest(kept, ada))
    kept.views.catch_up()

    page, me = tom.get("/mentions").text, kept.views.team.recruiter(tom.id)
    letter = digest(kept, me, kept.recruiting.log.now())

    assert letter is not None
    for told in (page, letter.text, letter.html):
        assert "[sensitive]. @Tom please ring" in told
        assert "pregnant" not in told
        assert "take this back" not in told
    assert page.count("Its words are not shown here.") == 1
    assert letter.subject.endswith("2 mentions")
    assert "Dana mentioned you on Ada Byron" in letter.text
    assert "“Kept” and" not in letter.text
