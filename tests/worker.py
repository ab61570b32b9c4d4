"""A queue as `wsgi.huey` has it, with leases short enough for tests that kill the worker again and again."""

from __future__ import annotations

import os
import time
from typing import Any

from webapp import jobs, reminders
from webapp.installation import Installation
from webapp.settings import Settings

reminders.LEASE = jobs.LEASE = 1.5


@jobs.handles("count slowly")
def count_slowly(kept: Installation, job: Any) -> None:
    """Write one number after the other into a file, from where a worker before this one ended."""
    to = job.detail["to"]
    for number in range(job.done, to):
        with (kept.settings.home / "counted.txt").open("a") as counted:
            counted.write(f"{number}\n")
        time.sleep(0.05)
        kept.work.progress(job.id, number + 1, to)


huey = reminders.huey_for(Installation.open(Settings.from_environment(os.environ)))
