"""The pages of an import: upload, look, choose, commit, watch, undo."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from saying import in_days, today

from domain.command import Command
from tests.importing import SAMPLES, people
from webapp import jobs
from webapp.importing import drafts, looking

HTML = re.compile(r"<[^>]+>|\s+")
NOBODY = "00000000-0000-4000-8000-000000000000"


def sent(browser, content: bytes | str, name: str = "people.csv", **form):
    content = content.encode() if isinstance(content, str) else content
    return browser.post("/import", {"file": (io.BytesIO(content), name), **form})


def uploaded(browser, name: str, content: bytes | None = None) -> str:
    """The address of the import that a file has become."""
    answer = sent(browser, content or (SAMPLES / name).read_bytes(), name)
    assert answer.status_code == 303, answer.text
    return answer.location


def text(answer) -> str:
    return HTML.sub(" ", answer.text).replace("  ", " ")


def looked(kept, address: str) -> str:
    draft = drafts.load(kept, UUID(address.rpartition("/")[2]))
    return str(draft.looked if draft else 0)


def committed(kept, browser, address: str, **form) -> str:
    """The same import, when the worker is done."""
    answer = browser.post(f"{address}/commit", {"looked": looked(kept, address), **form})
    assert answer.status_code == 303, answer.text
    jobs.run_jobs(kept)
    return address


# Uploading


def test_the_page_says_what_can_be_brought(dana):
    page = dana.get("/import")

    assert page.status_code == 200
    assert "LinkedIn Connections, Google Contacts, OpenCATS, vCard" in text(page)
    assert "Past imports" not in page.text


def test_a_file_is_looked_at_and_nothing_is_saved(kept, dana):
    before = kept.recruiting.log.end()

    page = dana.get(uploaded(dana, "linkedin.csv"))

    assert "LinkedIn Connections, separated by commas, UTF-8, 8 rows. Nothing is saved yet." in text(page)
    assert "Import 7 people and 7 notes" in page.text
    assert "Not read: There is no name, and nobody here has https://www.linkedin.com/in/nobody." in text(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Tables; DROP" in page.text
    assert "<script>alert" not in page.text
    assert kept.recruiting.log.end() == before


def test_htmx_is_sent_to_the_preview(dana):
    answer = sent(dana.htmx, (SAMPLES / "linkedin.csv").read_bytes())

    assert answer.headers["HX-Redirect"].startswith("/import/")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There is nothing in this file."),
        (b"PK\x03\x04" + bytes(100), "zip archive"),
        (b'Name,Note\nMax,"open\n', "never closed"),
        (b"Name" + b"," * 1000, "columns"),
        (b"\0" * 100, "not a text file"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_field_and_not_kept(kept, dana, content, sentence):
    for browser in (dana, dana.htmx):
        answer = sent(browser, content, text="Ada, typed beside it")

        assert answer.status_code == 422
        assert re.search(rf'id="file-error">[^<]*{sentence}', answer.text)
        assert "Ada, typed beside it" in answer.text
    uploads = kept.settings.home / "uploads"
    assert not uploads.exists() or not list(uploads.iterdir())


def test_nothing_sent(dana):
    answer = dana.post("/import", {"text": "  "})

    assert (answer.status_code, "Choose a file, or paste something." in answer.text) == (422, True)


def test_more_than_25_mb_is_turned_away(dana):
    content = b"--x\r\n" + b"x" * 25_100_000
    answer = dana.client.post("/import", data=content, content_type="multipart/form-data; boundary=x")

    assert (answer.status_code, "25 MB" in answer.text) == (413, True)


def test_pasted_notes_become_people(dana, ada):
    answer = dana.post("/import", {"text": "Ada Byron, wants no nights\nMara Quill, mara@quill.example"})

    page = dana.get(answer.location)

    assert "Pasted text" in page.text
    assert "1 row is perhaps about somebody who is here" in text(page)
    assert f'Perhaps <a href="/candidates/{ada}">Ada Byron</a>' in page.text
    assert "Import 1 person and 1 note" in page.text


def test_pasted_text_can_be_one_note_instead(kept, dana, ada):
    address = dana.post("/import", {"text": "Ada Byron, wants no nights\nand no weekends either"}).location

    answer = dana.post(f"{address}/columns", {"like": "note", "about": "Ada Byron"})

    assert answer.status_code == 303
    page = dana.get(address)
    assert "One note" in page.text
    assert "Import 1 note" in page.text


def test_the_same_form_twice_is_one_upload(dana):
    form = {"command": str(uuid4()), "text": "Mara Quill"}

    assert dana.post("/import", form).location == dana.post("/import", form).location


# Choosing how it is read


def test_an_encoding_is_asked_for_with_lines_to_tell_it_by(dana):
    address = uploaded(dana, "german.csv")

    page = dana.get(address)
    assert "How is this file written?" in page.text
    assert "Jörg;Müller" in page.text

    assert dana.post(f"{address}/columns", {"encoding": "cp1252"}).status_code == 303
    page = dana.get(address)
    assert "separated by semicolons, Western European (Windows, Excel), 2 rows" in text(page)
    assert "Import 2 people and 2 notes" in page.text


@pytest.mark.parametrize("encoding", ["zip", "utf-8", ""])
def test_a_wrong_encoding_is_refused_in_place(dana, encoding):
    address = uploaded(dana, "german.csv")

    for browser in (dana, dana.htmx):
        answer = browser.post(f"{address}/columns", {"encoding": encoding})

        assert answer.status_code == 422
        assert 'class="error" id="encoding-error"' in answer.text


def test_columns_are_matched_once_and_remembered(kept, dana, tom):
    content = b"Wer,Womit,Gedanke\nMara Quill,mara@quill.example,will wechseln\n"
    address = uploaded(dana, "a.csv", content)
    assert "Nothing of it can be imported as it is read now." in dana.get(address).text

    answer = dana.post(f"{address}/columns", {"column-0": "name", "column-1": "email", "column-2": "note"})

    assert answer.status_code == 303
    assert "Import 1 person and 1 note" in dana.get(address).text
    assert "Import 1 person and 1 note" in tom.get(uploaded(tom, "b.csv", content)).text


def test_dates_that_could_be_either_are_asked_about(dana):
    content = b"Name,Note,Note created at\nMara Quill,hello,03/04/2026\n"
    address = uploaded(dana, "a.csv", content)
    page = dana.get(address)
    assert "No date in this file shows which comes first." in text(page)
    assert "Fri 3 Apr" in page.text

    dana.post(f"{address}/columns", {"order": "month first"})

    assert "Wed 4 Mar" in dana.get(address).text


def test_who_is_who_in_a_chat(kept, dana, ada):
    address = uploaded(dana, "chat.txt")
    page = dana.get(address)
    assert "The candidate is called" in page.text
    assert "Import 4 notes" in page.text

    refused = dana.post(f"{address}/columns", {"speaker-0": "them", "speaker-1": "them"})
    assert (refused.status_code, "Choose which one of them is the candidate." in refused.text) == (422, True)

    assert dana.post(f"{address}/columns", {"speaker-0": "us", "about": "Mara Quill"}).status_code == 303
    assert "Import 1 person and 4 notes" in dana.get(address).text


def test_rows_are_paged_and_chosen_by_state(dana):
    rows = "".join(f"Person {n:03}\n" for n in range(120))
    address = uploaded(dana, "a.csv", f"Name\n{rows},,\n".encode())

    page = dana.get(address)
    assert "Person 049" in page.text
    assert "Person 050" not in page.text
    more = re.search(r'href="(/import/[^"]+after=50)"', page.text)[1]
    assert "Person 099" in dana.htmx.get(more).text
    assert "Not read" not in text(dana.get(f"{address}?show=new"))
    assert dana.get(f"{address}?show=nonsense").status_code == 200
    assert dana.get(f"{address}?after=x").status_code == 404


NASTY = st.sampled_from(
    ["", "name", "email", "note", "when", "csv", "note", "people", "chat", "vcard", "yes", "no", "utf-16"]
) | st.text(max_size=30)
FIELDS = ("encoding", "like", "headed", "order", "about", "speaker-0", "speaker-1", *(f"column-{n}" for n in range(4)))


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from(FIELDS), NASTY),
    st.booleans(),
    st.sampled_from(["notes.csv", "chat.txt", "people.txt"]),
)
def test_no_choice_makes_kept_stumble(dana, form, by_htmx, name):
    address = uploaded(dana, name)
    form = {field: words.encode("utf-8", "surrogatepass") for field, words in form.items()}

    answer = (dana.htmx if by_htmx else dana).post(f"{address}/columns", form)

    assert answer.status_code in (200, 303, 422)
    assert dana.get(address).status_code == 200
    dana.post(f"{address}/away")


# Letting it happen


def test_an_import_runs_in_the_background_and_can_be_left(kept, dana):
    address = uploaded(dana, "linkedin.csv")

    assert dana.post(f"{address}/commit", {"looked": "1"}).location == address

    page = dana.get(address)
    assert "You can leave this page: it goes on." in page.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    assert 'hx-trigger="load delay:1s"' in page.text
    assert dana.htmx.get(address).text.lstrip().startswith('<section id="stage"')

    jobs.run_jobs(kept)
    page = dana.get(address)
    assert "7 people added" in text(page)
    assert "http-equiv" not in page.text
    assert "/refused.csv" in page.text
    assert kept.views.directory.count() == 7


def test_the_second_click_imports_nothing_more(kept, dana):
    address = committed(kept, dana, uploaded(dana, "linkedin.csv"))
    before = kept.recruiting.log.end()

    assert dana.post(f"{address}/commit", {"looked": "1"}).status_code == 303

    jobs.run_jobs(kept)
    assert kept.recruiting.log.end() == before


def test_what_was_read_again_meanwhile_is_looked_at_again(dana):
    address = uploaded(dana, "linkedin.csv")
    dana.post(f"{address}/columns", {"column-2": ""})

    answer = dana.post(f"{address}/commit", {"looked": "1"})

    assert (answer.status_code, "The file was read again in the meantime." in answer.text) == (409, True)


def test_nothing_is_chosen_any_more_once_it_has_begun(kept, dana):
    address = uploaded(dana, "linkedin.csv")
    dana.post(f"{address}/commit", {"looked": "1"})

    assert dana.post(f"{address}/columns", {"column-2": ""}).status_code == 409
    assert dana.post(f"{address}/away").status_code == 409


def test_perhaps_is_decided_on_the_form(kept, dana, ada):
    content = b"Name,Works at\nAda Byron,Acme\n"

    committed(kept, dana, uploaded(dana, "a.csv", content), possible="same")

    assert kept.views.directory.candidate(ada).works_at == "Acme"


def test_a_running_import_can_be_stopped(kept, dana):
    address = uploaded(dana, "linkedin.csv")
    dana.post(f"{address}/commit", {"looked": "1"})

    assert dana.post(f"{address}/stop").location == address

    jobs.run_jobs(kept)
    assert people(kept) == {}
    assert dana.get(address).status_code == 200


def test_refused_rows_are_downloaded(kept, dana, tom):
    address = committed(kept, dana, uploaded(dana, "linkedin.csv"))

    answer = dana.get(f"{address}/refused.csv", buffered=True)

    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "There is no name" in answer.text
    assert tom.get(f"{address}/refused.csv").status_code == 403


def test_a_large_file_is_looked_at_by_the_worker(kept, dana, monkeypatch):
    monkeypatch.setattr(looking, "AT_ONCE", 10)
    address = uploaded(dana, "linkedin.csv")
    page = dana.get(address)
    assert ("Reading linkedin.csv" in page.text, 'http-equiv="refresh"' in page.text) == (True, True)

    jobs.run_jobs(kept)

    assert "Import 7 people and 7 notes" in dana.get(address).text


def test_a_large_file_that_cannot_be_read_says_why(kept, dana, monkeypatch):
    monkeypatch.setattr(looking, "AT_ONCE", 10)
    address = uploaded(dana, "a.csv", b'Name,Note\nMax,"never closed\n')
    jobs.run_jobs(kept)

    page = dana.get(address)

    assert "a.csv cannot be imported" in text(page)
    assert "never closed" in page.text


# Afterwards


def test_past_imports_are_listed_with_their_undo(kept, dana, tom):
    address = committed(kept, dana, uploaded(dana, "linkedin.csv"))

    page = text(dana.get("/import"))
    assert "7 people added, 7 notes, 1 row not taken" in page
    assert f'href="{address}#undo"' in dana.get("/import").text
    assert f'href="{address}#undo"' not in tom.get("/import").text


def test_an_upload_that_waits_is_found_again(dana, tom):
    address = uploaded(dana, "linkedin.csv")

    assert f'href="{address}"' in dana.get("/import").text
    assert f'href="{address}"' not in tom.get("/import").text


def test_an_import_is_undone_in_the_background(kept, dana):
    address = committed(kept, dana, uploaded(dana, "linkedin.csv"))

    assert dana.post(f"{address}/undo").location == address

    assert "Undoing an import" in dana.get(address).text
    jobs.run_jobs(kept)
    assert "7 people taken back, 0 people restored, 7 notes retracted" in text(dana.get(address))
    assert people(kept) == {}
    assert dana.post(f"{address}/undo").status_code == 303


def test_whoever_stayed_is_named(kept, dana, tom):
    address = committed(kept, dana, uploaded(dana, "linkedin.csv"))
    otto = people(kept)["Otto Świech"].id
    tom.post(f"/candidates/{otto}/touchpoints", {"channel": "note", "note": "rang"})
    dana.post(f"{address}/undo")
    jobs.run_jobs(kept)

    page = dana.get(address)

    assert "1 person stayed" in text(page)
    assert f'<a href="/candidates/{otto}">Otto Świech</a>' in page.text


def test_an_owner_may_undo_and_a_colleague_may_not(kept, dana, tom, olive):
    address = committed(kept, dana, uploaded(dana, "linkedin.csv"))

    assert tom.post(f"{address}/undo").status_code == 403
    assert "Undo this import" not in tom.get(address).text
    assert olive.post(f"{address}/undo").status_code == 303


def test_what_is_being_imported_cannot_be_undone_yet(kept, dana):
    address = uploaded(dana, "linkedin.csv")
    dana.post(f"{address}/commit", {"looked": "1"})
    kept.work.next_job("import", 30)
    draft = drafts.load(kept, UUID(address.rpartition("/")[2]))
    kept.recruiting.begin_import(Command(draft.command, dana.id), "linkedin", 8)

    answer = dana.post(f"{address}/undo")

    assert (answer.status_code, "Stop it first" in answer.text) == (409, True)


def test_an_upload_is_thrown_away(kept, dana):
    address = uploaded(dana, "linkedin.csv")

    assert dana.post(f"{address}/away").location == "/import"

    assert dana.get(address).status_code == 404
    assert list((kept.settings.home / "uploads").iterdir()) == []


# Who may


def test_somebody_else_s_upload_is_theirs(dana, tom, olive):
    address = uploaded(dana, "linkedin.csv")

    assert tom.get(address).status_code == 403
    assert [tom.post(f"{address}/{what}").status_code for what in ("columns", "commit", "away")] == [403] * 3
    assert olive.get(address).status_code == 200


def test_auditors_and_strangers_import_nothing(aude, client):
    assert [aude.get("/import").status_code, aude.post("/import", {"text": "Mara"}).status_code] == [403, 403]
    assert client.get("/import").location.startswith("/login")


@pytest.mark.parametrize("what", ["", "/refused.csv"])
def test_what_is_not_there(dana, what):
    assert dana.get(f"/import/{NOBODY}{what}").status_code == 404


@pytest.mark.parametrize("what", ["columns", "commit", "stop", "undo", "away"])
def test_nothing_can_be_done_with_what_is_not_there(dana, what):
    assert dana.post(f"/import/{NOBODY}/{what}").status_code == 404


# Promises in what was imported


def spreadsheet(kept) -> str:
    """A promise due soon, one due long ago, one after which something was said; and a note without any."""
    soon = in_days(kept, -2)
    return (
        "Name,Email,Note,Date\n"
        f"Ada Byron,ada@byron.example,Told her I'll ring tomorrow with the rate,{soon}\n"
        "Bob Marsh,bob@marsh.example,Promised to send him the pack by Friday,2026-01-05\n"
        f"Cara Lane,cara@lane.example,I'll ring her tomorrow,{soon}\n"
        f"Cara Lane,cara@lane.example,Rang her,{in_days(kept, -1)}\n"
        f"Dee Fox,dee@fox.example,Nice call,{soon}\n"
    )


def keys(page: str) -> list[str]:
    return re.findall(r'name="key" value="(\w+)"', page)


def test_promises_in_what_was_imported_are_counted_and_those_due_about_now_are_asked_about(dana, kept):
    address = committed(kept, dana, sent(dana, spreadsheet(kept)).location)

    page = dana.get(address)

    assert "3 people, 3 promises; 1 looks unanswered. Add it?" in text(page)
    assert "Ada Byron" in page.text
    assert len(keys(page.text)) == 1
    assert kept.views.promises.ledger() == []  # nothing by itself


@pytest.mark.parametrize("by_htmx", [False, True])
def test_one_tap_adds_a_promise_that_was_imported(dana, kept, by_htmx):
    address = committed(kept, dana, sent(dana, spreadsheet(kept)).location)
    (key,) = keys(dana.get(address).text)
    ada = people(kept)["Ada Byron"].id
    (entry,) = [row for row in kept.views.timeline.of(ada) if row.kind == "touchpoint"]
    browser = dana.htmx if by_htmx else dana

    answer = browser.post(
        f"/touchpoints/{entry.subject}/caught",
        {"key": key, "answer": "add", "shown_on": "import"},
        headers={"Referer": f"http://localhost{address}"},
    )

    (made,) = kept.views.promises.of(ada)
    assert made.due_on.isoformat() == in_days(kept, -1)
    assert "Added: " in answer.text if by_htmx else answer.location == address
    assert "None that is due about now looks unanswered." in text(dana.get(address))


def test_what_an_import_took_back_is_asked_about_no_more(dana, kept):
    address = committed(kept, dana, sent(dana, spreadsheet(kept)).location)
    dana.post(f"{address}/undo")
    jobs.run_jobs(kept)

    assert keys(dana.get(address).text) == []


def test_a_pasted_chat_is_asked_about_as_well(dana, kept):
    yesterday = today(kept) - timedelta(days=1)
    said = f"{yesterday:%d/%m/%Y}"
    chat = f"{said}, 10:02 - Ada Byron: Hello\n{said}, 10:03 - Dana: I'll send you the contract tomorrow\n"
    page = dana.post("/import", {"text": chat}).location
    address = committed(kept, dana, page, possible="add")

    assert "1 person, 1 promise; 1 looks unanswered. Add it?" in text(dana.get(address))
