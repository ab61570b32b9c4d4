"""A job: what a client looks for somebody for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from eventsourcing.domain import event

from domain.fitting import JobCriteria
from domain.refusal import Refused
from domain.stream import Beginning, Fact, Stream
from domain.words import line

MOST_POINTS = 20


class JobState(StrEnum):
    OPEN = "open"
    FILLED = "filled"
    CLOSED = "closed"


@dataclass(frozen=True)
class JobDetails:
    """What a job is: its title, where it is and what it pays, in the client's words."""

    title: str
    place: str = ""
    pay: str = ""

    def checked(self) -> JobDetails:
        """These details as they are recorded. Raises Refused beside the field."""
        title = line(self.title, "title", "Say what the job is called.")
        return JobDetails(title, line(self.place, "place"), line(self.pay, "pay"))


class Job(Stream):
    """Open until it is filled or closed; a wrong tap opens it again. It holds nobody's private words."""

    TOPIC = "job"

    class JobOpened(Beginning):
        TOPIC = "job.opened"
        clear = ("client", "title", "place", "pay")
        client: UUID
        title: str
        place: str
        pay: str

    class JobChanged(Fact):
        TOPIC = "job.changed"
        clear = ("title", "place", "pay")
        title: str
        place: str
        pay: str

    class JobCriteriaChosen(Fact):
        """By what people are found for it."""

        TOPIC = "job.criteria-chosen"
        clear = ("must", "nice", "place", "km", "pay", "interest", "interested_only", "permits")
        must: list[str]
        nice: list[str]
        place: str
        km: int | None
        pay: str
        interest: str
        interested_only: bool
        permits: list[str]

    class SellingPointsChosen(Fact):
        """What speaks for it, one thing a line."""

        TOPIC = "job.selling-points-chosen"
        clear = ("points",)
        points: list[str]

    class JobFilled(Fact):
        TOPIC = "job.filled"

    class JobClosed(Fact):
        TOPIC = "job.closed"
        clear = ("why",)
        why: str

    class JobReopened(Fact):
        TOPIC = "job.reopened"

    @classmethod
    def open(cls, id: UUID, by: UUID, client: UUID, details: JobDetails) -> Job:
        return cls._create(cls.JobOpened, id=id, by=by, person=None, client=client, **asdict(details.checked()))

    @event(JobOpened)
    def __init__(self, client: UUID, title: str, place: str, pay: str):
        self.client = client
        self.details = JobDetails(title, place, pay)
        self.state = JobState.OPEN
        self.criteria = JobCriteria()
        self.points: list[str] = []

    def still_open(self) -> None:
        """Refuse to put anybody forward for a job that is gone."""
        if self.state is not JobState.OPEN:
            raise Refused(f"This job is {self.state}. Open it again first.", "job")

    def change(self, by: UUID, details: JobDetails) -> None:
        """What is the same is not recorded again."""
        details = details.checked()
        if details != self.details:
            self._changed(by=by, **asdict(details))

    def choose_criteria(self, by: UUID, criteria: JobCriteria) -> None:
        """By what people are found for it. What is the same is not recorded again."""
        criteria = criteria.checked()
        if criteria != self.criteria:
            lists = {name: list(getattr(criteria, name)) for name in ("must", "nice", "permits")}
            self._criteria_chosen(by=by, **{**asdict(criteria), **lists})

    def choose_selling_points(self, by: UUID, points: Iterable[str]) -> None:
        """What speaks for it, in order. What is the same is not recorded again."""
        chosen = list(dict.fromkeys(point for each in points if (point := line(each, "points"))))
        if len(chosen) > MOST_POINTS:
            raise Refused(f"At most {MOST_POINTS} selling points fit here.", "points")
        if chosen != self.points:
            self._points_chosen(by=by, points=chosen)

    def fill(self, by: UUID) -> None:
        self.still_open()
        self._filled(by=by)

    def close(self, by: UUID, why: str) -> None:
        self.still_open()
        self._closed(by=by, why=line(why, "why"))

    def reopen(self, by: UUID) -> None:
        if self.state is JobState.OPEN:
            raise Refused("This job is open.")
        self._reopened(by=by)

    @event(JobChanged)
    def _changed(self, by: UUID, title: str, place: str, pay: str) -> None:
        self.details = JobDetails(title, place, pay)

    @event(JobCriteriaChosen)
    def _criteria_chosen(
        self,
        by: UUID,
        must: list[str],
        nice: list[str],
        place: str,
        km: int | None,
        pay: str,
        interest: str,
        interested_only: bool,
        permits: list[str],
    ) -> None:
        self.criteria = JobCriteria(tuple(must), tuple(nice), place, km, pay, interest, interested_only, tuple(permits))

    @event(SellingPointsChosen)
    def _points_chosen(self, by: UUID, points: list[str]) -> None:
        self.points = points

    @event(JobFilled)
    def _filled(self, by: UUID) -> None:
        self.state = JobState.FILLED

    @event(JobClosed)
    def _closed(self, by: UUID, why: str) -> None:
        self.state = JobState.CLOSED

    @event(JobReopened)
    def _reopened(self, by: UUID) -> None:
        self.state = JobState.OPEN
