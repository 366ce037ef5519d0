"""Talking to a person."""

from typing import Final

_CONNECTED: Final = """📞 Live Chat Support

You are now connected to our support team! 🎯

Please describe your issue and an admin will respond to you shortly.

You can continue chatting until you select 'End Chat' to return to the main menu."""

SENTENCES: Final = {
    "chat_opened": "Hi {name}! 💬\n" + _CONNECTED,
    "chat_opened_nameless": "Hi there! 💬\n" + _CONNECTED,
    "chat_opened_with_words": "✓ Our team has what you have just written.",
    "chat_receipt": (
        "✓ Your message has been sent to support.\n\n"
        "An admin will respond shortly. You can continue typing or select 'End Chat' to exit."
    ),
    "chat_opened_by_team": (
        "💬 Our team has opened a chat with you about:\n“{subject}”\n\n"
        "Your message has been sent to them, like all that you write here now. "
        "Select 'End Chat' to return to the main menu."
    ),
    "chat_connected_already": (
        "You are connected to our support team already. Just write your message."
    ),
    "chat_leave": "You are in a chat with our support team. Would you like to end it?",
    "chat_goes_on": "Good, the chat goes on. Just write your message.",
    "chat_none": "No chat is open at the moment.",
    "chat_ended": "✅ The chat has ended. Thank you for talking to us!",
    "chat_ended_by_team": "✅ Our support team has ended the chat. Thank you for talking to us!",
    "chat_kept": "Good, your chat stays open. Our team will answer here.",
    "chat_reopened": "🔄 Your request is open again. Please write what is new:\n“{subject}”",
    "chat_reopened_nameless": "🔄 Your request is open again. Please write what is new.",
    "chat_went_on": (
        "🔄 Your chat is open again, and your message has been sent to support.\n\n"
        "An admin will respond shortly. Select 'End Chat' if you need nothing more."
    ),
    "queue_place": "⏳ You are number {place} in the queue.",
    "queue_place_wait": "⏳ You are number {place} in the queue; about {minutes} minutes.",
    "queue_next": "🎯 You are next! An admin will be with you shortly.",
    "desk_shut": "🌙 Our team is away at the moment and will answer when it is back.",
    "desk_opens_today": "🌙 Our team is away at the moment. We are back today at {time}.",
    "desk_opens_tomorrow": "🌙 Our team is away at the moment. We are back tomorrow at {time}.",
    "desk_opens": "🌙 Our team is away at the moment. We are back on {day} at {time}.",
    "still_on_it": (
        "🙏 Thank you for your patience: our team is still on it and will answer you here."
    ),
    "idle_warning": (
        "💤 Are you still there? If you need nothing more, this chat closes by itself in "
        "{minutes} minutes."
    ),
    "window_reminder": (
        "⏰ Our team has not answered yet, and we are sorry for the wait. WhatsApp lets us write "
        "to you for 24 hours after your last message only: please tap *Keep my chat open*, so "
        "that our answer reaches you."
    ),
    "ask_number": (
        "Could you share your phone number with us? Then we can reach you if WhatsApp fails."
    ),
    "number_shared": "Thank you! We have your phone number now.",
    "requests": "🎫 *Your last requests*\n{lines}",
    "requests_none": "🎫 You have not asked our team anything yet.",
    "agent_says": "🎧 Support Team: {words}",
    "agent_says_named": "🎧 {agent}: {words}",
    "chat_rate": "⭐ How was this chat? Your rating helps us.",
    "rated_good": "Thank you for the rating! 😊",
    "rated_bad": "Thank you for telling us. We are sorry that we did not do better.",
    "rated_bad_offer": "If something is still open, we are happy to look at it again.",
    "rating_unclear": "Thank you! Would you say that it was good, or not good?",
    "rating_words": "Would you like to add a sentence? Just write it, or choose *Skip*.",
    "rated_with_words": "We have passed your words on to our team.",
    "rating_words_kept": "Thank you, we have passed it on to our team.",
}
