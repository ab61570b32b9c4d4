"""Time zones and countries, as the tz database tells them, and the regions whose holidays are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

REGION = re.compile(r"[A-Z0-9]{1,3}")
CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def time_zones() -> list[str]:
    """The names of the world's time zones, in order."""
    return sorted(zone for zone in available_timezones() if zone.split("/")[0] in (*CONTINENTS, "UTC"))


def country_of(zone: str) -> str:
    """The country whose clocks this zone names, as ISO 3166 code; empty for UTC and the like."""
    countries = _countries_of_zones()
    return countries.get(zone) or countries.get(_other_names().get(zone, ""), "")


@cache
def countries() -> dict[str, str]:
    """Every country by its ISO 3166 code, in the order of the names people know."""
    named = dict(line.split("\t") for line in _lines("iso3166.tab"))
    return dict(sorted(named.items(), key=lambda item: item[1]))


@cache
def regions(country: str) -> dict[str, str]:
    """The parts of a country that have holidays of their own, by their ISO 3166 codes, in the order of their names."""
    if country not in countries():
        return {}
    from holidays import country_holidays  # two hundred countries' rules: only where somebody asks

    days = country_holidays(country)
    aliases = reversed(days.subdivisions_aliases.items())
    names = {code: name for name, code in aliases if len(name) > 3}
    named = {code: names.get(code, code) for code in days.subdivisions if REGION.fullmatch(code)}
    return dict(sorted(named.items(), key=lambda item: item[1]))


@cache
def _countries_of_zones() -> dict[str, str]:
    rows = (line.split("\t") for line in _lines("zone.tab"))
    return {zone: country for country, _, zone, *_ in rows}


@cache
def _other_names() -> dict[str, str]:
    """Older names of zones: Asia/Calcutta is Asia/Kolkata."""
    links = (line.split() for line in _lines("tzdata.zi") if line.startswith("L "))
    return {other: zone for _, zone, other in links}


def _lines(name: str) -> Iterator[str]:
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
