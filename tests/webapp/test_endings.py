"""Many endings at once: a personal mail each, the call before it where somebody got far, and the rest by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from cast import Browser

from domain.candidate import Details
from domain.command import Command
from domain.job import JobDetails
from domain.submission import Agreement, Submission
from domain.wishes import Unwelcome, Wishes
from tests.postbox import Postbox, open_postbox
from webapp.ending_mails import end_all
from webapp.installation import Installation
from webapp.jobs import run_jobs
from webapp.settings import Settings

MAIL = {"cause": "job gone", "subject": "{{job}}", "text": "Hello {{first_name}},\n\n{{client}} do not fill it."}
PEOPLE = {
    "Carla Byrne": ("carla@byrne.example",),
    "Dev Rao": ("dev@rao.example",),
    "Nora Quiet": (),
    "Rita Refused": ("rita@example.com",),
    "Finn Far": ("finn@example.com",),
}


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with open_postbox() as postbox:
        yield postbox


@pytest.fixture
def settings(tmp_path: Path, postbox: Postbox) -> Settings:
    return Settings(tmp_path / "instance", tmp_path / "backups", "https://kept.example.com", smtp_url=postbox.url)


@pytest.fixture
def ward(kept: Installation, dana: Browser) -> UUID:
    return kept.recruiting.open_job(by(dana), JobDetails("Ward sister"), None, "St Hilda").streams[0]


@pytest.fixture
def theirs(kept: Installation, dana: Browser, ward: UUID) -> dict[str, UUID]:
    """Five on the board: with an address, without one, who asked for no mails, and who got to an offer."""
    verbs, found = kept.recruiting, {}
    for name, emails in PEOPLE.items():
        whom = verbs.add_candidate(by(dana), details=Details(name, emails)).streams[0]
        agreed = Agreement(verbs.log.now(), "call", None, "Yes.")
        found[name] = verbs.shortlist(by(dana), ward, whom, agreed).streams[0]
        if "Refused" in name:
            verbs.note_wishes(by(dana), whom, Wishes(), Unwelcome.MAILS)
    verbs.move_submission(by(dana), found["Finn Far"], "offer")
    kept.views.catch_up()
    return found


def by(browser: Browser) -> Command:
    return Command(uuid4(), browser.id)


def send(browser: Browser, kept: Installation, ward: UUID, *whom: UUID, **form: str):
    """Press the button and let the worker do it; the answer, and the page on which it ends."""
    answer = browser.post(f"/jobs/{ward}/endings", {**MAIL, **form, "submission": list(map(str, whom))})
    run_jobs(kept)
    return answer, browser.get(answer.location).text if answer.location else answer.text


def stands(kept: Installation, submission: UUID) -> tuple[bool, bool, str | None]:
    kept.views.catch_up()
    row = kept.views.submissions.submission(submission)
    return row.ended_at is not None, row.told, row.told_how


def section(page: str, name: str) -> str:
    found = re.search(rf'<section class="agenda" aria-label="{name}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_each_reads_a_mail_of_their_own_and_the_rest_are_listed_to_ring(
    kept: Installation, dana: Browser, postbox: Postbox, ward: UUID, theirs: dict[str, UUID]
) -> None:
    answer, page = send(dana, kept, ward, *theirs.values())

    assert answer.status_code == 303
    assert sorted(mail["To"].addresses[0].addr_spec for mail in postbox.mails) == [
        "carla@byrne.example",
        "dev@rao.example",
    ]
    carlas = next(mail for mail in postbox.mails if "carla" in mail["To"])
    assert carlas.get_content().split() == "Hello Carla, St Hilda do not fill it. Dana, Harbour Staffing".split()
    assert stands(kept, theirs["Carla Byrne"]) == (True, True, "e-mail")
    assert (
        "Ward sister\n\nHello Dev,"
        in kept.views.timeline.of(kept.views.submissions.submission(theirs["Dev Rao"]).candidate)[0].words
    )
    for name, why in (("Nora Quiet", "We know no e-mail address"), ("Rita Refused", "asked us to send no mails")):
        assert stands(kept, theirs[name]) == (True, False, None)
        assert name in section(page, "Ring them, or write to them")
        assert why in section(page, "Ring them, or write to them")
    assert stands(kept, theirs["Finn Far"])[0] is False
    assert "Finn Far" in dana.get(f"/jobs/{ward}/endings").text

    nora = theirs["Nora Quiet"]
    (promise,) = kept.views.promises.of(kept.views.submissions.submission(nora).candidate)
    assert (promise.words, promise.state) == ("Say where it stands: Ward sister at St Hilda", "open")
    batch = answer.location.rpartition("/")[2]
    seen = str(kept.views.submissions.submission(nora).changed)
    told = dana.post(f"/submissions/{nora}/told", {"how": "call", "seen": seen, "batch": batch})
    assert told.location == answer.location
    assert "told by call" in dana.get(answer.location).text
    assert kept.views.promises.promise(promise.id).state == "kept"


def test_a_double_press_and_two_tabs_send_once_each(
    kept: Installation, dana: Browser, tom: Browser, postbox: Postbox, ward: UUID, theirs: dict[str, UUID]
) -> None:
    carla, dev = theirs["Carla Byrne"], theirs["Dev Rao"]
    same = str(uuid4())

    for _ in range(2):
        send(dana, kept, ward, carla, command=same)
    _, page = send(tom, kept, ward, carla, dev)

    assert [mail["To"].addresses[0].username for mail in postbox.mails] == ["carla", "dev"]
    assert "Dev Rao" in section(page, "Sent")


def test_a_worker_that_begins_again_writes_to_nobody_twice(
    kept: Installation, dana: Browser, postbox: Postbox, ward: UUID, theirs: dict[str, UUID]
) -> None:
    answer, page = send(dana, kept, ward, theirs["Carla Byrne"])
    job = kept.work.job(UUID(answer.location.rpartition("/")[2]))

    as_it_was_begun = {**job.detail, **MAIL, "came": {}}
    end_all(kept, SimpleNamespace(id=job.id, by=job.by, done=0, detail=as_it_was_begun))

    assert len(postbox.mails) == 1
    assert "Carla Byrne" in section(page, "Sent")


def test_before_it_is_sent_each_ones_own_text_is_shown_or_why_they_get_none(
    kept: Installation, dana: Browser, postbox: Postbox, ward: UUID, theirs: dict[str, UUID]
) -> None:
    _, page = send(dana, kept, ward, theirs["Carla Byrne"], theirs["Nora Quiet"], look="1")

    assert "Hello Carla," in page
    assert "St Hilda do not fill it." in page
    assert "We know no e-mail address of theirs." in page
    assert "End and send" in page
    assert postbox.mails == []
    assert stands(kept, theirs["Carla Byrne"])[0] is False


def test_an_address_that_is_refused_is_said_and_they_stay_on_the_board(
    kept: Installation, dana: Browser, postbox: Postbox, ward: UUID, theirs: dict[str, UUID]
) -> None:
    postbox.refuse["carla@byrne.example"] = "550 Nobody here"

    _, page = send(dana, kept, ward, theirs["Carla Byrne"], theirs["Dev Rao"])

    assert "refused the recipient’s address" in unescape(section(page, "Not ended")).replace("'", "’")
    assert stands(kept, theirs["Carla Byrne"])[0] is False
    assert stands(kept, theirs["Dev Rao"]) == (True, True, "e-mail")


@pytest.mark.parametrize(
    ("form", "whom", "sentence"),
    [
        ({}, [], "Tick whom it concerns."),
        ({}, ["Finn Far"], "Nobody of these can be ended here any more."),
        ({"cause": "candidate said no"}, ["Dev Rao"], "Choose why it ends."),
        ({"subject": ""}, ["Dev Rao"], "Give the mail a subject."),
        ({"text": "About {{promise}}"}, ["Dev Rao"], "Kept does not know {{promise}}."),
        ({"text": "x" * 10_000}, ["Dev Rao"], "This is too long"),
    ],
)
def test_what_cannot_go_out_is_refused_with_all_that_was_typed_and_ticked(
    kept: Installation,
    dana: Browser,
    ward: UUID,
    theirs: dict[str, UUID],
    form: dict[str, str],
    whom: list[str],
    sentence: str,
) -> None:
    answer, page = send(dana, kept, ward, *(theirs[name] for name in whom), **{"subject": "🎉 <b>", **form})

    assert answer.status_code == 422
    assert sentence in page
    assert ("🎉 &lt;b&gt;" in page) == ("subject" not in form)
    assert page.count(" checked") == sum(name != "Finn Far" for name in whom)


def test_a_job_that_is_gone_offers_it_for_everybody_who_knows_of_it(
    kept: Installation, dana: Browser, aude: Browser, ward: UUID, theirs: dict[str, UUID], ada: UUID
) -> None:
    kept.recruiting.shortlist(by(dana), ward, ada)
    kept.recruiting.close_job(by(dana), ward, "the budget went")
    kept.views.catch_up()

    assert "end these, with a mail to each" in dana.get(f"/jobs/{ward}").text
    page = dana.get(f"/jobs/{ward}/endings").text
    assert page.count(" checked") == 4
    assert f'value="{Submission.of(ada, ward)}">' in page
    assert '<option value="job gone" selected>' in page
    assert "I’m sorry: they have decided" in page
    assert aude.get(f"/jobs/{ward}/endings").status_code == 403


def test_what_is_no_batch_of_this_job_is_not_found(dana: Browser, ward: UUID) -> None:
    assert dana.get(f"/jobs/{ward}/endings/{uuid4()}").status_code == 404
