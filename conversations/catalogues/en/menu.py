"""Menu, help, misunderstandings, reminders, languages."""

from typing import Final

SENTENCES: Final = {
    "home": "Hey {name}! What would you like to do?",
    "home_nameless": "What would you like to do?",
    "welcome": (
        "👋 Welcome to *{bot}*! I help with homework, subscriptions and questions, and I can "
        "connect you with our team.\n\n"
        "You are not registered yet. Choose *Register* or write *register*: it takes a minute."
    ),
    "help": (
        "Here is what I can do:\n"
        "📝 *homework* – hand in homework and get it solved\n"
        "💳 *subscribe* – get more homework solved\n"
        "❓ *faq* – answers to common questions\n"
        "💬 *support* – talk to a person\n"
        "📊 *status* – your details and homework\n"
        "🎫 *my requests* – what you asked our team\n"
        "✍️ *register* or *update* – your details\n"
        "🌍 *language* – choose your language\n\n"
        "Write *menu* at any time, or *cancel* to leave what you are doing."
    ),
    "unknown": "Sorry, I did not understand that. Please choose from the menu.",
    "unknown_again": "Sorry, I still do not understand. Would you like to talk to a person?",
    "did_you_mean": "Did you mean {meant}?",
    "did_you_mean_either": "Did you mean one of these?",
    "cannot_read": "Sorry, I cannot read that kind of message.",
    "media_at_rest": (
        "Thank you! What shall I do with it? To hand it in, choose *Homework*; to show it to our "
        "team, choose *Support*. Then send it again."
    ),
    "recording_at_rest": (
        "Thank you! What shall I do with it? Sound and video cannot be homework: that is text, "
        "pictures or PDF documents. To let our team have it, choose *Support* and send it again."
    ),
    "answer_in_words": "Please answer in words.",
    "or_a_person": "Stuck? Write *support* to talk to a person.",
    "too_fast": (
        "That was a lot at once! I have kept every message, but I cannot keep up. Please wait two "
        "minutes, then write again. *support* brings you to a person at any time."
    ),
    "cancelled": "All right, that is cancelled.",
    "old_button": "That button is from earlier and no longer works.",
    "reminder_registering": "You were registering. Would you like to go on?",
    "reminder_updating": "You were changing your details. Would you like to go on?",
    "reminder_homework": "You were handing in homework. Would you like to go on?",
    "reminder_waiting": (
        "📎 Your {subject} homework is not handed in yet. Would you like to go on?"
    ),
    "reminder_payment": "You were about to subscribe. Would you like to go on?",
    "opted_out": (
        "You will get no more messages from us, except answers to what you write here. "
        "Write *START* to change that."
    ),
    "opted_in": "Welcome back! You will get our messages again.",
    "language_ask": "🌍 Which language would you like to speak?",
    "language_set": "🌍 All right, we speak English.",
}
