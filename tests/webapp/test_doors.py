from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from cast import CHEAP, PASSWORD, Browser
from flask import Flask
from flask import request as form
from werkzeug.test import TestResponse

from domain.command import Command
from webapp import create_app
from webapp.doors import takes_uploads
from webapp.installation import Installation
from webapp.settings import Settings
from webapp.vault import setup_code

FOUNDING = {
    "agency": "Harbour Staffing",
    "name": "Olive",
    "email": "olive@harbour.example",
    "password": PASSWORD,
    "zone": "Europe/London",
}
PART = b'\r\n--part\r\nContent-Disposition: form-data; name="%s\r\n\r\n'
DANA = {"email": "dana@harbour.example", "password": PASSWORD}


# Founding the agency


def test_everything_leads_to_setup_until_there_is_an_agency(empty_app: Flask) -> None:
    stranger = Browser(empty_app)

    for path in ("/", "/login", "/team", "/nowhere"):
        answer = stranger.get(path)

        assert (answer.status_code, answer.location) == (303, "/setup")
    assert stranger.htmx.get("/").headers["HX-Redirect"] == "/setup"
    assert stranger.get("/healthz").status_code == 200


def test_setup_founds_the_agency_and_signs_its_owner_in(empty_app: Flask) -> None:
    browser = Browser(empty_app)
    page = browser.get("/setup")
    for label in ("Agency name", "Your name", "E-mail", "Password", "Time zone", "Create agency"):
        assert label in page.text
    assert "One-time code" not in page.text

    answer = browser.post("/setup", FOUNDING)

    assert (answer.status_code, answer.location) == (303, "/welcome")
    assert browser.get("/").status_code == 200
    views = empty_app.extensions["kept"].views
    assert (views.team.agency().zone, views.team.agency().country) == ("Europe/London", "GB")
    assert [(row.name, row.role, row.state) for row in views.team.everyone()] == [("Olive", "owner", "joined")]


def test_setup_by_htmx_loads_the_welcome_as_a_whole(empty_app: Flask) -> None:
    answer = Browser(empty_app).htmx.post("/setup", FOUNDING)

    assert answer.headers["HX-Redirect"] == "/welcome"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("agency", " ", "Give your agency a name."),
        ("name", "", "Say what your colleague is called."),
        ("email", "olive", "This does not look like an e-mail address."),
        ("password", "short", "Choose a password of at least 10 characters."),
        ("zone", "Mars/Olympus", "Choose a time zone from the list."),
    ],
)
def test_setup_is_refused_beside_the_field(empty_app: Flask, field: str, value: str, sentence: str) -> None:
    answer = Browser(empty_app).htmx.post("/setup", FOUNDING | {field: value})

    assert answer.status_code == 422
    assert answer.text.lstrip().startswith("<section")
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert field == "agency" or 'value="Harbour Staffing"' in answer.text
    assert PASSWORD not in answer.text
    assert empty_app.extensions["kept"].recruiting.log.end() == 0


def test_afterwards_setup_is_gone(client: Browser, olive: Browser) -> None:
    assert client.get("/setup").status_code == 404
    assert olive.get("/setup").status_code == 404
    assert client.post("/setup", FOUNDING).status_code == 404


def test_the_second_click_on_create_agency_founds_nothing_more(empty_app: Flask) -> None:
    browser, form = Browser(empty_app), FOUNDING | {"command": str(uuid4())}
    browser.post("/setup", form)

    again = browser.post("/setup", form)

    assert (again.status_code, again.location) == (303, "/welcome")
    assert len(empty_app.extensions["kept"].views.team.everyone()) == 1


@pytest.mark.parametrize("change", [{"bind": "0.0.0.0"}, {"base_url": "https://kept.example.com"}])
def test_beyond_this_machine_setup_asks_for_the_printed_code(tmp_path: Path, change: dict[str, str]) -> None:
    app = create_app(Settings(home=tmp_path / "h", backups=tmp_path / "b", **change), passwords=CHEAP)
    browser = Browser(app)
    assert "One-time code" in browser.get("/setup").text

    assert "This is not the code" in browser.post("/setup", FOUNDING | {"code": "1"}).text
    code = setup_code(app.extensions["kept"].vault)
    assert browser.post("/setup", FOUNDING | {"code": f" {code} "}).status_code == 303

    app.extensions["kept"].close()


# Signing in and out


def test_signing_in_goes_on_to_the_page_that_was_asked_for(client: Browser) -> None:
    away = client.get("/team?x=1")
    assert away.location == "/login?next=/team?x%3D1"

    answer = client.post("/login", DANA | {"next": "/team?x=1"})

    assert (answer.status_code, answer.location) == (303, "/team?x=1")
    assert client.get("/team").status_code == 200
    assert client.get("/login").location == "/"


def test_signing_in_by_htmx_loads_the_page_as_a_whole(client: Browser) -> None:
    assert client.htmx.post("/login", DANA).headers["HX-Redirect"] == "/"


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "/\\evil.example", "\\evil", "/\tevil", "evil", "", "/😀"]
)
def test_signing_in_never_leads_to_another_site(client: Browser, there: str) -> None:
    assert client.post("/login", DANA | {"next": there}).location == "/"
    assert Browser(client.app).htmx.post("/login", DANA | {"next": there}).headers["HX-Redirect"] == "/"


@pytest.mark.parametrize("form", [{"password": "another password"}, {"email": "nobody@harbour.example"}, {"email": ""}])
def test_wrong_and_unknown_are_answered_alike(client: Browser, form: dict[str, str]) -> None:
    for answer in (client.post("/login", DANA | form), client.htmx.post("/login", DANA | form)):
        assert answer.status_code == 422
        assert "E-mail or password is not right." in answer.text
        assert f'value="{(DANA | form)["email"]}"' in answer.text
    assert client.get("/team").status_code == 303


def test_e_mail_addresses_are_known_in_any_case(client: Browser) -> None:
    assert client.post("/login", DANA | {"email": " Dana@HARBOUR.example "}).status_code == 303


def test_the_eleventh_try_of_a_minute_has_to_wait(client: Browser) -> None:
    for _ in range(10):
        assert client.post("/login", DANA | {"password": "a guess at it"}).status_code == 422

    page, fragment = client.post("/login", DANA), client.htmx.post("/login", DANA)

    assert page.status_code == fragment.status_code == 429
    assert 0 < int(page.headers["Retry-After"]) <= 60
    assert "Too many tries." in page.text
    assert "<html" in page.text
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Retarget"] == "#toast"
    assert client.post("/login", DANA | {"email": "tom@harbour.example"}).status_code == 303


def test_an_office_behind_one_address_arrives_at_nine(app: Flask, olive: Browser) -> None:
    """Each of thirty slips three times, then is right; all come from one address, within one minute."""
    for number in range(30):
        email = f"colleague{number}@harbour.example"
        there = _joined(olive, f"Colleague {number}", email)
        desk = Browser(app)
        for _ in range(3):
            assert desk.post("/login", {"email": email, "password": "a slip of the hand"}).status_code == 422

        assert desk.post("/login", {"email": email, "password": PASSWORD}).status_code == 303, number
        assert there.get("/team").status_code == 200


def test_one_account_that_is_attacked_from_everywhere_rests_for_unknown_devices_only(
    app: Flask, kept: Installation
) -> None:
    desk, phone = Browser(app), Browser(app)
    desk.post("/login", DANA)
    desk.post("/logout")
    for number in range(100):
        guess = attempt(app, f"203.0.113.{number}", DANA | {"password": "a guess at it"})
        assert guess.status_code == 422

    refused = attempt(app, "203.0.113.200", DANA | {"password": "a guess at it"})

    assert refused.status_code == 429
    assert "use a device where you signed in before" in refused.text
    assert 60 < int(refused.headers["Retry-After"]) <= 3600
    assert phone.post("/login", DANA).status_code == 429
    assert phone.post("/login", DANA | {"email": "tom@harbour.example"}).status_code == 303
    assert desk.post("/login", DANA).status_code == 303


def test_whoever_guesses_behind_the_offices_address_locks_out_nobody_who_was_here_before(app: Flask) -> None:
    desk, phone = Browser(app), Browser(app)
    desk.post("/login", DANA)
    desk.post("/logout")
    for number in range(100):
        Browser(app).post("/login", {"email": f"somebody{number}@harbour.example", "password": "a guess at it"})

    assert phone.post("/login", DANA).status_code == 429
    assert desk.post("/login", DANA).status_code == 303


def test_a_known_device_has_ten_tries_a_minute_too(app: Flask, kept: Installation) -> None:
    desk = Browser(app)
    desk.post("/login", DANA)
    desk.post("/logout")

    tries = [desk.post("/login", DANA | {"password": "a guess at it"}).status_code for _ in range(11)]

    assert tries == [422] * 10 + [429]
    now = kept.guesses._store.clock()
    kept.guesses._store.clock = lambda: now + timedelta(seconds=61)
    assert desk.post("/login", DANA).status_code == 303


def test_a_known_device_opens_nothing_and_knows_only_whom_it_let_in(app: Flask) -> None:
    desk = Browser(app)
    desk.post("/login", DANA)
    device = desk.client.get_cookie("kept-device")
    assert device.http_only
    assert device.same_site == "Lax"

    other = app.test_client()
    other.set_cookie("kept-device", device.value)

    assert other.get("/team").status_code == 303
    assert app.test_client().get("/team", headers={"Cookie": "kept-device=forged.by-somebody"}).status_code == 303


def test_tries_are_counted_for_all_processes_and_after_a_restart(app: Flask, kept: Installation) -> None:
    for _ in range(10):
        Browser(app).post("/login", DANA | {"password": "a guess at it"})

    neighbour = create_app(kept.settings, passwords=CHEAP)

    assert Browser(neighbour).post("/login", DANA).status_code == 429
    neighbour.extensions["kept"].close()


def test_an_ipv6_household_is_one_address(app: Flask) -> None:
    for number in range(10):
        attempt(app, f"2001:db8:1:2::{number + 1}", DANA | {"password": "a guess at it"})

    assert attempt(app, "2001:db8:1:2:ffff::1", DANA).status_code == 429
    assert attempt(app, "2001:db8:1:3::1", DANA).status_code == 303


def attempt(app: Flask, address: str, form: dict[str, str]) -> TestResponse:
    return Browser(app).post("/login", form, environ_overrides={"REMOTE_ADDR": address})


def _joined(olive: Browser, name: str, email: str) -> Browser:
    kept = olive.app.extensions["kept"]
    invited = kept.recruiting.invite_recruiter(Command(uuid4(), olive.id), name, email, "recruiter").streams[0]
    kept.recruiting.join(Command(uuid4(), invited), invited)
    kept.vault.set_password(invited, PASSWORD)
    kept.views.catch_up()
    return Browser(olive.app, invited)


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(app: Flask, dana: Browser) -> None:
    copy = app.test_client()
    copy.set_cookie("kept", dana.client.get_cookie("kept").value)
    assert copy.get("/team").status_code == 200

    answer = dana.post("/logout")

    assert (answer.status_code, answer.location) == (303, "/login")
    assert dana.get("/team").status_code == 303
    assert copy.get("/team").status_code == 303


def test_auditors_can_sign_out(aude: Browser) -> None:
    assert aude.post("/logout").status_code == 303


def test_signing_in_gives_a_new_cookie_and_hides_it(client: Browser) -> None:
    before = client.client.get_cookie("kept").value

    answer = client.post("/login", DANA)

    cookie = answer.headers["Set-Cookie"]
    assert before not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_cookies_are_secure_where_people_come_by_https(settings: Settings) -> None:
    app = create_app(Settings(home=settings.home, backups=settings.backups, base_url="https://kept.example.com"))

    assert app.config["SESSION_COOKIE_SECURE"]
    app.extensions["kept"].close()


# Lost sessions


def test_a_lost_session_sends_htmx_to_the_sign_in_and_back_to_its_page(kept: Installation, dana: Browser) -> None:
    kept.vault.end_sessions(dana.id)

    answer = dana.htmx.post("/logout", headers={"HX-Current-URL": "http://localhost/team?x=1"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/login?next=/team?x%3D1"
    assert answer.text == ""


def test_a_lost_session_sends_a_form_to_the_sign_in(kept: Installation, dana: Browser) -> None:
    kept.vault.end_sessions(dana.id)

    answer = dana.post("/candidates", {"name": "Eve"}, headers={"Referer": "http://localhost/candidates"})

    assert (answer.status_code, answer.location) == (303, "/login?next=/candidates")


@pytest.mark.parametrize("nonsense", ["http://[", "http://[x]/a", "/\xe9"])
def test_a_page_left_that_is_no_address_is_today(client: Browser, nonsense: str) -> None:
    for header in ("Referer", "HX-Current-URL"):
        answer = client.post("/candidates", {"name": "Eve"}, headers={header: nonsense})
        assert (answer.status_code, answer.location) == (303, "/login?next=/")


def test_sessions_end_a_month_after_they_were_last_seen(kept: Installation, dana: Browser) -> None:
    now = kept.vault._store.clock()

    kept.vault._store.clock = lambda: now + timedelta(days=29)
    assert dana.get("/team").status_code == 200
    kept.vault._store.clock = lambda: now + timedelta(days=58)
    assert dana.get("/team").status_code == 200
    kept.vault._store.clock = lambda: now + timedelta(days=89)
    assert dana.get("/team").status_code == 303


def test_a_session_can_be_ended_from_elsewhere(app: Flask, dana: Browser, tom: Browser) -> None:
    phone = Browser(app, dana.id)
    session, _ = app.extensions["kept"].vault.sessions_of(dana.id)
    assert str(session.name) in dana.get("/sessions").text

    assert tom.post(f"/sessions/{session.name}/end").status_code == 404
    assert dana.htmx.post(f"/sessions/{session.name}/end").status_code == 200

    assert phone.get("/team").status_code == 303
    assert dana.get("/team").status_code == 200
    assert dana.post(f"/sessions/{session.name}/end").status_code == 404


def test_ending_the_session_one_is_in_signs_out(app: Flask, aude: Browser) -> None:
    (session,) = app.extensions["kept"].vault.sessions_of(aude.id)

    assert aude.post(f"/sessions/{session.name}/end").location == "/login"
    assert aude.get("/team").status_code == 303


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"),
        ("", "A browser"),
    ],
)
def test_a_session_names_its_device_and_no_more(client: Browser, agent: str, device: str) -> None:
    client.post("/login", DANA, headers={"User-Agent": agent})

    assert device in client.get("/sessions").text


# The password


def test_a_new_password_ends_every_other_session_and_every_link(
    app: Flask, olive: Browser, dana: Browser, kept: Installation
) -> None:
    phone = Browser(app, dana.id)
    link = kept.vault.invite(dana.id, olive.id, uuid4())
    assert "Change password" in dana.get("/password").text

    answer = dana.post("/password", {"current": PASSWORD, "password": "quite another one"})

    assert (answer.status_code, answer.location) == (303, "/sessions")
    assert "Your password is changed." in dana.get("/sessions").text
    assert phone.get("/team").status_code == 303
    assert Browser(app).get(f"/join/{link}").status_code == 404
    assert Browser(app).post("/login", DANA).status_code == 422
    assert Browser(app).post("/login", DANA | {"password": "quite another one"}).status_code == 303


def test_a_new_password_by_htmx_loads_the_sign_ins_as_a_whole(aude: Browser) -> None:
    answer = aude.htmx.post("/password", {"current": PASSWORD, "password": "quite another one"})

    assert answer.headers["HX-Redirect"] == "/sessions"


@pytest.mark.parametrize(
    ("field", "form", "sentence"),
    [
        ("current", {"current": "not mine", "password": "quite another one"}, "This is not your password."),
        ("password", {"current": PASSWORD, "password": "too-short"}, "Choose a password of at least 10 characters."),
        ("password", {"current": PASSWORD, "password": "x" * 1001}, "This password is too long"),
    ],
)
def test_a_new_password_is_refused_beside_the_field(
    dana: Browser, client: Browser, field: str, form: dict[str, str], sentence: str
) -> None:
    for answer in (dana.post("/password", form), dana.htmx.post("/password", form)):
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert sentence in answer.text
        assert form["password"] not in answer.text
    assert client.post("/login", DANA).status_code == 303


def test_the_current_password_cannot_be_guessed_for_ever(dana: Browser) -> None:
    for _ in range(10):
        dana.post("/password", {"current": "a guess at it", "password": "quite another one"})

    assert dana.post("/password", {"current": PASSWORD, "password": "quite another one"}).status_code == 429


def test_a_phone_finds_kept_by_a_picture(dana: Browser) -> None:
    page = dana.get("/sessions").text

    assert "Open Kept on your phone" in page
    assert '<svg viewBox="0 0' in page


# How much may come


def test_only_pages_for_uploads_take_25_mb_and_only_from_those_who_may(
    app: Flask, dana: Browser, aude: Browser, client: Browser
) -> None:
    @takes_uploads
    def upload() -> str:
        with closing(form.files["file"]) as file:
            return str(len(file.read()) + len(form.form["text"]))

    app.add_url_rule("/an-upload", view_func=upload, methods=["POST"])

    def sent(browser: Browser, length: int, path: str = "/an-upload") -> TestResponse:
        body = PART % b'csrf_token"' + browser.token().encode()
        body += PART % b'text"' + b"y" * 1_500_000
        body += PART % b'file"; filename="people.csv"' + b"x" * length + b"\r\n--part--\r\n"
        kind = "multipart/form-data; boundary=part"
        return browser.client.post(path, input_stream=BytesIO(body), content_length=len(body), content_type=kind)

    assert sent(dana, 20_000_000).text == "21500000"
    too_large = sent(dana, 26_000_000)
    assert too_large.status_code == 413
    assert "25 MB fit" in too_large.text
    assert sent(aude, 2_000_000).status_code == 403
    assert sent(client, 2_000_000).status_code == 303
    assert sent(dana, 2_000_000, "/candidates").status_code == 413
    assert app.config["MAX_CONTENT_LENGTH"] == 1_000_000


# Who may pass


def test_every_page_but_the_doors_turns_strangers_away(app: Flask, client: Browser) -> None:
    open_to_all = {"static", "doors.setup", "doors.sign_in", "team.join", "health.alive", "demo_door.enter"}
    open_to_all |= {"phone.manifest", "phone.worker", "phone.shell"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint in open_to_all or rule.endpoint.startswith("answers."):
            continue
        path = rule.build({name: uuid4() for name in rule.arguments})[1]
        answer = client.post(path) if "POST" in rule.methods else client.get(path)

        assert answer.status_code == 303, path
        assert answer.location.startswith("/login"), path


def test_no_form_of_an_auditor_is_taken_but_their_own_sessions(app: Flask, aude: Browser) -> None:
    their_own = {"doors.setup", "doors.sign_in", "team.join", "doors.sign_out", "doors.end_session"}
    their_own |= {"doors.password", "preferences.change_mine", "individuals.read"}
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint in their_own or rule.endpoint.startswith("answers."):
            continue
        path = rule.build({name: uuid4() for name in rule.arguments})[1]

        answer = aude.post(path)

        assert answer.status_code == 403, path
        assert "Auditors may read everything and change nothing." in answer.text


def test_a_form_from_elsewhere_is_refused(dana: Browser) -> None:
    for token in ("", "forged"):
        page = dana.post("/logout", {"csrf_token": token})
        fragment = dana.htmx.post("/logout", {"csrf_token": token})

        assert page.status_code == fragment.status_code == 400
        assert "Nothing was saved" in page.text
        assert fragment.headers["HX-Retarget"] == "#toast"
        assert "<html" not in fragment.text
    assert dana.get("/team").status_code == 200


def test_authority_is_looked_up_in_two_statements(app: Flask, dana: Browser, kept: Installation) -> None:
    from sqlalchemy import event

    statements: list[str] = []
    event.listen(kept.vault._store._engine, "before_cursor_execute", lambda *said: statements.append(said[2]))

    dana.get("/team")

    assert len(statements) == 1
