"""What the demo's recruiters remember of people: pains, days, with whom to keep in touch; and the lists they keep."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from domain.remembered import ImportantDate, Occasion, PainPoint
from domain.saved_list import ME, Criteria, Only

PAINS = (
    ("pain", "The drive: fifty minutes each way", "I spend more time on the M5 than with my kids"),
    ("pain", "No way up from here", "My manager is thirty-four and not going anywhere"),
    ("pain", "Month end always on a weekend", "I have not had a free first of the month in two years"),
    ("pain", "The rota changes at the last minute", "I never know on Friday what I do on Monday"),
    ("pain", "Paid less than the people she trains", ""),
    ("want", "Two days at home", "Two days and I would sign tomorrow"),
    ("want", "A team to lead", "Four people would do, as long as they are mine"),
    ("want", "Somebody who pays for the next certificate", ""),
    ("want", "A permanent post before the summer", "No more three-month contracts"),
)
LABELS = {Occasion.CERTIFICATE: "first aid at work", Occasion.CONTRACT_END: "the cover for a colleague on leave"}
LISTS = (
    ("Fallen silent, mine", Criteria(owner=ME, only=Only.SILENT), True),
    ("Keep in touch", Criteria(("keep",)), True),
    ("Health in Bristol and around", Criteria(("health",), "Bristol"), True),
    ("Would like days at home", Criteria(wants="days home"), True),
    ("At an interview, mine", Criteria(owner=ME, stage="interview"), False),
    ("Nothing promised, IT", Criteria(("IT",), nothing_open=True), False),
)


def tags(random: Random) -> tuple[str, ...]:
    """The tag of those with whom the agency keeps in touch."""
    return ("keep",) if random.random() < 0.2 else ()


def pain(random: Random, on: date) -> PainPoint | None:
    """What hurts somebody, or what they want."""
    kind, words, quote = random.choice(PAINS)
    return PainPoint(kind, words, on, quote) if random.random() < 0.4 else None


def days(random: Random, today: date) -> list[ImportantDate]:
    """The days that matter to somebody, some of them soon."""
    found = []
    if random.random() < 0.3:
        on = today + timedelta(days=random.randint(-170, 190))
        found.append(ImportantDate(Occasion.BIRTHDAY, on.month, min(on.day, 28)))
    if random.random() < 0.12:
        kind = random.choice((Occasion.CONTRACT_END, Occasion.CONTRACT_END, Occasion.CERTIFICATE, Occasion.VISA))
        on = today + timedelta(days=random.randint(1, 90))
        found.append(ImportantDate(kind, on.month, on.day, on.year, LABELS.get(kind, "")))
    return found
