"""What a recruiter can do, all in one: the verbs of each noun stand in `domain.verbs`."""

from __future__ import annotations

from domain.verbs.imports import ImportVerbs
from domain.verbs.jobs import JobVerbs
from domain.verbs.messages import MessageVerbs
from domain.verbs.people import PeopleVerbs
from domain.verbs.reminders import ReminderVerbs
from domain.verbs.submissions import SubmissionVerbs
from domain.verbs.touchpoints import TouchpointVerbs


class Recruiting(PeopleVerbs, TouchpointVerbs, ReminderVerbs, ImportVerbs, JobVerbs, SubmissionVerbs, MessageVerbs):
    """The agency's ledger: verbs in, facts out. Each verb takes a Command and returns what it Recorded."""
