"""Health: what somebody has, is, takes, waits for, or cannot do because of it."""

from __future__ import annotations

from functools import partial

from domain.sensitive.rules import GAP, HAS, HOW, IS, NOT_A_JOB, WHOSE, Kind, first_words, listed, one_of
from domain.sensitive.rules import rule as any_rule

rule = partial(any_rule, Kind.HEALTH)

NEVER_A_JOB = listed(
    "epilepsy, seizures, asthma, multiple sclerosis, eczema, psoriasis, arthritis, rheumatoid arthritis, sciatica, "
    "migraine, migraines, endometriosis, fibromyalgia, long covid, shingles, pneumonia, bronchitis, tonsillitis, "
    "glandular fever, chickenpox, hernia, slipped disc, appendicitis, kidney stones, kidney infection, heart attack, "
    "heart condition, heart trouble, angina, high blood pressure, blood clot, blood clots, crohn's, colitis, ibs, "
    "coeliac, lupus, hiv, menopause, pcos, fibroids, dyslexia, dyspraxia, tinnitus, vertigo, glaucoma, cataracts, "
    "stammer, stutter, chronic fatigue, fatigue, chronic pain, insomnia, nervous breakdown, concussion, whiplash, "
    "meningitis, sleep apnoea, narcolepsy, carpal tunnel, rsi, gout, scoliosis, panic attack, panic attacks, "
    "postnatal depression, post natal depression, low mood, period pain, period pains, health scare, drink problem, "
    "drinking problem, drug problem, gambling problem, eating disorder, anorexia, bulimia, frozen shoulder, "
    "heart murmur, nut allergy, bad back, bad knee, bad knees, bad hip, bad shoulder, bad chest, dodgy back, "
    "dodgy knee, back trouble"
)
AT_TIMES_A_JOB = listed(
    "diabetes, cancer, leukaemia, lymphoma, tumour, tumor, melanoma, stroke, mini stroke, dementia, alzheimer's, "
    "parkinson's, ms, adhd, autism, asperger's, ptsd, ocd, bipolar, schizophrenia, depression, anxiety, psychosis, "
    "covid, flu, norovirus, sepsis, hepatitis, breakdown, burnout, thyroid, thyroid trouble, anaemia, cerebral palsy, "
    "learning difficulty, learning difficulties, learning disability, disability, medical condition, "
    "health condition, health issue, health issues, health problem, health problems, mental health issues, "
    "mental health problems, mental health struggles, mental health crisis, addiction, allergy, allergies, cyst, "
    "ulcer, cystic fibrosis, brain injury, head injury, kidney failure, kidney disease, heart failure, heart disease, "
    "heart problem, heart problems, infection, virus, stomach bug, bug"
)
CONDITION = one_of(*NEVER_A_JOB, *AT_TIMES_A_JOB)
HOLDS = one_of(
    HAS,
    WHOSE,
    *listed(
        "suffer(?:s|ing|ed)?, diagnosed, diagnosis, battl(?:es|ing|ed), fight(?:s|ing), beat, survived, recovering, "
        "recovered, treated, treatment, undergoing, develop(?:ed|ing), caught, struggl(?:es|ing|ed), living, lives, "
        "off, down, remission, because of, due to, from, disclosed, declared, hospital, ill, medication, tablets, "
        "managing, prone to"
    ),
)
STATES = listed(
    "diabetic, epileptic, asthmatic, dyslexic, dyspraxic, autistic, deaf, disabled, pregnant, bipolar, "
    "neurodivergent, neurodiverse, anaemic, suicidal, immunosuppressed, immunocompromised, bedridden, housebound, "
    "partially sighted, visually impaired, hard of hearing, colour blind, registered blind, hospitalised, sectioned, "
    "insulin dependent, hiv positive, menopausal, perimenopausal, in remission, in a wheelchair, on crutches"
)
BODY = one_of(
    *listed(
        "back, spine, knees?, hips?, shoulders?, ankles?, wrists?, arms?, leg, legs, foot, feet, neck, hands?, ribs?, "
        "collarbone, achilles, hamstring, disc, nerves?, ligaments?, elbow, fingers?, thumb, toes?, jaw, pelvis, "
        "eyes?, eyesight, sight, heart, hearing, kidneys?, liver, lungs?, bowel, stomach, chest, gallbladder, "
        "gall bladder, appendix, tonsils, womb, prostate, skull"
    )
)
BODY_WORDS = (
    "back spine knee knees hip hips shoulder shoulders ankle ankles wrist wrists arm arms leg legs foot feet neck "
    "hand hands rib ribs collarbone achilles hamstring disc nerve nerves ligament ligaments elbow finger fingers "
    "thumb toe toes jaw pelvis eye eyes eyesight sight heart hearing kidney kidneys liver lung lungs bowel stomach "
    "chest gallbladder gall appendix tonsils womb prostate"
)
DRUGS = listed(
    "medication, meds, antidepressants, anti depressants, insulin, statins, blood thinners, beta blockers, "
    "painkillers, warfarin, methadone, steroids, hrt, sertraline, prozac, ritalin, lithium, tablets, morphine, "
    "inhaler, oxygen, fluoxetine, gabapentin, tramadol"
)
TREATMENTS = listed(
    "surgery, chemo, chemotherapy, radiotherapy, dialysis, transplant, bypass, biopsy, biopsies, hip replacement, "
    "knee replacement, joint replacement, ivf, hysterectomy, mastectomy, pacemaker, stent, colonoscopy, physio, "
    "physiotherapy, counselling, therapy, cbt, detox, rehab, operation, op, c section, caesarean, "
    "fertility treatment, vasectomy, transfusion, mri, ct scan, brain scan, smear"
)
LATELY = one_of(
    *listed(
        "since, at the moment, lately, again, today, this week, last week, yesterday, until, till, til, for, from, all"
    )
)
NOT_HELD = one_of(
    *listed(
        "no, any, good with, about, treat(?:s|ing), without, charity, lockdown, times, awareness, knows, "
        "breakdown (?:of|on|cover|truck)"
    )
)

RULES = [
    rule(
        first_words([*NEVER_A_JOB, *AT_TIMES_A_JOB]),
        rf" {HOLDS} {GAP % 4}{CONDITION}(?! of ){NOT_A_JOB} ",
        f"{NOT_HELD}|ms (?:office|teams|excel|project|dynamics)|flu like",
    ),
    rule(
        first_words(NEVER_A_JOB) + " viral",
        rf"^ (?:{HOW} ){{0,2}}{one_of(*NEVER_A_JOB, 'post viral fatigue')} (?:{LATELY}|and|so|most|some|when|$)",
        NOT_HELD,
    ),
    rule(
        " ".join(STATES),
        rf"(?: (?:{IS}|diagnosed) {GAP % 3}|^ (?:{HOW} |\d+ weeks? )*)(?<!the ){one_of(*STATES)}{NOT_A_JOB} ",
        "the deaf|deaf ear|deaf studies|no longer|blind eye",
    ),
    rule("pregnant gone", r" \S+ (?:weeks|months) (?:pregnant|gone) (?!by)", working=False),
    rule("pregnancy", rf" {WHOSE} (?:\S+ )?pregnancy{NOT_A_JOB} "),
    rule(
        "maternity mat",
        rf" (?:on|from|onto|starts?|starting|finish(?:es|ing)|{WHOSE}|going on|before|after) (?:\S+ )?(?:maternity"
        rf"|mat) (?:leave|pay|$)",
        "cover|covering|policy|colleague|replaces|replacing",
    ),
    rule(
        "miscarriage miscarried stillbirth",
        rf" (?:{HAS}|{WHOSE}|after|lost) {GAP % 3}(?:miscarriage|stillbirth) | miscarried ",
    ),
    # Off sick
    rule(
        "sick ill unwell poorly",
        r" (?:off|phoned|called|rang|reported|went|goes|gone) (?:in )?(?:\S+ )?(?:sick|ill|poorly|unwell) (?!of )"
        r"| on (?:the |long term )?sick(?: leave)? (?!day|bay|rota)| long term sick ",
        "sick of",
    ),
    rule(
        "signed phased",
        r" signed (?:\S+ )?(?:off|back on) (?:\S+ ){0,2}(?:work|sick|with|for|by|until|till|til|since|again|at|as|$)"
        r"| phased return ",
        "by (?:the )?(?:client|manager|director|payroll)|timesheets?|contract|plans?|drawings?",
    ),
    rule("sick fit", r" (?:sick|fit) ?notes? (?!admin|policy|rules|template)"),
    rule(
        "ill unwell poorly sick",
        rf" {IS} (?:\S+ ){{0,2}}(?:ill|unwell|poorly|sick) (?!of |and tired|\S+(?:ed|id|en|un) |equipped|at ease|pay"
        rf"|leave|cover|bay)",
        "client|company|site|offer",
    ),
    rule(
        "well",
        rf" (?:isn't|not|hasn't been|wasn't|aren't) (?:\S+ )?(?:feeling |been )?well (?:enough|{LATELY}|$)",
        "going|paid|run|known",
    ),
    rule(
        "off signed left out",
        rf" (?:off|out) (?:\S+ ){{0,3}}(?:with|due to|because of) (?:\S+ ){{0,2}}(?:stress|nerves|{BODY}|bug|cold"
        rf"|virus|infection|flu|burnout)"
        rf"{NOT_A_JOB} | stress related | left (?:\S+ ){{0,2}}(?:with|because of|due to) stress ",
    ),
    rule("burnt burned", rf" (?:{IS}|got|completely|totally) (?:\S+ )?(?:burnt|burned) out "),
    rule(
        "mental",
        rf" (?:{WHOSE}|because of|due to|with) mental health (?!team|nurs|work|act|service|first|trust|experience"
        rf"|background)",
    ),
    rule("depressed", rf" {IS} (?:\S+ ){{0,2}}depressed (?!market|prices|sector)", "market|area|prices"),
    rule(
        "fainted collapsed blacked seizure fits",
        r" (?:fainted|collapsed (?:at|on|in|last)|blacked out|had a seizure|has fits) ",
        "deal|company|chain|firm|roof",
    ),
    rule(
        "suicide overdose harm harms life",
        r" (?:tried|attempted|attempt|thought about) (?:\S+ )?suicide | overdosed? | self harm\w* | (?:take|took"
        r"|end) (?:his|her|their) (?:own )?life ",
    ),
    # What is done about it
    rule(
        first_words(TREATMENTS) + " treatment replacement scan section",
        rf" (?:{HAS}|needs?|needed|awaiting|waiting|wait|recovering|in|after|following|undergoing|booked|starts?"
        rf"|starting|{WHOSE}) {GAP % 4}"
        rf"{one_of(*TREATMENTS)}{NOT_A_JOB} (?!manager|to |is to)",
        "private practice|wants to|run|gap",
    ),
    rule(
        first_words(TREATMENTS) + " treatment",
        rf" {one_of(*TREATMENTS, 'treatment')} (?:once|twice|every|weekly|sessions?|for (?:his|her|the|a)|on (?:the"
        rf"|mondays?|tuesdays?|wednesdays?"
        rf"|thursdays?|fridays?|\d+)|fitted|in the new year|next (?:week|month)|booked|finishe[sd]|went|tomorrow) ",
        "op (?:bonus|meeting|review)|sick bay|operation",
    ),
    rule(
        "treatment",
        r" (?:ongoing|having|needs|started|finished|starts|under|medical|hospital|his|her"
        r"|undergoing) (?:\S+ )?treatment ",
        "water|heat|sewage|beauty",
    ),
    rule(
        "op operation surgery replacement",
        rf" (?:{BODY}|hernia|cataract|tumour|brain) (?:op|operation|surgery|replacement){NOT_A_JOB} ",
    ),
    rule(
        "hospital",
        rf" (?:{IS}|went|rushed|taken|admitted|back|up|out|just|{HAS}|until|ended up) (?:\S+ ){{0,2}}(?:in|into|to"
        rf"|of|from) hospital (?!pharmacy|trust|site)"
        rf"|^ (?:in|out of|back in) hospital | hospital (?:appointments?|appts?|visits|stay|treatment|bed) ",
        "interviews?|near|close|lives|walk",
    ),
    rule(
        "doctor's doctors doctor gp dr consultant oncology",
        r" (?:doctor's|doctors|doctor|gp|dr|consultant|oncology) (?:appointments?|appts?) ",
    ),
    rule(
        "doctor doctors gp specialist surgeon",
        r" (?:doctors?|gp|specialist|surgeon) (?:has |have |told him |told her )?(?:told|advised|said|says|signed"
        r"|won't|put|thinks|recommended|ordered|reckons|him|her)"
        r" | doctors? orders ",
        "band|locum|practice|rota|shifts?|rate|salary|client",
        working=False,
    ),
    rule(
        "therapist counsellor psychiatrist psychologist neurologist cardiologist oncologist",
        r" (?:seeing|sees|seen|saw|under) (?:a|an|his|her|their|the) (?:\S+ )?(?:therapist|counsellor|psychiatrist"
        r"|psychologist|neurologist|cardiologist"
        r"|oncologist) ",
        working=False,
    ),
    rule(
        first_words(DRUGS) + " depressants thinners blockers",
        rf" (?:on|takes|taking|took|started|starts|prescribed|needs|needing|off"
        rf"|{WHOSE}) {GAP % 3}{one_of(*DRUGS)} (?!rounds?|errors?|admin|training)",
    ),
    # What hurts, and what is not possible
    rule(
        BODY_WORDS,
        rf" (?:bad|dodgy|trapped|slipped|broken|broke|breaking|fractured|torn|tore|sprained|twisted|injured|hurt"
        rf"|pulled|dislocated|sore|knackered|gammy"
        rf"|frozen|damaged|ruptured|snapped|shattered|burst|put out|done|did|lost|lose|losing|has one|only one"
        rf"|because of|due to|strained|cracked|crushed)"
        rf" (?:(?:{WHOSE}|a|an|the|some|two|three|in) )?(?:left |right |lower |upper |big "
        rf"|little )?{BODY}{NOT_A_JOB} (?!end|office|pay|to back|offer)",
        "heart (?:and|into)|hands? (?:over|in)|lost (?:his|her) (?:nerve|heart|head)|broke (?:his|her) back|back"
        " (?:to|in|at|on|with|into)",
    ),
    rule(
        BODY_WORDS,
        rf" {WHOSE} (?:left |right |lower |bad )?{BODY} (?:went|goes|has gone|had gone|gone|is bad|is playing"
        rf"|playing|plays|gave|gives|injury|problems?|trouble"
        rf"|pain|hurts|again|op|isn't|is not|is failing|failing|is going|out|removed|replaced|is wrecked|is shot|still)"
        rf"| (?:back|knee|hip|shoulder|neck|chest|hand|wrist|ankle) (?:pain|trouble|problems?|injury"
        rf"|injuries){NOT_A_JOB} ",
        "hand out|back out|heart is (?:in|not in|set)|back again",
    ),
    rule(
        "suffers suffering",
        r" suffer(?:s|ing) (?:\S+ )?(?:with|from) (?!lack|low|high|delays?|poor|staff)",
        "client|company|site",
    ),
    rule(
        "assessment diagnosis",
        rf" (?:awaiting|waiting|having|had|got|gets|booked|up for|wants) {GAP % 3}{CONDITION} (?:assessment"
        rf"|diagnosis|test|tests|screening) ",
        working=False,
    ),
    rule(
        "stress anxiety depression work",
        r"^ (?:stress and anxiety|anxiety and depression|depression and anxiety|(?:work )?related stress"
        r"|stress and depression|anxiety|severe anxiety) (?:since|after|for|from|again|$)",
    ),
    rule(
        "hearing sight vision memory mobility speech",
        rf"(?:^| (?:{HAS}|{WHOSE}|with|some|severe|slight|partial|bad|serious|because of)) (?:\S+ )?(?:hearing|sight"
        rf"|vision|memory|mobility|speech|balance)"
        rf" (?:loss|problems?|issues?|impairment|difficulties|trouble){NOT_A_JOB} ",
        "aids",
    ),
    rule("brain", r" brain fog "),
    rule("smell taste", r" sense of (?:smell|taste) "),
    rule(
        "lift lifting bend stand walk kneel climb grip drive",
        r" (?:can't|cannot|not able to|unable to|struggles to|no longer|not allowed to|hard to) (?:\S+ )?(?:lift"
        r"|bend|stand for|walk|kneel|climb|grip|stand long|drive due)"
        r" | no (?:heavy )?lifting ",
        "standing by|stand (?:the|his|her|him|it|them|working|being)|walk away",
    ),
    rule(
        "wheelchair crutches cane stick scooter frame",
        r" (?:uses?|using|in|needs|on|with) (?:a |an |his |her |their )?(?:wheelchair|crutches|walking stick"
        r"|walking frame|cane|mobility scooter)"
        r" | wheelchair (?:user|bound) | walks with (?:\S+ ){0,2}(?:stick|limp|frame) ",
    ),
    rule(
        "hearing cochlear lip guide prosthetic blue",
        r" (?:hearing aids?|cochlear implant|lip reads?|guide dog|prosthetic (?:leg|arm|foot|hand)|blue badge) ",
    ),
    rule("blind", r" (?:is|he's|she's|registered|partially|going|nearly|colou?r|legally) blind (?!to|cv|shortlist)"),
    rule("deaf", r" (?:is|he's|she's|partially|profoundly|going|slightly) (?:\S+ )?deaf (?!to|studies)"),
    rule(
        "adjustments",
        r" (?:needs?|asked for|wants|requires?|make|requested) (?:\S+ ){0,2}adjustments (?:for|at|to (?:his|her"
        r"|the desk)|in|because|$)",
    ),
    rule("recovery", r" (?:is|he's|she's|was|now|^) ?in recovery (?!team|room|ward|mode|plan|driver)"),
    rule("sober", r" (?:years?|months?|weeks?|is|been|he's|she's|got|now) (?:\S+ )?sober "),
    rule(
        "alcoholic addict aa rehab",
        r" (?:recovering|ex|former|is an?|he's an?|she's an?|was an?) (?:\S+ )?(?:alcoholic|addict) | aa meetings? "
        r"|^ (?:in|out of|back in) rehab ",
    ),
    rule(
        "allergic", r" (?:is|he's|she's|severely|badly) (?:\S+ )?allergic to (?!work|hard|early|excel|admin|mornings)"
    ),
    rule(
        "injured injury",
        rf" (?:{IS}|got|badly) injured (?!party|worker)| (?:{HAS}|{WHOSE}) (?:an? )?(?:\S+ )?injury (?!claims?"
        rf"|lawyer|solicitor)",
    ),
]
