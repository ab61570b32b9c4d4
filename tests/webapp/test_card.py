"""The card that a recruiter gives away: a picture for a phone's camera, a file, words for a message."""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid4

import pytest
from cast import Browser

from domain.card import Card
from domain.command import Command
from webapp.importing import cards
from webapp.installation import Installation
from webapp.qr import drawn_large
from webapp.vcards import LONGEST_LINE, ROOM, Holder, for_picture, vcard

AUDE = Holder("Zoë, the; \\Best 🦉", "Harbour; & Lane", "zoe@harbour.example", "Consultant,\nwards", "+447700900123")
LONG = Holder("🦉" * 200, "Ä" * 200, "zoe@harbour.example", "x" * 200, "+447700900123", "+441174960044")


def test_a_card_says_whose_it_is_in_every_sign_they_use() -> None:
    text = vcard(AUDE)

    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert text.endswith("\r\nEND:VCARD\r\n")
    assert "FN:Zoë\\, the\\; \\\\Best 🦉\r\n" in text
    assert "TITLE:Consultant\\,\\nwards\r\n" in text
    assert "URL" not in text


def test_our_own_importer_reads_it_back() -> None:
    (row,) = cards.rows(vcard(AUDE).splitlines(keepends=True))

    name, email, phone, headline, works_at, *_ = row.cells
    assert (name, email, phone) == (AUDE.name, AUDE.email, AUDE.mobile)
    assert (headline, works_at) == (AUDE.title, AUDE.agency)


def test_long_lines_are_folded_between_signs() -> None:
    lines = vcard(LONG).encode().split(b"\r\n")

    assert max(map(len, lines)) <= LONGEST_LINE
    assert all(line.decode() for line in lines if line)
    assert f"FN:{LONG.name}\r\n" in vcard(LONG).replace("\r\n ", "")


@pytest.mark.parametrize(("holder", "shorter"), [(AUDE, False), (LONG, True)], ids=["whole", "shorter"])
def test_what_does_not_fit_into_the_picture_is_left_out_there(holder: Holder, shorter: bool) -> None:
    text, cut = for_picture(holder)

    assert cut is shorter
    assert len(text.encode()) <= ROOM
    assert f"TEL;TYPE=CELL:{holder.mobile}" in text
    assert holder.email in text


def test_the_card_is_saved_shown_and_given_away(dana: Browser, kept: Installation) -> None:
    saved = dana.post("/settings/card", {"title": "Nurses, wards", "mobile": "07700 900123", "link": ""})
    kept.views.catch_up()
    shown, file = dana.get("/card"), dana.get("/card.vcf")

    assert saved.status_code == 303
    assert "Your card is saved." in dana.get("/settings/card").text
    holder = Holder("Dana", "Harbour Staffing", "dana@harbour.example", "Nurses, wards", "07700 900123")
    picture = str(drawn_large(for_picture(holder)[0]))
    assert picture.startswith("<svg width=")
    assert picture in shown.text
    assert file.data.decode() == vcard(holder)
    assert file.headers["Content-Type"].startswith("text/vcard")
    words = quote("Dana\nNurses, wards, Harbour Staffing\n07700 900123\ndana@harbour.example")
    assert f'href="https://wa.me/?text={words}"' in shown.text
    assert f'href="sms:?&amp;body={words}"' in shown.text
    assert shown.headers["Kept-Offline"] == "keep"


def test_what_is_wrong_on_it_stands_beside_its_field(dana: Browser) -> None:
    for field, typed in (("mobile", "ring me"), ("phone", "x"), ("link", "linkedin"), ("title", "x" * 10_000)):
        answer = dana.htmx.post("/settings/card", {field: typed})

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert f'value="{typed}"' in answer.text


def test_a_card_can_be_emptied_again(dana: Browser, kept: Installation) -> None:
    kept.recruiting.change_card(Command(uuid4(), dana.id), dana.id, Card("Consultant", phone="0117 496 0044"))
    kept.recruiting.change_card(Command(uuid4(), dana.id), dana.id, Card())
    kept.views.catch_up()

    assert "Add your number" in dana.get("/card").text
