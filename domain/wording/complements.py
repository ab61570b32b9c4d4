"""Verbs that are an act for somebody only with what follows them: "get back to you", and not "get home".

A line is a verb and what may follow it, as a regular expression on the next words; indented lines are further choices.
SOMEBODY stands for the one it is done for, SOMETHING for any beginning of an object; "!" begins what must not follow.
"""

from __future__ import annotations

import re

SOMEBODY = r"(?:you|him|her|them|u|cand|candidate)\b"
SOMETHING = (
    r"(?:it|this|that|them|him|her|you|his|your|their|the|a|an|some|any|all|these|those|everything|something|my|our)\b"
)
ANSWER = r"and (?:get|let|come|call|ring|reply|respond|send|email|text|tell|give|drop|update)\b"
LATER = r"you (?:soon|later|then|tomorrow|tonight|next|on|again|monday|after|when|[.!,]|$)"
OWN_TIME = (
    r"(?:break|rest|day|days|week|holiday|vacation|nap|shower|trip|bus|train|tube|tram|metro|subway|flight|plane|cab"
    r"|taxi|chance|chances|risk|pass|kids|dog|stairs|job|offer|while|time|exception|issue|pleasure|comfort|picks?"
    r"|position|class|classes|exam|pay cut)\b"
)
SHIFTS = (
    r".*\b(?:shifts?|nights|days|weekends|saturdays|sundays|sats|suns|overtime|hours|earlies|lates|the (?:early|late)"
    r"|lunch|dinner|coffee|well)\b"
)

OURS = r"""
act       as|for|on
agree     (?:it|the|a|terms|rates?)\b
aim       to\b
attend
be        (?:back )?in (?:touch|contact)|back (?:to|with|in touch)|up ?front|open with|straight with
          discreet|responsible for \w+ing|there (?:to \w+|for) SOMEBODY
          (?:round|over) .*\bwith (?:his|her|their|your|the)
          on (?:to )?(?:it|the phone to)|(?:at|on) the end of the phone|at .*\bwith SOMEBODY
          (?:his|her|your) ref|on hand
begin     (?:working|looking|the process|work on|drafting|sending)
break     it to\b
buy       SOMEBODY|the\b|some\b|a\b|lunch
call      !(?:it a day|it quits|on you to)
catch     up\b.*(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|tmrw|next|this|today)
close     !(?:by|at|on|early|for|soon|down)\b
          \w
come      (?:get|pick|collect|fetch|see|help)\b|back (?:to|with)|by\b|and\b
          (?:over|round|down|up|out|in) (?:and|to (?:see|meet|help|your|his|her|the)|with)
          up with|to (?:you|your|his|her|the site|site)|along|with (?:him|her|you)|prepared
consider  (?:\w+ ){0,5}ANSWER
decide    (?:\w+ ){0,5}ANSWER
do        !SHIFTS
          !what(?:ever)? it takes
          [£$]?\d+\b(?! (?:days|hours|hrs|nights|wks?|weeks?|shifts?))
          (?:it|this|that|so|what|both|all|more|another|one|two|everything|prep|mock|whatever|likewise|same)\b
          (?:my|our) (?:best|utmost)\b
          SOMETHING|$|[.,!]
cancel    SOMETHING|\w
check     !(?:out (?:at|of|on|early|by|tomorrow|[.!,])|out$|in (?:at|to) (?:the|my|our) (?:hotel|airport|desk))
draft     !(?:most|all)\b
drive     SOMEBODY|over\b|(?:down|out) to\b
drop      !(?:out|everything)\b
fight     (?:his|her|their|your) corner
find      !(?:somewhere|it (?:hard|difficult)|that(?! out)|myself|yourself|ourselves)\b
finish    SOMETHING|up\b
fly       SOMEBODY
get       !right to\b
          !(?:through|there|home|out of|up|married|started|better|used|paid|in|into|off|over (?!to))\b
          !(?:together|a chance|my|our)\b
          !(?:to (?:meet|see|go|do)|the (?:bus|train|tram|tube|lift)|a (?:bus|train|taxi|lift|cab)|\w+ed|screwed)\b
          !(?:a|an|his|her) (?:new )?(?:car|van|bike|motor|dog|house|flat|mortgage|job)\b
          !(?:going|ready|lost|worse|away|round|nowhere|more|some (?:rest|sleep|air|food)|back (?:from|in|on|home))\b
give      !SOMEBODY (?:one|a) (?:more|last|final) (?:chance|try)
          !(?:(?:up|birth|away)\b|(?:you|them) that|it (?:til|until|till|some thought|a (?:go|try|think|rest)|up)\b)
go        halves\b|(?:ahead and|over|through (?:it|the|his|her|this|that|your|with|everything))\b
          back (?:and|to (?:SOMEBODY|the|client))\b
          to (?:the |our )?(?:hiring )?(?:client|payroll|hm|mgr|manager)\b
          with SOMEBODY|and (?:see|talk|speak|get|ask|check|meet|fetch|pick)\b
grab      SOMETHING.*for
hang      on to
have      (?:\w+ ){0,7}(?:for|ready|with|to) ?SOMEBODY
          (?:it|that|this|them|everything) (?:\w+ )?(?:done|sorted|agreed|fixed|ready|out|over|back|to you)
          (?:weekly|daily|regular|monthly) (?:calls|catch|updates|meetings)
          a (?:\w+ )?(?:word|chat|look|think and)|another (?:go|look|try|word)
hear      SOMEBODY out
help      SOMEBODY|with|out|the|to\b|get|prep|in\b|set|your|his
hold      !(?:our|my|an? (?:meeting|party|conference|seminar|session|training|security))\b
          SOMETHING
          on to|off|back|open|his|space
interview !(?:well|badly|ok|okay|fine|good|great|better)\b
          \w|$
join      SOMEBODY|the call|on the call|the meeting|in\b
keep      !(?:my|our|it (?:in mind|short|brief|simple|up|real|going)|going|working(?! on))\b
          on (?:file|record|the books)|SOMETHING|us|me|posted|in (?:touch|contact)|an eye
          (?!thinking|hoping|moving)\w+ing\b|confidential|checking|trying|shtum|quiet
hit       SOMEBODY (?:back|up)
leave     !SOMEBODY (?:be|alone)\b
          !it (?:with (?:him|her|them)|up to|to|at that|there|alone|be)\b
          (?:it|a|SOMEBODY|this|that|word|msg|messages?|copies|instructions)\b
          (?:your|my|our) \w+ (?:with|at|on|in)\b
          the (?!office|house|building|country)
look      (?:in to|into|at|over|after|through|for|it up|them up|that up|this up|up|around for|out)\b
          (?:when|tomorrow|today|tonight|now|this|later)\b
let       (?:\w+ ){1,5}(?:know|kno)\b|SOMEBODY (?:have|off)|you in on
make      myself available|every (?:effort|attempt)
          !it (?!right|up|happen|work|so)
          (?:sure|certain|the|an?|these|those|some|any|all|this|that|it)\b
          arrangements|contact|amends|intro\w*|copies|changes|up for|good on|SOMEBODY|enquiries|inquiries|room
manage    SOMETHING|to\b
measure   SOMETHING
assess    SOMETHING
meet      (?:with )?(?:SOMEBODY|your|his|the|client|[a-z]+ (?:to|and|about|on)\b)
mention   SOMETHING|to\b
move      SOMETHING|forward with
pass      SOMETHING|on\b|along\b|\w+ (?:\w+ ){0,3}(?:on|along|over|to)\b
pay       !attention
pick      SOMETHING|up|\w+ up
pull      !(?:out|through)\b
put       !(?:up with|it (?:this|another|bluntly|differently))\b
remember  to\b
reserve   SOMETHING
run       SOMETHING|through|by\b|some|over|up\b
save      SOMEBODY|it\b|(?:a|the) (?:seat|place|slot|space|spot)
say       (?:nothing|no more|a word)\b
see       (?:he|she|they) gets?\b
          you (?:get|are|have|receive)\b|that (?:\w+ ){1,3}(?:gets?|is|are|has|have|receives?|knows?)\b
          !(?:if|what|whether) (?:i|we) (?:can|could) (?:do|make it|come|attend|get away)\b
          (?:if|whether|who|when|how|what) (?:i|we|there|payroll|client|the client|they)\b.*\b(?:can|could|would|will)\b
          (?:if|whether|who|when|how|what) (?:i|we|there|payroll|client|the client|they)\b.*\b(?:is|has|are)\b
          (?:if|whether) \w+ (?:\w+ )?(?:can|could|could be|would be able)\b
          about\b|to (?:it|that|this)\b|SOMEBODY (?:right|through)\b
          that (?:he|she|it|you|they|this|the|your|everyone|every|each|all)\b
sell      (?:your|his|her|their|you)\b
settle    !(?:for|down|in)\b
set       !(?:off|out)\b
show      SOMEBODY|the|that|how|it|up to
sit       (?:down|in)\b
speak     !(?:to|with|w/|w) LATER
          (?:to|with|w/|w|for|about|up|at your|on|again)
talk      !(?:to|with|w/|w) LATER
          (?:to|with|w/|w)\b|SOMEBODY through|it (?:over|through)|through
stand     by\b|in for|up for|over
start     (?:working|looking|drafting|chasing|putting|preparing|writing|calling|sending)\b
          the process|on (?:it|this|that|the)\b
stay      in (?:touch|contact)|on (?:top|it|to|SOMEBODY)|late to
stick     !it\b(?! (?:in|on|up|through|to|over|into))
          to\b|SOMETHING|with
stop      \w+ing\b|by\b|the\b|any\b
take      !(?:that|it|this) (?:as|under)|your word|you for\b|no for|back\b(?! to)|.*\bplease\b
          !.*\boff\b(?! (?:your|his|her|the))
          !(?:anything|nothing|less|more|longer|forever|about|around|at least|some time|us|me|my|advantage|part|place)\b
          !(?:\d+ ?|\w+ )(?:mins?|minutes|hrs?|hours?|days?|weeks?|wks?|months?|years?)\b
          !(?:(?:a|an|the|my|our|some|any|this|that|another|part|one) )?(?:\w+ )?OWN_TIME
          \w
tell      !you what ,
think     (?:\w+ ){0,5}ANSWER
touch     base
try       SOMEBODY|again|calling|ringing|it\b|(?:my|our) best to
turn      !up\b
          a?round\b|SOMETHING|over\b|\w+ (?:\w+ ){0,3}(?:on|off|around|over)\b
wait      for (?:him|her)\b.*(?:before|til)
walk      (?:SOMEBODY|everyone|\w+ through)|.*\b(?:with|for) your?\b
watch     (?:out )?for\b
work      (?:on|with|out|through|up|something|it)\b|to (?:get|find|sort|resolve)\b
"""

THEIRS = r"""
let       (?:\w+ ){1,5}(?:know|kno|have)\b
accept    !.*\b(?:if|at|when|less|nothing|anything)\b
apply     !themselves
be        (?:back )?in (?:touch|contact)\b|back (?:to|with) (?:me|us)|back in touch
catch     up (?:with|w/|w) (?:me|us)
change    (?:it|the|his|her)\b
commit    to\b
come      back\b(?! (?:from|home|in\b|to work|into|to the uk|off))|in (?:with|w/|w)|by with|armed
consider  (?:\w+ ){0,5}ANSWER
decide    (?:\w+ ){0,5}ANSWER
do        !SHIFTS
          !what(?:ever)? it takes
          (?:it|this|that) (?!for|week|month|one|shift)|(?:it|this|that)$|(?:me|us)\b
          (?:it|that) .*\b(?:for|to) (?:me|us)\b
          (?:the|his|her|an?|our|some|all)\b (?!job|role|work|commute|hours|placement|contract|(?:\w+ )?interview)
          the (?:rest|same)|likewise
          (?:\w+ ){0,4}(?:training|test|forms?|modules?|course|assessment|dbs|paperwork|medical|refresher)\b
          (?:\w+ ){0,4}(?:e-?learning|timesheets?|exam|checks?|registration|homework|quiz)\b
drop      !out\b
extend    (?:his|her|the)\b
find      (?:out|his|her|the|that|a (?:ref|referee)|someone|me)\b
finish    (?:his|her|the|it) (?:forms?|application|paperwork|test|assessment|registration|modules?|training|cv|off)
get       back|on with (?:it|the|his|her)|onto|on to|in touch|hold of
          !.*\bjob\b|the (?:bus|train|tram|tube|lift)
          !back (?:from|home|in\b|on\b|into|after|to work|to the uk|safely)
          (?:his|her|the|it|that|them|those|photos|refs|references|me|us|copies|scans|docs)\b
          (?:\S+ ){1,4}(?:to|for) (?:me|us)\b
          a (?:copy|letter|reference|ref|new|scan|quote|dbs)\b
          \w+ (?:\w+ )?(?:refs|references|referees|photos|payslips)\b
give      !(?:it|them|(?:his|her) .*) (?:til|until|till)\b|it a\b
go        (?:ahead and|over|through (?:the|it)|and (?:get|see|do|pick|register))\b
          for (?:his|her|the) (?:medical|drug|dbs|fingerprints)
have      (?:it|them|that|everything|(?:the|his|her) \w+|\w+) (?:\w+ ){0,3}(?:to|with) (?:me|us)\b
          (?:it|them|that|everything|(?:the|his|her) \w+) (?:\w+ ){0,3}(?:back|done|signed|ready|uploaded)\b
          a (?:\w+ )?(?:word|chat) with|one (?:set up|opened)|a (?:look|think|read) .*ANSWER
          (?:it|them|that|everything|(?:the|his|her) \w+) (?:\w+ ){0,3}(?:sent|sorted|over|by|in|across|through)\b
          an answer|a decision
help      (?:me|us)\b|with\b
hit       me\b
hold      (?:off|fire|on|out)\b
join      the call\b
keep      !an open\b
          \w+ (?:\w+ ){0,3}(?:free|clear|open)\b
          (?:me|us|his|her|the|it|in touch|my|looking out|shtum|this|that|an eye|quiet)\b
leave     (?:it|his|her|the) (?:\w+ )?(?:at|with|in)\b
look      (?:for (?:it|them|the|his|her)|into|at (?:it|the|his|her|that|this|my)|over|through|it over)\b
make      (?:him|her)self available|it (?:up to (?:me|us)|right)|sure|certain
          (?:the|those|any) (?:changes|edits|amends|tweaks)|(?:up )?(?:his|her) mind up and
move      (?:it|the|his|her)\b
open      (?:a|the|his|her|it)\b
pass      (?:it|on|his|her|the|my|that|our|me) (?!test|exam|course|probation)|\w+ on\b
put       (?:it|his|her|the|together|in|me|that|everything|us|down)\b|\w+ \w+ (?:in|to|on|down)\b
reach     out|back
run       (?:it|this|that) (?:by|past)
save      (?:me|us|it|the)\b
see       (?:if|what|whether) (?:he|she|they) can.*ANSWER
settle    !(?:for|down|in)\b
show      (?:me|us)\b
sign      !on\b|up for (?:the|his|her) \w*pension
sit       (?:the|his|her|an?) (?:\w+ )?(?:exam|test|assessment|cscs)
sort      !(?:his|her) own|itself|himself|herself
speak     (?:to|with|w/|w)\b
start     (?:the|his|her) (?:\w+ )?(?:training|paperwork|application|modules|e-?learning|onboarding|course)
stay      in (?:touch|contact)
stop      \w+ing\b
take      (?:the|a|his|her|that|our|this) (?:\w+ ){0,2}(?:test|assessment|exam|course|drug|screen|training|quiz|module)
          it up with|photos|pics|down|a (?:pic|photo|picture|screenshot|scan|copy)
talk      (?:to|with|w/|w|it|about)\b
think     (?:\w+ ){0,6}ANSWER
try       (?:\w+ )?again|to get
turn      (?:down|the other|it)\b|\w+ (?:\w+ )?down
wait      (?:til|until|till)\b|for (?:us|me|our|my)\b
watch     (?:the|it|that)\b
"""

# For us an act if only a date is said for it: "we'll have an answer EOD".
BY_A_DATE = r"""
have      !SOMETHING (?:lunch|dinner|drinks|meeting|interviews?|time|chance|baby|surgery|operation|day off)\b
          !SOMETHING (?:call with|few days|table|party|lot|great|good|better|new|problem|issue)\b
          !SOMETHING (?:moment|guest|speaker|booth|sale|picnic|reception)\b
          SOMETHING
          (?:news|feedback|details|payroll|somebody|someone|\d+|two|three)\b
be        (?:onto|on it|chasing)\b
know      from\b
"""


NAMES = {
    "SOMEBODY": SOMEBODY,
    "SOMETHING": SOMETHING,
    "ANSWER": ANSWER,
    "LATER": LATER,
    "OWN_TIME": OWN_TIME,
    "SHIFTS": SHIFTS,
}


def read(table: str) -> dict[str, re.Pattern[str]]:
    """Each verb of a table with what may follow it."""
    choices: dict[str, list[str]] = {}
    verb = ""
    for line in filter(None, table.splitlines()):
        first, _, rest = line.partition(" ")
        verb = first or verb
        choices.setdefault(verb, []).append(rest.strip())
    return {verb: re.compile(_pattern(lines)) for verb, lines in choices.items()}


def _pattern(lines: list[str]) -> str:
    refused = "".join(f"(?!{line[1:]})" for line in lines if line.startswith("!"))
    allowed = "|".join(line for line in lines if line and not line.startswith("!"))
    pattern = f"{refused}(?:{allowed})"
    for name, words in NAMES.items():
        pattern = pattern.replace(name, words)
    return pattern
