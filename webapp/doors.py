"""The doors: founding the agency, signing in and out, and who may pass at all."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID, uuid5

from flask import Blueprint, Flask, Response, abort, current_app, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from domain.command import Command
from domain.refusal import Refused
from webapp import devices, forms
from webapp.errors import STORE_TROUBLE
from webapp.filled import Filled, Typed, refilled
from webapp.guesses import HOUR, MINUTE, Limit, network
from webapp.htmx import go, page_left, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, vault, views
from webapp.qr import drawn
from webapp.vault import SESSIONS_LIVE, setup_code
from webapp.zones import country_of, time_zones

pages = Blueprint("doors", __name__)
csrf = CSRFProtect()
login_manager = LoginManager()

View = TypeVar("View", bound=Callable[..., Any])
BROWSERS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
SYSTEMS |= {"CrOS": "ChromeOS", "Linux": "Linux"}
FOUNDING = ("agency", "name", "email", "password", "zone", "code")
NOT_RIGHT = "E-mail or password is not right."
NOT_YOURS = "This is not your password."
CHANGING = ("current", "password")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000
TOO_SHORT = f"Choose a password of at least {SHORTEST_PASSWORD} characters. A sentence works well."
TOO_LONG = f"This password is too long: {LONGEST_PASSWORD:,} characters fit."
WHILE_ASKED = 5_000  # events that one request reads for the views; the rest is left to the next, and to the worker
WRITERS = ("owner", "recruiter")
EVERYBODY = (*WRITERS, "auditor")
ONLY_READS = "Auditors may read everything and change nothing."
LARGEST = 1_000_000  # bytes of a request
LARGEST_UPLOAD = 25_000_000
REAL = "/welcome"  # where a demo inside a real installation leads back to
AT_HOME = ("doors.setup", "doors.sign_in", "team.join")  # doors that such a demo keeps shut


class SignedIn(UserMixin):
    """The recruiter behind this request; `id` is the recruiter's, `get_id()` that of the session."""

    def __init__(self, session_id: str, session_name: UUID | None, recruiter: Any):
        self.session_id = session_id
        self.session_name = session_name
        self.id: UUID = recruiter.id
        self.name: str = recruiter.name
        self.role: str = recruiter.role

    def get_id(self) -> str:
        return self.session_id


def init_doors(app: Flask) -> None:
    """Every request passes one door: views up to date, agency founded, signed in, allowed, our own form."""
    settings = app.extensions["kept"].settings
    app.config.update(
        SECRET_KEY=settings.secret_key or app.extensions["kept"].vault.secret("KEPT_SECRET_KEY"),
        SESSION_COOKIE_NAME="kept-demo" if settings.demo else "kept",
        SESSION_COOKIE_PATH=settings.under or None,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=SESSIONS_LIVE,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=LARGEST,
        MAX_FORM_MEMORY_SIZE=LARGEST,
    )
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals["start_for_real"] = REAL if settings.under else ""
    login_manager.session_protection = None
    login_manager.init_app(app)
    csrf.init_app(app)
    public(app.view_functions["static"])
    for check in (catch_up, founded, signed_in, allowed, roomy, own_form):
        app.before_request(check)


def public(view: View) -> View:
    """Strangers may open this page."""
    view.public = True  # type: ignore[attr-defined]
    return view


def for_roles(*roles: str) -> Callable[[View], View]:
    """Only these roles may use this page; else everybody signed in reads, and all but auditors write."""

    def mark(view: View) -> View:
        view.roles = roles  # type: ignore[attr-defined]
        return view

    return mark


def changes_nothing(view: View) -> View:
    """What is sent here is only shown, so it may come from anywhere: other apps share things with Kept."""
    view.changes_nothing = True  # type: ignore[attr-defined]
    return view


def by_its_address(view: View) -> View:
    """What the address says is signed by this installation, and nothing else counts: no form, no cookie."""
    view.by_its_address = True  # type: ignore[attr-defined]
    return view


def takes_uploads(view: View) -> View:
    """A form of this page may carry a file of 25 MB, or as much pasted text."""
    view.largest = LARGEST_UPLOAD  # type: ignore[attr-defined]
    return view


# The door


def catch_up() -> None:
    if request.endpoint in ("static", "health.alive"):
        return
    try:
        views.catch_up(WHILE_ASKED)
    except STORE_TROUBLE as error:
        current_app.logger.error("The views cannot be brought up to date.", exc_info=error)


def founded() -> Response | None:
    if request.endpoint in ("static", "health.alive", "doors.setup") or _is_founded():
        return None
    return go(url_for("doors.setup"))


def signed_in() -> Response | None:
    if request.endpoint is None or _is_public() or current_user.is_authenticated:
        return None
    return turned_away()


def allowed() -> None:
    if request.endpoint is None or _is_public():
        return
    writes = request.method == "POST"
    if current_user.role not in _mark("roles", WRITERS if writes else EVERYBODY):
        abort(403, ONLY_READS if writes and current_user.role == "auditor" else None)


def roomy() -> None:
    """Only now that it is known who sends it: how much may come."""
    if largest := _mark("largest", None):
        request.max_content_length = request.max_form_memory_size = largest


def own_form() -> None:
    if request.endpoint is not None and not (_mark("by_its_address", False) or _mark("changes_nothing", False)):
        csrf.protect()


@login_manager.unauthorized_handler
def turned_away() -> Response:
    """To the sign-in, and afterwards back to the page one was on."""
    if installation.settings.under:
        return go(REAL, status=401)
    return go(url_for("doors.sign_in", next=_page_asked_for()), status=401)


@login_manager.user_loader
def who(session_id: str) -> SignedIn | None:
    """Whose session this is, looked up anew in every request."""
    row = vault.session(session_id)
    recruiter = views.team.recruiter(row.recruiter) if row else None
    if row is None or recruiter is None or recruiter.state == "left":
        return None
    return SignedIn(session_id, row.name, recruiter)


# Founding the agency


@pages.route("/setup", methods=["GET", "POST"])
@public
def setup() -> Response:
    if request.method == "GET" or _is_founded():
        return _setup_again() if _is_founded() else _setup_page()
    try:
        return _found()
    except Refused as refused:
        return _setup_page(forms.status(refused), refilled(request.form, refused, FOUNDING))


def _found() -> Response:
    command, password = forms.command(), new_password()
    if not installation.settings.private:
        _check_code()
    with installation.alone("setup"):
        if _is_founded():
            return _setup_again()
        vault.set_password(command.stream(1), password)
        agency, owner, email, zone = (forms.line(name) for name in ("agency", "name", "email", "zone"))
        recorded = recruiting.found_agency(command, agency, zone, owner, email, country_of(zone))
        views.catch_up()
    return let_in(recorded.streams[1], url_for("welcome.page"))


def _setup_again() -> Response:
    """404, but for the second click on Create agency: it founds nothing more, and goes on like the first."""
    if request.method == "POST" and recruiting.log.trace(forms.command().id):
        return go(url_for("welcome.page"))
    abort(404)


def _setup_page(status: int = 200, filled: Filled | None = None) -> Response:
    return page_or_fragment(
        "doors/setup.html",
        "setup",
        status,
        filled=filled or Filled(Typed(zone="Europe/London")),
        asks_code=not installation.settings.private,
        zones=time_zones(),
    )


def _check_code() -> None:
    """Raises Refused beside `code`."""
    code = forms.line("code").replace(" ", "")
    with installation.guesses.one(Limit(20, MINUTE, ("setup code", _here()))) as right:
        if not hmac.compare_digest(code.encode(), setup_code(vault).encode()):
            raise Refused("This is not the code that Kept printed when it started.", "code")
        right()


# Signing in and out


@pages.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> Response:
    if request.method == "GET" and current_user.is_authenticated:
        return go(_next())
    if request.method == "GET":
        return _sign_in_page()
    recruiter = views.team.by_email(_email())
    password = request.form.get("password", "")[:LONGEST_PASSWORD]
    with installation.guesses.one(*_limits(recruiter)) as right:
        if not vault.check_password(recruiter.id if recruiter else None, password) or recruiter.state == "left":
            return _sign_in_page(422, Filled(Typed(request.form), {"password": NOT_RIGHT}))
        right()
    return let_in(recruiter.id, _next())


@pages.post("/logout")
@for_roles(*EVERYBODY)
def sign_out() -> Response:
    vault.end_session(current_user.id, current_user.session_name)
    logout_user()
    session.clear()
    return go(url_for("doors.sign_in"))


def _limits(recruiter: Any) -> tuple[Limit, ...]:
    """How often this may be tried. Only wrong tries count, so an office that arrives at nine is never too many.

    On a device where this account signed in before, nothing that others try elsewhere, or behind the same address,
    stands in the way; an account that is attacked from many places rests only for devices it never used.
    """
    account, here = _email(), _here()
    if recruiter is not None and (device := devices.known(recruiter.id)):
        return (Limit(10, MINUTE, ("device", device, account)),)
    return (
        Limit(10, MINUTE, ("account here", here, account)),
        Limit(100, MINUTE, ("here", here)),
        Limit(100, HOUR, ("account", account)),
    )


def _sign_in_page(status: int = 200, filled: Filled | None = None) -> Response:
    return page_or_fragment("doors/sign_in.html", "sign_in", status, filled=filled or Filled(), next=_next())


# Where one is signed in


@pages.get("/sessions")
def sessions() -> Response:
    return page_or_fragment(
        "doors/sessions.html",
        "sessions",
        rows=vault.sessions_of(current_user.id),
        said=session.pop("said", None),
        address=installation.settings.base_url,
        picture=drawn(installation.settings.base_url),
    )


@pages.post("/sessions/<uuid:name>/end")
@for_roles(*EVERYBODY)
def end_session(name: UUID) -> Response:
    if not vault.end_session(current_user.id, name):
        abort(404)
    if name == current_user.session_name:
        session.clear()
        return go(url_for("doors.sign_in"))
    return sessions() if wants_fragment() else go(url_for("doors.sessions"))


# The password


@pages.route("/password", methods=["GET", "POST"])
@for_roles(*EVERYBODY)
def password() -> Response:
    if request.method == "GET":
        return _password_page()
    try:
        with installation.guesses.one(Limit(10, MINUTE, ("password of", str(current_user.id)))) as right:
            if not vault.check_password(current_user.id, request.form.get("current", "")[:LONGEST_PASSWORD]):
                raise Refused(NOT_YOURS, "current")
            right()
        vault.change_password(current_user.id, new_password(), current_user.session_name)
    except Refused as refused:
        return _password_page(422, refilled({}, refused, CHANGING))
    session["said"] = "Your password is changed. Everywhere else you were signed out."
    return go(url_for("doors.sessions"))


def _password_page(status: int = 200, filled: Filled | None = None) -> Response:
    return page_or_fragment("doors/password.html", "password", status, filled=filled or Filled())


# What the doors share


def let_in(recruiter: UUID, location: str) -> Response:
    """Begin a session for somebody who has just proved who they are, and go on to `location`."""
    row = views.team.recruiter(recruiter)
    if row.state == "invited":
        recruiting.join(Command(_joining(recruiter), recruiter), recruiter)
        views.catch_up()
    session.clear()
    session.permanent = True
    session_id = vault.begin_session(recruiter, _device())
    login_user(SignedIn(session_id, None, row))
    return devices.remember(go(location), recruiter)


def new_password() -> str:
    """A password that was just chosen. Raises Refused beside `password` when it is too short or too long."""
    password = request.form.get("password", "")
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(TOO_SHORT, "password")
    if len(password) > LONGEST_PASSWORD:
        raise Refused(TOO_LONG, "password")
    return password


def _here() -> str:
    return network(request.remote_addr)


def _device() -> str:
    """ "Firefox on Windows": enough to recognise one's own, too little to follow anybody."""
    told = request.user_agent.string
    browser = next((name for sign, name in BROWSERS.items() if sign in told), "A browser")
    system = next((name for sign, name in SYSTEMS.items() if sign in told), "")
    return f"{browser} on {system}" if system else browser


def _joining(recruiter: UUID) -> UUID:
    return uuid5(recruiter, "join")


def _email() -> str:
    return " ".join(request.form.get("email", "").split()).casefold()[:200]


def _is_public() -> bool:
    """Whether strangers may pass here. A demo inside a real installation is entered through that one only."""
    return bool(_mark("public", False)) and not (installation.settings.under and request.endpoint in AT_HOME)


def _mark(name: str, default: Any) -> Any:
    """What `public` or `for_roles` says about the page asked for."""
    return getattr(current_app.view_functions.get(request.endpoint or ""), name, default)


def _is_founded() -> bool:
    """Whether the log has begun: asked of the truth, since views may be behind, and only until it is so."""
    if not current_app.extensions.get("kept.founded"):
        current_app.extensions["kept.founded"] = recruiting.log.end() > 0
    return bool(current_app.extensions["kept.founded"])


def _page_asked_for() -> str:
    """This page's own path; for htmx, or a form that was sent, the page it stands on."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.full_path.rstrip("?")
    here = page_left()
    return here.path + (f"?{here.query}" if here.query else "")


def _next() -> str:
    """Where to go after signing in: a path of this very site, else Today."""
    asked = request.values.get("next", "")
    plain = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isascii() and asked.isprintable()
    return asked if plain and "\\" not in asked else url_for("today.page")
