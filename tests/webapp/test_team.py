from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import PASSWORD, Browser
from flask import Flask
from saying import promise
from werkzeug.test import TestResponse

from webapp.installation import Installation

EVE = {"name": "Eve", "email": "eve@harbour.example", "role": "recruiter"}


def link(answer: TestResponse) -> str:
    found = re.search(r'value="http://127.0.0.1:8000(/join/[0-9a-f]{64})"', answer.text)
    assert found, answer.text
    return found[1]


def test_everybody_sees_the_team_and_only_owners_can_invite(olive: Browser, dana: Browser, aude: Browser) -> None:
    for browser in (dana, aude):
        page = browser.get("/team")

        assert page.status_code == 200
        assert "olive@harbour.example" in page.text
        assert "Invite" not in page.text
        assert "New link" not in page.text
    assert "Invite a colleague" in olive.get("/team").text
    assert olive.htmx.get("/team").text.lstrip().startswith('<section id="team"')


def test_an_invitation_is_shown_once_and_lets_a_colleague_join(client: Browser, olive: Browser) -> None:
    answer = olive.post("/team/invitations", EVE)
    assert (answer.status_code, answer.location) == (303, "/team")
    there = link(olive.get("/team"))
    assert "/join/" not in olive.get("/team").text

    page = client.get(there)
    joined = client.post(there, {"password": PASSWORD})

    assert "Join Harbour Staffing" in page.text
    assert "eve@harbour.example" in page.text
    assert joined.location == "/"
    assert client.get("/team").status_code == 200
    assert client.post("/login", {"email": EVE["email"], "password": PASSWORD}).status_code == 303


def test_an_invitation_by_htmx_shows_the_link_in_place(client: Browser, olive: Browser) -> None:
    answer = olive.htmx.post("/team/invitations", EVE)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="team"')
    assert "Eve" in answer.text
    assert client.get(link(answer)).status_code == 200


def test_the_same_invitation_sent_twice_is_one_colleague_and_one_link(kept: Installation, olive: Browser) -> None:
    form = EVE | {"command": str(uuid4())}

    first, second = olive.htmx.post("/team/invitations", form), olive.htmx.post("/team/invitations", form)

    assert link(first) == link(second)
    assert len(kept.views.team.everyone()) == 5


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Say what your colleague is called."),
        ("email", "eve", "This does not look like an e-mail address."),
        ("email", "DANA@harbour.example", "Dana has this address and is on the team already."),
        ("role", "king", "Choose one of these."),
    ],
)
def test_an_invitation_is_refused_beside_the_field(
    kept: Installation, olive: Browser, field: str, value: str, sentence: str
) -> None:
    for answer in (
        olive.htmx.post("/team/invitations", EVE | {field: value}),
        olive.post("/team/invitations", EVE | {field: value}),
    ):
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert sentence in answer.text
        assert field == "name" or 'value="Eve"' in answer.text
    assert len(kept.views.team.everyone()) == 4


def test_the_link_is_drawn_for_a_phones_camera(olive: Browser) -> None:
    answer = olive.htmx.post("/team/invitations", EVE)

    assert 'aria-label="The link as a QR code"' in answer.text
    assert '<svg viewBox="0 0' in answer.text
    assert "style=" not in answer.text.split("<svg viewBox")[1].split("</svg>")[0]
    assert "Only this machine can open it" in answer.text
    assert "QR code" not in olive.get("/team").text


def test_whoever_left_can_be_invited_anew(kept: Installation, olive: Browser, tom: Browser) -> None:
    olive.post(f"/team/{tom.id}/leaving")

    answer = olive.htmx.post("/team/invitations", EVE | {"name": "Tom", "email": "tom@harbour.example"})

    assert answer.status_code == 200
    client = Browser(olive.app)
    client.post(link(answer), {"password": PASSWORD})
    assert client.get("/team").status_code == 200
    assert tom.get("/team").status_code == 303


# Roles


def test_an_owner_changes_a_role_and_it_counts_at_once(kept: Installation, olive: Browser, dana: Browser) -> None:
    assert dana.post("/team/invitations", EVE).status_code == 403

    answer = olive.htmx.post(f"/team/{dana.id}/role", role(kept, dana, "owner"))

    assert answer.status_code == 200
    assert "Dana is owner now." in answer.text
    assert dana.htmx.post("/team/invitations", EVE).status_code == 200


def test_a_changed_role_without_javascript_leads_back_to_the_team(kept: Installation, olive: Browser, tom: Browser):
    answer = olive.post(f"/team/{tom.id}/role", role(kept, tom, "auditor"))

    assert (answer.status_code, answer.location) == (303, "/team")
    assert "Tom is auditor now." in olive.get("/team").text
    assert tom.post("/candidates", {"name": "Eve"}).status_code == 403


def test_the_last_owner_stays_one(kept: Installation, olive: Browser, dana: Browser) -> None:
    for answer in (
        olive.post(f"/team/{olive.id}/role", role(kept, olive, "recruiter")),
        olive.htmx.post(f"/team/{olive.id}/role", role(kept, olive, "recruiter")),
    ):
        assert answer.status_code == 422
        assert "An agency needs an owner." in answer.text
        assert f'id="role-error-{olive.id}"' in answer.text

    olive.post(f"/team/{dana.id}/role", role(kept, dana, "owner"))
    assert olive.htmx.post(f"/team/{olive.id}/role", role(kept, olive, "recruiter")).status_code == 200


def test_an_invited_owner_is_no_owner_yet(kept: Installation, olive: Browser) -> None:
    olive.post("/team/invitations", EVE | {"role": "owner"})

    assert olive.post(f"/team/{olive.id}/role", role(kept, olive, "recruiter")).status_code == 422


def test_whoever_keeps_promises_becomes_no_auditor(kept: Installation, olive: Browser, dana: Browser, ada: UUID):
    promise(kept, dana.id, ada, "Ring with the rate")

    answer = olive.htmx.post(f"/team/{dana.id}/role", role(kept, dana, "auditor"))

    assert answer.status_code == 422
    assert "First hand over what Dana keeps and looks after." in answer.text


def test_a_role_changed_by_somebody_else_meanwhile_is_409(kept: Installation, olive: Browser, tom: Browser) -> None:
    form = role(kept, tom, "owner")
    olive.post(f"/team/{tom.id}/role", role(kept, tom, "auditor"))

    answer = olive.htmx.post(f"/team/{tom.id}/role", form)

    assert answer.status_code == 409
    assert "Olive changed this at" in answer.text


@pytest.mark.parametrize("what", ["role", "sign-outs", "leaving", "handover"])
def test_only_owners_change_others(
    kept: Installation, olive: Browser, dana: Browser, aude: Browser, client: Browser, tom: Browser, what: str
) -> None:
    path = f"/team/{tom.id}/{what}"

    assert dana.post(path, {"role": "owner"}).status_code == 403
    assert aude.htmx.post(path, {"role": "owner"}).status_code == 403
    assert client.post(path).location.startswith("/login")
    assert olive.post(f"/team/{uuid4()}/{what}", {"role": "owner", "seen": "1"}).status_code == 404
    assert tom.get("/team").status_code == 200
    assert kept.views.team.recruiter(tom.id).role == "recruiter"


def test_an_owner_ends_the_sessions_of_a_lost_phone(app: Flask, olive: Browser, dana: Browser, tom: Browser) -> None:
    phone = Browser(app, dana.id)

    answer = olive.htmx.post(f"/team/{dana.id}/sign-outs")

    assert "Dana is signed out everywhere." in answer.text
    assert dana.get("/team").status_code == phone.get("/team").status_code == 303
    assert tom.get("/team").status_code == olive.get("/team").status_code == 200
    assert "Dana was signed in nowhere." in olive.htmx.post(f"/team/{dana.id}/sign-outs").text
    assert Browser(app).post("/login", {"email": "dana@harbour.example", "password": PASSWORD}).status_code == 303


def role(kept: Installation, person: Browser, role: str) -> dict[str, str]:
    return {"role": role, "seen": str(kept.views.team.recruiter(person.id).changed)}


def test_only_owners_invite_and_give_links(dana: Browser, aude: Browser, client: Browser) -> None:
    for path in ("/team/invitations", f"/team/{dana.id}/links"):
        assert dana.post(path, EVE).status_code == 403
        assert aude.post(path, EVE).status_code == 403
        assert client.post(path, EVE).location.startswith("/login")
        fragment = dana.htmx.post(path, EVE)
        assert fragment.status_code == 403
        assert fragment.headers["HX-Retarget"] == "#toast"


def test_a_link_works_once(client: Browser, olive: Browser) -> None:
    there = link(olive.htmx.post("/team/invitations", EVE))
    client.post(there, {"password": PASSWORD})

    for answer in (client.get(there), client.post(there, {"password": "another password"})):
        assert answer.status_code == 404
        assert "This link was used before" in answer.text
    assert client.post("/login", {"email": EVE["email"], "password": PASSWORD}).status_code == 303


def test_a_link_works_for_a_week(client: Browser, olive: Browser, kept: Installation) -> None:
    there = link(olive.htmx.post("/team/invitations", EVE))
    now = kept.vault._store.clock()

    kept.vault._store.clock = lambda: now + timedelta(days=7, seconds=1)

    assert client.get(there).status_code == 404
    assert client.post(there, {"password": PASSWORD}).status_code == 404


def test_an_unknown_link_is_404(client: Browser) -> None:
    assert client.get("/join/abc").status_code == 404
    assert client.htmx.post("/join/abc", {"password": PASSWORD}).status_code == 404


def test_a_short_password_is_refused_and_the_link_stays_good(client: Browser, olive: Browser) -> None:
    there = link(olive.htmx.post("/team/invitations", EVE))

    for answer in (client.post(there, {"password": "short"}), client.htmx.post(there, {"password": "short"})):
        assert answer.status_code == 422
        assert 'id="password-error"' in answer.text

    assert client.htmx.post(there, {"password": PASSWORD}).headers["HX-Redirect"] == "/"


def test_a_new_link_replaces_a_forgotten_password_and_ends_old_sessions(
    client: Browser, olive: Browser, dana: Browser
) -> None:
    there = link(olive.htmx.post(f"/team/{dana.id}/links"))
    assert "Choose a new password" in client.get(there).text
    assert dana.get("/team").status_code == 200

    client.post(there, {"password": "quite another one"})

    assert dana.get("/team").status_code == 303
    assert client.get("/team").status_code == 200
    assert client.post("/login", {"email": "dana@harbour.example", "password": PASSWORD}).status_code == 422


def test_a_link_for_nobody_is_404(olive: Browser) -> None:
    assert olive.post(f"/team/{uuid4()}/links").status_code == 404


def test_a_join_cut_short_is_finished_at_the_next_sign_in(kept: Installation, client: Browser, olive: Browser) -> None:
    there = link(olive.htmx.post("/team/invitations", EVE))
    kept.vault.accept(there.removeprefix("/join/"), PASSWORD)
    assert kept.views.team.by_email(EVE["email"]).state == "invited"

    client.post("/login", {"email": EVE["email"], "password": PASSWORD})

    assert kept.views.team.by_email(EVE["email"]).state == "joined"
    assert client.get("/team").status_code == 200
