"""Merge fields: the places in a message that are filled in for each person, written {{first_name}}."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from domain.refusal import Refused

FIELDS = {
    "first_name": "their first name",
    "name": "their whole name",
    "recruiter": "your name",
    "agency": "the agency’s name",
    "promise": "the words of an open promise",
    "due": "when that promise is due",
    "job": "the job’s title, in a message about one",
    "client": "the client’s name, in a message about a job",
}
FIELD = re.compile(r"\{\{([^{}]*)\}\}")


def written(name: str) -> str:
    """A merge field as it stands in a template."""
    return f"{{{{{name}}}}}"


def asked(text: str) -> list[str]:
    """The merge fields in a text, each once, in their order."""
    return list(dict.fromkeys(name.strip() for name in FIELD.findall(text)))


def check(text: str, field: str, fields: Collection[str] = FIELDS.keys()) -> None:
    """Refuse a text whose braces do not close, or with a merge field that is none of these."""
    rest = FIELD.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise Refused(f"A merge field does not open or close. Write it like {written('first_name')}.", field)
    if unknown := [name for name in asked(text) if name not in fields]:
        known = ", ".join(map(written, fields))
        raise Refused(f"Kept does not know {written(unknown[0])}. It can fill in {known}.", field)


def filled(text: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with every value put in its place, and the merge fields that have none and so still stand there."""
    missing = [name for name in asked(text) if not values.get(name)]
    return FIELD.sub(lambda found: values.get(found[1].strip()) or found[0], text), missing
