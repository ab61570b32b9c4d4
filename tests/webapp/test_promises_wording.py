from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from cast import Browser
from flask import Flask, g
from saying import promise

from domain.command import Command
from domain.promise import Party
from webapp import promised
from webapp.installation import Installation

NOW = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wednesday(app: Flask) -> Iterator[None]:
    """It is Wednesday, half past ten in London."""
    with app.test_request_context():
        g.now = NOW
        yield


def row(**details: Any) -> SimpleNamespace:
    plain = {
        "id": uuid4(),
        "state": "open",
        "words": "Ring",
        "listed": True,
        "party": "us",
        "keeper": None,
        "candidate": None,
        "contact": None,
        "closed_at": None,
        "closed_by": None,
        "evidence": None,
        "grade": None,
        "snoozed_until": None,
    }
    return SimpleNamespace(**plain | details)


def plain(html: str) -> str:
    return " ".join(promised.Markup(html).striptags().split())


def test_who_promised_whom(dana: Browser, kept: Installation, ada: UUID) -> None:
    priya = kept.recruiting.add_contact(Command(uuid4(), dana.id), "Priya <S>", "Acme").streams[0]
    alone = kept.recruiting.add_contact(Command(uuid4(), dana.id), "Nadia").streams[0]
    kept.views.catch_up()

    def said(**details: Any) -> str:
        return plain(promised.promised(row(candidate=ada, keeper=dana.id, **details)))

    assert said() == "Dana promised Ada Byron"
    assert said(party="candidate") == "Ada Byron promised us"
    assert said(party="contact", contact=priya) == "Priya <S> at Acme promised us, about Ada Byron"
    assert said(party="contact", contact=alone) == "Nadia promised us, about Ada Byron"
    assert said(party="contact", contact=uuid4()) == "somebody at a client promised us, about Ada Byron"
    assert plain(promised.promised(row(candidate=ada, keeper=dana.id), dana.id)) == "promised to Ada Byron"
    assert plain(promised.promised(row(candidate=ada, keeper=dana.id), alone)) == "Dana promised Ada Byron"
    assert "<S>" not in promised.promised(row(candidate=ada, keeper=dana.id, party="contact", contact=priya))
    kept.recruiting.erase_contact(Command(uuid4(), dana.id), priya, "asked")
    kept.erase(ada, None, "asked")
    promised.forget_names()
    assert said(party="contact", contact=priya) == "somebody at a client promised us, about an erased person"


def test_how_surely_it_was_kept(dana: Browser, tom: Browser, kept: Installation, ada: UUID) -> None:
    def graded(grade: str, **details: Any) -> str:
        return promised.grade(row(candidate=ada, keeper=dana.id, closed_by=tom.id, grade=grade, **details))

    assert graded("confirmed") == "confirmed by Ada Byron"
    assert graded("evidence") == "with evidence"
    assert graded("word") == "on Tom's word"


def test_undo_is_offered_for_the_move_just_made_and_what_was_closed_lately() -> None:
    lately, long_ago = NOW - timedelta(minutes=5), NOW - timedelta(minutes=90)
    still_open, closed = row(), row(state="kept", closed_at=long_ago)

    assert not promised.undoable(still_open)
    assert promised.undoable(still_open, moved=still_open.id)
    assert not promised.undoable(still_open, moved=still_open.id, undone=True)
    assert promised.undoable(row(state="kept", closed_at=lately))
    assert not promised.undoable(closed)
    assert promised.undoable(closed, moved=closed.id)
    for gone in (row(words=None), row(listed=False)):
        assert not promised.undoable(gone, moved=gone.id)


def test_the_moves_that_are_legal() -> None:
    def moves(**details: Any) -> list[str]:
        return [move for move, _ in promised.may_move(row(**details))]

    assert moves() == ["kept", "dates", "not-kept", "release", "keeper", "corrections"]
    assert moves(words=None) == ["not-kept"]
    assert moves(listed=False) == []
    assert moves(state="kept", grade="word") == moves(state="kept", grade="evidence") == ["evidence"]
    assert moves(state="kept", grade="confirmed") == moves(state="kept", grade="word", words=None) == []
    for state in ("broken", "released", "overtaken", "withdrawn"):
        assert moves(state=state) == []


@pytest.mark.parametrize(
    ("steps", "undone"),
    [
        ("made", False),
        ("made reopened", True),
        ("made kept evidence confirmed", False),
        ("made kept reopened snoozed", True),
        ("made reassigned:tom", False),
        ("made reassigned:tom reassigned:dana", True),
        ("made reassigned:tom reassigned:olive", False),
        ("made reassigned:tom renegotiated reassigned:dana", False),
        ("made corrected:tom corrected:dana", True),
        ("made corrected:tom", False),
    ],
)
def test_whether_the_last_move_was_taken_back(steps: str, undone: bool) -> None:
    def step(said: str) -> SimpleNamespace:
        what, _, content = said.partition(":")
        return SimpleNamespace(what=what, by=uuid4(), keeper=content or "dana", words=content or "dana")

    history = [*map(step, steps.split()), SimpleNamespace(what="fell due", by=None)]

    assert promised.just_undone(history) is undone


@pytest.mark.parametrize(
    ("now", "words", "instants"),
    [
        (NOW, ["In an hour", "This afternoon", "Tomorrow morning"], ["25 11:30", "25 14:00", "26 09:00"]),
        (NOW + timedelta(hours=4), ["In an hour", "Tomorrow morning"], ["25 15:30", "26 09:00"]),
        (
            NOW + timedelta(days=2),
            ["In an hour", "This afternoon", "Monday morning"],
            ["27 11:30", "27 14:00", "30 09:00"],
        ),
    ],
)
def test_when_to_be_reminded_again(now: datetime, words: list[str], instants: list[str]) -> None:
    g.now = now
    offered = promised.later_times()

    assert [each for _, each in offered] == words
    assert [f"{promised.later(until):%d %H:%M}" for until, _ in offered] == instants
    assert promised.later("now") == now
    assert promised.later("never") is None
    if "This afternoon" not in words:
        assert promised.later("afternoon") is None


def test_names_are_asked_for_once(
    kept: Installation, dana: Browser, ada: UUID, bob: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(kept, dana.id, ada, "Ring", made_by=Party.CANDIDATE)
    promise(kept, dana.id, bob, "Write")
    rows = kept.views.promises.ledger()
    promised.know_of(rows)
    monkeypatch.setattr(type(kept.views.directory), "names", lambda *_: 1 / 0)

    assert [promised.promiser(each) for each in rows] == ["Dana", "Ada Byron"]
    assert promised.person(bob) == "Bob Marsh"


def test_one_event_in_words(dana: Browser, tom: Browser, ada: UUID) -> None:
    def told(what: str, of: SimpleNamespace, **details: Any) -> str:
        plain_step = {"by": dana.id, "due_on": None, "due_at": None, "cause": None, "keeper": None, "until": None}
        return str(promised.told(SimpleNamespace(what=what, **plain_step | details), "it", of))

    ours, theirs = row(candidate=ada, keeper=dana.id), row(candidate=ada, keeper=dana.id, party="candidate")

    due = {"due_on": date(2026, 11, 27), "due_at": time(9)}
    assert told("made", ours, **due) == "Dana promised it, due Fri 27 Nov, 09:00"
    assert told("made", theirs, **due) == "Ada Byron promised it to us, due Fri 27 Nov, 09:00"
    assert told("kept", ours) == "Dana kept it"
    assert told("kept", theirs) == "Dana noted it as kept by Ada Byron"
    assert told("reassigned", ours, keeper=tom.id) == "Dana handed it to Tom"
    assert told("reassigned", ours, keeper=dana.id) == "Dana took it over"
    assert told("overtaken", ours, cause="job gone") == "Dana noted it as overtaken: job gone"
    assert told("confirmed", ours) == "Ada Byron confirmed that it was kept"
    assert told("evidence", ours) == "Dana gave evidence for it"
    tomorrow = NOW + timedelta(days=1)
    assert told("snoozed", ours, until=tomorrow, at=NOW) == "Dana asked to be reminded of it Thu 26 Nov, 10:30"
    assert told("snoozed", ours, until=NOW, at=NOW) == "Dana asked to be reminded of it as planned"
    assert told("fell due", ours, by=None) == "It fell due"
    assert told("something new", ours) == "Dana: it, something new"
