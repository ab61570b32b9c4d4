"""One line of advice at a time: what sounds sensitive goes before words that nobody here promises."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID, uuid4

from cast import Browser

from domain.command import Command
from domain.process import SHIPPED_PROCESS
from domain.unpromised import Unpromised
from webapp.installation import Installation

SICK = "She is off sick with her back"


def line(page: str) -> str:
    """What the one line says; never two."""
    found = re.findall(r'<div class="quietly".*?<p class="hint">(.*?)</p>', page, re.DOTALL)
    assert len(found) <= 1
    return found[0] if found else ""


TYPED: list[tuple[dict[str, str], str]] = [
    ({"note": "I'll ring Friday with the rate, guaranteed."}, "‘guaranteed’: say what you will do instead."),
    ({"note": "Told her SHE will get the job by Friday."}, "‘will get the job’: say when you will know more."),
    ({"note": "Good talk. Will ring on Friday.\nThe job is guaranteed nowhere, she says."}, ""),
    ({"note": "She guarantees to send her CV on Friday."}, ""),
    ({"note": "I'll send the rate card."}, ""),
    ({"promise": "Tell her that the offer is certain", "who": ""}, "‘offer is certain’: wait until the client"),
    ({"promise": "Send a guaranteed CV", "who": "candidate"}, ""),
    ({"promise": "Guarantee it", "note": f"{SICK}. I guarantee to ring on Friday."}, "Sounds like health"),
    ({"note": "<script>guarantee</script> I'll ring on Friday " + "x" * 9_000}, "‘guarantee’"),
]


def test_the_line_says_what_is_not_promised_and_what_to_say_instead(dana: Browser) -> None:
    for form, says in TYPED:
        found = line(dana.htmx.post("/noticed", form).text)

        assert says in found, form
        assert bool(found) == bool(says), form


def test_a_promise_without_a_note_has_its_own_line_and_is_recorded_all_the_same(
    kept: Installation, dana: Browser, ada: UUID
) -> None:
    words = {"promise": "Guarantee her the job", "due": "2030-01-04", "who": str(dana.id)}

    assert "does not promise ‘Guarantee’" in line(dana.htmx.post("/noticed/promise", words).text)
    assert line(dana.htmx.post("/noticed/promise", {"promise": "Send the rate card"}).text) == ""
    dana.post(f"/candidates/{ada}/promises", words)

    assert [row.words for row in kept.views.promises.of(ada)] == ["Guarantee her the job"]


def test_the_words_are_the_agencys_own(kept: Installation, olive: Browser, dana: Browser) -> None:
    own = replace(SHIPPED_PROCESS, unpromised=(Unpromised("parking space"),))
    kept.recruiting.change_process(Command(uuid4(), olive.id), kept.views.team.agency().id, own)
    kept.views.catch_up()

    assert "‘parking space’" in line(dana.htmx.post("/noticed/promise", {"promise": "A parking space"}).text)
    assert line(dana.htmx.post("/noticed/promise", {"promise": "I guarantee it"}).text) == ""
