"""Family: who belongs to somebody, marriage and parting, children and those cared for, and death."""

from __future__ import annotations

from functools import partial

from domain.sensitive.rules import GAP, JOB, NOT_A_JOB, WHOSE, Kind, listed, one_of
from domain.sensitive.rules import rule as any_rule

rule = partial(any_rule, Kind.FAMILY)

ONE = listed(
    "wife, husband, hubby, spouse, fianc[eé]e?, boyfriend, girlfriend, mum, mom, mam, dad, mother, father, son, "
    "daughter, baby, toddler, newborn, brother, sister, gran, nan, nana, grandad, grandma, grandmother, grandfather, "
    "grandson, granddaughter, uncle, aunt, auntie, cousin, niece, nephew, stepson, stepdaughter, stepdad, stepmum, "
    "missus, other half, better half, little one, little lad, little boy, little girl, eldest, youngest, "
    "brother in law, sister in law"
)
SEVERAL = listed(
    "parents, sons, daughters, kids?, children, child, twins, brothers, sisters, siblings, grandparents, "
    "grandchildren, grandkids, in laws, boys, girls, babies, folks"
)
AN_EX = (
    r"ex(?= (?:wife|husband|partner|boyfriend|girlfriend|has|is|was|won't|who|and|over|still|lives|lets|gets"
    r"|took|needs|wants|doesn't) | $)"
)
KIN_ONE = one_of(*ONE, AN_EX)
KIN = one_of(
    *ONE,
    *SEVERAL,
    AN_EX,
    r"partner(?! (?:agency|agencies|firm|company|track|at|in|now|manager|network|programme|schools?) )",
    "family",
)
KIN_WORDS = (
    "wife husband hubby spouse fiance fiancé fiancee fiancée boyfriend girlfriend mum mom mam dad mother father son "
    "daughter baby toddler newborn brother sister gran nan nana grandad grandma grandmother grandfather grandson "
    "granddaughter uncle aunt auntie cousin niece nephew stepson stepdaughter stepdad stepmum missus half little "
    "eldest youngest ex parents sons daughters kid kids children child twins brothers sisters siblings grandparents "
    "grandchildren grandkids in boys girls babies folks family partner"
)
SMALL = one_of(*listed("one, two, three, four, five, six, 1, 2, 3, 4, 5, 6, a couple of, couple of, several"))
THEIRS = one_of(
    *listed(
        "kids, children, baby, twins, sons?, daughters?, toddler, newborn, little ones?, dependants, dependents, "
        "boys, girls"
    )
)
AT_WORK = (
    r"(?:business|hr|channel|delivery|senior|managing|law|equity|joint|account|alliance|trading|training|founding"
    r"|salaried|junior|recruitment|client"
    r"|strategic|technology) partners?|and sons|(?:good|great) with (?:the )?(?:kids|children)|class of"
    r"|loves the (?:kids|children)|looks after other"
    r"|(?:kids|children)(?:'s)? (?:camps?|clothing|clubs?|ward|home|homes|services|tv)|mum and baby|baby and toddler"
)
DOES = one_of(
    *listed(
        "is, was, has, had, have, are, just, works?, got, gets, lives?, needs, wants, starts?, started, in hospital, "
        "ill, poorly, passed, died, expecting, due, left, also, moving, moved, not, back, can't, doesn't, won't, "
        "lost, at (?:school|home|nursery|uni), off, with, who, arrived, goes, going, wouldn't, isn't, would, may, "
        "might, will"
    )
)
LIVED = one_of(*listed("his, her, their, own, a, the, on, for, upcoming"))

KINDRED = [  # before all that is said of health: who is ill among them is theirs
    rule(
        KIN_WORDS,
        rf" (?:his|her|their|my) (?:(?!{JOB} )\S+ ){{0,3}}?{KIN}(?:'s)? (?!law |court |business |run |owned "
        rf"|friendly |company |firm |protection |services"
        r"|support worker|nurse|tree |bank |boomer|in law |range|wear)",
        f"{AT_WORK}|their family",
        working=False,
    ),
    rule(
        KIN_WORDS,
        rf"^ (?:the |new )?(?:(?:{KIN_ONE}|partner|parents|kids|children|twins|mother in law|father in law) {DOES}"
        rf"|{KIN_ONE}'s \S+) ",
        AT_WORK,
        working=False,
    ),
]
RULES = [
    rule(
        "kids children child baby twins son sons daughter daughters toddler newborn little boys girls dependants"
        " dependents",
        rf" (?:has|have|got|had|having|with|and|he's got|she's got|has got|of|no|without) (?:no |a "
        rf"|an )?(?:{SMALL} )?(?:\S+ )?{THEIRS}{NOT_A_JOB} ",
        AT_WORK,
    ),
    rule(
        "kids children sons daughters boys girls kid",
        rf" (?:no|{SMALL}) (?:small |young |little |grown up |grown |teenage )?(?:kids?|children|sons|daughters|boys"
        rf"|girls){NOT_A_JOB} ",
        AT_WORK,
    ),
    rule(
        "dad mum father mother",
        r" (?:a|is|he's|she's|as a|new|proud|^) ?(?:\S+ )?(?:dad|mum|father|mother) (?:of|to) (?:a|an|one|two|three"
        r"|four|[1-6]|twins|his|her) "
        r"| (?:be|become|becoming|becomes|being) an? (?:\S+ )?(?:dad|mum|father|mother|grandad|gran|grandmother"
        r"|grandfather) ",
    ),
    rule(
        "kids children baby twins",
        rf" (?:pick|picks|picking|collect|collects|drop|drops|dropping|takes?|taking|minds?|minding|custody"
        rf"|home with|sees?|settle|settled) {GAP % 3}"
        r"(?:kids|children|baby|twins) ",
        AT_WORK,
    ),
    rule("married unmarried remarried", r" (?:un|re)?married (?!up|together|the two|several|quarters|to the)"),
    rule(
        "engaged", r" (?:got|newly|just|recently) engaged (?!by|on|with)| engaged to (?:be married|his|her|a|another)"
    ),
    rule(
        "divorce divorced divorcing",
        rf" divorc(?:e|ed|ing){NOT_A_JOB} (?!and matrimonial|law|paralegal|cases|team|from (?!his|her))",
    ),
    rule(
        "separated separating",
        r" (?:is|are|was|he's|she's|they're|recently|newly|just|now|they|been) (?:\S+ )?separat(?:ed|ing) (?!out"
        r"|into|the|by)"
        r"|^ (?:newly |recently )?separated (?!out|into|the|by)",
    ),
    rule(
        "split splitting broke broken break breaking",
        r" (?:split up|splitting up|splitting|split|broke up|broken up|break up|breaking up|broke it off) (?:with"
        r"|from) (?:his|her|their|the|a) "
        r"| (?:have|has|just|they|they've|recently|had) (?:split up|broken up|broke up|split) (?!the|into|between"
        r"|shifts?)",
        "commission|fee|fees|rota|shifts?|client",
    ),
    rule("widow widowed widower", r" widow(?:ed|er)? "),
    rule("wedding honeymoon", rf" {LIVED} (?:\S+ )?(?:wedding|honeymoon){NOT_A_JOB} (?!period)"),
    rule(
        "family",
        r" family (?:emergency|reasons|issues?|crisis|problems?|commitments|bereavement|illness|tragedy|matters?"
        r"|trouble) ",
        "law|solicitor|cases",
    ),
    rule("single lone", r" (?:single|lone) (?:mum|mom|mother|dad|father|parent) "),
    rule(
        "expecting due",
        r" expecting (?:a baby|twins|again|(?:his|her|their|a) (?:first|second|third|fourth|baby|child)|in (?:jan"
        r"|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
        r"|(?:a )?(?:little )?(?:boy|girl) )| due any day ",
        "payment|delivery|contract|invoice",
    ),
    rule(
        "baby",
        rf" (?:trying for a|new|had a|having a|have a|due a|had their|had her|a second|another|first"
        rf"|the) baby{NOT_A_JOB} "
        r"| baby (?:is |was )?(?:due|on the way|arrives|arrived|came|girl|boy) ",
    ),
    rule(
        "adopt adopting adoption fostering",
        r" (?:is|are|they're|he's|she's|hopes to|wants to|been) adopt(?:ing)? (?!a new|the new|agile)"
        r"| adoption leave | (?:is|are|they're) fostering (?:a|two)",
    ),
    rule(
        "paternity parental",
        r" (?:on|from|taking|takes|his|wants|starts|after|due|before) (?:\S+ )?(?:shared )?(?:paternity"
        r"|parental) leave ",
    ),
    rule("funeral", rf" funeral{NOT_A_JOB} (?!director|plan)"),
    rule("bereavement bereaved grieving", rf" (?:bereavement|bereaved|grieving){NOT_A_JOB} "),
    rule("passed died", r" (?:passed away|died) ", "battery|laptop|phone|line|call|deal|car|van", working=False),
    rule("lost", rf" lost (?:his|her|their|a) (?:\S+ )?{KIN} ", AT_WORK, working=False),
    rule("childcare", rf" (?:\S+ )childcare{NOT_A_JOB} | childcare (?!{JOB} )\S+ ", "level [0-9]"),
    rule(
        "school nursery",
        r" (?:school|nursery) (?:run|runs|pick ups?|pickups?|drop offs?) | to (?:and from )?nursery ",
        "minibus|driver|escort|route|deliver(?:y|ies)",
    ),
    rule("custody", r" custody (?:battle|hearing|case|dispute|of|arrangements?) "),
    rule(
        "cares caring carer",
        rf" (?:cares|caring|carer|main carer) for (?:{WHOSE}|a) {GAP % 2}(?:{KIN}|relative) ",
        working=False,
    ),
]
