"""The words by which a clause says something about somebody's own health, family or convictions, and not their job."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum


class Kind(StrEnum):
    """What a passage is about."""

    HEALTH = "health"
    FAMILY = "family"
    CONVICTION = "conviction"


def said_of(words: list[str]) -> Kind | None:
    """What a clause is about, by its words in small letters; None for what is nobody's private life."""
    rules = {rule for word in words for rule in BY_WORD.get(word.removesuffix("'s"), ())}
    if not rules:
        return None
    clause = f" {' '.join(words)} "
    return next((RULES[rule][0] for rule in sorted(rules) if RULES[rule][1](clause)), None)


# Words that many rules ask for

JOB = (
    "nurs(?:e|es|ing)|wards?|units?|teams?|clinics?|cent(?:re|er)s?|hospices?|charit(?:y|ies)|trust|services?|care|carers?"
    "|workers?|work|officers?|managers?|management|leads?|specialists?|consultants?|solicitors?|lawyers?|barristers?"
    "|paralegals?|law|clerks?|ushers?|counsell(?:or|ors|ing)|therapists?|practitioners?|teachers?|teaching|assistants?"
    "|tutors?|coach|homes?|house|schools?|college|experience|background|training|trained|course|certificate|certified"
    "|qualifications?|qualified|degree|diploma|research|researcher|awareness|prevention|polic(?:y|ies)|rates?|cover|benefits?"
    "|insurance|roles?|jobs?|posts?|vacanc(?:y|ies)|placements?|patients?|clients?|residents?|pupils?|students?|users?"
    "|adults|people|families|women|men|mothers|mums|children|kids|youngsters|victims|survivors|sufferers|offenders"
    "|industry|sector|market|compan(?:y|ies)|firms?|business(?:es)?|products?|apps?|platforms?|data|funds?|camps?|clothing"
    "|wear|shop|shops|retailer|clubs?|registrar|surgeons?|secretary|receptionist|practices?|department|programmes?"
    "|projects?|trials?|support|groups?|range|brand|tv|media|books?|protection|safeguarding|planner|planners|venues?"
    "|photographer|photography|coordinator|co|events?|catering|directors?|arranger|advis(?:er|or)s?|analysts?|engineers?"
    "|technicians?|testing|test|tests|jabs?|vaccines?|season|nurser(?:y|ies)|level|bank|agenc(?:y|ies)|employers?|friendly"
    "|run|owned|office|court|sergeant|suite|check|checks|governance|strategy|lead|first|champion|act|drugs|medicine"
)
OTHERS = re.compile(
    r" (?:patients?|residents|pupils|students|service users?|adults|people|women|families|clients with|clients who"
    r"|offenders|inmates|prisoners|those|survivors|victims|children with|kids with|young|learners|colleagues?|policy) "
)
WORKING = re.compile(
    r" (?:work(?:s|ed|ing)?|train(?:s|ed|ing)|experience|experienced|specialis\w+|specialists?|teach(?:es|ing)?|taught|research\w*"
    r"|interest|placements?|role|roles|jobs?|background|knowledge|qualified|sells?|sold|selling|course|degree|phd|projects?"
    r"|ward|unit|sector|runs|ran|managed|manages|led|leads|covering|covers|cv|employed|temping|vacanc(?:y|ies)|candidates"
    r"|nurse|nurses|nursing|officer|worker|solicitor|lawyer|barrister|paralegal|clerk|usher|midwife|practitioner|teacher|coach"
    r"|manager|counsellor|consultant|surgeon|radiographer|registrar|social|locum|band|pqe|shifts? (?:at|in)) "
)
HAS = r"(?:has|have|had|having|got|gets?|he's got|she's got|with)"
WHOSE = r"(?:his|her|their|my|own|mum's|dad's|wife's|husband's|son's|daughter's|partner's)"
IS = r"(?:is|was|are|were|be|been|being|he's|she's|they're|i'm|feeling|felt|feels|fell|still|now|currently|really|very|quite|again)"
ONE_TO_SIX = r"(?:one|two|three|four|five|six|[1-6])"
GAP = r"(?:\S+ ){0,%d}"


def _has(pattern: str, unless: re.Pattern[str] | None = None) -> Callable[[str], bool]:
    """Whether the clause says so, not of a job or of other people."""
    said = re.compile(pattern)
    return lambda clause: bool(said.search(clause)) and not (
        OTHERS.search(clause) or (unless is not None and unless.search(clause))
    )


NOT_A_JOB = rf"(?! (?:\S+ )?(?:{JOB}) )"

# Health

CONDITIONS = (
    "epilepsy|seizures|asthma|diabetes|cancer|leukaemia|leukemia|lymphoma|tumou?r|melanoma|stroke|dementia|alzheimer's|parkinson's"
    "|ms|multiple sclerosis|adhd|add|autism|asperger's|ptsd|ocd|bipolar|schizophrenia|depression|anxiety|panic attacks?|psychosis"
    "|an eating disorder|eating disorder|anorexia|bulimia|arthritis|sciatica|migraines?|endometriosis|fibromyalgia|long covid|covid|flu"
    "|norovirus|shingles|pneumonia|bronchitis|tonsillitis|sepsis|glandular fever|chickenpox|hernia|slipped disc|appendicitis"
    "|kidney (?:stones|infection|failure|disease)|heart (?:attack|condition|problems?|trouble|disease|failure)|angina|high blood pressure"
    "|blood clots?|crohn's|colitis|ibs|coeliac|lupus|psoriasis|eczema|hiv|hepatitis|menopause|pcos|fibroids|dyslexia|dyspraxia|tinnitus"
    "|vertigo|glaucoma|cataracts?|a stammer|a stutter|stammer|chronic fatigue|chronic pain|insomnia|burnout|nervous breakdown|breakdown"
    "|concussion|whiplash|meningitis|thyroid|anaemia|sleep apnoea|narcolepsy|carpal tunnel|rsi|gout|scoliosis|cerebral palsy"
    "|learning difficult(?:y|ies)|learning disability|disability|medical condition|health condition|health (?:issues?|problems?|scare)"
    "|mental health (?:issues?|problems?|struggles|condition|crisis)|drink(?:ing)? problem|drug problem|gambling problem|addiction"
    "|allerg(?:y|ies)|cyst|ulcer|cystic fibrosis|brain injury|head injury|bad (?:back|knees?|hip|shoulder|chest)|dodgy (?:back|knee|hip|shoulder)"
)
HOLDS = (
    rf"(?:{HAS}|suffer(?:s|ing|ed)?|diagnosed|diagnosis|battl(?:es|ing|ed)|fight(?:s|ing)|beat|survived|recovering|recovered|treated|treatment"
    rf"|undergoing|develop(?:ed|ing)|caught|struggl(?:es|ing|ed)|living|lives|off|down|remission|because of|due to|from|disclosed|declared"
    rf"|hospital|ill|medication|tablets|managing|{WHOSE})"
)
NOT_HELD = re.compile(r" (?:no|any|good with|knows|about|treat(?:s|ing)|for|without|charity|covid times|lockdown) ")
STATES = (
    r"diabetic|epileptic|asthmatic|dyslexic|dyspraxic|autistic|deaf|disabled|pregnant|bipolar|neurodivergent|neurodiverse|anaemic"
    r"|alcoholic|suicidal|immunosuppressed|immunocompromised|bedridden|housebound|partially sighted|visually impaired"
    r"|hard of hearing|colou?r blind|registered blind|hospitalised|sectioned|insulin dependent|in remission|in a wheelchair|on crutches"
)
BODY = (
    r"back|spine|knees?|hips?|shoulder|ankle|wrist|arm|leg|foot|feet|neck|hand|hands|ribs?|collarbone|achilles|hamstring|disc|nerve|ligaments?"
    r"|elbow|fingers?|thumb|toe|jaw|pelvis|eye|eyes|eyesight|heart|hearing|kidneys?|liver|lungs?|bowel|stomach|gallbladder|appendix|tonsils"
)
DRUGS = (
    r"medication|meds|antidepressants?|anti depressants|insulin|statins|blood thinners|beta blockers|painkillers|warfarin|methadone"
    r"|steroids|hrt|sertraline|prozac|ritalin|lithium|tablets|morphine|an inhaler|inhaler|oxygen"
)
TREATED = (
    r"surgery|chemo|chemotherapy|radiotherapy|dialysis|a transplant|transplant|bypass|biops(?:y|ies)|(?:hip|knee|joint) replacement|ivf"
    r"|hysterectomy|mastectomy|pacemaker|stent|colonoscopy|physio|physiotherapy|counselling|therapy|cbt|detox|rehab|operation|op"
    r"|c section|caesarean|fertility treatment|vasectomy|transfusion|mri|ct scan"
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"

HEALTH = [
    # somebody has it
    (
        "epilepsy seizures asthma diabetes cancer leukaemia leukemia lymphoma tumour tumor melanoma stroke dementia alzheimer parkinson ms"
        " sclerosis adhd add autism asperger ptsd ocd bipolar schizophrenia depression anxiety panic psychosis eating anorexia bulimia arthritis"
        " sciatica migraine migraines endometriosis fibromyalgia covid flu norovirus shingles pneumonia bronchitis tonsillitis sepsis glandular"
        " chickenpox hernia slipped appendicitis kidney heart angina blood crohn colitis ibs coeliac lupus psoriasis eczema hiv hepatitis menopause"
        " pcos fibroids dyslexia dyspraxia tinnitus vertigo glaucoma cataract cataracts stammer stutter chronic insomnia burnout breakdown concussion"
        " whiplash meningitis thyroid anaemia apnoea narcolepsy carpal rsi gout scoliosis cerebral disability medical health mental drink drinking"
        " drug gambling addiction allergy allergies cyst ulcer cystic brain head bad dodgy learning",
        _has(rf" {HOLDS} {GAP % 4}(?:{CONDITIONS}){NOT_A_JOB} ", re.compile(f"{WORKING.pattern}|{NOT_HELD.pattern}")),
    ),
    # somebody is it
    (
        "diabetic epileptic asthmatic dyslexic dyspraxic autistic deaf disabled pregnant bipolar neurodivergent neurodiverse anaemic alcoholic"
        " suicidal immunosuppressed immunocompromised bedridden housebound sighted impaired hearing blind hospitalised sectioned dependent"
        " remission wheelchair crutches",
        _has(
            rf"(?: {IS} {GAP % 3}|^ (?:type [12] |registered |also |severely |slightly |mildly |profoundly |recovering |heavily |\d+ weeks? )*)"
            rf"(?<!the )(?:{STATES}){NOT_A_JOB} ",
            WORKING,
        ),
    ),
    ("pregnant gone", _has(rf" (?:\d+|\w+) (?:weeks|months) (?:pregnant|gone){NOT_A_JOB} ")),
    ("pregnancy", _has(rf" {WHOSE} {GAP % 1}pregnancy{NOT_A_JOB} ", WORKING)),
    (
        "maternity mat",
        _has(
            rf" (?:on|from|onto|start(?:s|ing)|finish(?:es|ing)|{WHOSE}) {GAP % 2}(?:maternity|mat)(?: leave| pay)? (?!cover|policy|ward|unit|team)",
            WORKING,
        ),
    ),
    (
        "maternity mat",
        _has(r" (?:about|asked|ask|asking|wants?) (?:to know )?(?:about )?(?:her|maternity pay for her) (?:maternity|mat) "),
    ),
    ("miscarriage miscarried stillbirth", _has(rf" (?:{HAS}|{WHOSE}|after|lost) {GAP % 3}(?:miscarriage|stillbirth) | miscarried ", WORKING)),
    # off sick
    (
        "sick ill unwell poorly signed",
        _has(
            r" (?:off|phoned|called|rang|gone|went|goes|reported) (?:in )?(?:\S+ )?(?:sick|ill|poorly|unwell) (?!of )| signed off (?:\S+ ){0,2}"
            r"(?:work|sick|with|for|by|until|till|til|since|again|at|as|$)| on (?:long term )?sick(?: leave)? | long term sick ",
            WORKING,
        ),
    ),
    ("sick fit", _has(r" (?:sick|fit) ?notes? ", WORKING)),
    (
        "ill unwell poorly sick",
        _has(rf" {IS} {GAP % 2}(?:ill|unwell|poorly|sick)(?! of| and tired|{NOT_A_JOB[3:]}", WORKING),
    ),
    ("well", _has(r" (?:isn't|not|hasn't been|wasn't) (?:\S+ )?(?:feeling |been )?well (?:enough|since|at the moment|lately|again|$)", WORKING)),
    ("stress", _has(r" (?:off|signed off|left|out) (?:\S+ ){0,3}(?:with|due to|because of|through) (?:\S+ )?stress | stress related (?:illness|absence|leave)")),
    ("breakdown", _has(r" (?:nervous|mental) breakdown ", WORKING)),
    ("burnt burned", _has(rf" (?:{IS}|got|completely|totally) (?:\S+ )?(?:burnt|burned) out ")),
    ("mental", _has(rf" {WHOSE} mental health ", WORKING)),
    ("depressed", _has(rf" {IS} {GAP % 2}depressed(?! market| prices|{NOT_A_JOB[3:]}", WORKING)),
    # what is done about it
    (
        "surgery chemo chemotherapy radiotherapy dialysis transplant bypass biopsy biopsies replacement ivf hysterectomy mastectomy pacemaker stent"
        " colonoscopy physio physiotherapy counselling therapy cbt detox rehab operation op section caesarean treatment vasectomy transfusion mri ct",
        _has(
            rf" (?:{HAS}|needs?|needed|awaiting|waiting|wait|recovering|in|after|following|undergoing|booked|{WHOSE}) {GAP % 4}(?:{TREATED}){NOT_A_JOB} ",
            WORKING,
        ),
    ),
    ("op operation surgery replacement", _has(rf" (?:{BODY}|hernia|cataract|tumour|brain) (?:op|operation|surgery|replacement){NOT_A_JOB} ", WORKING)),
    (
        "hospital hospitalised",
        _has(
            rf" (?:{IS}|went|rushed|taken|admitted|back|up|out|in and out|just|{HAS}|for|until) (?:\S+ ){{0,2}}(?:in|to|into|of|from) hospital(?! \S*(?:pharmacy|job|role|trust)) "
            r"|^ (?:in|out of|back in) hospital ",
            WORKING,
        ),
    ),
    (
        "hospital doctor doctor's doctors gp oncology consultant",
        _has(
            rf" (?:hospital|doctor's|doctors|doctor|gp|dr|consultant|specialist|oncology|clinic) (?:appointments?|appts?|visits?|stay|treatment|tests){NOT_A_JOB} ",
            WORKING,
        ),
    ),
    (
        "doctor doctors gp specialist",
        _has(
            r" (?:doctors?|gp|specialist|surgeon) (?:has |have )?(?:told|advised|said|says|signed|won't let|put|wants|thinks|recommended|ordered|reckons) ",
            re.compile(r" (?:band|locum|practice|rota|shift|shifts|rate|salary) "),
        ),
    ),
    ("therapist counsellor psychiatrist psychologist", _has(r" (?:seeing|sees|seen|saw) (?:a|an|his|her|their|the) (?:\S+ )?(?:therapist|counsellor|psychiatrist|psychologist|neurologist|cardiologist) ")),
    (
        "medication meds antidepressants antidepressant depressants insulin statins thinners blockers painkillers warfarin methadone steroids hrt"
        " sertraline prozac ritalin lithium tablets morphine inhaler oxygen",
        _has(rf" (?:on|takes|taking|took|started|starts|prescribed|needs|needing|off|{WHOSE}) {GAP % 3}(?:{DRUGS})(?! round| rounds| error| errors| admin){NOT_A_JOB} ", WORKING),
    ),
    # what hurts
    (
        "back spine knee knees hip hips shoulder ankle wrist arm leg foot feet neck hand hands rib ribs collarbone achilles hamstring disc nerve"
        " ligament ligaments elbow finger fingers thumb toe jaw pelvis eye eyes heart appendix tonsils",
        _has(
            rf" (?:bad|dodgy|trapped|slipped|broken|broke|breaking|fractured|torn|tore|sprained|twisted|injured|hurt|pulled|dislocated|sore|knackered|gammy|frozen|damaged|ruptured|snapped|shattered|burst|put out|done|did)"
            rf" (?:(?:{WHOSE}|a|an|the|some|two|three) )?(?:left |right |lower |upper |big |little )?(?:{BODY}){NOT_A_JOB} ",
            WORKING,
        ),
    ),
    (
        "back spine knee knees hip hips shoulder ankle wrist arm leg foot feet neck hand hands rib ribs eyesight hearing heart kidneys lungs eye eyes",
        _has(
            rf" {WHOSE} (?:left |right |lower |bad )?(?:{BODY}) (?:went|goes|has gone|had gone|gone|is bad|is playing|playing|plays|gave|gives|injury|problems?|trouble|pain|hurts|is still|condition|again|op|isn't|is not|is failing|failing|is going)"
            rf"| (?:back|knee|hip|shoulder|neck|chest|hand|wrist|ankle) (?:pain|trouble|problems?|injury|injuries){NOT_A_JOB} ",
            WORKING,
        ),
    ),
    ("wheelchair crutches cane", _has(r" (?:uses?|using|in|needs|on) (?:a |an |his |her |their )?(?:wheelchair|crutches|walking stick|walking frame|cane|mobility scooter) | wheelchair (?:user|bound) ")),
    ("stick scooter frame", _has(r" (?:uses?|using|walks with|needs) (?:a |his |her )?(?:walking stick|stick|mobility scooter|walking frame) ")),
    ("hearing aid aids lip guide prosthetic badge", _has(r" (?:hearing aids?|cochlear implant|lip reads?|guide dog|prosthetic (?:leg|arm|foot|hand)|blue badge) ", WORKING)),
    ("blind", _has(r" (?:is|he's|she's|registered|partially|going|nearly|colou?r|legally) blind ")),
    ("deaf", _has(r" (?:is|he's|she's|partially|profoundly|going|slightly) (?:\S+ )?deaf ")),
    ("adjustments", _has(r" (?:needs?|asked for|wants|requires?|will need|make|requested) (?:\S+ ){0,2}adjustments (?:for|at|to|in|because|$)", WORKING)),
    ("recovery", _has(r" (?:is|he's|she's|was|^) ?in recovery (?!team|room|ward|work|services|mode|plan)", WORKING)),
    ("sober", _has(rf" (?:years?|months?|weeks?|is|been|he's|she's|got|now) (?:\S+ )?sober ")),
    ("alcoholic addict alcoholics aa", _has(r" (?:recovering|ex|former|is an?|he's an?|she's an?|was an?) (?:alcoholic|addict) | aa meetings? ")),
    ("allergic", _has(r" (?:is|he's|she's|severely|badly) (?:\S+ )?allergic to (?!work|hard|early|excel|admin)")),
    ("injured injury", _has(rf" (?:{IS}|got|badly) injured (?!party|worker)| (?:{HAS}|{WHOSE}) (?:an? )?(?:\S+ )?injury (?!claim|lawyer|solicitor)", WORKING)),
    ("suicide overdose harm", _has(r" (?:tried|attempted|attempt) (?:to )?(?:\S+ )?suicide | took an overdose | self harm(?:s|ed|ing)? ", WORKING)),
]

# Family

KIN_ONE = (
    r"wife|husband|hubby|spouse|fianc[eé]e?|boyfriend|girlfriend|mum|mom|mam|dad|mother|father|son|daughter|baby|toddler|newborn"
    r"|brother|sister|gran|nan|nana|grandad|grandma|grandmother|grandfather|grandson|granddaughter|uncle|aunt|auntie|cousin|niece"
    r"|nephew|stepson|stepdaughter|stepdad|stepmum|ex wife|ex husband|ex partner|missus|other half|little one|eldest|youngest|ex"
)
KIN = rf"{KIN_ONE}|parents|sons|daughters|kids?|children|child|twins|brothers|sisters|siblings|grandparents|grandchildren|grandkids|in laws|boys|girls|family|partner"
KIN_WORDS = (
    "wife husband hubby spouse fiance fiancé fiancee fiancée boyfriend girlfriend mum mom mam dad mother father son daughter baby toddler newborn brother"
    " sister gran nan nana grandad grandma grandmother grandfather grandson granddaughter uncle aunt auntie cousin niece nephew stepson stepdaughter"
    " stepdad stepmum missus half little eldest youngest ex parents sons daughters kid kids children child twins brothers sisters siblings"
    " grandparents grandchildren grandkids laws boys girls family partner"
)
PARTNER_AT_WORK = re.compile(
    r" (?:business|hr|channel|delivery|senior|managing|law|equity|joint|account|alliance|trading|training|founding|salaried|junior|recruitment|client|strategic) partners? "
    r"| partners? (?:agency|agencies|firm|company|track|at|in the firm|manager|network|programme|school|schools) "
)
CHILD_AT_WORK = re.compile(
    r" (?:work(?:s|ed|ing)?|teach(?:es|ing)?|taught|class of|good|great|loves|nanny|nannies|childminder|looks after other|for) (?:\S+ )?(?:with |the )*(?:kids|children|boys|girls|child|babies) "
)
NOT_KIN = re.compile(f"{PARTNER_AT_WORK.pattern}|{CHILD_AT_WORK.pattern}")
AFTER_KIN = rf"(?! (?:\S+ )?(?:{JOB.replace('|work|', '|').replace('|jobs?', '').replace('|run|', '|').replace('|house|', '|').replace('homes?|', '')}) )"

FAMILY = [
    (KIN_WORDS, _has(rf" (?:his|her|their|my|he's|she's) {GAP % 3}(?:{KIN})(?:'s)? (?!law |court |business|run |owned |friendly |company |firm |protection|services|support worker|nurse)", NOT_KIN)),
    (
        KIN_WORDS,
        _has(
            rf"^ (?:the |new )?(?:{KIN_ONE}|partner|parents|kids|children|twins|mother in law|father in law) (?:is|was|has|had|have|are|just|works?|got|gets|lives?|needs|wants|start(?:s|ed)|in hospital|ill|poorly|passed|died|expecting|due"
            rf"|left|also|moving|moved|not|back|can't|doesn't|lost|at (?:school|home|nursery|uni)|off|with) ",
            NOT_KIN,
        ),
    ),
    ("kids children child baby twins son sons daughter daughters toddler newborn little boys girls dependants", _has(rf" (?:has|have|got|had|having|with|and|^|he's got|she's got) (?:no |a |an )?(?:{ONE_TO_SIX} )?(?:\S+ )?(?:kids|children|baby|twins|son|sons|daughters?|toddler|newborn|little ones?|dependants){AFTER_KIN} ", re.compile(f"{NOT_KIN.pattern}|{WORKING.pattern}"))),
    ("kids children sons daughters boys girls", _has(rf" (?:no|{ONE_TO_SIX}) (?:small |young |little |grown up |grown |teenage )?(?:kids|children|sons|daughters|boys|girls){AFTER_KIN} ", re.compile(f"{NOT_KIN.pattern}|{WORKING.pattern}"))),
    ("kids children baby twins", _has(rf" (?:pick|picks|picking|collect|collects|drop|drops|dropping|take|takes|taking|mind|minding|custody|let|home with|see|sees) {GAP % 3}(?:kids|children|baby|twins) ", WORKING)),
    ("married unmarried remarried", _has(r" (?:un|re)?married (?!up|together)", WORKING)),
    ("engaged", _has(r" (?:got|newly|just got|recently) engaged | engaged to (?:be married|his|her|a|another)")),
    ("divorce divorced divorcing", _has(rf" divorc(?:e|ed|ing){NOT_A_JOB} (?!and matrimonial|law|paralegal|cases|team)", WORKING)),
    ("separated separating", _has(r" (?:^|is|are|was|he's|she's|they're|recently|newly|just|now|they) ?(?:\S+ )?separat(?:ed|ing) (?!out|into|the|by)|^ separated ", WORKING)),
    ("split broke broken break", _has(r" (?:split up|splitting up|splitting|split|broke up|broken up|break up|breaking up) (?:with|from) (?:his|her|their|the|a) | (?:have|has|just|they|recently) (?:split up|broken up|broke up) ")),
    ("widow widowed widower", _has(r" widow(?:ed|er)? ", WORKING)),
    ("wedding honeymoon", _has(rf" (?:his|her|their|own|a|the|on|for) (?:\S+ )?(?:wedding|honeymoon){NOT_A_JOB} ", WORKING)),
    ("single lone", _has(r" (?:single|lone) (?:mum|mom|mother|dad|father|parent) ", WORKING)),
    ("expecting", _has(rf" expecting (?:a baby|twins|again|(?:his|her|their|a) (?:first|second|third|fourth|baby|child)|in {MONTH}|(?:a )?(?:little )?(?:boy|girl)) ")),
    ("baby", _has(rf" (?:trying for a|new|had a|having a|have a|due a|had their|had her|a second|another|first|the) baby{NOT_A_JOB} | baby (?:is |was )?(?:due|on the way|arrives|arrived|girl|boy) ", WORKING)),
    ("adopting adoption fostering", _has(r" (?:is|are|they're|he's|she's|hopes to|wants to|been) adopt(?:ing)? | adoption leave | (?:is|are|they're) fostering (?:a|two)", WORKING)),
    ("paternity parental", _has(r" (?:on|from|taking|takes|his|wants|starts|after|due) (?:\S+ )?(?:shared )?(?:paternity|parental) leave ", WORKING)),
    ("funeral", _has(rf" funeral{NOT_A_JOB} (?!director|plan)", WORKING)),
    ("bereavement bereaved grieving", _has(rf" (?:bereavement|bereaved|grieving){NOT_A_JOB} ", WORKING)),
    ("passed died", _has(r" (?:passed away|died) ", re.compile(r" (?:battery|laptop|phone|line|call|deal) "))),
    ("lost", _has(rf" lost (?:his|her|their|a) (?:\S+ )?(?:{KIN}) ", NOT_KIN)),
    ("childcare", _has(rf" (?:\S+ )childcare{NOT_A_JOB} | childcare (?!{JOB})\S+ ", WORKING)),
    ("school nursery", _has(r" (?:school|nursery) (?:run|runs|pick ups?|pickups?|drop offs?) ", re.compile(r" (?:minibus|driver|escort|route) "))),
    ("custody", _has(r" custody (?:battle|hearing|case|dispute|of|arrangement|arrangements) ", WORKING)),
    ("cares caring carer", _has(rf" (?:cares|caring|carer|main carer) for (?:his|her|their|a) {GAP % 2}(?:{KIN}|relative) ")),
]

# Convictions

OFFENCE = (
    r"assault|affray|theft|fraud|burglary|robbery|abh|gbh|drink driving|drunk driving|drunk and disorderly|dui|possession|supply|dealing|shoplifting"
    r"|speeding|criminal damage|harassment|arson|manslaughter|murder|violence|drugs?|dangerous driving|careless driving|no insurance|perjury"
    r"|embezzlement|money laundering|handling|public order|breach|domestic|sexual|rape|stalking|stealing|fighting|drink"
)
FOUND = r"caution|cautions|conviction|convictions|offences?|theft|assault|something|a fight|entry|entries|hit|flag|flagged|issues?|warning|reprimand|positive|marker|drugs|fraud|abh|gbh|record"
CLEAR = re.compile(r" (?:clear|clean|fine|no|nothing|without|blank|due|pending|outstanding|rate) ")
NOT_INSIDE = re.compile(f"{WORKING.pattern}| (?:army|navy|raf|forces|marines|police force|customers|tables|notice|visits|visiting|volunteers?|chaplain|governor|library|contract|contracts) ")

CONVICTION = [
    ("conviction convictions", _has(r" (?:has|had|have|got|his|her|their|unspent|spent|previous|old|driving|criminal|declared|disclosed|past|a) (?:\S+ ){0,2}convictions? (?!rate)", re.compile(rf"{CLEAR.pattern}|{WORKING.pattern}| with conviction "))),
    ("convicted", _has(r" convicted (?:of|for|in|at|as) | (?:was|been|got|he's|she's) convicted ", WORKING)),
    ("caution cautions cautioned", _has(r" (?:police|a|an|one|two|old|his|her|youth|under) (?:\S+ )?cautions? | cautioned (?:for|by|in) ", re.compile(r" (?:with|err|side of|word of|note of) (?:\S+ )?caution "))),
    ("arrested bail bailed", _has(r" (?:arrested|on bail|bailed) ", WORKING)),
    ("charged", _has(rf" charged with (?:\S+ ){{0,2}}(?:{OFFENCE}) | (?:was|been|got|being) charged (?:by the police|last|in|yesterday|over)", WORKING)),
    ("court", _has(r" (?:is|was|he's|she's|up|due|has to be|had to be|goes|going|appeared|appearing|appears|been|^) ?(?:\S+ ){0,2}(?:in|to|at|before) (?:(?:crown|magistrates|magistrate's|magistrates'|county|the) )*court (?:on|for|next|tomorrow|today|over|about|in|again|this|last|$)|^ in court | court (?:date|dates|case|hearing|appearance|summons) ", re.compile(f"{WORKING.pattern}| (?:reporter|jury|interpreter|custody) "))),
    ("prison jail inside jailed", _has(r" (?:was|been|went|he's|she's|is|spent|years|months|in and out of|released from|out of|came out of|time in|ex) (?:\S+ ){0,4}(?:in|to|of|from|out)? ?(?:prison|jail|inside) | jailed ", re.compile(rf"{NOT_INSIDE.pattern}| inside (?:the|sales|out|leg|ir35|a|his|her) | (?:prison|jail) (?:service|staff|job|jobs) "))),
    ("time", _has(r" (?:did|done|doing|served|serving) time (?!in the (?:army|navy|raf)|at|as|on)", NOT_INSIDE)),
    ("served serving serves", _has(rf" serv(?:ed|ing|es) (?:\S+ ){{1,3}}(?:months?|years?|weeks?) (?:for (?:{OFFENCE})|in (?:prison|jail)|inside) ", NOT_INSIDE)),
    ("sentence sentenced", _has(r" sentenced | (?:suspended|custodial|prison|jail|month|year) sentence ", WORKING)),
    ("licence license", _has(r" (?:out|released|is|he's|she's) (?:\S+ )?on licen[cs]e ")),
    ("tag tagged", _has(r" (?:is|he's|she's|still|^|electronically) ?(?:on (?:a )?tag|tagged) |^ on (?:a )?tag ")),
    ("probation", _has(rf" on probation for (?:\S+ ){{0,2}}(?:{OFFENCE}|offence)| (?:his|her|their|sees|with|has a) (?:\S+ )?probation officer |^ probation officer (?:is|was|says|said|wants|agreed|happy|fine) ")),
    ("points", _has(r" (?:points|pts) on (?:his|her|their|the|my)? ?(?:driving )?licen[cs]e | (?:3|6|9|12|three|six|nine|twelve) (?:penalty )?(?:points|pts) | points for (?:speeding|drink|using)", re.compile(f"{CLEAR.pattern}| (?:no|zero|0) (?:penalty )?points | (?:agenda|score|scored|interview|margin|test|talking|action) "))),
    ("ban banned disqualified disqualification", _has(r" driving ban | (?:banned|disqualified|disqualification) (?:from driving|for (?:drink|speeding)|until|till|til) | bann?ed (?:for|from driving)")),
    ("licence license", _has(r" (?:lost|losing|loses) (?:his|her|their|the) (?:driving )?licen[cs]e | licen[cs]e (?:was |is |got |has been )?(?:revoked|suspended|taken away|taken off)")),
    ("speeding speed", _has(r" speeding (?:fine|ticket|points|conviction|ban|offence) | speed awareness | done for speeding | caught speeding ")),
    ("drink drunk dui", _has(r" (?:drink|drunk) driv(?:ing|e|er) | dui ", re.compile(r" (?:campaign|charity|officer|awareness|solicitor) "))),
    ("sp30 dr10 cu80 in10 tt99 sp50 dr20 ba10 endorsement endorsements", _has(r" (?:sp[1-6]0|dr[1-9]0|cu80|in10|tt99|ba10) | (?:has|had|two|three|an|his|her) (?:\S+ )?endorsements? (?:on|for)")),
    ("record", _has(r" (?:has|had|have|got|his|her|their|with) (?:\S+ ){0,2}(?:criminal|police) record (?!check|checks|bureau)", CLEAR)),
    ("dbs", _has(rf" dbs (?:\S+ ){{0,6}}(?:{FOUND}) | (?:something|{FOUND}) (?:\S+ ){{0,2}}on (?:his|her|their|the) (?:\S+ )?dbs | (?:positive|blemished|unclear) dbs | dbs (?:is |was |came back )?(?:not clear|isn't clear|unclear)", re.compile(r" (?:clear|no|nothing|fine|chase|chasing|update service|due|form|application|id|without|pending) "))),
    ("disclosed declared", _has(rf" (?:disclosed|declared) (?:\S+ ){{0,3}}(?:{FOUND.replace('issues?|', '').replace('something|', '')}|arrest|charge|criminal) ", CLEAR)),
    ("community restraining molestation offenders offender con", _has(r" community (?:service|order|payback) (?:for|until|order|hours)| community order | restraining order | non molestation | sex offenders | ex (?:offender|con) ", WORKING)),
    ("investigation police", _has(r" (?:under|in a) (?:police |criminal )?investigation (?:by the police|for)| police (?:investigation|interview|matter|are involved|were called)| (?:interviewed|questioned|raided) by (?:the )?police", WORKING)),
]

RULES: list[tuple[Kind, Callable[[str], bool]]] = [
    (kind, says) for kind, rules in ((Kind.CONVICTION, CONVICTION), (Kind.HEALTH, HEALTH), (Kind.FAMILY, FAMILY)) for _, says in rules
]


def _triggers() -> Iterator[tuple[str, int]]:
    for number, (words, _) in enumerate([*CONVICTION, *HEALTH, *FAMILY]):
        yield from ((word, number) for word in words.split())


BY_WORD: dict[str, list[int]] = {}
for _word, _number in _triggers():
    BY_WORD.setdefault(_word, []).append(_number)
