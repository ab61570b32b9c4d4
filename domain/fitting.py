"""Who fits a job: by what a recruiter picks, what is said of each person, and why. Fixed rules, and no score.

Looked at are tags, the place, what somebody wants, what they said about pay, days on which a visa expires, and when
we were last in touch: nothing else. Never age, name or birthday, never what hurts somebody, never how they kept their
own promises, never a passage that is marked sensitive.

1. Whoever lacks a skill that must be or lives farther away than was asked does not fit, nor does anybody whose visa
   has expired where the right to work is asked for. Without a skill that must be, one of those that are nice to have
   is enough; the others are said to be missing.
2. A distance is known between towns that stand in the table of places. Whoever lives elsewhere, or nobody knows
   where, stays on the list and is to be asked. For a job in a place that does not stand in the table, only its
   name counts.
3. What somebody wants, what they said about pay and their right to work leave nobody out unless that was asked for:
   what is known is said in their own words, and what is not is to be asked.
4. First stand those we know, whom we have heard from ourselves, and among them whoever has waited longest for a real
   contact; then those we do not know yet. What they fit better or worse changes nothing in that order.
5. Whoever asked never to be in touch, must not be told to this client, works there or at a client whose people are
   off limits, or stands on the board already, is named under the list with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from domain import mentions, places
from domain.mentions import Figure
from domain.names import plain
from domain.refusal import Refused
from domain.words import line, tag

MOST_TAGS = 8  # of a kind
MOST_WORDS = 8
FARTHEST = 1000
SHORTEST_WORD = 3
IN_SHORT = """
Only what you picked counts. Nobody’s age, name, birthday, troubles or own promises are looked at.
Whoever lacks a skill that must be or lives farther away than you asked is not shown; nor, if you ask for the right to work, is anybody whose visa has expired.
Distances are known between larger towns of the UK, Ireland, Germany, Austria and Switzerland, as the crow flies. Whoever lives elsewhere stays on the list, to be asked.
A job in any other place finds people by the name of its place alone.
What they want, pay and the right to work are told in their own words where we know them. What we do not know, ask.
First those we have heard from, longest without a contact first; then those we do not know yet.
Whoever may not be contacted or sent there, or is on the board already, is named below the list.
""".strip().splitlines()  # noqa: E501
NOT_FOUND_BY = frozenset("and any anything but for from has have not only prefer the with without work working".split())
NEGATED = re.compile(r"\b(?:no|not|never|without|nothing|none|\w+n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True)
class JobCriteria:
    """By what people are found for a job: skills are tags, `km` counts from `place`, `pay` is what the job offers.

    `interest` are words that may stand in what somebody wants, and with `interested_only` must; `permits` are tags
    any of which says that somebody may work here. Without `km` only people in the same place fit.
    """

    must: tuple[str, ...] = ()
    nice: tuple[str, ...] = ()
    place: str = ""
    km: int | None = None
    pay: str = ""
    interest: str = ""
    interested_only: bool = False
    permits: tuple[str, ...] = ()

    def checked(self) -> JobCriteria:
        """As they are recorded. Raises Refused beside the field."""
        must = _tags(self.must, "must")
        checked = JobCriteria(
            must,
            tuple(each for each in _tags(self.nice, "nice") if each.casefold() not in set(map(str.casefold, must))),
            line(self.place, "place"),
            self.km,
            line(self.pay, "pay"),
            line(self.interest, "interest"),
            self.interested_only and bool(self.interest.strip()),
            _tags(self.permits, "permits"),
        )
        if self.km is not None and not 1 <= self.km <= FARTHEST:
            raise Refused("Say 1 to 1,000 km, or nothing for the same place only.", "km")
        if (checked.place or self.km is not None) and not checked.town:
            raise Refused("Write the name of a place.", "place")
        if checked.pay and not checked.offers:
            raise Refused("Write an amount, such as £24 an hour or £45k.", "pay")
        if checked.interest and not checked.wanted:
            raise Refused("Write a word that they would use, such as days or remote.", "interest")
        if len(checked.wanted) > MOST_WORDS:
            raise Refused(f"At most {MOST_WORDS} words fit here.", "interest")
        if not (checked.skills or checked.town or checked.wanted):
            raise Refused("Choose at least a skill, a place or what they want.", "must")
        return checked

    @property
    def skills(self) -> tuple[str, ...]:
        return self.must + self.nice

    @property
    def town(self) -> str:
        return places.town(self.place)

    @property
    def wanted(self) -> frozenset[str]:
        """The words by which their interest is told."""
        return words_of(self.interest)

    @property
    def offers(self) -> list[Figure]:
        """What the job pays, each amount that is named."""
        return mentions.amounts(self.pay)

    @property
    def must_want(self) -> bool:
        """Whether only those who want something of the kind fit: where nothing else was picked, they do."""
        return bool(self.wanted) and (self.interested_only or not (self.skills or self.town))


@dataclass(frozen=True)
class Said:
    """Somebody's words, and the day they were noted."""

    words: str
    on: date


@dataclass(frozen=True)
class Known:
    """What is known of somebody that may bear on a job; `wants` and `statements` are theirs, the newest first."""

    tags: Sequence[str] = ()
    place: str = ""
    wants: Sequence[Said] = ()
    statements: Sequence[Said] = ()
    visa_until: date | None = None


class Verdict(StrEnum):
    """AGAINST: it keeps them off the list."""

    FITS = "fits"
    ASK = "ask"
    AGAINST = "against"


@dataclass(frozen=True)
class Reason:
    """One thing said about how somebody fits, perhaps with their own words, and since or until which day."""

    verdict: Verdict
    words: str
    quote: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Why:
    """Everything said about how somebody fits, in the order of the criteria."""

    reasons: list[Reason] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        return not self.against

    @property
    def against(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.verdict is Verdict.AGAINST]


def why(criteria: JobCriteria, known: Known, today: date) -> Why:
    """What speaks for somebody, what against, and what is to be asked."""
    judged = (
        _skills(criteria, known),
        _place(criteria, known),
        _interest(criteria, known),
        _pay(criteria, known),
        _permit(criteria, known, today),
    )
    return Why([reason for reason in judged if reason])


def in_field(title: str, criteria: JobCriteria | None, known: Known, today: date) -> bool:
    """Whether a new job is worth a word to somebody: nothing speaks against it and something for it, or every word of
    its title stands in something they want."""
    if any(words_of(title) and words_of(title) <= words_of(want.words) for want in known.wants):
        return True
    judged = why(criteria, known, today) if criteria else Why()
    return judged.fits and any(reason.verdict is Verdict.FITS for reason in judged.reasons)


def words_of(text: str) -> frozenset[str]:
    """The words by which two texts may be about the same, folded."""
    return frozenset(word for word in plain(text).split() if len(word) >= SHORTEST_WORD and word not in NOT_FOUND_BY)


def tags_in(title: str, tags: Iterable[str]) -> list[str]:
    """Those tags of which every word stands in the title of a job."""
    words = set(plain(title).split())
    return [tag for tag in tags if plain(tag) and set(plain(tag).split()) <= words][:MOST_TAGS]


def ago(days: int) -> str:
    """How long it is, as people say it: "today", "9 days ago", "7 months ago"."""
    if days < 1:
        return "today"
    number, unit = (days, "day") if days < 21 else (days // 7, "week") if days < 60 else (days // 30, "month")
    if days >= 730:
        number, unit = days // 365, "year"
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


def _skills(criteria: JobCriteria, known: Known) -> Reason | None:
    if not criteria.skills:
        return None
    has = {each.casefold() for each in known.tags}
    missing = [each for each in criteria.skills if each.casefold() not in has]
    lacks_one = any(each.casefold() not in has for each in criteria.must)
    verdict = Verdict.AGAINST if lacks_one or len(missing) == len(criteria.skills) else Verdict.FITS
    number = len(criteria.skills)
    lacking = f" (missing: {', '.join(missing)})" if missing else ""
    return Reason(verdict, f"{number - len(missing)} of {number} skill{'s' if number > 1 else ''}{lacking}")


def _place(criteria: JobCriteria, known: Known) -> Reason | None:
    if not criteria.town:
        return None
    theirs = places.town(known.place)
    if not theirs:
        return Reason(Verdict.ASK, "place not known: ask")
    if theirs == criteria.town:
        same = places.charted(theirs) or plain(known.place) == plain(criteria.place)
        return Reason(Verdict.FITS, f"{known.place}, {'the same place' if same else 'a place of the same name'}")
    km = places.apart(theirs, criteria.town)
    if km is not None:
        near = criteria.km is not None and km <= criteria.km
        return Reason(Verdict.FITS if near else Verdict.AGAINST, f"{km} km ({known.place})")
    if criteria.km is None or not places.charted(criteria.town):
        return Reason(Verdict.AGAINST, f"in {known.place}")
    return Reason(Verdict.ASK, f"in {known.place} (how far is not known): ask")


def _interest(criteria: JobCriteria, known: Known) -> Reason | None:
    if not criteria.wanted:
        return None
    wanted = next((said for said in known.wants if criteria.wanted & words_of(said.words)), None)
    if wanted:  # a word with a no beside it may mean the contrary: it is shown, and asked about
        verdict = Verdict.ASK if NEGATED.search(wanted.words) else Verdict.FITS
        return Reason(verdict, "wants", wanted.words, wanted.on)
    told = next((said for said in _theirs(known.statements) if criteria.wanted & words_of(said.words)), None)
    if told and not criteria.must_want:
        return Reason(Verdict.ASK, "said", told.words, told.on)
    verdict = Verdict.AGAINST if criteria.must_want else Verdict.ASK
    return Reason(verdict, f"what they want is not known ({criteria.interest}): ask")


def _pay(criteria: JobCriteria, known: Known) -> Reason | None:
    if not criteria.offers:
        return None
    on_pay = [said for said in (*known.wants, *_theirs(known.statements)) if mentions.about_pay(said.words)]
    if not on_pay:
        return Reason(Verdict.ASK, "pay not known: ask")
    for said in on_pay:
        wanted = [figure for figure in mentions.amounts(said.words) if _is_wanted(figure, said, known)]
        if more := _asks_more(wanted, criteria.offers):
            return replace(more, quote=said.words, on=said.on)
    return Reason(Verdict.ASK, "on pay:", on_pay[0].words, on_pay[0].on)


def _is_wanted(figure: Figure, said: Said, known: Known) -> bool:
    return figure.about == "pay wanted" or said in known.wants


def _asks_more(wanted: Iterable[Figure], offers: Sequence[Figure]) -> Reason | None:
    """How the least that is wanted stands to the most that is offered, if both are paid by the same."""
    for figure in sorted(wanted, key=lambda each: each.value):
        most = max((offer.value for offer in offers if offer.unit == figure.unit), default=None)
        if most is not None:
            over = figure.value > most
            return (
                Reason(Verdict.ASK, "asks more than it pays") if over else Reason(Verdict.FITS, "it pays what they ask")
            )
    return None


def _permit(criteria: JobCriteria, known: Known, today: date) -> Reason | None:
    if not criteria.permits:
        return None
    if known.visa_until is not None:
        if known.visa_until < today:
            return Reason(Verdict.AGAINST, "visa expired", on=known.visa_until)
        return Reason(Verdict.FITS, "visa until", on=known.visa_until)
    has = {each.casefold() for each in known.tags}
    permit = next((each for each in criteria.permits if each.casefold() in has), None)
    return Reason(Verdict.FITS, f"#{permit}") if permit else Reason(Verdict.ASK, "right to work not known: ask")


def _theirs(statements: Iterable[Said]) -> Iterator[Said]:
    """Without what was said of the job, and without what hurts them."""
    for said in statements:
        if not (mentions.OF_THE_JOB.search(said.words) or mentions.about_pain(said.words)):
            yield said


def _tags(tags: Collection[str], field: str) -> tuple[str, ...]:
    """Each tag once, as it is written first."""
    found: dict[str, str] = {}
    for said in (tag(each, field) for each in tags):
        found.setdefault(said.casefold(), said)
    if len(found) > MOST_TAGS:
        raise Refused(f"At most {MOST_TAGS} tags fit here.", field)
    return tuple(found.values())
