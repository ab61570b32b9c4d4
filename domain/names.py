"""Whether two names mean one company, however they are written."""

from __future__ import annotations

import re
import unicodedata

APART = re.compile(r"[\W_]+")
FORMS = {"ltd", "limited", "plc", "llp", "inc", "gmbh", "co", "the", "and"}


def same_company(name: str, other: str) -> bool:
    """ "St. Hilda's Ltd" is "st hildas". What names nothing is nobody's."""
    return bool(company(name)) and company(name) == company(other)


def company(name: str) -> str:
    """What is the same for every way to write the name of one company, without Ltd and the like."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("'", "").replace("’", ""))
    words = APART.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign))).split()
    return " ".join(word for word in words if word not in FORMS) or " ".join(words)
