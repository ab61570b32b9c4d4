"""What may happen. Importing this registers every topic, so that any stored event opens."""

from domain import agency, candidate, promise, recruiter, touchpoint

STREAMS = (
    agency.Agency,
    candidate.Candidate,
    promise.Promise,
    recruiter.Recruiter,
    touchpoint.Touchpoint,
)
