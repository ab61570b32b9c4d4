"""Is everything well? /healthz for machines, /health for people."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, current_app, jsonify

from webapp.doors import for_roles, public
from webapp.htmx import page_or_fragment
from webapp.ledger import installation, recruiting, views
from webapp.reminders import BACKUP_TROUBLE, LAST_BACKUP

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@public
def alive() -> tuple[Response, int]:
    """Whether Kept is alive and its event store answers, and how many events each view is behind."""
    try:
        recruiting.log.end()
        lag = [{"name": view.name, "behind": view.behind, "stuck": view.stuck} for view in views.health()]
    except Exception as error:  # whatever is broken, whoever watches must get an answer
        current_app.logger.error("The event store cannot be reached.", exc_info=error)
        return jsonify(alive=True, store=False), 503
    return jsonify(alive=True, store=True, projections=lag), 200


@pages.get("/health")
@for_roles("owner", "recruiter")
def page() -> Response:
    failed = views.promises.reminders_failed(50)
    last_backup = installation.work.get(LAST_BACKUP)
    return page_or_fragment(
        "health/health.html",
        "health",
        projections=views.health(),
        failed=failed,
        names=views.directory.names({row.candidate for row in failed}),
        last_backup=datetime.fromisoformat(last_backup) if last_backup else None,
        backup_trouble=installation.work.get(BACKUP_TROUBLE),
        mail=installation.settings.smtp_url is not None,
    )
