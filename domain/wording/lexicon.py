"""The words that tell a promise from other talk, in recruiters' English, British and American. All in lower case."""

from __future__ import annotations

DELIVER = frozenset(
    """send overnight resend email e-mail mail post fax forward fwd courier ship deliver drop pop ping shoot
    whizz whiz wing pass provide supply give get hand return submit upload share text msg message dm
    whatsapp ring phone call bell buzz dial tell notify inform let update advise brief answer reply
    respond feed touch circle revert report bring pay refund reimburse sub lend advance credit transfer
    cover fund compensate owe award issue lay""".split()
)
ARRANGE = frozenset(
    """top arrange book rebook sort fix organise organize reorganise reorganize schedule reschedule set setup
    line confirm check double-check doublecheck chase verify find dig source look ask query raise flag
    escalate push press nudge speak spk talk chat discuss debrief negotiate agree sign resign countersign
    complete fill finish do make prepare prep draft write rewrite amend edit correct tweak revise redo
    reformat update add put submit register enrol enroll sub cancel change move swap extend hold keep save
    reserve ringfence ring-fence block review investigate handle process approve authorise authorize
    action introduce intro recommend nominate refer represent interview screen vet test train sponsor
    match guarantee honour honor backdate uplift increase bump print copy cc scan collect pick drive take
    run translate proof proofread explain clarify outline walk go come meet visit see follow catch liaise
    link connect consult contact reach try work help assist support protect respect treat stop refrain
    withdraw pull remove delete redact anonymise hide advertise repost publish open close create build
    invite include attach enclose present offer serve join host resolve compile gather produce generate
    calculate waive split share supply order buy install configure enable disable turn switch release
    renew resit retake sit log file record note monitor watch track assign allocate place communicate
    touch apply vouch back bear credit stand stay hit plug pencil tee shortlist pitch market loop relay
    square straighten iron chuck lob stick bung whack swing fire whip crack jump hop nail lock hammer
    shout holler recheck re-send re-check ensure secure obtain acquire bill invoice email expense comp
    donate contribute analyse analyze research study read finalize finalise wrap tidy clear clean
    summarise summarize document circulate distribute repay deliver sell disclose charge compare reclaim
    overnight recirculate incorporate jot mention undertake re-register reactivate upgrade learn brush
    quote re-quote revisit audit inspect measure repair replace restore reset rectify remedy trace locate
    fetch lift carry store maintain manage oversee lead coach mentor teach guide show demonstrate accept
    reject decline return hand give message settle answer reissue rearrange resubmit reformat anonymise
    apologise apologize tidy commit roll""".split()
)
ACTS = DELIVER | ARRANGE

# "I will …" followed by one of these tells a state, a place, a thought or a sign-off, not an act towards somebody.
NO_ACT = frozenset(
    """be have need know assume think guess wait await leave arrive stay travel fly enjoy miss love like want
    prefer hope remember forget understand sleep eat live feel hear expect believe appreciate become seem
    survive suffer regret sit lose win end wind spend start begin struggle die bet suppose imagine doubt
    wonder consider decide depend require mean matter owe fail realize realise recognize recognise notice
    agree disagree admit probably possibly maybe perhaps hopefully likely look see attend go come drive
    grow continue get keep target own belong contain differ happen appear rise fall remain last cost weigh
    sound taste smell resemble laugh cry blame hate fear worry trust grab catch pass hang head move
    relocate retire celebrate party relax rest ski golf adapt argue behave beg break breathe camp cease
    cherish climb collapse commute compete complain cope cringe cross cruise delay deserve desire dine
    disappear discover dive dwell emerge encounter endure engage enter evolve exceed exercise exist
    experience explode fade fight fish flourish gamble hike hunt hurt ignore impress invest jog kick kill
    lack lapse lie marry mind nap overcome park persist prevail profit prosper race react recover refuse
    rely rent resist ride rush sail scream seek shine sink slip snow speculate stare succeed surf thrive
    tolerate tour undergo part mull ponder reflect second object bother plan cook bake wash dress pack unpack
    vacation vanish wear whine wither yell yield outgrow receive major stall bore skip swim play listen
    walk quit join lean tend benefit earn gain save shop face confess concede say reserve drink dance sing
    smile wish dream fit heal age starve freeze burn shut try stick stop use take make run meet work
    finish do turn watch observe assess measure wake shower vote pray regroup focus concentrate stand hit
    aim beat""".split()
)

VERBS = ACTS | NO_ACT

IRREGULAR = {
    "send": "sent", "give": "given", "get": "got", "pay": "paid", "tell": "told", "bring": "brought", "make": "made",
    "do": "done", "take": "taken", "write": "written", "put": "put", "set": "set", "find": "found", "hold": "held",
    "keep": "kept", "speak": "spoken", "ring": "rung", "see": "seen", "go": "gone", "come": "come", "meet": "met",
    "leave": "left", "say": "said", "know": "known", "think": "thought", "have": "had", "be": "been", "hear": "heard",
    "feel": "felt", "lay": "laid", "buy": "bought", "lend": "lent", "show": "shown", "run": "run", "lose": "lost",
    "resend": "resent", "let": "let", "read": "read", "cut": "cut", "forget": "forgotten", "begin": "begun",
    "catch": "caught", "teach": "taught", "fall": "fallen", "split": "split", "hit": "hit", "quit": "quit",
    "rewrite": "rewritten", "withdraw": "withdrawn", "choose": "chosen", "become": "become", "spend": "spent",
    "shut": "shut", "stick": "stuck", "understand": "understood", "sit": "sat", "win": "won", "eat": "eaten",
}  # fmt: skip


def _ing(verb: str) -> set[str]:
    if verb.endswith("ie"):
        return {verb[:-2] + "ying"}
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return {verb[:-1] + "ing"}
    doubled = len(verb) > 2 and verb[-1] not in "aeiouwxyh" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    return {verb + "ing", verb + verb[-1] + "ing"} if doubled else {verb + "ing"}


def _past(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb + "d"}
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return {verb[:-1] + "ied"}
    doubled = len(verb) > 2 and verb[-1] not in "aeiouwxyh" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    return {verb + "ed", verb + verb[-1] + "ed"} if doubled else {verb + "ed"}


ING = {form: verb for verb in sorted(VERBS) for form in _ing(verb)}
THIRD = {form: verb for verb in sorted(ACTS) for form in (verb + "s", verb + "es")}
DONE = {form: verb for verb in sorted(VERBS) for form in _past(verb)} | {done: verb for verb, done in IRREGULAR.items()}

ADVERBS = frozenset(
    """also then just definitely def certainly still both now personally happily gladly always soon shortly
    likewise naturally obviously simply quickly quick immediately straight defo 100% absolutely again
    actually only even either all hereby therefore asap duly kindly promptly first next together verbally
    tomorrow today tonight tmrw tmw monday tuesday wednesday thursday friday saturday sunday mon tue tues
    wed weds thu thur thurs fri sat sun once already finally really honestly hapily each deffo sure""".split()
)

# Words that lead on to the verb: "will be able to send", "going to try and get".
ONWARD = frozenset(
    """able going happy glad pleased delighted sure try trying look looking continue aim endeavour endeavor
    proceed prepared""".split()
)

HEDGES = frozenset(
    "probably prob probs possibly maybe perhaps hopefully likely might may could someday presumably poss".split()
)
OPINION = frozenset(
    """doubt think thinks reckon reckons hope hopes hoping guess bet expect expects suspect assume assumes
    imagine worried afraid fear feel feels unsure thinking suppose supposing wonder wondering wonders
    believe believes sure unlikely likely hopeful confident understand understanding gather heard hear
    chance""".split()
)
TOLD = frozenset(
    """told tell said say says saying promised promise promises assured assure agreed agree agrees confirmed
    confirm confirms confirming guaranteed guarantee advised informed mentioned swore vowed pledged texted
    emailed messaged committed undertook undertaken stated replied rang explained word left clear deal
    shook know promising assuring telling insisted offered offers reassured msgd txtd wrote voicemail
    heart adamant swears sworn assurance assurances""".split()
)

OURS = frozenset(
    """office payroll accounts compliance team desk branch resourcing resourcer colleague boss admin
    consultant recruiter finance ops onboarding backoffice back-office bookings resourcers colleagues
    coordinator scheduler recruiting orientation credit dispatch marketing registrations vetting""".split()
)
# Of the others, those who may be meant by "he" or "she".
OTHER_PEOPLE = frozenset(
    """client hm customer dir manager mgr head headteacher foreman interviewer director cfo ceo cto cio
    gaffer landlord referee matron supervisor superintendent pm gm owner buyer principal deputy rector
    dean vp svp dealer doctor gp surgeon sister""".split()
)
OTHERS = frozenset(
    """client clients hm customer customers dir manager mgr site hr trust school ward head head-teacher
    headteacher foreman hospital company firm employer employers panel interviewer director recruitment
    cfo ceo cto cio hmrc council gaffer landlord bank university uni referee referees agencies competitor
    umbrella matron supervisor they department dept bosses home depot factory warehouse superintendent
    super pm gc contractor lender buyer seller vendor board owner owners police court college government
    dbs embassy practice surgery principal deputy rector dean vp svp sponsor headhunter other dealer
    registrar nmc gmc gdc ofsted solicitor lawyer lawyers attorney doctor gp surgeon staffing business""".split()
)
FAMILY = frozenset(
    """wife husband partner mum mother dad father brother sister flatmate son daughter girlfriend boyfriend
    mom nan kids missus mrs""".split()
)
OTHER_AGENCY = frozenset("before previous old last other another rival ex former his her their".split())
CANDIDATE = frozenset(
    """candidate cand cands candidates applicant lads lad lass guy fella bloke chap temp temps nurse driver
    drivers welder worker couple gent lady""".split()
)

DETERMINERS = frozenset(
    "a an the his her their my our your this that these those some any all no each every its".split()
)

CANDIDATE_PAPERS = frozenset(
    """refs ref references reference referee referees timesheet timesheets dbs passport id certs cert
    certificate certificates ticket tickets p45 p60 bank photos photo portfolio availability docs
    documents share-code visa brp notice licence license tacho cpc cscs evisa payslip payslips degree
    transcript transcripts diploma nmc pin decision qualifications i-9 i9 w4 w-4 w9 resume resumé cv proof
    utility bill registration ssn mvr answer yes/no cards scan scans certification certifications
    availabilities dates holidays test assessment landlord address""".split()
)
EITHERS_PAPERS = frozenset("cv resume resumé answer cards card dates photos photo scan scans address test".split())
OUR_PAPERS = frozenset(
    """jd jds spec specs contract contracts rate rates details link form forms offer terms feedback rota
    invite interview brief briefs info address directions list links pack checklist salary shifts shift
    job jobs advert confirmation paperwork assignment option options role roles email number invoice
    invites benefits letter""".split()
)
# What the candidate, and hardly ever a recruiter, does.
CANDIDATE_ACTS = frozenset(
    "sign upload resign apply enrol enroll resit retake accept bring countersign hand sit study".split()
)
# A clause begins after one of these.
BREAKS = frozenset(
    """, - – — : ( ) / and but so or then plus " “ ” ' . ; ! ? … .. ... * > | ~ yes no ok okay though because otherwise
    also however cos since as either btw fyi meanwhile if whether unless when once until till til after before while
    where how what which who that why whom than""".split()
)
CLAUSE_OPENERS = frozenset(
    """if whether wether unless how what when where why who whom until till once after before than whenever
    wherever""".split()
)
UNDERTOOK = frozenset(
    """arranged agreed promised promises promise undertook undertake undertaken committed commit vowed swore
    sworn pledged offered guaranteed undertakes agrees agree pledges commits vows""".split()
)
HANDED = frozenset(
    """sent mailed emailed e-mailed posted faxed forwarded paid refunded reimbursed credited couriered
    shipped delivered processed corrected backdated transferred returned provided issued fedexed wired
    resent put fixed sorted texted called contacted rung told informed notified updated reissued
    compensated covered""".split()
)
REPORTING = frozenset(
    """phone holler shout get come let revert update advise give tell call ring report reply feed send text
    email respond confirm know inform drop circle""".split()
)
NEXT_TO_VERB = DETERMINERS | frozenset(
    """him her them you cand candidate me us to with w/ w back on in over out up through by it at about from
    off if what when whether anything everything whatever""".split()
)
HANDED |= {form for form, verb in DONE.items() if verb in DELIVER}
