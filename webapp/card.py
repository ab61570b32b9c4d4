"""One's own contact card: a picture for a candidate's phone, a file, words for a message; and what is on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, session, url_for
from flask_login import current_user

from domain.card import Card
from domain.refusal import Refused
from projections.numbers import e164
from webapp import forms
from webapp.candidates import writing
from webapp.filled import Filled, Typed, refilled
from webapp.filters import agency
from webapp.htmx import go, page_or_fragment, request, wants_fragment
from webapp.ledger import recruiting, views
from webapp.qr import drawn_large
from webapp.vcards import Holder, for_picture, vcard

pages = Blueprint("card", __name__)

FIELDS = ("title", "mobile", "phone", "link")


@pages.get("/card")
def page() -> Response:
    writing()
    me = views.team.recruiter(current_user.id)
    text, shorter = for_picture(_holder(me))
    return page_or_fragment(
        "card/page.html", "card", me=me, picture=drawn_large(text), shorter=shorter, ways=_ways(_in_words(me))
    )


@pages.get("/card.vcf")
def file() -> Response:
    """For the phone's address book, or to be attached to a mail."""
    writing()
    response = Response(vcard(_holder(views.team.recruiter(current_user.id))), mimetype="text/vcard")
    response.headers["Content-Disposition"] = 'attachment; filename="card.vcf"'
    return response


@pages.get("/settings/card")
def change() -> Response:
    writing()
    return _form(said=session.pop("said", None))


@pages.post("/settings/card")
def save() -> Response:
    writing()
    try:
        title, mobile, phone = (forms.line(name) for name in FIELDS[:3])
        card = Card(title, mobile, phone, forms.line("link", 500))
        recruiting.change_card(forms.command(), current_user.id, card)
    except Refused as refused:
        return _form(forms.status(refused), refilled(request.form, refused, FIELDS))
    views.catch_up()
    if wants_fragment():
        return _form(said="Your card is saved.")
    session["said"] = "Your card is saved."
    return go(url_for("card.change"))


def _form(status: int = 200, filled: Filled | None = None, said: str | None = None) -> Response:
    me = views.team.recruiter(current_user.id)
    known = Filled(Typed({name: getattr(me, name) or "" for name in FIELDS}))
    return page_or_fragment("card/form.html", "form", status, filled=filled or known, said=said)


def _holder(me: Any) -> Holder:
    mobile, phone = (number and (e164(number, agency().country) or number) for number in (me.mobile, me.phone))
    return Holder(
        me.name or "", agency().name, me.email or "", me.title or "", mobile or "", phone or "", me.link or ""
    )


def _in_words(me: Any) -> str:
    """The card as somebody would write it into a message."""
    lines = (me.name, ", ".join(filter(None, (me.title, agency().name))), me.mobile, me.phone, me.email, me.link)
    return "\n".join(filter(None, lines))


def _ways(words: str) -> list[tuple[str, str]]:
    """What opens a message with these words, to whomever is chosen there: the words of its button, and its address."""
    text, subject = quote(words), quote(f"{current_user.name}, {agency().name}")
    body = quote(words.replace("\n", "\r\n"))
    return [
        ("WhatsApp", f"https://wa.me/?text={text}"),
        ("Text", f"sms:?&body={text}"),
        ("E-mail", f"mailto:?subject={subject}&body={body}"),
    ]
