"""Every page without violations of axe's rules, in light and in dark, at the desk and on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from access import violations
from playwright.sync_api import BrowserContext, Page
from saying import keep, note, on_a_board, promise

from domain.command import Command
from domain.fitting import JobCriteria
from domain.remembered import ImportantDate, Interval, PainPoint
from domain.saved_list import Criteria
from domain.shipped_tips import SHIPPED_TIPS

DESK, PHONE = (1280, 900), (390, 844)
SMALL = (360, 640)


@pytest.fixture(scope="session")
def addresses(cast: Any) -> dict[str, str]:
    """One of each page, with something of every kind on it."""
    kept, dana = cast.kept, cast.dana
    ada: UUID = cast.candidate("Ada Lovell")
    entry = note(kept, dana, ada, "**Wants** no nights\n\n- drives\n- [site](https://example.org)")
    promising = note(kept, dana, ada, "I'll ring her tomorrow, and send the form.")
    for days in (-2, 0, 1, 5, 20):
        promised = promise(kept, dana, ada, f"Ring in {days}", days)
    keep(kept, dana, promise(kept, dana, ada, "Kept already"))
    job, client, submission = on_a_board(kept, dana, ada)
    contact = kept.recruiting.add_contact(Command(uuid4(), dana), "Carl Quill", "St Hilda", role="Matron").streams[0]
    for number in range(25):
        note(kept, dana, ada, f"entry {number}")
    found = _remembered(cast, ada)
    _sought(cast, job)
    return {
        "lists": "/lists",
        "a list": f"/lists/{found}",
        "change a list": f"/lists/{found}/criteria",
        "new list": "/lists/new",
        "tips": "/tips",
        "an opening": "/tips/new?kind=opening",
        "past openings": "/tips/past",
        "give to": f"/tips/{next(iter(SHIPPED_TIPS))}/people?q=ada",
        "give": f"/candidates/{ada}/gifts",
        "keep in touch by tag": "/settings/keeping",
        "what hurts": f"/candidates/{ada}/pains",
        "what hurts in an entry": f"/candidates/{ada}/pains?touchpoint={entry}",
        "networks": f"/candidates/{ada}/invitations",
        "keep in touch": f"/candidates/{ada}/keeping",
        "today": "/",
        "everybody": "/?whose=everybody",
        "candidates": "/candidates",
        "found": "/candidates?q=ring",
        "not found": "/candidates?q=zzzz",
        "candidate": f"/candidates/{ada}",
        "ledger": f"/promises?candidate={ada}",
        "promise": f"/promises/{promised}?move=dates",
        "not kept": f"/promises/{promised}?move=not-kept",
        "wordings": f"/touchpoints/{entry}",
        "correct": f"/touchpoints/{entry}/corrections",
        "retract": f"/touchpoints/{entry}/retraction",
        "with evidence": f"/promises/{promised}?move=kept",
        "no longer needed": f"/promises/{promised}?move=release",
        "hand to": f"/promises/{promised}?move=keeper",
        "correct a promise": f"/promises/{promised}?move=corrections",
        "wrong person": f"/touchpoints/{entry}/move?q=ada",
        "overdue people": "/candidates?only=overdue",
        "silent people": "/candidates?only=silent&tag=nurse",
        "calls": f"/candidates/{ada}?show=calls",
        "details": f"/candidates/{ada}/details",
        "tags": f"/candidates/{ada}/tags",
        "owner": f"/candidates/{ada}/owner",
        "added by mistake": f"/candidates/{ada}/withdrawal",
        "import": "/import",
        "jobs": "/jobs",
        "board": f"/jobs/{job}?q=ada",
        "people for a job": f"/jobs/{job}/people",
        "a pitch": f"/jobs/{job}/pitch/{ada}",
        "selling points": f"/jobs/{job}/selling-points",
        "change a job": f"/jobs/{job}/details",
        "end several": f"/jobs/{job}/endings",
        "client": f"/clients/{client}",
        "contact": f"/contacts/{contact}",
        "mentions": "/mentions",
        "submission": f"/submissions/{submission}",
        "submit to a job": f"/candidates/{ada}/submissions",
        "note": "/note",
        "note after a call": f"/note?candidate={ada}&channel=call&note=I'll+ring+her+tomorrow",
        "before you dial": f"/candidates/{ada}/dial",
        "promises in an entry": f"/touchpoints/{promising}",
        "team": "/team",
        "scorecard": "/scorecard",
        "settings": "/settings",
        "stages and standing promises": "/settings/process",
        "answers": "/answers",
        "away": "/settings/away",
        "card": "/card",
        "what is on the card": "/settings/card",
        "password": "/password",
        "help": "/help",
        "welcome": "/welcome",
        "health": "/health",
        "sessions": "/sessions",
        "nothing": "/nowhere",
    }


def _sought(cast: Any, job: UUID) -> None:
    """By what people are found for a job, some who fit, known or not; and what speaks for it."""
    verbs, kept, by = cast.kept.recruiting, cast.kept, cast.dana
    for name, days in (("Bea Sought", 0), ("Cy Sought", 300)):
        whom = verbs.add_candidate(Command(uuid4(), by), name, place="York", tags=["ward"]).streams[0]
        verbs.note_pain(Command(uuid4(), by), whom, PainPoint("want", "Days only", verbs.log.now().date()))
        if days:
            at = verbs.log.now() - timedelta(days=days)
            verbs.record_touchpoint(Command(uuid4(), by), whom, "call", "out", "talked", at, "On £21 an hour.")
    criteria = JobCriteria(("ward",), ("ICU",), "York", 30, "£24 an hour", "days", False, ("visa",))
    verbs.choose_job_criteria(Command(uuid4(), by), job, criteria)
    verbs.choose_selling_points(Command(uuid4(), by), job, ("No nights", "Four days a week", "A canteen"))
    kept.views.catch_up()


def _remembered(cast: Any, ada: UUID) -> UUID:
    """What hurts her, days that matter, how often to be in touch; and a list, whose id this is."""
    verbs, now = cast.kept.recruiting, cast.kept.recruiting.log.now()
    pain, soon = Command(uuid4(), cast.dana), now.date() + timedelta(days=2)
    for said in ("Notice 4 weeks, on £17.50", "8 weeks notice, on £19. Lives in Otley."):
        note(cast.kept, cast.dana, ada, said)
    verbs.note_pain(pain, ada, PainPoint("pain", "Nights", now.date(), "so tired"))
    for verb, *what in (
        (verbs.note_pain, ada, PainPoint("want", "Four days", now.date())),
        (verbs.resolve_pain, ada, pain.stream(0)),
        (verbs.note_date, ada, ImportantDate("birthday", soon.month, soon.day)),
        (verbs.note_date, ada, ImportantDate("visa expiry", soon.month, soon.day, soon.year, "Tier 2")),
        (verbs.tag_candidate, ada, ["keep"]),
        (verbs.invite, ada, "LinkedIn", now.date() - timedelta(days=30), "https://linkedin.example/in/ada"),
        (verbs.invite, ada, "XING", now.date()),
        (verbs.record_touchpoint, ada, "e-mail", "out", None, now - timedelta(days=400), "Hello"),
        (verbs.set_keep_in_touch, ada, Interval(30, 60)),
    ):
        verb(Command(uuid4(), cast.dana), *what)
    saved = verbs.save_list(Command(uuid4(), cast.dana), "Leeds", Criteria(place="Leeds"), True).streams[0]
    cast.kept.views.catch_up()
    return saved


@pytest.fixture(scope="session")
def owners(cast: Any) -> dict[str, str]:
    """What only an owner sees, or sees otherwise."""
    return {
        "today": "/?whose=everybody",
        "team": "/team",
        "keep in touch by tag": "/settings/keeping",
        "scorecard": "/scorecard?span=year",
        "handover": f"/team/{cast.dana}/handover",
        "away": f"/team/{cast.dana}/away",
        "settings": "/settings",
        "stages and standing promises": "/settings/process",
    }


@pytest.mark.torture
@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk, light", "phone, dark"])
def test_every_page_is_accessible(
    signed_in: Callable[..., Page],
    addresses: dict[str, str],
    owners: dict[str, str],
    size: tuple[int, int],
    scheme: str,
) -> None:
    wrong: list[str] = []
    for who, theirs in (("dana", addresses), ("olive", owners)):
        page = signed_in(who, size, color_scheme=scheme)
        for name, address in theirs.items():
            answer = page.goto(address)
            assert answer is not None
            assert answer.status == (404 if name == "nothing" else 200), address
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address
            wrong += violations(page)

    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forms_that_were_refused_are_accessible(
    cast: Any, as_dana: Callable[..., Page], addresses: dict[str, str], scheme: str
) -> None:
    page = as_dana(PHONE, color_scheme=scheme)
    page.goto(addresses["candidate"])
    page.locator("#promise").fill("Ring")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Say by when.").wait_for()
    page.get_by_role("button", name="New date").first.click()
    page.get_by_label("Date", exact=True).fill("2001-01-01")
    page.get_by_role("button", name="Set date").click()
    page.get_by_text("more than a year ago").wait_for()
    page.locator("details.menu summary").click()

    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_doors_are_accessible(
    cast: Any, empty: Any, open_browser: Callable[..., BrowserContext], scheme: str
) -> None:
    wrong: list[str] = []
    for server, address in ((cast.server, "/login"), (empty, "/setup")):
        page = open_browser(server, PHONE, color_scheme=scheme).new_page()
        page.goto(address)
        wrong += violations(page)

    assert wrong == []


def test_no_page_is_wider_than_a_small_phone(as_dana: Callable[..., Page], addresses: dict[str, str]) -> None:
    page = as_dana(SMALL)
    for name, address in addresses.items():
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL[0], name


def test_what_a_thumb_touches_is_large_enough(
    as_dana: Callable[..., Page], addresses: dict[str, str], cast: Any
) -> None:
    """44 px for whatever is not a link within a sentence."""
    touched = "button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea, summary"
    page = as_dana(PHONE)
    touched += ", .button, .places a, .acts a, .bell, .pick, .chips label, .checks label"
    small = f"""() => [...document.querySelectorAll("{touched}")]
        .filter((it) => it.checkVisibility() && it.getBoundingClientRect().height < 43.5)
        .map((it) => it.outerHTML.slice(0, 120))"""
    pages = ("today", "candidate", "ledger", "note", "candidates", "promise", "correct", "note after a call")
    for name in (*pages, "before you dial", "promises in an entry", "people for a job", "a pitch"):
        page.goto(addresses[name])

        assert page.evaluate(small) == [], name


def test_the_first_promise_of_a_page_prints_without_buttons(
    as_dana: Callable[..., Page], addresses: dict[str, str], cast: Any
) -> None:
    page = as_dana()
    page.goto(addresses["ledger"])
    page.emulate_media(media="print")

    assert page.get_by_text("Ring in 20").is_visible()
    assert not page.get_by_role("button", name="Kept", exact=True).first.is_visible()
