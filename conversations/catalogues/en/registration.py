"""Name, e-mail and class."""

from typing import Final

SENTENCES: Final = {
    "first_welcome": "👋 Welcome to *{bot}*! Let us get to know each other.",
    "ask_name": "What is your full name?",
    "ask_email": "What is your e-mail address? You can skip this.",
    "ask_class": "Which class are you in? (for example 10A, SS2 or Form 4)",
    "ask_name_again": "Your name is *{value}*. Send the new name, or keep it.",
    "ask_email_again": "Your e-mail address is *{value}*. Send the new one, or keep it.",
    "ask_class_again": "Your class is *{value}*. Send the new one, or keep it.",
    "name_invalid": "That does not look like a full name, such as Ada Obi.",
    "email_invalid": "That does not look like an e-mail address, such as ada@example.com.",
    "class_invalid": "That does not look like a class. Please use at most 30 characters.",
    "registered": "🎉 Welcome, {name}! You are registered.",
    "registered_already": "You are registered as *{name}*.",
    "updated": "✅ Your details are saved, {name}.",
    "need_registration": "To hand in homework, please register first. It takes a minute.",
}
