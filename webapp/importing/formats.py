"""Which column is what: the exports that Kept knows by their headers, and what columns are usually called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from projections.folding import fold


class Target(StrEnum):
    """What a column can become."""

    LEAVE = ""
    NAME = "name"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"
    EMAIL = "email"
    PHONE = "phone"
    HEADLINE = "headline"
    WORKS_AT = "works_at"
    PLACE = "place"
    SOURCE = "source"
    REFERENCE = "reference"
    LINK = "link"
    TAGS = "tags"
    OWNER = "owner"
    NOTE = "note"
    LINE = "line"
    WHEN = "when"
    CHANNEL = "channel"
    DIRECTION = "direction"
    AUTHOR = "author"


LABELS = {
    Target.LEAVE: "Leave out",
    Target.NAME: "Name",
    Target.FIRST: "First name",
    Target.MIDDLE: "Middle name",
    Target.LAST: "Last name",
    Target.EMAIL: "E-mail",
    Target.PHONE: "Phone",
    Target.HEADLINE: "Headline",
    Target.WORKS_AT: "Works at",
    Target.PLACE: "Place",
    Target.SOURCE: "Source",
    Target.REFERENCE: "Id in another system",
    Target.LINK: "Link",
    Target.TAGS: "Tags",
    Target.OWNER: "Looked after by",
    Target.NOTE: "Note",
    Target.LINE: "A line in the note",
    Target.WHEN: "Note: when",
    Target.CHANNEL: "Note: channel",
    Target.DIRECTION: "Note: direction",
    Target.AUTHOR: "Note: written by",
}

OFTEN = {
    Target.NAME: "name|full name|fullname|candidate|candidate name|contact|contact name|display name|person"
    "|vollstandiger name|nom complet|nombre completo|imie i nazwisko|naam|navn|nome completo|kandidat",
    Target.FIRST: "first name|firstname|given name|forename|vorname|prenom|nombre|imie|nome|voornaam|fornavn|first",
    Target.MIDDLE: "middle name|additional name|second name|middlename",
    Target.LAST: "last name|lastname|surname|family name|nachname|familienname|nom|nom de famille|apellido|apellidos"
    "|nazwisko|cognome|achternaam|etternavn|last",
    Target.EMAIL: "mail|courriel|correo|correo electronico|adres e mail|poczta|mail adresse|emailadresse|e post",
    Target.PHONE: "phone|telephone|tel|mobile|cell|phonehome|phonecell|phonework|telefon|handy|mobil|mobiltelefon"
    "|portable|telefono|movil|telefon komorkowy|telefoon|contact number|telefonnummer|mobilnummer|numer telefonu",
    Target.HEADLINE: "headline|position|title|job title|jobtitle|occupation|organization title|current position|beruf"
    "|poste|puesto|stanowisko|functie|profession|cargo",
    Target.WORKS_AT: "works at|company|company name|companyname|organization|organisation|organization name"
    "|current employer|employer|account name|current company|firma|arbeitgeber|entreprise|societe|empresa|pracodawca"
    "|bedrijf|azienda|werkgever|employeur",
    Target.PLACE: "place|city|town|location|ort|stadt|wohnort|ville|ciudad|miasto|plaats|citta|address city|lieu"
    "|miejscowosc",
    Target.SOURCE: "source|sources|quelle|fuente|zrodlo|bron|origine",
    Target.REFERENCE: "id in another system|id|candidate id|candidateid|external id|externalid|reference",
    Target.LINK: "link|url|linkedin|linkedin url|linkedin profile|profile url|web site|website|web page|homepage",
    Target.TAGS: "tags|labels|group membership|key skills|keyskills|skills|skillset|categories|schlagworte|kategorien"
    "|etiquettes|etiquetas|kompetenzen",
    Target.OWNER: "looked after by|owner|owner name|recruiter|consultant|account manager|betreuer|zustandig",
    Target.NOTE: "note|notes|comment|comments|misc notes|remarks|description|bemerkung|bemerkungen|notiz|notizen"
    "|kommentar|kommentare|commentaire|commentaires|remarques|nota|notas|observaciones|uwagi|notatki|opmerkingen|text",
    Target.WHEN: "note when|note created at|date|note date|created at|when|happened at|activity date|date added|datum"
    "|fecha|data|sent at",
    Target.CHANNEL: "note channel|type|channel|action|activity type|kanal|art|communication method",
    Target.DIRECTION: "note direction|direction|richtung",
    Target.AUTHOR: "note written by|author|created by|noted by|written by|autor|auteur|verfasser|commentingperson name",
    Target.LINE: "birthday|date of birth|dateofbirth|geburtstag|geburtsdatum|anniversary|nickname|salary|notice period"
    "|date naissance|fecha de nacimiento|data urodzenia",
}
USUALLY = {name: target for target, names in OFTEN.items() for name in names.split("|")}
KIND = "home|work|cell|mobile|other|business|private|privat|geschaftlich"
NUMBERED_MAIL = re.compile(rf"(.* )?(e ?mail)( ?\d+)?( ({KIND}|address|adresse|value|adres))?")
NUMBERED_PHONE = re.compile(rf"(({KIND}) ?)?(phone|telephone|tel|mobile|telefon)( ?\d+)?( ({KIND}|number|value))?")
NUMBERED = re.compile(r" \d+( value)?$")
ABOUT_PHONES = re.compile(r"(e ?mail|email|phone|address|website|event|custom field) (\d+ )?(label|type)")
WHY_HEADER = "Why Kept could not read it"


@dataclass(frozen=True)
class Format:
    """A file as some program writes it. `needs`: folded headers by which it is known."""

    key: str
    label: str
    needs: tuple[frozenset[str], ...] = ()
    columns: dict[str, Target] = field(default_factory=dict)
    others: Target | None = None
    prefix: str = ""
    source: str = ""


def _needs(*ways: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(way.split("|")) for way in ways)


CSV = Format("csv", "CSV")
NOTES = Format("notes", "Notes on people")
VCARD = Format("vcard", "vCard")
CHAT = Format("chat", "WhatsApp chat", source="WhatsApp")
PEOPLE = Format("people", "One person a line")
NOTE = Format("note", "One note")

LINKEDIN = Format(
    "linkedin",
    "LinkedIn Connections",
    _needs("first name|last name|connected on"),
    {
        "first name": Target.FIRST,
        "last name": Target.LAST,
        "url": Target.LINK,
        "email address": Target.EMAIL,
        "company": Target.WORKS_AT,
        "position": Target.HEADLINE,
        "connected on": Target.WHEN,
    },
    source="LinkedIn",
)
GOOGLE = Format(
    "google",
    "Google Contacts",
    _needs("first name|last name|organization name|labels", "first name|last name|file as"),
    {
        "nickname": Target.LINE,
        "name prefix": Target.LINE,
        "name suffix": Target.LINE,
        "organization name": Target.WORKS_AT,
        "organization title": Target.HEADLINE,
        "organization department": Target.LINE,
        "birthday": Target.LINE,
        "notes": Target.NOTE,
        "labels": Target.TAGS,
        "photo": Target.LEAVE,
        "file as": Target.LEAVE,
    },
)
GOOGLE_OLD = Format(
    "google-old",
    "Google Contacts (old)",
    _needs("given name|family name|group membership", "given name|family name|yomi name"),
    {
        "name": Target.LEAVE,
        "nickname": Target.LINE,
        "name prefix": Target.LINE,
        "name suffix": Target.LINE,
        "maiden name": Target.LINE,
        "location": Target.PLACE,
        "occupation": Target.LINE,
        "birthday": Target.LINE,
        "notes": Target.NOTE,
        "group membership": Target.TAGS,
        "organization 1 name": Target.WORKS_AT,
        "organization 1 title": Target.HEADLINE,
        "photo": Target.LEAVE,
        "subject": Target.LEAVE,
        "language": Target.LEAVE,
    },
)
OPENCATS = Format(
    "opencats",
    "OpenCATS candidates",
    _needs("first name|last name|key skills|current employer", "first name|last name|misc notes|cell phone"),
    {
        "address": Target.LINE,
        "city": Target.PLACE,
        "state": Target.LINE,
        "zip": Target.LINE,
        "misc notes": Target.NOTE,
        "key skills": Target.TAGS,
        "recent status": Target.LINE,
        "recent status extended": Target.LINE,
        "available": Target.LINE,
        "current pay": Target.LINE,
        "desired pay": Target.LINE,
        "can relocate": Target.LINE,
        "owner": Target.OWNER,
        "created": Target.LEAVE,
        "modified": Target.LEAVE,
    },
    others=Target.LINE,
)
OPENCATS_SHORT = Format(
    "opencats-short", "OpenCATS candidates", _needs("candidateid|lastname|firstname"), prefix="OpenCATS "
)

KNOWN = (LINKEDIN, GOOGLE_OLD, GOOGLE, OPENCATS, OPENCATS_SHORT)
FORMATS = {each.key: each for each in (*KNOWN, CSV, NOTES, VCARD, CHAT, PEOPLE, NOTE)}

OWN = ("Name", "E-mail", "Phone", "Headline", "Works at", "Place", "Link", "Tags", "Birthday", "Note")
"""The columns into which cards and pasted lines are laid out, and as which those that were refused come back."""
OWN_CHAT = ("Name", "Phone", "Note", "Note: when", "Note: channel", "Note: direction", "Note: written by")


def recognised(headers: Sequence[str]) -> Format | None:
    """The program that wrote these headers, if Kept knows it."""
    names = set(map(fold, headers))
    return next((each for each in KNOWN if any(way <= names for way in each.needs)), None)


def familiar(headers: Sequence[str]) -> int:
    """How many of these cells are what a column is often called."""
    return sum(_usual(fold(header)) != Target.LEAVE for header in headers)


def targets(headers: Sequence[str], format: Format) -> list[Target]:
    """What each of these columns becomes, until somebody says otherwise."""
    guessed = [_target(fold(header), format) for header in headers]
    if Target.NOTE not in guessed:
        only_linkedin = format is LINKEDIN
        about_notes = {Target.WHEN, Target.CHANNEL, Target.DIRECTION, Target.AUTHOR}
        guessed = [Target.LEAVE if one in about_notes and not only_linkedin else one for one in guessed]
    if Target.NAME not in guessed and (Target.FIRST in guessed) != (Target.LAST in guessed):
        alone = Target.FIRST if Target.FIRST in guessed else Target.LAST
        guessed = [Target.NAME if one is alone else one for one in guessed]
    if Target.NAME in guessed and Target.FIRST in guessed and Target.LAST in guessed:
        guessed = [Target.LEAVE if one is Target.NAME else one for one in guessed]
    return [_first_only(guessed, place) for place in range(len(guessed))]


def columns_named(headers: Sequence[str]) -> list[str]:
    """What each column is called, folded; one that is called like another before it is counted."""
    names = [fold(header) for header in headers]
    return [f"{name} {names[: place + 1].count(name)}" for place, name in enumerate(names)]


def signature(headers: Sequence[str]) -> str:
    """By what a set of columns is known again, whatever their order, and whether or not it came back refused."""
    names = sorted(columns_named([header for header in headers if header != WHY_HEADER]))
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()


SEVERAL = {Target.LEAVE, Target.EMAIL, Target.PHONE, Target.TAGS, Target.NOTE, Target.LINE, Target.LINK, Target.PLACE}


def _first_only(guessed: list[Target], place: int) -> Target:
    """Two columns never compete for one thing: the second is left out."""
    one = guessed[place]
    return one if one in SEVERAL or one not in guessed[:place] else Target.LEAVE


def _target(name: str, format: Format) -> Target:
    if name == fold(WHY_HEADER) or not name:
        return Target.LEAVE
    if name in format.columns:
        return format.columns[name]
    usual = _usual(name)
    if usual == Target.LEAVE and format.others is not None:
        return format.others
    return usual


def _usual(name: str) -> Target:
    if ABOUT_PHONES.fullmatch(name):
        return Target.LEAVE
    if name in USUALLY:
        return USUALLY[name]
    if NUMBERED_MAIL.fullmatch(name):
        return Target.EMAIL
    if NUMBERED_PHONE.fullmatch(name):
        return Target.PHONE
    if re.fullmatch(r"address \d+ city", name):
        return Target.PLACE
    if re.fullmatch(r"website \d+ value", name):
        return Target.LINK
    if re.fullmatch(r"(event|custom field|relation|address) \d+ (value|formatted)", name):
        return Target.LINE
    return USUALLY.get(NUMBERED.sub("", name), Target.LEAVE)
