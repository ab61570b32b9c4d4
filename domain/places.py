"""How far it is from one place to another, for those that stand in a table of places; of others nothing is guessed."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from domain.names import plain

TABLE = Path(__file__).with_name("places.tsv")
EARTH = 6371  # km
FAR_AWAY = frozenset(("us", "usa", "united states", "canada", "australia", "new zealand", "south africa", "jamaica"))
Degrees = tuple[float, float]


def town(place: str) -> str:
    """What a place is compared by: "Mill Lane 3, Leeds" and "leeds, UK" are both "leeds".

    The first part between commas that stands in the table, else the first part; "" if nothing is said.
    """
    parts = _parts(place)
    return next((part for part in parts if charted(part)), parts[0] if parts else "")


def charted(town: str) -> bool:
    """Whether a town stands in the table."""
    return town in _table()


def apart(one: str, other: str) -> int | None:
    """Kilometres between two towns as the crow flies; None if either does not stand in the table."""
    if not (charted(one) and charted(other)):
        return None
    return round(_distance(_table()[one], _table()[other]))


def around(town: str, km: int) -> frozenset[str]:
    """The towns at most so far from this one, itself among them; itself alone if it does not stand in the table."""
    if not charted(town):
        return frozenset({town})
    here = _table()[town]
    return frozenset(other for other, there in _table().items() if round(_distance(here, there)) <= km)


def _parts(place: str) -> list[str]:
    """Its parts between commas; as a whole if it lies in a country of which the table knows nothing."""
    parts = [part for each in place.split(",") if (part := plain(each))]
    return [plain(place)] if FAR_AWAY & set(parts) else parts


@lru_cache(1)
def _table() -> dict[str, Degrees]:
    lines = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {plain(name): (float(north), float(east)) for name, north, east in lines}


def _distance(here: Degrees, there: Degrees) -> float:
    """By the haversine formula."""
    (north, east), (north2, east2) = map(radians, here), map(radians, there)
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))
