"""Is everything well? /healthz for machines, /health for people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from projections.reminders import PUSH
from webapp.doors import for_roles, public
from webapp.filters import now
from webapp.htmx import page_or_fragment
from webapp.ledger import installation, recruiting, vault, views
from webapp.nightly import backup_trouble, last_backup
from webapp.pushing import is_set_up
from webapp.reminders import LAST_DIGEST, LAST_LOOK
from webapp.sending import LAST_PUSH, MAIL_TROUBLE
from webapp.work import ENDED

pages = Blueprint("health", __name__)

SILENT = timedelta(minutes=5)
JOBS = {
    "import": "Import",
    "import look": "Preview of a file",
    "import undo": "Undo of an import",
    "demo": "Demo",
    "endings": "Mails about endings",
}


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
    phones, looked = vault.subscriptions(), _instant(LAST_LOOK)
    told = {row.recruiter for row in phones}
    failed = [row for row in views.promises.reminders_failed(50) if row.channel != PUSH or row.keeper in told]
    return page_or_fragment(
        "health/health.html",
        "health",
        projections=views.health(),
        failed=failed,
        names=views.directory.names({row.candidate for row in failed}),
        looked=looked,
        silent=looked is None or now() - looked > SILENT,
        last_backup=last_backup(installation),
        backup_trouble=backup_trouble(installation),
        mail=installation.settings.smtp_url is not None,
        mail_trouble=installation.work.get(MAIL_TROUBLE),
        last_digest=_instant(LAST_DIGEST),
        push=is_set_up(),
        last_push=_instant(LAST_PUSH),
        phones=phones,
        jobs=[job for job in installation.work.jobs(limit=20) if job.kind in JOBS or job.state not in ENDED],
        job_names=JOBS,
    )


def _instant(mark: str) -> datetime | None:
    written: Any = installation.work.get(mark)
    return datetime.fromisoformat(written) if written else None
