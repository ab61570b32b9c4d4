from __future__ import annotations

from uuid import UUID

import pytest
from cast import Browser
from saying import keep, promise

from webapp.installation import Installation


@pytest.fixture
def week(kept: Installation, dana: Browser, tom: Browser, ada: UUID, bob: UUID) -> None:
    promise(kept, dana.id, ada, "late one", -2)
    promise(kept, dana.id, bob, "for today", 0)
    promise(kept, dana.id, ada, "on its way", 4)
    promise(kept, dana.id, ada, "far away", 20)
    promise(kept, tom.id, bob, "Tom's own", 1)
    keep(kept, dana.id, promise(kept, dana.id, bob, "kept already", -1))


def test_a_stranger_is_sent_to_the_sign_in(client: Browser) -> None:
    assert "/login" in client.get("/").location
    assert client.htmx.get("/").headers["HX-Redirect"].startswith("/login")


def test_the_first_day_teaches(dana: Browser) -> None:
    page = dana.get("/").text

    assert "Nothing is promised yet." in page
    assert 'href="/candidates">Add a candidate</a>' in page


def test_emptied_lists_say_so_kindly(dana: Browser, ada: UUID) -> None:
    page = dana.get("/").text

    assert "Nothing is overdue." in page
    assert "Nothing more is due today." in page
    assert "Nothing is promised for the next seven days." in page


@pytest.mark.usefixtures("week")
def test_mine_in_the_order_of_their_urgency(dana: Browser) -> None:
    page = dana.get("/").text

    order = ["Overdue", "late one", "Due today", "for today", "Coming up", "on its way"]
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


def test_what_does_not_fit_is_not_said_to_be_nothing(
    dana: Browser, kept: Installation, ada: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.today.SHOWN", 2)
    for days in (-2, -1, 0, 3):
        promise(kept, dana.id, ada, f"in {days} days", days)

    page = dana.get("/").text

    assert "in -1 days" in page
    assert "in 0 days" not in page
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
    assert dana.get("/?just=nonsense").status_code == 200


@pytest.mark.usefixtures("week")
def test_an_auditor_sees_everybody_s_and_moves_nothing(aude: Browser) -> None:
    page = aude.get("/?whose=everybody").text

    assert "late one" in page
    assert ">Kept</button>" not in page
