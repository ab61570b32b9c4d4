"""A queue as `wsgi.huey` has it, with a lease short enough for tests that kill the worker again and again."""

from __future__ import annotations

import os

from webapp import reminders
from webapp.installation import Installation
from webapp.settings import Settings

reminders.LEASE = 1.5
huey = reminders.huey_for(Installation.open(Settings.from_environment(os.environ)))
