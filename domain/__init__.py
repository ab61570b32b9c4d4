"""What may happen. Importing this registers every topic, so that any stored event opens."""

from domain import agency, candidate, contact, importing, promise, recruiter, saved_list, touchpoint

STREAMS = (
    agency.Agency,
    candidate.Candidate,
    contact.Contact,
    importing.Import,
    promise.Promise,
    recruiter.Recruiter,
    saved_list.SavedList,
    touchpoint.Touchpoint,
)
