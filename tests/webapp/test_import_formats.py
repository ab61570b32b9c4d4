"""What each kind of file becomes: people, and what is said about them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing import SAMPLES
from webapp.importing import dates, formats, reading, sources
from webapp.importing.dates import Order, evidence, instant
from webapp.importing.formats import FORMATS, WHY_HEADER, Target, columns_named, familiar, signature, targets
from webapp.importing.records import Record, Understanding, clean
from webapp.importing.tables import Row

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def records(name: str, encoding: str | None = None, **how: object) -> list[Record]:
    file = SAMPLES / name
    shape = sources.shape_of(file, encoding or reading.encoding_of(file) or "")
    columns = targets(shape.headers, shape.kind)
    rows = list(sources.rows(file, shape, **how))
    seen = evidence(row.cells[columns.index(Target.WHEN)] for row in rows) if Target.WHEN in columns else None
    order = (seen and seen.proven) or Order.DAY_FIRST
    understanding = Understanding(shape.kind, shape.headers, columns, order, ZONE, "Dana", {"tom": "tom's id"}, NOW)
    return [understanding.record(row) for row in rows]


def test_linkedin_connections():
    mara, other, otto, nobody, zoe, chan, renee, bobby = records("linkedin.csv")

    assert mara.details == formats_details(
        "Mara Quill",
        emails=("mara@quill.example",),
        headline="Site Manager",
        works_at="Reed, Marsh and Fenn",
        link="https://www.linkedin.com/in/mara-quill",
    )
    assert [(said.words, said.at, said.channel) for said in mara.notes] == [
        ("Connected on LinkedIn.", "2020-11-15T00:00:00+00:00", "note")
    ]
    assert otto.notes[0].at == "2022-02-07T00:00:00+00:00"
    assert (other.details.emails, nobody.details.name) == ((), "")
    assert zoe.details.name == '=HYPERLINK("http://evil.example","Zoë") O’Neil-Łukasz'
    assert [each.details.name for each in (chan, renee, bobby)] == [
        "陳 大文",
        "Renée 👩‍⚕️ d’Arc",
        "<script>alert(1)</script> Tables; DROP",
    ]


def formats_details(name: str, **more: object):
    from domain.candidate import Details

    return Details(name, **more)


def test_google_contacts_as_they_are_now():
    mara, ivo = records("google.csv")

    assert mara.details.emails == ("MARA@QUILL.EXAMPLE", "alt.mara@quill.example")
    assert (mara.details.link, mara.details.place, mara.tags) == (
        "https://mara.example/me",
        "Voisin",
        ("Bench", "Manchester"),
    )
    assert mara.notes[0].words == (
        'Line1\nLine2 "quoted", comma\n\n'
        "Name Prefix: Dr\nOrganization Department: Tools\nBirthday: --10-27\nAnniversary: 2019-04-01"
    )
    assert (ivo.details.name, ivo.details.phones) == ("Ivo J Brandt", ("+44 7700 900165", "0049 30 23125 868"))
    assert (ivo.tags, ivo.notes) == ((), ())


def test_google_contacts_as_they_were():
    (ivo,) = records("google-old.csv")

    assert ivo.details == formats_details(
        "Ivo Brandt",
        emails=("ivo@brandt.example",),
        phones=("0161 496 0350",),
        headline="Electrician",
        place="Leeds",
        works_at="Linke",
    )
    assert (ivo.tags, ivo.notes[0].words) == (("nurse",), "Likes early calls\n\nBirthday: 1985-04-12")


def test_opencats():
    mara, patricia, *_ = records("opencats.csv")

    assert (mara.details.source, mara.owner, mara.tags) == ("Referral", "tom's id", ("forklift", "sap", "18th edition"))
    assert mara.notes[0].words.splitlines() == [
        "steady",
        "",
        "Address: Meyerring 85/96",
        "Recent Status: Offered",
        "Available: 05-25-24",
        "Current Pay: 79000",
        "Can Relocate: No",
    ]
    assert mara.notes[0].at is None
    assert patricia.details.emails == ("patricia@example.com", "p.g@example.com")
    assert "Owner: Andrea Lopez" in patricia.notes[0].words


def test_what_is_no_number_is_kept_as_words():
    patricia = records("opencats.csv")[1]

    assert patricia.details.phones == ()
    assert patricia.apart == ("Cell Phone: call after six",)
    assert "Cell Phone: call after six" in patricia.notes[0].words


def test_the_short_export_of_opencats_has_ids():
    (mara,) = records("opencats-short.csv")

    assert (mara.details.reference, mara.details.name, mara.tags) == ("OpenCATS 17", "Mara Quill", ("sap", "forklift"))


def test_vcards():
    mara, rosalina, joerg, endless = records("contacts.vcf")

    assert (mara.details.works_at, mara.details.phones, mara.tags) == ("Ellis-Roberts, Tools", (), ("bench", "nurse"))
    assert mara.notes[0].words == "Likes early, calls\nsecond line\n\nBirthday: 19850412"
    assert rosalina.details == formats_details(
        "Rosalina Dussen van",
        emails=("rosalina@example.com",),
        phones=("+1-202-555-0132",),
        place="Leeds",
        link="https://rosalina.example/",
    )
    assert (joerg.details.name, joerg.notes[0].words) == ("Jörg Müller", "first line\nsecond line")
    assert endless.fault == "This card has no end."


def test_a_photo_is_left_out_however_large(tmp_path):
    file = tmp_path / "cards.vcf"
    photo = "\n ".join(["QUJD" * 18] * 3000)
    file.write_text(f"BEGIN:VCARD\nFN:Ada\nPHOTO:{photo}\nEND:VCARD\nBEGIN:VCARD\nFN:Bob\nNOTE:{photo}\nEND:VCARD\n")

    ada, bob = sources.rows(file, sources.shape_of(file, "utf-8"))

    assert (ada.cells[0], ada.fault) == ("Ada", "")
    assert (bob.cells[0], bob.fault) == ("Bob", "NOTE has more than 100,000 characters.")


def test_a_whatsapp_chat():
    said = records("chat.txt", about="Ada Byron", roles={"Ada Byron": "them", "Dana": "us"})

    assert [(each.notes[0].words, each.notes[0].at, each.notes[0].direction) for each in said] == [
        ("Hi Ada, the client liked you!", "2026-07-01T11:35:10+00:00", "out"),
        ("Brilliant 🎉\nWhen will I hear about the rate?", "2026-07-01T11:36:02+00:00", "in"),
        ("I will call you with the rate by Friday noon", "2026-07-01T11:37:45+00:00", "out"),
        ("sorry for the delay, calling in 10 min", "2026-07-13T08:12:00+00:00", "out"),
    ]
    assert {each.details.name for each in said} == {"Ada Byron"}
    assert {each.notes[0].channel for each in said} == {"WhatsApp"}


@pytest.mark.parametrize(
    "line",
    [
        "13/6/2026, 12:34 - Ada: hello",
        "[13/06/2026, 12:34:56] Ada: hello",
        "\u200e[13.06.26, 12:34:56] Ada: hello",
        "6/13/26, 12:34\u202fPM - Ada: hello",
        "2026-06-13 12:34 - Ada: hello",
    ],
)
def test_whatsapp_writes_its_lines_in_many_ways(tmp_path, line):
    file = tmp_path / "chat.txt"
    file.write_text(line + "\n")

    shape = sources.shape_of(file, "utf-8")
    (row,) = sources.rows(file, shape, about="Ada", roles={"Ada": "them"})

    seen = evidence([row.cells[3]])
    at = instant(row.cells[3], seen.proven or Order.DAY_FIRST, ZONE)
    assert (row.cells[2], at.isoformat()[:16]) == ("hello", "2026-06-13T11:34")


def test_notes_about_people_who_are_here():
    first, second, third, fourth, unreadable, nobody = records("notes.csv")

    assert first.details.emails == ("ada@byron.example",)
    assert first.notes[0].words == "Prefers WhatsApp\nNot before 6pm\n\n(noted by Marika Ćmiel)"
    assert (first.notes[0].at, first.notes[0].channel) == ("2024-07-01T17:40:00+00:00", "note")
    assert (second.notes[0].words, second.notes[0].channel, second.notes[0].direction) == (
        "Told her I will send the JD by Friday.",
        "call",
        "out",
    )
    assert (third.notes[0].at, third.notes[0].channel) == ("2025-03-01T02:56:00+00:00", "e-mail")
    assert fourth.notes[0].channel == "meeting"
    assert unreadable.fault == "“yesterday?” is not a date and time that Kept can read."
    assert nobody.fault == ""


def test_german_columns(tmp_path):
    joerg, clemence = records("german.csv", "cp1252")

    assert (joerg.details.name, joerg.details.place) == ("Jörg Müller", "Köln")
    assert joerg.notes[0].words == "Grüße aus Köln; möchte wechseln\n\nGeburtstag: 08.09.1999"
    assert clemence.notes[0].words == "Geburtstag: 28.10.1979"


def test_utf_16_with_tabs():
    (lukasz,) = records("utf16.tsv")

    assert (lukasz.details.name, lukasz.details.place) == ("Łukasz Żak", "Łódź")


def row(**cells: str) -> Record:
    """A record of columns that are called like what they become."""
    headers = list(cells)
    how = Understanding(
        FORMATS["csv"], headers, [Target(name) for name in headers], Order.DAY_FIRST, ZONE, "Dana", {}, NOW
    )
    return how.record(Row(2, list(cells.values())))


@pytest.mark.parametrize(
    ("cell", "emails"),
    [
        ("a@b.example", ("a@b.example",)),
        ("a@b.example; c@d.example", ("a@b.example", "c@d.example")),
        ("Ada Byron <a@b.example>, Bob <c@d.example>", ("a@b.example", "c@d.example")),
        ("mailto:a@b.example ::: A@B.example", ("a@b.example",)),
        ("n/a", ()),
        ("-", ()),
    ],
)
def test_addresses_in_one_cell(cell, emails):
    assert row(name="Ada", email=cell).details.emails == emails
    assert row(name="Ada", email=cell).notes == ()


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("0161 496 0022 / 07700 900115", ("0161 496 0022", "07700 900115")),
        ("030/23125 227", ("030/23125 227",)),
        ("'+44 7700 900115", ("+44 7700 900115",)),
        ("unknown", ()),
    ],
)
def test_numbers_in_one_cell(cell, phones):
    assert row(name="Ada", phone=cell).details.phones == phones


def test_what_does_not_fit_is_kept_in_the_note_and_said():
    said = row(name="Ada", email="john at work", headline="x" * 300, tags="a long story about " * 10, link="no address")

    assert said.details == formats_details("Ada")
    assert len(said.apart) == 4
    assert all(words in said.notes[0].words for words in said.apart)


def test_a_note_that_is_too_long_becomes_several():
    said = row(name="Ada", note="\n".join(["many words"] * 2000), when="2026-11-01")

    assert len(said.notes) == 3
    assert all(len(each.words) <= 10_000 and each.at == "2026-11-01T00:00:00+00:00" for each in said.notes)
    assert "\n".join(each.words for each in said.notes).count("many words") == 2000


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2027-01-01", "in the future"),
        ("1970-01-01", "too long ago"),
        ("soon", "not a date"),
        ("31/02/2026", "not a date"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(written, why):
    assert why in row(name="Ada", note="hello", when=written).fault


@pytest.mark.parametrize(
    ("kind", "channel", "direction"),
    [
        *(("Phone call", "call", "out"), ("inbound call", "call", "in"), ("E-mail received", "e-mail", "in")),
        *(
            ("SMS", "SMS", "out"),
            ("LinkedIn InMail", "LinkedIn", "out"),
            ("Zoom", "video", "out"),
            ("", "note", "internal"),
        ),
    ],
)
def test_channels_by_the_words_of_others(kind, channel, direction):
    said = row(name="Ada", note="hello", channel=kind).notes[0]

    assert (said.channel, said.direction, said.words) == (channel, direction, "hello")


def test_a_channel_nobody_knows_is_kept_as_words():
    assert row(name="Ada", note="hello", channel="Carrier pigeon").notes[0].words == "hello\n\nchannel: Carrier pigeon"


@given(st.dictionaries(st.sampled_from([target.value for target in Target if target]), st.text(max_size=60)))
def test_any_cells_make_a_record(cells):
    said = row(**cells)

    assert Record.of(said.plain()) == said
    if not said.fault:
        assert said.details.name == "" or said.details.checked().name == said.details.name
        assert all(0 < len(each.words) <= 10_000 for each in said.notes)


@pytest.mark.parametrize(
    "cell", ["x" * 100_000, "@" * 100_000, "a@" * 50_000, " " * 100_000 + "x", "<" * 99_999, ",;|" * 33_333]
)
def test_a_monstrous_cell_takes_no_time(cell):
    row(**{target.value: cell for target in Target if target})


@pytest.mark.parametrize("text", ["\x0bAda\x1a", "Ada\r\nByron", "\ufeffAda"])
def test_cells_come_clean(text):
    assert not re.search(r"[\x0b\x1a\r\ufeff]", clean(text))


# Dates


@pytest.mark.parametrize(
    ("written", "said"),
    [
        *(("2025-03-17T14:14:00Z", "2025-03-17T14:14"), ("2025-03-01 02:56:00 UTC", "2025-03-01T02:56")),
        *(("01/07/2024 18:40", "2024-07-01T17:40"), ("1.7.24", "2024-06-30T23:00"), ("7-Feb-22", "2022-02-07T00:00")),
        *(("12 March 2024 at 9:05", "2024-03-12T09:05"), ("Mar 12, 2024 9:30 pm", "2024-03-12T21:30")),
        *(("2025-03-17T14:14:00+02:00", "2025-03-17T12:14"), ("2025/03/17 14.14", "2025-03-17T14:14")),
    ],
)
def test_ways_to_write_a_date(written, said):
    assert instant(written, Order.DAY_FIRST, ZONE).isoformat()[:16] == said


@pytest.mark.parametrize(
    "written", ["yesterday?", "", "12:30", "2024", "99/99/9999", "2024-02-30", "1e9", "0000-01-01"]
)
def test_what_is_no_date(written):
    assert instant(written, Order.DAY_FIRST, ZONE) is None


def test_the_whole_column_shows_which_comes_first():
    assert evidence(["01/07/2024", "30/10/2025"]).proven is Order.DAY_FIRST
    assert evidence(["01/07/2024", "10/30/2025"]).proven is Order.MONTH_FIRST
    open_ = evidence(["01/07/2024", "2025-03-04", "1.2.2025"])
    assert (open_.proven, open_.matters, open_.example) == (None, True, "01/07/2024")
    assert not evidence(["2025-03-04", "1.2.2025", "yesterday"]).matters
    assert evidence(["30/10/2025", "10/30/2025", "29/10/2025"]).proven is Order.DAY_FIRST


def test_where_nothing_shows_it_the_country_does():
    assert (dates.usual("US"), dates.usual("GB-ENG"), dates.usual("")) == (
        Order.MONTH_FIRST,
        Order.DAY_FIRST,
        Order.DAY_FIRST,
    )


def test_a_time_that_clocks_skip_is_still_a_time():
    assert instant("29/03/2026 01:30", Order.DAY_FIRST, ZONE) is not None


@given(st.text(max_size=40), st.sampled_from(Order))
def test_any_words_are_a_date_or_none(words, order):
    instant(words, order, ZONE)
    evidence([words])


# Columns


def test_two_columns_never_compete():
    assert targets(["Name", "Full name", "Company", "Employer"], FORMATS["csv"]) == ["name", "", "works_at", ""]
    assert targets(["First name", "E-mail", "2nd E-Mail"], FORMATS["csv"]) == ["name", "email", "email"]


def test_columns_of_other_systems():
    atomic = "first_name,last_name,title,linkedin_url,company,email_work,email_home,phone_work,phone_other,tags"
    bullhorn = "externalID,firstName,lastName,email,email2,mobile,phone2,workPhone,address.city,companyName,comments"

    assert targets(atomic.split(","), FORMATS["csv"]) == (
        "first last headline link works_at email email phone phone tags".split()
    )
    assert targets(bullhorn.split(","), FORMATS["csv"]) == (
        "reference first last email email phone phone phone place works_at note".split()
    )


def test_files_are_known_again_by_their_columns_in_any_order():
    assert signature(["Name", "Ort"]) == signature(["ORT", "name"]) == signature(["Name", "Ort", WHY_HEADER])
    assert signature(["Name", "Ort"]) != signature(["Name", "Ort", "Ort"])
    assert columns_named(["Ort", "ort"]) == ["ort 1", "ort 2"]


@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_headers_are_matched(headers):
    assert len(targets(headers, FORMATS["csv"])) == len(headers)
    familiar(headers)
    formats.recognised(headers)
