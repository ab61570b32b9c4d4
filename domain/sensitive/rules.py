"""What a rule is: words that make a clause worth a look, what it must say, and what shows it to be about a job."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a passage is about."""

    HEALTH = "health"
    FAMILY = "family"
    CONVICTION = "conviction"


@dataclass(frozen=True)
class Rule:
    """Looked at only where one of its `words` stands, so that most clauses cost next to nothing."""

    kind: Kind
    words: tuple[str, ...]
    says: re.Pattern[str]
    unless: re.Pattern[str]

    def applies(self, clause: str) -> bool:
        """Whether a clause (small letters, one blank around each word) says so."""
        return bool(self.says.search(clause)) and not self.unless.search(clause)


def listed(text: str) -> tuple[str, ...]:
    """The phrases of a list, written with commas between them."""
    return tuple(phrase.strip() for phrase in text.replace("\n", " ").split(",") if phrase.strip())


def one_of(*phrases: str) -> str:
    """The pattern of any of them, the longest first."""
    return f"(?:{'|'.join(sorted(phrases, key=len, reverse=True))})"


def first_words(phrases: Iterable[str]) -> str:
    """By which words each phrase is noticed."""
    return " ".join(phrase.split()[0] for phrase in phrases)


GAP = r"(?:\S+ ){0,%d}"  # so many words at most: never a gap without an end, so that no clause takes long
HAS = one_of(
    *listed("has, have, had, having, got, gets, getting, carrying, with, he's got, she's got, bit of, has got")
)
WHOSE = one_of(*listed("his, her, their, my, own, mum's, dad's, wife's, husband's, son's, daughter's, partner's"))
IS = one_of(
    *listed(
        "is, was, are, were, be, been, being, he's, she's, they're, i'm, feeling, felt, feels, fell, still, now, "
        "currently, really, very, quite, again, became"
    )
)
HOW = one_of(
    *listed(
        "bad, severe, slight, mild, really bad, bit of a, a bit of, ongoing, chronic, old, long term, recurring, "
        "some, a, registered, also, severely, slightly, mildly, profoundly, badly, type 1, type 2, type one, "
        "type two, has, had, got"
    )
)

JOB = one_of(
    *listed(
        "nurs(?:e|es|ing), wards?, units?, teams?, clinics?, cent(?:re|er)s?, hospices?, charit(?:y|ies), trust, "
        "services?, care, carers?, workers?, officers?, managers?, management, leads?, specialists?, consultants?, "
        "solicitors?, lawyers?, barristers?, paralegals?, law, clerks?, ushers?, counsell(?:or|ors), therapists?, "
        "practitioners?, teachers?, teaching, assistants?, tutors?, coach, schools?, experience, background, "
        "training, trained, course, certificate, certified, qualifications?, qualified, degree, diploma, research, "
        "researcher, awareness, prevention, polic(?:y|ies), rates?, cover, benefits?, insurance, roles?, jobs?, "
        "posts?, vacanc(?:y|ies), placements?, patients?, clients?, residents?, pupils?, students?, users?, adults, "
        "people, families, women, men, mothers, mums, children, kids, youngsters, victims, survivors, sufferers, "
        "offenders, industry, sector, market, compan(?:y|ies), firms?, business(?:es)?, products?, apps?, platforms?, "
        "data, funds?, camps?, clothing, wear, shops?, retailer, clubs?, registrar, surgeons?, secretary, "
        "receptionist, practices?, department, programmes?, projects?, trials?, support, groups?, range, brand, tv, "
        "media, books?, protection, safeguarding, planners?, venues?, photographer, photography, coordinator, "
        "events?, catering, directors?, arranger, advis(?:er|or)s?, analysts?, engineers?, technicians?, testing, "
        "tests?, jabs?, vaccines?, season, nurser(?:y|ies), level, bank, agenc(?:y|ies), employers?, friendly, run, "
        "owned, court, sergeant, suite, checks?, governance, strategy, first, champion, act, medicine, theatres?, "
        "preparation, prep, bay, physio, fitter, fitters, designer, developer, software"
    )
)
NOT_A_JOB = rf"(?! (?:\S+ )?{JOB} )"
OTHERS = one_of(
    *listed(
        "patients?, residents, pupils, students, service users?, adults, people, women, families, clients with, "
        "clients who, offenders, inmates, prisoners, those, survivors, victims, children with, kids with, learners, "
        "policy, young man, young woman, young people"
    )
)
WORKING = one_of(
    *listed(
        "works, worked, working, (?<!off )work (?:with|in|for|on), social work, train(?:s|ed|ing), experienced?, "
        "specialis\\w+, specialists?, teach(?:es|ing)?, taught, research\\w*, interest, placements?, roles?, jobs?, "
        "background, knowledge, qualified, sells?, sold, selling, course, degree, phd, projects?, ward, unit, sector, "
        "runs, ran, managed, manages, led, leads, covering, covers, cv, cvs, employed, temping, vacanc(?:y|ies), "
        "candidates, nurses?, nursing, officer, worker, solicitor, lawyer, barrister, paralegal, clerk, usher, "
        "midwife, practitioner, teacher, coach, manager, counsellor, consultant, surgeon, radiographer, registrar, "
        "social, locum, band, pqe, nanny, nannies, childminder, au pair, governess, technician, physiotherapist, "
        "supervisor"
    )
)


def rule(kind: Kind, words: str, says: str, unless: str = "", working: bool = True, others: bool = True) -> Rule:
    """A clause that `says` so, unless it is about other people, about `working` in it, or says something else."""
    apart = [*([OTHERS] if others else []), *([WORKING] if working else []), *([unless] if unless else [])]
    return Rule(
        kind, tuple(words.split()), re.compile(says), re.compile(rf" (?:{'|'.join(apart)}) " if apart else "(?!)")
    )
