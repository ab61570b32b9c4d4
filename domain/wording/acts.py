"""Which verbs are acts towards somebody, which only tell a state, a place, a thought or a sign-off."""

from __future__ import annotations

import re

from domain.wording.lexicon import ACTS, DETERMINERS, DONE, ING, NO_ACT, VERBS
from domain.wording.speakers import Who
from domain.wording.tokens import Sentence

OBJECT = (
    r"(?:it|this|that|them|him|her|you|his|your|their|the|a|an|some|any|all|these|those|everything|something|my|our)"
)
PERSON = r"(?:you|him|her|them|u|cand|candidate)"
# Verbs that are an act only with what follows.
OURS_IF = {
    "be": r"(?:back )?in (?:touch|contact)|back (?:to|with|in touch)|up ?front|honest with|open with|straight with|discreet"
    r"|on (?:to )?(?:it|the phone to)|at the end of the phone|calling|on hand",
    "have": rf"{OBJECT}? ?(?:\w+ ){{0,6}}(?:for|ready|with|over to|across to|back to) ?{PERSON}|(?:it|that|this|them|everything)"
    r" (?:\w+ )?(?:done|sorted|agreed|fixed|ready|signed|sent|resolved|confirmed|finished|out|over|back|to you)"
    r"|(?:weekly|daily|regular|monthly) (?:calls|catch|updates|meetings)|a (?:word|chat|look|think and)|another look",
    "get": r"(?!through|there|home|out of|up\b|married|started|better|used|paid|in\b|into|off|over (?!to)|to (?:meet|see|go|do)"
    r"|together|the (?:bus|train|tram|tube|lift)|a (?:bus|train|taxi|lift|cab)|a chance|my\b|our\b|\w+ed\b|fucked|screwed|going|ready|lost|worse|away|round|nowhere|more|some rest|back from|back (?:in|on|home)\b)",
    "keep": rf"{OBJECT}\b|us|me|posted|in touch|chasing|looking|an eye|pushing|his|confidential|checking|trying|shtum|quiet",
    "see": r"(?:if|whether|who|when|how|what) (?!i (?:can|could) do|we (?:can|could) do|happens)(?:i|we|there|payroll|the client|client|they)\b.*\b(?:can|could|would|will|is|has|are|do)"
    r"|about\b|to (?:it|that)\b|that (?:he|she|it|you|they|this|the|your|everyone)\b|(?:if|whether) (?:i|we) can",
    "look": r"(?:in to|into|at|over|after|through|for|it up|them up|that up|this up|up|around for|out)\b",
    "go": r"(?:ahead and|over|through|back to (?:you|him|her|them|the|client)|to (?:the |our )?(?:client|payroll|hm)|with (?:you|him|her|them)"
    r"|and (?:see|talk|speak|get|ask|check|meet|fetch|pick))\b",
    "come": r"back (?:to|with)|by\b|(?:over|round|down|up|out|in) (?:and|to (?:see|meet|help|your|his|her|the)|with)|and\b|up with"
    r"|to (?:you|your|his|her|the site|site)|along|with (?:him|her|you)|prepared",
    "take": rf"(?:it|this|that|them|him|her|you|your|his|their)\b|care|up\b|over|on\b|(?:a|another|a quick|a good) look|responsib\w+"
    r"|the (?:minutes|notes|matter|issue|lead|time to|blame|details|money|payment|fee|cost)|notes|minutes|photos|\w+ (?:\w+ )?(?:off|up|to)\b",
    "fly": rf"{PERSON}\b", "walk": rf"{PERSON}\b|.*\b(?:with|for) your?\b", "act": r"as|for|on",
    "make": rf"sure|certain|it (?:right|up|happen|work|so)|(?:the|a|an|these|those|some|any|all|this|that|that)\b|arrangements|contact"
    rf"|amends|intro\w*|copies|changes|up for|good on|{PERSON}\b|enquiries|inquiries|room|progress on",
    "do": rf"(?!.*\b(?:shift|shifts|nights|days|weekends|overtime|hours|earlies|lates|lunch|dinner|coffee|well)\b)(?:it|that|this|so|what|both|all|everything|my (?:best|utmost)|our (?:best|utmost)|{OBJECT}|some|prep|mock|whatever|likewise|same)\b|$|[.,!]",
    "attend": r"",
    "meet": rf"(?:with )?(?:{PERSON}|your|his|the|client|[a-z]+ (?:to|and|about|on))\b",
    "work": r"(?:on|with|out|through|up|something|it|to (?:get|find|sort|resolve))\b",
    "run": rf"(?:{OBJECT}|through|by|some|over|up)\b",
    "finish": rf"(?:{OBJECT}|up)\b",
    "turn": rf"(?:{OBJECT}|over)\b|\w+ (?:\w+ ){{0,3}}(?:on|off|around|over)\b",
    "leave": r"(?!it (?:up to|to|at that|there|alone|be))(?:it|a|you|him|her|them|this|that|word|msg|message|messages|copies|instructions|the (?!office|house|building|country))\b",
    "start": r"(?:working|looking|drafting|chasing|putting|the process|on (?:it|this|that|the)|preparing|writing|calling|sending)\b",
    "catch": r"up\b.*(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|tmrw|next|later this|today|this)",
    "talk": rf"(?:to|with|w/|w) (?!you (?:soon|later|then|tomorrow|tonight|next|on|again|monday|after|[.!,]|$))|about|{PERSON} through|it (?:over|through)|through",
    "speak": r"(?:to|with|w/|w|for) (?!you (?:soon|later|then|tomorrow|tonight|next|on|again|monday|after|[.!,]|$))|about|up|at your|on",
    "find": r"(?!it (?:hard|difficult)|that\b|myself|yourself|ourselves)",
    "move": rf"{OBJECT}\b|forward with",
    "pass": rf"{OBJECT}\b|on\b|along\b|\w+ (?:\w+ ){{0,3}}(?:on|along|over|to)\b",
    "stay": r"in (?:touch|contact)|on (?:top|it|to)|late to",
    "stop": r"\w+ing\b|by\b|the\b|any\b",
    "stand": r"by\b|in for|up for|over",
    "stick": rf"to\b|{OBJECT}\b|with",
    "agree": r"(?:it|the|a|terms|rate|rates)\b",
    "sit": r"(?:down|in)\b",
    "save": rf"{PERSON}\b|it\b|a (?:seat|place|slot|space)|the (?:slot|spot|place)",
    "drive": rf"{PERSON}\b",
    "buy": rf"{PERSON}\b|the\b|some\b|a\b|lunch",
    "grab": rf"{OBJECT}\b.*for",
    "wait": r"for (?:him|her)\b.*(?:before|til)",
    "touch": r"base",
    "consider": r"(?:it|this|that|your|his|her|the) (?:\w+ ){0,4}and (?:get|let|come|call|reply|respond)",
    "think": r"(?:\w+ ){0,4}and (?:get|let|come|call|ring|reply|respond|send|email|text|tell)\b",
    "hear": r"him out|her out|you out",
    "begin": r"(?:working|looking|the process|work on|drafting|sending)",
    "use": r"(?!)",
    "try": r"(?:him|her|them|you|cand)\b|again|calling|ringing|it\b",
    "decide": r"(?:\w+ ){0,4}and (?:get|let|come|call|ring|reply|tell)\b",
    "remember": r"to\b",
    "focus": r"(?!)",
    "aim": r"to\b",
    "reserve": rf"{OBJECT}\b",
    "face": r"(?!)",
    "say": r"(?:nothing|no more|a word)\b",
    "earn": r"(?!)",
    "drink": r"(?!)",
    "watch": r"(?:out for|for)\b",
    "notice": r"(?!)",
    "measure": rf"{OBJECT}\b",
    "assess": rf"{OBJECT}\b",
    "join": rf"{PERSON}\b|the call|on the call|the meeting|in\b",
    "share": r"",
    "help": rf"{PERSON}\b|with|out|the|to\b|get|prep|in\b|set|your|his",
    "call": r"(?!it a day|it quits|on you to)",
    "drop": r"(?!out)",
    "pull": r"(?!out|through)",
    "cover": r"",
    "review": r"",
    "stop by": r"",
    "set": r"(?!off|out)",
    "hold": rf"(?!our|my|an?\b (?:meeting|party|conference|seminar|session|training|security)){OBJECT}\b|on to|off|back|open|his|space",
    "show": rf"{PERSON}\b|the|that|how|it|up to",
    "give": r"(?!up\b|birth)",
    "pay": r"(?!attention)",
    "pick": rf"{OBJECT}\b|up|\w+ up",
    "hang": r"on to",
    "put": r"(?!up with|it (?:this|another|bluntly|differently))", "cross": r"(?!)",
    "tell": r"(?!you what ,)", "sell": r"(?:your|his|her|their|you)\b", "mention": rf"{OBJECT}\b|to\b",
}  # fmt: skip
THEIRS_IF = {
    "be": r"(?:back )?in (?:touch|contact)\b|back (?:to|with) (?:me|us)|back in touch",
    "have": r"(?:it|them|that|everything|the \w+|his \w+|her \w+|\w+) (?:\w+ ){0,3}(?:back to|over to|with|to) (?:me|us)\b"
    r"|(?:it|them|that|everything|an answer|a decision|the \w+|his \w+|her \w+) (?:\w+ ){0,3}(?:back|done|signed|ready|uploaded|sent|sorted|over|by)\b"
    r"|(?:an answer|a decision)",
    "get": r"(?:back (?!from|home|in\b|on\b|into|after|to work|to the uk|safely)|back$|onto|on to|in touch|his|her|the|it|that|them|those|photos|refs|references|me|us|a (?:copy|letter|reference|ref|new|scan|quote|dbs)"
    r"|copies|scans|docs|hold)\b(?! (?:from holiday|from leave|home|to work|in from))(?!.*\bjob\b)",
    "keep": r"(?:me|us|his|her|the|it|in touch|my|looking out|schtum|this|that|an eye|quiet)\b",
    "see": r"(?:if|what|whether) (?:he|she|they) can.*and (?:let|get|come|call|ring|text|tell)\b",
    "look": r"(?:into|at|over|through|it over)\b",
    "go": r"(?:ahead and|over|through (?:the|it)|and (?:get|see|do|pick|register))\b|for (?:his|her|the) (?:medical|drug|dbs|fingerprints)",
    "come": r"back (?:to|with|on)|back$|in (?:with|w/|w|to (?:sign|drop|register|fill|show|bring|do))|by (?:with|to)|to (?:the office|us)|armed",
    "take": r"(?:the|a|his|her|that|our|this) (?:\w+ ){0,2}(?:test|assessment|exam|course|drug|screen|training|quiz|module)|it up with|photos|pics|down|a (?:pic|photo|picture|screenshot|scan|copy)",
    "make": r"sure|certain|(?:the|those|any) (?:changes|edits|amends|tweaks)|up the hours|his mind up and|her mind up and",
    "do": r"(?!.*\b(?:shift|shifts|nights|days|weekends|overtime|hours|earlies|lates)\b)(?:it|that|this)\b(?! for)|(?:\w+ ){0,5}(?:training|test|form|forms|module|modules|course|assessment|dbs|paperwork|medical|refresher|e-?learning|timesheet|timesheets|exam|task|checks?|registration|onboarding|tech test|homework|quiz)\b|the rest|the same|likewise",
    "meet": r"(?!)",
    "attend": r"(?!)",
    "run": r"(?:it|this|that) (?:by|past)",
    "finish": r"(?:his|her|the|it) (?:form|forms|application|paperwork|test|assessment|registration|modules|module|training|cv|off)",
    "turn": r"(?:down|the other|it)\b|\w+ (?:\w+ )?down",
    "leave": r"(?:it|his|her|the) (?:\w+ )?(?:at|with|in)\b",
    "catch": r"up (?:with|w/|w) (?:me|us)",
    "talk": r"(?:to|with|w/|w|it|about)\b",
    "speak": r"(?:to|with|w/|w)\b",
    "find": r"(?:out|his|her|the|that|a (?:ref|referee)|someone|me)\b",
    "pass": r"(?:it|on|his|her|the|my|that|our|me) (?!test|exam|course|probation)|\w+ on\b",
    "stay": r"in (?:touch|contact)",
    "sit": r"(?:the|his|her|an?) (?:\w+ )?(?:exam|test|assessment|cscs)",
    "think": r"(?:\w+ ){0,6}and (?:get|let|come|call|ring|reply|respond|send|email|text|tell|give)\b",
    "consider": r"(?:\w+ ){0,5}and (?:get|let|come|call|ring|reply|respond|text|tell|give)\b",
    "decide": r"(?:\w+ ){0,5}and (?:get|let|come|call|ring|reply|respond|text|tell|give)\b",
    "work": r"(?!)",
    "move": r"(?:it|the|his|her)\b",
    "help": r"(?:me|us)\b|with\b",
    "wait": r"(?:til|until|till|for (?:us|me|our|my))\b",
    "hold": r"(?:off|fire|on|out)\b",
    "start": r"(?:the|his|her) (?:\w+ )?(?:training|paperwork|application|modules|e-?learning|onboarding|course)",
    "put": r"(?:it|his|her|the|together|in|me|that|everything|us|down|\w+ \w+ (?:in|to|on|down))\b",
    "stop": r"\w+ing\b",
    "hand": r"", "sign": r"(?!on\b)", "apply": r"(?!themselves)", "accept": r"(?!.*\b(?:if|at|when|less|nothing|anything)\b)", "decline": r"", "withdraw": r"",
    "start on": r"(?!)", "join": r"the call\b", "try": r"(?:\w+ )?again|to get",
    "show": r"(?:me|us)\b", "match": r"(?!)", "stand": r"(?!)", "stick": r"(?!)", "back": r"(?!)", "support": r"(?!)",
    "refer": r"", "cover": r"(?!)", "travel": r"(?!)", "drive": r"(?!)", "agree": r"(?!)", "fit": r"(?!)", "pay": r"",
    "share": r"", "buy": r"(?!)", "work on": r"", "hit": r"(?!)", "serve": r"(?!)", "lead": r"(?!)", "manage": r"(?!)",
    "swap": r"(?!)", "step": r"(?!)", "learn": r"(?!)", "study": r"(?!)", "teach": r"(?!)", "live": r"(?!)",
    "carry": r"(?!)", "reach": r"out|back", "treat": r"(?!)", "maintain": r"(?!)", "represent": r"(?!)", "lift": r"(?!)",
    "nail": r"(?!)", "build": r"(?!)", "change": r"(?:it|the|his|her)\b", "extend": r"(?:his|her|the)\b",
    "stay on": r"", "visit": r"(?!)", "cancel": r"", "host": r"(?!)", "open": r"(?:a|the|his|her|it)\b", "close": r"(?!)",
    "raise": r"", "watch": r"(?:the|it|that)\b", "drop": r"(?!out)", "save": r"(?:me|us|it|the)\b",
}  # fmt: skip
OURS_BY_A_DATE = {
    "have": rf"(?:{OBJECT}|news|feedback|details|something|payroll|somebody|someone) (?!lunch|dinner|drinks|meeting|interview|interviews|time|chance|baby|surgery"
    r"|operation|day off|call with|few days|table|party|lot|great|good|better|new|problem|issue)",
    "be": r"(?:there|onto|on it|chasing)\b",
}
LET_ME = frozenset(
    """check bring look find get see talk speak ask send call ring review work dig run confirm follow make take double-check
    doublecheck chase email text forward put set arrange try have discuss verify draft sort fix do give come speak
    touch reach circle pull grab go think pass go research investigate share know""".split()
) - {"know"}
COMPILED = {
    Who.US: {verb: re.compile(pattern) for verb, pattern in OURS_IF.items()},
    Who.CANDIDATE: {verb: re.compile(pattern) for verb, pattern in THEIRS_IF.items()},
}
BY_A_DATE = {verb: re.compile(pattern) for verb, pattern in OURS_BY_A_DATE.items()}
FOR_SOMEBODY = re.compile(r"^[^,;:.]{0,40}\b(?:for|to) (?:you|him|her|them)\b(?! to\b)")
NEXT = DETERMINERS | frozenset("you him her them me us it up over to with out in back something".split())
LEISURE = frozenset("see run play drive fly meet do have be go get start attend work walk".split())
PLACES = frozenset(
    "travel leave stay attend drive fly run walk meet go come sit work take have be stand live move do play see visit".split()
)


def is_act(sentence: Sentence, verb: int, who: Who) -> bool:
    """Whether the verb at this place, in its plain form, is something that this side does for somebody."""
    low = sentence[verb].low
    needed = COMPILED[who].get(low)
    rest = following(sentence, verb)
    if who is Who.US and low in ACTS and FOR_SOMEBODY.search(rest):
        return True
    if low in ("have", "get") and _done_for(sentence, verb):
        return True
    if low == "have" and who is Who.US and _has_somebody_do(sentence, verb):
        return True
    if needed is not None:
        return needed.match(rest) is not None
    if low in NO_ACT:
        return False
    return low in ACTS or (who is Who.US and low.isalpha() and not low.endswith(("ly", "ing")) and len(low) > 2)


def _done_for(sentence: Sentence, verb: int) -> bool:
    """ "have his query answered", "get it signed off"."""
    if sentence[verb + 1 : verb + 2] and sentence[verb + 1].low in ("to", "been", "used", "married", "paid", "started"):
        return False
    for at in range(verb + 2, min(len(sentence), verb + 8)):
        low = sentence[at].low
        if low in (",", "and", "to", "that", "who", "if", "when", ".", "from", "with", "by"):
            return False
        if low in DONE and low not in VERBS:
            return True
    return False


def _has_somebody_do(sentence: Sentence, verb: int) -> bool:
    """ "I'll have Shirley fax you the itinerary"."""
    for at in range(verb + 1, min(len(sentence) - 1, verb + 5)):
        low = sentence[at].low
        if low in ("to", ",", "and", "a", "an", "that", "for", "with", "in", "on", "at", "it"):
            return False
        if at > verb + 1 and low in ACTS and not sentence[at].capital:
            return sentence[at + 1].low in NEXT or sentence[at + 1].capital
    return False


def is_act_by_a_date(sentence: Sentence, verb: int, who: Who) -> bool:
    """An act if only a date is said for it: "we'll have an answer EOD"."""
    needed = BY_A_DATE.get(sentence[verb].low)
    return who is Who.US and needed is not None and needed.match(following(sentence, verb)) is not None


def is_for_somebody(sentence: Sentence, verb: int) -> bool:
    """Whether it says for whom: "for you", "to him"."""
    return FOR_SOMEBODY.search(following(sentence, verb)) is not None


def is_act_in_progress(sentence: Sentence, verb: int, who: Who) -> bool:
    """The same for "sending", "putting her forward"."""
    low = ING.get(sentence[verb].low)
    if low is None or low in PLACES or low in ("offer", "interview", "work"):
        return False
    needed = COMPILED[who].get(low)
    if needed is not None:
        return needed.match(following(sentence, verb)) is not None
    return low in ACTS and low not in NO_ACT


def following(sentence: Sentence, verb: int) -> str:
    return " ".join(token.low for token in sentence[verb + 1 : verb + 12])
