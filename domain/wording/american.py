"""Whether a note was written in the United States, where 3/12 is the twelfth of March."""

from __future__ import annotations

import re

JOBS = "RN|LPN|CNA|CDL|OTR|SWE|CPA|realtor|travel nurse|trucker|[Cc]lass [AB]"
PAPERS = (
    r"MVR|401k|W-?2|W-?9|I-?9|1099|C2C|H-?1B|EAD|SSN|GED|GPA|FMCSA|drug screen|driver'?s license|hazmat|reefer|flatbed"
)
TALK = r"y'?all|gotten|paycheck|vacation|cell phone|zip code|PTO|PST|EST|CST|EOW|per diem|escrow"
RESUME = "(?:her|his|the|new|updated) resume"
STATES = "AZ|TX|FL|NY|NJ|OH|NC|TN|VA|MN|NV|UT|KY|IL"
STATES_AFTER_COMMA = "A[LKR]|CA|CO|CT|DE|GA|IA|I[ND]|KS|LA|M[EDAIST]|MO|N[EHM]|OK|OR|PA|RI|S[CD]|VT|W[AVIY]"
AMERICAN = re.compile(
    rf"\b(?:{JOBS}|{PAPERS}|{TALK}|{RESUME}|[A-Z][a-z]+,? (?:{STATES})|[A-Z][a-z]+, (?:{STATES_AFTER_COMMA}))\b"
    r"|\$\d|\d\$"
    r"|\b(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])\b"  # there is no fifteenth month
)


def is_american(note: str) -> bool:
    """A word from over there, dollars, or a date that can only be read their way."""
    return AMERICAN.search(note) is not None
