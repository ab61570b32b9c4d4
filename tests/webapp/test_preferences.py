from __future__ import annotations

import re
from datetime import time
from uuid import uuid4

import pytest
from cast import HTMX, Browser
from werkzeug.datastructures import MultiDict

from webapp.installation import Installation
from webapp.zones import countries, country_of, regions, time_zones

AGENCY = {
    "agency": "Harbour People",
    "zone": "Europe/Berlin",
    "country": "DE",
    "region": "BY",
    "working_days": ["0", "1", "2", "3"],
    "day_begins": "08:30",
    "day_ends": "16:00",
    "silent_after": "10",
}


def agencys(kept: Installation, **changed: object) -> MultiDict:
    return MultiDict({"seen": str(kept.views.team.agency().changed), **AGENCY, **changed})


def send(browser: Browser, form: MultiDict, htmx: bool = False):
    """As a browser sends a form with several boxes of one name."""
    filled = MultiDict({"csrf_token": browser.token(), "command": str(uuid4())})
    filled.update(form)
    return browser.client.post("/settings/agency", data=filled, headers=HTMX if htmx else {})


# The agency's


def test_an_owner_says_when_the_agency_works_and_where(kept: Installation, olive: Browser) -> None:
    answer = send(olive, agencys(kept))

    assert (answer.status_code, answer.location) == (303, "/settings")
    agency = kept.views.team.agency()
    assert (agency.name, agency.zone, agency.country) == ("Harbour People", "Europe/Berlin", "DE-BY")
    assert (agency.working_days, agency.silent_after) == ([0, 1, 2, 3], 10)
    assert (agency.day_begins, agency.day_ends) == (time(8, 30), time(16))
    page = olive.get("/settings").text
    assert "The agency’s settings are saved." in page
    assert '<option value="BY" selected>Bayern</option>' in page
    assert len(re.findall(r'name="working_days"[^>]* checked', page)) == 4
    assert "Next: " in page


def test_settings_by_htmx_are_saved_in_place(kept: Installation, olive: Browser) -> None:
    answer = send(olive, agencys(kept), htmx=True)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="agencys"')
    assert 'value="Harbour People"' in answer.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("agency", " ", "Give your agency a name."),
        ("agency", "x" * 201, "This is too long"),
        ("zone", "Mars/Olympus", "Choose a time zone from the list."),
        ("country", "ZZ", "Choose a country from the list."),
        ("country", "GB-ENG-1", "Choose a country from the list."),
        ("working_days", [], "Choose on which days you work."),
        ("working_days", ["7", "x", "²"], "Choose on which days you work."),
        ("day_begins", "", "That is not a time."),
        ("day_begins", "nine", "That is not a time."),
        ("day_ends", "08:00", "The working day ends after it begins."),
        ("silent_after", "0", "Choose from 1 to 60 days."),
        ("silent_after", "٣", "Choose from 1 to 60 days."),
        ("silent_after", "a week", "Choose from 1 to 60 days."),
    ],
)
def test_settings_are_refused_beside_the_field_and_what_was_typed_stays(
    kept: Installation, olive: Browser, field: str, value: object, sentence: str
) -> None:
    for htmx in (True, False):
        answer = send(olive, agencys(kept, **{field: value}), htmx)

        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert sentence in answer.text
        assert field == "zone" or "<option selected>Europe/Berlin</option>" in answer.text
    assert kept.views.team.agency().name == "Harbour Staffing"


def test_a_region_of_another_country_is_left_out(kept: Installation, olive: Browser) -> None:
    send(olive, agencys(kept, country="FR", region="BY"))

    assert kept.views.team.agency().country == "FR"


def test_settings_that_somebody_else_changed_meanwhile_are_409(kept: Installation, olive: Browser) -> None:
    form = agencys(kept)
    send(olive, agencys(kept, silent_after="20"))

    answer = send(olive, form, htmx=True)

    assert answer.status_code == 409
    assert "Olive changed this at" in answer.text
    assert 'value="10"' in answer.text
    assert kept.views.team.agency().silent_after == 20


def test_saving_one_part_leaves_what_is_being_typed_into_the_others(kept: Installation, olive: Browser) -> None:
    form = agencys(kept)

    answer = olive.htmx.post("/settings/offline-reading", {})

    assert answer.text.lstrip().startswith('<section id="offline"')
    assert 'id="agencys"' not in answer.text
    assert send(olive, form, htmx=True).status_code == 200


def test_the_regions_follow_the_country(dana: Browser) -> None:
    assert ">Scotland<" in dana.htmx.get("/settings/regions?country=GB").text
    for country in ("IE", "", "nowhere", "../GB"):
        answer = dana.htmx.get("/settings/regions", query_string={"country": country})
        assert answer.status_code == 200
        assert "<select" not in answer.text
    assert "<html" in dana.get("/settings/regions?country=GB").text


def test_others_read_the_agencys_settings(
    kept: Installation, olive: Browser, dana: Browser, aude: Browser, client: Browser
) -> None:
    send(olive, agencys(kept))

    for browser in (dana, aude):
        page = browser.get("/settings").text
        assert "Monday, Tuesday, Wednesday, Thursday, 08:30 to 16:00" in page
        assert "Germany, Bayern" in page
        assert "Save for everybody" not in page
        assert send(browser, agencys(kept)).status_code == 403
    assert client.get("/settings").status_code == 303


# One's own


@pytest.mark.parametrize("person", ["olive", "dana", "aude"])
def test_everybody_chooses_when_they_are_written_to(
    kept: Installation, person: str, request: pytest.FixtureRequest
) -> None:
    browser: Browser = request.getfixturevalue(person)
    assert re.search('<option value="07:30" selected>', browser.get("/settings").text)

    answer = browser.post("/settings/mine", {"digest": "09:00", "begins": "19:00", "ends": "07:00"})

    assert (answer.status_code, answer.location) == (303, "/settings")
    row = kept.views.team.recruiter(browser.id)
    assert (row.digest_at, row.quiet_begins, row.quiet_ends) == (time(9), time(19), time(7))
    fragment = browser.htmx.post("/settings/mine", {"digest": "", "begins": "", "ends": ""})
    row = kept.views.team.recruiter(browser.id)
    assert (row.digest_at, row.quiet_begins, row.quiet_ends) == (None, None, None)
    assert "Your settings are saved." in fragment.text


@pytest.mark.parametrize(
    ("field", "form", "sentence"),
    [
        ("digest", {"digest": "breakfast"}, "That is not a time."),
        ("ends", {"begins": "19:00"}, "Say both when it is quiet from, and until when."),
        ("begins", {"ends": "19:00"}, "Say both when it is quiet from, and until when."),
        ("ends", {"begins": "19:00", "ends": "19:00"}, "Quiet hours end at another time"),
        ("begins", {"begins": "evening", "ends": "19:00"}, "That is not a time."),
    ],
)
def test_ones_own_settings_are_refused_beside_the_field(
    kept: Installation, dana: Browser, field: str, form: dict[str, str], sentence: str
) -> None:
    for answer in (dana.post("/settings/mine", form), dana.htmx.post("/settings/mine", form)):
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert sentence in answer.text
    assert kept.views.team.recruiter(dana.id).digest_at == time(7, 30)


# Zones and countries


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Europe/London", "GB"), ("Asia/Calcutta", "IN"), ("America/Indiana/Knox", "US"), ("UTC", ""), ("nowhere", "")],
)
def test_a_zone_names_its_country(zone: str, country: str) -> None:
    assert country_of(zone) == country


def test_every_zone_of_the_list_has_a_country() -> None:
    without = [zone for zone in time_zones() if not country_of(zone)]

    assert without == ["UTC"]
    assert {country_of(zone) for zone in time_zones()} - {""} <= set(countries())


def test_regions_are_named() -> None:
    assert regions("GB") == {"ENG": "England", "NIR": "Northern Ireland", "SCT": "Scotland", "WLS": "Wales"}
    assert regions("ZZ") == {}
