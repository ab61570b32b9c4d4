"""The words of the demo: who is who at Harbour & Lane, and how things go with a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from domain.wishes import Wishes

AGENCY, ZONE, COUNTRY, HOST = "Harbour & Lane", "Europe/London", "GB-ENG", "harbourlane.example"
TEAM = (
    ("Olive Marsh", "owner"),
    ("Dana Whitlock", "recruiter"),
    ("Tom Okafor", "recruiter"),
    ("Priya Raman", "recruiter"),
    ("Lewis Grant", "recruiter"),
    ("Marta Nowak", "recruiter"),
    ("Aude Lefèvre", "auditor"),
)

FIRST = (
    "Aisha Alan Alice Amir Anna Anton Beatriz Ben Bronagh Callum Carmen Chidi Chloe Clara Daniel Daria "
    "David Eilidh Elena Emeka Emma Erik Esther Farah Fatima Felix Fiona Freya Gareth George Grace Hamza "
    "Hannah Harriet Hassan Helen Hugo Ines Ingrid Isaac Isla Ivan Jack James Jasmine Joanna Jonas Julia "
    "Kai Karim Kate Kofi Laila Laura Leo Liam Lucia Łukasz Magda Malik Maria Marcus Mei Mina Mohamed "
    "Naomi Nadia Nathan Niamh Nikolai Nina Noah Olga Oscar Owen Patrick Paula Peter Petra Rafael Rachel "
    "Rania Ravi Rebecca Rhys Rosa Ruth Sam Samira Sanjay Sara Sean Sofia Stefan Sunita Tariq Teresa Theo "
    "Tomasz Uma Victor Wei Yara Yusuf Zoe Zofia"
).split()
LAST = (
    "Abara Adams Ahmed Allen Andersen Baker Banerjee Barnes Bell Bennett Berg Bishop Boateng Bolton Byrne "
    "Campbell Carter Chan Chaudhry Clarke Cole Costa Cruz Davies Dawson Delgado Diallo Dixon Doyle Dunn "
    "Edwards Ellis Evans Farrell Ferreira Fisher Fletcher Foster Fraser Garcia Gibson Gill Gordon Graham "
    "Gray Haddad Hall Hansen Hart Hayes Hill Hughes Hunt Hussain Iqbal Jackson Jensen Jones Kapoor Kaur "
    "Kelly Kemp Khan Kowalski Kumar Lamb Larsen Lawson Lee Lewis Lindqvist Lopez Lynch Marsh Martin Mason "
    "Mbeki Mehta Mills Moore Morgan Müller Murphy Murray Nair Nelson Novak O’Brien Ortiz Osei Owusu Page "
    "Palmer Park Patel Pearce Perez Petrov Popescu Porter Price Quinn Rahman Reid Reilly Rossi Russell "
    "Santos Schmidt Shah Sharma Silva Simpson Singh Stewart Sørensen Tan Taylor Thomas Tran Turner Walsh "
    "Ward Watson Webb White Williams Wilson Wright Yang Young Ziegler"
).split()
CITIES = "Bristol Bath Cardiff Exeter Gloucester Newport Plymouth Reading Swindon Swansea Taunton Truro".split()
CLIENTS = (
    "Avonmouth Freight",
    "Brightwater Energy",
    "Cabot & Lyle",
    "Castle Park Clinics",
    "Fairmile Foods",
    "Greyfriars Housing",
    "Kingsdown Pensions",
    "Lockleaze Labs",
    "Merchant Wharf Insurance",
    "Redcliffe Robotics",
    "Severn Rail Services",
    "Tidal Works",
)
CONTACTS = (
    "Gwen Avery",
    "Howard Tull",
    "Imogen Frost",
    "Jamal Rowe",
    "Kirsty Boyd",
    "Leonie Hartmann",
    "Miles Cooper",
    "Nerys Pugh",
    "Omar Nasser",
    "Pippa Lyle",
    "Quentin Ash",
    "Rosalind Kerr",
)
EMPLOYERS = (
    "Bellevue Stores",
    "Clifton Marine",
    "Dunmore Systems",
    "Easton Care Group",
    "Filton Components",
    "Harbourside Council",
    "Knowle Accountants",
    "Portishead Pharma",
    "Southmead Trust",
    "Westbury Builders",
    "Yate Logistics",
)
OFF_LIMITS = "Yate Logistics", "we placed their whole night shift, and promised to leave it there until May"
YES = (
    "Yes, send me to {client} for the {job} job. Nowhere else without asking me.",
    "Happy to be put forward at {client}, if the pay is what we said.",
    "Go ahead with {client}. My manager must not hear of it.",
)
SOURCES = ("LinkedIn", "LinkedIn", "Our advert", "Our advert", "Recommended", "Job board", "Old spreadsheet")
JOBS = (
    ("Payroll manager", "Sage and IR35", "£{} k", (38, 52)),
    ("Management accountant", "month end in five days", "£{} k", (40, 55)),
    ("Site engineer", "temporary works", "£{} a day", (210, 290)),
    ("Quantity surveyor", "NEC4 contracts", "£{} k", (48, 68)),
    ("Warehouse shift lead", "cold storage", "£{} k", (29, 36)),
    ("Data engineer", "dbt and Postgres", "£{} a day", (380, 520)),
    ("Front-end developer", "accessibility", "£{} k", (45, 65)),
    ("QA lead", "regression plans people read", "£{} k", (46, 60)),
    ("Practice nurse", "long-term conditions clinics", "£{} an hour", (21, 27)),
    ("Clinical administrator", "EMIS", "£{} k", (24, 30)),
    ("Buyer", "packaging and long-lead items", "£{} k", (34, 46)),
    ("HR adviser", "TUPE", "£{} k", (33, 43)),
    ("Electrical technician", "rail signalling", "£{} an hour", (22, 31)),
    ("Facilities manager", "two sites and a crane", "£{} k", (42, 56)),
)
FIELDS = {
    "Payroll manager": ("finance", "payroll"),
    "Management accountant": ("finance", "month end"),
    "Site engineer": ("construction", "engineer"),
    "Quantity surveyor": ("construction", "NEC4"),
    "Warehouse shift lead": ("logistics", "shifts"),
    "Data engineer": ("IT", "data", "contract"),
    "Front-end developer": ("IT", "accessibility"),
    "QA lead": ("IT", "testing"),
    "Practice nurse": ("health", "nurse"),
    "Clinical administrator": ("health", "EMIS"),
    "Buyer": ("procurement",),
    "HR adviser": ("HR", "TUPE"),
    "Electrical technician": ("rail", "engineer"),
    "Facilities manager": ("facilities",),
}
NOTICES = ("a week", "two weeks", "a month", "a month", "three months")
HOURS = ("9:15", "10:00", "10:30", "11:00", "14:00", "14:30", "15:45")
PANELS = ("the hiring manager alone", "a panel of two", "the director and HR", "the team, over coffee")
ROLES = ("HR manager", "Operations director", "Team lead", "Head of talent", "Office manager")
# Who writes, whom they name (both as they stand in the team), and what.
MENTIONS = (
    (2, 1, "{first} asked for you, @{name}: rather after five, about the {job} role."),
    (3, 1, "@{name}, you know {client}: would they look at {first} for two days a week?"),
    (4, 0, "@{name} please look over the terms before I send them to {first}."),
    (5, 1, "Met {first} at the fair. @{name}, yours I think: {skill}, {city}, {notice}."),
)
STRAYS = (
    "Saw {first} is speaking at a meet-up in {city} next month. Worth a word afterwards.",
    "Reference from the last manager: reliable, direct, “would have again tomorrow”.",
    "Moved house, now twenty minutes from {city}. Commute to {client} no longer a problem.",
    "Right-to-work documents seen and copied. Nothing missing.",
    "Duplicate CV in the inbox under a maiden name. Same person, nothing to merge yet.",
)


@dataclass(frozen=True)
class Say:
    """One touchpoint: so many working days after the one before, how, who to whom, some words.

    `promise` is what was promised with it, `by_whom` ("us", "candidate" or "contact", somebody at the client), due
    `within` so many working days, perhaps `at` an hour. What shows that the candidate kept their word `keeps` it;
    after what is `settled` nobody waits for a word.
    """

    after: tuple[int, int]
    channel: str
    direction: str
    words: tuple[str, ...]
    outcome: str | None = None
    promise: str | None = None
    within: tuple[int, int] = (1, 3)
    at: str | None = None
    by_whom: str = "us"
    keeps: bool = False
    settled: bool = False


SHOWN = (
    Say(
        (0, 0), "e-mail", "out", ("Sent, as promised.", "As we said, attached.", "Here it is, a little before Friday.")
    ),
    Say((0, 0), "call", "out", ("Rang as promised.", "Rang, short and to the point."), "talked"),
    Say((0, 0), "WhatsApp", "out", ("Done, and told {first} so.",)),
)
THANKS = (
    Say((0, 0), "e-mail", "in", ("Got it, thank you!", "All here. Thanks for coming back so quickly.")),
    Say((0, 0), "WhatsApp", "in", ("Thanks, got it.", "You said Friday and it was Friday. Rare!")),
)
UNANSWERED = (
    Say((0, 0), "WhatsApp", "in", ("Any news from {client}?", "Could you ring me tomorrow? Before nine is best.")),
    Say((0, 0), "e-mail", "in", ("One more question about {client}: is the notice a month or three?",)),
)
TOGETHER = (
    Say(
        (0, 0),
        "video",
        "out",
        ("Prepared together for {client}: who is on the panel, what the site is like, what they pay.",),
    ),
    Say(
        (0, 0),
        "meeting",
        "out",
        ("Open evening at {client}. Walked round the site together, an hour of questions after.",),
    ),
    Say(
        (0, 0),
        "meeting",
        "in",
        ("Came by together on the way from {client}: the shift plan they were shown is not the one they got.",),
    ),
)


def _rang(after: tuple[int, int], *words: str, **more: object) -> Say:
    return Say(after, "call", "out", words, "talked", **more)  # type: ignore[arg-type]


BEGIN = (
    _rang(
        (0, 1),
        "Rang about **{job}** at {client}. Interested. On {pay} now, notice {notice}. "
        "Wants two days in the office at most.",
        "First proper talk. {job}, strong on {skill}. Looks for {pay}; {client} could fit.\n\n"
        "- notice: {notice}\n- not before the holidays\n- no agencies besides us so far",
        "Introduced ourselves. Left the last place over a broken promise on pay, so *say only what we know*.",
        promise="Send the job description for {client}",
        within=(1, 2),
    ),
    Say(
        (0, 2),
        "LinkedIn",
        "in",
        (
            "Answered our advert: {job}, {city}. Asks what {client} pays.",
            "Wrote after a colleague’s hint. Open to a move, wants to stay near {city}.",
        ),
        promise="Ring with the rate",
        within=(1, 2),
    ),
)
SENT = (
    Say(
        (1, 2),
        "e-mail",
        "out",
        (
            "Sent the {client} description and our terms. A current CV comes back to us.",
            "Job description and the map sent. Asked for a current CV; it is nearly done.",
        ),
        promise="Send a current CV",
        within=(1, 4),
        by_whom="candidate",
    ),
    Say(
        (1, 4),
        "e-mail",
        "in",
        (
            "CV is here. {skill} is real; the gap was parental leave.",
            "CV received, two pages, clear. Needs the dates of the last contract put right.",
            "Sends CV and two referees. Prefers mails to calls before five.",
        ),
        promise="Send the CV to {client}",
        within=(1, 2),
        keeps=True,
    ),
    _rang(
        (1, 3),
        "Agreed to be sent to {client} at {pay}. Nobody else may send this CV there.",
        "Talked {client} through. Says yes to being sent, at {pay} and not below.",
        promise="Hear from {client} and ring {first}",
        within=(3, 5),
    ),
)
QUIET = (
    Say((1, 3), "call", "out", ("", "Left a message about {client}."), "voicemail"),
    Say((1, 3), "call", "out", ("", ""), "no answer"),
    Say(
        (1, 4),
        "WhatsApp",
        "out",
        ("Asked for a good time to ring about {client}.", "Short line: the {client} job is still open."),
    ),
    Say(
        (1, 6),
        "WhatsApp",
        "in",
        ("Sorry, away last week. Thursday after four is fine.", "Can talk at lunch, not at the desk."),
        promise="Ring after four",
        within=(1, 3),
        at="16:15",
    ),
    _rang((1, 2), "Talked at last. Still looking, second interview elsewhere. Decides by the end of the month."),
)
INTERVIEW = (
    _rang(
        (3, 5),
        "{client} want to meet: {hour}, {panel}. {first} can make it.",
        "Interview set for {hour} at {client}, {panel}.",
        promise="Send the interview notes and the parking",
        within=(1, 2),
        at="12:00",
    ),
    Say(
        (1, 2),
        "video",
        "out",
        (
            "Twenty minutes of preparation. Questions about {skill} will come; has two good stories ready.",
            "Went through the panel, the site and what they asked the last one.",
        ),
    ),
    Say(
        (1, 3),
        "call",
        "in",
        (
            "Rang from the car park: went well, they spoke of a start date.",
            "Thinks it went fine. The test was harder than they had said.",
            "Not sure. One of the panel looked at the phone all the time.",
        ),
        "talked",
        promise="Ring {first} with the feedback",
        within=(2, 4),
    ),
    Say(
        (0, 1),
        "note",
        "internal",
        (
            "{contact} at {client} wants to see one more, then decides.",
            "Rang {contact}: they liked {first}. Feedback is being written.",
        ),
        promise="Send the feedback on {first}",
        within=(1, 3),
        by_whom="contact",
    ),
)
ENDINGS = (
    (
        _rang(
            (2, 4),
            "Offer: {pay}, start after {notice}. Wants to sleep on it.",
            "They want {first}. {pay}, hybrid, laptop of choice.",
            promise="Send the offer in writing",
            within=(1, 3),
            by_whom="contact",
        ),
        _rang(
            (1, 3),
            "Went through the contract line by line. Wants to talk it over at home.",
            "Contract is there. One question about the pension, else happy.",
            promise="Give us an answer",
            within=(1, 2),
            by_whom="candidate",
        ),
        Say(
            (1, 3),
            "e-mail",
            "in",
            ("Signed and sent back.", "Accepts. Hands in notice on Monday."),
            keeps=True,
            settled=True,
        ),
        Say((3, 6), "note", "internal", ("Contract countersigned. Rebate period runs six weeks.",)),
        _rang(
            (8, 15),
            "First week done. Likes the team, parking is a nightmare.",
            "Started. All as promised, says {first}.",
            promise="Ring after the second week",
            within=(3, 5),
        ),
    ),
    (
        _rang(
            (2, 4),
            "{client} said no: somebody internal. Told {first} the same hour; took it well.",
            "Not this time: they wanted more {skill}. Feedback passed on in full.",
            promise="Look for something nearer {city}",
            within=(5, 8),
        ),
        Say((6, 15), "SMS", "in", ("Any news?", "Still looking, by the way.")),
        _rang((1, 2), "Nothing that fits today. {first} is fine with a call every few weeks."),
    ),
    (
        Say(
            (2, 4),
            "e-mail",
            "in",
            ("Withdraws: stays put, they matched the money.", "Took another offer. Was kind."),
            settled=True,
        ),
        Say((10, 25), "call", "out", ("Rang as promised. Half regrets it. Door stays open.",), "talked"),
    ),
    (
        Say(
            (4, 7),
            "call",
            "in",
            (
                "Asks why nobody rang. Rightly cross: we had said Friday.",
                "Third time of asking for feedback.",
            ),
            "talked",
            promise="Give {first} an honest answer about {client}",
            within=(1, 2),
        ),
        Say(
            (1, 3),
            "letter",
            "out",
            ("Apology and the feedback in writing, since {first} asked for it on paper.",),
        ),
    ),
)
KEEPING_TOUCH = (
    _rang(
        (15, 30),
        "Catching up. Happy enough, would move for {pay} and a shorter drive.",
        "Half an hour on the phone, mostly about the garden. Would look at {client} if it comes up again.",
        promise="Ask {client} when the next round opens",
        within=(2, 4),
    ),
    Say((20, 35), "meeting", "out", ("Coffee near the station in {city}. Knows two people we should meet.",)),
)

# How some wish to be reached
WISHES = (
    Wishes((), time(18), None, (), "on the ward until six"),
    Wishes(("call",), note="rings back when the little one sleeps"),
    Wishes(("WhatsApp",)),
    Wishes((), None, time(20), (5, 6)),
    Wishes((), time(13), None, (), "works nights"),
)
