"""Writing to a candidate: from a template, seen as they will read it; sent as a mail, or opened in another app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from domain.merging import filled
from domain.refusal import Forgotten, Refused
from domain.template import Template
from domain.touchpoint import Channel, Direction
from webapp import candidates, forms, lately, mail, tips
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency, now
from webapp.guard import advice
from webapp.htmx import go, page_or_fragment
from webapp.ledger import installation, recruiting, views
from webapp.mail import At, NotSent
from webapp.merging import merged, nothing_for, promised_to, signature, values_for
from webapp.reaching import greeting, openers
from webapp.wished import wished_by

pages = Blueprint("messages", __name__)

FIELDS = ("channel", "to", "subject", "text")
CHANNELS = (Channel.EMAIL, Channel.WHATSAPP, Channel.SMS)
PATIENCE = 8.0  # seconds for each answer of the mail server: somebody waits
LONGEST = 9_500
ASKING = Template(
    "Asking for a referral",
    "Do you know somebody?",
    "Hello {{first_name}},\n\n"
    "do you know somebody who is thinking of a change, and whom you would be glad to see in a good place? If so, would"
    " you ask them whether I may get in touch?\n\n"
    "If nobody comes to mind, that is perfectly fine.",
    "Hello {{first_name}}, {{recruiter}} from {{agency}} here. Do you know somebody who is thinking of a change? If so,"
    " would you ask them whether I may get in touch?",
)
LONGEST_IN_A_LINK = 2_500  # as an address writes it; servers and mail programs cut off longer ones


@dataclass(frozen=True)
class Message:
    """What a form says. `to` is empty but in a mail."""

    channel: Channel
    to: str
    subject: str
    text: str

    @property
    def words(self) -> str:
        """As it is written down."""
        return f"{self.subject}\n\n{self.text}" if self.subject else self.text


@pages.get("/candidates/<uuid:candidate_id>/messages")
def page(candidate_id: UUID) -> Response:
    candidates.writing()
    candidate = candidates.known(candidate_id)
    lately.opened(candidate_id)
    return _shown(candidate, _begun(candidate))


@pages.post("/candidates/<uuid:candidate_id>/messages")
def send(candidate_id: UUID) -> Response:
    candidate = candidates.known(candidate_id)
    try:
        message = _said(candidate)
        if not sends(message.channel) or "ready" in request.form:
            return _shown(candidate, Filled(Typed({**request.form, **vars(message)})))
        touchpoint = _sent(candidate, message)
    except Refused as refused:
        return _shown(candidate, refilled(request.form, refused, FIELDS), forms.status(refused))
    views.catch_up()
    return go(url_for("candidates.page", candidate_id=candidate_id, _anchor=f"touchpoint-{touchpoint}"))


def sends(channel: str) -> bool:
    """Whether Kept itself sends it. Nobody in a demo is real."""
    settings = installation.settings
    return channel == Channel.EMAIL and settings.smtp_url is not None and not settings.demo


# What a form says


def _said(candidate: Any) -> Message:
    """A message as it may be sent: to somebody who does not mind, whole, and with nothing left to fill in."""
    channel = forms.choice("channel", Channel, otherwise=Channel.EMAIL)
    if channel not in CHANNELS:
        raise Refused("Choose one of these.", "channel")
    recruiting.may_be_sent(candidate.id, channel)
    if gives := _chosen("tip"):
        recruiting.titled(gives)
    if not openers(candidate, channel, "", ""):
        raise Refused(_no_way(candidate, channel), "channel")
    values, _ = values_for(candidate, _chosen("promise"), _about(candidate))
    subject = merged("subject", forms.line("subject"), values) if channel == Channel.EMAIL else ""
    if channel == Channel.EMAIL and not subject:
        raise Refused("Give the mail a subject.", "subject")
    text = merged("text", forms.text("text", LONGEST), values)
    if not text:
        raise Refused("Write the message.", "text")
    to = forms.line("to") or (candidate.emails[0] if channel == Channel.EMAIL else "")
    if channel == Channel.EMAIL and to not in candidate.emails:
        raise Refused("Choose one of their addresses.", "to")
    message = Message(channel, to if channel == Channel.EMAIL else "", subject, text)
    if not sends(channel) and len(quote(message.words)) > LONGEST_IN_A_LINK:
        raise Refused("This is too long to be handed to another app. Shorten it, or write it there.", "text")
    return message


def _no_way(candidate: Any, channel: Channel) -> str:
    if channel == Channel.EMAIL:
        return "We know no e-mail address of theirs. Add one first."
    if channel == Channel.WHATSAPP and candidate.phones:
        return "WhatsApp needs a number with its country, like +44 7700 900123. Change theirs first."
    return "We know no telephone number of theirs. Add one first."


# Sending


def _sent(candidate: Any, message: Message) -> UUID:
    """Hand the mail over, then write down that it went: once for each form, however often that arrives."""
    command = forms.command()
    with installation.alone(f"sending-{current_user.id.hex}"):  # whoever clicks twice waits, and is answered alike
        if recruiting.log.trace(command.id) is None:
            _hand_over(candidate, message, f"message {command.id}")
        recorded = recruiting.record_touchpoint(
            *(command, candidate.id, Channel.EMAIL, Direction.OUT, None, None, message.words),
            asks=_asks(),
            gives=_chosen("tip"),
        )
    return recorded.streams[0]


def _hand_over(candidate: Any, message: Message, key: str) -> None:
    settings, me = installation.settings, views.team.recruiter(current_user.id)
    assert settings.smtp_url is not None
    assert me is not None
    about = {"smtp_url": settings.smtp_url, "base_url": settings.base_url, "key": key, "now": now()}
    author = (f"{me.name}, {agency().name}", me.email or "")
    try:
        letter = mail.personal(author, (candidate.name or "", message.to), message.subject, message.text, **about)
        mail.send(settings.smtp_url, letter, PATIENCE)
    except NotSent as reason:
        field = "to" if reason.at is At.ADDRESS else None
        raise Refused(f"{reason} Nothing was sent; your words are still here.", field) from None


# The page


def _begun(candidate: Any) -> Filled:
    """The form from the template chosen, filled in for this candidate; what cannot be filled in is pointed at."""
    channel = _channel(candidate)
    typed = {"channel": str(channel), "template": request.args.get("template", "")}
    chosen = _chosen("template")
    template: Any = views.templates.template(chosen) if chosen else None
    if template is None and "asks" in request.args:
        typed["asks"], template = "1", ASKING
    about = _about(candidate)
    typed["about"] = str(about.id) if about else ""
    if gives := _chosen("tip"):
        typed["tip"], template = str(gives), tips.known(gives).message
    values, promises = values_for(candidate, _chosen("promise"), about)
    typed["promise"] = str(_chosen("promise") or (promises[0].id if promises else ""))
    typed["to"] = candidate.emails[0] if candidate.emails else ""
    is_mail = channel == Channel.EMAIL
    if template is None:
        first = f"Hello {values['first_name']},\n\n" if is_mail else greeting(candidate)
        return Filled(Typed({**typed, "subject": "", "text": f"{first}\n\n{signature()}" if is_mail else first}))
    text, missing = filled(template.words if is_mail else template.short or template.words, values)
    subject, missing_above = filled(template.subject, values) if is_mail else ("", [])
    errors = {"text": nothing_for(missing)} if missing else {}
    errors |= {"subject": nothing_for(missing_above)} if missing_above else {}
    return Filled(Typed({**typed, "subject": subject, "text": f"{text}\n\n{signature()}" if is_mail else text}), errors)


def _channel(candidate: Any) -> Channel:
    """The channel asked for; else the first by which they can be reached and do not mind."""
    possible = _possible(candidate)
    asked = request.values.get("channel", "")
    if asked in CHANNELS:
        return Channel(asked)
    unwanted = wished_by(candidate.id).wishes.unwanted
    return next((each for each in possible if each not in unwanted), possible[0] if possible else Channel.EMAIL)


def _possible(candidate: Any) -> list[Channel]:
    return [channel for channel in CHANNELS if openers(candidate, channel, "", "")]


def _asks() -> bool:
    """Whether this message asks for a referral."""
    return bool(request.values.get("asks"))


def _chosen(name: str) -> UUID | None:
    try:
        return UUID(request.values[name]) if request.values.get(name) else None
    except ValueError:
        return None


def _about(candidate: Any) -> Any:
    """The submission of theirs that the message is about, None if it is about none."""
    chosen = _chosen("about")
    row = views.submissions.submission(chosen) if chosen else None
    return row if row is not None and row.candidate == candidate.id else None


def _shown(candidate: Any, filled_in: Filled, status: int = 200) -> Response:
    person, channel = candidates.person(candidate), _channel(candidate)
    barred = "" if candidate.erased_at else _barred(candidate, channel)
    typed = filled_in.typed
    ready = not filled_in.errors and typed["text"] and not sends(channel)
    ready = ready and len(quote(typed["text"])) <= LONGEST_IN_A_LINK
    gives = _chosen("tip")
    logged = {"channel": channel, "asks": "1" if _asks() else None, "tip": gives}
    words = f"{typed['subject']}\n\n{typed['text']}" if typed["subject"] else typed["text"]
    context = {
        **person,
        "writable": person["writable"],
        "filled": filled_in,
        "channel": channel,
        "possible": _possible(candidate),
        "offered": [each for each in views.templates.everything() if not each.retired_at],
        "promises": promised_to(candidate.id),
        "giving": views.tips.tip(gives) if gives else None,
        "sends": sends(channel),
        "barred": barred,
        "advice": "" if barred else advice(candidate.id, candidate.name, channel, asks=_asks()),
        "openers": openers(candidate, channel, typed["subject"], typed["text"]) if ready else [],
        "log": url_for("note.page", candidate=candidate.id, direction=Direction.OUT, note=words, **logged),
    }
    block = "ready" if "ready" in request.form else "writing"
    return page_or_fragment("messages/page.html", block, status, **context)


def _barred(candidate: Any, channel: Channel) -> str:
    """Why nothing may be written to them this way, "" if it may."""
    try:
        recruiting.may_be_sent(candidate.id, channel)
    except Forgotten:
        return "Nothing can be written to somebody who was erased."
    except Refused as refused:
        return refused.sentence.removesuffix(" Nothing was sent.")
    return ""
