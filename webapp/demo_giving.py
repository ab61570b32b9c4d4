"""What the demo's recruiters pass on to people, and into which networks they invite them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

from domain.invitation import Network
from domain.shipped_tips import SHIPPED_TIPS
from domain.tip import Kind, Tip

OPENINGS = (  # how many days from today on each is open
    (9, "A day on wound care", "Free, lunch included; they sign for the study hours.", "St Hilda College, Bristol"),
    (
        16,
        "Excel for people who hate Excel",
        "Three evenings. Two of ours went and came back cheerful.",
        "Bath, library",
    ),
    (23, "Welding certificate, paid by the council", "Twelve places, for whoever lives in the county.", "Gloucester"),
    (-12, "Open evening at the new hospital", "The ward managers themselves are there.", "Southmead"),
)
FIRST_GIVEN = "Hello {first}, this may help: {title}.\n\n{words}"


def openings(today: date) -> list[Tip]:
    """What the agency hears of elsewhere, one of it closed by now."""
    return [
        Tip(
            Kind.OPENING.value,
            title,
            words,
            "https://example.org/" + "-".join(title.lower().replace(",", "").split()),
            place,
            today + timedelta(days=days),
        )
        for days, title, words, place in OPENINGS
    ]


def gift(random: Random, first: str) -> tuple[UUID, str] | None:
    """A tip for somebody, and the words by which it is given."""
    if random.random() >= 0.15:
        return None
    id, tip = random.choice(list(SHIPPED_TIPS.items()))
    return id, FIRST_GIVEN.format(first=first, title=tip.title, words=tip.words)


def invitation(random: Random) -> tuple[Network, str] | None:
    """Into which network somebody is invited, and what becomes of it: "" is no answer."""
    if random.random() >= 0.3:
        return None
    network = Network.XING if random.random() < 0.15 else Network.LINKEDIN
    return network, random.choice(("accepted", "accepted", "accepted", "declined", "", ""))
