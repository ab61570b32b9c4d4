"""What names come to when it does not matter how they are written; whether two of them mean one company."""

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
    words = plain(name).split()
    return " ".join(word for word in words if word not in FORMS) or " ".join(words)


def plain(text: str) -> str:
    """Small letters and digits without marks, words one space apart: "St. Ives, Köln" is "st ives koln"."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return APART.sub(" ", "".join(sign for sign in bare if not unicodedata.combining(sign))).strip()
