"""What views ask and say: `from webapp.ledger import recruiting, views`. Each is the current app's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app
from werkzeug.local import LocalProxy

if TYPE_CHECKING:
    from domain.recruiting import Recruiting
    from projections import Views
    from webapp.installation import Installation
    from webapp.vault import Vault

installation = cast("Installation", LocalProxy(lambda: current_app.extensions["kept"]))
recruiting = cast("Recruiting", LocalProxy(lambda: current_app.extensions["kept"].recruiting))
views = cast("Views", LocalProxy(lambda: current_app.extensions["kept"].views))
vault = cast("Vault", LocalProxy(lambda: current_app.extensions["kept"].vault))
