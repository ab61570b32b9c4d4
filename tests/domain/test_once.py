"""A command is recorded once, however often it arrives and whoever else writes at that moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.absence import Absence
from domain.agency import AgencySettings
from domain.candidate import Candidate, Details
from domain.card import Card
from domain.command import Command, Recorded
from domain.contact import ContactDetails
from domain.due import Due
from domain.fitting import JobCriteria
from domain.job import JobDetails
from domain.log import Trace
from domain.process import SHIPPED_PROCESS
from domain.promise import NewPromise, Promise, State
from domain.recruiting import Recruiting
from domain.refusal import AlreadySaved, Busy, Refused, Stale
from domain.remembered import ImportantDate, Interval, PainPoint
from domain.saved_list import Criteria
from domain.store.ledger import Ledger
from domain.stream import Fact
from domain.submission import Agreement
from domain.template import Template
from domain.tip import Tip
from domain.touchpoint import Touchpoint
from domain.wishes import Unwelcome, Wishes
from tests.agency import MONDAY, ZONE, Clock, command
from tests.domain.crowd import PROCESSES, TIMES, WAITED, Asked, send_at_once
from webapp.vault import Vault

WARD = JobDetails("Ward sister")
PAIN = PainPoint("pain", "no more nights", date(2026, 11, 23))
BIRTHDAY = ImportantDate("birthday", 3, 14)
FRIDAY = Due(date(2026, 11, 27), None, ZONE)
NEXT_WEEK = Due(date(2026, 12, 4), None, ZONE)
WASH = Tip("tip", "Wash", "Hands")
AWAY = Absence(date(2026, 11, 30), date(2026, 12, 4), ZONE)
HELLO = Template("Hello", "Hello {{first_name}}", "Dear {{name}}")


@pytest.fixture
def promise(recruiting: Recruiting, dana: UUID, ada: UUID) -> UUID:
    return recruiting.make_promise(command(dana), ada, NewPromise("Ring with the rate", FRIDAY, dana)).streams[0]


def note(recruiting: Recruiting, asked: Command, candidate: UUID, words: str = "hello", **more: object) -> Recorded:
    return recruiting.record_touchpoint(asked, candidate, "note", "internal", None, MONDAY, words, **more)  # type: ignore[arg-type]


# The same command again


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[list[Recorded]], list[Fact]]]:
    """The same three commands, each sent 20 times at once from 8 threads in 2 processes: answers and facts."""
    home, spawn = tmp_path_factory.mktemp("crowd"), get_context("spawn")
    with closing(Vault(home / "vault.db")) as vault, closing(Recruiting(Ledger(home, vault, Clock()))) as verbs:
        olive = verbs.found_agency(command(None), "Harbour", ZONE, "Olive", "olive@harbour.example").streams[1]
        ada = verbs.add_candidate(command(olive), "Ada Byron").streams[0]
        promise = verbs.make_promise(command(olive), ada, NewPromise("Ring", FRIDAY, olive)).streams[0]
        before = verbs.log.end()
        asked = Asked(olive, ada, promise, (uuid4(), uuid4(), uuid4()))
        gate, answers = spawn.Barrier(PROCESSES), spawn.Queue()
        doing = {"target": send_at_once, "args": (home, asked, gate, answers), "daemon": True}
        processes = [spawn.Process(**doing) for _ in range(PROCESSES)]
        for process in processes:
            process.start()
        answered = [answers.get(timeout=WAITED) for _ in range(TIMES)]
        for process in processes:
            process.join()
        answers.close()
        answers.join_thread()
        yield answered, [entry.fact for entry in verbs.log.entries(before + 1, 1000)]
        assert verbs.log.check() == []


def test_sent_twenty_times_at_once_it_is_recorded_once(crowd: tuple[list[list[Recorded]], list[Fact]]) -> None:
    _, facts = crowd

    assert Counter(type(fact).__name__ for fact in facts) == {
        "CandidateAdded": 1,
        "TouchpointRecorded": 1,
        "PromiseMade": 1,
        "PromiseKept": 1,
    }


def test_sent_twenty_times_at_once_it_is_answered_alike(crowd: tuple[list[list[Recorded]], list[Fact]]) -> None:
    answered, _ = crowd

    assert [answer for answer in answered if isinstance(answer, Exception)] == []
    assert len({tuple((one.streams, one.position) for one in answers) for answers in answered}) == 1


def test_sent_twenty_times_at_once_one_answer_alone_is_the_first(
    crowd: tuple[list[list[Recorded]], list[Fact]],
) -> None:
    answered, _ = crowd

    for answers in zip(*answered, strict=True):
        assert [one.repeated for one in answers].count(False) == 1


def test_a_repeat_gets_the_first_answer(recruiting: Recruiting, dana: UUID, ada: UUID) -> None:
    asked = command(dana)
    first = note(recruiting, asked, ada, promise=NewPromise("Ring", FRIDAY, dana))

    again = note(recruiting, asked, ada, promise=NewPromise("Ring", FRIDAY, dana))

    assert (again.streams, again.position, again.repeated) == (first.streams, first.position, True)


def test_a_repeat_is_answered_also_when_it_could_not_be_done_any_more(
    recruiting: Recruiting, dana: UUID, promise: UUID
) -> None:
    asked = command(dana)
    first = recruiting.keep_promise(asked, promise, 1)
    recruiting.undo_promise(command(dana), promise)

    again = recruiting.keep_promise(asked, promise, 1)

    assert again.streams == first.streams
    assert recruiting.load(Promise, promise).state is State.OPEN


def test_a_repeat_after_a_restart_gets_the_first_answer(
    home: Path, vault: Vault, recruiting: Recruiting, dana: UUID, ada: UUID
) -> None:
    asked = command(dana)
    first = note(recruiting, asked, ada)

    with closing(Recruiting(Ledger(home, vault, Clock()))) as restarted:
        again = note(restarted, asked, ada)

    assert (again.streams, again.position) == (first.streams, first.position)


def test_a_repeat_of_what_was_said_now_is_the_same_a_minute_later(
    recruiting: Recruiting, clock: Clock, dana: UUID, ada: UUID
) -> None:
    asked = command(dana)
    first = recruiting.record_touchpoint(asked, ada, "note", "internal", None, None, "hello")
    clock.on(minutes=1)

    again = recruiting.record_touchpoint(asked, ada, "note", "internal", None, None, "hello")

    assert again.streams == first.streams


def test_a_repeat_after_the_words_were_forgotten_gets_the_first_answer(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    asked = command(dana)
    first = note(recruiting, asked, ada)
    recruiting.redact_touchpoint(command(dana), first.streams[0], "she asked us to")

    again = note(recruiting, asked, ada)

    assert again.streams == first.streams
    assert len(facts(Touchpoint.TouchpointRecorded)) == 1


def test_a_refusal_uses_no_command_up(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    asked = command(dana)
    with pytest.raises(Refused):
        note(recruiting, asked, ada, words="")

    note(recruiting, asked, ada, words="now with words")

    assert [fact.words for fact in facts(Touchpoint.TouchpointRecorded)] == ["now with words"]


# Every verb


def _agency(verbs: Recruiting) -> UUID:
    return verbs.log.entries(1, 1)[0].fact.originator_id


def _individuals(verbs: Recruiting, at: Scene) -> UUID:
    """The agency, where owners see figures by recruiter."""
    verbs.allow_individual_figures(command(at.dana), _agency(verbs), "we share a bonus")
    return _agency(verbs)


def _contact(verbs: Recruiting, by: UUID) -> UUID:
    return verbs.add_contact(command(by), "Carl Quill").streams[0]


def _kept(verbs: Recruiting, by: UUID, promise: UUID) -> tuple[UUID, UUID]:
    verbs.keep_promise(command(by), promise)
    return promise, note(verbs, command(by), verbs.load(Promise, promise).candidate).streams[0]


def _settled(verbs: Recruiting, by: UUID, touchpoint: UUID) -> UUID:
    verbs.answer_not_needed(command(by), touchpoint)
    return touchpoint


def _marked(verbs: Recruiting, by: UUID, touchpoint: UUID) -> UUID:
    verbs.mark_sensitive(command(by), touchpoint, ("hello",))
    return touchpoint


def _tagged(verbs: Recruiting, by: UUID, candidate: UUID) -> UUID:
    verbs.tag_candidate(command(by), candidate, ["nights"])
    return candidate


def _template(verbs: Recruiting, by: UUID, retired: bool = False) -> UUID:
    written = verbs.write_template(command(by), HELLO).streams[0]
    if retired:
        verbs.retire_template(command(by), written)
    return written


def _invited(verbs: Recruiting, at: Scene) -> UUID:
    verbs.invite(command(at.dana), at.ada, "LinkedIn", MONDAY.date())
    return at.ada


def _tip(verbs: Recruiting, at: Scene) -> UUID:
    return verbs.write_tip(command(at.dana), WASH).streams[0]


def _retired_tip(verbs: Recruiting, at: Scene) -> UUID:
    tip = _tip(verbs, at)
    verbs.retire_tip(command(at.dana), tip)
    return tip


def _absence(verbs: Recruiting, of: UUID) -> UUID:
    return verbs.plan_absence(planned := command(of), of, AWAY) and planned.stream(0)


def _client(verbs: Recruiting, at: Scene) -> UUID:
    return verbs.add_client(command(at.dana), "Acme").streams[0]


def _job(verbs: Recruiting, at: Scene) -> UUID:
    return verbs.open_job(command(at.dana), WARD, new_client="Acme").streams[0]


def _closed(verbs: Recruiting, at: Scene) -> UUID:
    job = _job(verbs, at)
    verbs.close_job(command(at.dana), job)
    return job


def _voicemail(verbs: Recruiting, at: Scene, again: bool = False) -> UUID:
    call = verbs.record_touchpoint(command(at.dana), at.ada, "call", "out", "voicemail", MONDAY, "").streams[0]
    if again:
        verbs.try_again(command(at.dana), call, MONDAY + timedelta(hours=2))
    return call


def _put_forward(verbs: Recruiting, at: Scene) -> UUID:
    return verbs.shortlist(command(at.dana), _job(verbs, at), at.ada).streams[0]


def _submitted(verbs: Recruiting, at: Scene) -> UUID:
    submission = _put_forward(verbs, at)
    verbs.move_submission(command(at.dana), submission, "sent to client")
    return submission


def _ended(verbs: Recruiting, at: Scene) -> UUID:
    submission = _submitted(verbs, at)
    verbs.end_submission(command(at.dana), submission, "other")
    return submission


def _never(verbs: Recruiting, at: Scene) -> tuple[UUID, UUID]:
    client = _client(verbs, at)
    verbs.note_never_tell(command(at.dana), at.ada, client)
    return at.ada, client


def _pain(verbs: Recruiting, at: Scene, resolved: bool = False) -> tuple[UUID, UUID]:
    asked = command(at.dana)
    verbs.note_pain(asked, at.ada, PAIN)
    if resolved:
        verbs.resolve_pain(command(at.dana), at.ada, asked.stream(0))
    return at.ada, asked.stream(0)


def _date(verbs: Recruiting, at: Scene) -> tuple[UUID, UUID]:
    asked = command(at.dana)
    verbs.note_date(asked, at.ada, BIRTHDAY)
    return at.ada, asked.stream(0)


def _list(verbs: Recruiting, at: Scene) -> UUID:
    return verbs.save_list(command(at.dana), "Nurses", Criteria(tags=("nurse",))).streams[0]


@dataclass(frozen=True)
class Scene:
    """What verbs are said about: Dana's promise to Ada, and a note about her."""

    dana: UUID
    tom: UUID
    ada: UUID
    bob: UUID
    promise: UUID
    note: UUID


Prepared = Callable[[Recruiting, Scene], tuple[Any, ...]]
VERBS: dict[str, Prepared] = {
    "change_settings": lambda verbs, at: (_agency(verbs), AgencySettings("Harbour & Lane", ZONE, "GB")),
    "change_process": lambda verbs, at: (_agency(verbs), replace(SHIPPED_PROCESS, call_first_from="offer")),
    "note_pain": lambda verbs, at: (at.ada, PAIN),
    "resolve_pain": lambda verbs, at: (*_pain(verbs, at), "moved ward"),
    "reopen_pain": lambda verbs, at: _pain(verbs, at, resolved=True),
    "set_keep_in_touch": lambda verbs, at: (at.ada, Interval(30, 60)),
    "keep_in_touch_by_tag": lambda verbs, at: (_agency(verbs), "nurse", Interval(30, 60)),
    "note_date": lambda verbs, at: (at.ada, BIRTHDAY),
    "remove_date": lambda verbs, at: _date(verbs, at),
    "see_to_date": lambda verbs, at: (*_date(verbs, at), 2026),
    "be_in_touch": lambda verbs, at: (at.ada, "call", "Happy birthday"),
    "save_list": lambda verbs, at: ("Nurses", Criteria(tags=("nurse",)), True),
    "change_list": lambda verbs, at: (_list(verbs, at), "All nurses", Criteria(tags=("nurse",)), True),
    "drop_list": lambda verbs, at: (_list(verbs, at),),
    "choose_offline_reading": lambda verbs, at: (_agency(verbs), False),
    "allow_individual_figures": lambda verbs, at: (_agency(verbs), "the works council asked"),
    "stop_individual_figures": lambda verbs, at: (_individuals(verbs, at),),
    "change_role": lambda verbs, at: (at.tom, "owner"),
    "choose_quiet_hours": lambda verbs, at: (at.tom, time(19), time(7)),
    "choose_digest_hour": lambda verbs, at: (at.tom, time(6)),
    "change_card": lambda verbs, at: (at.dana, Card("Consultant", mobile="07700 900123")),
    "plan_absence": lambda verbs, at: (at.dana, AWAY),
    "end_absence": lambda verbs, at: (at.dana, _absence(verbs, at.dana)),
    "recruiter_leaves": lambda verbs, at: (at.tom,),
    "invite_recruiter": lambda verbs, at: ("Cara", "cara@harbour.example", "recruiter"),
    "join": lambda verbs, at: (
        verbs.invite_recruiter(command(at.dana), "Cara", "cara@harbour.example", "recruiter").streams
    ),
    "add_contact": lambda verbs, at: ("Carl Quill", "St Hilda"),
    "change_contact": lambda verbs, at: (_contact(verbs, at.dana), ContactDetails("Carl Quill", role="Ward manager")),
    "erase_contact": lambda verbs, at: (_contact(verbs, at.dana), "asked"),
    "add_candidate": lambda verbs, at: ("Cara Lane", "cara@lane.example"),
    "change_details": lambda verbs, at: (at.ada, Details("Ada Lovelace", link="https://profiles.example/ada")),
    "tag_candidate": lambda verbs, at: (at.ada, ("nights",)),
    "untag_candidate": lambda verbs, at: (_tagged(verbs, at.dana, at.ada), ("nights",)),
    "assign_owner": lambda verbs, at: (at.ada, at.tom),
    "withdraw_candidate": lambda verbs, at: (at.ada, "the wrong file"),
    "erase_candidate": lambda verbs, at: (at.ada, "asked"),
    "record_touchpoint": lambda verbs, at: (at.ada, "call", "in", "talked", None, "hello", None, (at.bob,), at.promise),
    "correct_touchpoint": lambda verbs, at: (at.note, "good-bye", "misheard"),
    "redact_touchpoint": lambda verbs, at: (at.note, "she asked us to"),
    "catch_promise": lambda verbs, at: (at.note, NewPromise("Ring", FRIDAY, at.dana)),
    "undo_touchpoint": lambda verbs, at: (at.note,),
    "retract_touchpoint": lambda verbs, at: (at.note, "twice"),
    "mark_sensitive": lambda verbs, at: (at.note, ("hello",)),
    "unmark_sensitive": lambda verbs, at: (_marked(verbs, at.dana, at.note), ("hello",)),
    "move_touchpoint": lambda verbs, at: (at.note, at.bob),
    "answer_not_needed": lambda verbs, at: (at.note,),
    "answer_needed": lambda verbs, at: (_settled(verbs, at.dana, at.note),),
    "make_promise": lambda verbs, at: (at.ada, NewPromise("Send the contract", FRIDAY, at.dana)),
    "keep_promise": lambda verbs, at: (at.promise, None, at.note),
    "give_evidence": lambda verbs, at: _kept(verbs, at.dana, at.promise),
    "renegotiate_promise": lambda verbs, at: (at.promise, NEXT_WEEK, "client away"),
    "break_promise": lambda verbs, at: (at.promise, "we forgot"),
    "release_promise": lambda verbs, at: (at.promise, "found a job herself"),
    "undo_promise": lambda verbs, at: (at.promise,),
    "reassign_promise": lambda verbs, at: (at.promise, at.tom),
    "correct_promise": lambda verbs, at: (at.promise, "Ring with the day rate"),
    "overtake_promise": lambda verbs, at: (at.promise, "job gone"),
    "snooze_reminder": lambda verbs, at: (at.promise, MONDAY + timedelta(days=1)),
    "redact_promise": lambda verbs, at: (at.promise, "she asked us to"),
    "add_client": lambda verbs, at: ("Acme", "https://acme.example"),
    "change_client": lambda verbs, at: (_client(verbs, at), "Acme Care"),
    "choose_off_limits": lambda verbs, at: (_client(verbs, at), True, "in their contract"),
    "open_job": lambda verbs, at: (WARD, None, "Acme"),
    "change_job": lambda verbs, at: (_job(verbs, at), JobDetails("Ward manager")),
    "leave_out_job": lambda verbs, at: (at.ada, _job(verbs, at)),
    "choose_job_criteria": lambda verbs, at: (_job(verbs, at), JobCriteria(("nurse",))),
    "choose_selling_points": lambda verbs, at: (_job(verbs, at), ("No nights",)),
    "fill_job": lambda verbs, at: (_job(verbs, at),),
    "close_job": lambda verbs, at: (_job(verbs, at), "the budget went"),
    "reopen_job": lambda verbs, at: (_closed(verbs, at),),
    "shortlist": lambda verbs, at: (_job(verbs, at), at.ada, Agreement(MONDAY, "call", None, "Yes.")),
    "note_agreement": lambda verbs, at: (_submitted(verbs, at), Agreement(MONDAY, "call")),
    "move_submission": lambda verbs, at: (_submitted(verbs, at), "interview", date(2026, 11, 30)),
    "tell_candidate": lambda verbs, at: (_submitted(verbs, at), "call", "You are with Acme."),
    "try_again": lambda verbs, at: (_voicemail(verbs, at), MONDAY + timedelta(hours=2)),
    "tried_again": lambda verbs, at: (_voicemail(verbs, at, again=True),),
    "end_by_mail": lambda verbs, at: (_put_forward(verbs, at), "job gone", "Hello Ada, it is filled."),
    "end_submission": lambda verbs, at: (_submitted(verbs, at), "client said no"),
    "reopen_submission": lambda verbs, at: (_ended(verbs, at),),
    "note_never_tell": lambda verbs, at: (at.ada, _client(verbs, at)),
    "withdraw_never_tell": lambda verbs, at: _never(verbs, at),
    "begin_import": lambda verbs, at: ("csv", 12),
    "finish_import": lambda verbs, at: (verbs.begin_import(command(at.dana), "csv", 12).streams[0],),
    "invite": lambda verbs, at: (at.ada, "LinkedIn", MONDAY.date()),
    "answer_invitation": lambda verbs, at: (_invited(verbs, at), "LinkedIn", "accepted", MONDAY.date()),
    "take_invitation_back": lambda verbs, at: (_invited(verbs, at), "LinkedIn"),
    "leave_uninvited": lambda verbs, at: (at.ada,),
    "write_tip": lambda verbs, at: (WASH,),
    "change_tip": lambda verbs, at: (_tip(verbs, at), Tip("tip", "Wash", "Hands first")),
    "retire_tip": lambda verbs, at: (_tip(verbs, at),),
    "restore_tip": lambda verbs, at: (_retired_tip(verbs, at),),
    "write_template": lambda verbs, at: (HELLO,),
    "change_template": lambda verbs, at: (_template(verbs, at.dana), Template("Hello", "Hello", "Hello there")),
    "retire_template": lambda verbs, at: (_template(verbs, at.dana),),
    "restore_template": lambda verbs, at: (_template(verbs, at.dana, retired=True),),
    "choose_signature": lambda verbs, at: (at.dana, "Dana, Leeds"),
    "note_wishes": lambda verbs, at: (at.ada, Wishes(("call",), time(18), note="works nights"), Unwelcome.MAILS),
    "refer_candidate": lambda verbs, at: (at.ada, at.bob, NewPromise("Thank Bob", FRIDAY, at.dana)),
    "note_import_undone": lambda verbs, at: (verbs.begin_import(command(at.dana), "csv", 12).streams[0],),
}


@pytest.mark.parametrize("verb", VERBS)
def test_whatever_is_asked_twice_is_recorded_once_and_answered_alike(
    recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, bob: UUID, promise: UUID, facts, verb: str
) -> None:
    scene = Scene(dana, tom, ada, bob, promise, note(recruiting, command(dana), ada).streams[0])
    asked, said = command(dana), VERBS[verb](recruiting, scene)
    first = getattr(recruiting, verb)(asked, *said)
    recorded = facts()

    again = getattr(recruiting, verb)(asked, *said)

    assert not first.repeated
    assert (again.streams, again.position, again.repeated) == (first.streams, first.position, True)
    assert facts() == recorded


def test_every_verb_was_asked_twice() -> None:
    decorated = {name for name in dir(Recruiting) if hasattr(getattr(Recruiting, name), "__wrapped__")}

    verbs = {name for name in decorated if not name.startswith("_")}
    assert verbs - set(VERBS) == {"found_agency"}  # asked twice where it is asked at all


# The same id, something else


@pytest.mark.parametrize("other", ["words", "candidate", "verb", "person"])
def test_the_same_id_with_something_else_is_told_apart(
    recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, bob: UUID, facts, other: str
) -> None:
    asked = command(dana)
    note(recruiting, asked, ada)
    before = len(facts())

    with pytest.raises(AlreadySaved) as refused:
        match other:
            case "words":
                note(recruiting, asked, ada, words="other words")
            case "candidate":
                note(recruiting, asked, bob)
            case "verb":
                recruiting.add_candidate(asked, "Cara Lane")
            case "person":
                note(recruiting, Command(asked.id, tom), ada)

    assert refused.value.sentence == (
        "This form was saved before with other words. Save again to record these as well."
    )
    assert len(facts()) == before


def test_a_known_note_with_a_new_promise_is_not_half_dropped(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    asked = command(dana)
    note(recruiting, asked, ada)

    with pytest.raises(AlreadySaved):
        note(recruiting, asked, ada, promise=NewPromise("Ring with the rate", FRIDAY, dana))

    assert facts(Promise.PromiseMade) == []


def test_a_note_with_its_promise_does_not_come_again_without(
    recruiting: Recruiting, dana: UUID, ada: UUID, facts
) -> None:
    asked = command(dana)
    note(recruiting, asked, ada, promise=NewPromise("Ring with the rate", FRIDAY, dana))

    with pytest.raises(AlreadySaved):
        note(recruiting, asked, ada)

    assert len(facts(Touchpoint.TouchpointRecorded)) == 1


def test_two_forms_with_the_same_words_are_two_notes(recruiting: Recruiting, dana: UUID, ada: UUID, facts) -> None:
    note(recruiting, command(dana), ada)

    note(recruiting, command(dana), ada)

    assert len(facts(Touchpoint.TouchpointRecorded)) == 2


def test_two_tabs_cannot_both_keep_a_promise(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    recruiting.keep_promise(command(dana), promise)

    with pytest.raises(Refused, match="already kept"):
        recruiting.keep_promise(command(dana), promise)

    assert len(facts(Promise.PromiseKept)) == 1


# Somebody else writes at that moment


class Interruption(Clock):
    """A clock that lets somebody else write between deciding, which asks it first, and recording."""

    def __init__(self, rival: Callable[[int], object], times: int):
        super().__init__()
        self.rival, self.times, self.asked = rival, times, 0

    def __call__(self):  # type: ignore[no-untyped-def]
        deciding, self.asked = self.asked % 2 == 0, self.asked + 1
        if deciding and self.asked // 2 < self.times:
            self.rival(self.asked // 2)
        return self.now


Interrupted = Callable[..., Recruiting]


@pytest.fixture
def interrupted(home: Path, clock: Clock) -> Iterator[Interrupted]:
    """`interrupted(rival, times)`: the verbs of another process, during which a rival writes so many times."""
    with ExitStack() as opened:

        def interrupted(rival: Callable[[int], object], times: int = 1) -> Recruiting:
            vault = opened.enter_context(closing(Vault(home / "vault.db", clock)))
            return opened.enter_context(closing(Recruiting(Ledger(home, vault, Interruption(rival, times)))))

        yield interrupted


def test_a_conflict_is_decided_again(
    recruiting: Recruiting, interrupted: Interrupted, dana: UUID, promise: UUID, facts
) -> None:
    verbs = interrupted(lambda _: recruiting.fall_due(promise, FRIDAY))

    verbs.renegotiate_promise(command(dana), promise, NEXT_WEEK)

    assert [fact.originator_version for fact in facts(Promise.PromiseFellDue)] == [2]
    assert [fact.originator_version for fact in facts(Promise.PromiseRenegotiated)] == [3]


def test_decided_again_it_may_be_refused(
    recruiting: Recruiting, interrupted: Interrupted, dana: UUID, tom: UUID, promise: UUID, facts
) -> None:
    verbs = interrupted(lambda _: recruiting.keep_promise(command(tom), promise))

    with pytest.raises(Refused, match="already kept"):
        verbs.renegotiate_promise(command(dana), promise, NEXT_WEEK)

    assert facts(Promise.PromiseRenegotiated) == []


def test_decided_again_a_form_may_be_stale(
    recruiting: Recruiting, interrupted: Interrupted, dana: UUID, tom: UUID, promise: UUID
) -> None:
    verbs = interrupted(lambda _: recruiting.renegotiate_promise(command(tom), promise, NEXT_WEEK))

    with pytest.raises(Stale) as refused:
        verbs.renegotiate_promise(command(dana), promise, Due(date(2026, 12, 11), None, ZONE), seen=1)

    assert refused.value.by == tom


def test_when_the_same_command_was_faster_its_answer_counts(
    recruiting: Recruiting, interrupted: Interrupted, dana: UUID, promise: UUID, facts
) -> None:
    asked, firsts = command(dana), []
    verbs = interrupted(lambda _: firsts.append(recruiting.renegotiate_promise(asked, promise, NEXT_WEEK)))

    second = verbs.renegotiate_promise(asked, promise, NEXT_WEEK)

    assert [(first.streams, first.position) for first in firsts] == [(second.streams, second.position)]
    assert len(facts(Promise.PromiseRenegotiated)) == 1


class LookedTooEarly(Ledger):
    """Its first look for a command ends just before somebody else writes."""

    def __init__(self, home: Path, vault: Vault, rival: Callable[[], object]):
        super().__init__(home, vault, Clock())
        self.rivals = [rival]

    def trace(self, command: UUID) -> Trace | None:
        found = super().trace(command)
        if self.rivals:
            self.rivals.pop()()
        return found


@pytest.mark.parametrize("seen", [1, None])
def test_a_double_click_is_not_in_its_own_way(
    home: Path, vault: Vault, recruiting: Recruiting, dana: UUID, promise: UUID, facts, seen: int | None
) -> None:
    asked, firsts = command(dana), []
    early = LookedTooEarly(home, vault, lambda: firsts.append(recruiting.keep_promise(asked, promise, seen)))

    with closing(Recruiting(early)) as verbs:
        second = verbs.keep_promise(asked, promise, seen)

    assert [(first.streams, first.position) for first in firsts] == [(second.streams, second.position)]
    assert len(facts(Promise.PromiseKept)) == 1


@pytest.mark.parametrize(("seen", "refusal"), [(1, Stale), (None, Refused)])
def test_what_somebody_else_did_at_that_moment_is_in_the_way(
    home: Path,
    vault: Vault,
    recruiting: Recruiting,
    dana: UUID,
    tom: UUID,
    promise: UUID,
    seen: int | None,
    refusal: type[Refused],
) -> None:
    early = LookedTooEarly(home, vault, lambda: recruiting.keep_promise(command(tom), promise))

    with closing(Recruiting(early)) as verbs, pytest.raises(refusal):
        verbs.keep_promise(command(dana), promise, seen)


def test_three_times_slower_it_is_given_up_with_a_sentence(
    recruiting: Recruiting, interrupted: Interrupted, dana: UUID, promise: UUID, facts
) -> None:
    verbs = interrupted(lambda n: recruiting.reminder_sent(promise, FRIDAY, f"reminder {n}", "mail"), times=3)

    with pytest.raises(Busy) as refused:
        verbs.renegotiate_promise(command(dana), promise, NEXT_WEEK)

    assert refused.value.sentence == (
        "Others were writing here at the same moment. Nothing was saved: please save again."
    )
    assert facts(Promise.PromiseRenegotiated) == []


def test_nothing_is_said_about_a_person_erased_at_that_moment(
    recruiting: Recruiting, interrupted: Interrupted, olive: UUID, dana: UUID, ada: UUID, facts
) -> None:
    """Not even by a process that had the key in its hands a moment ago."""

    def erase_during_the_second(command_number: int) -> None:
        if command_number == 1:
            recruiting.erase_candidate(command(olive), ada, "asked")

    verbs = interrupted(erase_during_the_second, times=2)
    note(verbs, command(dana), ada, words="first")

    with pytest.raises(Refused, match="This person was erased"):
        note(verbs, command(dana), ada, words="second")

    assert len(facts(Touchpoint.TouchpointRecorded)) == 1
    assert len(facts(Candidate.CandidateErased)) == 1


# A form shows what was when it was opened


def test_a_stale_form_says_who_changed_it_and_when(
    recruiting: Recruiting, clock: Clock, dana: UUID, tom: UUID, promise: UUID, facts
) -> None:
    at = clock.on(minutes=2)
    recruiting.renegotiate_promise(command(tom), promise, NEXT_WEEK, "client away", 1)

    with pytest.raises(Stale) as refused:
        recruiting.keep_promise(command(dana), promise, 1)

    assert (refused.value.by, refused.value.at) == (tom, at)
    assert facts(Promise.PromiseKept) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda verbs, by, id: verbs.correct_touchpoint(command(by), id, "four", "", 1),
        lambda verbs, by, id: verbs.retract_touchpoint(command(by), id, "wrong", 1),
    ],
    ids=["correct", "retract"],
)
def test_a_stale_form_changes_no_touchpoint(recruiting: Recruiting, dana: UUID, tom: UUID, ada: UUID, change) -> None:
    touchpoint = note(recruiting, command(dana), ada).streams[0]
    recruiting.correct_touchpoint(command(tom), touchpoint, "three", "", 1)

    with pytest.raises(Stale):
        change(recruiting, dana, touchpoint)


def test_reminders_never_make_a_form_stale(recruiting: Recruiting, dana: UUID, promise: UUID, facts) -> None:
    recruiting.fall_due(promise, FRIDAY)
    recruiting.reminder_failed(promise, FRIDAY, "fell due", "mail", "No mail server is set up.")
    recruiting.reminder_sent(promise, FRIDAY, "fell due", "mail")

    recruiting.keep_promise(command(dana), promise, 1)

    assert len(facts(Promise.PromiseKept)) == 1


def test_a_form_opened_after_a_reminder_carries_the_last_human_change(
    recruiting: Recruiting, dana: UUID, promise: UUID
) -> None:
    recruiting.fall_due(promise, FRIDAY)

    changed = recruiting.load(Promise, promise).changed

    assert changed is not None
    assert (changed.version, changed.by) == (1, dana)


def test_a_form_that_was_opened_anew_saves(recruiting: Recruiting, dana: UUID, tom: UUID, promise: UUID) -> None:
    recruiting.renegotiate_promise(command(tom), promise, NEXT_WEEK, "", 1)

    recruiting.keep_promise(command(dana), promise, 2)

    assert recruiting.load(Promise, promise).state is State.KEPT
