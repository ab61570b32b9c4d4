"""What a first visit weighs: somebody opens a candidate on a phone in a car park, with nothing in the cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from saying import keep, note, promise

HEAVIEST = 60_000  # bytes over the wire, headers included
REQUESTS = 8
LATELY = "Rang her about the shifts at the General. She wants no more nights and can start after four weeks’ notice."


def test_the_first_visit_of_a_full_candidate_page_is_light(cast: Any, as_dana: Callable[..., Page]) -> None:
    ada = cast.candidate()
    for days in (-2, 0, 1, 5, 20):
        promise(cast.kept, cast.dana, ada, f"Ring in {days} days about the shifts", days)
    for number in range(5):
        keep(cast.kept, cast.dana, promise(cast.kept, cast.dana, ada, f"Kept already {number}"))
    for number in range(20):
        note(cast.kept, cast.dana, ada, f"{LATELY} {number}")
    page = as_dana()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: dict[str, str] = {}
    bytes_of: dict[str, float] = {}
    wire.on("Network.requestWillBeSent", lambda sent: asked.update({sent["requestId"]: sent["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda got: bytes_of.update({asked[got["requestId"]]: got["encodedDataLength"]}))

    page.goto(f"/candidates/{ada}", wait_until="networkidle")
    over_the_wire = {url: size for url, size in bytes_of.items() if url.startswith("http")}

    assert len(over_the_wire) <= REQUESTS, over_the_wire
    assert sum(over_the_wire.values()) <= HEAVIEST, over_the_wire
