"""The tips that every agency begins with, used as they are until somebody changes them."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.tip import Kind, Tip

SHIPPED_WITH = UUID("5b9e7d14-82c6-4f0a-9d3e-6a1c7f2b4e90")


def _tip(title: str, *paragraphs: str) -> Tip:
    return Tip(Kind.TIP.value, title, "\n\n".join(paragraphs))


WRITTEN = {
    "the night before": _tip(
        "The night before an interview",
        "Read the advert once more and underline the three things they ask for first. For each, have one thing you did"
        " that shows it: what the matter was, what you did, how it ended. Two minutes each, said aloud once.",
        "Then lay out what you wear, look up the way, and go to bed. More reading than that rarely helps.",
    ),
    "cv": _tip(
        "A CV that is read to the end",
        "Most are looked at for less than a minute. Put on the first half page what you do, how long you have done it,"
        " and what you want next. Under each job write what changed because of you, with a number where you have one,"
        " and leave out what everybody in that job does.",
        "Two pages, no photo unless they ask for one, and a file name with your own name in it.",
    ),
    "salary": _tip(
        "When they ask what you earn",
        "You need not say what you earn now. Say what you are looking for: “From what I know of the role I am looking"
        " for 42 to 46.” Give a range whose lower end you would accept, and then say nothing more.",
        "Think of the whole: holidays, pension, travel, hours. Ask for the offer in writing before you answer it.",
    ),
    "notice": _tip(
        "Handing in your notice",
        "Wait for the signed contract, not for the kind call. Read in yours how long the notice is and to whom it"
        " goes.",
        "Tell your manager first, in person, in two sentences, then hand over the letter: name, date, last working day,"
        " and thanks. Reasons can be few. Say which holidays you have left, and leave a list of what is open.",
    ),
    "counter-offer": _tip(
        "Counter-offers",
        "Many who resign are offered more to stay. Before you hand in your notice, write down why you want to leave. If"
        " money is not on that list, more money will not change it.",
        "If they come with an offer, thank them, ask for it in writing, and sleep on it. Ask yourself why it took a"
        " resignation. And tell me, whichever way you lean: I would rather hear it early.",
    ),
    "first week": _tip(
        "Your first week",
        "Ask your manager on the first day what a good first month looks like, and write it down. Learn names before"
        " systems: who decides, who knows, who helps.",
        "Do one small thing well by Friday. And keep a list of what puzzles you: in the second month you will no longer"
        " see it, and that is when they will ask you.",
    ),
    "references": _tip(
        "References that help you",
        "Ask before you give a name, and ask “Would you be glad to?” rather than “May I?”: a lukewarm reference is"
        " worse than none.",
        "Send whoever agrees the advert and three things you hope they will mention, and tell them when a call may"
        " come. Thank them afterwards, whatever comes of it.",
    ),
    "profile": _tip(
        "A LinkedIn profile that finds work for you",
        "The headline is what people see in a search: write what you do and where, not “seeking new challenges”. Add"
        " the skills by the names that adverts use.",
        "“Open to work” can be set so that only recruiters see it. Check first whether your employer recruits there: it"
        " hides you from their own people, but not from everybody they know.",
    ),
    "relocation": _tip(
        "Before you say yes to another town",
        "Spend a working day there, not a weekend: travel at eight, buy food at six. Look at rents on three days, not"
        " one. Ask whether they pay the move, the first weeks’ rent or the train home, and have it in the contract.",
        "If somebody moves with you, ask what there is for them. It is what most moves fail on.",
    ),
    "silence": _tip(
        "Weeks after an interview, and no word",
        "Silence is seldom a no: people fall ill, budgets wait, the one who decides is away. Write once, a week after"
        " the day they named: two lines, what you liked, and that you are still interested.",
        "Then go on looking. If I sent you there, leave the chasing to me: I will ring them and tell you what I hear,"
        " even if it is nothing.",
    ),
}

SHIPPED_TIPS = {uuid5(SHIPPED_WITH, what): tip for what, tip in WRITTEN.items()}
