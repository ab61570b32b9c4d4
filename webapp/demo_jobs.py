"""The demo's jobs: what the clients look for now, and who is how far with each, told over the last weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from domain.due import Due
from domain.fitting import JobCriteria
from domain.job import JobDetails
from domain.promise import NewPromise
from domain.submission import Agreement, Kind, Submission
from domain.verbs.submissions import Standing
from webapp.demo_story import CITIES, CLIENTS, FIELDS, JOBS, OFF_LIMITS, YES, ZONE

if TYPE_CHECKING:
    from webapp.demo_plot import Person, Story

OPEN_JOBS = 7
BEGUN = 18  # working days ago
ON_A_BOARD = 5
NEAR = 60  # km
SELLING_POINTS = (
    ("Two days a week at home", "Ten minutes from the station", "The boss has been there for twelve years"),
    ("Four people to lead", "Permanent from the first day", "A canteen"),
    ("The rota stands six weeks ahead", "No weekends", "They pay for the next certificate"),
)
# How far somebody gets: each stage and so many working days after the one before, and how it ended.
COURSES = (
    (("sent to client", 1), ("interview", 3), ("second interview", 4), ("offer", 3)),
    (("sent to client", 2), ("interview", 4)),
    (("sent to client", 1), ("client said no", 5)),
    (("sent to client", 3),),
    (("sent to client", 1), ("interview", 4), ("candidate said no", 2)),
    (),
)
# Jobs of the months before, each filled after a while.
FILLED_JOBS = 13
FILLED_EVERY = 7  # working days
FILLED_AFTER = 18
FILLED_BEGUN = 116  # working days ago
FILLED_COURSES = (
    (("sent to client", 1), ("interview", 3), ("second interview", 4), ("offer", 3), ("placed", 4)),
    (("sent to client", 2), ("interview", 4), ("client said no", 5)),
    (("sent to client", 1), ("client said no", 6)),
    (("sent to client", 3), ("interview", 5), ("candidate said no", 3)),
    (("sent to client", 2), ("interview", 4), ("second interview", 5), ("client said no", 4)),
)


@dataclass
class Hiring:
    """Tells of jobs beside the story, by chances of its own, so that the rest happens as it would without them."""

    story: Story
    random: Random = field(default_factory=lambda: Random("kept jobs"))
    clients: dict[str, UUID] = field(default_factory=dict)

    def plan(self) -> None:
        """One job after another: those of the months before, which were filled, and those of the last weeks."""
        for number in range(FILLED_JOBS):
            day = FILLED_EVERY * number - FILLED_BEGUN
            self.story._then(day, 10 * 60, partial(self._open, OPEN_JOBS + number, FILLED_COURSES))
        for number in range(OPEN_JOBS):
            self.story._then(2 * number - BEGUN, 10 * 60 + 3 * number, partial(self._open, number))

    def _open(self, number: int, courses: tuple[tuple[tuple[str, int], ...], ...] = COURSES) -> None:
        story, random = self.story, self.random
        verbs, by = story.kept.recruiting, story.team[1 + number % 3]
        title, _, pay, (low, high) = JOBS[number * 5 % len(JOBS)]
        details = JobDetails(title, random.choice(CITIES), pay.format(f"{low} to {high}"))
        client_name = CLIENTS[number % len(CLIENTS)]
        known = self.clients.get(client_name)
        job, *added = verbs.open_job(story._command(by), details, known, "" if known else client_name).streams
        client = self.clients[client_name] = known or added[0]
        if courses is FILLED_COURSES:
            fill = story._doing(verbs.fill_job, by, job)
            story._then(story._day_of_now() + FILLED_AFTER, 16 * 60, fill)
        field, *skills = FIELDS[title]
        criteria = JobCriteria((field,), tuple(skills), details.place, NEAR, details.pay, "permanent, certificate")
        verbs.choose_job_criteria(story._command(by), job, criteria)
        verbs.choose_selling_points(story._command(by), job, SELLING_POINTS[number % len(SELLING_POINTS)])
        if number == 0:
            name, why = OFF_LIMITS
            rival = verbs.add_client(story._command(by), name).streams[0]
            verbs.choose_off_limits(story._command(story.team[0]), rival, True, why)
        fitting = [person for person in story.people if person.facts["job"] == title]
        others = [person for person in story.people if person.facts["job"] != title]
        for place, person in enumerate((fitting[-ON_A_BOARD:] + others[-ON_A_BOARD:])[:ON_A_BOARD]):
            course = courses[(number + place) % len(courses)]
            if verbs.repository.get(person.id).details.works_at == OFF_LIMITS[0]:
                course = ()
            self._go(_Course(person, by, job, client, details, client_name), course, 1)

    def _go(self, who: _Course, course: tuple[tuple[str, int], ...], wait: int) -> None:
        """Onto the board, then each step of the course at its day."""
        story, day, minute = self.story, self.story._day_of_now() + wait, self.random.uniform(10 * 60, 15 * 60)
        story._then(day, minute, partial(self._shortlist, who, bool(course)))
        for step, later in course:
            day += later
            story._then(day, self.random.uniform(9 * 60 + 30, 16 * 60), partial(self._step, who, step))

    def _shortlist(self, who: _Course, agreed: bool) -> None:
        now = self.story.clock.now
        said = Agreement(now, "call", None, self.random.choice(YES).format(**who.words)) if agreed else None
        if agreed and self.random.random() < 0.2:
            said = None  # sent before anybody asked: the board says so
        self.story.kept.recruiting.shortlist(self.story._command(who.by), who.job, who.person.id, said)

    def _step(self, who: _Course, step: str) -> None:
        story, verbs = self.story, self.story.kept.recruiting
        id, tomorrow = who.submission, Due(story.calendar.day(story._day_of_now() + 1), None, ZONE)
        about = f"{who.details.title} at {who.client_name}"
        answer, call = (
            NewPromise(f"{words}: {about}", tomorrow, who.by, job=who.job)
            for words in ("Say where it stands", "Ring first, then write")
        )
        standing = Standing(((Kind.ANSWER, answer), (Kind.CALL, call)))
        if step.endswith("said no"):
            verbs.end_submission(story._command(who.by), id, step, standing=standing)
            if step == "client said no":
                self._tell(who, "call", f"{about}: they decided for somebody else. Told why, in full.")
            return
        told = self.random.random() < 0.5
        words = {"told": "call", "words": f"Told: {step}, {about}."} if told else {}
        verbs.move_submission(story._command(who.by), id, step, standing=standing, **words)
        if not told:
            self._tell(who, "e-mail", f"Wrote where it stands: {step}, {about}.")

    def _tell(self, who: _Course, how: str, words: str) -> None:
        """The next morning, as was promised."""

        def tell() -> None:
            self.story.kept.recruiting.tell_candidate(self.story._command(who.by), who.submission, how, words)

        self.story._then(self.story._day_of_now() + 1, self.random.uniform(9 * 60, 9 * 60 + 25), tell)


@dataclass(frozen=True)
class _Course:
    """Somebody on the way through one job."""

    person: Person
    by: UUID
    job: UUID
    client: UUID
    details: JobDetails
    client_name: str

    @property
    def submission(self) -> UUID:
        return Submission.of(self.person.id, self.job)

    @property
    def words(self) -> dict[str, Any]:
        return {**self.person.facts, "client": self.client_name, "job": self.details.title}
