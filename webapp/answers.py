"""Answers by signed links: "Kept" and "Tomorrow" in a mail open a page that asks once more, without a sign-in;
on a lock screen they are taps, and recorded at once.

A link names a colleague, a promise and an act, signed by this installation, and is good for seven days. Looking at
it changes nothing; the answer is recorded as that colleague's own.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, Response, render_template, url_for
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from domain.command import Command
from domain.due import Due
from domain.promise import State
from domain.refusal import Refused, Stale
from webapp import forms
from webapp.doors import by_its_address, public
from webapp.filters import at, today, who, zone
from webapp.hours import next_working_day
from webapp.htmx import go
from webapp.installation import Installation
from webapp.ledger import installation, recruiting, views

pages = Blueprint("answers", __name__)

LINKS_LIVE = timedelta(days=7)


class Act(StrEnum):
    """What a link offers to do."""

    KEPT = "kept"
    TOMORROW = "tomorrow"


@dataclass(frozen=True)
class Answer:
    """What a link says: who answers, about which promise, and what."""

    recruiter: UUID
    promise: UUID
    act: Act


class NoAnswer(Exception):
    """The link cannot be used; the text says why, `status` is that of the page which tells it."""

    def __init__(self, heading: str, sentence: str, status: int):
        super().__init__(sentence)
        self.heading, self.sentence, self.status = heading, sentence, status


# Links


def link(kept: Installation, recruiter: UUID, promise: UUID, act: Act) -> str:
    """The whole address under which this colleague can answer so, for seven days from now."""
    return f"{kept.settings.base_url}/answers/{signed(kept, recruiter, promise, act)}"


def signed(kept: Installation, recruiter: UUID, promise: UUID, act: Act) -> str:
    """The last part of that address: what lets whoever has it answer."""
    said = urlsafe_b64encode(recruiter.bytes + promise.bytes).rstrip(b"=").decode() + act[0]
    return _signer(kept).sign(said).decode()


def read(kept: Installation, token: str) -> Answer:
    """What a link says. Raises NoAnswer if it is too old or not one of ours."""
    try:
        said = _signer(kept).unsign(token, max_age=LINKS_LIVE.total_seconds()).decode()
    except SignatureExpired:
        raise NoAnswer("This link has ended", "It was good for seven days.", 410) from None
    except BadSignature:
        raise NoAnswer("This link is not whole", "Perhaps the mail broke it in two.", 404) from None
    ids = urlsafe_b64decode(said[:-1] + "=")
    act = next(act for act in Act if act[0] == said[-1])
    return Answer(UUID(bytes=ids[:16]), UUID(bytes=ids[16:]), act)


class _Signer(TimestampSigner):
    """By the clock of the installation, so that tests can wait a week."""

    clock: Callable[[], datetime]

    def get_timestamp(self) -> int:
        return int(self.clock().timestamp())

    def timestamp_to_datetime(self, ts: int) -> datetime:
        return datetime.fromtimestamp(ts, UTC)


def _signer(kept: Installation) -> _Signer:
    secret = kept.settings.secret_key or kept.vault.secret("KEPT_SECRET_KEY")
    signer = _Signer(secret, salt="answers", key_derivation="hmac", digest_method=sha256)
    signer.clock = kept.recruiting.log.now
    return signer


# The page


@pages.get("/answers/<token>")
@public
def page(token: str) -> Response:
    return _show(token)


@pages.post("/answers/<token>")
@public
def answer(token: str) -> Response:
    """Record it once, as if the colleague had done so in Kept; then show what stands now."""
    try:
        said = read(installation, token)
        _say(said, _promise_of(said), forms.command().id)
    except NoAnswer:
        return _show(token)
    except Refused as refused:
        return _show(token, refused)
    views.catch_up()
    return go(url_for("answers.page", token=token))


@pages.post("/answers/<token>/taps")
@public
@by_its_address
def tap(token: str) -> tuple[str, int]:
    """An answer on the lock screen: recorded at once. A repeated tap is the same; anything unclear is 409 or so."""
    try:
        said = read(installation, token)
        promise = _promise_of(said)
        _say(said, promise, _tapping(said))
    except NoAnswer as why:
        return why.sentence, why.status
    except Refused as refused:
        return refused.sentence, forms.status(refused)
    views.catch_up()
    return "", 204


def _tapping(said: Answer) -> UUID:
    """The command of a tap: the same on every phone and every try, as long as the promise stands as it was pushed."""
    return uuid5(said.promise, f"tap {said.recruiter} {said.act} {forms.seen()}")


def _show(token: str, refused: Refused | None = None) -> Response:
    try:
        said = read(installation, token)
        promise = _promise_of(said)
    except NoAnswer as why:
        return Response(render_template("reminders/gone.html", why=why), why.status)
    day = next_working_day(today(), views.team.agency())
    context = {
        "act": said.act,
        "colleague": views.team.recruiter(said.recruiter),
        "promise": promise,
        "people": views.directory.names({promise.candidate}),
        "day": day,
        "to_ask": promise.state == State.OPEN and not (said.act is Act.TOMORROW and promise.due_on >= day),
        "here": url_for("answers.page", token=token),
        "trouble": _in_words(refused),
    }
    return Response(render_template("reminders/answer.html", **context), forms.status(refused) if refused else 200)


def _in_words(refused: Refused | None) -> str:
    if isinstance(refused, Stale):
        return f"{who(refused.by)} changed this promise, {at(refused.at)}. Look at it again, then answer."
    return refused.sentence if refused else ""


def _say(said: Answer, promise: Any, command_id: UUID) -> None:
    command = Command(command_id, said.recruiter)
    if said.act is Act.KEPT:
        recruiting.keep_promise(command, said.promise, forms.seen())
    else:
        day = next_working_day(today(), views.team.agency())
        due = Due(day, promise.due_at, promise.due_zone if promise.due_at else zone().key)
        recruiting.renegotiate_promise(command, said.promise, due, "", forms.seen())


def _promise_of(said: Answer) -> Any:
    """The promise, if this colleague may still answer for it. Raises NoAnswer."""
    colleague, promise = views.team.recruiter(said.recruiter), views.promises.promise(said.promise)
    if colleague is None or colleague.state != "joined" or colleague.role == "auditor":
        raise NoAnswer("This link has ended", "It was sent to somebody who does not look after promises now.", 410)
    if promise is None:
        raise NoAnswer("Nothing here", "Kept does not know this promise.", 404)
    if promise.words is None:
        raise NoAnswer("Nothing left to answer", "The words of this promise were removed.", 410)
    return promise
