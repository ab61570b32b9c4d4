"""The words that people use for days and hours, each with its short forms and its common slips."""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"""
      (?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?![0-9/-])
    | (?P<slashed>[0-9]{1,4}(?P<by>[/.-])[0-9]{1,2}(?P=by)[0-9]{2,4}|[0-9]{1,2}/[0-9]{1,2})(?![0-9/])
    | (?P<clock>[0-9]{1,2}[:.][0-9]{2})(?![0-9])
    | (?P<ordinal>[0-9]{1,2})(?:st|nd|rd|th)\b
    | (?P<slang>2(?:day|moz|mor+ow?|mrw|nite|night)\b|b4\b|q[1-4]\b|w/[ce]\b|[ap]\.m\b\.?)
    | (?P<number>[0-9]+)
    | (?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)?)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.IGNORECASE,
)

WEEKDAYS = {
    "mon": 0, "monday": 0, "mond": 0, "mondy": 0, "monady": 0, "moday": 0,
    "tue": 1, "tues": 1, "tuesday": 1, "teusday": 1, "tuseday": 1, "tuesdy": 1, "tusday": 1,
    "wed": 2, "weds": 2, "wednesday": 2, "wednes": 2, "wensday": 2, "wendesday": 2, "wednsday": 2, "wedensday": 2,
    "wednesdy": 2,
    "thu": 3, "thur": 3, "thurs": 3, "thursday": 3, "thrs": 3, "thrus": 3, "thrusday": 3, "thusday": 3, "thurday": 3,
    "thursdy": 3,
    "fri": 4, "friday": 4, "frid": 4, "fridy": 4, "firday": 4, "fryday": 4,
    "sat": 5, "saturday": 5, "satuday": 5, "saterday": 5, "satrday": 5, "saturdy": 5,
    "sun": 6, "sunday": 6, "sundy": 6, "suday": 6,
}  # fmt: skip
MONTHS = {
    "jan": 1, "january": 1, "janurary": 1, "januray": 1,
    "feb": 2, "february": 2, "febuary": 2, "feburary": 2,
    "mar": 3, "march": 3, "apr": 4, "april": 4, "may": 5, "jun": 6, "june": 6, "jul": 7, "july": 7,
    "aug": 8, "august": 8, "sep": 9, "sept": 9, "september": 9, "setpember": 9,
    "oct": 10, "october": 10, "nov": 11, "november": 11, "novemeber": 11,
    "dec": 12, "december": 12, "decemeber": 12,
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
SAME = {
    "today": "tod tdy todays 2day tody",
    "tonight": "tonite 2nite 2night tonihgt",
    "tomorrow": (
        "tmrw tmw tmr tomo tomoz tmoz tomoro tomorow tommorow tommorrow tomorro tomoorow tmorrow tomrrow"
        " 2moro 2moz 2morrow 2morro 2morow 2mrw tmrow tomorrw"
    ),
    "yesterday": "yest",
    "week": "wk wks weeks w'k weeks' week's",
    "month": "mth mths months mnth mnths month's months'",
    "day": "days day's days'",
    "hour": "hr hrs hours hour's",
    "minute": "min mins minutes",
    "year": "yr yrs years year's",
    "fortnight": "fortnights fortnight's fnight fortnite",
    "weekend": "wkend wknd w'end wkd",
    "quarter": "qtr qrtr",
    "next": "nxt nex",
    "this": "ths",
    "working": "wrking business",
    "until": "til till untill untl 'til",
    "from": "frm",
    "within": "w/in wthin",
    "before": "b4 bfore",
    "eod": "cob cop",
    "am": "a.m a.m.",
    "pm": "p.m p.m.",
    "morning": "morn mornin",
    "afternoon": "aft arvo",
    "evening": "eve night",
    "lunch": "lunchtime lunctime",
    "dinnertime": "dinner",
    "noon": "midday",
    "shortly": "soon",
    "asap": "immediately straightaway",
    "latest": "lastest",
    "of": "o",
    "at": "@",
}
CANONICAL = {short: long for long, shorts in SAME.items() for short in shorts.split()}


class Token(NamedTuple):
    """One word, number or mark: its kind, what it says in plain lower case, and where it stands."""

    kind: str
    said: str
    start: int
    end: int
    number: int = -1


def tokens(text: str) -> list[Token]:
    """The words, numbers and marks of a text, in order."""
    return [_token(match) for match in TOKEN.finditer(text)]


END = Token("end", "", -1, -1)


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or "mark"
    said = match[kind].lower()
    start, end = match.span()
    if kind in ("number", "ordinal"):
        return Token(kind, said, start, end, int(said[:6]))
    if kind in ("word", "slang", "mark"):
        return _word(said.replace("\u2019", "'"), start, end, kind)
    return Token(kind, said, start, end)


def _word(said: str, start: int, end: int, kind: str) -> Token:
    if kind == "slang":
        kind = "word"
    if said in WEEKDAYS:
        return Token("weekday", said, start, end, WEEKDAYS[said])
    if said in MONTHS:
        return Token("month", said, start, end, MONTHS[said])
    if said in NUMBERS:
        return Token("count", said, start, end, NUMBERS[said])
    if said in CANONICAL:
        return Token("word", CANONICAL[said], start, end)
    if said.endswith("s") and (whose := WEEKDAYS.get(said[:-1].removesuffix("'"))) is not None:
        return Token("weekdays", said, start, end, whose)
    return Token(kind, said, start, end)
