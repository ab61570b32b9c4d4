"""What phones ask while no page is loading, and what pages say about being kept there."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days, promise, today

from domain.command import Command
from domain.touchpoint import Touchpoint
from webapp.installation import Installation
from webapp.noticed import in_words_of


def entries(kept: Installation, candidate: UUID) -> list[tuple[str, str]]:
    kept.views.catch_up()
    return [(row.channel, row.words) for row in kept.views.timeline.of(candidate) if row.kind == "touchpoint"]


def composed(words: str = "No more nights.", **more: str) -> dict[str, str]:
    return {"channel": "call", "outcome": "talked", "direction": "out", "note": words, **more}


# Whose phone


def test_a_phone_hears_whose_session_it_is_and_who_is_gone(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    cleo = kept.recruiting.add_candidate(Command(uuid4(), dana.id), "Cleo Day").streams[0]
    kept.recruiting.withdraw_candidate(Command(uuid4(), dana.id), cleo, "entered twice")
    kept.erase(ada, dana.id, "asked")

    asked = "&".join(f"people={person}" for person in (ada, bob, cleo, uuid4()))
    answer = dana.get(f"/offline/session?{asked}")

    assert answer.json["recruiter"] == str(dana.id)
    assert answer.json["reading"] is True
    assert len(answer.json["gone"]) == 3
    assert str(bob) not in answer.json["gone"]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert dana.get("/offline/session?people=ada").status_code == 400


def test_its_token_opens_the_way_for_what_waited(dana: Browser, kept: Installation, ada: UUID) -> None:
    token = dana.get("/offline/session").json["csrf_token"]

    answer = dana.post(f"/offline/candidates/{ada}/touchpoints", composed(csrf_token=token))

    assert answer.status_code == 201


def test_a_stranger_is_told_nothing(client: Browser, dana: Browser, ada: UUID) -> None:
    for answer in (client.get("/offline/session"), client.post("/offline/note", {"candidate": str(ada), "note": "n"})):
        assert answer.status_code == 303
        assert answer.location.startswith("/login")
        assert answer.mimetype != "application/json"


# What waited


def test_a_note_is_recorded_once_and_proved_by_its_command(dana: Browser, kept: Installation, ada: UUID) -> None:
    form = {"command": str(uuid4()), "candidate": str(ada), "note": "Met her in the car park", "waited": "10800"}

    answers = [dana.post("/offline/note", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json == {"recorded": form["command"]}
    assert entries(kept, ada) == [("note", "Met her in the car park")]


@pytest.mark.parametrize("waited", ["10800", "0", "", "-5", "an hour", "9" * 30])
def test_it_is_dated_when_it_was_written(dana: Browser, kept: Installation, ada: UUID, waited: str) -> None:
    seconds = 10_800 if waited == "10800" else 0

    assert dana.post("/offline/note", {"candidate": str(ada), "note": "n", "waited": waited}).status_code == 201
    kept.views.catch_up()

    (entry,) = kept.views.timeline.of(ada)
    late = entry.recorded_at - entry.happened_at
    assert timedelta(seconds=seconds - 1) <= late <= timedelta(seconds=seconds + 1)


def test_what_was_sent_at_once_and_waited_all_the_same_is_recorded_once(
    dana: Browser, kept: Installation, ada: UUID
) -> None:
    form = composed(command=str(uuid4()), promise="Ring", due=in_days(kept, 3), who=str(dana.id))
    dana.htmx.post(f"/candidates/{ada}/touchpoints", form)

    answer = dana.post(f"/offline/candidates/{ada}/touchpoints", form | {"waited": "60"})

    assert (answer.status_code, answer.json) == (201, {"recorded": form["command"]})
    assert entries(kept, ada) == [("call", "No more nights.")]
    assert [row.words for row in kept.views.promises.of(ada)] == ["Ring"]


def test_tomorrow_is_the_day_after_it_was_written(dana: Browser, kept: Installation, ada: UUID) -> None:
    days, note = 3, "Told her I’ll ring tomorrow with the rate."
    (caught,) = in_words_of(note, today(kept))
    form = {"candidate": str(ada), "note": note, f"caught-{caught.key}": "add", "waited": str(days * 24 * 3600)}

    answer = dana.post("/offline/note", form)
    assert answer.status_code == 201, answer.json
    kept.views.catch_up()

    (made,) = kept.views.promises.of(ada)
    assert made.due_on == today(kept) - timedelta(days=days - 1)


def test_a_promise_is_noted_as_kept(dana: Browser, kept: Installation, ada: UUID) -> None:
    made = promise(kept, dana.id, ada, "Send the rate card")
    form = {"command": str(uuid4()), "seen": str(kept.views.promises.promise(made).changed)}

    answers = [dana.post(f"/offline/promises/{made}/kept", form) for _ in range(2)]

    assert [answer.json for answer in answers] == [{"recorded": form["command"]}] * 2
    kept.views.catch_up()
    assert kept.views.promises.promise(made).state == "kept"


def test_a_refusal_comes_with_its_sentence(
    dana: Browser, tom: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    made = promise(kept, dana.id, ada, "Send the rate card")
    seen = str(kept.views.promises.promise(made).changed)
    form = composed(command=str(uuid4()))
    dana.post(f"/offline/candidates/{ada}/touchpoints", form)
    tom.post(f"/promises/{made}/kept", {"seen": seen})
    kept.erase(bob, dana.id, "asked")

    def said(path: str, form: dict[str, str]) -> tuple[int, str]:
        answer = dana.post(f"/offline{path}", form)
        assert answer.mimetype == "application/json"
        return answer.status_code, answer.json["sentence"]

    assert said("/note", {"note": "n"}) == (422, "Choose whom this is about.")
    assert said("/note", {"candidate": str(uuid4()), "note": "n"}) == (422, "Choose whom this is about.")
    assert said(f"/candidates/{ada}/touchpoints", composed("")) == (422, "Write what was said.")
    assert said(f"/candidates/{ada}/touchpoints", form | {"note": "Other words"}) == (
        409,
        "This form was saved before with other words. Save again to record these as well.",
    )
    status, sentence = said(f"/promises/{made}/kept", {"seen": seen})
    assert (status, sentence.startswith("Tom changed this at")) == (409, True)
    assert said(f"/candidates/{bob}/touchpoints", composed())[0] == 422
    assert said(f"/candidates/{uuid4()}/touchpoints", composed()) == (
        404,
        "What this is about is not in Kept any more.",
    )
    assert said(f"/promises/{uuid4()}/kept", {"seen": "1"})[0] == 404
    assert said(f"/candidates/{ada}/touchpoints", composed(command="none"))[0] == 400


def test_an_auditor_is_refused_with_a_sentence(aude: Browser, ada: UUID) -> None:
    answer = aude.post("/offline/note", {"candidate": str(ada), "note": "n"})

    assert (answer.status_code, answer.json["sentence"]) == (403, "Auditors may read everything and change nothing.")


def test_nothing_goes_out_in_another_session(dana: Browser, tom: Browser, kept: Installation, ada: UUID) -> None:
    form = {"candidate": str(ada), "note": "n"}

    for answer in (
        tom.post("/offline/note", form, headers={"Kept-Reader": str(dana.id)}),
        tom.post("/offline/note", {**form, "csrf_token": dana.token()}),
    ):
        assert answer.status_code == 401
        assert "recorded" not in answer.json
    assert entries(kept, ada) == []


def test_a_store_that_does_not_answer_keeps_it_waiting(
    dana: Browser, ada: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Touchpoint, "record", full)

    answer = dana.post("/offline/note", {"candidate": str(ada), "note": "n"})

    assert answer.status_code == 503
    assert answer.json["sentence"].startswith("Not saved: the disk of this machine is full.")


# What may be kept for reading


def test_pages_say_whose_they_are_and_which_may_be_kept(dana: Browser, ada: UUID) -> None:
    said = {
        path: dana.get(path).headers.get("Kept-Offline")
        for path in (
            *("/", f"/candidates/{ada}", "/?whose=everybody", f"/candidates/{ada}?show=calls"),
            *("/candidates", "/promises", "/note", "/settings", "/team", "/candidates/none", "/promises.csv"),
        )
    }

    assert [path for path, may in said.items() if may == "keep"] == ["/", f"/candidates/{ada}"]
    assert said["/promises.csv"] is None
    assert said["/note"] == said["/candidates/none"] == "read"
    assert dana.get("/").headers["Kept-Reader"] == str(dana.id)
    assert dana.htmx.get("/").headers["Kept-Offline"] == "read"
    assert "Kept-Reader" not in dana.get("/static/kept.css", buffered=True).headers
    assert "Kept-Reader" not in dana.get("/offline").headers


def test_nobody_who_is_gone_is_kept_for_reading(dana: Browser, kept: Installation, ada: UUID, bob: UUID) -> None:
    kept.erase(ada, dana.id, "asked")
    kept.recruiting.withdraw_candidate(Command(uuid4(), dana.id), bob, "entered twice")

    for person in (ada, bob):
        assert dana.get(f"/candidates/{person}").headers["Kept-Offline"] == "read"


def test_pages_vary_with_who_asks_and_how(dana: Browser, ada: UUID) -> None:
    for path in ("/", f"/candidates/{ada}"):
        assert {"Cookie", "HX-Request", "HX-Request-Type"} <= set(dana.get(path).vary)
    assert "Set-Cookie" not in dana.get("/offline").headers


def test_a_strangers_page_and_an_auditors_are_not_kept(client: Browser, aude: Browser, ada: UUID) -> None:
    sign_in = client.get("/login").headers

    assert (sign_in["Kept-Reader"], sign_in["Kept-Offline"]) == ("nobody", "no")
    assert aude.get(f"/candidates/{ada}").headers["Kept-Offline"] == "no"
    assert aude.get("/offline/session").json["reading"] is False


def test_the_owner_says_whether_phones_keep_pages(olive: Browser, dana: Browser, ada: UUID) -> None:
    assert 'name="allowed" value="yes" checked' in olive.get("/settings").text
    assert "Phones keep pages" not in dana.get("/settings").text

    said = olive.htmx.post("/settings/offline-reading", {}).text

    assert "Phones keep no pages for reading any more." in said
    assert 'name="allowed" value="yes">' in said
    assert dana.get(f"/candidates/{ada}").headers["Kept-Offline"] == "no"
    assert dana.get("/offline/session").json["reading"] is False
    assert "Phones keep pages for reading." in olive.htmx.post("/settings/offline-reading", {"allowed": "yes"}).text
    assert dana.get("/").headers["Kept-Offline"] == "keep"
