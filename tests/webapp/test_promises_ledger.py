from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from cast import Browser
from saying import in_days, keep, mail, note, promise

from domain.command import Command
from domain.promise import Overtaken, Party
from webapp.installation import Installation


def words_on(browser: Browser, **filters: object) -> list[str]:
    page = browser.get(f"/promises?{urlencode(filters)}").text
    return re.findall(r"<p class=\"what\"><a [^>]+>([^<]+)</a>", page)


@pytest.fixture
def several(kept: Installation, dana: Browser, tom: Browser, ada: UUID, bob: UUID) -> None:
    promise(kept, dana.id, ada, "Dana to Ada", 5)
    promise(kept, tom.id, bob, "Tom to Bob", 1)
    keep(kept, dana.id, promise(kept, dana.id, bob, "Dana to Bob, kept", 3))
    promise(kept, dana.id, ada, "Ada to us", 2, made_by=Party.CANDIDATE)


@pytest.mark.usefixtures("several")
def test_the_ledger_is_filtered(dana: Browser, tom: Browser, ada: UUID, kept: Installation) -> None:
    everything = ["Ada to us", "Dana to Bob, kept", "Tom to Bob", "Dana to Ada"]

    assert words_on(dana) == everything
    assert words_on(dana, status="open") == ["Ada to us", "Tom to Bob", "Dana to Ada"]
    assert words_on(dana, status="kept") == ["Dana to Bob, kept"]
    assert words_on(dana, who="me") == ["Ada to us", "Dana to Bob, kept", "Dana to Ada"]
    assert words_on(dana, who=tom.id) == ["Tom to Bob"]
    assert words_on(dana, status="open", who="me", by="us") == ["Dana to Ada"]
    assert words_on(dana, by="them") == ["Ada to us"]
    assert words_on(dana, by="us", candidate="bob") == ["Dana to Bob, kept", "Tom to Bob"]
    assert words_on(dana, candidate=ada) == ["Ada to us", "Dana to Ada"]
    assert words_on(dana, candidate="nobody") == []
    assert words_on(dana, status="nonsense", who="nonsense", by="nonsense", sort="nonsense") == everything
    assert words_on(dana, status="broken") == []
    today = {"from": in_days(kept, 0), "to": in_days(kept, 0)}
    assert words_on(dana, **today) == everything
    assert words_on(dana, **{"from": in_days(kept, 1)}) == []
    assert words_on(dana, to=in_days(kept, -1)) == []
    assert 'value="Ada Byron"' in dana.get(f"/promises?candidate={ada}").text
    assert "Nobody is called “nobody”." in dana.get("/promises?candidate=nobody").text
    assert "No promise fits this." in dana.get("/promises?status=broken").text


@pytest.mark.usefixtures("several")
def test_the_ledger_stands_newest_first_or_by_due(dana: Browser) -> None:
    assert words_on(dana, sort="due") == ["Tom to Bob", "Ada to us", "Dana to Bob, kept", "Dana to Ada"]
    assert "earliest due first" in dana.get("/promises?sort=due").text


@pytest.mark.usefixtures("several")
def test_the_totals_count_exactly_what_is_filtered(dana: Browser, tom: Browser, kept: Installation) -> None:
    def totals(query: str) -> str:
        shown = re.search(r'<p class="sub tally">(.*?)</p>', dana.get(f"/promises{query}").text, re.S)
        assert shown
        return " ".join(re.sub(r"<[^>]+>", "", shown[1]).split())

    assert totals("") == "4 promises: Open 3 · Kept 1"
    assert totals("?who=me") == "3 promises: Open 2 · Kept 1"
    assert totals(f"?who={tom.id}") == "Open 1"
    assert totals("?by=them") == "Open 1"
    assert totals("?by=us") == "3 promises: Open 2 · Kept 1"
    assert totals("?candidate=bob") == "2 promises: Open 1 · Kept 1"
    assert totals(f"?from={in_days(kept, 0)}&by=us") == "3 promises: Open 2 · Kept 1"
    assert totals("?status=kept") == "Kept 1 · whatever became of them"


@pytest.mark.usefixtures("several")
def test_the_page_says_in_words_what_it_shows(dana: Browser, ada: UUID, kept: Installation) -> None:
    page = dana.get(f"/promises?status=open&who=me&by=us&candidate={ada}&from={in_days(kept, 0)}").text

    assert re.search(r"Open · We promised · Dana · about Ada Byron · made from \w{3} \d+ \w{3} · newest first", page)


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("?from=soon&to=2026-11-27", "from", "That is not a date."),
        ("?to=2026-W48-5&status=open", "to", "That is not a date."),
        ("?from=2026-11-27&to=2026-11-01", "to", "This is before “From”."),
    ],
)
@pytest.mark.usefixtures("several")
def test_a_period_that_is_none_is_refused_beside_its_field(
    dana: Browser, query: str, field: str, sentence: str
) -> None:
    answer = dana.get(f"/promises{query}")

    assert answer.status_code == 422
    assert f'id="{field}-error">{sentence}' in answer.text
    assert "Dana to Ada" not in answer.text
    for typed in re.findall(r"=([\w-]+)", query):
        assert f'value="{typed}"' in answer.text
    assert dana.get(f"/promises.csv{query}").status_code == 422


def test_two_of_the_same_name_are_told_apart(dana: Browser, kept: Installation, ada: UUID) -> None:
    kept.recruiting.add_candidate(Command(uuid4(), dana.id), "Ada Marsh", place="York")
    kept.views.catch_up()

    page = dana.get("/promises?candidate=ada&status=open").text

    assert "Whom do you mean?" in page
    assert f"candidate={ada}" in page
    assert "York" in page


def test_an_empty_ledger_teaches(dana: Browser) -> None:
    assert "No promises yet." in dana.get("/promises").text


@pytest.mark.parametrize(("sort", "first", "last"), [("newest", "54", "00"), ("due", "00", "54")])
def test_the_ledger_goes_on_after_more(
    dana: Browser, kept: Installation, ada: UUID, sort: str, first: str, last: str
) -> None:
    for number in range(55):
        promise(kept, dana.id, ada, f"number {number:02}", number)

    page = dana.get(f"/promises?status=open&sort={sort}").text
    more = re.search(r'href="(/promises\?[^"]*after=[^"]+)"', page)
    assert more
    address = more[1].replace("&amp;", "&")
    rest, fragment = dana.get(address).text, dana.htmx.get(address).text

    assert "status=open" in address
    assert f"number {first}" in page
    assert f"number {last}" not in page
    assert f"number {last}" in rest
    assert f"number {first}" not in rest
    assert fragment.lstrip().startswith("<li")
    assert f"number {last}" in fragment
    for nonsense in ("x", "1~2", "2026-11-27~x"):
        assert dana.get(f"/promises?sort={sort}&after={nonsense}").status_code == 404


def test_words_of_an_erased_person_are_gone_from_the_ledger(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    card = promise(kept, dana.id, ada, "Send rate card")
    promise(kept, dana.id, bob, "Ask about the van")
    note(kept, dana.id, ada, "a note")
    kept.erase(ada, None, "asked")

    for page in (dana.get("/promises").text, dana.get(f"/promises/{card}").text, dana.get("/promises.csv").text):
        assert "Send rate card" not in page
        assert "words removed" in page
        assert "an erased person" in page
    assert "Ask about the van" in dana.get("/promises").text


# As a file


def cells(browser: Browser, query: str = "") -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(browser.get(f"/promises.csv{query}").text.removeprefix("\ufeff")))


@pytest.mark.usefixtures("several")
def test_the_file_holds_what_the_filters_let_through(dana: Browser, kept: Installation, ada: UUID) -> None:
    answer = dana.get("/promises.csv")

    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="promises-')
    assert answer.data.startswith(b"\xef\xbb\xbfPromise,Status,Grade,")
    assert [row["Promise"] for row in cells(dana)] == ["Ada to us", "Dana to Bob, kept", "Tom to Bob", "Dana to Ada"]
    assert [row["Promise"] for row in cells(dana, "?status=open&who=me&sort=due")] == ["Ada to us", "Dana to Ada"]
    assert [row["Promise"] for row in cells(dana, f"?candidate={ada}&by=them")] == ["Ada to us"]
    assert list(cells(dana, "?candidate=nobody")) == []
    assert (
        f"/promises.csv?who=me&amp;candidate={ada}&amp;sort=due"
        in dana.get(f"/promises?who=me&candidate={ada}&sort=due").text
    )


def test_the_file_says_who_when_and_how_surely(dana: Browser, tom: Browser, kept: Installation, ada: UUID) -> None:
    kept_one = promise(kept, dana.id, ada, "Send the rate", 2)
    thanks = mail(kept, tom.id, ada, "Thank you!")
    kept.recruiting.keep_promise(Command(uuid4(), tom.id), kept_one, evidence=thanks)
    gone = promise(kept, dana.id, ada, "Find a flat")
    kept.recruiting.overtake_promise(Command(uuid4(), dana.id), gone, Overtaken.JOB_GONE, "closed")
    kept.views.catch_up()

    overtaken, done = cells(dana)

    assert done["Status"] == "Kept"
    assert done["Grade"] == "confirmed by Ada Byron"
    assert done["Evidence"].endswith(f"/touchpoints/{thanks}")
    assert done["Link"].endswith(f"/promises/{kept_one}")
    assert (done["Promised by"], done["Promised to"], done["Candidate"]) == ("Dana", "Ada Byron", "Ada Byron")
    assert (done["Closed by"], done["Made on"], done["Due on"]) == ("Tom", in_days(kept, 0), in_days(kept, 2))
    assert (overtaken["Status"], overtaken["Cause"], overtaken["Reason"]) == ("Overtaken", "job gone", "closed")


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")'])
def test_nothing_in_the_file_is_a_formula(dana: Browser, kept: Installation, words: str) -> None:
    eve = kept.recruiting.add_candidate(Command(uuid4(), dana.id), words).streams[0]
    closed = promise(kept, dana.id, eve, words)
    kept.recruiting.release_promise(Command(uuid4(), dana.id), closed, words)
    kept.views.catch_up()

    (row,) = cells(dana)

    assert row["Promise"] == row["Candidate"] == row["Reason"] == f"'{words}"
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_long_ledger_is_sent_in_batches(
    dana: Browser, kept: Installation, ada: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.asked.A_BATCH", 3)
    for number in range(7):
        promise(kept, dana.id, ada, f"number {number}", number)

    for query in ("", "?sort=due"):
        assert sorted(row["Promise"] for row in cells(dana, query)) == [f"number {number}" for number in range(7)]


def test_an_auditor_has_the_file_and_a_stranger_has_not(aude: Browser, client: Browser) -> None:
    assert aude.get("/promises.csv").status_code == 200
    assert "/login" in client.get("/promises.csv").location
