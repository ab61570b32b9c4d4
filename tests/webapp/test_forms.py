from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4, uuid5

import pytest
from flask import Flask
from werkzeug.exceptions import BadRequest

from domain.recruiter import Role
from domain.refusal import AlreadySaved, Refused, Stale
from webapp import forms


def reading(app: Flask, read: Callable, **form: str):
    with app.test_request_context(method="POST", data=form):
        return read()


def test_text_keeps_its_lines_and_loses_the_blanks_around(app: Flask) -> None:
    assert reading(app, lambda: forms.text("note"), note="  a\r\nb\tc\n ") == "a\nb\tc"
    assert reading(app, lambda: forms.line("name"), name=" Ada \n Byron ") == "Ada Byron"
    assert reading(app, lambda: forms.text("note")) == ""


@pytest.mark.parametrize("value", ["a\0b", "a\x1bb", "x" * 21])
def test_text_that_cannot_be_kept_is_refused(app: Flask, value: str) -> None:
    with pytest.raises(Refused) as refused:
        reading(app, lambda: forms.text("note", 20, field="words"), note=value)

    assert refused.value.field == "words"


def test_dates_and_times_come_as_browsers_send_them(app: Flask) -> None:
    assert reading(app, lambda: forms.day("due"), due="2026-11-27") == date(2026, 11, 27)
    assert reading(app, lambda: forms.clock("at"), at="09:30") == time(9, 30)
    assert reading(app, lambda: forms.moment("when", "Europe/London"), when="2026-06-01T09:30") == datetime(
        2026, 6, 1, 8, 30, tzinfo=UTC
    )
    for read in (forms.day, forms.clock, lambda name: forms.moment(name, "UTC"), forms.identity):
        assert reading(app, lambda read=read: read("due"), due=" " if read != forms.identity else "") is None


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (forms.day, "31/11/2026"),
        (forms.day, "2026-02-30"),
        (forms.day, "0001-01-01"),
        (forms.day, "9999-12-31"),
        (forms.day, "2026-W48-5"),
        (forms.day, "20261127"),
        (forms.day, "２０２６-11-27"),
        (forms.clock, "0930"),
        (forms.clock, "T09:30"),
        (lambda name: forms.moment(name, "UTC"), "2026-11-27"),
        (lambda name: forms.moment(name, "UTC"), "2026-W48-5T09:30"),
        (forms.clock, "25:00"),
        (forms.clock, "soon"),
        (lambda name: forms.moment(name, "UTC"), "2026-11-27T25:00"),
        (lambda name: forms.moment(name, "UTC"), "0001-01-01T00:00"),
        (lambda name: forms.choice(name, Role), "king"),
        (lambda name: forms.choice(name, Role), ""),
        (forms.identity, "Ada"),
    ],
)
def test_what_is_no_answer_is_refused_beside_its_field(app: Flask, read: Callable, value: str) -> None:
    with pytest.raises(Refused) as refused:
        reading(app, lambda: read("field"), field=value)

    assert refused.value.field == "field"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (forms.clock, "09:30+02:00"),
        (forms.clock, "09:30Z"),
        (lambda name: forms.moment(name, "UTC"), "2026-11-27T09:30:00-05:00"),
        (lambda name: forms.moment(name, "UTC"), "2026-11-27T09:30z"),
    ],
)
def test_a_time_in_a_zone_of_its_own_is_refused_with_a_sentence(app: Flask, read: Callable, value: str) -> None:
    with pytest.raises(Refused) as refused:
        reading(app, lambda: read("due_at"), due_at=value)

    assert refused.value.field == "due_at"
    assert "time zone" in refused.value.sentence


def test_a_date_is_read_from_an_address_as_from_a_form(app: Flask) -> None:
    assert reading(app, lambda: forms.day("from", said={"from": "2026-11-27"}), due="x") == date(2026, 11, 27)
    assert reading(app, lambda: forms.day("from", said={})) is None


def test_ids_and_versions_come_with_the_form(app: Flask) -> None:
    id = uuid4()
    assert reading(app, lambda: forms.command().id, command=str(id)) == id
    assert reading(app, forms.seen, seen="3") == 3
    assert reading(app, lambda: forms.identity("who"), who=str(id)) == id
    assert isinstance(UUID(forms.fresh_command()), UUID)


@pytest.mark.parametrize("value", ["", "x", "-1", "²", "9" * 30, str(uuid5(UUID(int=0), "erase"))])
def test_a_form_without_them_is_incomplete(app: Flask, value: str) -> None:
    for read in (forms.seen, forms.command):
        with pytest.raises(BadRequest):
            reading(app, read, seen=value, command=value)


def test_only_a_faster_neighbour_is_a_conflict() -> None:
    assert forms.status(Refused("No.", "due")) == 422
    assert forms.status(AlreadySaved()) == forms.status(Stale(uuid4(), datetime.now(UTC))) == 409
    assert forms.errors(Refused("No.", "due")) == {"due": "No."}
    assert forms.errors(AlreadySaved()).keys() == {"form"}
