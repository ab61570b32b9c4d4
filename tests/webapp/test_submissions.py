"""Submissions on the web: moved by buttons, told or promised, ended with a call first."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.candidate import Details
from domain.command import Command
from domain.job import JobDetails
from domain.submission import Submission
from webapp.hours import next_working_day
from webapp.installation import Installation

NOBODY = UUID(int=4)


@pytest.fixture
def ward(kept: Installation, dana: Browser) -> UUID:
    return kept.recruiting.open_job(by(dana), JobDetails("Ward sister"), None, "St Hilda").streams[0]


@pytest.fixture
def adas(kept: Installation, dana: Browser, ada: UUID, bob: UUID, ward: UUID) -> UUID:
    kept.recruiting.shortlist(by(dana), ward, bob)
    submission = kept.recruiting.shortlist(by(dana), ward, ada).streams[0]
    kept.views.catch_up()
    return submission


def by(browser: Browser) -> Command:
    return Command(uuid4(), browser.id)


def post(browser: Browser, kept: Installation, submission: UUID, what: str, **form: str):
    form = {"seen": str(kept.views.submissions.submission(submission).changed), **form}
    return browser.post(f"/submissions/{submission}/{what}", form)


def open_promises(kept: Installation, ada: UUID) -> list:
    return [row for row in kept.views.promises.of(ada) if row.state == "open"]


def works_at(kept: Installation, dana: Browser, ada: UUID, company: str) -> None:
    kept.recruiting.change_details(by(dana), ada, Details("Ada Byron", works_at=company))
    kept.views.catch_up()


# Moving


def test_a_button_moves_somebody_on_and_promises_an_answer_by_the_next_working_day(
    kept: Installation, dana: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    answer = post(dana, kept, adas, "stage", stage="sent to client", shown_on="job")

    assert answer.location == f"/jobs/{ward}#submission-{adas}"
    (promise,) = open_promises(kept, ada)
    agency = kept.views.team.agency()
    assert promise.due_on == next_working_day(kept.recruiting.log.now().date(), agency)
    assert (promise.words, promise.keeper) == ("Say where it stands: Ward sister at St Hilda", dana.id)
    board = dana.get(f"/jobs/{ward}").text
    assert "not told yet" in board
    assert "introduced by Dana" in board


def test_htmx_gets_the_board_on_which_it_moved(kept: Installation, dana: Browser, adas: UUID) -> None:
    answer = post(dana.htmx, kept, adas, "stage", stage="interview", shown_on="job")

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="job"')
    column = re.search(r'<section data-stage="interview".*?</section>', answer.text, re.DOTALL)
    assert column
    assert "Ada Byron" in column[0]


def test_one_tap_says_that_they_were_told_and_the_timeline_shows_it(
    kept: Installation, dana: Browser, ada: UUID, adas: UUID
) -> None:
    post(dana, kept, adas, "stage", stage="offer", shown_on="job")

    post(dana, kept, adas, "told", how="e-mail", shown_on="job")

    assert open_promises(kept, ada) == []
    page = dana.get(f"/candidates/{ada}").text
    assert "Told: offer, Ward sister at St Hilda." in page
    assert kept.views.relationships.of_these([ada])[ada].last_told_at is not None


def test_whoever_was_told_while_moving_is_promised_nothing(
    kept: Installation, dana: Browser, ada: UUID, adas: UUID
) -> None:
    post(dana, kept, adas, "stage", stage="offer", told="call")

    assert open_promises(kept, ada) == []
    assert kept.views.submissions.submission(adas).told


def test_an_interview_on_a_day_promises_feedback_within_two_days(
    kept: Installation, dana: Browser, ada: UUID, adas: UUID
) -> None:
    on = kept.recruiting.log.now().date() + timedelta(days=10)

    post(dana, kept, adas, "stage", stage="interview", meets_on=on.isoformat(), told="call")

    (promise,) = open_promises(kept, ada)
    assert promise.words == "Feedback on the interview: Ward sister at St Hilda"
    assert promise.due_on - on in (timedelta(days=2), timedelta(days=3), timedelta(days=4), timedelta(days=5))
    assert kept.views.submissions.submission(adas).meets_on == on


def test_two_who_move_at_once_are_told_who_was_faster_and_nothing_is_lost(
    kept: Installation, dana: Browser, tom: Browser, adas: UUID
) -> None:
    before = kept.views.submissions.submission(adas).changed
    post(tom, kept, adas, "stage", stage="sent to client")

    form = {"seen": str(before), "stage": "offer", "told": "SMS"}
    on_page = dana.post(f"/submissions/{adas}/stage", form)
    on_board = dana.post(f"/submissions/{adas}/stage", {**form, "shown_on": "job"})

    assert on_page.status_code == on_board.status_code == 409
    for answer in (on_page, on_board):
        assert re.search(r"Tom changed this at \d\d:\d\d\. Here is how it stands now\.", answer.text)
    assert 'value="SMS" selected' in on_page.text
    assert 'value="offer" selected' in on_page.text
    assert kept.views.submissions.submission(adas).stage == "sent to client"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"stage": "moon"}, "Choose a stage from the list."),
        ({"stage": ""}, "Choose a stage from the list."),
        ({"stage": "offer", "meets_on": "2026-12-01"}, "Only an interview has a day."),
        ({"stage": "interview", "meets_on": "soonish"}, ""),
        ({"stage": "offer", "told": "smoke"}, "Choose how they were told."),
    ],
)
@pytest.mark.parametrize("shown_on", ["job", "submission"])
def test_a_move_that_cannot_be_is_refused_with_a_sentence(
    kept: Installation, dana: Browser, ada: UUID, adas: UUID, form: dict[str, str], sentence: str, shown_on: str
) -> None:
    answer = post(dana, kept, adas, "stage", **form, shown_on=shown_on)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept.views.submissions.submission(adas).stage == "shortlisted"
    assert open_promises(kept, ada) == []


# What stands in the way


def test_a_board_warns_before_somebody_is_sent_to_their_own_employer_and_stops_it(
    kept: Installation, dana: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    works_at(kept, dana, ada, "St. Hilda Ltd")
    assert "Ada Byron works there" in dana.get(f"/jobs/{ward}").text

    answer = post(dana, kept, adas, "stage", stage="sent to client", shown_on="job", override="1")

    assert answer.status_code == 422
    assert "Ada Byron works at St Hilda. Only an owner can send them there." in answer.text
    assert "Send all the same" not in answer.text


def test_an_owner_sends_them_all_the_same_with_a_tick(
    kept: Installation, dana: Browser, olive: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    works_at(kept, dana, ada, "St Hilda")
    assert "Send all the same" in olive.get(f"/jobs/{ward}").text
    refused = post(olive, kept, adas, "stage", stage="sent to client")
    assert "Tick the box to send them all the same." in refused.text

    post(olive, kept, adas, "stage", stage="sent to client", override="1")

    assert kept.views.submissions.submission(adas).stage == "sent to client"
    assert "although: works there" in olive.get(f"/submissions/{adas}").text


def test_the_people_of_a_client_that_is_off_limits_are_sent_nowhere(
    kept: Installation, dana: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    acme = kept.recruiting.add_client(by(dana), "Acme").streams[0]
    kept.recruiting.choose_off_limits(by(dana), acme, True, "in their contract")
    works_at(kept, dana, ada, "ACME plc")
    assert "Acme is off limits" in dana.get(f"/jobs/{ward}").text

    answer = post(dana, kept, adas, "stage", stage="offer", shown_on="job")

    assert "Ada Byron works at Acme, whose people are off limits: in their contract." in answer.text


def test_a_client_that_must_never_hear_of_somebody_does_not(
    kept: Installation, dana: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    dana.post(f"/candidates/{ada}/never-tell", {"client": "st hilda"})
    assert "must not hear of Ada Byron" in dana.get(f"/jobs/{ward}").text
    answer = post(dana, kept, adas, "stage", stage="offer", shown_on="job")
    assert "St Hilda must never hear of Ada Byron." in answer.text

    hilda = kept.views.jobs.job(ward).client
    dana.post(f"/candidates/{ada}/never-tell", {"may_hear": str(hilda)})

    assert post(dana, kept, adas, "stage", stage="offer", shown_on="job").status_code == 303


@pytest.mark.parametrize(
    ("name", "sentence"), [("", "Write which client."), ("Nowhere", "No client is called “Nowhere”.")]
)
def test_only_a_client_can_be_kept_from_hearing(dana: Browser, ada: UUID, name: str, sentence: str) -> None:
    answer = dana.post(f"/candidates/{ada}/never-tell", {"client": name})

    assert answer.status_code == 422
    assert sentence in answer.text


# Agreed


def test_the_board_says_not_agreed_yet_until_an_agreement_is_noted(
    kept: Installation, dana: Browser, ward: UUID, adas: UUID
) -> None:
    assert dana.get(f"/jobs/{ward}").text.count("not agreed yet") == 2
    post(dana, kept, adas, "stage", stage="sent to client")

    post(dana, kept, adas, "agreement", channel="WhatsApp", until="2099-12-31", words="Yes, to St Hilda only.")

    board = dana.get(f"/jobs/{ward}").text
    assert board.count("not agreed yet") == 1
    assert "agreed by WhatsApp" in board
    assert "Yes, to St Hilda only." in dana.get(f"/submissions/{adas}").text


def test_an_agreement_that_holds_no_longer_is_said_so(
    kept: Installation, dana: Browser, ward: UUID, adas: UUID
) -> None:
    long_ago = {"channel": "call", "agreed_at": "2020-01-01T09:00", "until": "2020-02-01"}

    post(dana, kept, adas, "agreement", **long_ago)

    assert "agreed only until" in dana.get(f"/jobs/{ward}").text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"channel": ""}, "Choose how they agreed."),
        ({"channel": "call", "agreed_at": "2098-01-01T09:00"}, "That has not happened yet."),
        ({"channel": "call", "until": "2020-01-01"}, "It holds until a day after they agreed."),
        ({"channel": "call", "agreed_at": "yesterday-ish"}, "That is not a date and time."),
    ],
)
def test_an_agreement_that_cannot_be_is_refused_with_every_word_kept(
    kept: Installation, dana: Browser, adas: UUID, form: dict[str, str], sentence: str
) -> None:
    answer = post(dana, kept, adas, "agreement", words="Yes, send me.", **form)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Yes, send me.</textarea>" in answer.text


# Ending


def test_ending_promises_a_call_first_and_shows_what_to_write_afterwards(
    kept: Installation, dana: Browser, tom: Browser, ada: UUID, adas: UUID
) -> None:
    post(dana, kept, adas, "stage", stage="sent to client", told="call")

    answer = post(tom, kept, adas, "ending", cause="client said no", shown_on="job")

    assert answer.location == f"/submissions/{adas}"
    (promise,) = open_promises(kept, ada)
    assert (promise.words, promise.keeper) == ("Ring first, then write: Ward sister at St Hilda", tom.id)
    page = tom.get(f"/submissions/{adas}").text
    assert "Once you rang, write" in page
    assert "Hello Ada," in page
    assert "St Hilda decided for somebody else" in page


def test_the_call_is_skipped_with_one_tap_on_a_reason(kept: Installation, dana: Browser, ada: UUID, adas: UUID) -> None:
    post(dana, kept, adas, "stage", stage="offer", told="call")

    post(dana, kept, adas, "ending", cause="other", no_call="knows already")

    assert open_promises(kept, ada) == []
    assert "no call first: knows already" in dana.get(f"/submissions/{adas}").text


def test_before_they_were_sent_nobody_is_asked_for_a_call(
    kept: Installation, dana: Browser, ada: UUID, adas: UUID
) -> None:
    assert "End, and call first" not in dana.get(f"/submissions/{adas}").text

    post(dana, kept, adas, "ending", cause="job gone")

    assert open_promises(kept, ada) == []


def test_ending_without_a_cause_is_refused_and_what_has_ended_is_taken_up_again(
    kept: Installation, dana: Browser, ward: UUID, adas: UUID
) -> None:
    assert "Choose why it ended." in post(dana, kept, adas, "ending").text
    post(dana, kept, adas, "ending", cause="other")
    assert "1 ended" in dana.get(f"/jobs/{ward}").text
    assert "This submission has ended." in post(dana, kept, adas, "stage", stage="offer").text

    post(dana, kept, adas, "reopening")

    assert "1 ended" not in dana.get(f"/jobs/{ward}").text


def test_they_are_told_once(kept: Installation, dana: Browser, adas: UUID) -> None:
    answer = post(dana, kept, adas, "told", how="call")

    assert answer.status_code == 422
    assert "They know already." in answer.text


# Silence


def test_the_board_marks_who_heard_nothing_for_longer_than_the_stage_allows(
    kept: Installation, dana: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    ago = kept.recruiting.log.now() - timedelta(days=14)
    kept.recruiting.record_touchpoint(by(dana), ada, "call", "out", "talked", ago, "Talked.")
    kept.recruiting.record_touchpoint(by(dana), ada, "call", "out", "voicemail", None, "")
    kept.views.catch_up()
    assert "nothing from us for 10 working days" in dana.get(f"/jobs/{ward}").text

    kept.recruiting.record_touchpoint(by(dana), ada, "SMS", "out", None, None, "Still on it.")
    kept.views.catch_up()

    assert "nothing from us" not in dana.get(f"/jobs/{ward}").text


# A candidate's


def test_a_candidates_page_has_their_submissions_folded_while_there_are_none(
    kept: Installation, dana: Browser, ada: UUID, bob: UUID, ward: UUID
) -> None:
    kept.views.catch_up()
    assert re.search(r'id="submissions".*?<details class="fold">', dana.get(f"/candidates/{ada}").text, re.DOTALL)

    form = {"job": str(ward), "channel": "call", "words": "Yes."}
    answer = dana.post(f"/candidates/{ada}/submissions", form)

    assert answer.location == f"/submissions/{Submission.of(ada, ward)}"
    page = dana.get(f"/candidates/{ada}").text
    assert re.search(r'id="submissions".*?<details class="fold" open>', page, re.DOTALL)
    assert "Submissions · 1 open" in page
    assert "Ward sister" in page
    assert "Ward sister" not in dana.get(f"/candidates/{bob}").text


def test_a_job_that_they_are_on_the_board_of_is_not_offered_again(
    dana: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    assert f'<option value="{ward}"' not in dana.get(f"/candidates/{ada}/submissions").text

    again = dana.post(f"/candidates/{ada}/submissions", {"job": str(ward)})

    assert again.status_code == 422
    assert "This person is on the board of this job already." in again.text


@pytest.mark.parametrize("job", ["", "x", str(NOBODY)])
def test_somebody_is_submitted_to_a_job_that_is_there(dana: Browser, ada: UUID, ward: UUID, job: str) -> None:
    answer = dana.post(f"/candidates/{ada}/submissions", {"job": job})

    assert answer.status_code == 422


def test_what_is_long_is_shortened_in_the_promise(kept: Installation, dana: Browser, ada: UUID) -> None:
    job = kept.recruiting.open_job(by(dana), JobDetails("sister " * 28), None, "Hilda " * 33).streams[0]
    long = kept.recruiting.shortlist(by(dana), job, ada).streams[0]
    kept.views.catch_up()

    post(dana, kept, long, "stage", stage="offer")

    (promise,) = open_promises(kept, ada)
    assert len(promise.words) <= 200
    assert promise.words.endswith("…")


# Gone, and who may


def test_of_somebody_erased_the_submission_is_shown_without_words_and_without_forms(
    kept: Installation, dana: Browser, ada: UUID, ward: UUID, adas: UUID
) -> None:
    post(dana, kept, adas, "agreement", channel="call", words="Yes, send me.")
    kept.recruiting.erase_candidate(by(dana), ada, "asked")
    kept.views.catch_up()

    page = dana.get(f"/submissions/{adas}").text

    assert "Erased person" in page
    assert "Yes, send me." not in page
    assert f'action="/submissions/{adas}' not in page
    assert "Bob Marsh" in dana.get(f"/jobs/{ward}").text
    assert post(dana, kept, adas, "stage", stage="offer").status_code == 422
    assert dana.get(f"/candidates/{ada}").status_code == 200


def test_an_auditor_reads_a_submission_and_moves_nothing(
    kept: Installation, aude: Browser, ada: UUID, adas: UUID
) -> None:
    page = aude.get(f"/submissions/{adas}")

    assert page.status_code == 200
    assert f'action="/submissions/{adas}' not in page.text
    for what in ("stage", "told", "agreement", "ending", "reopening"):
        assert post(aude, kept, adas, what).status_code == 403
    assert aude.get(f"/candidates/{ada}/submissions").status_code == 403
    assert aude.post(f"/candidates/{ada}/never-tell").status_code == 403


def test_a_stranger_is_turned_away_and_what_is_not_there_is_not_found(
    client: Browser, dana: Browser, adas: UUID
) -> None:
    assert client.get(f"/submissions/{adas}").location.startswith("/login")
    assert dana.get(f"/submissions/{NOBODY}").status_code == 404
    for what in ("stage", "told", "agreement", "ending", "reopening"):
        assert dana.post(f"/submissions/{NOBODY}/{what}", {"seen": "1"}).status_code == 404
    assert dana.get(f"/candidates/{NOBODY}/submissions").status_code == 404
    assert dana.post(f"/candidates/{NOBODY}/never-tell").status_code == 404


def test_one_of_the_latest_entries_may_be_what_told_them(
    kept: Installation, dana: Browser, ada: UUID, adas: UUID
) -> None:
    for number in range(6):
        said = {"channel": "call", "outcome": "talked", "direction": "out", "note": f"Rang {number} <b>"}
        dana.post(f"/candidates/{ada}/touchpoints", said)
    dana.post(f"/candidates/{ada}/touchpoints", {**said, "outcome": "voicemail"})
    dana.post(f"/candidates/{ada}/touchpoints", {**said, "note": "Has a bad back", "sensitive": "Has a bad back"})
    newest = kept.views.timeline.of(ada, limit=3)[2].subject

    form = dana.get(f"/submissions/{adas}").text
    moved = post(dana.htmx, kept, adas, "stage", stage="interview", told=str(newest))
    again = post(dana, kept, adas, "stage", stage="offer", told=str(NOBODY))

    offered = re.findall(r'<option value="[-0-9a-f]{36}">([^<]*)</option>', form)
    assert [line.rpartition(": ")[2] for line in offered] == [
        "“[sensitive]”",
        *(f"“Rang {number} &lt;b&gt;”" for number in (5, 4, 3, 2)),
    ]
    assert offered[1].startswith("Call, talked, today ")
    assert f'told them by call (<a href="/touchpoints/{newest}">what was said</a>)' in moved.text
    assert again.status_code == 422
    assert "Choose an entry in which this person was reached" in again.text
    assert open_promises(kept, ada) == []
