"""What a recruiter can do, all in one: the verbs of each noun stand in `domain.verbs`."""

from __future__ import annotations

from domain.verbs.imports import ImportVerbs
from domain.verbs.inviting import InvitingVerbs
from domain.verbs.jobs import JobVerbs
from domain.verbs.lists import ListVerbs
from domain.verbs.messages import MessageVerbs
from domain.verbs.people import PeopleVerbs
from domain.verbs.remembering import RememberingVerbs
from domain.verbs.reminders import ReminderVerbs
from domain.verbs.submissions import SubmissionVerbs
from domain.verbs.touchpoints import TouchpointVerbs


class Recruiting(
    PeopleVerbs,
    RememberingVerbs,
    TouchpointVerbs,
    ReminderVerbs,
    ImportVerbs,
    JobVerbs,
    SubmissionVerbs,
    MessageVerbs,
    ListVerbs,
    InvitingVerbs,
):
    """The agency's ledger: verbs in, facts out. Each verb takes a Command and returns what it Recorded."""
