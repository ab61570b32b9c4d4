"""A person is forgotten, or one note is: nothing of their words is left anywhere, every fact and count is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, time
from hashlib import md5
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection

from domain.candidate import Candidate, Details
from domain.due import Due
from domain.job import JobDetails
from domain.log import Entry
from domain.promise import NewPromise, Party
from domain.recruiting import Recruiting
from domain.refusal import Forgotten
from domain.remembered import ImportantDate, PainPoint
from domain.store.ledger import Ledger
from domain.submission import Agreement
from domain.touchpoint import Touchpoint
from domain.wishes import Unwelcome, Wishes
from projections import Views
from projections.directory import WORDS
from projections.timeline import Timeline
from projections.views import KINDS
from tests.agency import MONDAY, ZONE, Clock, command
from webapp.vault import Vault

FRIDAY, NEXT_WEEK = Due(date(2026, 11, 27), None, ZONE), Due(date(2026, 12, 4), None, ZONE)
ADA = {
    "first": "xanthippe",
    "last": "quillfeather",
    "mail": "zyrtwick",
    "phone": "79460911",
    "headline": "dromedary",
    "place": "wolverhampton",
    "note": "marzipan",
    "correction": "octothorpe",
    "why corrected": "brontosaurus",
    "promise": "pneumatic",
    "why moved": "kaleidoscope",
    "why released": "sassafras",
    "second note": "ventriloquist",
    "second promise": "tintinnabulum",
    "why retracted": "chrysanthemum",
    "employer": "bartholomew",
    "source": "quadrangle",
    "id elsewhere": "zeppelin",
    "page elsewhere": "rhododendron",
    "second mail": "gobbledygook",
    "second phone": "79461733",
    "first tag": "cantankerous",
    "tag taken off": "flibbertigibbet",
    "name before": "wigglesworth",
    "promise corrected": "hippopotamus",
    "why corrected again": "ombudsman",
    "sensitive": "persnickety",
    "why overtaken": "perpendicular",
    "due phrase": "michaelmas",
    "new due phrase": "candlemas",
    "pain": "claustrophobia",
    "pain quote": "nightmarish",
    "why resolved": "deliverance",
    "want": "sabbatical",
    "day": "quinquagesima",
    "wish": "somnambulist",
    "how they agreed": "acquiescence",
}
BOB = {what: word[::-1] for what, word in ADA.items()}
LINE = "position kind subject what by happened_at channel outcome corrected retracted_at promise_id due_on".split()
PROMISE = "id state due_on keeper moved changed fell_due".split()


@dataclass
class Story:
    """Somebody about whom things were said, each in a word of its own, and what was there before it was forgotten."""

    words: dict[str, str]
    person: UUID
    call: UUID
    promise: UUID
    key: bytes
    submission: UUID
    before: dict[str, Any] = field(default_factory=dict)


@dataclass
class Stores:
    """The stores of one home, and Dana, who does everything."""

    home: Path
    vault: Vault
    log: Ledger
    verbs: Recruiting
    views: Views
    dana: UUID
    people: list[UUID] = field(default_factory=list)

    def tell(self, words: dict[str, str]) -> Story:
        """A story in these words."""
        verbs, by = self.verbs, self.dana
        now = Details(
            f"{words['first']} {words['last']}".title(),
            (f"{words['mail']}@example.com", f"{words['second mail']}@example.com"),
            (f"+44 20 {words['phone']}", f"+44 20 {words['second phone']}"),
            words["headline"],
            words["place"],
            words["employer"],
            words["source"],
            words["id elsewhere"],
            f"https://example.com/{words['page elsewhere']}",
        )
        before, tags = replace(now, name=words["name before"].title()), (words["first tag"], words["tag taken off"])
        person = verbs.add_candidate(command(by), details=before, tags=tags).streams[0]
        self.people.append(person)
        verbs.change_details(command(by), person, now)
        verbs.untag_candidate(command(by), person, [words["tag taken off"]])
        wishes = Wishes(("call",), time(18), None, (6,), f"is a {words['wish']}")
        verbs.note_wishes(command(by), person, wishes, Unwelcome.MAILS)

        def call(said_so: str, promise: str) -> tuple[UUID, ...]:
            phrase = f"at {words['due phrase']}"
            promised = NewPromise(f"About {promise}.", FRIDAY, by, due_phrase=phrase, quote=said_so)
            said = f"About {said_so}!"
            return verbs.record_touchpoint(command(by), person, "call", "out", "talked", MONDAY, said, promised).streams

        touchpoint, promise = call(words["note"], words["promise"])
        pain = command(by)
        verbs.note_pain(pain, person, PainPoint("pain", words["pain"], MONDAY.date(), words["pain quote"]))
        verbs.note_pain(command(by), person, PainPoint("want", words["want"], MONDAY.date()))
        verbs.resolve_pain(command(by), person, pain.stream(0), words["why resolved"])
        verbs.note_date(command(by), person, ImportantDate("anniversary", 5, 3, 2019, words["day"]))
        verbs.mark_sensitive(command(by), touchpoint, [words["note"]])
        self.views.catch_up()
        corrected = f"{words['correction']} {words['sensitive']}"
        verbs.correct_touchpoint(
            command(by), touchpoint, corrected, words["why corrected"], sensitive=[words["sensitive"]]
        )
        verbs.renegotiate_promise(
            command(by), promise, NEXT_WEEK, words["why moved"], due_phrase=f"at {words['new due phrase']}"
        )
        verbs.fall_due(promise, NEXT_WEEK)
        corrected = f"About {words['promise corrected']}."
        verbs.correct_promise(command(by), promise, corrected, words["why corrected again"])
        verbs.overtake_promise(command(by), promise, "other", words["why overtaken"])
        verbs.undo_promise(command(by), promise)
        verbs.release_promise(command(by), promise, words["why released"])
        verbs.retract_touchpoint(
            command(by), call(words["second note"], words["second promise"])[0], words["why retracted"]
        )
        agreed = Agreement(MONDAY, "call", None, f"About {words['how they agreed']}.")
        job = verbs.open_job(command(by), JobDetails("Porter"), new_client="Acme").streams[0]
        submission = verbs.shortlist(command(by), job, person, agreed).streams[0]
        return Story(words, person, touchpoint, promise, self.vault.key(person) or b"", submission)

    def facts(self, story: Story) -> dict[str, Any]:
        """What is counted and known about them beside all words."""
        return {
            "tally": self.views.promises.tally(),
            "promises": [[getattr(row, name) for name in PROMISE] for row in self.views.promises.of(story.person)],
            "lines": [[getattr(row, name) for name in LINE] for row in self.views.timeline.of(story.person, limit=99)],
            "log": [(entry.position, entry.leaf, entry.fact.originator_id) for entry in self.verbs.log.entries(1, 999)],
        }

    def said(self, story: Story) -> list[Any]:
        """Every word about them that can be looked up."""
        return [
            self.views.directory.candidate(story.person),
            self.views.timeline.of(story.person, limit=99),
            self.views.timeline.wordings(story.call),
            self.views.promises.of(story.person),
            self.views.promises.history(story.promise),
            self.views.directory.versions(story.person),
            [row.agreed_words for row in self.views.submissions.of(story.person) if row.agreed_words],
            [step.words for step in self.views.submissions.steps(story.submission) if step.words],
            [row for row in self.views.relationships.page() if row.candidate == story.person],
            self.views.relationships.page(tag=story.words["first tag"]),
            self.views.relationships.tags(story.words["first tag"]),
            self.views.directory.known_by([f"{story.words['second mail']}@example.com"]),
            self.views.wishes.of(story.person).note,  # type: ignore[union-attr]
            self.views.timeline.said(story.person, f"About {story.words['second note']}!"),
            self.views.relationships.dates_of(story.person),
            [*self.views.pains.of(story.person), *self.views.pains.resolved(story.person)],
            *[self.views.search.people(word) for word in story.words.values()],
            *[self.views.search.words(word) for word in story.words.values()],
            *[self.views.search.words(word, reader=self.dana) for word in story.words.values()],
        ]

    def tidy(self) -> None:
        """As the application does when it forgets: catch up, then leave no deleted byte behind."""
        self.views.catch_up()
        for store in (self.verbs.log, self.views, self.vault):
            store.tidy()

    def traces(self, *what: bytes | str) -> set[tuple[str, str]]:
        """Which of these stand in which file, in capitals or not."""
        files = {file.name: file.read_bytes().lower() for file in self.home.rglob("*") if file.is_file()}
        sought = {str(item): item if isinstance(item, bytes) else item.encode() for item in what}
        return {(file, item) for file, held in files.items() for item in sought if sought[item].lower() in held}


@contextmanager
def stores(home: Path) -> Iterator[Stores]:
    clock = Clock()
    with (
        closing(Vault(home / "vault.db", clock)) as vault,
        closing(Ledger(home, vault, clock)) as log,
        closing(Views(home, log)) as views,
    ):
        verbs = Recruiting(log)
        dana = verbs.found_agency(command(None), "Harbour", ZONE, "Dana", "dana@harbour.example").streams[1]
        yield Stores(home, vault, log, verbs, views, dana)


Forgot = tuple[Stores, Story, Story]


@pytest.fixture(scope="module", params=["live", "made anew"])
def erased(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forgot]:
    """Ada was erased, Bob was not; looked up as it stands, and after everything was rebuilt."""
    with stores(tmp_path_factory.mktemp("erased")) as here:
        yield _forget(
            here, request.param, lambda ada: here.verbs.erase_candidate(command(here.dana), ada.person, "asked")
        )


@pytest.fixture(scope="module", params=["live", "made anew"])
def redacted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forgot]:
    """The words of Ada's first call were removed."""
    with stores(tmp_path_factory.mktemp("redacted")) as here:
        yield _forget(
            here, request.param, lambda ada: here.verbs.redact_touchpoint(command(here.dana), ada.call, "asked")
        )


def _forget(here: Stores, how: str, forget: Callable[[Story], object]) -> Forgot:
    ada, bob = here.tell(ADA), here.tell(BOB)
    here.views.catch_up()
    assert {word for _, word in here.traces(*ADA.values(), *BOB.values())} == {*ADA.values(), *BOB.values()}
    for story in (ada, bob):
        wraps = [row.wrap for row in here.log.recorder.select_events(story.call)]
        story.before = {**here.facts(story), "said": here.said(story), "wraps": wraps}
    forget(ada)
    here.tidy()
    if how == "made anew":
        here.views.rebuild()
        here.tidy()
    return here, ada, bob


def endings(words: dict[str, str]) -> list[str]:
    """The words, and what is left of them where an index keeps only what differs from the word before.

    The last few digits of a number alone are looked for nowhere: they stand in some instant or other by chance.
    """
    ends = [word[3:] for word in words.values() if len(word) > 7]
    return [*words.values(), *(end for end in ends if len(end) > 7 or not end.isdecimal())]


# A person


def test_no_word_of_an_erased_person_stands_in_any_file(erased: Forgot) -> None:
    here, ada, _ = erased

    assert here.traces(*endings(ada.words)) == set()


def test_the_key_of_an_erased_person_stands_in_no_file(erased: Forgot) -> None:
    here, ada, bob = erased

    assert here.traces(ada.key[:16], ada.key[16:]) == set()
    assert {file for file, _ in here.traces(bob.key)} == {"vault.db"}


def test_every_word_about_an_erased_person_is_none(erased: Forgot) -> None:
    here, ada, _ = erased

    person, lines, wordings, promises, history, versions, *found = here.said(ada)

    assert {getattr(row, name) for row in (person, *versions) for name in WORDS} == {None}
    assert {word for row in (*lines, *wordings, *promises, *history) for word in (row.words, row.why)} == {None}
    assert {row.sensitive for row in (*lines, *wordings)} == {None}
    assert not any(found)


def test_the_directory_says_when_somebody_was_erased(erased: Forgot) -> None:
    here, ada, bob = erased

    assert here.views.directory.candidate(ada.person).erased_at == MONDAY
    assert here.views.directory.names([ada.person, bob.person]) == {
        ada.person: None,
        bob.person: "Eppihtnax Rehtaeflliuq",
    }
    assert [row.id for row in here.views.directory.page()] == [bob.person]
    assert here.views.directory.count() == 1


@pytest.mark.parametrize("what", ["tally", "promises", "lines"])
def test_counts_and_states_of_an_erased_person_are_as_before(erased: Forgot, what: str) -> None:
    here, ada, _ = erased

    assert here.facts(ada)[what] == ada.before[what]


def test_facts_and_leaves_of_an_erased_person_stay_and_one_is_added(erased: Forgot) -> None:
    here, ada, _ = erased

    *stayed, added = here.facts(ada)["log"]

    assert stayed == ada.before["log"]
    assert added[2] == ada.person


def test_every_word_about_somebody_else_stays(erased: Forgot) -> None:
    here, _, bob = erased

    assert here.said(bob) == bob.before["said"]


def test_log_and_views_of_an_erased_person_check_clean(erased: Forgot) -> None:
    here, _, _ = erased

    assert here.verbs.log.check() == []
    assert here.views.check() == []


VERBS: dict[str, Callable[[Recruiting, UUID, Story], object]] = {
    "note": lambda verbs, by, ada: verbs.record_touchpoint(
        command(by), ada.person, "note", "internal", None, MONDAY, "hello"
    ),
    "call without words": lambda verbs, by, ada: verbs.record_touchpoint(
        command(by), ada.person, "call", "out", "voicemail", MONDAY, ""
    ),
    "promise": lambda verbs, by, ada: verbs.make_promise(command(by), ada.person, NewPromise("Ring", FRIDAY, by)),
    "correct": lambda verbs, by, ada: verbs.correct_touchpoint(command(by), ada.call, "hello", ""),
    "retract": lambda verbs, by, ada: verbs.retract_touchpoint(command(by), ada.call, "wrong"),
    "redact": lambda verbs, by, ada: verbs.redact_touchpoint(command(by), ada.call, "wrong"),
    "undo": lambda verbs, by, ada: verbs.undo_promise(command(by), ada.promise),
}


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_more_is_said_about_an_erased_person(erased: Forgot, verb: str) -> None:
    here, ada, _ = erased
    before = here.verbs.log.end()

    with pytest.raises(Forgotten) as refused:
        VERBS[verb](here.verbs, here.dana, ada)

    assert refused.value.sentence == "This person was erased. Nothing more can be recorded about them."
    assert here.verbs.log.end() == before


def test_an_erased_person_never_gets_a_new_key(erased: Forgot) -> None:
    here, ada, _ = erased

    with pytest.raises(Forgotten):
        here.vault.make_key(ada.person)

    assert here.vault.key(ada.person, fresh=True) is None


def test_of_many_who_share_the_pages_those_erased_leave_no_trace(tmp_path: Path) -> None:
    """So many that tables, their indexes and the index of words are split over several pages, again and again."""
    unlike_ids = str.maketrans("0123456789abcdef", "ghijklmnopqrstuv")  # else an id may hold the same six signs
    digests = (md5(f"{number}".encode(), usedforsecurity=False).hexdigest() for number in range(90))
    said = [digest.translate(unlike_ids) for digest in digests]
    with stores(tmp_path) as here:
        people = {}
        for number, words in enumerate(said):
            person = here.verbs.add_candidate(command(here.dana), f"Na{words[:8]} Su{words[8:16]}").streams[0]
            note = f"no{words[16:24]} and more" + " and more" * (number % 40)
            here.verbs.record_touchpoint(command(here.dana), person, "note", "internal", None, MONDAY, note)
            people[words] = person
            if number % 9 == 0:
                here.views.catch_up()
        here.views.catch_up()

        for words in said[30:40]:
            here.verbs.erase_candidate(command(here.dana), people[words], "retention")
        here.tidy()

        left = {part for words in said[30:40] for part in (words[2:8], words[10:16], words[18:24])}
        assert here.traces(*left) == set()
        assert len(here.traces(*(words[16:24] for words in said))) == 80


class Stuck(Timeline):
    """It cannot read that anybody was erased."""

    def record(self, connection: Connection, entry: Entry) -> None:
        if isinstance(entry.fact, Candidate.CandidateErased):
            raise ZeroDivisionError
        super().record(connection, entry)


def test_words_do_not_hide_in_a_projection_that_is_stuck(tmp_path: Path) -> None:
    with stores(tmp_path) as here:
        kinds = tuple(Stuck if kind is Timeline else kind for kind in KINDS)
        with closing(Views(tmp_path, here.log, kinds)) as views:
            ada = here.tell(ADA)
            views.catch_up()
            here.verbs.erase_candidate(command(here.dana), ada.person, "asked")
            views.catch_up()
            assert here.traces(*ADA.values()) != set()

            for store in (here.log, views, here.vault):
                store.tidy()

        assert here.traces(*ADA.values()) == set()


def test_somebody_withdrawn_and_then_erased_leaves_no_trace(tmp_path: Path) -> None:
    with stores(tmp_path) as here:
        ada, bob = here.tell(ADA), here.tell(BOB)
        here.verbs.withdraw_candidate(command(here.dana), ada.person, "juxtaposition")
        here.views.catch_up()
        assert here.traces("juxtaposition") != set()

        here.verbs.erase_candidate(command(here.dana), ada.person, "asked")
        here.tidy()

        assert here.traces(*endings(ada.words), "juxtaposition") == set()
        assert {word for _, word in here.traces(*bob.words.values())} == {*bob.words.values()}
        assert here.views.check() == []


def test_an_erased_contact_leaves_no_trace_and_what_they_promised_stays(tmp_path: Path) -> None:
    with stores(tmp_path) as here:
        ada, by = here.tell(ADA), here.dana
        priya = here.verbs.add_contact(command(by), "Serendipity", "Discombobulated", "tatterdemalion@x.example")
        promised = NewPromise("Decide", FRIDAY, by, Party.CONTACT, priya.streams[0])
        promise = here.verbs.make_promise(command(by), ada.person, promised).streams[0]
        here.views.catch_up()
        hers = ("serendipity", "discombobulated", "tatterdemalion")
        assert {word for _, word in here.traces(*hers)} == set(hers)

        here.verbs.erase_contact(command(by), priya.streams[0], "asked")
        here.tidy()

        row = here.views.promises.promise(promise)
        assert row is not None
        assert here.traces(*hers, *(word[3:] for word in hers)) == set()
        assert (row.words, row.contact) == ("Decide", priya.streams[0])
        assert here.views.check() == []


# One note


def test_the_words_of_a_removed_note_stand_in_no_file(redacted: Forgot) -> None:
    here, ada, _ = redacted

    gone = {what: ada.words[what] for what in ("note", "correction", "why corrected", "sensitive")}

    assert here.traces(*endings(gone)) == set()


def test_what_could_open_a_removed_note_again_stands_in_no_file(redacted: Forgot) -> None:
    here, ada, bob = redacted

    assert len(ada.before["wraps"]) == 4
    assert here.traces(*(part for wrap in ada.before["wraps"] for part in (wrap[12:28], wrap[28:44]))) == set()
    assert {file for file, _ in here.traces(*bob.before["wraps"])} == {"events.db"}


def test_the_words_of_a_removed_note_are_none_with_its_corrections(redacted: Forgot) -> None:
    here, ada, _ = redacted

    entry = here.views.timeline.entry(ada.call)

    assert (entry.words, entry.why, entry.redacted_at) == (None, None, MONDAY)
    wordings = here.views.timeline.wordings(ada.call)
    assert [(row.words, row.why, row.sensitive) for row in wordings] == [(None, None, None)] * 2


@pytest.mark.parametrize("what", ["note", "correction", "sensitive"])
def test_a_removed_note_is_not_found_by_its_words(redacted: Forgot, what: str) -> None:
    here, ada, _ = redacted

    assert here.views.search.words(ada.words[what]) == []
    assert here.views.search.words(ada.words[what], reader=here.dana) == []


def test_beside_the_removed_note_all_words_about_the_person_stay(redacted: Forgot) -> None:
    here, ada, _ = redacted
    person, lines, _, promises, history, *_ = ada.before["said"]

    now = here.said(ada)

    assert (now[0], now[3], now[4]) == (person, promises, history)
    assert [row for row in now[1] if row.subject != ada.call] == [row for row in lines if row.subject != ada.call]
    assert [row.candidate for row in here.views.search.people(ada.words["last"])] == [ada.person]
    assert [row.candidate for row in here.views.search.words(ada.words["second note"])] == [ada.person]


def test_every_word_about_somebody_else_stays_when_a_note_is_removed(redacted: Forgot) -> None:
    here, _, bob = redacted

    assert here.said(bob) == bob.before["said"]


@pytest.mark.parametrize("what", ["tally", "promises"])
def test_a_removed_note_changes_no_count(redacted: Forgot, what: str) -> None:
    here, ada, _ = redacted

    assert here.facts(ada)[what] == ada.before[what]


def test_the_persons_key_does_not_open_a_removed_note(redacted: Forgot) -> None:
    here, ada, _ = redacted

    facts = [entry.fact for entry in here.verbs.log.entries(1, 999) if entry.fact.originator_id == ada.call]

    assert here.vault.key(ada.person, fresh=True) == ada.key
    words = [(getattr(fact, "words", None), getattr(fact, "passages", None)) for fact in facts]
    assert words == [(None, None)] * 5  # said, marked, corrected, marked again, removed


def test_who_removed_a_note_and_why_stays(redacted: Forgot) -> None:
    here, ada, _ = redacted

    (removed,) = (e.fact for e in here.verbs.log.entries(1, 999) if isinstance(e.fact, Touchpoint.WordsRedacted))

    assert (removed.originator_id, removed.by, removed.why) == (ada.call, here.dana, "asked")


def test_log_and_views_without_the_note_check_clean(redacted: Forgot) -> None:
    here, _, _ = redacted

    assert here.verbs.log.check() == []
    assert here.views.check() == []


# One note that was about somebody else


@pytest.fixture(scope="module", params=["live", "made anew"])
def moved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forgot]:
    """Ada's first call was about Bob."""
    with stores(tmp_path_factory.mktemp("moved")) as here:
        yield _forget(
            here,
            request.param,
            lambda ada: here.verbs.move_touchpoint(command(here.dana), ada.call, here.people[1], "the wrong window"),
        )


def test_the_words_of_a_moved_note_stand_with_the_other_person_alone(moved: Forgot) -> None:
    here, ada, bob = moved

    found = [*here.views.search.words(ada.words["correction"]), *here.views.search.words(ada.words["note"])]

    assert {row.candidate for row in found} == {bob.person}
    assert ada.words["correction"] in here.views.timeline.of(bob.person)[0].words
    assert (here.views.timeline.entry(ada.call).words, here.views.timeline.entry(ada.call).why) == (None, None)
    assert [(row.words, row.why) for row in here.views.timeline.wordings(ada.call)] == [(None, None)] * 2


def test_what_was_corrected_in_a_moved_note_stands_in_no_file(moved: Forgot) -> None:
    here, ada, _ = moved

    assert here.traces(*endings({"note": ada.words["note"], "why": ada.words["why corrected"]})) == set()


def test_log_and_views_with_a_moved_note_check_clean(moved: Forgot) -> None:
    here, _, _ = moved

    assert here.verbs.log.check() == []
    assert here.views.check() == []
