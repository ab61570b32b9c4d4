"""Convictions: what courts, the police and a certificate of the DBS say of somebody, and what became of it."""

from __future__ import annotations

from functools import partial

from domain.sensitive.rules import Kind, listed, one_of
from domain.sensitive.rules import rule as any_rule

rule = partial(any_rule, Kind.CONVICTION)

OFFENCE = one_of(
    *listed(
        "(?:common )?assault, affray, theft, fraud, burglary, robbery, abh, gbh, drink driving, drunk driving, "
        "drunk and disorderly, dui, possession, supply, dealing, shoplifting, speeding, criminal damage, harassment, "
        "arson, manslaughter, murder, violence, drugs?, dangerous driving, careless driving, no insurance, perjury, "
        "embezzlement, money laundering, handling, public order, breach, domestic, sexual, rape, stalking, stealing, "
        "fighting, drink, offences?"
    )
)
FOUND = listed(
    "cautions?, convictions?, offences?, theft, assault, fight, entry, entries, hit, flag, flagged, warning, "
    "reprimand, positive, marker, drugs, fraud, abh, gbh, record, arrest, charges?, criminal"
)
CONTENT = one_of(*FOUND, "something", "issues?")
CLEAR = (
    r"clear|clean|fine|no|nothing|without|blank|due|pending|outstanding|rate|chase|chasing|update service|application"
)
ELSEWHERE = (
    r"army|navy|raf|forces|marines|police force|customers|tables|notice|visits|visiting|volunteers?|chaplain"
    r"|governor|library|contracts?|staff|service"
)
WHO_IS = r"(?:is|was|he's|she's|they're|he|she|been|still|now|again)"

RULES = [
    rule(
        "conviction convictions",
        r" (?:has|had|have|got|his|her|their|unspent|spent|previous|old|driving|criminal|declared|disclosed|past"
        r"|a) (?:\S+ ){0,2}convictions? (?!rate)| convictions? (?:for|from) ",
        f"{CLEAR}|with conviction",
    ),
    rule(
        "offence offences",
        r" (?:drugs?|driving|motoring|public order|violent|sexual|minor|spent|old|youth|two|three"
        r"|an) (?:\S+ )?offences? (?!team|group|lawyer|solicitor)",
        CLEAR,
    ),
    rule("convicted", r" convicted (?:of|for|in|at|as|over) | (?:was|been|got|he's|she's) convicted "),
    rule(
        "caution cautions cautioned",
        r" (?:police|a|an|one|two|old|his|her|youth|under) (?:\S+ )?cautions? | cautioned (?:for|by|in|over) ",
        r"(?:with|err|side of|word of|note of) (?:\S+ )?caution",
    ),
    rule(
        "arrested bail bailed nicked",
        r" (?:arrested|on bail|bailed (?:until|till|til|for|over|on|$)|nicked (?:for|by)|got nicked) ",
    ),
    rule(
        "charged done",
        rf" (?:charged with|done for|up for|pulled for|caught) (?:\S+ ){{0,2}}{OFFENCE} | (?:was|been|got"
        rf"|being) charged (?:by the police|last|in|yesterday|over)",
    ),
    rule(
        "court magistrates magistrate's",
        rf" (?:{WHO_IS}|up|due|has to be|had to be|goes|going|appeared|appearing|appears|^) ?(?:\S+ ){{0,2}}(?:in|to"
        rf"|at|before) (?:(?:crown|magistrates|magistrate's"
        r"|magistrates'|county|the) )*(?:court|magistrates) (?:on|for|next|tomorrow|today|over|about|in|again|this"
        r"|last|$)"
        r"|^ in court | court (?:date|dates|case|hearing|appearance|summons) ",
        "reporter|jury|interpreter|family|custody|custody battle|cases",
    ),
    rule(
        "prison jail inside jailed hmp",
        rf" (?:{WHO_IS}|went|spent|years|months|in and out of|released from|out of|came out of|time in|ex"
        rf"|served) (?:\S+ ){{0,4}}(?:(?:in|to|of|from|at) )?"
        r"(?:prison|jail|hmp|inside) | jailed ",
        f"{ELSEWHERE}|inside (?:the|sales|out|leg|ir35|a|his|her|of)|(?:lives|based) (?:\\S+ )?inside|interview\\w*",
    ),
    rule("time", r" (?:did|done|doing|served|serving) time (?!in the (?:army|navy|raf)|at|as|on|and)", ELSEWHERE),
    rule(
        "served serving serves did",
        rf" (?:served|serving|serves|did) (?:\S+ ){{1,3}}(?:months?|years?|weeks?) (?:for {OFFENCE}|in (?:prison"
        rf"|jail|hmp)|inside|at hmp) ",
        ELSEWHERE,
    ),
    rule(
        "sentence sentenced",
        r" sentenced (?!himself|herself|themselves)| (?:suspended|custodial|prison|jail|month|year) sentence ",
    ),
    rule(
        "licence license",
        rf" (?:out|released|{WHO_IS}) (?:\S+ )?on licen[cs]e (?!to use)"
        r"| (?:lost|losing|loses) (?:his|her|their|the) (?:driving )?licen[cs]e | licen[cs]e (?:was |is |got "
        r"|has been )?(?:revoked|suspended|taken away|taken off)",
        "software",
    ),
    rule(
        "tag tagged",
        rf" (?:{WHO_IS}|electronically) (?:on (?:a )?tag|electronically tagged|tagged (?:until|till|til|by the)) "
        rf"|^ on (?:a )?tag ",
    ),
    rule(
        "probation",
        rf" on probation for (?:\S+ ){{0,2}}{OFFENCE} | (?:his|her|their|sees|with|has a) (?:\S+ )?probation officer "
        r"|^ probation officer (?:is|was|says|said|wants|agreed|happy|fine) ",
        working=False,
    ),
    rule(
        "points pts",
        r" (?:points|pts) on (?:his|her|their|the|my)? ?(?:driving )?licen[cs]e | (?:3|6|9|12|three|six|nine"
        r"|twelve) (?:penalty )?(?:points|pts) (?!to|about|in the|out)"
        r"| points for (?:speeding|drink|using)",
        r"(?:no|zero|0|full) (?:penalty )?points|clean|agenda|scored?|interview|margin|test|talking|action|salary"
        r"|scale|pay",
    ),
    rule(
        "ban banned baned disqualified disqualification",
        r" (?:driving|drive) ban | (?:banned|disqualified|disqualification) (?:from driving|for (?:drink|speeding)"
        r"|until|till|til) ",
    ),
    rule(
        "speeding speed",
        r" speeding (?:fine|ticket|points|conviction|ban|offence) | speed awareness | caught speeding ",
    ),
    rule("drink drunk dui", r" (?:drink|drunk) driv(?:ing|e|er) | dui ", "campaign|charity|awareness"),
    rule(
        "sp10 sp20 sp30 sp40 sp50 dr10 dr20 dr30 dr40 cu80 in10 tt99 ba10 endorsement endorsements",
        r" (?:sp[1-5]0|dr[1-4]0|cu80|in10|tt99|ba10) | (?:has|had|two|three|an|his|her) (?:\S+ )?endorsements? (?:on"
        r"|for)",
    ),
    rule(
        "record",
        r" (?:has|had|have|got|his|her|their|with) (?:\S+ ){0,2}(?:criminal|police) record (?!checks?|bureau)",
        CLEAR,
    ),
    rule(
        "dbs",
        rf" dbs (?:\S+ ){{0,6}}{CONTENT} | {CONTENT} (?:\S+ ){{0,2}}on (?:his|her|their|the) (?:\S+ )?dbs "
        rf"| (?:positive|blemished|unclear) dbs ",
        CLEAR,
    ),
    rule("dbs", r" dbs (?:is |was |came back )?(?:not clear|isn't clear|unclear) "),
    rule("disclosed declared", rf" (?:disclosed|declared) (?:\S+ ){{0,3}}{one_of(*FOUND)} ", CLEAR),
    rule(
        "community restraining non sex ex",
        r" community (?:service|payback) (?:for|until|hours)| community order | restraining order | non molestation "
        r"| sex (?:offender'?s?|offenders') register | ex (?:offender|con) ",
        others=False,
    ),
    rule(
        "investigation police",
        r" under (?:police |criminal )?investigation (?:by the police|for)| police (?:investigation|interview|matter"
        r"|are involved|were called)"
        r"| (?:interviewed|questioned|raided) by (?:the )?police ",
    ),
]
