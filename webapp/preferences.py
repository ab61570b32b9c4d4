"""Settings: the agency's, for its owner to change, and one's own."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid5

from flask import Blueprint, Response, request, session, url_for
from flask_login import current_user

from domain.agency import AgencySettings
from domain.command import Command
from domain.recruiter import LONGEST_SIGNATURE
from domain.refusal import Refused
from webapp import forms, push
from webapp.doors import EVERYBODY, for_roles
from webapp.filled import Filled, Typed, refilled
from webapp.filters import today
from webapp.hours import holiday
from webapp.htmx import go, page_or_fragment, wants_fragment
from webapp.ledger import installation, recruiting, views
from webapp.zones import countries, regions, time_zones

pages = Blueprint("preferences", __name__)

OF_THE_AGENCY = ("agency", "zone", "country", "region", "working_days", "day_begins", "day_ends", "silent_after")
OF_ONES_OWN = ("digest", "begins", "ends", "signature")
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DIGESTS = [time(hour, minute) for hour in range(5, 22) for minute in (0, 30)]
AHEAD = 400  # days in which the next holidays are looked for
SHOWN = 3


@pages.get("/settings")
def page() -> Response:
    return _settings("mine", said=session.pop("said about settings", None))


@pages.get("/settings/regions")
def regions_of() -> Response:
    """The regions of the country just chosen."""
    country = request.args.get("country", "")
    return page_or_fragment("settings/regions.html", "region", regions=regions(country), region="")


@pages.post("/settings/agency")
@for_roles("owner")
def change_agency() -> Response:
    agency = views.team.agency()
    try:
        settings = _of_the_agency()
        recruiting.change_settings(forms.command(), agency.id, settings, forms.seen())
    except Refused as refused:
        return _settings("agencys", forms.status(refused), agencys=refilled(_typed(), refused, OF_THE_AGENCY))
    return _changed("agencys", "The agency’s settings are saved.")


@pages.post("/settings/offline-reading")
@for_roles("owner")
def choose_offline_reading() -> Response:
    allowed = "allowed" in request.form
    recruiting.choose_offline_reading(forms.command(), views.team.agency().id, allowed)
    said = "Phones keep pages for reading." if allowed else "Phones keep no pages for reading any more."
    return _changed("offline", said)


@pages.post("/settings/mine")
@for_roles(*EVERYBODY)
def change_mine() -> Response:
    try:
        command = forms.command()
        quiet = Command(uuid5(command.id, "quiet hours"), command.by)
        recruiting.choose_quiet_hours(quiet, current_user.id, forms.clock("begins"), forms.clock("ends"))
        if "signature" in request.form:
            signing = Command(uuid5(command.id, "signature"), command.by)
            recruiting.choose_signature(signing, current_user.id, forms.text("signature", LONGEST_SIGNATURE))
        recruiting.choose_digest_hour(command, current_user.id, forms.clock("digest"))
    except Refused as refused:
        return _settings("mine", forms.status(refused), mine=refilled(request.form, refused, OF_ONES_OWN))
    return _changed("mine", "Your settings are saved.")


def _of_the_agency() -> AgencySettings:
    days = request.form.getlist("working_days")
    silent_after = request.form.get("silent_after", "").strip()
    return AgencySettings(
        name=forms.line("agency"),
        zone=forms.line("zone"),
        country=_country(),
        working_days=tuple(int(day) for day in days if day in tuple("0123456")),
        day_begins=forms.clock("day_begins") or _missing("day_begins"),
        day_ends=forms.clock("day_ends") or _missing("day_ends"),
        silent_after=int(silent_after) if silent_after.isascii() and silent_after.isdigit() else 0,
    )


def _country() -> str:
    """The country, with its region where that is one of it: without JavaScript the regions are still another's."""
    country, region = forms.line("country"), forms.line("region")
    if country and country not in countries():
        raise Refused("Choose a country from the list.", "country")
    return f"{country}-{region}" if region in regions(country) else country


def _missing(field: str) -> time:
    raise Refused(forms.NO_TIME, field)


def _typed() -> Typed:
    """What the form held; the days, which are several, as digits one after the other."""
    return Typed({**request.form, "working_days": "".join(request.form.getlist("working_days"))})


def _changed(part: str, sentence: str) -> Response:
    views.catch_up()
    said = {part: sentence}
    if wants_fragment():
        return _settings(part, said=said)
    session["said about settings"] = said
    return go(url_for("preferences.page"))


def _settings(
    part: str,
    status: int = 200,
    agencys: Filled | None = None,
    mine: Filled | None = None,
    said: dict[str, str] | None = None,
) -> Response:
    """The page, or only this part of it: what is being typed into another one stays."""
    agency, me = views.team.agency(), views.team.recruiter(current_user.id)
    country, _, region = agency.country.partition("-")
    now = Typed(
        agency=agency.name,
        zone=agency.zone,
        country=country,
        region=region,
        working_days="".join(map(str, agency.working_days)),
        day_begins=f"{agency.day_begins:%H:%M}",
        day_ends=f"{agency.day_ends:%H:%M}",
        silent_after=str(agency.silent_after),
    )
    own = Typed(
        digest=_clock(me.digest_at),
        begins=_clock(me.quiet_begins),
        ends=_clock(me.quiet_ends),
        signature=me.signature or "",
    )
    agencys = agencys or Filled(now)
    return page_or_fragment(
        "settings/page.html",
        part,
        status,
        seen=request.form.get("seen", agency.changed) if agencys.errors else agency.changed,
        now=now,
        agencys=agencys,
        mine=mine or Filled(own),
        said=said or {},
        offline_reading=agency.offline_reading,
        usual_signature=f"{me.name}, {agency.name}",
        week=WEEK,
        days=", ".join(WEEK[day] for day in agency.working_days),
        zones=time_zones(),
        countries=countries(),
        regions=regions(agencys.typed["country"]),
        region=agencys.typed["region"],
        digests=sorted({*DIGESTS, *filter(None, [me.digest_at])}),
        holidays=_next_holidays(agency),
        mail=installation.settings.smtp_url is not None,
        push={**push.shown(), "refusal": "", "said": (said or {}).get("phones", "")},
    )


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _next_holidays(agency: Any) -> list[tuple[date, str]]:
    days = (today() + timedelta(days=n) for n in range(AHEAD))
    named = ((day, name) for day in days if (name := holiday(day, agency)))
    return [found for found, _ in zip(named, range(SHOWN), strict=False)]
