"""One fact of every topic, and how to store it with salts and keys that are always the same.

The facts are for ever: a sample is added with its topic and never changed, since the log of an agency holds such
bytes and no later version of Kept may read them differently.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from domain.agency import Agency
from domain.candidate import Candidate
from domain.client import Client
from domain.command import Command
from domain.contact import Contact
from domain.importing import Import
from domain.job import Job
from domain.promise import Promise
from domain.recruiter import Recruiter
from domain.saved_list import SavedList
from domain.store.ledger import Envelopes, Row
from domain.stream import Fact
from domain.submission import Submission
from domain.template import MessageTemplate
from domain.tip import SharedTip
from domain.touchpoint import Touchpoint

HARBOUR = UUID("6b0d3f8a-5c1e-4b6f-9a51-0f6f5d2c7e10")
DANA, OLIVE, ADA, CALL, PROMISE, OTHER, CARL, FILE, TEMPLATE = (
    uuid5(HARBOUR, name) for name in ("dana", "olive", "ada", "call", "promise", "other", "carl", "file", "template")
)
ACME, WARD, AWAY = (uuid5(HARBOUR, name) for name in ("acme", "ward", "away"))
SENT = uuid5(WARD, str(ADA))
SAID_AT = datetime(2026, 11, 23, 8, 55, tzinfo=UTC)
RECORDED_AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)
FRIDAY = {"due_on": date(2026, 11, 27), "due_at": time(16, 30), "due_zone": "Europe/London"}
SOME_DAY = {"due_on": date(2026, 12, 4), "due_at": None, "due_zone": "Europe/London"}
REMINDER = {**FRIDAY, "kind": "fell due", "channel": "mail"}

COURSE = {
    "kind": "opening",
    "title": "A day on wound care",
    "words": "Free, and they feed you.",
    "link": "https://example.org/day",
    "place": "Leeds",
}

# kind, stream, version, by, whose words, the other fields
FACTS: list[tuple[type[Fact], UUID, int, UUID | None, UUID | None, dict[str, Any]]] = [
    (Agency.AgencyFounded, HARBOUR, 1, OLIVE, None, {"name": "Harbour Staffing", "zone": "Europe/London"}),
    (
        Agency.SettingsChanged,
        HARBOUR,
        2,
        OLIVE,
        None,
        {
            "name": "Harbour & Lane",
            "zone": "Europe/Paris",
            "country": "FR-IDF",
            "working_days": [0, 1, 2, 3],
            "day_begins": time(8, 30),
            "day_ends": time(18),
            "silent_after": 10,
        },
    ),
    (Agency.OfflineReadingChosen, HARBOUR, 3, OLIVE, None, {"allowed": False}),
    (Agency.IndividualFiguresAllowed, HARBOUR, 4, OLIVE, None, {"why": "We share a bonus, Zoë’s idea"}),
    (Agency.IndividualFiguresStopped, HARBOUR, 5, OLIVE, None, {}),
    (
        Agency.StagesChanged,
        HARBOUR,
        3,
        OLIVE,
        None,
        {
            "stages": [
                {"dropped": False, "interview": False, "key": "shortlisted", "name": "found", "silent_after": 5},
                {"dropped": False, "interview": False, "key": "sent to client", "name": "sent", "silent_after": 4},
                {"dropped": True, "interview": False, "key": "offer", "name": "offer", "silent_after": 1},
            ]
        },
    ),
    (Agency.CallFirstChosen, HARBOUR, 3, OLIVE, None, {"stage": "sent to client"}),
    (
        Agency.StandingPromisesChanged,
        HARBOUR,
        3,
        OLIVE,
        None,
        {
            "promises": [
                {
                    "key": "own-1",
                    "on": True,
                    "starts": "at offer",
                    "unit": "hours",
                    "within": 4,
                    "words": "Send the contract of {{client}}",
                }
            ]
        },
    ),
    (
        Agency.UnpromisedChanged,
        HARBOUR,
        3,
        OLIVE,
        None,
        {"words": [{"instead": "say what you will do", "words": "guarantee"}]},
    ),
    (
        Agency.KeepInTouchByTag,
        HARBOUR,
        3,
        OLIVE,
        None,
        {"tag": "theatre", "ideal_days": 30, "latest_days": 45},
    ),
    (
        Recruiter.RecruiterInvited,
        DANA,
        1,
        OLIVE,
        DANA,
        {"name": "Dana Réa", "email": "dana@harbour.example", "role": "recruiter"},
    ),
    (Recruiter.RecruiterJoined, DANA, 2, DANA, DANA, {}),
    (Recruiter.RoleChanged, DANA, 3, OLIVE, DANA, {"role": "owner"}),
    (Recruiter.QuietHoursChosen, DANA, 4, DANA, DANA, {"begins": time(19), "ends": time(7, 15)}),
    (Recruiter.DigestHourChosen, DANA, 5, DANA, DANA, {"at": None}),
    (Recruiter.SignatureChosen, DANA, 6, DANA, DANA, {"signature": "Dana Réa\nHarbour Staffing, Leeds"}),
    (
        Recruiter.CardChanged,
        DANA,
        7,
        DANA,
        DANA,
        {
            "title": "Consultant, theatres & wards",
            "mobile": "07700 900123",
            "phone": None,
            "link": "https://www.linkedin.com/in/dana-rea",
        },
    ),
    (
        Recruiter.AbsencePlanned,
        DANA,
        7,
        DANA,
        DANA,
        {
            "absence": AWAY,
            "first_day": date(2026, 11, 30),
            "last_day": date(2026, 12, 4),
            "zone": "Europe/London",
            "cover": OLIVE,
        },
    ),
    (Recruiter.AbsenceEnded, DANA, 8, OLIVE, DANA, {"absence": AWAY}),
    (Recruiter.RecruiterLeft, DANA, 6, OLIVE, DANA, {}),
    (
        Contact.ContactAdded,
        CARL,
        1,
        DANA,
        CARL,
        {"name": "Carl Quill", "works_at": "St Hilda", "email": "carl@hilda.example", "phone": "+44 113 496 0033"},
    ),
    (
        Contact.ContactChanged,
        CARL,
        2,
        DANA,
        CARL,
        {
            "name": "Carl Quill",
            "works_at": "Acme Care",
            "role": "Ward manager",
            "email": "quill@acme.example",
            "phone": "0113 496 0034",
        },
    ),
    (Contact.ContactErased, CARL, 2, None, CARL, {"why": "retention"}),
    (
        Candidate.CandidateAdded,
        ADA,
        1,
        DANA,
        ADA,
        {
            "name": "Ada Byron",
            "emails": ["ada@byron.example"],
            "phones": ["+44 20 7946 0011"],
            "headline": "Staff nurse",
            "place": "Leeds",
            "works_at": "",
            "source": "",
            "reference": "",
            "owner": DANA,
        },
    ),
    (
        Candidate.ContactDetailsChanged,
        ADA,
        2,
        DANA,
        ADA,
        {
            "name": "Ada Lovelace",
            "emails": ["ada@byron.example", "ada@lovelace.example"],
            "phones": [],
            "headline": "Ward sister",
            "place": "York",
            "works_at": "St Hilda",
            "source": "LinkedIn",
            "reference": "C-1815",
        },
    ),
    (Candidate.SocialProfileLinked, ADA, 3, DANA, ADA, {"link": "https://profiles.example/ada-byron"}),
    (Candidate.Tagged, ADA, 4, DANA, ADA, {"tags": ["nights", "Leeds North"]}),
    (Candidate.Untagged, ADA, 5, DANA, ADA, {"tags": ["nights"]}),
    (Candidate.OwnerAssigned, ADA, 6, OLIVE, ADA, {"owner": OLIVE}),
    (
        Candidate.ContactPreferenceSet,
        ADA,
        7,
        DANA,
        ADA,
        {
            "unwanted": ["call", "WhatsApp"],
            "not_before": time(18),
            "not_after": time(20, 30),
            "not_on": [5, 6],
            "note": "works nights",
        },
    ),
    (Candidate.ContactRefused, ADA, 8, DANA, ADA, {"what": "mails"}),
    (Candidate.ContactAllowed, ADA, 9, OLIVE, ADA, {}),
    (Candidate.ReferredBy, ADA, 10, DANA, ADA, {"referrer": OTHER}),
    (Candidate.CandidateWithdrawn, ADA, 7, OLIVE, ADA, {"why": "came with the wrong file"}),
    (
        Candidate.PainPointNoted,
        ADA,
        8,
        DANA,
        ADA,
        {
            "pain": OTHER,
            "kind": "pain",
            "words": "Nights every other week",
            "quote": "I can't do another winter of nights",
            "touchpoint": CALL,
            "noted_on": date(2026, 11, 23),
        },
    ),
    (Candidate.PainPointResolved, ADA, 9, DANA, ADA, {"pain": OTHER, "why": "moved to the day ward"}),
    (
        Candidate.ProfileInvited,
        ADA,
        9,
        DANA,
        ADA,
        {"network": "XING", "on": date(2026, 11, 3), "link": "https://xing.example/ada"},
    ),
    (Candidate.InvitationAccepted, ADA, 10, DANA, ADA, {"network": "XING", "on": date(2026, 11, 9)}),
    (Candidate.InvitationDeclined, ADA, 10, DANA, ADA, {"network": "XING", "on": date(2026, 11, 9)}),
    (Candidate.InvitationTakenBack, ADA, 11, DANA, ADA, {"network": "XING"}),
    (Candidate.InvitationLeftOut, ADA, 12, DANA, ADA, {}),
    (Candidate.PainPointReopened, ADA, 10, DANA, ADA, {"pain": OTHER}),
    (Candidate.KeepInTouchSet, ADA, 11, DANA, ADA, {"ideal_days": 45, "latest_days": 60}),
    (
        Candidate.ImportantDateNoted,
        ADA,
        12,
        DANA,
        ADA,
        {"noted": FILE, "kind": "contract end", "month": 3, "day": 31, "year": 2027, "label": "St Hilda, ward 4"},
    ),
    (Candidate.JobNotForThem, ADA, 30, DANA, ADA, {"job": WARD}),
    (Candidate.ImportantDateSeenTo, ADA, 13, DANA, ADA, {"noted": FILE, "year": 2027}),
    (Candidate.ImportantDateRemoved, ADA, 14, DANA, ADA, {"noted": FILE}),
    (Candidate.CandidateErased, ADA, 2, None, ADA, {"why": "asked"}),
    (
        Touchpoint.TouchpointRecorded,
        CALL,
        1,
        DANA,
        ADA,
        {
            "candidate": ADA,
            "channel": "call",
            "direction": "out",
            "outcome": "talked",
            "happened_at": SAID_AT,
            "words": "She wants **four** days a week.\n– and no nights",
            "job": None,
            "conversation": None,
            "promises": [PROMISE],
        },
    ),
    (
        Touchpoint.TouchpointCorrected,
        CALL,
        2,
        DANA,
        ADA,
        {"words": "She wants three days a week.", "why": "misheard"},
    ),
    (Touchpoint.TouchpointRetracted, CALL, 3, DANA, ADA, {"why": "the other Ada"}),
    (Touchpoint.WordsRedacted, CALL, 4, OLIVE, ADA, {"why": "she asked us to"}),
    (Touchpoint.MovedAway, CALL, 5, DANA, ADA, {"to_touchpoint": OTHER}),
    (
        Touchpoint.BroughtHere,
        OTHER,
        2,
        OLIVE,
        ADA,
        {"from_touchpoint": CALL, "said_by": DANA, "said_at": RECORDED_AT},
    ),
    (Touchpoint.ReferralAsked, CALL, 4, DANA, ADA, {}),
    (Touchpoint.ColleagueMentioned, CALL, 5, DANA, ADA, {"who": OLIVE}),
    (Touchpoint.TipGiven, CALL, 4, DANA, ADA, {"tip": OTHER, "title": "Counter-offers"}),
    (Touchpoint.AnswerNotNeeded, CALL, 6, DANA, ADA, {}),
    (Touchpoint.AnswerNeeded, CALL, 7, DANA, ADA, {}),
    (Touchpoint.PromiseCaught, CALL, 8, DANA, ADA, {"promise": PROMISE}),
    (
        Touchpoint.MarkedSensitive,
        CALL,
        8,
        DANA,
        ADA,
        {"passages": ["She wants **four** days a week.", "– and no nights"]},
    ),
    (Touchpoint.UnmarkedSensitive, CALL, 9, OLIVE, ADA, {"passages": ["– and no nights"]}),
    (
        Promise.PromiseMade,
        PROMISE,
        1,
        DANA,
        ADA,
        {
            "candidate": ADA,
            "made_by": "us",
            "made_to": "candidate",
            "contact": None,
            "words": "Ring with the rate",
            "quote": None,
            **FRIDAY,
            "due_phrase": None,
            "keeper": DANA,
            "touchpoint": CALL,
            "waits_for": None,
            "job": None,
        },
    ),
    (
        Promise.PromiseRenegotiated,
        PROMISE,
        2,
        DANA,
        ADA,
        {**SOME_DAY, "due_phrase": None, "why": "client away", "told": None},
    ),
    (Promise.PromiseKept, PROMISE, 3, DANA, ADA, {"evidence": OTHER}),
    (Promise.EvidenceGiven, PROMISE, 4, DANA, ADA, {"touchpoint": CALL}),
    (Promise.PromiseConfirmed, PROMISE, 5, DANA, ADA, {"touchpoint": CALL}),
    (Promise.PromiseReassigned, PROMISE, 3, DANA, ADA, {"keeper": OLIVE}),
    (Promise.PromiseCorrected, PROMISE, 3, DANA, ADA, {"words": "Ring with the day rate", "why": "hourly, no"}),
    (Promise.PromiseOvertaken, PROMISE, 3, DANA, ADA, {"cause": "job gone", "why": "the ward closed"}),
    (Promise.WordsRedacted, PROMISE, 6, OLIVE, ADA, {"why": "it was about somebody else"}),
    (Promise.PromiseBroken, PROMISE, 3, DANA, ADA, {"cause": "client slipped"}),
    (Promise.PromiseReleased, PROMISE, 3, DANA, ADA, {"why": "found a job herself"}),
    (Promise.PromiseReopened, PROMISE, 4, DANA, ADA, {**SOME_DAY, "why": ""}),
    (Promise.PromiseWithdrawn, PROMISE, 5, DANA, ADA, {"why": "entered twice"}),
    (Promise.PromiseFellDue, PROMISE, 6, None, ADA, FRIDAY),
    (Promise.ReminderSent, PROMISE, 7, None, ADA, REMINDER),
    (Promise.ReminderSnoozed, PROMISE, 7, DANA, ADA, {**FRIDAY, "until": datetime(2026, 11, 30, 8, tzinfo=UTC)}),
    (
        Promise.ReminderFailed,
        PROMISE,
        8,
        None,
        ADA,
        {**REMINDER, "reason": "The mail server did not answer."},
    ),
    (
        SavedList.ListSaved,
        FILE,
        1,
        DANA,
        None,
        {
            "name": "Leeds theatre, quiet",
            "shared": True,
            "tags": ["theatre", "keep"],
            "place": "Leeds",
            "owner": "me",
            "only": "silent",
            "nothing_open": True,
            "contact_since": date(2026, 5, 1),
            "contact_before": date(2026, 10, 1),
        },
    ),
    (
        SavedList.ListChanged,
        FILE,
        2,
        OLIVE,
        None,
        {
            "name": "Leeds theatre",
            "shared": False,
            "tags": [],
            "place": "Leeds",
            "owner": str(DANA),
            "only": "",
            "nothing_open": False,
            "contact_since": None,
            "contact_before": None,
        },
    ),
    (SavedList.ListNarrowed, FILE, 2, DANA, None, {"wants": "weekends", "stage": "interview", "invitation": "open"}),
    (SavedList.ListDropped, FILE, 3, DANA, None, {}),
    (Import.ImportBegun, FILE, 1, DANA, None, {"kind": "linkedin", "rows": 412}),
    (
        Import.ImportFinished,
        FILE,
        2,
        DANA,
        None,
        {"added": 400, "changed": 3, "notes": 38, "matched": 5, "refused": 4},
    ),
    (Import.ImportUndone, FILE, 3, OLIVE, None, {"removed": 399, "restored": 3, "retracted": 37, "stayed": 2}),
    (Client.ClientAdded, ACME, 1, DANA, None, {"name": "Acme & Søn", "website": ""}),
    (Client.ClientChanged, ACME, 2, DANA, None, {"name": "Acme Care", "website": "https://acme.example"}),
    (Client.OffLimitsChosen, ACME, 3, OLIVE, None, {"off_limits": True, "why": "in their contract until May"}),
    (
        Job.JobOpened,
        WARD,
        1,
        DANA,
        None,
        {"client": ACME, "title": "Ward sister", "place": "York", "pay": "£24 an hour"},
    ),
    (Job.JobChanged, WARD, 2, DANA, None, {"title": "Ward manager", "place": "York", "pay": "£46 k"}),
    (
        Job.JobCriteriaChosen,
        WARD,
        6,
        DANA,
        None,
        {
            "must": ["radiographer"],
            "nice": ["MRI", "weekends"],
            "place": "York",
            "km": 30,
            "pay": "£24 an hour",
            "interest": "days, März",
            "interested_only": False,
            "permits": ["right to work"],
        },
    ),
    (Job.SellingPointsChosen, WARD, 7, DANA, None, {"points": ["Ten minutes from the station", "No weekends"]}),
    (Job.JobFilled, WARD, 3, DANA, None, {}),
    (Job.JobReopened, WARD, 4, OLIVE, None, {}),
    (Job.JobClosed, WARD, 5, DANA, None, {"why": "the budget went"}),
    (Candidate.NeverTellNoted, ADA, 8, DANA, ADA, {"client": ACME}),
    (Candidate.NeverTellWithdrawn, ADA, 9, DANA, ADA, {"client": ACME}),
    (Submission.CandidateShortlisted, SENT, 1, DANA, ADA, {"candidate": ADA, "job": WARD, "client": ACME}),
    (
        Submission.AgreedToBeSubmitted,
        SENT,
        2,
        DANA,
        ADA,
        {
            "agreed_at": SAID_AT,
            "channel": "call",
            "until": date(2027, 1, 31),
            "words": "Yes, misheard or not: send me.",
        },
    ),
    (Submission.CandidateSubmitted, SENT, 3, OLIVE, ADA, {"overrode": ["works there"]}),
    (Submission.StageReached, SENT, 4, DANA, ADA, {"stage": "interview", "meets_on": date(2026, 11, 30)}),
    (Submission.PromiseStood, SENT, 5, DANA, ADA, {"promise": PROMISE, "kind": "feedback", "stage": "interview"}),
    (Submission.CandidateInformed, SENT, 6, DANA, ADA, {"stage": "interview", "how": "call", "touchpoint": CALL}),
    (
        Submission.SubmissionEnded,
        SENT,
        7,
        DANA,
        ADA,
        {"cause": "client said no", "stage": "interview", "no_call": "knows already"},
    ),
    (Submission.SubmissionReopened, SENT, 8, DANA, ADA, {"stage": "interview"}),
    (
        MessageTemplate.TemplateWritten,
        TEMPLATE,
        1,
        DANA,
        None,
        {
            "name": "First day",
            "subject": "Your first day at {{agency}}",
            "words": "Dear {{first_name}},\n\nbring your papers. {{recruiter}}",
            "short": "",
        },
    ),
    (
        MessageTemplate.TemplateChanged,
        TEMPLATE,
        2,
        OLIVE,
        None,
        {
            "name": "The first day",
            "subject": "Monday",
            "words": "Bring papers.",
            "short": "Bring papers!",
        },
    ),
    (Touchpoint.TryAgainChosen, CALL, 9, DANA, ADA, {"at": datetime(2026, 11, 24, 18, 0, tzinfo=UTC)}),
    (Touchpoint.TryAgainDone, CALL, 10, DANA, ADA, {}),
    (SharedTip.TipWritten, OTHER, 1, DANA, None, {**COURSE, "until": date(2026, 12, 11)}),
    (SharedTip.TipChanged, OTHER, 2, OLIVE, None, {**COURSE, "until": date(2026, 12, 18)}),
    (SharedTip.TipRetired, OTHER, 3, OLIVE, None, {}),
    (SharedTip.TipRestored, OTHER, 4, OLIVE, None, {}),
    (MessageTemplate.TemplateRetired, TEMPLATE, 3, OLIVE, None, {}),
    (MessageTemplate.TemplateRestored, TEMPLATE, 4, OLIVE, None, {}),
]


class Keys:
    """The keys of the samples: each follows from the person."""

    def make_key(self, person: UUID) -> None:
        """They are all there."""

    def key(self, person: UUID, *, fresh: bool = False) -> bytes | None:
        return sha256(b"a sample's key" + person.bytes).digest()

    def forget(self, person: UUID) -> None:
        """Samples are not forgotten."""


def facts() -> dict[str, Fact]:
    """The sample facts by topic."""
    return {fact.TOPIC: fact for fact in map(_fact, FACTS)}  # type: ignore[attr-defined]


def store(topic: str) -> Row:
    """The stored form of a sample, made with salts, keys and nonces that follow from its topic."""
    command = Command(uuid5(HARBOUR, topic), None, sha256(topic.encode()).digest())
    with _dice(topic):
        return Envelopes(Keys()).seal(facts()[topic], RECORDED_AT, command, ordinal=0, leaf_index=0)


def _fact(row: tuple[type[Fact], UUID, int, UUID | None, UUID | None, dict[str, Any]]) -> Fact:
    kind, stream, version, by, person, fields = row
    if "originator_topic" in kind.__dataclass_fields__:
        fields = {**fields, "originator_topic": kind.TOPIC.split(".")[0]}  # type: ignore[attr-defined]
    return kind(
        originator_id=stream,
        originator_version=version,
        timestamp=RECORDED_AT,
        by=by,
        person=person,
        **fields,
    )


@contextmanager
def _dice(seed: str) -> Iterator[None]:
    """Chance that falls the same way every time."""
    throws, chance = count(), secrets.token_bytes
    secrets.token_bytes = lambda length=32: sha256(f"{seed} {next(throws)}".encode()).digest()[:length]
    try:
        yield
    finally:
        secrets.token_bytes = chance
