"""What may happen. Importing this registers every topic, so that any stored event opens."""

from domain import (
    agency,
    candidate,
    client,
    contact,
    importing,
    job,
    promise,
    recruiter,
    saved_list,
    submission,
    template,
    tip,
    touchpoint,
)

STREAMS = (
    agency.Agency,
    candidate.Candidate,
    client.Client,
    contact.Contact,
    importing.Import,
    job.Job,
    promise.Promise,
    recruiter.Recruiter,
    saved_list.SavedList,
    submission.Submission,
    touchpoint.Touchpoint,
    template.MessageTemplate,
    tip.SharedTip,
)
