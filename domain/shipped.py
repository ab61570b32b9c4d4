"""The templates that every agency begins with, used as they are until somebody changes them."""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.template import Template

SHIPPED_WITH = UUID("0f6a7c52-3d1b-4c0e-8a57-9b2d4e6f1c83")

WRITTEN = {
    "first hello": Template(
        "First hello",
        "Hello from {{agency}}",
        "Hello {{first_name}},\n\n"
        "I’m {{recruiter}} at {{agency}}. I’d like to hear what you are looking for, and what you would rather not do"
        " again, before I suggest anything.\n\n"
        "When would be a good time to ring you this week? Ten minutes will do.",
        "Hello {{first_name}}, {{recruiter}} from {{agency}} here. When would be a good time for a short call this"
        " week? I’d like to hear what you are looking for.",
    ),
    "before an interview": Template(
        "Before an interview",
        "Your interview",
        "Hello {{first_name}},\n\n"
        "Your interview is coming up, so here is what helps: arrive ten minutes early, bring your papers, and have one"
        " question ready about the team you would join.\n\n"
        "If anything gets in the way, ring me straight away and I’ll sort it out with them. I’ll ring you afterwards"
        " to hear how it went.\n\n"
        "Best of luck!",
        "Hello {{first_name}}, good luck with your interview! If anything gets in the way, ring me and I’ll sort it"
        " out. I’ll call you afterwards. {{recruiter}}",
    ),
    "no news yet": Template(
        "After an interview, no news yet",
        "No news yet, and I have not forgotten you",
        "Hello {{first_name}},\n\n"
        "I have no news from your interview yet. I’ve asked them again today, and I’m writing so that you don’t have to"
        " wonder.\n\n"
        "What I told you still stands: {{promise}} ({{due}}). You’ll hear from me by then, with or without an answer"
        " from them.",
        "Hello {{first_name}}, no news from your interview yet. I’ve asked again today. {{promise}} still stands:"
        " {{due}}. {{recruiter}}",
    ),
    "feedback in": Template(
        "Feedback is in",
        "Your interview feedback",
        "Hello {{first_name}},\n\n"
        "They have told me what they thought of your interview. I’d rather tell you in person than in a mail: when can"
        " I ring you today?\n\n"
        "I’ll send it to you in writing afterwards.",
        "Hello {{first_name}}, your feedback is in. When can I ring you today? {{recruiter}}",
    ),
    "not this time": Template(
        "Not this time",
        "Your application",
        "Hello {{first_name}},\n\n"
        "I’m sorry: they have decided to go on with somebody else. That is no verdict on you, and thank you for the"
        " time you put into it.\n\n"
        "I’d like to go through what they said with you, and what we look for next. Would you like me to ring you?",
        "Hello {{first_name}}, I’m sorry, they have gone on with somebody else this time. May I ring you to go through"
        " what they said and what is next? {{recruiter}}",
    ),
    "offer": Template(
        "An offer",
        "Good news: they would like you to join them",
        "Hello {{first_name}},\n\n"
        "Good news: they would like you to join them. I’ll go through the offer with you line by line before you"
        " decide anything, so please take your time and write down your questions.\n\n"
        "When can I ring you?",
        "Hello {{first_name}}, good news: they’d like you to join them! When can I ring you to go through the offer?"
        " {{recruiter}}",
    ),
    "keeping in touch": Template(
        "Keeping in touch",
        "How are you getting on?",
        "Hello {{first_name}},\n\n"
        "It’s been a while, so I wanted to ask how you are getting on. There is nothing you need to do: if things are"
        " as you like them, I’m glad.\n\n"
        "If something has changed, in your work or in what you want from it, just answer this mail.",
        "Hello {{first_name}}, {{recruiter}} from {{agency}} here. How are you getting on? If anything has changed,"
        " just drop me a line.",
    ),
    "thanks for the referral": Template(
        "Thank you for the referral",
        "Thank you",
        "Hello {{first_name}},\n\n"
        "Thank you for sending somebody to us. I’ll treat them as well as you would want me to, and they’ll hear from"
        " me in person.\n\n"
        "If I can do something for you in return, I’d be glad to.",
        "Hello {{first_name}}, thank you for sending somebody to us! I’ll look after them well. {{recruiter}}",
    ),
}

SHIPPED = {uuid5(SHIPPED_WITH, what): template for what, template in WRITTEN.items()}
NOT_THIS_TIME = uuid5(SHIPPED_WITH, "not this time")
THANKS = uuid5(SHIPPED_WITH, "thanks for the referral")
