"""The scorecard: whose figures stand there, what each is linked to, and who is told when owners see individuals."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from cast import CHEAP, Browser
from flask import Flask
from saying import keep, on_a_board, promise
from sqlalchemy import event

from domain.command import Command
from tests.agency import Clock
from webapp import create_app
from webapp.installation import Installation
from webapp.settings import Settings


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def empty_app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    app = create_app(settings, passwords=CHEAP, clock=clock)
    yield app
    app.extensions["kept"].close()


def broken(kept: Installation, by: UUID, promised: UUID, cause: str = "client slipped") -> None:
    kept.recruiting.break_promise(Command(uuid4(), by), promised, cause)
    kept.views.catch_up()


def rows(browser: Browser, address: str = "/scorecard.csv") -> dict[tuple[str, str], dict[str, str]]:
    """The lines of the table by what they are about."""
    lines = csv.DictReader(io.StringIO(browser.get(address).text.lstrip("\ufeff")))
    return {(line["By"], line["Name"]): line for line in lines}


@pytest.fixture
def told(kept: Installation, dana: Browser, tom: Browser, ada: UUID) -> None:
    """Dana kept one of three and broke one; Tom promised one; a candidate promised one."""
    keep(kept, dana.id, promise(kept, dana.id, ada, "kept"))
    broken(kept, dana.id, promise(kept, dana.id, ada, "broken"))
    promise(kept, dana.id, ada, "open")
    promise(kept, tom.id, ada, "overdue", -2)
    promise(kept, tom.id, ada, "theirs", made_by="candidate")


def test_recruiters_see_their_own_figures_auditors_and_owners_the_teams(
    told: None, dana: Browser, tom: Browser, aude: Browser, olive: Browser
) -> None:
    def recorded(browser: Browser, address: str = "/scorecard") -> str:
        found = re.search(r"<b>(\d+) recorded", browser.get(address).text)
        return found[1] if found else "none"

    assert [recorded(each) for each in (dana, tom, aude, olive)] == ["3", "2", "5", "5"]
    assert [recorded(each, "/scorecard?whose=team") for each in (dana, tom)] == ["3", "2"]
    assert recorded(olive, "/scorecard?whose=mine") == "none"
    assert recorded(aude, "/scorecard?whose=mine") == "5"


def test_every_count_stands_in_the_table_and_in_the_csv(told: None, olive: Browser) -> None:
    page, lines = olive.get("/scorecard").text, rows(olive)
    ours, theirs = lines["Kind", "We promised"], lines["Kind", "Candidates promised us"]

    assert "5 recorded: 1 kept on time, 1 not kept, 1 overdue, 2 open." in page
    assert "kept on time: <b>1\xa0of\xa03, too few for a share" in page
    assert "1\xa0client\xa0slipped" in page
    assert [ours[name] for name in ("Recorded", "On time", "Client slipped", "Overdue", "Came due")] == list("41113")
    assert (theirs["Recorded"], theirs["Open"]) == ("1", "1")
    assert sum(int(line["Recorded"]) for (by, _), line in lines.items() if by == "Week of") == 5


def test_a_figure_leads_to_exactly_its_promises_or_nowhere(told: None, olive: Browser) -> None:
    page = olive.get("/scorecard").text
    linked = re.findall(r'<td><a class="plain" href="(/promises[^"]*)">(\d+)<', page)

    assert len(linked) >= 6
    for address, count in linked:
        ledger = olive.get(address.replace("&amp;", "&")).text
        assert len(re.findall(r'<li [^>]*id="promise-', ledger)) == int(count), address


def test_a_percentage_needs_ten_promises(kept: Installation, dana: Browser, ada: UUID) -> None:
    for number in range(9):
        keep(kept, dana.id, promise(kept, dana.id, ada, f"{number}"))
    assert "9\xa0of\xa09, too few for a share" in dana.get("/scorecard").text

    broken(kept, dana.id, promise(kept, dana.id, ada, "the tenth"))

    assert "9\xa0of\xa010, 90\xa0%" in dana.get("/scorecard").text


def test_it_says_where_most_broken_promises_began(kept: Installation, dana: Browser, ada: UUID, bob: UUID) -> None:
    for number in range(4):
        broken(kept, dana.id, promise(kept, dana.id, bob, f"{number}"), "we forgot")
    on_a_board(kept, dana.id, ada)
    for number in range(5):
        broken(kept, dana.id, promise(kept, dana.id, ada, f"{number}"))
    assert "broken promises" not in dana.get("/scorecard").text

    broken(kept, dana.id, promise(kept, dana.id, ada, "the tenth"))

    page = dana.get("/scorecard").text
    assert "60\xa0% of your broken promises (6 of 10) began with St Hilda." in page
    assert rows(dana)["Client", "St Hilda"]["Client slipped"] == "6"


def test_a_contact_counts_for_their_employer_until_they_are_erased(
    kept: Installation, dana: Browser, ada: UUID
) -> None:
    carl = kept.recruiting.add_contact(Command(uuid4(), dana.id), "Carl Quill", "Acme Ltd").streams[0]
    promise(kept, dana.id, ada, "The rate", made_by="contact", contact=carl)
    assert rows(dana)["Client", "Acme Ltd"]["Recorded"] == "1"

    kept.recruiting.erase_contact(Command(uuid4(), dana.id), carl, "asked")
    kept.views.catch_up()

    assert rows(dana)["Client", "No client known"]["Recorded"] == "1"


def test_the_chart_says_in_words_what_it_shows(told: None, olive: Browser) -> None:
    page = olive.get("/scorecard").text

    assert page.count('<svg role="img" aria-labelledby="chart-title chart-says"') == 1
    assert re.search(r'<desc id="chart-says">5 recorded: [^<]+ The table below holds the same figures\.</desc>', page)


BAD_DAYS = (
    ("from=2026-02-30", "from", "date"),
    ("from=2026-05-02&to=2026-05-01", "to", "This is before “From”."),
    ("from=2020-01-01&to=2026-01-01", "from", "Choose two years at most."),
    ("from=<script>alert(1)</script>", "from", ""),
    ("to=" + "x" * 10_000, "to", ""),
)


def test_days_that_cannot_be_are_said_beside_their_field(told: None, olive: Browser) -> None:
    for asked, field, sentence in BAD_DAYS:
        answer = olive.get(f"/scorecard?{asked}")

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert sentence in answer.text
        assert "<script>alert" not in answer.text
        assert olive.get(f"/scorecard.csv?{asked}").status_code == 422


def test_other_days_can_be_chosen(told: None, olive: Browser) -> None:
    for asked in ("span=quarter", "span=last-quarter", "span=year", "span=nonsense", "from=3 weeks ago"):
        assert olive.get(f"/scorecard?{asked}").status_code == 200


def test_weeks_without_a_promise_stand_there_since_the_agency_was_founded(
    kept: Installation, clock: Clock, dana: Browser, ada: UUID
) -> None:
    promise(kept, dana.id, ada, "first")
    clock.on(days=14)
    promise(kept, dana.id, ada, "second")

    recorded = [line["Recorded"] for (by, _), line in rows(dana).items() if by == "Week of"]
    assert recorded[-3:] == ["1", "0", "1"]
    since = rows(dana, "/scorecard.csv?from=2019-12-16&to=2020-01-19")
    weeks = [name.replace("\N{NO-BREAK SPACE}", " ") for by, name in since if by == "Week of"]
    assert weeks == [f"{kept.views.team.agency().founded_at:%-d %b %Y}", "13 Jan 2020"]


def test_days_without_a_promise_teach(olive: Browser) -> None:
    page = olive.get("/scorecard").text

    assert "Nothing was promised in these days." in page
    assert 'role="img"' not in page


# Figures by recruiter

SWITCH = "/scorecard/individuals"


def test_owners_see_individuals_only_once_they_said_why(
    told: None, olive: Browser, tom: Browser, aude: Browser
) -> None:
    assert not [by for by, _ in rows(olive) if by == "Recruiter"]
    refused = olive.htmx.post(SWITCH, {"why": " "})
    assert (refused.status_code, "Say why. Everybody on the team will read it." in refused.text) == (422, True)

    answer = olive.post(SWITCH, {"why": "We share <b>a bonus</b> 🎁"})

    assert answer.location == "/scorecard"
    assert [name for by, name in rows(olive) if by == "Recruiter"] == ["Dana", "Tom"]
    for other in (tom, aude):
        assert not [by for by, _ in rows(other) if by == "Recruiter"]
        assert "By recruiter" not in other.get("/scorecard").text
        assert "Olive switched on figures by recruiter (" in other.get("/scorecard").text
    assert "“We share &lt;b&gt;a bonus&lt;/b&gt; 🎁”" in tom.get("/scorecard").text
    again = olive.htmx.post(SWITCH, {"why": "From another tab"})
    assert (again.status_code, "Figures by recruiter are switched on already." in again.text) == (422, True)


def test_everybody_is_told_on_today_until_they_have_read_it(
    clock: Clock, olive: Browser, tom: Browser, dana: Browser, aude: Browser
) -> None:
    olive.htmx.post(SWITCH, {"why": "We share a bonus"})
    everybody = (olive, tom, dana, aude)
    assert all("Olive switched on figures by recruiter" in each.get("/").text for each in everybody)

    answer = tom.htmx.post(f"{SWITCH}/read")
    aude.post(f"{SWITCH}/read")

    assert 'id="today"' in answer.text
    assert "switched on" not in answer.text
    assert ["switched on" in each.get("/").text for each in everybody] == [True, False, True, False]

    clock.on(days=8)
    assert not any("switched on" in each.get("/").text for each in everybody)


def test_switched_off_nobody_sees_individuals_and_it_says_so(told: None, olive: Browser, tom: Browser) -> None:
    olive.htmx.post(SWITCH, {"why": "We share a bonus"})

    page = olive.htmx.post(f"{SWITCH}/stopped").text

    assert "Figures by recruiter are off." in page
    assert not [by for by, _ in rows(olive) if by == "Recruiter"]
    assert "Olive switched off figures by recruiter (" in tom.get("/scorecard").text
    assert "switched on" not in tom.get("/").text


def test_those_who_left_keep_their_figures_under_their_name(
    told: None, kept: Installation, olive: Browser, tom: Browser
) -> None:
    olive.htmx.post(SWITCH, {"why": "We share a bonus"})
    kept.recruiting.recruiter_leaves(Command(uuid4(), olive.id), tom.id)
    kept.views.catch_up()

    assert rows(olive)["Recruiter", "Tom"]["Recorded"] == "2"


def test_the_scorecard_asks_as_many_questions_whatever_was_promised(
    kept: Installation, olive: Browser, dana: Browser, ada: UUID
) -> None:
    statements: list[str] = []
    event.listen(kept.views.store._engine, "before_cursor_execute", lambda *said: statements.append(said[2]))

    def asked() -> int:
        statements.clear()
        olive.get("/scorecard")
        return len(statements)

    promise(kept, dana.id, ada, "one")
    few = asked()
    for number in range(12):
        promise(kept, dana.id, ada, f"{number}", number - 6)

    assert asked() == few <= 12
