"""How Kept is shown and asked: `create_app` puts the parts together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from webapp.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

TEMPLATES = Path(__file__).parent.parent / "templates"


def create_app(settings: Settings | None = None, **opening: Any) -> Flask:
    """The web application of the installation under `settings.home`. Raises SettingsError.

    `opening` goes to Installation.open: a clock and a password hasher of one's own.
    """
    # Imported here, so that the command line and the supervisor start without Flask and without any page.
    from flask import Flask
    from jinja2 import StrictUndefined

    from webapp import (
        answered,
        answers,
        away,
        boards,
        candidates,
        card,
        clients,
        contacts,
        demo_door,
        details,
        dialling,
        doors,
        dues,
        endings,
        fitting,
        giving,
        handover,
        health,
        help,
        imports,
        individuals,
        inviting,
        keeping,
        lists,
        mentions,
        messages,
        note,
        noticing,
        offline,
        pains,
        phone,
        pitching,
        preferences,
        process,
        promises,
        push,
        referrals,
        scorecard,
        searching,
        sensitive,
        submissions,
        team,
        templates,
        tips,
        today,
        touchpoints,
        tries,
        welcome,
        wishes,
    )
    from webapp.absent import init_absent
    from webapp.advice import init_advice
    from webapp.agencys import init_agencys
    from webapp.doors import init_doors
    from webapp.dues import init_dues
    from webapp.errors import init_errors
    from webapp.filters import init_filters
    from webapp.headers import init_headers
    from webapp.htmx import init_htmx
    from webapp.individuals import init_individuals
    from webapp.installation import Installation
    from webapp.layout import init_layout
    from webapp.naming import init_naming
    from webapp.noticed import init_noticed
    from webapp.packing import init_packing
    from webapp.promised import init_promised
    from webapp.push import init_push
    from webapp.quiet import init_quiet
    from webapp.submissions import init_submissions
    from webapp.year import init_year

    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.jinja_env.undefined = StrictUndefined
    app.extensions["kept"] = Installation.open(settings or Settings.from_environment(os.environ), **opening)

    init_htmx(app)
    init_headers(app)
    init_doors(app)
    init_errors(app)
    init_filters(app)
    init_agencys(app)
    init_promised(app)
    init_dues(app)
    init_absent(app)
    init_noticed(app)
    init_quiet(app)
    init_naming(app)
    init_advice(app)
    init_layout(app)
    init_packing(app)
    offline.init_offline(app)
    init_push(app)
    init_submissions(app)
    init_individuals(app)
    init_year(app)

    for noun in (
        doors,
        today,
        candidates,
        details,
        dialling,
        pains,
        keeping,
        lists,
        mentions,
        touchpoints,
        tries,
        sensitive,
        promises,
        dues,
        note,
        noticing,
        searching,
        team,
        health,
        answers,
        help,
        imports,
        handover,
        preferences,
        process,
        away,
        card,
        answered,
        welcome,
        phone,
        offline,
        push,
        demo_door,
        *(messages, templates, wishes, referrals, tips, giving, inviting),
        boards,
        fitting,
        pitching,
        clients,
        contacts,
        submissions,
        *(scorecard, individuals),
        endings,
    ):
        app.register_blueprint(noun.pages)
    demo_door.mount(app, opening)
    return app
