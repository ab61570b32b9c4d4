"""A candidate's year as a strip, and in words."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from cast import Browser
from saying import keep, mail, note, promise

from domain.command import Command
from webapp.installation import Installation


def says(browser: Browser, candidate: UUID) -> str:
    """What the page says of the year; "" where no strip is drawn."""
    page = browser.get(f"/candidates/{candidate}").text
    found = re.search(r'<p class="hint" id="year-says">([^<]*)</p>', page)
    assert (found is not None) == ('aria-labelledby="year-title"' in page)
    return found[1] if found else ""


def test_a_year_is_told_in_totals_and_its_longest_quiet(
    dana: Browser, kept: Installation, ada: UUID, bob: UUID
) -> None:
    for days_ago, way in ((400, "in"), (298, "out"), (295, "in"), (200, "out"), (2, "out")):
        mail(kept, dana.id, ada, "Hello", days_ago, way)
    note(kept, dana.id, ada, "Between ourselves")
    retracted = mail(kept, dana.id, ada, "Wrong Ada")
    kept.recruiting.retract_touchpoint(Command(uuid4(), dana.id), retracted, "another Ada")
    keep(kept, dana.id, promise(kept, dana.id, ada, "kept"))
    broken, gone = (promise(kept, dana.id, ada, words) for words in ("broken", "gone"))
    kept.recruiting.break_promise(Command(uuid4(), dana.id), broken, "we forgot")
    kept.recruiting.undo_promise(Command(uuid4(), dana.id), gone)
    promise(kept, dana.id, ada, "open")
    kept.views.catch_up()

    said = says(dana, ada)

    assert said.startswith("4 touchpoints, 3 to them and 1 from them; 3 promises: 1 kept, 1 not kept, 1 open. ")
    assert "Quiet longest: 27 weeks from " in said
    assert says(dana, bob) == ""


def test_nobody_was_quiet_before_we_knew_them(dana: Browser, kept: Installation, ada: UUID) -> None:
    mail(kept, dana.id, ada, "Hello")

    assert says(dana, ada) == "1 touchpoint, 0 to them and 1 from them."


def test_an_erased_person_keeps_the_counts_of_the_year(dana: Browser, kept: Installation, ada: UUID) -> None:
    mail(kept, dana.id, ada, "Hello")
    promise(kept, dana.id, ada, "open")
    before = says(dana, ada)

    kept.erase(ada, None, "asked")

    assert before.endswith("; 1 promise: 1 open.")
    assert says(dana, ada) == before
