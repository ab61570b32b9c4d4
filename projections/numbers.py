"""Telephone numbers as the same whoever typed them: +44 161 496 0022 and 0161 496 0022 in the United Kingdom."""

from __future__ import annotations

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_possible_number,
    parse,
)

from projections.folding import digits

ENOUGH = 5  # digits, to tell by them whose number it is


def e164(text: str, country: str) -> str | None:
    """A number as "+441614960022", None if it cannot be read.

    `country` (ISO 3166, "GB" or "GB-ENG") is where one without a country code belongs; "" if that is not known.
    """
    said = text.strip()
    if said.startswith("00"):
        said = "+" + said[2:]
    try:
        number = parse(said, country.partition("-")[0] or None)
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else None


def same_number(text: str, country: str) -> str | None:
    """What is the same for every way to type one number: E.164, or its bare digits where the country is not known."""
    said = digits(text)
    return e164(text, country) or (said if len(said) >= ENOUGH else None)
