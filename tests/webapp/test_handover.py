from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from cast import PASSWORD, Browser
from flask import Flask
from saying import keep, promise

from domain.command import Command
from webapp import handover
from webapp.installation import Installation


def open_of(kept: Installation, person: Browser) -> list[str]:
    return [row.words for row in kept.views.promises.open_of(person.id)]


def looked_after(kept: Installation, person: Browser) -> list[str]:
    return [row.name for row in kept.views.relationships.page(owner=person.id)]


@pytest.fixture
def sheet(dana: Browser) -> str:
    return f"/team/{dana.id}/handover"


@pytest.fixture
def promises(kept: Installation, dana: Browser, tom: Browser, ada: UUID, bob: UUID) -> list[UUID]:
    """Dana promised three things, and keeps two of them still; Tom promised one."""
    promise(kept, tom.id, bob, "Toms own")
    done = promise(kept, dana.id, bob, "Done long ago")
    keep(kept, dana.id, done)
    return [promise(kept, dana.id, ada, "Ring with the rate"), promise(kept, dana.id, bob, "Send the map", days=5)]


def test_the_sheet_lists_what_a_colleague_keeps_and_looks_after(
    olive: Browser, dana: Browser, promises: list[UUID], sheet: str
) -> None:
    page = olive.get(sheet)

    assert page.status_code == 200
    assert "2 open promises and 2 candidates to look after." in page.text
    for words in ("Ring with the rate", "Ada Byron", "Send the map", "Bob Marsh", "All of it to", "The candidates to"):
        assert words in page.text
    for words in ("Done long ago", "Toms own", "Aude", "Dana leaves"):
        assert words not in page.text
    assert olive.htmx.get(sheet).text.lstrip().startswith('<section id="handover"')
    assert olive.get(f"/team/{uuid4()}/handover").status_code == 404


def test_all_of_it_goes_to_one_colleague(
    kept: Installation, olive: Browser, dana: Browser, tom: Browser, promises: list[UUID], sheet: str
) -> None:
    answer = olive.post(sheet, {"all": str(tom.id)})

    assert (answer.status_code, answer.location) == (303, sheet)
    page = olive.get(sheet).text
    assert "4 handed over." in page
    assert "Dana leaves" in page
    assert open_of(kept, dana) == looked_after(kept, dana) == []
    assert sorted(open_of(kept, tom)) == ["Ring with the rate", "Send the map", "Toms own"]
    assert looked_after(kept, tom) == ["Ada Byron", "Bob Marsh"]


def test_each_promise_may_go_to_somebody_else_and_the_candidates_too(
    kept: Installation, olive: Browser, dana: Browser, tom: Browser, promises: list[UUID], sheet: str
) -> None:
    form = {"all": str(tom.id), f"promise-{promises[0]}": str(olive.id), "candidates": str(olive.id)}

    answer = olive.htmx.post(sheet, form)

    assert answer.text.lstrip().startswith('<section id="handover"')
    assert open_of(kept, olive) == ["Ring with the rate"]
    assert "Send the map" in open_of(kept, tom)
    assert looked_after(kept, olive) == ["Ada Byron", "Bob Marsh"]


def test_one_promise_alone_may_go_and_the_rest_stays(
    kept: Installation, olive: Browser, dana: Browser, tom: Browser, promises: list[UUID], sheet: str
) -> None:
    olive.post(sheet, {"all": "", "candidates": "", f"promise-{promises[1]}": str(tom.id)})

    assert open_of(kept, dana) == ["Ring with the rate"]
    assert looked_after(kept, dana) == ["Ada Byron", "Bob Marsh"]


@pytest.mark.parametrize("chosen", ["", "dana", "aude", "nobody", "not an id"])
def test_it_goes_to_somebody_who_can_keep_it(
    kept: Installation,
    olive: Browser,
    dana: Browser,
    aude: Browser,
    promises: list[UUID],
    sheet: str,
    chosen: str,
) -> None:
    to = {"dana": str(dana.id), "aude": str(aude.id), "nobody": str(uuid4())}.get(chosen, chosen)

    for answer in (olive.post(sheet, {"all": to}), olive.htmx.post(sheet, {"all": to})):
        assert answer.status_code == 422
        assert 'id="all-error"' in answer.text
    assert len(open_of(kept, dana)) == 2


def test_the_same_form_sent_twice_hands_over_once(
    kept: Installation, olive: Browser, tom: Browser, promises: list[UUID], sheet: str
) -> None:
    form = {"all": str(tom.id), "command": str(uuid4())}
    olive.post(sheet, form)
    end = kept.recruiting.log.end()

    again = olive.post(sheet, form)

    assert again.status_code == 303
    assert kept.recruiting.log.end() == end


def test_hundreds_go_in_chunks_with_javascript_and_without(
    kept: Installation,
    olive: Browser,
    dana: Browser,
    tom: Browser,
    promises: list[UUID],
    sheet: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handover, "AT_ONCE", 3)

    first = olive.post(sheet, {"all": str(tom.id)})

    assert first.status_code == 200
    assert "3 handed over. 1 to go." in first.text
    assert '<progress value="3" max="4"' in first.text
    assert f'name="all" value="{tom.id}"' in first.text
    assert 'hx-trigger="load, submit"' in first.text
    last = olive.htmx.post(sheet, {"all": str(tom.id), "candidates": "", "so_far": "3"})
    assert "4 handed over." in last.text
    assert "Dana leaves" in last.text
    assert looked_after(kept, dana) == []


def test_the_sheet_has_pages(
    kept: Installation, olive: Browser, promises: list[UUID], sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "SHOWN", 1)

    first = olive.get(sheet).text
    second = olive.get(f"{sheet}?after={promises[0]}").text

    assert f"after={promises[0]}" in first
    assert "Ring with the rate" in first
    assert "Send the map" not in first
    assert "Ring with the rate" not in second
    assert "Send the map" in second
    assert "More promises" not in second
    assert olive.get(f"{sheet}?after=nonsense").status_code == 200


# Leaving


def test_nobody_leaves_with_promises(
    kept: Installation, olive: Browser, dana: Browser, promises: list[UUID], sheet: str
) -> None:
    for answer in (olive.post(f"/team/{dana.id}/leaving"), olive.htmx.post(f"/team/{dana.id}/leaving")):
        assert answer.status_code == 422
        assert "First hand over what Dana keeps and looks after." in answer.text
        assert "Ring with the rate" in answer.text
    assert dana.get("/").status_code == 200


def test_whoever_leaves_is_out_at_once(app: Flask, kept: Installation, olive: Browser, tom: Browser) -> None:
    phone = Browser(app, tom.id)
    link = kept.vault.invite(tom.id, olive.id, uuid4())
    assert "on every device" in olive.get(f"/team/{tom.id}/handover").text

    answer = olive.post(f"/team/{tom.id}/leaving")

    assert (answer.status_code, answer.location) == (303, "/team")
    assert "Tom has left and cannot sign in any more." in olive.get("/team").text
    for browser in (tom, phone):
        assert browser.get("/").status_code == 303
    assert Browser(app).post("/login", {"email": "tom@harbour.example", "password": PASSWORD}).status_code == 422
    assert Browser(app).get(f"/join/{link}").status_code == 404
    assert kept.views.team.recruiter(tom.id).state == "left"
    assert Browser(app, tom.id).get("/").status_code == 303  # not even with a session of an older backup
    assert olive.post(f"/team/{tom.id}/leaving").status_code == 404
    assert olive.post(f"/team/{tom.id}/links").status_code == 404


def test_leaving_by_htmx_loads_the_team_as_a_whole(olive: Browser, tom: Browser) -> None:
    assert olive.htmx.post(f"/team/{tom.id}/leaving").headers["HX-Redirect"] == "/team"


def test_the_last_owner_cannot_leave_and_the_last_but_one_can(
    kept: Installation, olive: Browser, dana: Browser
) -> None:
    assert "An agency needs an owner." in olive.post(f"/team/{olive.id}/leaving").text

    kept.recruiting.change_role(Command(uuid4(), olive.id), dana.id, "owner")
    answer = olive.post(f"/team/{olive.id}/leaving")

    assert answer.location == "/login"
    assert olive.get("/").status_code == 303
    assert dana.get("/team").status_code == 200


def test_what_was_promised_while_somebody_left_is_shown_and_can_be_handed_over(
    kept: Installation, olive: Browser, dana: Browser, tom: Browser, promises: list[UUID], sheet: str
) -> None:
    kept.recruiting.recruiter_leaves(Command(uuid4(), olive.id), dana.id)
    kept.views.catch_up()
    assert "Hand over what is still Dana’s" in olive.get("/team").text
    assert "Hand over what is still" not in tom.get("/team").text
    assert "Dana leaves" not in olive.get(sheet).text

    olive.post(sheet, {"all": str(tom.id)})

    assert open_of(kept, dana) == []
    assert "Hand over what is still" not in olive.get("/team").text
    assert "everything is in other hands" in olive.get(sheet).text


def test_somebody_erased_keeps_nobody_from_leaving(
    kept: Installation, olive: Browser, dana: Browser, tom: Browser, promises: list[UUID], ada: UUID, sheet: str
) -> None:
    kept.erase(ada, olive.id, "asked")

    olive.post(sheet, {"all": str(tom.id)})

    assert olive.post(f"/team/{dana.id}/leaving").location == "/team"
