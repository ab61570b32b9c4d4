"""Who may do what: every address of Kept, each role, and what they are answered. And no form can make Kept stumble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from uuid import UUID, uuid4

import pytest
from cast import CHEAP, Browser
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.command import Command
from domain.due import Due
from domain.job import JobDetails
from domain.promise import NewPromise
from domain.remembered import ImportantDate, PainPoint
from domain.saved_list import Criteria
from domain.shipped import THANKS
from domain.shipped_tips import SHIPPED_TIPS
from webapp import create_app
from webapp.answers import Act, link
from webapp.importing import committing, drafts, looking
from webapp.installation import Installation
from webapp.jobs import run_jobs
from webapp.settings import Settings

ROLES = ("stranger", "auditor", "recruiter", "owner")
SIGN_IN = 303  # where a stranger is sent
NOBODY = UUID("00000000-0000-4000-8000-000000000000")

# Method, address, what a stranger, an auditor, a recruiter and an owner are answered; the fields of its form.
# Forms are sent with nothing but their command: 422 and 400 say that they were let in and that something is missing.
# A line that begins with blanks goes on with the one before.
TABLE = """
GET  /                                      303 200 200 200
GET  /answers                               303 200 200 200
GET  /answers/{answer}                      200 200 200 200
POST /answers/{answer}                      400 400 400 400  seen
POST /answers/{answer}/taps                 400 400 400 400  seen
GET  /candidates                            303 200 200 200
POST /candidates                            303 403 422 422  name email phone headline place works_at source
          reference link tags owner anyway
GET  /candidates/{candidate}                303 200 200 200
GET  /candidates/{candidate}/details        303 403 200 200
POST /candidates/{candidate}/details        303 403 400 400  seen name email phone headline place works_at
          source reference link
GET  /candidates/{candidate}/dial           303 200 200 200
GET  /candidates/{candidate}/messages       303 403 200 200
POST /candidates/{candidate}/messages       303 403 422 422  channel template promise to subject text ready asks about
GET  /candidates/{candidate}/invitations    303 403 200 200
POST /candidates/{candidate}/invitations    303 403 422 422  network on link shown_on whose
POST /candidates/{candidate}/invitations/answer 303 403 422 422  network answer on
POST /candidates/{candidate}/invitations/left-out 303 403 303 303  shown_on
POST /candidates/{candidate}/invitations/undone 303 403 422 422  network
GET  /candidates/{candidate}/gifts          303 403 200 200
POST /candidates/{candidate}/messages       303 403 422 422  channel template promise to subject text ready asks tip
POST /candidates/{candidate}/never-tell     303 403 422 422  client may_hear
GET  /candidates/{candidate}/others         303 403 303 303
GET  /candidates/{candidate}/owner          303 403 200 200
POST /candidates/{candidate}/owner          303 403 400 400  seen owner
GET  /candidates/{candidate}/dates          303 403 200 200
POST /candidates/{candidate}/dates          303 403 422 422  occasion on label
POST /candidates/{candidate}/dates/{gone}/removed   303 403 303 404
POST /candidates/{candidate}/dates/{noted}/seen-to  303 403 303 303  year whose
POST /candidates/{candidate}/jobs/{job}/not-for-them  303 403 303 303  whose
GET  /candidates/{candidate}/keeping        303 403 200 200
POST /candidates/{candidate}/keeping        303 403 303 303  ideal_days latest_days
POST /candidates/{candidate}/touches        303 403 422 422  channel note noted year whose
GET  /candidates/{candidate}/pains          303 403 200 200
POST /candidates/{candidate}/pains          303 403 422 422  kind pain quote touchpoint
POST /candidates/{candidate}/pains/{pain}/resolved  303 403 303 303
POST /candidates/{candidate}/pains/{pain}/reopened  303 403 303 303
POST /candidates/{candidate}/promises       303 403 422 422  promise due due_at due_choice due_seen
          who contact contact_works_at
GET  /candidates/{candidate}/referral       303 403 200 200
POST /candidates/{candidate}/referral       303 403 422 422  q referrer nobody thanks
GET  /candidates/{candidate}/submissions    303 403 200 200
POST /candidates/{candidate}/submissions    303 403 422 422  job channel agreed_at until words
GET  /candidates/{candidate}/tags           303 403 200 200
POST /candidates/{candidate}/tags           303 403 422 422  tags remove
GET  /candidates/{candidate}/timeline       303 200 200 200
POST /candidates/{candidate}/touchpoints    303 403 422 422  channel outcome direction happened_at note promise
          due due_at due_choice due_seen who contact contact_works_at also also_with keeps find sensitive
GET  /candidates/{candidate}/withdrawal     303 403 200 200
POST /candidates/{candidate}/withdrawal     303 403 422 422  why
GET  /candidates/{candidate}/wishes         303 403 200 200
POST /candidates/{candidate}/wishes         303 403 400 400  seen unwanted not_before not_after not_on wishes_note
          unwelcome
GET  /card                                  303 403 200 200
GET  /card.vcf                              303 403 200 200
POST /clients                               303 403 422 422  client website
GET  /clients/names                         303 200 200 200
GET  /clients/{client}                      303 200 200 200
POST /clients/{client}/details              303 403 400 400  seen client website
POST /clients/{client}/off-limits           303 403 400 400  seen off_limits why
GET  /clients/{client}/people               303 200 200 200
POST /clients/{client}/contacts             303 403 422 422  contact contact_role contact_email contact_phone
GET  /contacts/{contact}                    303 200 200 200
POST /contacts/{contact}/details            303 403 400 400  seen contact contact_works_at contact_role contact_email
          contact_phone
GET  /due                                   303 200 200 200
GET  /due/day                               303 200 200 200
GET  /enter                                 404 404 404 404
GET  /demo                                  303 303 303 303
GET  /demo/                                 303 303 303 303
GET  /demo/anything                         303 303 303 303
GET  /health                                303 403 200 200
GET  /healthz                               200 200 200 200
GET  /help                                  303 200 200 200
GET  /import                                303 403 200 200
POST /import                                303 403 422 422  text
GET  /import/{import}                       303 403 200 200
POST /import/{import}/away                  303 403 409 409
POST /import/{import}/columns               303 403 409 409  encoding like headed order about column-0 speaker-0
POST /import/{import}/commit                303 403 303 303  looked possible
GET  /import/{import}/refused.csv           303 403 200 200
POST /import/{import}/stop                  303 403 303 303
POST /import/{import}/undo                  303 403 303 303
GET  /jobs                                  303 200 200 200
POST /jobs                                  303 403 422 422  client title place pay
GET  /jobs/{job}                            303 200 200 200
POST /jobs/{job}/closed                     303 403 400 400  seen why
POST /jobs/{job}/criteria                   303 403 400 400  seen must nice place km pay interest interested_only
          permits
GET  /jobs/{job}/details                    303 403 200 200
POST /jobs/{job}/details                    303 403 400 400  seen title place pay
GET  /jobs/{job}/endings                    303 403 200 200
POST /jobs/{job}/endings                    303 403 422 422  submission cause subject text template look
GET  /jobs/{job}/endings/{phone}            303 404 404 404
POST /jobs/{job}/filled                     303 403 400 400  seen
GET  /jobs/{job}/people                     303 200 200 200
POST /jobs/{job}/people                     303 403 422 422  candidate who
GET  /jobs/{job}/pitch/{candidate}          303 200 200 200
POST /jobs/{job}/reopened                   303 403 400 400  seen
GET  /jobs/{job}/selling-points             303 403 200 200
POST /jobs/{job}/selling-points             303 403 400 400  seen points candidate
POST /jobs/{job}/submissions                303 403 422 422  candidate
GET  /join/{token}                          404 404 404 404
POST /join/{token}                          404 404 404 404  password
GET  /lists                                 303 200 200 200
POST /lists                                 303 403 422 422  name shared tags place owner only nothing_open
          wants stage invitation
          contact_since contact_before
GET  /lists/new                             303 403 200 200
GET  /lists/{list}                          303 200 200 200
GET  /lists/{list}.csv                      303 200 200 200
GET  /lists/{list}/criteria                 303 403 200 200
POST /lists/{list}/criteria                 303 403 400 400  seen name shared tags place owner only nothing_open
          wants stage invitation
          contact_since contact_before
POST /lists/{dropped}/dropped               303 403 303 404
POST /lists/{list}/tags                     303 403 422 422  tags who
POST /lists/{list}/touchpoints              303 403 422 422  channel note who
GET  /login                                 200 303 303 303
POST /login                                 422 422 422 422  email password next
POST /logout                                303 303 303 303
GET  /manifest.webmanifest                  200 200 200 200
GET  /mentions                              303 200 200 200
POST /mentions/seen                         303 403 400 400  position until
GET  /note                                  303 200 200 200
POST /note                                  303 403 422 422  q find candidate channel outcome direction happened_at
          note promise due due_at due_choice who contact contact_works_at sensitive
GET  /note/guard                            303 200 200 200
GET  /note/people                           303 200 200 200
POST /noticed                               303 403 200 200  note happened_at sensitive candidate promise who
POST /noticed/promise                       303 403 200 200  promise who
POST /note/shared                           303 403 200 200  title text url
GET  /offline                               200 200 200 200
POST /offline/candidates/{candidate}/touchpoints  303 403 422 422  channel outcome direction happened_at note
          promise due due_at who contact contact_works_at also also_with keeps waited
POST /offline/note                          303 403 422 422  candidate channel outcome direction happened_at note
          promise due due_at who waited
POST /offline/promises/{promise}/kept       303 403 400 400  seen shown_on evidence waited
GET  /offline/session                       303 200 200 200
GET  /password                              303 200 200 200
POST /password                              303 422 422 422  current password
GET  /promises                              303 200 200 200
GET  /promises.csv                          303 200 200 200
GET  /promises/contacts                     303 200 200 200
GET  /promises/{promise}                    303 200 200 200
POST /promises/{promise}/corrections        303 403 400 400  seen shown_on whose promise why
POST /promises/{promise}/dates              303 403 422 422  seen shown_on whose due due_at due_choice
          due_stood due_seen why
POST /promises/{promise}/evidence           303 403 422 422  seen shown_on whose evidence
POST /promises/{promise}/keeper             303 403 422 422  seen shown_on whose who
POST /promises/{promise}/kept               303 403 400 400  seen shown_on whose evidence
POST /promises/{promise}/not-kept           303 403 422 422  seen shown_on whose cause
POST /promises/{promise}/release            303 403 400 400  seen shown_on whose because why
POST /promises/{promise}/snooze             303 403 422 422  seen shown_on whose until until_words
POST /promises/{promise}/undo               303 403 400 400  seen shown_on whose
GET  /push/key                              303 200 200 200
POST /push/subscriptions                    303 403 422 422  endpoint p256dh auth shows_names renewed
POST /push/subscriptions/{phone}/end        303 403 404 404
POST /push/subscriptions/{phone}/names      303 403 404 404  shows_names
POST /push/tests                            303 403 422 422
GET  /scorecard                             303 200 200 200
GET  /scorecard.csv                         303 200 200 200
POST /scorecard/individuals                 303 403 403 422  why
POST /scorecard/individuals/read            303 303 303 303
POST /scorecard/individuals/stopped         303 403 403 303
GET  /search/at-once                        303 303 303 303
GET  /sessions                              303 200 200 200
POST /sessions/{session}/end                303 404 404 404
GET  /settings                              303 200 200 200
POST /settings/agency                       303 403 403 422  seen agency zone country region working_days
          day_begins day_ends silent_after
POST /settings/mine                         303 303 303 303  digest begins ends signature
GET  /settings/away                         303 403 200 200
POST /settings/away                         303 403 422 422  first last cover
POST /settings/away/{absence}/ended         303 403 404 404
GET  /settings/card                         303 403 200 200
POST /settings/card                         303 403 303 303  title mobile phone link
GET  /settings/keeping                      303 200 200 200
POST /settings/keeping                      303 403 403 422  tag ideal_days latest_days
POST /settings/offline-reading               303 403 403 303  allowed
GET  /settings/process                      303 200 200 200
POST /settings/process                      303 403 403 400  seen stage-offer days-offer drop-offer stage-new days-new
          after-new words-call starts-call within-call unit-call words-new call_first_from unpromised
GET  /settings/regions                      303 200 200 200
GET  /setup                                 404 404 404 404
POST /setup                                 404 404 404 404  agency name email password zone code
GET  /static/kept.css                       200 200 200 200
GET  /submissions/{submission}              303 200 200 200
POST /submissions/{submission}/agreement    303 403 400 400  seen shown_on channel agreed_at until words
POST /submissions/{submission}/ending       303 403 400 400  seen shown_on cause no_call
POST /submissions/{submission}/reopening    303 403 400 400  seen shown_on
POST /submissions/{submission}/stage        303 403 400 400  seen shown_on stage meets_on told override note
POST /submissions/{submission}/told         303 403 400 400  seen shown_on how note
GET  /sw.js                                 200 200 200 200
GET  /team                                  303 200 200 200
GET  /team/{recruiter}/away                 303 403 403 200
POST /team/{recruiter}/away                 303 403 403 422  first last cover
POST /team/{recruiter}/away/{absence}/ended  303 403 403 404
GET  /team/{recruiter}/handover             303 403 403 200
POST /team/{recruiter}/handover             303 403 403 422  all candidates so_far after
POST /team/{recruiter}/leaving              303 403 403 422
POST /team/{recruiter}/links                303 403 403 303
POST /team/{recruiter}/role                 303 403 403 422  role seen
POST /team/{recruiter}/sign-outs            303 403 403 303
POST /team/invitations                      303 403 403 422  name email role
GET  /templates                             303 200 200 200
POST /templates                             303 403 422 422  name subject words short
GET  /templates/{template}                  303 403 200 200
POST /templates/{template}                  303 403 400 400  seen name subject words short
POST /templates/{template}/retirement       303 403 303 303
POST /templates/{template}/return           303 403 303 303
GET  /templates/new                         303 403 200 200
POST /touchpoints/{touchpoint}/tries         303 403 422 422  at shown_on
POST /touchpoints/{touchpoint}/tries/done    303 403 303 303  whose
GET  /tips                                  303 200 200 200
POST /tips                                  303 403 422 422  kind title words link place until
GET  /tips/{tip}                            303 403 200 200
POST /tips/{tip}                            303 403 422 422  seen kind title words link place until
GET  /tips/{tip}/people                     303 403 200 200
POST /tips/{tip}/retirement                 303 403 303 303
POST /tips/{tip}/return                     303 403 303 303
GET  /tips/new                              303 403 200 200
GET  /tips/past                             303 200 200 200
GET  /touchpoints/{touchpoint}              303 200 200 200
POST /touchpoints/{touchpoint}/answer-needed     303 403 303 303  shown_on whose
POST /touchpoints/{touchpoint}/caught       303 403 303 303  key answer by_when shown_on
GET  /touchpoints/{touchpoint}/corrections  303 403 200 200
POST /touchpoints/{touchpoint}/corrections  303 403 400 400  seen note why sensitive
GET  /touchpoints/{touchpoint}/move         303 403 200 200
POST /touchpoints/{touchpoint}/move         303 403 422 422  candidate why q find
POST /touchpoints/{touchpoint}/no-answer-needed  303 403 303 303  shown_on whose
POST /touchpoints/{touchpoint}/not-sensitive     303 403 422 422  sensitive
POST /touchpoints/{touchpoint}/quiet        303 403 200 200  note sensitive
GET  /touchpoints/{touchpoint}/retraction   303 403 200 200
POST /touchpoints/{touchpoint}/retraction   303 403 400 400  seen why
POST /touchpoints/{touchpoint}/undo         303 403 303 404
GET  /touchpoints/{touchpoint}/sensitive    303 403 200 200
POST /touchpoints/{touchpoint}/sensitive    303 403 422 422  seen passage sensitive
GET  /welcome                               303 403 200 200
GET  /welcome/demo                          303 403 200 200
POST /welcome/demo                          303 403 303 303  again
POST /welcome/demo/visits                   303 403 422 422  as
"""


@dataclass(frozen=True)
class Address:
    """One line of the table."""

    method: str
    path: str
    answers: dict[str, int]
    fields: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, line: str) -> Address:
        method, path, *rest = line.split()
        answers = dict(zip(ROLES, map(int, rest), strict=False))
        return cls(method, path, answers, tuple(rest[len(ROLES) :]))

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


ADDRESSES = [Address.of(line) for line in TABLE.replace("\n" + " " * 10, " ").splitlines() if line]
FORMS = [address for address in ADDRESSES if address.method == "POST"]
ABOUT_SOMETHING = [address for address in ADDRESSES if "{" in address.path and "{token}" not in address.path]


@dataclass
class Agency:
    """One installation for all these tests: what they are let in to do is refused for want of a filled-in form."""

    app: Flask
    people: dict[str, UUID | None]
    ids: dict[str, object]

    def browser(self, role: str) -> Browser:
        return Browser(self.app, self.people[role])

    def ask(self, browser: Browser, address: Address, form: dict[str, object] | None = None, **ids: object):
        path = address.path.format(**{**self.ids, **ids})
        if address.method == "GET":
            return browser.get(path, buffered=True)
        return browser.post(path, form, buffered=True)


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    home = tmp_path_factory.mktemp("every-route")
    app = create_app(Settings(home=home / "instance", backups=home / "backups"), passwords=CHEAP)
    kept, verbs = app.extensions["kept"], app.extensions["kept"].recruiting
    olive = verbs.found_agency(_by(None), "Harbour", "Europe/London", "Olive", "olive@harbour.example").streams[1]
    verbs.join(_by(olive), olive)
    people: dict[str, UUID | None] = {"stranger": None, "owner": olive}
    for role, name in (("recruiter", "Dana"), ("auditor", "Aude")):
        colleague = verbs.invite_recruiter(_by(olive), name, f"{name.lower()}@harbour.example", role).streams[0]
        verbs.join(_by(colleague), colleague)
        people[role] = colleague
    dana = people["recruiter"]
    ada, _ = (verbs.add_candidate(_by(dana), name).streams[0] for name in ("Ada Byron", "Bob Marsh"))
    said = verbs.record_touchpoint(_by(dana), ada, "e-mail", "in", None, None, "When do I hear from you?").streams[0]
    due = Due(kept.recruiting.log.now().date(), time(9), "Europe/London")
    promise = verbs.make_promise(_by(dana), ada, NewPromise("Send the rate card", due, dana)).streams[0]
    pain = verbs.note_pain(noted := _by(dana), ada, PainPoint("pain", "Nights", due.on)) and noted.stream(0)
    day = verbs.note_date(dated := _by(dana), ada, ImportantDate("birthday", 1, 2)) and dated.stream(0)
    gone = verbs.note_date(dated := _by(dana), ada, ImportantDate("birthday", 1, 3)) and dated.stream(0)
    lists = [verbs.save_list(_by(dana), name, Criteria(place="Leeds"), True).streams[0] for name in ("Leeds", "Gone")]
    job, client = verbs.open_job(_by(dana), JobDetails("Ward sister"), None, "St Hilda").streams
    submission = verbs.shortlist(_by(dana), job, ada).streams[0]
    contact = verbs.add_contact(_by(dana), "Carl Quill", "St Hilda").streams[0]
    kept.views.catch_up()
    answer = link(kept, dana, promise, Act.KEPT).rpartition("/")[2]
    imported = _imported(kept, dana)
    ids = {
        "import": imported,
        "answer": answer,
        "candidate": ada,
        "touchpoint": said,
        "promise": promise,
        "pain": pain,
        "noted": day,
        "gone": gone,
        "list": lists[0],
        "dropped": lists[1],
        "job": job,
        "client": client,
        "submission": submission,
        "contact": contact,
        "session": NOBODY,
        "absence": NOBODY,
        "template": THANKS,
        "tip": next(iter(SHIPPED_TIPS)),
        "phone": NOBODY,
    }
    yield Agency(app, people, {**ids, "recruiter": dana, "token": "x" * 40})
    kept.close()


def _imported(kept: Installation, by: UUID) -> UUID:
    """An import that has ended, with a row that was refused."""
    draft = drafts.begin(
        kept, uuid4(), by, "people.csv", [b"Name,E-mail\nMax Power,max@power.example\n,no@name.example"]
    )
    looking.understand(kept, draft)
    looking.look(kept, draft)
    committing.begin(kept, draft)
    run_jobs(kept)
    return draft.id


def _by(recruiter: UUID | None) -> Command:
    return Command(uuid4(), recruiter)


def test_every_route_is_in_the_table(agency: Agency) -> None:
    """A new one must say here who may use it."""
    adapter = agency.app.url_map.bind("localhost")
    served = {
        (method, rule.rule)
        for rule in agency.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    listed = set()
    for address in ADDRESSES:
        rule, _ = adapter.match(address.path.format(**agency.ids), address.method, return_rule=True)
        listed.add((address.method, rule.rule))

    assert served - listed == set()


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_each_role_is_answered_as_the_table_says(address: Address, agency: Agency) -> None:
    answers = {role: agency.ask(agency.browser(role), address) for role in ROLES}

    assert {role: answer.status_code for role, answer in answers.items()} == address.answers
    if address.answers["stranger"] == SIGN_IN and "/demo" not in address.path:
        assert answers["stranger"].location.startswith("/login"), "a stranger is asked to sign in"


@pytest.mark.parametrize("address", ABOUT_SOMETHING, ids=str)
def test_what_is_not_there_is_not_found(address: Address, agency: Agency) -> None:
    kind = address.path.partition("{")[2].partition("}")[0]
    form = {name: "1" if name == "seen" else "x" for name in address.fields}

    answer = agency.ask(agency.browser("owner"), address, form, **{kind: NOBODY})

    assert answer.status_code == 404
    assert "Traceback" not in answer.text


# Whatever is typed

NASTY = st.sampled_from(
    (
        *(
            "",
            " ",
            "\x00",
            "<script>alert(1)</script>",
            "'; DROP TABLE promises; --",
            "=1+1",
            "\u202eoslo",
            "👩‍🚀" * 60,
        ),
        *("a" * 10_001, "\ud83d", "0", "-1", "99999999999999999999", "2026-11-27", "2026-02-30", "0000-00-00", "25:61"),
        *("2026-W47-1", "09:30+02:00", "NaN", "null", "candidate", "contact", "e-mail", "call", "in", "talked", "on"),
        *(str(NOBODY), str(uuid4()), "\r\n\r\n", "mailto:x", "javascript:alert(1)", "https://" + "x" * 600, "GB-ENG"),
    )
)
TYPED = NASTY | st.text(max_size=40)


@pytest.mark.parametrize("address", [form for form in FORMS if form.fields], ids=str)
def test_no_form_makes_kept_stumble(address: Address, agency: Agency) -> None:
    """Whatever stands in the fields: an answer that a person can read, never a 500."""
    browser = agency.browser("owner" if address.answers["recruiter"] == 403 else "recruiter")

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys(address.fields, TYPED)), st.booleans())
    def stumble(form: dict[str, str], by_htmx: bool) -> None:
        form = {name: words.encode("utf-8", "surrogatepass") for name, words in form.items()}
        answer = agency.ask(browser.htmx if by_htmx else browser, address, form)

        assert answer.status_code < 500
        assert "Traceback" not in answer.text
        assert "<script>alert" not in answer.text

    stumble()
