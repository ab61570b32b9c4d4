from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import keep, mail, note, promise

from domain.command import Command
from domain.promise import Party
from webapp.installation import Installation


@pytest.fixture
def week(kept: Installation, dana: Browser, tom: Browser, ada: UUID, bob: UUID) -> None:
    promise(kept, dana.id, ada, "late one", -2)
    promise(kept, dana.id, bob, "for today", 0)
    promise(kept, dana.id, ada, "on its way", 4)
    promise(kept, dana.id, ada, "far away", 20)
    promise(kept, tom.id, bob, "Tom's own", 1)
    keep(kept, dana.id, promise(kept, dana.id, bob, "kept already", -1))


def section(page: str, name: str) -> str:
    """A section of the page, as plain words."""
    shown = re.search(rf'<section [^>]*aria-label="{name}">(.*?)</section>', page, re.S)
    assert shown, name
    return " ".join(re.sub(r"<[^>]+>", " ", shown[1]).split())


def test_a_stranger_is_sent_to_the_sign_in(client: Browser) -> None:
    assert "/login" in client.get("/").location
    assert client.htmx.get("/").headers["HX-Redirect"].startswith("/login")


def test_the_first_day_teaches(dana: Browser, aude: Browser) -> None:
    page = dana.get("/").text

    assert "Nothing is promised yet." in page
    for way, words in (
        ("/import", "Paste or drop a list"),
        ("/candidates#adding", "Add one person"),
        ("/welcome", "Look at the demo"),
    ):
        assert re.search(rf'href="{way}">{words}</a>', page)
        assert words not in aude.get("/").text


def test_emptied_lists_say_so_kindly(dana: Browser, ada: UUID) -> None:
    page = dana.get("/").text

    assert "Nothing is overdue." in page
    assert "Nothing more is due today." in page
    assert "Nothing is promised for the next seven days." in page
    assert "Nobody is waiting to hear from you." in page
    assert "Nobody is waiting to hear from us." in dana.get("/?whose=everybody").text


@pytest.mark.usefixtures("week")
def test_mine_in_the_order_of_their_urgency(dana: Browser) -> None:
    page = dana.get("/").text

    order = ["Overdue", "late one", "Due today", "for today", "Coming up", "on its way", "Waiting to hear from us"]
    places = [page.index(f'aria-label="{words}"' if words[0].isupper() else words) for words in order]
    assert places == sorted(places)
    for other in ("far away", "Tom&#39;s own", "kept already"):
        assert other not in page
    assert dana.htmx.get("/").text.lstrip().startswith('<div id="today"')


@pytest.mark.usefixtures("week")
def test_everybody(dana: Browser) -> None:
    page = dana.get("/?whose=everybody").text

    assert "Tom&#39;s own" in page
    assert "late one" in page


def test_a_cut_list_says_so(dana: Browser, kept: Installation, ada: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.today.SHOWN", 2)
    for number in range(3):
        promise(kept, dana.id, ada, f"late {number}", -2)

    page = dana.get("/").text

    assert "These are the first 2; there may be more." in page
    assert "Nothing more is due today." not in page
    assert "next seven days." not in page
    assert 'href="/promises?status=open&amp;who=me">Show all open promises' in page


@pytest.mark.usefixtures("week")
def test_a_line_is_finished_from_the_line(dana: Browser, kept: Installation) -> None:
    late = next(row for row in kept.views.promises.ledger() if row.words == "late one")

    answer = dana.htmx.post(f"/promises/{late.id}/kept", {"seen": "1", "shown_on": "today", "whose": "everybody"})
    undone = dana.htmx.post(f"/promises/{late.id}/undo", {"seen": "2", "shown_on": "today", "whose": "everybody"})

    assert "Just now" in answer.text
    assert "Nothing is overdue." in answer.text
    assert "Tom&#39;s own" in answer.text
    assert ">Undo</button>" in answer.text
    assert "Just now" not in undone.text
    assert "late one" in undone.text


@pytest.mark.usefixtures("week")
def test_without_javascript_the_line_just_finished_stays_in_sight(dana: Browser, kept: Installation) -> None:
    late = next(row for row in kept.views.promises.ledger() if row.words == "late one")

    location = dana.post(f"/promises/{late.id}/kept", {"seen": "1", "shown_on": "today", "whose": "mine"}).location
    page = dana.get(location).text

    assert "Just now" in page
    assert "late one" in page
    assert dana.get("/?just=nonsense&settled=nonsense").status_code == 200


@pytest.mark.usefixtures("week")
def test_an_auditor_sees_everybody_s_and_moves_nothing(
    aude: Browser, dana: Browser, kept: Installation, ada: UUID
) -> None:
    mail(kept, dana.id, ada, "Any news?")

    page = aude.get("/?whose=everybody").text

    assert "late one" in page
    assert "Any news?" in page
    for offered in (">Kept</button>", ">No answer needed</button>", ">Write it down</a>"):
        assert offered not in page


# Who waits to hear from us


def test_who_asked_and_got_no_answer_waits_with_their_words(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    mail(kept, dana.id, ada, "Is the <b>ward post</b> still open?", days_ago=3)
    mail(kept, dana.id, bob, "Thank you", days_ago=2)
    mail(kept, dana.id, bob, "You are welcome", days_ago=1, way="out")

    waits = section(dana.get("/").text, "Waiting to hear from us")

    assert "Waiting to hear from us 1 " in waits
    assert "Ada Byron Staff nurse · Leeds For 3 days · E-mail of" in waits
    assert "not answered yet: “Is the ward post still open?”" in waits
    assert "Bob Marsh" not in waits
    assert "Ada Byron" not in tom.get("/").text
    assert "looked after by Dana" in section(tom.get("/?whose=everybody").text, "Waiting to hear from us")


def test_a_conversation_that_fell_silent_and_nobody_merely_known_waits(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    mail(kept, dana.id, ada, "Here is the brochure", days_ago=11, way="out")
    note(kept, dana.id, bob, "Found on a list")

    waits = section(dana.get("/").text, "Waiting to hear from us")

    assert "Ada Byron" in waits
    assert "For 11 days · nothing said since the e-mail of" in waits
    assert "Bob Marsh" not in waits


def test_an_open_promise_is_kept_from_the_line(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    far = promise(kept, dana.id, ada, "Send the brochure", 20)
    promise(kept, dana.id, bob, "Ring", 1)
    promise(kept, dana.id, bob, "Send her pin", 30, made_by=Party.CANDIDATE)

    page = dana.get("/").text
    waits = section(page, "Waiting to hear from us")
    answer = dana.htmx.post(f"/promises/{far}/kept", {"seen": "1", "shown_on": "today"})

    assert "Send the brochure" in waits
    assert "One more person waits for a promise that stands above." in waits
    assert page.count(f'id="promise-{far}"') == 1
    assert "Send her pin" not in page
    assert "Just now" in answer.text
    waits = section(answer.text, "Waiting to hear from us")
    assert "Send the brochure" not in waits
    assert "One person waits for a promise that stands above." in waits


def test_the_most_urgent_are_shown_and_all_are_counted(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.today.WAITING", 1)
    mail(kept, dana.id, ada, "First", days_ago=3)
    mail(kept, dana.id, bob, "Second", days_ago=2)

    waits = section(dana.get("/").text, "Waiting to hear from us")

    assert waits.startswith("Waiting to hear from us 2 ")
    assert "First" in waits
    assert "Second" not in waits
    assert "These are the most urgent 1 of 2." in waits


@pytest.mark.parametrize("by_htmx", [False, True])
def test_no_answer_needed_and_back(dana: Browser, kept: Installation, ada: UUID, bob: UUID, by_htmx: bool) -> None:
    asked = mail(kept, dana.id, ada, "Thanks, that is all.")
    mail(kept, dana.id, bob, "Any news?")
    browser = dana.htmx if by_htmx else dana

    def after(move: str) -> str:
        answer = browser.post(f"/touchpoints/{asked}/{move}", {"whose": "everybody"})
        assert answer.status_code == (200 if by_htmx else 303)
        if by_htmx:
            assert answer.text.lstrip().startswith('<div id="today"')
        return answer.text if by_htmx else dana.get(answer.location).text

    settled, back = after("no-answer-needed"), after("answer-needed")

    assert "Ada Byron No answer needed" in section(settled, "Just now")
    assert f'action="/touchpoints/{asked}/answer-needed"' in settled
    assert "Ada Byron" not in section(settled, "Waiting to hear from us")
    assert "Bob Marsh" in section(settled, "Waiting to hear from us")
    assert "Just now" not in back
    assert "Ada Byron" in section(back, "Waiting to hear from us")


def test_on_a_candidate_s_page_it_answers_with_their_record(dana: Browser, kept: Installation, ada: UUID) -> None:
    asked = mail(kept, dana.id, ada, "Thanks, that is all.")
    form = {"shown_on": "candidate"}

    assert dana.htmx.post(f"/touchpoints/{asked}/no-answer-needed", form).text.lstrip().startswith('<div id="record"')
    assert dana.post(f"/touchpoints/{asked}/answer-needed", form).location == f"/candidates/{ada}#touchpoint-{asked}"


def test_what_was_taken_back_needs_no_answer_and_says_so(dana: Browser, kept: Installation, ada: UUID) -> None:
    asked = mail(kept, dana.id, ada, "Wrong Ada")
    kept.recruiting.retract_touchpoint(Command(uuid4(), dana.id), asked, "wrong Ada")
    kept.views.catch_up()

    for browser in (dana, dana.htmx):
        answer = browser.post(f"/touchpoints/{asked}/no-answer-needed")

        assert answer.status_code == 422
        assert 'role="alert" tabindex="-1" data-focus>This entry was taken back.' in answer.text


def test_strangers_auditors_and_wrong_addresses(
    dana: Browser, aude: Browser, client: Browser, kept: Installation, ada: UUID
) -> None:
    asked = mail(kept, dana.id, ada, "Any news?")

    for move in ("no-answer-needed", "answer-needed"):
        assert aude.post(f"/touchpoints/{asked}/{move}").status_code == 403
        assert client.htmx.post(f"/touchpoints/{asked}/{move}").headers["HX-Redirect"].startswith("/login")
        assert dana.htmx.post(f"/touchpoints/{uuid4()}/{move}").status_code == 404


# What the owner sees first


def figure(browser: Browser) -> str:
    shown = re.search(r'<p class="figure">(.*?)</p>', browser.get("/").text, re.S)
    return " ".join(re.sub(r"<[^>]+>", "", shown[1]).split()) if shown else ""


def test_the_owner_sees_how_many_wait_and_the_last_backup(
    olive: Browser, dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    nobody = figure(olive)
    mail(kept, dana.id, ada, "First", days_ago=11)
    mail(kept, dana.id, bob, "Second", days_ago=2)

    assert nobody == "People waiting on us: 0. Last backup: none yet"
    assert figure(olive) == "People waiting on us: 2. Longest: 11 days. Last backup: none yet"
    assert figure(dana) == ""


def test_the_last_backup_is_said_as_people_say_it(olive: Browser, kept: Installation) -> None:
    here = kept.recruiting.log.now().replace(hour=0, minute=30, second=0, microsecond=0)
    kept.work.set("last_backup", here.isoformat())
    tonight = figure(olive)
    kept.work.set("last_backup", datetime(2020, 1, 8, 2, tzinfo=UTC).isoformat())
    kept.work.set("backup_trouble", "No room.")

    assert "Last backup: tonight 00:30" in tonight or "Last backup: tonight 01:30" in tonight
    assert "Last backup: Wed 8 Jan 2020, 02:00 · the last one failed" in figure(olive)
